//! Bodies that are not what they say: D5 to D9, D14, D15.

use std::sync::Mutex;

use gopherdesk_core::web::{Limits, Trouble};

use super::ground::{Scene, get, limits};
use crate::{
    hostile::{Hostile, answer},
    support::block_on,
};

/// What a server can get rid of before it notices that nobody reads: the limit, and what lies in sockets and buffers.
const BUFFERED: u64 = 16 << 20;

#[test]
fn d5_a_body_without_end_is_cut() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move {
            peer.request().await?;
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                .await?;
            let mut chunk = b"10000\r\n".to_vec();
            chunk.resize(chunk.len() + 0x10000, b'x');
            chunk.extend_from_slice(b"\r\n");
            loop {
                peer.send(&chunk).await?;
            }
        })
        .await;
        let client = Scene::new().client(&server.http());
        let told = Mutex::new(0);
        let on_bytes = |bytes| *told.lock().expect("no panic before") = bytes;
        let trouble = client.get("m/@v/list", &limits(), &on_bytes).await;
        assert_eq!(trouble, Err(Trouble::TooLarge { bytes: 1 << 20 }));
        assert!(
            *told.lock().expect("no panic before") <= 1 << 20,
            "never told of more"
        );
        server.until_closed().await;
        let sent = server.seen().sent;
        assert!(
            sent < BUFFERED,
            "the rest was not read: {sent} bytes were sent"
        );
    });
}

#[test]
fn d6_an_absurd_length_is_refused_before_the_body() {
    block_on(async {
        let scene = Scene::new();
        for (length, expected) in [
            ("1048577", Trouble::TooLarge { bytes: 1 << 20 }),
            ("18446744073709551613", Trouble::TooLarge { bytes: 1 << 20 }),
        ] {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nx");
            let server = Hostile::answering(head).await;
            assert_eq!(scene.trouble(&server.http()).await, expected, "{length}");
            server.until_closed().await;
        }
        for length in [
            "18446744073709551615",
            "99999999999999999999999",
            "-1",
            "1e3",
            "0x10",
        ] {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nx");
            let server = Hostile::answering(head).await;
            let trouble = scene.trouble(&server.http()).await;
            assert!(
                matches!(trouble, Trouble::NotHttp { .. }),
                "{length}: {trouble}"
            );
            server.until_closed().await;
        }
    });
}

#[test]
fn d7_a_body_that_ends_early_is_no_answer() {
    block_on(async {
        let scene = Scene::new();
        for head in [
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        ] {
            let server = Hostile::start(move |mut peer| async move {
                peer.request().await?;
                peer.send(head).await
            })
            .await;
            let trouble = scene.trouble(&server.http()).await;
            assert!(
                matches!(trouble, Trouble::NotHttp { .. }),
                "{head}: {trouble}"
            );
        }
    });
}

#[test]
fn d8_what_follows_a_body_is_not_read() {
    block_on(async {
        let long = answer("200 OK", "", "v1.0.0\n");
        let mut with_more = long.clone();
        with_more.extend_from_slice(b"and more\r\n\r\n");
        let server = Hostile::start(move |mut peer| {
            let with_more = with_more.clone();
            async move {
                peer.request().await?;
                peer.send(with_more).await?;
                peer.wait().await
            }
        })
        .await;
        let client = Scene::new().client(&server.http());
        let answer = get(&client, &limits()).await.expect("an answer");
        assert_eq!(answer.body, b"v1.0.0\n", "as long as it said");
        // what came too much is not the beginning of the next answer
        let answer = get(&client, &limits()).await.expect("an answer");
        assert_eq!(answer.body, b"v1.0.0\n");
        assert_eq!(server.seen().connections, 2, "by another connection");
    });
}

#[test]
fn d9_two_lengths_are_none() {
    block_on(async {
        let scene = Scene::new();
        for headers in [
            "Content-Length: 2\r\nContent-Length: 3",
            "Content-Length: 2, 3",
            "Content-Length: 2\r\nContent-Length: x",
        ] {
            let server =
                Hostile::answering(format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\nabc")).await;
            let trouble = scene.trouble(&server.http()).await;
            assert!(
                matches!(trouble, Trouble::NotHttp { .. }),
                "{headers}: {trouble}"
            );
        }
    });
}

#[test]
fn enough_is_enough() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move {
            peer.request().await?;
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nPK34 and more")
                .await?;
            peer.wait().await
        })
        .await;
        let client = Scene::new().client(&server.http());
        let limits = Limits {
            enough: Some(4),
            ..limits()
        };
        let told = Mutex::new(Vec::new());
        let on_bytes = |bytes| told.lock().expect("no panic before").push(bytes);
        let answer = client
            .get("m/@v/list", &limits, &on_bytes)
            .await
            .expect("an answer");
        assert_eq!(answer.body, b"PK34", "not a byte more than was asked for");
        assert_eq!(answer.length, Some(99_999_999), "what the server said");
        assert_eq!(*told.lock().expect("no panic before"), [4]);
        server.until_closed().await;
    });
}

#[test]
fn a_body_is_told_as_it_grows() {
    block_on(async {
        let server = Hostile::answering(answer("200 OK", "", vec![b'x'; 300_000])).await;
        let client = Scene::new().client(&server.http());
        let told = Mutex::new(Vec::new());
        let on_bytes = |bytes| told.lock().expect("no panic before").push(bytes);
        let answer = client
            .get("m/@v/list", &limits(), &on_bytes)
            .await
            .expect("an answer");
        assert_eq!(answer.body.len(), 300_000);
        let told = told.lock().expect("no panic before");
        assert_eq!(told.last(), Some(&300_000), "to the end");
        assert!(told.is_sorted() && told.len() > 1, "in steps: {told:?}");
    });
}

#[test]
fn d14_d15_nothing_is_unpacked() {
    block_on(async {
        // a kilobyte of zeros, as gzip; and the same inside another, as a bomb begins
        let packed = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 99, 96, 24, 5, 163, 96, 20, 12, 119, 0, 46, 175,
            181, 239, 0, 4, 0, 0,
        ];
        let scene = Scene::new();
        for (headers, body) in [
            ("Content-Encoding: gzip\r\n", &packed[..]),
            ("Content-Encoding: gzip, gzip\r\n", &packed[..]),
            ("Content-Encoding: br\r\n", &packed[..]),
            (
                "Content-Encoding: zstd\r\nContent-Type: application/zip\r\n",
                &packed[..],
            ),
            (
                "Content-Type: application/zip\r\n",
                &b"PK\x03\x04PK\x03\x04"[..],
            ),
        ] {
            let server = Hostile::answering(answer("200 OK", headers, body)).await;
            let answer = scene.get(&server.http()).await.expect("an answer");
            assert_eq!(answer.body, body, "byte for byte, with {headers}");
            let request = &server.seen().requests[0];
            assert!(
                request.contains("accept-encoding: identity\r\n"),
                "{request}"
            );
        }
    });
}
