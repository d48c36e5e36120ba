//! `gdesk`: what Gopherdesk knows and does, on a terminal.
//!
//! A host of `gopherdesk_core` like the window, and as thin: [`arguments`] says what was asked for, [`verbs`] asks the
//! core, [`mod@print`] says the answer, [`texts`] has the words. Nothing here decides anything about Go.

mod arguments;
mod ask;
mod change;
mod crash;
mod interrupt;
mod language;
mod print;
mod refusal;
mod session;
mod texts;
mod usage;
mod verbs;
mod visible;

use std::{path::absolute, process::ExitCode};

use gopherdesk_core::{app::App, host::Host, settings, toolchain::ToolchainError};

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
        return ExitCode::from(print::out(version).map_or_else(|refusal| refusal.status(), |()| 0));
    }
    let early = Early::of(&args);
    let folder = early
        .config_dir
        .map(|folder| absolute(&folder).unwrap_or(folder));
    let host = Host::current(folder.as_deref());
    let set = settings::open(&host).load().value.language;
    let texts = Texts::new(Language::choose(early.language, set, &host.vars));
    let arguments = match arguments::parse(&args, &texts) {
        Ok(arguments) => arguments,
        Err(told) => return ExitCode::from(usage::tell(&told, &texts)),
    };
    let output = Output {
        json: arguments.json || arguments.lines,
        lines: arguments.lines,
    };
    let done = crash::guard(&host, || match verbs::on_paper(&arguments.verb, &texts) {
        Some(paper) => print::out(&paper).map(|()| 0),
        None => answer(arguments, host.clone(), &texts),
    });
    ExitCode::from(done.unwrap_or_else(|refusal| refuse(output, &texts, &refusal)))
}

fn answer(arguments: Arguments, host: Host, texts: &Texts) -> Result<u8, Refusal> {
    let go = arguments.go.map(|go| absolute(&go).unwrap_or(go));
    if let Some(path) = go.as_ref().filter(|go| !go.is_file()) {
        // the core would ask another one, and say so; who names one on the command line means that one
        let path = path.display().to_string();
        return Err(ToolchainError::NotGo { path }.into());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            let reason = Own::reason(&error);
            Refusal::Own(Own::NoRuntime { reason })
        })?;
    let session = Session {
        app: App::new(host, go),
        texts,
        output: Output {
            json: arguments.json || arguments.lines,
            lines: arguments.lines,
        },
        interrupt: Interrupt::default(),
        login_shell: arguments.login_shell,
    };
    let work = Box::pin(speak(&session, arguments.verb));
    let done = runtime.block_on(session.interrupt.watch(work));
    // a thread that still waits for an answer on the terminal is not waited for
    runtime.shutdown_background();
    done
}

async fn speak(session: &Session<'_>, verb: Verb) -> Result<u8, Refusal> {
    let answer = verbs::run(session, verb).await?;
    session.output.answer(&answer)?;
    Ok(answer.status())
}

/// Says why there is no answer, and with which status the program ends.
fn refuse(output: Output, texts: &Texts, refusal: &Refusal) -> u8 {
    if output.json {
        if let Some(json) = refusal.json() {
            // the same stream may be what failed
            drop(output.json(&json));
        }
    } else if let Some(text) = refusal.text(texts) {
        print::err(&format!("gdesk: {text}\n"));
    }
    refusal.status()
}
