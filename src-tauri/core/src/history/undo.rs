//! stub

use super::{HistoryError, journal::Journal};
use crate::{error::Error, host::Host, plan::Draft};

/// stub
pub fn draft(_: &Host, _: &Journal, id: &str) -> Result<Draft, Error> {
    Err(HistoryError::UnknownEntry { id: id.to_owned() }.into())
}
