//! What has to go so that Go makes a damaged version anew (go-semantics 5.5).

use super::{Choice, Chooser, Pick};
use crate::cache::{CacheError, Damage, VersionState};

/// Pieces of a version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pieces {
    /// The extracted tree.
    pub tree: bool,
    /// The zip.
    pub zip: bool,
    /// What is recorded of it.
    pub hash: bool,
    /// The `.mod`.
    pub manifest: bool,
}

impl Pieces {
    /// What Go makes again out of the rest.
    pub const TREE: Self = Self {
        tree: true,
        zip: false,
        hash: false,
        manifest: false,
    };

    /// All but what the module graph needs.
    pub const WHOLE: Self = Self {
        tree: true,
        zip: true,
        hash: true,
        manifest: false,
    };

    /// The least that mends these faults. `has_tree`: there is one that Go would use.
    ///
    /// A tree that is as recorded stays: Go builds with it, without the zip (go-semantics 5.5, "zip only").
    pub fn of(faults: &[Damage], has_tree: bool) -> Self {
        let has = |wanted: fn(&Damage) -> bool| faults.iter().any(wanted);
        let sum = has(|fault| matches!(fault, Damage::Sum { .. }));
        let hash = has(|fault| matches!(fault, Damage::Hash {}));
        let tree = has(|fault| matches!(fault, Damage::Tree {}));
        let zip = has(|fault| matches!(fault, Damage::Zip {} | Damage::ZipUnreadable {}));
        let keeps_tree = has_tree && !tree && !hash && !sum;
        Self {
            tree: tree || hash || sum,
            zip: zip || sum,
            hash: hash || sum || (zip && !keeps_tree),
            manifest: has(|fault| matches!(fault, Damage::Manifest { .. })),
        }
    }
}

impl Chooser<'_> {
    /// The repair of versions, each by the id of its row and its faults. What cannot be read is left alone: nobody knows
    /// what is wrong with it.
    ///
    /// # Errors
    /// A version has no such name.
    pub fn repairs(&self, damaged: &[(String, Vec<Damage>)]) -> Result<Choice, CacheError> {
        let mut choice = Choice::default();
        for (id, faults) in damaged {
            let rows = &self.scanned.inventory.versions;
            let number = rows.iter().position(|row| row.id == *id);
            let unknown = || CacheError::UnknownVersion {
                version: id.clone(),
            };
            let number = number.ok_or_else(unknown)?;
            let row = self.row(number).ok_or_else(unknown)?;
            let has_tree = row.tree.is_some() && row.state != VersionState::Interrupted;
            let pieces = Pieces::of(faults, has_tree);
            if pieces != Pieces::default() {
                let pick = Pick::Repair {
                    row: number,
                    pieces,
                };
                self.add(pick, &[], &mut choice);
            }
            let unreadable = faults.iter().find_map(|fault| match fault {
                Damage::Unreadable { reason } => Some(reason),
                _ => None,
            });
            if let Some(reason) = unreadable {
                let path = format!("{}@{}", row.module, row.version);
                let reason = reason.clone();
                let kept = CacheError::CacheSystem {
                    path: path.clone(),
                    reason,
                };
                choice.kept.push((path, kept));
            }
        }
        Ok(choice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_goes_than_has_to() {
        let project = || "~/app".to_owned();
        for (faults, has_tree, goes) in [
            (vec![Damage::Tree {}], true, "tree"),
            (vec![Damage::Zip {}], true, "zip"),
            (vec![Damage::ZipUnreadable {}], true, "zip"),
            (vec![Damage::ZipUnreadable {}], false, "zip hash"),
            (vec![Damage::Zip {}, Damage::Tree {}], true, "tree zip hash"),
            (vec![Damage::Hash {}], true, "tree hash"),
            (
                vec![Damage::ZipUnreadable {}, Damage::Hash {}],
                true,
                "tree zip hash",
            ),
            (
                vec![Damage::Sum { project: project() }],
                true,
                "tree zip hash",
            ),
            (
                vec![Damage::Manifest { project: project() }],
                true,
                "manifest",
            ),
            (vec![Damage::Unreadable { reason: project() }], true, ""),
        ] {
            let pieces = Pieces::of(&faults, has_tree);
            let named = [
                (pieces.tree, "tree"),
                (pieces.zip, "zip"),
                (pieces.hash, "hash"),
                (pieces.manifest, "manifest"),
            ];
            let named: Vec<_> = named
                .iter()
                .filter(|(goes, _)| *goes)
                .map(|(_, name)| *name)
                .collect();
            assert_eq!(named.join(" "), goes, "{faults:?}, a tree: {has_tree}");
        }
    }
}
