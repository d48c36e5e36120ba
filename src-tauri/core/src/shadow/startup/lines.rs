//! Lines of a file, by number.

use std::ops::Range;

/// Where the lines of a file begin.
#[derive(Debug)]
pub(in crate::shadow) struct Lines<'a> {
    source: &'a [u8],
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Looks for the line ends. A file that ends in one has no empty line after it.
    pub(in crate::shadow) fn of(source: &'a [u8]) -> Self {
        let ends = source
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .filter(|&start| start < source.len())
            .collect();
        Self { source, starts }
    }

    /// How many there are.
    pub(in crate::shadow) fn count(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// The line, counted from 1, that holds the byte `at`.
    pub(in crate::shadow) fn number(&self, at: usize) -> u32 {
        let number = self.starts.partition_point(|&start| start <= at);
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// Where line `number` is in the file, with its ending; empty when there is no such line.
    pub(in crate::shadow) fn range(&self, number: u32) -> Range<usize> {
        let start = |index: usize| self.starts.get(index).copied().unwrap_or(self.source.len());
        let index = number as usize;
        match index.checked_sub(1) {
            Some(before) => start(before)..start(index),
            None => 0..0,
        }
    }

    /// Line `number` without its ending.
    pub(in crate::shadow) fn text(&self, number: u32) -> &'a [u8] {
        let line = &self.source[self.range(number)];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    /// Lines `numbers` without the last ending, as text.
    pub(in crate::shadow) fn span(&self, numbers: &Range<u32>) -> String {
        let last = numbers.end.saturating_sub(1);
        let start = self.range(numbers.start).start;
        let end = self.range(last).start + self.text(last).len();
        String::from_utf8_lossy(&self.source[start..end.max(start)]).into_owned()
    }
}
