/// What stands between paths in a go.mod or in source code.
const WORDS: [&str; 11] = [
    "require", "replace", "exclude", "retract", "module", "import", "tool", "=>", "(", ")", "_",
];

/// Something that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The path, and the version behind it.
    pub text: String,
    /// The line it stands in, from 1; none when there is only one.
    pub line: Option<u32>,
}

/// The modules and packages that a text names, each once, in their order: paths, lines of a go.mod, imports. A version behind a
/// path is taken with it. What is no path stays, so that somebody says so.
pub fn named(text: &str) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let has_lines = text.trim().contains('\n');
    for (number, line) in (1..).zip(text.lines()) {
        // not the slashes of an address
        let end = line.find(" //").or_else(|| line.find("\t//"));
        let line = line[..end.unwrap_or(line.len())].trim();
        let words = line.split(|c: char| c.is_whitespace() || ",;".contains(c));
        let words: Vec<_> = words
            .map(|word| word.trim_matches(['"', '`', '\'']))
            .filter(|word| !word.is_empty())
            .collect();
        if matches!(words.first(), Some(&("go" | "toolchain" | "//"))) && words.len() > 1 {
            continue;
        }
        for (at, word) in words.iter().enumerate() {
            // a folder on this machine comes from nowhere
            let is_folder = word.starts_with("./") || word.starts_with("../") || *word == ".";
            if WORDS.contains(word) || is_version(word) || is_folder {
                continue;
            }
            let text = match words.get(at + 1) {
                Some(version) if is_version(version) && !word.contains('@') => {
                    format!("{word}@{version}")
                }
                _ => (*word).to_owned(),
            };
            if !found.iter().any(|known| known.text == text) {
                let line = has_lines.then_some(number);
                found.push(Named { text, line });
            }
        }
    }
    found
}

fn is_version(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next() == Some('v')
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && word.contains('.')
        && !word.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_pasted_names_its_modules() {
        for (text, expected) in [
            (
                "git.corp.example/team/app",
                &["git.corp.example/team/app"][..],
            ),
            (
                "a.example/x b.example/y,c.example/z@v1.2.0",
                &["a.example/x", "b.example/y", "c.example/z@v1.2.0"],
            ),
            (
                "module own.example\n\ngo 1.21\ntoolchain go1.22.1\n\nrequire (\n\ta.example/x v1.0.0 // indirect\n\tb.example/y v2.0.0+incompatible\n)\n",
                &[
                    "own.example",
                    "a.example/x@v1.0.0",
                    "b.example/y@v2.0.0+incompatible",
                ],
            ),
            (
                "replace a.example/x => ../x\nreplace b.example/y => c.example/y v1.0.0",
                &["a.example/x", "b.example/y", "c.example/y@v1.0.0"],
            ),
            (
                "import (\n\t_ \"a.example/x/internal\"\n)",
                &["a.example/x/internal"],
            ),
            ("a.example/x a.example/x", &["a.example/x"]),
            (
                "localhost https://a.example/x",
                &["localhost", "https://a.example/x"],
            ),
            (" \n", &[]),
        ] {
            let found = named(text);
            let found: Vec<_> = found.iter().map(|found| found.text.as_str()).collect();
            assert_eq!(found, expected, "of {text:?}");
        }
    }

    #[test]
    fn what_is_named_is_found_again_in_its_line() {
        let lines = |text| {
            named(text)
                .into_iter()
                .map(|found| found.line)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            lines("module a.example\r\n\nrequire (\n\tb.example v1.0.0\n\tnonsense v1.0.0\n)\n"),
            [Some(1), Some(4), Some(5)],
            "as an editor counts"
        );
        assert_eq!(lines("a.example b.example\n"), [None, None], "there is one");
    }
}
