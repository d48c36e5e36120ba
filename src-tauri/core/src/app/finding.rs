//! What deserves the user's attention.

use serde::Serialize;

use crate::{
    environment::{Environment, Fault, FileProblem, Layer, Origin, Problem, Shadowed, Variable},
    error::{Error, Failure},
    history::journal::Recovery,
    host::Host,
    mirror::catalogue as mirror_catalogue,
    shadow::shell::ShellAnswer,
    store::StoreError,
    toolchain::Toolchains,
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
    /// `environment_plan` with this value.
    Set {
        /// The variable.
        name: String,
        /// What it is set to.
        value: String,
    },
    /// Show the variable on the Environment page.
    Edit {
        /// The variable.
        name: String,
    },
    /// Choose a Go in the settings.
    ChooseGo {},
}

/// What the findings are drawn from.
pub(super) struct Facts<'a> {
    pub(super) environment: &'a Environment,
    pub(super) toolchains: &'a Toolchains,
    pub(super) shell: Option<&'a ShellAnswer>,
    pub(super) settings: Option<&'a StoreError>,
    pub(super) history: Option<&'a Error>,
    pub(super) recovery: &'a Result<Recovery, Error>,
    pub(super) host: &'a Host,
}

/// Every finding, the gravest first.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings: Vec<_> = [go(facts), own_files(facts), file(facts), values(facts)]
        .into_iter()
        .flatten()
        .collect();
    findings.sort_by_key(|finding| finding.severity);
    findings
}

fn go(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(failure) = &facts.environment.failure {
        // a line of the file that breaks go is the cause, and mends by its own button
        let culprit = facts
            .environment
            .file
            .faults
            .iter()
            .any(|fault| matches!(fault.fault, Fault::BreaksGo { .. }));
        if !culprit {
            let failure = failure.clone();
            findings.push(new(
                Severity::Broken,
                FindingKind::GoFailing { failure },
                Some(Fix::ChooseGo {}),
            ));
        }
    }
    if let Some(path) = facts.toolchains.missing.clone() {
        findings.push(new(
            Severity::Warning,
            FindingKind::ChosenGoMissing { path },
            Some(Fix::ChooseGo {}),
        ));
    }
    let used = facts.toolchains.list.iter().find(|go| go.used);
    let terminal = facts.toolchains.list.iter().find(|go| go.in_terminal);
    if let (Some(used), Some(terminal)) = (used, terminal)
        && used.id != terminal.id
    {
        let what = FindingKind::OtherGoInTerminal {
            terminal: facts.host.short(&terminal.path),
            used: facts.host.short(&used.path),
        };
        findings.push(new(Severity::Note, what, Some(Fix::ChooseGo {})));
    }
    if let Some(Err(error)) = facts.shell.map(|answer| &answer.vars) {
        let failure = error.clone().into();
        findings.push(new(
            Severity::Note,
            FindingKind::ShellSilent { failure },
            None,
        ));
    }
    findings
}

fn own_files(facts: &Facts<'_>) -> Vec<Finding> {
    let settings = facts.settings.cloned().map(Failure::from);
    let history = facts.history.cloned().map(Failure::from);
    let unread = settings.into_iter().chain(history).map(|failure| {
        new(
            Severity::Warning,
            FindingKind::SettingsUnread { failure },
            None,
        )
    });
    let interrupted = facts
        .recovery
        .iter()
        .flat_map(|recovery| &recovery.interrupted)
        .map(|path| {
            let path = facts.host.short(path);
            new(Severity::Warning, FindingKind::Interrupted { path }, None)
        });
    unread.chain(interrupted).collect()
}

fn file(facts: &Facts<'_>) -> Vec<Finding> {
    let file = &facts.environment.file;
    let problem = file.problem.clone().map(|problem| {
        let severity = match problem {
            FileProblem::SwitchedOff {} | FileProblem::ReadOnly { .. } => Severity::Note,
            _ => Severity::Warning,
        };
        new(severity, FindingKind::EnvFile { problem }, None)
    });
    let lines = file.faults.iter().map(|fault| {
        let severity = match fault.fault {
            Fault::BreaksGo { .. } => Severity::Broken,
            Fault::Overridden { .. } | Fault::UnknownVariable {} => Severity::Note,
            _ => Severity::Warning,
        };
        let what = FindingKind::EnvLine {
            line: fault.line,
            fault: fault.fault.clone(),
        };
        new(
            severity,
            what,
            Some(Fix::Repair {
                lines: vec![fault.line],
            }),
        )
    });
    problem.into_iter().chain(lines).collect()
}

fn values(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for variable in &facts.environment.variables {
        let name = variable.name.clone();
        if let Some(shadowed) = &variable.shadowed
            && says_otherwise(&variable.layers, shadowed)
        {
            let fix = shadowed
                .assignment
                .clone()
                .map(|assignment| Fix::CommentOut { assignment });
            let what = FindingKind::ValueShadowed {
                name: name.clone(),
                shadowed: shadowed.clone(),
            };
            findings.push(new(Severity::Warning, what, fix));
        }
        for problem in &variable.problems {
            let what = FindingKind::BadValue {
                name: name.clone(),
                problem: problem.clone(),
            };
            let fix = other_mirror(variable, problem).unwrap_or(Fix::Edit { name: name.clone() });
            findings.push(new(Severity::Warning, what, Some(fix)));
        }
    }
    findings
}

/// Writes another mirror in the place of one that is gone, where the GOENV file decides about it.
fn other_mirror(variable: &Variable, problem: &Problem) -> Option<Fix> {
    let is_mirror = matches!(
        problem,
        Problem::MirrorLegacy { .. }
            | Problem::MirrorDead { .. }
            | Problem::MirrorMoved { .. }
            | Problem::MirrorInvented { .. }
            | Problem::MirrorMistaken { .. }
    );
    // what is masked cannot be written again
    let is_ours = variable.origin == Origin::File && !variable.masked && variable.settable;
    Some(Fix::Set {
        name: variable.name.clone(),
        value: mirror_catalogue::mend(&variable.value).filter(|_| is_mirror && is_ours)?,
    })
}

/// Being outranked matters only where the GOENV file says something, and something else.
fn says_otherwise(layers: &[Layer], shadowed: &Shadowed) -> bool {
    layers
        .iter()
        .any(|layer| layer.origin == Origin::File && layer.value != shadowed.value)
}

const fn new(severity: Severity, what: FindingKind, fix: Option<Fix>) -> Finding {
    Finding {
        severity,
        what,
        fix,
    }
}
