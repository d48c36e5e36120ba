//! How an operation tells what happens while it runs.

/// Receives what happens while an operation runs; any closure will do.
pub trait Observer<E>: Send + Sync {
    /// Takes one event. Called often and on the operation's own thread, so it must not block.
    fn notify(&self, event: E);
}

impl<E, F: Fn(E) + Send + Sync> Observer<E> for F {
    fn notify(&self, event: E) {
        self(event);
    }
}
