//! Undo and redo: byte for byte, by value, by line, or refused with what is in the way.

use std::{fs, io::Write, path::Path};

use gopherdesk_core::{
    error::{Error, HistoryError},
    history::{Cause, journal::Journal, undo},
    plan::{Draft, PlanKind},
};
use proptest::{
    prelude::{ProptestConfig, any, prop},
    prop_assert_eq, proptest,
};

use super::history::Ground;

fn put(path: &Path, bytes: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("its folders");
    fs::File::create(path)
        .and_then(|mut file| file.write_all(bytes.as_bytes()))
        .expect("by hand");
}

/// Plans the undo of `id` and carries it out.
fn undo(ground: &Ground, journal: &Journal, id: &str) -> Result<String, Error> {
    let draft = undo::draft(&ground.host, journal, id)?;
    assert_eq!(
        draft.cause,
        Cause::Undone {
            entry: id.to_owned()
        },
        "the history will say why"
    );
    journal.carry_out(&draft, ground.host.now())
}

fn drifted(result: Result<String, Error>) -> Vec<String> {
    match result {
        Err(Error::History(HistoryError::Drifted { what })) => what,
        other => panic!("refused, because it was changed since: {other:?}"),
    }
}

#[test]
fn the_undo_of_the_first_change_removes_the_file_and_its_undo_brings_it_back() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    let first = ground
        .write(&journal, Some("GOPROXY=direct\n"))
        .expect("written");
    let undone = undo(&ground, &journal, &first).expect("undone");
    assert_eq!(ground.bytes(), None, "there was no file");
    assert!(
        matches!(
            undo(&ground, &journal, &first),
            Err(Error::History(HistoryError::AlreadyUndone {}))
        ),
        "once is enough"
    );
    let redone = undo(&ground, &journal, &undone).expect("redone");
    assert_eq!(
        ground.bytes().as_deref(),
        Some(&b"GOPROXY=direct\n"[..]),
        "as it was"
    );
    let entries = journal.entries().expect("readable").entries;
    let by: Vec<_> = entries
        .iter()
        .map(|entry| entry.undone_by.as_deref())
        .collect();
    assert_eq!(
        by,
        [None, Some(redone.as_str()), None],
        "the first change holds again"
    );
    undo(&ground, &journal, &first).expect("and can be undone again");
    assert_eq!(ground.bytes(), None, "there was no file");
}

#[test]
fn the_undo_restores_every_byte() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    let odd = "\u{feff}# mine\r\nGOPROXY=a\r\nGOPROXY=b\n\n  x\nGOSUMDB=off";
    put(&ground.file, odd);
    let id = ground
        .write(&journal, Some("GOPROXY=direct\n"))
        .expect("written");
    undo(&ground, &journal, &id).expect("undone");
    assert_eq!(
        ground.bytes().as_deref(),
        Some(odd.as_bytes()),
        "not one byte differs"
    );
}

#[test]
fn another_change_in_the_file_stays() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    put(&ground.file, "GOPROXY=off\n");
    let id = ground
        .write(&journal, Some("GOPROXY=direct\n"))
        .expect("written");
    put(&ground.file, "# by hand\nGOPROXY=direct\nGOSUMDB=off\n");
    let draft = undo::draft(&ground.host, &journal, &id).expect("the value is as we left it");
    assert_eq!(
        draft.plan.commands,
        ["go env -w GOPROXY=off"],
        "the same by command"
    );
    assert_eq!(draft.plan.path, "~/.config/go/env", "the file it is about");
    assert_eq!(draft.plan.changes.len(), 1, "only what the change touched");
    assert_eq!(
        draft.after.as_deref(),
        Some(&b"# by hand\nGOPROXY=off\nGOSUMDB=off\n"[..]),
        "only what the change touched"
    );
}

#[test]
fn a_value_that_was_changed_again_is_not_overwritten() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    let id = ground
        .write(&journal, Some("GOPROXY=direct\n"))
        .expect("written");
    put(&ground.file, "GOPROXY=https://other.example\n");
    assert_eq!(
        drifted(undo(&ground, &journal, &id)),
        ["GOPROXY"],
        "which one is said"
    );
    fs::remove_file(&ground.file).expect("by hand");
    assert_eq!(
        drifted(undo(&ground, &journal, &id)),
        ["GOPROXY"],
        "gone is changed, too"
    );
}

