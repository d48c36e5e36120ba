//! On a terminal: the plan is shown, and only a clear yes changes anything.

use std::{fs::File, io::Read, sync::mpsc::channel, thread, time::Duration};

use crate::{
    machine::{Ended, GDESK, Machine},
    terminal::Terminal,
};

#[test]
fn a_plan_is_shown_and_yes_applies_it() {
    let machine = Machine::new();
    let mut terminal = Terminal::open(&machine, "env set GOPRIVATE=corp.example");
    terminal.shows("GOPRIVATE=corp.example").shows("[y/N]");
    assert_eq!(
        machine.env_text(),
        None,
        "nothing is written before the answer"
    );
    terminal.types("y\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 0, "it is done: {seen}");
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOPRIVATE=corp.example\n"),
        "and written"
    );
    assert!(
        seen.contains("\u{1b}["),
        "a terminal gets colours: {seen:?}"
    );
}

#[test]
fn anything_else_is_no() {
    for answer in ["\n", "n\n", "maybe\n", "\u{4}"] {
        let machine = Machine::new();
        let mut terminal = Terminal::open(&machine, "env set GOPRIVATE=corp.example");
        terminal.shows("[y/N]").types(answer);
        let (status, seen) = terminal.ends();
        assert_eq!(status, 1, "{answer:?} is a refusal: {seen}");
        assert!(seen.contains("Nothing was changed"), "{answer:?}: {seen}");
        assert_eq!(machine.env_text(), None, "{answer:?} writes nothing");
    }
}

#[test]
fn a_danger_is_confirmed_by_its_name() {
    let machine = Machine::new();
    let mut terminal = Terminal::open(&machine, "env set GOSUMDB=off");
    terminal.shows("type GOSUMDB").types("y\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 1, "y does not confirm a danger: {seen}");
    assert_eq!(machine.env_text(), None, "nothing was written");

    let mut terminal = Terminal::open(&machine, "env set GOSUMDB=off");
    terminal
        .shows("type GOSUMDB")
        .types("GOSUMDB\n")
        .shows("[y/N]")
        .types("yes\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 0, "its name does: {seen}");
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOSUMDB=off\n"),
        "it is written"
    );
}

#[test]
fn a_value_can_be_typed_and_the_question_is_in_the_users_language() {
    let machine = Machine::new().with_var("LANG", "zh_CN.UTF-8");
    let mut terminal = Terminal::open(&machine, "env set GOPRIVATE");
    terminal.shows("GOPRIVATE=").types("corp.example\n");
    terminal.shows("要应用吗").types("y\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 0, "it is done: {seen}");
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOPRIVATE=corp.example\n"),
        "as typed"
    );
}

#[test]
fn what_changed_while_somebody_thought_is_shown_again() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=old.example\n");
    let mut terminal = Terminal::open(&machine, "env set GOPRIVATE=new.example");
    terminal.shows("[y/N]");
    machine
        .go("env -w GOPRIVATE=theirs.example")
        .ends(0, "somebody else writes");
    terminal.types("y\n").shows("theirs.example").types("n\n");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 1, "the second question is answered by no: {seen}");
    let text = machine.env_text();
    assert_eq!(
        text.as_deref(),
        Some("GOPRIVATE=theirs.example\n"),
        "nothing was overwritten"
    );
}

#[test]
fn ctrl_c_at_a_question_stops() {
    let machine = Machine::new();
    let mut terminal = Terminal::open(&machine, "env set GOPRIVATE=corp.example");
    terminal.shows("[y/N]").types("\u{3}");
    let (status, seen) = terminal.ends();
    assert_eq!(status, 130, "stopped by Ctrl-C: {seen}");
    assert_eq!(machine.env_text(), None, "nothing was written");
}

#[test]
fn no_color_is_honoured_on_a_terminal() {
    let machine = Machine::new().with_var("NO_COLOR", "1");
    let (status, seen) = Terminal::open(&machine, "env list").ends();
    assert_eq!(status, 0, "all is well: {seen}");
    assert!(
        !seen.contains("\u{1b}[1m") && !seen.contains("\u{1b}[3"),
        "no colour: {seen:?}"
    );
}

#[test]
fn ctrl_c_while_go_thinks_stops_and_says_so_in_json() {
    let machine =
        Machine::with_script("#!/bin/sh\necho >\"$TMPDIR/started\"\nexec /bin/sleep 600\n");
    let fifo = machine.path("tmp/started");
    let made = std::process::Command::new("mkfifo")
        .arg(&fifo)
        .status()
        .expect("a part of every Unix");
    assert!(made.success(), "a pipe for the news that go has started");
    let mut command = machine.command(GDESK);
    command
        .args(["env", "list", "--json", "--go"])
        .arg(machine.path("bin/go"));
    let child = command.spawn().expect("gdesk starts");
    let (sender, started) = channel();
    thread::spawn(move || {
        let mut news = String::new();
        // both ends open at the same moment: when go has started
        let read = File::open(fifo).and_then(|mut fifo| fifo.read_to_string(&mut news));
        drop(sender.send(read.map(|_| ())));
    });
    let started = started
        .recv_timeout(Duration::from_secs(60))
        .expect("go is asked");
    started.expect("the pipe can be read");
    let id = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    rustix::process::kill_process(
        id.expect("a process has a number"),
        rustix::process::Signal::INT,
    )
    .expect("it still runs");
    let ended = Ended::of(child).ends(130, "stopped by Ctrl-C");
    assert_eq!(ended.json()["code"], "interrupted", "in the one JSON value");
}
