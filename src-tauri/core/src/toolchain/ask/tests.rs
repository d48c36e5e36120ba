use std::os::unix::fs::PermissionsExt;

use super::*;

/// A machine with one go command that does what `script` says.
fn machine(script: &str) -> (tempfile::TempDir, Host, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let go = folder.path().join("go");
    write(&go, script);
    let host = Host::sandbox(folder.path()).with_var("PWD", "/elsewhere");
    (folder, host, go)
}

#[expect(clippy::disallowed_methods, reason = "a file of the test's own folder")]
fn write(file: &Path, text: &str) {
    fs::write(file, text).expect("a file");
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("a mode");
}

async fn failure(script: &str) -> ToolchainError {
    let (_folder, host, go) = machine(script);
    let ask = Ask::values(["GOPROXY"]).within(Duration::from_millis(300));
    ask_values(&host, &go, ask)
        .await
        .expect_err("this go does not answer")
}

#[tokio::test]
async fn every_way_not_to_answer_has_its_name() {
    let refused = failure("#!/bin/sh\necho 'go: https://u:secret@h' >&2\nexit 2\n").await;
    assert!(
        matches!(&refused, ToolchainError::GoRefused { status: 2, message, .. } if message == "go: https://***@h"),
        "masked: {refused:?}"
    );
    let killed = failure("#!/bin/sh\nkill -SEGV $$\n").await;
    assert!(
        matches!(killed, ToolchainError::GoKilled { signal: 11, .. }),
        "the signal is told: {killed:?}"
    );
    let hanging = failure("#!/bin/sh\nexec /bin/sleep 60\n").await;
    assert!(
        matches!(hanging, ToolchainError::GoTimedOut { .. }),
        "not waited for: {hanging:?}"
    );
    for garbage in ["", "<html>", "{\"GOPROXY\":", "\\000\\377", "go: note\\n{}"] {
        let script = format!("#!/bin/sh\nprintf '{garbage}'\n");
        let failure = failure(&script).await;
        assert!(
            matches!(failure, ToolchainError::GoUnreadable { .. }),
            "{garbage}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn what_is_no_program_is_told_from_a_program_that_fails() {
    let (folder, host, go) = machine("#!/bin/sh\n");
    fs::set_permissions(&go, fs::Permissions::from_mode(0o644)).expect("a mode");
    for path in [go, folder.path().to_owned(), folder.path().join("absent")] {
        let failure = ask(&host, &path, Ask::toolchain()).await;
        assert!(
            matches!(failure, Err(ToolchainError::GoNotExecutable { .. })),
            "{}: {failure:?}",
            path.display()
        );
    }
    let failure = ask(&host, Path::new("go"), Ask::toolchain()).await;
    assert!(
        matches!(failure, Err(ToolchainError::NotGo { .. })),
        "nothing is looked up on PATH here: {failure:?}"
    );
}

#[tokio::test]
async fn go_is_asked_far_from_every_project() {
    let script = "#!/bin/sh\nprintf '{\"toolchain\":\"%s\",\"folder\":\"%s\",\"args\":\"%s\"}' \
                  \"$GOTOOLCHAIN\" \"$(/bin/pwd)\" \"$*\"\n";
    let (_folder, host, go) = machine(script);
    let values = ask_values(&host, &go, Ask::values(["A", "B"]))
        .await
        .expect("an answer");
    assert_eq!(values["toolchain"], "local", "no switch, no download");
    assert_eq!(
        PathBuf::from(&values["folder"]),
        host.folders
            .cache
            .join("empty")
            .canonicalize()
            .expect("created"),
        "a folder of our own"
    );
    assert_eq!(values["args"], "env -json A B", "named variables");
    let mode = fs::metadata(host.folders.cache.join("empty"))
        .expect("created")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700, "nobody else puts a project there");
}

#[tokio::test]
async fn the_exempt_question_is_asked_in_its_exact_words() {
    let (_folder, host, go) = machine("#!/bin/sh\necho \"$#:$*:${GOTOOLCHAIN-unset}\"\n");
    let answer = ask_toolchain(&host, &go, Ask::toolchain())
        .await
        .expect("an answer");
    assert_eq!(
        answer, "2:env GOTOOLCHAIN:unset",
        "three words with go itself"
    );
}
