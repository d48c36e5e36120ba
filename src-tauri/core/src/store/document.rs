//! The JSON of a store: a version, what we know, and what we do not.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::unique;

/// The version that this program writes.
const VERSION: u64 = 1;

/// A JSON object with a version.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Document(Map<String, Value>);

impl Default for Document {
    fn default() -> Self {
        Self(Map::from_iter([("version".to_owned(), VERSION.into())]))
    }
}

impl Document {
    /// Reads one; a byte order mark, as Windows editors write it, is no damage.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let document = match unique::parse(bytes).map_err(|reason| reason.to_string())? {
            Value::Object(keys) => Self(keys),
            _ => return Err("no object".to_owned()),
        };
        match document.version() {
            Some(VERSION..) => Ok(document),
            _ => Err("no version".to_owned()),
        }
    }

    pub(super) fn is_newer(&self) -> bool {
        self.version() > Some(VERSION)
    }

    pub(super) fn check<T: DeserializeOwned>(&self) -> Result<(), String> {
        T::deserialize(&self.0)
            .map(drop)
            .map_err(|reason| reason.to_string())
    }

    /// As far as it can be understood; a newer version may still hold what we know.
    pub(super) fn value<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.0).ok()
    }

    /// The same document holding `value`: only what differs from the default, beside the keys that `T` does not know.
    pub(super) fn with<T: Default + Serialize>(mut self, value: &T) -> Self {
        let defaults = keys(&T::default());
        for (key, value) in keys(value) {
            if defaults.get(&key) == Some(&value) {
                self.0.remove(&key);
            } else {
                self.0.insert(key, value);
            }
        }
        self.0.insert("version".to_owned(), VERSION.into());
        self
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // a map of JSON values always has a text
        let mut bytes = serde_json::to_vec_pretty(&self.0).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    fn version(&self) -> Option<u64> {
        self.0.get("version").and_then(Value::as_u64)
    }
}

/// Every key of a value that is an object; a field that is left out when it has its default would not be reset.
fn keys<T: Serialize>(value: &T) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(keys)) => keys,
        _ => Map::new(),
    }
}
