//! What was counted up to now, part by part.

use jiff::{SignedDuration, Timestamp};

use crate::cache::{Age, Part, PartSize, Size, offers::AGES};

/// Go notes a use only when the last note is older than that (`mtimeInterval`, cmd/go/internal/cache).
const INTERVAL: SignedDuration = SignedDuration::from_hours(1);

const PARTS: [Part; 10] = [
    Part::Trees,
    Part::Downloads,
    Part::Clones,
    Part::Database,
    Part::Toolchains,
    Part::Leftovers,
    Part::Results,
    Part::Tests,
    Part::Fuzz,
    Part::Tool,
];

/// Sizes of parts and ages of one cache.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    parts: [(Size, u32); PARTS.len()],
    ages: [(Timestamp, Size); AGES.len()],
    newest: Option<Timestamp>,
}

impl Tally {
    /// Nothing yet.
    pub(super) fn new(now: Timestamp) -> Self {
        let before = |days: u32| {
            let age = SignedDuration::from_hours(i64::from(days) * 24) + INTERVAL;
            now.checked_sub(age).unwrap_or(Timestamp::MIN)
        };
        Self {
            parts: Default::default(),
            ages: std::array::from_fn(|at| (before(AGES[at]), Size::default())),
            newest: None,
        }
    }

    /// Adds to a part.
    pub(super) fn add(&mut self, part: Part, size: Size, count: u32) {
        let (total, number) = &mut self.parts[part as usize];
        *total += size;
        *number = number.saturating_add(count);
    }

    /// Moves what was counted in one part to another.
    pub(super) fn shift(&mut self, from: Part, to: Part, size: Size, count: u32) {
        let (total, number) = &mut self.parts[from as usize];
        total.bytes = total.bytes.saturating_sub(size.bytes);
        total.apparent = total.apparent.saturating_sub(size.apparent);
        total.files = total.files.saturating_sub(size.files);
        *number = number.saturating_sub(count);
        self.add(to, size, count);
    }

    /// Adds the last use of an entry of a build cache.
    pub(super) fn used(&mut self, at: Timestamp, now: Timestamp, size: Size) {
        for (before, total) in &mut self.ages {
            if at < *before {
                *total += size;
            }
        }
        if at <= now {
            self.newest = self.newest.max(Some(at));
        }
    }

    /// Adds what another one counted of the same cache.
    pub(super) fn merge(&mut self, other: &Self) {
        for ((size, count), (more, number)) in self.parts.iter_mut().zip(&other.parts) {
            *size += *more;
            *count = count.saturating_add(*number);
        }
        for ((_, size), (_, more)) in self.ages.iter_mut().zip(&other.ages) {
            *size += *more;
        }
        self.newest = self.newest.max(other.newest);
    }

    /// The parts that hold something.
    pub(super) fn parts(&self) -> Vec<PartSize> {
        let parts = PARTS.iter().zip(&self.parts);
        parts
            .filter(|(_, (size, count))| *count > 0 || *size != Size::default())
            .map(|(part, (size, count))| PartSize {
                part: *part,
                size: *size,
                count: *count,
            })
            .collect()
    }

    /// All parts.
    pub(super) fn size(&self) -> Size {
        self.parts.iter().map(|(size, _)| *size).sum()
    }

    /// What was not used for so long.
    pub(super) fn ages(&self) -> Vec<Age> {
        let ages = AGES.iter().zip(&self.ages);
        ages.map(|(days, (_, size))| Age {
            days: *days,
            size: *size,
        })
        .collect()
    }

    /// When something was last used.
    pub(super) const fn newest(&self) -> Option<Timestamp> {
        self.newest
    }
}
