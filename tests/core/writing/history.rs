//! The journal: what it keeps, what it shows, and what it makes of a crash.

use std::{fs, io::Write, path::PathBuf};

use gopherdesk_core::{
    error::{Error, HistoryError},
    history::{
        Cause,
        journal::{Journal, Recovery},
    },
    host::Host,
    plan::{Draft, DraftValue, Plan, PlanKind},
};
use tempfile::TempDir;

pub(super) struct Ground {
    pub(super) host: Host,
    pub(super) file: PathBuf,
    _folder: TempDir,
}

impl Ground {
    pub(super) fn new() -> Self {
        let folder = super::folder();
        let host = Host::sandbox(folder.path());
        let file = host.at_home(".config/go/env").expect("a home");
        Self {
            host,
            file,
            _folder: folder,
        }
    }

    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        fs::read(&self.file).ok()
    }

    /// A change of `GOPROXY` from what the file holds now.
    pub(super) fn draft(&self, after: Option<&str>) -> Draft {
        let before = self.bytes();
        let value = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            text.trim().strip_prefix("GOPROXY=").map(str::to_owned)
        };
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
            target: self.file.clone(),
            values: vec![DraftValue {
                name: "GOPROXY".to_owned(),
                before: before.as_deref().and_then(value),
                after: after.and_then(|after| value(after.as_bytes())),
            }],
            before,
            after: after.map(|after| after.as_bytes().to_vec()),
            cause: Cause::Edited {},
        }
    }

    pub(super) fn write(&self, journal: &Journal, after: Option<&str>) -> Result<String, Error> {
        journal.carry_out(&self.draft(after), self.host.now())
    }

    fn append(&self, bytes: &[u8]) {
        fs::OpenOptions::new()
            .append(true)
            .open(self.host.folders.state.join("history.jsonl"))
            .and_then(|mut file| file.write_all(bytes))
            .expect("the journal");
    }
}

#[test]
fn changes_are_listed_newest_first_with_credentials_masked() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    ground
        .write(&journal, Some("GOPROXY=https://ann:secret@a.example\n"))
        .expect("written");
    ground
        .write(&journal, Some("GOPROXY=direct\n"))
        .expect("written");
    let history = Journal::open(&ground.host).entries().expect("readable");
    let shown: Vec<_> = history
        .entries
        .iter()
        .map(|entry| {
            (
                entry.id.as_str(),
                entry.changes[0].before.as_deref(),
                entry.changes[0].after.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("2", Some("https://***@a.example"), Some("direct")),
            ("1", None, Some("https://***@a.example"))
        ],
        "both changes, and no password"
    );
    let (intent, _) = journal.find("2").expect("known");
    assert_eq!(
        journal.before(&intent).expect("kept"),
        Some(Some(b"GOPROXY=https://ann:secret@a.example\n".to_vec())),
        "the bytes before are kept as they were"
    );
}

#[cfg(unix)]
#[test]
fn only_the_user_can_read_the_history() {
    use std::os::unix::fs::MetadataExt;

    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    for after in ["GOPROXY=a\n", "GOPROXY=b\n"] {
        ground.write(&journal, Some(after)).expect("written");
    }
    let state = &ground.host.folders.state;
    for (name, mode) in [
        ("", 0o700),
        ("history.jsonl", 0o600),
        ("backups", 0o700),
        ("backups/2", 0o600),
    ] {
        let found = fs::metadata(state.join(name)).expect(name).mode() & 0o777;
        assert_eq!(found, mode, "the mode of {name:?} in the state folder");
    }
}

#[test]
fn a_change_that_is_refused_is_no_history() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    let draft = ground.draft(Some("GOPROXY=direct\n"));
    ground
        .write(&journal, Some("GOPROXY=off\n"))
        .expect("written");
    let refused = journal.carry_out(&draft, ground.host.now());
    assert!(
        matches!(refused, Err(Error::History(HistoryError::Stale { .. }))),
        "the file moved on: {refused:?}"
    );
    let history = journal.entries().expect("readable");
    assert_eq!(history.entries.len(), 1, "only what was done is listed");
    assert_eq!(
        journal.recover().expect("nothing to do"),
        Recovery::default(),
        "and nothing is open"
    );
}

#[test]
fn what_a_crash_left_open_gets_its_true_end() {
    for (found, expected) in [
        (Some("GOPROXY=new\n"), "finished"),
        (Some("GOPROXY=old\n"), "rolled back"),
        (Some("GOPROXY=other\n"), "interrupted"),
        (None, "interrupted"),
    ] {
        let ground = Ground::new();
        let journal = Journal::open(&ground.host);
        ground
            .write(&journal, Some("GOPROXY=old\n"))
            .expect("written");
        drop(journal.intend(&ground.draft(Some("GOPROXY=new\n")), ground.host.now()));
        match found {
            Some(text) => {
                let file = fs::OpenOptions::new()
                    .write(true)
                    .truncate(true)
                    .open(&ground.file);
                file.and_then(|mut file| file.write_all(text.as_bytes()))
                    .expect("written by hand");
            }
            None => fs::remove_file(&ground.file).expect("removed by hand"),
        }
        let next = Journal::open(&ground.host);
        let recovery = next.recover().expect("the next start");
        let list = vec![ground.file.clone()];
        let wanted = match expected {
            "finished" => Recovery {
                finished: list,
                ..Recovery::default()
            },
            "rolled back" => Recovery {
                rolled_back: list,
                ..Recovery::default()
            },
            _ => Recovery {
                interrupted: list,
                ..Recovery::default()
            },
        };
        assert_eq!(recovery, wanted, "the file holds {found:?}");
        let count = next.entries().expect("readable").entries.len();
        assert_eq!(
            count,
            if expected == "finished" { 2 } else { 1 },
            "history says what happened: {expected}"
        );
        assert_eq!(
            next.recover().expect("once more"),
            Recovery::default(),
            "it is said once: {expected}"
        );
    }
}

