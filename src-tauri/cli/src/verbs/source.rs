//! Texts that are handed in: a file, or standard input.

use std::{
    fs::File,
    io::{self, ErrorKind, Read},
};

use crate::{
    arguments::Source,
    refusal::{Own, Refusal},
};

/// More than the core takes of any text, in bytes: it is the one to say that a text is too large.
const ENOUGH: u64 = 4 << 20;

/// The text that somebody hands in, on a thread of its own, so that Ctrl-C is heard while they type.
///
/// # Errors
/// It cannot be read, or is no text.
pub(super) async fn text(source: Source) -> Result<String, Refusal> {
    let path = match &source {
        Source::Stdin => "-".to_owned(),
        Source::File(path) => path.display().to_string(),
    };
    let read = tokio::task::spawn_blocking(move || match source {
        Source::Stdin => text_of(io::stdin()),
        Source::File(path) => text_of(File::open(path)?),
    });
    let read = read.await.map_err(io::Error::other).and_then(|read| read);
    read.map_err(|error| {
        Refusal::Own(Own::Unreadable {
            path,
            reason: Own::reason(&error),
        })
    })
}

fn text_of(source: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    let count = source.take(ENOUGH).read_to_end(&mut bytes)?;
    if u64::try_from(count).is_ok_and(|count| count == ENOUGH) {
        // cut off, maybe within a character
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
}
