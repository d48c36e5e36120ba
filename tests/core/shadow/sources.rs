//! Every place that can outrank the file (reliability B3).

use gopherdesk_core::{
    environment::Origin,
    host::Vars,
    shadow::{StartupError, shell::ShellAnswer, startup},
};

use super::{gathered, machine, with_shell};

const SET: &str = "# first\nexport GOPROXY=https://here\n";
const PLAIN: &str = "# first\nGOPROXY=https://here\n";
const FISH: &str = "# first\nset -gx GOPROXY https://here\n";

#[test]
fn each_source_is_found_with_its_line() {
    let table = [
        ("bash", "root/etc/profile", SET),
        ("bash", "root/etc/profile.d/go.sh", SET),
        ("bash", "home/.profile", SET),
        ("bash", "home/.bash_profile", SET),
        ("bash", "home/.bash_login", SET),
        ("bash", "root/etc/bash.bashrc", SET),
        ("bash", "home/.bashrc", SET),
        ("zsh", "root/etc/zsh/zshenv", SET),
        ("zsh", "root/etc/zshrc", SET),
        ("zsh", "home/.profile", SET),
        ("zsh", "home/.zshenv", SET),
        ("zsh", "home/.zprofile", SET),
        ("zsh", "home/.zshrc", SET),
        ("zsh", "home/.zlogin", SET),
        ("fish", "root/etc/fish/config.fish", FISH),
        ("fish", "home/.config/fish/config.fish", FISH),
        ("fish", "home/.config/fish/conf.d/go.fish", FISH),
        (
            "fish",
            "home/.config/fish/fish_variables",
            "# first\nSETUVAR --export GOPROXY:https\\x3a//here\n",
        ),
        (
            "dash",
            "home/.pam_environment",
            "# first\nGOPROXY DEFAULT=https://here\n",
        ),
        ("dash", "home/.config/environment.d/go.conf", PLAIN),
        ("dash", "root/usr/lib/environment.d/go.conf", PLAIN),
        ("dash", "root/etc/environment", PLAIN),
        (
            "dash",
            "home/.config/systemd/user.conf",
            "[Manager]\nDefaultEnvironment=GOPROXY=https://here\n",
        ),
        ("dash", "home/.envrc", SET),
    ];
    for (shell, file, text) in table {
        let sandbox = with_shell(machine(&[(file, text)]), shell);
        let found = gathered(&sandbox.host)
            .outranking(&sandbox.host, "GOPROXY")
            .unwrap_or_else(|| panic!("{file} sets it for {shell}"));
        let path = sandbox.path(file);
        let location = format!("{}:2", sandbox.host.short(&path));
        assert_eq!(found.location, Some(location), "{file}");
        assert_eq!(found.value, "https://here", "{file}");
        assert_eq!(found.by, Origin::Shell, "{file}");
        assert!(!found.confirmed, "nobody was asked about {file}");
        assert!(
            startup::files(&sandbox.host).contains(&path),
            "{file} is watched"
        );
    }
}

#[test]
fn another_shells_files_do_not_count() {
    let files = [
        ("home/.zshrc", SET),
        ("home/.config/fish/config.fish", FISH),
    ];
    let sandbox = machine(&files);
    assert_eq!(
        gathered(&sandbox.host).assignments.len(),
        2,
        "every shell's, as long as the user's is not known"
    );
    let sandbox = with_shell(machine(&files), "bash");
    assert_eq!(
        gathered(&sandbox.host).assignments,
        [],
        "bash reads neither"
    );
}

#[test]
fn zsh_follows_zdotdir() {
    let sandbox = with_shell(
        machine(&[
            ("home/.zshenv", "export ZDOTDIR=\"$HOME/.config/zsh\"\n"),
            ("home/.zshrc", "export GOPROXY=https://stale\n"),
            ("home/.config/zsh/.zshrc", "export GOPROXY=https://moved\n"),
        ]),
        "zsh",
    );
    let found = gathered(&sandbox.host).outranking(&sandbox.host, "GOPROXY");
    let found = found.expect("the moved file sets it");
    assert_eq!(found.value, "https://moved", "~/.zshrc is not read");
    assert_eq!(
        found.location.as_deref(),
        Some("~/.config/zsh/.zshrc:1"),
        "where it moved"
    );
}

#[test]
fn sourced_files_are_followed_and_circles_end() {
    let sandbox = with_shell(
        machine(&[
            ("home/.bash_profile", "[ -f ~/.bashrc ] && . ~/.bashrc\n"),
            ("home/.bashrc", "source \"$HOME/go.sh\"\n. ~/.bashrc\n"),
            ("home/go.sh", "D=$HOME/x\n. ${D}/deep.sh\n. $UNKNOWN/y\n"),
            (
                "home/x/deep.sh",
                "GOPROXY=https://deep\nexport GOPROXY\n. ~/go.sh\n",
            ),
        ]),
        "bash",
    );
    let outer = gathered(&sandbox.host);
    assert_eq!(outer.assignments.len(), 1, "read twice, counted once");
    let found = outer
        .outranking(&sandbox.host, "GOPROXY")
        .expect("it is set");
    assert_eq!(
        found.location.as_deref(),
        Some("~/x/deep.sh:1"),
        "where it is set"
    );
}