#[test]
fn work_of_another_run_is_not_judged() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    let pending = journal
        .intend(&ground.draft(Some("GOPROXY=new\n")), ground.host.now())
        .expect("announced");
    let recovery = Journal::open(&ground.host)
        .recover()
        .expect("another start");
    assert_eq!(recovery, Recovery::default(), "it is at work, not crashed");
    pending.abandon().expect("ended by itself");
}

#[test]
fn a_torn_line_breaks_nothing_and_is_kept() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    ground
        .write(&journal, Some("GOPROXY=a\n"))
        .expect("written");
    ground.append(b"{\"record\":\"intent\",\"seq\":2,\"id\":\"2\",\"at\":\"19");
    let journal = Journal::open(&ground.host);
    ground
        .write(&journal, Some("GOPROXY=b\n"))
        .expect("written");
    ground.append(b"\xff\0 not a record\n{\"record\":\"later\"}\n");
    let journal = Journal::open(&ground.host);
    let id = ground
        .write(&journal, Some("GOPROXY=c\n"))
        .expect("written");
    let history = Journal::open(&ground.host).entries().expect("readable");
    assert_eq!(history.entries.len(), 3, "every change is listed");
    assert_eq!(history.unreadable, 3, "and what cannot be read is counted");
    assert_eq!(history.entries[0].id, id, "the newest is the newest");
    let text = fs::read(ground.host.folders.state.join("history.jsonl")).expect("there");
    let kept = b"not a record";
    assert!(
        text.windows(kept.len()).any(|found| found == kept),
        "nothing was thrown away"
    );
}

#[test]
fn a_journal_torn_anywhere_can_be_read_and_written() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    ground
        .write(&journal, Some("GOPROXY=a\n"))
        .expect("written");
    ground
        .write(&journal, Some("GOPROXY=b\n"))
        .expect("written");
    let path = ground.host.folders.state.join("history.jsonl");
    let whole = fs::read(&path).expect("there");
    for end in 0..whole.len() {
        let file = fs::OpenOptions::new()
            .write(true)
            .truncate(true)
            .open(&path);
        file.and_then(|mut file| file.write_all(&whole[..end]))
            .expect("torn by hand");
        let journal = Journal::open(&ground.host);
        journal.recover().expect("the next start");
        ground
            .write(&journal, Some(&format!("GOPROXY={end}\n")))
            .expect("written");
        let newest = journal.entries().expect("readable").entries.remove(0);
        assert_eq!(
            newest.changes[0].after.as_deref(),
            Some(end.to_string().as_str()),
            "the change after the tear at {end} is listed"
        );
        let text = fs::read(&path).expect("there");
        assert!(
            text.starts_with(&whole[..end]),
            "what was there at {end} is still there"
        );
    }
}

#[test]
fn a_long_history_is_listed_and_continued() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    ground
        .write(&journal, Some("GOPROXY=a\n"))
        .expect("written");
    let path = ground.host.folders.state.join("history.jsonl");
    let pair = fs::read_to_string(&path).expect("there");
    let mut text = String::new();
    for number in 1..=20_000 {
        let renamed = pair.replace("\"id\":\"1\"", &format!("\"id\":\"{number}\""));
        text.push_str(&renamed.replace("\"seq\":1,", &format!("\"seq\":{number},")));
    }
    fs::File::create(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .expect("a long journal");
    let journal = Journal::open(&ground.host);
    journal.recover().expect("the next start");
    let id = ground
        .write(&journal, Some("GOPROXY=b\n"))
        .expect("written");
    assert_eq!(id, "20001", "numbers go on");
    let history = journal.entries().expect("readable");
    assert_eq!(history.entries.len(), 20_001, "every change is listed");
    assert_eq!(history.unreadable, 0, "and read");
}

#[test]
fn only_the_newest_backups_are_kept() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    for number in 0..210 {
        ground
            .write(&journal, Some(&format!("GOPROXY={number}\n")))
            .expect("written");
    }
    // what a crash between backup and intent leaves
    let backups = ground.host.folders.state.join("backups");
    fs::File::create(backups.join("900")).expect("a backup nobody names");
    let journal = Journal::open(&ground.host);
    journal.recover().expect("the next start");
    let count = fs::read_dir(&backups).expect("there").count();
    assert_eq!(count, 200, "the newest of those that a change names");
    let kept = |id: &str| {
        let (intent, _) = journal.find(id).expect("listed");
        journal.before(&intent).expect("readable").is_some()
    };
    assert!(kept("210"), "the newest can be undone byte for byte");
    assert!(!kept("10"), "an old one by its value");
}
