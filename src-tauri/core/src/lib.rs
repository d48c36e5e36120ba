//! What Gopherdesk knows and does, without a window.
//!
//! This page is the architecture of the program. It links to the code, so a name that is wrong here does not build.
//!
//! # Bird's eye
//!
//! Go takes a setting from the first place that has it: the environment of the process, the file that `go env -w`
//! writes (GOENV), `$GOROOT/go.env`, its own default. So a value that was written can be without effect, and nobody
//! says so. Gopherdesk asks Go what it uses, reads every place itself, and joins the two into one [`Overview`]: each
//! value with where it comes from and what outranks it. Whatever it changes it shows first, lets Go check, writes in
//! one step, reads back, and can undo.
//!
//! There are three crates. This one holds all of that. The window (`src-tauri/src`, the only code that knows Tauri) and
//! the terminal program `gdesk` (`src-tauri/cli`) are thin hosts: they pass arguments in, and turn answers into
//! pictures, words and exit statuses.
//!
//! ```text
//! ui (Svelte) ┄┄ IPC ┄┄ window ─┐
//!                               ├─▶ app ─▶ environment · toolchain · shadow · history · profile ─▶ host · store ─▶ the machine
//!                       gdesk ──┘
//! ```
//!
//! # Code map
//!
//! | module | holds |
//! |---|---|
//! | [`app`] | [`App`]: the use cases, one method each; what the window and `gdesk` can ask for is this, and nothing else |
//! | [`commands`] | the table from which the window's commands and the TypeScript types are made |
//! | [`environment`] | Go's variables: [`catalogue`](environment::catalogue), the GOENV [`file`](environment::file) byte for byte, what Go says ([`read`](environment::read)), what is wrong with a value ([`check`](environment::check)), what a wish would change ([`plan`](environment::plan)) |
//! | [`toolchain`] | every Go on the machine ([`discover`](toolchain::discover)) and how versions are ordered |
//! | [`shadow`] | what outranks the file: start-up files ([`startup`](shadow::startup)), the login shell's own answer ([`shell`](shadow::shell)), and taking a line out ([`comment`](shadow::comment)) |
//! | [`plan`] | a change before it happens: [`Plan`] for the eyes, [`Draft`] with the bytes |
//! | [`profile`] | named sets of values that are switched as a whole |
//! | [`cache`] | Go's caches: what takes the space, and how it is freed without harm |
//! | [`chain`] | the list that GOPROXY is: Go's own reading of it, what is wrong with it, and the [`rehearsal`](chain::rehearsal) of a download |
//! | [`checksum`] | what a checksum database says of a module, proven: key, signature, record, tree, and the hash of a zip |
//! | [`mirror`] | module mirrors: the list, the speed [`test`](mirror::test), what it says ([`report`](mirror::report)), how long a download takes ([`projection`](mirror::projection)), the chain that follows ([`recommend`](mirror::recommend)), the [`race`](mirror::race) of a project through several |
//! | [`web`] | HTTP with servers that nobody vouches for: how this machine reaches the [`Network`](web::Network), one [`Client`](web::Client) for one server, and what goes wrong ([`Trouble`](web::Trouble)) |
//! | [`module`] | a module with its version, and how a proxy's addresses spell it |
//! | [`project`] | folders with a `go.mod` that the user named: what they require, and the copy that go is asked in |
//! | [`fetch`] | real downloads by the real go, when somebody asks whether modules come through, or for all of a [`project`](fetch::project) |
//! | [`private`] | private modules: the lists of patterns, what they cover, patterns out of what was [pasted](private::paste) |
//! | [`history`] | what was changed: the [`journal`](history::journal), and its [`undo`](history::undo) |
//! | [`route`] | where a module comes from, who verifies it and who learns its name, by Go's own rules |
//! | [`settings`], [`store`] | what the user chose, and how our own files are kept |
//! | [`host`] | the one door to the machine: variables, folders, clock; programs ([`run`](host::run)); files replaced as a whole ([`replace`](host::replace)) |
//! | [`jobs`], [`progress`] | work that can be cancelled, and what it tells meanwhile |
//! | [`secret`] | masking of credentials |
//! | [`naming`] | what people may call their things |
//! | [`crash`] | the report of a crash, as it may be kept |
//! | [`error`] | [`Error`], the union of the areas' errors, and [`Failure`], its form on the wire |
//!
//! # Layers
//!
//! Hosts use [`app`] and the types named in its signatures. [`app`] may use everything; nothing uses [`app`]. Areas are
//! plain types and functions over a `&`[`Host`]; only [`App`], the [`store`], the journal and [`Jobs`] hold state. Which area
//! may use which is a table in `tests/core/tidy.rs`, and a test.
//!
//! # How a change flows
//!
//! 1. **Plan.** A wish ([`PlanEnvironment`], [`PlanStartup`], or an id of the history) becomes a [`Draft`]: the bytes of the
//!    file now, the bytes afterwards, the raw values. What Go would refuse, now or later, ends here.
//! 2. **Rehearse.** Go reads a staged copy of the new GOENV file. What it refuses is not planned, unless it refuses the file
//!    as it is as well: then it is no judge of a change.
//! 3. **Show.** Only the [`Plan`] leaves the core: the true diff, the equivalent `go env` commands, the
//!    [`Danger`]s to confirm, credentials masked. The draft stays, under the plan's id.
//! 4. **Apply.** [`App::plan_apply`] takes the id and the confirmed names. One writer at a time in this process, one lock a
//!    file between processes; a file that is not what it was is [`Stale`], and planned anew.
//! 5. **Announce.** The journal puts the intent and the bytes before on disk. After a crash the next start compares the file
//!    with both ends of the change, and writes into the journal what is true.
//! 6. **Replace.** Staged beside the file, synced, compared once more, renamed. A reader sees the old file or the new one.
//! 7. **Read back.** Go is asked, for a terminal while the journal marks the change, and an [`Outcome`] per variable says
//!    what came of it: in effect, shadowed by something, overwritten, or not confirmed. The new [`Overview`] is part of
//!    the window's answer, so nobody keeps a copy.
//!
//! Undo is a plan like any other: it sets the values from before, and is refused as [`Drifted`] when they
//! changed since. Undoing the undo is the redo.
//!
//! # Invariants
//!
//! - The core holds no sentence for users. Errors, findings, problems and causes are codes with parameters; the words are
//!   in `ui/src/i18n/shared`, for both hosts.
//! - Only [`host`] touches the process: variables, clock, child programs. Clippy refuses the rest (`clippy.toml`).
//! - `go` is run by absolute path in an empty folder of our own, with `GOTOOLCHAIN=local` and `GOWORK=off`, a deadline and
//!   a limit on output. No request to the network, no download, whatever a project demands; but for [`fetch`], whose
//!   downloads somebody asked for. Never in a project: there is a copy of what it needs.
//! - `git` says what it is set to do, and is sent to a server only when somebody asks for that, with every prompt off and to a
//!   host that a list of private modules covers ([`private`]).
//! - Start-up files are parsed, not run. What they come to is asked of the login shell, in a session of its own with a
//!   deadline.
//! - The page sends ids, names and values. It never names a file to write or a program to run.
//! - A file of the user is replaced as a whole or not at all; what would be lost by that (owner, mode, second name) is a
//!   refusal. What cannot be read is never overwritten.
//! - What is deleted was recognised as Go's, shown, and is reached from the cache's own folder, opened once: no link is
//!   followed and no disk entered ([`cache::remove`], and nowhere else). A version goes in the order in which Go repairs what a
//!   crash leaves; a whole cache is set aside first. As the administrator nothing is deleted.
//! - A server outside leads nowhere inside: a name is judged by the addresses that are dialled, at every redirect. A login
//!   goes to the origin it was given for, and no certificate counts that Go would refuse ([`web`]).
//! - Nothing is reported as done that was not read back.
//! - Raw values stay inside [`Draft`], the journal and [`App::environment_reveal`]; all that leaves is masked.
//! - What happens outside is believed over what is remembered: every answer is read anew from files and from Go.
//! - A question to Go is a process, and is saved where its answer follows from another one. What follows is written down
//!   with its source, for the versions it was read in, and tests hold it against the real Go of each; others are asked.

pub mod app;
pub mod cache;
pub mod chain;
pub mod checksum;
pub mod commands;
pub mod crash;
pub mod environment;
pub mod error;
pub mod fetch;
pub mod history;
pub mod host;
pub mod jobs;
pub mod mirror;
pub mod module;
pub mod naming;
pub mod plan;
pub mod private;
pub mod profile;
pub mod progress;
pub mod project;
pub mod route;
pub mod secret;
pub mod settings;
pub mod shadow;
pub mod store;
pub mod toolchain;
pub mod web;
mod wire;

// only the documentation above needs these names
#[cfg(doc)]
use {
    app::{App, Overview},
    environment::{Danger, PlanEnvironment},
    error::{Error, Failure},
    history::HistoryError::{Drifted, Stale},
    host::Host,
    jobs::Jobs,
    plan::{Draft, Outcome, Plan},
    shadow::PlanStartup,
};
