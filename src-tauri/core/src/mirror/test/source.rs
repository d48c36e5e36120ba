//! Where a mirror's answers come from: a server, or a folder laid out like one.

use std::{io, path::PathBuf, time::Instant};

use url::Url;

use crate::web::{Answer, Client, Limits, Network, Trouble};

/// A mirror that can be asked.
pub(super) enum Source {
    /// `http` and `https`.
    Server(Box<Client>),
    /// `file`.
    Folder(PathBuf),
}

impl Source {
    /// Opens nothing yet.
    pub(super) fn new(network: &Network, url: &Url) -> Result<Self, Trouble> {
        match (url.scheme(), url.to_file_path()) {
            ("file", Ok(folder)) => Ok(Self::Folder(folder)),
            _ => Client::new(network, url).map(|client| Self::Server(Box::new(client))),
        }
    }

    /// Asks once for a path below the mirror's address.
    pub(super) async fn get(
        &self,
        path: &str,
        limits: &Limits,
        on_bytes: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Answer, Trouble> {
        match self {
            Self::Server(client) => client.get(path, limits, on_bytes).await,
            Self::Folder(folder) => {
                let begun = Instant::now();
                let (file, limits) = (folder.join(path), *limits);
                let read = tokio::task::spawn_blocking(move || read(&file, &limits)).await;
                let body = read.map_err(|fault| io::Error::other(fault.to_string()));
                let body = body.and_then(|body| body);
                let taken = begun.elapsed();
                match body {
                    Ok(Some(body)) => {
                        on_bytes(body.len() as u64);
                        Ok(answer(200, body, taken))
                    }
                    Ok(None) => Err(Trouble::TooLarge {
                        bytes: u32::try_from(limits.bytes).unwrap_or(u32::MAX),
                    }),
                    // Go takes a missing file for 404 (go-semantics 2.2)
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {
                        Ok(answer(404, Vec::new(), taken))
                    }
                    Err(error) => Err(Trouble::ConnectionLost {
                        reason: error.to_string(),
                    }),
                }
            }
        }
    }
}

/// The file, or nothing when it is too large.
fn read(file: &std::path::Path, limits: &Limits) -> io::Result<Option<Vec<u8>>> {
    use io::Read;

    let limit = limits.enough.unwrap_or(limits.bytes);
    let mut body = Vec::new();
    std::fs::File::open(file)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut body)?;
    if body.len() as u64 > limit {
        if limits.enough.is_none() {
            return Ok(None);
        }
        body.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(Some(body))
}

fn answer(status: u16, body: Vec<u8>, taken: std::time::Duration) -> Answer {
    Answer {
        status,
        length: Some(body.len() as u64),
        body,
        content_type: None,
        retry_after: None,
        first_byte: taken,
        last_byte: taken,
        redirected: None,
        connect: None,
    }
}
