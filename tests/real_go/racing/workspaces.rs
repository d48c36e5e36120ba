//! Workspaces, folders in the place of modules, and go.mod files of old: go finds in the copy what it finds in the project.

use gopherdesk_core::mirror::race::RaceState;

use super::ground::{Ground, MODULES};
use crate::{scene::VERSIONS, support::block_on};

/// The lines that require these modules.
fn required(modules: &[&str]) -> String {
    let lines = modules
        .iter()
        .map(|module| format!("require {}\n", module.replace('@', " ")));
    lines.collect()
}

#[test]
fn a_workspace_is_raced_with_all_its_members() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let (chain, mirror) = (ground.mirror(), ground.mirror());
        ground.env_file(&chain.url(), "");
        // one inside, one beside, one by its absolute place, and one that only stands for a module
        let far = ground.place("far away/lib");
        ground.write(
            "app/go.work",
            &format!(
                "go 1.21\n\nuse (\n\t./cmd\n\t../beside\n\t\"{}\"\n)\n\nreplace dep.example/local => ../local\n",
                far.display()
            ),
        );
        let member = |path: &str, name: &str, modules: &[&str], more: &str| {
            let text = format!(
                "module example.com/{name}\n\ngo 1.21\n\n{}{more}",
                required(modules)
            );
            ground.write(&format!("{path}/go.mod"), &text);
            ground.write(&format!("{path}/go.sum"), &ground.sums(modules));
        };
        member(
            "app/cmd",
            "cmd",
            &MODULES[..4],
            "require dep.example/local v1.0.0\n",
        );
        member("beside", "beside", &MODULES[2..8], "");
        member("far away/lib", "lib", &MODULES[8..11], "");
        ground.write(
            "local/go.mod",
            &format!(
                "module dep.example/local\n\ngo 1.21\n\n{}",
                required(&MODULES[11..])
            ),
        );
        ground.write("app/go.work.sum", &ground.sums(&MODULES[11..]));
        let before = ground.snapshot();
        let (report, _) = ground.race(&[&mirror], None);
        for row in &report.rows {
            assert_eq!(row.state, RaceState::Complete, "{version}: {row:?}");
            assert_eq!(
                (row.modules, row.of),
                (12, 12),
                "{version}: those of all members: {row:?}"
            );
        }
        assert_eq!(report.modules, 12, "{version}: as the files tell");
        ground.is_untouched(&before, version);
        let app = ground.app();
        let projects = block_on(app.project_list(())).expect("a list");
        let project = &projects.list[0];
        assert_eq!(
            (project.members, project.module.as_deref(), project.modules),
            (Some(3), None, 12),
            "{version}: listed as what it is"
        );
    }
}

#[test]
fn a_folder_by_its_absolute_place_stands_for_a_module() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let mirror = ground.mirror();
        ground.env_file(&mirror.url(), "");
        let local = ground.place("local");
        ground.project(&format!(
            "go 1.21\n\nrequire dep.example/local v1.0.0\n\nreplace dep.example/local => {}\n",
            local.display()
        ));
        ground.write(
            "local/go.mod",
            &format!(
                "module dep.example/local\n\ngo 1.21\n\n{}",
                required(&MODULES[..1])
            ),
        );
        let before = ground.snapshot();
        let (report, _) = ground.race(&[&mirror], None);
        let row = &report.rows[0];
        assert_eq!(row.state, RaceState::Complete, "{version}: {row:?}");
        assert_eq!(
            (row.modules, row.of),
            (12, 12),
            "{version}: nothing is downloaded for a folder: {row:?}"
        );
        ground.is_untouched(&before, version);
    }
}

#[test]
fn a_go_mod_from_before_1_17_is_downloaded_whole() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let mirror = ground.mirror();
        ground.env_file(&mirror.url(), "");
        ground.project("go 1.15\n");
        // one was needed by nobody yet, so go.sum has only its go.mod
        let (needed, rest) = MODULES.split_at(11);
        let rest = ground.sums(rest);
        let manifest = rest.lines().filter(|line| line.contains("/go.mod "));
        let manifest: Vec<_> = manifest.collect();
        let sums = format!("{}{}\n", ground.sums(needed), manifest.join("\n"));
        ground.write("app/go.sum", &sums);
        let before = ground.snapshot();
        let (report, _) = ground.race(&[&mirror], None);
        let row = &report.rows[0];
        assert_eq!(report.modules, 11, "{version}: what the files tell");
        assert_eq!(row.state, RaceState::Complete, "{version}: {row:?}");
        assert_eq!(
            (row.modules, row.of, row.bytes),
            (12, 12, ground.bytes()),
            "{version}: what go says: {row:?}"
        );
        ground.is_untouched(&before, version);
    }
}
