//! A thousand random sequences of changes, undos, redos and changes by others (reliability A11).
//!
//! What each step has to come to is worked out here from the bytes alone, without the journal.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    os::unix::fs::{PermissionsExt, symlink},
};

use gopherdesk_core::{
    environment::file::EnvText,
    error::{Error, HistoryError},
    history::{
        Cause,
        journal::{Journal, Recovery},
        undo,
    },
    plan::{Draft, DraftValue},
};
use proptest::{
    prelude::{ProptestConfig, Strategy, any, prop},
    prop_assert_eq, prop_oneof, proptest,
    sample::{Index, select},
    test_runner::TestCaseError,
};

use super::history::Ground;

type Checked = Result<(), TestCaseError>;
type Bytes = Option<Vec<u8>>;
type Values = BTreeMap<String, String>;

/// One thing that happens to the file.
#[derive(Debug, Clone)]
enum Step {
    /// We change it.
    Change(Wish),
    /// We undo one of the changes so far, or an undo of them.
    Undo(Index),
    /// Somebody else changes it.
    Outside(Outside),
    /// We look at it, somebody else changes it, and then we write.
    Late(Wish, Outside),
}

/// A variable, and its value, or none to unset it.
type Wish = (&'static str, Option<String>);

#[derive(Debug, Clone)]
enum Outside {
    /// As `go env -w` does.
    Set(Wish),
    Comment,
    Remove,
    Replace(&'static str),
}

/// A change that we made.
struct Made {
    id: String,
    before: Bytes,
    after: Bytes,
    undoes: Option<usize>,
}

fn wish() -> impl Strategy<Value = Wish> {
    let value = prop_oneof![3 => "[a-c]{1,2}".prop_map(Some), 1 => select(vec![None])];
    (select(&["GOPROXY", "GOSUMDB"][..]), value)
}

fn outside() -> impl Strategy<Value = Outside> {
    prop_oneof![
        3 => wish().prop_map(Outside::Set),
        2 => select(vec![Outside::Comment]),
        1 => select(vec![Outside::Remove]),
        1 => select(&["GOPROXY=a\r\n# x\nGOPROXY=b", "\u{feff}GOPROXY=a\n\n", "GOSUMDB=\nGOPROXY=c\n"][..])
            .prop_map(Outside::Replace),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => wish().prop_map(Step::Change),
        6 => any::<Index>().prop_map(Step::Undo),
        2 => outside().prop_map(Step::Outside),
        1 => (wish(), outside()).prop_map(|(wish, outside)| Step::Late(wish, outside)),
    ]
}

/// The file and its past, as they have to be.
struct Story {
    ground: Ground,
    journal: Journal,
    made: Vec<Made>,
    /// It is still the linked file with a mode of its own that it was at first.
    linked: bool,
}

impl Story {
    fn new(first: Option<&str>) -> Self {
        let ground = Ground::new();
        fs::create_dir_all(ground.file.parent().expect("a folder")).expect("a folder");
        if let Some(text) = first {
            let real = ground.host.at_home("dotfiles").expect("a home");
            fs::create_dir_all(real.parent().expect("a folder")).expect("a folder");
            fs::File::create(&real)
                .and_then(|mut file| file.write_all(text.as_bytes()))
                .expect("by hand");
            fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("its mode");
            symlink(&real, &ground.file).expect("a link");
        }
        let journal = Journal::open(&ground.host);
        Self {
            ground,
            journal,
            made: Vec::new(),
            linked: first.is_some(),
        }
    }

    fn step(&mut self, step: &Step) -> Checked {
        match step {
            Step::Change(wish) => {
                let draft = self.draft(wish);
                let id = self.journal.carry_out(&draft, self.ground.host.now());
                self.record(id.expect("nothing is in its way"), draft, None);
            }
            Step::Undo(index) if !self.made.is_empty() => {
                self.undo(index.index(self.made.len()))?;
            }
            Step::Undo(_) => {}
            Step::Outside(outside) => self.outside(outside),
            Step::Late(wish, outside) => {
                let draft = self.draft(wish);
                self.outside(outside);
                let found = self.ground.bytes();
                let said = self.journal.carry_out(&draft, self.ground.host.now());
                if found == draft.before {
                    self.record(said.expect("the same bytes again"), draft, None);
                } else {
                    let stale = matches!(said, Err(Error::History(HistoryError::Stale { .. })));
                    assert!(stale, "the change of somebody else is seen: {said:?}");
                    prop_assert_eq!(self.ground.bytes(), found, "and not overwritten");
                }
            }
        }
        self.check()
    }

    fn draft(&self, (name, value): &Wish) -> Draft {
        let mut draft = self.ground.draft(None);
        let mut text = EnvText::parse(draft.before.as_deref().unwrap_or_default());
        let before = text.get(name).map(str::to_owned);
        match value {
            Some(value) => text.set(name, value),
            None => text.unset(name),
        }
        draft.values.clear();
        if before != *value {
            draft.values.push(DraftValue {
                name: (*name).to_owned(),
                before,
                after: value.clone(),
            });
        }
        let nothing = draft.before.is_none() && value.is_none();
        draft.after = (!nothing).then(|| text.render());
        draft
    }

    fn record(&mut self, id: String, draft: Draft, undoes: Option<usize>) {
        assert_eq!(self.ground.bytes(), draft.after, "what was planned");
        self.made.push(Made {
            id,
            before: draft.before,
            after: draft.after,
            undoes,
        });
    }

    fn undo(&mut self, which: usize) -> Checked {
        let now = self.ground.bytes();
        let made = &self.made[which];
        let said = undo::draft(&self.ground.host, &self.journal, &made.id);
        if self.is_undone(which) {
            let already = matches!(said, Err(Error::History(HistoryError::AlreadyUndone {})));
            assert!(already, "once is enough: {said:?}");
        } else if now == made.after {
            let draft = said.expect("nobody was there since");
            prop_assert_eq!(&draft.after, &made.before, "byte for byte");
            self.carry_out(draft, which);
        } else if let Some(drifted) = drifted(made, now.as_ref()) {
            let Err(Error::History(HistoryError::Drifted { what })) = said else {
                panic!("{drifted:?} was changed again: {said:?}");
            };
            prop_assert_eq!(what, drifted, "which ones is said");
        } else {
            let changes = changes(made.after.as_ref(), made.before.as_ref());
            let draft = said.expect("what was changed is as it was left");
            let mut expected = values(now.as_ref());
            for (name, value) in &changes {
                match value {
                    Some(value) => expected.insert(name.clone(), value.clone()),
                    None => expected.remove(name),
                };
            }
            prop_assert_eq!(
                values(draft.after.as_ref()),
                expected,
                "only what was changed is set back"
            );
            prop_assert_eq!(
                others(draft.after.as_ref(), &changes),
                others(now.as_ref(), &changes),
                "every other line stays, byte for byte"
            );
            self.carry_out(draft, which);
        }
        Ok(())
    }

    fn carry_out(&mut self, draft: Draft, undoes: usize) {
        assert!(
            matches!(&draft.cause, Cause::Undone { entry } if *entry == self.made[undoes].id),
            "the history says why"
        );
        let id = self.journal.carry_out(&draft, self.ground.host.now());
        self.record(id.expect("planned just now"), draft, Some(undoes));
    }

    /// Whether an undo of it stands, which is itself not undone.
    fn is_undone(&self, which: usize) -> bool {
        let mut undos =
            (which + 1..self.made.len()).filter(|later| self.made[*later].undoes == Some(which));
        undos.any(|undo| !self.is_undone(undo))
    }

    fn outside(&mut self, outside: &Outside) {
        let now = self.ground.bytes();
        let bytes = match outside {
            Outside::Set((name, value)) => {
                let mut text = EnvText::parse(now.as_deref().unwrap_or_default());
                match value {
                    Some(value) => text.set(name, value),
                    None => text.unset(name),
                }
                text.render()
            }
            Outside::Comment => [now.as_deref().unwrap_or_default(), b"# by hand\n"].concat(),
            Outside::Replace(text) => text.as_bytes().to_vec(),
            Outside::Remove => {
                self.linked &= now.is_none();
                drop(fs::remove_file(&self.ground.file));
                return;
            }
        };
        fs::File::create(&self.ground.file)
            .and_then(|mut file| file.write_all(&bytes))
            .expect("by hand");
    }

    fn check(&self) -> Checked {
        if self.linked {
            let link = fs::symlink_metadata(&self.ground.file).expect("the link");
            let mode = fs::metadata(&self.ground.file)
                .expect("the file")
                .permissions();
            prop_assert_eq!(
                (link.is_symlink(), mode.mode() & 0o777),
                (true, 0o640),
                "the link and the mode stay"
            );
        }
        Ok(())
    }

    fn end(&self) -> Checked {
        let found = self.ground.bytes();
        let again = Journal::open(&self.ground.host);
        prop_assert_eq!(
            again.recover().expect("a new start"),
            Recovery::default(),
            "nothing is open"
        );
        let history = again.entries().expect("readable");
        prop_assert_eq!(history.unreadable, 0, "every line is whole");
        let listed: Vec<_> = history.entries.iter().map(|entry| &entry.id).collect();
        let made: Vec<_> = self.made.iter().rev().map(|made| &made.id).collect();
        prop_assert_eq!(listed, made, "the history is what happened");
        prop_assert_eq!(self.ground.bytes(), found, "a start changes nothing");
        Ok(())
    }
}

fn values(bytes: Option<&Vec<u8>>) -> Values {
    let bytes = bytes.map(Vec::as_slice).unwrap_or_default();
    EnvText::parse(bytes).values().into_iter().collect()
}

/// The variables that differ, with their values in `to`.
fn changes(from: Option<&Vec<u8>>, to: Option<&Vec<u8>>) -> BTreeMap<String, Option<String>> {
    let (from, to) = (values(from), values(to));
    let names: BTreeSet<_> = from.keys().chain(to.keys()).cloned().collect();
    names
        .into_iter()
        .filter(|name| from.get(name) != to.get(name))
        .map(|name| (name.clone(), to.get(&name).cloned()))
        .collect()
}

/// What stands in the way of an undo by value, if anything does.
fn drifted(made: &Made, now: Option<&Vec<u8>>) -> Option<Vec<String>> {
    let left = changes(made.before.as_ref(), made.after.as_ref());
    if left.is_empty() {
        // only bytes were changed, and they are no longer there
        return Some(vec!["~/.config/go/env".to_owned()]);
    }
    let now = values(now);
    let drifted: Vec<_> = left
        .iter()
        .filter(|(name, value)| now.get(*name) != value.as_ref())
        .map(|(name, _)| name.clone())
        .collect();
    (!drifted.is_empty()).then_some(drifted)
}

/// The lines that set none of `changes`; a line feed that the last one lacked does not count.
fn others(bytes: Option<&Vec<u8>>, changes: &BTreeMap<String, Option<String>>) -> Vec<Vec<u8>> {
    let bytes = bytes.map(Vec::as_slice).unwrap_or_default();
    EnvText::parse(bytes)
        .lines()
        .filter(|(_, line)| {
            !changes
                .keys()
                .any(|name| line.starts_with(format!("{name}=").as_bytes()))
        })
        .map(|(_, line)| line.to_vec())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_an_undo_undoes_its_change_and_nothing_else(
        first in select(vec![None, Some(""), Some("GOPROXY=a\n"), Some("\u{feff}# mine\r\nGOPROXY=a\r\nGOPROXY=b\n\nGOSUMDB=off")]),
        steps in prop::collection::vec(step(), 1..16),
    ) {
        let mut story = Story::new(first);
        for step in &steps {
            story.step(step)?;
        }
        story.end()?;
    }
}
