//! What of a play agrees with a route.

use std::collections::BTreeSet;

use gopherdesk_core::{
    module::{escape, unescape},
    route::{AtOrigin, Checksum, ChecksumReason, LeakAs, Route, RouteFault},
};

use super::{
    Played,
    internet::{Asked, MIRRORS, Manner, host_of},
    matrix::{Environment, TOOLCHAIN},
};

/// Whose words go prints when it comes to none of them.
const REFUSALS: [&str; 5] = [
    "module lookup disabled by GOPROXY=off",
    "invalid proxy URL",
    "GOPROXY list is not the empty string",
    "refusing to pass credentials",
    "in GOVCS",
];

/// Who is no company's own.
const OUTSIDE: [&str; 4] = [
    "proxy.golang.org",
    "goproxy.cn",
    "sum.golang.org",
    "sum.golang.google.cn",
];

/// Each once, in the order in which they were come to first.
fn each_once(found: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    found.filter(|one| seen.insert(one.clone())).collect()
}

/// An address as the log has it.
pub(super) fn bare(address: &str) -> String {
    address.replace("***@", "").trim_end_matches('/').to_owned()
}

/// Mirrors and the origin in the order in which they were asked for a module.
fn asked_for(path: &str, played: &Played) -> Vec<String> {
    let within = format!("/{}/@v/", escape(path).replace('!', "%21"));
    each_once(played.log.iter().filter_map(|asked| {
        if let Some(host) = asked.what.strip_prefix("CONNECT ") {
            // what it is asked for may never be said, where it shows a bad certificate
            let is_origin = host == host_of(path) && !MIRRORS.contains(&host);
            return is_origin.then(|| "direct".to_owned());
        }
        let (base, _) = asked.what.split_once(&within)?;
        // what an origin sends on to
        (base != "https://origin.example").then(|| base.to_owned())
    }))
}

/// Nobody has the module: everybody is asked. Gives what differs, and who was told the name as a mirror.
pub(super) fn nobody_has_it(
    route: &Route,
    environment: &Environment,
    manner: &Manner,
    played: &Played,
) -> (Vec<String>, Vec<String>) {
    let path = manner.path;
    let mut theirs = asked_for(path, played);
    // go knows how to get it from there without asking
    let is_known = host_of(path) == "github.com";
    let words = ["GOVCS", "executable file not found"];
    if is_known && words.iter().any(|words| played.said.contains(words)) {
        theirs.push("direct".to_owned());
    }
    let steps = route.steps.iter().map(|step| step.from.as_str());
    let ours: Vec<_> = steps
        .filter(|from| *from != "off" && !from.starts_with("file:"))
        .map(bare)
        .collect();
    let mut wrong = Vec::new();
    if theirs != ours {
        wrong.push(format!("go asks {theirs:?}, we say {ours:?}"));
    }
    let said = &played.said;
    let refusal = match &route.error {
        Some(RouteFault::ProxyRefused { said }) => Some(said.clone()),
        Some(RouteFault::ProxyOff {}) => Some("module lookup disabled by GOPROXY=off".to_owned()),
        Some(RouteFault::CredentialsOverHttp { .. }) if route.private.is_none() => {
            Some("refusing to pass credentials to insecure URL".to_owned())
        }
        _ => None,
    };
    if let Some(ours) = &refusal
        && !said.contains(ours)
    {
        wrong.push(format!("go says {said:?}, we say {ours:?}"));
    }
    // `off` behind mirrors is what go says at the end, and no refusal of ours
    let ends_off = route.steps.last().is_some_and(|step| step.from == "off");
    // and what go passed over, if nobody behind it says anything graver
    let is_passed_over = environment
        .goproxy
        .contains("http://ann:pw@athens.corp.example/mod|");
    for words in REFUSALS {
        let is_ours = refusal.as_ref().is_some_and(|ours| ours.contains(words))
            || (words.contains("=off") && ends_off)
            || (words.contains("credentials") && is_passed_over)
            || (words.contains("GOVCS")
                && matches!(route.error, Some(RouteFault::VcsRefused { .. })));
        if said.contains(words) && !is_ours {
            wrong.push(format!("go says {said:?}, and we say no such thing"));
        }
    }
    if let Some(direct) = &route.direct {
        wrong.extend(at_origin(direct, manner, played, is_known));
    }
    if matches!(route.error, Some(RouteFault::VcsRefused { .. }))
        && is_ruled(manner, played, is_known)
        && !said.contains("in GOVCS")
    {
        wrong.push(format!(
            "go says {said:?}, and we say that it refuses GOVCS"
        ));
    }
    let told = theirs.into_iter().filter(|place| place != "direct");
    (wrong, told.collect())
}

