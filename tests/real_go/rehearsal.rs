//! What a rehearsal says, against what the real go does: every answer, with both separators, with a checksum database that
//! mirrors pass on, that only the second passes on, that is asked directly, and that nobody asks.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, stream};
use gopherdesk_core::{
    chain::{
        self, ChainView, Known,
        rehearsal::{Ending, MirrorAnswer, Rehearsal, Scene as Rehearsed, Then},
    },
    checksum::Gosumdb,
    host::Os,
};

use crate::{
    database::Sumdb,
    mirror::{Fault, Manner, Mirror},
    scene::{Scene, VERSIONS},
    serving::Served,
    tree::Tree,
};

const MODULE: &str = "team.example/m@v1.0.0";
/// Nobody ever has it: RFC 2606.
const NO_HOST: &str = "http://mirror.invalid";
/// Nobody listens there.
const NO_SERVER: &str = "http://127.0.0.1:1";

/// How the checksum database is come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Database {
    ThroughBoth,
    ThroughSecond,
    ByAddress,
    Off,
}

const DATABASES: [Database; 4] = [
    Database::ThroughBoth,
    Database::ThroughSecond,
    Database::ByAddress,
    Database::Off,
];

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

/// One of each kind.
const SECOND: [MirrorAnswer; 5] = [
    MirrorAnswer::Ok,
    MirrorAnswer::NotFound,
    MirrorAnswer::BadGateway,
    MirrorAnswer::Page,
    MirrorAnswer::WrongHash,
];

#[derive(Debug, Clone, Copy)]
struct Case {
    answers: [MirrorAnswer; 2],
    separator: char,
    database: Database,
    /// `off` stands at the end.
    off: bool,
}

/// The servers of one case.
struct Ground {
    mirrors: [Option<Mirror>; 2],
    goproxy: String,
    gosumdb: String,
}

struct World {
    tree: Arc<Tree>,
    other: Arc<Tree>,
    database: Arc<Sumdb>,
    direct: Served,
}

impl World {
    fn new() -> Self {
        let tree = Arc::new(Tree::default().with(MODULE, 4_000));
        let database = Sumdb::new(40, &[(9, tree.record(MODULE))]);
        Self {
            other: Arc::new(Tree::default().with(MODULE, 9_000)),
            direct: database.clone().serve(),
            database: Arc::new(database),
            tree,
        }
    }

    fn ground(&self, case: &Case) -> Ground {
        let passes = match case.database {
            Database::ThroughBoth => [true, true],
            Database::ThroughSecond => [false, true],
            Database::ByAddress | Database::Off => [false, false],
        };
        let mirrors = [0, 1].map(|at| self.mirror(case.answers[at], passes[at]));
        let urls = [0, 1].map(|at| match (&mirrors[at], case.answers[at]) {
            (Some(mirror), _) => mirror.url(),
            (None, MirrorAnswer::NoSuchHost) => NO_HOST.to_owned(),
            (None, _) => NO_SERVER.to_owned(),
        });
        let [first, second] = urls;
        let end = if case.off { ",off" } else { "" };
        Ground {
            mirrors,
            goproxy: format!("{first}{}{second}{end}", case.separator),
            gosumdb: match case.database {
                Database::ThroughBoth | Database::ThroughSecond => self.database.key(),
                Database::ByAddress => self.direct.gosumdb(),
                Database::Off => "off".to_owned(),
            },
        }
    }

    fn mirror(&self, answer: MirrorAnswer, passes_on: bool) -> Option<Mirror> {
        let status = |code| Fault::Status(code);
        let fault = match answer {
            MirrorAnswer::NoSuchHost | MirrorAnswer::Refused | MirrorAnswer::Timeout => {
                return None;
            }
            MirrorAnswer::Ok => None,
            MirrorAnswer::WrongHash => None,
            MirrorAnswer::NotFound => Some(status(404)),
            MirrorAnswer::Gone => Some(status(410)),
            MirrorAnswer::Unauthorized => Some(status(401)),
            MirrorAnswer::Forbidden => Some(status(403)),
            MirrorAnswer::TooMany => Some(status(429)),
            MirrorAnswer::ServerError => Some(status(500)),
            MirrorAnswer::BadGateway => Some(status(502)),
            MirrorAnswer::Unavailable => Some(status(503)),
            MirrorAnswer::Silence => Some(Fault::Silence),
            MirrorAnswer::Page => Some(Fault::Answer(
                "text/html",
                b"<html>Please log in</html>\n".to_vec(),
            )),
        };
        let mut manner = Manner::default().fault(move |_| fault.clone());
        if passes_on {
            manner = manner.database(&self.database);
        }
        let other = answer == MirrorAnswer::WrongHash;
        Some(Mirror::serve(
            if other { &self.other } else { &self.tree },
            manner,
        ))
    }
}

/// What we say.
fn rehearsed(case: &Case, ground: &Ground) -> (ChainView, Rehearsal) {
    let known = Known {
        os: Os::Linux,
        go: None,
        default: None,
        mirrors: &[],
    };
    let view = chain::read(&ground.goproxy, &ground.gosumdb, &known);
    let passes_on = match case.database {
        Database::ThroughSecond => [false, true],
        _ => [true, true],
    };
    let gosumdb = Gosumdb::parse(&ground.gosumdb);
    let rehearsal = Rehearsed {
        entries: &view.entries,
        answers: &case.answers,
        passes_on: &passes_on,
        module: MODULE,
        private: false,
        unverified: false,
        gosumdb: &gosumdb,
        refused: view.error.as_deref(),
        // its name leads nowhere
        database_down: case.database == Database::ThroughSecond,
    }
    .rehearse();
    (view, rehearsal)
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for first in FIRST {
        for second in SECOND {
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

/// Our text as the mirrors of the tests make go print it: they have no words for a status, and errors of the resolver differ.
fn as_served(said: &str) -> String {
    let mut text = said.strip_prefix("go: ").unwrap_or(said).to_owned();
    if let Some(at) = text.find(": lookup ") {
        text.truncate(at + ": lookup mirror.invalid".len());
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

#[tokio::test]
async fn go_waits_for_silence_whatever_stands_behind_it() {
    let world = World::new();
    for version in VERSIONS {
        let scene = Scene::new(version);
        for separator in [',', '|'] {
            let case = Case {
                answers: [MirrorAnswer::Silence, MirrorAnswer::Ok],
                separator,
                database: Database::ByAddress,
                off: false,
            };
            let ground = world.ground(&case);
            let (_, ours) = rehearsed(&case, &ground);
            assert_eq!(
                ours.ending,
                Ending::Hangs { entry: 0 },
                "we say that it hangs"
            );
            assert_eq!(ours.wait_seconds, None, "for ever");
            let cache = scene.at("mod").display().to_string();
            let vars = [
                ("GOPROXY", ground.goproxy.as_str()),
                ("GOSUMDB", &ground.gosumdb),
                ("GOMODCACHE", &cache),
                ("GOFLAGS", "-modcacherw"),
                ("GOTOOLCHAIN", "local"),
            ];
            let silent = ground.mirrors[0].as_ref().expect("it listens");
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
            let next = ground.mirrors[1].as_ref().expect("it listens");
            assert!(
                next.requests().is_empty(),
                "{version}: nobody else is asked"
            );
        }
    }
}