#[test]
fn credentials_come_back_and_are_not_shown() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    put(&ground.file, "GOPROXY=https://ann:secret@a.example\n");
    let id = ground
        .write(&journal, Some("GOPROXY=direct\n"))
        .expect("written");
    put(&ground.file, "GOPROXY=direct\n# by hand\n");
    let draft = undo::draft(&ground.host, &journal, &id).expect("the value is as we left it");
    let shown = serde_json::to_string(&draft.plan).expect("a plan");
    assert!(
        !shown.contains("secret"),
        "no password in what is shown: {shown}"
    );
    let after = draft.after.expect("a file");
    assert!(
        after.windows(6).any(|bytes| bytes == b"secret"),
        "it is in the file"
    );
}

#[test]
fn nobody_knows_an_entry_that_was_never_given_out() {
    let ground = Ground::new();
    let journal = Journal::open(&ground.host);
    let refused = undo(&ground, &journal, "7");
    assert!(
        matches!(&refused, Err(Error::History(HistoryError::UnknownEntry { id })) if id == "7"),
        "no such entry: {refused:?}"
    );
}

const RC: &str = "export A=1\nexport GOPROXY=off\nexport B=2\n";
const COMMENTED: &str = "export A=1\n# export GOPROXY=off\nexport B=2\n";

/// A line of a start-up file was commented out; then the file was edited by hand.
fn commented(edited: &str) -> (Ground, Journal, String) {
    let mut ground = Ground::new();
    ground.file = ground.host.at_home(".bashrc").expect("a home");
    let journal = Journal::open(&ground.host);
    put(&ground.file, RC);
    let mut draft: Draft = ground.draft(Some(COMMENTED));
    draft.plan.kind = PlanKind::Startup;
    draft.cause = Cause::CommentedOut { line: 2 };
    let id = journal
        .carry_out(&draft, ground.host.now())
        .expect("written");
    put(&ground.file, edited);
    (ground, journal, id)
}

#[test]
fn the_undo_of_a_comment_restores_the_file_or_just_that_line() {
    for (edited, expected) in [
        (COMMENTED, RC),
        (
            "export A=1\nnew\n# export GOPROXY=off\n",
            "export A=1\nnew\nexport GOPROXY=off\n",
        ),
    ] {
        let (ground, journal, id) = commented(edited);
        undo(&ground, &journal, &id).expect("undone");
        assert_eq!(
            String::from_utf8_lossy(&ground.bytes().expect("there")),
            expected,
            "from {edited:?}"
        );
    }
}

#[test]
fn a_comment_that_is_gone_or_there_twice_is_left_alone() {
    for edited in [
        RC,
        "",
        "# export GOPROXY=off\n# export GOPROXY=off\n",
        "echo # export GOPROXY=off\n",
        "# export GOPROXY=off # mine\n",
    ] {
        let (ground, journal, id) = commented(edited);
        assert_eq!(
            drifted(undo(&ground, &journal, &id)),
            ["~/.bashrc"],
            "the file is {edited:?}"
        );
        assert_eq!(
            ground.bytes().as_deref(),
            Some(edited.as_bytes()),
            "nothing was written"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_gives_the_first_file(
        first in any::<Option<String>>(),
        values in prop::collection::vec("[a-z]{1,8}", 1..8),
    ) {
        let ground = Ground::new();
        let journal = Journal::open(&ground.host);
        if let Some(text) = &first {
            put(&ground.file, text);
        }
        let mut done = Vec::new();
        for value in values {
            done.push((ground.bytes(), ground.write(&journal, Some(&format!("GOPROXY={value}\n# {}\n", done.len()))).expect("written")));
        }
        for (before, id) in done.into_iter().rev() {
            let redo = undo(&ground, &journal, &id).expect("undone");
            prop_assert_eq!(&ground.bytes(), &before, "each undo gives the bytes before");
            let again = undo(&ground, &journal, &redo).expect("redone");
            undo(&ground, &journal, &again).expect("undone again");
            prop_assert_eq!(&ground.bytes(), &before, "and so does the undo of the redo");
        }
        prop_assert_eq!(ground.bytes(), first.map(String::into_bytes), "the first file");
    }
}
