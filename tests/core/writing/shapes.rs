//! The twelve shapes in which a file of a user's dotfiles is met.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use gopherdesk_core::host::replace::{FileError, Loss, read, replace, replace_private};
use rustix::fs::{CWD, FileType, Mode, XattrFlags, getxattr, mknodat, setxattr};
use tempfile::TempDir;

const OLD: &[u8] = b"GOPROXY=https://old.example\n";
const NEW: &[u8] = b"GOPROXY=https://new.example\nGOSUMDB=off\n";

struct Ground {
    folder: TempDir,
}

impl Ground {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        Self { folder }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, mode: u32) -> PathBuf {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
        fs::File::create_new(&path).expect("the file");
        fs::OpenOptions::new()
            .write(true)
            .open(&path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, OLD))
            .expect("its bytes");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("its mode");
        path
    }

    fn link(&self, name: &str, to: impl AsRef<Path>) -> PathBuf {
        let path = self.at(name);
        symlink(to, &path).expect("the link");
        path
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").mode() & 0o7777
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).expect("it is there")
}

/// Replaces through `path` and checks that `real` got the bytes and kept its mode, and that nothing is left beside it.
fn replaced(path: &Path, real: &Path) {
    let before = mode(real);
    replace(path, Some(OLD), Some(NEW)).expect("a file of this shape is replaced");
    assert_eq!(bytes(real), NEW, "the new bytes are in {}", real.display());
    assert_eq!(mode(real), before, "the mode of {} is kept", real.display());
    nothing_beside(real);
}

fn nothing_beside(path: &Path) {
    let folder = path.parent().expect("a folder");
    let left: Vec<_> = fs::read_dir(folder)
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().starts_with(".gopherdesk-"))
        .collect();
    assert!(left.is_empty(), "no staged file is left: {left:?}");
}

#[test]
fn a_plain_file_keeps_every_mode() {
    for mode in [0o600, 0o640, 0o644, 0o664, 0o755, 0o4755] {
        let ground = Ground::new();
        let path = ground.file("env", mode);
        replaced(&path, &path);
    }
}

#[test]
fn a_link_into_a_dotfiles_folder_stays_a_link() {
    let ground = Ground::new();
    let real = ground.file("dotfiles/env", 0o640);
    for (name, to) in [
        ("absolute", real.clone()),
        ("relative", PathBuf::from("dotfiles/env")),
    ] {
        let link = ground.link(name, &to);
        replaced(&link, &real);
        assert_eq!(
            fs::read_link(&link).expect("still a link"),
            to,
            "the {name} link says what it said"
        );
        replace(&link, Some(NEW), Some(OLD)).expect("and back");
    }
}

#[test]
fn a_chain_of_two_links_is_followed_to_its_end() {
    let ground = Ground::new();
    let real = ground.file("store/env", 0o644);
    ground.link("store/current", "env");
    let link = ground.link("env", "store/current");
    replaced(&link, &real);
    assert!(link.is_symlink(), "the first link stays");
    assert!(
        ground.at("store/current").is_symlink(),
        "the second link stays"
    );
}

#[test]
fn a_relative_link_below_a_linked_folder_means_what_the_system_says() {
    let ground = Ground::new();
    let real = ground.file("real/deep/env", 0o644);
    fs::create_dir_all(ground.at("real/deep/go")).expect("a folder");
    symlink("../env", ground.at("real/deep/go/env")).expect("a link");
    ground.link("config", "real/deep/go");
    replaced(&ground.at("config/env"), &real);
}

#[test]
fn a_dangling_link_gets_the_file_it_names() {
    let ground = Ground::new();
    fs::create_dir(ground.at("dotfiles")).expect("a folder");
    let link = ground.link("env", "dotfiles/env");
    assert_eq!(read(&link, 100), Ok(None), "a dangling link is no file yet");
    replace(&link, None, Some(NEW)).expect("its folder is there");
    assert!(link.is_symlink(), "the link stays");
    assert_eq!(bytes(&ground.at("dotfiles/env")), NEW, "the file it names");
    replace(&link, Some(NEW), None).expect("the undo of that");
    assert!(link.is_symlink(), "the link stays");
    assert!(
        !ground.at("dotfiles/env").exists(),
        "the file is gone again"
    );
}

#[test]
fn a_dangling_link_into_nowhere_is_refused() {
    let ground = Ground::new();
    let link = ground.link("env", "unmounted/env");
    let refused = replace(&link, None, Some(NEW));
    assert!(
        matches!(refused, Err(FileError::FileUnwritable { .. })),
        "what it was meant for is not ours to make: {refused:?}"
    );
    assert!(!ground.at("unmounted").exists(), "no folder was made");
}

#[test]
fn links_in_a_circle_are_refused() {
    let ground = Ground::new();
    let link = ground.link("a", "b");
    ground.link("b", "a");
    for refused in [replace(&link, None, Some(NEW)), read(&link, 100).map(drop)] {
        assert!(
            matches!(&refused, Err(FileError::NotRegular { .. })),
            "a circle has no end: {refused:?}"
        );
    }
}

