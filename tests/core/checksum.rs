//! What a checksum database says counts only when it is proven.

mod zips;

use std::{fs, path::Path, sync::LazyLock};

use gopherdesk_core::{
    checksum::{Database, Record, RecordFault, Tile, lookup, proves, tiles},
    module::Module,
};
use proptest::{
    prelude::{Just, ProptestConfig, Strategy, any, prop_assert, proptest},
    sample::Index,
};

use crate::database::{NAME, Sumdb};

/// The largest database here; smaller trees are its beginnings.
const SIZE: usize = 70_000;

static DATABASE: LazyLock<Sumdb> = LazyLock::new(|| Sumdb::new(SIZE, &[]));

#[test]
fn the_worlds_database_proves_a_true_record() {
    // saved by go itself on 2026-11-25: sum.golang.org/lookup/rsc.io/quote@v1.5.2, and the tiles of its tree
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/core/checksum/sum.golang.org");
    let body = fs::read(folder.join("lookup/rsc.io/quote@v1.5.2")).expect("it is part of the tree");
    let record = lookup(&body, &Database::sum_golang_org()).expect("signed by sum.golang.org");
    assert_eq!(record.id, 942, "as it says");
    assert_eq!(record.tree.size, 51_929_436, "as it says");
    assert_eq!(
        record.zip_hash(&Module::small()),
        Some("h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y="),
        "what everybody has"
    );
    assert_eq!(
        record.go_mod_hash(&Module::small()),
        Some("h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0="),
        "what everybody has"
    );
    let wanted = tiles(record.id, record.tree.size);
    let paths: Vec<_> = wanted.iter().map(Tile::path).collect();
    assert_eq!(
        paths,
        [
            "tile/8/0/x202/849.p/92",
            "tile/8/1/792.p/97",
            "tile/8/2/003.p/24",
            "tile/8/3/000.p/3",
            "tile/8/2/000",
            "tile/8/1/000",
            "tile/8/0/003"
        ],
        "what go asks for"
    );
    let contents: Vec<_> = wanted
        .into_iter()
        .map(|tile| (tile, fs::read(folder.join(tile.path())).expect("saved")))
        .collect();
    assert!(proves(&record, &contents), "it is in the signed tree");
    for at in 0..contents.len() {
        let mut damaged = contents.clone();
        damaged[at].1[31] ^= 1;
        assert!(
            !proves(&record, &damaged),
            "{} is part of the proof",
            contents[at].0.path()
        );
        damaged.remove(at);
        assert!(!proves(&record, &damaged), "none is left out");
    }
}

#[test]
fn nothing_that_was_tampered_with_is_believed() {
    let database = key(&DATABASE);
    for (id, size) in [
        (0, 1),
        (1, 2),
        (3, 255),
        (255, 256),
        (256, 257),
        (900, 1000),
    ] {
        let true_one = DATABASE.lookup(id, size);
        let found = lookup(true_one.as_bytes(), &database).expect("a true one");
        let contents = contents(&found, size);
        assert!(proves(&found, &contents), "{id} of {size}: a true one");

        let with = |old: &str, new: &str| true_one.replacen(old, new, 1);
        let text = lookup(with("h1:", "h1:x").as_bytes(), &database).expect("the tree is signed");
        assert!(
            !proves(&text, &contents),
            "{id} of {size}: the record is another, though the tree beside it is signed"
        );
        let other = (id + 1) % size.max(2);
        let moved = with(&format!("{id}\n"), &format!("{other}\n"));
        let moved = lookup(moved.as_bytes(), &database).expect("the tree is signed");
        assert!(
            !proves(&moved, &self::contents(&moved, size)) && !proves(&moved, &contents),
            "{id} of {size}: it stands elsewhere"
        );
        for tree in [
            with(&format!("\n{size}\n"), &format!("\n{}\n", size + 1)),
            with("go.sum database tree", "go.sum database tree\n1"),
        ] {
            let fault = lookup(tree.as_bytes(), &database);
            assert_eq!(
                fault,
                Err(RecordFault::Signature),
                "{id} of {size}: the tree is another"
            );
        }
        let other = key(&DATABASE.clone().with_seed(8));
        assert_eq!(
            lookup(true_one.as_bytes(), &other),
            Err(RecordFault::Signature),
            "{id} of {size}: another key of that name"
        );
        let module: Module = "filler.example/m@v1.0.0".parse().expect("a module");
        assert_eq!(found.zip_hash(&module), None, "another module");
        let version: Module = format!("filler.example/m{id}@v1.0.1")
            .parse()
            .expect("a module");
        assert_eq!(found.zip_hash(&version), None, "another version");
        let own: Module = format!("filler.example/m{id}@v1.0.0")
            .parse()
            .expect("a module");
        assert_eq!(found.zip_hash(&own), Some("h1:"), "its own");
    }
}

#[test]
fn a_record_beyond_the_tree_is_in_no_tree() {
    let found = DATABASE.lookup(5, 9).replacen("5\n", "9\n", 1);
    let found = lookup(found.as_bytes(), &key(&DATABASE)).expect("the tree is signed");
    assert_eq!(tiles(9, 9), Vec::new(), "nothing could prove it");
    assert!(!proves(&found, &contents(&found, 9)), "and nothing does");
    assert_eq!(tiles(0, 0), Vec::new(), "nor in an empty tree");
}

