//! The writers of the program, each with one change to make and what makes it good after a crash.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use gopherdesk_core::{
    error::Error,
    history::{Cause, journal::Journal},
    host::{
        Host,
        lock::{Lock, WAIT},
        replace,
    },
    plan::{Draft, DraftValue, Plan, PlanKind},
    profile::{Builtin, Title},
    settings::{self, Theme},
};

use crate::ground::put;

/// One writer.
pub(crate) struct Writer {
    pub(crate) name: &'static str,
    /// Makes what is there before.
    pub(crate) prepare: fn(&Host),
    /// Makes the change.
    pub(crate) write: fn(&Host) -> Result<(), Error>,
    /// What the next start does.
    pub(crate) restart: fn(&Host) -> Result<(), Error>,
    /// The file that is changed.
    pub(crate) file: fn(&Host) -> PathBuf,
    /// Whether each change has to be in the history, and nothing else.
    pub(crate) recorded: bool,
}

pub(crate) const ALL: &[Writer] = &[
    Writer {
        name: "a new GOENV file",
        prepare: |host| fs::create_dir_all(&host.folders.config).expect("a folder"),
        write: |host| locked(host, &goenv(host), None, b"GOPROXY=direct\n"),
        restart: |host| sweep(host, &goenv(host)),
        file: goenv,
        recorded: false,
    },
    Writer {
        name: "the GOENV file",
        prepare: |host| put(&goenv(host), &old()),
        write: |host| locked(host, &goenv(host), Some(&old()), b"GOPROXY=direct\n"),
        restart: |host| sweep(host, &goenv(host)),
        file: goenv,
        recorded: false,
    },
    Writer {
        name: "a linked rc file",
        prepare: linked,
        write: |host| locked(host, &bashrc(host), Some(&long("old")), &long("new")),
        restart: |host| sweep(host, &bashrc(host)),
        file: bashrc,
        recorded: false,
    },
    Writer {
        name: "the settings",
        prepare: |host| {
            put(
                settings::open(host).path(),
                b"{\"version\":1,\"language\":\"zh\"}",
            );
        },
        write: dark,
        restart: |host| {
            settings::open(host);
            Ok(())
        },
        file: |host| settings::open(host).path().to_owned(),
        recorded: false,
    },
    Writer {
        name: "damaged settings",
        prepare: |host| put(settings::open(host).path(), b"{\"version\":1,"),
        write: dark,
        restart: |host| {
            settings::open(host);
            Ok(())
        },
        file: |host| settings::open(host).path().to_owned(),
        recorded: false,
    },
    Writer {
        name: "a change with its history",
        prepare: |host| put(&goenv(host), &old()),
        write: apply,
        restart: recover,
        file: goenv,
        recorded: true,
    },
    Writer {
        name: "a profile that is used",
        prepare: |host| put(&goenv(host), &old()),
        write: |host| carry_out(host, &used(host, Some(DOMESTIC))),
        restart: recover,
        file: goenv,
        recorded: true,
    },
    Writer {
        name: "a return to a profile under which there was no file",
        prepare: |host| put(&goenv(host), &old()),
        write: |host| carry_out(host, &used(host, None)),
        restart: recover,
        file: goenv,
        recorded: true,
    },
    Writer {
        name: "the recovery of a change that was made",
        prepare: |host| {
            announce(host);
            put(&goenv(host), b"GOPROXY=direct\n");
        },
        write: recover,
        restart: recover,
        file: goenv,
        recorded: true,
    },
    Writer {
        name: "the recovery of a change that was not made",
        prepare: announce,
        write: recover,
        restart: recover,
        file: goenv,
        recorded: true,
    },
];

pub(crate) fn find(name: &str) -> Option<&'static Writer> {
    ALL.iter().find(|writer| writer.name == name)
}

