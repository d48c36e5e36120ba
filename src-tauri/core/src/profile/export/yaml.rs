//! YAML: Compose, Kubernetes, GitHub Actions, GitLab.

use super::{Comment, Format, Sheet};

pub(super) const COMPOSE: Format = Format {
    body: |sheet| {
        let head = "services:\n  go:\n    image: golang\n    environment:";
        // Compose fills in $NAME and ${NAME} wherever they stand; two of them are one
        map(sheet, head, 6, |value| quoted(&value.replace('$', "$$")))
    },
    file_name: |slug| format!("compose.go-{slug}.yaml"),
    ..PLAIN
};

pub(super) const KUBERNETES: Format = Format {
    body: |sheet| {
        let head = format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: go-{}\ndata:",
            sheet.slug
        );
        map(sheet, &head, 2, quoted)
    },
    file_name: |slug| format!("go-{slug}.configmap.yaml"),
    ..PLAIN
};

pub(super) const GITHUB_ACTIONS: Format = Format {
    body: |sheet| {
        // an expression that comes to the text which would begin one
        map(sheet, "env:", 2, |value| {
            quoted(&value.replace("${{", "${{ '${{' }}"))
        })
    },
    file_name: |slug| format!("go-{slug}.github.yml"),
    ..PLAIN
};

pub(super) const GITLAB_CI: Format = Format {
    body: |sheet| map(sheet, "variables:", 2, gitlab),
    file_name: |slug| format!("go-{slug}.gitlab-ci.yml"),
    ..PLAIN
};

const PLAIN: Format = Format {
    holds: |_, _| true,
    unsets: false,
    keeps_empty: false,
    comment: Comment::Hash,
    body: |_| String::new(),
    file_name: str::to_owned,
};

/// One line a variable below `head`.
fn map(sheet: &Sheet, head: &str, indent: usize, value_of: fn(&str) -> String) -> String {
    if sheet.set.is_empty() {
        return format!("{head} {{}}\n");
    }
    let lines = sheet
        .set
        .iter()
        .map(|(name, value)| format!("{:indent$}{}: {}\n", "", key(name), value_of(value)));
    format!("{head}\n{}", lines.collect::<String>())
}

/// YAML 1.1 takes these words for something else than text.
fn key(name: &str) -> String {
    let word = name.to_ascii_lowercase();
    match word.as_str() {
        "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null" => quoted(name),
        _ => name.to_owned(),
    }
}

/// GitLab and its runner fill in `$NAME`, `${NAME}` and `%NAME%`, and do not agree on what `$$` is; `expand` (GitLab 15.7)
/// keeps both from it.
fn gitlab(value: &str) -> String {
    match value.contains(['$', '%']) {
        true => format!("{{value: {}, expand: false}}", quoted(value)),
        false => quoted(value),
    }
}

/// A text in double quotes as JSON has it, which YAML reads alike, and in which no character is left out or hidden.
pub(super) fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let mut quoted = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            // line ends, marks and what is no character for a YAML 1.1 parser
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => quoted.push(c),
        }
    }
    quoted
}
