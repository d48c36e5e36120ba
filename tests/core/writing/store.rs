//! Settings that are damaged, newer, or no file at all.

use std::{fs, io::Write, path::Path};

use gopherdesk_core::{
    error::{Error, StoreError},
    host::Host,
    settings::{self, Language, Settings, Theme},
    store::Origin,
};
use tempfile::TempDir;

const GOOD: &[u8] = b"{\n  \"version\": 1,\n  \"language\": \"zh\",\n  \"go\": \"/opt/go/bin/go\",\n  \"window\": { \"x\": 1 }\n}\n";

struct Ground {
    host: Host,
    _folder: TempDir,
}

impl Ground {
    fn with(bytes: &[u8]) -> Self {
        let ground = Self::new();
        ground.put(bytes);
        ground
    }

    fn new() -> Self {
        let folder = super::folder();
        Self {
            host: Host::sandbox(folder.path()),
            _folder: folder,
        }
    }

    fn path(&self) -> std::path::PathBuf {
        self.host.folders.config.join("settings.json")
    }

    fn put(&self, bytes: &[u8]) {
        fs::create_dir_all(&self.host.folders.config).expect("the settings folder");
        fs::File::create(self.path())
            .and_then(|mut file| file.write_all(bytes))
            .expect("the settings file");
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
fn survives(bytes: &[u8], what: &str) {
    let ground = Ground::with(bytes);
    let store = settings::open(&ground.host);
    store.load();
    assert_eq!(
        fs::read(ground.path()).expect("still there"),
        bytes,
        "reading changes nothing: {what}"
    );
    match store.change(|settings| settings.theme = Theme::Dark) {
        Ok(_) => assert_eq!(
            store.load().value.theme,
            Theme::Dark,
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
    for end in 0..GOOD.len() {
        survives(&GOOD[..end], &format!("the first {end} bytes"));
    }
}

#[test]
fn a_store_with_any_byte_flipped_is_kept() {
    let ground = Ground::new();
    for at in 0..GOOD.len() {
        for bit in 0..8 {
            let mut bytes = GOOD.to_vec();
            bytes[at] ^= 1 << bit;
            if bit == at % 8 {
                survives(&bytes, &format!("bit {bit} of byte {at}"));
            } else {
                ground.put(&bytes);
                settings::open(&ground.host).load();
            }
        }
    }
}

#[test]
fn nonsense_is_kept() {
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend_from_slice(GOOD);
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("4 KiB of NUL", vec![0; 4096]),
        ("10 000 brackets", vec![b'['; 10_000]),
        ("deep", b"{\"a\":".repeat(5_000)),
        (
            "twice",
            b"{\"version\":1,\"go\":\"a\",\"go\":\"b\"}".to_vec(),
        ),
        ("no version", b"{}".to_vec()),
        ("version 0", b"{\"version\":0}".to_vec()),
        ("a list", b"[1]".to_vec()),
        ("byte order mark", marked),
        ("UTF-16", b"\xff\xfe{\0}\0".to_vec()),
    ] {
        survives(&bytes, what);
    }
}

#[test]
fn a_damaged_store_is_set_aside_under_a_new_name_each_time() {
    let ground = Ground::with(b"first");
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
    let ground = Ground::with(GOOD);
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
    let ground = Ground::with(bytes);
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
    let ground = Ground::with(GOOD);
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
    for huge in [false, true] {
        let ground = Ground::new();
        fs::create_dir_all(&ground.host.folders.config).expect("the settings folder");
        if huge {
            fs::File::create_new(ground.path())
                .and_then(|file| file.set_len(200 << 20))
                .expect("sparse");
        } else {
            fs::create_dir(ground.path()).expect("a folder");
        }
        let store = settings::open(&ground.host);
        let loaded = store.load();
        assert_eq!(loaded.value, Settings::default(), "defaults are used");
        let refused = store.change(|settings| settings.theme = Theme::Dark);
        assert!(
            matches!(refused, Err(Error::Store(StoreError::StoreUnusable { .. }))),
            "it is not ours to replace: {refused:?}"
        );
        assert!(exists(&ground.path()), "it is still there");
    }
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
