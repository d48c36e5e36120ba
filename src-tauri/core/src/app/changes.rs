//! Preview and apply.

use std::{path::Path, sync::Arc};

use serde::Serialize;

use super::{App, Overview};
use crate::{
    environment::{
        CheckValue, Checked, Environment, EnvironmentError, PlanEnvironment, check, fault, file,
        plan::{self, PlanFacts},
        read::{self, Scope},
    },
    error::{Error, InternalError},
    history::HistoryError,
    host::replace,
    plan::{ApplyPlan, Draft, Outcome, Plan, PlanKind},
    shadow::{PlanStartup, StartupError, comment},
    toolchain::{ToolchainError, Version},
};

/// What became of a plan.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
pub struct Applied {
    /// One a variable, read back.
    pub outcomes: Vec<Outcome>,
    /// The entry of the history.
    pub entry: String,
    /// How things are now.
    pub overview: Overview,
}

/// What became of a plan, as a terminal tells it.
#[derive(Debug)]
pub struct Written {
    /// One a variable, read back.
    pub outcomes: Vec<Outcome>,
    /// The entry of the history.
    pub entry: String,
}

impl App {
    /// What a value would be, before it is written.
    ///
    /// # Errors
    /// None today: whatever is wrong with the value is the answer.
    pub async fn environment_check(&self, value: CheckValue) -> Result<Checked, Error> {
        let version = version_of(&self.environment_read(()).await?);
        Ok(check::check(
            &value.name,
            &value.value,
            &self.context(version.as_ref()),
        ))
    }

    /// The value of one variable with its credentials, for the field in which it is edited: what the GOENV file says,
    /// or else what the process says, or else what go does.
    ///
    /// # Errors
    /// The GOENV file cannot be read, or Go has no such variable.
    pub async fn environment_reveal(&self, name: String) -> Result<String, Error> {
        let path = file::locate(&self.host)?;
        let text = replace::read(&path, file::LIMIT)?.unwrap_or_default();
        let written = file::EnvText::parse(&text).get(&name).map(str::to_owned);
        let inherited = || {
            self.host
                .vars
                .get_nonempty(&name)
                .map(|value| value.to_string_lossy().into_owned())
        };
        match written.or_else(inherited) {
            Some(value) => Ok(value),
            None => self.unset_value(name, &path).await,
        }
    }

    /// The value of a variable that neither the file nor the process sets: `$GOROOT/go.env` can hold credentials as well.
    async fn unset_value(&self, name: String, path: &Path) -> Result<String, Error> {
        let environment = self.environment_values(&[&name]).await?;
        let found = environment
            .variables
            .into_iter()
            .find(|variable| variable.name == name);
        match (found, environment.go) {
            (Some(variable), Some(go)) if variable.masked => {
                let values = read::confirm(&self.host, Path::new(&go.path), path, &[&name]).await?;
                Ok(values.get(&name).cloned().unwrap_or_default())
            }
            (Some(variable), _) => Ok(variable.value),
            (None, _) => Err(EnvironmentError::UnknownVariable { name }.into()),
        }
    }

    /// Plans a change of the GOENV file. Go itself reads a copy of what would be written before the plan is shown.
    ///
    /// # Errors
    /// What Go would refuse, what we refuse, and a file that cannot be used.
    pub async fn environment_plan(&self, wish: PlanEnvironment) -> Result<Plan, Error> {
        let named: Vec<_> = wish
            .changes
            .iter()
            .map(|change| change.name.as_str())
            .collect();
        // a repair judges every line, by every variable that this Go knows
        let scope = match wish.repairs.as_slice() {
            [] => Scope::Places(&named),
            _ => Scope::All,
        };
        let environment = self.environment_in(scope).await;
        let draft = self.environment_draft(&wish, &environment).await?;
        self.rehearse(&draft, &environment).await?;
        Ok(self.propose(draft))
    }

    /// What a wish would write, judged by an environment that was read for the variables it names.
    pub(super) async fn environment_draft(
        &self,
        wish: &PlanEnvironment,
        environment: &Environment,
    ) -> Result<Draft, Error> {
        let path = file::locate(&self.host)?;
        let before = self.off_thread({
            let path = path.clone();
            move || Ok(replace::read_settled(&path, file::LIMIT)?)
        });
        let before = before.await?;
        let version = version_of(environment);
        let is_known = |name: &str| {
            environment
                .variables
                .iter()
                .any(|variable| variable.name == name)
        };
        let facts = PlanFacts {
            host: &self.host,
            path: &path,
            before: before.as_deref(),
            environment,
            context: fault::Context {
                is_known: &is_known,
                check: self.context(version.as_ref()),
            },
        };
        Ok(plan::draft(wish, &facts)?)
    }

