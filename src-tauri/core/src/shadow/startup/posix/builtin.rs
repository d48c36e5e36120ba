//! The built-in commands that touch the environment: `export`, `declare -x`, `unset`, `.`, `set -a`.

use crate::shadow::startup::{
    statement::Effect,
    text::{Text, name_of},
};

/// What one command does; its words as written, and as they mean.
pub(super) fn effects(words: &[(&[u8], &Text)]) -> Vec<Effect> {
    let assigned = words
        .iter()
        .take_while(|(raw, _)| is_assignment(raw))
        .count();
    let (assignments, command) = words.split_at(assigned);
    let Some(((name, _), arguments)) = command.split_first() else {
        return assignments
            .iter()
            .filter_map(|(_, text)| set(text, false))
            .collect();
    };
    match *name {
        // before any other command they hold for that command alone
        _ if assigned > 0 => Vec::new(),
        b"command" | b"builtin" => effects(arguments),
        b"export" => exports(arguments, true),
        b"declare" | b"typeset" => exports(arguments, false),
        b"unset" => arguments
            .iter()
            .filter(|(raw, _)| !raw.starts_with(b"-"))
            .filter_map(|(_, text)| Some(Effect::Unset(variable(text)?)))
            .collect(),
        b"." | b"source" => arguments
            .first()
            .map(|(_, text)| Effect::Source((*text).clone()))
            .into_iter()
            .collect(),
        b"set" | b"setopt" | b"unsetopt" => export_all(name, arguments).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// `NAME=` or `NAME+=`, unquoted up to the `=`.
fn is_assignment(raw: &[u8]) -> bool {
    let Some(at) = raw.iter().position(|&byte| byte == b'=') else {
        return false;
    };
    let name = &raw[..at];
    name_of(name.strip_suffix(b"+").unwrap_or(name)).is_some()
}

fn set(text: &Text, exported: bool) -> Option<Effect> {
    let (name, appends, value) = text.split()?;
    Some(Effect::Set {
        name,
        value: Some(value).filter(|_| !appends),
        exported,
    })
}

fn variable(text: &Text) -> Option<String> {
    Some(name_of(text.constant()?.as_bytes())?.to_owned())
}

/// Arguments of `export`, `declare` and `typeset`; only `export` exports without `-x`.
fn exports(arguments: &[(&[u8], &Text)], always: bool) -> Vec<Effect> {
    let is_option = |raw: &[u8]| matches!(raw, [b'-' | b'+', _, ..]);
    let flag = |sign: u8, letter: u8| {
        arguments
            .iter()
            .any(|(raw, _)| raw.first() == Some(&sign) && is_option(raw) && raw.contains(&letter))
    };
    let withdrawn = flag(b'+', b'x') || (always && flag(b'-', b'n'));
    let exported = always || flag(b'-', b'x');
    arguments
        .iter()
        .filter(|(raw, _)| !is_option(raw))
        .filter_map(|(_, text)| {
            if withdrawn {
                let name = text.split().map(|(name, ..)| name);
                return name.or_else(|| variable(text)).map(Effect::Unset);
            }
            set(text, exported).or_else(|| variable(text).filter(|_| exported).map(Effect::Export))
        })
        .collect()
}

fn export_all(command: &[u8], arguments: &[(&[u8], &Text)]) -> Option<Effect> {
    let words: Vec<_> = arguments.iter().map(|(raw, _)| *raw).collect();
    match (command, words.as_slice()) {
        (b"set", [b"-a"] | [b"-o", b"allexport"]) | (b"setopt", [b"allexport"]) => {
            Some(Effect::ExportAll(true))
        }
        (b"set", [b"+a"] | [b"+o", b"allexport"]) | (b"unsetopt", [b"allexport"]) => {
            Some(Effect::ExportAll(false))
        }
        _ => None,
    }
}
