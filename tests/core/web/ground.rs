//! A machine, the names it knows, and what it asks.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex},
    time::Duration,
};

use gopherdesk_core::{
    host::Host,
    web::{Answer, Client, Limits, Network, Resolved, Resolver, Trouble},
};
use url::Url;

use crate::support::Sandbox;

/// A public address (RFC 5737), for names that lead outside.
pub(crate) const OUTSIDE: &str = "203.0.113.10";

/// Names that lead where a test says. Whatever address a name leads to, the loopback answers at the same port; so a judge
/// that let an inner address through would be seen by the listener.
#[derive(Default)]
pub(crate) struct Names {
    answers: Mutex<BTreeMap<String, Vec<Vec<IpAddr>>>>,
    apart: BTreeSet<IpAddr>,
    dialled: Mutex<Vec<IpAddr>>,
}

impl Names {
    /// `public.example` and names below it are outside, `company.example` is inside.
    pub(crate) fn new() -> Self {
        Self::default()
            .leads("public.example", &[&[OUTSIDE]])
            .leads("other.public.example", &[&["198.51.100.7"]])
            .leads("company.example", &[&["10.1.2.3"]])
            .leads("files.company.example", &[&["10.1.2.4"]])
    }

    /// What the name leads to the first time, the second time and so on; the last answer stays.
    pub(crate) fn leads(self, name: &str, answers: &[&[&str]]) -> Self {
        let mut answers: Vec<Vec<IpAddr>> = answers
            .iter()
            .map(|answer| {
                let addresses = answer.iter().map(|one| one.parse().expect("an address"));
                addresses.collect()
            })
            .collect();
        answers.reverse();
        self.answers
            .lock()
            .expect("no panic before")
            .insert(name.to_owned(), answers);
        self
    }

    /// Behind the address is not the server, but what listens at its port on the loopback of IPv6.
    pub(crate) fn apart(mut self, address: &str) -> Self {
        self.apart.insert(address.parse().expect("an address"));
        self
    }

    /// The addresses behind names that were dialled, or would have been if those before them had not answered.
    pub(crate) fn dialled(&self) -> Vec<String> {
        let dialled = self.dialled.lock().expect("no panic before");
        dialled.iter().map(IpAddr::to_string).collect()
    }
}

impl Resolver for Names {
    fn addresses(&self, name: String) -> Resolved {
        let mut answers = self.answers.lock().expect("no panic before");
        let answer = answers.get_mut(&name).map(|left| {
            if left.len() > 1 {
                left.pop().unwrap_or_default()
            } else {
                left.first().cloned().unwrap_or_default()
            }
        });
        Box::pin(async move { answer.ok_or_else(|| io::Error::other("no such name")) })
    }

    fn dialled(&self, address: IpAddr) -> IpAddr {
        self.dialled.lock().expect("no panic before").push(address);
        if self.apart.contains(&address) {
            Ipv6Addr::LOCALHOST.into()
        } else {
            Ipv4Addr::LOCALHOST.into()
        }
    }
}

/// A machine with names of its own.
pub(crate) struct Scene {
    /// Holds the files of the machine.
    pub(crate) sandbox: Sandbox,
    /// What it dialled.
    pub(crate) names: Arc<Names>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::with(Names::new())
    }

    pub(crate) fn with(names: Names) -> Self {
        Self {
            sandbox: Sandbox::new(),
            names: Arc::new(names),
        }
    }

    /// The machine with one variable more.
    pub(crate) fn with_var(mut self, name: &str, value: &str) -> Self {
        self.sandbox.host = self.sandbox.host.with_var(name, value);
        self
    }

    pub(crate) fn network(&self) -> Network {
        network(&self.sandbox.host, &self.names)
    }

    pub(crate) fn client(&self, base: &str) -> Client {
        Client::new(&self.network(), &url(base)).expect("a server")
    }

    /// One request by a client of its own.
    pub(crate) async fn get(&self, base: &str) -> Result<Answer, Trouble> {
        get(&self.client(base), &limits()).await
    }

    /// One request that must fail.
    pub(crate) async fn trouble(&self, base: &str) -> Trouble {
        match self.get(base).await {
            Ok(answer) => panic!("{base} was answered: {answer:?}"),
            Err(trouble) => trouble,
        }
    }
}

pub(crate) fn network(host: &Host, names: &Arc<Names>) -> Network {
    let names: Arc<dyn Resolver> = Arc::<Names>::clone(names);
    Network::new(host).with_resolver(names)
}

/// Limits that nothing reaches, unless a test is about one.
pub(crate) fn limits() -> Limits {
    Limits {
        deadline: Duration::from_secs(60),
        bytes: 1 << 20,
        speed: 0,
        enough: None,
    }
}

/// The same with little time: what is to be seen must be there long before.
pub(crate) fn hasty() -> Limits {
    Limits {
        deadline: Duration::from_millis(300),
        ..limits()
    }
}

/// What [`hasty`] limits end with.
pub(crate) fn timed_out() -> Trouble {
    Trouble::TimedOut {
        seconds: "0.3".to_owned(),
    }
}

pub(crate) fn url(text: &str) -> Url {
    text.parse().expect("an address")
}

pub(crate) async fn get(client: &Client, limits: &Limits) -> Result<Answer, Trouble> {
    client.get("m/@v/list", limits, &|_| {}).await
}
