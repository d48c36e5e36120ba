//! Somebody else answers, or nonsense comes: D33, D34. What an answer is worth is for others to say; the client hands it
//! over as it is.

use gopherdesk_core::web::{RedirectFault, Trouble};

use super::{
    ground::{Scene, get, limits},
    paper::{Authority, trusting},
};
use crate::{
    hostile::{Hostile, answer, redirect},
    support::block_on,
};

#[test]
fn d33_a_login_page_is_handed_over_with_what_it_says_it_is() {
    block_on(async {
        let page = "<!DOCTYPE html><title>Welcome to the hotel</title>";
        let html = "Content-Type: text/html; charset=utf-8\r\n";
        let portal = Hostile::answering(answer("200 OK", html, page)).await;
        let scene = Scene::new();
        let direct = scene.get(&portal.http()).await.expect("an answer");
        assert_eq!(
            direct.content_type.as_deref(),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(direct.body, page.as_bytes());

        let sends = Hostile::answering(redirect(&format!("{}/login?from=x", portal.http()))).await;
        let sent = scene.get(&sends.http()).await.expect("an answer");
        assert_eq!((sent.status, sent.content_type), (200, direct.content_type));
        assert_eq!(
            sent.redirected,
            Some(format!("{}/login?from=***", portal.http()))
        );

        let status = "511 Network Authentication Required";
        let wants = Hostile::answering(answer(status, html, page)).await;
        assert_eq!(
            scene.get(&wants.http()).await.expect("an answer").status,
            511
        );
    });
}

#[test]
fn d33_a_portal_cannot_answer_for_https() {
    block_on(async {
        let (known, portal) = (Authority::new(), Authority::new());
        let scene = trusting(Scene::new(), &known.pem());
        let html = answer("200 OK", "Content-Type: text/html\r\n", "<html>");
        let fake = Hostile::answering_tls(portal.server(&["public.example"]), html).await;
        let trouble = scene.trouble(&fake.named("https", "public.example")).await;
        let host = "public.example".to_owned();
        assert_eq!(trouble, Trouble::CertificateUnknownAuthority { host });
        let tls = known.server(&["public.example"]);
        let sends = Hostile::answering_tls(tls, redirect("http://login.hotel.example/")).await;
        let trouble = scene.trouble(&sends.named("https", "public.example")).await;
        let expected = Trouble::RedirectRefused {
            to: "http://login.hotel.example/".to_owned(),
            reason: RedirectFault::Downgrade,
        };
        assert_eq!(trouble, expected, "named, with where it leads");
    });
}

#[test]
fn d34_nonsense_is_handed_over_byte_by_byte() {
    block_on(async {
        let scene = Scene::new();
        let deep = "[".repeat(100_000);
        let long = format!(r#"{{"Version":"{}"}}"#, "v".repeat(900_000));
        for body in [
            r#"{"Version":"v1.0.0","Version":"v2.0.0"}"#,
            r#"{"Version":NaN}"#,
            "{\"Version\":\"<script>\\u202e\x1b[31m\"}",
            "\u{202e}\u{feff}",
            &deep,
            &long,
        ] {
            let server = Hostile::answering(answer("200 OK", "", body)).await;
            let answer = scene.get(&server.http()).await.expect("an answer");
            assert_eq!(answer.body, body.as_bytes());
        }
        let huge = Hostile::answering(answer("200 OK", "", vec![b'{'; 50 << 20])).await;
        let trouble = scene.trouble(&huge.http()).await;
        assert_eq!(trouble, Trouble::TooLarge { bytes: 1 << 20 });
    });
}

#[test]
fn d34_headers_that_do_something_to_a_terminal_are_not_handed_over() {
    block_on(async {
        let scene = Scene::new();
        for value in ["text/\u{202e}html", "текст", "\u{85}"] {
            let headers = format!("Content-Type: {value}\r\nRetry-After: {value}\r\n");
            let server = Hostile::answering(answer("200 OK", &headers, "v1")).await;
            let answer = scene.get(&server.http()).await.expect("an answer");
            assert_eq!(
                (answer.content_type, answer.retry_after),
                (None, None),
                "{value:?}"
            );
        }
        for value in ["\x1b[31m", "\0", "\x7f"] {
            let headers = format!("Content-Type: {value}\r\n");
            let server = Hostile::answering(answer("200 OK", &headers, "v1")).await;
            let trouble = scene.trouble(&server.http()).await;
            assert!(
                matches!(trouble, Trouble::NotHttp { .. }),
                "{value:?}: {trouble}"
            );
        }
    });
}

#[test]
fn what_is_not_http_is_named() {
    block_on(async {
        let scene = Scene::new();
        for nonsense in [
            &b"SSH-2.0-OpenSSH_9.9\r\n"[..],
            b"220 mail.example ESMTP\r\n",
            b"\x00\x01\x02\x03\x04\x05\x06\x07\r\n\r\n",
            b"<html>hello</html>\r\n\r\n",
            b"HTTP/1.1\r\n\r\n",
            b"HTTP/9.9 200 OK\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        ] {
            let server = Hostile::answering(nonsense).await;
            let trouble = scene.trouble(&server.http()).await;
            let shown = String::from_utf8_lossy(nonsense);
            assert!(
                matches!(trouble, Trouble::NotHttp { .. }),
                "{shown}: {trouble}"
            );
            server.until_closed().await;
        }
    });
}

#[test]
fn a_server_that_hangs_up_is_a_lost_connection() {
    block_on(async {
        let server =
            Hostile::start(|mut peer| async move { peer.request().await.map(|_| ()) }).await;
        let client = Scene::new().client(&server.http());
        let trouble = get(&client, &limits()).await.expect_err("no answer");
        assert!(
            matches!(trouble, Trouble::ConnectionLost { .. }),
            "{trouble}"
        );
        assert_eq!(server.seen().requests.len(), 1, "not asked again");
    });
}

#[test]
fn nobody_there_is_a_refusal() {
    block_on(async {
        let address = {
            let server = Hostile::answering("").await;
            server.address
        };
        // the listener ends with its task, which the runtime ends as soon as it is asked
        tokio::task::yield_now().await;
        let trouble = Scene::new().trouble(&format!("http://{address}")).await;
        let address = address.to_string();
        assert_eq!(trouble, Trouble::Refused { address });
    });
}
