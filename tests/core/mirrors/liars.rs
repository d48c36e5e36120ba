//! Nothing wins falsely: each of these is faster than the sound mirror beside it, and none is ever ranked.

use std::{io::Write, sync::Arc};

use gopherdesk_core::mirror::report::MirrorEvent;

use super::{Ground, code, row};
use crate::mirror::{Fault, Manner, Mirror};

/// Measures a liar that answers at once beside a sound mirror that takes 15 ms a request.
fn liar(fault: impl Fn(&str) -> Option<Fault> + Send + Sync + 'static) -> String {
    let ground = Ground::new(200_000);
    let liar = ground.mirror(Manner::default().fault(fault));
    judge(&ground, &liar)
}

fn judge(ground: &Ground, liar: &Mirror) -> String {
    let sound = ground.mirror(Manner::default().delay(15));
    let (measured, events) = ground.test(&[("liar", liar), ("sound", &sound)]);
    assert_eq!(measured.ranking, ["sound"], "{:#?}", measured.rows);
    for event in &events {
        if let MirrorEvent::Ranked { ranking, .. } = event {
            assert!(
                !ranking.contains(&"liar".to_owned()),
                "not even for a moment"
            );
        }
    }
    let row = row(&measured, "liar");
    assert!(!row.sound && row.projected_ms.is_none(), "{row:#?}");
    code(row)
}

fn html() -> Vec<u8> {
    b"<!doctype html><title>Welcome</title>".to_vec()
}

#[test]
fn a_web_page_for_everything() {
    let verdict = liar(|_| Some(Fault::Answer("text/html; charset=utf-8", html())));
    assert_eq!(verdict, "web_page", "200 proves nothing");
}

#[test]
fn a_web_page_that_claims_to_be_json() {
    let verdict = liar(|_| Some(Fault::Answer("application/json", html())));
    assert_eq!(verdict, "web_page", "nor does a content type");
}

#[test]
fn a_login_that_every_request_is_led_to() {
    let ground = Ground::new(200_000);
    let login = Arc::new(crate::tree::Tree::default().with_file("/login", html()));
    let login = Mirror::serve(&login, Manner::default());
    let to = format!("{}/login", login.url());
    let portal = ground.mirror(Manner::default().fault(move |_| Some(Fault::Redirect(to.clone()))));
    assert_eq!(
        judge(&ground, &portal),
        "captive_portal",
        "a portal has a name"
    );
}

#[test]
fn a_zip_with_other_content() {
    let (other, _) = crate::tree::probes(100_000);
    let zip = other
        .get("/large.example/m/@v/v1.2.3.zip")
        .expect("there")
        .to_vec();
    let verdict = liar(move |path| {
        path.ends_with(".zip")
            .then(|| Fault::Answer("application/zip", zip.clone()))
    });
    assert_eq!(verdict, "wrong_hash", "the fastest lie is a lie");
}

#[test]
fn a_zip_without_files() {
    let empty = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()))
        .finish()
        .expect("in memory")
        .into_inner();
    let verdict = liar(move |path| {
        path.ends_with(".zip")
            .then(|| Fault::Answer("application/zip", empty.clone()))
    });
    assert_eq!(verdict, "wrong_hash", "nothing is not the module");
}

#[test]
fn no_bytes_in_place_of_a_zip() {
    let verdict = liar(|path| {
        path.ends_with(".zip")
            .then(|| Fault::Answer("application/zip", Vec::new()))
    });
    assert_eq!(verdict, "not_a_zip", "an empty body is no zip");
}

#[test]
fn half_a_zip() {
    let verdict = liar(|path| path.ends_with(".zip").then_some(Fault::Torn));
    assert!(
        matches!(verdict.as_str(), "connection_lost" | "not_http"),
        "the announced length did not come: {verdict}"
    );
}

