//! Servers that send too much of something: D10 to D13.

use std::{io, time::Duration};

use gopherdesk_core::web::{Limits, Trouble};

use super::{
    frames::{
        CONTINUATION, DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, OK, PING, PUSH_PROMISE,
        RST_STREAM, SETTINGS, fields, frame, greet, next_request,
    },
    ground::{Scene, get, hasty, limits},
    paper::{Authority, http2, trusting},
};
use crate::{
    hostile::{Hostile, Peer},
    support::block_on,
};

/// What a server can get rid of before it notices that nobody reads.
const BUFFERED: u64 = 16 << 20;

/// Repeats bytes for as long as the client takes them.
async fn flood(mut peer: Peer, first: &[u8], then: &[u8]) -> io::Result<()> {
    peer.request().await?;
    peer.send(first).await?;
    loop {
        peer.send(then).await?;
    }
}

/// The client hangs up of itself, long before its deadline, and names what it does not take.
async fn is_cut(server: &Hostile, trouble: Trouble) {
    assert!(matches!(trouble, Trouble::NotHttp { .. }), "{trouble}");
    server.until_closed().await;
    let sent = server.seen().sent;
    assert!(
        sent < BUFFERED,
        "the rest was not read: {sent} bytes were sent"
    );
    assert_eq!(server.seen().requests.len(), 1, "and not asked again");
}

#[test]
fn d10_headers_without_end_are_cut() {
    block_on(async {
        let headers = "X-Header: value\r\n".repeat(1000);
        let server = Hostile::start(move |peer| {
            let headers = headers.clone();
            async move { flood(peer, b"HTTP/1.1 200 OK\r\n", headers.as_bytes()).await }
        })
        .await;
        is_cut(&server, Scene::new().trouble(&server.http()).await).await;
    });
}

#[test]
fn d11_a_header_without_end_is_cut() {
    block_on(async {
        for first in [&b"HTTP/1.1 200 OK\r\nX: "[..], b"HTTP/1.1 200 ", b""] {
            let server =
                Hostile::start(
                    move |peer| async move { flood(peer, first, &[b'y'; 1 << 16]).await },
                )
                .await;
            is_cut(&server, Scene::new().trouble(&server.http()).await).await;
        }
    });
}

#[test]
fn d12_many_preludes_do_no_harm() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move {
            peer.request().await?;
            let many = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
            for _ in 0..100 {
                peer.send(&many).await?;
            }
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nv1")
                .await
        })
        .await;
        let scene = Scene::new();
        let answer = scene
            .get(&server.http())
            .await
            .expect("an answer in the end");
        assert_eq!((answer.status, answer.body.as_slice()), (200, &b"v1"[..]));

        let server = Hostile::start(|peer| async move {
            flood(peer, b"", b"HTTP/1.1 103 Early Hints\r\n\r\n").await
        })
        .await;
        let trouble = get(&scene.client(&server.http()), &hasty()).await;
        assert!(
            matches!(trouble, Err(Trouble::TimedOut { .. })),
            "{trouble:?}"
        );
        server.until_closed().await;
    });
}

/// Asks a server that speaks HTTP/2 as `script` says, after it read the request.
async fn http2_trouble<F, S>(script: S, limits: Limits) -> (Hostile, Result<u16, Trouble>)
where
    F: Future<Output = io::Result<()>> + Send,
    S: Fn(Peer) -> F + Clone + Send + Sync + 'static,
{
    let authority = Authority::new();
    let tls = http2(authority.server(&["public.example"]));
    let server = Hostile::start_tls(tls, script).await;
    let scene = trusting(Scene::new(), &authority.pem());
    let client = scene.client(&server.named("https", "public.example"));
    let outcome = get(&client, &limits).await.map(|answer| answer.status);
    (server, outcome)
}

#[test]
fn d13_header_frames_without_end_are_cut() {
    block_on(async {
        let (server, outcome) = http2_trouble(
            |mut peer| async move {
                greet(&mut peer).await?;
                peer.send(frame(HEADERS, 0, 1, OK)).await?;
                loop {
                    peer.send(frame(CONTINUATION, 0, 1, &fields(3000))).await?;
                }
            },
            limits(),
        )
        .await;
        is_cut(&server, outcome.expect_err("no head ever ended")).await;
    });
}

#[test]
fn d13_empty_header_frames_without_end_are_cut() {
    block_on(async {
        let (server, outcome) = http2_trouble(
            |mut peer| async move {
                greet(&mut peer).await?;
                peer.send(frame(HEADERS, 0, 1, OK)).await?;
                loop {
                    peer.send(frame(CONTINUATION, 0, 1, &[]).repeat(1000))
                        .await?;
                }
            },
            limits(),
        )
        .await;
        is_cut(&server, outcome.expect_err("no head ever ended")).await;
    });
}

#[test]
fn d13_resets_end_the_request_once() {
    block_on(async {
        // CANCEL, REFUSED_STREAM, which invites to ask again, and ENHANCE_YOUR_CALM
        for code in [8u32, 7, 11] {
            let (server, outcome) = http2_trouble(
                move |mut peer| async move {
                    greet(&mut peer).await?;
                    loop {
                        peer.send(frame(RST_STREAM, 0, 1, &code.to_be_bytes()))
                            .await?;
                        next_request(&mut peer).await?;
                    }
                },
                limits(),
            )
            .await;
            let trouble = outcome.expect_err("it was reset");
            assert!(
                matches!(trouble, Trouble::ConnectionLost { .. }),
                "{trouble}"
            );
            assert_eq!(server.seen().requests.len(), 1, "not asked again");
        }
    });
}

