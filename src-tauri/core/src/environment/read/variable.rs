//! One variable: the places that set it, and the one that counts.

use super::Reading;
use crate::{
    environment::{
        Group, Layer, Origin, Problem, Variable, Wins,
        catalogue::{self, Entry, Kind},
        check,
    },
    host::Host,
    secret::{has_secret, mask_text},
    shadow::Outer,
};

impl Reading {
    /// Everything about one variable, masked.
    pub(super) fn variable(&self, host: &Host, outer: &Outer, name: &str) -> Variable {
        let entry = catalogue::find(name);
        let raw = self.raw(name);
        let default = self.default(host, name);
        let reported = !is_written(entry);
        let outranking = outer.outranking(host, name).filter(|_| !reported);
        let mut layers = self.inner_layers(host, name, &raw, default.as_deref());
        let winner = layers.iter().position(|layer| layer.wins != Wins::Nowhere);
        let process = self.sources.process.get(name);
        let process = process.filter(|value| !follows_go(entry) || **value == raw);
        let mut origin = match winner.map(|index| layers[index].origin) {
            Some(inner) => inner,
            None if default.as_deref() == Some(&raw) => Origin::Default,
            None => Origin::Computed,
        };
        if let Some(value) = process {
            origin = outranking.as_ref().map_or(Origin::Process, |by| by.by);
            let location = outranking.as_ref().and_then(|by| by.location.clone());
            outrank(&mut layers, Wins::Everywhere, origin, value, location);
        }
        if let Some((value, location)) = terminal_only(host, outer, name, process)
            && !reported
        {
            outrank(
                &mut layers,
                Wins::Terminals,
                Origin::Shell,
                &value,
                location,
            );
        }
        Variable {
            value: mask_text(&raw),
            masked: has_secret(&raw),
            origin,
            changed: default.as_ref().is_some_and(|default| *default != raw),
            default: default.map(|default| mask_text(&default)),
            settable: self.is_settable(entry, name),
            shadowed: outranking.map(Into::into),
            group: entry.map_or(Group::Other, |entry| entry.group),
            layers,
            problems: self.problems(host, name, &raw, origin),
            name: name.to_owned(),
        }
    }

    /// The value go uses, with its credentials; as the places say when go does not.
    pub(super) fn raw(&self, name: &str) -> String {
        let answered = self.answers.as_ref().and_then(|all| all.value(name));
        let written = || {
            let sources = &self.sources;
            if let Some(value) = sources.process.get(name) {
                return Some(value.as_str());
            }
            match (sources.file.value(name), sources.goroot.value(name)) {
                // an empty line masks go.env, and nothing else
                (Some(""), Some(_)) => Some(""),
                (Some(""), None) | (None, None) => self.built_in(name),
                (Some(value), _) | (None, Some(value)) => Some(value),
            }
        };
        answered.or_else(written).unwrap_or_default().to_owned()
    }

    /// What go would use if nothing set it; none for what is never set, and when go does not answer.
    fn default(&self, host: &Host, name: &str) -> Option<String> {
        if name == "GOENV" {
            return super::sources::default_path(host).map(|path| path.display().to_string());
        }
        if catalogue::find(name).is_some_and(|entry| entry.kind == Kind::Reported) {
            return None;
        }
        let from_root = self.sources.goroot.value(name);
        from_root
            .filter(|value| !value.is_empty())
            .or_else(|| self.built_in(name))
            .map(ToOwned::to_owned)
    }

    fn built_in(&self, name: &str) -> Option<&str> {
        match &self.answers {
            // only go.env ever sets it, and go answers with our own override
            Some(answers) if name == "GOTOOLCHAIN" => answers.defaults.as_ref().map(|_| ""),
            answers => answers.as_ref()?.default(name),
        }
    }

