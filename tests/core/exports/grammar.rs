//! Readers whose programs are no libraries for Rust, by their own rules.

use std::iter::Peekable;

use super::profiles::Values;

/// BuildKit, `parser.parseWords` and `shell.Lex`: words end at white space outside quotes; between double quotes a `\` takes
/// `"`, `$` and `\` as they are, and stays before anything else; `$` begins a variable.
pub(crate) fn dockerfile(text: &str) -> Values {
    let mut values = Values::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        assert!(line.len() < 65_536, "BuildKit's scanner takes it");
        let rest = line.strip_prefix("ENV ").expect("an instruction");
        let (name, rest) = rest.split_once('=').expect("an assignment");
        let mut rest = rest.strip_prefix('"').expect("a quote").chars();
        let mut value = String::new();
        loop {
            match rest.next().expect("the quote is closed") {
                '"' => break,
                '$' => panic!("nothing is filled in: {line}"),
                '\\' => match rest.next().expect("something is escaped") {
                    escaped @ ('"' | '$' | '\\') => value.push(escaped),
                    other => value.extend(['\\', other]),
                },
                plain => value.push(plain),
            }
        }
        assert_eq!(rest.as_str(), "", "one word a line");
        values.insert(name.to_owned(), value);
    }
    values
}

/// GitHub's runner, `TemplateReader.ParseScalar`: an expression reaches from `${{` to the first `}}` outside of a text in single
/// quotes. Only such a text may stand in it here.
pub(crate) fn github(raw: &str) -> String {
    let mut value = String::new();
    let mut rest = raw;
    while let Some(start) = rest.find("${{") {
        value += &rest[..start];
        let expression = &rest[start + 3..];
        let mut in_text = false;
        let mut end = None;
        for (at, c) in expression.char_indices() {
            match c {
                '\'' => in_text = !in_text,
                '}' if !in_text && expression[..at].ends_with('}') => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
        }
        let end = end.unwrap_or_else(|| panic!("an expression that does not end: {raw}"));
        let text = expression[..end - 1].trim();
        let text = text
            .strip_prefix('\'')
            .and_then(|text| text.strip_suffix('\''));
        let text = text.unwrap_or_else(|| panic!("nothing is filled in: {raw}"));
        value += &text.replace("''", "'");
        rest = &expression[end + 1..];
    }
    value + rest
}

/// PowerShell, about_Quoting_Rules and its tokenizer: between single quotes, straight or typographic, two of them are one.
pub(crate) fn powershell(text: &str) -> Vec<(String, Option<String>)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let values = lines.map(|line| {
        let line = line
            .strip_prefix("$env:")
            .expect("a variable of the environment");
        let (name, wanted) = line.split_once(" = ").expect("an assignment");
        let value = (wanted != "$null").then(|| {
            let mut rest = wanted.chars().peekable();
            assert!(rest.next().is_some_and(is_quote), "a text: {line}");
            single_quoted(&mut rest)
        });
        (name.to_owned(), value)
    });
    values.collect()
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}')
}

fn single_quoted(rest: &mut Peekable<impl Iterator<Item = char>>) -> String {
    let mut value = String::new();
    loop {
        let c = rest.next().expect("the text ends");
        if is_quote(c) && rest.next_if(|next| is_quote(*next)).is_none() {
            break;
        }
        value.push(c);
    }
    assert!(rest.next().is_none(), "nothing follows the text");
    value
}

/// A line of a batch file for cmd.exe: `%` first, then quotes and `^`, then what `set` makes of the rest.
pub(crate) fn cmd(line: &str) -> (String, String) {
    let line = line.strip_prefix("@set ").expect("an assignment");
    let (mut plain, mut in_quotes) = (String::new(), false);
    let mut rest = percent(line).into_iter();
    while let Some(c) = rest.next() {
        match c {
            '"' => in_quotes = !in_quotes,
            '^' if !in_quotes => {
                plain.extend(rest.next());
                continue;
            }
            '&' | '|' | '<' | '>' if !in_quotes => panic!("{c} would end the command: {line}"),
            _ => {}
        }
        plain.push(c);
    }
    let inner = plain.strip_prefix('"').expect("a quote");
    let (assignment, after) = inner.rsplit_once('"').expect("another one");
    assert_eq!(after, "", "nothing is cut off");
    let (name, value) = assignment.split_once('=').expect("an assignment");
    (name.to_owned(), value.to_owned())
}

/// Two are one; one alone would begin a variable or a parameter.
fn percent(line: &str) -> Vec<char> {
    let marked = line.replace("%%", "\0");
    assert!(!marked.contains('%'), "nothing is filled in: {line}");
    marked.replace('\0', "%").chars().collect()
}
