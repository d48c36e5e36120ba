//! Projects: the use cases.

use std::path::{Path, PathBuf};

use super::App;
use crate::{
    error::{Error, text},
    project::{
        Project, ProjectError, Projects,
        kept::KeptProject,
        read::{self, Contents},
    },
};

impl App {
    /// The folders that the user named, each read anew.
    ///
    /// # Errors
    /// None today: what cannot be read is a state of the answer.
    pub async fn project_list(&self, (): ()) -> Result<Projects, Error> {
        let stored = self.own_projects.load();
        let mut list = Vec::new();
        for kept in stored.value.list() {
            list.push(self.project_shown(kept).await);
        }
        Ok(Projects {
            list,
            trouble: stored.trouble.map(Into::into),
        })
    }

    /// Forgets a folder; nothing happens to the folder itself.
    ///
    /// # Errors
    /// It is unknown, or that cannot be kept.
    pub async fn project_forget(&self, id: String) -> Result<Projects, Error> {
        let projects = self.own_projects.clone();
        self.off_thread(move || projects.try_change(|kept| Ok(kept.forget(&id)?)).map(drop))
            .await?;
        self.project_list(()).await
    }

    /// Keeps the project in which this folder lies, and gives its id: what the user picked in a native dialog, or named to
    /// `gdesk`.
    ///
    /// # Errors
    /// There is none, it cannot be read, or it cannot be kept.
    pub async fn project_open(&self, folder: PathBuf) -> Result<String, Error> {
        let (projects, workspaces) = (self.own_projects.clone(), self.has_workspaces());
        self.off_thread(move || {
            let root = read::root_of(&folder)?;
            read::read(&root, workspaces)?;
            if root.to_str().is_none() {
                return Err(ProjectError::FolderNotText { path: text(&root) }.into());
            }
            let (_, id) = projects.try_change(|kept| Ok(kept.name(&root)))?;
            Ok(id)
        })
        .await
    }

    /// As [`App::project_open`], and gives all of them: the one that was picked comes first.
    ///
    /// # Errors
    /// As [`App::project_open`].
    pub async fn project_add(&self, folder: PathBuf) -> Result<Projects, Error> {
        self.project_open(folder).await?;
        self.project_list(()).await
    }

    /// The files of a project, as they are now.
    ///
    /// # Errors
    /// It is unknown, or cannot be read.
    pub(super) async fn project(&self, id: &str) -> Result<Contents, Error> {
        let kept = self.own_projects.load().value;
        let path = kept.find(id)?.to_owned();
        self.contents(path).await
    }

    async fn contents(&self, root: PathBuf) -> Result<Contents, Error> {
        let workspaces = self.has_workspaces();
        self.off_thread(move || read::read(&root, workspaces)).await
    }

    /// A terminal obeys a `go.work`: `GOWORK=off` can only be said by its variables.
    pub(super) fn has_workspaces(&self) -> bool {
        self.host
            .vars
            .get("GOWORK")
            .is_none_or(|work| work != "off")
    }

    async fn project_shown(&self, kept: &KeptProject) -> Project {
        let shown = |contents: Result<Contents, Error>| {
            let (contents, failure) = match contents {
                Ok(contents) => (Some(contents), None),
                Err(reason) => (None, Some(reason.into())),
            };
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            Project {
                id: kept.id.clone(),
                path: self.host.short(&kept.path),
                modules: contents.as_ref().map_or(0, |all| count(all.wanted.len())),
                members: contents.as_ref().and_then(|all| all.members).map(count),
                module: contents.and_then(|all| all.module),
                failure,
            }
        };
        shown(self.contents(kept.path.clone()).await)
    }

    /// A project's folder, as it is shown.
    pub(super) fn project_place(&self, contents: &Contents) -> String {
        let root: &Path = &contents.root;
        self.host.short(root)
    }
}
