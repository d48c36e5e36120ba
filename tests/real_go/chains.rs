//! GOPROXY as we read it, against cmd/go's own `proxyList` of three versions: a test of ours is compiled into that package.

use gopherdesk_core::{
    chain::{Fault, Junction, List, ListFault},
    host::Os,
    toolchain::Version,
};
use serde::Deserialize;

use crate::{
    inside,
    scene::{Scene, VERSIONS},
};

/// Prints what `proxyList` makes of every value in a file.
const READER: &str = r#"package modfetch

import (
	"encoding/json"
	"os"
	"sync"
	"testing"

	"cmd/go/internal/cfg"
)

func TestGopherdesk(t *testing.T) {
	type spec struct {
		URL string
		Any bool
	}
	type answer struct {
		List  []spec
		Error string
	}
	data, err := os.ReadFile(os.Getenv("GOPHERDESK_VALUES"))
	if err != nil {
		t.Fatal(err)
	}
	var values [][2]string
	if err := json.Unmarshal(data, &values); err != nil {
		t.Fatal(err)
	}
	var answers []answer
	for _, value := range values {
		cfg.GOPROXY, cfg.GONOPROXY = value[0], value[1]
		proxyOnce.Once, proxyOnce.list, proxyOnce.err = sync.Once{}, nil, nil
		list, err := proxyList()
		one := answer{}
		if err != nil {
			one.Error = err.Error()
		} else {
			for _, s := range list {
				one.List = append(one.List, spec{s.url, s.fallBackOnError})
			}
		}
		answers = append(answers, one)
	}
	out, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("GOPHERDESK_ANSWERS"), out, 0o666); err != nil {
		t.Fatal(err)
	}
}
"#;

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "List")]
    list: Option<Vec<Spec>>,
    #[serde(rename = "Error")]
    error: String,
}

#[derive(Debug, Deserialize)]
struct Spec {
    #[serde(rename = "URL")]
    url: String,
    #[serde(rename = "Any")]
    any: bool,
}

/// Alone and in lists, with every separator.
const ENTRIES: &[&str] = &[
    "direct",
    "off",
    "Direct",
    "OFF",
    "none",
    "noproxy",
    "auto",
    "localhost",
    "",
    " ",
    "\t",
    "*",
    "https://a",
    "http://a",
    "HTTPS://A",
    "hTTp://a",
    "https://",
    "http://",
    "https:///x",
    "a.example",
    "a.example/x",
    "localhost:8080",
    "127.0.0.1",
    "[::1]:80",
    "./rel",
    "../rel",
    "/abs",
    "//a/b",
    "///a",
    "a:b",
    "a:b:c",
    ":8080",
    "://x",
    ":",
    ".",
    "/",
    "a/b",
    "1http://a",
    "h-t.t+p://a",
    "ftp://a",
    "ssh://git@a",
    "mailto:x",
    "https:a",
    "https:/a",
    "http:",
    "http:?",
    "https://a?q=100%",
    "https://a?",
    "https://a#f",
    "https://a#%zz",
    "https://a/%zz",
    "https://a/%2",
    "https://a/%",
    "https://a/%41",
    "https://a/%世",
    "https://a b/",
    "https://a/b c",
    "https://a:port",
    "https://a:80",
    "https://a:",
    "https://a:80:90",
    "https://a:b:80",
    "https://a:-1",
    "https://a:８",
    "https://[::1]",
    "https://[::1]:80",
    "https://[::1",
    "https://::1]",
    "https://::1",
    "https://[::1]x",
    "https://[::1]:x",
    "https://x[::1]",
    "https://[1.2.3.4]",
    "https://[::ffff:1.2.3.4]",
    "https://[fe80::1%25en0]",
    "https://[fe80::1%en0]",
    "https://[fe80::1%25]",
    "https://[fe80::1%25%41]",
    "https://[fe80::1%25%20]",
    "https://[]",
    "https://[v1.x]",
    "https://%41",
    "https://%80",
    "https://%25",
    "https://a%20b",
    "https://<a>",
    "https://a\"b",
    "https://a'b",
    "https://a^b",
    "https://a`b",
    "https://a{b}",
    "https://a|b",
    "https://世界",
    "https://a\\b",
    "https://a_b",
    "https://u@a",
    "https://u:@a",
    "https://@a",
    "https://u:p%zz@a",
    "https://u%@a",
    "https://u p@a",
    "https://u@v@a",
    "https://u:p:q@a",
    "https://u/p@a",
    "https://u^@a",
    "file:///m",
    "file://",
    "file:///",
    "file:/m",
    "file:m",
    "file:",
    "file://host/m",
    "file://localhost/m",
    "file:///m?q",
    "file:///m?",
    "file:///m#f",
    "file:///%zz",
    "FILE:///m",
    "file://u@/m",
    "file:////m",
    "C:\\x",
    "C:/x",
    "\\\\server\\x",
    "https://a，https://b",
    "https://a;https://b",
    "https://a\u{a0}",
    "\u{2003}https://a",
    "https://a\r",
    "\u{feff}https://a",
    "https://a\u{7f}",
    "https://a\u{85}",
    "goproxy.cn",
    "https：//a",
    "http://a:80/x/../y//",
    "x.y:z",
    "%zz",
    "a%zz.b",
    "a.b:c/d",
];

