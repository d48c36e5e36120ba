//! What a program gets that a terminal starts.

use std::ffi::OsStr;

use gopherdesk_core::{
    host::Vars,
    shadow::{Outer, shell::ShellAnswer},
};

use super::{gathered, machine};

#[test]
fn a_terminal_has_what_start_up_files_set() {
    let mut sandbox = machine(&[(
        "home/.profile",
        "export GOPROXY=https://profile.example GOPRIVATE=a.example\n",
    )]);
    sandbox.host.vars.set("GOPRIVATE", "process.example");
    let vars = gathered(&sandbox.host).terminal(&sandbox.host);
    assert_eq!(
        vars.get("GOPROXY"),
        Some(OsStr::new("https://profile.example")),
        "read in the file"
    );
    assert_eq!(
        vars.get("GOPRIVATE"),
        Some(OsStr::new("process.example")),
        "this process knows better"
    );
    assert_eq!(
        vars.get("HOME"),
        sandbox.host.vars.get("HOME"),
        "and everything else"
    );
}

#[test]
fn the_shell_knows_more_than_its_files() {
    let mut sandbox = machine(&[(
        "home/.profile",
        "export GOPROXY=https://a.example\nif work; then export GOSUMDB=off; fi\n",
    )]);
    sandbox.host.vars.set("GOFLAGS", "");
    let answered = [
        ("GOPROXY", "https://shell.example"),
        ("HTTPS_PROXY", "http://forward.example"),
        ("GOFLAGS", "-mod=mod"),
        ("HOME", "/elsewhere"),
        ("PATH", "/opt/bin:/usr/bin"),
    ];
    let outer = Outer {
        shell: Some(ShellAnswer {
            shell: "sh".to_owned(),
            vars: Ok(Vars::from_iter(answered)),
        }),
        ..gathered(&sandbox.host)
    };
    let vars = outer.terminal(&sandbox.host);
    let text = |name: &str| {
        vars.get(name)
            .map(|value| value.to_string_lossy().into_owned())
    };
    for (name, value) in [
        ("GOPROXY", "https://shell.example"),
        ("HTTPS_PROXY", "http://forward.example"),
        ("GOFLAGS", "-mod=mod"),
        ("PATH", "/opt/bin:/usr/bin"),
    ] {
        assert_eq!(text(name).as_deref(), Some(value), "{name}: it was asked");
    }
    assert_eq!(text("GOSUMDB"), None, "its condition does not hold");
    assert_eq!(
        vars.get("HOME"),
        sandbox.host.vars.get("HOME"),
        "what this process has counts more"
    );
}
