//! Taking a line out of a start-up file without losing it: commented out.

use std::{ops::Range, path::Path};

use super::{
    Assignment, Location, StartupError, Syntax,
    startup::{self, Lines, Removal, Statement},
};
use crate::{
    environment::plan::new_id,
    error::{Error, text},
    history::Cause,
    host::{Host, replace::FileError},
    plan::{Draft, DraftValue, Plan, PlanKind, PlannedChange, diff},
    secret::mask_text,
};

/// Works out the file without that line; every other byte stays.
///
/// # Errors
/// The line is gone, or stands there more than once; it does more than set the variable; it is no line of a file; the
/// file cannot be read.
pub fn draft(host: &Host, assignment: &Assignment) -> Result<Draft, Error> {
    let (path, line, syntax) = match &assignment.at {
        Location::File { path, line, syntax } => (path, *line, *syntax),
        Location::System { name } => {
            return Err(StartupError::AssignmentElsewhere {
                place: name.clone(),
            }
            .into());
        }
    };
    let before = startup::read(path).map_err(|reason| FileError::FileUnreadable {
        path: text(path),
        reason: reason.to_string(),
    })?;
    let (lines, removal) = locate(&before, assignment, line, syntax, path)?;
    let line = lines.start;
    let entangled = || StartupError::AssignmentEntangled {
        path: host.short(path),
        line,
    };
    let after = removal
        .map(|removal| commented(&before, &lines, removal))
        .filter(|after| changes_nothing_else(&before, after, &lines, syntax, path))
        .ok_or_else(entangled)?;
    Ok(Draft {
        plan: Plan {
            id: new_id(&after),
            kind: PlanKind::Startup,
            path: host.short(path),
            diff: diff::diff(&before, &after),
            changes: vec![PlannedChange {
                name: assignment.name.clone(),
                before: assignment.value.as_deref().map(mask_text),
                after: None,
                shadowed: None,
                warnings: Vec::new(),
            }],
            // a command that edits a file in place is easily wrong; the diff says it all
            commands: Vec::new(),
            dangers: Vec::new(),
        },
        target: path.clone(),
        before: Some(before),
        after: Some(after),
        cause: Cause::CommentedOut { line },
        values: vec![DraftValue {
            name: assignment.name.clone(),
            before: assignment.value.clone(),
            after: None,
        }],
    })
}

/// The lines of the assignment as the file is now: where it was, else the one place with the same text.
fn locate(
    source: &[u8],
    wanted: &Assignment,
    line: u32,
    syntax: Syntax,
    path: &Path,
) -> Result<(Range<u32>, Option<Removal>), StartupError> {
    let lines = Lines::of(source);
    let mut same: Vec<_> = startup::statements(source, syntax, path)
        .into_iter()
        .filter(|found| found.effect.sets() == Some(&wanted.name))
        .filter(|found| lines.span(&found.lines) == wanted.text)
        .collect();
    if let Some(at) = same.iter().position(|found| found.lines.start == line) {
        same = vec![same.swap_remove(at)];
    }
    match <[Statement; 1]>::try_from(same) {
        Ok([found]) => Ok((found.lines, found.removal)),
        Err(_) => Err(StartupError::AssignmentGone {}),
    }
}

/// The file with `# ` before the text of each of `numbers`.
fn commented(source: &[u8], numbers: &Range<u32>, removal: Removal) -> Vec<u8> {
    let lines = Lines::of(source);
    let mut commented = source[..lines.range(numbers.start).start].to_vec();
    for number in numbers.clone() {
        let line = &source[lines.range(number)];
        let indent = line.len() - line.trim_ascii_start().len();
        // a line of blanks keeps its ending behind the mark
        let indent = indent.min(lines.text(number).len());
        let mark: &[u8] = match removal {
            Removal::Hollow if number == numbers.start => b": # ",
            _ => b"# ",
        };
        commented.extend_from_slice(&line[..indent]);
        commented.extend_from_slice(mark);
        commented.extend_from_slice(&line[indent..]);
    }
    commented.extend_from_slice(&source[lines.range(numbers.end - 1).end..]);
    commented
}

/// Everything else that the file does, it still does: a second reading guards against a mistake of the first.
fn changes_nothing_else(
    before: &[u8],
    after: &[u8],
    lines: &Range<u32>,
    syntax: Syntax,
    path: &Path,
) -> bool {
    let effects = |source: &[u8]| -> Vec<_> {
        startup::statements(source, syntax, path)
            .into_iter()
            .filter(|found| found.lines != *lines)
            .map(|found| (found.effect, found.lines, found.conditional))
            .collect()
    };
    effects(before) == effects(after)
}
