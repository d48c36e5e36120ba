//! The rules of the tree that no compiler knows.

mod edges;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use edges::EDGES;

#[test]
fn files_stay_small() {
    let long: Vec<_> = ["src-tauri", "tests"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), &["rs"]))
        .map(|file| (400, file))
        .chain(
            files(&root().join("ui/src"), &["ts", "svelte"])
                .into_iter()
                .map(|file| (300, file)),
        )
        .filter(|(_, file)| {
            !file
                .components()
                .any(|part| part.as_os_str() == "generated")
        })
        .filter_map(|(limit, file)| {
            let lines = read(&file).lines().count();
            (lines > limit).then(|| format!("{} has {lines} of {limit} lines", short(&file)))
        })
        .collect();
    assert!(long.is_empty(), "split along a concept: {long:#?}");
}

#[test]
fn areas_know_only_what_they_may() {
    let allowed: BTreeMap<_, BTreeSet<_>> = EDGES
        .iter()
        .map(|(area, edges)| (*area, edges.iter().copied().collect()))
        .collect();
    let core = root().join("src-tauri/core/src");
    let mut forbidden = Vec::new();
    for file in files(&core, &["rs"]) {
        let area = area_of(&core, &file);
        // `app` may use everything, and the crate's root names everything
        let is_test = file.file_name().is_some_and(|name| name == "tests.rs");
        if is_test || matches!(area.as_str(), "app" | "lib" | "commands") {
            continue;
        }
        let Some(edges) = allowed.get(area.as_str()) else {
            forbidden.push(format!("{area} is in no row of the table of edges"));
            continue;
        };
        for used in used_areas(&without_tests(&read(&file))) {
            if used != area && !edges.contains(used.as_str()) {
                forbidden.push(format!("{} uses {used}", short(&file)));
            }
        }
    }
    assert!(
        forbidden.is_empty(),
        "an edge the architecture does not have: {forbidden:#?}"
    );
}

#[test]
fn codes_are_unique() {
    let failures = read(&root().join("ui/src/bridge/generated/failure.ts"));
    let mut seen = BTreeSet::new();
    let mut twice = Vec::new();
    for code in failures.split("\"code\": \"").skip(1) {
        let code = code.split('"').next().unwrap_or_default();
        if !seen.insert(code) {
            twice.push(code);
        }
    }
    assert!(seen.len() > 20, "the generated failures were read");
    assert!(
        twice.is_empty(),
        "a code means one thing in every area: {twice:?}"
    );
}

#[test]
fn the_core_knows_no_window() {
    for manifest in ["src-tauri/core/Cargo.toml", "src-tauri/cli/Cargo.toml"] {
        let text = read(&root().join(manifest));
        for window in ["tauri", "webkit", "gtk", "wry"] {
            assert!(
                !text.contains(&format!("\n{window}")),
                "{manifest} must not depend on {window}"
            );
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    // written in two parts, or this file would find itself
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
    ];
    let found: Vec<_> = ["src-tauri", "tests", "ui/src"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), &["rs", "ts", "svelte", "css"]))
        .filter(|file| marks.iter().any(|mark| read(file).contains(mark)))
        .map(|file| short(&file))
        .collect();
    assert!(
        found.is_empty(),
        "finish it, or say in an issue what is missing: {found:?}"
    );
}

#[test]
fn forbidden_names_are_not_used() {
    let vague = [
        "manager",
        "service",
        "helper",
        "utils",
        "util",
        "processor",
        "handler",
        "common",
        "misc",
    ];
    let found: Vec<_> = ["src-tauri", "ui/src"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), &["rs", "ts", "svelte"]))
        .filter(|file| {
            let stem = file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .to_lowercase();
            vague.contains(&stem.as_str())
        })
        .map(|file| short(&file))
        .collect();
    assert!(found.is_empty(), "name what it is: {found:?}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", file.display()))
}

fn short(file: &Path) -> String {
    file.strip_prefix(root())
        .unwrap_or(file)
        .display()
        .to_string()
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .map(|entry| entry.path())
        .flat_map(|path| {
            if path.is_dir() {
                files(&path, endings)
            } else if path
                .extension()
                .is_some_and(|ending| endings.iter().any(|known| ending == *known))
            {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// `environment` for `environment.rs` and for everything below `environment/`.
fn area_of(core: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(core).unwrap_or(file);
    let first = inside
        .components()
        .next()
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// Tests may build what they like.
fn without_tests(text: &str) -> String {
    text.split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Every `x` in `crate::x` and `crate::{x, y::z}` outside of comments.
fn used_areas(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut areas = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        if let Some(list) = after.strip_prefix('{') {
            let mut depth = 1;
            let mut name = String::new();
            for letter in list.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => {
                        areas.insert(std::mem::take(&mut name));
                        continue;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                if depth == 1 && letter != '}' {
                    name.push(letter);
                }
            }
            areas.insert(name);
        } else {
            areas.insert(after.to_owned());
        }
    }
    areas
        .iter()
        .map(|path| {
            path.trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        })
        .filter(|area| !area.is_empty())
        .collect()
}
