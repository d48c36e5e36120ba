use super::*;
use crate::{
    environment::{EnvironmentError, Problem},
    profile::builtin,
};

const PROXY: &str = "https://goproxy.corp.example/go";

fn form(hosts: &[&str], proxy: &str, public: PublicSource) -> CompanyForm {
    CompanyForm {
        hosts: hosts.iter().map(|&host| host.to_owned()).collect(),
        proxy: proxy.to_owned(),
        login: false,
        public,
    }
}

fn worked_out(form: &CompanyForm) -> Result<Company, Error> {
    Company::of(form, &builtin::domestic(None), Os::Linux)
}

/// The values as lines of a GOENV file; `NAME` alone unsets.
fn values(form: &CompanyForm) -> Vec<String> {
    let company = worked_out(form).expect("the form makes sense");
    let values = company.values.into_iter();
    values
        .map(|(change, _)| match change.value {
            Some(value) => format!("{}={value}", change.name),
            None => change.name,
        })
        .collect()
}

fn patterns(host: &str) -> Result<String, Error> {
    let company = worked_out(&form(&[host], "", PublicSource::Company))?;
    Ok(company.form.hosts.join(","))
}

#[test]
fn every_row_of_the_matrix_has_its_values() {
    use PublicSource as P;
    let domestic = "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct";
    let chain = |public: &str| format!("GOPROXY={PROXY},{public}");
    let private = "GOPRIVATE=git.corp.example";
    let alone = format!("GOPROXY={PROXY}");
    let database = "GOSUMDB=sum.golang.google.cn";
    let hosts: &[&str] = &["git.corp.example"];
    for (hosts, proxy, public, expected) in [
        (
            hosts,
            PROXY,
            P::Company,
            vec![alone.as_str(), private, "GONOPROXY=none", "GONOSUMDB"],
        ),
        (
            hosts,
            PROXY,
            P::Domestic,
            vec![
                &chain(domestic),
                database,
                private,
                "GONOPROXY",
                "GONOSUMDB",
            ],
        ),
        (
            hosts,
            PROXY,
            P::Overseas,
            vec![
                &chain("https://proxy.golang.org,direct"),
                "GOSUMDB",
                private,
                "GONOPROXY",
                "GONOSUMDB",
            ],
        ),
        (&[], PROXY, P::Company, vec![&alone]),
        (&[], PROXY, P::Domestic, vec![&chain(domestic), database]),
        (
            &[],
            PROXY,
            P::Overseas,
            vec![&chain("https://proxy.golang.org,direct"), "GOSUMDB"],
        ),
        (
            hosts,
            "",
            P::Company,
            vec![private, "GONOPROXY", "GONOSUMDB"],
        ),
        (
            hosts,
            "",
            P::Domestic,
            vec![
                &format!("GOPROXY={domestic}"),
                database,
                private,
                "GONOPROXY",
                "GONOSUMDB",
            ],
        ),
        (
            hosts,
            "",
            P::Overseas,
            vec!["GOPROXY", "GOSUMDB", private, "GONOPROXY", "GONOSUMDB"],
        ),
    ] {
        assert_eq!(
            values(&form(hosts, proxy, public)),
            expected,
            "{hosts:?}, {proxy:?}, {public:?}"
        );
    }
    for public in [P::Company, P::Domestic, P::Overseas] {
        assert_eq!(
            worked_out(&form(&["", " , "], " ", public)),
            Err(ProfileError::CompanyFormEmpty {}.into()),
            "nothing is known"
        );
    }
}

#[test]
fn what_the_values_leave_open_is_said() {
    use CompanyWarning as W;
    use PublicSource as P;
    let hosts: &[&str] = &["git.corp.example"];
    let goes_on = || vec![W::PrivateNamesGoOn {}, W::PrivateNamesLookedUp {}];
    for (hosts, proxy, public, expected) in [
        (hosts, PROXY, P::Company, vec![]),
        (hosts, PROXY, P::Domestic, vec![]),
        (hosts, PROXY, P::Overseas, vec![]),
        (&[], PROXY, P::Company, vec![W::PrivateNamesLookedUp {}]),
        (&[], PROXY, P::Domestic, goes_on()),
        (&[], PROXY, P::Overseas, goes_on()),
        (hosts, "", P::Company, vec![]),
        (hosts, "", P::Domestic, vec![]),
        (hosts, "", P::Overseas, vec![]),
    ] {
        let company = worked_out(&form(hosts, proxy, public)).expect("the form makes sense");
        assert_eq!(
            company.preview().warnings,
            expected,
            "{hosts:?}, {proxy:?}, {public:?}"
        );
    }
}

