//! Files of assignments: `.env` and Dockerfile.

use super::{Comment, Format};

/// BuildKit refuses longer lines (`bufio.MaxScanTokenSize`, its line end included), in bytes.
const LONGEST_DOCKERFILE_LINE: usize = 64 * 1024 - 2;

pub(super) const DOTENV: Format = Format {
    holds: |_, value| dotenv(value).is_some(),
    unsets: false,
    keeps_empty: false,
    comment: Comment::Hash,
    body: |sheet| {
        let lines = sheet.set.iter();
        lines
            .map(|(name, value)| format!("{name}={}\n", dotenv(value).unwrap_or_default()))
            .collect()
    },
    file_name: |slug| format!("go-{slug}.env"),
};

pub(super) const DOCKERFILE: Format = Format {
    holds: |name, value| dockerfile(name, value).len() <= LONGEST_DOCKERFILE_LINE,
    unsets: false,
    keeps_empty: false,
    comment: Comment::Hash,
    body: |sheet| {
        let lines = sheet.set.iter();
        lines
            .map(|(name, value)| dockerfile(name, value) + "\n")
            .collect()
    },
    file_name: |slug| format!("go-{slug}.Dockerfile"),
};

/// The dialect that all readers of `.env` files share: POSIX shells, Compose, systemd, and the libraries of Node.js,
/// Python and Go. None where they differ.
///
/// - Bare is what nobody takes for syntax, so that `docker run --env-file`, which knows no quotes, has it right as well.
/// - Between single quotes a backslash is plain for most; python-dotenv halves two of them, and before the closing
///   quote it escapes that for many. python-dotenv also fills in `${NAME}`.
/// - A single quote can only stand between double quotes, where `$`, backquotes and backslashes are special.
fn dotenv(value: &str) -> Option<String> {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "_-+=:./,@%".contains(c);
    // there zsh puts the place of a command
    let is_command = value.starts_with('=') || value.contains(":=");
    if value.chars().all(is_bare) && !is_command {
        Some(value.to_owned())
    } else if !value.contains('\'') {
        let is_same = !value.contains(r"\\") && !value.ends_with('\\') && !value.contains("${");
        is_same.then(|| format!("'{value}'"))
    } else {
        let is_same = !value.contains(['"', '\\', '$', '`']);
        is_same.then(|| format!("\"{value}\""))
    }
}

/// Between double quotes BuildKit takes `"`, `$` and `\` after a `\` as they are (`shell.Lex`).
fn dockerfile(name: &str, value: &str) -> String {
    let escaped = value
        .replace('\\', r"\\")
        .replace('"', "\\\"")
        .replace('$', r"\$");
    format!("ENV {name}=\"{escaped}\"")
}
