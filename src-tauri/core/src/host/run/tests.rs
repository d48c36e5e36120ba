use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::*;

/// A program that does what `script` says, and the folder it lives in.
fn program(script: &str) -> (tempfile::TempDir, Program) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("program");
    write(&path, &format!("#!/bin/sh\n{script}\n"));
    let program = Program {
        path,
        args: Vec::new(),
        vars: Vars::from_iter([("PATH", "/usr/bin:/bin")]),
        folder: folder.path().to_owned(),
        deadline: Duration::from_secs(20),
    };
    (folder, program)
}

#[expect(clippy::disallowed_methods, reason = "a file of the test's own folder")]
fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a mode");
}

/// Waits until the process of the number in `file` is gone, and fails when it stays.
async fn gone(file: &Path) {
    let number = fs::read_to_string(file).expect("it wrote its number");
    let process = Path::new("/proc").join(number.trim());
    let until = Instant::now() + Duration::from_secs(10);
    while is_alive(&process) {
        assert!(Instant::now() < until, "{number} outlives its session");
        tokio::task::yield_now().await;
    }
}

/// A zombie is dead: who reaps it is not ours to say.
fn is_alive(process: &Path) -> bool {
    fs::read_to_string(process.join("stat")).is_ok_and(|stat| {
        !stat
            .rsplit(") ")
            .next()
            .is_some_and(|state| state.starts_with('Z'))
    })
}

#[tokio::test]
async fn a_child_sees_what_it_was_given_and_nothing_else() {
    let (folder, mut program) = program("/usr/bin/env; pwd; cat; echo note >&2; exit 3");
    program.vars = Vars::from_iter([("GOPROXY", "off")]);
    let output = run(&program).await.expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("GOPROXY=off\n"), "its variable: {said}");
    assert!(!said.contains("HOME="), "nothing is inherited: {said}");
    let here = folder.path().canonicalize().expect("a real path");
    assert!(
        said.ends_with(&format!("{}\n", here.display())),
        "its folder: {said}"
    );
    assert_eq!(
        (output.status, output.signal),
        (Some(3), None),
        "its status"
    );
    assert_eq!(output.complaint(), "note", "standard error apart");
}

#[tokio::test]
async fn a_signal_is_told() {
    let (_folder, program) = program("kill -SEGV $$");
    let output = run(&program).await.expect("it runs");
    assert_eq!((output.status, output.signal), (None, Some(11)), "SIGSEGV");
}

#[tokio::test]
async fn a_child_that_ignores_signals_ends_at_its_deadline() {
    let (folder, mut program) =
        program("trap '' TERM INT HUP\necho $$ > number\nwhile :; do sleep 1; done");
    program.deadline = Duration::from_millis(500);
    let ended = run(&program).await;
    assert!(
        matches!(ended, Err(RunError::TimedOut { .. })),
        "not waited for: {ended:?}"
    );
    gone(&folder.path().join("number")).await;
}

#[tokio::test]
async fn a_grandchild_that_keeps_the_output_open_is_not_waited_for() {
    let (folder, program) = program("sleep 600 & echo $! > number\necho done");
    let output = run(&program).await.expect("the child itself has ended");
    assert_eq!(output.stdout, b"done\n", "what it wrote");
    gone(&folder.path().join("number")).await;
}

#[tokio::test]
async fn a_flood_is_stopped() {
    for script in ["yes", "yes >&2"] {
        let (_folder, program) = program(script);
        let ended = run(&program).await;
        assert!(
            matches!(ended, Err(RunError::Flooded { .. })),
            "{script}: {:?}",
            ended.is_ok()
        );
    }
}

#[tokio::test]
async fn a_large_answer_on_both_outputs_is_whole() {
    let (_folder, program) =
        program("head -c 2000000 /dev/zero >&2 & head -c 3000000 /dev/zero; wait");
    let output = run(&program).await.expect("below the limit");
    assert_eq!(output.stdout.len(), 3_000_000, "every byte of one output");
    assert_eq!(output.stderr.len(), 2_000_000, "and of the other");
}

#[tokio::test]
async fn what_cannot_be_started_says_why() {
    let (folder, mut program) = program("exit");
    fs::set_permissions(&program.path, fs::Permissions::from_mode(0o644)).expect("a mode");
    let ended = run(&program).await;
    assert!(
        matches!(ended, Err(RunError::Unstartable { .. })),
        "not executable: {ended:?}"
    );
    program.path = folder.path().to_owned();
    let ended = run(&program).await;
    assert!(
        matches!(ended, Err(RunError::Unstartable { .. })),
        "a folder: {ended:?}"
    );
    program.path = folder.path().join("absent");
    let ended = run(&program).await;
    assert!(
        matches!(ended, Err(RunError::Missing { .. })),
        "absent: {ended:?}"
    );
}

#[tokio::test]
async fn a_dropped_question_leaves_nothing_behind() {
    let (folder, program) =
        program("sleep 600 & echo $! > child; echo $$ > half; mv half number; exec sleep 600");
    let number = folder.path().join("number");
    {
        let mut asking = Box::pin(run(&program));
        while !number.exists() {
            let turn = tokio::time::timeout(Duration::from_millis(5), &mut asking).await;
            assert!(turn.is_err(), "it runs until it is dropped: {turn:?}");
        }
    }
    gone(&number).await;
    // as git, which go starts
    gone(&folder.path().join("child")).await;
}

#[tokio::test]
async fn lines_are_heard_as_they_come_and_only_the_others_are_kept() {
    // it goes on only when somebody heard its first line, and its last line has no end
    let (folder, program) = program(
        "echo '# one' >&2; while [ ! -e heard ]; do sleep 0.01; done; \
         echo 'go: two' >&2; printf '# thr' >&2; echo 'ee' >&2; printf '# four' >&2",
    );
    let mark = folder.path().join("heard");
    let mut lines = Vec::new();
    let mut heard = |line: &str| {
        lines.push(line.to_owned());
        write(&mark, "");
        line.starts_with('#')
    };
    let output = run_heard(&program, &mut heard).await.expect("it runs");
    assert_eq!(lines, ["# one", "go: two", "# three"], "each whole line");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "go: two\n# four",
        "what nobody dealt with"
    );
}

#[tokio::test]
async fn what_is_heard_is_no_flood() {
    let (_folder, program) = program("yes 'a long line of the trace' | head -c 6000000 >&2");
    let output = run_heard(&program, &mut |_: &str| true).await;
    assert!(output.is_ok(), "more than the limit, and none of it kept");
}
