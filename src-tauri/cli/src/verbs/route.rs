//! `gdesk route`.

use std::path::{PathBuf, absolute};

use gopherdesk_core::route::{MatchRoute, ReadRoute, RouteAnswer};
use serde_json::json;

use crate::{
    arguments::RouteVerb,
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
};

/// Does what was asked for.
pub(super) async fn run(session: &Session<'_>, verb: RouteVerb) -> Result<Answer, Refusal> {
    match verb {
        RouteVerb::Of { targets, project } => of(session, targets, project).await,
        RouteVerb::Parse { goproxy, gonoproxy } => {
            let parsed = session.app.route_parse(&goproxy, &gonoproxy);
            let text = print::route::parsed(session.texts, &parsed);
            Ok(Answer::new(json!(parsed), text))
        }
        RouteVerb::Match { patterns, target } => {
            let wish = MatchRoute { patterns, target };
            let matched = session.app.route_match(wish).await?;
            let text = print::route::matched(session.texts, &matched);
            Ok(Answer::new(json!(matched), text))
        }
    }
}

/// Where these come from; a name that gets out ends it as wrong.
pub(super) async fn of(
    session: &Session<'_>,
    targets: Vec<String>,
    project: Option<PathBuf>,
) -> Result<Answer, Refusal> {
    let project = match project {
        Some(folder) => {
            let folder = absolute(&folder).unwrap_or(folder);
            Some(session.app.project_open(folder).await?)
        }
        None => None,
    };
    let alone = project.is_none();
    let wish = ReadRoute { targets, project };
    let mut answers = session.app.route_read(wish).await?;
    // one question has one answer, and a failure of its own
    if answers.len() == 1
        && let Some(RouteAnswer::Failed { failure, .. }) = answers.first()
    {
        return Err(failure.error.clone().into());
    }
    let is_leaking = |answer: &RouteAnswer| match answer {
        RouteAnswer::Route(route) => !route.leaks.is_empty(),
        RouteAnswer::Failed { .. } => true,
    };
    let end = match answers.iter().any(is_leaking) {
        true => End::Wrong,
        false => End::Well,
    };
    let text = answers
        .iter()
        .map(|answer| print::route::route(session.texts, answer))
        .collect::<Vec<_>>()
        .join("\n");
    let json = match answers.len() {
        1 if alone => json!(answers.remove(0)),
        _ => json!(answers),
    };
    let mut answer = Answer::new(json, text);
    answer.end = end;
    Ok(answer)
}
