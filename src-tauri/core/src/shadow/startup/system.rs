//! launchd: agents of the user that run `launchctl setenv NAME value` at login.

use std::path::PathBuf;

use super::{posix, text::Known, walk::identity};
use crate::{
    host::Host,
    shadow::{Assignment, Location, startup::read},
};

/// The agents, and what they set. Binary property lists are passed over: such an agent was not written by hand.
pub(super) fn launchd(
    host: &Host,
    wanted: &dyn Fn(&str) -> bool,
) -> (Vec<PathBuf>, Vec<Assignment>) {
    let folders = [
        host.at_home("Library/LaunchAgents"),
        Some(host.system("/Library/LaunchAgents")),
    ];
    let mut files: Vec<_> = folders
        .into_iter()
        .flatten()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|file| file.extension().is_some_and(|end| end == "plist"))
        .collect();
    files.sort();
    let mut found = Vec::new();
    for file in &files {
        let Ok(source) = read(file) else {
            continue;
        };
        let place = host.short(file);
        let settings = settings(&String::from_utf8_lossy(&source)).into_iter();
        found.extend(
            settings
                .filter(|(name, _)| wanted(name))
                .map(|(name, value)| Assignment {
                    id: identity(&place, &name, &value),
                    text: format!("launchctl setenv {name} {value}"),
                    name,
                    value: Some(value),
                    at: Location::System {
                        name: place.clone(),
                    },
                    removable: false,
                    conditional: false,
                }),
        );
    }
    (files, found)
}

/// Names and values behind `launchctl setenv`, as words of their own or inside of a command line.
fn settings(plist: &str) -> Vec<(String, String)> {
    let strings: Vec<_> = plist
        .split("<string>")
        .skip(1)
        .filter_map(|rest| rest.split("</string>").next())
        .map(unescaped)
        .flat_map(|string| words(&string))
        .collect();
    strings
        .windows(4)
        .filter_map(|window| match window {
            [program, verb, name, value] if program.ends_with("launchctl") && verb == "setenv" => {
                Some((name.clone(), value.clone()))
            }
            _ => None,
        })
        .collect()
}

/// A command line is split as its shell would; any other string is one word.
fn words(string: &str) -> Vec<String> {
    if !string.contains("launchctl setenv ") {
        return vec![string.to_owned()];
    }
    let words = posix::words(string.as_bytes()).into_iter();
    words
        .map(|word| word.value(&Known::new()).unwrap_or_default())
        .collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_read_in_both_forms() {
        let plist = "<array><string>/bin/launchctl</string><string>setenv</string><string>GOPROXY</string>\
            <string>https://a?b&amp;c</string></array>\
            <array><string>sh</string><string>-c</string>\
            <string>launchctl setenv GOFLAGS '-mod=mod'; launchctl setenv GOBIN /b</string></array>";
        let expected = [
            ("GOPROXY", "https://a?b&c"),
            ("GOFLAGS", "-mod=mod"),
            ("GOBIN", "/b"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(settings(plist), expected, "launchctl setenv");
    }
}
