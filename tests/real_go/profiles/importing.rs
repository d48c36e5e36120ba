//! The dangers of a profile file, with a real go behind every question: none counts that was not confirmed by its name.

use gopherdesk_core::{
    app::App,
    environment::EnvironmentError,
    error::{Error, HistoryError},
    plan::{ApplyPlan, OutcomeResult},
    profile::{KeepImport, Profile, Title},
};
use serde_json::json;

use super::{shipped::go, with_go};
use crate::{dangers::DANGERS, scene::VERSIONS, support::block_on};

const NAME: &str = "team";

/// What the oldest Go does not have: a profile with it is not even kept.
const NEWER: &str = "GOAUTH";

/// Imports a file with one value and keeps it.
fn kept(app: &App, name: &str, value: &str) -> Result<Profile, Error> {
    let file = json!({ "gopherdesk_profile": 1, "name": NAME, "set": { name: value } });
    let import = block_on(app.profile_import(file.to_string())).expect("a profile file");
    let wish = KeepImport {
        id: import.id,
        name: NAME.to_owned(),
    };
    let overview = block_on(app.profile_import_keep(wish))?;
    let own = |profile: &Profile| {
        profile.title
            == Title::Own {
                name: NAME.to_owned(),
            }
    };
    let listed = overview.profiles.list.into_iter().find(own);
    Ok(listed.expect("it was kept"))
}

#[test]
fn no_danger_of_an_import_counts_for_go_without_its_own_confirmation() {
    for version in VERSIONS {
        for (name, value) in DANGERS {
            let how = format!("{version}: {name}={value}");
            let sandbox = with_go(version);
            let app = sandbox.app();
            let says = || {
                let said = go(&sandbox, &["env", name], &[]);
                assert!(said.succeeded(), "{how}: {}", said.complaint());
                String::from_utf8(said.stdout).expect("text")
            };
            let before = says();
            let kept = kept(&app, name, value);
            if version == VERSIONS[0] && name == NEWER {
                let name = name.to_owned();
                let unknown = EnvironmentError::UnknownVariable { name };
                assert_eq!(kept, Err(unknown.into()), "{how}");
                continue;
            }
            let profile = kept.expect("keeping it uses nothing");
            let plan = block_on(app.profile_plan(profile.id)).expect("a plan");
            let apply = |confirmed: &[&str]| {
                block_on(app.plan_apply(ApplyPlan {
                    id: plan.id.clone(),
                    confirmed: confirmed.iter().map(|&name| name.to_owned()).collect(),
                }))
            };
            for confirmed in [&[][..], &["GOPROXY", "*", ""][..]] {
                let unconfirmed = HistoryError::Unconfirmed {
                    names: vec![name.to_owned()],
                };
                assert_eq!(
                    apply(confirmed).err(),
                    Some(unconfirmed.into()),
                    "{how} with {confirmed:?}"
                );
                assert_eq!(says(), before, "{how}: go says what it said");
                let file = sandbox.read(&sandbox.env_file());
                assert_eq!(file, None, "{how}: nothing is written");
            }
            let applied = apply(&[name]).unwrap_or_else(|error| panic!("{how}: {error}"));
            let results = applied.outcomes.into_iter().map(|outcome| outcome.result);
            assert_eq!(
                results.collect::<Vec<_>>(),
                [OutcomeResult::InEffect {}],
                "{how}: go was asked"
            );
            // the real go would go and look for another Go, and is kept from it by the variable
            if name != "GOTOOLCHAIN" {
                assert_eq!(says().trim_end(), value, "{how}: and it counts");
            }
        }
    }
}