    /// The GOENV file, go.env and the default, with the one that would win among them.
    fn inner_layers(
        &self,
        host: &Host,
        name: &str,
        raw: &str,
        default: Option<&str>,
    ) -> Vec<Layer> {
        let reported = !is_written(catalogue::find(name));
        let mut layers = Vec::new();
        let mut taken = false;
        let masks = self.sources.goroot.by_name.contains_key(name);
        let places = [
            (Origin::File, &self.sources.file, masks),
            (Origin::Goroot, &self.sources.goroot, false),
        ];
        for (origin, settings, empty_counts) in places {
            let Some(setting) = settings.by_name.get(name) else {
                continue;
            };
            // go alone decides about these: a line counts when go says the same
            if reported && setting.value != raw {
                continue;
            }
            let wins = !taken && (empty_counts || !setting.value.is_empty());
            taken |= wins;
            let place = settings.place(host, setting.line);
            layers.push(layer(origin, &setting.value, Some(place), wins));
        }
        let in_root = layers.iter().any(|layer| layer.origin == Origin::Goroot);
        if let Some(default) = default.filter(|_| !in_root && !reported) {
            let wins = !taken && (default == raw || self.sources.process.contains_key(name));
            layers.push(layer(Origin::Default, default, None, wins));
        }
        layers
    }

    /// What is wrong with a value that somebody set.
    fn problems(&self, host: &Host, name: &str, raw: &str, origin: Origin) -> Vec<Problem> {
        if !matches!(origin, Origin::Process | Origin::Shell | Origin::File) {
            return Vec::new();
        }
        let checked = check::check(name, raw, &self.check_context(host));
        [checked.refusals, checked.warnings].concat()
    }

    fn is_settable(&self, entry: Option<&Entry>, name: &str) -> bool {
        match entry {
            Some(entry) => entry.is_settable(self.version.as_ref()),
            // go accepts what stands in the file already (cfg.go, `CanGetenv`)
            None => self.sources.file.by_name.contains_key(name),
        }
    }
}

/// It is set by somebody, rather than only reported by go; what we do not know is taken for set.
fn is_written(entry: Option<&Entry>) -> bool {
    entry.is_none_or(|entry| matches!(entry.kind, Kind::Settable | Kind::SettableBefore(_)))
}

/// Go alone decides, and the process only where it says the same.
fn follows_go(entry: Option<&Entry>) -> bool {
    entry.is_some_and(|entry| entry.kind == Kind::Reported)
}

/// What only programs of a login shell have: the shell's value where the process has none, or another one.
fn terminal_only(
    host: &Host,
    outer: &Outer,
    name: &str,
    process: Option<&String>,
) -> Option<(String, Option<String>)> {
    match process {
        None => outer
            .outranking(host, name)
            .filter(|by| by.by == Origin::Shell)
            .map(|by| (by.value, by.location)),
        Some(process) => {
            let vars = outer.shell.as_ref()?.vars.as_ref().ok()?;
            let value = vars.get_nonempty(name)?.to_string_lossy().into_owned();
            let location = outer
                .assignments
                .iter()
                .rfind(|one| one.name == name && one.value.as_ref() == Some(&value))
                .map(|one| one.at.shown(host));
            (value != *process).then_some((value, location))
        }
    }
}

/// Puts a stronger place before the others, which then count elsewhere or nowhere.
fn outrank(
    layers: &mut Vec<Layer>,
    wins: Wins,
    origin: Origin,
    value: &str,
    location: Option<String>,
) {
    for layer in &mut *layers {
        layer.wins = match (wins, layer.wins) {
            (Wins::Terminals, Wins::Everywhere) => Wins::Elsewhere,
            _ => Wins::Nowhere,
        };
    }
    let mut first = layer(origin, value, location, true);
    first.wins = wins;
    layers.insert(0, first);
}

fn layer(origin: Origin, value: &str, r#where: Option<String>, wins: bool) -> Layer {
    Layer {
        origin,
        value: mask_text(value),
        r#where,
        wins: if wins {
            Wins::Everywhere
        } else {
            Wins::Nowhere
        },
    }
}
