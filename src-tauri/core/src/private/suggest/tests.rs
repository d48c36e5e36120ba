use proptest::{
    collection::vec,
    prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest},
};

use super::*;

fn evidence(required: &[&str], remotes: &[&str]) -> Evidence {
    Evidence {
        required: required
            .iter()
            .map(|module| ((*module).to_owned(), vec!["~/p".to_owned()]))
            .collect(),
        remotes: remotes.iter().map(|host| (*host).to_owned()).collect(),
        ..Evidence::default()
    }
}

fn patterns(required: &[&str], remotes: &[&str]) -> Vec<String> {
    let suggested = suggest(&evidence(required, remotes), "", 1, true);
    let patterns = suggested.patterns.into_iter();
    patterns.map(|suggestion| suggestion.pattern).collect()
}

#[test]
fn what_looks_like_inside_is_proposed_and_nothing_else() {
    for (required, remotes, expected) in [
        (
            &["git.corp.internal/a", "github.com/x/y"][..],
            &[][..],
            &["git.corp.internal"][..],
        ),
        (&["go.lan/a", "git.lan/b"], &[], &["*.lan"]),
        (
            &["git.corp.example/a", "lib.corp.example/b"],
            &[],
            &["*.corp.example"],
        ),
        (
            &["corp.example/a", "git.corp.example/b"],
            &[],
            &["corp.example", "git.corp.example"],
        ),
        (
            &["a.corp.example/a", "b.umbrella.example/b"],
            &[],
            &["a.corp.example", "b.umbrella.example"],
        ),
        (&["10.1.2.3/team/a", "8.8.8.8/x"], &[], &["10.1.2.3"]),
        (&["go.acme.com/a", "go.foo.dev/b"], &[], &[]),
        (&["go.acme.com/a"], &["git.acme.com"], &["git.acme.com"]),
        (&[], &["git.acme.com", "gitlab.acme.com"], &["*.acme.com"]),
        (
            &["go.acme.com/a"],
            &["git.acme.com", "gitlab.acme.com"],
            &["git.acme.com", "gitlab.acme.com"],
        ),
        (
            &[],
            &["git.acme.com", "git.umbrella.com"],
            &["git.acme.com", "git.umbrella.com"],
        ),
        (&[], &["github.com", "ssh.github.com", "gitserver"], &[]),
    ] {
        assert_eq!(
            patterns(required, remotes),
            expected,
            "{required:?} {remotes:?}"
        );
    }
}

#[test]
fn what_is_private_already_is_not_proposed_again() {
    let evidence = evidence(&["git.corp.example/a", "other.lan/b"], &[]);
    let suggested = suggest(&evidence, "*.corp.example", 1, true);
    assert_eq!(suggested.covered, ["git.corp.example"], "named as such");
    assert_eq!(suggested.patterns.len(), 1, "only the other one");
    assert_eq!(suggested.patterns[0].pattern, "other.lan");
    assert_eq!(suggested.patterns[0].covers[0].module, "other.lan/b");
}

#[test]
fn a_rule_of_git_is_a_reason() {
    let mut evidence = Evidence::default();
    evidence.rewritten.insert("git.acme.com".to_owned());
    evidence.rewritten.insert("github.com".to_owned());
    let suggested = suggest(&evidence, "", 0, true);
    let reason = &suggested.patterns[0].reasons[0];
    assert!(
        matches!(reason, SuggestionReason::Rewritten { .. }),
        "{reason:?}"
    );
    assert_eq!(
        suggested.patterns.len(),
        1,
        "a public host is none, whatever git does"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_proposal_covers_all_that_is_inside_and_nothing_public(
        required in vec("((git|go|a|b)\\.)?((x|y)\\.)?(corp\\.example|acme\\.com|lan|github\\.com|golang\\.org|gopkg\\.in|acme\\.io|co\\.uk)/[ab]", 0..10),
        remotes in vec("((git|go|a|b)\\.)?((x|y)\\.)?(corp\\.example|acme\\.com|acme\\.co\\.uk|lan|github\\.com|gitlab\\.com)", 0..6),
        public in vec("(github\\.com|golang\\.org/x|gitlab\\.com|k8s\\.io|google\\.golang\\.org)/[a-c]{1,3}", 1..4),
    ) {
        let required: Vec<_> = required.iter().map(String::as_str).collect();
        let remotes: Vec<_> = remotes.iter().map(String::as_str).collect();
        let evidence = evidence(&required, &remotes);
        let suggested = suggest(&evidence, "", 1, true);
        let patterns: Vec<_> = suggested.patterns.iter().map(|one| one.pattern.as_str()).collect();
        let list = patterns.join(",");
        let inside = evidence.inside();
        for module in public.iter().map(String::as_str).chain(required.iter().copied()).filter(|module| public::serves(module.split('/').next().expect("a host"))) {
            prop_assert!(!glob::covers(&list, module), "{list} makes {module} private");
        }
        for module in &required {
            let host = module.split('/').next().expect("a host");
            let is_inside = inside.iter().any(|reason| reason.host() == host);
            prop_assert_eq!(glob::covers(&list, module), is_inside, "{} and {}", list, module);
        }
        for reason in &inside {
            prop_assert!(glob::covers(&list, reason.host()), "{list} leaves {}", reason.host());
        }
        // each is needed
        for (place, pattern) in patterns.iter().enumerate() {
            let mut others = patterns.clone();
            others.remove(place);
            let others = others.join(",");
            let is_needed = inside.iter().any(|reason| !glob::covers(&others, reason.host()));
            prop_assert!(is_needed, "{pattern} of {list} is not needed");
        }
        // and no star that is allowed could stand for two of them
        let hosts: Vec<_> = inside.iter().map(SuggestionReason::host).collect();
        let others: Vec<_> = required.iter().copied().filter(|module| !hosts.contains(&module.split('/').next().expect("a host"))).collect();
        for domain in hosts.iter().flat_map(|host| above(host)) {
            let star = format!("*.{domain}");
            let is_allowed = !public::is_covered(&star) && !others.iter().any(|other| glob::covers(&star, other));
            let replaced = patterns.iter().filter(|pattern| glob::covers(&star, pattern)).count();
            prop_assert!(!is_allowed || replaced < 2, "{star} does the work of {replaced} of {list}");
        }
    }
}
