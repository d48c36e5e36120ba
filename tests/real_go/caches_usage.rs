//! What projects need of the module cache, held against what the real go builds with.

pub(crate) mod ground;

use std::{collections::BTreeSet, fs};

use gopherdesk_core::{
    cache::{UsageSource, usage::Usage},
    module::Module,
};

use ground::{Ground, names, snapshot};

use crate::scene::VERSIONS;

const ALL: [&str; 5] = ["pruned", "raised", "early", "replaced", "work"];
const ALONE: [&str; 6] = [
    "pruned", "raised", "early", "replaced", "work/one", "work/two",
];

#[test]
fn after_what_no_project_needs_is_gone_every_project_builds_offline() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        for place in ALONE {
            ground.must(place, &["mod", "tidy"], &[("GOWORK", "off")]);
        }
        for extra in [
            "dep.example/nobody@v1.0.0",
            "dep.example/c@v1.2.0",
            "dep.example/r@v1.0.0",
        ] {
            ground.must("", &["mod", "download", extra], &[]);
        }
        let alone: Vec<_> = ALONE
            .map(|place| ground.build(place, &[("GOWORK", "off")]))
            .into();
        let together: Vec<_> = ["work/one", "work/two"]
            .map(|place| ground.build(place, &[]))
            .into();
        let before = (snapshot(&ground.cache()), snapshot(&ground.place("")));
        let asked = ground.mirror.requests().len();
        let usages = ground.usages(&ALL);
        assert!(
            before == (snapshot(&ground.cache()), snapshot(&ground.place(""))),
            "{version}: neither the cache nor a project is written"
        );
        assert_eq!(
            ground.mirror.requests().len(),
            asked,
            "{version}: nobody is asked"
        );
        let left = fs::read_dir(ground.sandbox.host.folders.cache.join("fetch"));
        assert_eq!(
            left.into_iter().flatten().count(),
            0,
            "{version}: the copies are gone"
        );
        for (project, _) in &usages {
            assert_eq!(
                project.source,
                UsageSource::BuildList {},
                "{version}: {project:?}"
            );
        }
        let is_needed = |module: &Module| {
            let needs = |(_, usage): &(_, Usage)| usage.needs(module.path(), module.version());
            usages.iter().any(needs)
        };
        let unneeded: BTreeSet<_> = ground
            .cached()
            .into_iter()
            .filter(|module| !is_needed(module))
            .collect();
        assert_eq!(
            names(&unneeded),
            [
                "dep.example/c@v1.2.0",
                "dep.example/nobody@v1.0.0",
                "dep.example/r@v1.0.0"
            ],
            "{version}: what nobody builds with, and the module that another replaces"
        );
        unneeded.iter().for_each(|module| ground.remove(module));
        for (place, binary) in ALONE.iter().zip(&alone) {
            assert!(
                ground.build_offline(place, "off") == *binary,
                "{version} {place}: the same bytes, without a network"
            );
        }
        for (place, binary) in ["work/one", "work/two"].iter().zip(&together) {
            let work = ground.place("work/go.work").display().to_string();
            assert!(
                ground.build_offline(place, &work) == *binary,
                "{version} {place}: in its workspace as well"
            );
        }
    }
}

#[test]
fn a_build_list_is_what_go_says() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        for place in ["early", "raised"] {
            ground.must(place, &["mod", "tidy"], &[]);
            ground.must(place, &["list", "-m", "all"], &[]);
        }
        // go keeps no .info of what it only lists: no reason not to know the list
        let info = ground
            .cache()
            .join("cache/download/dep.example/old/@v/v1.0.0.info");
        fs::remove_file(info).expect("go asked for it");
        let usages = ground.usages(&["early", "raised"]);
        let [(early, early_usage), (raised, raised_usage)] = usages.as_slice() else {
            panic!("two projects: {usages:#?}")
        };
        assert_eq!(
            (early.source.clone(), raised.source.clone()),
            (UsageSource::BuildList {}, UsageSource::BuildList {}),
            "{version}"
        );
        assert_eq!(
            names(&early_usage.used),
            [
                "dep.example/b@v1.2.0",
                "dep.example/c@v1.1.0",
                "dep.example/d@v1.0.0",
                "dep.example/old@v1.0.0"
            ],
            "{version}: one version of each"
        );
        assert_eq!(
            names(&early_usage.listed),
            ["dep.example/c@v1.0.0"],
            "{version}: the graph needs the go.mod of another one"
        );
        assert_eq!(
            names(&raised_usage.used),
            [
                "dep.example/A@v1.0.0",
                "dep.example/b@v1.2.0",
                "dep.example/c@v1.1.0",
                "dep.example/d@v1.0.0",
                "dep.example/old@v1.0.0"
            ],
            "{version}: as go list -m all"
        );
    }
}

#[test]
fn without_the_graph_the_files_say_it() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        ground.must("early", &["mod", "tidy"], &[]);
        let graph = ground
            .cache()
            .join("cache/download/dep.example/c/@v/v1.0.0.mod");
        fs::remove_file(graph).expect("the graph has it");
        let usages = ground.usages(&["early"]);
        let (project, usage) = usages.first().expect("one project");
        assert_eq!(
            project.source,
            UsageSource::Sums {},
            "{version}: go cannot say it"
        );
        assert_eq!(
            names(&usage.used),
            [
                "dep.example/b@v1.2.0",
                "dep.example/c@v1.1.0",
                "dep.example/d@v1.0.0",
                "dep.example/old@v1.0.0"
            ],
            "{version}: the zips of go.sum"
        );
    }
}
