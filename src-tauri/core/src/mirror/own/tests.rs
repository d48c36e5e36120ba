use super::*;

fn wanted(name: &str, url: &str) -> Wanted {
    Wanted {
        id: None,
        name: name.to_owned(),
        url: Some(url.to_owned()),
        probe: None,
    }
}

fn with(mirrors: &[(&str, &str)]) -> Kept {
    let mut kept = Kept::default();
    for (name, url) in mirrors {
        kept.save(wanted(name, url)).expect("a new one");
    }
    kept
}

/// The first ids of the list.
fn first(kept: &Kept, count: usize) -> String {
    let ids: Vec<_> = kept
        .list()
        .iter()
        .take(count)
        .map(Listed::id)
        .map(str::to_owned)
        .collect();
    ids.join(" ")
}

#[test]
fn an_id_is_never_given_again() {
    let mut kept = with(&[("a", "https://a.example"), ("b", "https://b.example")]);
    kept.remove("m2").expect("it is there");
    assert_eq!(
        kept.save(wanted("c", "https://c.example")),
        Ok("m3".to_owned()),
        "results still name m2"
    );
    let json = serde_json::to_value(&kept).expect("json");
    let read: Kept = serde_json::from_value(json).expect("as it was written");
    assert_eq!(read, kept, "what is written is read");
}

#[test]
fn what_another_version_wrote_stays() {
    let text = r#"{"minted":4,"mirrors":[{"id":"m4","name":"a","url":"https://a.example","colour":"red"}]}"#;
    let mut kept: Kept = serde_json::from_str(text).expect("readable");
    let renamed = Wanted {
        id: Some("m4".to_owned()),
        name: "b".to_owned(),
        url: None,
        probe: Some("corp.example/m@v1.0.0".parse().expect("a module")),
    };
    assert_eq!(kept.save(renamed), Ok("m4".to_owned()), "changed");
    let own = kept.own("m4").expect("it is there");
    assert_eq!(
        (own.url.as_str(), own.probe.as_deref()),
        ("https://a.example", Some("corp.example/m@v1.0.0")),
        "the address stays, the module is new"
    );
    let json = serde_json::to_value(&kept).expect("json");
    assert_eq!(json["mirrors"][0]["colour"], "red", "nobody took it out");
    for broken in [
        r#"{"mirrors":[{"id":"x1","name":"a","url":"u"}]}"#,
        r#"{"mirrors":[{"id":"m01","name":"a","url":"u"}]}"#,
        r#"{"mirrors":[{"id":"m1","name":"a","url":"u"},{"id":"m1","name":"b","url":"v"}]}"#,
        r#"{"minted":90071992547409930}"#,
    ] {
        assert!(serde_json::from_str::<Kept>(broken).is_err(), "{broken}");
    }
}

#[test]
fn a_name_belongs_to_one_mirror() {
    let mut kept = with(&[("Büro", "https://a.example")]);
    for name in ["büro", " BÜRO ", "Alibaba Cloud", "阿里云", "aliyun", "m1"] {
        let refused = kept.save(wanted(name, "https://b.example"));
        assert!(
            matches!(refused, Err(MirrorError::MirrorNameTaken { .. })),
            "{name}: a terminal asks for mirrors by name: {refused:?}"
        );
    }
    for name in ["a\u{202e}b", "a\nb", &"x".repeat(61)] {
        let refused = kept.save(wanted(name, "https://b.example"));
        assert!(
            matches!(refused, Err(MirrorError::MirrorNameInvalid { .. })),
            "{name:?}: {refused:?}"
        );
    }
    let own = Wanted {
        id: Some("m1".to_owned()),
        ..wanted("BÜRO", "https://a.example/go")
    };
    assert_eq!(
        kept.save(own),
        Ok("m1".to_owned()),
        "its own does not count"
    );
    let nameless = Wanted {
        id: Some("m1".to_owned()),
        ..wanted("", "https://a.example")
    };
    assert!(
        matches!(
            kept.save(nameless),
            Err(MirrorError::MirrorNameInvalid { .. })
        ),
        "a name is not lost by mistake"
    );
}

#[test]
fn a_new_one_is_called_by_its_host() {
    let mut kept = Kept::default();
    let long = format!("https://{}.example", "x".repeat(60));
    let names = [
        ("https://go.corp.example/a", "go.corp.example"),
        ("https://go.corp.example/b", "go.corp.example (2)"),
        ("https://me:pw@go.corp.example/a", "go.corp.example (3)"),
        ("http://127.0.0.1:8081", "127.0.0.1:8081"),
        (
            "file:///home/me/go/pkg/mod/cache/download",
            "/home/me/go/pkg/mod/cache/download",
        ),
        ("https://goproxy.cn/own", "goproxy.cn (2)"),
        (&long, &format!("{}.example", "x".repeat(46))),
    ];
    for (url, name) in names {
        let id = kept.save(wanted("", url)).expect("a new one");
        assert_eq!(kept.own(&id).expect("kept").name, name, "{url}");
    }
}

