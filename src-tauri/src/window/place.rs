//! Where the window was, made fit for the screens there are now.
//!
//! A saved place may come from a screen that is gone, or be nonsense: Windows reports -32000 for a minimised window.

use serde::{Deserialize, Serialize};

/// The smallest window, as in `tauri.conf.json`, in pixels of a screen without scaling.
const SMALLEST: (f64, f64) = (720.0, 520.0);

/// Size and corner of the window, in pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: u32,
    pub(super) height: u32,
    #[serde(default)]
    pub(super) maximized: bool,
}

/// What of one screen can hold windows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) scale: f64,
}

/// The saved place; none when it is damaged.
pub(super) fn read(saved: &[u8]) -> Option<Place> {
    serde_json::from_slice(saved).ok()
}

/// The saved place moved and cut so that all of it is seen; none when no screen shows any of it.
pub(super) fn visible(saved: &[u8], screens: &[Screen]) -> Option<Place> {
    let place = read(saved)?;
    let screen = screens
        .iter()
        .max_by_key(|screen| shown(&place, screen))
        .filter(|screen| shown(&place, screen) > 0)?;
    let least = |size: f64| (size * screen.scale).round() as u32;
    let width = fit(place.width, least(SMALLEST.0), screen.width);
    let height = fit(place.height, least(SMALLEST.1), screen.height);
    Some(Place {
        x: inside(place.x, width, screen.x, screen.width),
        y: inside(place.y, height, screen.y, screen.height),
        width,
        height,
        ..place
    })
}

/// Pixels of the window on the screen.
fn shown(place: &Place, screen: &Screen) -> u64 {
    overlap(place.x, place.width, screen.x, screen.width)
        * overlap(place.y, place.height, screen.y, screen.height)
}

fn overlap(start: i32, length: u32, from: i32, room: u32) -> u64 {
    let end = (i64::from(start) + i64::from(length)).min(i64::from(from) + i64::from(room));
    let start = i64::from(start.max(from));
    u64::try_from(end - start).unwrap_or(0)
}

/// A screen smaller than the smallest window gets the smallest window: its corner is seen, and it can be moved.
fn fit(length: u32, least: u32, room: u32) -> u32 {
    length.min(room).max(least)
}

fn inside(start: i32, length: u32, from: i32, room: u32) -> i32 {
    let last = from.saturating_add_unsigned(room.saturating_sub(length));
    start.clamp(from, last.max(from))
}

#[cfg(test)]
mod tests;
