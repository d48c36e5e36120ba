//! Lines of the GOENV file that do not do what their writer meant.

use super::{
    EnvironmentError, Fault, LineFault,
    check::{self, CheckContext},
    file::EnvText,
};
use crate::secret::mask_text;

/// What a line is judged by.
pub struct Context<'a> {
    /// Whether this Go has a variable.
    pub is_known: &'a (dyn Fn(&str) -> bool + Sync),
    /// What a value is judged by.
    pub check: CheckContext<'a>,
}

/// What is wrong, line by line. A line has one fault: the first thing to mend.
pub fn faults(text: &EnvText, context: &Context<'_>) -> Vec<LineFault> {
    text.lines()
        .filter_map(|(line, bytes)| {
            let (fault, repaired) = judge(text, line, bytes, context)?;
            Some(LineFault {
                line,
                text: mask_text(&String::from_utf8_lossy(bytes)),
                fault,
                repaired: repaired.map(|bytes| mask_text(&String::from_utf8_lossy(&bytes))),
            })
        })
        .collect()
}

/// Mends lines of the file as [`LineFault::repaired`] says; from the last to the first, so that numbers stay true.
///
/// # Errors
/// A line that is not at fault.
pub fn repair(
    text: &mut EnvText,
    lines: &[u32],
    broken: &[u32],
    context: &Context<'_>,
) -> Result<(), EnvironmentError> {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    lines.dedup();
    let mends: Vec<_> = lines
        .iter()
        .map(|&line| {
            if broken.contains(&line) {
                return Ok((line, None));
            }
            let bytes = text
                .lines()
                .find(|(number, _)| *number == line)
                .map(|(_, bytes)| bytes);
            let judged = bytes.and_then(|bytes| judge(text, line, bytes, context));
            judged
                .map(|(_, repaired)| (line, repaired))
                .ok_or(EnvironmentError::NothingToRepair { line })
        })
        .collect::<Result<_, _>>()?;
    for (line, repaired) in mends.into_iter().rev() {
        text.replace_line(line, repaired.as_deref());
    }
    Ok(())
}

/// The fault of a line, and what the line becomes.
fn judge(
    text: &EnvText,
    line: u32,
    bytes: &[u8],
    context: &Context<'_>,
) -> Option<(Fault, Option<Vec<u8>>)> {
    if bytes.is_empty() || bytes.starts_with(b"#") || bytes.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Some((Fault::ByteOrderMark {}, Some(rest.to_vec())));
    }
    let Ok(plain) = std::str::from_utf8(bytes) else {
        return Some((Fault::NotText {}, Some(commented(bytes))));
    };
    if plain.contains('\0') {
        return Some((
            Fault::NotText {},
            Some(commented(&plain.replace('\0', "").into_bytes())),
        ));
    }
    if let Some(rest) = plain.strip_suffix('\r') {
        return Some((Fault::CarriageReturn {}, Some(rest.into())));
    }
    let Some((name, value)) = plain
        .split_once('=')
        .filter(|_| plain.starts_with(|c: char| c.is_ascii_uppercase()))
    else {
        return Some(ignored(plain, context));
    };
    if let Some(by) = text.line_of(name).filter(|by| *by != line) {
        return Some((Fault::Overridden { by }, None));
    }
    if !(context.is_known)(name) {
        let trimmed = name.trim_end();
        let meant = (trimmed != name && (context.is_known)(trimmed))
            .then(|| format!("{trimmed}={}", value.trim_start()));
        return Some((
            Fault::UnknownVariable {},
            Some(meant.map_or_else(|| commented(bytes), String::into_bytes)),
        ));
    }
    if let Some(inner) = quoted(value).filter(|_| !check::splits_at_quotes(name)) {
        return Some((Fault::Quoted {}, Some(format!("{name}={inner}").into())));
    }
    let problem = check::check(name, value, &context.check)
        .refusals
        .into_iter()
        .next()?;
    Some((Fault::BadValue { problem }, None))
}

/// A line that Go passes over: taken for what it was meant to be where that is plain, else commented out.
fn ignored(line: &str, context: &Context<'_>) -> (Fault, Option<Vec<u8>>) {
    let trimmed = line.trim_start();
    let body = trimmed
        .strip_prefix("export ")
        .or_else(|| trimmed.strip_prefix("set "))
        .unwrap_or(trimmed)
        .trim_start();
    let meant = body
        .split_once('=')
        .filter(|(name, _)| (context.is_known)(name));
    match meant {
        Some((name, value)) => {
            let value = quoted(value).unwrap_or(value);
            // only a shell knows what `$HOME` is: the line has no effect today, and keeps having none
            let is_plain = !value.contains(['$', '`'])
                && check::check(name, value, &context.check)
                    .refusals
                    .is_empty();
            let mended = if is_plain {
                format!("{name}={value}").into()
            } else {
                commented(line.as_bytes())
            };
            (Fault::ShellSyntax {}, Some(mended))
        }
        None => (Fault::Ignored {}, Some(commented(line.as_bytes()))),
    }
}

/// What stands inside quotes or spaces that Go would take as part of the value.
fn quoted(value: &str) -> Option<&str> {
    let trimmed = value.trim();
    let inner = ['"', '\'']
        .into_iter()
        .find_map(|quote| trimmed.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(trimmed);
    (inner != value).then_some(inner)
}

fn commented(line: &[u8]) -> Vec<u8> {
    [b"# ".as_slice(), line].concat()
}

#[cfg(test)]
mod tests;
