//! Streams, colours, exit statuses, and strings that would command a terminal.

use std::{io::Read, process::Stdio};

use crate::machine::{GDESK, Machine};

#[test]
fn the_version_needs_nothing_and_leaves_nothing() {
    let machine = Machine::new();
    for line in ["--version", "-V"] {
        let ended = machine.gdesk(line).ends(0, "it is known");
        assert_eq!(
            ended.stdout,
            format!("gdesk {}\n", env!("CARGO_PKG_VERSION")),
            "{line}"
        );
    }
    assert!(!machine.path("own").exists(), "no folder was made");
}

#[test]
fn wrong_usage_has_status_two_and_an_empty_answer() {
    let machine = Machine::new();
    let lines = [
        "fly",
        "env",
        "env fly",
        "env get",
        "env set",
        "env set =x --yes",
        "env list --bogus --json",
        "env repair --line 0",
        "--lang xx env list",
        "completions tcsh",
        "man fly",
    ];
    for line in lines {
        let ended = machine.gdesk(line).ends(2, line);
        assert_eq!(ended.stdout, "", "{line}: usage goes to standard error");
        assert!(!ended.stderr.is_empty(), "{line}: and says what is wrong");
        let chinese = machine
            .gdesk(&format!("{line} --lang zh"))
            .ends(2, line)
            .stderr;
        let is_chinese = |letter| ('\u{4e00}'..='\u{9fff}').contains(&letter);
        assert!(
            chinese.chars().any(is_chinese),
            "{line}: in Chinese too: {chinese}"
        );
    }
    Machine::new()
        .gdesk("--help")
        .ends(0, "help is no error")
        .says("Exit status", "and explains them");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let machine = Machine::new();
    let mut child = machine
        .command(GDESK)
        .args(["env", "list"])
        .spawn()
        .expect("gdesk starts");
    // closed before anything was written: every write finds a broken pipe
    drop(child.stdout.take());
    let mut said = String::new();
    child
        .stderr
        .take()
        .expect("it is piped")
        .read_to_string(&mut said)
        .expect("it is text");
    let status = child.wait().expect("it ends");
    assert_eq!(said, "", "nobody is told");
    assert_eq!(status.code(), Some(0), "nothing went wrong");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_the_answer_is_told() {
    let machine = Machine::new();
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("it is there");
    let mut command = machine.command(GDESK);
    let child = command
        .args(["history"])
        .stdout(Stdio::from(full))
        .spawn()
        .expect("gdesk starts");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1), "the answer was lost");
    assert!(!output.stderr.is_empty(), "and that is said");
}

#[test]
fn a_value_cannot_command_the_terminal() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=a\u{1b}]0;owned\u{7}b\u{202e}c\n");
    for line in [
        "env list",
        "env explain GOPRIVATE",
        "env set GOPRIVATE=x --dry-run",
    ] {
        let ended = machine.gdesk(line);
        let said = ended.stdout + &ended.stderr;
        assert!(
            said.contains("\\u{1b}]0;owned"),
            "{line} writes it out: {said}"
        );
        assert!(
            !said.contains('\u{1b}') && !said.contains('\u{202e}'),
            "{line} obeys it: {said}"
        );
    }
    let json = machine.gdesk("env get GOPRIVATE --json");
    assert!(
        !json.stdout.contains('\u{202e}'),
        "JSON escapes it too: {json:?}"
    );
    let value = &json.json()["GOPRIVATE"];
    assert_eq!(
        value, "a\u{1b}]0;owned\u{7}b\u{202e}c",
        "and keeps the value"
    );
    let raw = machine.gdesk("env get GOPRIVATE").stdout;
    assert_eq!(
        raw, "a\u{1b}]0;owned\u{7}b\u{202e}c\n",
        "a script gets it as it is"
    );
}

#[test]
fn the_own_files_go_where_they_are_told() {
    let machine = Machine::new();
    let folder = machine.path("elsewhere");
    let line = format!(
        "--config-dir {} env set GOPRIVATE=a.example --yes",
        folder.display()
    );
    machine.gdesk(&line).ends(0, "a good value");
    assert!(folder.exists(), "the history is there");
    assert!(
        !machine.path("own").exists(),
        "and not where the variable points"
    );
}

#[test]
fn the_language_of_the_settings_outranks_the_locale() {
    let machine = Machine::new().with_var("LANG", "en_US.UTF-8");
    machine.write(
        "own/settings.json",
        "{\"version\": 1, \"language\": \"zh\"}\n",
    );
    machine
        .gdesk("history")
        .ends(0, "it can be read")
        .says("还没有修改", "the settings say Chinese");
    machine
        .gdesk("history --lang en")
        .ends(0, "it can be read")
        .says("No changes", "the option says English");
}

#[cfg(target_os = "linux")]
#[test]
fn no_part_of_a_browser_is_linked() {
    let output = std::process::Command::new("ldd")
        .arg(GDESK)
        .output()
        .expect("ldd comes with libc");
    let linked = String::from_utf8_lossy(&output.stdout).to_lowercase();
    assert!(linked.contains("libc"), "ldd understood it: {linked}");
    for part in ["webkit", "gtk", "gdk", "soup", "javascriptcore"] {
        assert!(!linked.contains(part), "{part} is linked: {linked}");
    }
}
