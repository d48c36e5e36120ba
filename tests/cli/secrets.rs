//! Credentials: never in an argument, a list or the history; in the file, and where they are asked for.

use crate::machine::Machine;

const SECRET: &str = "hunter2secret";
const VALUE: &str = "https://me:hunter2secret@proxy.example.com,direct";

#[test]
fn a_value_from_standard_input_is_written_and_shown_nowhere() {
    let machine = Machine::new();
    let set = machine
        .gdesk_reads("env set GOPROXY --yes", &format!("{VALUE}\n"))
        .ends(0, "a good value");
    assert_eq!(
        machine.env_text().as_deref(),
        Some(format!("GOPROXY={VALUE}\n").as_str()),
        "it is written"
    );
    assert_eq!(
        machine.go("env GOPROXY").stdout,
        format!("{VALUE}\n"),
        "go uses it"
    );
    let mut shown = set.stdout + &set.stderr;
    let lines = [
        "env list",
        "env list --json",
        "env get GOPROXY",
        "env get GOPROXY --json",
        "env explain GOPROXY",
        "env explain GOPROXY --json",
        "env set GOPROXY=direct --dry-run",
        "env set GOPROXY=direct --dry-run --json",
        "env unset GOPROXY --yes --json",
        "undo --yes --json",
        "history",
        "history --json",
    ];
    for line in lines {
        let ended = machine.gdesk(line).ends(0, line);
        shown += &ended.stdout;
        shown += &ended.stderr;
    }
    assert!(!shown.contains(SECRET), "a credential was shown: {shown}");
    let revealed = machine
        .gdesk("env get GOPROXY --reveal")
        .ends(0, "it is asked for");
    assert_eq!(
        revealed.stdout,
        format!("{VALUE}\n"),
        "and only then printed"
    );
}

#[test]
fn what_the_process_sets_is_revealed_as_it_counts() {
    let machine = Machine::new().with_var("GOPROXY", VALUE);
    machine.write_env("GOPROXY=https://other:one@file.example\n");
    let masked = machine.gdesk("env get GOPROXY").ends(0, "it is set");
    assert!(
        !masked.stdout.contains(SECRET),
        "masked unless asked for: {masked:?}"
    );
    masked.warns("--reveal", "and says how to see it");
    let revealed = machine
        .gdesk("env get GOPROXY --reveal")
        .ends(0, "it is asked for");
    assert_eq!(
        revealed.stdout,
        format!("{VALUE}\n"),
        "what go uses, not what the file says"
    );
}

#[test]
fn several_values_are_read_a_line_each() {
    let machine = Machine::new();
    let set = machine.gdesk_reads(
        "env set GOPROXY GOPRIVATE --yes --json",
        "direct\r\ncorp.example",
    );
    set.ends(0, "good values");
    let text = machine.env_text().expect("it is written");
    assert!(
        text.contains("GOPROXY=direct\n"),
        "the first line, without its ending: {text:?}"
    );
    assert!(
        text.contains("GOPRIVATE=corp.example\n"),
        "the last line needs none: {text:?}"
    );
}

#[test]
fn a_value_that_does_not_come_is_a_refusal() {
    let machine = Machine::new();
    let value = machine
        .gdesk("env set GOPROXY --yes --json")
        .ends(1, "standard input is empty")
        .json();
    assert_eq!(value["code"], "value_missing", "{value}");
    assert_eq!(machine.env_text(), None, "nothing was written");
}

#[test]
fn a_credential_on_the_command_line_is_remarked_upon() {
    let machine = Machine::new();
    let set = machine
        .gdesk(&format!("env set GOPROXY={VALUE} --yes"))
        .ends(0, "it is the user's choice");
    set.warns("gdesk env set GOPROXY", "but there is a better way");
    assert!(
        !set.stderr.contains(SECRET),
        "and it is not repeated: {set:?}"
    );
}

/// Every program that is started writes down how it was called.
#[cfg(target_os = "linux")]
#[test]
fn no_program_is_given_a_credential_as_argument() {
    use crate::machine::newest_go;
    let go = newest_go();
    let machine = Machine::with_script(&format!(
        "#!/bin/sh\n/bin/cat /proc/$$/cmdline >>\"$TMPDIR/calls\"\nexec {} \"$@\"\n",
        go.display()
    ));
    machine
        .gdesk_reads("env set GOPROXY --yes", &format!("{VALUE}\n"))
        .ends(0, "a good value");
    machine.gdesk("undo --yes").ends(0, "it can be undone");
    let calls = std::fs::read(machine.path("tmp/calls")).expect("go was called");
    let calls = String::from_utf8_lossy(&calls);
    assert!(calls.contains("env"), "calls were written down: {calls:?}");
    assert!(
        !calls.contains(SECRET),
        "a credential was an argument: {calls:?}"
    );
}
