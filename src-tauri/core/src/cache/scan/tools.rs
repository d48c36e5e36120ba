//! Caches of gopls, staticcheck and golangci-lint.

use super::{Counted, meter::Meter, spread, walk::Walk};
use crate::cache::{Part, Place, layout::ASIDE};

/// Counts all of one.
pub(super) fn count(place: &Place, walk: &Walk<'_>, meter: &Meter<'_>) -> Counted {
    let mut folders = Vec::new();
    for (path, metadata) in walk.entries(&place.path) {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        if name.starts_with(ASIDE.as_bytes()) {
            continue;
        }
        match metadata.is_dir() {
            true => folders.push(path),
            false => meter.add(Part::Tool, walk.own(&metadata), 1),
        }
    }
    spread(folders, walk.cancel(), |folder| {
        let size = walk.folder(&folder);
        let count = u32::try_from(size.files).unwrap_or(u32::MAX);
        meter.add(Part::Tool, size, count);
    });
    Counted::default()
}
