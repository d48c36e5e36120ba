use super::{
    AtOrigin, Checksum, ChecksumReason, Leak, LeakAs, LeakReason, Next, Private, Route, RouteFault,
    Step, shorter::shorter, vcs,
};
use crate::{
    chain::{Junction, List, Spec, is_withheld},
    checksum::{Database, Gosumdb},
    environment::check::{glob, public},
    host::Os,
    mirror::catalogue,
    secret::mask_text,
    toolchain::Version,
};

/// Go downloads its toolchains as versions of this module.
const TOOLCHAIN: &str = "golang.org/toolchain";

/// The values that decide, as Go uses them.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// With credentials; they do not leave.
    pub goproxy: &'a str,
    /// Empty when it follows GOPRIVATE.
    pub gonoproxy: &'a str,
    /// Empty when it follows GOPRIVATE.
    pub gonosumdb: &'a str,
    /// Patterns.
    pub goprivate: &'a str,
    /// With credentials; they do not leave.
    pub gosumdb: &'a str,
    /// Patterns.
    pub goinsecure: &'a str,
    /// Rules.
    pub govcs: &'a str,
    /// Whose paths.
    pub os: Os,
    /// Which Go; none when it does not answer.
    pub go: Option<&'a Version>,
}

/// Where a module comes from with these values.
pub fn of(module: &str, version: Option<&str>, setting: &Setting<'_>) -> Route {
    let private = setting.unproxied(module);
    let mut error = None;
    let list = List::parse(
        setting.goproxy,
        setting.patterns(setting.gonoproxy),
        setting.os,
        setting.go,
    );
    let specs = match list {
        Ok(list) => list.specs,
        Err(fault) => {
            let said = fault.to_string();
            error = Some(RouteFault::ProxyRefused { said });
            Vec::new()
        }
    };
    let specs = reached(&specs);
    let mut steps: Vec<Step> = specs
        .iter()
        .filter(|spec| !is_withheld(&spec.url))
        .map(|spec| Step {
            from: mask_text(&spec.url),
            next: Some(match spec.next {
                Junction::OnMissing => Next::OnMissing,
                Junction::OnAnyError => Next::OnAnyError,
            }),
            mirror: catalogue::recognise(&spec.url).map(|mirror| mirror.id.clone()),
        })
        .collect();
    if private.is_some() && error.is_none() {
        // what stands in the list is passed over, `off` included
        steps = vec![Step {
            from: "direct".to_owned(),
            next: None,
            mirror: None,
        }];
    } else if let Some(spec) = withheld(specs) {
        let entry = mask_text(&spec.url);
        error = Some(RouteFault::CredentialsOverHttp { entry });
    }
    if steps.first().is_some_and(|step| step.from == "off") {
        steps.clear();
        error = error.or(Some(RouteFault::ProxyOff {}));
    }
    if let Some(last) = steps.last_mut() {
        last.next = None;
    }
    let mut direct = None;
    if steps.iter().any(|step| step.from == "direct") {
        match vcs::allowed(setting.govcs, setting.goprivate, module) {
            Ok((rule, vcs)) => {
                let insecure = glob::covering(setting.goinsecure, module).map(str::to_owned);
                direct = Some(AtOrigin {
                    rule,
                    vcs,
                    insecure,
                });
            }
            Err(entry) => error = error.or(Some(RouteFault::VcsRefused { entry })),
        }
    }
    let (checksum, fault) = checksum(module, specs, setting);
    // who asks nobody for a module verifies nothing
    let error = error.or(fault);
    let leaks = match &error {
        Some(RouteFault::ProxyRefused { .. } | RouteFault::ProxyOff {}) => Vec::new(),
        _ => {
            let mut leaks = leaks(module, &steps, &checksum, setting);
            if private.is_some() {
                leaks.extend(shorter_leaks(module, specs, setting));
            }
            leaks
        }
    };
    Route {
        module: module.to_owned(),
        version: version.map(str::to_owned),
        private,
        steps,
        direct,
        checksum,
        leaks,
        error,
    }
}

/// Go's sources as far as it comes, without `noproxy`. Credentials are sent to nobody over http: the walk ends there, or
/// goes on as after any other error.
fn reached(specs: &[Spec]) -> &[Spec] {
    let specs = match specs {
        [first, rest @ ..] if first.url == "noproxy" => rest,
        specs => specs,
    };
    let is_end = |spec: &Spec| is_withheld(&spec.url) && spec.next == Junction::OnMissing;
    let end = specs
        .iter()
        .position(is_end)
        .map_or(specs.len(), |end| end + 1);
    &specs[..end]
}

/// The source over which it ends that nobody else has the module.
fn withheld(specs: &[Spec]) -> Option<&Spec> {
    let (last, before) = specs.split_last()?;
    match last.url.as_str() {
        // go speaks of those that failed before it speaks of that
        "off" if before.iter().all(|spec| is_withheld(&spec.url)) => before.last(),
        url => is_withheld(url).then_some(last),
    }
}

impl Setting<'_> {
    /// What an unset list follows.
    fn patterns<'a>(&'a self, own: &'a str) -> &'a str {
        if own.is_empty() { self.goprivate } else { own }
    }

    fn unproxied(&self, module: &str) -> Option<Private> {
        found("GONOPROXY", self.gonoproxy, self.goprivate, module)
    }

    fn unverified(&self, module: &str) -> Option<Private> {
        found("GONOSUMDB", self.gonosumdb, self.goprivate, module)
    }
}

