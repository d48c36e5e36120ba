use super::{ChecksumReason, Leak, LeakAs, LeakReason, Next, Route, RouteFault, Setting, of};
use crate::host::Os;

const NOTHING: Setting<'static> = Setting {
    goproxy: "https://proxy.golang.org,direct",
    gonoproxy: "",
    gonosumdb: "",
    goprivate: "",
    gosumdb: "sum.golang.org",
    goinsecure: "",
    govcs: "",
    os: Os::Linux,
    go: None,
};

fn from(route: &Route) -> Vec<&str> {
    route.steps.iter().map(|step| step.from.as_str()).collect()
}

#[test]
fn a_public_module_goes_through_the_list() {
    let setting = Setting {
        goproxy: "https://me:pw@a.example|b.example,direct,https://late",
        goprivate: "*.corp",
        ..NOTHING
    };
    let route = of("github.com/x/y", Some("v1.0.0"), &setting);
    assert_eq!(
        from(&route),
        ["https://***@a.example", "https://b.example", "direct"],
        "in order, without what is never reached, and masked"
    );
    let next: Vec<_> = route.steps.iter().map(|step| step.next).collect();
    assert_eq!(
        next,
        [Some(Next::OnAnyError), Some(Next::OnMissing), None],
        "by its separator"
    );
    assert_eq!(
        route.checksum.sources,
        [
            "https://***@a.example/sumdb/sum.golang.org",
            "https://b.example/sumdb/sum.golang.org",
            "https://sum.golang.org"
        ],
        "mirrors are asked for the database first"
    );
    assert_eq!(route.private, None, "no pattern covers it");
    assert!(route.leaks.is_empty(), "everybody may know it");
    assert_eq!(
        route.direct.expect("it may come to that").vcs,
        ["git", "hg"],
        "Go's default for the public"
    );
}

#[test]
fn a_private_module_goes_past_every_mirror_and_database() {
    for goproxy in [
        "https://proxy.golang.org,direct",
        "off",
        "direct",
        "https://a",
    ] {
        let setting = Setting {
            goproxy,
            goprivate: "x.example,git.corp",
            ..NOTHING
        };
        let route = of("git.corp/team/m", None, &setting);
        let private = route.private.clone().expect("a pattern covers it");
        assert_eq!(
            (private.by.as_str(), private.pattern.as_str()),
            ("GOPRIVATE", "git.corp")
        );
        assert_eq!(from(&route), ["direct"], "{goproxy}: to the origin alone");
        assert!(!route.checksum.verified, "{goproxy}: no database is asked");
        assert!(route.leaks.is_empty(), "{goproxy}: nobody learns the name");
        assert_eq!(route.error, None, "{goproxy}: not even off is in its way");
    }
}

