//! Who may lead inside, and who may not: D22.

use std::sync::Arc;

use gopherdesk_core::web::Trouble;

use super::ground::{Names, OUTSIDE, Scene, get, limits};
use crate::{
    hostile::{Hostile, answer, redirect},
    support::block_on,
};

#[test]
fn d22_a_public_name_does_not_lead_inside() {
    block_on(async {
        let inside = Hostile::answering(answer("200 OK", "", "secret")).await;
        let port = inside.address.port();
        for (spelling, address) in [
            ("127.0.0.1", "127.0.0.1"),
            ("127.1", "127.0.0.1"),
            ("2130706433", "127.0.0.1"),
            ("0x7f000001", "127.0.0.1"),
            ("0177.0.0.1", "127.0.0.1"),
            ("0.0.0.0", "0.0.0.0"),
            ("0", "0.0.0.0"),
            ("169.254.169.254", "169.254.169.254"),
            ("10.0.0.1", "10.0.0.1"),
            ("172.16.0.1", "172.16.0.1"),
            ("192.168.0.1", "192.168.0.1"),
            ("100.64.0.1", "100.64.0.1"),
            ("[::1]", "::1"),
            ("[::]", "::"),
            ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
            ("[::ffff:7f00:1]", "::ffff:127.0.0.1"),
            ("[64:ff9b::7f00:1]", "64:ff9b::7f00:1"),
            ("[fe80::1]", "fe80::1"),
            ("[fd00::1]", "fd00::1"),
            ("localhost", "127.0.0.1"),
            ("localhost.", "127.0.0.1"),
            ("LOCALHOST", "127.0.0.1"),
            ("inside.public.example", "127.0.0.1"),
            ("１２７.0.0.1", "127.0.0.1"),
        ] {
            let server = Hostile::sending_to(&format!("http://{spelling}:{port}/")).await;
            let names = Names::new()
                .leads("localhost", &[&["127.0.0.1", "::1"]])
                .leads("localhost.", &[&["127.0.0.1"]])
                .leads("inside.public.example", &[&["127.0.0.1"]]);
            let scene = Scene::with(names);
            let trouble = scene.trouble(&server.named("http", "public.example")).await;
            let Trouble::InternalAddress { address: found, .. } = &trouble else {
                panic!("{spelling}: {trouble}");
            };
            assert_eq!(found, address, "{spelling}");
            assert_eq!(
                scene.names.dialled(),
                [OUTSIDE],
                "{spelling} was not dialled"
            );
        }
        assert_eq!(inside.seen().connections, 0, "nobody came");
    });
}

#[test]
fn a_company_may_lead_where_it_likes() {
    block_on(async {
        let target = Hostile::answering(answer("200 OK", "", "v1")).await;
        for to in ["files.company.example", "127.0.0.1", "public.example"] {
            let server = Hostile::sending_to(&target.named("http", to)).await;
            let scene = Scene::new();
            let answer = scene.get(&server.named("http", "company.example")).await;
            assert_eq!(answer.expect(to).body, b"v1", "{to}");
        }
        // as soon as it leads outside, whoever answers there is a stranger
        let stranger = Hostile::sending_to(&target.named("http", "files.company.example")).await;
        let server = Hostile::sending_to(&stranger.named("http", "public.example")).await;
        let trouble = Scene::new()
            .trouble(&server.named("http", "company.example"))
            .await;
        assert!(
            matches!(trouble, Trouble::InternalAddress { .. }),
            "{trouble}"
        );
    });
}

#[test]
fn what_a_company_may_reach_is_not_left_open_for_a_stranger() {
    block_on(async {
        // first straight from inside, then by way of a stranger: an open connection is not a way around the judge
        let target = Hostile::answering(answer("200 OK", "", "v1")).await;
        let inside = Arc::<str>::from(target.named("http", "files.company.example"));
        let to = Arc::clone(&inside);
        let stranger = Hostile::start(move |mut peer| {
            let to = Arc::clone(&to);
            async move {
                peer.request().await?;
                peer.send(redirect(&to)).await
            }
        })
        .await;
        let outside = Arc::<str>::from(stranger.named("http", "public.example"));
        let server = Hostile::start(move |mut peer| {
            let (inside, outside) = (Arc::clone(&inside), Arc::clone(&outside));
            async move {
                peer.request().await?;
                peer.send(redirect(&inside)).await?;
                peer.request().await?;
                peer.send(redirect(&outside)).await?;
                peer.wait().await
            }
        })
        .await;
        let client = Scene::new().client(&server.named("http", "company.example"));
        let first = get(&client, &limits()).await.expect("an answer");
        assert_eq!(first.body, b"v1");
        let trouble = get(&client, &limits()).await.expect_err("by a stranger");
        assert!(
            matches!(trouble, Trouble::InternalAddress { .. }),
            "{trouble}"
        );
        assert_eq!(target.seen().requests.len(), 1, "asked only the first time");
    });
}
