//! The speed test against the proxies that people run: goproxy, the engine of goproxy.cn, and Athens, built from source by
//! `.ci/fetch-proxies`. They get modules from a tree of the tests' own, and stand behind lines of known length.

use std::{
    env,
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use gopherdesk_core::{
    checksum::Database,
    mirror::{
        database::DatabaseChoice,
        report::{Condition, MirrorReport, Workload},
        test::{Setup, Target, run},
    },
    web::Network,
};
use tokio_util::sync::CancellationToken;

use crate::{
    database::{NAME, Sumdb},
    forward::forward,
    mirror::{Manner, Mirror},
    scene::{Scene, VERSIONS, root},
    support::block_on,
    tree::{Tree, probes},
};

/// How long a proxy may take to listen.
const START: Duration = Duration::from_secs(60);

/// A proxy at work, ended with the test.
struct Proxy {
    program: Child,
    address: SocketAddr,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // it may have ended by itself
        drop(self.program.kill());
        drop(self.program.wait());
    }
}

impl Proxy {
    /// Starts one, and waits until it listens.
    fn start(mut command: Command, address: SocketAddr) -> Self {
        let program = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it can be run");
        let mut proxy = Self { program, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            let ended = proxy.program.try_wait().expect("a child");
            assert!(ended.is_none(), "the proxy ended: {ended:?}");
            assert!(begun.elapsed() < START, "the proxy does not listen");
            std::thread::yield_now();
        }
        proxy
    }
}

/// Where a proxy was built; none when the environment says to go without.
fn program(name: &str) -> Option<PathBuf> {
    if env::var_os("GOPHERDESK_SKIP_PROXIES").is_some() {
        eprintln!("skipped: {name} is not tested, because GOPHERDESK_SKIP_PROXIES says so");
        return None;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/proxies");
    let folder = env::var_os("GOPHERDESK_TEST_PROXIES").map_or(folder, PathBuf::from);
    let mut found = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let found = found.find(|entry| {
        entry
            .file_name()
            .to_string_lossy()
            .starts_with(&format!("{name}-"))
    });
    let path = found.map(|entry| entry.path());
    assert!(
        path.is_some(),
        "{} holds no {name}: .ci/fetch-proxies builds it where a Go module proxy can be reached; \
         GOPHERDESK_SKIP_PROXIES=1 goes without",
        folder.display()
    );
    path
}

fn free_port() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of the loopback");
    listener.local_addr().expect("bound")
}

/// A command of the scene's go, with nothing of this machine.
fn command(program: &Path, scene: &Scene, origin: &str) -> Command {
    let mut command = Command::new(program);
    let home = scene.host.home.as_ref().expect("a scene has a home");
    command
        .env_clear()
        .env("HOME", home)
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", root(VERSIONS[2]).join("bin").display()),
        )
        .env("GOPROXY", origin)
        .env("GONOSUMDB", "*")
        .env("GOTOOLCHAIN", "local")
        .env("GOMODCACHE", home.join("proxy-modules"))
        .env("GOFLAGS", "-modcacherw")
        .current_dir(home);
    command
}

fn goproxy(scene: &Scene, origin: &str, database: &str) -> Option<Proxy> {
    let address = free_port();
    let mut command = command(&program("goproxy")?, scene, origin);
    command.args(["server", "--address", &address.to_string()]);
    command.args(["--proxied-sumdbs", &format!("{NAME} {database}")]);
    command
        .arg("--go-bin")
        .arg(root(VERSIONS[2]).join("bin/go"));
    Some(Proxy::start(command, address))
}

fn athens(scene: &Scene, origin: &str) -> Option<Proxy> {
    let address = free_port();
    let mut command = command(&program("athens")?, scene, origin);
    command
        .env("ATHENS_PORT", address.to_string())
        .env("ATHENS_STORAGE_TYPE", "memory")
        .env("ATHENS_GO_BINARY_PATH", root(VERSIONS[2]).join("bin/go"))
        .env(
            "ATHENS_GO_BINARY_ENV_VARS",
            format!("GOPROXY={origin};GONOSUMDB=*;GOTOOLCHAIN=local"),
        );
    Some(Proxy::start(command, address))
}

struct Ground {
    tree: Arc<Tree>,
    setup: Setup,
    served: crate::serving::Served,
}

