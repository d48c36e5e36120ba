//! Whether an answer is what the protocol says (go-semantics 4.1): a 200 proves nothing.

use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    mirror::report::{Finding, Verdict},
    module::Module,
    web::Answer,
};

/// What `.info` and `@latest` say.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Info {
    /// The version.
    #[serde(rename = "Version", alias = "version")]
    pub(super) version: String,
    /// When it was made.
    #[serde(rename = "Time", alias = "time")]
    pub(super) time: Option<Timestamp>,
}

/// The answer for a module that everybody has.
pub(super) fn found<'a>(
    answer: &'a Answer,
    module: &str,
    asked: &str,
) -> Result<&'a [u8], Verdict> {
    match answer.status {
        200 if is_page(answer) => Err(page(answer)),
        200 => Ok(&answer.body),
        404 | 410 => Err(Finding::ModuleMissing {
            module: module.to_owned(),
        }
        .into()),
        _ => Err(refused(answer, asked)),
    }
}

/// A `.info` that must name this version.
pub(super) fn info(answer: &Answer, module: &Module, asked: &str) -> Result<Info, Verdict> {
    let body = found(answer, &module.to_string(), asked)?;
    let info: Info = serde_json::from_slice(body).map_err(|_| other(asked))?;
    if info.version == module.version() {
        Ok(info)
    } else {
        Err(other(asked))
    }
}

/// The `@latest` of a module.
pub(super) fn latest(answer: &Answer, path: &str, asked: &str) -> Result<Info, Verdict> {
    let body = found(answer, path, asked)?;
    let info: Info = serde_json::from_slice(body).map_err(|_| other(asked))?;
    if is_version(&info.version) {
        Ok(info)
    } else {
        Err(other(asked))
    }
}

/// A list that must hold this version, which has been there for years.
pub(super) fn list(answer: &Answer, module: &Module, asked: &str) -> Result<(), Verdict> {
    let body = found(answer, &module.to_string(), asked)?;
    let text = std::str::from_utf8(body).map_err(|_| other(asked))?;
    let mut versions = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let mut is_list = true;
    let is_there = versions
        .by_ref()
        .inspect(|version| is_list &= is_version(version))
        .any(|version| version == module.version());
    if is_there && is_list && versions.all(is_version) {
        return Ok(());
    }
    Err(match is_list && !text.trim().is_empty() {
        true => Finding::ListStale {
            module: module.to_string(),
        }
        .into(),
        false => other(asked),
    })
}

/// A refusal that is not "not here".
pub(super) fn refused(answer: &Answer, asked: &str) -> Verdict {
    match answer.status {
        401 | 403 | 407 => Finding::LoginWanted {
            status: answer.status,
        },
        429 => Finding::RateLimited {
            retry_after: answer.retry_after,
        },
        511 => Finding::CaptivePortal {},
        status => Finding::Status {
            status,
            asked: asked.to_owned(),
        },
    }
    .into()
}

/// A page for people, which a proxy never sends.
pub(super) fn is_page(answer: &Answer) -> bool {
    let is_html = answer.content_type.as_deref().is_some_and(|kind| {
        kind.trim_start()
            .to_ascii_lowercase()
            .starts_with("text/html")
    });
    let start = answer.body.trim_ascii_start();
    is_html || start.starts_with(b"<")
}

/// Who sent it: a login that every request is led to, or a server that is something else.
pub(super) fn page(answer: &Answer) -> Verdict {
    match answer.redirected {
        Some(_) => Finding::CaptivePortal {},
        None => Finding::WebPage {},
    }
    .into()
}

/// Not the protocol.
pub(super) fn other(asked: &str) -> Verdict {
    Finding::NotAModuleProxy {
        asked: asked.to_owned(),
    }
    .into()
}

/// `v1.2.3`, with whatever follows a plus or a hyphen; nothing that could be more than a version on a screen.
pub(super) fn is_version(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('v') else {
        return false;
    };
    rest.len() < 128
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c))
}

impl From<Finding> for Verdict {
    fn from(finding: Finding) -> Self {
        Self::Found(finding)
    }
}

impl From<crate::web::Trouble> for Verdict {
    fn from(trouble: crate::web::Trouble) -> Self {
        Self::Trouble(trouble)
    }
}
