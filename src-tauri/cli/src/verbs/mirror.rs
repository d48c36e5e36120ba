//! `gdesk mirror`.

mod choose;
mod test;

use crate::{arguments::MirrorVerb, print::Answer, refusal::Refusal, session::Session};

/// Does what was asked for.
pub(super) async fn run(session: &Session<'_>, verb: MirrorVerb) -> Result<Answer, Refusal> {
    match verb {
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