#[test]
fn a_file_with_a_second_name_is_refused() {
    let ground = Ground::new();
    let path = ground.file("env", 0o644);
    fs::hard_link(&path, ground.at("second")).expect("a second name");
    assert_eq!(
        replace(&path, Some(OLD), Some(NEW)),
        Err(FileError::WouldLose {
            path: path.display().to_string(),
            what: Loss::HardLink
        }),
        "the second name would keep the old bytes"
    );
    assert_eq!(bytes(&path), OLD, "nothing was changed");
    nothing_beside(&path);
}

#[test]
fn extended_attributes_are_kept() {
    let ground = Ground::new();
    let path = ground.file("env", 0o644);
    setxattr(&path, "user.note", b"mine", XattrFlags::empty()).expect("attributes work here");
    replaced(&path, &path);
    let mut note = Vec::with_capacity(16);
    getxattr(
        &path,
        "user.note",
        rustix::buffer::spare_capacity(&mut note),
    )
    .expect("still there");
    assert_eq!(note, b"mine", "the attribute says what it said");
}

#[test]
fn an_access_list_is_kept_and_none_is_inherited() {
    // version 2; owner rw-, user 1234 r--, group ---, mask r--, others ---
    let entry = |tag: u16, rights: u16, id: u32| {
        [
            &tag.to_le_bytes()[..],
            &rights.to_le_bytes(),
            &id.to_le_bytes(),
        ]
        .concat()
    };
    let list = [
        2_u32.to_le_bytes().to_vec(),
        entry(1, 6, u32::MAX),
        entry(2, 4, 1234),
        entry(4, 0, u32::MAX),
        entry(16, 4, u32::MAX),
        entry(32, 0, u32::MAX),
    ]
    .concat();
    let get = |path: &Path| {
        let mut found = Vec::with_capacity(256);
        getxattr(
            path,
            "system.posix_acl_access",
            rustix::buffer::spare_capacity(&mut found),
        )
        .map(|_| found)
    };
    let ground = Ground::new();
    let with = ground.file("with", 0o600);
    let without = ground.file("without", 0o600);
    setxattr(&with, "system.posix_acl_access", &list, XattrFlags::empty())
        .expect("access lists work here");
    let folder = ground.folder.path();
    setxattr(
        folder,
        "system.posix_acl_default",
        &list,
        XattrFlags::empty(),
    )
    .expect("access lists work here");
    replaced(&with, &with);
    replaced(&without, &without);
    assert_eq!(get(&with).as_deref(), Ok(&list[..]), "the list is kept");
    assert!(
        get(&without).is_err(),
        "user 1234 may not read more than before"
    );
}

#[test]
fn what_is_no_regular_file_is_refused_without_waiting() {
    let ground = Ground::new();
    let pipe = ground.at("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
    let socket = ground.at("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
    for path in [&pipe, &socket, ground.folder.path(), Path::new("/dev/null")] {
        for refused in [
            read(path, 100).map(drop),
            replace(path, Some(OLD), Some(NEW)),
            replace(path, Some(OLD), None),
        ] {
            assert!(
                matches!(&refused, Err(FileError::NotRegular { .. })),
                "{} is no regular file: {refused:?}",
                path.display()
            );
        }
    }
}

#[test]
fn a_file_that_moved_on_is_left_as_it_is() {
    let ground = Ground::new();
    let path = ground.file("env", 0o644);
    for (expected, new) in [
        (Some(&b"GOPROXY=https://seen.example\n"[..]), Some(NEW)),
        (Some(&OLD[..5]), Some(NEW)),
        (None, Some(NEW)),
        (Some(b""), None),
    ] {
        let refused = replace(&path, expected, new);
        assert!(
            matches!(&refused, Err(FileError::FileChanged { .. })),
            "it is not what was expected: {refused:?}"
        );
        assert_eq!(bytes(&path), OLD, "nothing was changed");
    }
    let gone = replace(&ground.at("gone"), Some(OLD), Some(NEW));
    assert!(
        matches!(&gone, Err(FileError::FileChanged { .. })),
        "it was removed: {gone:?}"
    );
    assert!(!ground.at("gone").exists(), "and is not made again");
    nothing_beside(&path);
}

#[test]
fn a_new_file_gets_the_mode_of_its_kind_and_its_folders_too() {
    let ground = Ground::new();
    let shared = ground.at("config/go/env");
    let private = ground.at("state/gopherdesk/settings.json");
    replace(&shared, None, Some(NEW)).expect("folders are made");
    replace_private(&private, None, Some(NEW)).expect("folders are made");
    let plain = ground.at("plain");
    fs::File::create_new(&plain).expect("a file");
    assert_eq!(
        mode(&shared),
        mode(&plain),
        "as go makes it: 0666 less the umask"
    );
    assert_eq!(mode(&private), 0o600, "ours is for the user alone");
    for folder in ["state", "state/gopherdesk"] {
        assert_eq!(
            mode(&ground.at(folder)),
            0o700,
            "{folder} is for the user alone"
        );
    }
}

#[test]
fn a_large_file_is_refused_unread() {
    let ground = Ground::new();
    let path = ground.at("large");
    let file = fs::File::create_new(&path).expect("a file");
    file.set_len(200 << 20).expect("sparse");
    assert_eq!(
        read(&path, 1 << 20),
        Err(FileError::FileTooLarge {
            path: path.display().to_string(),
            limit: 1 << 20
        }),
        "the size alone decides"
    );
}
