//! What was asked for of caches.

use std::path::PathBuf;

use clap::ArgMatches;
use gopherdesk_core::cache::Tier;

use super::{Consent, texts_of};

/// What to do with caches.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CacheVerb {
    List,
    Scan {
        caches: Vec<String>,
        projects: Vec<PathBuf>,
        exact: bool,
        lines: bool,
    },
    Plan {
        targets: Vec<Target>,
        caches: Vec<String>,
        projects: Vec<PathBuf>,
    },
    Clean {
        targets: Vec<Target>,
        caches: Vec<String>,
        projects: Vec<PathBuf>,
        beside_go: bool,
        keep_aside: bool,
        lines: bool,
        consent: Consent,
    },
    Restore {
        aside: Option<String>,
    },
    Purge {
        aside: Option<String>,
        lines: bool,
        consent: Consent,
    },
    Verify {
        versions: Vec<String>,
        caches: Vec<String>,
        lines: bool,
    },
    Move {
        to: PathBuf,
        beside_go: bool,
        delete_old: bool,
        lines: bool,
        consent: Consent,
    },
    Repair {
        versions: Vec<String>,
        beside_go: bool,
        consent: Consent,
    },
}

/// What to free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Tier(Tier),
    /// `module@version`, in whichever cache it is.
    Version(String),
}

/// The words for tiers that take no number.
const PLAIN: [(&str, Tier); 9] = [
    ("trees", Tier::Trees {}),
    ("clones", Tier::Clones {}),
    ("leftovers", Tier::Leftovers {}),
    ("unused", Tier::Unused {}),
    ("toolchains", Tier::Toolchains {}),
    ("tests", Tier::Tests {}),
    ("fuzz", Tier::Fuzz {}),
    ("tools", Tier::Tools {}),
    ("modules", Tier::Modules {}),
];

/// Reads `TIER`, `TIER=N` or `MODULE@VERSION`; none when it is neither.
pub(super) fn targets(text: &str) -> Option<Vec<Target>> {
    if let Some((_, tier)) = PLAIN.iter().find(|(word, _)| *word == text) {
        return Some(vec![Target::Tier(tier.clone())]);
    }
    let (word, number) = match text.split_once('=') {
        Some((word, number)) => (word, Some(number)),
        None => (text, None),
    };
    let or = |default: u32| match number {
        Some(number) => number.parse().ok(),
        None => Some(default),
    };
    let tier = match word {
        "older" => Tier::Older { keep: or(1)? },
        "stale" => Tier::Stale { days: or(90)? },
        "builds" => Tier::Builds { days: or(0)? },
        "limit" => Tier::Limit {
            bytes: bytes(number?)?,
        },
        "all" if number.is_none() => {
            let all = [Tier::Builds { days: 0 }, Tier::Modules {}];
            return Some(all.map(Target::Tier).into());
        }
        _ if text.contains('@') => return Some(vec![Target::Version(text.to_owned())]),
        _ => return None,
    };
    Some(vec![Target::Tier(tier)])
}

/// `20GiB`, `500 MB`, `1000000`: a number of bytes, with a unit of IEC or SI.
fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let number: u64 = number.parse().ok()?;
    let (base, unit) = match unit.trim().to_lowercase().as_str() {
        "" | "b" => return Some(number),
        unit if unit.ends_with("ib") => (1024_u64, unit.to_owned()),
        // as `du -h` and people write it
        unit if unit.len() == 1 => (1024, unit.to_owned()),
        unit => (1000, unit.to_owned()),
    };
    let power = match unit.chars().next()? {
        'k' => 1,
        'm' => 2,
        'g' => 3,
        't' => 4,
        _ => return None,
    };
    let rest = unit.get(1..)?;
    let is_unit = matches!(rest, "" | "b" | "ib");
    number.checked_mul(base.pow(power)).filter(|_| is_unit)
}

pub(super) fn verb(name: &str, given: &ArgMatches) -> CacheVerb {
    let flag = |id: &str| given.get_flag(id);
    let caches = || texts_of(given, "in_cache");
    let projects = || {
        let given = given.get_many::<PathBuf>("with_project");
        given.into_iter().flatten().cloned().collect()
    };
    let targets = || {
        let given = given.get_many::<Vec<Target>>("targets_to_free");
        given.into_iter().flatten().flatten().cloned().collect()
    };
    let versions = || texts_of(given, "versions");
    let aside = || given.get_one::<String>("aside").cloned();
    let consent = || Consent {
        dry_run: flag("dry_run"),
        yes: flag("yes"),
        allow: Vec::new(),
    };
    match name {
        "scan" => CacheVerb::Scan {
            caches: caches(),
            projects: projects(),
            exact: flag("count"),
            lines: flag("json_lines"),
        },
        "plan" => CacheVerb::Plan {
            targets: targets(),
            caches: caches(),
            projects: projects(),
        },
        "clean" => CacheVerb::Clean {
            targets: targets(),
            caches: caches(),
            projects: projects(),
            beside_go: flag("beside_go"),
            keep_aside: flag("keep_aside"),
            lines: flag("json_lines"),
            consent: consent(),
        },
        "restore" => CacheVerb::Restore { aside: aside() },
        "purge" => CacheVerb::Purge {
            aside: aside(),
            lines: flag("json_lines"),
            consent: consent(),
        },
        "verify" => CacheVerb::Verify {
            versions: versions(),
            caches: caches(),
            lines: flag("json_lines"),
        },
        "repair" => CacheVerb::Repair {
            versions: versions(),
            beside_go: flag("beside_go"),
            consent: consent(),
        },
        "move" => CacheVerb::Move {
            to: given
                .get_one::<PathBuf>("new_place")
                .cloned()
                .unwrap_or_default(),
            beside_go: flag("beside_go"),
            delete_old: flag("delete_old"),
            lines: flag("json_lines"),
            consent: consent(),
        },
        _ => CacheVerb::List,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, expected) in [
            ("20GiB", Some(20 << 30)),
            ("20 gib", Some(20 << 30)),
            ("20G", Some(20 << 30)),
            ("20GB", Some(20_000_000_000)),
            ("512k", Some(512 << 10)),
            ("1000", Some(1000)),
            ("1000B", Some(1000)),
            ("", None),
            ("GiB", None),
            ("20 apples", None),
            ("20gx", None),
            ("99999999999T", None),
        ] {
            assert_eq!(bytes(text), expected, "{text:?}");
        }
    }

    #[test]
    fn tiers_and_versions_are_told_apart() {
        let tier = |tier| Some(vec![Target::Tier(tier)]);
        for (text, expected) in [
            ("trees", tier(Tier::Trees {})),
            ("older", tier(Tier::Older { keep: 1 })),
            ("older=3", tier(Tier::Older { keep: 3 })),
            ("stale", tier(Tier::Stale { days: 90 })),
            ("builds", tier(Tier::Builds { days: 0 })),
            ("builds=30", tier(Tier::Builds { days: 30 })),
            ("limit=1k", tier(Tier::Limit { bytes: 1024 })),
            (
                "a.example/m@v1.0.0",
                Some(vec![Target::Version("a.example/m@v1.0.0".into())]),
            ),
            ("limit", None),
            ("trees=3", None),
            ("builds=old", None),
            ("all=1", None),
            ("everything", None),
        ] {
            assert_eq!(targets(text), expected, "{text:?}");
        }
    }
}
