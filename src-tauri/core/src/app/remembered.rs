//! What was answered with an id, until somebody comes back with it.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The last few values, by id.
#[derive(Debug)]
pub(super) struct Remembered<T> {
    most: usize,
    /// The oldest first.
    held: Mutex<Vec<(String, T)>>,
}

impl<T: Clone> Remembered<T> {
    /// Holds so many, and forgets the oldest for another one.
    pub(super) const fn new(most: usize) -> Self {
        Self {
            most,
            held: Mutex::new(Vec::new()),
        }
    }

    pub(super) fn keep(&self, id: String, value: T) {
        let mut held = self.held();
        if held.len() == self.most {
            held.remove(0);
        }
        held.push((id, value));
    }

    pub(super) fn get(&self, id: &str) -> Option<T> {
        let held = self.held();
        let found = held.iter().find(|(known, _)| known == id)?;
        Some(found.1.clone())
    }

    /// The id of the value for which this is true.
    pub(super) fn id_of(&self, is_it: impl Fn(&T) -> bool) -> Option<String> {
        let held = self.held();
        let found = held.iter().find(|(_, value)| is_it(value))?;
        Some(found.0.clone())
    }

    pub(super) fn forget(&self, id: &str) {
        self.held().retain(|(known, _)| known != id);
    }

    fn held(&self) -> MutexGuard<'_, Vec<(String, T)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
