//! Redirects that are followed, and those that are not: D16 to D21, D23, D24.

use gopherdesk_core::web::{RedirectFault, Trouble};

use super::{
    ground::{OUTSIDE, Scene},
    paper::{Authority, trusting},
};
use crate::{
    hostile::{Hostile, answer, redirect},
    support::block_on,
};

/// A server that sends everybody on, so many times, and then answers.
async fn sends_on(times: usize) -> Hostile {
    Hostile::start(move |mut peer| async move {
        loop {
            let head = peer.request().await?;
            let hop: usize = head
                .split("/hop")
                .nth(1)
                .and_then(|rest| rest.split(' ').next()?.parse().ok())
                .unwrap_or(0);
            if hop == times {
                peer.send(answer("200 OK", "", "v1")).await?;
            } else {
                peer.send(redirect(&format!("/hop{}", hop + 1))).await?;
            }
        }
    })
    .await
}

fn refused(to: impl Into<String>, reason: RedirectFault) -> Trouble {
    Trouble::RedirectRefused {
        to: to.into(),
        reason,
    }
}

#[test]
fn d16_a_loop_ends() {
    block_on(async {
        let server = Hostile::sending_to("/m/@v/list").await;
        let base = server.http();
        let trouble = Scene::new().trouble(&base).await;
        assert_eq!(
            trouble,
            refused(format!("{base}/m/@v/list"), RedirectFault::TooMany)
        );
        assert_eq!(server.seen().requests.len(), 6, "the first, and five more");
    });
}

#[test]
fn d17_five_are_followed_and_six_are_not() {
    block_on(async {
        let server = sends_on(5).await;
        let base = server.http();
        let answer = Scene::new().get(&base).await.expect("an answer");
        assert_eq!(answer.body, b"v1");
        assert_eq!(answer.redirected, Some(format!("{base}/hop5")));
        assert!(
            answer.connect.is_some(),
            "the connection of the first request"
        );
        assert_eq!(server.seen().connections, 1, "all over one connection");

        let server = sends_on(6).await;
        let base = server.http();
        let trouble = Scene::new().trouble(&base).await;
        assert_eq!(
            trouble,
            refused(format!("{base}/hop6"), RedirectFault::TooMany)
        );
        assert_eq!(server.seen().requests.len(), 6);
    });
}

#[test]
fn each_status_that_go_follows_is_followed() {
    block_on(async {
        let target = Hostile::answering(answer("200 OK", "", "v1")).await;
        for status in [301, 302, 303, 307, 308] {
            let head = format!("Location: {}/x\r\n", target.http());
            let server = Hostile::answering(answer(&format!("{status} On"), &head, "")).await;
            let answer = Scene::new().get(&server.http()).await.expect("an answer");
            assert_eq!(answer.status, 200, "after {status}");
            assert_eq!(answer.redirected, Some(format!("{}/x", target.http())));
        }
        for status in [300, 304, 305, 306] {
            let head = format!("Location: {}/x\r\n", target.http());
            let server = Hostile::answering(answer(&format!("{status} No"), &head, "")).await;
            let answer = Scene::new().get(&server.http()).await.expect("an answer");
            assert_eq!((answer.status, answer.redirected), (status, None));
        }
    });
}

#[test]
fn d18_to_d20_other_schemes_are_not_followed() {
    block_on(async {
        for to in [
            "file:///etc/passwd",
            "ftp://public.example/x",
            "data:text/plain,v1",
            "javascript:alert(1)",
            "gopher://public.example/",
            "ws://public.example/",
            "unix:/run/docker.sock",
            "about:blank",
        ] {
            let server = Hostile::sending_to(to).await;
            let trouble = Scene::new().trouble(&server.http()).await;
            assert_eq!(trouble, refused(to, RedirectFault::Scheme), "{to}");
        }
    });
}

#[test]
fn d21_https_does_not_lead_to_http() {
    block_on(async {
        let target = Hostile::answering(answer("200 OK", "", "v1")).await;
        let authority = Authority::new();
        let to = target.named("http", "other.public.example");
        let tls = authority.server(&["public.example"]);
        let server = Hostile::answering_tls(tls, redirect(&to)).await;
        let scene = trusting(Scene::new(), &authority.pem());
        let trouble = scene
            .trouble(&server.named("https", "public.example"))
            .await;
        assert_eq!(trouble, refused(format!("{to}/"), RedirectFault::Downgrade));
        assert_eq!(target.seen().connections, 0, "nobody was asked");
    });
}

