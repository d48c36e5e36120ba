use super::*;
use crate::cache::{Age, Cache, Inventory, Owner, PartSize, Place, Size, UsingProject};

fn size(bytes: u64) -> Size {
    Size {
        bytes,
        apparent: bytes,
        files: 1,
        estimated: false,
    }
}

fn cache(id: &str, kind: CacheKind, parts: &[(Part, u64)]) -> Cache {
    Cache {
        id: id.into(),
        kind,
        path: format!("~/{id}"),
        owners: vec![Owner::Effective {}],
        condition: Condition::Sound {},
        parts: parts
            .iter()
            .map(|(part, bytes)| PartSize {
                part: *part,
                size: size(*bytes),
                count: 1,
            })
            .collect(),
        ages: Vec::new(),
        size: parts.iter().map(|(_, bytes)| size(*bytes)).sum(),
        disk: None,
        strangers: Vec::new(),
        unread: Vec::new(),
    }
}

fn version(module: &str, version: &str) -> CachedVersion {
    CachedVersion {
        id: format!("mod:{module}@{version}"),
        cache: "mod".into(),
        module: module.into(),
        version: version.into(),
        state: VersionState::Whole,
        tree: Some(size(80)),
        download: Some(size(20)),
        size: size(100),
        published: None,
        fetched: Some("2026-01-01T00:00:00Z".into()),
        used: None,
        used_by: Vec::new(),
    }
}

fn project(source: UsageSource) -> UsingProject {
    UsingProject {
        id: "p".into(),
        name: "app".into(),
        path: "~/app".into(),
        source,
    }
}

fn scanned() -> Scanned {
    let modules = cache(
        "mod",
        CacheKind::Modules,
        &[(Part::Trees, 320), (Part::Downloads, 80)],
    );
    let mut build = cache(
        "build",
        CacheKind::Build,
        &[(Part::Results, 500), (Part::Tests, 50), (Part::Fuzz, 7)],
    );
    build.ages = vec![
        Age {
            days: 7,
            size: size(300),
        },
        Age {
            days: 30,
            size: size(200),
        },
    ];
    let place = |cache: &Cache| Place {
        id: cache.id.clone(),
        kind: cache.kind,
        path: format!("/{}", cache.id).into(),
        owners: Vec::new(),
    };
    let caches = vec![modules, build];
    Scanned {
        places: caches.iter().map(place).collect(),
        inventory: Inventory {
            size: caches.iter().map(|cache| cache.size).sum(),
            caches,
            versions: vec![
                version("a.example/m", "v1.2.0"),
                version("a.example/m", "v1.1.0"),
                version("a.example/m", "v1.0.0"),
                version(TOOLCHAIN, "v0.0.1-go1.22.10.linux-amd64"),
            ],
            projects: vec![project(UsageSource::BuildList {})],
            ..Inventory::default()
        },
        entries: Vec::new(),
    }
}

fn circumstances() -> Circumstances {
    Circumstances {
        now: "2026-06-01T00:00:00Z".parse().expect("a time"),
        toolchains: BTreeSet::new(),
    }
}

fn names(scanned: &Scanned, tier: Tier) -> Vec<String> {
    let around = circumstances();
    let chooser = Chooser {
        scanned,
        circumstances: &around,
    };
    let picks = chooser.cleanable(&tier).into_iter();
    picks
        .map(|pick| match pick {
            Pick::Tree(row) => format!("tree {}", scanned.inventory.versions[row].version),
            Pick::Version(row) => scanned.inventory.versions[row].version.clone(),
            other => format!("{other:?}"),
        })
        .collect()
}

#[test]
fn trees_need_their_zip_to_come_back_and_toolchains_stay() {
    let mut scanned = scanned();
    scanned.inventory.versions[1].state = VersionState::Unpacked;
    assert_eq!(
        names(&scanned, Tier::Trees {}),
        ["tree v1.2.0", "tree v1.0.0"],
        "v1.1.0 has no zip to be extracted from, and a toolchain is what runs"
    );
}

#[test]
fn nothing_is_called_unused_without_knowing_every_project() {
    let mut scanned = scanned();
    assert_eq!(
        names(&scanned, Tier::Unused {}).len(),
        3,
        "no project needs them"
    );
    scanned.inventory.versions[0].used_by = vec![0];
    assert_eq!(
        names(&scanned, Tier::Unused {}),
        ["v1.1.0", "v1.0.0"],
        "the project needs v1.2.0"
    );
    scanned
        .inventory
        .projects
        .push(project(UsageSource::Unknown {}));
    assert!(
        names(&scanned, Tier::Unused {}).is_empty(),
        "a project that cannot be read may need any of them"
    );
    scanned.inventory.projects.clear();
    assert!(
        names(&scanned, Tier::Unused {}).is_empty(),
        "no project was named: nobody can say"
    );
}

#[test]
fn the_newest_stay_and_what_is_needed() {
    let mut scanned = scanned();
    assert_eq!(
        names(&scanned, Tier::Older { keep: 1 }),
        ["v1.1.0", "v1.0.0"],
        "the newest comes first and stays"
    );
    scanned.inventory.versions[2].used_by = vec![0];
    assert_eq!(
        names(&scanned, Tier::Older { keep: 1 }),
        ["v1.1.0"],
        "a project still needs the oldest"
    );
}

#[test]
fn nothing_younger_than_asked_is_chosen() {
    let mut scanned = scanned();
    assert!(
        names(&scanned, Tier::Stale { days: 30 }).is_empty(),
        "no access times, no guess"
    );
    for (row, used) in [
        (0, "2026-05-31T00:00:00Z"),
        (1, "2026-05-01T12:00:00Z"),
        (2, "2026-04-01T00:00:00Z"),
    ] {
        scanned.inventory.versions[row].used = Some(used.into());
    }
    assert_eq!(
        names(&scanned, Tier::Stale { days: 30 }),
        ["v1.0.0"],
        "30.5 days ago is within the day by which access times may be behind"
    );
}

