//! A listener of a test, which ends with it. One that stayed would make every later child dearer: a fork copies the maps of all
//! its threads.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// A port of the loopback, each of whose connections is talked to in a thread of its own.
#[derive(Debug)]
pub(crate) struct Listening {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
}

impl Listening {
    pub(crate) fn new(talk: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of the loopback");
        let address = listener.local_addr().expect("bound");
        let (is_over, talk) = (Arc::<AtomicBool>::default(), Arc::new(talk));
        let ends = Arc::clone(&is_over);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ends.load(Ordering::Acquire) {
                    break;
                }
                let talk = Arc::clone(&talk);
                thread::spawn(move || talk(stream));
            }
        });
        Self { address, is_over }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        // it waits for one more
        drop(TcpStream::connect(self.address));
    }
}
