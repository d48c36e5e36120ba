//! What `net/http.ProxyFromEnvironment` of Go 1.27.3 answered to the same variables and addresses.

use super::*;

/// One entry of each kind that Go's rules know, and of each that they do not.
const NO_PROXY: &str = "foobar.com, .barbaz.net, *.star.org, 192.168.1.1, 192.168.1.2:81, 192.168.1.3:80, \
    10.1.2.3/30, 2001:db8::52:0:1, [2001:db8::52:0:2]:443, [2001:db8::52:0:3]:80, 2002:db8:a::45/64, UPPER.com, \
    port.com:8080, weird.com:http, :80, [::9], ::ffff:9.9.9.9, bücher.example, 1.2.3.4/33, *foo.com, 172.16.1.1:";

const DIRECT: &[&str] = &[
    "http://localhost/",
    "http://127.0.0.1/",
    "http://127.0.0.2/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://192.168.1.1/",
    "http://192.168.1.1:99/",
    "http://192.168.1.2:81/",
    "http://192.168.1.3/",
    "http://10.1.2.0/",
    "http://10.1.2.3/",
    "http://[2001:db8::52:0:1]/",
    "http://[2001:db8::52:0:2]:443/",
    "http://[2001:db8::52:0:3]/",
    "http://[2002:db8:a::123]/",
    "http://foobar.com/",
    "http://www.foobar.com/",
    "http://www.barbaz.net/",
    "http://a.b.barbaz.net/",
    "http://x.star.org/",
    "http://upper.com/",
    "http://UPPER.com/",
    "http://port.com:8080/",
    "http://sub.port.com:8080/",
    "http://9.9.9.9/",
    "http://bücher.example/",
    "http://xn--bcher-kva.example/",
    "http://172.16.1.1/",
    "http://172.16.1.1:8/",
    "https://example.com/",
    "ftp://example.com/",
];

const PROXIED: &[&str] = &[
    "http://a.localhost/",
    "http://[::2]/",
    "http://192.168.1.2/",
    "http://192.168.1.3:81/",
    "http://192.168.1.4/",
    "http://10.1.2.4/",
    "http://[2001:db8::52:0:2]/",
    "http://[2002:db8:b::123]/",
    "http://[fe80::424b:c8be:1643:a1b6]/",
    "http://foofoobar.com/",
    "http://barbaz.net/",
    "http://barbarbaz.net/",
    "http://star.org/",
    "http://port.com/",
    "http://weird.com/",
    "http://[::9]/",
    "http://1.2.3.4/",
    "http://foo.com/",
    "http://a.foo.com/",
    "http://xfoo.com/",
    "http://trail.com./",
    "http://example.com/",
];

fn url(text: &str) -> Url {
    text.parse().expect("an address")
}

#[test]
fn direct_is_what_go_asks_directly() {
    let proxies = Proxies::of(Some("proxy:3128"), None, Some(NO_PROXY));
    for direct in DIRECT {
        assert_eq!(proxies.before(&url(direct)), None, "{direct}");
    }
    for proxied in PROXIED {
        assert_eq!(
            proxies.before(&url(proxied)).map(Url::as_str),
            Some("http://proxy:3128/"),
            "{proxied}"
        );
    }
}

#[test]
fn a_star_is_everything_wherever_it_stands() {
    let proxies = Proxies::of(Some("h:1"), Some("h:1"), Some("a.com,*,b.com"));
    for direct in ["http://x.com/", "https://x.com/", "http://10.0.0.1/"] {
        assert_eq!(proxies.before(&url(direct)), None, "{direct}");
    }
    let dot = Proxies::of(Some("h:1"), None, Some("."));
    assert_eq!(
        dot.before(&url("http://trail.com./")),
        None,
        "every name that ends so"
    );
    assert!(
        dot.before(&url("http://trail.com/")).is_some(),
        "and no other"
    );
}

#[test]
fn a_proxy_is_an_address_or_a_host() {
    for (written, expected) in [
        ("https://cache.corp:1234", Some("https://cache.corp:1234/")),
        ("cache.corp", Some("http://cache.corp/")),
        ("127.0.0.1:8080", Some("http://127.0.0.1:8080/")),
        ("cache.corp:8080", Some("http://cache.corp:8080/")),
        ("localhost:8080", Some("http://localhost:8080/")),
        ("socks5://u:p@s:1080", Some("socks5://u:p@s:1080")),
        ("http://u:p@h:1/", Some("http://u:p@h:1/")),
        ("u:p@h:8080", Some("http://u:p@h:8080/")),
        ("http://[::1]:80", Some("http://[::1]/")),
        ("h/path", Some("http://h/path")),
        ("%zz", None),
    ] {
        let proxies = Proxies::of(None, Some(written), None);
        assert_eq!(
            proxies
                .before(&url("https://example.com/"))
                .map(Url::as_str),
            expected,
            "{written}"
        );
    }
}

#[test]
fn upper_case_comes_first_and_empty_is_unset() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = Host::sandbox(folder.path())
        .with_var("HTTP_PROXY", "")
        .with_var("http_proxy", "lower:1")
        .with_var("HTTPS_PROXY", "upper:1")
        .with_var("https_proxy", "lower:2")
        .with_var("REQUEST_METHOD", "GET")
        .with_var("no_proxy", "x.com");
    let proxies = Proxies::new(&host);
    let before = |text: &str| proxies.before(&url(text)).map(Url::as_str);
    assert_eq!(before("http://a.com/"), Some("http://lower:1/"));
    assert_eq!(before("https://a.com/"), Some("http://upper:1/"));
    assert_eq!(before("https://x.com/"), None);
}
