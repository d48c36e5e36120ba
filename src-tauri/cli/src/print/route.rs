//! Where modules come from.

use gopherdesk_core::route::{Fallback, Matched, Next, ParsedList, Route, RouteAnswer};
use serde_json::json;

use super::{BAD, GOOD, QUIET, STRONG, WARN, styled};
use crate::{texts::Texts, visible::visible};

/// One module: who is asked, who verifies it, who learns its name.
pub(crate) fn route(texts: &Texts, answer: &RouteAnswer) -> String {
    match answer {
        RouteAnswer::Failed { line, failure, .. } => {
            let place = line.map(|line| texts.fill("route.line", &[("line", &line.to_string())]));
            let said = styled(BAD, &texts.tell("failures", failure));
            format!("{}{said}\n", place.unwrap_or_default())
        }
        RouteAnswer::Route(route) => of(texts, route),
    }
}

fn of(texts: &Texts, route: &Route) -> String {
    let mut text = format!("{}\n", styled(STRONG, &visible(&route.module)));
    let mut line = |label: &str, said: String| {
        text += &format!("  {}  {said}\n", styled(QUIET, texts.say(label)));
    };
    match &route.private {
        Some(private) => line(
            "route.private",
            texts.fill(
                "route.covered",
                &[("by", &private.by), ("pattern", &private.pattern)],
            ),
        ),
        None => line("route.private", texts.say("route.public").to_owned()),
    }
    let steps = route.steps.iter().map(|step| {
        let next = match step.next {
            Some(Next::OnMissing) => format!("  {}", texts.say("chain.on_missing")),
            Some(Next::OnAnyError) => format!("  {}", texts.say("chain.on_any_error")),
            None => String::new(),
        };
        format!("{}{}", visible(&step.from), styled(QUIET, &next))
    });
    for step in steps {
        line("route.from", step);
    }
    if let Some(direct) = &route.direct {
        line(
            "route.vcs",
            format!("{} ({})", direct.vcs.join(", "), visible(&direct.rule)),
        );
        if let Some(insecure) = &direct.insecure {
            let said = texts.fill("route.insecure", &[("pattern", insecure)]);
            line("route.vcs", styled(WARN, &said));
        }
    }
    line(
        "route.checksum",
        texts.tell("checksum_reasons", &route.checksum.reason),
    );
    for source in &route.checksum.sources {
        line("route.asked_at", visible(source).into_owned());
    }
    for leak in &route.leaks {
        let told = json!({ "code": leak.why, "params": { "to": leak.to, "name": leak.name } });
        line(
            "route.leak",
            styled(BAD, &texts.tell("leak_reasons", &told)),
        );
    }
    if let Some(error) = &route.error {
        line(
            "route.refused",
            styled(BAD, &texts.tell("route_faults", error)),
        );
    } else if route.leaks.is_empty() && route.private.is_some() {
        line("route.leak", styled(GOOD, texts.say("route.no_leak")));
    }
    text
}

/// What Go makes of a list.
pub(crate) fn parsed(texts: &Texts, parsed: &ParsedList) -> String {
    if let Some(error) = &parsed.error {
        let line = texts.fill("chain.refused", &[("error", error)]);
        return format!("{}\n", styled(BAD, &line));
    }
    let lines = parsed.list.iter().map(|source| {
        let next = texts.say(match source.fallback {
            Fallback::NotFoundOnly => "chain.on_missing",
            Fallback::AnyError => "chain.on_any_error",
        });
        format!("{}  {}\n", visible(&source.url), styled(QUIET, next))
    });
    lines.collect()
}

/// Whether a pattern covers a path.
pub(crate) fn matched(texts: &Texts, matched: &Matched) -> String {
    let line = match &matched.pattern {
        Some(pattern) => texts.fill("route.matched", &[("pattern", pattern)]),
        None => texts.say("route.unmatched").to_owned(),
    };
    format!("{line}\n")
}
