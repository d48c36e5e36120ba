//! Start-up files of fish, and the file in which it keeps universal variables.

mod lex;

use lex::{Command, Join};

use super::{
    lines::Lines,
    statement::{Effect, Removal, Statement},
    text::{Text, name_of},
};

/// Commands that open a block, up to `end`.
const BLOCKS: [&str; 6] = ["begin", "if", "while", "for", "function", "switch"];

/// What the commands of a file do to the environment, in their order.
pub(super) fn statements(source: &[u8]) -> Vec<Statement> {
    let lines = Lines::of(source);
    let mut depth = 0_usize;
    let mut statements = Vec::new();
    for command in lex::commands(source) {
        let span = lines.number(command.start)..lines.number(command.end - 1) + 1;
        let (depends, words) = unprefixed(&command);
        let name = words.first().and_then(|word| word.constant()).unwrap_or("");
        if BLOCKS.contains(&name) {
            depth += 1;
        } else if name == "end" {
            depth = depth.saturating_sub(1);
        }
        let is_universal = name == "SETUVAR";
        let effects = if is_universal {
            universal_of(&source[command.start..command.end])
        } else {
            effects_of(name, words.get(1..).unwrap_or_default())
        };
        let alone =
            effects.len() == 1 && !depends && !is_universal && is_alone(source, &lines, &command);
        statements.extend(effects.into_iter().map(|effect| Statement {
            effect,
            lines: span.clone(),
            conditional: depth > 0 || depends || command.before == Join::Chained,
            // fish accepts an empty block
            removal: alone.then_some(Removal::Comment),
        }));
    }
    statements
}

/// The words behind `and`, `or`, `not`, `builtin` and `command`, and whether the first two were there.
fn unprefixed(command: &Command) -> (bool, &[Text]) {
    let mut words = command.words.as_slice();
    let mut depends = false;
    while let [first, rest @ ..] = words {
        match first.constant() {
            Some("and" | "or") => depends = true,
            Some("not" | "builtin" | "command") => {}
            _ => break,
        }
        words = rest;
    }
    (depends, words)
}

fn is_alone(source: &[u8], lines: &Lines<'_>, command: &Command) -> bool {
    let first = lines.range(lines.number(command.start)).start;
    let last = lines.range(lines.number(command.end - 1)).end;
    let rest = source[command.end..last].trim_ascii_start();
    let bare = rest.strip_prefix(b";").unwrap_or(rest).trim_ascii_start();
    command.before == Join::Free
        && command.after == Join::Free
        && source[first..command.start].trim_ascii().is_empty()
        && (bare.is_empty() || bare.first() == Some(&b'#'))
}

fn effects_of(name: &str, arguments: &[Text]) -> Vec<Effect> {
    let variable = |text: &Text| Some(name_of(text.constant()?.as_bytes())?.to_owned());
    match (name, arguments) {
        ("set", _) => set(arguments).into_iter().collect(),
        ("export", _) => arguments
            .iter()
            .filter_map(|text| match text.split() {
                Some((name, _, value)) => Some(Effect::Set {
                    name,
                    value: Some(value),
                    exported: true,
                }),
                None => variable(text).map(Effect::Export),
            })
            .collect(),
        ("source" | ".", [file, ..]) => vec![Effect::Source(file.clone())],
        _ => Vec::new(),
    }
}

/// `set`, after its name. Local variables end with their block or file.
fn set(arguments: &[Text]) -> Option<Effect> {
    let is_option = |text: &&Text| {
        text.constant()
            .is_some_and(|word| word.starts_with('-') && word.len() > 1)
    };
    let options = arguments.iter().take_while(is_option).count();
    let (options, words) = arguments.split_at(options);
    let has = |letter: char, long: &str| {
        options
            .iter()
            .filter_map(Text::constant)
            .any(|option| option == long || (!option.starts_with("--") && option.contains(letter)))
    };
    let (first, values) = words.split_first()?;
    let name = name_of(first.constant()?.as_bytes())?.to_owned();
    let ignored = [
        ('l', "--local"),
        ('f', "--function"),
        ('q', "--query"),
        ('n', "--names"),
        ('S', "--show"),
    ];
    if ignored.into_iter().any(|(letter, long)| has(letter, long)) {
        return None;
    }
    if has('e', "--erase") || has('u', "--unexport") {
        return Some(Effect::Unset(name));
    }
    let grows = has('a', "--append") || has('p', "--prepend");
    let value = match values {
        _ if grows => None,
        [] => Some(Text::default()),
        [value] => Some(value.clone()),
        // a list is joined differently for different variables
        _ => None,
    };
    Some(Effect::Set {
        name,
        value,
        exported: has('x', "--export"),
    })
}

/// `SETUVAR --export NAME:value`, as fish writes it into `fish_variables`; it takes comments out, so no line of it
/// can be commented out.
fn universal_of(line: &[u8]) -> Vec<Effect> {
    let line = String::from_utf8_lossy(line);
    let mut words = line.trim_start_matches("SETUVAR").trim().splitn(2, ' ');
    let (Some("--export"), Some(pair)) = (words.next(), words.next()) else {
        return Vec::new();
    };
    let Some((name, escaped)) = pair.split_once(':') else {
        return Vec::new();
    };
    let mut value = Text::default();
    match lex::unescaped(escaped.as_bytes()) {
        Some(bytes) if !bytes.contains(&0x1e) => value.literal(&bytes),
        _ => value.unknown(),
    }
    vec![Effect::Set {
        name: name.to_owned(),
        value: Some(value),
        exported: true,
    }]
}

#[cfg(test)]
mod tests;
