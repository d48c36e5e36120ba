//! A server on the loopback that does what a script says, in bytes, and notes what came.

use std::{
    future::Future,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    sync::watch,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// How much of a request is read before it is no request.
const REQUEST: usize = 64 << 10;

/// A running server. It ends with the test.
pub(crate) struct Hostile {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    seen: watch::Receiver<Seen>,
    task: JoinHandle<()>,
}

/// What a server has seen up to now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Connections that were accepted.
    pub(crate) connections: usize,
    /// Connections that are over: the script ended, or the client hung up.
    pub(crate) closed: usize,
    /// The head of each request, in the order in which they came.
    pub(crate) requests: Vec<String>,
    /// Bytes that the system took to send.
    pub(crate) sent: u64,
}

/// One connection, as its script has it.
pub(crate) struct Peer {
    stream: Box<dyn Duplex>,
    seen: Arc<watch::Sender<Seen>>,
}

pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

impl Hostile {
    /// Every connection runs `script`.
    pub(crate) async fn start<F, S>(script: S) -> Self
    where
        F: Future<Output = io::Result<()>> + Send,
        S: Fn(Peer) -> F + Clone + Send + Sync + 'static,
    {
        Self::listen(Ipv4Addr::LOCALHOST, None, script).await
    }

    /// Every connection runs `script` inside TLS.
    pub(crate) async fn start_tls<F, S>(tls: ServerConfig, script: S) -> Self
    where
        F: Future<Output = io::Result<()>> + Send,
        S: Fn(Peer) -> F + Clone + Send + Sync + 'static,
    {
        Self::listen(Ipv4Addr::LOCALHOST, Some(tls), script).await
    }

    /// Answers every request with the same bytes, on connections that stay open.
    pub(crate) async fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::<[u8]>::from(answer.into());
        Self::start(move |peer| always(peer, Arc::clone(&answer))).await
    }

    /// The same inside TLS.
    pub(crate) async fn answering_tls(tls: ServerConfig, answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::<[u8]>::from(answer.into());
        Self::start_tls(tls, move |peer| always(peer, Arc::clone(&answer))).await
    }

    /// Sends everybody to another address.
    pub(crate) async fn sending_to(address: &str) -> Self {
        Self::answering(redirect(address)).await
    }

    /// Says the same to everybody who says anything, whatever it is, and hangs up if that is nothing.
    pub(crate) async fn answering_at_once(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = Arc::<[u8]>::from(bytes.into());
        Self::start(move |mut peer| {
            let bytes = Arc::clone(&bytes);
            async move {
                peer.receive(1).await?;
                peer.send(&bytes).await?;
                if bytes.is_empty() {
                    return Ok(());
                }
                peer.wait().await
            }
        })
        .await
    }

    async fn listen<F, S>(at: Ipv4Addr, tls: Option<ServerConfig>, script: S) -> Self
    where
        F: Future<Output = io::Result<()>> + Send,
        S: Fn(Peer) -> F + Clone + Send + Sync + 'static,
    {
        let listener = TcpListener::bind((at, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let acceptor = tls.map(|tls| TlsAcceptor::from(Arc::new(tls)));
        let (seen, watched) = watch::channel(Seen::default());
        let seen = Arc::new(seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, script, acceptor) =
                    (Arc::clone(&seen), script.clone(), acceptor.clone());
                seen.send_modify(|seen| seen.connections += 1);
                tokio::spawn(async move {
                    let stream: io::Result<Box<dyn Duplex>> = match acceptor {
                        Some(acceptor) => match acceptor.accept(stream).await {
                            Ok(stream) => Ok(Box::new(stream)),
                            Err(error) => Err(error),
                        },
                        None => Ok(Box::new(stream)),
                    };
                    if let Ok(stream) = stream {
                        let peer = Peer {
                            stream,
                            seen: Arc::clone(&seen),
                        };
                        // the client hangs up whenever it likes
                        let _ = script(peer).await;
                    }
                    seen.send_modify(|seen| seen.closed += 1);
                });
            }
        });
        Self {
            address,
            seen: watched,
            task,
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn http(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `https://127.0.0.1:PORT`.
    pub(crate) fn https(&self) -> String {
        format!("https://{}", self.address)
    }

    /// `scheme://name:PORT`, for a name that leads here.
    pub(crate) fn named(&self, scheme: &str, name: &str) -> String {
        format!("{scheme}://{name}:{}", self.address.port())
    }

    /// What it has seen up to now.
    pub(crate) fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }

    /// Waits until it has seen enough.
    pub(crate) async fn until(&self, enough: impl FnMut(&Seen) -> bool) -> Seen {
        let mut seen = self.seen.clone();
        seen.wait_for(enough)
            .await
            .expect("the server runs as long as the test")
            .clone()
    }

    /// Waits until every connection is over.
    pub(crate) async fn until_closed(&self) {
        self.until(|seen| seen.connections > 0 && seen.closed == seen.connections)
            .await;
    }
}

impl Drop for Hostile {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Peer {
    /// The head of the next request, noted; an error when the client is gone.
    pub(crate) async fn request(&mut self) -> io::Result<String> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if head.len() > REQUEST {
                return Err(io::ErrorKind::InvalidData.into());
            }
            head.push(self.stream.read_u8().await?);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        self.note(&head);
        Ok(head)
    }

    /// Counts as a request.
    pub(crate) fn note(&self, request: &str) {
        self.seen
            .send_modify(|seen| seen.requests.push(request.to_owned()));
    }

    /// Bytes as they are.
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        let bytes = bytes.as_ref();
        self.stream.write_all(bytes).await?;
        self.stream.flush().await?;
        self.seen
            .send_modify(|seen| seen.sent += bytes.len() as u64);
        Ok(())
    }

    /// So many bytes.
    pub(crate) async fn receive(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).await?;
        Ok(bytes)
    }

    /// Says nothing until the client hangs up.
    pub(crate) async fn wait(&mut self) -> io::Result<()> {
        let mut rest = [0; 1024];
        while self.stream.read(&mut rest).await? > 0 {}
        Ok(())
    }

    /// Passes bytes on in both directions, as a proxy does.
    pub(crate) async fn splice(&mut self, to: SocketAddr) -> io::Result<()> {
        let mut there = tokio::net::TcpStream::connect(to).await?;
        tokio::io::copy_bidirectional(&mut self.stream, &mut there)
            .await
            .map(|_| ())
    }
}

async fn always(mut peer: Peer, answer: Arc<[u8]>) -> io::Result<()> {
    loop {
        peer.request().await?;
        peer.send(&answer).await?;
    }
}

/// An answer with a proper length.
pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A redirect.
pub(crate) fn redirect(to: &str) -> Vec<u8> {
    answer("302 Found", &format!("Location: {to}\r\n"), "")
}
