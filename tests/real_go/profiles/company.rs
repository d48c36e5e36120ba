//! The company form: whom the real go tells a private name, in every row of its table.

use gopherdesk_core::profile::{CompanyForm, PublicSource};

use super::{
    shipped::go,
    {switch, with_go},
};
use crate::{
    modules::{Reply, Server},
    scene::VERSIONS,
    support::{Sandbox, block_on},
};

const HOST: &str = "git.corp.example";
const PRIVATE: &str = "git.corp.example/team/m";
const PUBLIC: &str = "example.com/m";

/// What a former network left in the GOENV file. Neither names the company's modules, and while they stand there
/// GOPRIVATE stands in for neither.
const STALE: &str = "GONOPROXY=old.corp.example\nGONOSUMDB=old.corp.example\n";

/// How go asks a proxy whether it passes the database on.
const SUPPORTED: &str = "GET /sumdb/sum.golang.org/supported";

/// A row of the form's table.
#[derive(Debug, Clone, Copy)]
struct Row {
    version: &'static str,
    proxy: bool,
    hosts: bool,
    public: PublicSource,
}

impl Row {
    fn all() -> impl Iterator<Item = Self> {
        let sources = [
            PublicSource::Company,
            PublicSource::Domestic,
            PublicSource::Overseas,
        ];
        VERSIONS.into_iter().flat_map(move |version| {
            let known = [(true, true), (true, false), (false, true)];
            known.into_iter().flat_map(move |(proxy, hosts)| {
                sources.map(|public| Self {
                    version,
                    proxy,
                    hosts,
                    public,
                })
            })
        })
    }

    /// A machine that came from another network and was switched to the company's profile.
    fn switched(self, company: &Server) -> Sandbox {
        let sandbox = with_go(self.version);
        if self.hosts {
            sandbox.write(&sandbox.env_file(), STALE);
        }
        let app = sandbox.app();
        let form = CompanyForm {
            hosts: Vec::from_iter(self.hosts.then(|| format!("https://{HOST}/team/repo.git"))),
            proxy: String::from_iter(self.proxy.then(|| company.url())),
            login: false,
            public: self.public,
        };
        block_on(app.company_save(form)).expect("a form that says something");
        switch(&app, "company");
        sandbox
    }

    /// Who is asked outside when a download of a module that no pattern names finds nothing at the company.
    fn outside(self) -> &'static [&'static str] {
        match (self.proxy, self.public) {
            (true, PublicSource::Company) => &[],
            (_, PublicSource::Domestic) => {
                &["CONNECT goproxy.cn:443", "CONNECT mirrors.aliyun.com:443"]
            }
            (_, PublicSource::Overseas) | (false, PublicSource::Company) => {
                &["CONNECT proxy.golang.org:443"]
            }
        }
    }

    /// The checksum database that the row leads to.
    fn database(self) -> &'static str {
        match self.public {
            PublicSource::Domestic => "sum.golang.google.cn",
            PublicSource::Company | PublicSource::Overseas => "sum.golang.org",
        }
    }
}

/// Downloads a module with the real go: whether that went well, and whom go called outside.
fn download(sandbox: &Sandbox, module: &str, vars: &[(&str, &str)]) -> (bool, Vec<String>) {
    let way_out = Server::always(Reply::Status(502));
    let out = way_out.url();
    let mut with = vec![("HTTPS_PROXY", out.as_str())];
    with.extend(vars);
    let module = format!("{module}@v1.0.0");
    let ended = go(sandbox, &["mod", "download", &module], &with);
    let mut called = way_out.requests();
    called.dedup();
    (ended.succeeded(), called)
}

#[test]
fn a_private_name_is_told_to_the_company_alone() {
    for row in Row::all() {
        // the company has neither module; the world outside can be called, and answers nothing
        let company = Server::always(Reply::Status(404));
        let sandbox = row.switched(&company);
        let told = |name: &str| company.requests().iter().any(|asked| asked.contains(name));

        let (found, called) = download(&sandbox, PUBLIC, &[]);
        assert!(!found, "{row:?}: nobody has it");
        assert_eq!(called, row.outside(), "{row:?}");
        assert_eq!(
            told(PUBLIC),
            row.proxy,
            "{row:?}: the company's proxy is asked first"
        );

        let (found, called) = download(&sandbox, PRIVATE, &[]);
        assert!(!found, "{row:?}: nobody has it");
        if row.hosts {
            let own = format!("CONNECT {HOST}:443");
            assert!(
                called.iter().all(|asked| *asked == own),
                "{row:?}: no mirror and no database hears of a private module: {called:?}"
            );
            let through_proxy = row.proxy && row.public == PublicSource::Company;
            assert_eq!(
                (told(PRIVATE), called.is_empty()),
                (through_proxy, through_proxy),
                "{row:?}: through the company's proxy where it stands alone, else from the git host"
            );
        } else {
            assert!(told(PRIVATE), "{row:?}: the company's proxy is asked first");
            assert_eq!(
                called,
                row.outside(),
                "{row:?}: nothing says that it is private, and it goes where any other goes"
            );
        }
    }
}

/// Modules are served by a proxy in place of everybody whom the profile names, so that go comes as far as the database.
#[test]
fn the_database_is_not_asked_about_a_private_module() {
    for row in Row::all().filter(|row| row.hosts) {
        let company = Server::always(Reply::Status(404));
        let sandbox = row.switched(&company);
        let served = Server::proxy_of(&[PRIVATE, PUBLIC]);
        let source = served.url();
        let vars = [("GOPROXY", source.as_str()), ("GONOPROXY", "none")];

        let (found, called) = download(&sandbox, PRIVATE, &vars);
        assert!(
            found,
            "{row:?}: it is served, and nothing has to vouch for it"
        );
        assert_eq!(called, [""; 0], "{row:?}: nobody outside hears of it");
        let requests = served.requests();
        let through_proxy = requests.iter().find(|asked| asked.contains("/sumdb/"));
        assert_eq!(
            through_proxy, None,
            "{row:?}: and the database is not asked through the proxy"
        );

        let (found, called) = download(&sandbox, PUBLIC, &vars);
        assert!(
            !found,
            "{row:?}: the database, which cannot be reached, vouches for nothing"
        );
        assert_eq!(
            called,
            [format!("CONNECT {}:443", row.database())],
            "{row:?}: the same question about a public module"
        );
        // the other address of the database comes with its url, and go asks no proxy for that
        let asks_proxy = row.public != PublicSource::Domestic;
        assert_eq!(
            served.requests().iter().any(|asked| asked == SUPPORTED),
            asks_proxy,
            "{row:?}: after the proxy was: {:?}",
            served.requests()
        );
    }
}

/// Without hosts nothing keeps a private name from it: the form warns of that.
#[test]
fn the_database_is_asked_about_every_module_where_no_host_is_named() {
    for row in Row::all().filter(|row| !row.hosts) {
        let company = Server::always(Reply::Status(404));
        let sandbox = row.switched(&company);
        let served = Server::proxy_of(&[PRIVATE]);
        let (found, called) = download(&sandbox, PRIVATE, &[("GOPROXY", &served.url())]);
        assert!(!found, "{row:?}: nothing vouches for what was served");
        assert_eq!(
            called,
            [format!("CONNECT {}:443", row.database())],
            "{row:?}: the database hears of it"
        );
    }
}
