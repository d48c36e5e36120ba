//! Go waits for whoever takes its request and says nothing.

use std::time::Duration;

use gopherdesk_core::chain::rehearsal::{Ending, MirrorAnswer};

use super::ground::{Case, Database, MODULE, World, rehearsed};
use crate::scene::{Scene, VERSIONS};

/// Who is silent: the first, the second behind one that has nothing, and the second when it alone is to say whether it passes
/// the checksum database on.
const SILENT: [([MirrorAnswer; 2], char, Database); 5] = [
    (
        [MirrorAnswer::Silence, MirrorAnswer::Ok],
        ',',
        Database::ByAddress,
    ),
    (
        [MirrorAnswer::Silence, MirrorAnswer::Ok],
        '|',
        Database::ByAddress,
    ),
    (
        [MirrorAnswer::NotFound, MirrorAnswer::Silence],
        ',',
        Database::ByAddress,
    ),
    (
        [MirrorAnswer::BadGateway, MirrorAnswer::Silence],
        '|',
        Database::ByAddress,
    ),
    (
        [MirrorAnswer::Ok, MirrorAnswer::Silence],
        ',',
        Database::ThroughSecond,
    ),
];

#[tokio::test]
async fn go_waits_for_silence_whatever_stands_behind_it() {
    let world = World::new();
    for version in VERSIONS {
        let scene = Scene::new(version);
        for (answers, separator, database) in SILENT {
            let case = Case {
                answers,
                separator,
                database,
                off: false,
            };
            let at = usize::from(answers[0] != MirrorAnswer::Silence);
            let ground = world.ground(&case);
            let (_, ours) = rehearsed(&case, &ground);
            assert_eq!(
                ours.ending,
                Ending::Hangs {
                    entry: u32::try_from(at).expect("two mirrors")
                },
                "we say that it hangs"
            );
            assert_eq!(ours.wait_seconds, None, "for ever");
            let cache = scene
                .at(&format!("mod-{answers:?}-{separator}"))
                .display()
                .to_string();
            let vars = [
                ("GOPROXY", ground.goproxy.as_str()),
                ("GOSUMDB", &ground.gosumdb),
                ("GOMODCACHE", &cache),
                ("GOFLAGS", "-modcacherw"),
                ("GOTOOLCHAIN", "local"),
            ];
            let silent = ground.mirrors[at].as_ref().expect("it listens");
            let args = ["mod", "download", MODULE];
            let asked = async {
                while silent.requests().is_empty() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            };
            let going = scene.go(&args, &vars);
            tokio::select! {
                output = going => panic!("{version}: go ends: {}", output.complaint()),
                () = asked => {}
            }
            for (at, mirror) in ground.mirrors.iter().flatten().enumerate() {
                let requests = mirror.requests();
                assert_eq!(
                    !requests.is_empty(),
                    ours.steps[at].asked,
                    "{version}: mirror {at} is asked: {case:?} {requests:?}"
                );
                assert_eq!(
                    requests.iter().any(|path| path.contains("team.example")),
                    ours.told.contains(&u32::try_from(at).expect("two mirrors")),
                    "{version}: mirror {at} is told the name: {case:?} {requests:?}"
                );
            }
        }
    }
}
