//! What deserves the user's attention.

use serde::Serialize;

use crate::{
    environment::{Fault, FileProblem, Problem, Shadowed},
    error::Failure,
};

/// One thing that deserves attention, with its mend.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "finding.ts"))]
pub struct Finding {
    /// How grave.
    pub severity: Severity,
    /// What.
    #[serde(flatten)]
    pub what: FindingKind,
    /// The one button that mends it.
    pub fix: Option<Fix>,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "finding.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Go does not work.
    Broken,
    /// Go does something else than it seems.
    Warning,
    /// Worth knowing.
    Note,
}

/// What was found.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "finding.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum FindingKind {
    /// No Go, or it does not answer.
    GoFailing {
        /// Why.
        failure: Failure,
    },
    /// The Go of the settings is gone; another is asked.
    ChosenGoMissing {
        /// Its path.
        path: String,
    },
    /// The terminal runs another Go than this program asks.
    OtherGoInTerminal {
        /// What the terminal runs.
        terminal: String,
        /// What is asked here.
        used: String,
    },
    /// A value in the GOENV file is outranked.
    ValueShadowed {
        /// The variable.
        name: String,
        /// By what.
        shadowed: Shadowed,
    },
    /// The GOENV file cannot be used as it is.
    EnvFile {
        /// Why.
        problem: FileProblem,
    },
    /// A line of the GOENV file does not do what its writer meant.
    EnvLine {
        /// Counted from 1.
        line: u32,
        /// What is wrong.
        fault: Fault,
    },
    /// A value that Go will refuse, or that does something else than it seems.
    BadValue {
        /// The variable.
        name: String,
        /// What is wrong.
        problem: Problem,
    },
    /// The login shell did not answer: what terminals do is only read from files.
    ShellSilent {
        /// Why.
        failure: Failure,
    },
    /// The settings file is damaged or newer; defaults are used, the file is kept.
    SettingsUnread {
        /// Why.
        failure: Failure,
    },
    /// A change was interrupted and could not be finished or rolled back.
    Interrupted {
        /// The file.
        path: String,
    },
}

/// The one button that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "finding.ts"))]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Fix {
    /// `startup_plan` with this assignment.
    CommentOut {
        /// Its id.
        assignment: String,
    },
    /// `environment_plan` with these repairs.
    Repair {
        /// The lines.
        lines: Vec<u32>,
    },
    /// Show the variable on the Environment page.
    Edit {
        /// The variable.
        name: String,
    },
    /// Choose a Go in the settings.
    ChooseGo {},
}
