//! Journeys through the core, without a window.

mod writing;
