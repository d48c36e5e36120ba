//! The folders that the user named, in `projects.json`.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use super::ProjectError;
use crate::{
    host::Host,
    store::{Store, ids},
};

/// What the file may hold, in bytes.
const LIMIT: u64 = 1 << 20;

/// How many are kept; the one that was named first is forgotten for another.
const KEPT: usize = 100;

/// What the ids begin with: of a directory.
const LETTER: char = 'd';

/// The projects of this user.
pub fn open(host: &Host) -> Store<KeptProjects> {
    Store::open(host, "projects.json", LIMIT)
}

/// The content of `projects.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptProjects {
    /// The number in the id that was minted last: an id is never given to another project.
    #[serde(deserialize_with = "number")]
    minted: u64,
    /// The one that was named last comes first.
    #[serde(deserialize_with = "distinct")]
    projects: Vec<KeptProject>,
}

/// One folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptProject {
    /// Minted by us.
    pub id: String,
    /// Absolute.
    pub path: PathBuf,
    /// What another version put there.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl KeptProjects {
    /// The folders, the one that was named last first.
    pub fn list(&self) -> &[KeptProject] {
        &self.projects
    }

    /// The folder with this id.
    ///
    /// # Errors
    /// It is unknown.
    pub fn find(&self, id: &str) -> Result<&Path, ProjectError> {
        let found = self.projects.iter().find(|project| project.id == id);
        let unknown = || ProjectError::UnknownProject { id: id.to_owned() };
        Ok(&found.ok_or_else(unknown)?.path)
    }

    /// Puts a folder first, and gives its id: the one it has, or a new one.
    pub fn name(&mut self, path: &Path) -> String {
        let known = self
            .projects
            .iter()
            .position(|project| project.path == path);
        let project = match known {
            Some(place) => self.projects.remove(place),
            None => KeptProject {
                id: self.mint(),
                path: path.to_owned(),
                unknown: Map::new(),
            },
        };
        let id = project.id.clone();
        self.projects.insert(0, project);
        self.projects.truncate(KEPT);
        id
    }

    /// Forgets a folder; nothing happens to the folder itself.
    ///
    /// # Errors
    /// It is unknown.
    pub fn forget(&mut self, id: &str) -> Result<(), ProjectError> {
        self.find(id)?;
        self.projects.retain(|project| project.id != id);
        Ok(())
    }

    fn mint(&mut self) -> String {
        let there = self.projects.iter().map(|project| project.id.as_str());
        let (number, id) = ids::next(LETTER, self.minted, there, |_| false);
        self.minted = number;
        id
    }
}

fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    ids::number(u64::deserialize(from)?).map_err(D::Error::custom)
}

/// Refuses ids that are none of ours, or there twice, and folders that depend on where somebody stands.
fn distinct<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<KeptProject>, D::Error> {
    let projects: Vec<KeptProject> = Vec::deserialize(from)?;
    let all = projects.iter().map(|project| project.id.as_str());
    ids::distinct(LETTER, all).map_err(D::Error::custom)?;
    match projects.iter().find(|project| !project.path.is_absolute()) {
        Some(KeptProject { path, .. }) => {
            Err(D::Error::custom(format_args!("{path:?} is not absolute")))
        }
        None => Ok(projects),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_id_and_an_id_its_folder() {
        let mut kept = KeptProjects::default();
        let first = kept.name(Path::new("/a"));
        let second = kept.name(Path::new("/b"));
        assert_eq!(kept.name(Path::new("/a")), first, "named again");
        let order: Vec<_> = kept.list().iter().map(|project| &project.id).collect();
        assert_eq!(order, [&first, &second], "what was named last is first");
        kept.forget(&second).expect("known");
        let third = kept.name(Path::new("/b"));
        assert_ne!(third, second, "an id that was given is never given again");
        assert_eq!(
            kept.find(&second),
            Err(ProjectError::UnknownProject { id: second }),
            "it was forgotten"
        );
    }

    #[test]
    fn the_oldest_goes_for_another() {
        let mut kept = KeptProjects::default();
        for number in 0..=KEPT {
            kept.name(Path::new(&format!("/{number}")));
        }
        assert_eq!(kept.list().len(), KEPT, "no more");
        let oldest = kept.list().last().map(|project| project.path.clone());
        assert_eq!(oldest, Some(PathBuf::from("/1")), "the first one went");
    }

    #[test]
    fn what_could_mean_two_folders_is_refused() {
        for projects in [
            r#"[{"id":"d1","path":"/a"},{"id":"d1","path":"/b"}]"#,
            r#"[{"id":"d01","path":"/a"}]"#,
            r#"[{"id":"d1","path":"a"}]"#,
        ] {
            let text = format!("{{\"projects\":{projects}}}");
            let read = serde_json::from_str::<KeptProjects>(&text);
            assert!(read.is_err(), "{projects}");
        }
    }
}