#[test]
fn what_undoes_goprivate_is_a_leak() {
    let setting = Setting {
        goproxy: "https://goproxy.cn,https://athens.corp,direct",
        gonoproxy: "none",
        gonosumdb: "none",
        goprivate: "git.corp",
        ..NOTHING
    };
    let route = of("git.corp/team/m", None, &setting);
    let told: Vec<_> = route
        .leaks
        .iter()
        .map(|leak| (leak.to.as_str(), leak.r#as))
        .collect();
    assert_eq!(
        told,
        [
            ("https://goproxy.cn", LeakAs::Mirror),
            ("https://goproxy.cn/sumdb/sum.golang.org", LeakAs::Database),
            ("https://athens.corp/sumdb/sum.golang.org", LeakAs::Database),
            ("https://sum.golang.org", LeakAs::Database),
        ],
        "the company's own mirror may know it, the public database may not"
    );
}

#[test]
fn a_pattern_that_is_longer_than_the_host_lets_shorter_paths_out() {
    let setting = Setting {
        goproxy: "https://goproxy.cn,https://athens.corp,direct",
        goprivate: "git.corp/team/app,github.com/corp/app,git.other",
        ..NOTHING
    };
    for (module, expected) in [
        ("git.corp/team/app/pkg", &["git.corp/team", "git.corp"][..]),
        ("github.com/corp/app", &["github.com/corp"]),
        ("git.other/team/app", &[]),
        ("pub.example/a/b", &[]),
    ] {
        let route = of(module, None, &setting);
        let told: Vec<_> = route.leaks.iter().map(|leak| leak.name.as_str()).collect();
        assert_eq!(told, expected, "of {module}");
        let is_one = |leak: &Leak| {
            leak.to == "https://goproxy.cn" && leak.why == LeakReason::ShorterNotCovered
        };
        assert!(
            route.leaks.iter().all(is_one),
            "to the public mirror: {:?}",
            route.leaks
        );
    }
}

#[test]
fn a_public_mirror_that_passes_a_database_on_learns_the_name_too() {
    let setting = Setting {
        goproxy: "https://goproxy.cn,https://athens.corp,direct",
        gonosumdb: "none",
        goprivate: "git.corp",
        gosumdb: "sum.example+23691819+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        ..NOTHING
    };
    let route = of("git.corp/team/m", None, &setting);
    let told: Vec<_> = route.leaks.iter().map(|leak| leak.to.as_str()).collect();
    assert_eq!(
        told,
        ["https://goproxy.cn/sumdb/sum.example"],
        "the company's own database may know it, and its own mirror"
    );
}

#[test]
fn credentials_over_http_end_the_walk_or_are_passed_over() {
    let sources = |route: &Route| route.checksum.sources.clone();
    let refused = Some(RouteFault::CredentialsOverHttp {
        entry: "http://***@b.example".to_owned(),
    });
    for (goproxy, steps, asked, error) in [
        (
            "https://a.example,http://u@b.example,direct",
            &["https://a.example"][..],
            &["https://a.example/sumdb/sum.golang.org"][..],
            &refused,
        ),
        (
            "http://u@b.example|https://a.example",
            &["https://a.example"],
            &["https://a.example/sumdb/sum.golang.org"],
            &None,
        ),
        (
            "http://u@b.example|direct",
            &["direct"],
            &["https://sum.golang.org"],
            &None,
        ),
        ("http://u@b.example|off", &[], &[], &refused),
    ] {
        let setting = Setting { goproxy, ..NOTHING };
        let route = of("github.com/x/y", None, &setting);
        assert_eq!(from(&route), steps, "{goproxy}: who is asked");
        assert_eq!(
            sources(&route),
            asked,
            "{goproxy}: who is asked for the sum"
        );
        assert_eq!(&route.error, error, "{goproxy}");
    }
}

#[test]
fn what_go_refuses_asks_nobody() {
    for (setting, expected) in [
        (
            Setting {
                goproxy: "off",
                ..NOTHING
            },
            RouteFault::ProxyOff {},
        ),
        (
            Setting {
                goproxy: "localhost,direct",
                ..NOTHING
            },
            RouteFault::ProxyRefused {
                said: "invalid proxy URL missing scheme: localhost".to_owned(),
            },
        ),
        (
            Setting {
                goproxy: "",
                ..NOTHING
            },
            RouteFault::ProxyRefused {
                said: "GOPROXY list is not the empty string, but contains no entries".to_owned(),
            },
        ),
    ] {
        let route = of("github.com/x/y", None, &setting);
        assert_eq!(route.error, Some(expected), "{}", setting.goproxy);
        assert!(route.steps.is_empty(), "{}: nobody", setting.goproxy);
    }
    let setting = Setting {
        gosumdb: "goproxy.cn",
        ..NOTHING
    };
    let route = of("github.com/x/y", None, &setting);
    assert_eq!(
        route.error,
        Some(RouteFault::SumdbRefused {
            gosumdb: "goproxy.cn".to_owned()
        }),
        "it has to be verified, and cannot be"
    );
}

#[test]
fn a_toolchain_is_always_verified() {
    let off = Setting {
        gosumdb: "off",
        ..NOTHING
    };
    let route = of("golang.org/toolchain", None, &off);
    assert_eq!(
        route.error,
        Some(RouteFault::ToolchainUnverified {}),
        "off is no way out"
    );
    let excluded = Setting {
        gonosumdb: "golang.org",
        ..NOTHING
    };
    let route = of("golang.org/toolchain", None, &excluded);
    assert_eq!(
        route.checksum.reason,
        ChecksumReason::Toolchain {},
        "nor is a pattern"
    );
    let folder = Setting {
        goproxy: "file:///dist",
        ..off
    };
    let route = of("golang.org/toolchain", None, &folder);
    assert_eq!(route.error, None, "but a distribution in a folder is");
}
