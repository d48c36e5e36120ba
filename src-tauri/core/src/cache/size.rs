use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};

/// How much something takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Size {
    /// What the disk holds for it, in bytes: allocated blocks, a file with several names once. That is what is freed.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// The lengths of the files, in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub apparent: u64,
    /// Files, links and whatever else is no folder.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub files: u64,
    /// Worked out from the list of files in a zip, or from an earlier scan, and not counted file by file.
    pub estimated: bool,
}

impl Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_add(other.bytes),
            apparent: self.apparent.saturating_add(other.apparent),
            files: self.files.saturating_add(other.files),
            estimated: self.estimated || other.estimated,
        }
    }
}

impl AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), Add::add)
    }
}
