//! What the user wants, and the plan it comes to in the file as it is now.

use gopherdesk_core::{
    app::{App, Fix},
    chain::UseChain,
    environment::{Change, EnvironmentError, PlanEnvironment},
    error::Error,
    mirror::choose::UseMirrors,
    plan::Plan,
    private::{PlanPrivate, PrivateEntry, WantedEntry},
    secret::mask_text,
    shadow::PlanStartup,
};
use serde_json::json;

use crate::refusal::{Own, Refusal};

/// What the user wants, in words that stay true when the file changes.
#[derive(Debug)]
pub(crate) enum Wish {
    /// Values to write and to take out.
    Values(Vec<Change>),
    /// Lines of the GOENV file to repair; none for all that Go or its reader stumbles over.
    Repairs(Vec<u32>),
    /// The line that outranks the file for this variable.
    Unshadow(String),
    /// A change of the history, by its id; none for the last one.
    Undo(Option<String>),
    /// A profile, by its id.
    Profile(String),
    /// A chain of mirrors.
    Mirrors(UseMirrors),
    /// A chain, as GOPROXY has it.
    Chain(UseChain),
    /// Entries of one of the lists of private modules.
    Patterns {
        /// The variable.
        list: String,
        /// Those that are there already stay, and count.
        add: Vec<WantedEntry>,
        /// Patterns that go.
        remove: Vec<String>,
        /// They are switched off instead.
        off: bool,
    },
    /// What was before the last switch.
    Previous,
}

/// What a wish comes to.
pub(super) enum Planned {
    Change(Box<Plan>),
    /// Things are as wished already: why, as a key of the texts.
    Nothing(&'static str),
}

impl Wish {
    /// Plans it.
    pub(super) async fn plan(&self, app: &App) -> Result<Planned, Refusal> {
        let planned = match self {
            Self::Values(changes) => app.environment_plan(values(changes.clone())).await,
            Self::Repairs(lines) => {
                let repairs = match lines.as_slice() {
                    [] => faulty(app).await?,
                    lines => lines.to_vec(),
                };
                if repairs.is_empty() {
                    return Ok(Planned::Nothing("done.no_fault"));
                }
                let changes = Vec::new();
                app.environment_plan(PlanEnvironment { changes, repairs })
                    .await
            }
            Self::Unshadow(name) => match assignment(app, name).await? {
                Some(assignment) => app.startup_plan(PlanStartup { assignment }).await,
                None => return Ok(Planned::Nothing("done.no_shadow")),
            },
            Self::Profile(id) => app.profile_plan(id.clone()).await,
            Self::Mirrors(wish) => app.mirror_use(wish.clone()).await,
            Self::Chain(wish) => app.chain_plan(wish.clone()).await,
            Self::Patterns {
                list,
                add,
                remove,
                off,
            } => {
                let lists = app.private_read(()).await?.lists;
                let found = lists.into_iter().find(|one| one.variable == *list);
                let present = found.map(|one| one.entries).unwrap_or_default();
                let entries = changed(present, add, remove, *off);
                let list = list.clone();
                app.private_plan(PlanPrivate { list, entries }).await
            }
            Self::Previous => app.profile_previous(()).await,
            Self::Undo(Some(entry)) => app.history_undo(entry.clone()).await,
            Self::Undo(None) => match app.history_list(()).await?.entries.into_iter().next() {
                Some(last) => app.history_undo(last.id).await,
                None => return Ok(Planned::Nothing("done.no_history")),
            },
        };
        match planned {
            Ok(plan) => Ok(Planned::Change(Box::new(plan))),
            Err(Error::Environment(EnvironmentError::NothingToChange {})) => {
                Ok(Planned::Nothing("done.nothing"))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// It means the same in a file that has changed; a line number does not, nor do "the last change" and "the last switch".
    pub(super) const fn outlives_the_file(&self) -> bool {
        match self {
            Self::Values(_)
            | Self::Unshadow(_)
            | Self::Undo(Some(_))
            | Self::Profile(..)
            | Self::Mirrors(_)
            | Self::Chain(_)
            | Self::Patterns { .. } => true,
            Self::Repairs(lines) => lines.is_empty(),
            Self::Undo(None) | Self::Previous => false,
        }
    }

    /// The variables it names.
    pub(super) async fn names(&self, app: &App) -> Result<Vec<String>, Refusal> {
        Ok(match self {
            Self::Values(changes) => changes.iter().map(|change| change.name.clone()).collect(),
            Self::Profile(id) => {
                let mut list = app.profile_list(()).await?.list.into_iter();
                let found = list.find(|profile| profile.id == *id);
                let values = found.map(|profile| profile.values).unwrap_or_default();
                values.into_iter().map(|value| value.name).collect()
            }
            Self::Unshadow(name) | Self::Patterns { list: name, .. } => vec![name.clone()],
            Self::Mirrors(_) | Self::Chain(_) => vec!["GOPROXY".to_owned(), "GOSUMDB".to_owned()],
            Self::Repairs(_) | Self::Undo(_) | Self::Previous => Vec::new(),
        })
    }
}

/// The entries of a list with what is added, and without what is removed.
fn changed(
    present: Vec<PrivateEntry>,
    add: &[WantedEntry],
    remove: &[String],
    off: bool,
) -> Vec<WantedEntry> {
    let is_named = |pattern: &str| remove.iter().any(|named| mask_text(named) == pattern);
    let mut entries: Vec<_> = present
        .into_iter()
        .filter(|entry| off || !is_named(&entry.pattern))
        .map(|entry| WantedEntry {
            enabled: entry.enabled && !is_named(&entry.pattern),
            pattern: entry.pattern,
            systems: entry.systems,
        })
        .collect();
    for added in add {
        let pattern = mask_text(&added.pattern);
        match entries.iter_mut().find(|entry| entry.pattern == pattern) {
            Some(entry) => {
                entry.enabled = true;
                entry.systems = added.systems.clone().or(entry.systems.take());
            }
            None => entries.push(added.clone()),
        }
    }
    entries
}

const fn values(changes: Vec<Change>) -> PlanEnvironment {
    PlanEnvironment {
        changes,
        repairs: Vec::new(),
    }
}

/// The lines that the core offers to repair.
async fn faulty(app: &App) -> Result<Vec<u32>, Refusal> {
    let findings = app.overview_read(()).await?.findings;
    let mut lines: Vec<_> = findings
        .into_iter()
        .filter_map(|finding| match finding.fix {
            Some(Fix::Repair { lines }) => Some(lines),
            _ => None,
        })
        .flatten()
        .collect();
    lines.sort_unstable();
    lines.dedup();
    Ok(lines)
}

/// The line that outranks the file for a variable; none when nothing does.
async fn assignment(app: &App, name: &str) -> Result<Option<String>, Refusal> {
    let environment = app.environment_read(()).await?;
    let Some(variable) = environment
        .variables
        .iter()
        .find(|found| found.name == name)
    else {
        let name = name.to_owned();
        return Err(EnvironmentError::UnknownVariable { name }.into());
    };
    let Some(shadowed) = &variable.shadowed else {
        return Ok(None);
    };
    match &shadowed.assignment {
        Some(assignment) => Ok(Some(assignment.clone())),
        None => Err(Refusal::Own(Own::NotALine {
            name: name.to_owned(),
            r#where: match &shadowed.r#where {
                Some(place) => place.clone(),
                None => json!(shadowed.by).as_str().unwrap_or_default().to_owned(),
            },
        })),
    }
}
