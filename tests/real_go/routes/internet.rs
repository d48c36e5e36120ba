//! Every host there is, on the loopback: a forward proxy that answers for whoever is asked through it, with certificates of an
//! authority of the tests' own. Nothing leaves this machine, and everything that would is in its log.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    sync::{Arc, Mutex},
};

use gopherdesk_core::module::escape;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::matrix::{PATHS, version_of};
use crate::{authority::Authority, listening::Listening, modules::zip_of};

pub(super) const MIRRORS: [&str; 3] = ["proxy.golang.org", "goproxy.cn", "athens.corp.example"];
/// Who has what an origin sends Go on to.
const ORIGIN: &str = "origin.example";
const DATABASES: [&str; 4] = [
    "sum.golang.org",
    "sum.golang.google.cn",
    "sum.example",
    "db.corp.example",
];

/// The keys of all hosts.
pub(super) struct Keys {
    authority: Authority,
    sound: Arc<ServerConfig>,
    /// Signed by nobody who is trusted.
    unsound: Arc<ServerConfig>,
}

impl Keys {
    pub(super) fn new() -> Self {
        let mut names = MIRRORS.to_vec();
        names.extend(DATABASES);
        names.push(ORIGIN);
        names.extend(PATHS.iter().map(|path| host_of(path)));
        let years = (2000, 2100);
        let authority = Authority::new();
        Self {
            sound: Arc::new(authority.server_for(&names, years)),
            unsound: Arc::new(Authority::named("other").server_for(&names, years)),
            authority,
        }
    }

    pub(super) fn pem(&self) -> String {
        self.authority.pem()
    }
}

pub(super) fn host_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// Who has the module, and who says what of it.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    pub(super) path: &'static str,
    /// The mirrors and the origin have it.
    pub(super) is_there: bool,
    /// The mirror at this address passes the checksum database on.
    pub(super) passes_on: Option<String>,
    /// The origin names this program; empty where it names none.
    pub(super) program: &'static str,
    /// The origin has a certificate of nobody.
    pub(super) is_unsound: bool,
}

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// `https://host/path`; `CONNECT host` where a connection was asked for.
    pub(super) what: String,
    pub(super) has_credentials: bool,
}

pub(super) struct Internet {
    listening: Listening,
    log: Arc<Mutex<Vec<Asked>>>,
}

impl Internet {
    pub(super) fn new(keys: &Keys, manner: Manner) -> Self {
        let log = Arc::<Mutex<Vec<Asked>>>::default();
        let place = Place {
            sound: Arc::clone(&keys.sound),
            unsound: Arc::clone(&keys.unsound),
            log: Arc::clone(&log),
            manner,
        };
        Self {
            listening: Listening::new(move |stream| place.talk(stream)),
            log,
        }
    }

    pub(super) fn url(&self) -> String {
        self.listening.url()
    }

    pub(super) fn log(&self) -> Vec<Asked> {
        self.log.lock().expect("no host panics").clone()
    }
}

struct Place {
    sound: Arc<ServerConfig>,
    unsound: Arc<ServerConfig>,
    log: Arc<Mutex<Vec<Asked>>>,
    manner: Manner,
}

impl Place {
    fn note(&self, what: String, has_credentials: bool) {
        let mut log = self.log.lock().expect("no host panics");
        log.push(Asked {
            what,
            has_credentials,
        });
    }

    fn talk(&self, mut stream: TcpStream) {
        stream.set_nodelay(true).expect("a socket");
        let reading = stream.try_clone().expect("a connection");
        let mut reading = BufReader::new(reading);
        while let Some((method, target, has_credentials)) = head(&mut reading) {
            if method != "CONNECT" {
                self.note(target.clone(), has_credentials);
                if stream.write_all(&self.answer(&target)).is_err() {
                    return;
                }
                continue;
            }
            let host = target.trim_end_matches(":443").to_owned();
            self.note(format!("CONNECT {host}"), has_credentials);
            if stream.write_all(b"HTTP/1.1 200 .\r\n\r\n").is_err() {
                return;
            }
            let is_unsound = self.manner.is_unsound && host == host_of(self.manner.path);
            let keys = if is_unsound {
                &self.unsound
            } else {
                &self.sound
            };
            let tls = ServerConnection::new(Arc::clone(keys)).expect("a configuration");
            self.speak(&host, StreamOwned::new(tls, stream));
            return;
        }
    }

    fn speak(&self, host: &str, stream: StreamOwned<ServerConnection, TcpStream>) {
        let mut stream = BufReader::new(stream);
        while let Some((_, target, has_credentials)) = head(&mut stream) {
            let url = format!("https://{host}{target}");
            self.note(url.clone(), has_credentials);
            if stream.get_mut().write_all(&self.answer(&url)).is_err() {
                return;
            }
        }
    }

    fn answer(&self, url: &str) -> Vec<u8> {
        let body = self.body(url);
        let status = if body.is_some() { 200 } else { 404 };
        let body = body.unwrap_or_default();
        let head = format!(
            "HTTP/1.1 {status} .\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), &body].concat()
    }

    fn body(&self, url: &str) -> Option<Vec<u8>> {
        let path = self.manner.path;
        let host = url.split('/').nth(2).unwrap_or_default();
        if url.contains("?go-get=1") {
            if self.manner.program.is_empty() {
                return None;
            }
            let (program, to) = match self.manner.is_there {
                true => ("mod", format!("https://{ORIGIN}")),
                false => (self.manner.program, format!("https://{host}/repository")),
            };
            let import = format!("<meta name=\"go-import\" content=\"{path} {program} {to}\">");
            return Some(import.into_bytes());
        }
        if let Some((base, _)) = url
            .strip_suffix("/supported")
            .and_then(|it| it.split_once("/sumdb/"))
        {
            return (self.manner.passes_on.as_deref() == Some(base)).then(Vec::new);
        }
        if !self.manner.is_there || !(host == ORIGIN || MIRRORS.contains(&host)) {
            return None;
        }
        let version = version_of(path);
        // go writes `!` so
        let base = escape(path).replace('!', "%21");
        let (_, file) = url.split_once(&format!("/{base}/@v/{version}."))?;
        let manifest = format!("module {path}\n");
        match file {
            "info" => Some(format!("{{\"Version\":\"{version}\"}}").into_bytes()),
            "mod" => Some(manifest.into_bytes()),
            "zip" => Some(zip_of(path, version, &manifest)),
            _ => None,
        }
    }
}

/// The method, the target, and whether there are credentials; none when nobody asks any more.
fn head(reading: &mut impl BufRead) -> Option<(String, String, bool)> {
    let mut first = String::new();
    reading
        .read_line(&mut first)
        .ok()
        .filter(|&read| read > 0)?;
    let mut has_credentials = false;
    loop {
        let mut line = String::new();
        reading
            .by_ref()
            .read_line(&mut line)
            .ok()
            .filter(|&read| read > 0)?;
        if line.trim().is_empty() {
            break;
        }
        has_credentials |= line.to_lowercase().starts_with("authorization:");
    }
    let mut words = first.split_whitespace();
    Some((
        words.next()?.to_owned(),
        words.next()?.to_owned(),
        has_credentials,
    ))
}
