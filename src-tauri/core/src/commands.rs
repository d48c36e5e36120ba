//! Every command of the window: one line each, read by the window's shell and by the TypeScript definitions.
//!
//! The name of a line is the name of the method on [`crate::app::App`], of the Tauri command and of the key in
//! TypeScript. It lives here and not in the shell so that the definitions are made, and their drift is found, without
//! WebKit.

mod tray;

use serde::{Deserialize, Serialize};

pub use tray::{TrayEvent, TrayMenu, TrayProfile};

/// Hands the table to `$then!`.
///
/// `call name(Args) -> Reply` is answered by `App::name`; `stream name(Args => Event) -> Reply` reports events while it
/// runs and can be cancelled; `desktop name(Args) -> Reply` is answered by the shell's function of that name, because
/// it needs the desktop; with `Args => Event` it reports events like a `stream`.
#[macro_export]
macro_rules! with_commands {
    ($then:path) => {
        $then! {
            /// Reads everything anew.
            call overview_read(()) -> $crate::app::Overview;
            /// Asks the login shell for its variables.
            call shell_ask(()) -> $crate::app::Overview;
            /// Tells of changes that others make, until it is cancelled.
            stream world_watch(() => $crate::app::WorldEvent) -> ();

            /// Looks at a value before it is written.
            call environment_check($crate::environment::CheckValue) -> $crate::environment::Checked;
            /// Gives the value of one variable with its credentials, for the field in which it is edited.
            call environment_reveal(String) -> String;
            /// Plans a change of the GOENV file.
            call environment_plan($crate::environment::PlanEnvironment) -> $crate::plan::Plan;
            /// Plans to comment out the line that outranks the GOENV file.
            call startup_plan($crate::shadow::PlanStartup) -> $crate::plan::Plan;
            /// Applies a plan that was shown.
            call plan_apply($crate::plan::ApplyPlan) -> $crate::app::Applied;

            /// Plans to switch to the profile with this id.
            call profile_plan(String) -> $crate::plan::Plan;
            /// Plans to return to what was before the last switch.
            call profile_previous(()) -> $crate::plan::Plan;
            /// Compares a profile with what Go sees, and downloads a module through it if that is asked for.
            stream profile_verify($crate::profile::VerifyProfile => $crate::profile::VerifyEvent) -> $crate::profile::Verified;
            /// Keeps a profile of the user.
            call profile_save($crate::profile::SaveProfile) -> $crate::app::Overview;
            /// Forgets a profile of the user, or what the company form was filled in with.
            call profile_delete(String) -> $crate::app::Overview;
            /// Moves a profile in the list.
            call profile_move($crate::profile::MoveProfile) -> $crate::app::Overview;
            /// Gives one value of a profile with its credentials, for the field in which it is edited.
            call profile_reveal($crate::profile::RevealProfile) -> String;
            /// Says what the company form comes to; nothing is kept.
            call company_preview($crate::profile::CompanyForm) -> $crate::profile::CompanyPreview;
            /// What the company form was filled in with.
            call company_read(()) -> $crate::profile::CompanyForm;
            /// Keeps what the company form was filled in with.
            call company_save($crate::profile::CompanyForm) -> $crate::app::Overview;
            /// Reads the text of a profile file; nothing is kept or applied.
            call profile_import(String) -> $crate::profile::Import;
            /// Lets the user pick a profile file and reads it; none when the dialog was closed.
            desktop profile_import_browse(()) -> Option<$crate::profile::Import>;
            /// Keeps what was imported among the user's profiles.
            call profile_import_keep($crate::profile::KeepImport) -> $crate::app::Overview;
            /// Prints a profile for whoever reads that format, without credentials.
            call profile_export($crate::profile::ExportProfile) -> $crate::profile::Exported;
            /// Lets the user pick a file and prints a profile into it; gives its place, or none when the dialog was closed.
            desktop profile_export_save($crate::profile::ExportProfile) -> Option<String>;

            /// Lists every mirror: the shipped ones and the user's own.
            call mirror_list(()) -> $crate::mirror::Mirrors;
            /// Keeps a mirror of the user.
            call mirror_save($crate::mirror::own::SaveMirror) -> $crate::mirror::Mirrors;
            /// Forgets the mirror of the user with this id.
            call mirror_remove(String) -> $crate::mirror::Mirrors;
            /// Moves a mirror in the list.
            call mirror_move($crate::mirror::own::MoveMirror) -> $crate::mirror::Mirrors;
            /// Gives the address of the user's mirror with this id with its credentials, for the field in which it is edited.
            call mirror_reveal(String) -> String;
            /// Reads mirrors out of a text; nothing is kept.
            call mirror_import(String) -> $crate::mirror::import::MirrorImport;
            /// Keeps what was imported under this id.
            call mirror_import_keep(String) -> $crate::mirror::Mirrors;
            /// Measures mirrors, reporting each sample as it arrives.
            stream mirror_test($crate::mirror::test::TestMirrors => $crate::mirror::report::MirrorEvent) -> $crate::mirror::report::TestReport;
            /// The last speed tests, the newest first.
            call mirror_runs(()) -> $crate::mirror::runs::Runs;
            /// Plans to set GOPROXY to these mirrors, and GOSUMDB with it.
            call mirror_use($crate::mirror::choose::UseMirrors) -> $crate::plan::Plan;
            /// Downloads a module with the real go through what is in effect.
            stream mirror_prove($crate::mirror::choose::ProveChain => $crate::mirror::choose::ProofEvent) -> $crate::mirror::choose::Proof;

            /// Says what a chain comes to, and what would mend it; nothing is kept.
            call chain_read($crate::chain::ReadChain) -> $crate::chain::ChainView;
            /// Says what Go does when every source answers as it is supposed to; nothing is sent.
            call chain_rehearse($crate::chain::rehearsal::RehearseChain) -> $crate::chain::rehearsal::Rehearsal;
            /// Plans to set GOPROXY to a chain, and GOSUMDB with it.
            call chain_plan($crate::chain::UseChain) -> $crate::plan::Plan;

            /// Says where modules come from, who verifies them and who learns their names; nobody is asked.
            call route_read($crate::route::ReadRoute) -> Vec<$crate::route::RouteAnswer>;
            /// Says whether a list of patterns covers a path.
            call route_match($crate::route::MatchRoute) -> $crate::route::Matched;

            /// The lists of private modules, with what each pattern covers.
            call private_read(()) -> $crate::private::PrivateLists;
            /// Finds patterns in whatever was pasted; nothing is kept.
            call private_paste(String) -> $crate::private::paste::PastedPatterns;
            /// Plans to set one of the lists; what is switched off in it is kept once the plan is applied.
            call private_plan($crate::private::PlanPrivate) -> $crate::plan::Plan;
            /// Proposes patterns, out of the folders that were named and of git's settings; nobody is asked.
            call private_suggest(()) -> $crate::private::suggest::Suggestions;
            /// Which credentials Go and git would use for these hosts, or for all private ones; nobody is asked.
            call private_credentials(Vec<String>) -> $crate::private::credentials::Credentials;
            /// Asks git whether it reaches private repositories.
            stream private_check($crate::private::check::CheckRepositories => $crate::private::check::CheckEvent) -> $crate::private::check::CheckReport;
            /// Forgets a pattern that is switched off.
            call private_forget($crate::private::ForgetPattern) -> $crate::private::PrivateLists;

            /// Lists the folders that were named as projects.
            call project_list(()) -> $crate::project::Projects;
            /// Lets the user pick the folder of a project; none when the dialog was closed.
            desktop project_browse(()) -> Option<$crate::project::Projects>;
            /// Forgets a folder; nothing happens to the folder itself.
            call project_forget(String) -> $crate::project::Projects;
            /// Downloads a project through mirrors, one after the other, into temporary module caches.
            stream mirror_race($crate::mirror::race::RaceMirrors => $crate::mirror::race::RaceEvent) -> $crate::mirror::race::RaceReport;
            /// Downloads a project through the chain in effect into the user's module cache.
            stream mirror_prefetch($crate::mirror::prefetch::PrefetchProject => $crate::mirror::prefetch::PrefetchEvent) -> $crate::mirror::prefetch::Prefetched;

            /// Where every cache of every Go is; nothing is counted.
            call cache_list(()) -> Vec<$crate::cache::Cache>;
            /// Counts what is in the caches, reporting as it goes.
            stream cache_scan($crate::cache::ScanCaches => $crate::cache::ScanEvent) -> $crate::cache::Inventory;
            /// Says exactly what would be freed.
            call cache_plan($crate::cache::PlanCaches) -> $crate::cache::CachePlan;
            /// Carries out a plan that was shown.
            stream cache_clean($crate::cache::CleanCaches => $crate::cache::CleanEvent) -> $crate::cache::CleanReport;
            /// What left its place and is not deleted yet.
            call cache_asides(()) -> Vec<$crate::cache::Aside>;
            /// Puts back what was set aside under this id.
            call cache_restore(String) -> $crate::cache::Restored;
            /// Deletes what was set aside under this id.
            stream cache_purge(String => $crate::cache::CleanEvent) -> $crate::cache::CleanReport;
            /// Compares modules with their hashes.
            stream cache_verify($crate::cache::VerifyCaches => $crate::cache::VerifyEvent) -> $crate::cache::VerifyReport;
            /// Plans to delete what is damaged in these versions, so that Go makes it anew.
            call cache_repair(Vec<String>) -> $crate::cache::CachePlan;

            /// Lists every change, newest first.
            call history_list(()) -> $crate::history::History;
            /// Plans the undo of one change.
            call history_undo(String) -> $crate::plan::Plan;

            /// Changes settings.
            call settings_change($crate::settings::ChangeSettings) -> $crate::app::Overview;
            /// Asks the Go with this id from now on; none follows the terminal again.
            call toolchain_use(Option<String>) -> $crate::app::Overview;
            /// Lets the user pick a go command; none when the dialog was closed.
            desktop toolchain_browse(()) -> Option<$crate::app::Overview>;

            /// Opens one of the places the program knows.
            desktop desktop_open($crate::commands::DesktopPlace) -> ();
            /// Whether this desktop shows tray icons at the moment.
            desktop tray_look(()) -> bool;
            /// Shows the tray icon with this menu, or takes it away. Where no desktop shows it, it waits for one that does.
            desktop tray_show(Option<$crate::commands::TrayMenu>) -> ();
            /// Tells what is chosen in the tray, until it is cancelled. Nothing is done by the choice itself.
            desktop tray_watch(() => $crate::commands::TrayEvent) -> ();
            /// Stops a running job; an unknown id is no error.
            call job_cancel($crate::jobs::JobId) -> ();
        }
    };
}

