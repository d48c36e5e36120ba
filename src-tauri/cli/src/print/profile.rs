//! Profiles: what they are, and how they stand to the environment.

mod exchange;
mod kept;

pub(crate) use exchange::{exported, imported};
pub(crate) use kept::{company, kept};

use anstyle::Style;
use gopherdesk_core::profile::{
    CompanyReason, Difference, Fetched, Profile, ProfileState, ProfileValue, Profiles,
    PublicSource, Title, Verified,
};
use serde_json::json;

use super::{
    BAD, GOOD, QUIET, STRONG, WARN, styled,
    table::{Cell, Table},
};
use crate::{texts::Texts, visible::visible};

/// One line a profile, and which one counts.
pub(crate) fn list(texts: &Texts, profiles: &Profiles) -> String {
    let mut table = Table::default();
    let head = |key| Cell::new(texts.say(key), QUIET);
    table.row([
        Cell::plain(""),
        head("profile.name"),
        head("profile.id"),
        head("profile.state"),
    ]);
    for profile in &profiles.list {
        let active = profiles.active.as_ref() == Some(&profile.id);
        table.row(row(texts, profile, active));
    }
    let mut text = format!("{table}\n");
    if profiles.active.is_none() {
        text += &format!("{}\n", texts.say("profile.custom"));
    }
    if let Some(previous) = &profiles.previous {
        let line = match &previous.title {
            Some(title) => texts.fill("profile.previous", &[("title", &texts.title(title))]),
            None => texts.say("profile.previous_custom").to_owned(),
        };
        text += &format!("{line}\n");
    }
    if let Some(trouble) = &profiles.trouble {
        let trouble = texts.tell("failures", trouble);
        text += &format!("{}\n", styled(BAD, &trouble));
    }
    text + &styled(QUIET, texts.say("profile.legend")) + "\n"
}

fn row(texts: &Texts, profile: &Profile, active: bool) -> [Cell; 4] {
    let (mark, style) = match (&profile.state, active) {
        (_, true) => ("*", GOOD),
        (ProfileState::Shadowed { .. }, _) => ("!", WARN),
        (ProfileState::Unusable { .. }, _) => ("x", BAD),
        (ProfileState::Active {}, _) => ("=", Style::new()),
        _ => ("", Style::new()),
    };
    [
        Cell::new(mark, style),
        Cell::new(&texts.title(&profile.title), style),
        Cell::new(&profile.id, QUIET),
        Cell::plain(&summary(texts, profile)),
    ]
}

/// How a profile stands, in a few words.
fn summary(texts: &Texts, profile: &Profile) -> String {
    let names = |differences: &[Difference]| {
        let names: Vec<_> = differences.iter().map(|one| one.name.as_str()).collect();
        names.join(", ")
    };
    match &profile.state {
        ProfileState::Active {} => texts.say("profile.active").to_owned(),
        ProfileState::Shadowed { differences } => {
            let names = names(differences);
            texts.fill("profile.shadowed", &[("names", &names)])
        }
        ProfileState::Differs { differences } => {
            let names = names(differences);
            texts.fill("profile.differs", &[("names", &names)])
        }
        ProfileState::NeedsForm {} => texts.say("profile.needs_form").to_owned(),
        ProfileState::Unusable { failure } => texts.tell("failures", failure),
    }
}

/// One profile: its values, with the sentences that explain them.
pub(crate) fn show(texts: &Texts, profile: &Profile, reasons: &[Option<String>]) -> String {
    let mut text = format!(
        "{}\n",
        styled(STRONG, &visible(&texts.title(&profile.title)))
    );
    if let Title::Builtin { .. } = profile.title
        && let Some(summary) = texts.of_profile(&["summaries", &profile.id])
    {
        text += &format!("{summary}\n");
    }
    if !profile.values.is_empty() {
        text.push('\n');
    }
    for (value, reason) in profile.values.iter().zip(reasons) {
        text += &format!("{}\n", self::value(texts, value));
        if let Some(reason) = reason {
            text += &format!("  {}\n", styled(QUIET, reason));
        }
    }
    text + &format!("\n{}\n", summary(texts, profile))
}

/// `NAME=value`, or that it is unset.
pub(crate) fn value(texts: &Texts, value: &ProfileValue) -> String {
    match &value.value {
        Some(set) => format!("{}={}", visible(&value.name), visible(set)),
        None => texts.fill("profile.unset", &[("name", &value.name)]),
    }
}

