//! Who needs what of the caches, who reads them, and what in them is damaged.

mod running;
mod usage;
mod verifying;
