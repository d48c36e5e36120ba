//! Who needs what of the caches, who reads them, and what in them is damaged.

mod relocating;
mod running;
mod usage;
mod verifying;
