//! A chain while it is looked at and built: masked, and with what would mend it.

use serde::{Deserialize, Serialize};

use super::{Junction, fix, judge, list};
use crate::{
    checksum::{Database, Gosumdb},
    environment::check::Problem,
    host::Os,
    mirror::{Address, Region, catalogue},
    secret::mask_text,
    toolchain::Version,
};

/// Asks to look at a chain. Nothing is kept or written.
///
/// The masked form of a known entry stands for the entry with its credentials, so the page never has to see them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct ReadChain {
    /// Which.
    pub chain: ChainText,
    /// GOSUMDB with it; none is what is in effect.
    pub gosumdb: Option<String>,
}

/// A chain, by what it is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum ChainText {
    /// What a terminal uses now.
    InEffect {},
    /// A value of GOPROXY.
    Text {
        /// The value.
        goproxy: String,
    },
    /// Its parts.
    Entries {
        /// In their order.
        entries: Vec<EntryWish>,
    },
}

/// One part of a chain that is built.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct EntryWish {
    /// An address, `direct` or `off`.
    pub text: String,
    /// When the next one is asked; of the last one it means nothing.
    pub next: Junction,
}

/// Asks to set GOPROXY and GOSUMDB together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct UseChain {
    /// For GOPROXY; masked entries stand for those that are known.
    pub goproxy: String,
    /// For GOSUMDB; none leaves it as it is.
    pub gosumdb: Option<String>,
}

/// A chain, as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct ChainView {
    /// GOPROXY, masked.
    pub goproxy: String,
    /// GOSUMDB, masked.
    pub gosumdb: String,
    /// In their order, with those that Go never comes to.
    pub entries: Vec<ChainEntry>,
    /// What go prints when it refuses the whole list; none when it takes it.
    pub error: Option<String>,
    /// What is wrong, and what would mend it.
    pub problems: Vec<ChainProblem>,
}

/// One source of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct ChainEntry {
    /// As it stands there, masked.
    pub text: String,
    /// What it is.
    pub source: Source,
    /// The id of the mirror in the list; none for any other.
    pub mirror: Option<String>,
    /// When the next one is asked; none for the last.
    pub next: Option<Junction>,
    /// Go may come to it: it does not stand behind `direct` or `off`.
    pub reached: bool,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A server.
    Mirror,
    /// A folder: `file://`.
    Files,
    /// Where modules come from.
    Direct,
    /// The end.
    Off,
    /// Nothing that Go takes.
    Unreadable,
}

/// What is wrong with a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct ChainProblem {
    /// What it is.
    pub problem: Problem,
    /// The place of its entry, from 0; none when it is of the whole.
    pub entry: Option<u32>,
    /// Go downloads nothing with it.
    pub refused: bool,
    /// How the chain would be without it; none where only the user knows.
    pub fix: Option<ChainFix>,
}

/// A chain without a problem, masked. It is read like any text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct ChainFix {
    /// For GOPROXY.
    pub goproxy: String,
    /// For GOSUMDB.
    pub gosumdb: String,
}

/// What a chain is looked at with.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Whose paths.
    pub os: Os,
    /// Which Go; none when it does not answer.
    pub go: Option<&'a Version>,
    /// What GOPROXY is where nobody sets it.
    pub default: Option<&'a str>,
    /// Ids and raw addresses of the mirrors in the list.
    pub mirrors: &'a [(String, String)],
}

/// The text of a chain that is given by its parts.
pub fn text_of(entries: &[EntryWish]) -> String {
    let mut text = String::new();
    for (at, entry) in entries.iter().enumerate() {
        text += entry.text.trim();
        if at + 1 < entries.len() {
            text.push(entry.next.separator());
        }
    }
    text
}

