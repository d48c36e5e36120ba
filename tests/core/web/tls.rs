//! Certificates and keys: D26 to D32.

use gopherdesk_core::web::{Client, Network, Trouble};

use super::{
    ground::{Scene, get, limits, url},
    paper::{Authority, self_signed, showing, today, trusting},
    weak,
};
use crate::{
    hostile::{Hostile, answer},
    support::{Sandbox, block_on},
};

const NAME: &str = "public.example";

/// What a machine that trusts `trusted` says of a server.
async fn asked(tls: rustls::ServerConfig, trusted: &str) -> Result<u16, Trouble> {
    let server = Hostile::answering_tls(tls, answer("200 OK", "", "v1")).await;
    let scene = trusting(Scene::new(), trusted);
    let outcome = scene.get(&server.named("https", NAME)).await;
    if outcome.is_err() {
        assert!(server.seen().requests.is_empty(), "nothing was asked of it");
    }
    outcome.map(|answer| answer.status)
}

fn host() -> String {
    NAME.to_owned()
}

#[test]
fn a_good_certificate_is_good() {
    block_on(async {
        let authority = Authority::new();
        let server =
            Hostile::answering_tls(authority.server(&[NAME]), answer("200 OK", "", "v1")).await;
        let scene = trusting(Scene::new(), &authority.pem());
        let answer = scene
            .get(&server.named("https", NAME))
            .await
            .expect("an answer");
        let connect = answer.connect.expect("a connection");
        assert!(connect.tls_ms.is_some_and(|ms| ms > 0.0), "{connect:?}");
        // from the first of June to the first of January
        assert_eq!(
            connect.certificate_days,
            Some(214),
            "by the clock of the machine"
        );
        assert_eq!(connect.http, "HTTP/1.1", "what both of them speak");
    });
}

#[test]
fn d26_expired() {
    block_on(async {
        let authority = Authority::new();
        let tls = authority.server_for(&[NAME], (2030, 2031));
        let trouble = asked(tls, &authority.pem()).await;
        assert_eq!(trouble, Err(Trouble::CertificateExpired { host: host() }));
    });
}

#[test]
fn d27_wrong_host() {
    block_on(async {
        let authority = Authority::new();
        for names in [
            &["other.example"][..],
            &["*.public.example"],
            &["example"],
            &[],
        ] {
            let trouble = asked(authority.server(names), &authority.pem()).await;
            assert_eq!(
                trouble,
                Err(Trouble::CertificateWrongHost { host: host() }),
                "{names:?}"
            );
        }
        let server =
            Hostile::answering_tls(authority.server(&[NAME]), answer("200 OK", "", "")).await;
        let scene = trusting(Scene::new(), &authority.pem());
        let trouble = scene.trouble(&server.https()).await;
        let host = "127.0.0.1".to_owned();
        assert_eq!(
            trouble,
            Trouble::CertificateWrongHost { host },
            "an address is another name"
        );
    });
}

#[test]
fn a_certificate_may_be_for_an_address() {
    block_on(async {
        let authority = Authority::new();
        let tls = authority.server(&["127.0.0.1"]);
        let server = Hostile::answering_tls(tls, answer("200 OK", "", "v1")).await;
        let scene = trusting(Scene::new(), &authority.pem());
        assert_eq!(
            scene.get(&server.https()).await.expect("an answer").body,
            b"v1"
        );
    });
}

#[test]
fn d28_self_signed() {
    block_on(async {
        let authority = Authority::new();
        for is_authority in [false, true] {
            let (tls, _) = self_signed(&[NAME], is_authority);
            let trouble = asked(tls, &authority.pem()).await;
            let expected = Trouble::CertificateUnknownAuthority { host: host() };
            assert_eq!(trouble, Err(expected), "an authority: {is_authority}");
        }
    });
}

#[test]
fn a_self_signed_certificate_that_is_trusted_is_judged_as_any_other() {
    block_on(async {
        for is_authority in [false, true] {
            let (tls, pem) = self_signed(&[NAME], is_authority);
            assert_eq!(asked(tls, &pem).await, Ok(200), "as Go: {is_authority}");
            let (tls, pem) = self_signed(&["other.example"], is_authority);
            let expected = Trouble::CertificateWrongHost { host: host() };
            assert_eq!(asked(tls, &pem).await, Err(expected), "{is_authority}");
            let (tls, pem) = self_signed(&[NAME], is_authority);
            let server = Hostile::answering_tls(tls, answer("200 OK", "", "v1")).await;
            for (now, expected) in [
                (
                    "2030-12-31T23:59:59Z",
                    Trouble::CertificateNotYetValid { host: host() },
                ),
                (
                    "2032-01-01T00:00:01Z",
                    Trouble::CertificateExpired { host: host() },
                ),
            ] {
                let mut scene = trusting(Scene::new(), &pem);
                scene.sandbox.host = scene.sandbox.host.with_time(now.parse().expect("a time"));
                let trouble = scene.trouble(&server.named("https", NAME)).await;
                assert_eq!(trouble, expected, "at {now}: {is_authority}");
            }
        }
    });
}

