//! Through HTTP proxies, with and without TLS.

use std::{io, net::SocketAddr};

use base64::{Engine, engine::general_purpose::STANDARD};
use gopherdesk_core::web::Trouble;

use super::{
    ground::{Scene, get, hasty, url},
    paper::{Authority, trusting},
};
use crate::{
    hostile::{Hostile, Peer, answer, redirect},
    support::block_on,
};

/// A name that only the proxy knows.
pub(crate) const HIDDEN: &str = "hidden.example";

/// Connects everybody with `to`, who asks by `CONNECT`.
async fn tunnels(mut peer: Peer, to: SocketAddr) -> io::Result<()> {
    peer.request().await?;
    peer.send("HTTP/1.1 200 Connection established\r\n\r\n")
        .await?;
    peer.splice(to).await
}

/// A server behind a proxy, and a machine that trusts it and whose variable names the proxy.
pub(crate) struct Behind {
    pub(crate) server: Hostile,
    pub(crate) scene: Scene,
}

impl Behind {
    pub(crate) async fn new() -> (Self, Authority) {
        let authority = Authority::new();
        let tls = authority.server(&[HIDDEN]);
        let server = Hostile::answering_tls(tls, answer("200 OK", "", "v1")).await;
        let scene = trusting(Scene::new(), &authority.pem());
        (Self { server, scene }, authority)
    }

    pub(crate) fn through(self, proxy: &str) -> Self {
        Self {
            scene: self.scene.with_var("HTTPS_PROXY", proxy),
            ..self
        }
    }

    pub(crate) fn base(&self) -> String {
        self.server.named("https", HIDDEN)
    }

    pub(crate) async fn is_reached(&self, shown: &str) {
        let answer = self.scene.get(&self.base()).await.expect("an answer");
        assert_eq!(answer.body, b"v1");
        let connect = answer.connect.expect("a connection");
        assert_eq!(connect.proxy.as_deref(), Some(shown));
        assert_eq!(
            (connect.dns_ms, connect.address),
            (None, None),
            "the proxy knows"
        );
        assert!(
            connect.tcp_ms.is_some() && connect.tls_ms.is_some(),
            "measured all the same"
        );
        assert_eq!(
            connect.certificate_days,
            Some(214),
            "the server's own certificate"
        );
    }
}

fn refused(proxy: &str) -> Trouble {
    Trouble::ProxyRefused {
        proxy: proxy.to_owned(),
    }
}

fn wants_login(proxy: &str) -> Trouble {
    Trouble::ProxyLogin {
        proxy: proxy.to_owned(),
    }
}

#[test]
fn a_tunnel_is_asked_for_by_connect() {
    block_on(async {
        let (behind, _) = Behind::new().await;
        let to = behind.server.address;
        let proxy = Hostile::start(move |peer| tunnels(peer, to)).await;
        let behind = behind.through(&proxy.http());
        behind.is_reached(&proxy.http()).await;
        let seen = proxy.seen().requests;
        let expected = format!("CONNECT {HIDDEN}:{} HTTP/1.1\r\n", to.port());
        assert!(seen[0].starts_with(&expected), "{}", seen[0]);
        assert!(
            !seen[0].to_lowercase().contains("authorization"),
            "{}",
            seen[0]
        );
        let shown = behind.scene.network().proxy_shown(&url(&behind.base()));
        assert_eq!(shown, Some(proxy.http()));
        assert!(
            behind.scene.names.dialled().is_empty(),
            "no name was looked up"
        );
    });
}

#[test]
fn a_proxy_gets_its_own_login_and_no_other() {
    block_on(async {
        let (behind, _) = Behind::new().await;
        let to = behind.server.address;
        let proxy = Hostile::start(move |peer| tunnels(peer, to)).await;
        let behind = behind.through(&format!("http://us%40er:can%3Aary@{}", proxy.address));
        let base = format!("https://mirror:canary@{HIDDEN}:{}", to.port());
        let answer = behind.scene.get(&base).await.expect("an answer");
        let connect = answer.connect.expect("a connection");
        assert_eq!(connect.proxy, Some(format!("http://***@{}", proxy.address)));
        let seen = &proxy.seen().requests[0];
        let login = STANDARD.encode("us@er:can:ary");
        assert!(
            seen.contains(&format!("proxy-authorization: Basic {login}\r\n")),
            "{seen}"
        );
        assert_eq!(
            seen.to_lowercase().matches("authorization").count(),
            1,
            "{seen}"
        );
        let inside = &behind.server.seen().requests[0];
        assert!(!inside.contains("proxy-authorization"), "{inside}");
    });
}