#[test]
fn a_host_is_understood_in_any_shape() {
    for (pasted, expected) in [
        ("git.corp.example", "git.corp.example"),
        ("GIT.Corp.Example", "git.corp.example"),
        ("https://git.corp.example/team/repo.git", "git.corp.example"),
        (
            "https://u:token@git.corp.example:8443/team/repo/-/tree/main?x=1#top",
            "git.corp.example",
        ),
        ("git@git.corp.example:team/repo.git", "git.corp.example"),
        (
            "ssh://git@git.corp.example:2222/team/repo.git",
            "git.corp.example",
        ),
        ("git.corp.example:team/repo", "git.corp.example"),
        ("git.corp.example:8443", "git.corp.example"),
        ("git.corp.example//team/", "git.corp.example/team"),
        ("git.corp.example/team", "git.corp.example/team"),
        (
            "git.corp.example/team/repo/v2@v2.1.0",
            "git.corp.example/team/repo",
        ),
        ("git.corp.example/Team/x_y~z", "git.corp.example/Team/x_y~z"),
        ("git.corp.example/team/v1", "git.corp.example/team/v1"),
        ("*.corp.example", "corp.example,*.corp.example"),
        ("git-*.corp.example", "git-*.corp.example"),
        ("10.0.0.5/team", "10.0.0.5/team"),
        ("https://github.com/corp/repo.git", "github.com/corp"),
        ("git@github.com:corp/repo.git", "github.com/corp"),
        ("github.com/corp", "github.com/corp"),
        ("github.com/corp/repo.git", "github.com/corp/repo"),
        (
            "git clone https://git.corp.example/a.git",
            "git.corp.example",
        ),
        (
            "require git.corp.example/a v1.2.3 // indirect",
            "git.corp.example/a",
        ),
        (
            "a.example,b.example b.example，c.example；\"d.example\"\n<e.example>",
            "a.example,b.example,c.example,d.example,e.example",
        ),
    ] {
        assert_eq!(patterns(pasted).as_deref(), Ok(expected), "{pasted}");
        assert_eq!(
            patterns(expected).as_deref(),
            Ok(expected),
            "what was made of it is kept as it is"
        );
    }
}

#[test]
fn what_names_no_host_of_the_company_is_refused() {
    for pasted in [
        "corp",
        "localhost",
        "gitlab/team/repo",
        "*",
        "*.*",
        "*.com",
        "*.org",
        "github.com",
        "https://github.com/",
        "github.com/*",
        "golang.org/x",
        "a..example",
        "-a.example",
        "例子.example",
        "git.corp.example/../x",
        "git.corp.example/a%20b",
        "https://github.com/a%20b/c",
        "[::1]",
        "https://[::1]/x",
        "C:\\repo",
        "/srv/git/repo",
        "../repo",
    ] {
        let found = patterns(pasted);
        assert!(
            matches!(
                found,
                Err(Error::Profile(ProfileError::CompanyHostInvalid { .. }))
            ),
            "{pasted}: {found:?}"
        );
    }
    let Err(Error::Profile(ProfileError::CompanyHostInvalid { text })) =
        patterns("https://u:secret@host/x")
    else {
        panic!("a host without a dot is refused");
    };
    assert_eq!(text, "https://***@host/x", "without its credentials");
}