#[test]
fn d29_unknown_authority() {
    block_on(async {
        let (trusted, other) = (Authority::new(), Authority::named("other"));
        let same_name = Authority::new();
        let expected = Err(Trouble::CertificateUnknownAuthority { host: host() });
        assert_eq!(asked(other.server(&[NAME]), &trusted.pem()).await, expected);
        assert_eq!(
            asked(same_name.server(&[NAME]), &trusted.pem()).await,
            expected
        );
        assert_eq!(
            asked(other.server(&[NAME]), "no certificate").await,
            expected,
            "nobody is trusted"
        );
    });
}

#[test]
fn the_variables_of_the_process_trust_nobody() {
    block_on(async {
        // a machine without files and variables, whatever the process that runs the test has
        let authority = Authority::new();
        let tls = authority.server(&["127.0.0.1"]);
        let server = Hostile::answering_tls(tls, answer("200 OK", "", "")).await;
        let network = Network::new(&today(Sandbox::new().host));
        let client = Client::new(&network, &url(&server.https())).expect("a server");
        let trouble = get(&client, &limits()).await;
        let host = "127.0.0.1".to_owned();
        assert_eq!(trouble, Err(Trouble::CertificateUnknownAuthority { host }));
    });
}

#[test]
fn d30_from_the_future() {
    block_on(async {
        let authority = Authority::new();
        let tls = authority.server_for(&[NAME], (2032, 2033));
        let trouble = asked(tls, &authority.pem()).await;
        assert_eq!(
            trouble,
            Err(Trouble::CertificateNotYetValid { host: host() })
        );
    });
}

#[test]
fn d31_signatures_of_yesterday() {
    block_on(async {
        let (authority, leaf) = weak::SHA1;
        let trouble = asked(showing(leaf), authority).await.expect_err("SHA-1");
        let Trouble::TlsRefused { host: of, reason } = &trouble else {
            panic!("{trouble}");
        };
        assert_eq!(*of, host());
        assert!(reason.contains("UnsupportedSignatureAlgorithm"), "{reason}");
        // a signature that everybody can make is nobody's
        let (authority, leaf) = weak::SHORT;
        let trouble = asked(showing(leaf), authority).await;
        assert_eq!(
            trouble,
            Err(Trouble::CertificateUnknownAuthority { host: host() })
        );
    });
}

#[test]
fn d32_versions_of_yesterday() {
    block_on(async {
        for version in [[3, 0], [3, 1], [3, 2]] {
            let server = Hostile::start(move |mut peer| async move {
                peer.receive(5).await?;
                // a ServerHello with a cipher of its time
                let mut hello = vec![2, 0, 0, 38, version[0], version[1]];
                hello.extend([7; 32]);
                hello.extend([0, 0xc0, 0x13, 0]);
                let mut record = vec![22, version[0], version[1], 0, 42];
                record.extend(hello);
                peer.send(record).await?;
                peer.wait().await
            })
            .await;
            let trouble = Scene::new().trouble(&server.https()).await;
            assert!(
                matches!(trouble, Trouble::TlsRefused { .. }),
                "{version:?}: {trouble}"
            );
            server.until_closed().await;
        }
    });
}

#[test]
fn what_is_no_tls_is_named() {
    block_on(async {
        let plain = Hostile::answering_at_once(answer("400 Bad Request", "", "")).await;
        let trouble = Scene::new().trouble(&plain.https()).await;
        assert!(
            matches!(trouble, Trouble::TlsRefused { .. }),
            "HTTP: {trouble}"
        );
        // handshake_failure, and unrecognized_name
        for alert in [40, 112] {
            let refuses = Hostile::answering_at_once([21, 3, 3, 0, 2, 2, alert]).await;
            let trouble = Scene::new().trouble(&refuses.https()).await;
            assert!(
                matches!(trouble, Trouble::TlsRefused { .. }),
                "{alert}: {trouble}"
            );
        }
        let hangs_up = Hostile::answering_at_once([]).await;
        let trouble = Scene::new().trouble(&hangs_up.https()).await;
        assert!(
            matches!(trouble, Trouble::ConnectionLost { .. }),
            "{trouble}"
        );
    });
}

#[test]
fn tls_where_http_was_expected_is_not_http() {
    block_on(async {
        let authority = Authority::new();
        let tls = Hostile::answering_tls(authority.server(&[NAME]), answer("200 OK", "", "")).await;
        let trouble = Scene::new().trouble(&tls.http()).await;
        assert!(
            matches!(
                trouble,
                Trouble::NotHttp { .. } | Trouble::ConnectionLost { .. }
            ),
            "{trouble}"
        );
    });
}
