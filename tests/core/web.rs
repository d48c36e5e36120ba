//! The HTTP client against servers that mean no good.

mod bodies;
mod credentials;
mod floods;
mod frames;
mod ground;
mod inside;
mod many;
mod paper;
mod portals;
mod proxies;
mod rebinding;
mod redirects;
mod secrets;
mod slow;
mod socks;
mod statuses;
mod tls;
mod weak;
