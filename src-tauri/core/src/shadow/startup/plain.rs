//! `NAME=value` files of the session: environment.d, systemd's user manager, /etc/environment, `~/.pam_environment`.

use super::{
    lines::Lines,
    posix,
    statement::{Effect, Removal, Statement},
    text::{Text, name_of},
};

/// `*.conf` of systemd: quotes, `\` at the line end, `$NAME` (environment.d(5)), and `DefaultEnvironment=` of
/// `user.conf` (systemd-system.conf(5)).
pub(super) fn environment_d(source: &[u8]) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (first, last, line) in continued(source) {
        let line = line.trim_ascii();
        if matches!(line.first(), None | Some(b'#' | b';')) {
            continue;
        }
        let pairs = match line.strip_prefix(b"DefaultEnvironment=") {
            Some(pairs) => posix::words(pairs),
            None => vec![whole(line)],
        };
        let alone = pairs.len() == 1;
        let effects = pairs.iter().filter_map(|pair| {
            let (name, _, value) = pair.split()?;
            Some((name, value))
        });
        statements.extend(effects.map(|(name, value)| set(name, value, first..last + 1, alone)));
    }
    statements
}

/// A value with spaces needs no quotes here.
fn whole(line: &[u8]) -> Text {
    let mut text = Text::default();
    let at = line
        .iter()
        .position(|&byte| byte == b'=')
        .map_or(0, |at| at + 1);
    text.literal(&line[..at]);
    for (index, word) in line[at..].split(|&byte| byte == b' ').enumerate() {
        if index > 0 {
            text.literal(b" ");
        }
        text.append(posix::words(word).into_iter().next().unwrap_or_default());
    }
    text
}

/// /etc/environment by the rules of `pam_env`: no escapes, no variables, `#` ends a value, `export` is passed over.
pub(super) fn etc_environment(source: &[u8]) -> Vec<Statement> {
    let lines = Lines::of(source);
    let mut statements = Vec::new();
    for number in 1..=lines.count() {
        let line = lines.text(number).trim_ascii_start();
        let line = line.strip_prefix(b"export ").unwrap_or(line);
        let line = line.split(|&byte| byte == b'#').next().unwrap_or_default();
        let line = line.trim_ascii_end();
        let Some(at) = line.iter().position(|&byte| byte == b'=') else {
            continue;
        };
        let Some(name) = name_of(&line[..at]) else {
            continue;
        };
        let mut value = Text::default();
        match &line[at + 1..] {
            [b'"' | b'\'', quoted @ ..] => {
                let bare: Vec<_> = quoted
                    .iter()
                    .copied()
                    .filter(|byte| !matches!(byte, b'"' | b'\''))
                    .collect();
                value.literal(&bare);
            }
            bare => value.literal(bare),
        }
        statements.push(set(name.to_owned(), value, number..number + 1, true));
    }
    statements
}

/// `~/.pam_environment`: `NAME DEFAULT=value OVERRIDE=value` (pam_env.conf(5)), or `NAME=value`.
pub(super) fn pam(source: &[u8]) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (first, last, line) in continued(source) {
        let line = line.trim_ascii();
        if line.first() == Some(&b'#') {
            continue;
        }
        let blank = line.iter().position(u8::is_ascii_whitespace);
        let (name, rest) = line.split_at(blank.unwrap_or(line.len()));
        let found = match name_of(name) {
            Some(name) => {
                let value = pam_value(rest, "OVERRIDE=").or_else(|| pam_value(rest, "DEFAULT="));
                value.map(|value| (name.to_owned(), value))
            }
            None => whole(line).split().map(|(name, _, value)| (name, value)),
        };
        let Some((name, value)) = found else {
            continue;
        };
        statements.push(set(name, value, first..last + 1, true));
    }
    statements
}

