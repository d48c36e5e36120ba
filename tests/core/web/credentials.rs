//! Who gets to see a password: D43.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use gopherdesk_core::web::{Client, Trouble};

use super::{
    ground::{Scene, get, limits, url},
    paper::{Authority, trusting},
};
use crate::{
    hostile::{Hostile, Peer, answer, redirect},
    support::block_on,
};

const NAMES: &[&str] = &["public.example", "other.public.example", "127.0.0.1"];

/// The header that a request should have.
fn basic(user: &str, password: &str) -> String {
    format!(
        "authorization: Basic {}\r\n",
        STANDARD.encode(format!("{user}:{password}"))
    )
}

/// Everybody with a certificate of the same authority, and a machine that trusts it.
struct Stage {
    authority: Authority,
}

impl Stage {
    fn new() -> Self {
        Self {
            authority: Authority::new(),
        }
    }

    async fn answers(&self, answer: Vec<u8>) -> Hostile {
        Hostile::answering_tls(self.authority.server(NAMES), answer).await
    }

    async fn runs<F, S>(&self, script: S) -> Hostile
    where
        F: Future<Output = std::io::Result<()>> + Send,
        S: Fn(Peer) -> F + Clone + Send + Sync + 'static,
    {
        Hostile::start_tls(self.authority.server(NAMES), script).await
    }

    fn scene(&self) -> Scene {
        trusting(Scene::new(), &self.authority.pem())
    }

    fn scene_with_netrc(&self, netrc: &str) -> Scene {
        let scene = self.scene();
        scene
            .sandbox
            .write(&scene.sandbox.path("home/.netrc"), netrc);
        scene
    }
}

/// `https://LOGIN@name:PORT`.
fn with_login(server: &Hostile, login: &str) -> String {
    format!("https://{login}@public.example:{}", server.address.port())
}

/// The server was asked, and saw no password in any place.
fn saw_none(server: &Hostile) {
    let seen = server.seen();
    assert!(!seen.requests.is_empty(), "it was asked");
    for request in seen.requests {
        let request = request.to_lowercase();
        assert!(!request.contains("authorization"), "{request}");
        assert!(!request.contains("canary"), "{request}");
    }
}

#[test]
fn a_login_goes_to_its_server() {
    block_on(async {
        let stage = Stage::new();
        for (login, header) in [
            ("user:canary", basic("user", "canary")),
            ("user", basic("user", "")),
            (":canary", basic("", "canary")),
            (
                "us%40er:can%3Aa%2Fry%20%C3%A9",
                basic("us@er", "can:a/ry é"),
            ),
        ] {
            let server = stage.answers(answer("200 OK", "", "v1")).await;
            let scene = stage.scene();
            scene
                .get(&with_login(&server, login))
                .await
                .expect("an answer");
            let request = &server.seen().requests[0];
            assert!(request.contains(&header), "{login}: {request}");
            assert!(
                !request.contains('@') || request.contains("/@v/"),
                "{request}"
            );
        }
    });
}

#[test]
fn d43_a_login_goes_to_no_other_origin() {
    block_on(async {
        let stage = Stage::new();
        let target = stage.answers(answer("200 OK", "", "v1")).await;
        for to in [
            target.named("https", "public.example"),
            target.named("https", "other.public.example"),
        ] {
            let server = stage.answers(redirect(&to)).await;
            let scene = stage.scene();
            let answer = scene
                .get(&with_login(&server, "user:canary"))
                .await
                .expect("an answer");
            assert_eq!(answer.body, b"v1");
            assert!(server.seen().requests[0].contains(&basic("user", "canary")));
        }
        assert_eq!(
            target.seen().requests.len(),
            2,
            "the same host at another port, and another host"
        );
        saw_none(&target);
    });
}

#[test]
fn a_login_stays_on_the_way_through_its_own_server() {
    block_on(async {
        let stage = Stage::new();
        let server = stage
            .runs(|mut peer| async move {
                peer.request().await?;
                peer.send(redirect("/elsewhere")).await?;
                peer.request().await?;
                peer.send(answer("200 OK", "", "v1")).await
            })
            .await;
        stage
            .scene()
            .get(&with_login(&server, "user:canary"))
            .await
            .expect("an answer");
        for request in server.seen().requests {
            assert!(request.contains(&basic("user", "canary")), "{request}");
        }
    });
}

#[test]
fn d43_a_login_does_not_come_back_by_way_of_others() {
    block_on(async {
        let stage = Stage::new();
        let home = Arc::new(std::sync::OnceLock::<String>::new());
        let back = Arc::clone(&home);
        let other = stage
            .runs(move |mut peer| {
                let back = back.get().cloned().unwrap_or_default();
                async move {
                    peer.request().await?;
                    peer.send(redirect(&back)).await
                }
            })
            .await;
        let away = other.named("https", "other.public.example");
        let server = stage
            .runs(move |mut peer| {
                let away = away.clone();
                async move {
                    peer.request().await?;
                    peer.send(redirect(&away)).await?;
                    peer.request().await?;
                    peer.send(answer("200 OK", "", "v1")).await
                }
            })
            .await;
        home.set(server.named("https", "public.example"))
            .expect("set once");
        let answer = stage.scene().get(&with_login(&server, "user:canary")).await;
        assert_eq!(answer.expect("an answer").body, b"v1");
        let seen = server.seen().requests;
        assert!(seen[0].contains("authorization"), "{}", seen[0]);
        assert!(
            !seen[1].contains("authorization"),
            "CVE-2024-45336: {}",
            seen[1]
        );
        saw_none(&other);
    });
}

