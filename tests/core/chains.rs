//! Chains on a machine without Go: masked on their way out, whole again on their way in.

use gopherdesk_core::{
    app::App,
    chain::{
        ChainText, ChainView, EntryWish, Junction, ReadChain, UseChain,
        rehearsal::{Ending, MirrorAnswer, RehearseChain},
    },
    error::Error,
    mirror::MirrorError,
    plan::ApplyPlan,
};

use crate::support::{Sandbox, block_on};

/// Stands where a password does; it must turn up nowhere but in the file.
const CANARY: &str = "c4n4ry";

fn with(env: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), env);
    sandbox
}

fn read(app: &App, chain: ChainText, gosumdb: Option<&str>) -> Result<ChainView, Error> {
    let gosumdb = gosumdb.map(str::to_owned);
    block_on(app.chain_read(ReadChain { chain, gosumdb }))
}

fn text(goproxy: &str) -> ChainText {
    let goproxy = goproxy.to_owned();
    ChainText::Text { goproxy }
}

fn set(app: &App, goproxy: &str, gosumdb: Option<&str>) -> Result<(), Error> {
    let plan = block_on(app.chain_plan(UseChain {
        goproxy: goproxy.to_owned(),
        gosumdb: gosumdb.map(str::to_owned),
    }))?;
    let shown = format!("{plan:?}");
    assert!(!shown.contains(CANARY), "a plan is masked: {shown}");
    let wish = ApplyPlan {
        id: plan.id,
        confirmed: plan.dangers.into_iter().map(|danger| danger.name).collect(),
    };
    block_on(app.plan_apply(wish)).map(|_| ())
}

fn file(sandbox: &Sandbox) -> String {
    let bytes = sandbox.read(&sandbox.env_file()).unwrap_or_default();
    String::from_utf8(bytes).expect("we wrote text")
}

fn rehearsal(goproxy: &str, answers: &[MirrorAnswer], module: Option<&str>) -> RehearseChain {
    RehearseChain {
        goproxy: goproxy.to_owned(),
        gosumdb: None,
        answers: answers.to_vec(),
        database_down: false,
        module: module.map(str::to_owned),
    }
}

#[test]
fn a_chain_goes_out_masked_and_comes_back_whole() {
    let sandbox = with(&format!(
        "GOPROXY=https://ann:{CANARY}@a.example,direct\n\
         GOSUMDB=sum.golang.org https://ann:{CANARY}@sum.example\n"
    ));
    let app = sandbox.app();
    let view = read(&app, ChainText::InEffect {}, None).expect("it is read");
    assert!(!format!("{view:?}").contains(CANARY), "masked: {view:?}");
    let entries = view.entries.iter().rev().map(|entry| EntryWish {
        text: entry.text.clone(),
        next: Junction::OnAnyError,
    });
    let entries = entries.collect();
    let turned = read(&app, ChainText::Entries { entries }, Some(&view.gosumdb));
    let turned = turned.expect("by its parts, in another order");
    assert!(!turned.entries[1].reached, "behind direct");
    let fix = turned.problems[0].fix.as_ref().expect("it can be mended");
    assert_eq!(fix.goproxy, "direct", "without what is never asked");

    let built = view.goproxy.replace(",direct", "|https://b.example,direct");
    set(&app, &built, Some(&view.gosumdb)).expect("both are known");
    assert_eq!(
        file(&sandbox),
        format!(
            "GOPROXY=https://ann:{CANARY}@a.example|https://b.example,direct\n\
             GOSUMDB=sum.golang.org https://ann:{CANARY}@sum.example\n"
        ),
        "with their logins"
    );
}

#[test]
fn two_logins_that_look_the_same_are_not_mixed_up() {
    let both = format!("https://ann:{CANARY}@a.example,https://bob:{CANARY}@a.example,direct");
    let sandbox = with(&format!("GOPROXY={both}\n"));
    let app = sandbox.app();
    let view = read(&app, ChainText::InEffect {}, None).expect("what is in effect is known");
    let again = read(&app, text(&view.goproxy), None);
    let refused = |result: &Result<_, Error>| {
        matches!(
            result,
            Err(Error::Mirror(MirrorError::MaskedEntryUnknown { entry })) if !entry.contains(CANARY)
        )
    };
    assert!(
        refused(&again.map(|_| ())),
        "whose login it is, is not said"
    );
    assert!(refused(&set(&app, &view.goproxy, None)), "nor is it set");
    let database = set(
        &app,
        "direct",
        Some("sum.golang.org https://***@sum.example"),
    );
    assert!(
        refused(&database),
        "a login of a database that nobody knows"
    );
    assert_eq!(file(&sandbox), format!("GOPROXY={both}\n"), "as before");
}

