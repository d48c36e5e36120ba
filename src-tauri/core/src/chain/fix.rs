//! What would mend a chain, where that does not need its user.

use super::{
    Junction,
    judge::{Found, is_mistaken},
};
use crate::{environment::check::Problem, mirror::Address, secret::mask_text};

/// GOPROXY and GOSUMDB without this problem; none when only the user knows what was meant.
pub(super) fn of(
    found: &Found,
    parts: &[(&str, Junction)],
    gosumdb: &str,
    default: Option<&str>,
) -> Option<(String, String)> {
    let same = gosumdb.to_owned();
    let replaced = |text: &str| {
        let at = found.entry?;
        let mut parts = parts.to_vec();
        parts.get_mut(at)?.0 = text;
        Some((joined(&parts), same.clone()))
    };
    let entry = found.entry.and_then(|at| parts.get(at)).map(|part| part.0);
    match &found.problem {
        Problem::ProxyEmpty {} => Some((default?.to_owned(), same)),
        Problem::ProxySeparator { .. } => {
            let text = joined(parts);
            let count = |text: &str| text.chars().filter(is_mistaken).count();
            // those in a password have to stay
            let is_plain = count(&text) == count(&mask_text(&text));
            is_plain.then(|| (text.replace(|c| is_mistaken(&c), ","), same))
        }
        Problem::ProxyCase { meant, .. } => replaced(meant),
        Problem::ProxyReadAsHttps { .. } => {
            let entry = entry?;
            let scheme = if is_near(entry) { "http" } else { "https" };
            replaced(&format!("{scheme}://{entry}"))
        }
        Problem::ProxyCredentialsOverHttp { .. } => {
            let (_, rest) = entry?.split_once(':')?;
            replaced(&format!("https:{rest}"))
        }
        Problem::MirrorLegacy { instead, .. }
        | Problem::MirrorMoved { instead, .. }
        | Problem::MirrorMistaken { instead, .. } => {
            let address = Address::parse(instead);
            let is_there = parts
                .iter()
                .any(|(entry, _)| Address::parse(entry) == address);
            match is_there {
                true => without(parts, found.entry?, same),
                false => replaced(instead),
            }
        }
        Problem::ProxyWithoutScheme { .. }
        | Problem::ProxyScheme { .. }
        | Problem::ProxyNotUrl { .. }
        | Problem::ProxyUnreachable { .. }
        | Problem::ProxyTwice { .. }
        | Problem::MirrorDead { .. }
        | Problem::MirrorInvented { .. } => without(parts, found.entry?, same),
        // a list that simply ends asks nobody else either
        Problem::ProxyOffHides {} => without(parts, found.entry?, same),
        Problem::ProxyWithoutDatabase { .. } => {
            Some((joined(parts), "sum.golang.google.cn".to_owned()))
        }
        _ => None,
    }
}

/// The list without one entry; what stands before it takes its separator over. None when nothing is left.
fn without(parts: &[(&str, Junction)], at: usize, gosumdb: String) -> Option<(String, String)> {
    let mut left = parts.to_vec();
    left.remove(at);
    (!left.is_empty()).then(|| (joined(&left), gosumdb))
}

fn joined(parts: &[(&str, Junction)]) -> String {
    let mut text = String::new();
    for (at, (entry, next)) in parts.iter().enumerate() {
        text += entry;
        if at + 1 < parts.len() {
            text.push(next.separator());
        }
    }
    text
}

