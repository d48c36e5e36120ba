//! Who leaves a profile and returns to it finds the file as it was, byte for byte.

use proptest::prelude::*;

use std::{fs, path::PathBuf};

use gopherdesk_core::{
    app::App,
    environment::{EnvironmentError, file::EnvText},
    error::Error,
    host::Host,
    plan::Plan,
};
use tempfile::TempDir;

use super::{agreed, switch};
use crate::{
    support::{Sandbox, block_on},
    writing,
};

/// One line of a GOENV file as people and programs leave it, line ending included.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let text = prop_oneof![
        Just("# mirrors 镜像".to_owned()),
        Just(String::new()),
        Just("export GOPROXY=x".to_owned()),
        Just("GOPROXY=https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct".to_owned()),
        Just("GOSUMDB=sum.golang.google.cn".to_owned()),
        Just("GOPROXY=direct".to_owned()),
        "GO(PROXY|SUMDB|PRIVATE|FLAGS|ODD)=[a-z,=# ]{0,12}",
        " ?[a-zA-Z#=]{0,8}",
    ];
    let ending = prop_oneof![3 => Just("\n"), 1 => Just("\r\n")];
    (text, ending).prop_map(|(text, ending)| format!("{text}{ending}").into_bytes())
}

/// A whole file, with or without a line feed at its end; or none.
fn file() -> impl Strategy<Value = Option<Vec<u8>>> {
    let lines = prop::collection::vec(line(), 0..8).prop_map(|lines| lines.concat());
    let torn = (lines, any::<bool>()).prop_map(|(mut bytes, torn)| {
        if torn {
            bytes.pop();
        }
        bytes
    });
    prop::option::weighted(0.9, torn)
}

/// A user with this GOENV file.
struct Ground {
    app: App,
    file: PathBuf,
    _folder: TempDir,
}

impl Ground {
    fn new(original: Option<&[u8]>) -> Self {
        let folder = writing::folder();
        let host = Host::sandbox(folder.path()).with_var("GOMODCACHE", "/cache");
        let file = host.user_config_dir().expect("a home").join("go/env");
        fs::create_dir_all(file.parent().expect("a folder")).expect("writable");
        if let Some(original) = original {
            fs::write(&file, original).expect("writable");
        }
        Self {
            app: App::new(host, None),
            file,
            _folder: folder,
        }
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        fs::read(&self.file).ok()
    }
}

/// Switches, and says whether that changed anything: whoever is there already stays.
fn go_to(app: &App, id: &str) -> bool {
    match block_on(app.profile_plan(id.to_owned())) {
        Err(Error::Environment(EnvironmentError::NothingToChange {})) => false,
        plan => {
            write(app, plan);
            true
        }
    }
}

fn write(app: &App, plan: Result<Plan, Error>) {
    block_on(app.plan_write(agreed(plan))).expect("nothing is in the way of the change");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_visit_to_a_profile_finds_the_same_bytes(
        original in file(),
        visits in prop::collection::vec(0_usize..3, 1..12),
    ) {
        let ground = Ground::new(original.as_deref());
        let profiles = ["domestic", "overseas", "offline"];
        let mut seen = [const { None }; 3];
        for visit in visits {
            if !go_to(&ground.app, profiles[visit]) {
                continue;
            }
            let found = ground.bytes();
            // offline leaves what domestic set beside it: the same profile in another company is another file
            let said = |bytes: &Option<Vec<u8>>| {
                EnvText::parse(bytes.as_deref().unwrap_or_default()).values()
            };
            match &seen[visit] {
                Some(before) if said(before) == said(&found) => {
                    prop_assert_eq!(before, &found, "comments, order and endings as they were");
                }
                _ => seen[visit] = Some(found),
            }
        }
    }

    #[test]
    fn crossings_move_no_byte(original in file()) {
        let ground = Ground::new(original.as_deref());
        let mut ends: Vec<Option<Vec<u8>>> = Vec::new();
        for crossing in 0..6 {
            go_to(&ground.app, ["domestic", "overseas"][crossing % 2]);
            ends.push(ground.bytes());
        }
        for (crossing, end) in ends.iter().enumerate() {
            prop_assert_eq!(end, &ends[crossing % 2], "crossing {}", crossing);
        }
    }

    #[test]
    fn what_was_there_before_the_first_switch_comes_back(original in file()) {
        let ground = Ground::new(original.as_deref());
        if go_to(&ground.app, "domestic") {
            write(&ground.app, block_on(ground.app.profile_previous(())));
        }
        prop_assert_eq!(ground.bytes(), original, "every byte, or no file");
    }
}

#[test]
fn lines_of_others_are_not_thrown_away_by_a_return() {
    let sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), "# mine\n");
    let app = sandbox.app();
    switch(&app, "domestic");
    let mut bytes = sandbox.read(&sandbox.env_file()).expect("written");
    bytes.extend_from_slice(b"# theirs\n");
    sandbox.write(&sandbox.env_file(), &bytes);
    switch(&app, "overseas");
    assert_eq!(
        sandbox.read(&sandbox.env_file()).as_deref(),
        Some(b"# mine\n# theirs\n".as_slice()),
        "only the values are set back"
    );
}
