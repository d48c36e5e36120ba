use std::io::{self, Cursor, Read, Seek};

use base64::Engine;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::{Hash, key::BASE64};

/// The most files in a zip that is hashed; Kubernetes has some twelve thousand.
pub const ENTRIES: usize = 50_000;

/// What the files of a zip that is hashed may come to, in bytes: no zip bomb is worth more of a processor's time.
pub const UNPACKED: u64 = 64 << 20;

/// Why a zip has no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZipFault {
    /// Cut off, damaged, or something else.
    NotAZip,
    /// More than [`ENTRIES`] files, or more than [`UNPACKED`] bytes in them.
    TooLarge,
}

/// The `h1:` of a module's zip, as go.sum and checksum databases have it: over the name and the content of every entry of
/// the central directory, whatever their order, compression or date (golang.org/x/mod/sumdb/dirhash, `HashZip`, `Hash1`).
///
/// It unpacks everything once, a piece at a time, and opens no zip that is inside: call it where a processor may be busy
/// for half a second.
///
/// # Errors
/// No zip of a module, or more than is unpacked here. Two entries of one name are none: Go extracts no such zip.
pub fn zip_hash(zip: &[u8]) -> Result<String, ZipFault> {
    let archive = open(Cursor::new(zip))?;
    if archive.len() > ENTRIES {
        return Err(ZipFault::TooLarge);
    }
    hash_within(archive, UNPACKED)
}

/// As [`zip_hash`], of a zip as large as it likes: Go put it there, and whoever reads can end it by a failure to read.
///
/// # Errors
/// No zip of a module, or it cannot be read.
pub fn zip_file_hash(zip: impl Read + Seek) -> Result<String, ZipFault> {
    hash_within(open(zip)?, u64::MAX - 1)
}

/// The `h1:` of files, each with the SHA-256 of its content, named as in the zip of a module: `example.com/m@v1.0.0/go.mod`
/// (golang.org/x/mod/sumdb/dirhash, `Hash1`).
pub fn files_hash(mut files: Vec<(Vec<u8>, Hash)>) -> String {
    files.sort_unstable();
    let mut all = Sha256::new();
    for (name, content) in &files {
        let hexadecimal: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
        all.update(hexadecimal);
        all.update("  ");
        all.update(name);
        all.update("\n");
    }
    format!("h1:{}", BASE64.encode(all.finalize()))
}

/// Whether a text is such a hash.
pub fn is_hash(text: &str) -> bool {
    let decoded = text.strip_prefix("h1:").map(|hash| BASE64.decode(hash));
    decoded.is_some_and(|decoded| decoded.is_ok_and(|bytes| bytes.len() == size_of::<Hash>()))
}

fn open<R: Read + Seek>(zip: R) -> Result<ZipArchive<R>, ZipFault> {
    let archive = ZipArchive::new(zip).map_err(|_| ZipFault::NotAZip)?;
    match archive.has_duplicate_names() {
        true => Err(ZipFault::NotAZip),
        false => Ok(archive),
    }
}

fn hash_within<R: Read + Seek>(mut archive: ZipArchive<R>, most: u64) -> Result<String, ZipFault> {
    let mut left = most;
    let mut files = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| ZipFault::NotAZip)?;
        let name = file.name_raw().to_vec();
        if name.contains(&b'\n') {
            return Err(ZipFault::NotAZip);
        }
        let mut content = Sha256::new();
        // what a zip says of a length is believed by nobody
        let read = io::copy(&mut file.take(left + 1), &mut Writer(&mut content))
            .map_err(|_| ZipFault::NotAZip)?;
        left = left.checked_sub(read).ok_or(ZipFault::TooLarge)?;
        files.push((name, content.finalize().into()));
    }
    Ok(files_hash(files))
}

/// The `h1:` of a go.mod file, as the second line of a module in go.sum has it.
pub fn go_mod_hash(content: &[u8]) -> String {
    files_hash(vec![(b"go.mod".to_vec(), Sha256::digest(content).into())])
}

/// Takes what is read into a hash.
struct Writer<'a>(&'a mut Sha256);

impl io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
