//! The second scan takes from the first what cannot have changed.

use std::{fs, path::PathBuf};

use gopherdesk_core::cache::{Inventory, Size};

use super::{Ground, row};

const TREE: &str = "example.com/m@v1.0.0";

fn filled() -> Ground {
    let ground = Ground::new();
    ground.file(&format!("{TREE}/go.mod"), 20);
    ground.file(&format!("{TREE}/inside/file.go"), 3_000);
    ground
}

fn index(ground: &Ground) -> PathBuf {
    ground.sandbox.path("own/cache/cache-sizes.json")
}

fn tree(inventory: &Inventory) -> Size {
    row(inventory, TREE).tree.expect("a tree")
}

#[test]
fn a_tree_is_counted_once() {
    let ground = filled();
    let first = tree(&ground.scan(false));
    assert!(!first.estimated, "without a zip it is counted");
    // nobody changes a tree: what is written without a change of its folder shows who looks at it
    fs::write(ground.at(&format!("{TREE}/inside/file.go")), [0; 9_000]).expect("our own file");
    let again = tree(&ground.scan(false));
    assert_eq!(again.apparent, first.apparent, "as it was counted");
    assert!(again.estimated, "and it says so");
    let exact = tree(&ground.scan(true));
    assert_eq!(
        (exact.apparent, exact.estimated),
        (9_020, false),
        "whoever wants it exact gets it"
    );
    let last = tree(&ground.scan(false));
    assert_eq!(last.apparent, 9_020, "the last count is remembered");
}

#[test]
fn a_tree_that_changed_is_counted_anew() {
    let ground = filled();
    ground.scan(false);
    ground.file(&format!("{TREE}/more.go"), 500);
    assert_eq!(
        tree(&ground.scan(false)).apparent,
        3_520,
        "its folder was changed"
    );
    fs::remove_dir_all(ground.at(TREE)).expect("our own folder");
    ground.file(&format!("{TREE}/go.mod"), 10);
    assert_eq!(
        tree(&ground.scan(false)).apparent,
        10,
        "it is another folder"
    );
}

#[test]
fn an_index_that_is_none_of_ours_is_no_index() {
    for text in [
        &b""[..],
        b"{",
        b"[]",
        b"\xff\xfe",
        br#"{"other":1}"#,
        br#"{"0123":{"example.com/m@v1.0.0":{"number":1,"modified":1,"size":{}}}}"#,
    ] {
        let ground = filled();
        ground.sandbox.write(&index(&ground), text);
        let size = tree(&ground.scan(false));
        let told = String::from_utf8_lossy(text);
        assert_eq!(
            (size.apparent, size.estimated),
            (3_020, false),
            "{told}: counted"
        );
        assert!(
            tree(&ground.scan(false)).estimated,
            "{told}: and remembered"
        );
    }
}

#[test]
fn a_place_where_nothing_can_be_kept_is_no_failure() {
    let ground = filled();
    ground
        .sandbox
        .write(&ground.sandbox.path("own/cache"), "a file");
    assert_eq!(
        tree(&ground.scan(false)).apparent,
        3_020,
        "counted all the same"
    );
}

#[test]
fn the_size_of_a_tree_is_told_by_its_zip() {
    let ground = Ground::new();
    let made = crate::filled::modules(&ground.modules(), 400);
    let quick = ground.scan(false);
    let exact = ground.scan(true);
    for name in &made.versions {
        let (quick, exact) = (row(&quick, name).tree, row(&exact, name).tree);
        let (quick, exact) = (quick.expect("a tree"), exact.expect("a tree"));
        assert!(
            quick.estimated && !exact.estimated,
            "{name}: each says which it is"
        );
        assert_eq!(quick.files, exact.files, "{name}: the zip knows how many");
        assert_eq!(quick.apparent, exact.apparent, "{name}: and how long");
        let off = quick.bytes.abs_diff(exact.bytes);
        assert!(
            off * 50 <= exact.bytes,
            "{name}: {} for {}",
            quick.bytes,
            exact.bytes
        );
    }
}

#[test]
fn a_zip_that_cannot_be_read_is_no_obstacle() {
    for damage in [
        &b""[..],
        b"PK\x05\x06",
        &[0; 100],
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0\xff\0\0\0\x05\0\0\0\0\0",
    ] {
        let ground = filled();
        let zip = ground.at("cache/download/example.com/m/@v/v1.0.0.zip");
        ground.sandbox.write(&zip, damage);
        let size = tree(&ground.scan(false));
        assert_eq!(
            (size.apparent, size.estimated),
            (3_020, false),
            "{damage:?}: counted"
        );
    }
}
