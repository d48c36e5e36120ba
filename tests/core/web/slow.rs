//! Servers that take their time: D1 to D4, D40, D41.

use std::{net::Ipv6Addr, sync::Mutex, time::Duration};

use gopherdesk_core::web::{Limits, Trouble};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    time::{sleep, timeout},
};

use super::ground::{Names, OUTSIDE, Scene, get, hasty, limits, timed_out};
use crate::{
    hostile::{Hostile, Peer, answer},
    support::block_on,
};

/// Sends bytes one by one, for as long as the client listens.
async fn drip(peer: &mut Peer, bytes: &[u8], every: Duration) -> std::io::Result<()> {
    for byte in bytes.iter().cycle() {
        peer.send([*byte]).await?;
        sleep(every).await;
    }
    Ok(())
}

#[test]
fn an_answer_says_what_it_took() {
    block_on(async {
        let list = answer("200 OK", "Content-Type: text/plain\r\n", "v1.0.0\n");
        let server = Hostile::answering(list).await;
        let scene = Scene::new();
        let client = scene.client(&server.named("http", "public.example"));
        let first = get(&client, &limits()).await.expect("an answer");
        assert_eq!(
            (first.status, first.body.as_slice()),
            (200, &b"v1.0.0\n"[..])
        );
        assert_eq!(first.content_type.as_deref(), Some("text/plain"));
        assert_eq!(first.length, Some(7));
        assert_eq!(first.redirected, None);
        let connect = first
            .connect
            .expect("the first request makes the connection");
        let who = server.address.to_string();
        assert_eq!(connect.address, Some(who), "who answered");
        assert!(
            connect.dns_ms.is_some_and(|ms| ms > 0.0),
            "the name was looked up"
        );
        assert!(connect.tcp_ms.is_some_and(|ms| ms > 0.0), "it was dialled");
        assert_eq!(
            (connect.tls_ms, connect.certificate_days),
            (None, None),
            "no TLS"
        );
        assert_eq!((connect.http.as_str(), connect.proxy), ("HTTP/1.1", None));
        let second = get(&client, &limits()).await.expect("an answer");
        assert_eq!(second.connect, None, "the second request finds it open");
        assert_eq!(server.seen().connections, 1, "one connection in all");
        let request = &server.seen().requests[0];
        assert!(
            request.starts_with("GET /m/@v/list HTTP/1.1\r\n"),
            "{request}"
        );
        let agent = concat!(
            "user-agent: gopherdesk/",
            env!("CARGO_PKG_VERSION"),
            " (+speed test)\r\n"
        );
        assert!(request.contains(agent), "{request}");
    });
}

#[test]
fn d1_silence_ends_at_the_deadline() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move { peer.wait().await }).await;
        let client = Scene::new().client(&server.http());
        assert_eq!(get(&client, &hasty()).await, Err(timed_out()));
        server.until_closed().await;
    });
}

#[test]
fn d2_a_head_that_trickles_ends_at_the_deadline() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move {
            peer.request().await?;
            peer.send("HTTP/1.1 200 OK\r\nX: ").await?;
            drip(&mut peer, b"y", Duration::from_millis(20)).await
        })
        .await;
        let client = Scene::new().client(&server.http());
        assert_eq!(get(&client, &hasty()).await, Err(timed_out()));
        server.until_closed().await;
    });
}

#[test]
fn d3_a_body_that_trickles_is_too_slow() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move {
            peer.request().await?;
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                .await?;
            drip(&mut peer, b"y", Duration::from_millis(50)).await
        })
        .await;
        let scene = Scene::new();
        let fast = Limits {
            speed: 1000,
            ..limits()
        };
        let trouble = get(&scene.client(&server.http()), &fast).await;
        assert_eq!(
            trouble,
            Err(Trouble::TooSlow {
                bytes_per_second: 1000
            })
        );
        server.until_closed().await;
        let trouble = get(&scene.client(&server.http()), &hasty()).await;
        assert_eq!(
            trouble,
            Err(timed_out()),
            "the deadline holds for bodies as well"
        );
        server.until_closed().await;
    });
}

#[test]
fn d3_a_short_body_is_not_too_slow() {
    block_on(async {
        let server = Hostile::answering(answer("200 OK", "", "v1")).await;
        let fast = Limits {
            speed: u64::MAX,
            ..limits()
        };
        let answer = get(&Scene::new().client(&server.http()), &fast).await;
        assert_eq!(answer.expect("there is no speed in two bytes").body, b"v1");
    });
}

