//! On a terminal: what is about to happen is shown, and only a clear yes does it.

use crate::{machine::Machine, terminal::Terminal};

const SECRET: &str = "hunter2secret";
const VALUE: &str = "https://me:hunter2secret@proxy.example.com,direct";

/// A machine whose editor is this script; the file is `$1`.
fn with_editor(script: &str) -> Machine {
    let machine = Machine::new();
    machine.write("bin/edit.sh", script);
    // with an argument of its own, as in "code --wait"
    let editor = format!("/bin/sh '{}'", machine.path("bin/edit.sh").display());
    machine.with_var("EDITOR", editor)
}

#[test]
fn a_switch_is_shown_and_asked_for() {
    let machine = Machine::new().with_var("LANG", "zh_CN.UTF-8");
    let mut terminal = Terminal::open(&machine, "profile use 国内");
    terminal.shows("goproxy.cn").shows("要应用吗");
    assert_eq!(
        machine.env_text(),
        None,
        "nothing is written before the answer"
    );
    terminal.types("y\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 0, "it is done: {seen}");
    assert!(
        seen.contains("gdesk undo"),
        "and the way back is told: {seen}"
    );

    let mut terminal = Terminal::open(&machine, "profile previous");
    terminal.shows("要应用吗").types("n\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 1, "no is no: {seen}");
    machine
        .gdesk("profile verify domestic")
        .ends(0, "nothing changed");
}

#[test]
fn forgetting_is_asked_for() {
    let machine = Machine::new();
    machine
        .gdesk("profile save Work GOFLAGS=-v --yes")
        .ends(0, "to forget it");
    let mut terminal = Terminal::open(&machine, "profile delete work");
    terminal.shows("GOFLAGS=-v").shows("Delete?").types("\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 1, "nothing typed is no: {seen}");
    machine
        .gdesk("profile show work")
        .ends(0, "it is still there");
}

#[test]
fn an_editor_changes_values_and_never_sees_a_credential() {
    let machine = with_editor(
        "/bin/cp \"$1\" \"$TMPDIR/seen\"\n\
         printf 'name Office\\nGOFLAGS=-mod=mod\\nunset GOSUMDB\\n' >\"$1.new\"\n\
         /bin/grep ^GOPROXY= \"$1\" >>\"$1.new\"\n\
         /bin/mv \"$1.new\" \"$1\"\n",
    );
    machine
        .gdesk_reads(
            "profile save work GOPROXY GOBIN=/opt/bin --yes",
            &format!("{VALUE}\n"),
        )
        .ends(0, "good values");
    let mut terminal = Terminal::open(&machine, "profile edit work");
    terminal
        .shows("- GOBIN=/opt/bin")
        .shows("+ unset GOSUMDB")
        .shows("Save?")
        .types("y\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 0, "it is saved: {seen}");
    let given = std::fs::read_to_string(machine.path("tmp/seen")).expect("the editor was opened");
    assert!(given.contains("GOBIN=/opt/bin"), "with the values: {given}");
    assert!(
        !given.contains(SECRET) && !seen.contains(SECRET),
        "without the credential: {given}"
    );
    let left: Vec<_> = std::fs::read_dir(machine.path("tmp"))
        .expect("our own folder")
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .filter(|name| name != "seen")
        .collect();
    assert!(left.is_empty(), "nothing is left behind: {left:?}");

    let shown = machine
        .gdesk("profile show office")
        .ends(0, "under its new name");
    shown.says("GOFLAGS=-mod=mod", "what the editor wrote");
    machine
        .gdesk("profile use office --yes")
        .ends(0, "it can be used");
    assert_eq!(
        machine.go("env GOPROXY").stdout,
        format!("{VALUE}\n"),
        "with its credential"
    );
}

#[test]
fn a_text_that_says_nothing_is_edited_again() {
    let machine = with_editor(
        "if test -e \"$TMPDIR/twice\"; then echo GOFLAGS=-x >\"$1\"; \
         else echo nonsense >\"$1\"; : >\"$TMPDIR/twice\"; fi\n",
    );
    machine
        .gdesk("profile save work GOFLAGS=-v --yes")
        .ends(0, "a good value");
    let mut terminal = Terminal::open(&machine, "profile edit work");
    terminal
        .shows("Line 1")
        .shows("Edit it again?")
        .types("y\n");
    terminal.shows("+ GOFLAGS=-x").shows("Save?").types("y\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 0, "the second time is good: {seen}");
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let machine = with_editor("echo GOFLAGS=-x >\"$1\"\nexit 1\n");
    machine
        .gdesk("profile save work GOFLAGS=-v --yes")
        .ends(0, "a good value");
    let (status, seen) = Terminal::open(&machine, "profile edit work").ends();
    assert_eq!(status, 1, "as git does: {seen}");
    assert!(seen.contains("Nothing was changed"), "and says so: {seen}");
    machine
        .gdesk("profile show work")
        .says("GOFLAGS=-v", "it is as it was");
}