#[test]
fn a_public_name_may_lead_to_another() {
    block_on(async {
        let target = Hostile::answering(answer("200 OK", "", "v1")).await;
        let server = Hostile::sending_to(&target.named("http", "other.public.example")).await;
        let scene = Scene::new();
        let answer = scene.get(&server.named("http", "public.example")).await;
        assert_eq!(answer.expect("an answer").body, b"v1");
        assert_eq!(scene.names.dialled(), [OUTSIDE, "198.51.100.7"]);
    });
}

#[test]
fn a_public_name_may_lead_to_itself() {
    block_on(async {
        let server = sends_on(2).await;
        let scene = Scene::new();
        let answer = scene.get(&server.named("http", "public.example")).await;
        assert_eq!(answer.expect("an answer").body, b"v1");
        assert_eq!(scene.names.dialled(), [OUTSIDE], "over one connection");
    });
}

#[test]
fn d23_user_information_in_an_address_is_not_sent() {
    block_on(async {
        let target = Hostile::answering(answer("200 OK", "", "v1")).await;
        let to = format!("http://user:canary@{}/x#canary", target.address);
        let server = Hostile::sending_to(&to).await;
        let answer = Scene::new().get(&server.http()).await.expect("an answer");
        assert_eq!(answer.redirected, Some(format!("{}/x", target.http())));
        let request = target.seen().requests[0].to_lowercase();
        assert!(!request.contains("authorization"), "{request}");
        assert!(!request.contains("canary"), "{request}");
    });
}

#[test]
fn d24_what_is_no_address_is_not_followed() {
    block_on(async {
        for (to, shown) in [
            (
                "http://public.example/%0d%0aX:%20y",
                "http://public.example/%0d%0aX:%20y",
            ),
            (
                "http://public.example/%0D%0AX",
                "http://public.example/%0D%0AX",
            ),
            ("/x%0aY", "/x%0aY"),
            ("http://a%0d%0ab/", "http://a%0d%0ab/"),
            ("http://", "http://"),
            ("http://:80/", "http://:80/"),
            ("http://[::1/", "http://[::1/"),
            (
                "http://public.example:99999/",
                "http://public.example:99999/",
            ),
            (
                "//user:canary@public.example:99999/?key=canary",
                "***@public.example:99999/",
            ),
            ("http://a b/", "http://a b/"),
        ] {
            let server = Hostile::sending_to(to).await;
            let trouble = Scene::new().trouble(&server.http()).await;
            assert_eq!(trouble, refused(shown, RedirectFault::Malformed), "{to}");
            assert_eq!(server.seen().requests.len(), 1, "{to}");
        }
        let mut bytes = answer("302 Found", "Location: http://?/\r\n", "");
        let at = bytes
            .iter()
            .position(|byte| *byte == b'?')
            .expect("the mark");
        bytes[at] = 0xff;
        let server = Hostile::answering(bytes).await;
        let trouble = Scene::new().trouble(&server.http()).await;
        assert_eq!(
            trouble,
            refused("http://\u{fffd}/", RedirectFault::Malformed)
        );
    });
}

#[test]
fn a_redirect_that_says_not_where_to_is_an_answer() {
    block_on(async {
        for headers in ["", "Location:\r\n"] {
            let server = Hostile::answering(answer("302 Found", headers, "?")).await;
            let answer = Scene::new().get(&server.http()).await.expect("an answer");
            assert_eq!((answer.status, answer.body.as_slice()), (302, &b"?"[..]));
        }
    });
}

#[test]
fn where_it_led_is_shown_without_keys() {
    block_on(async {
        let target = Hostile::answering(answer("200 OK", "", "v1")).await;
        let server =
            Hostile::sending_to(&format!("{}/m.zip?signature=canary&x", target.http())).await;
        let answer = Scene::new().get(&server.http()).await.expect("an answer");
        let shown = format!("{}/m.zip?signature=***&x", target.http());
        assert_eq!(answer.redirected, Some(shown));
        assert!(
            target.seen().requests[0].contains("signature=canary"),
            "but sent as it is"
        );
    });
}

#[test]
fn the_body_of_a_redirect_is_not_read() {
    block_on(async {
        let target = Hostile::answering(answer("200 OK", "", "v1")).await;
        let to = target.http();
        let server = Hostile::start(move |mut peer| {
            let to = to.clone();
            async move {
                peer.request().await?;
                let head = "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
                peer.send(format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\n{head}"))
                    .await?;
                peer.wait().await
            }
        })
        .await;
        let answer = Scene::new().get(&server.http()).await.expect("an answer");
        assert_eq!(answer.body, b"v1");
        server.until_closed().await;
    });
}
