//! What go is asked for a whole project, and which go.

use std::path::{Path, PathBuf};

use super::Errand;
use crate::{
    error::Error,
    fetch::{Downloader, scratch::Scratch},
    project::{ProjectError, read::Copied},
    toolchain::{
        Version,
        ask::{Ask, ask_values},
    },
};

/// Where go will put modules when it is asked for a temporary cache.
pub(super) fn temporary(downloader: &Downloader<'_>, scratch: &Scratch) -> PathBuf {
    match is(downloader, 15) {
        true => scratch.cache(),
        false => scratch.cache().join("pkg").join("mod"),
    }
}

/// Whether it is of Go 1.`minor` or later; a version that is not known is a new one.
fn is(downloader: &Downloader<'_>, minor: u32) -> bool {
    downloader
        .version
        .is_none_or(|version| version.at_least(1, minor))
}

/// What go is asked, and which one.
pub(super) async fn question(
    downloader: &Downloader<'_>,
    errand: &Errand<'_>,
    scratch: &Scratch,
    copied: &Copied,
) -> Result<(Ask, PathBuf), Error> {
    // the flag and the trace are of Go 1.14
    let modern = is(downloader, 14);
    let prepared = |ask: Ask| {
        let ask = ask.with("GOWORK", &copied.work).inside(&copied.folder);
        match modern {
            true => ask.with("GOFLAGS", "-modcacherw=false"),
            false => ask,
        }
    };
    let ask = prepared(Ask::download_all(modern)).within(errand.deadline);
    let ask = match errand.set {
        true => ask.with("GOPROXY", errand.goproxy),
        false => ask,
    };
    if let Some(own) = errand.cache {
        let ask = match own.writable && modern {
            true => ask.with("GOFLAGS", "-modcacherw"),
            false => ask,
        };
        // a toolchain that the project wants is part of what is needed offline
        return Ok((ask, downloader.go.to_owned()));
    }
    let ask = ask
        .with("GOMODCACHE", scratch.cache())
        .with("GOTOOLCHAIN", "local");
    // there the module cache followed GOPATH
    let ask = match is(downloader, 15) {
        true => ask,
        false => ask.with("GOPATH", scratch.cache()),
    };
    let (Some(wanted), Some(present)) = (&errand.project.go, downloader.version) else {
        return Ok((ask, downloader.go.to_owned()));
    };
    if wanted <= present {
        return Ok((ask, downloader.go.to_owned()));
    }
    // the one that a terminal would switch to, if it is on this machine
    let identity = prepared(Ask::switched()).with("GOPROXY", "off");
    let values = ask_values(downloader.host, downloader.go, identity).await;
    let newer = values.ok().and_then(|values| {
        let version = Version::parse(values.get("GOVERSION")?)?;
        let name = downloader.host.os.executable("go");
        let go = Path::new(values.get("GOROOT")?).join("bin").join(name);
        (version >= *wanted).then_some(go)
    });
    let newer = newer.ok_or_else(|| ProjectError::NeedsNewerGo {
        wanted: wanted.to_string(),
        present: present.to_string(),
    })?;
    Ok((ask, newer))
}

#[cfg(test)]
#[cfg(all(unix, feature = "testing"))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::{
        fetch::project::{Ending, download},
        host::Host,
        project::read,
    };

    #[expect(clippy::disallowed_methods, reason = "a file of the test's own folder")]
    fn write(file: &Path, text: &str) {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    /// What a go of this version is asked.
    async fn asked(version: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let (go, told) = (folder.path().join("go"), folder.path().join("told"));
        let script = format!(
            "#!/bin/sh\necho \"$*|$GOFLAGS|$GOTOOLCHAIN|${{GOPATH-none}}|$GOMODCACHE\" > '{}'\n",
            told.display()
        );
        write(&go, &script);
        fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("a mode");
        write(&folder.path().join("app/go.mod"), "module m\n");
        let host = Host::sandbox(folder.path());
        let project = read::read(&folder.path().join("app"), true).expect("a project");
        let version = Version::parse(version);
        let downloader = Downloader {
            host: &host,
            go: &go,
            version: version.as_ref(),
        };
        let errand = Errand {
            project: &project,
            goproxy: "https://proxy.example",
            set: true,
            cache: None,
            budget: None,
            deadline: Duration::from_secs(20),
            silence: None,
        };
        let done = download(&downloader, &errand, &CancellationToken::new(), &|_| {}).await;
        assert_eq!(done.expect("an answer").ending, Ending::Ended, "it ran");
        let told = fs::read_to_string(told).expect("it was run");
        let scratch = told.trim().rsplit_once('|').map_or("", |(_, cache)| cache);
        assert!(
            scratch.ends_with("/cache") && !scratch.is_empty(),
            "a place of our own: {told}"
        );
        told.trim().replace(scratch, "SCRATCH")
    }

    #[tokio::test]
    async fn an_old_go_is_asked_only_what_it_knows() {
        for (version, question) in [
            (
                "go1.27.3",
                "mod download -json -x|-modcacherw=false|local|none|SCRATCH",
            ),
            (
                "go1.14.15",
                "mod download -json -x|-modcacherw=false|local|SCRATCH|SCRATCH",
            ),
            ("go1.13.15", "mod download -json||local|SCRATCH|SCRATCH"),
        ] {
            assert_eq!(asked(version).await, question, "{version}");
        }
    }
}
