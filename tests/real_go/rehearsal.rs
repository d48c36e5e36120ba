//! What a rehearsal says, against what the real go does: every answer, with both separators, with a checksum database that
//! mirrors pass on, that only the second passes on, that is asked directly, and that nobody asks.

mod ground;
mod silence;
mod unsent;

use futures_util::{StreamExt, stream};
use gopherdesk_core::chain::rehearsal::{Ending, MirrorAnswer, Then};

use self::ground::{Case, DATABASES, Database, Ground, MODULE, NO_SERVER, World, rehearsed};
use crate::{
    mirror::Mirror,
    scene::{Scene, VERSIONS},
};

/// Whose answer comes at once. Of those that do not answer, `Timeout` would take half a minute: it walks as `Refused` does.
const FIRST: [MirrorAnswer; 13] = [
    MirrorAnswer::Ok,
    MirrorAnswer::NotFound,
    MirrorAnswer::Gone,
    MirrorAnswer::Unauthorized,
    MirrorAnswer::Forbidden,
    MirrorAnswer::TooMany,
    MirrorAnswer::ServerError,
    MirrorAnswer::BadGateway,
    MirrorAnswer::Unavailable,
    MirrorAnswer::NoSuchHost,
    MirrorAnswer::Refused,
    MirrorAnswer::Page,
    MirrorAnswer::WrongHash,
];

/// Those of a kind that another one of [`FIRST`] stands for as well.
const ALIKE: [MirrorAnswer; 6] = [
    MirrorAnswer::Gone,
    MirrorAnswer::Unauthorized,
    MirrorAnswer::Forbidden,
    MirrorAnswer::TooMany,
    MirrorAnswer::ServerError,
    MirrorAnswer::Unavailable,
];

/// One of each kind.
const SECOND: [MirrorAnswer; 5] = [
    MirrorAnswer::Ok,
    MirrorAnswer::NotFound,
    MirrorAnswer::BadGateway,
    MirrorAnswer::Page,
    MirrorAnswer::WrongHash,
];

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for first in FIRST {
        // what is told apart by its words alone is not told apart any more behind it
        let seconds = if ALIKE.contains(&first) {
            &SECOND[..2]
        } else {
            &SECOND
        };
        for &second in seconds {
            for separator in [',', '|'] {
                for database in DATABASES {
                    let answers = [first, second];
                    // the end changes only what is said last: one database is enough for it
                    let ends: &[bool] = match database {
                        Database::ByAddress => &[false, true],
                        _ => &[false],
                    };
                    cases.extend(ends.iter().map(|&off| Case {
                        answers,
                        separator,
                        database,
                        off,
                    }));
                }
            }
        }
    }
    cases
}

/// What differs between a case as we tell it and as the real go plays it; nothing when they agree.
async fn differs(world: &World, scene: &Scene, number: usize, case: &Case) -> Option<String> {
    let ground = world.ground(case);
    let (_, ours) = rehearsed(case, &ground);
    let folder = scene.at(&format!("case-{number}")).display().to_string();
    let path = format!("{folder}/go");
    let cache = format!("{folder}/mod");
    let vars = [
        ("GOPROXY", ground.goproxy.as_str()),
        ("GOSUMDB", &ground.gosumdb),
        ("GOPATH", &path),
        ("GOMODCACHE", &cache),
        ("GOFLAGS", "-modcacherw"),
        ("GOTOOLCHAIN", "local"),
        // nothing leaves this machine
        ("HTTPS_PROXY", NO_SERVER),
    ];
    let output = scene.go(&["mod", "download", MODULE], &vars).await;
    let said = output.complaint();
    let mut wrong = Vec::new();
    let is_there = matches!(ours.ending, Ending::Served { .. });
    if output.succeeded() != is_there {
        wrong.push(format!("go succeeds: {}", output.succeeded()));
    }
    for (at, mirror) in ground.mirrors.iter().enumerate() {
        let Some(mirror) = mirror else { continue };
        let requests = mirror.requests();
        let place = u32::try_from(at).expect("two mirrors");
        let was_told = requests.iter().any(|path| path.contains("team.example"));
        if was_told != ours.told.contains(&place) {
            wrong.push(format!("mirror {at} is told the name: {was_told}"));
        }
        if requests.is_empty() == ours.steps[at].asked {
            wrong.push(format!("mirror {at} is asked: {}", !requests.is_empty()));
        }
        let sent = requests.iter().any(|path| path.ends_with(".zip"))
            && output.succeeded()
            && (at == 1
                || ground.mirrors[1].as_ref().is_none_or(|other| {
                    !other.requests().iter().any(|path| path.ends_with(".zip"))
                }));
        if sent != (ours.steps[at].then == Then::Served) {
            wrong.push(format!("mirror {at} sends the module: {sent}"));
        }
    }
    if let Some(waits) = waits_instead(case, &ground) {
        let asked = ground.mirrors[0]
            .as_ref()
            .map_or(0, |it| it.requests().len());
        if waits != asked {
            wrong.push(format!(
                "mirror 0 is come to {asked} times, and we say {waits}"
            ));
        }
    }
    let expected = as_served(&ours.said);
    if !said.contains(&expected) {
        wrong.push(format!("go prints {said:?}, and we say {expected:?}"));
    }
    let asked = ground.mirrors.iter().flatten().map(Mirror::requests);
    (!wrong.is_empty()).then(|| {
        format!(
            "{case:?}\n  we say {:?}\n  {}\n  asked: {:?}",
            ours.ending,
            wrong.join("\n  "),
            asked.collect::<Vec<_>>()
        )
    })
}

/// How often we say that a first mirror is waited for to which no connection comes about. It is passed like one that answers
/// 502, which is as often as that one is asked.
fn waits_instead(case: &Case, ground: &Ground) -> Option<usize> {
    (case.answers[0] == MirrorAnswer::BadGateway).then(|| {
        let mut case = *case;
        case.answers[0] = MirrorAnswer::Timeout;
        let (_, ours) = rehearsed(&case, ground);
        let seconds = ours.wait_seconds.expect("it ends");
        usize::try_from(seconds / 30).expect("a few")
    })
}

/// Our text as the mirrors of the tests make go print it: they have no words for a status, and errors of the resolver differ.
fn as_served(said: &str) -> String {
    let mut text = said.strip_prefix("go: ").unwrap_or(said).to_owned();
    if let Some(at) = text.find(": lookup ") {
        text.truncate(at + ": lookup mirror..invalid".len());
    }
    for words in [
        "Not Found",
        "Gone",
        "Unauthorized",
        "Forbidden",
        "Too Many Requests",
        "Internal Server Error",
        "Bad Gateway",
        "Service Unavailable",
    ] {
        text = text.replace(&format!(" {words}"), " .");
    }
    text
}

#[tokio::test]
async fn the_real_go_does_what_a_rehearsal_says() {
    let world = World::new();
    let mut differing = Vec::new();
    let cases = cases();
    for version in VERSIONS {
        let scene = Scene::new(version);
        let (scene, world) = (&scene, &world);
        let played = stream::iter(cases.iter().enumerate())
            .map(|(number, case)| differs(world, scene, number, case))
            .buffer_unordered(4)
            .filter_map(|found| async { found });
        let found: Vec<String> = played.collect().await;
        differing.extend(found.into_iter().map(|found| format!("{version}: {found}")));
    }
    assert!(
        differing.is_empty(),
        "{} of {} cases differ:\n{}",
        differing.len(),
        cases.len() * VERSIONS.len(),
        differing
            .iter()
            .take(12)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}
