//! Through SOCKS 5 proxies.

use std::{io, net::SocketAddr};

use gopherdesk_core::web::Trouble;

use super::{
    ground::Scene,
    proxies::{Behind, HIDDEN},
};
use crate::{
    hostile::{Hostile, Peer, answer},
    support::block_on,
};

/// Speaks SOCKS 5 (RFC 1928), with a login (RFC 1929) if `login` says which, and connects with `to`.
async fn socks(mut peer: Peer, login: Option<&str>, to: SocketAddr) -> io::Result<()> {
    let greeting = peer.receive(2).await?;
    let offered = peer.receive(usize::from(greeting[1])).await?;
    let method = if login.is_some() { 2 } else { 0 };
    if !offered.contains(&method) {
        peer.send([5, 0xff]).await?;
        return Ok(());
    }
    peer.send([5, method]).await?;
    if let Some(expected) = login {
        let user = peer.receive(2).await?[1];
        let user = peer.receive(usize::from(user)).await?;
        let password = peer.receive(1).await?[0];
        let password = peer.receive(usize::from(password)).await?;
        let came = [user, password].concat();
        if came != expected.as_bytes() {
            peer.send([1, 1]).await?;
            return Ok(());
        }
        peer.send([1, 0]).await?;
    }
    let head = peer.receive(5).await?;
    let name = peer.receive(usize::from(head[4])).await?;
    let port = peer.receive(2).await?;
    let name = String::from_utf8_lossy(&name).into_owned();
    peer.note(&format!(
        "kind {} name {name} port {}",
        head[3],
        u16::from_be_bytes([port[0], port[1]])
    ));
    peer.send([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    peer.splice(to).await
}

#[test]
fn socks_looks_names_up_at_its_end() {
    block_on(async {
        for scheme in ["socks5", "socks5h"] {
            let (behind, _) = Behind::new().await;
            let to = behind.server.address;
            let proxy = Hostile::start(move |peer| socks(peer, None, to)).await;
            let address = format!("{scheme}://{}", proxy.address);
            let behind = behind.through(&address);
            behind.is_reached(&address).await;
            let expected = format!("kind 3 name {HIDDEN} port {}", to.port());
            assert_eq!(proxy.seen().requests, [expected], "a name, as Go sends it");
        }
    });
}

#[test]
fn socks_may_want_a_login() {
    block_on(async {
        let (behind, _) = Behind::new().await;
        let to = behind.server.address;
        let proxy = Hostile::start(move |peer| socks(peer, Some("usercan:ary"), to)).await;
        let behind = behind.through(&format!("socks5://user:can%3Aary@{}", proxy.address));
        let shown = format!("socks5://***@{}", proxy.address);
        behind.is_reached(&shown).await;
        for login in ["", "user:wrong@"] {
            let (behind, _) = Behind::new().await;
            let behind = behind.through(&format!("socks5://{login}{}", proxy.address));
            let trouble = behind.scene.trouble(&behind.base()).await;
            assert!(
                matches!(trouble, Trouble::ProxyRefused { .. }),
                "{login}: {trouble}"
            );
        }
    });
}

#[test]
fn socks_passes_http_on_as_well() {
    block_on(async {
        let server = Hostile::answering(answer("200 OK", "", "v1")).await;
        let to = server.address;
        let proxy = Hostile::start(move |peer| socks(peer, None, to)).await;
        let scene = Scene::new().with_var("HTTP_PROXY", &format!("socks5://{}", proxy.address));
        let answer = scene
            .get(&format!("http://{HIDDEN}"))
            .await
            .expect("an answer");
        assert_eq!(answer.body, b"v1");
        assert_eq!(
            proxy.seen().requests,
            [format!("kind 3 name {HIDDEN} port 80")]
        );
        let seen = &server.seen().requests[0];
        assert!(seen.starts_with("GET /m/@v/list HTTP/1.1\r\n"), "{seen}");
    });
}
