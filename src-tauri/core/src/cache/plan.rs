//! What would be deleted, entry by entry, and by what it is known again when it comes to that.

mod whole;

use std::{
    collections::BTreeSet,
    fs::Metadata,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    CacheError, CacheKind, CachePlan, Cost, Kept, Part, Place, PlanItem, RunningGo, Size,
    VersionState,
    builds::{self, Built},
    choose::{Choice, Chooser, Pick, Pieces, TOOLCHAIN, holds_zip},
    remove::Version,
};
use crate::{
    host::{Host, fingerprint},
    module::escape,
};

/// A plan, and how it is carried out.
#[derive(Debug, Clone)]
pub struct Draft {
    /// As it is shown.
    pub plan: CachePlan,
    /// What is done, in this order.
    pub acts: Vec<Act>,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Act {
    /// In which cache.
    pub place: Place,
    /// Which folder that was.
    pub root: Seal,
    /// What.
    pub deed: Deed,
    /// As it is shown.
    pub name: String,
    /// What it frees, as far as is known.
    pub size: Size,
}

/// What is done to a cache.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Pieces of a version go.
    Version {
        /// Which, as the file system has it.
        version: Version,
        /// It is one of Go's own versions.
        toolchain: bool,
    },
    /// A repository goes.
    Clone {
        /// Where in the cache it lies.
        path: PathBuf,
    },
    /// A leftover goes.
    Leftover {
        /// Where in the cache it lies.
        path: PathBuf,
    },
    /// Files of a build cache go.
    Built {
        /// Which.
        part: Part,
        /// Where in the cache they lie.
        files: Vec<Built>,
        /// When that was: what was used since stays.
        shown: Timestamp,
    },
    /// The inputs of fuzzing go.
    Fuzz,
    /// The cache leaves its place as a whole, but for the corpus of fuzzing, and can come back until it is deleted.
    Whole {
        /// The names at its top, as they were shown.
        names: BTreeSet<PathBuf>,
    },
}

/// By what a file or folder is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seal {
    device: u64,
    number: u64,
}

/// What a plan says besides what goes.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Programs that may be reading what goes.
    pub running: Vec<RunningGo>,
    /// GOPROXY is `off`.
    pub offline: bool,
    /// When a test last found the mirrors in effect sound, RFC 3339.
    pub chain_seen: Option<String>,
}

impl Act {
    /// Of what part.
    pub const fn part(&self) -> Part {
        match &self.deed {
            Deed::Version {
                toolchain: true, ..
            } => Part::Toolchains,
            Deed::Version { version, .. } if version.tree => Part::Trees,
            Deed::Version { .. } => Part::Downloads,
            Deed::Clone { .. } => Part::Clones,
            Deed::Leftover { .. } => Part::Leftovers,
            Deed::Built { part, .. } => *part,
            Deed::Fuzz => Part::Fuzz,
            Deed::Whole { .. } => match self.place.kind {
                CacheKind::Modules => Part::Downloads,
                CacheKind::Build => Part::Results,
                _ => Part::Tool,
            },
        }
    }

    /// Where it lies.
    pub fn path(&self) -> PathBuf {
        let root = &self.place.path;
        match &self.deed {
            Deed::Version { version, .. } if version.tree => {
                root.join(format!("{}@{}", version.module, version.version))
            }
            Deed::Version { version, .. } => root.join(format!(
                "cache/download/{}/@v/{}.zip",
                version.module, version.version
            )),
            Deed::Clone { path } | Deed::Leftover { path } => root.join(path),
            Deed::Fuzz => root.join("fuzz"),
            Deed::Built { .. } | Deed::Whole { .. } => root.clone(),
        }
    }
}

impl Seal {
    /// Of a file or folder with this number on this device.
    #[cfg(unix)]
    pub(super) const fn new(device: u64, number: u64) -> Self {
        Self { device, number }
    }

    /// Of what lies there, links not followed; none when nothing does.
    pub fn of(path: &Path) -> Option<Self> {
        path.symlink_metadata().ok().as_ref().and_then(Self::from)
    }

    #[cfg(unix)]
    fn from(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self {
            device: metadata.dev(),
            number: metadata.ino(),
        })
    }

    /// The other systems delete nothing yet, so nothing has to be known again.
    #[cfg(not(unix))]
    fn from(_: &Metadata) -> Option<Self> {
        None
    }
}

/// Makes the plan of what was chosen. Looks at each entry, so that it is known again.
///
/// # Errors
/// A cache is not where it was.
pub fn plan(
    host: &Host,
    chooser: &Chooser<'_>,
    choice: &Choice,
    surroundings: Surroundings,
) -> Result<Draft, CacheError> {
    let mut drafting = Drafting {
        host,
        chooser,
        acts: Vec::new(),
        items: Vec::new(),
    };
    let mut cost = Cost::default();
    for pick in &choice.picks {
        if drafting.take(pick)? {
            cost += chooser.cost(pick);
        }
    }
    let Drafting {
        mut items, acts, ..
    } = drafting;
    items.sort_by(|one, other| {
        let key = |item: &PlanItem| (std::cmp::Reverse(item.size.bytes), item.name.clone());
        key(one).cmp(&key(other))
    });
    let kept = choice.kept.iter().map(|(path, reason)| Kept {
        path: path.clone(),
        reason: reason.clone(),
    });
    let mut plan = CachePlan {
        id: String::new(),
        size: items.iter().map(|item| item.size).sum(),
        items,
        cost,
        undoable: acts
            .iter()
            .any(|act| matches!(act.deed, Deed::Whole { .. })),
        running: surroundings.running,
        kept: kept.collect(),
        offline: surroundings.offline,
        chain_seen: surroundings.chain_seen,
    };
    plan.id = name(&plan, &acts, host.now());
    Ok(Draft { plan, acts })
}

