//! Where go and git look for credentials, in their order.

use url::Url;

use super::{CredentialKind, CredentialSource, PROXIES, Setting};
use crate::{
    secret::mask_text,
    web::{has_login, netrc_place, proxy_before},
};

/// Of go itself: until 1.23 netrc beats the address, since 1.24 the address beats GOAUTH, whose commands count in their
/// order.
pub(super) fn requests(host: &str, url: &Url, setting: &Setting<'_>) -> Vec<CredentialSource> {
    let entries = setting.goproxy.split([',', '|']).map(str::trim);
    let on_host = entries.filter_map(|entry| Url::parse(entry).ok());
    let mut on_host = on_host.filter(|entry| entry.host_str() == Some(host));
    let entry = on_host.next();
    let asked = entry.as_ref().unwrap_or(url);
    let netrc = || CredentialSource {
        kind: CredentialKind::Netrc,
        present: Some(has_login(setting.host, asked)),
        place: netrc_place(setting.host).map(|path| setting.host.short(&path)),
    };
    let in_url = entry.as_ref().map(|entry| CredentialSource {
        kind: CredentialKind::Url,
        present: Some(!entry.username().is_empty()),
        place: Some("GOPROXY".to_owned()),
    });
    if setting
        .version
        .is_some_and(|version| !version.at_least(1, 24))
    {
        return std::iter::once(netrc()).chain(in_url).collect();
    }
    let goauth = match setting.goauth.trim() {
        "" => "netrc",
        goauth => goauth,
    };
    let commands = goauth.split(';').map(str::trim);
    let commands = commands.filter_map(|command| match command.split_whitespace().next()? {
        "off" => None,
        "netrc" => Some(netrc()),
        "git" => Some(CredentialSource {
            kind: CredentialKind::GoauthGit,
            present: None,
            place: Some(mask_text(command)),
        }),
        program => Some(CredentialSource {
            kind: CredentialKind::GoauthCommand,
            present: None,
            // arguments may hold what is nobody's business
            place: Some(mask_text(program)),
        }),
    });
    in_url.into_iter().chain(commands).collect()
}

/// Of git: a key by ssh, or over https the address, curl's netrc file, and then the helpers.
pub(super) fn git(
    url: &Url,
    rewritten: Option<&str>,
    setting: &Setting<'_>,
) -> Vec<CredentialSource> {
    let is_ssh = |address: &str| address.starts_with("ssh://") || !address.contains("://");
    if let Some(address) = rewritten.filter(|address| is_ssh(address)) {
        return vec![CredentialSource {
            kind: CredentialKind::Ssh,
            present: None,
            place: Some(mask_text(address)),
        }];
    }
    let mut sources = Vec::new();
    let asked = rewritten.and_then(|address| Url::parse(address).ok());
    if let Some(address) = asked
        .as_ref()
        .filter(|address| !address.username().is_empty())
    {
        sources.push(CredentialSource {
            kind: CredentialKind::Url,
            present: Some(true),
            place: Some(mask_text(address.as_str())),
        });
    }
    // curl knows no other place, and no ports
    let mut home = setting.host.clone();
    home.vars.remove("NETRC");
    let mut bare = asked.unwrap_or_else(|| url.clone());
    let _ = bare.set_port(None);
    sources.push(CredentialSource {
        kind: CredentialKind::Netrc,
        present: Some(has_login(&home, &bare)),
        place: netrc_place(&home).map(|path| home.short(&path)),
    });
    let Some(config) = setting.git else {
        return sources;
    };
    let of_host = config
        .by_url("credential", "helper")
        .filter(|(pattern, _)| is_for(pattern, &bare))
        .map(|(_, helper)| helper);
    let helpers = config.values("credential.helper").chain(of_host);
    // an empty one forgets those before it
    let helpers = helpers.fold(Vec::new(), |mut all, helper| {
        match helper {
            "" => all.clear(),
            helper => all.push(helper),
        }
        all
    });
    sources.extend(helpers.into_iter().map(|helper| CredentialSource {
        kind: CredentialKind::GitHelper,
        present: None,
        place: Some(program_of(helper)),
    }));
    sources
}

/// What a helper is, without what it is told: a `!` line may hold a password.
fn program_of(helper: &str) -> String {
    let first = helper.split_whitespace().next().unwrap_or_default();
    match first.starts_with('!') {
        true => "!…".to_owned(),
        false => mask_text(first),
    }
}

/// Whether a setting of git that is for this address counts for that one; `*` stands for a label.
fn is_for(pattern: &str, url: &Url) -> bool {
    let Some((scheme, rest)) = pattern.split_once("://") else {
        return false;
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let asked = url.host_str().unwrap_or_default();
    let labels = |name: &str| name.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (pattern, asked) = (labels(host), labels(asked));
    scheme == url.scheme()
        && pattern.len() == asked.len()
        && pattern
            .iter()
            .zip(&asked)
            .all(|(one, other)| one == "*" || one == other)
}

/// The proxy that git goes through: its own setting, else curl's variables, which for http are in lower case only.
pub(super) fn git_proxy(
    url: &Url,
    rewritten: Option<&str>,
    setting: &Setting<'_>,
) -> Option<String> {
    let url = match rewritten.map(Url::parse) {
        Some(Ok(url)) => url,
        // ssh takes none
        Some(Err(_)) => return None,
        None => url.clone(),
    };
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    if let Some(config) = setting.git {
        let mut of_host = config.by_url("http", "proxy");
        let own = of_host.find(|(pattern, _)| is_for(pattern, &url));
        let own = own.map(|(_, proxy)| proxy);
        if let Some(proxy) = own.or_else(|| config.values("http.proxy").last()) {
            return Some(mask_text(proxy)).filter(|proxy| !proxy.is_empty());
        }
    }
    let var = |names: &[&str]| {
        let mut found = names.iter();
        found
            .find_map(|name| setting.host.vars.get_nonempty(name))
            .map(ToOwned::to_owned)
    };
    let mut host = setting.host.clone();
    for name in PROXIES {
        host.vars.remove(name);
    }
    for (name, value) in [
        ("HTTP_PROXY", var(&["http_proxy", "all_proxy", "ALL_PROXY"])),
        (
            "HTTPS_PROXY",
            var(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
        ),
        ("NO_PROXY", var(&["no_proxy", "NO_PROXY"])),
    ] {
        if let Some(value) = value {
            host.vars.set(name, value);
        }
    }
    proxy_before(&host, &url)
}

/// GOAUTH without what its commands are told: that may be a password.
pub(super) fn goauth_shown(goauth: &str) -> String {
    let commands = goauth.split(';').map(|command| {
        let command = command.trim();
        let program = command.split_whitespace().next().unwrap_or_default();
        match program {
            "git" => mask_text(command),
            _ if program == command => mask_text(program),
            _ => format!("{} …", mask_text(program)),
        }
    });
    commands.collect::<Vec<_>>().join(";")
}
