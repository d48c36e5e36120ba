//! A fault of this program is an answer too: one refusal with a code and a report, not a stack of addresses.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
};

use gopherdesk_core::{crash, host::Host, secret};

use crate::refusal::{Own, Refusal};

thread_local! {
    /// What the last panic of this thread comes to; the panic itself does not know its place.
    static LAST: RefCell<Option<Own>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic in it becomes the refusal `internal`, and is reported.
pub(crate) fn guard<T>(
    host: &Host,
    work: impl FnOnce() -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let host = host.clone();
    set_hook(Box::new(move |panic| {
        let said = panic.to_string();
        let report = crash::report(&host, "gdesk", &said)
            .ok()
            .map(|()| host.short(&host.folders.crash_report()));
        let reason = secret::mask_text(&said);
        LAST.with(|last| last.replace(Some(Own::Internal { reason, report })));
    }));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let (reason, report) = (String::new(), None);
        Err(Refusal::Own(
            LAST.take().unwrap_or(Own::Internal { reason, report }),
        ))
    })
}

#[cfg(test)]
mod tests {
    use gopherdesk_core::host::Host;

    use super::guard;
    use crate::refusal::{Own, Refusal};

    #[test]
    fn a_panic_is_a_refusal_that_says_where_and_hides_secrets() {
        let folder = tempfile::tempdir().expect("a folder");
        let host = Host::current(Some(folder.path()));
        let refused = guard::<()>(&host, || {
            panic!("cannot use https://me:hunter2@proxy.example")
        });
        let Err(Refusal::Own(Own::Internal { reason, report })) = refused else {
            panic!("a panic is a refusal: {refused:?}");
        };
        assert!(reason.contains("crash.rs"), "the place is named: {reason}");
        assert!(!reason.contains("hunter2"), "and no credential: {reason}");
        assert!(report.is_some(), "and there is a report");
        let report = std::fs::read_to_string(host.folders.crash_report()).expect("a report");
        assert!(report.contains("crash.rs"), "with the place: {report}");
        assert!(!report.contains("hunter2"), "and no credential: {report}");
    }
}
