//! The company form: from what a person knows of a company's network to values.
//!
//! | proxy | hosts | public modules | GOPROXY | GOSUMDB | GOPRIVATE | GONOPROXY | GONOSUMDB |
//! |---|---|---|---|---|---|---|---|
//! | yes | yes | from it alone | the proxy | - | the hosts | `none` | unset |
//! | yes | yes | domestic, overseas | the proxy`,`these | as these | the hosts | unset | unset |
//! | yes | no | from it alone | the proxy | - | - | - | - |
//! | yes | no | domestic, overseas | the proxy`,`these | as these | - | - | - |
//! | no | yes | as now | - | - | the hosts | unset | unset |
//! | no | yes | domestic, overseas | as these | as these | the hosts | unset | unset |
//!
//! - **GOPRIVATE** keeps private names from the checksum database, and lets `direct` use any version control system for
//!   them (go-semantics 2.5, 2.6). It is a fallback for **GONOPROXY** and **GONOSUMDB** only: whatever those were set to
//!   would count instead, so they are unset (1.1).
//! - **`GONOPROXY=none`** makes private modules come through a proxy (2.2): through the company's, when nobody else stands
//!   in GOPROXY. With a public mirror behind it, Go would go on to that mirror with every private name that the company's
//!   proxy answers with 404, as it does in every `go get` for each prefix of the path (2.2). So GONOPROXY follows
//!   GOPRIVATE there: private modules come from their git hosts, and the proxy serves what it has of the public ones. There
//!   is no GOPROXY that would ask one proxy for private modules only.
//! - **`,` and not `|`** behind the company's proxy: a proxy that refuses a module, as for its licence, must not be walked
//!   around, and one that wants a login must say so (2.2).
//! - **GOSUMDB** stays as it is where public modules come from the company's proxy: whether that passes the database on is
//!   unknown, and so is whether it is reached from here.
//! - **Credentials** are taken out of the proxy's address and become a [`Login`], for `~/.netrc` is where Go looks for them
//!   (2.4): they are never kept. Over http Go sends none, so a login is refused there.
//! - Without hosts nothing is known of private modules: the proxy's 404 lets their names go on to the public source behind
//!   it (2.2), and whatever comes through the proxy is looked up in the checksum database (2.5). [`CompanyWarning`]s say so.

mod hosts;
mod proxy;

use serde::{Deserialize, Serialize};

use super::ProfileError;
use crate::{environment::Change, error::Error, host::Os, secret::mask_text};
use proxy::Proxy;

/// What stands behind the company's proxy where Go's defaults do; without a proxy they are left to Go.
const OVERSEAS: &str = "https://proxy.golang.org,direct";

/// What a person knows of a company's network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(default)]
pub struct CompanyForm {
    /// Git hosts or paths of the company's modules: `git.corp.example`, `github.com/corp`; a pasted address will do.
    pub hosts: Vec<String>,
    /// The company's module proxy; empty when it has none.
    pub proxy: String,
    /// The proxy, or without one the git hosts, ask for a login.
    pub login: bool,
    /// Where public modules come from when the company's proxy has none of them.
    pub public: PublicSource,
}

/// Where a company's developers get public modules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(rename_all = "snake_case")]
pub enum PublicSource {
    /// From the company's proxy alone, or as it is now where there is none.
    #[default]
    Company,
    /// As the domestic profile.
    Domestic,
    /// As Go's defaults.
    Overseas,
}

/// What a [`CompanyForm`] comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct CompanyPreview {
    /// The values, each with the code of the sentence that explains it.
    pub values: Vec<CompanyValue>,
    /// Hosts for which a login has to stand in `~/.netrc`, with the lines to add; no secret is in them.
    pub logins: Vec<Login>,
    /// What the values leave open.
    pub warnings: Vec<CompanyWarning>,
}

/// One value of a [`CompanyPreview`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct CompanyValue {
    /// The variable.
    pub name: String,
    /// What it is set to, credentials masked; none unsets it.
    pub value: Option<String>,
    /// Which sentence explains it.
    pub why: CompanyReason,
}

/// Why the company profile sets a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(rename_all = "snake_case")]
pub enum CompanyReason {
    /// These modules are the company's: no public mirror and no public checksum database hears of them.
    PrivateModules,
    /// Unset, so that it follows GOPRIVATE: the checksum database hears of no private name.
    PrivateUnverified,
    /// The company's proxy has its own modules as well, so they are not fetched around it.
    PrivateThroughProxy,
    /// Unset, so that it follows GOPRIVATE: the company's modules come from their git hosts, past every proxy.
    PrivateFromHosts,
    /// Modules come from the company's proxy.
    CompanyProxy,
    /// Modules come from the company's proxy, and what it does not have from what stands behind it.
    CompanyProxyFirst,
    /// Public modules come from mirrors that answer in mainland China.
    DomesticMirrors,
    /// The checksum database that answers in mainland China.
    DomesticDatabase,
    /// Go's own default.
    GoDefault,
}

/// What becomes of private modules when the form names no hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum CompanyWarning {
    /// Those that the company's proxy does not have are asked of the public source behind it.
    PrivateNamesGoOn {},
    /// The checksum database is asked about those that it has, and refuses what it cannot see.
    PrivateNamesLookedUp {},
}

/// A login that Go needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Login {
    /// The host.
    pub host: String,
    /// The line for `~/.netrc`, with words in place of user and password.
    pub line: String,
}

/// What a form comes to, raw. Never leaves the core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// The form without credentials, every host as its pattern: this is kept.
    pub form: CompanyForm,
    /// The values, and why each is there.
    pub values: Vec<(Change, CompanyReason)>,
    logins: Vec<Login>,
    warnings: Vec<CompanyWarning>,
}

