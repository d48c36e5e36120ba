//! Who may be reading the caches.

use crate::{
    app::App,
    cache::{RunningGo, running},
    error::Error,
};

impl App {
    /// Programs of Go that run now, without those that this program started itself.
    pub(super) async fn running_go(&self) -> Result<Vec<RunningGo>, Error> {
        let host = self.host.clone();
        self.off_thread(move || Ok(running::running(&host))).await
    }
}
