//! The toolchains that Go downloads lie in the module cache, wherever the GOENV file puts it.

use std::{fs, os::unix::fs::PermissionsExt};

use gopherdesk_core::toolchain::Place;

use crate::support::{Sandbox, block_on};

#[test]
fn toolchains_are_found_in_a_module_cache_that_only_the_file_names() {
    for (setting, cache) in [
        ("GOMODCACHE={}/cache", "cache"),
        ("GOPATH={}/one:{}/two", "one/pkg/mod"),
    ] {
        let sandbox = Sandbox::new();
        let root = sandbox
            .path(cache)
            .join("golang.org/toolchain@v0.0.1-go1.22.2.linux-amd64");
        let command = root.join("bin/go");
        sandbox.write(&command, "#!/bin/sh\nexit 9\n");
        fs::set_permissions(&command, fs::Permissions::from_mode(0o755)).expect("our own file");
        sandbox.write(&root.join("VERSION"), "go1.22.2\n");
        let folder = sandbox.path("").display().to_string();
        let setting = setting.replace("{}", folder.trim_end_matches('/'));
        sandbox.write(&sandbox.env_file(), format!("{setting}\n"));
        let found = block_on(sandbox.app().toolchain_list(())).expect("a list");
        let found: Vec<_> = found
            .list
            .iter()
            .map(|go| (go.version.as_deref(), go.found.as_slice()))
            .collect();
        assert_eq!(
            found,
            [(Some("go1.22.2"), &[Place::ModuleCache][..])],
            "{setting}: as Go itself would find it"
        );
    }
}
