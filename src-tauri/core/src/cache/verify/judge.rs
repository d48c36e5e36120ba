//! What is wrong with a version, by its pieces.

use super::{
    pieces::{Piece, Pieces},
    sums::Known,
};
use crate::{cache::Damage, checksum::is_hash};

/// The faults of a version; none when Go would build with what it should, or make it anew by itself.
pub(super) fn judge(pieces: &Pieces, known: &Known<'_>) -> Vec<Damage> {
    let mut faults = Vec::new();
    let failures = [&pieces.zip, &pieces.tree]
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Unreadable(reason) => Some(reason),
            Piece::Absent | Piece::Broken | Piece::Hash(_) => None,
        });
    if let Some(reason) = pieces.failure.iter().chain(failures).next() {
        faults.push(Damage::Unreadable {
            reason: reason.clone(),
        });
    }
    if pieces.zip == Piece::Broken {
        faults.push(Damage::ZipUnreadable {});
    }
    let truth = truth(pieces, known, &mut faults);
    let tree_differs = match (&pieces.tree, truth) {
        (Piece::Hash(tree), Some(truth)) => tree != truth,
        (piece, _) => *piece == Piece::Broken,
    };
    if tree_differs {
        faults.push(Damage::Tree {});
    }
    if let Some(project) = truth.and_then(|truth| known.against(truth)) {
        faults.push(Damage::Sum {
            project: project.to_owned(),
        });
    }
    let manifest = pieces.manifest.as_deref();
    if let Some(project) = manifest.and_then(|hash| known.against_manifest(hash)) {
        faults.push(Damage::Manifest {
            project: project.to_owned(),
        });
    }
    faults
}

/// The hash that the version should have; adds what of zip and record contradicts it.
fn truth<'a>(pieces: &'a Pieces, known: &Known<'_>, faults: &mut Vec<Damage>) -> Option<&'a str> {
    let recorded = pieces.recorded.as_deref();
    let is_recorded = recorded.is_some_and(is_hash);
    let (zip, tree) = (pieces.zip.hash(), pieces.tree.hash());
    let has_tree = pieces.tree != Piece::Absent;
    match (recorded.filter(|_| is_recorded), zip) {
        (Some(recorded), Some(zip)) if recorded != zip => {
            // two against one
            let zip_is_right = tree == Some(zip) || known.has(zip);
            if zip_is_right && !known.has(recorded) {
                faults.push(Damage::Hash {});
                return Some(zip);
            }
            faults.push(Damage::Zip {});
            Some(recorded)
        }
        (Some(recorded), _) => Some(recorded),
        (None, Some(zip)) => {
            // with the zip alone go hashes it, and extracts it; a tree that is there is taken as it is
            if has_tree || recorded.is_some() {
                faults.push(Damage::Hash {});
            }
            Some(zip)
        }
        (None, None) => {
            match tree {
                // go downloads the zip, and keeps this tree: so it has to be what projects know
                Some(tree) if known.has(tree) => {}
                Some(_) if known.is_known() => faults.push(Damage::Tree {}),
                Some(_) => faults.push(Damage::Hash {}),
                None => {}
            }
            None
        }
    }
}
