//! Columns that line up, whatever is written in them.

use std::fmt::Write;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::visible::visible;

/// Between two columns.
const GAP: &str = "  ";

/// One field: text that may come from anywhere, and how it looks.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

/// Rows of fields.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
}

impl Cell {
    pub(crate) fn new(text: &str, style: Style) -> Self {
        Self {
            text: visible(text).into_owned(),
            style,
        }
    }

    pub(crate) fn plain(text: &str) -> Self {
        Self::new(text, Style::new())
    }

    /// In columns of a terminal: a Chinese character takes two.
    fn width(&self) -> usize {
        self.text.width()
    }
}

impl Table {
    pub(crate) fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(cells.into());
    }

    /// The lines; the last column keeps its own width, so that long values push nothing aside.
    pub(crate) fn lines(&self) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<_> = (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(Cell::width).max().unwrap_or(0)
            })
            .collect();
        self.rows.iter().map(|row| line(row, &widths)).collect()
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.lines()
            .iter()
            .try_for_each(|line| writeln!(to, "{line}"))
    }
}

fn line(row: &[Cell], widths: &[usize]) -> String {
    let mut line = String::new();
    // spaces at the end of a line are of no use
    let mut pending = 0;
    for (cell, width) in row.iter().zip(widths) {
        let style = cell.style;
        if !cell.text.is_empty() {
            // writing to a String cannot fail
            let _ = write!(line, "{:pending$}{style}{}{style:#}", "", cell.text);
            pending = 0;
        }
        pending += width - cell.width() + GAP.len();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table};

    #[test]
    fn columns_line_up_across_scripts_and_no_line_ends_in_spaces() {
        let mut table = Table::default();
        table.row([Cell::plain("名称"), Cell::plain("值")]);
        table.row([Cell::plain("GOPROXY"), Cell::plain("direct")]);
        table.row([Cell::plain("GO"), Cell::plain("")]);
        assert_eq!(
            table.lines(),
            ["名称     值", "GOPROXY  direct", "GO"],
            "two Chinese characters take four columns"
        );
    }

    #[test]
    fn a_field_cannot_command_the_terminal() {
        let mut table = Table::default();
        table.row([Cell::plain("a\u{1b}[2Jb")]);
        assert_eq!(
            table.lines(),
            ["a\\u{1b}[2Jb"],
            "escape sequences are written out"
        );
    }
}
