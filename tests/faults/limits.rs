//! Full disks, file systems and files that cannot be written: said as it is, and nothing lost.

use std::{
    fs,
    io::Write,
    os::unix::fs::{PermissionsExt, chown},
    path::Path,
};

use gopherdesk_core::{
    history::journal::Journal,
    host::{
        Host,
        replace::{read, replace},
    },
};
use libtest_mimic::Trial;

use crate::{
    ground::{self, put, staged, succeed},
    writers::{self, Writer, code, goenv},
};

const FULL: &str = "a full disk";
const NO_NAMES: &str = "a disk without free inodes";
const READ_ONLY: &str = "a file system that is read-only";
const DENIED: &str = "files that deny it";
const FOREIGN: &str = "a file of another user";

/// Root may do anything; without capabilities it is a user like any other.
const POWERLESS: &[&str] = &["setpriv", "--inh-caps=-all", "--bounding-set=-all"];

pub(crate) fn trials() -> Vec<Trial> {
    let root = rustix::process::geteuid().is_root();
    let user: &'static [&'static str] = if root { POWERLESS } else { &[] };
    vec![
        Trial::test(FULL, || mounted(FULL, "size=256k")),
        Trial::test(NO_NAMES, || mounted(NO_NAMES, "nr_inodes=64")),
        Trial::test(READ_ONLY, || mounted(READ_ONLY, "size=256k")),
        Trial::test(DENIED, move || {
            let ground = ground::folder();
            succeed(user, DENIED, ground.path());
            Ok(())
        }),
        // only root can make such a file
        Trial::test(FOREIGN, || {
            let ground = ground::folder();
            let file = goenv(&Host::sandbox(ground.path()));
            put(&file, b"GOPROXY=off\n");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).expect("its mode");
            chown(&file, Some(65_534), Some(65_534)).expect("its owner");
            succeed(POWERLESS, FOREIGN, ground.path());
            Ok(())
        })
        .with_ignored_flag(!root),
    ]
}

#[expect(clippy::unnecessary_wraps, reason = "what a trial returns")]
fn mounted(role: &str, options: &str) -> Result<(), libtest_mimic::Failed> {
    let ground = ground::folder();
    let script = format!(
        "mount -t tmpfs -o {options} tmpfs '{}' && exec \"$@\"",
        ground.path().display()
    );
    succeed(
        &["unshare", "-rm", "sh", "-c", &script, "sh"],
        role,
        ground.path(),
    );
    Ok(())
}

/// Plays the role if it is one of ours.
pub(crate) fn play(role: &str, host: &Host) -> bool {
    match role {
        FULL => full(host, |filler| {
            let mut file = fs::File::create(filler).expect("a file");
            while file.write_all(&[0; 512]).is_ok() {}
        }),
        NO_NAMES => full(host, |filler| {
            fs::create_dir(filler).expect("a folder");
            let mut number = 0;
            while fs::File::create(filler.join(number.to_string())).is_ok() {
                number += 1;
            }
        }),
        READ_ONLY => read_only(host),
        DENIED => denied(host),
        FOREIGN => assert_eq!(
            code(&change(host)),
            "would_lose",
            "the file would become ours"
        ),
        _ => return false,
    }
    true
}

/// The writers that fit on a small disk.
fn writers() -> impl Iterator<Item = &'static Writer> {
    writers::ALL
        .iter()
        .filter(|writer| writer.name != "a linked rc file")
}