/// `ok`, or the code of the error.
pub(crate) fn code(result: &Result<(), Error>) -> String {
    match result {
        Ok(()) => "ok".to_owned(),
        Err(error) => serde_json::to_value(error)
            .ok()
            .and_then(|error| Some(error.get("code")?.as_str()?.to_owned()))
            .unwrap_or_else(|| format!("no code: {error:?}")),
    }
}

pub(crate) fn goenv(host: &Host) -> PathBuf {
    host.at_home(".config/go/env").expect("a home")
}

pub(crate) fn bashrc(host: &Host) -> PathBuf {
    host.at_home(".bashrc").expect("a home")
}

/// One page and a bit.
pub(crate) fn old() -> Vec<u8> {
    format!("GOPROXY=off\n# {}\n", "x".repeat(4090)).into_bytes()
}

/// One mebibyte.
fn long(word: &str) -> Vec<u8> {
    format!("# {word}\n{}", "export A=1\n".repeat(95_325)).into_bytes()
}

fn linked(host: &Host) {
    let real = host.at_home("dotfiles/bashrc").expect("a home");
    put(&real, &long("old"));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("its mode");
    symlink("dotfiles/bashrc", bashrc(host)).expect("a link");
}

fn locked(host: &Host, path: &Path, old: Option<&[u8]>, new: &[u8]) -> Result<(), Error> {
    let _lock = Lock::hold(&host.folders, path, WAIT)?;
    Ok(replace::replace(path, old, Some(new))?)
}

fn sweep(host: &Host, path: &Path) -> Result<(), Error> {
    replace::sweep(&host.folders, path)?;
    Ok(())
}

pub(crate) fn dark(host: &Host) -> Result<(), Error> {
    settings::open(host)
        .change(|settings| settings.theme = Theme::Dark)
        .map(drop)
}

pub(crate) fn apply(host: &Host) -> Result<(), Error> {
    carry_out(host, &draft(host))
}

fn carry_out(host: &Host, draft: &Draft) -> Result<(), Error> {
    Journal::open(host).carry_out(draft, host.now()).map(drop)
}

fn recover(host: &Host) -> Result<(), Error> {
    Journal::open(host).recover().map(drop)
}

/// A run that crashed right before its change.
fn announce(host: &Host) {
    put(&goenv(host), &old());
    drop(Journal::open(host).intend(&draft(host), host.now()));
}

/// What a switch of profiles plans: several values at once, or the file as it was under the profile.
fn used(host: &Host, after: Option<&str>) -> Draft {
    let value = |name: &str, before: Option<&str>, after: Option<&str>| DraftValue {
        name: name.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let builtin = match after {
        Some(_) => Builtin::Domestic,
        None => Builtin::Overseas,
    };
    Draft {
        after: after.map(|after| after.as_bytes().to_vec()),
        cause: Cause::ProfileUsed {
            profile: builtin.id().to_owned(),
            title: Title::Builtin { builtin },
            from: None,
        },
        values: vec![
            value(
                "GOPROXY",
                Some("off"),
                after.map(|_| "https://goproxy.cn,direct"),
            ),
            value("GOSUMDB", None, after.map(|_| "sum.golang.google.cn")),
        ],
        ..draft(host)
    }
}

/// The file under a profile of two values.
const DOMESTIC: &str = "GOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.google.cn\n";

fn draft(host: &Host) -> Draft {
    Draft {
        plan: Plan {
            id: "plan".to_owned(),
            kind: PlanKind::Environment,
            path: "~/.config/go/env".to_owned(),
            diff: Vec::new(),
            changes: Vec::new(),
            commands: Vec::new(),
            dangers: Vec::new(),
        },
        target: goenv(host),
        before: Some(old()),
        after: Some(b"GOPROXY=direct\n".to_vec()),
        cause: Cause::Edited {},
        values: vec![DraftValue {
            name: "GOPROXY".to_owned(),
            before: Some("off".to_owned()),
            after: Some("direct".to_owned()),
        }],
    }
}
