//! Modules as a proxy serves them: paths and their bytes.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write},
    path::Path,
};

use gopherdesk_core::{
    checksum,
    mirror::probes::{Known, ProbeSet},
    module::{Module, escape},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// What a proxy serves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// With one more module, whose zip has about so many bytes.
    pub(crate) fn with(self, module: &str, bytes: usize) -> Self {
        let path = module.split('@').next().expect("a path");
        let code = format!("package m\n\n/*\n{}\n*/\n", "x".repeat(bytes));
        self.with_code(module, &format!("module {path}\n\ngo 1.21\n"), &code)
    }

    /// With one more module of this `go.mod` and this code.
    pub(crate) fn with_code(mut self, module: &str, manifest: &str, code: &str) -> Self {
        let module: Module = module.parse().expect("a module");
        let base = format!("/{}", module.address());
        let list = format!("/{}/@v/list", escape(module.path()));
        let versions = self.files.entry(list).or_default();
        versions.extend(format!("{}\n", module.version()).bytes());
        let info = info(module.version());
        self.files.insert(format!("{base}.info"), info.clone());
        self.files
            .insert(format!("/{}/@latest", escape(module.path())), info);
        self.files
            .insert(format!("{base}.mod"), manifest.as_bytes().to_vec());
        let zip = zip(&module, manifest, code);
        self.files.insert(format!("{base}.zip"), zip);
        self
    }

    /// With one more file.
    pub(crate) fn with_file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// The bytes at a path, as it is asked for.
    pub(crate) fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The same as files, for a GOPROXY of `file://`.
    pub(crate) fn write(&self, folder: &Path) {
        for (path, bytes) in &self.files {
            let file = folder.join(path.trim_start_matches('/'));
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("writable");
            std::fs::write(file, bytes).expect("writable");
        }
    }

    /// A module of it with its hash, as a probe.
    pub(crate) fn known(&self, module: &str) -> Known {
        let module: Module = module.parse().expect("a module");
        let zip = &self.files[&format!("/{}.zip", module.address())];
        Known {
            hash: Some(checksum::zip_hash(zip).expect("our own zip")),
            bytes: Some(zip.len() as u64),
            module,
        }
    }

    /// Its record, as a checksum database has it.
    pub(crate) fn record(&self, module: &str) -> String {
        let known = self.known(module);
        let manifest = &self.files[&format!("/{}.mod", known.module.address())];
        format!(
            "{path} {version} {zip}\n{path} {version}/go.mod {manifest}\n",
            path = known.module.path(),
            version = known.module.version(),
            zip = known.hash.expect("known"),
            manifest = checksum::go_mod_hash(manifest),
        )
    }
}

/// What the tests' mirrors serve: five small modules, one of `bytes`, one that moves.
pub(crate) fn probes(bytes: usize) -> (Tree, ProbeSet) {
    let small: Vec<_> = (1..=5)
        .map(|n| format!("small.example/m{n}@v1.0.0"))
        .collect();
    let mut tree = Tree::default()
        .with("large.example/m@v1.2.3", bytes)
        .with("moving.example/m@v0.9.0", 100);
    for module in &small {
        tree = tree.with(module, 200);
    }
    let set = ProbeSet {
        small: small
            .iter()
            .map(|name| name.parse().expect("a module"))
            .collect(),
        zip: tree.known("large.example/m@v1.2.3"),
        lookup: tree.known("small.example/m1@v1.0.0"),
        moving: Some("moving.example/m".to_owned()),
        missing: "missing.example/m@v1.0.0".parse().expect("a module"),
    };
    (tree, set)
}

/// What `.info` says.
pub(crate) fn info(version: &str) -> Vec<u8> {
    format!("{{\"Version\":\"{version}\",\"Time\":\"2020-01-01T00:00:00Z\"}}").into_bytes()
}

fn zip(module: &Module, manifest: &str, code: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [("go.mod", manifest), ("m.go", code)] {
        zip.start_file(format!("{module}/{name}"), stored)
            .expect("a name");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}
