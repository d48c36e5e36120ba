use std::collections::BTreeSet;

use super::*;
use crate::{
    checksum::Database,
    environment::check::{CheckContext, check},
    host::Os,
    secret::has_secret,
};

/// What the catalogue says of everything in it.
fn all_notes() -> impl Iterator<Item = (&'static str, &'static [Note])> {
    let mirrors = mirrors()
        .iter()
        .map(|mirror| (mirror.id.as_str(), mirror.notes.as_slice()));
    let databases = databases()
        .iter()
        .map(|database| (database.name.as_str(), database.notes.as_slice()));
    mirrors.chain(databases)
}

#[test]
fn every_row_is_whole() {
    let parsed: Result<Catalogue, _> = serde_json::from_str(include_str!("../catalogue.json"));
    let parsed = parsed.expect("it is read as it is written");
    assert_eq!(parsed.mirrors.len(), mirrors().len(), "and used");
    assert!(mirrors().len() > 20 && databases().len() > 2, "all of it");
    for mirror in mirrors() {
        let id = &mirror.id;
        assert!(
            id.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit())
                && !id.starts_with('m'),
            "{id} is readable, and no id of an own mirror"
        );
        assert!(
            !mirror.name.en.is_empty() && !mirror.name.zh.is_empty(),
            "{id} has a name in both languages"
        );
        assert_eq!(
            mirror.operator.en.is_empty(),
            mirror.status == MirrorStatus::Invented,
            "{id}: nobody runs what was made up, and somebody everything else"
        );
        assert_eq!(
            mirror.operator.en.is_empty(),
            mirror.operator.zh.is_empty(),
            "{id}: in both languages"
        );
        if let Some(successor) = &mirror.instead {
            let successor = super::mirror(successor).expect("it is in the catalogue");
            assert_eq!(successor.status, MirrorStatus::Current, "{id}: it serves");
            assert_ne!(mirror.status, MirrorStatus::Current, "{id}: it is needed");
        }
        assert!(
            mirror.status != MirrorStatus::Legacy || mirror.instead.is_some(),
            "{id}: its operator points elsewhere"
        );
    }
}

#[test]
fn every_claim_has_a_source_and_a_date() {
    for (what, notes) in all_notes() {
        assert!(!notes.is_empty(), "{what}: why is it here");
        for Note { text, source, date } in notes {
            assert!(source.starts_with("https://"), "{what}: {source}");
            let numbers: Vec<_> = date.split('-').collect();
            let is_date = matches!(numbers.as_slice(), [year, month] | [year, month, _]
                if year.len() == 4 && month.len() == 2 && ("01"..="12").contains(month))
                && numbers
                    .iter()
                    .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            assert!(is_date, "{what}: {date} is a month or a day");
            assert!(text.en.ends_with('.'), "{what}: a sentence: {}", text.en);
            assert!(text.zh.ends_with('。'), "{what}: a sentence: {}", text.zh);
            assert_eq!(
                text.en.starts_with("Unconfirmed"),
                text.zh.starts_with("未经证实"),
                "{what}: what nobody confirmed is said to be so in both languages"
            );
        }
    }
}

#[test]
fn nothing_is_there_twice() {
    let mut ids = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut addresses = BTreeSet::new();
    for mirror in mirrors() {
        assert!(ids.insert(mirror.id.to_lowercase()), "{}", mirror.id);
        for name in BTreeSet::from([&mirror.name.en, &mirror.name.zh]) {
            assert!(names.insert(name.to_lowercase()), "{name} is one's name");
        }
        for address in mirror.addresses() {
            let place = format!("{}{}", address.host, address.path);
            assert!(addresses.insert(place), "{address:?} is one's place");
        }
    }
    assert!(
        ids.iter().all(|id| !names.contains(id)
            || mirror(id).is_some_and(|one| one.name.en.to_lowercase() == *id)),
        "a terminal asks for mirrors by both"
    );
}

