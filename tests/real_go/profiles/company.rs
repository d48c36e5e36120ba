//! The company form: whom the real go tells a private name, in every row of its table.

use gopherdesk_core::profile::{CompanyForm, PublicSource};

use super::{
    shipped::go,
    {switch, with_go},
};
use crate::{
    modules::{Reply, Server},
    scene::VERSIONS,
    support::block_on,
};

const HOST: &str = "git.corp.example";
const PRIVATE: &str = "git.corp.example/team/m@v1.0.0";
const PUBLIC: &str = "rsc.io/quote@v1.5.2";

/// Who is asked outside when a download of a public module finds nothing at the company.
fn outside(proxy: bool, public: PublicSource) -> &'static [&'static str] {
    match (proxy, public) {
        (true, PublicSource::Company) => &[],
        (_, PublicSource::Domestic) => {
            &["CONNECT goproxy.cn:443", "CONNECT mirrors.aliyun.com:443"]
        }
        (_, PublicSource::Overseas) | (false, PublicSource::Company) => {
            &["CONNECT proxy.golang.org:443"]
        }
    }
}

#[test]
fn a_private_name_is_told_to_the_company_alone() {
    let sources = [
        PublicSource::Company,
        PublicSource::Domestic,
        PublicSource::Overseas,
    ];
    for version in VERSIONS {
        for has_proxy in [true, false] {
            for has_hosts in [true, false] {
                for public in sources {
                    if has_proxy || has_hosts {
                        row(version, has_proxy, has_hosts, public);
                    }
                }
            }
        }
    }
}

fn row(version: &str, has_proxy: bool, has_hosts: bool, public: PublicSource) {
    let how = format!("{version}: proxy {has_proxy}, hosts {has_hosts}, public from {public:?}");
    // the company has neither module; the world outside can be called, and answers nothing
    let company = Server::always(Reply::Status(404));
    let sandbox = with_go(version);
    let app = sandbox.app();
    let form = CompanyForm {
        hosts: Vec::from_iter(has_hosts.then(|| format!("https://{HOST}/team/repo.git"))),
        proxy: String::from_iter(has_proxy.then(|| company.url())),
        login: false,
        public,
    };
    block_on(app.company_save(form)).expect("a form that says something");
    switch(&app, "company");
    let download = |module: &str| {
        let way_out = Server::always(Reply::Status(502));
        let ended = go(
            &sandbox,
            &["mod", "download", module],
            &[("HTTPS_PROXY", &way_out.url())],
        );
        assert!(!ended.succeeded(), "{how}: nobody has {module}");
        let mut called = way_out.requests();
        called.dedup();
        called
    };

    assert_eq!(download(PUBLIC), outside(has_proxy, public), "{how}");
    let of_company = company.requests();
    assert_eq!(
        of_company
            .iter()
            .any(|asked| asked.contains("rsc.io/quote")),
        has_proxy,
        "{how}: the company's proxy is asked first"
    );

    if has_hosts {
        let called = download(PRIVATE);
        let own = format!("CONNECT {HOST}:443");
        assert!(
            called.iter().all(|asked| *asked == own),
            "{how}: no mirror and no database hears of a private module: {called:?}"
        );
        let told = company.requests().iter().any(|asked| asked.contains(HOST));
        let through_proxy = has_proxy && public == PublicSource::Company;
        assert_eq!(
            (told, called.is_empty()),
            (through_proxy, through_proxy),
            "{how}: through the company's proxy where it stands alone, else from the git host"
        );
    }
}