fn ground(scene: &Scene) -> Ground {
    let (tree, probes) = probes(1_200_000);
    let record = tree.record("small.example/m1@v1.0.0");
    let database = Sumdb::new(300, &[(77, record)]);
    let served = database.clone().serve();
    let setup = Setup {
        network: Network::new(&scene.host),
        probes,
        database: Database::from_key(&database.key()).expect("a key"),
        databases: vec![DatabaseChoice {
            gosumdb: served.gosumdb(),
            url: served.url(),
            through_mirrors: false,
        }],
        toolchain: None,
        workload: Workload {
            modules: 60,
            bytes: 10_000_000,
            parallel: 2,
            project: None,
        },
        // the first question makes an empty proxy fetch
        patient: true,
    };
    Ground {
        tree: Arc::new(tree),
        setup,
        served,
    }
}

fn target(id: &str, url: String) -> Target {
    Target {
        id: id.to_owned(),
        url,
        operator: id.to_owned(),
        own: false,
        legacy: false,
        probe: None,
        public_probe: true,
    }
}

fn test(ground: &Ground, targets: &[Target]) -> (Vec<MirrorReport>, Vec<String>) {
    let cancel = CancellationToken::new();
    let measured = block_on(run(&ground.setup, targets, &cancel, &|_| {}));
    (measured.rows, measured.ranking)
}

/// Real servers are sound, and their lines decide the order.
#[test]
fn goproxy_and_athens_are_measured_for_what_they_are() {
    let scene = Scene::new(VERSIONS[2]);
    let ground = ground(&scene);
    let origin = Mirror::serve(&ground.tree, Manner::default());
    let (Some(goproxy), Some(athens)) = (
        goproxy(&scene, &origin.url(), &ground.served.url()),
        athens(&scene, &origin.url()),
    ) else {
        return;
    };
    let targets = [
        target(
            "athens",
            forward(athens.address, Duration::from_millis(120), 4_000_000),
        ),
        target(
            "goproxy",
            forward(goproxy.address, Duration::from_millis(15), 8_000_000),
        ),
    ];
    // the first run fills them, the second finds what they have
    test(&ground, &targets);
    let (rows, ranking) = test(&ground, &targets);
    assert_eq!(ranking, ["goproxy", "athens"], "by their lines: {rows:#?}");
    for row in &rows {
        assert_eq!(
            row.checksum_ok,
            Some(true),
            "the module came whole: {row:#?}"
        );
        assert_eq!(
            row.fresh,
            Some(true),
            "both know the newest version: {row:#?}"
        );
        assert!(row.latency.samples >= 5, "{row:#?}");
    }
    let [athens, goproxy] = rows.as_slice() else {
        panic!("two rows: {rows:#?}")
    };
    assert_eq!(
        goproxy.sumdb.supported,
        Some(true),
        "it was told to pass the database on"
    );
    assert_eq!(
        goproxy.sumdb.lookup_ok,
        Some(true),
        "and its record was proven"
    );
    assert_eq!(
        athens.sumdb.supported,
        Some(false),
        "it passes on none of that name"
    );
    let gosumdb = ground.served.gosumdb();
    assert!(
        athens
            .conditions
            .contains(&Condition::OtherDatabase { gosumdb }),
        "so Go asks the database itself: {athens:#?}"
    );
}

/// What the test calls sound, the real go downloads through and verifies.
#[test]
fn the_real_go_downloads_through_what_was_found_sound() {
    for version in VERSIONS {
        let scene = Scene::new(version);
        let ground = ground(&scene);
        let origin = Mirror::serve(&ground.tree, Manner::default());
        let Some(goproxy) = goproxy(&scene, &origin.url(), &ground.served.url()) else {
            return;
        };
        let url = forward(goproxy.address, Duration::from_millis(2), 50_000_000);
        let (rows, ranking) = test(&ground, &[target("goproxy", url.clone())]);
        assert_eq!(ranking, ["goproxy"], "{rows:#?}");
        let go = root(version).join("bin/go");
        let mut download = command(&go, &scene, &url);
        let home = scene.host.home.as_ref().expect("a scene has a home");
        let done = download
            .args(["mod", "download", "-json", "small.example/m1@v1.0.0"])
            .env_remove("GONOSUMDB")
            .env(
                "GOSUMDB",
                ground.served.gosumdb().split(' ').next().expect("a key"),
            )
            .env("GOMODCACHE", home.join("modules"))
            .output()
            .expect("go can be run");
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(
            done.status.success(),
            "{version}: {said} {}",
            String::from_utf8_lossy(&done.stderr)
        );
        let hash = ground.setup.probes.lookup.hash.as_deref().expect("known");
        assert!(
            said.contains(hash),
            "{version} has the same content: {said}"
        );
    }
}
