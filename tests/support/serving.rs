//! A checksum database on the loopback.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    sync::{Arc, Mutex},
};

use crate::{
    database::{NAME, Sumdb},
    listening::Listening,
};

impl Sumdb {
    /// The answer to a path below the database's address: `/lookup/m@v`, `/latest`, `/tile/8/0/000.p/1`, `/supported`.
    pub(crate) fn answer(&self, path: &str) -> Option<Vec<u8>> {
        let size = self.records.len();
        if path == "/supported" {
            return Some(Vec::new());
        }
        if path == "/latest" {
            return Some(self.signed(size).into_bytes());
        }
        if let Some(module) = path.strip_prefix("/lookup/") {
            let id = self.find(module)?;
            return Some(self.lookup(id, size).into_bytes());
        }
        self.tile(path.strip_prefix("/tile/8/")?, size)
    }

    /// Serves it on the loopback.
    pub(crate) fn serve(self) -> Served {
        self.serve_with(|_, answer| answer)
    }

    /// Serves what `change` makes of each answer; none is 404.
    pub(crate) fn serve_with(
        self,
        change: impl Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Served {
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let (seen, key) = (Arc::clone(&requests), self.key());
        let answer = move |path: &str| {
            let path = path
                .strip_prefix(&format!("/sumdb/{NAME}"))
                .unwrap_or(path)
                .replace("%21", "!");
            change(&path, self.answer(&path))
        };
        let listening = Listening::new(move |stream| talk(stream, &answer, &seen));
        Served {
            listening,
            key,
            requests,
        }
    }

    fn find(&self, module: &str) -> Option<usize> {
        let line = format!("{} ", module.replace('@', " "));
        self.records.iter().position(|text| text.starts_with(&line))
    }
}

/// A database on the loopback. It answers below its address and below `/sumdb/<name>`, as a mirror passes one on.
pub(crate) struct Served {
    listening: Listening,
    key: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Served {
    pub(crate) fn url(&self) -> String {
        self.listening.url()
    }

    /// What GOSUMDB says, so that it is asked directly.
    pub(crate) fn gosumdb(&self) -> String {
        format!("{} {}", self.key, self.url())
    }

    /// The paths that were asked for.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no server panics").clone()
    }
}

fn talk(
    mut stream: TcpStream,
    answer: &(impl Fn(&str) -> Option<Vec<u8>> + ?Sized),
    seen: &Mutex<Vec<String>>,
) {
    let mut lines = BufReader::new(stream.try_clone().expect("a connection")).lines();
    while let Some(Ok(first)) = lines.next() {
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        seen.lock().expect("no server panics").push(path.clone());
        while lines
            .next()
            .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
        {}
        let (status, body) = match answer(&path) {
            Some(body) => (200, body),
            None => (404, b"not found".to_vec()),
        };
        let head = format!(
            "HTTP/1.1 {status} .\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let written = stream.write_all(&[head.as_bytes(), &body].concat());
        if written.is_err() {
            return;
        }
    }
}