/// The value behind `key`, with `@{HOME}` and `${HOME}` resolved later; none when it is missing or empty.
fn pam_value(rest: &[u8], key: &str) -> Option<Text> {
    let at = rest
        .windows(key.len())
        .position(|window| window == key.as_bytes())?;
    let raw = &rest[at + key.len()..];
    let raw = match raw {
        [b'"', quoted @ ..] => quoted.split(|&byte| byte == b'"').next()?,
        _ => raw.split(u8::is_ascii_whitespace).next()?,
    };
    let mut text = Text::default();
    let mut rest = raw;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'\\', [escaped, after @ ..]) => {
                text.literal(&[*escaped]);
                rest = after;
            }
            (b'@' | b'$', [b'{', name @ ..]) => {
                let end = name.iter().position(|&byte| byte == b'}')?;
                text.variable(&name[..end]);
                rest = &name[end + 1..];
            }
            _ => text.literal(&[*first]),
        }
    }
    Some(text).filter(|_| !raw.is_empty())
}

fn set(name: String, value: Text, lines: std::ops::Range<u32>, alone: bool) -> Statement {
    Statement {
        effect: Effect::Set {
            name,
            value: Some(value),
            exported: true,
        },
        lines,
        conditional: false,
        removal: alone.then_some(Removal::Comment),
    }
}

/// Lines, joined where one ends in `\`, with the numbers of the first and the last of them.
fn continued(source: &[u8]) -> Vec<(u32, u32, Vec<u8>)> {
    let lines = Lines::of(source);
    let mut joined: Vec<(u32, u32, Vec<u8>)> = Vec::new();
    let mut open = false;
    for number in 1..=lines.count() {
        let text = lines.text(number);
        let comment = !open && text.trim_ascii_start().first() == Some(&b'#');
        let (text, continues) = match text.strip_suffix(b"\\") {
            Some(text) if !comment => (text, true),
            _ => (text, false),
        };
        match joined.last_mut() {
            Some((_, last, line)) if open => {
                *last = number;
                line.extend_from_slice(text);
            }
            _ => joined.push((number, number, text.to_vec())),
        }
        open = continues;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::startup::text::Known;

    fn read(statements: Vec<Statement>) -> Vec<String> {
        let known = Known::from([("HOME".to_owned(), "/home/ann".to_owned())]);
        let shown = |statement: Statement| match statement.effect {
            Effect::Set { name, value, .. } => {
                let value = value.and_then(|value| value.value(&known));
                let value = value.unwrap_or_else(|| "?".to_owned());
                format!("{} {name}={value}", statement.lines.start)
            }
            other => format!("{other:?}"),
        };
        statements.into_iter().map(shown).collect()
    }

    #[test]
    fn environment_d_follows_systemd() {
        let source = b"# c\nA=b c\n\nB=\"$HOME/go\"\nC=x\\\ny\n D='z'\nE=$OTHER\n2=3\n";
        assert_eq!(
            read(environment_d(source)),
            ["2 A=b c", "4 B=/home/ann/go", "5 C=xy", "7 D=z", "8 E=?"],
            "environment.d(5)"
        );
    }

    #[test]
    fn the_user_manager_names_several_on_a_line() {
        let source = b"[Manager]\nDefaultEnvironment=A=b \"B=c d\"\n";
        let statements = environment_d(source);
        assert!(
            statements.iter().all(|one| one.removal.is_none()),
            "the line sets two"
        );
        assert_eq!(read(statements), ["2 A=b", "2 B=c d"], "user.conf");
    }

    #[test]
    fn etc_environment_follows_pam_env() {
        let source = b"A=b\nexport B=\"c d\"\nC=$HOME\n#D=e\nE=f#g\r\nnonsense\n";
        assert_eq!(
            read(etc_environment(source)),
            ["1 A=b", "2 B=c d", "3 C=$HOME", "5 E=f"],
            "pam_env(8)"
        );
    }

    #[test]
    fn pam_environment_knows_both_forms() {
        let source = b"A DEFAULT=b\nB DEFAULT=x OVERRIDE=@{HOME}/c\nC=d\n# D DEFAULT=e\nE DEFAULT=\"f g\"\nF DEFAULT=${G}\n";
        assert_eq!(
            read(pam(source)),
            ["1 A=b", "2 B=/home/ann/c", "3 C=d", "5 E=f g", "6 F=?"],
            "pam_env.conf(5)"
        );
    }
}