#[test]
fn the_last_assignment_counts_until_it_is_unset() {
    let read = |text: &str| {
        let sandbox = with_shell(machine(&[("home/.bashrc", text)]), "bash");
        let found = gathered(&sandbox.host).outranking(&sandbox.host, "GOPROXY");
        found.map(|found| found.value)
    };
    let value = |value: &str| Some(value.to_owned());
    assert_eq!(
        read("export GOPROXY=a\nexport GOPROXY=b\n"),
        value("b"),
        "the last"
    );
    assert_eq!(read("export GOPROXY=a\nunset GOPROXY\n"), None, "unset");
    assert_eq!(
        read("export GOPROXY=a\nexport -n GOPROXY\n"),
        None,
        "no longer exported"
    );
    assert_eq!(
        read("export GOPROXY=a\nexport GOPROXY=\n"),
        None,
        "empty is not set"
    );
    assert_eq!(read("export GOPROXY=$(a)\n"), None, "not known");
    assert_eq!(read("GOPROXY=a\n"), None, "never exported");
    assert_eq!(
        read("export GOPROXY\nGOPROXY=a\n"),
        value("a"),
        "exported before"
    );
    assert_eq!(
        read("set -a\nGOPROXY=a\nset +a\nGOFLAGS=b\n"),
        value("a"),
        "all exported"
    );
    assert_eq!(
        read("X=a\nexport GOPROXY=$X/b\n"),
        value("a/b"),
        "of a known one"
    );
    assert_eq!(
        read("export GOPROXY=a\nif x; then export GOPROXY=b; fi\n"),
        value("a"),
        "the one that surely runs"
    );
    assert_eq!(
        read("export GOPROXY=a\nif x; then unset GOPROXY; fi\n"),
        value("a"),
        "it may not be unset"
    );
}

#[test]
fn pipes_folders_and_huge_files_are_passed_over() {
    let sandbox = with_shell(machine(&[("home/.bashrc", SET)]), "bash");
    let pipe = sandbox.path("home/.profile");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo runs").success(), "a pipe can be made");
    std::fs::create_dir(sandbox.path("home/.bash_profile")).expect("our own folder");
    sandbox.write(&sandbox.path("root/etc/profile"), SET.repeat(80_000));
    sandbox.write(
        &sandbox.path("home/.envrc"),
        b"\xff\xfe\nexport GOFLAGS=\xff\n",
    );
    let outer = gathered(&sandbox.host);
    let places: Vec<_> = outer
        .assignments
        .iter()
        .map(|found| (found.at.shown(&sandbox.host), found.value.is_some()))
        .collect();
    let expected = [
        ("~/.envrc:2".to_owned(), false),
        ("~/.bashrc:2".to_owned(), true),
    ];
    assert_eq!(places, expected, "regular files of a sane size");
}

#[test]
fn the_process_and_the_shell_are_stronger_than_a_reading() {
    let sandbox = with_shell(
        machine(&[
            ("home/.bashrc", "export GOPROXY=https://guarded\n"),
            ("root/etc/environment", "GOFLAGS=-mod=mod\n"),
        ]),
        "bash",
    );
    let host = &sandbox.host;
    let answer = |vars: &[(&str, &str)]| ShellAnswer {
        shell: "bash".to_owned(),
        vars: Ok(Vars::from_iter(vars.iter().copied())),
    };
    let mut outer = gathered(host);
    outer.shell = Some(answer(&[]));
    assert_eq!(
        outer.outranking(host, "GOPROXY"),
        None,
        "a guard kept it from running"
    );
    let session = outer
        .outranking(host, "GOFLAGS")
        .expect("the next login sets it");
    assert!(!session.confirmed, "only read");

    outer.shell = Some(answer(&[("GOPROXY", "https://guarded")]));
    let shell = outer.outranking(host, "GOPROXY").expect("the shell has it");
    assert!(shell.confirmed, "the shell said so");
    assert_eq!(
        shell.location.as_deref(),
        Some("~/.bashrc:1"),
        "the same value"
    );
    let line = shell.assignment.expect("the line stands alone");
    assert!(outer.assignment(&line).is_some(), "it can be asked for");

    outer.shell = Some(ShellAnswer {
        shell: "bash".to_owned(),
        vars: Err(StartupError::ShellUnknown {}),
    });
    let read = outer.outranking(host, "GOPROXY").expect("read in a file");
    assert!(!read.confirmed, "no answer is no confirmation");

    let inside = host.clone().with_var("GOPROXY", "https://elsewhere");
    let process = outer
        .outranking(&inside, "GOPROXY")
        .expect("the process has it");
    assert_eq!(process.by, Origin::Process, "no file sets this value");
    assert_eq!(process.location, None, "of unknown cause");
    let inside = host.clone().with_var("GOPROXY", "https://guarded");
    let process = outer
        .outranking(&inside, "GOPROXY")
        .expect("the process has it");
    assert_eq!(process.by, Origin::Shell, "a file sets this value");
    let inside = host.clone().with_var("GOPROXY", "");
    outer.shell = Some(answer(&[]));
    assert_eq!(
        outer.outranking(&inside, "GOPROXY"),
        None,
        "empty outranks nothing"
    );
}
