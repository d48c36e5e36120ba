//! Counting a build cache: results, tests, the corpus of fuzzing, and how long ago each was used.

use std::{
    collections::BTreeMap,
    fs::Metadata,
    path::Path,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use super::{Counted, Scan, meter::Meter, spread, walk::Walk};
use crate::cache::{
    Age, Part, Place, Size,
    builds::{is_bin, is_entry, is_of_a_test},
    choose::present,
    layout::ASIDE,
    offers::AGES,
};

/// Seconds of an hour: Go notes a use no finer (go-semantics 5.9).
const HOUR: i64 = 3600;

/// What was used last in each hour.
type Hours = BTreeMap<i64, Size>;

pub(super) fn count(scan: &Scan<'_>, place: &Place, walk: &Walk<'_>, meter: &Meter<'_>) -> Counted {
    let mut bins = Vec::new();
    for (path, metadata) in walk.entries(&place.path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match metadata.is_dir() {
            true if is_bin(&name) => bins.push(path),
            true if name == "fuzz" => {
                let size = walk.folder(&path);
                let count = u32::try_from(size.files).unwrap_or(u32::MAX);
                meter.add(Part::Fuzz, size, count);
            }
            true => {}
            false if name.starts_with(ASIDE) => {}
            false => meter.add(Part::Results, walk.own(&metadata), 0),
        }
    }
    let hours = Mutex::new(Hours::new());
    spread(bins, walk.cancel(), |bin| {
        let of_bin = one(scan.exact, &bin, walk, meter);
        let mut hours = hours.lock().unwrap_or_else(PoisonError::into_inner);
        for (hour, size) in of_bin {
            *hours.entry(hour).or_default() += size;
        }
    });
    let hours = hours.into_inner().unwrap_or_else(PoisonError::into_inner);
    Counted {
        ages: ages(&hours, scan.now()),
        ..Counted::default()
    }
}

/// One of the 256 folders. Only an exact scan opens files, to tell those of tests.
fn one(exact: bool, bin: &Path, walk: &Walk<'_>, meter: &Meter<'_>) -> Hours {
    let mut hours = Hours::new();
    let (mut results, mut tests) = ((Size::default(), 0_u32), (Size::default(), 0_u32));
    if let Ok(metadata) = bin.symlink_metadata() {
        results.0 += walk.own(&metadata);
    }
    for (path, metadata) in walk.entries(bin) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !is_entry(&name) {
            continue;
        }
        let size = match metadata.is_dir() {
            true => walk.folder(&path),
            false => walk.own(&metadata),
        };
        *hours.entry(hour(&metadata)).or_default() += size;
        let is_test = exact && name.ends_with("-d") && metadata.is_file() && is_of_a_test(&path);
        let sum = if is_test { &mut tests } else { &mut results };
        sum.0 += size;
        sum.1 = sum.1.saturating_add(1);
    }
    meter.add(Part::Results, results.0, results.1);
    meter.add(Part::Tests, tests.0, tests.1);
    hours
}

fn hour(metadata: &Metadata) -> i64 {
    let used = metadata.modified().ok();
    let used: Option<Timestamp> = used.and_then(|at| at.try_into().ok());
    used.map_or(i64::MAX, |used| used.as_second().div_euclid(HOUR))
}

/// What was not used for so many days, as [`older_than`](crate::cache::builds::older_than) finds it, but for the hour.
fn ages(hours: &Hours, now: Timestamp) -> Vec<Age> {
    let now_hour = now.as_second().div_euclid(HOUR);
    let newest = hours.keys().copied().filter(|hour| *hour <= now_hour).max();
    let newest = newest.and_then(|hour| Timestamp::from_second(hour.saturating_mul(HOUR)).ok());
    let present = present(now, newest);
    AGES.iter()
        .filter_map(|days| {
            let age = SignedDuration::from_hours(i64::from(*days).saturating_mul(24) + 1);
            let before = present.checked_sub(age).ok()?;
            let before = before.as_second().div_euclid(HOUR);
            let size = hours.range(..before).map(|(_, size)| *size).sum();
            Some(Age { days: *days, size })
        })
        .collect()
}
