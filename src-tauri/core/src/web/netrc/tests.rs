use super::*;

/// Go's own example (cmd/go/internal/auth/netrc_test.go), which says what each line is about, with paths at its end.
const NETRC: &str = "
machine incomplete
password none

machine api.github.com
  login user
  password pwd

machine incomlete.host
  login justlogin

machine test.host
login user2
password pwd2

machine oneline login user3 password pwd3

machine ignore.host macdef ignore
  login nobody
  password nothing

machine hasmacro.too macdef ignore-next-lines login user4 password pwd4
  login nobody
  password nothing

machine test.host:8443 login port password p
machine test.host login second password p
machine https://with.path/team/ login path password p
machine with.path login whole password p

default
login anonymous
password gopher@golang.org

machine after.default
login oops
password too-late-in-file
";

fn found(base: &str) -> Option<(String, String)> {
    let logins = parse(NETRC);
    let base = base.parse().expect("an address");
    login(&logins, &base).map(|login| (login.login.clone(), login.password.clone()))
}

#[test]
fn a_login_is_found_as_go_finds_it() {
    for (base, expected) in [
        ("https://api.github.com", Some(("user", "pwd"))),
        ("https://test.host/some/mirror/", Some(("user2", "pwd2"))),
        ("https://test.host:8443/x", Some(("port", "p"))),
        ("https://test.host:9000/x", None),
        ("https://oneline", Some(("user3", "pwd3"))),
        ("https://hasmacro.too", Some(("user4", "pwd4"))),
        ("https://with.path/team", Some(("path", "p"))),
        ("https://with.path/team/deeper", Some(("path", "p"))),
        ("https://with.path/teams", Some(("whole", "p"))),
        ("https://with.path/", Some(("whole", "p"))),
        ("https://incomplete", None),
        ("https://incomlete.host", None),
        ("https://ignore.host", None),
        ("https://after.default", None),
        ("https://api.github.com.evil.example", None),
        ("https://sub.api.github.com", None),
    ] {
        let expected = expected.map(|(user, password)| (user.to_owned(), password.to_owned()));
        assert_eq!(found(base), expected, "{base}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
fn the_file_is_where_go_looks() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut host = Host::sandbox(folder.path());
    host.os = Os::Linux;
    let home = host.home.clone().expect("a home");
    let machines = |host: &Host| -> Vec<String> {
        read(host).into_iter().map(|login| login.machine).collect()
    };
    assert!(machines(&host).is_empty(), "there is none");
    fs::create_dir_all(&home).expect("writable");
    let line = |name: &str| format!("machine {name} login l password p\r\n");
    fs::write(home.join(".netrc"), line("dot")).expect("writable");
    fs::write(home.join("_netrc"), line("underscore")).expect("writable");
    fs::write(home.join("other"), line("other")).expect("writable");
    assert_eq!(machines(&host), ["dot"]);
    let mut windows = host.clone();
    windows.os = Os::Windows;
    assert_eq!(machines(&windows), ["underscore"]);
    let named = host.with_var("NETRC", home.join("other"));
    assert_eq!(machines(&named), ["other"]);
    assert!(machines(&named.with_var("NETRC", "/nowhere")).is_empty());
}
