//! What ends before anything is sent.

use gopherdesk_core::{
    chain::{
        self, Known,
        rehearsal::{Ending, MirrorAnswer, Scene as Rehearsed},
    },
    checksum::Gosumdb,
    host::Os,
};

use super::ground::{MODULE, NO_SERVER, World};
use crate::scene::{Scene, VERSIONS};

/// GOPROXY, GOSUMDB, and what else is set.
type Unsent<'a> = (String, &'a str, &'a [(&'a str, &'a str)]);

/// What go says to a chain and a GOSUMDB that it does not read, to credentials over http, and to a folder that is not there;
/// private or not, and with GONOSUMDB.
#[tokio::test]
async fn go_says_the_same_of_what_it_does_not_even_send() {
    let world = World::new();
    for version in VERSIONS {
        let scene = Scene::new(version);
        let nowhere = format!("file://{}", scene.at("nowhere").display());
        let mirror = world.mirror(MirrorAnswer::Ok, false).expect("it listens");
        let other = world
            .mirror(MirrorAnswer::WrongHash, false)
            .expect("it listens");
        let (sound, other) = (mirror.url(), other.url());
        let broken = damaged(&world.database.key());
        let login = sound.replace("http://", "http://ann:pw@");
        let cases: [Unsent<'_>; 13] = [
            (format!("none,{sound}"), "off", &[]),
            (
                format!("none,{sound}"),
                "off",
                &[("GOPRIVATE", "team.example")],
            ),
            (format!("{sound},ftp://a"), "off", &[]),
            (",|".to_owned(), "off", &[]),
            (sound.clone(), "malformed", &[]),
            (sound.clone(), "a b c", &[]),
            (sound.clone(), &broken, &[]),
            (format!("{sound}|{NO_SERVER}"), "malformed", &[]),
            (format!("{login},{sound}"), "off", &[]),
            (format!("{login}|{sound}"), "off", &[]),
            (format!("{nowhere},{sound}"), "off", &[]),
            (nowhere, "off", &[]),
            (other, &broken, &[("GONOSUMDB", "team.example")]),
        ];
        for (number, (goproxy, gosumdb, more)) in cases.iter().enumerate() {
            let known = Known {
                os: Os::Linux,
                go: None,
                default: None,
                mirrors: &[],
            };
            let view = chain::read(goproxy, gosumdb, &known);
            let has = |name| more.iter().any(|(set, _)| *set == name);
            let ours = Rehearsed {
                entries: &view.entries,
                answers: &view
                    .entries
                    .iter()
                    .map(|entry| match &*entry.text {
                        text if text.starts_with("file:") => MirrorAnswer::NotFound,
                        NO_SERVER => MirrorAnswer::Refused,
                        _ => MirrorAnswer::Ok,
                    })
                    .collect::<Vec<_>>(),
                passes_on: &[],
                module: MODULE,
                private: has("GOPRIVATE"),
                unverified: has("GOPRIVATE") || has("GONOSUMDB"),
                gosumdb: &Gosumdb::parse(gosumdb),
                refused: view.error.as_deref(),
                database_down: false,
            }
            .rehearse();
            let before = mirror.requests().len();
            let cache = scene.at(&format!("unsent-{number}")).display().to_string();
            let mut vars = vec![
                ("GOPROXY", goproxy.as_str()),
                ("GOSUMDB", gosumdb),
                ("GOMODCACHE", &cache),
                ("GOFLAGS", "-modcacherw"),
                ("GOTOOLCHAIN", "local"),
                ("HTTPS_PROXY", NO_SERVER),
            ];
            vars.extend(more.iter());
            let output = scene.go(&["mod", "download", MODULE], &vars).await;
            // go hides a password, and we the user as well
            let said = output.complaint().replace("ann:xxxxx@", "***@");
            let of = format!("{version}: {goproxy} {gosumdb:?} {more:?}: {ours:?}");
            assert_eq!(
                output.succeeded(),
                matches!(ours.ending, Ending::Served { .. }),
                "{of}: {said}"
            );
            let expected = ours.said.strip_prefix("go: ").unwrap_or_default();
            assert!(said.contains(expected), "{of}: go prints {said}");
            let is_told = mirror.requests().len() > before;
            let place = view.entries.iter().position(|entry| entry.text == sound);
            let place = place.and_then(|at| u32::try_from(at).ok());
            assert_eq!(
                is_told,
                place.is_some_and(|at| ours.told.contains(&at)),
                "{of}: the sound mirror is told"
            );
        }
    }
}

/// A key whose hash is another's.
fn damaged(key: &str) -> String {
    let mut parts: Vec<_> = key.split('+').collect();
    parts[1] = "00000000";
    parts.join("+")
}
