//! What comes from others, and what goes to them.

use gopherdesk_core::profile::{Exported, Import};

use super::{differences, value};
use crate::{
    print::{BAD, GOOD, STRONG, WARN, styled},
    texts::Texts,
    visible::visible,
};

/// Everything to know of a profile file before it is kept.
pub(crate) fn imported(texts: &Texts, import: &Import) -> String {
    let mut text = format!("{}\n", styled(STRONG, &visible(&import.name)));
    for one in &import.values {
        text += &format!("  {}\n", value(texts, one));
    }
    text.push('\n');
    if import.differences.is_empty() {
        let same = texts.say("profile.same");
        text += &format!("{}\n", styled(GOOD, same));
    } else {
        let head = texts.say("profile.import_changes");
        text += &format!("{}\n", styled(STRONG, head));
        text += &differences(texts, &import.differences);
    }
    for problem in &import.problems {
        let words = texts.tell("problems", &problem.problem);
        let holes = [("name", problem.name.as_str()), ("problem", &words)];
        let style = if problem.refused { BAD } else { WARN };
        text += &format!("{}\n", styled(style, &texts.fill("plan.warning", &holes)));
    }
    if !import.stripped.is_empty() {
        let names = import.stripped.join(", ");
        let words = texts.fill("profile.stripped_import", &[("names", &names)]);
        text += &format!("{}\n", styled(WARN, &words));
    }
    for danger in &import.dangers {
        let words = texts.danger(danger);
        let head = texts.fill("plan.danger", &[("name", &danger.name)]);
        text += &format!("\n{}\n  {words}\n", styled(BAD, &head));
    }
    text
}

/// What the reader of an export has to know.
pub(crate) fn exported(texts: &Texts, exported: &Exported) -> Vec<String> {
    let lists = [
        ("profile.stripped", &exported.stripped),
        ("profile.not_unset", &exported.not_unset),
        ("profile.emptied", &exported.emptied),
        ("profile.left_out", &exported.left_out),
    ];
    lists
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(key, names)| texts.fill(key, &[("names", &names.join(", "))]))
        .collect()
}
