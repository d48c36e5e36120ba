//! Editors: VS Code and GoLand.

use super::{Comment, Format, Sheet, yaml::quoted};

pub(super) const VSCODE: Format = Format {
    holds: |_, value| !is_filled_in_by_vscode(value),
    unsets: false,
    keeps_empty: false,
    comment: Comment::Slashes,
    body: vscode,
    file_name: |slug| format!("go-{slug}.settings.json"),
};

pub(super) const GOLAND: Format = Format {
    holds: |_, value| !has_macro(value) && value.chars().all(is_xml),
    unsets: false,
    keeps_empty: false,
    comment: Comment::Xml,
    body: goland,
    // GoLand reads what ends like this in the folder .run
    file_name: |slug| format!("go-{slug}.run.xml"),
};

/// `go.toolsEnvVars` reaches gopls, go and the debugger. It cannot unset: vscode-go hands null on, and Node.js makes the text
/// "null" of it.
fn vscode(sheet: &Sheet) -> String {
    let lines: Vec<_> = sheet
        .set
        .iter()
        .map(|(name, value)| format!("\n    {}: {}", quoted(name), quoted(value)))
        .collect();
    let end = if lines.is_empty() { "" } else { "\n  " };
    format!(
        "{{\n  \"go.toolsEnvVars\": {{{}{end}}}\n}}\n",
        lines.join(",")
    )
}

/// vscode-go fills in `~`, `${env:NAME}`, `${workspaceFolder}` and its like, and has no way to write them as they are
/// (`resolvePath`, `substituteEnv`).
fn is_filled_in_by_vscode(value: &str) -> bool {
    value.starts_with('~') || value.contains("${env:") || value.contains("${workspace")
}

fn goland(sheet: &Sheet) -> String {
    let mut envs = String::new();
    for (name, value) in &sheet.set {
        envs += &format!(
            "      <env name=\"{name}\" value=\"{}\" />\n",
            attribute(value)
        );
    }
    format!(
        "<component name=\"ProjectRunConfigurationManager\">
  <configuration default=\"false\" name=\"Go: {}\" type=\"GoApplicationRunConfiguration\" factoryName=\"Go Application\">
    <working_directory value=\"$PROJECT_DIR$\" />
    <envs>
{envs}    </envs>
    <kind value=\"DIRECTORY\" />
    <directory value=\"$PROJECT_DIR$\" />
    <method v=\"2\" />
  </configuration>
</component>
",
        attribute(&sheet.title)
    )
}

/// `$PROJECT_DIR$` and the like: IntelliJ fills them in when it reads the file, and `$PATH$` when it starts the program.
fn has_macro(value: &str) -> bool {
    let mut parts = value.split('$').skip(1).peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_some() && !part.is_empty() && !part.contains(char::is_whitespace) {
            return true;
        }
    }
    false
}

/// XML 1.0, 2.2 Char; control characters are no values anyway.
fn is_xml(c: char) -> bool {
    !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// White space but the blank would become one (XML 1.0, 3.3.3).
fn attribute(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\t', "&#9;")
}
