//! Go's environment: every variable, where its value comes from, and what a change would do.

pub mod catalogue;
pub mod check;
pub mod fault;
pub mod file;
pub mod plan;
pub mod read;

mod error;

use serde::{Deserialize, Serialize};

pub use crate::toolchain::Values;
pub use catalogue::Group;
pub use check::{Danger, Problem};
pub use error::EnvironmentError;

use crate::{error::Failure, secret::mask_text, shadow::Outranking};

/// Go's environment at one moment.
#[derive(Debug, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct Environment {
    /// The Go that answered; none when the values were read from the files alone.
    pub go: Option<GoInUse>,
    /// Why Go did not answer. Values are then what the files say, and editing still works (rescue).
    pub failure: Option<Failure>,
    /// The GOENV file.
    pub file: EnvFile,
    /// Every variable Go knows, by name.
    pub variables: Vec<Variable>,
}

/// The Go that answered.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct GoInUse {
    /// The go command.
    pub path: String,
    /// `go1.26.8`.
    pub version: String,
}

/// The file that `go env -w` writes.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct EnvFile {
    /// Where it is; none when it is switched off or has no place.
    pub path: Option<String>,
    /// It is there.
    pub exists: bool,
    /// Why it cannot be read or written.
    pub problem: Option<FileProblem>,
    /// A hash of its bytes: a plan made on one revision is not applied to another.
    pub revision: String,
    /// What is wrong inside, line by line.
    pub faults: Vec<LineFault>,
}

/// Why the GOENV file cannot be used as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum FileProblem {
    /// `GOENV=off` in the process environment.
    SwitchedOff {},
    /// No home, so no default place.
    NoPlace {},
    /// There, but not readable.
    Unreadable {
        /// What the system said.
        reason: String,
    },
    /// Readable, not writable.
    ReadOnly {
        /// What the system said.
        reason: String,
    },
    /// A folder, pipe or device stands in its place.
    NotAFile {},
    /// A link that leads nowhere.
    DanglingLink {
        /// Where it points.
        target: String,
    },
    /// `GOENV` names a relative path: another file in every folder.
    RelativePath {},
}

/// A line of the GOENV file that does not do what its writer meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct LineFault {
    /// Counted from 1.
    pub line: u32,
    /// The line, credentials masked.
    pub text: String,
    /// What is wrong.
    pub fault: Fault,
    /// What the line would become; none when it would be taken out.
    pub repaired: Option<String>,
}

/// What is wrong with a line of the GOENV file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Fault {
    /// No `=`, or the first byte is no capital letter: Go passes over it in silence.
    Ignored {},
    /// `export NAME=…`: shell, which Go does not read.
    ShellSyntax {},
    /// A byte order mark before the first line.
    ByteOrderMark {},
    /// Ends in CR, which becomes part of the value.
    CarriageReturn {},
    /// A later line sets the same variable; the last one counts.
    Overridden {
        /// The line that counts.
        by: u32,
    },
    /// Go knows no such variable.
    UnknownVariable {},
    /// Quotes or spaces around the value, which Go takes as part of it.
    Quoted {},
    /// Not UTF-8, or a NUL byte.
    NotText {},
    /// go itself fails as long as this line is there.
    BreaksGo {
        /// What go says, masked.
        message: String,
    },
    /// The value is one that Go will refuse later.
    BadValue {
        /// What is wrong with it.
        problem: Problem,
    },
}

/// One variable of `go env`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct Variable {
    /// `GOPROXY`.
    pub name: String,
    /// What go uses when this program runs it; credentials masked.
    pub value: String,
    /// Credentials were masked in `value`: see `environment_reveal`.
    pub masked: bool,
    /// Where `value` comes from.
    pub origin: Origin,
    /// What go would use if nothing set it.
    pub default: Option<String>,
    /// `go env -w` accepts it with this Go.
    pub settable: bool,
    /// `value` is not `default`.
    pub changed: bool,
    /// What outranks the GOENV file: a value written there does not win everywhere.
    pub shadowed: Option<Shadowed>,
    /// Where it stands in lists.
    pub group: Group,
    /// Every place that sets it, the strongest first.
    pub layers: Vec<Layer>,
    /// What is wrong with the value.
    pub problems: Vec<Problem>,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A variable of this process, of unknown cause.
    Process,
    /// Set by a start-up file of the shell or the session.
    Shell,
    /// The GOENV file.
    File,
    /// `$GOROOT/go.env`.
    Goroot,
    /// Built into go.
    Default,
    /// Worked out by go from other values.
    Computed,
}

/// What outranks the GOENV file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct Shadowed {
    /// `process` or `shell`.
    pub by: Origin,
    /// `~/.zshrc:12`, when it is known.
    pub r#where: Option<String>,
    /// The value that wins, credentials masked.
    pub value: String,
    /// Names the assignment for `startup_plan`, when it is a line that can be commented out.
    pub assignment: Option<String>,
    /// The shell was asked and has this value; false when it was only read in a file.
    pub confirmed: bool,
}

impl From<Outranking> for Shadowed {
    fn from(outranking: Outranking) -> Self {
        Self {
            by: outranking.by,
            r#where: outranking.location,
            value: mask_text(&outranking.value),
            assignment: outranking.assignment,
            confirmed: outranking.confirmed,
        }
    }
}

/// One place that sets a variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct Layer {
    /// Which place.
    pub origin: Origin,
    /// What it says there, credentials masked.
    pub value: String,
    /// File and line, as shown: `~/.zshrc:12`.
    pub r#where: Option<String>,
    /// Where this layer's value is the one that counts.
    pub wins: Wins,
}

/// Where a layer's value is the one that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum Wins {
    /// In terminals and outside of them.
    Everywhere,
    /// Only in programs that a login shell starts.
    Terminals,
    /// In programs started from the desktop.
    Elsewhere,
    /// Nowhere: a stronger layer sets it.
    Nowhere,
}

/// One wish: a value, or none to unset.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct Change {
    /// The variable.
    pub name: String,
    /// The new value; none takes the line out of the file.
    pub value: Option<String>,
}

/// Asks for a plan of the GOENV file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct PlanEnvironment {
    /// Values to set and unset.
    pub changes: Vec<Change>,
    /// Lines to repair, by number, as [`LineFault::repaired`] says.
    pub repairs: Vec<u32>,
}

/// A value to be looked at before it is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct CheckValue {
    /// The variable.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What [`CheckValue`] found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct Checked {
    /// What Go, or we, would refuse; empty when it may be written.
    pub refusals: Vec<Problem>,
    /// What deserves a word, and may be written all the same.
    pub warnings: Vec<Problem>,
    /// What weakens the protection of the user.
    pub danger: Option<Danger>,
}
