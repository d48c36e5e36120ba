use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::*;

#[test]
fn credentials_are_masked_wherever_they_stand() {
    for (text, expected, stripped) in [
        (
            "https://user:secret@host/path",
            "https://***@host/path",
            "https://host/path",
        ),
        ("https://secret@host", "https://***@host", "https://host"),
        (
            "https://u:se%40cret@host",
            "https://***@host",
            "https://host",
        ),
        ("https://u:se@cret@host", "https://***@host", "https://host"),
        (
            "http://u:secret@[::1]:8080/x",
            "http://***@[::1]:8080/x",
            "http://[::1]:8080/x",
        ),
        (
            "https://a,https://u:secret@b|direct",
            "https://a,https://***@b|direct",
            "https://a,https://b|direct",
        ),
        (
            "https://u:secret@a,https://u:secret@b",
            "https://***@a,https://***@b",
            "https://a,https://b",
        ),
        (
            "https://u:sec/ret@host/x",
            "https://***@host/x",
            "https://host/x",
        ),
        ("https://u:sec,ret@host", "https://***@host", "https://host"),
        (
            "https://host/?token=secret&x",
            "https://host/?token=***&x",
            "https://host/?x",
        ),
        (
            "https://host/?x&token=secret&y=#z",
            "https://host/?x&token=***&y=#z",
            "https://host/?x&y=#z",
        ),
        (
            "https://host/?a=secret&b=secret|direct",
            "https://host/?a=***&b=***|direct",
            "https://host/|direct",
        ),
        (
            "https://h/?to=https://u:secret@b&x",
            "https://h/?to=***&x",
            "https://h/?x",
        ),
        (
            "https://h/?key=secret://",
            "https://h/?key=***",
            "https://h/",
        ),
        (
            "https://h/?https://u:secret@b",
            "https://h/?https://***@b",
            "https://h/?https://b",
        ),
        ("u:secret@proxy:8080", "***@proxy:8080", "proxy:8080"),
        (
            "HTTP_PROXY=u:se=cret@proxy:8080",
            "HTTP_PROXY=***@proxy:8080",
            "HTTP_PROXY=proxy:8080",
        ),
        (
            "GOPROXY=https://u:secret@h go: fails",
            "GOPROXY=https://***@h go: fails",
            "GOPROXY=https://h go: fails",
        ),
        (
            "reading \"https://u:secret@h/x\": 404",
            "reading \"https://***@h/x\": 404",
            "reading \"https://h/x\": 404",
        ),
        ("https://a,u:secret@b", "https://a,***@b", "https://a,b"),
        ("://u:secret@h", "://***@h", "://h"),
        (
            "xhttps://u:secret@h 代理",
            "xhttps://***@h 代理",
            "xhttps://h 代理",
        ),
        ("u:secret@v:secret@h", "***@***@h", "h"),
        ("cmd --password secret x", "cmd --password *** x", "cmd x"),
        ("cmd --password=secret x", "cmd --password=*** x", "cmd x"),
        (
            "cmd -token secret; netrc",
            "cmd -token *** netrc",
            "cmd netrc",
        ),
        (
            "cmd --access-token 'sec ret' x",
            "cmd --access-token '*** ***' x",
            "cmd x",
        ),
        ("cmd --api_key=\"secret\"", "cmd --api_key=\"***\"", "cmd "),
        ("cmd --key secret", "cmd --key ***", "cmd "),
        ("curl -u me:secret h", "curl -u *** h", "curl h"),
        (
            "-toolexec=x -ldflags=-X main.apiKey=secret",
            "-toolexec=x -ldflags=-X main.apiKey=***",
            "-toolexec=x -ldflags=-X ",
        ),
        (
            "export GITHUB_TOKEN=secret\nnext",
            "export GITHUB_TOKEN=***\nnext",
            "export next",
        ),
        (
            "curl -H 'Authorization: Bearer secret' h",
            "curl -H 'Authorization: Bearer ***' h",
            "curl -H h",
        ),
        (
            "Authorization: Basic dXNl\nX-Api-Key: secret",
            "Authorization: Basic ***\nX-Api-Key: ***",
            "",
        ),
        ("Private-Token: secret x", "Private-Token: *** x", "x"),
    ] {
        assert_eq!(mask_text(text), expected, "in {text}");
        assert!(has_secret(text), "{text} holds one");
        assert_eq!(
            mask_text(expected),
            expected,
            "masking twice changes nothing more"
        );
        assert_eq!(strip_text(text), stripped, "works without them: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_left_to_mask(text in "([a-c:/@?&=#,|\"' \n]|://|https://|u:secret@|\\?a=|--token|TOKEN=|Authorization:|-u ){0,24}") {
        let stripped = strip_text(&text);
        prop_assert!(!has_secret(&stripped), "of {text:?}: {stripped:?}");
    }
}

#[test]
fn what_is_no_credential_stays() {
    for text in [
        "https://goproxy.cn,direct",
        "https://proxy.golang.org/github.com/a/b/@v/list",
        "http://localhost:8080/a/@v/list",
        "git@github.com:team/repo.git",
        "example.com/m@v1.2.3",
        "C:\\Users\\a@b\\go",
        "/home/a@b:/home/c@d",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "",
        "* **.corp.example",
        "git /home/me/work; netrc",
        "cmd --password-file /run/secret x",
        "cmd --password $PASSWORD --token \"$TOKEN\" --verbose",
        "cmd --token --verbose",
        "-mod=mod -tags=token -p=4",
        "the token: use another",
        "reading key: value",
        "SSH_AUTH_SOCK=/run/x KEY=value",
        "cmd --password",
        "日本語 https://例え.jp",
    ] {
        assert_eq!(mask_text(text), text, "nothing to hide");
        assert_eq!(strip_text(text), text, "nothing to take out");
    }
}
