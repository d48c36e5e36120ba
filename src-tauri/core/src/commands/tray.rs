//! What the page hands to the tray, and what comes back. The page knows the language, so the words are its own.

use serde::{Deserialize, Serialize};

/// What the menu of the tray says. Its order, and that there is a way back to the window and one out, is the shell's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "desktop.ts"))]
pub struct TrayMenu {
    /// How things are, in one sentence; it cannot be chosen.
    pub verdict: String,
    /// Profiles that can be chosen.
    pub profiles: Vec<TrayProfile>,
    /// What leads to the profiles that are not in the menu; none when all are.
    pub more: Option<String>,
    /// What returns to the profile before; none when there is none.
    pub previous: Option<String>,
    /// What brings the window.
    pub open: String,
    /// What ends the program.
    pub quit: String,
}

/// One profile in the menu of the tray.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "desktop.ts"))]
pub struct TrayProfile {
    /// The profile.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Go uses its values.
    pub active: bool,
}

/// What was chosen in the tray. The window is before the user by then, and only its page goes on: with a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "desktop.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum TrayEvent {
    /// A profile.
    UseProfile {
        /// Which.
        id: String,
    },
    /// To return to the profile before.
    ReturnToPrevious {},
    /// To see all profiles.
    ShowProfiles {},
}
