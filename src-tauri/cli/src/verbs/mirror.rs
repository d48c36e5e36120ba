//! `gdesk mirror`.

mod choose;
mod keep;
mod list;
mod test;

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
        MirrorVerb::Use {
            mirrors,
            gosumdb,
            direct,
            prove,
            consent,
        } => {
            let wish = choose::Wanted {
                mirrors,
                gosumdb,
                direct,
                prove,
            };
            choose::run(session, wish, &consent).await
        }
    }
}
