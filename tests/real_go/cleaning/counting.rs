//! What the real go made is counted as the system's own tools count it.

use std::{
    path::Path,
    process::{Command, id},
};

use gopherdesk_core::cache::{Cache, CacheKind, Inventory, Part, VersionState};

use jiff::Timestamp;

use super::ground::{Ground, scan};
use crate::{
    scene::{VERSIONS, root},
    support::Sandbox,
};

fn cache(inventory: &Inventory, kind: CacheKind) -> &Cache {
    let mut caches = inventory.caches.iter();
    caches
        .find(|cache| cache.kind == kind)
        .expect("it is there")
}

/// The first number of what a program says.
fn number(program: &str, args: &[&str], folder: &Path) -> u64 {
    let output = Command::new(program)
        .args(args)
        .current_dir(folder)
        .output();
    let said = String::from_utf8(output.expect("it runs").stdout).expect("text");
    let number = said.split_whitespace().next().expect("a number");
    number.parse().expect("a number")
}

#[test]
fn a_module_cache_is_as_large_as_du_says() {
    let version = VERSIONS[VERSIONS.len() - 1];
    let mut ground = Ground::filled(version);
    // the clock of the sandbox stands in 1970
    ground.sandbox.host = ground.sandbox.host.with_time(Timestamp::now());
    let inventory = scan(&ground.app(&[]));
    let modules = cache(&inventory, CacheKind::Modules);
    let kibibytes = number("du", &["-sk", "."], &ground.sandbox.path("home/go/pkg/mod"));
    assert_eq!(modules.size.bytes / 1024, kibibytes, "blocks, folders too");
    let files = number(
        "sh",
        &["-c", "find . ! -type d | wc -l"],
        &ground.sandbox.path("home/go/pkg/mod"),
    );
    assert_eq!(modules.size.files, files, "every file");
    assert!(!modules.size.estimated, "counted one by one");
    assert_eq!(modules.strangers, [""; 0], "go made all of it");
    assert_eq!(inventory.versions.len(), Ground::versions(), "a row each");
    for row in &inventory.versions {
        assert_eq!(row.state, VersionState::Whole, "{row:?}");
        assert!(row.published.is_some() && row.fetched.is_some(), "{row:?}");
    }
}

#[test]
fn the_results_of_a_test_are_told_from_builds() {
    let version = VERSIONS[VERSIONS.len() - 1];
    let mut sandbox = Sandbox::new();
    // what the standard library comes to is built once for all tests
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build");
    sandbox.host.vars.set("GOCACHE", &shared);
    let go = root(version).join("bin/go");
    let path = format!("{}:/usr/bin:/bin", go.parent().expect("a folder").display());
    sandbox.host.vars.set("PATH", path);
    let folder = sandbox.path("home/m");
    // a test that nobody ran before
    let code = format!(
        "package m\n\nimport \"testing\"\n\nfunc TestOne(t *testing.T) {{ t.Log({}, {:?}) }}\n",
        id(),
        sandbox.path("")
    );
    sandbox.write(&folder.join("go.mod"), "module example.com/m\n\ngo 1.21\n");
    sandbox.write(&folder.join("m_test.go"), code);
    let test = || {
        let mut command = Command::new(&go);
        command
            .args(["test", "./..."])
            .current_dir(&folder)
            .env_clear();
        command
            .envs(sandbox.host.vars.iter())
            .env("GOTOOLCHAIN", "local");
        let output = command.output().expect("the real go runs");
        String::from_utf8(output.stdout).expect("text")
    };
    let tests = || {
        let inventory = scan(&sandbox.app());
        let parts = &cache(&inventory, CacheKind::Build).parts;
        let tests = parts.iter().find(|part| part.part == Part::Tests);
        tests.map_or(0, |part| part.count)
    };
    assert!(test().starts_with("ok"), "it passes");
    let once = tests();
    assert!(once >= 2, "what it looked at and what it printed: {once}");
    assert!(test().contains("(cached)"), "go has both");
}