/// What the window may ask the desktop to open. Names, never paths or addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "desktop.ts"))]
#[serde(rename_all = "snake_case")]
pub enum DesktopPlace {
    /// The folder of the settings.
    ConfigFolder,
    /// The folder of history, backups and logs.
    StateFolder,
    /// The folder of the GOENV file.
    EnvFolder,
    /// The report of the last crash.
    CrashReport,
    /// Go's own words on its environment variables.
    GoEnvironmentDocs,
    /// Go's own words on module proxies, checksum databases and private modules.
    GoModuleDocs,
    /// Where to get Go.
    GoDownload,
    /// The same for people who cannot reach it.
    GoDownloadChina,
}

impl DesktopPlace {
    /// The page on the web it stands for; none for places on this machine.
    pub const fn url(self) -> Option<&'static str> {
        match self {
            Self::GoEnvironmentDocs => Some("https://pkg.go.dev/cmd/go#hdr-Environment_variables"),
            Self::GoModuleDocs => Some("https://go.dev/ref/mod#environment-variables"),
            Self::GoDownload => Some("https://go.dev/dl/"),
            Self::GoDownloadChina => Some("https://golang.google.cn/dl/"),
            Self::ConfigFolder | Self::StateFolder | Self::EnvFolder | Self::CrashReport => None,
        }
    }
}

#[cfg(all(test, feature = "bindings"))]
mod bindings {
    /// Turns the table into the TypeScript map `Commands`: name to arguments, reply and events.
    macro_rules! definitions {
        ($( $(#[$doc:meta])* $kind:ident $name:ident($($signature:tt)*) -> $reply:ty; )*) => {
            #[derive(ts_rs::TS)]
            #[ts(export, export_to = "commands.ts")]
            #[expect(dead_code, reason = "only its shape matters")]
            struct Commands { $( $(#[$doc])* $name: entry!($($signature)* ; $reply), )* }
        };
    }

    macro_rules! entry {
        ($args:ty ; $reply:ty) => {
            ($args, $reply)
        };
        ($args:ty => $event:ty ; $reply:ty) => {
            ($args, $reply, $event)
        };
    }

    with_commands!(definitions);

    /// The failure of every command, exported beside them because no signature names it.
    #[derive(ts_rs::TS)]
    #[ts(export, export_to = "commands.ts")]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Failures {
        failure: crate::error::Failure,
    }
}