#[test]
fn a_proxy_that_refuses_is_named() {
    block_on(async {
        for status in [400, 403, 407, 404, 500, 502, 503, 204, 302] {
            let (behind, _) = Behind::new().await;
            let line = format!("{status} No");
            let proxy =
                Hostile::answering(answer(&line, "Location: http://x.example/\r\n", "no")).await;
            let with_login = format!("http://user:canary@{}", proxy.address);
            let behind = behind.through(&with_login);
            let trouble = behind.scene.trouble(&behind.base()).await;
            let shown = format!("http://***@{}", proxy.address);
            // reqwest tells this one status and no other: hyper-util gives all of them one error
            let expected = if status == 407 {
                wants_login(&shown)
            } else {
                refused(&shown)
            };
            assert_eq!(trouble, expected, "{status}");
            assert_eq!(proxy.seen().requests.len(), 1, "not asked again");
            assert_eq!(behind.server.seen().connections, 0, "nor asked without it");
        }
    });
}

#[test]
fn a_proxy_that_is_none_is_named_too() {
    block_on(async {
        for nonsense in [
            &b"SSH-2.0-OpenSSH_9.9\r\n"[..],
            b"",
            b"HTTP/1.1 \xff\r\n\r\n",
        ] {
            let (behind, _) = Behind::new().await;
            let proxy = Hostile::answering_at_once(nonsense).await;
            let behind = behind.through(&proxy.http());
            let trouble = behind.scene.trouble(&behind.base()).await;
            assert_eq!(trouble, refused(&proxy.http()));
        }
        let (behind, _) = Behind::new().await;
        let proxy = Hostile::start(|mut peer| async move {
            peer.request().await?;
            peer.send("HTTP/1.1 200 OK\r\n").await?;
            loop {
                peer.send("X: y\r\n".repeat(1000)).await?;
            }
        })
        .await;
        let behind = behind.through(&proxy.http());
        let trouble = behind.scene.trouble(&behind.base()).await;
        assert_eq!(trouble, refused(&proxy.http()), "headers without end");
        proxy.until_closed().await;
    });
}

#[test]
fn a_proxy_that_says_nothing_ends_at_the_deadline() {
    block_on(async {
        let (behind, _) = Behind::new().await;
        let proxy = Hostile::start(|mut peer| async move { peer.wait().await }).await;
        let behind = behind.through(&proxy.http());
        let client = behind.scene.client(&behind.base());
        let trouble = get(&client, &hasty()).await;
        assert!(
            matches!(trouble, Err(Trouble::TimedOut { .. })),
            "{trouble:?}"
        );
        drop(client);
        proxy.until_closed().await;
    });
}

#[test]
fn a_proxy_that_is_not_there_is_not_the_server() {
    block_on(async {
        let (behind, _) = Behind::new().await;
        let behind = behind.through("http://gone.example:8080");
        let trouble = behind.scene.trouble(&behind.base()).await;
        let host = "gone.example".to_owned();
        assert_eq!(trouble, Trouble::NameUnknown { host });
    });
}

#[test]
fn a_proxy_that_nobody_runs_is_named() {
    block_on(async {
        // no test listens there
        let address = "127.0.0.1:1";
        for scheme in ["http", "https"] {
            let (behind, _) = Behind::new().await;
            let behind = behind.through(&format!("{scheme}://{address}"));
            let trouble = behind.scene.trouble(&behind.base()).await;
            let address = address.to_owned();
            assert_eq!(
                trouble,
                Trouble::Refused { address },
                "{scheme}: not the server"
            );
        }
        let (behind, _) = Behind::new().await;
        let behind = behind.through(&format!("socks5://{address}"));
        let Trouble::ConnectionLost { reason } = behind.scene.trouble(&behind.base()).await else {
            panic!("hyper-util tells no more than that there is no connection");
        };
        assert!(reason.contains(address), "{reason}");
    });
}

#[test]
fn an_ipv6_address_is_not_asked_for_through_a_proxy() {
    block_on(async {
        let proxy = Hostile::answering_at_once("").await;
        let scene = Scene::new().with_var("HTTPS_PROXY", &proxy.http());
        let trouble = scene.trouble("https://[2001:db8::1]").await;
        assert!(
            matches!(trouble, Trouble::TlsRefused { .. }),
            "reqwest could not name it in TLS: {trouble}"
        );
        assert_eq!(proxy.seen().connections, 0, "so nobody is to blame");
    });
}

