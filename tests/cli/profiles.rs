//! `profile`: switched as a whole, verified, kept, shared.

mod contract;
#[cfg(unix)]
mod fetching;
mod journeys;
mod kept;
#[cfg(unix)]
mod shadowed;
#[cfg(unix)]
mod typing;

/// What the domestic profile makes of GOPROXY with a Go of today.
const DOMESTIC: &str = "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct";
