//! What goes wrong tells nobody a password, wherever that stands.

use std::{collections::BTreeSet, fs};

use gopherdesk_core::web::{Client, Limits, Trouble};

use super::{
    frames::{GOAWAY, frame, greet},
    ground::{Scene, get, hasty, limits, url},
    paper::{Authority, http2, showing, trusting},
    weak,
};
use crate::{
    hostile::{Hostile, answer, redirect},
    support::block_on,
};

const CANARY: &str = "canary";
const NAME: &str = "public.example";

/// A machine with a password in its netrc file, and maybe with a proxy that has one.
fn machine(authority: &Authority, proxy: Option<&Hostile>) -> Scene {
    let scene = trusting(Scene::new(), &authority.pem());
    let netrc = format!("machine {NAME} login user password {CANARY}");
    scene
        .sandbox
        .write(&scene.sandbox.path("home/.netrc"), netrc);
    match proxy {
        Some(proxy) => scene.with_var(
            "HTTPS_PROXY",
            &format!("http://user:{CANARY}@{}", proxy.address),
        ),
        None => scene,
    }
}

/// What comes of asking a server whose address holds a password.
async fn asked(scene: &Scene, server: &Hostile, limits: Limits) -> Trouble {
    let port = server.address.port();
    let base = format!("https://user:{CANARY}@{NAME}:{port}/base?key={CANARY}");
    let client = scene.client(&base);
    get(&client, &limits).await.expect_err("it fails")
}

/// One of each kind.
async fn troubles() -> Vec<Trouble> {
    let authority = Authority::new();
    let scene = machine(&authority, None);
    let good = || authority.server(&[NAME]);
    let fast = Limits {
        speed: u64::MAX,
        ..limits()
    };
    let silent = Hostile::start_tls(good(), |mut peer| async move {
        peer.request().await?;
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
            .await?;
        peer.wait().await
    })
    .await;
    let mut troubles = vec![
        asked(&scene, &silent, hasty()).await,
        asked(&scene, &silent, fast).await,
    ];
    let goodbye = [&[0, 0, 0, 0, 0, 0, 0, 2], CANARY.as_bytes()].concat();
    let leaves = Hostile::start_tls(http2(good()), move |mut peer| {
        let goodbye = goodbye.clone();
        async move {
            greet(&mut peer).await?;
            peer.send(frame(GOAWAY, 0, 0, &goodbye)).await
        }
    })
    .await;
    troubles.push(asked(&scene, &leaves, limits()).await);
    for bytes in [
        answer("200 OK", "", vec![b'x'; 2 << 20]),
        format!("{CANARY}\r\n\r\n").into_bytes(),
        redirect(&format!("http://user:{CANARY}@{NAME}/?key={CANARY}")),
        redirect(&format!("ftp://user:{CANARY}@{NAME}/?key={CANARY}")),
        redirect(&format!("https://user:{CANARY}@{NAME}:99999/?key={CANARY}")),
        redirect(&format!("//user:{CANARY}@{NAME}:99999/?key={CANARY}")),
        redirect(&format!("https://user:{CANARY}@127.0.0.1/?key={CANARY}")),
        redirect(&format!("/?key={CANARY}")),
    ] {
        let server = Hostile::answering_tls(good(), bytes).await;
        troubles.push(asked(&scene, &server, limits()).await);
    }
    for tls in [
        authority.server_for(&[NAME], (2030, 2031)),
        authority.server_for(&[NAME], (2032, 2033)),
        authority.server(&["other.example"]),
        Authority::new().server(&[NAME]),
    ] {
        let server = Hostile::answering_tls(tls, "").await;
        troubles.push(asked(&scene, &server, limits()).await);
    }
    let yesterday = Hostile::answering_tls(showing(weak::SHA1.1), "").await;
    let trusts_weak = trusting(Scene::new(), weak::SHA1.0);
    troubles.push(asked(&trusts_weak, &yesterday, limits()).await);
    let refuses = Hostile::answering(answer("407 Proxy Authentication Required", "", "")).await;
    troubles.push(asked(&machine(&authority, Some(&refuses)), &silent, limits()).await);
    let nonsense = Hostile::answering_at_once(CANARY).await;
    troubles.push(asked(&machine(&authority, Some(&nonsense)), &silent, limits()).await);
    for base in [
        format!("https://user:{CANARY}@nobody.example/?key={CANARY}"),
        format!("https://user:{CANARY}@{NAME}:1/?key={CANARY}"),
    ] {
        let client = scene.client(&base);
        troubles.push(get(&client, &limits()).await.expect_err("nobody answers"));
    }
    for base in [
        format!("http://user:{CANARY}@{NAME}"),
        format!("ftp://user:{CANARY}@{NAME}"),
    ] {
        let client = Client::new(&scene.network(), &url(&base));
        troubles.push(client.err().expect("it is not even asked"));
    }
    troubles
}

#[test]
fn d43_no_trouble_tells_a_password() {
    let troubles = block_on(troubles());
    let mut seen = BTreeSet::new();
    for trouble in &troubles {
        let wire = serde_json::to_value(trouble).expect("it goes to the window");
        for text in [
            trouble.to_string(),
            format!("{trouble:?}"),
            wire.to_string(),
        ] {
            assert!(!text.contains(CANARY), "{text}");
        }
        seen.insert(wire["code"].as_str().expect("a code").to_owned());
    }
    assert_eq!(seen, codes(), "one of each kind was seen");
}

/// Every code that there is, from what the window is told about them.
fn codes() -> BTreeSet<String> {
    let bindings = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../ui/src/bridge/generated/mirror.ts"
    );
    let text = fs::read_to_string(bindings).expect("the bindings were made");
    let after = text
        .split("export type Trouble =")
        .nth(1)
        .expect("the bindings name it");
    let own = after.split("export type").next().unwrap_or_default();
    own.split("\"code\": \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}