#[test]
fn a_zip_within_a_zip_is_not_opened() {
    let ground = Ground::new(200_000);
    let mut outer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    outer
        .start_file("inner.zip", zip::write::SimpleFileOptions::default())
        .expect("a name");
    outer
        .write_all(
            ground
                .tree
                .get("/large.example/m/@v/v1.2.3.zip")
                .expect("there"),
        )
        .expect("in memory");
    let outer = outer.finish().expect("in memory").into_inner();
    let verdict = liar(move |path| {
        path.ends_with(".zip")
            .then(|| Fault::Answer("application/zip", outer.clone()))
    });
    assert_eq!(
        verdict, "wrong_hash",
        "its name and bytes are hashed as they are"
    );
}

#[test]
fn a_fast_404_and_a_fast_503() {
    assert_eq!(liar(|_| Some(Fault::Status(404))), "module_missing");
    assert_eq!(liar(|_| Some(Fault::Status(503))), "status");
}

#[test]
fn every_other_status_is_its_own_class() {
    for (status, expected) in [
        (204, "status"),
        (206, "status"),
        (401, "login_wanted"),
        (403, "login_wanted"),
        (410, "module_missing"),
        (418, "status"),
        (429, "rate_limited"),
        (451, "status"),
        (500, "status"),
        (511, "captive_portal"),
        (999, "status"),
    ] {
        assert_eq!(
            liar(move |_| Some(Fault::Status(status))),
            expected,
            "{status}"
        );
    }
}

#[test]
fn a_list_that_ends_years_ago() {
    let verdict = liar(|path| {
        path.ends_with("/@v/list")
            .then(|| Fault::Answer("text/plain", b"v0.0.1\n".to_vec()))
    });
    assert_eq!(verdict, "list_stale", "go would not see the version");
}

#[test]
fn an_info_of_another_version() {
    for body in [
        &br#"{"Version":"v9.9.9"}"#[..],
        b"{}",
        b"[[[[[[[[",
        br#"{"Version":"<script>alert(1)</script>"}"#,
        b"NaN",
    ] {
        let verdict = liar(move |path| {
            path.ends_with(".info")
                .then(|| Fault::Answer("application/json", body.to_vec()))
        });
        assert_eq!(
            verdict,
            "not_a_module_proxy",
            "{}",
            String::from_utf8_lossy(body)
        );
    }
}

#[test]
fn a_depth_that_no_parser_should_follow() {
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    let verdict = liar(move |path| {
        path.ends_with(".info")
            .then(|| Fault::Answer("application/json", deep.clone()))
    });
    assert_eq!(verdict, "not_a_module_proxy", "a hundred thousand brackets");
}

/// A chain with `,` never goes on behind it.
#[test]
fn a_mirror_that_has_everything() {
    for status in [403, 500, 200] {
        let verdict = liar(move |path| {
            path.contains("missing.example").then(|| match status {
                200 => Fault::Answer("application/json", crate::tree::info("v1.0.0")),
                status => Fault::Status(status),
            })
        });
        assert_eq!(verdict, "missing_not_said", "{status}");
    }
}

#[test]
fn a_lookup_that_is_refused() {
    let verdict = liar(|path| path.contains("/lookup/").then_some(Fault::Status(403)));
    assert_eq!(verdict, "wrong_record", "it promised to pass it on");
}

#[test]
fn a_record_of_somebody_else() {
    let ground = Ground::new(200_000);
    let record = ground.tree.record("small.example/m1@v1.0.0");
    let other = crate::database::Sumdb::new(300, &[(123, record)]).with_seed(9);
    let other = Arc::new(other);
    let liar = Mirror::serve(&ground.tree, Manner::default().database(&other));
    assert_eq!(
        judge(&ground, &liar),
        "wrong_record",
        "signed by nobody we know"
    );
}

#[test]
fn a_tile_with_another_hash() {
    let verdict = liar(|path| {
        path.contains("/tile/")
            .then(|| Fault::Answer("application/octet-stream", vec![1; 256 * 32]))
    });
    assert_eq!(
        verdict, "wrong_record",
        "a signature alone says nothing about the record"
    );
}