/// What would change, and what would still outrank it.
pub(crate) fn diff(texts: &Texts, profile: &Profile) -> String {
    let title = texts.title(&profile.title);
    let title = ("title", title.as_str());
    match &profile.state {
        ProfileState::Differs { differences: found } => {
            let head = styled(STRONG, &texts.fill("profile.would_change", &[title]));
            format!("{head}\n{}", differences(texts, found))
        }
        ProfileState::Shadowed { differences: found } => {
            let head = styled(STRONG, &texts.fill("profile.would_not_count", &[title]));
            format!("{head}\n{}", differences(texts, found))
        }
        ProfileState::Active {} => texts.fill("profile.no_difference", &[title]) + "\n",
        ProfileState::NeedsForm {} | ProfileState::Unusable { .. } => {
            summary(texts, profile) + "\n"
        }
    }
}

/// Each variable that is not as a profile wants it.
pub(crate) fn differences(texts: &Texts, differences: &[Difference]) -> String {
    differences
        .iter()
        .map(|one| difference(texts, one))
        .collect()
}

fn difference(texts: &Texts, difference: &Difference) -> String {
    let name = visible(&difference.name);
    let was = format!("- {name}={}", visible(&difference.actual));
    let wanted = match &difference.wanted {
        Some(wanted) => format!("+ {name}={}", visible(wanted)),
        None => format!("+ {}", texts.fill("profile.unset", &[("name", &name)])),
    };
    let mut text = format!("  {}\n  {}\n", styled(BAD, &was), styled(GOOD, &wanted));
    if let Some(shadowed) = &difference.shadowed {
        let place = texts.place(shadowed);
        let holes = [
            ("name", difference.name.as_str()),
            ("where", &place),
            ("value", &shadowed.value),
        ];
        text += &format!(
            "    {}\n",
            styled(WARN, &texts.fill("profile.outranked", &holes))
        );
        if shadowed.assignment.is_some() {
            let hint = texts.fill("done.unshadow", &[("name", &difference.name)]);
            text += &format!("    {hint}\n");
        }
    }
    text
}

/// Whether a profile is in effect, and whether a download works; without an answer of go nothing is in effect.
pub(crate) fn verified(
    texts: &Texts,
    profile: &Profile,
    verified: &Verified,
    answered: bool,
) -> String {
    let title = texts.title(&profile.title);
    let title = ("title", title.as_str());
    let mut text = match &verified.state {
        ProfileState::Active {} if !answered => {
            let words = texts.fill("profile.unconfirmed", &[title]);
            format!("{}\n", styled(WARN, &words))
        }
        ProfileState::Active {} => {
            let words = texts.fill("profile.in_effect", &[title]);
            format!("{}\n", styled(GOOD, &words))
        }
        ProfileState::Shadowed { differences: found } => {
            let words = texts.fill("profile.not_in_effect", &[title]);
            let differences = differences(texts, found);
            format!("{}\n{differences}", styled(WARN, &words))
        }
        ProfileState::Differs { differences: found } => {
            let words = texts.fill("profile.not_used", &[title, ("id", &profile.id)]);
            let differences = differences(texts, found);
            format!("{}\n{differences}", styled(WARN, &words))
        }
        ProfileState::NeedsForm {} | ProfileState::Unusable { .. } => {
            format!("{}\n", styled(WARN, &summary(texts, profile)))
        }
    };
    if let Some(fetched) = &verified.fetch {
        text += &fetch(texts, fetched);
    }
    if verified.cancelled {
        text += &format!("{}\n", styled(WARN, texts.say("profile.stopped")));
    }
    text
}

fn fetch(texts: &Texts, fetched: &Fetched) -> String {
    if let Some(failure) = &fetched.failure {
        return format!("{}\n", styled(BAD, &texts.tell("failures", failure)));
    }
    let elapsed = format!("{:.1}", f64::from(fetched.elapsed_ms) / 1e3);
    let holes = [
        ("module", fetched.module.as_str()),
        ("seconds", &elapsed),
        ("goproxy", &fetched.goproxy),
    ];
    format!("{}\n", styled(GOOD, &texts.fill("profile.fetched", &holes)))
}

/// Why the company profile sets a value.
pub(crate) fn reason(texts: &Texts, why: CompanyReason) -> String {
    let code = json!(why);
    let code = code.as_str().unwrap_or_default();
    texts
        .of_profile(&["reasons", code])
        .unwrap_or(code)
        .to_owned()
}

/// Where public modules come from.
fn public(texts: &Texts, source: PublicSource) -> String {
    let code = json!(source);
    let code = code.as_str().unwrap_or_default();
    match source {
        PublicSource::Company => texts.say("company.public_company").to_owned(),
        PublicSource::Domestic | PublicSource::Overseas => texts
            .of_profile(&["names", code])
            .unwrap_or(code)
            .to_owned(),
    }
}
