use super::*;
use crate::host::Os;

const KNOWN: &[&str] = &["GOPROXY", "GOPATH", "GOFLAGS", "GOSUMDB", "CC"];

fn context() -> Context<'static> {
    Context {
        is_known: &|name| KNOWN.contains(&name),
        check: CheckContext {
            os: Os::Linux,
            version: None,
            home: None,
        },
    }
}

fn mended(line: &[u8]) -> Vec<u8> {
    let mut text = EnvText::parse(line);
    repair(&mut text, &[1], &[], &context()).expect("a line at fault can be repaired");
    text.render()
}

#[test]
fn a_repaired_line_is_what_was_meant() {
    for (line, expected) in [
        ("GOPROXY=direct\r\n", "GOPROXY=direct\n"),
        ("\u{feff}GOPROXY=direct\n", "GOPROXY=direct\n"),
        ("export GOPROXY='direct'\n", "GOPROXY=direct\n"),
        (" GOPROXY=direct", "GOPROXY=direct"),
        ("GOPROXY=\"direct\"\n", "GOPROXY=direct\n"),
        ("what is this\n", "# what is this\n"),
        ("GOPATH=rel\n", ""),
        // only a shell knows it, so it stays without effect
        ("export GOPATH=$HOME/go\n", "# export GOPATH=$HOME/go\n"),
        ("export GOPATH=rel\n", "# export GOPATH=rel\n"),
    ] {
        assert_eq!(
            String::from_utf8_lossy(&mended(line.as_bytes())),
            expected,
            "{line:?}"
        );
    }
    assert_eq!(
        mended(b"GOPROXY=\xff\n"),
        b"# GOPROXY=\xff\n",
        "its bytes are kept"
    );
}

#[test]
fn a_sound_line_has_no_fault() {
    let mut text = EnvText::parse(
        b"# comment\n\nGOFLAGS=\"-ldflags=-s -w\"\nCC='/opt/my cc'\nGOPROXY=direct\nGOSUMDB=off\n",
    );
    assert_eq!(
        faults(&text, &context()),
        [],
        "quotes are syntax in GOFLAGS and CC"
    );
    let untouched = repair(&mut text, &[5], &[], &context());
    assert_eq!(
        untouched,
        Err(EnvironmentError::NothingToRepair { line: 5 }),
        "a line that is not at fault is not repaired"
    );
}

#[test]
fn credentials_are_hidden_where_shown_and_kept_where_written() {
    let line = b"export GOPROXY=https://u:canary@h\n";
    let shown = format!("{:?}", faults(&EnvText::parse(line), &context()));
    assert!(!shown.contains("canary"), "masked in {shown}");
    assert_eq!(
        mended(line),
        b"GOPROXY=https://u:canary@h\n",
        "the file keeps what it had"
    );
}
