//! Secrets in nine places, and everything the program puts out: none of them is in any of it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    machine::{Machine, newest_go},
    mirror::{Fault, Manner, Mirror},
    tree::Tree,
};

/// What none of them may show; a digit behind it says from which place it came.
const CANARY: &str = "canary7f3a";

fn canary(place: u8) -> String {
    format!("{CANARY}{place}")
}

/// A machine with one secret in each place.
struct Ground {
    machine: Machine,
    mirror: Mirror,
}

impl Ground {
    fn new() -> Self {
        let go = newest_go();
        let mut machine = Machine::with_script("");
        machine.write(
            "bin/go",
            // 8: what go says itself
            &format!(
                "#!/bin/sh\n/bin/cat /proc/$$/cmdline >>\"$TMPDIR/calls\"\n\
                 echo \"go: warning: https://u:{}@h.example, --token {}\" >&2\nexec {} \"$@\"\n",
                canary(8),
                canary(8),
                go.display()
            ),
        );
        for (name, text) in [
            (
                "git",
                "#!/bin/sh\n/bin/cat /proc/$$/cmdline >>\"$TMPDIR/calls\"\nexec /usr/bin/git \"$@\"\n",
            ),
            ("login", "#!/bin/sh\nexit 0\n"),
        ] {
            machine.write(&format!("bin/{name}"), text);
            let file = machine.path(&format!("bin/{name}"));
            fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("our own file");
        }
        let tree = Arc::new(Tree::default().with("team.example/m@v1.0.0", 2000));
        // 6 and 9: where a mirror sends to, and what it says
        let mirror = Mirror::serve(
            &tree,
            Manner::default().fault(|path| {
                Some(match path.contains("team.example") {
                    true => Fault::Answer(
                        "text/plain",
                        format!(
                            "https://u:{}@h.example Authorization: Bearer {}",
                            canary(9),
                            canary(9)
                        )
                        .into_bytes(),
                    ),
                    false => Fault::Redirect(format!("http://u:{}@127.0.0.1:1/x", canary(6))),
                })
            }),
        );
        // 1 and 3: the GOENV file
        machine.write_env(&format!(
            "GOPROXY={},https://u:{}@127.0.0.1:1/p\nGOSUMDB=off\nGOAUTH={} --password {}\nGOPRIVATE=git.corp.example\n",
            mirror.url(),
            canary(1),
            machine.path("bin/login").display(),
            canary(3),
        ));
        machine.write(
            "home/.netrc",
            &format!("machine git.corp.example login u password {}\n", canary(4)),
        );
        machine.write(
            "home/.bashrc",
            &format!(
                "export CI_TOKEN={}\nexport GONOSUMDB=https://u:{}@x.example\n",
                canary(5),
                canary(5)
            ),
        );
        machine.write(
            "home/.gitconfig",
            &format!(
                "[url \"https://u:{}@git.corp.example/\"]\n\tinsteadOf = https://git.corp.example/\n",
                canary(4)
            ),
        );
        machine.write(
            "home/shop/go.mod",
            "module git.corp.example/shop\n\nrequire team.example/m v1.0.0\n",
        );
        // 2: the process
        machine = machine
            .with_var("HTTPS_PROXY", format!("http://u:{}@127.0.0.1:1", canary(2)))
            .with_var("SHELL", "/bin/bash");
        Self { machine, mirror }
    }
}

/// Every file below, with what is in it.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            found.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    found
}

#[test]
fn no_secret_of_nine_places_is_in_anything_put_out() {
    let ground = Ground::new();
    let machine = &ground.machine;
    // 7: a profile, and a mirror of one's own
    let kept = format!("https://u:{}@127.0.0.1:1,direct\n", canary(7));
    let profile = machine
        .gdesk_reads("profile save work GOPROXY --yes", &kept)
        .ends(0, "kept");
    let mirror = machine.gdesk_reads(
        "mirror add - --name office --yes",
        &format!("https://u:{}@127.0.0.1:1/m\n", canary(7)),
    );
    let mirror = mirror.ends(0, "kept");
    let mut shown = vec![profile, mirror];
    let url = ground.mirror.url();
    let tested = format!("mirror test {url}");
    let lines = [
        // lists and values
        "env list",
        "env list --changed",
        "env get GOPROXY GOAUTH HTTPS_PROXY",
        "env explain GOPROXY",
        "env explain GOAUTH",
        "env explain GONOSUMDB",
        "toolchain list",
        // plans and their diffs
        "env set GOPROXY=direct --dry-run",
        "env unset GOAUTH --dry-run",
        "env unshadow GONOSUMDB --dry-run",
        "env set GOAUTH=off --yes",
        "undo --yes",
        "history",
        // profiles and their exports
        "profile list",
        "profile show work",
        "profile diff work",
        "profile use work --dry-run",
        "profile verify work",
        "profile export work --format profile",
        "profile export work --format sh",
        "profile export work --format dockerfile",
        // mirrors, and proofs by real downloads
        "mirror list --all",
        "mirror show office",
        "mirror chain",
        "mirror rehearse --answers 502",
        "profile verify work --fetch",
        "mirror race --project shop",
        "mirror prefetch --project shop",
        &tested,
        // private modules
        "route git.corp.example/team/app team.example/m",
        "private list",
        "private suggest",
        "private credentials",
        "private credentials --check git.corp.example/team/app",
        // errors
        "env set GOPROXY=https://u:p@[::1 --yes",
        "mirror test nobody",
    ];
    for line in lines {
        shown.push(machine.gdesk(line));
        shown.push(machine.gdesk(&format!("{line} --json")));
    }
    for ended in &shown {
        let text = format!("{}{}", ended.stdout, ended.stderr);
        assert!(!text.contains(CANARY), "a secret was put out: {text}");
    }
    let masked = shown.iter().filter(|ended| ended.stdout.contains("***"));
    assert!(masked.count() > 20, "they were come to, and masked");
    let refused = shown
        .iter()
        .filter(|ended| ended.stderr.contains("usage") || ended.status == 2);
    assert_eq!(
        refused.count(),
        0,
        "every line is one of gdesk's: {shown:#?}"
    );
    let calls = fs::read(machine.path("tmp/calls")).expect("go and git were called");
    let calls = String::from_utf8_lossy(&calls);
    assert!(calls.contains("ls-remote"), "git was asked: {calls:?}");
    assert!(
        !calls.contains(CANARY),
        "a secret was an argument: {calls:?}"
    );
    // what is kept for the user alone: own profiles, own mirrors, and what undo needs
    let keeping = ["profiles", "mirrors", "history", "backups"];
    let stray: Vec<_> = files(&machine.path("own"))
        .into_iter()
        .filter(|(_, text)| text.contains(CANARY))
        .map(|(path, _)| path)
        .filter(|path| {
            !keeping
                .iter()
                .any(|name| path.to_string_lossy().contains(name))
        })
        .collect();
    assert!(stray.is_empty(), "a secret was written down: {stray:?}");
    for (path, text) in files(&machine.path("own")) {
        let mode = fs::metadata(&path)
            .expect("our own file")
            .permissions()
            .mode();
        let is_open = mode & 0o077 != 0;
        assert!(
            !(is_open && text.contains(CANARY)),
            "others read {}",
            path.display()
        );
    }
}
