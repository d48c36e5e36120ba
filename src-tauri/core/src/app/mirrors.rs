//! Mirrors: the use cases.

mod choose;
mod test;

use super::App;
use crate::{
    error::Error,
    mirror::{Mirrors, test::Target},
};

impl App {
    /// Every mirror: the shipped ones and the user's own.
    ///
    /// # Errors
    /// None today: what cannot be read is a state of the answer.
    pub async fn mirror_list(&self, (): ()) -> Result<Mirrors, Error> {
        Ok(Mirrors::default())
    }

    /// The ids of mirrors that somebody named on a terminal: by id, name or address.
    ///
    /// # Errors
    /// One is unknown.
    pub async fn mirror_named(&self, texts: Vec<String>) -> Result<Vec<String>, Error> {
        Ok(texts)
    }

    /// The mirrors with these ids, raw; none of them means all that are not dead.
    ///
    /// # Errors
    /// One is unknown.
    pub(super) async fn mirror_targets(&self, _ids: &[String]) -> Result<Vec<Target>, Error> {
        Ok(Vec::new())
    }
}
