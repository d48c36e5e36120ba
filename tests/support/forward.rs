//! A line in front of a real server: everything passes, so much later and so fast.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

/// Listens on the loopback, and passes everything on to `to`: what goes there waits for `delay`, a round trip; what comes
/// back, for a line of so many bytes a second.
pub(crate) fn forward(to: SocketAddr, delay: Duration, rate: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of the loopback");
    let address = listener.local_addr().expect("bound");
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            thread::spawn(move || {
                // a handshake is one round trip
                thread::sleep(delay);
                let Ok(server) = TcpStream::connect(to) else {
                    return;
                };
                client.set_nodelay(true).expect("a socket");
                server.set_nodelay(true).expect("a socket");
                let (from, into) = (
                    client.try_clone().expect("a socket"),
                    server.try_clone().expect("a socket"),
                );
                thread::spawn(move || pass(from, into, |_| delay));
                #[expect(clippy::cast_precision_loss, reason = "a few kilobytes")]
                pass(server, client, |bytes| {
                    Duration::from_secs_f64(bytes as f64 / rate as f64)
                });
            });
        }
    });
    format!("http://{address}")
}

fn pass(mut from: TcpStream, mut into: TcpStream, wait: impl Fn(usize) -> Duration) {
    let mut piece = [0; 16 << 10];
    while let Ok(bytes @ 1..) = from.read(&mut piece) {
        thread::sleep(wait(bytes));
        if into.write_all(&piece[..bytes]).is_err() {
            break;
        }
    }
    // either side may be gone already
    let _ = into.shutdown(Shutdown::Write);
}
