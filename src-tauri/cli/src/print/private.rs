//! Lists of private modules, proposals, and credentials.

use gopherdesk_core::private::{
    PrivateList, PrivateLists,
    check::{CheckReport, GitOutcome},
    credentials::{CredentialSource, Credentials, HostCredentials},
    suggest::Suggestions,
};

use super::{BAD, GOOD, QUIET, STRONG, WARN, styled};
use crate::{texts::Texts, visible::visible};

/// Every list with its entries.
pub(crate) fn lists(texts: &Texts, lists: &PrivateLists) -> String {
    let lists = lists.lists.iter().map(|list| of(texts, list));
    lists.collect::<Vec<_>>().join("\n")
}

fn of(texts: &Texts, list: &PrivateList) -> String {
    let mut text = styled(STRONG, &list.variable);
    if list.follows {
        text += &format!("  {}", styled(QUIET, texts.say("private.follows")));
    } else if list.entries.is_empty() {
        text += &format!("  {}", styled(QUIET, texts.say("private.empty")));
    }
    text.push('\n');
    if let Some(shadowed) = &list.shadowed {
        let place = texts.place(shadowed);
        let holes = [
            ("name", list.variable.as_str()),
            ("where", place.as_str()),
            ("value", shadowed.value.as_str()),
        ];
        let line = texts.fill("profile.outranked", &holes);
        text += &format!("  {}\n", styled(WARN, &line));
    }
    // they stand under GOPRIVATE
    let entries = list.entries.iter().filter(|_| !list.follows);
    for entry in entries {
        let systems = entry.systems.iter().map(|systems| format!(":{systems}"));
        let pattern = format!("{}{}", entry.pattern, systems.collect::<String>());
        let mut line = visible(&pattern).into_owned();
        if !entry.enabled {
            line = format!("{}  {}", styled(QUIET, &line), texts.say("private.off"));
        }
        if !entry.covers.is_empty() {
            let count = entry.covers.len().to_string();
            let covers = texts.fill("private.covers", &[("count", &count)]);
            line += &format!("  {}", styled(QUIET, &covers));
        }
        text += &format!("  {line}\n");
        for problem in &entry.problems {
            let told = texts.tell("pattern_problems", problem);
            text += &format!("    {}\n", styled(WARN, &told));
        }
    }
    text
}

/// What could be added, and why.
pub(crate) fn suggested(texts: &Texts, suggested: &Suggestions) -> String {
    let mut text = String::new();
    if suggested.projects == 0 {
        text += &format!("{}\n", texts.say("private.no_projects"));
    }
    if !suggested.git {
        text += &format!("{}\n", styled(WARN, texts.say("private.no_git")));
    }
    for one in &suggested.patterns {
        text += &format!("{}\n", styled(STRONG, &visible(&one.pattern)));
        for reason in &one.reasons {
            text += &format!("  {}\n", texts.tell("suggestion_reasons", reason));
        }
        for covered in &one.covers {
            text += &format!("  {}\n", styled(QUIET, &visible(&covered.module)));
        }
    }
    if !suggested.covered.is_empty() {
        let hosts = suggested.covered.join(", ");
        let line = texts.fill("private.covered", &[("hosts", &hosts)]);
        text += &format!("{}\n", styled(GOOD, &line));
    }
    let patterns = suggested.patterns.iter().map(|one| one.pattern.as_str());
    let patterns = patterns.collect::<Vec<_>>().join(" ");
    text += &match patterns.as_str() {
        "" => format!("{}\n", texts.say("private.none")),
        patterns => format!("{}\n", texts.fill("private.how", &[("patterns", patterns)])),
    };
    text
}

/// Every host, then what is wrong with files, then what git said.
pub(crate) fn credentials(texts: &Texts, found: &Credentials, report: &CheckReport) -> String {
    let mut text: String = found.hosts.iter().map(|host| one(texts, host)).collect();
    if found.hosts.is_empty() {
        text += &format!("{}\n", texts.say("private.no_hosts"));
    }
    for file in &found.exposed {
        let holes = [("path", file.path.as_str()), ("mode", file.mode.as_str())];
        let line = texts.fill("private.exposed", &holes);
        text += &format!("{}\n", styled(BAD, &line));
    }
    for checked in &report.repositories {
        let style = match checked.outcome {
            GitOutcome::Reached {} => GOOD,
            _ => BAD,
        };
        let told = texts.tell("git_outcomes", &checked.outcome);
        text += &format!("{}  {}\n", visible(&checked.address), styled(style, &told));
    }
    text
}

fn one(texts: &Texts, host: &HostCredentials) -> String {
    let mut text = format!("{}\n", styled(STRONG, &visible(&host.host)));
    for (label, sources) in [
        ("private.requests", &host.requests),
        ("private.git", &host.git),
    ] {
        for source in sources {
            text += &format!("  {}  {}\n", texts.say(label), told(texts, source));
        }
    }
    for (label, proxy) in [
        ("private.go_proxy", &host.go_proxy),
        ("private.git_proxy", &host.git_proxy),
    ] {
        if let Some(proxy) = proxy {
            let line = texts.fill(label, &[("proxy", proxy)]);
            text += &format!("  {}\n", styled(WARN, &line));
        }
    }
    for recipe in &host.recipes {
        let line = match &recipe.file {
            Some(file) => texts.fill("private.add_to", &[("path", file)]),
            None => texts.say("private.or_run").to_owned(),
        };
        text += &format!("  {line}\n");
        for line in &recipe.lines {
            text += &format!("    {}\n", visible(line));
        }
    }
    text
}

fn told(texts: &Texts, source: &CredentialSource) -> String {
    let name = texts.name("credential_kinds", &source.kind);
    let (style, state) = match source.present {
        Some(true) => (GOOD, "private.present"),
        Some(false) => (WARN, "private.missing"),
        None => (QUIET, "private.unknown"),
    };
    let place = source.place.as_deref().unwrap_or_default();
    let state = styled(style, texts.say(state));
    format!("{name} ({})  {state}", visible(place))
}