#[test]
fn every_address_is_one_for_go() {
    let context = CheckContext {
        os: Os::Linux,
        version: None,
        home: None,
    };
    for mirror in mirrors() {
        for url in std::iter::once(&mirror.url).chain(&mirror.also) {
            let checked = check("GOPROXY", &format!("{url},direct"), &context);
            assert_eq!(checked.refusals, [], "{url}: Go takes it");
            assert_eq!(
                checked.warnings.is_empty(),
                mirror.status == MirrorStatus::Current,
                "{url}: and what is no longer one is said to be so: {:?}",
                checked.warnings
            );
            assert!(url.starts_with("https://") && !has_secret(url), "{url}");
            assert_eq!(recognise(url), Some(mirror), "{url} is recognised");
        }
    }
    for database in databases() {
        let checked = check("GOSUMDB", &database.gosumdb, &context);
        assert_eq!(checked.refusals, [], "{}: Go takes it", database.name);
        assert!(
            Database::parse(&database.gosumdb).is_some(),
            "{}: and we can verify it",
            database.name
        );
    }
    for mirror in mirrors() {
        for name in &mirror.databases {
            assert!(
                databases().iter().any(|database| database.name == *name),
                "{}: {name} is known",
                mirror.id
            );
        }
    }
}

#[test]
fn a_mirror_is_recognised_however_it_is_spelt() {
    let id = |entry: &str| recognise(entry).map(|mirror| mirror.id.as_str());
    for (entry, expected) in [
        ("https://goproxy.cn/", Some("goproxy-cn")),
        ("HTTPS://GOPROXY.CN", Some("goproxy-cn")),
        ("http://goproxy.cn", Some("goproxy-cn")),
        ("goproxy.cn", Some("goproxy-cn")),
        ("https://me:pw@goproxy.cn", Some("goproxy-cn")),
        ("https://mirrors.aliyun.com/goproxy", Some("aliyun")),
        ("https://mirrors.cloud.tencent.com/go", Some("tencent")),
        (
            "https://goproxy.cn/golang",
            Some("invented-goproxy-cn-golang"),
        ),
        ("https://goproxy.cn/other", None),
        (
            "https://mirrors.huaweicloud.com/goproxy",
            Some("huawei-old"),
        ),
        (
            "https://mirrors.huaweicloud.com/repository/goproxy",
            Some("huawei"),
        ),
        ("https://mirrors.aliyun.com/golang/", None),
        ("https://gocenter.io/any/path", Some("gocenter")),
        ("https://proxy.golang.org.evil.example", None),
        ("https://goproxy.corp.example", None),
        ("direct", None),
    ] {
        assert_eq!(id(entry), expected, "{entry}");
    }
    assert!(
        is_host("goproxy.cn") && is_host("proxy.golang.com.cn"),
        "served"
    );
    assert!(!is_host("gocenter.io"), "nobody is told anything there");
    assert!(!is_host("goproxy.tencent.com"), "nor there");
}

#[test]
fn a_chain_is_mended_without_losing_anything_else() {
    for (chain, mended) in [
        ("https://goproxy.cn,direct", None),
        ("direct", None),
        ("", None),
        // named otherwise now
        (
            "https://proxy.golang.com.cn,direct",
            Some("https://goproxy.io,direct"),
        ),
        (
            "https://proxy.golang.com.cn|https://goproxy.cn,direct",
            Some("https://goproxy.io|https://goproxy.cn,direct"),
        ),
        // it is there already
        (
            "https://goproxy.io,https://proxy.golang.com.cn,direct",
            Some("https://goproxy.io,direct"),
        ),
        // gone
        ("https://goproxy.baidu.com,direct", None),
        (
            "https://goproxy.baidu.com|https://goproxy.cn,direct",
            Some("https://goproxy.cn,direct"),
        ),
        (
            "https://goproxy.cn|https://athens.azurefd.net,direct",
            Some("https://goproxy.cn|direct"),
        ),
        (
            "https://goproxy.cn,https://gonexus.dev",
            Some("https://goproxy.cn"),
        ),
        ("https://goproxy.baidu.com", None),
        // an own one stays as it is
        (
            "https://Goproxy.Corp.example/x/ , https://mirrors.huaweicloud.com/goproxy/|off",
            Some(
                "https://Goproxy.Corp.example/x/,https://mirrors.huaweicloud.com/repository/goproxy/|off",
            ),
        ),
    ] {
        assert_eq!(mend(chain).as_deref(), mended, "{chain}");
    }
}
