//! Preview and apply.

use std::{path::Path, pin::pin, sync::Arc};

use serde::Serialize;
use tokio::{sync::oneshot, time::timeout};

use super::{App, Overview};
use crate::{
    environment::{
        CheckValue, Checked, Environment, EnvironmentError, PlanEnvironment, check, fault, file,
        plan::{self, PlanFacts, leak},
        read::{self, Scope},
    },
    error::{Error, InternalError},
    history::HistoryError,
    host::replace,
    plan::{ApplyPlan, Draft, Outcome, Plan, PlanKind},
    shadow::{PlanStartup, StartupError, comment},
    toolchain::{ToolchainError, Version, ask::PATIENCE},
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

    /// Plans a change of the GOENV file. Go itself reads a copy of what would be written before the plan is shown.
    ///
    /// # Errors
    /// What Go would refuse, what we refuse, and a file that cannot be used.
    pub async fn environment_plan(&self, wish: PlanEnvironment) -> Result<Plan, Error> {
        let mut named: Vec<_> = wish
            .changes
            .iter()
            .map(|change| change.name.as_str())
            .collect();
        // whom private names are told is decided by all of them
        if named.iter().any(|name| leak::NAMES.contains(name)) {
            named.extend(leak::NAMES);
        }
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
        let before = match replace::read(&path, file::LIMIT)? {
            Some(empty) if empty.is_empty() => {
                let path = path.clone();
                self.off_thread(move || Ok(replace::read_settled(&path, file::LIMIT)?))
                    .await?
            }
            read => read,
        };
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
        let draft = self.agreed(&wish)?;
        let entry = self.write(&draft, || {}).await?;
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
        let draft = self.agreed(&wish)?;
        let names: Vec<_> = draft
            .values
            .iter()
            .map(|value| value.name.as_str())
            .collect();
        let (replaced, is_replaced) = oneshot::channel();
        let writing = self.write(&draft, move || {
            // nobody waits for it if the change was given up
            let _ = replaced.send(());
        });
        // go reads the new file while the journal marks it
        let reading = async {
            if draft.plan.kind == PlanKind::Startup {
                return Ok(None);
            }
            Ok(match is_replaced.await {
                Ok(()) => Some(self.environment_in(Scope::Values(&names)).await),
                Err(_) => None,
            })
        };
        let (entry, environment) = tokio::try_join!(writing, Box::pin(reading))?;
        let environment = match environment {
            Some(environment) => environment,
            None => self.environment_in(Scope::Values(&names)).await,
        };
        let outcomes = self.outcomes(&draft, &environment);
        Ok(Written { outcomes, entry })
    }

    /// What was planned, if all was agreed to that needs it.
    fn agreed(&self, wish: &ApplyPlan) -> Result<Draft, Error> {
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
        Ok(draft)
    }

    /// Writes what was planned and agreed to, and gives its entry of the history. Calls `replaced` as
    /// [`Journal::carry_out_telling`](crate::history::journal::Journal::carry_out_telling) does.
    async fn write(
        &self,
        draft: &Draft,
        replaced: impl FnOnce() + Send + 'static,
    ) -> Result<String, Error> {
        let off = self.switched_off.get(&draft.plan.id);
        self.keep_switched_off(off.as_ref()).await?;
        let entry = {
            let _gate = self.gate.lock().await;
            self.carry_out(draft.clone(), replaced).await?
        };
        self.forget(&draft.plan.id);
        self.settle_switched_off(off, &draft.plan.id).await;
        if draft.plan.kind == PlanKind::Startup && self.shell_was_asked() {
            // its former answer was given before the line was commented out
            self.question_shell().await;
        }
        Ok(entry)
    }

    async fn carry_out(
        &self,
        draft: Draft,
        replaced: impl FnOnce() + Send + 'static,
    ) -> Result<String, Error> {
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
            journal.carry_out_telling(&draft, now, replaced)
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
        let mut rehearsal = pin!(read::rehearse(
            &self.host,
            Path::new(&go.path),
            after,
            &draft.values
        ));
        let (rehearsed, works) = match timeout(PATIENCE, &mut rehearsal).await {
            Ok(Ok(())) => return Ok(()),
            Ok(refused) => (refused, self.go_works().await),
            // a go that hangs is not waited for twice
            Err(_) => tokio::join!(rehearsal, self.go_works()),
        };
        match rehearsed {
            Err(ToolchainError::GoRefused { message, .. }) if works => {
                Err(EnvironmentError::RefusedByGo { message }.into())
            }
            Err(error) if works => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Whether go answers with the GOENV file as it is.
    async fn go_works(&self) -> bool {
        let environment = self.environment_in(Scope::Values(&[])).await;
        environment.failure.is_none()
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