/// Whether the origin was asked which program has the module.
fn is_come_to(manner: &Manner, played: &Played) -> bool {
    let host = host_of(manner.path);
    let mut asked = played.log.iter();
    asked.any(|asked| asked.what.contains(host) && asked.what.contains("?go-get=1"))
}

/// Whether a rule of GOVCS is looked for. Since 1.27 Go has never heard of bzr.
fn is_ruled(manner: &Manner, played: &Played, is_known: bool) -> bool {
    let is_unheard = played.said.contains("unknown vcs \"bzr\"");
    is_known || (is_come_to(manner, played) && !is_unheard)
}

/// What differs of the origin: which program it may name, and whether a certificate of nobody is taken.
fn at_origin(direct: &AtOrigin, manner: &Manner, played: &Played, is_known: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let said = &played.said;
    let comes_to_it = is_come_to(manner, played);
    if !is_known && manner.is_unsound && comes_to_it != direct.insecure.is_some() {
        wrong.push(format!(
            "go takes a bad certificate: {comes_to_it}: {said:?}"
        ));
    }
    let program = if is_known { "git" } else { manner.program };
    let is_allowed = direct.vcs.iter().any(|one| one == program || one == "all");
    let refused = format!("GOVCS disallows using {program} for ");
    if is_ruled(manner, played, is_known) && said.contains(&refused) == is_allowed {
        wrong.push(format!(
            "go says {said:?}, we allow {program}: {is_allowed}"
        ));
    }
    wrong
}

/// Mirrors and the origin have it: the database is asked. Gives what differs, and where the name was told.
pub(super) fn everybody_has_it(
    route: &Route,
    manner: &Manner,
    played: &Played,
) -> (Vec<String>, Vec<String>) {
    let Checksum {
        verified,
        reason,
        database,
        sources,
    } = &route.checksum;
    let name = database.as_deref().unwrap_or("sum.golang.org");
    let within = format!("/sumdb/{name}/");
    let base = |what: &str| {
        if let Some((base, _)) = what.split_once(&within) {
            return Some(format!("{base}{}", within.trim_end_matches('/')));
        }
        let host = what.split('/').nth(2)?;
        let itself = ["/lookup/", "/tile/", "/latest"];
        let found = itself.iter().find_map(|part| what.find(part))?;
        (host.starts_with("sum.") || host.starts_with("db.")).then(|| what[..found].to_owned())
    };
    let theirs = each_once(played.log.iter().filter_map(|asked| base(&asked.what)));
    let told = played
        .log
        .iter()
        .filter(|asked| asked.what.contains("/lookup/"));
    let told = each_once(told.filter_map(|asked| base(&asked.what)));
    // what is read from a folder stands in no log
    let ours = sources.iter().filter(|source| !source.starts_with("file:"));
    let mut ours: Vec<_> = ours.map(|source| bare(source)).collect();
    if let Some(passing) = &manner.passes_on {
        let passing = format!("{passing}/sumdb/{name}");
        let end = ours.iter().position(|source| *source == passing);
        ours.truncate(end.map_or(usize::MAX, |end| end + 1));
    }
    let mut wrong = Vec::new();
    let comes_to_it = !asked_for(manner.path, played).is_empty();
    let expected = if comes_to_it { ours } else { Vec::new() };
    if theirs != expected {
        wrong.push(format!(
            "for the sum, go asks {theirs:?}, we say {expected:?}"
        ));
    }
    let said = &played.said;
    let words = match reason {
        ChecksumReason::Broken {} => "GOSUMDB",
        ChecksumReason::Database {} | ChecksumReason::Toolchain {} if sources.is_empty() => {
            "refusing to pass credentials to insecure URL"
        }
        ChecksumReason::SumdbOff {} if manner.path == TOOLCHAIN => {
            "checksum database disabled by GOSUMDB=off"
        }
        _ => "",
    };
    if comes_to_it && !said.contains(words) {
        wrong.push(format!("go says {said:?}, and we say {words:?}"));
    }
    let is_excluded = matches!(
        reason,
        ChecksumReason::SumdbOff {} | ChecksumReason::Excluded { .. }
    );
    let comes_unverified = comes_to_it && !verified && is_excluded && words.is_empty();
    if played.succeeded != comes_unverified {
        wrong.push(format!(
            "it comes without a sum: {}: {said:?}",
            played.succeeded
        ));
    }
    (wrong, told)
}

