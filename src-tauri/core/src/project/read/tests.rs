use std::fs;

use super::*;

#[expect(clippy::disallowed_methods, reason = "a file of the test's own folder")]
fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn names(modules: &[Module]) -> Vec<String> {
    modules.iter().map(Module::to_string).collect()
}

#[test]
fn the_nearest_folder_with_a_project_is_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "work/go.work", "go 1.24\n");
    write(root, "work/app/go.mod", "module app\n");
    write(root, "work/app/deep/a.go", "package a\n");
    let found = |from: &str| root_of(&root.join(from));
    assert_eq!(found("work/app/deep"), Ok(root.join("work/app")), "above");
    assert_eq!(found("work/app/../x"), Ok(root.join("work")), "cleaned");
    assert!(
        matches!(found("none"), Err(ProjectError::NoProject { .. })),
        "there is none"
    );
}

#[test]
fn what_go_downloads_depends_on_the_version_that_is_declared() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let required =
        "require (\n a.b/c v1.0.0\n a.b/d v1.0.0 // indirect\n)\nreplace a.b/d => a.b/e v2.0.0\n";
    write(root, "go.sum", "a.b/c v1.0.0 h1:x=\na.b/f v1.0.0 h1:x=\n");
    for (go, wanted) in [
        ("go 1.24\n", ["a.b/c@v1.0.0", "a.b/e@v2.0.0"]),
        ("go 1.16\n", ["a.b/c@v1.0.0", "a.b/f@v1.0.0"]),
        ("", ["a.b/c@v1.0.0", "a.b/f@v1.0.0"]),
    ] {
        write(root, "go.mod", &format!("module m\n{go}{required}"));
        let contents = read(root, true).expect("a project");
        assert_eq!(names(&contents.wanted), wanted, "{go:?}");
        assert_eq!(
            names(&contents.used),
            ["a.b/c@v1.0.0", "a.b/f@v1.0.0"],
            "{go:?}: what go.sum has was used"
        );
    }
}

#[test]
fn a_workspace_counts_unless_it_is_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "go.mod", "module m\ngo 1.21\nrequire a.b/c v1.0.0\n");
    write(root, "x/go.mod", "module x.y/x\ngo 1.99\n");
    write(root, "go.work", "go 1.22\nuse (\n .\n ./x\n ./gone\n)\n");
    write(root, "go.sum", "a.b/c v1.0.0 h1:x=\nx.y/x v1.0.0 h1:x=\n");
    let contents = read(root, true).expect("a workspace");
    assert_eq!(
        (contents.members, contents.module),
        (Some(3), None),
        "as it names them"
    );
    assert_eq!(
        names(&contents.used),
        ["a.b/c@v1.0.0"],
        "a member is not downloaded"
    );
    let go = contents.go.map(|go| go.to_string());
    assert_eq!(go.as_deref(), Some("go1.99"), "the newest that is wanted");
    let contents = read(root, false).expect("a module");
    assert_eq!(
        (contents.members, contents.module.as_deref()),
        (None, Some("m")),
        "GOWORK=off"
    );
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "go.mod", "module m\nrequire (\n");
    let refused = read(root, true).expect_err("no end");
    assert!(
        matches!(
            &refused,
            Error::Project(ProjectError::ManifestInvalid { line: 2, .. })
        ),
        "{refused:?}"
    );
    write(root, "go.mod", "module m\n");
    write(root, "go.sum", "a.b/c v1.0.0\n");
    let refused = read(root, true).expect_err("a field is missing");
    assert!(
        matches!(
            &refused,
            Error::Project(ProjectError::SumsInvalid { line: 1, .. })
        ),
        "{refused:?}"
    );
    let many: String = (0..=MEMBERS).map(|n| format!("use ./m{n}\n")).collect();
    write(root, "go.work", &many);
    let refused = read(root, true).expect_err("who has so many?");
    assert!(
        matches!(
            &refused,
            Error::Project(ProjectError::TooManyMembers { .. })
        ),
        "{refused:?}"
    );
}

#[test]
fn a_copy_finds_what_the_project_finds() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("my \"src\"");
    let far = root.join("far");
    let quoted = super::super::manifest::quote(&far.display().to_string());
    write(
        &root,
        "app/go.mod",
        &format!("module m\nreplace (\n a.b/c => ../near\n a.b/d => {quoted} // far\n)\n"),
    );
    write(&root, "near/go.mod", "module a.b/c\n");
    write(&root, "far/go.mod", "module a.b/d\n");
    let contents = read(&root.join("app"), true).expect("a project");
    let place = tempfile::tempdir().expect("a folder");
    let copied = contents.copy_into(place.path()).expect("writable");
    let bytes = fs::read(copied.folder.join("go.mod")).expect("copied");
    let manifest = Manifest::parse(&bytes).expect("as before");
    let modules: Vec<_> = manifest
        .places()
        .map(|named| {
            let found = resolved(&copied.folder, &named.folder);
            assert!(
                found.starts_with(place.path()),
                "nothing of the user's is named: {}",
                found.display()
            );
            fs::read_to_string(found.join("go.mod")).expect("it is there")
        })
        .collect();
    assert_eq!(modules, ["module a.b/c\n", "module a.b/d\n"], "the same");
    assert_eq!(copied.work, Path::new("off"), "no workspace above counts");
}
