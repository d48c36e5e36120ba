//! What a speed test asks for: old, small, well-known modules, which no mirror has to fetch first.

use serde::Deserialize;

use crate::module::Module;

/// Modules to ask a mirror for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ProbeSet {
    /// For small requests, in turn; at least one.
    pub small: Vec<Module>,
    /// To download.
    pub zip: Known,
    /// To look up in the checksum database.
    pub lookup: Known,
    /// The path of a module that has a new version every week; none is not asked.
    pub moving: Option<String>,
    /// What nobody has, and nobody can bring into being: below `.invalid` no name is ever registered, and every resolver
    /// says so at once (RFC 6761, section 6.4), so that a mirror does not look for it long.
    pub missing: Module,
}

/// A module whose content is known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Known {
    /// Which.
    pub module: Module,
    /// Its zip's `h1:` hash; none for a module that only its owner knows.
    pub hash: Option<String>,
    /// Its zip's size, in bytes; mirrors pack it a little differently.
    pub bytes: Option<u64>,
}

impl ProbeSet {
    /// The shipped one (`probes.json`); its hashes are what the real go computed, verified by the checksum database.
    pub fn standard() -> Self {
        serde_json::from_str(include_str!("probes.json"))
            .unwrap_or_else(|_| Self::of(Module::small()))
    }

    /// For a mirror with a module of its own, such as a company's: everything is asked of that one.
    pub fn of(module: Module) -> Self {
        let known = Known {
            module: module.clone(),
            hash: None,
            bytes: None,
        };
        Self {
            missing: module.missing(),
            small: vec![module],
            zip: known.clone(),
            lookup: known,
            moving: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_set_is_complete() {
        let set: ProbeSet =
            serde_json::from_str(include_str!("probes.json")).expect("our own data");
        assert_eq!(set, ProbeSet::standard(), "what is used is what is shipped");
        assert!(
            set.small.len() >= 5,
            "one answer kept in memory must not speak for all"
        );
        for known in [&set.zip, &set.lookup] {
            let hash = known.hash.as_deref().unwrap_or_default();
            assert!(
                hash.starts_with("h1:") && hash.len() == 47,
                "{hash} is a hash"
            );
        }
        let bytes = set.zip.bytes.unwrap_or_default();
        assert!(
            (1 << 20..3 << 20).contains(&bytes),
            "large enough to measure, small enough to be polite"
        );
        assert!(
            set.missing.path().contains(".invalid/"),
            "{} cannot come into being",
            set.missing
        );
    }
}