#[test]
fn an_address_is_listed_once() {
    let mut kept = with(&[("a", "https://a.example/go/")]);
    for (url, mirror) in [
        ("https://A.example/go", "m1"),
        ("https://goproxy.cn/", "goproxy-cn"),
        ("https://mirrors.cloud.tencent.com/go/", "tencent"),
    ] {
        assert_eq!(
            kept.save(wanted("b", url)),
            Err(MirrorError::MirrorListed {
                url: url.to_owned(),
                mirror: mirror.to_owned(),
            }),
            "{url}"
        );
    }
    let login = kept.save(wanted("b", "https://me:canary@libraries.cgr.dev/go"));
    assert_eq!(login, Ok("m2".to_owned()), "with a login it is another");
}

#[test]
fn shipped_ones_are_moved_and_nothing_else() {
    let mut kept = with(&[("a", "https://a.example"), ("b", "https://b.example")]);
    let builtin = || {
        Err(MirrorError::BuiltinMirror {
            id: "aliyun".to_owned(),
        })
    };
    assert_eq!(
        kept.remove("aliyun"),
        builtin(),
        "there is nothing to remove"
    );
    let change = Wanted {
        id: Some("aliyun".to_owned()),
        ..wanted("c", "https://c.example")
    };
    assert_eq!(kept.save(change).map(drop), builtin(), "nor to change");
    assert_eq!(first(&kept, 3), "m1 m2 goproxy-cn", "one's own come first");
    kept.place("aliyun", 0).expect("it is there");
    kept.place("m1", 99).expect("it is there");
    assert_eq!(first(&kept, 3), "aliyun m2 goproxy-cn", "as they were put");
    let all = kept.list();
    assert_eq!(
        all.last().map(Listed::id),
        Some("m1"),
        "behind the end is the end"
    );
    assert_eq!(all.len(), catalogue::mirrors().len() + 2, "none is lost");
    kept.remove("m2").expect("it is there");
    assert_eq!(first(&kept, 2), "aliyun goproxy-cn", "gone");
    assert_eq!(kept.place("m2", 0), Err(unknown("m2")), "and nowhere");
    kept.remove("m1").expect("it is there");
    kept.place("aliyun", 1).expect("it is there");
    assert_eq!(
        kept.order,
        Vec::<String>::new(),
        "as it is anyway: not written"
    );
}

#[test]
fn a_mirror_is_found_by_id_name_and_address() {
    let kept = with(&[
        ("Büro", "https://me:canary@go.corp.example/x"),
        ("Lokal", "http://127.0.0.1:8081"),
    ]);
    let id = |text| kept.named(text).map(|listed| listed.id().to_owned());
    for (text, expected) in [
        ("m1", Some("m1")),
        ("büro", Some("m1")),
        ("127.0.0.1:8081", None),
        ("http://127.0.0.1:8081/", Some("m2")),
        ("goproxy-cn", Some("goproxy-cn")),
        ("goproxy.cn", Some("goproxy-cn")),
        ("https://goproxy.cn", Some("goproxy-cn")),
        ("http://goproxy.cn", None),
        ("https://other:login@goproxy.cn", None),
        ("https://goproxy.baidu.com/", Some("baidu")),
        ("https://goproxy.baidu.com/path", None),
        ("阿里云", Some("aliyun")),
        ("https://go.corp.example/x", Some("m1")),
        ("nobody", None),
        ("", None),
    ] {
        assert_eq!(id(text).as_deref(), expected, "{text:?}");
    }
}

#[test]
fn what_is_shown_is_masked_and_says_what_is_used() {
    let kept = with(&[("Büro", "https://me:canary@go.corp.example/x")]);
    let goproxy = [Address::parse("https://go.corp.example/x").expect("an address")];
    let shown: Vec<_> = kept
        .list()
        .iter()
        .map(|listed| listed.shown(&goproxy))
        .collect();
    assert!(!format!("{shown:?}").contains("canary"), "{:?}", shown[0]);
    let used: Vec<_> = shown.iter().filter(|mirror| mirror.used).collect();
    assert_eq!(used.len(), 1, "one stands in GOPROXY");
    assert_eq!(
        (used[0].url.as_str(), used[0].kind),
        ("https://***@go.corp.example/x", MirrorKind::Own),
        "this one"
    );
    assert!(
        !format!("{:?}", kept.save_error()).contains("canary"),
        "nor does an error say it"
    );
}

impl Kept {
    /// A refusal that names the address.
    fn save_error(&self) -> Result<String, MirrorError> {
        let mut copy = self.clone();
        copy.save(wanted("x", "https://goproxy.cn?token=canary"))
            .and_then(|_| copy.save(wanted("büro", "https://me:canary@x.example")))
    }
}
