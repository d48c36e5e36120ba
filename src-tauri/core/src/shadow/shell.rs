//! Asking the login shell what it sets.

mod answer;

use std::{ffi::OsString, path::PathBuf, time::Duration};

use answer::Mark;

use crate::{
    environment::catalogue,
    host::{
        Host, Os, Vars,
        run::{DEADLINE, Program, RunError, run},
    },
    secret::mask_text,
    shadow::StartupError,
};

/// Set while the shell is asked, so that a start-up file can leave out what takes long.
pub const RESOLVING: &str = "GOPHERDESK_RESOLVING_ENVIRONMENT";

/// What a login shell gives to the programs it starts.
#[derive(Debug, Clone)]
pub struct ShellAnswer {
    /// `zsh`.
    pub shell: String,
    /// Its variables, or why there are none.
    pub vars: Result<Vars, StartupError>,
}

/// Asks the login shell for its variables, as a terminal would start it.
///
/// It runs the user's start-up files, which can do anything: own session, no input, a deadline, a bound on output.
pub async fn ask(host: &Host) -> ShellAnswer {
    ask_within(host, DEADLINE).await
}

/// The same with another deadline.
pub async fn ask_within(host: &Host, deadline: Duration) -> ShellAnswer {
    let Some(path) = login_shell(host) else {
        return ShellAnswer {
            shell: String::new(),
            vars: Err(StartupError::ShellUnknown {}),
        };
    };
    let shell = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let vars = question(host, path, &shell, deadline).await;
    ShellAnswer { shell, vars }
}

/// `$SHELL`, else what the user database says; none on Windows, where no start-up file sets variables.
pub fn login_shell(host: &Host) -> Option<PathBuf> {
    if host.os == Os::Windows {
        return None;
    }
    let chosen = host.vars.get_nonempty("SHELL").map(PathBuf::from);
    chosen
        .or_else(|| from_passwd(host))
        .filter(|path| path.is_absolute())
}

/// The last field of the user's line in passwd(5).
fn from_passwd(host: &Host) -> Option<PathBuf> {
    let text = std::fs::read_to_string(host.system("/etc/passwd")).ok()?;
    let user = user_id()?.to_string();
    let mut users = text.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let line = users.find(|fields| fields.get(2) == Some(&user.as_str()))?;
    let shell = line.get(6).filter(|shell| !shell.is_empty())?;
    Some(PathBuf::from(shell))
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn user_id() -> Option<u32> {
    Some(rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
const fn user_id() -> Option<u32> {
    None
}

async fn question(
    host: &Host,
    path: PathBuf,
    shell: &str,
    deadline: Duration,
) -> Result<Vars, StartupError> {
    let silent = |reason: String| StartupError::ShellSilent {
        shell: shell.to_owned(),
        reason: mask_text(&reason),
    };
    let mark = Mark::new().map_err(|reason| silent(reason.to_string()))?;
    let program = Program {
        path,
        args: arguments(shell, &mark),
        vars: inherited(host),
        folder: host.home.clone().unwrap_or_else(|| host.system("/")),
        deadline,
    };
    let output = run(&program).await.map_err(|error| match error {
        RunError::TimedOut { .. } => StartupError::ShellTimedOut {
            shell: shell.to_owned(),
            seconds: u32::try_from(deadline.as_secs()).unwrap_or(u32::MAX),
        },
        other => silent(other.to_string()),
    })?;
    mark.find(&output.stdout)
        .ok_or_else(|| silent(output.complaint()))
}

/// Login and interactive, as the first terminal of a session is; csh takes `-l` only alone.
fn arguments(shell: &str, mark: &Mark) -> Vec<OsString> {
    let options: &[&str] = match shell {
        "csh" | "tcsh" => &["-i", "-c"],
        _ => &["-l", "-i", "-c"],
    };
    let mut arguments: Vec<OsString> = options.iter().map(OsString::from).collect();
    arguments.push(mark.command().into());
    arguments
}

/// What the shell inherits: our own variables without Go's, which would come back as if a start-up file had set them.
fn inherited(host: &Host) -> Vars {
    let mut vars: Vars = host
        .vars
        .iter()
        .filter(|(name, _)| name.to_str().is_none_or(|name| !catalogue::is_known(name)))
        .collect();
    vars.set(RESOLVING, "1");
    vars.set("TERM", "dumb");
    // a start-up file that starts tmux does so unless it seems to be inside of one
    vars.set("TMUX", "gopherdesk");
    // what bash takes start-up files from instead
    for name in ["ENV", "BASH_ENV", "SHLVL", "OLDPWD", "PWD"] {
        vars.remove(name);
    }
    vars
}
