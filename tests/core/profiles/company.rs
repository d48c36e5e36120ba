//! The company form becomes a profile that is used, and forgotten, like any other.

use gopherdesk_core::{
    error::ProfileError,
    profile::{CompanyForm, ProfileState, PublicSource},
};

use super::{profiles, state, switch};
use crate::support::{Sandbox, block_on};

fn form() -> CompanyForm {
    CompanyForm {
        hosts: vec!["git@git.corp.example:team/repo.git".to_owned()],
        proxy: "https://ann:secret@goproxy.corp.example".to_owned(),
        login: false,
        public: PublicSource::Company,
    }
}

fn env_file(sandbox: &Sandbox) -> String {
    let bytes = sandbox.read(&sandbox.env_file()).unwrap_or_default();
    String::from_utf8(bytes).expect("text")
}

#[test]
fn the_form_becomes_a_profile_without_credentials() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    assert_eq!(
        state(&app, "company"),
        ProfileState::NeedsForm {},
        "nothing was filled in"
    );
    let preview = block_on(app.company_preview(form())).expect("it makes sense");
    assert_eq!(preview.logins.len(), 1, "the login is asked for elsewhere");
    assert_eq!(
        state(&app, "company"),
        ProfileState::NeedsForm {},
        "a preview keeps nothing"
    );
    block_on(app.company_save(form())).expect("it makes sense");
    let kept = block_on(app.company_read(())).expect("it is there");
    assert_eq!(kept.hosts, ["git.corp.example"], "as a pattern");
    let file = sandbox.host.folders.config.join("profiles.json");
    let bytes = sandbox.read(&file).expect("it is there");
    let text = String::from_utf8(bytes).expect("text");
    assert!(!text.contains("secret"), "no password is kept: {text}");

    switch(&app, "company");
    assert_eq!(
        env_file(&sandbox),
        "GOPROXY=https://goproxy.corp.example\nGOPRIVATE=git.corp.example\nGONOPROXY=none\n",
        "private modules come through the company's proxy"
    );
    assert_eq!(
        profiles(&sandbox.app()).active.as_deref(),
        Some("company"),
        "it is in effect"
    );
    block_on(app.profile_delete("company".to_owned())).expect("it was filled in");
    assert_eq!(
        state(&app, "company"),
        ProfileState::NeedsForm {},
        "it is forgotten"
    );
}

#[test]
fn no_private_name_goes_to_a_public_mirror_after_the_company() {
    for after in ["domestic", "overseas"] {
        let sandbox = Sandbox::new();
        let app = sandbox.app();
        block_on(app.company_save(form())).expect("it makes sense");
        switch(&app, "company");
        switch(&app, after);
        let text = env_file(&sandbox);
        assert!(
            !text.contains("GONOPROXY") && text.contains("GOPRIVATE=git.corp.example\n"),
            "{after}: GOPRIVATE counts again: {text}"
        );
        assert_eq!(
            profiles(&app).active.as_deref(),
            Some(after),
            "and it is in effect"
        );
    }
}

#[test]
fn a_form_that_names_nothing_is_not_kept() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let empty = block_on(app.company_save(CompanyForm::default()));
    assert_eq!(
        empty.expect_err("nothing is in it"),
        ProfileError::CompanyFormEmpty {}.into(),
        "there is nothing to set"
    );
}
