//! The shipped profiles.

use super::Builtin;

impl Builtin {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Domestic, Self::Overseas, Self::Company, Self::Offline];

    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Domestic => "domestic",
            Self::Overseas => "overseas",
            Self::Company => "company",
            Self::Offline => "offline",
        }
    }
}
