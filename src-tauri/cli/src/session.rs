//! One call of `gdesk`: the core, the words, the streams.

use gopherdesk_core::{
    app::{App, Overview},
    environment::Environment,
    error::{Error, Failure},
    profile::Profiles,
};

use crate::{interrupt::Interrupt, print::Output, texts::Texts};

/// What every verb has at hand.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) app: App,
    pub(crate) texts: &'a Texts,
    pub(crate) output: Output,
    pub(crate) interrupt: Interrupt,
    /// Ask the login shell before answering.
    pub(crate) login_shell: bool,
}

impl Session<'_> {
    /// Everything there is to know.
    pub(crate) async fn overview(&self) -> Result<Overview, Error> {
        if self.login_shell {
            self.app.shell_ask(()).await
        } else {
            self.app.overview_read(()).await
        }
    }

    /// Go's environment, without a look for other Gos unless the login shell is asked anyway.
    pub(crate) async fn environment(&self) -> Result<Environment, Error> {
        if self.login_shell {
            return Ok(self.app.shell_ask(()).await?.environment);
        }
        self.app.environment_read(()).await
    }

    /// Every profile, how it stands to the environment, and why go did not answer.
    pub(crate) async fn profiles(&self) -> Result<(Profiles, Option<Failure>), Error> {
        if self.login_shell {
            let overview = self.app.shell_ask(()).await?;
            return Ok((overview.profiles, overview.environment.failure));
        }
        self.app.profile_survey(()).await
    }

    /// What these variables are now, and nothing else of them.
    pub(crate) async fn values(&self, names: &[String]) -> Result<Environment, Error> {
        if self.login_shell {
            return Ok(self.app.shell_ask(()).await?.environment);
        }
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        self.app.environment_values(&names).await
    }
}