#[test]
fn d4_keys_that_never_come_end_at_the_deadline() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move { peer.wait().await }).await;
        let client = Scene::new().client(&server.https());
        assert_eq!(get(&client, &hasty()).await, Err(timed_out()));
        server.until_closed().await;
    });
}

#[test]
fn one_that_hangs_does_not_hold_up_others() {
    block_on(async {
        let hangs = Hostile::start(|mut peer| async move { peer.wait().await }).await;
        let answers = Hostile::answering(answer("200 OK", "", "v1")).await;
        let scene = Scene::new();
        let (hanging, sound) = (scene.client(&hangs.http()), scene.client(&answers.http()));
        let (hasty, limits) = (hasty(), limits());
        let order = Mutex::new(Vec::new());
        let note = |who: &'static str| order.lock().expect("no panic before").push(who);
        tokio::join!(
            async {
                assert_eq!(get(&hanging, &hasty).await, Err(timed_out()));
                note("hanging");
            },
            async {
                get(&sound, &limits).await.expect("an answer");
                note("sound");
            },
        );
        assert_eq!(
            *order.lock().expect("no panic before"),
            ["sound", "hanging"]
        );
    });
}

#[test]
fn a_request_that_is_dropped_is_gone() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move {
            peer.request().await?;
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234")
                .await?;
            peer.wait().await
        })
        .await;
        let client = Scene::new().client(&server.http());
        let (told, hears) = tokio::sync::oneshot::channel();
        let told = Mutex::new(Some(told));
        let on_bytes = |bytes| {
            assert_eq!(bytes, 4, "it is told how much there is");
            if let Some(told) = told.lock().expect("no panic before").take() {
                let _ = told.send(());
            }
        };
        let limits = limits();
        tokio::select! {
            answer = client.get("m/@v/list", &limits, &on_bytes) => panic!("answered: {answer:?}"),
            heard = hears => heard.expect("the body began"),
        }
        server.until_closed().await;
    });
}

#[test]
fn d40_the_clock_on_the_wall_measures_nothing() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move {
            peer.request().await?;
            sleep(Duration::from_millis(30)).await;
            peer.send(answer("200 OK", "", "v1")).await
        })
        .await;
        let scene = Scene::new();
        let frozen = scene.sandbox.host.now();
        let answer = scene.get(&server.http()).await.expect("an answer");
        assert_eq!(
            scene.sandbox.host.now(),
            frozen,
            "the machine's clock stands still"
        );
        assert!(answer.first_byte >= Duration::from_millis(30), "{answer:?}");
        assert!(answer.last_byte >= answer.first_byte, "{answer:?}");
    });
}

#[test]
fn d41_a_black_hole_beside_a_server_is_no_trouble() {
    block_on(async {
        let server = Hostile::answering(answer("200 OK", "", "v1")).await;
        let hole = BlackHole::beside(server.address.port()).await;
        let names = Names::new()
            .leads("public.example", &[&["2001:db8::1", OUTSIDE]])
            .apart("2001:db8::1");
        let scene = Scene::with(names);
        let answer = scene.get(&server.named("http", "public.example")).await;
        let connect = answer.expect("an answer").connect.expect("a connection");
        let who = server.address.to_string();
        assert_eq!(connect.address, Some(who), "the other one");
        assert_eq!(scene.names.dialled(), ["2001:db8::1", OUTSIDE]);
        drop(hole);
    });
}

/// A place on the loopback of IPv6 that answers nobody any more, because nobody takes those who came. Windows refuses them
/// after a while.
struct BlackHole {
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

impl BlackHole {
    async fn beside(port: u16) -> Self {
        let place = (Ipv6Addr::LOCALHOST, port).into();
        let socket = TcpSocket::new_v6().expect("IPv6");
        socket.bind(place).expect("the port is free for IPv6");
        let listener = socket.listen(1).expect("a listener");
        let mut waiting = Vec::new();
        let wait = Duration::from_millis(100);
        while let Ok(Ok(came)) = timeout(wait, TcpStream::connect(place)).await {
            waiting.push(came);
        }
        Self {
            _listener: listener,
            _waiting: waiting,
        }
    }
}