/// Looks at a raw chain.
pub fn read(goproxy: &str, gosumdb: &str, known: &Known<'_>) -> ChainView {
    let parts: Vec<_> = list::entries(goproxy).collect();
    let mut reached = true;
    let mut entries = Vec::new();
    for (at, (entry, next)) in parts.iter().enumerate() {
        let source = source(entry, known);
        entries.push(ChainEntry {
            text: mask_text(entry),
            source,
            mirror: mirror(entry, known),
            next: (at + 1 < parts.len()).then_some(*next),
            reached,
        });
        reached &= !matches!(source, Source::Direct | Source::Off);
    }
    let found = problems(goproxy, gosumdb, known);
    let problems = found.iter().map(|one| {
        let fix = fix::of(one, &parts, gosumdb, known.default)
            .filter(|(goproxy, gosumdb)| mends(one, &found, &problems(goproxy, gosumdb, known)));
        ChainProblem {
            fix: fix.map(|(goproxy, gosumdb)| ChainFix {
                goproxy: mask_text(&goproxy),
                gosumdb: mask_text(&gosumdb),
            }),
            entry: one.entry.and_then(|at| u32::try_from(at).ok()),
            refused: one.refused,
            problem: one.problem.clone(),
        }
    });
    ChainView {
        problems: problems.collect(),
        error: judge::refusal(goproxy, known.os, known.go).map(|fault| fault.to_string()),
        goproxy: mask_text(goproxy),
        gosumdb: mask_text(gosumdb),
        entries,
    }
}

fn problems(goproxy: &str, gosumdb: &str, known: &Known<'_>) -> Vec<judge::Found> {
    let mut found = judge::judge(goproxy, known.os, known.go);
    let without = without_database(goproxy, gosumdb, known);
    found.extend(without.map(|problem| judge::Found {
        problem,
        entry: None,
        refused: false,
    }));
    found
}

/// Whether a fix does what it is for, and Go takes all that it took before.
fn mends(one: &judge::Found, before: &[judge::Found], after: &[judge::Found]) -> bool {
    let same = |found: &[judge::Found]| found.iter().filter(|f| f.problem == one.problem).count();
    let refused = |found: &[judge::Found]| found.iter().filter(|f| f.refused).count();
    same(after) < same(before) && refused(after) <= refused(before)
}

fn source(entry: &str, known: &Known<'_>) -> Source {
    match entry {
        "direct" => Source::Direct,
        "off" => Source::Off,
        _ => {
            let url = list::completed(entry, known.os);
            match super::address::check(&url, known.go) {
                Err(_) => Source::Unreadable,
                Ok(()) if url.len() > 5 && url[..5].eq_ignore_ascii_case("file:") => Source::Files,
                Ok(()) => Source::Mirror,
            }
        }
    }
}

fn mirror(entry: &str, known: &Known<'_>) -> Option<String> {
    let address = Address::parse(entry)?;
    let mut mirrors = known.mirrors.iter();
    let found = mirrors.find(|(_, url)| Address::parse(url).as_ref() == Some(&address));
    found.map(|(id, _)| id.clone())
}

/// Whether the database would have to be asked past every mirror, where a mirror in mainland China stands because that
/// cannot be done.
fn without_database(goproxy: &str, gosumdb: &str, known: &Known<'_>) -> Option<Problem> {
    let Ok(Gosumdb::Database {
        database,
        url: None,
    }) = Gosumdb::parse(gosumdb)
    else {
        return None;
    };
    if database != Database::sum_golang_org() {
        return None;
    }
    let mut asked = list::entries(goproxy)
        .map(|(entry, _)| (entry, source(entry, known)))
        .take_while(|(_, source)| !matches!(source, Source::Direct | Source::Off))
        .filter(|(_, source)| *source == Source::Mirror)
        .map(|(entry, _)| catalogue::recognise(entry))
        .peekable();
    asked.peek()?;
    let is_without = asked.all(|mirror| {
        mirror.is_some_and(|mirror| {
            mirror.region == Some(Region::Mainland) && mirror.databases.is_empty()
        })
    });
    is_without.then(|| Problem::ProxyWithoutDatabase {
        database: gosumdb.to_owned(),
    })
}
