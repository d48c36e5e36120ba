//! Every Go on the machine.

use anstyle::Style;
use gopherdesk_core::toolchain::{Toolchain, Toolchains};

use super::{
    BAD, GOOD, QUIET, WARN, styled,
    table::{Cell, Table},
};
use crate::texts::Texts;

/// One line a Go.
pub(crate) fn list(texts: &Texts, toolchains: &Toolchains) -> String {
    let mut text = String::new();
    if let Some(path) = &toolchains.missing {
        let missing = texts.fill("toolchain.missing", &[("path", path)]);
        text += &format!("{}\n", styled(WARN, &missing));
    }
    if toolchains.list.is_empty() {
        return text + texts.say("toolchain.none") + "\n";
    }
    let mut table = Table::default();
    let head = |key| Cell::new(texts.say(key), QUIET);
    table.row([
        Cell::plain(""),
        head("toolchain.version"),
        head("toolchain.id"),
        head("toolchain.path"),
        head("toolchain.found"),
    ]);
    for toolchain in &toolchains.list {
        table.row(row(texts, toolchain));
    }
    text += &table.to_string();
    for toolchain in &toolchains.list {
        if let Some(failure) = &toolchain.failure {
            text += &format!("{}\n", styled(BAD, &texts.tell("failures", failure)));
        }
    }
    text + "\n" + &styled(QUIET, texts.say("toolchain.legend")) + "\n"
}

fn row(texts: &Texts, toolchain: &Toolchain) -> [Cell; 5] {
    let used = if toolchain.used { ">" } else { " " };
    let terminal = if toolchain.in_terminal { "$" } else { "" };
    let found: Vec<_> = toolchain
        .found
        .iter()
        .map(|place| texts.name("places", place))
        .collect();
    let (version, style) = match &toolchain.version {
        Some(version) => (version.as_str(), Style::new()),
        None => (texts.say("toolchain.no_answer"), BAD),
    };
    [
        Cell::new(&format!("{used}{terminal}"), GOOD),
        Cell::new(version, style),
        Cell::new(&toolchain.id, QUIET),
        Cell::plain(&toolchain.path.display().to_string()),
        Cell::new(&found.join(", "), QUIET),
    ]
}
