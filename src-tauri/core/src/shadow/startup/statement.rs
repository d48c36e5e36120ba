//! What one command of a start-up file does to the environment, whatever the syntax.

use std::ops::Range;

use super::text::Text;

/// One effect, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::shadow) struct Statement {
    /// What happens.
    pub(in crate::shadow) effect: Effect,
    /// Its lines, counted from 1, the end not included.
    pub(in crate::shadow) lines: Range<u32>,
    /// It may never run.
    pub(in crate::shadow) conditional: bool,
    /// How its lines can be taken out of use; none when they do more than this.
    pub(in crate::shadow) removal: Option<Removal>,
}

/// What one command does to the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::shadow) enum Effect {
    /// `NAME=value`.
    Set {
        /// The variable.
        name: String,
        /// Its value; none when it is appended to, or made of several words.
        value: Option<Text>,
        /// Handed to programs at once; if not, only when the variable is exported before or after.
        exported: bool,
    },
    /// `export NAME`.
    Export(String),
    /// `unset NAME`.
    Unset(String),
    /// `. file`.
    Source(Text),
    /// `set -a`, `set +a`: whether every assignment is exported from here on.
    ExportAll(bool),
}

/// How lines are taken out of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shadow) enum Removal {
    /// `# ` before each.
    Comment,
    /// `: # ` before the first, because an `if` needs a command between `then` and `fi`.
    Hollow,
}

impl Effect {
    /// The variable that is set.
    pub(in crate::shadow) fn sets(&self) -> Option<&str> {
        match self {
            Self::Set { name, .. } => Some(name),
            _ => None,
        }
    }
}