fn full(host: &Host, fill: fn(&Path)) {
    let ground = host.folders.config.parent().expect("the ground").to_owned();
    for (number, writer) in writers().enumerate() {
        let folder = ground.join(number.to_string());
        let host = Host::sandbox(&folder);
        fs::create_dir_all(folder.join("home/.config/go")).expect("a folder");
        fs::create_dir_all(host.folders.state.join("locks")).expect("a folder");
        (writer.prepare)(&host);
        let file = (writer.file)(&host);
        let old = fs::read(&file).ok();
        let filler = ground.join("filler");
        fill(&filler);
        let said = code(&(writer.write)(&host));
        assert_eq!(
            fs::read(&file).ok(),
            old,
            "{} leaves the old file",
            writer.name
        );
        // an end fits where an intent did: the journal grows in whole blocks
        let fits = writer.name.starts_with("the recovery") && said == "ok";
        assert!(said == "disk_full" || fits, "{} says {said}", writer.name);
        assert_eq!(
            staged(&folder),
            Vec::<std::path::PathBuf>::new(),
            "{} cleans up",
            writer.name
        );
        if filler.is_dir() {
            fs::remove_dir_all(&filler).expect("room again");
        } else {
            fs::remove_file(&filler).expect("room again");
        }
        assert_eq!(
            code(&(writer.write)(&host)),
            "ok",
            "{} goes on once there is room",
            writer.name
        );
        assert_eq!(
            Journal::open(&host).entries().expect("readable").unreadable,
            0,
            "{} leaves no torn line",
            writer.name
        );
        fs::remove_dir_all(&folder).expect("room for the next");
    }
}

fn read_only(host: &Host) {
    let ground = host.folders.config.parent().expect("the ground").to_owned();
    for (number, writer) in writers().enumerate() {
        let host = Host::sandbox(&ground.join(number.to_string()));
        fs::create_dir_all(ground.join(number.to_string()).join("home/.config/go"))
            .expect("a folder");
        (writer.prepare)(&host);
    }
    rustix::mount::mount_remount(&ground, rustix::mount::MountFlags::RDONLY, c"")
        .expect("a mount of our own");
    for (number, writer) in writers().enumerate() {
        let host = Host::sandbox(&ground.join(number.to_string()));
        let old = fs::read((writer.file)(&host)).ok();
        let said = code(&(writer.write)(&host));
        let refused = ["file_unwritable", "store_unusable"].contains(&said.as_str());
        // without a lock nothing is judged, and nothing is at stake
        let waits = writer.name.starts_with("the recovery") && said == "ok";
        assert!(refused || waits, "{} says {said}", writer.name);
        assert_eq!(
            fs::read((writer.file)(&host)).ok(),
            old,
            "{} changes nothing",
            writer.name
        );
        (writer.restart)(&host).expect("the program starts all the same");
    }
}

fn denied(host: &Host) {
    let file = goenv(host);
    let folder = file.parent().expect("a folder").to_owned();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its mode");
    };
    put(&file, b"GOPROXY=off\n");
    mode(&file, 0o444);
    assert_eq!(
        code(&change(host)),
        "file_unwritable",
        "the user protected the file"
    );
    mode(&file, 0o644);
    mode(&folder, 0o555);
    assert_eq!(
        code(&change(host)),
        "file_unwritable",
        "nothing can be made in the folder"
    );
    mode(&folder, 0o000);
    let unreadable = read(&file, 100).map(drop).map_err(Into::into);
    assert_eq!(
        code(&unreadable),
        "file_unreadable",
        "what cannot be seen is not absent"
    );
    mode(&folder, 0o755);
    mode(&file, 0o000);
    let unreadable = read(&file, 100).map(drop).map_err(Into::into);
    assert_eq!(
        code(&unreadable),
        "file_unreadable",
        "nor is what cannot be read"
    );
    mode(&file, 0o640);
    assert_eq!(
        code(&change(host)),
        "ok",
        "and with every right it is written"
    );
    assert_eq!(
        fs::metadata(&file).expect("there").permissions().mode() & 0o777,
        0o640,
        "its mode is kept"
    );
}

fn change(host: &Host) -> Result<(), gopherdesk_core::error::Error> {
    replace(
        &goenv(host),
        Some(b"GOPROXY=off\n"),
        Some(b"GOPROXY=direct\n"),
    )
    .map_err(Into::into)
}