#[test]
fn what_is_no_answer_is_malformed() {
    let true_one = DATABASE.lookup(3, 9);
    let database = key(&DATABASE);
    let signature = true_one
        .lines()
        .last()
        .expect("the signature ends it")
        .to_owned();
    let stranger = "— stranger AAAAAAAA\n";
    for (what, body) in [
        ("nothing", String::new()),
        ("a page", "<html>\n\n<body>\n\n".to_owned()),
        ("no number", true_one.replacen("3\n", "x\n", 1)),
        ("a number below zero", true_one.replacen("3\n", "-3\n", 1)),
        (
            "a number too large",
            true_one.replacen('3', &"9".repeat(30), 1),
        ),
        ("no signature", true_one.replace(&signature, "")),
        ("no end", true_one.trim_end().to_owned()),
        ("a control character", true_one.replacen("h1", "h1\t", 1)),
        ("a line that is no signature", format!("{true_one}x\n")),
        ("a hyphen", true_one.replace('—', "-")),
        (
            "no base64",
            true_one.replace(&signature, &format!("— {NAME} ?")),
        ),
        ("a name with +", format!("{true_one}— a+b AAAAAAAA\n")),
        (
            "too many signatures",
            true_one.clone() + &stranger.repeat(100),
        ),
    ] {
        assert_eq!(
            lookup(body.as_bytes(), &database),
            Err(RecordFault::Malformed),
            "{what}"
        );
    }
    for (what, body) in [
        (
            "after others",
            true_one.replace(&signature, &format!("{stranger}{signature}")),
        ),
        ("before others", true_one.clone() + &stranger.repeat(99)),
        ("twice", format!("{true_one}{signature}\n")),
    ] {
        assert!(lookup(body.as_bytes(), &database).is_ok(), "{what}");
    }
    assert_eq!(
        lookup(
            true_one.replace(&signature, stranger.trim_end()).as_bytes(),
            &database
        ),
        Err(RecordFault::Signature),
        "somebody else's alone"
    );
    assert_eq!(
        lookup(&[&true_one.as_bytes()[..20], b"\xff"].concat(), &database),
        Err(RecordFault::Malformed),
        "no text"
    );
}

#[test]
fn paths_are_as_servers_have_them() {
    for (id, size, path) in [
        (0, 1, "tile/8/0/000.p/1"),
        (256_000, 256_000 + 255, "tile/8/0/x001/000.p/255"),
        (256 * 1_234_067, 1 << 40, "tile/8/0/x001/x234/067"),
    ] {
        let found = tiles(id, size);
        assert!(
            found.iter().any(|tile| tile.path() == path),
            "{path} is one of {found:?}"
        );
    }
    let partial = tiles(0, 3)[0];
    assert_eq!(partial.bytes(), 96, "three hashes");
    let full = partial.full().expect("it can grow");
    assert_eq!(
        (full.path().as_str(), full.bytes()),
        ("tile/8/0/000", 8192),
        "grown"
    );
    assert_eq!(full.full(), None, "and no more");
    assert!(
        tiles(u64::MAX - 1, u64::MAX).len() <= 15,
        "even the largest tree needs few"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_record_of_every_tree_is_proven(
        (size, id, at) in (1..=SIZE).prop_flat_map(|size| (Just(size), 0..size, any::<Index>()))
    ) {
        let body = DATABASE.lookup(id, size);
        let found = lookup(body.as_bytes(), &key(&DATABASE)).expect("a true one");
        let contents = contents(&found, size);
        prop_assert!(proves(&found, &contents), "{} of {}", id, size);

        // the tree has grown meanwhile: full tiles in place of partial ones
        let grown: Vec<_> = contents
            .iter()
            .map(|(tile, bytes)| match tile.full().and_then(|full| {
                Some((full, served(full, SIZE)?))
            }) {
                Some(full) => full,
                None => (*tile, bytes.clone()),
            })
            .collect();
        prop_assert!(proves(&found, &grown), "{} of {}, grown", id, size);

        let mut damaged = contents;
        let (tile, bytes) = at.get_mut(&mut damaged);
        let byte = at.index(bytes.len());
        bytes[byte] ^= 0x10;
        let path = tile.path();
        prop_assert!(!proves(&found, &damaged), "{} of {}: byte {} of {}", id, size, byte, path);

        let mut moved: Record = found;
        moved.id = (id as u64 + 1 + at.index(SIZE) as u64) % SIZE as u64;
        let elsewhere = self::contents(&moved, size);
        prop_assert!(moved.id == id as u64 || !proves(&moved, &elsewhere), "{} is not {}", id, moved.id);
    }
}

fn key(database: &Sumdb) -> Database {
    Database::from_key(&database.key()).expect("a key")
}

/// What the database serves of the tiles that a record needs.
fn contents(record: &Record, size: usize) -> Vec<(Tile, Vec<u8>)> {
    tiles(record.id, record.tree.size)
        .into_iter()
        .filter_map(|tile| Some((tile, served(tile, size)?)))
        .collect()
}

fn served(tile: Tile, size: usize) -> Option<Vec<u8>> {
    let path = tile.path();
    DATABASE.tile(path.strip_prefix("tile/8/").expect("of this height"), size)
}
