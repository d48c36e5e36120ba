//! What is known of mirrors, where people meet it.

use gopherdesk_core::{
    app::{Finding, FindingKind, Fix},
    environment::{CheckValue, Problem},
    mirror::probes::ProbeSet,
};

use crate::support::{Sandbox, block_on};

#[test]
fn a_dead_mirror_is_a_finding_with_its_mend() {
    let legacy = "https://proxy.golang.com.cn|https://goproxy.cn,direct";
    let mended = "https://goproxy.io|https://goproxy.cn,direct";
    for (goproxy, code, fix) in [
        (legacy, "mirror_legacy", Some(mended)),
        (
            "https://goproxy.baidu.com,https://goproxy.cn",
            "mirror_dead",
            Some("https://goproxy.cn"),
        ),
        (
            "https://mirrors.huaweicloud.com/goproxy/",
            "mirror_moved",
            Some("https://mirrors.huaweicloud.com/repository/goproxy/"),
        ),
        (
            "https://goproxy.golang.org.cn,direct",
            "mirror_invented",
            None,
        ),
        (
            "https://goproxy.tencent.com,direct",
            "mirror_mistaken",
            Some("https://mirrors.tencent.com/go/,direct"),
        ),
    ] {
        let sandbox = with(goproxy);
        let finding = the_finding(&sandbox, code);
        let expected = match fix {
            Some(value) => Fix::Set {
                name: "GOPROXY".to_owned(),
                value: value.to_owned(),
            },
            None => Fix::Edit {
                name: "GOPROXY".to_owned(),
            },
        };
        assert_eq!(finding.fix, Some(expected), "{goproxy}");
        let checked = block_on(sandbox.app().environment_check(CheckValue {
            name: "GOPROXY".to_owned(),
            value: goproxy.to_owned(),
        }))
        .expect("a value");
        assert_eq!(checked.refusals, [], "{goproxy}: Go takes it");
        assert_eq!(
            codes(&checked.warnings),
            [code],
            "{goproxy}: and it is said before"
        );
    }
}

#[test]
fn what_cannot_be_written_again_is_only_shown() {
    let secret = with("https://me:canary@proxy.golang.com.cn,direct");
    let finding = the_finding(&secret, "mirror_legacy");
    let shown = format!("{finding:?}");
    assert!(!shown.contains("canary"), "{shown}");
    assert!(
        matches!(finding.fix, Some(Fix::Edit { .. })),
        "masked: {shown}"
    );

    let mut outranked = with("https://goproxy.cn");
    outranked
        .host
        .vars
        .set("GOPROXY", "https://proxy.golang.com.cn,direct");
    let finding = the_finding(&outranked, "mirror_legacy");
    assert!(
        matches!(finding.fix, Some(Fix::Edit { .. })),
        "the file does not decide: {finding:?}"
    );
}

#[test]
fn a_dead_database_is_a_finding() {
    let sandbox = Sandbox::new();
    sandbox.write(
        &sandbox.env_file(),
        "GOSUMDB=gosum.io+ce6e7565+AY5qEHUk/qmHc5btzW45JVoENfazw8LielDsaI+lEbq6 https://gosum.io\n",
    );
    the_finding(&sandbox, "sumdb_dead");
}

#[test]
fn what_is_served_is_no_finding() {
    let goproxy =
        "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,https://go.corp.example,direct";
    let sandbox = with(goproxy);
    let overview = block_on(sandbox.app().overview_read(())).expect("read");
    let bad = overview
        .findings
        .iter()
        .filter(|finding| matches!(finding.what, FindingKind::BadValue { .. }));
    assert_eq!(bad.count(), 0, "{:?}", overview.findings);
}

#[test]
fn the_probe_that_a_database_knows_has_the_hash_it_says() {
    let known = ProbeSet::standard().lookup;
    let record = include_str!("../checksum/sum.golang.org/lookup/rsc.io/quote@v1.5.2");
    let hash = known.hash.as_deref().expect("known");
    let line = format!(
        "{} {} {hash}\n",
        known.module.path(),
        known.module.version()
    );
    assert!(record.contains(&line), "{line} is signed by sum.golang.org");
}

fn with(goproxy: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), format!("GOPROXY={goproxy}\n"));
    sandbox
}

fn the_finding(sandbox: &Sandbox, code: &str) -> Finding {
    let overview = block_on(sandbox.app().overview_read(())).expect("read");
    let is_it = |finding: &Finding| {
        matches!(&finding.what, FindingKind::BadValue { problem, .. }
            if codes(std::slice::from_ref(problem)) == [code])
    };
    let said = format!("{:?}", overview.findings);
    let mut found = overview.findings.into_iter().filter(is_it);
    let finding = found.next().unwrap_or_else(|| panic!("{code}: {said}"));
    assert!(found.next().is_none(), "said once: {said}");
    finding
}

fn codes(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            let json = serde_json::to_value(problem).expect("json");
            json["code"].as_str().unwrap_or_default().to_owned()
        })
        .collect()
}
