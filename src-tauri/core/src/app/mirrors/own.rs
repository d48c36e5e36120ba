//! The user's own mirrors.

use crate::{
    app::App,
    environment::{
        EnvironmentError, Problem,
        check::{AddressFault, address},
        plan::new_id,
    },
    error::{Error, Failure},
    mirror::{
        MirrorError, Mirrors,
        import::{self, Found, ImportedMirror, MirrorImport},
        own::{Kept, MoveMirror, SaveMirror, Wanted},
    },
    module::{Module, ModuleError},
    secret::mask_text,
};

impl App {
    /// Keeps a mirror of the user's own.
    ///
    /// # Errors
    /// The name is taken or none, the address is listed already or would not work with Go, what is to test it is no module,
    /// or the file cannot be written.
    pub async fn mirror_save(&self, wish: SaveMirror) -> Result<Mirrors, Error> {
        let wanted = self.wanted(wish)?;
        self.change_mirrors(move |kept| kept.save(wanted.clone()).map(drop))
            .await
    }

    /// Forgets a mirror of the user's own.
    ///
    /// # Errors
    /// It is unknown or shipped, or the file cannot be written.
    pub async fn mirror_remove(&self, id: String) -> Result<Mirrors, Error> {
        self.change_mirrors(move |kept| kept.remove(&id)).await
    }

    /// Moves a mirror in the list.
    ///
    /// # Errors
    /// It is unknown, or the file cannot be written.
    pub async fn mirror_move(&self, wish: MoveMirror) -> Result<Mirrors, Error> {
        let to = usize::try_from(wish.to).unwrap_or(usize::MAX);
        self.change_mirrors(move |kept| kept.place(&wish.id, to))
            .await
    }

    /// Gives the address of an own mirror with its credentials, for the field in which it is edited.
    ///
    /// # Errors
    /// It is unknown or shipped.
    pub async fn mirror_reveal(&self, id: String) -> Result<String, Error> {
        let kept = self.own_mirrors.load().value;
        Ok(kept.own(&id)?.url.clone())
    }

    /// What `mirror_save` would keep, for a terminal that shows it first: nothing is written. The id is that of the mirror
    /// in the answer.
    ///
    /// # Errors
    /// As [`App::mirror_save`].
    pub async fn mirror_rehearse_save(&self, wish: SaveMirror) -> Result<(String, Mirrors), Error> {
        let wanted = self.wanted(wish)?;
        let mut kept = self.own_mirrors.load().value;
        let id = kept.save(wanted)?;
        let list = kept.list();
        let list = list.iter().map(|listed| listed.shown(&[])).collect();
        Ok((
            id,
            Mirrors {
                list,
                trouble: None,
            },
        ))
    }

    /// Reads mirrors out of a text: a value of GOPROXY, addresses line by line, or our JSON. Nothing is kept.
    ///
    /// # Errors
    /// There is none in it, or too many. One that is no good is left out, and says why.
    pub async fn mirror_import(&self, text: String) -> Result<MirrorImport, Error> {
        let mut kept = self.own_mirrors.load().value;
        let mut usable = Vec::new();
        let mut mirrors = Vec::new();
        for found in import::read(&text)? {
            let (url, probe) = (mask_text(&found.url), found.probe.clone());
            let (name, trouble) = match self.usable(&mut kept, &found) {
                Ok((wanted, name)) => {
                    usable.push(wanted);
                    (name, None)
                }
                Err(error) => (mask_text(&found.name), Some(Failure::from(error))),
            };
            mirrors.push(ImportedMirror {
                name,
                url,
                probe,
                trouble,
            });
        }
        let id = new_id(text.as_bytes());
        self.mirror_imports.keep(id.clone(), usable);
        Ok(MirrorImport { id, mirrors })
    }

    /// Keeps what was imported and was good.
    ///
    /// # Errors
    /// It was kept already, or the list or the file has changed so that it cannot be.
    pub async fn mirror_import_keep(&self, id: String) -> Result<Mirrors, Error> {
        let wanted = self
            .mirror_imports
            .get(&id)
            .ok_or_else(|| MirrorError::UnknownMirrorImport { id: id.clone() })?;
        let all = self
            .change_mirrors(move |kept| {
                wanted
                    .iter()
                    .try_for_each(|wanted| kept.save(wanted.clone()).map(drop))
            })
            .await?;
        self.mirror_imports.forget(&id);
        Ok(all)
    }

    /// What was found, as it would be kept beside what was found before it, and its name.
    fn usable(&self, kept: &mut Kept, found: &Found) -> Result<(Wanted, String), Error> {
        if import::is_masked(&found.url) {
            let text = mask_text(&found.url);
            return Err(MirrorError::MirrorAddressInvalid { text }.into());
        }
        let mut wanted = self.wanted(SaveMirror {
            id: None,
            name: found.name.clone(),
            url: Some(found.url.clone()),
            probe: found.probe.clone(),
        })?;
        let id = kept.save(wanted.clone())?;
        wanted.name.clone_from(&kept.own(&id)?.name);
        let name = wanted.name.clone();
        Ok((wanted, name))
    }

    /// Checks what can be checked without the list.
    fn wanted(&self, wish: SaveMirror) -> Result<Wanted, Error> {
        let SaveMirror {
            id,
            name,
            url,
            probe,
        } = wish;
        let url = match (url, &id) {
            (None, Some(_)) => None,
            (url, _) => Some(self.address(&url.unwrap_or_default())?),
        };
        let probe = probe.filter(|probe| !probe.trim().is_empty());
        let probe = probe.map(|probe| module(&probe)).transpose()?;
        Ok(Wanted {
            id,
            name,
            url,
            probe,
        })
    }

    fn address(&self, text: &str) -> Result<String, Error> {
        address(text, self.host.os).map_err(|fault| match fault {
            AddressFault::NotOne => MirrorError::MirrorAddressInvalid {
                text: mask_text(text),
            }
            .into(),
            AddressFault::Problem(problem) => refused(problem),
        })
    }

    /// One change of `mirrors.json`, and how the list is afterwards.
    async fn change_mirrors(
        &self,
        edit: impl Fn(&mut Kept) -> Result<(), MirrorError> + Send + 'static,
    ) -> Result<Mirrors, Error> {
        let store = self.own_mirrors.clone();
        self.off_thread(move || store.try_change(|kept| Ok(edit(kept)?)))
            .await?;
        self.mirror_list(()).await
    }
}

/// What Go would stumble over in an address.
pub(super) fn refused(problem: Problem) -> Error {
    EnvironmentError::InvalidValue {
        name: "GOPROXY".to_owned(),
        problem,
    }
    .into()
}

/// A module with a version of its own: `latest` and branches are no names of files on a mirror.
fn module(text: &str) -> Result<Module, Error> {
    let module: Module = text.parse()?;
    let version = module.version().strip_prefix('v');
    match version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit())) {
        true => Ok(module),
        false => Err(ModuleError::ModuleInvalid {
            module: mask_text(text),
        }
        .into()),
    }
}
