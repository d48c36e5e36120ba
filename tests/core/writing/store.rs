//! Files of our own that are damaged, newer, or no file at all.

use std::{fmt::Debug, fs, io::Write, path::Path};

use gopherdesk_core::{
    error::{Error, StoreError},
    host::Host,
    profile::kept::{self, Kept},
    settings::{self, Language, Settings, Theme},
    store::{Origin, Store},
};
use serde::{Serialize, de::DeserializeOwned};
use tempfile::TempDir;

const GOOD: &[u8] = b"{\n  \"version\": 1,\n  \"language\": \"zh\",\n  \"go\": \"/opt/go/bin/go\",\n  \"window\": { \"x\": 1 }\n}\n";

/// One of our own files: what it is called, what a good one holds, and a change that can be seen.
struct Kind<T> {
    file: &'static str,
    good: &'static [u8],
    open: fn(&Host) -> Store<T>,
    mark: fn(&mut T),
    is_marked: fn(&T) -> bool,
}

const SETTINGS: Kind<Settings> = Kind {
    file: "settings.json",
    good: GOOD,
    open: settings::open,
    mark: |settings| settings.theme = Theme::Dark,
    is_marked: |settings| settings.theme == Theme::Dark,
};

const PROFILES: Kind<Kept> = Kind {
    file: "profiles.json",
    good: include_bytes!("profiles.json"),
    open: kept::open,
    mark: |kept| {
        let mut form = kept.company().clone();
        form.login = true;
        kept.fill_company(form);
    },
    is_marked: |kept| kept.company().login,
};

/// What a store holds.
trait Content: Default + Serialize + DeserializeOwned + Debug + PartialEq {}

impl<T: Default + Serialize + DeserializeOwned + Debug + PartialEq> Content for T {}

struct Ground {
    host: Host,
    file: &'static str,
    _folder: TempDir,
}

impl Ground {
    fn with(file: &'static str, bytes: &[u8]) -> Self {
        let ground = Self::new(file);
        ground.put(bytes);
        ground
    }

    fn new(file: &'static str) -> Self {
        let folder = super::folder();
        Self {
            host: Host::sandbox(folder.path()),
            file,
            _folder: folder,
        }
    }

    fn path(&self) -> std::path::PathBuf {
        self.host.folders.config.join(self.file)
    }

    fn put(&self, bytes: &[u8]) {
        fs::create_dir_all(&self.host.folders.config).expect("the settings folder");
        fs::File::create(self.path())
            .and_then(|mut file| file.write_all(bytes))
            .expect("the file");
    }

    /// Whether any file of the settings folder holds exactly these bytes.
    fn keeps(&self, bytes: &[u8]) -> bool {
        fs::read_dir(&self.host.folders.config)
            .expect("the settings folder")
            .flatten()
            .any(|entry| fs::read(entry.path()).is_ok_and(|found| found == bytes))
    }
}

/// Loads, changes, loads again: no panic, and `bytes` are still somewhere.
fn survives<T: Content>(kind: &Kind<T>, bytes: &[u8], what: &str) {
    let ground = Ground::with(kind.file, bytes);
    let store = (kind.open)(&ground.host);
    store.load();
    assert_eq!(
        fs::read(ground.path()).expect("still there"),
        bytes,
        "reading changes nothing: {what}"
    );
    match store.change(kind.mark) {
        Ok(_) => assert!(
            (kind.is_marked)(&store.load().value),
            "what was saved is read: {what}"
        ),
        Err(error) => assert_eq!(
            fs::read(ground.path()).expect("still there"),
            bytes,
            "a refusal ({error}) changes nothing: {what}"
        ),
    }
    assert!(ground.keeps(bytes), "the bytes are still on disk: {what}");
}

#[test]
fn a_store_truncated_anywhere_is_kept() {
    fn check<T: Content>(kind: &Kind<T>) {
        for end in 0..kind.good.len() {
            survives(kind, &kind.good[..end], &format!("the first {end} bytes"));
        }
    }
    check(&SETTINGS);
    check(&PROFILES);
}

