//! The true difference between two states of a file, as the user sees it.

use similar::{Algorithm, ChangeTag, TextDiff};

use super::{DiffKind, DiffLine};
use crate::secret::mask_text;

/// How many unchanged lines stand around a change.
const CONTEXT: usize = 3;

/// Lines that go and come, with the unchanged ones around them; credentials are masked, bytes that are no text replaced.
///
/// Compared before they are masked: a change of nothing but a password is shown as one line that goes and one that comes.
pub fn diff(before: &[u8], after: &[u8]) -> Vec<DiffLine> {
    let changes = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .diff_slices(&lines(before), &lines(after));
    changes
        .grouped_ops(CONTEXT)
        .iter()
        .flatten()
        .flat_map(|operation| changes.iter_changes(operation))
        .map(|change| {
            let (kind, index) = match change.tag() {
                ChangeTag::Equal => (DiffKind::Same, change.new_index()),
                ChangeTag::Insert => (DiffKind::Added, change.new_index()),
                ChangeTag::Delete => (DiffKind::Removed, change.old_index()),
            };
            let text = String::from_utf8_lossy(change.value());
            DiffLine {
                kind,
                line: u32::try_from(index.unwrap_or_default() + 1).unwrap_or(u32::MAX),
                text: mask_text(&text),
            }
        })
        .collect()
}

/// Split at line feeds alone, and without them: a carriage return is part of what Go reads, so its repair must show.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes
        .split_inclusive(|&byte| byte == b'\n')
        .map(|line| line.strip_suffix(b"\n").unwrap_or(line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> Vec<String> {
        let sign = |kind| match kind {
            DiffKind::Same => ' ',
            DiffKind::Added => '+',
            DiffKind::Removed => '-',
        };
        diff(before.as_bytes(), after.as_bytes())
            .into_iter()
            .map(|line| format!("{}{} {}", sign(line.kind), line.line, line.text))
            .collect()
    }

    #[test]
    fn only_what_changes_and_what_is_near_is_shown() {
        let before = "1\n2\n3\n4\n5\n6\n7\nOLD\n";
        let after = "1\n2\n3\n4\n5\n6\n7\nNEW\nmore\n";
        assert_eq!(
            shown(before, after),
            [" 5 5", " 6 6", " 7 7", "-8 OLD", "+8 NEW", "+9 more"],
            "three lines of context, each with its number"
        );
        assert_eq!(
            shown(before, before),
            [] as [&str; 0],
            "no change, no lines"
        );
        assert_eq!(shown("", "A=1\n"), ["+1 A=1"], "a file that is made");
    }

    #[test]
    fn a_changed_password_is_a_change_and_stays_hidden() {
        assert_eq!(
            shown("P=https://u:old@h\n", "P=https://u:new@h\n"),
            ["-1 P=https://***@h", "+1 P=https://***@h"],
            "visible as a change, hidden as a value"
        );
    }

    #[test]
    fn lines_are_those_of_go() {
        assert_eq!(
            shown("A=1\r\n", "A=1\n"),
            ["-1 A=1\r", "+1 A=1"],
            "a carriage return that goes is seen"
        );
        assert_eq!(
            shown("A=1", "A=1\nB=2\n"),
            [" 1 A=1", "+2 B=2"],
            "a line feed that the last line lacked is no change of it"
        );
    }
}
