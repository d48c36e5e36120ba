//! A fault of this program is an answer too: one refusal with a code, not a stack of addresses.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
};

use gopherdesk_core::secret;

use crate::refusal::{Own, Refusal};

thread_local! {
    /// What the last panic of this thread said, and where; the panic itself does not know the place.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic in it becomes the refusal `internal`.
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    set_hook(Box::new(|panic| {
        let said = secret::mask_text(&panic.to_string());
        SAID.with(|last| last.replace(Some(said)));
    }));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let reason = SAID.take().unwrap_or_default();
        Err(Refusal::Own(Own::Internal { reason }))
    })
}

#[cfg(test)]
mod tests {
    use super::guard;
    use crate::refusal::{Own, Refusal};

    #[test]
    fn a_panic_is_a_refusal_that_says_where_and_hides_secrets() {
        let refused = guard::<()>(|| panic!("cannot use https://me:secret@proxy.example"));
        let Err(Refusal::Own(Own::Internal { reason })) = refused else {
            panic!("a panic is a refusal: {refused:?}");
        };
        assert!(reason.contains("crash.rs"), "the place is named: {reason}");
        assert!(!reason.contains("secret"), "and no credential: {reason}");
    }
}
