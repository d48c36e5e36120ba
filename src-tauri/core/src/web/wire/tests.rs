use std::{collections::BTreeMap, future::pending, net::TcpListener, sync::Mutex};

use tokio::time::Instant;

use super::*;

/// Says at once how dialling an address ends: connected, refused, or never.
struct Scripted {
    outcomes: BTreeMap<IpAddr, Option<bool>>,
    listener: TcpListener,
    dialled: Mutex<Vec<IpAddr>>,
}

impl Scripted {
    fn new(outcomes: &[(&str, Option<bool>)]) -> Self {
        Self {
            outcomes: outcomes
                .iter()
                .map(|(address, outcome)| (address.parse().expect("an address"), *outcome))
                .collect(),
            listener: TcpListener::bind(("127.0.0.1", 0)).expect("a free port"),
            dialled: Mutex::default(),
        }
    }

    fn dialled(&self) -> Vec<String> {
        let dialled = self.dialled.lock().expect("no panic before");
        dialled.iter().map(IpAddr::to_string).collect()
    }
}

impl Wire for Scripted {
    fn resolve(&self, _: String) -> Wired<Vec<IpAddr>> {
        Box::pin(pending())
    }

    fn dial(&self, address: SocketAddr) -> Wired<TcpStream> {
        self.dialled
            .lock()
            .expect("no panic before")
            .push(address.ip());
        match self.outcomes[&address.ip()] {
            Some(true) => {
                // done at once, so that the clock of the test has no reason to go on
                let stream =
                    std::net::TcpStream::connect(self.listener.local_addr().expect("a bound port"));
                Box::pin(async move {
                    let stream = stream?;
                    stream.set_nonblocking(true)?;
                    TcpStream::from_std(stream)
                })
            }
            Some(false) => Box::pin(async { Err(io::ErrorKind::ConnectionRefused.into()) }),
            None => Box::pin(pending()),
        }
    }
}

async fn reached(wire: &Scripted, addresses: &[&str]) -> io::Result<String> {
    let addresses: Vec<IpAddr> = addresses
        .iter()
        .map(|address| address.parse().expect("an address"))
        .collect();
    let (_, address) = reach(wire, &addresses, 443).await?;
    Ok(address.to_string())
}

#[tokio::test(start_paused = true)]
async fn d41_a_black_hole_costs_one_wait() {
    let wire = Scripted::new(&[("2001:db8::1", None), ("203.0.113.1", Some(true))]);
    let started = Instant::now();
    let address = reached(&wire, &["2001:db8::1", "203.0.113.1"]).await;
    assert_eq!(address.expect("the other answers"), "203.0.113.1");
    assert_eq!(started.elapsed(), NEXT_ADDRESS, "by the clock of the test");
}

#[tokio::test(start_paused = true)]
async fn what_fails_is_not_waited_for() {
    let wire = Scripted::new(&[("2001:db8::1", Some(false)), ("203.0.113.1", Some(true))]);
    let started = Instant::now();
    let address = reached(&wire, &["2001:db8::1", "203.0.113.1"]).await;
    assert_eq!(address.expect("the other answers"), "203.0.113.1");
    assert_eq!(
        started.elapsed(),
        Duration::ZERO,
        "by the clock of the test"
    );
}

#[tokio::test(start_paused = true)]
async fn families_take_turns_and_few_are_tried() {
    let all: Vec<String> = (0..20)
        .map(|at| format!("2001:db8::{at:x}"))
        .chain(["203.0.113.1".to_owned()])
        .collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let refused: Vec<_> = all.iter().map(|address| (*address, Some(false))).collect();
    let wire = Scripted::new(&refused);
    let error = reached(&wire, &all).await.expect_err("nobody listens");
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    let dialled = wire.dialled();
    assert_eq!(dialled[..3], ["2001:db8::", "203.0.113.1", "2001:db8::1"]);
    assert_eq!(dialled.len(), ADDRESSES);
}

#[tokio::test(start_paused = true)]
async fn the_first_to_answer_wins() {
    let wire = Scripted::new(&[("203.0.113.1", Some(true)), ("2001:db8::1", None)]);
    let address = reached(&wire, &["203.0.113.1", "2001:db8::1"]).await;
    assert_eq!(address.expect("it answers"), "203.0.113.1");
    assert_eq!(wire.dialled(), ["203.0.113.1"], "the other is left alone");
}
