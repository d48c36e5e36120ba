//! The user's own mirrors: kept, shown without their logins, and found by whatever somebody calls them.

use std::os::unix::fs::PermissionsExt;

use gopherdesk_core::{
    app::App,
    environment::Problem,
    error::{EnvironmentError, Error, ModuleError},
    mirror::{
        Mirror, MirrorError, MirrorKind, Mirrors,
        own::{MoveMirror, SaveMirror},
    },
};

use crate::support::{Sandbox, block_on};

/// Stands where a password does; it must turn up nowhere but in the file.
const CANARY: &str = "c4n4ry";

#[test]
fn a_mirror_is_kept_changed_moved_and_removed() {
    let sandbox = with("GOPROXY=https://go.corp.example/x|https://goproxy.cn,direct\n");
    let app = sandbox.app();
    let all = save(&app, None, "Büro", "https://go.corp.example/x/").expect("a new one");
    assert_eq!(used(&all), ["m1", "goproxy-cn"], "both stand in GOPROXY");
    assert_eq!(all.list[0].kind, MirrorKind::Own, "one's own come first");
    assert_eq!(all.trouble, None, "nothing is wrong");

    let probe = SaveMirror {
        id: Some("m1".to_owned()),
        name: "Office".to_owned(),
        url: None,
        probe: Some(" corp.example/m@v1.0.0 ".to_owned()),
    };
    let all = block_on(app.mirror_save(probe)).expect("changed");
    let own = &all.list[0];
    assert_eq!(
        (
            own.name.en.as_str(),
            own.name.zh.as_str(),
            own.url.as_str(),
            own.probe.as_deref()
        ),
        (
            "Office",
            "Office",
            "https://go.corp.example/x/",
            Some("corp.example/m@v1.0.0")
        ),
        "the address stayed"
    );
    let moved = MoveMirror {
        id: "aliyun".to_owned(),
        to: 0,
    };
    let all = block_on(app.mirror_move(moved)).expect("moved");
    assert_eq!(
        ids(&all)[..2],
        ["aliyun", "m1"],
        "a shipped one before one's own"
    );
    let all = block_on(sandbox.app().mirror_list(())).expect("read");
    assert_eq!(ids(&all)[..2], ["aliyun", "m1"], "and after a new start");
    let all = block_on(app.mirror_remove("m1".to_owned())).expect("removed");
    assert!(!ids(&all).contains(&"m1"), "it is gone");
    let gone = block_on(app.mirror_reveal("m1".to_owned()));
    assert!(
        matches!(gone, Err(Error::Mirror(MirrorError::UnknownMirror { .. }))),
        "{gone:?}"
    );
}

#[test]
fn go_refuses_what_is_refused_here() {
    let app = Sandbox::new().app();
    let refused = |url: &str| save(&app, None, "x", url).expect_err("it would not work");
    for (url, code) in [
        ("localhost", "proxy_without_scheme"),
        ("ftp://a.example", "proxy_scheme"),
        ("https://a.example:x", "proxy_not_url"),
        ("file://host/x", "proxy_not_url"),
        ("http://ann:pw@a.example", "proxy_credentials_over_http"),
        ("https://goproxy.baidu.com/x", "mirror_dead"),
        ("https://a\u{202e}.example", "invisible_character"),
    ] {
        let error = refused(url);
        let Error::Environment(EnvironmentError::InvalidValue { problem, .. }) = &error else {
            panic!("{url}: {error:?}");
        };
        assert_eq!(problem_code(problem), code, "{url}");
    }
    for url in [
        "",
        " ",
        "direct",
        "OFF",
        "https://a.example,https://b.example",
        "https://a.example|direct",
        "https://a.example https://b.example",
    ] {
        let error = refused(url);
        assert!(
            matches!(
                error,
                Error::Mirror(MirrorError::MirrorAddressInvalid { .. })
            ),
            "{url:?} is not one: {error:?}"
        );
    }
    for probe in [
        "corp.example/m",
        "corp.example/m@latest",
        "-x@v1",
        "m@v1.0.0",
    ] {
        let wish = SaveMirror {
            probe: Some(probe.to_owned()),
            ..wish(None, "x", "https://a.example")
        };
        let error = block_on(app.mirror_save(wish)).expect_err("no module with a version");
        assert!(
            matches!(error, Error::Module(ModuleError::ModuleInvalid { .. })),
            "{probe}: {error:?}"
        );
    }
    let all = save(&app, None, "x", " go.corp.example ").expect("Go completes it");
    assert_eq!(
        all.list[0].url, "https://go.corp.example",
        "so it is written out"
    );
    let all = save(&app, None, "y", "file:///srv/go").expect("a folder");
    assert_eq!(all.list[1].url, "file:///srv/go", "is a mirror too");
}