#[test]
fn a_clock_that_is_wrong_makes_nothing_old() {
    let mut scanned = scanned();
    scanned.inventory.versions[0].used = Some("2026-05-31T00:00:00Z".into());
    let mut around = circumstances();
    for (now, why) in [
        ("2100-01-01T00:00:00Z", "the last use is the better clock"),
        ("1970-02-01T00:00:00Z", "everything is in the future"),
    ] {
        around.now = now.parse().expect("a time");
        let chooser = Chooser {
            scanned: &scanned,
            circumstances: &around,
        };
        assert!(
            chooser.cleanable(&Tier::Stale { days: 30 }).is_empty(),
            "{now}: {why}"
        );
    }
}

#[test]
fn a_toolchain_that_is_named_stays_whoever_asks() {
    let scanned = scanned();
    let mut around = circumstances();
    assert_eq!(
        names(&scanned, Tier::Toolchains {}).len(),
        1,
        "nobody names it"
    );
    around.toolchains = BTreeSet::from(["v0.0.1-go1.22.10.linux-amd64".into()]);
    let chooser = Chooser {
        scanned: &scanned,
        circumstances: &around,
    };
    let asked = PlanCaches {
        versions: vec![scanned.inventory.versions[3].id.clone()],
        ..PlanCaches::default()
    };
    let choice = chooser.choose(&asked).expect("it is there");
    assert!(choice.picks.is_empty(), "it runs");
    assert!(
        matches!(choice.kept[..], [(_, CacheError::ToolchainInUse { .. })]),
        "and that is said: {:?}",
        choice.kept
    );
}

#[test]
fn nothing_is_counted_twice() {
    let scanned = scanned();
    let around = circumstances();
    let chooser = Chooser {
        scanned: &scanned,
        circumstances: &around,
    };
    let choose = |tiers: Vec<Tier>| {
        let wish = PlanCaches {
            tiers,
            ..PlanCaches::default()
        };
        let picks = chooser.choose(&wish).expect("tiers are always known").picks;
        let sum: Size = picks.iter().map(|pick| chooser.size(pick)).sum();
        (picks.len(), sum.bytes)
    };
    assert_eq!(
        choose(vec![Tier::Trees {}, Tier::Unused {}]),
        (3, 300),
        "a version holds its tree"
    );
    assert_eq!(
        choose(vec![Tier::Trees {}, Tier::Modules {}]),
        (1, 400),
        "a cache holds its trees"
    );
    assert_eq!(
        choose(vec![
            Tier::Builds { days: 30 },
            Tier::Builds { days: 0 },
            Tier::Tests {}
        ]),
        (1, 550),
        "everything that was built holds the old and the tests, and leaves the corpus of fuzzing"
    );
}

#[test]
fn a_refused_cache_is_named_and_not_chosen() {
    let mut scanned = scanned();
    let reason = CacheError::NotOwned {
        path: "~/mod".into(),
    };
    scanned.inventory.caches[0].condition = Condition::Refused {
        reason: reason.clone(),
    };
    let around = circumstances();
    let chooser = Chooser {
        scanned: &scanned,
        circumstances: &around,
    };
    let wish = PlanCaches {
        tiers: vec![Tier::Trees {}],
        ..PlanCaches::default()
    };
    let choice = chooser.choose(&wish).expect("tiers are always known");
    assert!(choice.picks.is_empty(), "nothing in it is touched");
    assert_eq!(
        choice.kept,
        [("~/mod".to_owned(), reason)],
        "said once, not for each tree"
    );
}

#[test]
fn a_limit_takes_the_safest_first_and_no_more_than_it_must() {
    let scanned = scanned();
    let around = circumstances();
    let chooser = Chooser {
        scanned: &scanned,
        circumstances: &around,
    };
    let total = scanned.inventory.size.bytes;
    let left = |picks: &BTreeSet<Pick>| {
        let sum: u64 = picks.iter().map(|pick| chooser.size(pick).bytes).sum();
        total - sum
    };
    assert!(
        chooser.cleanable(&Tier::Limit { bytes: total }).is_empty(),
        "it holds already"
    );
    let little = chooser.cleanable(&Tier::Limit { bytes: total - 100 });
    assert!(
        little.iter().all(|pick| matches!(pick, Pick::Tree(_))),
        "trees cost no download: {little:?}"
    );
    assert_eq!(
        little.len(),
        2,
        "one tree of 80 is too little, two are enough"
    );
    let much = chooser.cleanable(&Tier::Limit { bytes: 100 });
    assert!(left(&much) <= 100, "it is held: {much:?}");
    assert!(
        !much.iter().any(|pick| matches!(pick, Pick::Fuzz(_))),
        "what nothing brings back is not taken for a limit"
    );
}

#[test]
fn unknown_names_are_refused() {
    let scanned = scanned();
    let around = circumstances();
    let chooser = Chooser {
        scanned: &scanned,
        circumstances: &around,
    };
    let version = PlanCaches {
        versions: vec!["mod:a.example/m@v9.9.9".into()],
        ..PlanCaches::default()
    };
    assert!(
        matches!(
            chooser.choose(&version),
            Err(CacheError::UnknownVersion { .. })
        ),
        "nothing is guessed"
    );
    let cache = PlanCaches {
        caches: vec!["other".into()],
        ..PlanCaches::default()
    };
    assert!(
        matches!(chooser.choose(&cache), Err(CacheError::UnknownCache { .. })),
        "nothing is guessed"
    );
}
