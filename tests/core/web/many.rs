//! Many at once, and some of them bad: the client's part of D42.

use std::sync::Arc;

use gopherdesk_core::web::Trouble;
use tokio::task::JoinSet;

use super::ground::{Scene, get, hasty, limits};
use crate::{
    hostile::{Hostile, Peer, answer, redirect},
    support::block_on,
};

/// What the bad ones do, by turns.
async fn misbehaves(mut peer: Peer, how: usize) -> std::io::Result<()> {
    if how == 0 {
        return peer.wait().await;
    }
    peer.request().await?;
    match how {
        1 => {
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
                .await?;
            peer.wait().await
        }
        2 => peer.send(redirect("http://127.0.0.1:1/")).await,
        3 => loop {
            peer.send(vec![b'x'; 1 << 16]).await?;
        },
        4 => loop {
            peer.send("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000))
                .await?;
        },
        _ => Ok(()),
    }
}

#[test]
fn d42_the_bad_do_no_harm_to_the_good() {
    block_on(async {
        let scene = Scene::new();
        let mut servers = Vec::new();
        let mut asked = JoinSet::new();
        for at in 0..100 {
            let is_good = at % 10 < 7;
            let server = if is_good {
                Hostile::answering(answer("200 OK", "", vec![b'x'; 100_000])).await
            } else {
                Hostile::start(move |peer| misbehaves(peer, at % 6)).await
            };
            let client = scene.client(&server.named("http", "public.example"));
            servers.push(server);
            let limits = if is_good { limits() } else { hasty() };
            asked.spawn(async move { (is_good, get(&client, &limits).await) });
        }
        let mut good = 0;
        for (is_good, outcome) in asked.join_all().await {
            match outcome {
                Ok(answer) => {
                    assert!(is_good, "{answer:?}");
                    assert_eq!(answer.body.len(), 100_000);
                    good += 1;
                }
                Err(trouble) => assert!(!is_good, "{trouble}"),
            }
        }
        assert_eq!(good, 70);
        for server in servers {
            server.until_closed().await;
            assert_eq!(server.seen().connections, 1, "one connection for each");
        }
    });
}

#[test]
fn d42_all_of_them_can_be_dropped_at_once() {
    block_on(async {
        let scene = Scene::new();
        let mut servers = Vec::new();
        let mut asked: JoinSet<Result<_, Trouble>> = JoinSet::new();
        for at in 0..100 {
            let server = Hostile::start(move |peer| misbehaves(peer, at % 2)).await;
            let client = Arc::new(scene.client(&server.named("http", "public.example")));
            servers.push(server);
            asked.spawn(async move { get(&client, &limits()).await });
        }
        for server in &servers {
            server.until(|seen| seen.connections == 1).await;
        }
        asked.abort_all();
        for server in &servers {
            server.until_closed().await;
        }
        assert!(asked.join_all_cancelled().await, "none of them answered");
    });
}

/// What [`JoinSet::join_all`] says with a panic.
trait Cancelled {
    async fn join_all_cancelled(self) -> bool;
}

impl<T: 'static> Cancelled for JoinSet<T> {
    async fn join_all_cancelled(mut self) -> bool {
        let mut all = true;
        while let Some(outcome) = self.join_next().await {
            all &= outcome.is_err_and(|error| error.is_cancelled());
        }
        all
    }
}