#[test]
fn a_login_is_in_the_file_and_nowhere_else() {
    let sandbox = with(&format!(
        "GOPROXY=https://ann:{CANARY}@go.corp.example,direct\n"
    ));
    let app = sandbox.app();
    let raw = format!("https://ann:{CANARY}@go.corp.example");
    let mut told = Vec::new();
    let all = save(&app, None, "", &raw).expect("kept");
    assert_eq!(used(&all), ["m1"], "it is the one in GOPROXY");
    assert_eq!(all.list[0].url, "https://***@go.corp.example", "masked");
    told.push(format!("{all:?}"));
    for url in [
        format!("http://ann:{CANARY}@go.corp.example"),
        format!("https://ann:{CANARY}@go.corp.example,direct"),
        format!("https://ann:{CANARY}@a.example:port"),
        format!("https://goproxy.cn?token={CANARY} x"),
    ] {
        told.push(format!("{:?}", save(&app, None, "z", &url)));
    }
    let name = format!("https://x:{CANARY}@y");
    told.push(format!(
        "{:?}",
        block_on(app.mirror_named(vec![raw.clone(), name]))
    ));
    told.push(format!("{:?}", block_on(app.mirror_remove(raw.clone()))));
    let text = format!("{raw}\nhttps://bob:{CANARY}@b.example\nhttp://x:{CANARY}@c.example");
    let import = block_on(app.mirror_import(text)).expect("two are good");
    told.push(format!("{import:?}"));
    let told = told.join("\n");
    assert!(!told.contains(CANARY), "{told}");
    assert_eq!(
        block_on(app.mirror_reveal("m1".to_owned())).expect("one's own"),
        raw,
        "only who asks for it is given it"
    );
    let file = sandbox.host.folders.config.join("mirrors.json");
    let kept = sandbox.read(&file).expect("written");
    assert!(
        String::from_utf8_lossy(&kept).contains(CANARY),
        "Go needs it: it is kept"
    );
    let mode = std::fs::metadata(&file)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600, "for nobody else's eyes");
}

#[test]
fn a_damaged_file_is_told_and_the_shipped_ones_are_there() {
    let sandbox = Sandbox::new();
    let file = sandbox.host.folders.config.join("mirrors.json");
    sandbox.write(&file, "{\"version\":1,\"mirrors\":[{\"id\":\"x\"}]}");
    let all = block_on(sandbox.app().mirror_list(())).expect("a state, no error");
    assert!(all.trouble.is_some(), "said");
    assert!(ids(&all).contains(&"goproxy-cn"), "those are ours");
    sandbox.write(&file, "{\"version\":99,\"mirrors\":[]}");
    let app = sandbox.app();
    let refused = save(&app, None, "x", "https://a.example").expect_err("a newer file");
    assert!(matches!(refused, Error::Store(_)), "{refused:?}");
}

