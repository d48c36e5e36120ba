//! Mirrors: the use cases.

mod choose;
mod own;
mod race;
mod test;

use super::App;
use crate::{
    environment::{
        Environment,
        check::{AddressFault, address, glob},
        read::Scope,
    },
    error::{Error, Failure},
    mirror::{
        Address, MirrorError, MirrorStatus, Mirrors,
        own::{Kept, Listed},
        test::Target,
    },
    module::Module,
    secret::mask_text,
};

/// The variables that say which names no database may be told.
const PRIVATE: [&str; 2] = ["GONOSUMDB", "GOPRIVATE"];

impl App {
    /// Every mirror: the shipped ones and the user's own.
    ///
    /// # Errors
    /// None today: what cannot be read is a state of the answer.
    pub async fn mirror_list(&self, (): ()) -> Result<Mirrors, Error> {
        let environment = self.environment_in(Scope::Values(&["GOPROXY"])).await;
        let goproxy = in_effect(&environment, "GOPROXY").unwrap_or_default();
        let asked: Vec<_> = goproxy
            .split([',', '|'])
            .map(str::trim)
            .take_while(|entry| !matches!(*entry, "direct" | "off"))
            .filter_map(Address::parse)
            .collect();
        let stored = self.own_mirrors.load();
        let list = stored.value.list();
        Ok(Mirrors {
            list: list.iter().map(|listed| listed.shown(&asked)).collect(),
            trouble: stored.trouble.map(Failure::from),
        })
    }

    /// The ids of mirrors that somebody named on a terminal: by id, name or address. An address that is not in the list is
    /// remembered until the program ends.
    ///
    /// # Errors
    /// One is unknown, and no address that Go would take.
    pub async fn mirror_named(&self, texts: Vec<String>) -> Result<Vec<String>, Error> {
        let kept = self.own_mirrors.load().value;
        texts
            .into_iter()
            .map(|text| match kept.named(&text) {
                Some(listed) => Ok(listed.id().to_owned()),
                None => self.typed(&text),
            })
            .collect()
    }

    /// The mirrors with these ids, raw; none of them means all that are not dead.
    ///
    /// # Errors
    /// One is unknown.
    pub(super) async fn mirror_targets(&self, ids: &[String]) -> Result<Vec<Target>, Error> {
        let kept = self.own_mirrors.load().value;
        let mut targets = match ids {
            [] => served(&kept).map(target).collect(),
            ids => ids
                .iter()
                .map(|id| self.target(&kept, id))
                .collect::<Result<Vec<_>, _>>()?,
        };
        if targets.iter().any(|target| target.probe.is_some()) {
            let environment = self.environment_in(Scope::Values(&PRIVATE)).await;
            let patterns = PRIVATE.map(|name| in_effect(&environment, name).unwrap_or_default());
            for target in &mut targets {
                let path = target.probe.as_ref().map(Module::path);
                let is_private = |path| patterns.iter().any(|all| glob::covers(all, path));
                target.public_probe = path.is_some_and(|path| !is_private(path));
            }
        }
        Ok(targets)
    }

    fn target(&self, kept: &Kept, id: &str) -> Result<Target, MirrorError> {
        if let Some(listed) = kept.find(id) {
            return Ok(target(listed));
        }
        let url = self.typed_mirrors.get(id).ok_or_else(|| unknown(id))?;
        Ok(Target {
            id: id.to_owned(),
            url,
            operator: String::new(),
            own: true,
            legacy: false,
            probe: None,
            public_probe: false,
        })
    }

    /// The id of an address that is in no list: the address itself, without its login.
    fn typed(&self, text: &str) -> Result<String, Error> {
        // one word may be a name that was mistyped
        if !text.contains(['.', ':', '/']) {
            return Err(unknown(text).into());
        }
        let url = address(text, self.host.os).map_err(|fault| match fault {
            AddressFault::NotOne => unknown(text).into(),
            AddressFault::Problem(problem) => own::refused(problem),
        })?;
        if let Some(id) = self.typed_mirrors.id_of(|known| *known == url) {
            return Ok(id);
        }
        let shown = mask_text(&url);
        let numbered = (2..).map(|number| format!("{shown}#{number}"));
        let is_free = |id: &String| self.typed_mirrors.get(id).is_none();
        let id = std::iter::once(shown.clone()).chain(numbered).find(is_free);
        let id = id.unwrap_or(shown);
        self.typed_mirrors.keep(id.clone(), url);
        Ok(id)
    }
}

/// Those that may be there.
fn served(kept: &Kept) -> impl Iterator<Item = Listed<'_>> {
    let list = kept.list().into_iter();
    list.filter(|listed| match listed {
        Listed::Shipped(shipped) => shipped.is_served(),
        Listed::Own(_) => true,
    })
}

fn target(listed: Listed<'_>) -> Target {
    let (id, url) = (listed.id().to_owned(), listed.url().to_owned());
    match listed {
        Listed::Shipped(shipped) => Target {
            id,
            url,
            operator: shipped.operator.en.clone(),
            own: false,
            legacy: shipped.status == MirrorStatus::Legacy,
            probe: None,
            public_probe: false,
        },
        Listed::Own(own) => Target {
            id,
            url,
            operator: String::new(),
            own: true,
            legacy: false,
            probe: own.probe.as_deref().and_then(|probe| probe.parse().ok()),
            public_probe: false,
        },
    }
}

fn unknown(text: &str) -> MirrorError {
    MirrorError::UnknownMirror {
        mirror: mask_text(text),
    }
}

/// What Go uses in a terminal, masked; none when that is nothing.
fn in_effect(environment: &Environment, name: &str) -> Option<String> {
    let mut variables = environment.variables.iter();
    let variable = variables.find(|variable| variable.name == name)?;
    let outranking = variable.shadowed.as_ref();
    let value = outranking.map_or(&variable.value, |outranking| &outranking.value);
    Some(value.clone()).filter(|value| !value.is_empty())
}