#[test]
fn an_address_of_a_proxy_is_what_go_takes_it_for() {
    for (typed, expected) in [
        (PROXY, PROXY),
        ("goproxy.corp.example", "https://goproxy.corp.example"),
        (
            "  https://goproxy.corp.example/  ",
            "https://goproxy.corp.example/",
        ),
        ("http://10.0.0.5:8081", "http://10.0.0.5:8081"),
        ("file:///mnt/goproxy", "file:///mnt/goproxy"),
        (
            "https://goproxy.corp.example/?region=a",
            "https://goproxy.corp.example/?region=a",
        ),
    ] {
        let company = worked_out(&form(&[], typed, PublicSource::Company)).expect("an address");
        assert_eq!(company.form.proxy, expected, "{typed}");
    }
    for typed in [
        "https://a.example,https://b.example",
        "https://a.example|direct",
        "https://a.example b",
        "direct",
        "OFF",
        "https://",
    ] {
        let refused = worked_out(&form(&[], typed, PublicSource::Company));
        assert!(
            matches!(
                refused,
                Err(Error::Profile(ProfileError::CompanyProxyInvalid { .. })
                    | Error::Environment(EnvironmentError::InvalidValue { .. }))
            ),
            "{typed}: {refused:?}"
        );
    }
    for typed in ["goproxy", "ftp://a.example", "https://a.example:port"] {
        let refused = worked_out(&form(&[], typed, PublicSource::Company));
        assert!(
            matches!(
                refused,
                Err(Error::Environment(EnvironmentError::InvalidValue { .. }))
            ),
            "{typed}: {refused:?}"
        );
    }
}

#[test]
fn credentials_become_a_line_for_netrc_and_are_not_kept() {
    let typed = form(
        &["https://bob:hunter2@git.corp.example/a"],
        "https://ann:secret@goproxy.corp.example:8443/go",
        PublicSource::Company,
    );
    let company = worked_out(&typed).expect("it makes sense");
    let all = format!("{company:?}");
    for secret in ["secret", "ann", "hunter2", "bob"] {
        assert!(!all.contains(secret), "{secret} is in {all}");
    }
    assert!(
        company.form.login,
        "that one is needed was said by giving it"
    );
    assert_eq!(
        company.form.proxy, "https://goproxy.corp.example:8443/go",
        "the rest stays"
    );
    let lines: Vec<_> = company.preview().logins.into_iter().collect();
    assert_eq!(lines.len(), 1, "everything comes through the proxy");
    assert_eq!(
        lines[0].line, "machine goproxy.corp.example:8443 login USER password PASSWORD",
        "with the port, as Go looks for it"
    );
    let plain = form(&[], "http://ann:secret@10.0.0.5", PublicSource::Company);
    let refused = worked_out(&plain);
    assert!(
        matches!(
            &refused,
            Err(Error::Environment(EnvironmentError::InvalidValue {
                problem: Problem::ProxyCredentialsOverHttp { entry },
                ..
            })) if entry == "http://***@10.0.0.5"
        ),
        "Go sends none over http: {refused:?}"
    );
    let mut plain = form(&[], "http://10.0.0.5", PublicSource::Company);
    plain.login = true;
    assert!(worked_out(&plain).is_err(), "also when it is only said");
}

#[test]
fn a_login_is_for_whoever_is_asked_for_private_modules() {
    let logins = |hosts: &[&str], proxy: &str, public| {
        let mut form = form(hosts, proxy, public);
        form.login = true;
        let preview = worked_out(&form).expect("it makes sense").preview();
        let hosts: Vec<_> = preview.logins.into_iter().map(|login| login.host).collect();
        hosts.join(" ")
    };
    let hosts = &["a.example/x", "a.example/y", "*.corp.example"];
    assert_eq!(
        logins(hosts, PROXY, PublicSource::Company),
        "goproxy.corp.example",
        "the proxy alone is asked"
    );
    assert_eq!(
        logins(hosts, PROXY, PublicSource::Overseas),
        "goproxy.corp.example a.example corp.example",
        "private modules come from their hosts"
    );
    assert_eq!(
        logins(hosts, "", PublicSource::Company),
        "a.example corp.example",
        "each host once, and none for a pattern"
    );
    assert_eq!(
        logins(&[], "file:///mnt/goproxy", PublicSource::Company),
        "",
        "a folder asks for none"
    );
}

#[test]
fn what_was_worked_out_comes_to_the_same_again() {
    for public in [
        PublicSource::Company,
        PublicSource::Domestic,
        PublicSource::Overseas,
    ] {
        let typed = form(
            &["*.corp.example, git@git.other.example:a/b"],
            "https://u:p@goproxy.corp.example",
            public,
        );
        let company = worked_out(&typed).expect("it makes sense");
        let again = worked_out(&company.form);
        assert_eq!(
            again,
            Ok(company),
            "the form that is kept is the whole of it"
        );
    }
}
