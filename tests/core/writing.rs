//! Files are replaced as a whole, and what cannot be read is never overwritten.

#![expect(
    clippy::expect_used,
    reason = "what a test builds on is there, or the test fails"
)]

mod history;
#[cfg(unix)]
mod shapes;
mod store;
