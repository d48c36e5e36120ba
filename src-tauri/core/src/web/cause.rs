//! What libraries say went wrong, by the types of their errors; the wording is only passed on.

use std::{error::Error, fmt::Display, io, iter::successors};

use rustls::CertificateError;

use super::Trouble;
use crate::secret::mask_text;

/// How much of a library's sentence is passed on, in characters; a server may have written part of it.
const REASON: usize = 200;

/// Why hyper has no answer, or no more of it.
pub(super) fn of(error: &(dyn Error + 'static), host: &str) -> Trouble {
    let mut hyper: Option<&hyper::Error> = None;
    for error in chain(error) {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return match of_io(error, host) {
                // hyper's own words for a body that is shorter than it was said to be, or in broken pieces
                Trouble::ConnectionLost { reason } if is_broken_off(error.kind()) => {
                    Trouble::NotHttp { reason }
                }
                trouble => trouble,
            };
        }
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            return of_http2(error, host);
        }
        hyper = error.downcast_ref().or(hyper);
    }
    let reason = plain(&last(error).to_string());
    match hyper {
        // it ended before the answer began, or we ended it
        Some(error)
            if error.is_incomplete_message() || error.is_canceled() || error.is_closed() =>
        {
            Trouble::ConnectionLost { reason }
        }
        Some(_) => Trouble::NotHttp { reason },
        None => Trouble::ConnectionLost { reason },
    }
}

/// The error that is behind all others.
pub(super) fn last<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    chain(error).last().unwrap_or(error)
}

/// What a socket says, or TLS through one, if one of them is to blame.
pub(super) fn io<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a io::Error> {
    chain(error).find_map(|error| error.downcast_ref())
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |error| (*error).source())
}

fn is_broken_off(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
    )
}

/// Whether the other side ended a connection.
pub(super) fn is_hangup(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
    )
}

/// What a socket says, or TLS through one.
pub(super) fn of_io(error: &io::Error, host: &str) -> Trouble {
    let inner = error.get_ref().map(|inner| inner as &(dyn Error + 'static));
    if let Some(error) = inner.and_then(|inner| inner.downcast_ref::<io::Error>()) {
        return of_io(error, host);
    }
    match inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(error) => of_tls(error, host),
        None => Trouble::ConnectionLost {
            reason: plain(&error.to_string()),
        },
    }
}

/// An address that is none.
pub(super) fn no_address(error: impl Display) -> Trouble {
    Trouble::NotHttp {
        reason: plain(&error.to_string()),
    }
}

/// A library's words: no secret, no character that does something to a terminal, and not too many of them.
pub(super) fn plain(words: &str) -> String {
    let visible: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    mask_text(&visible).chars().take(REASON).collect()
}

fn of_http2(error: &h2::Error, host: &str) -> Trouble {
    if let Some(error) = error.get_io() {
        return of_io(error, host);
    }
    // not the whole text: it holds what the server wrote into it, which may be what it was sent
    let reason = match error.reason() {
        Some(reason) => reason.description().to_owned(),
        None => plain(&error.to_string()),
    };
    if error.is_remote() {
        // the server ended the stream or the connection by the rules
        Trouble::ConnectionLost { reason }
    } else {
        Trouble::NotHttp { reason }
    }
}

fn of_tls(error: &rustls::Error, host: &str) -> Trouble {
    let host = host.to_owned();
    match error {
        rustls::Error::InvalidCertificate(fault) => match fault {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                Trouble::CertificateExpired { host }
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Trouble::CertificateNotYetValid { host }
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Trouble::CertificateWrongHost { host }
            }
            CertificateError::UnknownIssuer => Trouble::CertificateUnknownAuthority { host },
            _ => Trouble::TlsRefused {
                host,
                reason: plain(&error.to_string()),
            },
        },
        _ => Trouble::TlsRefused {
            host,
            reason: plain(&error.to_string()),
        },
    }
}
