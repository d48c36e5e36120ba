//! Files are replaced as a whole, and what cannot be read is never overwritten.

mod history;
#[cfg(unix)]
mod shapes;
mod store;