/// Who outside was told what, beside hosts of everybody; nothing of it about the path itself, which is private.
pub(super) fn shorter_told(played: &Played, path: &str) -> BTreeSet<(String, String)> {
    let told = played.log.iter().filter_map(|asked| {
        let (before, _) = asked.what.split_once("/@v/")?;
        let host = before.split('/').nth(2)?;
        let base = match host {
            "athens.corp.example" | "origin.example" => return None,
            host => format!("https://{host}"),
        };
        let name = unescape(
            &before
                .strip_prefix(&base)?
                .trim_start_matches('/')
                .replace("%21", "!"),
        )?;
        assert_ne!(name, path, "it is private");
        (name != "github.com").then_some((base, name))
    });
    told.collect()
}

/// Who outside was told a private name, as a mirror or as a database, and who we say is.
pub(super) fn leaking(
    route: &Route,
    environment: &Environment,
    told: BTreeSet<(String, bool)>,
    skipped: &[String],
    is_git: bool,
) -> Option<String> {
    let path = route.module.as_str();
    let is_private = path != TOOLCHAIN && environment.calls_private(path);
    let is_public = route.checksum.database.as_deref() == Some("sum.golang.org");
    let is_outside = |(to, is_database): &(String, bool)| {
        let host = to.split('/').nth(2).unwrap_or_default();
        OUTSIDE.contains(&host) || (*is_database && is_public)
    };
    let theirs: BTreeSet<_> = told
        .into_iter()
        .filter(is_outside)
        .filter(|_| is_private)
        .collect();
    // shorter paths are asked for by `go get` alone
    let leaks = route.leaks.iter().filter(|leak| leak.name == path);
    let ours = leaks.map(|leak| (bare(&leak.to), leak.r#as == LeakAs::Database));
    let is_played = |(to, is_database): &(String, bool)| {
        let mut skipped = skipped.iter();
        !is_database || !(is_git || skipped.any(|base| to.starts_with(&format!("{base}/sumdb/"))))
    };
    let ours: BTreeSet<_> = ours.filter(is_played).collect();
    (theirs != ours).then(|| format!("go tells {theirs:?}, we say {ours:?}"))
}

/// Credentials go to nobody but those they were given for.
pub(super) fn carrying(environment: &Environment, log: &[Asked]) -> Option<String> {
    let mut asked = log.iter().filter(|asked| asked.has_credentials);
    let stray = asked.find(|asked| {
        let host = asked.what.split('/').nth(2).unwrap_or_default();
        !environment.goproxy.contains(&format!("@{host}"))
    });
    stray.map(|stray| format!("credentials go to {}", stray.what))
}
