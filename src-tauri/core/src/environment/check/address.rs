use super::{CheckContext, Problem, check};
use crate::host::Os;

/// Why a text is not the address of one mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFault {
    /// Nothing, several, `direct`, or `off`.
    NotOne,
    /// What Go would refuse, or take for something else than is meant.
    Problem(Problem),
}

/// The address of one mirror as it stands in GOPROXY, completed as Go completes it. An address is checked where somebody
/// writes it down, so whatever Go would stumble over when it is used is refused here.
///
/// # Errors
/// See [`AddressFault`].
pub fn address(text: &str, os: Os) -> Result<String, AddressFault> {
    let text = text.trim();
    let is_one = !text.is_empty()
        && !text.contains([',', '|', '，', ';', '；', '、'])
        && !text.contains(char::is_whitespace)
        && !["direct", "off"].contains(&text.to_lowercase().as_str());
    if !is_one {
        return Err(AddressFault::NotOne);
    }
    let context = CheckContext {
        os,
        version: None,
        home: None,
    };
    let checked = check("GOPROXY", text, &context);
    let mut text = text.to_owned();
    for problem in checked.refusals.into_iter().chain(checked.warnings) {
        match problem {
            // what Go would make of it is written out
            Problem::ProxyReadAsHttps { .. } => text = format!("https://{text}"),
            problem => return Err(AddressFault::Problem(problem)),
        }
    }
    Ok(text)
}
