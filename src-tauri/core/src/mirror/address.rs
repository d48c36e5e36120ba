use url::Url;

/// Where a mirror is, as Go asks it: what differs only in its spelling is the same.
///
/// Credentials and what stands behind `?` are no part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// `https`, `http` or `file`.
    pub scheme: String,
    /// In small letters, with a port that is not the usual one; empty for a folder.
    pub host: String,
    /// Without a slash at its end.
    pub path: String,
}

impl Address {
    /// Reads an entry of GOPROXY, which Go completes by `https://` (go-semantics 2.1); none for `direct`, `off` and what is
    /// no address.
    pub fn parse(entry: &str) -> Option<Self> {
        let entry = entry.trim();
        if matches!(entry, "direct" | "off" | "noproxy") {
            return None;
        }
        let url = match entry.contains(":/") {
            true => Url::parse(entry),
            false => Url::parse(&format!("https://{entry}")),
        };
        let url = url.ok()?;
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => String::new(),
        };
        Some(Self {
            scheme: url.scheme().to_owned(),
            host: host.trim_end_matches('.').to_owned(),
            path: url.path().trim_end_matches('/').to_owned(),
        })
    }

    /// Whether the same server has the same there, encrypted or not.
    pub fn is_place_of(&self, other: &Self) -> bool {
        let is_web = |address: &Self| address.scheme != "file";
        (&self.host, &self.path) == (&other.host, &other.path) && is_web(self) == is_web(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spelling_is_the_same_place() {
        let address = |entry| Address::parse(entry).expect("an address");
        for (one, other) in [
            ("https://goproxy.cn", "https://goproxy.cn/"),
            ("https://goproxy.cn", "HTTPS://GoProxy.CN//"),
            ("https://goproxy.cn", "goproxy.cn"),
            ("https://goproxy.cn", "https://goproxy.cn:443/"),
            ("https://goproxy.cn", "https://goproxy.cn./"),
            (
                "https://a.example/go",
                "https://ann:secret@a.example/go/?x=y#z",
            ),
            ("file:///mod/cache", "file:///mod/cache/"),
        ] {
            assert_eq!(address(one), address(other), "{one} and {other}");
        }
        for (one, other) in [
            ("https://goproxy.cn", "https://goproxy.cn/go"),
            ("https://goproxy.cn", "https://goproxy.cn:8443"),
            ("https://a.example/go", "https://a.example/Go"),
            ("https://a.example/x", "file:///x"),
        ] {
            let (one, other) = (address(one), address(other));
            assert!(!one.is_place_of(&other), "{one:?} is not {other:?}");
        }
        let (plain, secure) = (address("http://goproxy.cn"), address("https://goproxy.cn"));
        assert_ne!(plain, secure, "Go asks another port");
        assert!(plain.is_place_of(&secure), "of the same server");
        for entry in ["direct", "off", "", " ", "https://", "a b"] {
            assert_eq!(Address::parse(entry), None, "{entry:?} is none");
        }
    }
}
