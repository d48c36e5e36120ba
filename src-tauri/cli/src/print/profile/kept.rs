//! Profiles of the user before they are kept, and what a company's network comes to.

use gopherdesk_core::profile::{CompanyForm, CompanyPreview, ProfileValue};

use super::value;
use crate::{
    print::{
        BAD, GOOD, QUIET, STRONG, WARN, styled,
        table::{Cell, Table},
    },
    texts::Texts,
    visible::visible,
};

/// What becomes of a profile's values: those that go, those that come, those that stay.
pub(crate) fn kept(
    texts: &Texts,
    head: &str,
    before: &[ProfileValue],
    after: &[ProfileValue],
) -> String {
    let mut text = format!("{}\n", styled(STRONG, head));
    let line = |mark, style, value: &ProfileValue| {
        let shown = format!("{mark} {}", self::value(texts, value));
        format!("  {}\n", styled(style, &shown))
    };
    for was in before.iter().filter(|was| !after.contains(was)) {
        text += &line('-', BAD, was);
    }
    for is in after {
        text += &match before.contains(is) {
            true => line(' ', QUIET, is),
            false => line('+', GOOD, is),
        };
    }
    text
}

/// What was told of the company, and what it comes to.
pub(crate) fn company(texts: &Texts, form: &CompanyForm, preview: &CompanyPreview) -> String {
    let mut text = answers(texts, form) + "\n";
    text += &format!("{}\n", styled(STRONG, texts.say("company.values")));
    for found in &preview.values {
        let shown = ProfileValue {
            name: found.name.clone(),
            value: found.value.clone(),
            masked: false,
        };
        text += &format!("  {}\n", value(texts, &shown));
        let why = super::reason(texts, found.why);
        text += &format!("    {}\n", styled(QUIET, &why));
    }
    for warning in &preview.warnings {
        let told = texts.tell("company_warnings", warning);
        text += &format!("\n{}\n", styled(WARN, &told));
    }
    if !preview.logins.is_empty() {
        text += &format!("\n{}\n", styled(STRONG, texts.say("company.logins")));
    }
    for login in &preview.logins {
        text += &format!("  {}\n", visible(&login.line));
    }
    text
}

fn answers(texts: &Texts, form: &CompanyForm) -> String {
    let shown = |text: &str| match text {
        "" => Cell::new(texts.say("company.none"), QUIET),
        text => Cell::plain(text),
    };
    let login = match form.login {
        true => texts.say("company.yes"),
        false => texts.say("company.no"),
    };
    let mut table = Table::default();
    let mut row = |key, cell| table.row([Cell::new(texts.say(key), QUIET), cell]);
    row("company.hosts", shown(&form.hosts.join(", ")));
    row("company.proxy", shown(&form.proxy));
    row("company.login", Cell::plain(login));
    row(
        "company.public",
        Cell::plain(&super::public(texts, form.public)),
    );
    table.to_string()
}
