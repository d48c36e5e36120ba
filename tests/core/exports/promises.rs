//! What holds for every format: no secret, nothing forgotten, nothing that breaks out.

use std::collections::BTreeSet;

use gopherdesk_core::{
    profile::{Builtin, Definition, ExportFormat, Title},
    secret::strip_text,
};
use proptest::{collection::vec, prelude::*, sample::select, test_runner::Config};

use super::profiles::{formats, of, printed, profile};

/// No export may hold it.
const CANARY: &str = "kanarienvogel";

/// A place for a credential.
fn with_secret() -> impl Strategy<Value = String> {
    let place = select(
        &[
            "https://u:@@@host/x",
            "https://@@@host",
            "http://u:a/@@@host:80",
            "https://h/?token=@@",
            "https://h/?a&key=@@&b#c",
            "u:@@@proxy:8080",
            "socks5://u:@@@[::1]:1",
            "https://u:@@@a,https://v:@@@b|direct",
        ][..],
    );
    let around = || {
        select(
            &[
                "",
                "https://goproxy.cn,",
                ",direct",
                " ",
                "|",
                "'",
                "\"",
                "x=",
                "中",
                "://",
            ][..],
        )
    };
    (around(), place, around()).prop_map(|(before, place, after)| {
        // the last of three is the `@` of the address
        format!("{before}{}{after}", place.replace("@@", CANARY))
    })
}

proptest! {
    #![proptest_config(Config { cases: 256, failure_persistence: None, ..Config::default() })]

    #[test]
    fn no_export_holds_a_secret(values in vec(with_secret(), 1..5), name in with_secret()) {
        let names = ["GOPROXY", "HTTPS_PROXY", "GOSUMDB", "GOFLAGS"];
        let pairs: Vec<_> = names.into_iter().zip(values.iter().map(|value| Some(value.as_str()))).collect();
        let profile = Definition { title: Title::Own { name }, ..of(&pairs) };
        for format in formats() {
            let exported = printed(&profile, format);
            prop_assert!(!exported.text.contains(CANARY), "{:?}: {}", format, exported.text);
            prop_assert!(!exported.file_name.contains(CANARY), "{:?}: {}", format, exported.file_name);
            let stripped: Vec<_> = pairs.iter().map(|(name, _)| *name).collect();
            prop_assert_eq!(&exported.stripped, &stripped, "{:?} names them", format);
        }
    }

    #[test]
    fn every_variable_is_printed_or_named(profile in profile()) {
        for format in formats() {
            let exported = printed(&profile, format);
            let named: BTreeSet<_> = exported.left_out.iter().chain(&exported.not_unset).collect();
            for change in &profile.values {
                let stands = exported.text.lines().any(|line| {
                    !["#", "//", "@rem", "<!--"].iter().any(|mark| line.starts_with(mark)) && line.contains(&change.name)
                });
                prop_assert!(stands || named.contains(&change.name), "{:?}: {}", format, exported.text);
                // nothing is left of a value that is a login alone
                let is_empty = change.value.as_deref().is_some_and(|value| strip_text(value).is_empty());
                prop_assert_eq!(
                    exported.emptied.contains(&change.name),
                    is_empty && format != ExportFormat::GoEnv,
                    "only the GOENV file holds an empty value"
                );
            }
            prop_assert!(
                exported.file_name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)),
                "a name for any file system: {}", exported.file_name
            );
        }
    }
}

#[test]
fn a_value_that_is_a_login_alone_is_named_as_stripped_and_empty() {
    let exported = printed(&of(&[("GOPROXY", Some("ann:secret@"))]), ExportFormat::Sh);
    assert_eq!(exported.stripped, ["GOPROXY"], "its credentials are out");
    assert_eq!(exported.emptied, ["GOPROXY"], "and nothing else was in it");
}

#[test]
fn ordinary_values_are_never_left_out() {
    let profile = of(&[
        (
            "GOPROXY",
            Some("https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct"),
        ),
        ("GOPRIVATE", Some("git.corp.example,*.internal/team")),
        ("GOFLAGS", Some("-mod=mod -trimpath '-tags=a b'")),
        ("GOMODCACHE", Some("/home/张三/my go/pkg")),
        ("GOPATH", Some("C:\\Users\\张三\\go;D:\\go")),
        ("GOVCS", Some("public:git|hg,private:all")),
        ("GONOSUMDB", Some("")),
        ("GOSUMDB", Some("sum.golang.google.cn")),
    ]);
    for format in formats() {
        let exported = printed(&profile, format);
        assert_eq!(exported.left_out, [""; 0], "{format:?} holds them all");
    }
}

#[test]
fn what_is_no_name_or_no_line_is_left_out_everywhere() {
    let long = "x".repeat(128 * 1024);
    let odd = [
        ("GO PROXY", Some("a")),
        ("X;reboot", Some("a")),
        ("X\nGD_EVIL=1", None),
        ("", Some("a")),
        ("1X", Some("a")),
        ("GOPROXY", Some("a\nGD_EVIL=1")),
        ("GOSUMDB", Some("a\r")),
        ("GOFLAGS", Some("a\0")),
        ("GOVCS", Some("\x1b[2J")),
        ("GOPRIVATE", Some(long.as_str())),
    ];
    let profile = of(&odd);
    for format in formats() {
        let exported = printed(&profile, format);
        let names: Vec<_> = odd.iter().map(|(name, _)| *name).collect();
        assert_eq!(exported.left_out, names, "{format:?} names each");
        assert!(
            !exported
                .text
                .lines()
                .any(|line| line.starts_with("GD_EVIL"))
                && exported.text.len() < 1500,
            "none is in the text: {}",
            exported.text
        );
    }
}

#[test]
fn the_last_of_two_values_counts() {
    let profile = of(&[("GOPROXY", Some("first")), ("GOPROXY", Some("second"))]);
    for format in formats() {
        let text = printed(&profile, format).text;
        assert!(
            text.contains("second") && !text.contains("first"),
            "{format:?}: {text}"
        );
    }
}

#[test]
fn built_in_profiles_are_called_by_their_english_names() {
    for (builtin, name) in [
        (Builtin::Domestic, "domestic"),
        (Builtin::Overseas, "overseas"),
        (Builtin::Company, "company"),
        (Builtin::Offline, "offline"),
    ] {
        let profile = Definition {
            title: Title::Builtin { builtin },
            ..of(&[("GOSUMDB", Some("off"))])
        };
        for format in formats() {
            let exported = printed(&profile, format);
            assert!(
                exported.text.contains(name) && exported.file_name.contains(name),
                "{format:?}: {}",
                exported.text
            );
        }
    }
}
