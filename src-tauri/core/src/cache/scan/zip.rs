//! How large the tree in a zip is, by the list of files at its end (APPNOTE.TXT 4.3.12, 4.3.16).
//!
//! The `zip` crate opens each file in it before it says its size: that is a read for each, and the point is to have one.

use std::{
    collections::HashSet,
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use crate::cache::Size;

/// What a file system takes at least for a file, in bytes.
const BLOCK: u64 = 4096;

/// How much is read at once, in bytes: of most modules that has the whole list.
const TAIL: u64 = 8 << 10;

/// How long the record at the end is, in bytes; Go writes no comment behind it (archive/zip).
const END: usize = 22;

/// How long a list of files is read, in bytes: Go takes no zip above 500 MB (golang.org/x/mod/zip, `MaxZipFile`).
const LIST: u64 = 64 << 20;

/// The tree of a zip, when it is extracted; none when it cannot be read or is larger than any that Go takes.
pub(super) fn tree(mut file: File) -> Option<Size> {
    let length = file.seek(SeekFrom::End(0)).ok()?;
    let start = length.saturating_sub(TAIL);
    let tail = read(&mut file, start, length - start)?;
    let end = tail.get(tail.len().checked_sub(END)?..)?;
    if !end.starts_with(b"PK\x05\x06") {
        return None;
    }
    let (count, bytes, offset) = (word(end, 10)?, long(end, 12)?, long(end, 16)?);
    // all ones stand for "look into the ZIP64 record"
    if count == 0xffff || bytes > LIST || offset.checked_add(bytes)? > length {
        return None;
    }
    match offset
        .checked_sub(start)
        .and_then(|at| usize::try_from(at).ok())
    {
        Some(at) => sum(tail.get(at..)?, count),
        None => sum(&read(&mut file, offset, bytes)?, count),
    }
}

fn sum(mut list: &[u8], count: u64) -> Option<Size> {
    let mut size = Size {
        estimated: true,
        ..Size::default()
    };
    let mut folders = HashSet::new();
    for _ in 0..count {
        if !list.starts_with(b"PK\x01\x02") {
            return None;
        }
        let bytes = long(list, 24)?;
        let name = usize::try_from(word(list, 28)?).ok()?;
        let more = usize::try_from(word(list, 30)? + word(list, 32)?).ok()?;
        let mut folder = list.get(46..46 + name)?;
        // a folder that is known has those above it known too, and what is above `module@version` is not of the tree
        while let Some(slash) = folder.iter().rposition(|byte| *byte == b'/') {
            folder = folder.get(..slash)?;
            if !folder.contains(&b'@') || !folders.insert(folder) {
                break;
            }
        }
        size.files = size.files.saturating_add(1);
        size.apparent = size.apparent.saturating_add(bytes);
        size.bytes += bytes.div_ceil(BLOCK).saturating_mul(BLOCK);
        list = list.get(46 + name + more..)?;
    }
    let folders = u64::try_from(folders.len()).ok()?;
    size.bytes += folders.saturating_mul(BLOCK);
    Some(size)
}

fn read(file: &mut File, start: u64, length: u64) -> Option<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    file.seek(SeekFrom::Start(start)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let two = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(u16::from_le_bytes(two).into())
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    let four = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(four).into())
}
