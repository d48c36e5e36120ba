//! `gdesk`: what Gopherdesk knows and does, on a terminal.
//!
//! A host of `gopherdesk_core` like the window, and as thin: [`arguments`] says what was asked for, [`verbs`] asks the
//! core, [`mod@print`] says the answer, [`texts`] has the words. Nothing here decides anything about Go.

mod arguments;
mod ask;
mod change;
mod interrupt;
mod language;
mod print;
mod refusal;
mod session;
mod texts;
mod verbs;
mod visible;

use std::{path::absolute, process::ExitCode};

use gopherdesk_core::{app::App, host::Host, settings};

use arguments::{Arguments, Early, Verb};
use interrupt::Interrupt;
use language::Language;
use print::Output;
use refusal::{Own, Refusal};
use session::Session;
use texts::Texts;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    // the one question that scripts ask again and again needs nothing of the machine
    if matches!(args.as_slice(), [_, only] if only == "--version" || only == "-V") {
        let version = concat!("gdesk ", env!("CARGO_PKG_VERSION"), "\n");
        return ended(
            Output { json: false },
            None,
            print::out(version).map(|()| 0),
        );
    }
    let early = Early::of(&args);
    let folder = early
        .config_dir
        .map(|folder| absolute(&folder).unwrap_or(folder));
    let host = Host::current(folder.as_deref());
    let set = settings::open(&host).load().value.language;
    let texts = Texts::new(Language::choose(early.language, set, &host.vars));
    match arguments::parse(&args, &texts) {
        Ok(arguments) => match verbs::on_paper(&arguments.verb, &texts) {
            Some(paper) => ended(
                Output { json: false },
                Some(&texts),
                print::out(&paper).map(|()| 0),
            ),
            None => answer(arguments, host, texts),
        },
        Err(told) => usage(&told),
    }
}

/// Help, and wrong usage: clap knows the stream, the colours and the status.
fn usage(told: &clap::Error) -> ExitCode {
    // nobody is left to tell when this cannot be written
    drop(told.print());
    ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2))
}

fn answer(arguments: Arguments, host: Host, texts: Texts) -> ExitCode {
    let output = Output {
        json: arguments.json,
    };
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            let reason = Own::reason(&error);
            let refusal = Refusal::Own(Own::NoRuntime { reason });
            return ended(output, Some(&texts), Err(refusal));
        }
    };
    let go = arguments.go.map(|go| absolute(&go).unwrap_or(go));
    let session = Session {
        app: App::new(host, go),
        texts,
        output,
        interrupt: Interrupt::default(),
        login_shell: arguments.login_shell,
    };
    let ended = runtime.block_on(async {
        let work = Box::pin(speak(&session, arguments.verb));
        let done = session.interrupt.watch(work).await;
        ended(output, Some(&session.texts), done)
    });
    // a thread that still waits for an answer on the terminal is not waited for
    runtime.shutdown_background();
    ended
}

async fn speak(session: &Session, verb: Verb) -> Result<u8, Refusal> {
    let answer = verbs::run(session, verb).await?;
    session.output.answer(&answer)?;
    Ok(answer.status())
}

/// Says why there is no answer, and with which status the program ends.
fn ended(output: Output, texts: Option<&Texts>, done: Result<u8, Refusal>) -> ExitCode {
    let refusal = match done {
        Ok(status) => return ExitCode::from(status),
        Err(refusal) => refusal,
    };
    if output.json {
        if let Some(json) = refusal.json() {
            // the same stream may be what failed
            drop(output.json(&json));
        }
    } else if let Some(text) = texts.and_then(|texts| refusal.text(texts)) {
        print::err(&format!("gdesk: {text}\n"));
    }
    ExitCode::from(refusal.status())
}