    /// Plans to comment out the line that outranks the GOENV file.
    ///
    /// # Errors
    /// The line is gone, does more than that, or is no line of a file.
    pub async fn startup_plan(&self, wish: PlanStartup) -> Result<Plan, Error> {
        let outer = self.outer();
        let assignment = outer
            .assignment(&wish.assignment)
            .ok_or(StartupError::AssignmentGone {})?;
        Ok(self.propose(comment::draft(&self.host, assignment)?))
    }

    /// Applies a plan that was shown: journal, one rename, read back.
    ///
    /// # Errors
    /// The file moved on, a danger was not confirmed, or it cannot be written.
    pub async fn plan_apply(&self, wish: ApplyPlan) -> Result<Applied, Error> {
        let (draft, entry) = self.write(wish).await?;
        let overview = self.overview_read(()).await?;
        let outcomes = self.outcomes(&draft, &overview.environment);
        Ok(Applied {
            outcomes,
            entry,
            overview,
        })
    }

    /// The same for a terminal, which shows nothing but what was changed: only that is read back.
    ///
    /// # Errors
    /// As [`App::plan_apply`].
    pub async fn plan_write(&self, wish: ApplyPlan) -> Result<Written, Error> {
        let (draft, entry) = self.write(wish).await?;
        let names: Vec<_> = draft
            .values
            .iter()
            .map(|value| value.name.as_str())
            .collect();
        let environment = self.environment_in(Scope::Values(&names)).await;
        let outcomes = self.outcomes(&draft, &environment);
        Ok(Written { outcomes, entry })
    }

    /// Writes what was planned and agreed to, and gives it with its entry of the history.
    async fn write(&self, wish: ApplyPlan) -> Result<(Draft, String), Error> {
        let draft = self.draft(&wish.id).ok_or(HistoryError::UnknownPlan {
            id: wish.id.clone(),
        })?;
        let unconfirmed: Vec<_> = draft
            .plan
            .dangers
            .iter()
            .map(|danger| danger.name.clone())
            .filter(|name| !wish.confirmed.contains(name))
            .collect();
        if !unconfirmed.is_empty() {
            return Err(HistoryError::Unconfirmed { names: unconfirmed }.into());
        }
        let entry = {
            let _gate = self.gate.lock().await;
            self.carry_out(draft.clone()).await?
        };
        self.forget(&wish.id);
        if draft.plan.kind == PlanKind::Startup && self.shell_was_asked() {
            // its former answer was given before the line was commented out
            self.question_shell().await;
        }
        Ok((draft, entry))
    }

    async fn carry_out(&self, draft: Draft) -> Result<String, Error> {
        let (journal, now) = (Arc::clone(&self.journal), self.host.now());
        self.off_thread(move || {
            if draft.plan.kind == PlanKind::Environment
                && replace::read_settled(&draft.target, file::LIMIT)? != draft.before
            {
                return Err(HistoryError::Stale {
                    path: draft.plan.path,
                }
                .into());
            }
            journal.carry_out(&draft, now)
        })
        .await
    }

    /// Waits for locks and for the disk, on a thread that may.
    pub(super) async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        // what no thread could be had for stays in the run-time's queue and is begun with the next work: not if whoever
        // asked has got a failure instead
        let asked = Arc::new(());
        let waiting = Arc::downgrade(&asked);
        let worked = tokio::task::spawn_blocking(move || waiting.upgrade().map(|_asked| work()));
        let internal = |reason: String| Err(InternalError::Internal { reason }.into());
        let worked = worked.await;
        drop(asked);
        match worked {
            Ok(Some(worked)) => worked,
            Ok(None) => internal("nobody waited for it".to_owned()),
            Err(fault) => internal(fault.to_string()),
        }
    }

    /// Keeps a draft for `plan_apply` and shows its plan.
    pub(super) fn propose(&self, draft: Draft) -> Plan {
        let plan = draft.plan.clone();
        self.remember(draft);
        plan
    }

    /// Lets Go read what would be written. Go that fails already cannot judge: then our own checks have to do.
    pub(super) async fn rehearse(
        &self,
        draft: &Draft,
        environment: &Environment,
    ) -> Result<(), Error> {
        let (Some(go), None, Some(after)) = (&environment.go, &environment.failure, &draft.after)
        else {
            return Ok(());
        };
        match read::rehearse(&self.host, Path::new(&go.path), after, &draft.values).await {
            Ok(()) => Ok(()),
            Err(ToolchainError::GoRefused { message, .. }) => {
                Err(EnvironmentError::RefusedByGo { message }.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn context<'a>(&'a self, version: Option<&'a Version>) -> check::CheckContext<'a> {
        check::CheckContext {
            os: self.host.os,
            version,
            home: self.host.home.as_deref(),
        }
    }
}

pub(super) fn version_of(environment: &Environment) -> Option<Version> {
    environment.go.as_ref()?.version.parse().ok()
}