#[test]
fn a_store_with_any_byte_flipped_is_kept() {
    fn check<T: Content>(kind: &Kind<T>) {
        let ground = Ground::new(kind.file);
        for at in 0..kind.good.len() {
            for bit in 0..8 {
                let mut bytes = kind.good.to_vec();
                bytes[at] ^= 1 << bit;
                if bit == at % 8 {
                    survives(kind, &bytes, &format!("bit {bit} of byte {at}"));
                } else {
                    ground.put(&bytes);
                    (kind.open)(&ground.host).load();
                }
            }
        }
    }
    check(&SETTINGS);
    check(&PROFILES);
}

#[test]
fn nonsense_is_kept() {
    fn check<T: Content>(kind: &Kind<T>) {
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend_from_slice(kind.good);
        for (what, bytes) in [
            ("nothing", Vec::new()),
            ("4 KiB of NUL", vec![0; 4096]),
            ("10 000 brackets", vec![b'['; 10_000]),
            ("deep", b"{\"a\":".repeat(5_000)),
            (
                "twice",
                b"{\"version\":1,\"go\":\"a\",\"go\":\"b\"}".to_vec(),
            ),
            (
                "twice further in",
                b"{\"version\":1,\"a\":[{\"b\":1,\"b\":2}]}".to_vec(),
            ),
            ("no version", b"{}".to_vec()),
            ("version 0", b"{\"version\":0}".to_vec()),
            ("a list", b"[1]".to_vec()),
            ("byte order mark", marked),
            ("UTF-16", b"\xff\xfe{\0}\0".to_vec()),
        ] {
            survives(kind, &bytes, what);
        }
    }
    check(&SETTINGS);
    check(&PROFILES);
}

#[test]
fn what_is_twice_further_in_is_damage() {
    let ground = Ground::with(
        "profiles.json",
        br#"{"version":1,"profiles":[{"id":"p1","name":"a","values":{"CC":"a","CC":"b"}}]}"#,
    );
    let trouble = kept::open(&ground.host).load().trouble;
    let Some(StoreError::StoreDamaged { reason, .. }) = trouble else {
        panic!("saving would lose one of the two: {trouble:?}");
    };
    assert!(
        reason.starts_with("CC is there twice at line 1 column"),
        "it is said which, and where: {reason}"
    );
}

#[test]
fn damage_is_told_without_credentials() {
    let ground = Ground::with(
        "profiles.json",
        br#"{"version":1,"profiles":"https://u:secret@h"}"#,
    );
    let trouble = kept::open(&ground.host).load().trouble;
    let Some(StoreError::StoreDamaged { reason, .. }) = trouble else {
        panic!("it is damaged: {trouble:?}");
    };
    assert!(!reason.contains("secret"), "a value is quoted: {reason}");
}

#[test]
fn a_store_that_would_be_too_large_to_be_read_is_not_written() {
    let ground = Ground::with("profiles.json", PROFILES.good);
    let store = kept::open(&ground.host);
    let refused = store.change(|kept| {
        let mut form = kept.company().clone();
        form.proxy = "x".repeat(8 << 20);
        kept.fill_company(form);
    });
    assert!(
        matches!(refused, Err(Error::Store(StoreError::StoreFull { .. }))),
        "nobody could read it again"
    );
    assert_eq!(
        fs::read(ground.path()).expect("there"),
        PROFILES.good,
        "it is as it was"
    );
    assert!(store.load().trouble.is_none(), "and can be read");
}

