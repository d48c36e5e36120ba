//! Start-up files that block, print or leave, in the real shells (reliability B4).

use std::time::Duration;

use gopherdesk_core::{
    host::Vars,
    shadow::{StartupError, shell},
};

use super::{machine, with_shell};
use crate::support::{Sandbox, block_on};

/// The file that each shell surely reads when it is started as a terminal starts it.
const SHELLS: [(&str, &str); 3] = [
    ("bash", "home/.bash_profile"),
    ("zsh", "home/.zshrc"),
    ("fish", "home/.config/fish/config.fish"),
];

/// Long enough for a shell on a busy machine, short enough to wait for.
const PATIENCE: Duration = Duration::from_secs(60);
const HURRY: Duration = Duration::from_secs(3);

fn asked(
    shell: &str,
    file: &str,
    text: &str,
    deadline: Duration,
) -> (Sandbox, Result<Vars, StartupError>) {
    let sandbox = with_shell(machine(&[(file, text)]), shell);
    let answer = block_on(shell::ask_within(&sandbox.host, deadline));
    assert_eq!(answer.shell, shell, "named by its file");
    (sandbox, answer.vars)
}

/// The shells at the same time, because most of it is waiting.
fn each_shell(test: impl Fn(&'static str, &'static str) + Sync) {
    std::thread::scope(|scope| {
        for (shell, file) in SHELLS {
            let test = &test;
            scope.spawn(move || test(shell, file));
        }
    });
}

fn export(shell: &str) -> &'static str {
    if shell == "fish" {
        "set -gx GOPROXY https://here\nset -gx GOFLAGS 'a\nb'\n"
    } else {
        "export GOPROXY=https://here\nexport GOFLAGS='a\nb'\n"
    }
}

#[test]
fn whatever_is_printed_around_it_the_answer_is_found() {
    let noises = [
        "",
        "echo 'Welcome!'\n",
        "printf 'GOPROXY=https://wrong\\0'\n",
        "stty -echo\n",
        "read answer\n",
        "cat\n",
        "no-such-program\n",
        "test -n \"$TMUX\" || exec tmux\n",
        "test -z \"$GOPHERDESK_RESOLVING_ENVIRONMENT\" && sleep infinity\n",
    ];
    each_shell(|shell, file| {
        for noise in noises {
            let text = format!("{noise}{}", export(shell));
            let (_, vars) = asked(shell, file, &text, PATIENCE);
            let vars = vars.unwrap_or_else(|error| panic!("{shell} after {noise:?}: {error}"));
            let value = |name: &str| vars.get(name).and_then(|value| value.to_str());
            assert_eq!(
                value("GOPROXY"),
                Some("https://here"),
                "{shell} after {noise:?}"
            );
            assert_eq!(value("GOFLAGS"), Some("a\nb"), "{shell}: two lines");
            assert!(value("PATH").is_some(), "{shell} has a PATH");
        }
    });
}

#[test]
fn our_own_go_variables_are_no_answer() {
    each_shell(|shell, file| {
        let mut sandbox = with_shell(machine(&[(file, "true\n")]), shell);
        sandbox.host.vars.set("GOPROXY", "https://inherited");
        let answer = block_on(shell::ask_within(&sandbox.host, PATIENCE));
        let vars = answer
            .vars
            .unwrap_or_else(|error| panic!("{shell}: {error}"));
        assert_eq!(vars.get("GOPROXY"), None, "{shell} would only give it back");
    });
}

#[test]
fn a_shell_that_leaves_is_silent() {
    each_shell(|shell, file| {
        // fish reads on when a file says `exit`, and would start itself for ever
        let leaves = match shell {
            "fish" => ["exec false\n", "exec sh\n", "kill -KILL $fish_pid\n"],
            _ => ["exit 1\n", "exec fish\n", "kill -KILL $$\n"],
        };
        for text in leaves {
            let (_, vars) = asked(shell, file, text, PATIENCE);
            assert!(
                matches!(vars, Err(StartupError::ShellSilent { .. })),
                "{shell} after {text:?}: {vars:?}"
            );
        }
    });
}

#[test]
fn a_flood_is_cut_off() {
    each_shell(|shell, file| {
        let (_, vars) = asked(shell, file, "head -c 5242880 /dev/zero\n", PATIENCE);
        assert!(
            matches!(vars, Err(StartupError::ShellSilent { .. })),
            "{shell}: more than is read: {vars:?}"
        );
    });
}

#[test]
fn a_shell_that_hangs_is_stopped_with_its_children() {
    let hangs = [
        "sleep infinity\n",
        "exec sleep infinity\n",
        "trap '' TERM HUP INT\nsleep infinity\n",
        "tail -f /dev/null | cat\n",
    ];
    each_shell(|shell, file| {
        for hang in hangs {
            let text = hang.replace("sleep infinity", &format!("sleep {}", unique(shell)));
            let (_, vars) = asked(shell, file, &text, HURRY);
            let expected = StartupError::ShellTimedOut {
                shell: shell.to_owned(),
                seconds: 3,
            };
            assert_eq!(vars.err(), Some(expected), "{shell} after {hang:?}");
            gone(&unique(shell));
        }
    });
}

#[test]
fn a_child_that_keeps_the_output_is_not_waited_for() {
    each_shell(|shell, file| {
        let text = format!("sleep {} &\n{}", unique(shell), export(shell));
        let (_, vars) = asked(shell, file, &text, PATIENCE);
        let vars = vars.unwrap_or_else(|error| panic!("{shell}: {error}"));
        assert!(
            vars.get("GOPROXY").is_some(),
            "{shell} answered all the same"
        );
        gone(&unique(shell));
    });
}

#[test]
fn without_a_shell_there_is_nothing_to_ask() {
    let sandbox = machine(&[]);
    let answer = block_on(shell::ask(&sandbox.host));
    assert_eq!(
        answer.vars.err(),
        Some(StartupError::ShellUnknown {}),
        "none is named"
    );
    let sandbox = with_shell(machine(&[]), "no-such-shell");
    let answer = block_on(shell::ask(&sandbox.host));
    assert!(
        matches!(answer.vars, Err(StartupError::ShellSilent { .. })),
        "it does not exist"
    );
}

#[test]
fn the_user_database_names_the_shell_where_the_variable_does_not() {
    let user = user_id();
    let line = format!(
        "other:x:{}:0::/:/bin/false\nme:x:{user}:0::/:/bin/zsh\n",
        user + 1
    );
    let sandbox = machine(&[("root/etc/passwd", &line)]);
    assert_eq!(
        shell::login_shell(&sandbox.host),
        Some("/bin/zsh".into()),
        "the line of this user"
    );
}

fn user_id() -> u32 {
    let output = std::process::Command::new("id").arg("-u").output();
    let output = output.expect("id runs").stdout;
    let text = String::from_utf8(output).expect("a number");
    text.trim().parse().expect("a number")
}

/// A duration that no other process of the machine sleeps.
fn unique(shell: &str) -> String {
    format!(
        "{}{:05}",
        10_000 + u64::from(shell.as_bytes()[0]),
        std::process::id() % 100_000
    )
}

/// Waits until no process sleeps that long, and fails if one still does after [`PATIENCE`].
fn gone(duration: &str) {
    let sleeping = || {
        let processes = std::fs::read_dir("/proc").expect("Linux lists processes");
        processes.flatten().any(|process| {
            let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            line == format!("sleep\0{duration}\0").as_bytes()
        })
    };
    let started = std::time::Instant::now();
    while sleeping() {
        assert!(started.elapsed() < PATIENCE, "a child was left behind");
        std::thread::yield_now();
    }
}
