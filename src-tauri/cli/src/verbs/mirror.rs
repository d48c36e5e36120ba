//! `gdesk mirror`.

mod chain;
mod choose;
mod keep;
mod list;
mod prefetch;
mod race;
mod test;

use std::path::{Path, absolute};

use crate::{arguments::MirrorVerb, print::Answer, refusal::Refusal, session::Session};

/// Does what was asked for.
pub(super) async fn run(session: &Session<'_>, verb: MirrorVerb) -> Result<Answer, Refusal> {
    match verb {
        MirrorVerb::List { all } => list::all(session, all).await,
        MirrorVerb::Show { mirror, reveal } => list::one(session, &mirror, reveal).await,
        MirrorVerb::Add {
            url,
            name,
            probe,
            consent,
        } => keep::add(session, url, name, probe, &consent).await,
        MirrorVerb::Edit {
            mirror,
            edits,
            consent,
        } => keep::edit(session, &mirror, edits, &consent).await,
        MirrorVerb::Remove { mirror, consent } => keep::remove(session, &mirror, &consent).await,
        MirrorVerb::Move {
            mirror,
            place,
            consent,
        } => keep::place(session, &mirror, place, &consent).await,
        MirrorVerb::Import { source, consent } => keep::import(session, source, &consent).await,
        MirrorVerb::Test {
            mirrors,
            patient,
            project,
            lines,
        } => test::run(session, mirrors, patient, project, lines).await,
        MirrorVerb::Race {
            mirrors,
            project,
            budget,
            lines,
        } => race::run(session, mirrors, &project, budget, lines).await,
        MirrorVerb::Prefetch { project, lines } => prefetch::run(session, &project, lines).await,
        MirrorVerb::Chain { goproxy, gosumdb } => chain::look(session, goproxy, gosumdb).await,
        MirrorVerb::Rehearse {
            goproxy,
            gosumdb,
            answers,
            database_down,
            module,
        } => {
            let wish = chain::Supposed {
                answers,
                database_down,
                module,
            };
            chain::rehearse(session, goproxy, gosumdb, wish).await
        }
        MirrorVerb::Use {
            mirrors,
            goproxy,
            gosumdb,
            direct,
            prove,
            consent,
        } => {
            let wish = choose::Wanted {
                mirrors,
                goproxy,
                gosumdb,
                direct,
                prove,
            };
            choose::run(session, wish, &consent).await
        }
    }
}

/// The id of the project in this folder or above it.
async fn opened(session: &Session<'_>, folder: &Path) -> Result<String, Refusal> {
    let folder = absolute(folder).unwrap_or_else(|_| folder.to_owned());
    Ok(session.app.project_open(folder).await?)
}
