//! The chain of sources that GOPROXY names: who is asked, in which order, and what makes Go go on to the next.

mod address;
mod fix;
pub mod judge;
mod list;
mod masked;
pub mod rehearsal;
mod view;

use serde::{Deserialize, Serialize};

pub(crate) use address::is_withheld;
pub use list::{Fault, List, ListFault, Spec};
pub use masked::{Restored, one as restore_one, restore, spellings};
pub use view::{
    ChainEntry, ChainFix, ChainProblem, ChainText, ChainView, EntryWish, Known, ReadChain, Source,
    UseChain, read, text_of,
};

/// When the next source is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Junction {
    /// `,`: this one does not have it (404, 410).
    OnMissing,
    /// `|`: whatever goes wrong with this one.
    OnAnyError,
}

impl Junction {
    /// As it stands in GOPROXY.
    pub const fn separator(self) -> char {
        match self {
            Self::OnMissing => ',',
            Self::OnAnyError => '|',
        }
    }
}
