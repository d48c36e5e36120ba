//! Every row of go-semantics 1.7 and 2.1, and the dangers of reliability 2.1.

use super::*;

fn context() -> CheckContext<'static> {
    CheckContext {
        os: Os::Linux,
        version: None,
        home: Some(Path::new("/home/me")),
    }
}

fn looked_at(name: &str, value: &str) -> Checked {
    check(name, value, &context())
}

#[test]
fn what_stops_go_is_refused() {
    let long = "x".repeat(200 << 10);
    for (name, value) in [
        ("GO111MODULE", "yes"),
        ("GOPATH", "~/go"),
        ("GOPATH", "go"),
        ("GOPATH", "/a:rel"),
        ("GOPATH", "/a:~/b"),
        ("GOMODCACHE", "modcache"),
        ("GOCACHE", "rel"),
        ("GOCACHE", "off"),
        ("GOTMPDIR", "tmp"),
        ("GOBIN", "bin"),
        ("CC", "./mycc"),
        ("CC", "  "),
        ("CXX", "'g++"),
        ("GOPRIVATE", "a\0b"),
        ("GOPRIVATE", "a\nb"),
        ("GOPRIVATE", "a\rb"),
        ("GOPRIVATE", "a\u{b}b"),
        ("GOPRIVATE", &long),
        ("GOPROXY", ""),
        ("GOPROXY", ","),
        ("GOPROXY", " | "),
        ("GOPROXY", "none"),
        ("GOPROXY", "noproxy"),
        ("GOPROXY", "Direct"),
        ("GOPROXY", "OFF"),
        ("GOPROXY", "localhost"),
        ("GOPROXY", "auto"),
        ("GOPROXY", "ftp://x"),
        ("GOPROXY", "file://localhost/x"),
        ("GOPROXY", "file:///x?q"),
        ("GOPROXY", "file:///x#f"),
        ("GOPROXY", "file:/x"),
        ("GOPROXY", "/abs/path"),
        ("GOPROXY", "https://h/%zz"),
        ("GOPROXY", "https://h:port/"),
        ("GOPROXY", "https://a b/"),
        ("GOPROXY", "https://good,localhost,direct"),
        ("GOSUMDB", ""),
        ("GOSUMDB", " off"),
        ("GOSUMDB", "OFF"),
        ("GOSUMDB", "goproxy.cn"),
        ("GOSUMDB", "https://sum.golang.org"),
        ("GOSUMDB", "sum.golang.google.cn https://x"),
        ("GOSUMDB", "sum.golang.org https://x y"),
        (
            "GOSUMDB",
            "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        ),
        ("GOTOOLCHAIN", "bogus"),
        ("GOTOOLCHAIN", "1.22.1"),
        ("GOTOOLCHAIN", "go1.22.1+later"),
        ("GOTOOLCHAIN", "go1.22.1+"),
        ("GOTOOLCHAIN", "go1.22.1-/x"),
        ("GOFLAGS", "mod=mod"),
        ("GOFLAGS", "-mod=mod bogus"),
        ("GOFLAGS", "---x"),
        ("GOFLAGS", "-=x"),
        ("GOFLAGS", "'-ldflags=-s"),
        ("GOVCS", "foo"),
        ("GOVCS", "a:git,,b:git"),
        ("GOVCS", ":git"),
        ("GOVCS", "a:"),
        ("GOAUTH", "netrc;"),
        ("GOAUTH", "off;netrc"),
        ("GOAUTH", "git"),
        ("GOAUTH", "git rel"),
        ("GOAUTH", "git /a /b"),
    ] {
        let found = looked_at(name, value);
        assert!(
            !found.refusals.is_empty(),
            "{name}={:.40} stops go, or every download: {found:?}",
            value.escape_debug().to_string()
        );
    }
}

#[test]
fn what_works_is_never_refused() {
    for (name, value) in [
        ("GO111MODULE", "off"),
        ("GOPATH", "/a:/b"),
        ("GOPATH", "/a::/b"),
        ("GOPATH", "/tmp/git~rc3"),
        ("GOMODCACHE", ""),
        ("GOMODCACHE", "/"),
        ("CC", "gcc -m32"),
        ("CC", "'/opt/my cc/cc' -O2"),
        ("GOPROXY", "direct"),
        ("GOPROXY", "off"),
        ("GOPROXY", "off,localhost"),
        ("GOPROXY", "proxy.example.com"),
        ("GOPROXY", "localhost:8080"),
        ("GOPROXY", "./rel"),
        ("GOPROXY", "https://,direct"),
        ("GOPROXY", "https://h/?q=100%"),
        ("GOPROXY", "https://[::1]:8080/x"),
        ("GOPROXY", "https://[::1]"),
        ("GOPROXY", "https://u:p@h/"),
        ("GOPROXY", "http://u:p@h/|direct"),
        ("GOPROXY", "file://"),
        ("GOPROXY", "file:///srv/mirror"),
        ("GOPROXY", " https://a\t, ,https://b|direct"),
        ("GOPROXY", "HTTPS://h"),
        ("GOSUMDB", "off"),
        ("GOSUMDB", "sum.golang.org"),
        ("GOSUMDB", "sum.golang.google.cn"),
        ("GOSUMDB", "sum.golang.org https://mirror.example.com/sumdb"),
        (
            "GOSUMDB",
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        ),
        ("GOTOOLCHAIN", ""),
        ("GOTOOLCHAIN", "local"),
        ("GOTOOLCHAIN", "local+path"),
        ("GOTOOLCHAIN", "go1.22.1+auto"),
        ("GOTOOLCHAIN", "go1.21rc2"),
        ("GOTOOLCHAIN", "go1.22.1-bigcorp"),
        ("GOFLAGS", "'-ldflags=-s -w' -mod=mod --trimpath"),
        ("GOFLAGS", "  "),
        ("GOVCS", "private:all,public:git|hg"),
        ("GOVCS", "*:off"),
        ("GOAUTH", "off"),
        ("GOAUTH", "netrc;git /home/me"),
        ("GOPRIVATE", "[bad"),
        ("GOPRIVATE", "a, b"),
        ("GOPRIVATE", "https://h/x.git"),
        (
            "GOPRIVATE",
            "e\u{301},\u{e9},\u{1f600},a\u{202e}b,a\u{200d}b",
        ),
        ("GOPRIVATE", "$(x)`y`\"z\"'w'=v"),
    ] {
        let found = looked_at(name, value);
        assert!(
            found.refusals.is_empty(),
            "Go accepts {name}={value} and works: {found:?}"
        );
    }
}

#[test]
fn what_deserves_a_word_gets_it() {
    let url = |pattern: &str, meant: &str| Problem::PatternIsUrl {
        pattern: pattern.into(),
        meant: meant.into(),
    };
    for (name, value, warning) in [
        (
            "GOPRIVATE",
            "https://h/x.git",
            url("https://h/x.git", "h/x"),
        ),
        ("GOPRIVATE", "git@h:a/b.git", url("git@h:a/b.git", "h/a/b")),
        ("GOPRIVATE", "a, b", Problem::OuterSpace {}),
        (
            "GOPROXY",
            "a.b",
            Problem::ProxyReadAsHttps {
                entry: "a.b".into(),
            },
        ),
        (
            "GOPROXY",
            "direct,x",
            Problem::ProxyUnreachable { entry: "x".into() },
        ),
        (
            "GOFLAGS",
            "-bogus",
            Problem::FlagUnknown {
                flag: "-bogus".into(),
            },
        ),
        ("HTTP_PROXY", "x", Problem::NoEffectInFile {}),
        (
            "GOMODCACHE",
            "/home",
            Problem::FolderTooWide {
                folder: "/home".into(),
            },
        ),
        (
            "GOPRIVATE",
            "a\u{202e}b",
            Problem::InvisibleCharacter {
                character: "U+202E".into(),
            },
        ),
    ] {
        let found = looked_at(name, value).warnings;
        assert!(
            found.contains(&warning),
            "{name}={value}: {warning:?} is not in {found:?}"
        );
    }
}

#[test]
fn what_weakens_the_protection_is_named() {
    use Consequence as C;
    for (name, value, consequence) in [
        ("GOSUMDB", "off", Some(C::NothingVerified)),
        ("GOSUMDB", "sum.golang.org", None),
        ("GOSUMDB", "sum.golang.org https://x", None),
        ("GOSUMDB", "my.db+00000000+AAAA", Some(C::OtherDatabase)),
        ("GONOSUMDB", "*", Some(C::EverythingUnverified)),
        ("GOPRIVATE", "x,*/", Some(C::EverythingUnverified)),
        ("GOPRIVATE", "*.*", Some(C::EverythingUnverified)),
        ("GOPRIVATE", "*.corp.example.com", None),
        ("GOPRIVATE", "github.com/corp", None),
        ("GOPRIVATE", "a.example, *.com", Some(C::PublicUnverified)),
        ("GONOSUMDB", "github.com", Some(C::PublicUnverified)),
        ("GOINSECURE", "h", Some(C::InsecureTransport)),
        (
            "GOFLAGS",
            "-mod=mod '-toolexec=sh -c x'",
            Some(C::FlagsRunProgram),
        ),
        ("GOFLAGS", "--overlay=x", Some(C::FlagsRunProgram)),
        ("GOFLAGS", "-mod=mod", None),
        ("GOFLAGS", "\t-ldflags=-extld=/x", Some(C::FlagsRunProgram)),
        (
            "GOFLAGS",
            "'-ldflags=-s -extldflags=-fuse-ld=/x'",
            Some(C::FlagsRunProgram),
        ),
        ("GOFLAGS", "'-ldflags=-s -w -extldflags=-static'", None),
        ("CGO_CFLAGS", "-O2 -g -DX=exec", None),
        (
            "CGO_CFLAGS",
            "-O2 -fplugin=/x",
            Some(C::CompilerRunsProgram),
        ),
        ("CGO_LDFLAGS", "-L/x -Wl,-rpath,/x", None),
        (
            "CGO_LDFLAGS",
            "-Wl,-plugin,/x",
            Some(C::CompilerRunsProgram),
        ),
        ("CGO_CXXFLAGS", "@/x", Some(C::CompilerRunsProgram)),
        ("CGO_CFLAGS_ALLOW", ".*", Some(C::ForbiddenFlags)),
        ("CGO_CFLAGS_DISALLOW", ".*", None),
        ("GOROOT", "/opt/go", Some(C::OtherGoroot)),
        ("CC", "/some/where/x", Some(C::RunsProgram)),
        ("PKG_CONFIG", "x", Some(C::RunsProgram)),
        ("GOAUTH", "netrc;/bin/x", Some(C::RunsCredentialProgram)),
        ("GOAUTH", "netrc;git /d", None),
        ("GOCACHEPROG", "x", Some(C::RunsCacheProgram)),
        ("GOVCS", "*:all", Some(C::UnsafeVcs)),
        ("GOVCS", "private:all", None),
        ("GOTOOLCHAIN", "path", Some(C::ToolchainFromPath)),
        ("GOTOOLCHAIN", "go1.22.1+path", Some(C::ToolchainFromPath)),
        ("GOTOOLCHAIN", "go1.22.1-own", Some(C::ToolchainFromPath)),
        ("GOTOOLCHAIN", "go1.22.1+auto", None),
        ("GOTOOLCHAIN", "auto", None),
    ] {
        let found = looked_at(name, value)
            .danger
            .map(|danger| danger.consequence);
        assert_eq!(found, consequence, "{name}={value}");
    }
}

#[test]
fn folders_of_others_and_of_other_things_are_named() {
    use Consequence as C;
    let other_things = Some(C::FolderOfOtherThings);
    let others = Some(C::FolderOfOthers);
    for (os, home, folder, consequence) in [
        (Os::Linux, "/home/ann", "/", other_things),
        (Os::Linux, "/home/ann", "//../.", other_things),
        (Os::Linux, "/home/ann", "/home", other_things),
        (Os::Linux, "/home/ann", "/home/ann/", other_things),
        (Os::Linux, "/home/ann", "/home/ann/go", None),
        (Os::Linux, "/home/ann", "/home/ann/../bob/go", others),
        (Os::Linux, "/home/ann", "/home/annabel", others),
        (Os::Linux, "/home/ann", "/root/go", others),
        (Os::Linux, "/root", "/root/go", None),
        (Os::Linux, "/", "/go", None),
        (Os::Linux, "/home/ann", "/etc/go", other_things),
        (Os::Linux, "/home/ann", "/usr", other_things),
        (Os::Linux, "/home/ann", "/usr/local/lib", other_things),
        (Os::Linux, "/home/ann", "/tmp", other_things),
        (Os::Linux, "/home/ann", "/tmp/go-cache", None),
        (Os::Linux, "/home/ann", "/go", None),
        (Os::Linux, "/home/ann", "/opt/go/mod", None),
        (Os::Macos, "/Users/ann", "/Users/Bob/go", others),
        (Os::Macos, "/Users/ann", "/users/Ann/go", None),
        (Os::Macos, "/Users/ann", "/Library", other_things),
        (Os::Windows, r"C:\Users\ann", r"C:\Users\bob\go", others),
        (Os::Windows, r"C:\Users\ann", r"c:/users/ANN/go", None),
        (Os::Windows, r"C:\Users\ann", r"C:\", other_things),
        (Os::Windows, r"C:\Users\ann", r"C:\Windows\x", other_things),
        (Os::Windows, r"C:\Users\ann", r"\\server\share\mod", others),
        (Os::Windows, r"C:\Users\ann", r"D:\go", None),
    ] {
        let context = CheckContext {
            os,
            version: None,
            home: Some(Path::new(home)),
        };
        for name in ["GOPATH", "GOMODCACHE", "GOCACHE", "GOBIN", "GOTMPDIR"] {
            let found = check(name, folder, &context).danger;
            assert_eq!(
                found.map(|danger| danger.consequence),
                consequence,
                "{name}={folder} for {home}"
            );
        }
    }
    let found = |name, value| looked_at(name, value).danger;
    assert!(
        found("GOPATH", "/home/u/go:/").is_some(),
        "every entry of the list counts"
    );
    assert_eq!(
        found("GOBIN", "/usr/local/bin"),
        None,
        "programs for all are put there by those who may"
    );
}

#[test]
fn what_can_be_set_depends_on_the_version() {
    let at = |version: &str| version.parse::<Version>().expect("a version of go");
    for (name, version, expected) in [
        ("GOPROXY", "go1.21.13", Settable::Yes),
        ("GODODO", "go1.27.3", Settable::Unknown),
        ("goproxy", "go1.27.3", Settable::Unknown),
        ("GOEXE", "go1.27.3", Settable::No),
        ("GOWORK", "go1.27.3", Settable::No),
        ("GOTELEMETRY", "go1.24.11", Settable::No),
        ("GOROOT", "go1.26.6", Settable::Yes),
        ("GOROOT", "go1.27.3", Settable::No),
        ("GOENV", "go1.21.13", Settable::ProcessOnly),
        ("GODEBUG", "go1.23.9", Settable::ProcessOnly),
        ("GODEBUG", "go1.22.10", Settable::Unknown),
        ("GOAUTH", "go1.23.9", Settable::Unknown),
        ("GOAUTH", "go1.24.11", Settable::Yes),
        ("GOCACHEPROG", "go1.21.13", Settable::Yes),
        ("HTTP_PROXY", "go1.27.3", Settable::Unknown),
    ] {
        assert_eq!(
            settable(name, Some(&at(version))),
            expected,
            "{name} with {version}"
        );
    }
}