#[test]
fn d13_frames_that_nobody_asked_for_end_the_connection() {
    block_on(async {
        for (what, frames) in [
            ("streams of the server", {
                let pair = |stream: u32| {
                    let mut pair = frame(HEADERS, END_HEADERS, stream, OK);
                    pair.extend(frame(RST_STREAM, 0, stream, &[0, 0, 0, 8]));
                    pair
                };
                (1..1000).flat_map(|at| pair(at * 2)).collect::<Vec<u8>>()
            }),
            (
                "pushes",
                frame(PUSH_PROMISE, END_HEADERS, 1, &[0, 0, 0, 2, 0x82]),
            ),
            ("data before a head", frame(DATA, 0, 1, b"x")),
            (
                "resets of streams that never were",
                frame(RST_STREAM, 0, 99, &[0, 0, 0, 8]),
            ),
            (
                "a frame beyond every size",
                frame(DATA, 0, 1, &[0; 100_000]),
            ),
            (
                "no HTTP/2 at all",
                b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec(),
            ),
        ] {
            let (server, outcome) = http2_trouble(
                move |mut peer| {
                    let frames = frames.clone();
                    async move {
                        greet(&mut peer).await?;
                        loop {
                            peer.send(&frames).await?;
                        }
                    }
                },
                limits(),
            )
            .await;
            let trouble = outcome.expect_err(what);
            let is_named = matches!(
                trouble,
                Trouble::NotHttp { .. } | Trouble::ConnectionLost { .. }
            );
            assert!(is_named, "{what}: {trouble}");
            server.until_closed().await;
        }
    });
}

#[test]
fn d13_small_talk_without_end_ends_at_the_deadline() {
    block_on(async {
        for talk in [
            frame(PING, 0, 0, &[0; 8]),
            frame(SETTINGS, 0, 0, &[]),
            frame(GOAWAY, 0, 0, &[0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
        ] {
            let (server, outcome) = http2_trouble(
                move |mut peer| {
                    let talk = talk.clone();
                    async move {
                        greet(&mut peer).await?;
                        loop {
                            peer.send(&talk).await?;
                            tokio::time::sleep(Duration::from_millis(1)).await;
                        }
                    }
                },
                hasty(),
            )
            .await;
            assert!(
                matches!(outcome, Err(Trouble::TimedOut { .. })),
                "{outcome:?}"
            );
            server.until_closed().await;
        }
    });
}

#[test]
fn d13_questions_without_an_ear_keep_no_connection() {
    block_on(async {
        // every question is answered, and no answer is read: the client cannot get rid of its last words either
        let script = |mut peer: Peer| async move {
            greet(&mut peer).await?;
            let questions = frame(PING, 0, 0, &[0; 8]).repeat(1000);
            loop {
                peer.send(&questions).await?;
            }
        };
        // time for the answers to fill what lies between the two
        let limits = Limits {
            deadline: Duration::from_secs(3),
            ..limits()
        };
        let (server, outcome) = http2_trouble(script, limits).await;
        assert!(
            matches!(outcome, Err(Trouble::TimedOut { .. })),
            "{outcome:?}"
        );
        server.until_closed().await;
    });
}

#[test]
fn a_server_that_says_goodbye_is_a_lost_connection() {
    block_on(async {
        // what it writes into its goodbye is not repeated
        let mut goodbye = vec![0, 0, 0, 0, 0, 0, 0, 2];
        goodbye.extend_from_slice(b"canary-in-the-mine");
        let (_server, outcome) = http2_trouble(
            move |mut peer| {
                let goodbye = goodbye.clone();
                async move {
                    greet(&mut peer).await?;
                    peer.send(frame(GOAWAY, 0, 0, &goodbye)).await
                }
            },
            limits(),
        )
        .await;
        let trouble = outcome.expect_err("it went away");
        assert!(
            matches!(trouble, Trouble::ConnectionLost { .. }),
            "{trouble}"
        );
        assert!(!trouble.to_string().contains("canary"), "{trouble}");
    });
}

#[test]
fn http2_works_when_it_is_meant_well() {
    block_on(async {
        let authority = Authority::new();
        let tls = http2(authority.server(&["public.example"]));
        let server = Hostile::start_tls(tls, |mut peer| async move {
            greet(&mut peer).await?;
            peer.send(frame(HEADERS, END_HEADERS, 1, OK)).await?;
            peer.send(frame(DATA, END_STREAM, 1, b"v1.0.0\n")).await?;
            next_request(&mut peer).await?;
            peer.send(frame(HEADERS, END_HEADERS | END_STREAM, 3, OK))
                .await?;
            peer.wait().await
        })
        .await;
        let scene = trusting(Scene::new(), &authority.pem());
        let client = scene.client(&server.named("https", "public.example"));
        let first = get(&client, &limits()).await.expect("an answer");
        assert_eq!(
            (first.status, first.body.as_slice()),
            (200, &b"v1.0.0\n"[..])
        );
        let connect = first
            .connect
            .expect("the first request makes the connection");
        assert_eq!(connect.http, "HTTP/2");
        let second = get(&client, &limits()).await.expect("an answer");
        assert_eq!(
            (second.status, second.connect),
            (200, None),
            "on the same connection"
        );
        assert_eq!(server.seen().connections, 1);
    });
}
