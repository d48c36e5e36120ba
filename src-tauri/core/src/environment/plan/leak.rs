//! Who would be told a private name after a change (go-semantics 2.1, 2.2).
//!
//! GONOPROXY follows GOPRIVATE until it is set itself. A profile that sends private modules through a company's proxy sets
//! it to `none`; left over when GOPROXY becomes a public mirror, every private name is told to that.

use crate::{
    environment::{
        Environment,
        check::{Problem, glob},
        file::EnvText,
    },
    mirror::{Address, catalogue},
};

/// The variables that decide about it.
pub const NAMES: [&str; 3] = ["GOPROXY", "GONOPROXY", "GOPRIVATE"];

/// What Go asks where nothing says otherwise (`$GOROOT/go.env`).
const DEFAULT: &str = "https://proxy.golang.org,direct";

/// What is to be said of the GOENV file as it would be, if private names go to a public mirror.
pub(super) fn found(after: &EnvText, environment: &Environment) -> Option<Problem> {
    let value = |name| value(name, after, environment);
    let (private, gonoproxy) = (value("GOPRIVATE")?, value("GONOPROXY")?);
    let is_told = private
        .split(',')
        .any(|pattern| !pattern.is_empty() && !glob::covers(&gonoproxy, pattern));
    let goproxy = value("GOPROXY").unwrap_or_else(|| DEFAULT.to_owned());
    let mirror = goproxy
        .split([',', '|'])
        .map(str::trim)
        .take_while(|entry| !matches!(*entry, "direct" | "off"))
        .find_map(mirror)
        .filter(|_| is_told)?;
    Some(Problem::PrivateNamesTold { mirror, gonoproxy })
}

/// What Go will use in a terminal; none when that is nothing, which for each of them is its default.
fn value(name: &str, after: &EnvText, environment: &Environment) -> Option<String> {
    let mut variables = environment.variables.iter();
    let variable = variables.find(|variable| variable.name == name);
    let outranking = variable.and_then(|variable| variable.shadowed.as_ref());
    let value = match outranking {
        Some(outranking) => Some(outranking.value.clone()),
        None => after.get(name).map(str::to_owned),
    };
    value.filter(|value| !value.is_empty())
}

/// The host of an entry of GOPROXY, if that is a public mirror.
fn mirror(entry: &str) -> Option<String> {
    let host = Address::parse(entry)?.host;
    catalogue::is_host(&host).then_some(host)
}
