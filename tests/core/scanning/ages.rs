//! When something was last used, by clocks that may be wrong.

use std::{
    fs::{self, File, FileTimes},
    path::Path,
    time::{Duration, SystemTime},
};

use gopherdesk_core::cache::{CacheKind, Part, Size};
use jiff::Timestamp;

use super::{Ground, cache, part, row, scan};

const NOW: &str = "2026-06-15T12:00:00Z";

fn at(time: &str) -> SystemTime {
    let time: Timestamp = time.parse().expect("a time");
    let seconds = time.as_second().try_into().expect("after 1970");
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn touch(path: &Path, modified: SystemTime, read: SystemTime) {
    let times = FileTimes::new().set_modified(modified).set_accessed(read);
    let set = File::open(path).and_then(|file| file.set_times(times));
    set.expect("our own file");
}

fn entry(ground: &Ground, number: u32, kind: char, content: &[u8], used: SystemTime) {
    let name = format!("aa/aa{number:062x}-{kind}");
    let path = ground.builds().join(name);
    ground.sandbox.write(&path, content);
    touch(&path, used, used);
}

fn builds(now: &str) -> Ground {
    let mut ground = Ground::new();
    ground.sandbox.host = ground.sandbox.host.with_time(now.parse().expect("a time"));
    let readme = ground.builds().join("README");
    let text = "This directory holds cached build artifacts from the Go build system.\n";
    ground.sandbox.write(&readme, text);
    fs::create_dir_all(ground.builds().join("aa")).expect("a folder");
    ground
}

fn days(count: u64) -> Duration {
    Duration::from_secs(count * 24 * 3600)
}

fn aged(ground: &Ground) -> Vec<(u32, u64)> {
    let (inventory, _) = scan(&ground.sandbox.app(), true);
    let ages = cache(&inventory, CacheKind::Build).ages.iter();
    ages.map(|age| (age.days, age.size.files)).collect()
}

#[test]
fn entries_are_as_old_as_their_last_use() {
    let ground = builds(NOW);
    let now = at(NOW);
    for (number, age) in [0, 2, 8, 15, 31].into_iter().enumerate() {
        entry(&ground, number as u32, 'a', &[b'v'; 175], now - days(age));
    }
    // go notes a use once an hour, so the last one may be an hour later
    entry(
        &ground,
        9,
        'a',
        &[b'v'; 175],
        now - days(1) - Duration::from_secs(1800),
    );
    assert_eq!(
        aged(&ground),
        [(1, 4), (7, 3), (14, 2), (30, 1)],
        "each line holds the older ones"
    );
}

#[test]
fn a_use_in_the_future_is_as_new_as_can_be() {
    let ground = builds(NOW);
    entry(&ground, 1, 'a', &[b'v'; 175], at("2100-01-01T00:00:00Z"));
    entry(&ground, 2, 'a', &[b'v'; 175], at(NOW) - days(40));
    assert_eq!(
        aged(&ground),
        [(1, 1), (7, 1), (14, 1), (30, 1)],
        "only the other one is old"
    );
}

#[test]
fn a_clock_far_ahead_makes_nothing_old() {
    let ground = builds("2100-01-01T00:00:00Z");
    entry(&ground, 1, 'a', &[b'v'; 175], at(NOW));
    entry(&ground, 2, 'a', &[b'v'; 175], at(NOW) - days(10));
    assert_eq!(
        aged(&ground),
        [(1, 1), (7, 1), (14, 0), (30, 0)],
        "counted from the last use"
    );
}

#[test]
fn a_clock_in_1970_makes_nothing_old() {
    let ground = builds("1970-01-02T00:00:00Z");
    entry(&ground, 1, 'a', &[b'v'; 175], at(NOW));
    assert_eq!(
        aged(&ground),
        [(1, 0), (7, 0), (14, 0), (30, 0)],
        "nothing was used before that"
    );
}

#[test]
fn what_tests_printed_is_told_from_what_was_built() {
    let ground = builds(NOW);
    let now = at(NOW);
    entry(&ground, 1, 'd', b"# test log\nopen go.mod\n", now);
    entry(&ground, 2, 'd', b"ok  \texample.com/m\t0.004s\n", now);
    entry(&ground, 3, 'd', b"!<arch>\n__.PKGDEF", now);
    entry(&ground, 4, 'a', &[b'v'; 175], now);
    entry(&ground, 5, 'd', b"", now);
    let program = ground.builds().join(format!("aa/aa{:062x}-d/app", 6));
    ground.sandbox.write(&program, [0; 5_000]);
    ground
        .sandbox
        .write(&ground.builds().join("fuzz/example.com/m/FuzzX/1"), [0; 30]);
    let (inventory, _) = scan(&ground.sandbox.app(), true);
    let builds = cache(&inventory, CacheKind::Build);
    assert_eq!(part(builds, Part::Tests).1, 2, "the log and the output");
    assert_eq!(
        part(builds, Part::Results).1,
        4,
        "with the program in a folder"
    );
    let fuzz = part(builds, Part::Fuzz);
    assert_eq!((fuzz.0.apparent, fuzz.1), (30, 1), "the corpus by itself");
    assert_eq!(
        builds.size,
        super::manifest(&ground.builds()),
        "and nothing twice"
    );
    // what is remembered of the folder says the same
    for _ in 0..2 {
        let again = ground.scan(false);
        let again = cache(&again, CacheKind::Build);
        assert_eq!(part(again, Part::Tests), part(builds, Part::Tests), "again");
        assert_eq!(again.size, builds.size, "again");
    }
    entry(&ground, 7, 'd', b"=== RUN   TestOne\n", now);
    let more = ground.scan(false);
    let tests = part(cache(&more, CacheKind::Build), Part::Tests);
    assert_eq!(tests.1, 3, "a folder with more in it is looked at anew");
}

#[test]
fn a_version_was_used_when_it_was_read_after_it_came() {
    let ground = builds(NOW);
    let came = at("2026-01-01T00:00:00Z");
    for (name, read) in [
        ("read", Some("2026-05-01T00:00:00Z")),
        ("never", None),
        ("before", Some("2025-01-01T00:00:00Z")),
        ("future", Some("2100-01-01T00:00:00Z")),
        ("epoch", Some("1970-01-01T00:00:01Z")),
    ] {
        let file = format!("cache/download/example.com/{name}/@v/v1.0.0.ziphash");
        ground.file(&file, 47);
        // the mark of a change is the system's own clock, far from that of the machine of the test
        touch(&ground.at(&file), came, read.map_or(came, at));
    }
    let (inventory, _) = scan(&ground.sandbox.app(), true);
    for name in ["never", "before", "future", "epoch"] {
        let row = row(&inventory, &format!("example.com/{name}@v1.0.0"));
        assert_eq!(row.used, None, "{name}: nothing that could be believed");
        let fetched = row.fetched.as_deref();
        assert_eq!(fetched, Some("2026-01-01T00:00:00Z"), "{name}");
    }
}

#[test]
fn the_last_reading_of_what_builds_read_is_the_last_use() {
    // later than what the system notes of this test itself
    let hour = Duration::from_secs(3600);
    let read = SystemTime::now() + hour;
    let told = |time: SystemTime| {
        let since = time
            .duration_since(SystemTime::UNIX_EPOCH)
            .expect("after 1970");
        let seconds = since.as_secs().try_into().expect("a time");
        Timestamp::from_second(seconds).expect("a time").to_string()
    };
    let ground = builds(&told(read + hour));
    let folder = "cache/download/example.com/m/@v/v1.0.0";
    for (ending, read) in [
        ("ziphash", read),
        ("mod", read - hour),
        ("zip", read + hour / 2),
    ] {
        ground.file(&format!("{folder}.{ending}"), 47);
        touch(&ground.at(&format!("{folder}.{ending}")), at(NOW), read);
    }
    let (inventory, _) = scan(&ground.sandbox.app(), false);
    let used = row(&inventory, "example.com/m@v1.0.0").used.clone();
    assert_eq!(
        used,
        Some(told(read)),
        "the hash is read by every build, the zip by backups"
    );
}

#[test]
fn counting_is_no_use() {
    let ground = builds(NOW);
    let made = crate::filled::modules(&ground.modules(), 200);
    let zip = crate::filled::download(&ground.modules(), &made.versions[0], "zip");
    let tree = ground.at(&made.versions[0]);
    let old = at("2020-01-01T00:00:00Z");
    for path in [&zip, &tree] {
        touch(path, old + days(1), old);
    }
    for exact in [false, true] {
        scan(&ground.sandbox.app(), exact);
        for path in [&zip, &tree] {
            let read = path.metadata().and_then(|about| about.accessed());
            assert_eq!(
                read.expect("a time"),
                old,
                "as if nobody had looked at {path:?}"
            );
        }
    }
}

#[test]
fn an_empty_cache_has_no_size() {
    let ground = builds(NOW);
    fs::create_dir_all(ground.modules()).expect("a folder");
    let (inventory, _) = scan(&ground.sandbox.app(), false);
    let modules = cache(&inventory, CacheKind::Modules);
    let Size {
        files, apparent, ..
    } = modules.size;
    assert_eq!((files, apparent), (0, 0), "nothing was downloaded yet");
}
