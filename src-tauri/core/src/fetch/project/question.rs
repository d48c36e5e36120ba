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

/// What go is asked, and which one.
pub(super) async fn question(
    downloader: &Downloader<'_>,
    errand: &Errand<'_>,
    scratch: &Scratch,
    copied: &Copied,
) -> Result<(Ask, PathBuf), Error> {
    let prepared = |ask: Ask| {
        ask.with("GOWORK", &copied.work)
            .inside(&copied.folder)
            .with("GOFLAGS", "-modcacherw=false")
    };
    let ask = prepared(Ask::download_all()).within(errand.deadline);
    let ask = match errand.set {
        true => ask.with("GOPROXY", errand.goproxy),
        false => ask,
    };
    if let Some(own) = errand.cache {
        let ask = match own.writable {
            true => ask.with("GOFLAGS", "-modcacherw"),
            false => ask,
        };
        // a toolchain that the project wants is part of what is needed offline
        return Ok((ask, downloader.go.to_owned()));
    }
    let ask = ask
        .with("GOMODCACHE", scratch.cache())
        .with("GOTOOLCHAIN", "local");
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
