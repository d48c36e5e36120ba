//! Statuses: D35. Each is handed over as it came, and nothing is asked twice.

use gopherdesk_core::web::Trouble;

use super::ground::{Scene, get, limits};
use crate::{
    hostile::{Hostile, answer},
    support::block_on,
};

#[test]
fn d35_every_status_is_handed_over_once() {
    block_on(async {
        let scene = Scene::new();
        for status in [
            200, 201, 203, 206, 226, 300, 305, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409,
            410, 418, 421, 425, 426, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 511, 520,
            599, 600, 999,
        ] {
            let server = Hostile::answering(answer(&format!("{status} Because"), "", "body")).await;
            let answer = scene.get(&server.http()).await.expect("an answer");
            assert_eq!(
                (answer.status, answer.body.as_slice()),
                (status, &b"body"[..])
            );
            assert_eq!(
                server.seen().requests.len(),
                1,
                "{status} is not asked again"
            );
        }
    });
}

#[test]
fn d35_statuses_without_a_body_have_none() {
    block_on(async {
        let scene = Scene::new();
        for status in [204, 304] {
            let server = Hostile::answering(format!("HTTP/1.1 {status} None\r\n\r\n")).await;
            let client = scene.client(&server.http());
            for _ in 0..2 {
                let answer = get(&client, &limits()).await.expect("an answer");
                assert_eq!((answer.status, answer.body.len()), (status, 0));
            }
            assert_eq!(server.seen().connections, 1, "the connection stays open");
        }
    });
}

#[test]
fn d35_what_is_no_status_is_no_answer() {
    block_on(async {
        let scene = Scene::new();
        for status in ["0", "000", "99", "1000", "-200", "2e2", "OK", ""] {
            let server = Hostile::answering(answer(&format!("{status} x"), "", "v1")).await;
            let trouble = scene.trouble(&server.http()).await;
            assert!(
                matches!(trouble, Trouble::NotHttp { .. }),
                "{status}: {trouble}"
            );
            assert_eq!(
                server.seen().requests.len(),
                1,
                "{status} is not asked again"
            );
        }
    });
}

#[test]
fn d35_a_prelude_alone_is_no_answer() {
    block_on(async {
        let server = Hostile::start(|mut peer| async move {
            peer.request().await?;
            peer.send("HTTP/1.1 100 Continue\r\n\r\n").await
        })
        .await;
        let trouble = Scene::new().trouble(&server.http()).await;
        assert!(
            matches!(trouble, Trouble::ConnectionLost { .. }),
            "{trouble}"
        );
        assert_eq!(server.seen().requests.len(), 1, "not asked again");
    });
}

#[test]
fn d35_another_protocol_is_not_taken_up() {
    block_on(async {
        let head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nx";
        let server = Hostile::answering(head).await;
        let answer = Scene::new().get(&server.http()).await.expect("an answer");
        assert_eq!((answer.status, answer.body.len()), (101, 0));
        server.until_closed().await;
    });
}

#[test]
fn d35_when_to_come_back_is_handed_over() {
    block_on(async {
        let scene = Scene::new();
        for (written, expected) in [
            ("30", Some(30)),
            ("0", Some(0)),
            ("4294967295", Some(u32::MAX)),
            ("4294967296", None),
            ("-1", None),
            ("soon", None),
            ("1.5", None),
            ("Wed, 21 Oct 2015 07:28:00 GMT", None),
        ] {
            for status in [429, 503] {
                let head = format!("Retry-After: {written}\r\n");
                let server =
                    Hostile::answering(answer(&format!("{status} Later"), &head, "")).await;
                let answer = scene.get(&server.http()).await.expect("an answer");
                assert_eq!(
                    (answer.status, answer.retry_after),
                    (status, expected),
                    "{written}"
                );
                assert_eq!(
                    server.seen().requests.len(),
                    1,
                    "it is not for us to come back"
                );
            }
        }
    });
}
