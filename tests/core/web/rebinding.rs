//! Names that change what they mean: D25.

use gopherdesk_core::web::Trouble;

use super::ground::{Names, OUTSIDE, Scene, get, limits};
use crate::{
    hostile::{Hostile, answer, redirect},
    support::block_on,
};

/// A server that hangs up after every answer, so that its name is looked up each time.
async fn hangs_up(with: Vec<u8>) -> Hostile {
    Hostile::start(move |mut peer| {
        let with = with.clone();
        async move {
            peer.request().await?;
            peer.send(with).await
        }
    })
    .await
}

fn internal(host: &str, address: &str) -> Trouble {
    Trouble::InternalAddress {
        host: host.to_owned(),
        address: address.to_owned(),
    }
}

#[test]
fn d25_a_name_that_was_public_does_not_become_internal() {
    block_on(async {
        let server = hangs_up(answer("200 OK", "Connection: close\r\n", "v1")).await;
        let names = Names::new().leads("public.example", &[&[OUTSIDE], &["127.0.0.1"]]);
        let scene = Scene::with(names);
        let client = scene.client(&server.named("http", "public.example"));
        assert_eq!(
            get(&client, &limits()).await.expect("an answer").body,
            b"v1"
        );
        let trouble = get(&client, &limits()).await;
        assert_eq!(trouble, Err(internal("public.example", "127.0.0.1")));
        assert_eq!(scene.names.dialled(), [OUTSIDE]);
    });
}

#[test]
fn d25_a_redirect_back_to_itself_is_judged_anew() {
    block_on(async {
        let server = hangs_up(redirect("/again")).await;
        let names = Names::new().leads("public.example", &[&[OUTSIDE], &["127.0.0.1"]]);
        let scene = Scene::with(names);
        let trouble = scene.trouble(&server.named("http", "public.example")).await;
        assert_eq!(trouble, internal("public.example", "127.0.0.1"));
        assert_eq!(scene.names.dialled(), [OUTSIDE]);
    });
}

#[test]
fn d25_another_name_is_judged_when_it_is_dialled() {
    block_on(async {
        let first = hangs_up(answer("200 OK", "Connection: close\r\n", "v1")).await;
        let server =
            Hostile::answering(redirect(&first.named("http", "other.public.example"))).await;
        let names = Names::new().leads("other.public.example", &[&["198.51.100.7"], &["::1"]]);
        let scene = Scene::with(names);
        let client = scene.client(&server.named("http", "public.example"));
        assert_eq!(
            get(&client, &limits()).await.expect("an answer").body,
            b"v1"
        );
        let trouble = get(&client, &limits()).await;
        assert_eq!(trouble, Err(internal("other.public.example", "::1")));
        assert_eq!(first.seen().connections, 1);
    });
}

#[test]
fn d25_an_address_inside_among_public_ones_is_not_dialled() {
    block_on(async {
        let server = Hostile::answering(answer("200 OK", "", "v1")).await;
        let names = Names::new().leads("public.example", &[&["127.0.0.1", "::1", OUTSIDE]]);
        let scene = Scene::with(names);
        let answer = scene.get(&server.named("http", "public.example")).await;
        assert_eq!(answer.expect("an answer").body, b"v1");
        assert_eq!(
            scene.names.dialled(),
            [OUTSIDE],
            "the one that a public name may have"
        );
    });
}

#[test]
fn d25_a_name_that_was_internal_may_become_public_and_stays_so() {
    block_on(async {
        let server = hangs_up(answer("200 OK", "Connection: close\r\n", "v1")).await;
        let answers: &[&[&str]] = &[&["10.1.2.3"], &["10.1.2.4"], &[OUTSIDE], &["10.1.2.3"]];
        let scene = Scene::with(Names::new().leads("company.example", answers));
        let client = scene.client(&server.named("http", "company.example"));
        for _ in 0..3 {
            get(&client, &limits()).await.expect("an answer");
        }
        let trouble = get(&client, &limits()).await;
        assert_eq!(trouble, Err(internal("company.example", "10.1.2.3")));
        assert_eq!(scene.names.dialled(), ["10.1.2.3", "10.1.2.4", OUTSIDE]);
    });
}

#[test]
fn a_name_that_leads_nowhere_is_not_known() {
    block_on(async {
        let names = Names::new().leads("empty.example", &[&[]]);
        let scene = Scene::with(names);
        for name in ["nobody.example", "empty.example"] {
            let trouble = scene.trouble(&format!("http://{name}")).await;
            let host = name.to_owned();
            assert_eq!(trouble, Trouble::NameUnknown { host });
        }
        assert!(scene.names.dialled().is_empty(), "nobody was dialled");
    });
}
