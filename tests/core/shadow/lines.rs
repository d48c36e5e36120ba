//! Taking one line out of use: every other byte stays, and the shell still accepts the file.

use gopherdesk_core::{
    error::Error,
    history::Cause,
    plan::{DiffKind, Draft, PlanKind},
    shadow::{StartupError, comment},
};

use super::{gathered, machine};

/// The plan for the first assignment of `GOPROXY` in a file of that text.
fn draft_of(file: &str, text: &[u8]) -> Result<Draft, Error> {
    let sandbox = machine(&[]);
    sandbox.write(&sandbox.path(file), text);
    let outer = gathered(&sandbox.host);
    let found = outer
        .assignments
        .iter()
        .find(|found| found.name == "GOPROXY");
    comment::draft(&sandbox.host, found.expect("the file sets it"))
}

#[test]
fn one_line_becomes_a_comment() {
    let table: [(&str, &[u8], &[u8]); 11] = [
        (
            "home/.bashrc",
            b"a\nexport GOPROXY=x\nb\n",
            b"a\n# export GOPROXY=x\nb\n",
        ),
        ("home/.bashrc", b"export GOPROXY=x", b"# export GOPROXY=x"),
        (
            "home/.bashrc",
            b"\t export GOPROXY=x;\r\n\xff\r\n",
            b"\t # export GOPROXY=x;\r\n\xff\r\n",
        ),
        (
            "home/.bashrc",
            b"\xef\xbb\xbf#\nexport GOPROXY=x # y\n",
            b"\xef\xbb\xbf#\n# export GOPROXY=x # y\n",
        ),
        (
            "home/.bashrc",
            b"export GOPROXY='x\n\n y'\nb",
            b"# export GOPROXY='x\n# \n # y'\nb",
        ),
        (
            "home/.bashrc",
            b"export \\\n  GOPROXY=x\nb\n",
            b"# export \\\n  # GOPROXY=x\nb\n",
        ),
        (
            "home/.bashrc",
            b"if a; then\n  export GOPROXY=x\nfi\n",
            b"if a; then\n  : # export GOPROXY=x\nfi\n",
        ),
        (
            "home/.config/fish/config.fish",
            b"if a\n  set -gx GOPROXY x\nend\n",
            b"if a\n  # set -gx GOPROXY x\nend\n",
        ),
        (
            "root/etc/environment",
            b"GOPROXY=x\nB=y\n",
            b"# GOPROXY=x\nB=y\n",
        ),
        (
            "home/.pam_environment",
            b"GOPROXY DEFAULT=x\n",
            b"# GOPROXY DEFAULT=x\n",
        ),
        (
            "home/.config/environment.d/a.conf",
            b"GOPROXY=x\\\ny\nB=z\n",
            b"# GOPROXY=x\\\n# y\nB=z\n",
        ),
    ];
    for (file, before, after) in table {
        let text = String::from_utf8_lossy(before);
        let draft = draft_of(file, before).unwrap_or_else(|error| panic!("{text}: {error}"));
        let shown = String::from_utf8_lossy(draft.after.as_deref().unwrap_or_default());
        assert_eq!(shown, String::from_utf8_lossy(after), "{file}: {text}");
        assert_eq!(draft.after.as_deref(), Some(after), "byte for byte: {text}");
        assert_eq!(draft.before.as_deref(), Some(before), "what it was made on");
    }
}

#[test]
fn the_plan_says_what_it_does_and_hides_credentials() {
    let draft = draft_of(
        "home/.bashrc",
        b"\nexport GOPROXY=https://ann:secret@here\n",
    );
    let draft = draft.expect("the line stands alone");
    assert_eq!(draft.plan.kind, PlanKind::Startup, "a start-up file");
    assert_eq!(draft.plan.path, "~/.bashrc", "the home is short");
    assert_eq!(
        draft.cause,
        Cause::CommentedOut { line: 2 },
        "the cause names the line"
    );
    let changed: Vec<_> = draft
        .plan
        .diff
        .iter()
        .filter(|line| line.kind != DiffKind::Same)
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "export GOPROXY=https://***@here",
            "# export GOPROXY=https://***@here"
        ],
        "one line goes, one comes"
    );
    assert_eq!(
        draft.plan.changes[0].before.as_deref(),
        Some("https://***@here"),
        "masked where it is shown"
    );
    assert_eq!(
        draft.values[0].before.as_deref(),
        Some("https://ann:secret@here"),
        "whole where it is compared"
    );
}

#[test]
fn a_line_that_does_more_is_refused() {
    let lines = [
        "export GOPROXY=x; echo",
        "export GOPROXY=x GOFLAGS=y",
        "true && export GOPROXY=x",
        "true \\\n && export GOPROXY=x",
        "export GOPROXY=x || true",
        "if a; then export GOPROXY=x; fi",
        "f() { export GOPROXY=x; }",
        "export GOPROXY=x <<EOF\nEOF",
    ];
    for line in lines {
        let refused = draft_of("home/.bashrc", line.as_bytes());
        assert!(
            matches!(
                refused,
                Err(Error::Startup(StartupError::AssignmentEntangled { .. }))
            ),
            "{line}: {refused:?}"
        );
    }
}

#[test]
fn a_line_that_moved_is_found_once_and_else_not_at_all() {
    let sandbox = machine(&[("home/.bashrc", "export GOPROXY=x\n")]);
    let file = sandbox.path("home/.bashrc");
    let outer = gathered(&sandbox.host);
    let found = &outer.assignments[0];
    sandbox.write(&file, "a\nb\nexport GOPROXY=x\n");
    let moved = comment::draft(&sandbox.host, found).expect("the same text, once");
    assert_eq!(
        moved.after.as_deref(),
        Some(&b"a\nb\n# export GOPROXY=x\n"[..]),
        "there"
    );
    for gone in [
        "a\nexport GOPROXY=x\nexport GOPROXY=x\n",
        "export GOPROXY=y\n",
        "# export GOPROXY=x\n",
        "",
    ] {
        sandbox.write(&file, gone);
        let refused = comment::draft(&sandbox.host, found);
        assert!(
            matches!(
                refused,
                Err(Error::Startup(StartupError::AssignmentGone {}))
            ),
            "{gone:?}: {refused:?}"
        );
    }
}

#[test]
fn what_fish_writes_itself_is_no_line_of_the_user() {
    let refused = draft_of(
        "home/.config/fish/fish_variables",
        b"SETUVAR --export GOPROXY:x\n",
    );
    assert!(
        matches!(
            refused,
            Err(Error::Startup(StartupError::AssignmentEntangled { .. }))
        ),
        "fish would write it anew: {refused:?}"
    );
}
