use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::{
    client::legacy::connect::{Connected, Connection},
    rt::TokioIo,
};
use tokio::io::{AsyncRead, AsyncWrite};

use super::Connect;

/// Bytes both ways: a socket, or TLS or a tunnel over one.
pub(super) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// How a connection was made; every answer over it carries this.
pub(super) struct Made {
    pub(super) connect: Connect,
    /// It leads into this machine or its network, as far as can be seen from here.
    pub(super) internal: bool,
    /// A proxy answers for the server, and may answer for itself.
    pub(super) forwarded: bool,
    told: AtomicBool,
}

impl Made {
    pub(super) fn new(connect: Connect, internal: bool, forwarded: bool) -> Self {
        Self {
            connect,
            internal,
            forwarded,
            told: AtomicBool::new(false),
        }
    }

    /// How it was made, for the first that asks: later requests found it open.
    pub(super) fn tell(&self) -> Option<Connect> {
        let told = self.told.swap(true, Ordering::Relaxed);
        (!told).then(|| self.connect.clone())
    }
}

/// A connection as hyper takes it.
pub(super) struct Line {
    bytes: TokioIo<Box<dyn Duplex>>,
    made: Arc<Made>,
    is_http2: bool,
}

impl Line {
    pub(super) fn new(bytes: Box<dyn Duplex>, made: Made, is_http2: bool) -> Self {
        Self {
            bytes: TokioIo::new(bytes),
            made: Arc::new(made),
            is_http2,
        }
    }
}

impl Connection for Line {
    fn connected(&self) -> Connected {
        let connected = Connected::new()
            .proxy(self.made.forwarded)
            .extra(Arc::clone(&self.made));
        if self.is_http2 {
            connected.negotiated_h2()
        } else {
            connected
        }
    }
}

impl Read for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_read(context, buffer)
    }
}

impl Write for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.bytes).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_shutdown(context)
    }
}