impl CompanyForm {
    /// Nothing was filled in.
    pub fn is_empty(&self) -> bool {
        let is_blank = |text: &String| text.trim().is_empty();
        is_blank(&self.proxy) && self.hosts.iter().all(is_blank)
    }
}

impl Company {
    /// Works it out; `domestic` is what the domestic profile sets.
    ///
    /// # Errors
    /// The form is empty, or a host or the proxy's address is none.
    pub fn of(form: &CompanyForm, domestic: &[Change], os: Os) -> Result<Self, Error> {
        let hosts = hosts::patterns(&form.hosts)?;
        let proxy = proxy::read(&form.proxy, form.login, os)?;
        if hosts.is_empty() && proxy.is_none() {
            return Err(ProfileError::CompanyFormEmpty {}.into());
        }
        let login = form.login || proxy.as_ref().is_some_and(|proxy| proxy.had_credentials);
        let network = Network {
            public: form.public,
            domestic,
            proxy: proxy.as_ref(),
            hosts: &hosts,
        };
        let values = network.values();
        let logins = if login { network.logins() } else { Vec::new() };
        let warnings = network.warnings();
        Ok(Self {
            values,
            logins,
            warnings,
            form: CompanyForm {
                hosts,
                proxy: proxy.map(|proxy| proxy.address).unwrap_or_default(),
                login,
                public: form.public,
            },
        })
    }

    /// As it is shown.
    pub fn preview(self) -> CompanyPreview {
        let values = self.values.into_iter().map(|(change, why)| CompanyValue {
            value: change.value.as_deref().map(mask_text),
            name: change.name,
            why,
        });
        CompanyPreview {
            values: values.collect(),
            logins: self.logins,
            warnings: self.warnings,
        }
    }
}

/// What a form says, understood.
struct Network<'a> {
    public: PublicSource,
    domestic: &'a [Change],
    proxy: Option<&'a Proxy>,
    hosts: &'a [String],
}

impl Network<'_> {
    fn values(&self) -> Vec<(Change, CompanyReason)> {
        let mut values = Vec::new();
        let mut put = |name: &str, value: Option<String>, why| {
            let name = name.to_owned();
            values.push((Change { name, value }, why));
        };
        let (goproxy, gosumdb) = match self.public {
            PublicSource::Company => (None, None),
            PublicSource::Domestic => {
                let named = |name: &str| {
                    let found = self.domestic.iter().find(|change| change.name == name)?;
                    Some(found.value.clone())
                };
                (named("GOPROXY"), named("GOSUMDB"))
            }
            PublicSource::Overseas => (Some(None), Some(None)),
        };
        match (self.proxy, goproxy) {
            (Some(proxy), None) => {
                let address = proxy.address.clone();
                put("GOPROXY", Some(address), CompanyReason::CompanyProxy);
            }
            (Some(proxy), Some(public)) => {
                let public = public.unwrap_or_else(|| OVERSEAS.to_owned());
                let chain = format!("{},{public}", proxy.address);
                put("GOPROXY", Some(chain), CompanyReason::CompanyProxyFirst);
            }
            (None, Some(public)) => {
                let why = match public {
                    Some(_) => CompanyReason::DomesticMirrors,
                    None => CompanyReason::GoDefault,
                };
                put("GOPROXY", public, why);
            }
            (None, None) => {}
        }
        if let Some(database) = gosumdb {
            let why = match database {
                Some(_) => CompanyReason::DomesticDatabase,
                None => CompanyReason::GoDefault,
            };
            put("GOSUMDB", database, why);
        }
        if !self.hosts.is_empty() {
            let patterns = self.hosts.join(",");
            put("GOPRIVATE", Some(patterns), CompanyReason::PrivateModules);
            match self.is_from_hosts() {
                true => put("GONOPROXY", None, CompanyReason::PrivateFromHosts),
                false => {
                    let nothing = Some("none".to_owned());
                    put("GONOPROXY", nothing, CompanyReason::PrivateThroughProxy);
                }
            }
            put("GONOSUMDB", None, CompanyReason::PrivateUnverified);
        }
        values
    }

    /// Private modules come from their git hosts: nobody else may be asked, or somebody stands behind the company's proxy.
    fn is_from_hosts(&self) -> bool {
        self.proxy.is_none() || self.public != PublicSource::Company
    }

    fn warnings(&self) -> Vec<CompanyWarning> {
        let mut warnings = Vec::new();
        if self.hosts.is_empty() {
            if self.public != PublicSource::Company {
                warnings.push(CompanyWarning::PrivateNamesGoOn {});
            }
            warnings.push(CompanyWarning::PrivateNamesLookedUp {});
        }
        warnings
    }

    /// Whoever is asked for modules and wants to know by whom.
    fn logins(&self) -> Vec<Login> {
        let proxy = self.proxy.and_then(|proxy| proxy.host.clone());
        let hosts = self
            .hosts
            .iter()
            .filter(|_| self.is_from_hosts())
            .filter_map(|pattern| pattern.split('/').next())
            // which hosts a pattern stands for is not known
            .filter(|host| !host.contains(['*', '?']))
            .map(str::to_owned);
        let mut logins: Vec<Login> = Vec::new();
        for host in proxy.into_iter().chain(hosts) {
            if logins.iter().all(|login| login.host != host) {
                let line = format!("machine {host} login USER password PASSWORD");
                logins.push(Login { host, line });
            }
        }
        logins
    }
}

#[cfg(test)]
mod tests;
