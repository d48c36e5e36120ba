//! HTTP/2 byte by byte (RFC 9113), as no library would send it.

use std::io;

use crate::hostile::Peer;

pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const RST_STREAM: u8 = 3;
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const PUSH_PROMISE: u8 = 5;
pub(crate) const PING: u8 = 6;
pub(crate) const GOAWAY: u8 = 7;
pub(crate) const CONTINUATION: u8 = 9;

pub(crate) const END_STREAM: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;

/// `:status: 200` (RFC 7541, appendix A).
pub(crate) const OK: &[u8] = &[0x88];

/// What every client begins with.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// One frame.
pub(crate) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a frame").to_be_bytes();
    let mut bytes = vec![length[1], length[2], length[3], kind, flags];
    bytes.extend_from_slice(&stream.to_be_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// Header fields for nothing: `a: b`, not indexed, so many times.
pub(crate) fn fields(count: usize) -> Vec<u8> {
    [0, 1, b'a', 1, b'b'].repeat(count)
}

/// Greets, and reads up to the first request.
pub(crate) async fn greet(peer: &mut Peer) -> io::Result<()> {
    let preface = peer.receive(PREFACE.len()).await?;
    if preface != PREFACE {
        return Err(io::ErrorKind::InvalidData.into());
    }
    peer.send(frame(SETTINGS, 0, 0, &[])).await?;
    next_request(peer).await
}

/// Reads up to the next request, and notes it.
pub(crate) async fn next_request(peer: &mut Peer) -> io::Result<()> {
    loop {
        let head = peer.receive(9).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        peer.receive(usize::try_from(length).expect("a frame"))
            .await?;
        if head[3] == HEADERS {
            peer.note("HTTP/2");
            return Ok(());
        }
    }
}
