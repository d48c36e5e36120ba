//! Private modules: the use cases.

mod reach;

use super::App;
use crate::{
    environment::{
        Change, Environment, EnvironmentError, Origin, PlanEnvironment, Variable, read::Scope,
    },
    error::Error,
    plan::Plan,
    private::{
        self, ForgetPattern, LISTS, PlanPrivate, PrivateError, PrivateList, PrivateLists, Required,
        WantedEntry, Written,
        kept::{KeptPattern, KeptPatterns},
        paste::{self, PastedPatterns},
    },
    secret::{MASK, mask_text},
};

/// What becomes of the patterns that are switched off when a plan is applied.
#[derive(Debug, Clone)]
pub(super) struct SwitchedOff {
    list: String,
    /// Those that are to be off.
    off: Vec<KeptPattern>,
    /// Those that the wish named at all: others go.
    named: Vec<String>,
}

impl App {
    /// The lists of private modules, with what is wrong with each pattern and what it covers.
    ///
    /// # Errors
    /// The GOENV file cannot be read.
    pub async fn private_read(&self, (): ()) -> Result<PrivateLists, Error> {
        let environment = self.environment_in(Scope::Values(&LISTS)).await;
        let mut values = self.reveal_all(&LISTS).await?;
        let kept = self.own_patterns.load();
        let (required, projects) = self.required().await;
        let private = values.get("GOPRIVATE").cloned().unwrap_or_default();
        let lists = LISTS.map(|name| {
            let found = variable(&environment, name);
            let follows = follows(name, found);
            let own = values.remove(name).unwrap_or_default();
            let value = if follows { private.clone() } else { own };
            PrivateList {
                variable: name.to_owned(),
                value: mask_text(&value),
                follows,
                origin: found.map_or(Origin::Default, |found| found.origin),
                shadowed: found.and_then(|found| found.shadowed.clone()),
                entries: entries(name, &value, &kept.value, &required),
            }
        });
        Ok(PrivateLists {
            lists: lists.into(),
            projects,
            trouble: kept.trouble.map(Into::into),
        })
    }

    /// Finds patterns in whatever was pasted. Nothing is kept.
    ///
    /// # Errors
    /// None today: what gives no pattern is part of the answer.
    pub async fn private_paste(&self, text: String) -> Result<PastedPatterns, Error> {
        Ok(paste::paste(&text))
    }

    /// Plans to set one list. Entries that are the same leave the text of the variable as it is.
    ///
    /// # Errors
    /// There is no such list, an entry cannot be one, a masked one stands for none, and whatever `environment_plan`
    /// refuses.
    pub async fn private_plan(&self, wish: PlanPrivate) -> Result<Plan, Error> {
        let list = known(&wish.list)?;
        let mut values = self.reveal_all(&[list]).await?;
        let present = private::parse(list, &values.remove(list).unwrap_or_default());
        let kept = self.own_patterns.load().value;
        let mut raw: Vec<_> = present.iter().map(|entry| entry.pattern.clone()).collect();
        raw.extend(kept.of(list).iter().map(|entry| entry.pattern.clone()));
        let mut wanted = Vec::new();
        for entry in &wish.entries {
            wanted.push((written(list, entry, &raw)?, entry.enabled));
        }
        let enabled: Vec<_> = wanted
            .iter()
            .filter(|(_, enabled)| *enabled)
            .map(|(entry, _)| entry)
            .collect();
        let environment = self.environment_in(Scope::Values(&[list])).await;
        let is_own = !follows(list, variable(&environment, list));
        if is_own && enabled.iter().copied().eq(&present) && !present.is_empty() {
            return Err(EnvironmentError::NothingToChange {}.into());
        }
        let value = private::print(enabled);
        let plan = self
            .environment_plan(PlanEnvironment {
                changes: vec![Change {
                    name: list.to_owned(),
                    value: (!value.is_empty()).then_some(value),
                }],
                repairs: Vec::new(),
            })
            .await?;
        let off = (0..).zip(&wanted).filter(|(_, (_, enabled))| !enabled);
        let switched_off = SwitchedOff {
            list: list.to_owned(),
            off: off
                .map(|(place, (entry, _))| KeptPattern {
                    pattern: entry.pattern.clone(),
                    systems: entry.systems.clone(),
                    place,
                })
                .collect(),
            named: wanted.into_iter().map(|(entry, _)| entry.pattern).collect(),
        };
        self.switched_off.keep(plan.id.clone(), switched_off);
        Ok(plan)
    }

    /// Forgets a pattern that is switched off; Go's variables stay as they are.
    ///
    /// # Errors
    /// It is not kept, or that cannot be written.
    pub async fn private_forget(&self, wish: ForgetPattern) -> Result<PrivateLists, Error> {
        let list = known(&wish.list)?;
        let patterns = self.own_patterns.clone();
        self.off_thread(move || {
            patterns
                .try_change(|kept| Ok(kept.forget(list, &wish.pattern)?))
                .map(drop)
        })
        .await?;
        self.private_read(()).await
    }

