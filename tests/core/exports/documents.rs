//! YAML, JSON and XML, read by parsers, and what Compose, GitHub, GitLab and the editors make of the texts in them.

use std::collections::BTreeMap;

use gopherdesk_core::profile::{Definition, ExportFormat};
use proptest::{prelude::*, test_runner::Config};
use saphyr::{LoadableYamlNode, Yaml};

use super::{
    grammar,
    profiles::{Values, expected, of, printed, profile},
};

proptest! {
    #![proptest_config(Config { cases: 192, failure_persistence: None, ..Config::default() })]

    #[test]
    fn documents_hold_the_values(profile in profile()) {
        for (format, read) in READERS {
            let exported = printed(&profile, *format);
            let found = read(&exported.text);
            prop_assert_eq!(found, expected(&profile, &exported), "{:?}:\n{}", format, exported.text);
        }
    }
}

type Reader = fn(&str) -> Values;

const READERS: &[(ExportFormat, Reader)] = &[
    (ExportFormat::Compose, compose),
    (ExportFormat::Kubernetes, kubernetes),
    (ExportFormat::GithubActions, github),
    (ExportFormat::GitlabCi, gitlab),
    (ExportFormat::Vscode, vscode),
    (ExportFormat::Goland, goland),
    (ExportFormat::Dockerfile, grammar::dockerfile),
];

#[test]
fn a_profile_that_only_unsets_is_a_whole_document() {
    let profile: Definition = of(&[("GOPROXY", None), ("GOSUMDB", None)]);
    for (format, read) in READERS {
        let exported = printed(&profile, *format);
        assert_eq!(
            read(&exported.text),
            Values::new(),
            "nothing is set: {}",
            exported.text
        );
        assert_eq!(
            exported.not_unset,
            ["GOPROXY", "GOSUMDB"],
            "{format:?} cannot unset, and says so"
        );
        assert!(
            exported.text.contains("GOPROXY GOSUMDB"),
            "whoever reads the text is told as well: {}",
            exported.text
        );
    }
}

fn yaml(text: &str) -> Yaml<'_> {
    let mut documents =
        Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    assert_eq!(documents.len(), 1, "one document: {text}");
    documents.remove(0)
}

fn map(node: &Yaml<'_>, value_of: impl Fn(&Yaml<'_>) -> String) -> Values {
    let mapping = node.as_mapping().expect("a mapping");
    let pairs = mapping
        .iter()
        .map(|(name, value)| (text_of(name), value_of(value)));
    pairs.collect()
}

fn text_of(node: &Yaml<'_>) -> String {
    let text = node.as_str();
    text.unwrap_or_else(|| panic!("a text and nothing else: {node:?}"))
        .to_owned()
}

/// compose-spec, "Interpolation": `$$` is a literal dollar sign, any other begins a variable.
fn compose(text: &str) -> Values {
    let document = yaml(text);
    map(&document["services"]["go"]["environment"], |value| {
        let text = text_of(value).replace("$$", "\0");
        assert!(!text.contains('$'), "nothing is filled in: {text}");
        text.replace('\0', "$")
    })
}

fn kubernetes(text: &str) -> Values {
    let document = yaml(text);
    assert_eq!(text_of(&document["kind"]), "ConfigMap", "of this kind");
    let name = text_of(&document["metadata"]["name"]);
    assert!(
        name.len() <= 253
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !name.ends_with('-'),
        "a name of a resource: {name}"
    );
    map(&document["data"], text_of)
}

fn github(text: &str) -> Values {
    map(&yaml(text)["env"], |value| grammar::github(&text_of(value)))
}

/// A text is filled in by GitLab, by its runner, or by both; a map with `expand: false` is not.
fn gitlab(text: &str) -> Values {
    map(&yaml(text)["variables"], |value| {
        if value.is_mapping() {
            assert_eq!(
                value["expand"].as_bool(),
                Some(false),
                "nothing is filled in"
            );
            return text_of(&value["value"]);
        }
        let text = text_of(value);
        assert!(!text.contains(['$', '%']), "nothing is filled in: {text}");
        text
    })
}

/// settings.json may have comments; ours stand at the top.
fn vscode(text: &str) -> Values {
    let lines = text.lines().skip_while(|line| line.starts_with("//"));
    let json = lines.collect::<Vec<_>>().join("\n");
    let settings: BTreeMap<String, Values> =
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let values = settings["go.toolsEnvVars"].clone();
    for value in values.values() {
        assert!(
            !value.starts_with('~') && !value.contains("${env:") && !value.contains("${workspace"),
            "vscode-go fills nothing in: {value}"
        );
    }
    values
}

fn goland(text: &str) -> Values {
    let document =
        roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let configuration = document
        .root_element()
        .first_element_child()
        .expect("a configuration");
    assert_eq!(
        configuration.attribute("type"),
        Some("GoApplicationRunConfiguration"),
        "of this type"
    );
    let envs = document
        .descendants()
        .filter(|node| node.has_tag_name("env"));
    let attribute =
        |node: roxmltree::Node<'_, '_>, name| node.attribute(name).expect("is there").to_owned();
    envs.map(|node| (attribute(node, "name"), attribute(node, "value")))
        .collect()
}
