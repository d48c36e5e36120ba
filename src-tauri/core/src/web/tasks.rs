use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use hyper::rt::Executor;
use tokio::task::JoinSet;

/// What runs beside requests for as long as connections live, and ends with the client: a server that does not let go
/// must not keep a task or a socket alive.
#[derive(Clone, Default)]
pub(super) struct Tasks(Arc<Mutex<JoinSet<()>>>);

impl Tasks {
    /// Ends everything, without asking the other side.
    pub(super) fn end(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .abort_all();
    }
}

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Tasks {
    fn execute(&self, task: F) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // those that ended would be kept otherwise
        while running.try_join_next().is_some() {}
        running.spawn(task);
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn what_holds_on_to_its_own_kind_ends_too() {
        let tasks = Tasks::default();
        let (alive, ended) = oneshot::channel::<()>();
        let held = tasks.clone();
        tasks.execute(async move {
            let _held = (held, alive);
            pending::<()>().await;
        });
        tasks.end();
        assert!(ended.await.is_err(), "it was dropped with what it held");
    }
}