#[test]
fn a_login_is_not_sent_over_http() {
    block_on(async {
        let server = Hostile::answering(answer("200 OK", "", "v1")).await;
        let scene = Scene::new();
        for login in ["user:canary", "user", ":canary"] {
            let base = format!("http://{login}@public.example:{}", server.address.port());
            let trouble = Client::new(&scene.network(), &url(&base)).err();
            let host = "public.example".to_owned();
            assert_eq!(
                trouble,
                Some(Trouble::CredentialsOverHttp { host }),
                "{login}"
            );
        }
        assert_eq!(server.seen().connections, 0);
    });
}

#[test]
fn a_login_of_netrc_goes_to_its_machine() {
    block_on(async {
        let stage = Stage::new();
        let target = stage.answers(answer("200 OK", "", "v1")).await;
        let server = stage
            .answers(redirect(&target.named("https", "other.public.example")))
            .await;
        let (here, there) = (server.address.port(), target.address.port());
        let netrc = format!(
            "machine public.example:{here} login user password canary\n\
             machine other.public.example:{there} login other password canary2\n"
        );
        let scene = stage.scene_with_netrc(&netrc);
        let answer = scene.get(&server.named("https", "public.example")).await;
        assert_eq!(answer.expect("an answer").body, b"v1");
        assert!(server.seen().requests[0].contains(&basic("user", "canary")));
        saw_none(&target);
        let direct = scene
            .get(&target.named("https", "other.public.example"))
            .await;
        direct.expect("an answer");
        assert!(
            target.seen().requests[1].contains(&basic("other", "canary2")),
            "asked itself"
        );
    });
}

#[test]
fn a_login_in_the_address_comes_before_netrc() {
    block_on(async {
        let stage = Stage::new();
        let server = stage.answers(answer("200 OK", "", "v1")).await;
        let port = server.address.port();
        let netrc = format!("machine public.example:{port} login netrc password canary");
        let scene = stage.scene_with_netrc(&netrc);
        scene
            .get(&with_login(&server, "user:own"))
            .await
            .expect("an answer");
        let request = &server.seen().requests[0];
        assert!(request.contains(&basic("user", "own")), "{request}");
    });
}

#[test]
fn netrc_is_read_where_goauth_names_it() {
    block_on(async {
        let stage = Stage::new();
        let server = stage.answers(answer("200 OK", "", "v1")).await;
        let port = server.address.port();
        let netrc = format!("machine public.example:{port} login user password canary");
        let scene = stage.scene_with_netrc(&netrc);
        let base = url(&server.named("https", "public.example"));
        for (goauth, is_sent) in [
            ("", true),
            ("netrc", true),
            ("git /srv/repo; netrc", true),
            ("off", false),
            ("git /srv/repo", false),
            ("/bin/netrc", false),
        ] {
            let network = scene.network().with_auth(goauth);
            let client = Client::new(&network, &base).expect("a server");
            get(&client, &limits()).await.expect("an answer");
            let seen = server.seen().requests;
            let last = seen.last().expect("a request");
            assert_eq!(last.contains("authorization"), is_sent, "{goauth}: {last}");
        }
    });
}

#[test]
fn netrc_is_not_for_http() {
    block_on(async {
        let server = Hostile::answering(answer("200 OK", "", "v1")).await;
        let port = server.address.port();
        let scene = Scene::new();
        let netrc = format!("machine public.example:{port} login netrc password canary");
        scene
            .sandbox
            .write(&scene.sandbox.path("home/.netrc"), netrc);
        scene
            .get(&server.named("http", "public.example"))
            .await
            .expect("an answer");
        saw_none(&server);
    });
}

#[test]
fn what_stands_behind_the_path_is_sent_each_time_as_go_does() {
    block_on(async {
        let server = Hostile::answering(answer("200 OK", "", "v1")).await;
        let scene = Scene::new();
        for (base, expected) in [
            (
                "/base//?token=x#part",
                "GET /base/m/@v/list?token=x HTTP/1.1\r\n",
            ),
            ("/base", "GET /base/m/@v/list HTTP/1.1\r\n"),
            ("", "GET /m/@v/list HTTP/1.1\r\n"),
        ] {
            let client = scene.client(&format!("{}{base}", server.http()));
            get(&client, &limits()).await.expect("an answer");
            let seen = server.seen().requests;
            let last = seen.last().expect("a request");
            assert!(last.starts_with(expected), "{base}: {last}");
        }
    });
}