#[test]
fn a_terminal_names_mirrors_as_it_likes() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    save(&app, None, "Büro", "https://go.corp.example").expect("kept");
    let named = |texts: &[&str]| {
        block_on(app.mirror_named(texts.iter().map(|text| (*text).to_owned()).collect()))
    };
    assert_eq!(
        named(&["büro", "goproxy.cn", "阿里云", "https://go.corp.example/"]).expect("all known"),
        ["m1", "goproxy-cn", "aliyun", "m1"],
        "by name, address, id"
    );
    let first = format!("https://a:{CANARY}1@x.example");
    let second = format!("https://a:{CANARY}2@x.example");
    assert_eq!(
        named(&["x.example/go", &first, &second, &first]).expect("addresses"),
        [
            "https://x.example/go",
            "https://***@x.example",
            "https://***@x.example#2",
            "https://***@x.example"
        ],
        "what is in no list is called by its address, and two logins are two"
    );
    for unknown in ["gopoxy", "", "direct", "a,b"] {
        let refused = named(&[unknown]).expect_err("nobody");
        assert!(
            matches!(refused, Error::Mirror(MirrorError::UnknownMirror { .. })),
            "{unknown:?}: {refused:?}"
        );
    }
    let refused = named(&["ftp://a.example"]).expect_err("not for Go");
    assert!(
        matches!(
            refused,
            Error::Environment(EnvironmentError::InvalidValue { .. })
        ),
        "{refused:?}"
    );
}

#[test]
fn an_import_shows_before_it_keeps() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    save(&app, None, "Büro", "https://go.corp.example").expect("kept");
    let text = "GOPROXY=https://a.example|https://go.corp.example/,https://goproxy.cn,http://x:y@z.example,a.example/go,https://***@b.example,direct";
    let import = block_on(app.mirror_import(text.to_owned())).expect("some are good");
    let shown: Vec<_> = import
        .mirrors
        .iter()
        .map(|mirror| {
            (
                mirror.name.as_str(),
                mirror.url.as_str(),
                mirror.trouble.is_none(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("a.example", "https://a.example", true),
            ("", "https://go.corp.example/", false),
            ("", "https://goproxy.cn", false),
            ("", "http://***@z.example", false),
            ("a.example (2)", "a.example/go", true),
            ("", "https://***@b.example", false),
        ],
        "what is listed, unsafe or masked is left out"
    );
    let all = block_on(app.mirror_list(())).expect("read");
    assert_eq!(own(&all), ["m1"], "nothing is kept yet");
    let all = block_on(app.mirror_import_keep(import.id.clone())).expect("kept");
    assert_eq!(own(&all), ["m1", "m2", "m3"], "the good ones");
    assert_eq!(all.list[2].url, "https://a.example/go", "completed");
    let again = block_on(app.mirror_import_keep(import.id)).expect_err("once");
    assert!(
        matches!(
            again,
            Error::Mirror(MirrorError::UnknownMirrorImport { .. })
        ),
        "{again:?}"
    );
    let json = serde_json::to_string(&all).expect("json");
    let back = block_on(app.mirror_import(json)).expect("our own form");
    assert!(
        back.mirrors.iter().all(|mirror| mirror.trouble.is_some()) && back.mirrors.len() == 3,
        "own ones alone, and they are there already: {back:?}"
    );
    assert_eq!(back.mirrors[0].name, "Büro", "by their names");
}

fn with(goenv: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), goenv);
    sandbox
}

fn wish(id: Option<&str>, name: &str, url: &str) -> SaveMirror {
    SaveMirror {
        id: id.map(str::to_owned),
        name: name.to_owned(),
        url: Some(url.to_owned()),
        probe: None,
    }
}

fn save(app: &App, id: Option<&str>, name: &str, url: &str) -> Result<Mirrors, Error> {
    block_on(app.mirror_save(wish(id, name, url)))
}

fn ids(all: &Mirrors) -> Vec<&str> {
    all.list.iter().map(|mirror| mirror.id.as_str()).collect()
}

fn own(all: &Mirrors) -> Vec<&str> {
    let own = |mirror: &&Mirror| mirror.kind == MirrorKind::Own;
    all.list
        .iter()
        .filter(own)
        .map(|mirror| mirror.id.as_str())
        .collect()
}

fn used(all: &Mirrors) -> Vec<&str> {
    let used = |mirror: &&Mirror| mirror.used;
    all.list
        .iter()
        .filter(used)
        .map(|mirror| mirror.id.as_str())
        .collect()
}

fn problem_code(problem: &Problem) -> String {
    let json = serde_json::to_value(problem).expect("json");
    json["code"].as_str().unwrap_or_default().to_owned()
}
