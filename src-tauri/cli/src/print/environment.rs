//! Every variable, in groups.

use std::fmt::Write;

use gopherdesk_core::{
    app::{Finding, FindingKind, Fix, Severity},
    environment::{EnvFile, Environment, Layer, Variable, Wins},
};

use super::{
    BAD, GOOD, QUIET, STRONG, WARN, styled,
    table::{Cell, Table},
};
use crate::{texts::Texts, visible::visible};

/// Which Go, which file, and the variables.
pub(crate) fn list(texts: &Texts, environment: &Environment, findings: &[Finding]) -> String {
    let mut text = head(texts, environment);
    if environment.variables.is_empty() {
        return text + texts.say("list.nothing") + "\n";
    }
    text += &variables(texts, &environment.variables);
    text += &format!("\n{}\n", styled(QUIET, texts.say("list.legend")));
    if !findings.is_empty() {
        text += &format!("\n{}\n", styled(STRONG, texts.say("list.findings")));
    }
    for finding in findings {
        text += &self::finding(texts, finding);
    }
    text
}

fn head(texts: &Texts, environment: &Environment) -> String {
    let mut table = Table::default();
    let go = match &environment.go {
        Some(go) => format!("{}  {}", go.version, go.path),
        None => texts.say("list.no_go").to_owned(),
    };
    table.row([Cell::new(texts.say("list.go"), QUIET), Cell::plain(&go)]);
    let file = file(texts, &environment.file);
    table.row([Cell::new(texts.say("list.file"), QUIET), Cell::plain(&file)]);
    format!("{table}\n")
}

fn file(texts: &Texts, file: &EnvFile) -> String {
    let path = file.path.as_deref().unwrap_or(texts.say("list.no_file"));
    if file.exists || file.path.is_none() {
        return path.to_owned();
    }
    format!("{path} ({})", texts.say("list.file_absent"))
}

fn variables(texts: &Texts, variables: &[Variable]) -> String {
    let mut sorted: Vec<_> = variables.iter().collect();
    sorted.sort_by_key(|variable| variable.group);
    let mut table = Table::default();
    table.row([
        Cell::plain(""),
        Cell::new(texts.say("list.name"), QUIET),
        Cell::new(texts.say("list.from"), QUIET),
        Cell::new(texts.say("list.value"), QUIET),
    ]);
    for variable in &sorted {
        table.row(row(texts, variable));
    }
    let mut lines = table.lines().into_iter();
    let mut text = lines.next().unwrap_or_default() + "\n";
    let mut group = None;
    for (variable, line) in sorted.iter().zip(lines) {
        if group.replace(variable.group) != Some(variable.group) {
            let name = texts.name("groups", &variable.group);
            // writing to a String cannot fail
            let _ = writeln!(text, "{}", styled(STRONG, &name));
        }
        let _ = writeln!(text, "{line}");
    }
    text
}

fn row(texts: &Texts, variable: &Variable) -> [Cell; 4] {
    let changed = if variable.changed { "*" } else { " " };
    let shadowed = if variable.shadowed.is_some() { "!" } else { "" };
    let wrong = variable.shadowed.is_some() || !variable.problems.is_empty();
    let style = match (wrong, variable.changed) {
        (true, _) => WARN,
        (false, true) => GOOD,
        (false, false) => QUIET,
    };
    [
        Cell::new(&format!("{changed}{shadowed}"), style),
        Cell::plain(&variable.name),
        Cell::new(&origin(texts, variable), QUIET),
        Cell::plain(&variable.value),
    ]
}

/// The line that sets what counts, else what kind of place it is.
pub(super) fn origin(texts: &Texts, variable: &Variable) -> String {
    let winner = |layer: &&Layer| layer.origin == variable.origin && layer.wins != Wins::Nowhere;
    variable
        .layers
        .iter()
        .find(winner)
        .and_then(|layer| layer.r#where.clone())
        .unwrap_or_else(|| texts.name("origins", &variable.origin))
}

fn finding(texts: &Texts, finding: &Finding) -> String {
    let style = match finding.severity {
        Severity::Broken => BAD,
        Severity::Warning => WARN,
        Severity::Note => QUIET,
    };
    let severity = texts.name("severity", &finding.severity);
    let (title, detail) = texts.finding(finding);
    let holes = [("severity", severity.as_str()), ("title", &title)];
    let head = texts.fill("list.finding", &holes);
    let mut text = format!("- {}\n  {detail}\n", styled(style, &head));
    if let Some(command) = mend(finding) {
        text += &format!("  > {}\n", visible(&command));
    }
    text
}

/// The command that mends it.
fn mend(finding: &Finding) -> Option<String> {
    match (finding.fix.as_ref()?, &finding.what) {
        (Fix::CommentOut { .. }, FindingKind::ValueShadowed { name, .. }) => {
            Some(format!("gdesk env unshadow {name}"))
        }
        (Fix::Repair { lines }, _) => {
            let lines: String = lines.iter().map(|line| format!(" --line {line}")).collect();
            Some(format!("gdesk env repair{lines}"))
        }
        // quotes that mean the same to every shell
        (Fix::Set { name, value }, _) if !value.contains(['"', '$', '`', '\\', '!', '%']) => {
            Some(format!("gdesk env set \"{name}={value}\""))
        }
        (Fix::Set { name, .. } | Fix::Edit { name }, _) => {
            Some(format!("gdesk env explain {name}"))
        }
        (Fix::ChooseGo {}, _) => Some("gdesk toolchain list".to_owned()),
        (Fix::CommentOut { .. }, _) => None,
    }
}
