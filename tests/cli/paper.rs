//! Completions and manual pages.

use crate::machine::Machine;

#[test]
fn every_shell_gets_completions_that_know_the_verbs() {
    let machine = Machine::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = machine
            .gdesk(&format!("completions {shell}"))
            .ends(0, shell);
        for word in ["explain", "unshadow", "dry-run"] {
            script.says(word, shell);
        }
    }
    for shell in ["bash", "zsh"] {
        let script = machine
            .gdesk(&format!("completions {shell}"))
            .ends(0, shell);
        script.says(
            "domestic overseas company offline",
            "the shipped profiles are known",
        );
    }
    assert!(!machine.path("own").exists(), "no folder was made for it");
}

#[cfg(unix)]
#[test]
fn a_shell_accepts_its_completions() {
    let machine = Machine::new();
    let script = machine
        .gdesk("completions bash")
        .ends(0, "it is a shell")
        .stdout;
    machine.write("home/completions", &script);
    let checked = std::process::Command::new("bash")
        .arg("-n")
        .arg(machine.path("home/completions"))
        .output()
        .expect("the tests of this project need bash");
    assert!(checked.status.success(), "bash understands it: {checked:?}");
}

#[test]
fn manual_pages_come_in_both_languages() {
    let machine = Machine::new();
    let page = machine.gdesk("man").ends(0, "there is one");
    assert!(page.stdout.contains(".TH gdesk 1"), "in roff: {page:?}");
    let page = machine
        .gdesk("man env set --lang zh")
        .ends(0, "there is one");
    page.says("gdesk-env-set", "of the verb");
    page.says("标准输入", "in Chinese");
}
