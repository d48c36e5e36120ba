//! Scripts: sh, fish, PowerShell, cmd.exe, and the commands of go.

use super::{Comment, Format, Sheet};

/// Windows keeps no longer value, its NUL included, in UTF-16 units.
const LONGEST_WINDOWS: usize = 32_767;

/// cmd.exe reads no longer line, in UTF-16 units.
const LONGEST_CMD_LINE: usize = 8_191;

pub(super) const SH: Format = Format {
    holds: |_, _| true,
    unsets: true,
    keeps_empty: false,
    comment: Comment::Hash,
    body: |sheet| {
        lines(
            sheet,
            |name, value| format!("export {name}={}", posix(value)),
            |name| format!("unset {name}"),
        )
    },
    file_name: |slug| format!("go-{slug}.sh"),
};

pub(super) const FISH: Format = Format {
    holds: |_, _| true,
    unsets: true,
    keeps_empty: false,
    comment: Comment::Hash,
    body: |sheet| {
        lines(
            sheet,
            |name, value| format!("set -gx {name} {}", fish(value)),
            |name| format!("set -e {name}"),
        )
    },
    file_name: |slug| format!("go-{slug}.fish"),
};

pub(super) const POWERSHELL: Format = Format {
    holds: |_, value| utf16(value) < LONGEST_WINDOWS,
    unsets: true,
    keeps_empty: false,
    comment: Comment::Hash,
    body: |sheet| {
        lines(
            sheet,
            |name, value| format!("$env:{name} = {}", powershell(value)),
            |name| format!("$env:{name} = $null"),
        )
    },
    file_name: |slug| format!("go-{slug}.ps1"),
};

pub(super) const CMD: Format = Format {
    holds: |name, value| {
        utf16(value) < LONGEST_WINDOWS && utf16(&cmd(name, value)) < LONGEST_CMD_LINE
    },
    unsets: true,
    keeps_empty: false,
    comment: Comment::Rem,
    body: |sheet| lines(sheet, cmd, |name| cmd(name, "")),
    file_name: |slug| format!("go-{slug}.cmd"),
};

pub(super) const GO_ENV: Format = Format {
    holds: |_, _| true,
    unsets: true,
    keeps_empty: true,
    comment: Comment::Hash,
    body: go_env,
    file_name: |slug| format!("go-env-{slug}.sh"),
};

fn lines(sheet: &Sheet, set: fn(&str, &str) -> String, unset: fn(&str) -> String) -> String {
    let set = sheet.set.iter().map(|(name, value)| set(name, value));
    let unset = sheet.unset.iter().map(|name| unset(name));
    set.chain(unset).map(|line| line + "\n").collect()
}

/// One command for all that is set, so that a value that go refuses leaves the rest unset too.
fn go_env(sheet: &Sheet) -> String {
    let mut text = String::new();
    if !sheet.set.is_empty() {
        text += "go env -w";
        for (name, value) in &sheet.set {
            text += &format!(" \\\n  {}", posix(&format!("{name}={value}")));
        }
        text.push('\n');
    }
    if !sheet.unset.is_empty() {
        // "go env -u" fails where there is no file to take anything from
        text += &format!(
            "[ ! -f \"$(go env GOENV)\" ] || go env -u {}\n",
            sheet.unset.join(" ")
        );
    }
    text
}

/// POSIX XCU 2.2.2: nothing is special between single quotes but the quote.
fn posix(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

/// Between single quotes fish knows `\'` and `\\`.
fn fish(value: &str) -> String {
    format!("'{}'", value.replace('\\', r"\\").replace('\'', r"\'"))
}

/// PowerShell takes typographic quotes for quotes too (`CharExtensions.IsSingleQuote`); doubled they are themselves.
fn powershell(value: &str) -> String {
    let mut quoted = String::from("'");
    for c in value.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted.push('\'');
    quoted
}

/// `set "NAME=value"`: the value reaches to the last quote of the line.
///
/// `%` is halved first, everywhere. Then each `"` turns quoting on and off, and where it is off `^`, `&`, `|`, `<` and
/// `>` are special unless a `^` stands before them. `!` is plain as long as delayed expansion is not switched on.
fn cmd(name: &str, value: &str) -> String {
    let mut line = format!("@set \"{name}=");
    let mut in_quotes = true;
    for c in value.chars() {
        match c {
            '%' => line.push('%'),
            '"' => in_quotes = !in_quotes,
            '^' | '&' | '|' | '<' | '>' if !in_quotes => line.push('^'),
            _ => {}
        }
        line.push(c);
    }
    line.push('"');
    line
}

/// The line endings of cmd.exe, and its UTF-8 where that is needed.
pub(super) fn for_cmd(text: &str) -> String {
    let text = text.replace('\n', "\r\n");
    match text.is_ascii() {
        true => text,
        false => format!("@chcp 65001 >nul\r\n{text}"),
    }
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}
