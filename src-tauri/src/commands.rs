//! The table of the core, turned into Tauri commands. The words `call`, `stream` and `desktop` are explained there.

use std::{any::Any, panic::AssertUnwindSafe};

use futures_util::FutureExt;
use gopherdesk_core::{
    app::App,
    error::{Failure, InternalError},
    jobs::JobId,
    secret,
};
use tauri::{
    AppHandle, Manager, Runtime, State,
    ipc::{Channel, Invoke},
};

use crate::desktop;

macro_rules! commands {
    ($( $(#[$doc:meta])* $kind:ident $name:ident($($signature:tt)*) -> $reply:ty; )*) => {
        $( command! { $kind $(#[$doc])* $name($($signature)*) -> $reply } )*

        /// Answers every command of the table.
        pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$( $name ),*]
        }
    };
}

macro_rules! command {
    (call $(#[$doc:meta])* $name:ident($args:ty) -> $reply:ty) => {
        $(#[$doc])*
        #[tauri::command]
        async fn $name(app: State<'_, App>, args: $args) -> Result<$reply, Failure> {
            caught(async { Ok(app.$name(args).await?) }).await
        }
    };
    (stream $(#[$doc:meta])* $name:ident($args:ty => $event:ty) -> $reply:ty) => {
        $(#[$doc])*
        #[tauri::command]
        async fn $name(
            app: State<'_, App>,
            job: JobId,
            args: $args,
            events: Channel<$event>,
        ) -> Result<$reply, Failure> {
            let job = app.jobs.start(job);
            // a closed window is no reason to fail the work it asked for
            let observer = move |event| drop(events.send(event));
            caught(async { Ok(app.$name(args, &job, &observer).await?) }).await
        }
    };
    (desktop $(#[$doc:meta])* $name:ident($args:ty) -> $reply:ty) => {
        $(#[$doc])*
        #[tauri::command]
        async fn $name<R: Runtime>(desk: AppHandle<R>, args: $args) -> Result<$reply, Failure> {
            caught(desktop::$name(&desk, args)).await
        }
    };
    (desktop $(#[$doc:meta])* $name:ident($args:ty => $event:ty) -> $reply:ty) => {
        $(#[$doc])*
        #[tauri::command]
        async fn $name<R: Runtime>(
            desk: AppHandle<R>,
            job: JobId,
            args: $args,
            events: Channel<$event>,
        ) -> Result<$reply, Failure> {
            let job = desk.state::<App>().jobs.start(job);
            let observer = move |event| drop(events.send(event));
            caught(desktop::$name(&desk, args, &job, &observer)).await
        }
    };
}

gopherdesk_core::with_commands!(commands);

/// A panic ends one command; the window lives on and shows it like any other failure.
async fn caught<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    // boxed, because one answer carries everything the window shows
    match Box::pin(AssertUnwindSafe(work).catch_unwind()).await {
        Ok(answer) => answer,
        Err(panic) => Err(InternalError::Internal {
            reason: secret::mask_text(words(&*panic)),
        }
        .into()),
    }
}

/// What a panic said.
pub(crate) fn words(panic: &(dyn Any + Send)) -> &str {
    let owned = || panic.downcast_ref::<String>().map(String::as_str);
    let fixed = || panic.downcast_ref::<&str>().copied();
    owned().or_else(fixed).unwrap_or("a panic without words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_one_failed_command() {
        let work = async { panic!("lost https://me:secret@proxy.example") };
        let failure = tauri::async_runtime::block_on(caught::<()>(work)).unwrap_err();
        assert_eq!(
            serde_json::to_value(&failure).unwrap(),
            serde_json::json!({
                "code": "internal",
                "params": { "reason": "lost https://***@proxy.example" },
                "message": "internal error: lost https://***@proxy.example",
            }),
            "the window can show it, without the secret"
        );
    }
}
