use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use super::*;

fn codes(list: &str, value: &str) -> Vec<Vec<String>> {
    let entries = parse(list, value);
    let code = |problem: &PatternProblem| {
        let told = serde_json::to_value(problem).expect("our own type");
        told["code"].as_str().unwrap_or_default().to_owned()
    };
    (0..entries.len())
        .map(|place| judge(list, &entries, place).iter().map(code).collect())
        .collect()
}

#[test]
fn what_matches_nothing_is_said() {
    for (pattern, code) in [
        ("https://git.corp.example/team", "not_a_path"),
        ("git@git.corp.example:team/repo.git", "not_a_path"),
        ("git.corp.example/team/repo.git", "not_a_path"),
        ("git.corp.example:8443", "not_a_path"),
        ("git.corp.example/m@v1.0.0", "not_a_path"),
        (" git.corp.example", "spaces"),
        ("Git.corp.example/Team", "upper_case"),
        ("[git.corp.example", "malformed"),
        ("a.example;b.example", "separator"),
        ("corp/team", "host_without_dot"),
        ("*", "everything"),
        ("*.*", "everything"),
        ("github.com", "public_host"),
        ("*.com", "public_host"),
    ] {
        let found = codes("GOPRIVATE", pattern);
        assert_eq!(
            found[0].first().map(String::as_str),
            Some(code),
            "{pattern}"
        );
    }
    for (list, pattern) in [
        ("GOPRIVATE", "git.corp.example"),
        ("GOPRIVATE", "git.corp.example/Team"),
        ("GOPRIVATE", "github.com/corp"),
        ("GONOPROXY", "none"),
        ("GOVCS", "public:git,private:all"),
        ("GOVCS", "github.com:git,evil.example:off"),
    ] {
        let found = codes(list, pattern).concat();
        assert!(found.is_empty(), "{list}={pattern} is well: {found:?}");
    }
}

#[test]
fn patterns_that_add_nothing_are_said() {
    let found = codes(
        "GOPRIVATE",
        "git.corp.example/team,git.corp.example,a.example,a.example",
    );
    assert_eq!(found[0], ["covered_by"], "a later one is wider");
    assert!(found[1].is_empty(), "the wider one stays");
    assert!(found[2].is_empty(), "the first of two");
    assert_eq!(found[3], ["duplicate"], "the second of two");
    let found = codes("GOPRIVATE", "*.corp.example,?.corp.example");
    assert_eq!(
        found[1],
        ["covered_by", "misses_bare"][..1],
        "a star takes one letter too"
    );
    let found = codes("GOVCS", "git.corp.example/team:git,git.corp.example:off");
    assert!(
        found.concat().is_empty(),
        "the first match decides, so order is meant"
    );
    let found = codes("GOVCS", "git.corp.example:off,git.corp.example/team:git");
    assert_eq!(found[1], ["covered_by"], "never reached");
    assert_eq!(codes("GOVCS", "git.corp.example")[0], ["without_systems"]);
}

#[test]
fn a_star_misses_the_domain_itself() {
    assert_eq!(codes("GOPRIVATE", "*.corp.example")[0], ["misses_bare"]);
    let both = codes("GOPRIVATE", "*.corp.example,corp.example");
    assert!(both.concat().is_empty(), "both are there: {both:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_list_is_printed_as_it_was_read(value in "([a-c*./ ]{0,4},?){0,6}", systems in "(git|hg|all|off)") {
        let entries = parse("GOPRIVATE", &value);
        let with_systems: Vec<_> = entries
            .iter()
            .filter(|entry| !entry.pattern.trim().is_empty())
            .map(|entry| Written { pattern: entry.pattern.trim().to_owned(), systems: Some(systems.clone()) })
            .collect();
        prop_assert_eq!(parse("GOPRIVATE", &print(&entries)), entries);
        prop_assert_eq!(parse("GOVCS", &print(&with_systems)), with_systems);
    }
}