fn values() -> Vec<[String; 2]> {
    let mut values = Vec::new();
    for entry in ENTRIES {
        for form in [
            "{}",
            "{},direct",
            "https://z,{}",
            "{}|off",
            "direct,{}",
            " {} ",
            "{},,{}",
            "{}|,z.example",
            ",{}|",
            "off|{}",
        ] {
            values.push([form.replace("{}", entry), String::new()]);
        }
        values.push([(*entry).to_owned(), "*.corp.example".to_owned()]);
    }
    // pairs, a few thousand of them, always the same
    for (at, first) in ENTRIES.iter().enumerate() {
        for step in [1, 7, 23, 41] {
            let second = ENTRIES[(at * 3 + step) % ENTRIES.len()];
            for separator in [",", "|", " | ", ",|"] {
                values.push([format!("{first}{separator}{second}"), String::new()]);
            }
        }
    }
    values
}

/// The reason alone: go spells the address as its own parser writes it back, and we mask it. Why something is no address of
/// IPv6 has many words in Go.
fn reason(error: &str) -> &str {
    let error = match error.rsplit_once("\": ") {
        Some((_, reason)) if error.starts_with("parse \"") => reason,
        _ => error,
    };
    let end = [
        "ParseAddr(",
        "missing scheme: ",
        "http, file): ",
        "non-path elements: ",
    ]
    .iter()
    .find_map(|mark| Some(error.find(mark)? + mark.len()));
    &error[..end.unwrap_or(error.len())]
}

/// What a test may see, and nobody else.
fn unmasked(fault: &ListFault) -> String {
    match fault {
        ListFault::Entry {
            fault: Fault::NotUrl { reason },
            ..
        } => reason.clone(),
        fault => fault.to_string(),
    }
}

#[tokio::test]
async fn a_list_is_what_go_makes_of_it() {
    let values = values();
    assert!(values.len() > 3_000, "a few thousand: {}", values.len());
    for version in VERSIONS {
        let scene = Scene::new(version);
        let go = Version::parse(&format!("go{version}"));
        let answers: Vec<Answer> =
            inside::ask(&scene, "cmd/go/internal/modfetch", READER, &values).await;
        let mut differing = Vec::new();
        for ([goproxy, gonoproxy], theirs) in values.iter().zip(answers) {
            let ours = List::parse(goproxy, gonoproxy, Os::Linux, go.as_ref());
            let agree = match (&ours, &theirs.list) {
                (Ok(ours), Some(theirs)) => {
                    ours.specs.len() == theirs.len()
                        && ours.specs.iter().zip(theirs).all(|(ours, theirs)| {
                            ours.url == theirs.url
                                && (ours.next == Junction::OnAnyError) == theirs.any
                        })
                }
                (Err(ours), None) => reason(&unmasked(ours)) == reason(&theirs.error),
                _ => false,
            };
            if !agree {
                differing.push(format!("{goproxy:?}: go {theirs:?}, we {ours:?}"));
            }
        }
        assert!(
            differing.is_empty(),
            "{version}: {} of {} differ:\n{}",
            differing.len(),
            values.len(),
            differing
                .iter()
                .take(40)
                .cloned()
                .collect::<Vec<_>>()
                .join("\n")
        );
    }
}