/// A hash of what is to go. The time is in it: the same plan made twice is two plans, each shown once.
fn name(plan: &CachePlan, acts: &[Act], now: Timestamp) -> String {
    let text = format!("{now} {:?} {acts:?}", plan.items);
    fingerprint(text.as_bytes()).chars().take(16).collect()
}

struct Drafting<'a> {
    host: &'a Host,
    chooser: &'a Chooser<'a>,
    acts: Vec<Act>,
    items: Vec<PlanItem>,
}

impl Drafting<'_> {
    /// Whether there is anything to it.
    fn take(&mut self, pick: &Pick) -> Result<bool, CacheError> {
        let place = self
            .chooser
            .cache_of(pick)
            .and_then(|cache| self.chooser.scanned.places.get(cache));
        let Some(place) = place.cloned() else {
            return Ok(false);
        };
        let gone = || CacheError::CacheChanged {
            path: self.host.short(&place.path),
        };
        let root = Seal::of(&place.path).ok_or_else(gone)?;
        let taken = match *pick {
            Pick::Tree(row) => self.version(&place, root, row, Pieces::TREE),
            Pick::Version(row) => self.version(&place, root, row, Pieces::WHOLE),
            Pick::Repair { row, pieces } => self.version(&place, root, row, pieces),
            Pick::Entry(row) => self.entry(&place, root, row),
            Pick::Builds { days, .. } => {
                let built = builds::older_than(&place.path, self.chooser.circumstances.now, days);
                self.built(&place, root, Part::Results, built)
            }
            Pick::Tests(_) => {
                let tests = builds::tests(&place.path);
                self.built(&place, root, Part::Tests, tests)
            }
            Pick::Fuzz(_) => {
                let size = self.chooser.size(pick);
                self.push(place, root, Deed::Fuzz, Part::Fuzz, "fuzz".to_owned(), size)
            }
            Pick::Whole(cache) => self.whole(place, root, cache),
        };
        Ok(taken.is_some())
    }

    fn version(&mut self, place: &Place, root: Seal, row: usize, wanted: Pieces) -> Option<()> {
        let row = self.chooser.scanned.inventory.versions.get(row)?;
        let (module, version) = (escape(&row.module), escape(&row.version));
        let name = format!("{}@{}", row.module, row.version);
        let toolchain = row.module == TOOLCHAIN;
        let has_zip = holds_zip(row) || row.state == VersionState::Interrupted;
        let zip = wanted.zip && has_zip;
        let tree = wanted.tree && row.tree.is_some();
        let small = !tree && !zip && (wanted.hash || wanted.manifest);
        let pieces = [
            (row.tree.filter(|_| tree), Part::Trees),
            (row.download.filter(|_| zip), Part::Downloads),
            // a hash or a `.mod` is a few bytes
            (small.then(Size::default), Part::Downloads),
        ];
        for (size, part) in pieces {
            if let Some(size) = size {
                self.items.push(PlanItem {
                    cache: place.id.clone(),
                    kind: place.kind,
                    part: if toolchain { Part::Toolchains } else { part },
                    name: name.clone(),
                    size,
                });
            }
        }
        let seal = Seal::of(&place.path.join(format!("{module}@{version}")));
        self.acts.push(Act {
            place: place.clone(),
            root,
            deed: Deed::Version {
                version: Version {
                    module,
                    version,
                    tree,
                    zip,
                    hash: wanted.hash,
                    manifest: wanted.manifest,
                    seal,
                },
                toolchain,
            },
            name,
            size: pieces.iter().filter_map(|(size, _)| *size).sum(),
        });
        (tree || zip || small).then_some(())
    }

    fn entry(&mut self, place: &Place, root: Seal, row: usize) -> Option<()> {
        let entry = self.chooser.scanned.entries.get(row)?;
        let path = entry.path.clone();
        let deed = match entry.part {
            Part::Clones => Deed::Clone { path },
            _ => Deed::Leftover { path },
        };
        let (name, part, size) = (entry.name.clone(), entry.part, entry.size);
        self.push(place.clone(), root, deed, part, name, size)
    }

    fn built(&mut self, place: &Place, root: Seal, part: Part, files: Vec<Built>) -> Option<()> {
        if files.is_empty() {
            return None;
        }
        let size = files.iter().map(|file| file.size).sum();
        let name = self.host.short(&place.path);
        let shown = self.host.now();
        let deed = Deed::Built { part, files, shown };
        self.push(place.clone(), root, deed, part, name, size)
    }

    fn whole(&mut self, place: Place, root: Seal, cache: usize) -> Option<()> {
        let shown = self.chooser.scanned.inventory.caches.get(cache)?;
        self.items
            .extend(whole::items(self.chooser.scanned, &place, shown));
        let names = names(&place.path);
        self.acts.push(Act {
            name: shown.path.clone(),
            size: self.chooser.size(&Pick::Whole(cache)),
            place,
            root,
            deed: Deed::Whole { names },
        });
        Some(())
    }

    fn push(
        &mut self,
        place: Place,
        root: Seal,
        deed: Deed,
        part: Part,
        name: String,
        size: Size,
    ) -> Option<()> {
        self.items.push(PlanItem {
            cache: place.id.clone(),
            kind: place.kind,
            part,
            name: name.clone(),
            size,
        });
        self.acts.push(Act {
            place,
            root,
            deed,
            name,
            size,
        });
        Some(())
    }
}

/// The names at the top of a cache.
pub fn names(root: &Path) -> BTreeSet<PathBuf> {
    let entries = root.read_dir().into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().into()).collect()
}