/// On this machine or in its network, where http is what is usually meant.
fn is_near(entry: &str) -> bool {
    let host = entry.split(['/', ':']).next().unwrap_or_default();
    let is_local = |address: std::net::Ipv4Addr| address.is_loopback() || address.is_private();
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(is_local)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{
        chain::{ChainView, Known, Restored, read, restore, spellings},
        host::Os,
    };

    fn look(goproxy: &str, gosumdb: &str) -> ChainView {
        let known = Known {
            os: Os::Linux,
            go: None,
            default: Some("https://proxy.golang.org,direct"),
            mirrors: &[],
        };
        read(goproxy, gosumdb, &known)
    }

    #[test]
    fn a_fix_takes_its_problem_away_and_makes_no_other() {
        for (goproxy, fixed) in [
            ("", "https://proxy.golang.org,direct"),
            ("https://a；https://b", "https://a,https://b"),
            ("https://a,Direct", "https://a,direct"),
            ("localhost:8080,direct", "http://localhost:8080,direct"),
            ("10.1.2.3/go|direct", "http://10.1.2.3/go|direct"),
            ("goproxy.cn,direct", "https://goproxy.cn,direct"),
            (
                "http://u:p@a.example,direct",
                "https://***@a.example,direct",
            ),
            (
                "https://goproxy.cn,direct,https://b",
                "https://goproxy.cn,direct",
            ),
            ("https://a,none|direct", "https://a,direct"),
            ("https://a,ftp://b", "https://a"),
            ("https://a,https://b:x,direct", "https://a,direct"),
            ("https://a|https://b,https://a", "https://a|https://b"),
            ("https://a,off", "https://a"),
            (
                "https://gocenter.io,direct",
                "https://proxy.golang.org,direct",
            ),
            (
                "https://goproxy.qiniu.com,https://a",
                "https://goproxy.cn,https://a",
            ),
            (
                "https://proxy.golang.com.cn,direct",
                "https://goproxy.io,direct",
            ),
        ] {
            let view = look(goproxy, "off");
            let problem = view.problems.first().expect("something is wrong");
            let fix = problem.fix.as_ref().expect("and can be mended");
            assert_eq!(fix.goproxy, fixed, "of {goproxy}");
            let after = look(&fix.goproxy, &fix.gosumdb);
            assert!(
                !after
                    .problems
                    .iter()
                    .any(|one| one.problem == problem.problem),
                "{goproxy}: it is gone: {after:?}"
            );
            let refused = |view: &ChainView| view.problems.iter().filter(|one| one.refused).count();
            assert!(refused(&after) <= refused(&view), "{goproxy}: no new one");
        }
        let alone = look("none", "off");
        assert_eq!(alone.problems[0].fix, None, "nothing would be left");
    }

    #[test]
    fn a_database_that_no_mirror_passes_on_gets_the_address_that_answers_there() {
        let aliyun = "https://mirrors.aliyun.com/goproxy/,direct";
        let view = look(aliyun, "sum.golang.org");
        let fix = view.problems[0].fix.as_ref().expect("it can be mended");
        assert_eq!(fix.gosumdb, "sum.golang.google.cn", "the same database");
        assert!(look(&fix.goproxy, &fix.gosumdb).problems.is_empty(), "gone");
        for (goproxy, gosumdb) in [
            ("https://goproxy.cn,direct", "sum.golang.org"),
            (
                "https://mirrors.aliyun.com/goproxy/,https://goproxy.cn",
                "sum.golang.org",
            ),
            ("https://company.example,direct", "sum.golang.org"),
            ("https://proxy.golang.org,direct", "sum.golang.org"),
            (aliyun, "off"),
        ] {
            assert!(
                look(goproxy, gosumdb).problems.is_empty(),
                "{goproxy}, {gosumdb}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_fix_of_every_chain_mends_it(
            parts in prop::collection::vec(
                (prop::sample::select(vec![
                    "https://a.example", "https://b.example/x", "http://ann:canary@c.example", "ann:canary@d.example/x",
                    "https://ann:can；ary@e.example", "https://ann:canary/x@f.example", "https://a.example；g.example",
                    "localhost:8080", "localhost", "Direct", "OFF", "direct", "off", "file://host/x", "file:///m", "ftp://a",
                    "https://h:x", "https://i/%zz", "https://gocenter.io", "https://goproxy.qiniu.com",
                    "https://proxy.golang.com.cn", "https://mirrors.aliyun.com/goproxy/", "https://goproxy.cn", " ", "none",
                ]),
                prop::sample::select(vec![",", "|"])), 0..5),
            gosumdb in prop::sample::select(vec!["off", "sum.golang.org", "sum.golang.org https://ann:canary@s.example"]),
        ) {
            let goproxy: String = parts.iter().flat_map(|(entry, next)| [*entry, *next]).collect();
            let view = look(&goproxy, gosumdb);
            prop_assert!(!format!("{view:?}").contains("canary"), "no login leaves: {view:?}");
            let count = |view: &ChainView, one| view.problems.iter().filter(|p| p.problem == one).count();
            let refused = |view: &ChainView| view.problems.iter().filter(|one| one.refused).count();
            for problem in &view.problems {
                let Some(fix) = &problem.fix else { continue };
                let raw = restore(&fix.goproxy, &spellings(&goproxy));
                let Restored::Whole(raw) = raw else {
                    return Err(TestCaseError::fail(format!("{goproxy:?}: {fix:?} is {raw:?}")));
                };
                prop_assert!(!raw.contains("***"), "the login is there again: {raw:?}");
                let after = look(&raw, gosumdb);
                prop_assert!(
                    fix.gosumdb != view.gosumdb
                        || count(&after, problem.problem.clone()) < count(&view, problem.problem.clone()),
                    "{goproxy:?}: {problem:?} is gone"
                );
                prop_assert!(refused(&after) <= refused(&view), "{goproxy:?}: {fix:?} makes none");
            }
        }
    }
}
