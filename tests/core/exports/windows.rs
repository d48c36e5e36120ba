//! Scripts for PowerShell and cmd.exe, by the rules of both.

use gopherdesk_core::profile::{ExportFormat, export::file_bytes};
use proptest::{prelude::*, test_runner::Config};

use super::{
    grammar,
    profiles::{Values, expected, of, printed, profile, unset},
};

proptest! {
    #![proptest_config(Config { cases: 192, failure_persistence: None, ..Config::default() })]

    #[test]
    fn powershell_reads_the_values(profile in profile()) {
        let exported = printed(&profile, ExportFormat::Powershell);
        let mut found = Values::new();
        let mut gone = std::collections::BTreeSet::new();
        let lines = grammar::powershell(&exported.text);
        for (name, value) in &lines {
            match value {
                Some(value) => drop(found.insert(name.clone(), value.clone())),
                None => drop(gone.insert(name.as_str())),
            }
        }
        prop_assert_eq!(found, expected(&profile, &exported), "{}", exported.text);
        prop_assert_eq!(gone, unset(&profile), "{}", exported.text);
    }

    #[test]
    fn cmd_reads_the_values(profile in profile()) {
        let exported = printed(&profile, ExportFormat::Cmd);
        let mut wanted = expected(&profile, &exported);
        // for cmd.exe an empty value and none are the same
        wanted.extend(unset(&profile).into_iter().map(|name| (name.to_owned(), String::new())));
        let mut found = Values::new();
        for (number, line) in exported.text.split_terminator("\r\n").enumerate() {
            prop_assert!(!line.contains('\n'), "every line ends as Windows ends it");
            if line == "@chcp 65001 >nul" {
                prop_assert_eq!(number, 0, "before the first line that needs it");
            } else if let Some(comment) = line.strip_prefix("@rem ") {
                prop_assert!(!comment.contains(['%', '^', '&', '|', '<', '>']), "only a comment: {}", comment);
            } else {
                found.extend([grammar::cmd(line)]);
            }
        }
        prop_assert_eq!(found, wanted, "{}", exported.text);
    }
}

#[test]
fn a_script_says_in_which_code_it_is_written() {
    let ascii = of(&[("GOPATH", Some("C:\\go"))]);
    let chinese = of(&[("GOPATH", Some("C:\\用户\\go"))]);
    for (profile, is_marked) in [(ascii, false), (chinese, true)] {
        let script = printed(&profile, ExportFormat::Powershell).text;
        let bytes = file_bytes(ExportFormat::Powershell, &script);
        assert_eq!(
            bytes.starts_with(b"\xef\xbb\xbf"),
            is_marked,
            "Windows PowerShell reads UTF-8 only behind a mark"
        );
        assert!(!script.starts_with('\u{feff}'), "what is pasted has none");
        let script = printed(&profile, ExportFormat::Cmd).text;
        assert_eq!(
            script.starts_with("@chcp 65001"),
            is_marked,
            "cmd.exe is told"
        );
    }
}

#[test]
fn what_windows_cannot_hold_is_named() {
    let long = "x".repeat(8_200);
    let longer = "x".repeat(32_767);
    let profile = of(&[
        ("GOFLAGS", Some(&long)),
        ("GOPRIVATE", Some(&longer)),
        ("GOSUMDB", Some("off")),
    ]);
    let cmd = printed(&profile, ExportFormat::Cmd);
    assert_eq!(
        cmd.left_out,
        ["GOFLAGS", "GOPRIVATE"],
        "longer than a line of cmd.exe"
    );
    assert!(
        cmd.text.contains("@set \"GOSUMDB=off\"\r\n"),
        "the rest is there"
    );
    let powershell = printed(&profile, ExportFormat::Powershell);
    assert_eq!(
        powershell.left_out,
        ["GOPRIVATE"],
        "longer than a variable of Windows"
    );
}
