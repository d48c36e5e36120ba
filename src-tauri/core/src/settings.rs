//! What the user chose.

use serde::{Deserialize, Serialize};

use crate::{host::Host, store::Store};

/// The settings of this user, in `settings.json`.
pub fn open(host: &Host) -> Store<Settings> {
    Store::open(host, "settings.json", LIMIT)
}

/// What the file may hold, in bytes.
const LIMIT: u64 = 1 << 20;

/// The user's choices. All of them cross to the window, so none is left out for being the default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "settings.ts"))]
#[serde(default)]
pub struct Settings {
    /// The language of both programs.
    pub language: Language,
    /// The look of the window.
    pub theme: Theme,
    /// The go command to ask; none follows the terminal.
    pub go: Option<String>,
    /// The icon among those of the desktop.
    pub tray: Tray,
}

/// The language of both programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "settings.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// As the system.
    #[default]
    System,
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

/// The look of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "settings.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast, light or dark as the system.
    Contrast,
}

/// The window's icon in the tray: one choice and not two switches, because nothing can keep running in a tray that is off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "settings.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Tray {
    /// None; many desktops show none anyway.
    #[default]
    Off,
    /// An icon with the profiles, as long as the window is open.
    Icon,
    /// The same, and closing the window leaves the icon.
    KeepRunning,
}

/// A change of the settings: what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "settings.ts", optional_fields)
)]
#[serde(default)]
pub struct ChangeSettings {
    /// The language of both programs.
    pub language: Option<Language>,
    /// The look of the window.
    pub theme: Option<Theme>,
    /// The icon among those of the desktop.
    pub tray: Option<Tray>,
}
