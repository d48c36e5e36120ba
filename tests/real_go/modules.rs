//! A module proxy, a checksum database and a forward proxy on the loopback, with one module.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Cursor, Write},
    net::TcpStream,
    path::Path,
    sync::{Arc, Mutex},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::listening::Listening;

/// The key of our own database; its log has one record, and was signed once with the seed `[7; 32]`.
const KEY: &str = "gopherdesk.test+4dbeba70+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";

/// The record of `example.com/m@v1.0.0` as [`zip_of`] makes it.
const TRUE_RECORD: &str = "0
example.com/m v1.0.0 h1:fCHMqo5ggHEQvwcrsN81zr5orRk5lClR36KRHpfUjKg=
example.com/m v1.0.0/go.mod h1:flS2VctbRrTv+sBE+VKgxx6hlkMGPVz9MGOmzMYFg3k=

go.sum database tree
1
kADWnXJ00GpWQ4kbw58v97BzUbkPfdksB7sTkeHYjiM=

— gopherdesk.test Tb66cBrJCCWLJVUygJ+N9WmCAfWDx0Z+phuxxOdncyV4iTRZYkoU6KAP5oKfCHIgzd3JaC4joqErzg9G5bVKuWUrmA4=
";

/// As truly signed, of a module with other code.
const OTHER_RECORD: &str = "0
example.com/m v1.0.0 h1:ihWCSC1A4JnVs9MonBrRhob4K/0ujEMGFrSJQu1mBKo=
example.com/m v1.0.0/go.mod h1:flS2VctbRrTv+sBE+VKgxx6hlkMGPVz9MGOmzMYFg3k=

go.sum database tree
1
ZyV3K9IIB97fMj/kYpCAHzqD0ZNHT4TyKwKu5dKjXEo=

— gopherdesk.test Tb66cMKzW5WT6yD5ZTp8xisXtiQR5uXEcG7k6/Twl9OxZhzPz+EaVtqbXk9K6lhTvM9EG8pi1KFgMo9Lmdmap/8NxQ8=
";

/// What a server does with a path.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// 200 with these bytes.
    Found(Vec<u8>),
    /// This status.
    Status(u16),
    /// Nothing, for as long as the caller waits.
    Silence,
}

/// A server on the loopback, and the requests it got.
pub(crate) struct Server {
    listening: Listening,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves what `replies` says for a path, and `otherwise` for every other one, also to who asks for a tunnel.
    pub(crate) fn new(replies: BTreeMap<String, Reply>, otherwise: Reply) -> Self {
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&requests);
        let listening = Listening::new(move |stream| serve(stream, &replies, &otherwise, &seen));
        Self {
            listening,
            requests,
        }
    }

    /// A module proxy with `example.com/m@v1.0.0`, which knows no checksum database.
    pub(crate) fn proxy() -> Self {
        Self::proxy_of(&["example.com/m"])
    }

    /// The same with `v1.0.0` of each of these modules.
    pub(crate) fn proxy_of(modules: &[&str]) -> Self {
        let replies = modules.iter().flat_map(|path| module(path));
        Self::new(replies.collect(), Reply::Status(404))
    }

    /// Answers everything with this.
    pub(crate) fn always(reply: Reply) -> Self {
        Self::new(BTreeMap::new(), reply)
    }

    /// A checksum database; its record is true, or of another module of that name.
    pub(crate) fn database(is_true: bool) -> Self {
        let (record, leaf) = match is_true {
            true => (
                TRUE_RECORD,
                "9000d69d7274d06a5643891bc39f2ff7b07351b90f7dd92c07bb1391e1d88e23",
            ),
            false => (
                OTHER_RECORD,
                "6725772bd20807dedf323fe46290801f3a83d193474f84f22b02aee5d2a35c4a",
            ),
        };
        let leaf = (0..32).map(|at| u8::from_str_radix(&leaf[at * 2..at * 2 + 2], 16));
        let leaf: Vec<u8> = leaf.map(|byte| byte.expect("hexadecimal")).collect();
        Self::new(
            BTreeMap::from([
                (
                    "/lookup/example.com/m@v1.0.0".to_owned(),
                    Reply::Found(record.into()),
                ),
                ("/tile/8/0/000.p/1".to_owned(), Reply::Found(leaf)),
            ]),
            Reply::Status(404),
        )
    }

    pub(crate) fn url(&self) -> String {
        self.listening.url()
    }

    /// What GOSUMDB says for a [`Server::database`].
    pub(crate) fn gosumdb(&self) -> String {
        format!("{KEY} {}", self.url())
    }

    /// The first two words of every request so far: `GET /path`, `CONNECT host:443`.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no server panics").clone()
    }
}

fn serve(
    mut stream: TcpStream,
    replies: &BTreeMap<String, Reply>,
    otherwise: &Reply,
    seen: &Mutex<Vec<String>>,
) {
    let mut lines = BufReader::new(stream.try_clone().expect("a connection")).lines();
    while let Some(Ok(first)) = lines.next() {
        let mut words = first.split(' ');
        let (method, path) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        seen.lock()
            .expect("no server panics")
            .push(format!("{method} {path}"));
        while lines
            .next()
            .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
        {}
        let (status, body) = match replies.get(path).unwrap_or(otherwise) {
            Reply::Found(body) => (200, body.as_slice()),
            Reply::Status(status) => (*status, [].as_slice()),
            Reply::Silence => {
                // until the caller gives up
                drop(lines.next());
                return;
            }
        };
        let head = format!(
            "HTTP/1.1 {status} .\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        if stream.write_all(&[head.as_bytes(), body].concat()).is_err() {
            return;
        }
    }
}

/// What a module proxy serves of `path@v1.0.0`.
fn module(path: &str) -> BTreeMap<String, Reply> {
    let base = format!("/{path}/@v");
    let manifest = format!("module {path}\n");
    BTreeMap::from([
        (format!("{base}/list"), Reply::Found(b"v1.0.0\n".to_vec())),
        (
            format!("{base}/v1.0.0.info"),
            Reply::Found(b"{\"Version\":\"v1.0.0\"}".to_vec()),
        ),
        (
            format!("{base}/v1.0.0.mod"),
            Reply::Found(manifest.clone().into_bytes()),
        ),
        (
            format!("{base}/v1.0.0.zip"),
            Reply::Found(zip_of(path, "v1.0.0", &manifest)),
        ),
    ])
}

/// The same as files, for a GOPROXY of `file://`.
pub(crate) fn write_module(folder: &Path, path: &str) {
    for (file, reply) in module(path) {
        let Reply::Found(bytes) = reply else { continue };
        let file = folder.join(file.trim_start_matches('/'));
        fs::create_dir_all(file.parent().expect("a folder")).expect("writable");
        fs::write(file, bytes).expect("writable");
    }
}

pub(crate) fn zip_of(path: &str, version: &str, manifest: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("go.mod", manifest), ("m.go", "package m\n")] {
        zip.start_file(
            format!("{path}@{version}/{name}"),
            SimpleFileOptions::default(),
        )
        .expect("a name");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}