#[test]
fn a_fix_that_changes_the_spelling_is_taken_back_in() {
    for (goproxy, fixed) in [
        (
            format!("http://ann:{CANARY}@a.example,direct"),
            format!("https://ann:{CANARY}@a.example,direct"),
        ),
        (
            format!("https://ann:{CANARY}@a.example；https://b.example"),
            format!("https://ann:{CANARY}@a.example,https://b.example"),
        ),
        (
            format!("https://b.example,direct,https://ann:{CANARY}@a.example"),
            "https://b.example,direct".to_owned(),
        ),
    ] {
        let sandbox = with(&format!("GOPROXY={goproxy}\nGOSUMDB=off\n"));
        let app = sandbox.app();
        let view = read(&app, ChainText::InEffect {}, None).expect("it is read");
        let fix = view.problems[0].fix.clone().expect("it can be mended");
        let after = read(&app, text(&fix.goproxy), Some(&fix.gosumdb)).expect("it is known");
        assert_eq!(after.problems, [], "{goproxy}: mended");
        set(&app, &fix.goproxy, None).expect("nothing is in the way");
        assert!(
            file(&sandbox).contains(&format!("GOPROXY={fixed}\n")),
            "{goproxy}: {}",
            file(&sandbox)
        );
    }
}

#[test]
fn what_cannot_be_read_is_said_without_its_login() {
    let app = Sandbox::new().app();
    for goproxy in [
        format!("https://ann:{CANARY}/x@a.example"),
        format!("https://ann:%zz{CANARY}@a.example"),
        format!("https://{CANARY}^@a.example"),
        format!("ftp://ann:{CANARY}@a.example"),
        format!("ann:{CANARY}@a.example"),
        format!("https://ann@[{CANARY}@a.example"),
    ] {
        let view = read(&app, text(&goproxy), None).expect("a look");
        let rehearsed = block_on(app.chain_rehearse(rehearsal(&goproxy, &[], None)));
        let rehearsed = rehearsed.expect("a rehearsal");
        let shown = format!("{view:?} {rehearsed:?}");
        assert!(!shown.contains(CANARY), "{goproxy}: {shown}");
    }
}

#[test]
fn a_rehearsal_knows_what_the_machine_holds_for_private() {
    let sandbox = with("GOPRIVATE=corp.example\nGONOPROXY=other.example\nGOSUMDB=off\n");
    let app = sandbox.app();
    let goproxy = "https://a.example,direct";
    let told = |module| {
        let wish = rehearsal(goproxy, &[MirrorAnswer::NotFound], Some(module));
        let rehearsed = block_on(app.chain_rehearse(wish)).expect("a module");
        (rehearsed.private, rehearsed.told)
    };
    assert_eq!(told("other.example/x"), (true, vec![1]), "past the mirror");
    assert_eq!(
        told("corp.example/x"),
        (false, vec![0, 1]),
        "GONOPROXY is set apart from GOPRIVATE"
    );
}

#[test]
fn a_list_that_go_refuses_ends_before_anybody_is_asked() {
    let app = with("GOSUMDB=off\n").app();
    for (goproxy, said) in [
        (
            "none,https://a.example",
            "go: rsc.io/quote@v1.5.2: invalid proxy URL missing scheme: none",
        ),
        (
            ", |",
            "go: rsc.io/quote@v1.5.2: GOPROXY list is not the empty string, but contains no entries",
        ),
    ] {
        let wish = rehearsal(goproxy, &[], Some("rsc.io/quote@v1.5.2"));
        let rehearsed = block_on(app.chain_rehearse(wish)).expect("a rehearsal");
        assert_eq!(rehearsed.ending, Ending::Refused {}, "{goproxy}");
        assert_eq!(rehearsed.said, said, "in Go's words");
        assert!(rehearsed.told.is_empty(), "nobody learns the name");
    }
}
