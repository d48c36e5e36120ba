//! What go prints at the end, in its words.

use super::{
    Ending, MirrorAnswer, Scene,
    walk::{Failure, Request},
};
use crate::{chain::Source, checksum::Gosumdb, module::escape};

/// Nothing when the module is there, or when git has the last word.
pub(super) fn said(scene: &Scene<'_>, ending: &Ending, failure: Option<&Failure>) -> String {
    let module = scene.module;
    match (ending, failure) {
        (Ending::Off {}, _) => disabled(module),
        (Ending::NotAZip { .. }, _) => "zip: not a valid zip file".to_owned(),
        (Ending::OtherContent { .. }, _) => {
            format!("{module}: verifying module: checksum mismatch")
        }
        (Ending::Hangs { .. }, _) | (_, None) => String::new(),
        (_, Some(failure)) => of(scene, failure),
    }
}

fn of(scene: &Scene<'_>, failure: &Failure) -> String {
    let module = scene.module;
    match scene.entries[failure.entry].source {
        _ if failure.request == Request::Database => {}
        Source::Direct => return String::new(),
        Source::Off => return disabled(module),
        Source::Mirror | Source::Files | Source::Unreadable => {}
    }
    if let (Request::Database, Err(fault)) = (failure.request, scene.gosumdb) {
        return format!("go: {module}: verifying go.mod: {fault}");
    }
    if failure.request == Request::Database {
        let url = address(scene, failure, "");
        return format!("go: {module}: verifying go.mod: {module}/go.mod: Get \"{url}\"");
    }
    let base = base(scene, failure.entry);
    let url = address(scene, failure, &base);
    let host = host(&url);
    let is_folder = scene.entries[failure.entry].source == Source::Files;
    let what = match scene.answer(failure.entry) {
        _ if scene.is_withheld(failure.entry) => {
            format!("refusing to pass credentials to insecure URL: {url}")
        }
        MirrorAnswer::NotFound | MirrorAnswer::Gone if is_folder => {
            format!("reading {url}: no such file or directory")
        }
        MirrorAnswer::Page if failure.request == Request::Info => format!(
            "invalid response from proxy \"{base}\": invalid character '<' looking for beginning of value"
        ),
        // the page is taken for a record
        MirrorAnswer::Page if failure.request == Request::Lookup => {
            "malformed record data".to_owned()
        }
        MirrorAnswer::Page => "checksum mismatch".to_owned(),
        MirrorAnswer::NoSuchHost => {
            format!("Get \"{url}\": dial tcp: lookup {host}: no such host")
        }
        MirrorAnswer::Refused => {
            format!("Get \"{url}\": dial tcp {host}: connect: connection refused")
        }
        MirrorAnswer::Timeout => format!("Get \"{url}\": dial tcp {host}: i/o timeout"),
        answer => format!("reading {url}: {}", status(answer)),
    };
    match failure.request {
        Request::Supported | Request::Lookup => {
            format!("go: {module}: verifying go.mod: {module}/go.mod: {what}")
        }
        Request::Info | Request::Mod | Request::Zip | Request::Database => {
            format!("go: {module}: {what}")
        }
    }
}

fn disabled(module: &str) -> String {
    format!("go: {module}: module lookup disabled by GOPROXY=off")
}

/// As net/http names it.
const fn status(answer: MirrorAnswer) -> &'static str {
    match answer {
        MirrorAnswer::NotFound => "404 Not Found",
        MirrorAnswer::Gone => "410 Gone",
        MirrorAnswer::Unauthorized => "401 Unauthorized",
        MirrorAnswer::Forbidden => "403 Forbidden",
        MirrorAnswer::TooMany => "429 Too Many Requests",
        MirrorAnswer::ServerError => "500 Internal Server Error",
        MirrorAnswer::BadGateway => "502 Bad Gateway",
        MirrorAnswer::Unavailable => "503 Service Unavailable",
        _ => "200 OK",
    }
}

/// What is asked, as go writes it.
fn address(scene: &Scene<'_>, failure: &Failure, base: &str) -> String {
    let (path, version) = scene.module.split_once('@').unwrap_or((scene.module, ""));
    let (path, version) = (escape(path), escape(version));
    let database = match scene.gosumdb {
        Ok(Gosumdb::Database { database, .. }) => &database.name,
        Ok(Gosumdb::Off) | Err(_) => "",
    };
    let base = base.trim_end_matches('/');
    match failure.request {
        Request::Info => format!("{base}/{path}/@v/{version}.info"),
        Request::Mod => format!("{base}/{path}/@v/{version}.mod"),
        Request::Zip => format!("{base}/{path}/@v/{version}.zip"),
        Request::Supported => format!("{base}/sumdb/{database}/supported"),
        Request::Lookup => format!("{base}/sumdb/{database}/lookup/{path}@{version}"),
        Request::Database => format!("https://{database}/lookup/{path}@{version}"),
    }
}

fn base(scene: &Scene<'_>, at: usize) -> String {
    let text = &scene.entries[at].text;
    match text.contains(":/") {
        true => text.clone(),
        false => format!("https://{text}"),
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}