#[test]
fn a_proxy_of_no_known_kind_is_not_passed_by() {
    block_on(async {
        for proxy in [
            "ftp://gone.example",
            "socks4://gone.example",
            "what://gone.example:1",
        ] {
            let (behind, _) = Behind::new().await;
            let server = behind.server.https();
            let behind = behind.through(proxy);
            for base in [behind.base(), server.replace("127.0.0.1", "198.51.100.9")] {
                let trouble = behind.scene.trouble(&base).await;
                assert!(
                    matches!(trouble, Trouble::NotHttp { .. }),
                    "{proxy}: {trouble}"
                );
            }
            assert_eq!(behind.server.seen().connections, 0, "{proxy}");
            assert!(behind.scene.names.dialled().is_empty(), "{proxy}");
        }
    });
}

#[test]
fn a_proxy_may_want_tls_itself() {
    block_on(async {
        let (behind, authority) = Behind::new().await;
        let to = behind.server.address;
        let tls = authority.server(&["company.example"]);
        let proxy = Hostile::start_tls(tls, move |peer| tunnels(peer, to)).await;
        let address = proxy.named("https", "company.example");
        let behind = behind.through(&address);
        behind.is_reached(&address).await;
        // and is judged as any other server
        let wrong = Behind::new().await.0.through(&proxy.https());
        let trouble = wrong.scene.trouble(&wrong.base()).await;
        let host = "127.0.0.1".to_owned();
        assert_eq!(trouble, Trouble::CertificateUnknownAuthority { host });
    });
}

#[test]
fn http_is_asked_of_the_proxy_itself() {
    block_on(async {
        let proxy = Hostile::answering(answer("200 OK", "", "v1")).await;
        let scene = Scene::new().with_var("HTTP_PROXY", &format!("user:canary@{}", proxy.address));
        let base = format!("http://{HIDDEN}:8081/base");
        let first = scene.get(&base).await.expect("an answer");
        let connect = first.connect.expect("a connection");
        assert_eq!(connect.proxy, Some(format!("http://***@{}", proxy.address)));
        assert_eq!(
            (connect.dns_ms, connect.address, connect.tls_ms),
            (None, None, None)
        );
        let seen = &proxy.seen().requests[0];
        let line = format!("GET http://{HIDDEN}:8081/base/m/@v/list HTTP/1.1\r\n");
        assert!(seen.starts_with(&line), "{seen}");
        let login = STANDARD.encode("user:canary");
        assert!(
            seen.contains(&format!("proxy-authorization: Basic {login}\r\n")),
            "{seen}"
        );

        let wants = Hostile::answering(answer("407 Proxy Authentication Required", "", "")).await;
        let scene = Scene::new().with_var("HTTP_PROXY", &wants.http());
        assert_eq!(scene.trouble(&base).await, wants_login(&wants.http()));
    });
}

#[test]
fn who_is_not_proxied_is_asked_directly() {
    block_on(async {
        let proxy = Hostile::answering(answer("500 No", "", "")).await;
        let server = Hostile::answering(answer("200 OK", "", "v1")).await;
        let scene = Scene::new().with_var("http_proxy", &proxy.http()).with_var(
            "no_proxy",
            ".public.example,company.example,198.51.100.0/24",
        );
        for name in [
            "127.0.0.1",
            "company.example",
            "files.company.example",
            "other.public.example",
        ] {
            let answer = scene
                .get(&server.named("http", name))
                .await
                .expect("an answer");
            assert_eq!(answer.connect.expect("a connection").proxy, None, "{name}");
        }
        assert_eq!(proxy.seen().connections, 0);
        let of_the_network = url("http://198.51.100.9");
        assert_eq!(
            scene.network().proxy_shown(&of_the_network),
            None,
            "nor for the network, where no test has a server"
        );
        let answer = scene.get(&server.named("http", "public.example")).await;
        assert_eq!(
            answer.expect("an answer").status,
            500,
            "and the others are not"
        );
    });
}

#[test]
fn a_proxy_is_no_way_inside() {
    block_on(async {
        let inside = Hostile::answering(answer("200 OK", "", "secret")).await;
        let port = inside.address.port();
        for to in [
            "10.0.0.1",
            "169.254.169.254",
            "127.0.0.1",
            "[fd00::1]",
            "[::ffff:127.0.0.1]",
        ] {
            let proxy = Hostile::answering(redirect(&format!("http://{to}:{port}/"))).await;
            let scene = Scene::new().with_var("HTTP_PROXY", &proxy.http());
            let trouble = scene.trouble(&format!("http://{HIDDEN}")).await;
            assert!(
                matches!(trouble, Trouble::InternalAddress { .. }),
                "{to}: {trouble}"
            );
            assert_eq!(proxy.seen().requests.len(), 1, "{to} was not asked for");
        }
        assert_eq!(inside.seen().connections, 0);
    });
}
