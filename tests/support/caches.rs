//! Caches as Go makes them, as large as one likes, quickly.

use std::{
    fs::{self, File, Permissions},
    io::{Cursor, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use gopherdesk_core::checksum;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What was made.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// Everything that is no folder.
    pub(crate) files: u64,
    /// Their lengths, in bytes.
    pub(crate) apparent: u64,
    /// `module@version` of each, as Go writes it; no capitals.
    pub(crate) versions: Vec<String>,
}

/// Beside each tree: info, mod, zip, ziphash, lock.
const BESIDE: usize = 5;
/// Versions of one module; the list is one more file.
const VERSIONS: usize = 4;
/// Go files in one folder of a module.
const IN_A_FOLDER: usize = 12;

/// A module cache of `files` files, give or take the last version: read-only trees of 20 to 400 files in several
/// folders, each with its zip, hash and lock, four versions of each module.
pub(crate) fn modules(root: &Path, files: usize) -> Made {
    let sizes = sizes(files);
    let made = in_parallel(sizes.len(), |number| version(root, number, sizes[number]));
    let lists = modules_of(sizes.len());
    in_parallel(lists, |module| list(root, module, sizes.len()));
    fs::write(root.join("cache/lock"), "").expect("a file");
    let mut all = Made {
        files: (lists + 1) as u64,
        ..Made::default()
    };
    for number in 0..sizes.len() {
        all.versions
            .push(format!("{}@{}", module(number), name(number)));
    }
    for module in 0..lists {
        all.apparent += (module * VERSIONS..sizes.len().min((module + 1) * VERSIONS))
            .map(|number| name(number).len() as u64 + 1)
            .sum::<u64>();
    }
    for (files, apparent) in made {
        all.files += files;
        all.apparent += apparent;
    }
    all
}

/// A build cache of `files` files: half of them action entries of 175 bytes, half outputs of up to 16 KiB.
pub(crate) fn builds(root: &Path, files: usize) -> Made {
    let notes = [
        (
            "README",
            "This directory holds cached build artifacts from the Go build system.\n\
             Run \"go clean -cache\" if the directory is getting too large.\n",
        ),
        ("trim.txt", "1700000000"),
        ("testexpire.txt", "1700000000000000000\n"),
    ];
    fs::create_dir_all(root).expect("a folder");
    for (name, text) in notes {
        fs::write(root.join(name), text).expect("a file");
    }
    let entries = files.saturating_sub(notes.len());
    let made = in_parallel(256, |folder| results(root, folder, entries));
    let mut all = Made {
        files: notes.len() as u64,
        apparent: notes.iter().map(|(_, text)| text.len() as u64).sum(),
        versions: Vec::new(),
    };
    for (files, apparent) in made {
        all.files += files;
        all.apparent += apparent;
    }
    all
}

/// The path of what was downloaded of a version that [`Made::versions`] names; its tree is at that name. `ending` is `zip`, `ziphash`, `lock`, ….
pub(crate) fn download(root: &Path, version: &str, ending: &str) -> PathBuf {
    let (module, version) = version.split_once('@').expect("a version");
    let folder = root.join("cache/download").join(module).join("@v");
    folder.join(format!("{version}.{ending}"))
}

/// How many files each tree has, from small to large and again.
fn sizes(files: usize) -> Vec<usize> {
    let mut sizes = Vec::new();
    let mut left = files;
    for number in 0_usize.. {
        let size = 20 + (number * 97) % 380;
        if left < BESIDE + 1 {
            break;
        }
        let size = size.min(left - BESIDE);
        left -= size + BESIDE;
        sizes.push(size);
    }
    sizes
}

fn modules_of(versions: usize) -> usize {
    versions.div_ceil(VERSIONS)
}

fn module(number: usize) -> String {
    let module = number / VERSIONS;
    match module % 8 {
        0 => format!("golang.org/x/m{module}"),
        1 => format!("gopkg.in/m{module}.v2"),
        2 => format!("example{module}.com"),
        _ => format!("github.com/owner{}/m{module}", module % 97),
    }
}

fn name(number: usize) -> String {
    format!("v1.{}.0", number % VERSIONS)
}

fn version(root: &Path, number: usize, size: usize) -> (u64, u64) {
    let (module, name) = (module(number), name(number));
    let prefix = format!("{module}@{name}");
    let manifest = format!("module {module}\n\ngo 1.21\n").into_bytes();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut apparent = 0;
    let tree = root.join(&prefix);
    let mut folders = vec![tree.clone()];
    make(&tree);
    for file in 0..size {
        let (path, bytes) = match file {
            0 => ("go.mod".to_owned(), manifest.clone()),
            _ => {
                let place = file / IN_A_FOLDER;
                let folder = match place {
                    0 => String::new(),
                    _ if place.is_multiple_of(3) => format!("internal/p{place}/"),
                    _ => format!("p{place}/"),
                };
                (format!("{folder}f{file}.go"), source(number, file))
            }
        };
        if file % IN_A_FOLDER == 0 {
            let folder = tree.join(&path);
            let folder = folder.parent().expect("a folder");
            make(folder);
            folders.extend(
                folder
                    .ancestors()
                    .take_while(|above| *above != tree)
                    .map(Path::to_owned),
            );
        }
        put(&tree.join(&path), &bytes, 0o444);
        apparent += bytes.len() as u64;
        zip.start_file(format!("{prefix}/{path}"), stored)
            .and_then(|()| Ok(zip.write_all(&bytes)?))
            .expect("a zip in memory");
    }
    // the deepest first: nothing is made in a folder that is read-only
    folders.sort();
    folders.dedup();
    for folder in folders.iter().rev() {
        fs::set_permissions(folder, Permissions::from_mode(0o555)).expect("its mode");
    }
    let zip = zip.finish().expect("a zip in memory").into_inner();
    let hash = checksum::zip_hash(&zip).expect("the zip of a module");
    make(download(root, &prefix, "lock").parent().expect("a folder"));
    let info = format!(r#"{{"Version":"{name}","Time":"2024-01-02T03:04:05Z"}}"#);
    for (ending, bytes) in [
        ("lock", &b""[..]),
        ("info", info.as_bytes()),
        ("mod", &manifest),
        ("zip", &zip),
        ("ziphash", hash.as_bytes()),
    ] {
        put(&download(root, &prefix, ending), bytes, 0o644);
        apparent += bytes.len() as u64;
    }
    ((size + BESIDE) as u64, apparent)
}

fn list(root: &Path, module_number: usize, versions: usize) {
    let first = module_number * VERSIONS;
    let names: String = (first..versions.min(first + VERSIONS))
        .map(|number| format!("{}\n", name(number)))
        .collect();
    let folder = root.join("cache/download").join(module(first)).join("@v");
    put(&folder.join("list"), names.as_bytes(), 0o644);
}

/// From nothing to 4 KiB, as short as most files are.
fn source(number: usize, file: usize) -> Vec<u8> {
    let length = match (number + file) % 16 {
        0 => 4096,
        rest => rest * 60,
    };
    let mut bytes = format!("package p // {number}.{file}\n").into_bytes();
    bytes.resize(length, b'/');
    bytes
}

fn results(root: &Path, folder: usize, entries: usize) -> (u64, u64) {
    let inside = root.join(format!("{folder:02x}"));
    fs::create_dir_all(&inside).expect("a folder");
    let count = entries / 256 + usize::from(folder < entries % 256);
    let mut apparent = 0;
    for entry in 0..count {
        let (ending, length) = match entry % 2 {
            0 => ('a', 175),
            _ => ('d', (entry * 521) % (16 << 10)),
        };
        let hash = format!("{folder:02x}{:062x}", entry * 7919 + 1);
        put(
            &inside.join(format!("{hash}-{ending}")),
            &vec![b'v'; length],
            0o666,
        );
        apparent += length as u64;
    }
    (count as u64, apparent)
}

fn make(folder: &Path) {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o755)
        .create(folder)
        .expect("a folder");
}

fn put(path: &Path, bytes: &[u8], mode: u32) {
    File::options()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .unwrap_or_else(|reason| panic!("{}: {reason}", path.display()));
}

/// Everything from 0 to `count`, on every processor.
fn in_parallel<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    let mut made = Vec::new();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= count {
                            return made;
                        }
                        made.push(work(number));
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("it ends"))
            .collect()
    })
}