    /// Before the variable loses them: what is switched off is never nowhere.
    pub(super) async fn keep_switched_off(&self, off: Option<&SwitchedOff>) -> Result<(), Error> {
        let Some(off) = off.filter(|off| !off.off.is_empty()).cloned() else {
            return Ok(());
        };
        let patterns = self.own_patterns.clone();
        self.off_thread(move || {
            patterns
                .change(|kept| kept.add(&off.list, &off.off))
                .map(drop)
        })
        .await
    }

    /// Afterwards: what the wish did not name is gone from the list. An undo finds what it brought back as it was.
    pub(super) async fn settle_switched_off(&self, off: Option<SwitchedOff>, plan: &str) {
        let Some(off) = off else { return };
        self.switched_off.forget(plan);
        let is_left = |pattern: &str| off.named.iter().any(|named| named == pattern);
        let kept = self.own_patterns.load().value;
        if kept
            .of(&off.list)
            .iter()
            .all(|known| is_left(&known.pattern))
        {
            return;
        }
        let patterns = self.own_patterns.clone();
        let settled = self.off_thread(move || {
            let is_left = |pattern: &str| off.named.iter().any(|named| named == pattern);
            patterns.change(|kept| kept.retain(&off.list, is_left))
        });
        if let Err(reason) = settled.await {
            tracing::warn!(%reason, "a pattern that is off stays in the list");
        }
    }

    /// Every module that the user's projects require, and how many projects could be read.
    pub(super) async fn required(&self) -> (Required, u32) {
        let mut required = Required::new();
        let mut projects = 0;
        for kept in self.own_projects.load().value.list() {
            let Ok(contents) = self.project(&kept.id).await else {
                continue;
            };
            projects += 1;
            let place = self.project_place(&contents);
            for module in contents.required() {
                required.entry(module).or_default().push(place.clone());
            }
        }
        (required, projects)
    }
}

fn known(list: &str) -> Result<&'static str, PrivateError> {
    let mut lists = LISTS.into_iter();
    let unknown = || PrivateError::UnknownList {
        list: mask_text(list),
    };
    lists.find(|known| *known == list).ok_or_else(unknown)
}

fn variable<'a>(environment: &'a Environment, name: &str) -> Option<&'a Variable> {
    let mut variables = environment.variables.iter();
    variables.find(|variable| variable.name == name)
}

/// Whether GOPRIVATE counts in its place: it is set nowhere, or to nothing (go-semantics 1.1).
fn follows(name: &str, variable: Option<&Variable>) -> bool {
    let is_set = |variable: &Variable| {
        variable
            .layers
            .iter()
            .any(|layer| !layer.value.is_empty() && is_setting(layer.origin))
    };
    matches!(name, "GONOPROXY" | "GONOSUMDB") && !variable.is_some_and(is_set)
}

const fn is_setting(origin: Origin) -> bool {
    !matches!(origin, Origin::Default | Origin::Computed)
}

fn entries(
    list: &str,
    value: &str,
    kept: &KeptPatterns,
    required: &Required,
) -> Vec<private::PrivateEntry> {
    let written = private::parse(list, value);
    let mut counting = 0;
    let all = kept.among(list, written.clone());
    all.iter()
        .map(|(entry, enabled)| {
            let problems = match enabled {
                true => {
                    counting += 1;
                    private::judge(list, &written, counting - 1)
                }
                false => private::judge(list, std::slice::from_ref(entry), 0),
            };
            private::shown(entry, *enabled, problems, required)
        })
        .collect()
}

/// An entry as it is written, if it can be one.
fn written(list: &str, entry: &WantedEntry, raw: &[String]) -> Result<Written, PrivateError> {
    let invalid = || PrivateError::PatternInvalid {
        list: list.to_owned(),
        pattern: mask_text(&entry.pattern),
    };
    let known = || {
        let mut raw = raw.iter();
        raw.find(|known| mask_text(known) == entry.pattern).cloned()
    };
    let pattern = match entry.pattern.contains(MASK) {
        true => known().ok_or_else(|| PrivateError::MaskedPatternUnknown {
            pattern: mask_text(&entry.pattern),
        })?,
        false => entry.pattern.clone(),
    };
    let is_vcs = list == "GOVCS";
    let systems = entry.systems.clone().filter(|_| is_vcs);
    let is_one = |text: &str| !text.trim().is_empty() && !text.contains([',', '\n', '\r', '\0']);
    let fits = is_one(&pattern)
        && systems.as_deref().is_none_or(is_one)
        && (!is_vcs || (systems.is_some() && !pattern.contains(':')));
    match fits {
        true => Ok(Written { pattern, systems }),
        false => Err(invalid()),
    }
}