fn found(name: &str, own: &str, goprivate: &str, module: &str) -> Option<Private> {
    // go env prints what an unset list follows, so the same value is no choice of its own
    let (by, patterns) = match own.is_empty() || own == goprivate {
        true => ("GOPRIVATE", goprivate),
        false => (name, own),
    };
    Some(Private {
        by: by.to_owned(),
        pattern: glob::covering(patterns, module)?.to_owned(),
    })
}

/// Who verifies it (`useSumDB`, `dbDial`, `initBase`).
fn checksum(module: &str, specs: &[Spec], setting: &Setting<'_>) -> (Checksum, Option<RouteFault>) {
    let none = |reason| Checksum {
        verified: false,
        reason,
        database: None,
        sources: Vec::new(),
    };
    let is_file = setting.goproxy.starts_with("file://") && !setting.goproxy.contains([',', '|']);
    // a distribution that is tested from a folder is the one exception
    let must = module == TOOLCHAIN && !is_file;
    if !must {
        if setting.gosumdb == "off" {
            return (none(ChecksumReason::SumdbOff {}), None);
        }
        if let Some(Private { by, pattern }) = setting.unverified(module) {
            return (none(ChecksumReason::Excluded { by, pattern }), None);
        }
    }
    let (database, url) = match Gosumdb::parse(setting.gosumdb) {
        Ok(Gosumdb::Database { database, url }) => (database, url),
        Ok(Gosumdb::Off) => {
            let fault = RouteFault::ToolchainUnverified {};
            return (none(ChecksumReason::SumdbOff {}), Some(fault));
        }
        Err(_) => {
            let gosumdb = mask_text(setting.gosumdb);
            let fault = RouteFault::SumdbRefused { gosumdb };
            return (none(ChecksumReason::Broken {}), Some(fault));
        }
    };
    let withheld = specs.iter().rfind(|spec| is_withheld(&spec.url));
    let sources: Vec<_> = match url {
        Some(url) => vec![mask_text(&url)],
        None => {
            let servers = specs.iter().filter(|spec| {
                !matches!(spec.url.as_str(), "direct" | "off") && !is_withheld(&spec.url)
            });
            let through = servers.map(|spec| {
                let base = mask_text(spec.url.trim_end_matches('/'));
                format!("{base}/sumdb/{}", database.name)
            });
            let itself = format!("https://{}", database.name);
            // what failed otherwise than by not passing it on is what go ends with, unless it comes to `direct`
            let comes_to_it =
                withheld.is_none() || specs.last().is_some_and(|spec| spec.url == "direct");
            through.chain(comes_to_it.then_some(itself)).collect()
        }
    };
    let nobody = withheld.filter(|_| sources.is_empty());
    let fault = nobody.map(|spec| RouteFault::CredentialsOverHttp {
        entry: mask_text(&spec.url),
    });
    let checksum = Checksum {
        verified: true,
        reason: match must {
            true => ChecksumReason::Toolchain {},
            false => ChecksumReason::Database {},
        },
        database: Some(database.name),
        sources,
    };
    (checksum, fault)
}

/// Who outside learns the name of a module that one of the lists calls private.
fn leaks(module: &str, steps: &[Step], checksum: &Checksum, setting: &Setting<'_>) -> Vec<Leak> {
    let is_private = glob::covers(setting.goprivate, module)
        || setting.unproxied(module).is_some()
        || setting.unverified(module).is_some();
    if !is_private || module == TOOLCHAIN {
        return Vec::new();
    }
    let public_mirrors = steps.iter().filter(|step| step.mirror.is_some());
    let mut leaks: Vec<_> = public_mirrors
        .map(|step| Leak {
            to: step.from.clone(),
            name: module.to_owned(),
            r#as: LeakAs::Mirror,
            why: LeakReason::NotInGonoproxy,
        })
        .collect();
    let google = Database::sum_golang_org().name;
    if checksum.verified {
        let outside = checksum.sources.iter().filter(|source| {
            let server = source.split("/sumdb/").next().unwrap_or(source);
            // a company's own database is no outsider, but the public one is, and a public mirror that passes one on
            checksum.database.as_deref() == Some(google.as_str())
                || catalogue::recognise(source).is_some()
                || catalogue::recognise(server).is_some()
        });
        leaks.extend(outside.map(|source| Leak {
            to: source.clone(),
            name: module.to_owned(),
            r#as: LeakAs::Database,
            why: LeakReason::NotInGonosumdb,
        }));
    }
    leaks
}

/// What a public mirror is told by `go get` of a package that its origin does not have, although the module itself stays
/// private: the paths before it that no pattern covers. That there is a host of everybody's is no secret.
fn shorter_leaks(module: &str, specs: &[Spec], setting: &Setting<'_>) -> Vec<Leak> {
    let told = shorter(module)
        .filter(|path| setting.unproxied(path).is_none() && !public::is_covered(path));
    let mirrors: Vec<_> = specs
        .iter()
        .filter(|spec| !is_withheld(&spec.url) && catalogue::recognise(&spec.url).is_some())
        .collect();
    told.flat_map(|path| {
        mirrors.iter().map(|spec| Leak {
            to: mask_text(&spec.url),
            name: path.to_owned(),
            r#as: LeakAs::Mirror,
            why: LeakReason::ShorterNotCovered,
        })
    })
    .collect()
}
