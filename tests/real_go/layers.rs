//! Which place counts where: the shell's value, the process's, the file's.

use gopherdesk_core::{
    environment::{Environment, Origin, Wins, read},
    host::Vars,
    shadow::{Outer, shell::ShellAnswer},
};

use crate::scene::{Scene, VERSIONS, variable};

/// Reads with a login shell that has these variables.
async fn read_with_shell(scene: &Scene, vars: &[(&str, &str)]) -> Environment {
    let outer = Outer {
        shell: Some(ShellAnswer {
            shell: "zsh".to_owned(),
            vars: Ok(Vars::from_iter(vars.iter().copied())),
        }),
        ..Outer::default()
    };
    read::read(&scene.host, Ok(&scene.go), &outer).await
}

fn places(environment: &Environment) -> Vec<(Origin, &str, Wins)> {
    variable(environment, "GOPROXY")
        .layers
        .iter()
        .map(|layer| (layer.origin, layer.value.as_str(), layer.wins))
        .collect()
}

const GO_ENV: (Origin, &str, Wins) = (
    Origin::Goroot,
    "https://proxy.golang.org,direct",
    Wins::Nowhere,
);

#[tokio::test]
async fn what_only_the_shell_has_counts_in_terminals() {
    let scene = Scene::new(VERSIONS[2]);
    scene.env_file(b"GOPROXY=direct\n");
    let environment = read_with_shell(&scene, &[("GOPROXY", "off")]).await;
    assert_eq!(
        places(&environment),
        [
            (Origin::Shell, "off", Wins::Terminals),
            (Origin::File, "direct", Wins::Elsewhere),
            GO_ENV,
        ],
        "each where it counts"
    );
    let proxy = variable(&environment, "GOPROXY");
    assert_eq!(
        (proxy.value.as_str(), proxy.origin),
        ("direct", Origin::File),
        "what go uses when this program runs it"
    );
    let shadowed = proxy
        .shadowed
        .as_ref()
        .expect("the file does not win everywhere");
    assert_eq!(shadowed.by, Origin::Shell, "by the shell");
    assert!(shadowed.confirmed, "it said so itself");
}

#[tokio::test]
async fn the_same_value_in_both_counts_everywhere() {
    let mut scene = Scene::new(VERSIONS[2]);
    scene.env_file(b"GOPROXY=direct\n");
    scene.set("GOPROXY", "off");
    let environment = read_with_shell(&scene, &[("GOPROXY", "off")]).await;
    assert_eq!(
        places(&environment),
        [
            (Origin::Process, "off", Wins::Everywhere),
            (Origin::File, "direct", Wins::Nowhere),
            GO_ENV,
        ],
        "one place, and the file has no say"
    );
}

#[tokio::test]
async fn another_value_in_the_shell_counts_in_terminals_alone() {
    let mut scene = Scene::new(VERSIONS[2]);
    scene.set("GOPROXY", "off");
    let environment = read_with_shell(&scene, &[("GOPROXY", "direct")]).await;
    assert_eq!(
        places(&environment),
        [
            (Origin::Shell, "direct", Wins::Terminals),
            (Origin::Process, "off", Wins::Elsewhere),
            GO_ENV,
        ],
        "two programs, two values"
    );
    assert_eq!(
        variable(&environment, "GOPROXY").value,
        "off",
        "ours is the process's"
    );
}
