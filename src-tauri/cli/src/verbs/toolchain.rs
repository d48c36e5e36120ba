//! `gdesk toolchain`.

use std::path::{Path, absolute};

use gopherdesk_core::{
    app::Overview,
    toolchain::{Toolchain, Toolchains},
};
use serde_json::json;

use crate::{
    arguments::Consent,
    ask,
    print::{self, Answer},
    refusal::{Own, Refusal},
    session::Session,
};

/// What to ask from now on.
enum Choice {
    /// The one that terminals run.
    Terminal,
    /// One of the list, by its id, and its path.
    Known(String, String),
    /// One that is not in the list.
    Path(String),
}

/// Every Go on the machine.
pub(super) async fn list(session: &Session<'_>) -> Result<Answer, Refusal> {
    let toolchains = if session.login_shell {
        session.overview().await?.toolchains
    } else {
        session.app.toolchain_list(()).await?
    };
    let text = print::toolchain::list(session.texts, &toolchains);
    Ok(Answer::new(json!(toolchains), text))
}

/// Chooses the Go that is asked.
pub(super) async fn choose(
    session: &Session<'_>,
    which: &str,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let before = session.app.settings().go;
    let toolchains = session.app.toolchain_list(()).await?;
    let choice = Choice::of(which, &toolchains)?;
    let after = choice.path().map(ToOwned::to_owned);
    let question = match &after {
        Some(path) => session.texts.fill("ask.use", &[("path", path)]),
        None => session.texts.say("ask.use_auto").to_owned(),
    };
    if consent.dry_run {
        let json = json!({ "before": before, "after": after });
        return Ok(Answer::new(json, question + "\n"));
    }
    if !consent.yes {
        ask::yes(&question).await?;
    }
    let overview = session
        .interrupt
        .shield(Box::pin(choice.make(session)))
        .await??;
    let go = overview.environment.go;
    let used = go.as_ref().map(|go| go.path.as_str());
    let text = match (&after, used) {
        (Some(path), used) => session
            .texts
            .fill("done.use", &[("path", used.unwrap_or(path))]),
        (None, Some(_)) => session.texts.say("done.use_auto").to_owned(),
        (None, None) => session.texts.say("done.use_none").to_owned(),
    };
    let json = json!({ "before": before, "after": overview.settings.go, "go": go });
    Ok(Answer::new(json, text + "\n"))
}

impl Choice {
    /// `auto`, an id, a version, or else a path.
    fn of(which: &str, toolchains: &Toolchains) -> Result<Self, Refusal> {
        if which == "auto" {
            return Ok(Self::Terminal);
        }
        if let Some(known) = toolchains.list.iter().find(|known| known.id == which) {
            return Ok(Self::known(known));
        }
        let is_version = |known: &&Toolchain| {
            let version = known.version.as_deref().unwrap_or_default();
            version == which || version.strip_prefix("go") == Some(which)
        };
        let found: Vec<_> = toolchains.list.iter().filter(is_version).collect();
        match found.as_slice() {
            [] => {
                let path = absolute(Path::new(which)).unwrap_or_else(|_| which.into());
                Ok(Self::Path(path.display().to_string()))
            }
            [known] => Ok(Self::known(known)),
            several => Err(Refusal::Own(Own::Ambiguous {
                text: which.to_owned(),
                paths: several
                    .iter()
                    .map(|known| known.path.display().to_string())
                    .collect(),
            })),
        }
    }

    fn known(toolchain: &Toolchain) -> Self {
        Self::Known(toolchain.id.clone(), toolchain.path.display().to_string())
    }

    fn path(&self) -> Option<&str> {
        match self {
            Self::Terminal => None,
            Self::Known(_, path) | Self::Path(path) => Some(path),
        }
    }

    async fn make(&self, session: &Session<'_>) -> Result<Overview, Refusal> {
        Ok(match self {
            Self::Terminal => session.app.toolchain_use(None).await,
            Self::Known(id, _) => session.app.toolchain_use(Some(id.clone())).await,
            Self::Path(path) => session.app.toolchain_add(path.into()).await,
        }?)
    }
}
