//! The address of a company's module proxy.

use url::Url;

use crate::{
    environment::{
        EnvironmentError, Problem,
        check::{AddressFault, address},
    },
    error::Error,
    host::Os,
    profile::ProfileError,
    secret::mask_text,
};

/// A proxy as it stands in GOPROXY.
pub(super) struct Proxy {
    /// With its scheme, without credentials.
    pub(super) address: String,
    /// Host, with the port if it is not the usual one, as netrc wants it (go-semantics 2.4); none for a folder.
    pub(super) host: Option<String>,
    /// Credentials were taken out.
    pub(super) had_credentials: bool,
}

/// Reads one address by the rules of GOPROXY; none when there is none.
///
/// # Errors
/// More than one, `direct` and `off`, and what Go would refuse, or not take for what it is meant to be.
pub(super) fn read(text: &str, login: bool, os: Os) -> Result<Option<Proxy>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let none = || {
        Error::from(ProfileError::CompanyProxyInvalid {
            text: mask_text(text),
        })
    };
    let refused = |problem| {
        Error::from(EnvironmentError::InvalidValue {
            name: "GOPROXY".to_owned(),
            problem,
        })
    };
    let text = address(text, os).map_err(|fault| match fault {
        AddressFault::NotOne => none(),
        AddressFault::Problem(problem) => refused(problem),
    })?;
    let url = Url::parse(&text).map_err(|_| none())?;
    if url.scheme() == "file" {
        return Ok(Some(Proxy {
            address: text,
            host: None,
            had_credentials: false,
        }));
    }
    let host = url.host_str().ok_or_else(none)?;
    if login && url.scheme() == "http" {
        let entry = mask_text(&text);
        return Err(refused(Problem::ProxyCredentialsOverHttp { entry }));
    }
    let address = without_user(&text);
    Ok(Some(Proxy {
        had_credentials: address != text,
        address,
        host: Some(match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }),
    }))
}

/// The rest of the address stays as it was written: what a parser prints may differ.
fn without_user(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    match authority.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{host}{path}"),
        None => text.to_owned(),
    }
}