#[test]
fn a_damaged_store_is_set_aside_under_a_new_name_each_time() {
    let ground = Ground::with(SETTINGS.file, b"first");
    let store = settings::open(&ground.host);
    let loaded = store.load();
    assert!(
        matches!(loaded.trouble, Some(StoreError::StoreDamaged { .. })),
        "the damage is said: {:?}",
        loaded.trouble
    );
    assert_eq!(loaded.origin, Origin::Default, "there is no backup yet");
    store.change(|_| ()).expect("it can be saved");
    ground.put(b"second");
    store.change(|_| ()).expect("it can be saved again");
    let config = &ground.host.folders.config;
    for (name, bytes) in [
        ("settings.json.corrupt-1", "first"),
        ("settings.json.corrupt-2", "second"),
    ] {
        assert_eq!(
            fs::read_to_string(config.join(name)).expect("set aside"),
            bytes,
            "{name} holds what could not be read"
        );
    }
}

#[test]
fn the_last_good_copy_stands_in_for_a_damaged_store() {
    let ground = Ground::with(SETTINGS.file, GOOD);
    let store = settings::open(&ground.host);
    store
        .change(|settings| settings.theme = Theme::Dark)
        .expect("saved");
    ground.put(b"{\"version\":1,\"theme\":");
    let loaded = store.load();
    assert_eq!(loaded.origin, Origin::Backup, "the copy is good");
    assert_eq!(loaded.value.language, Language::Zh, "and has what it had");
    let saved = store
        .change(|settings| settings.theme = Theme::Light)
        .expect("saved on top of the copy");
    assert_eq!(
        saved.go.as_deref(),
        Some("/opt/go/bin/go"),
        "nothing is lost"
    );
    assert_eq!(store.load().origin, Origin::File, "the file is good again");
}

#[test]
fn a_store_of_a_newer_version_is_read_and_never_written() {
    let bytes = b"{\"version\":2,\"language\":\"zh\",\"theme\":{\"accent\":\"blue\"}}";
    let ground = Ground::with(SETTINGS.file, bytes);
    let store = settings::open(&ground.host);
    assert!(
        matches!(store.load().trouble, Some(StoreError::StoreNewer { .. })),
        "that it is newer is said"
    );
    let refused = store.change(|settings| settings.theme = Theme::Dark);
    assert!(
        matches!(refused, Err(Error::Store(StoreError::StoreNewer { .. }))),
        "it is not ours to write: {refused:?}"
    );
    assert_eq!(
        fs::read(ground.path()).expect("there"),
        bytes,
        "not one byte"
    );
}

#[test]
fn unknown_keys_stay_and_defaults_are_not_written() {
    let ground = Ground::with(SETTINGS.file, GOOD);
    let store = settings::open(&ground.host);
    store
        .change(|settings| {
            settings.language = Language::System;
            settings.theme = Theme::Light;
        })
        .expect("saved");
    let text = fs::read_to_string(ground.path()).expect("there");
    assert!(
        text.contains("\"x\": 1"),
        "a key of another version stays: {text}"
    );
    assert!(
        !text.contains("language"),
        "a default is not written: {text}"
    );
    assert!(text.contains("\"theme\": \"light\""), "a choice is: {text}");
}

#[test]
fn a_folder_or_a_huge_file_in_its_place_is_refused() {
    fn check<T: Content>(kind: &Kind<T>) {
        for huge in [false, true] {
            let ground = Ground::new(kind.file);
            fs::create_dir_all(&ground.host.folders.config).expect("the settings folder");
            if huge {
                fs::File::create_new(ground.path())
                    .and_then(|file| file.set_len(200 << 20))
                    .expect("sparse");
            } else {
                fs::create_dir(ground.path()).expect("a folder");
            }
            let store = (kind.open)(&ground.host);
            let loaded = store.load();
            assert_eq!(loaded.value, T::default(), "defaults are used");
            let refused = store.change(kind.mark);
            assert!(
                matches!(refused, Err(Error::Store(StoreError::StoreUnusable { .. }))),
                "it is not ours to replace: {refused:?}"
            );
            assert!(exists(&ground.path()), "it is still there");
        }
    }
    check(&SETTINGS);
    check(&PROFILES);
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
