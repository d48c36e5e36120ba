//! What Gopherdesk knows and does, without a window.

pub mod app;
pub mod commands;
pub mod environment;
pub mod error;
pub mod history;
pub mod host;
pub mod jobs;
pub mod plan;
pub mod progress;
pub mod secret;
pub mod settings;
pub mod shadow;
pub mod store;
pub mod toolchain;
mod wire;
