//! Values with their credentials, for the fields in which they are edited and for profiles that keep them.

use std::path::Path;

use super::App;
use crate::{
    environment::{
        EnvironmentError, Values,
        file::{self, EnvText},
        read,
    },
    error::Error,
    host::replace,
};

impl App {
    /// The value of one variable with its credentials, for the field in which it is edited: what the GOENV file says,
    /// or else what the process says, or else what go does.
    ///
    /// # Errors
    /// The GOENV file cannot be read, or Go has no such variable.
    pub async fn environment_reveal(&self, name: String) -> Result<String, Error> {
        let mut values = self.reveal_all(&[&name]).await?;
        Ok(values.remove(&name).unwrap_or_default())
    }

    /// The same for several at once: go is asked once for all of them.
    pub(super) async fn reveal_all(&self, names: &[&str]) -> Result<Values, Error> {
        let path = file::locate(&self.host)?;
        let text = replace::read(&path, file::LIMIT)?.unwrap_or_default();
        let text = EnvText::parse(&text);
        let mut values = Values::new();
        let mut unset = Vec::new();
        for name in names {
            let inherited = || {
                let value = self.host.vars.get_nonempty(name)?;
                Some(value.to_string_lossy().into_owned())
            };
            match text.get(name).map(str::to_owned).or_else(inherited) {
                Some(value) => drop(values.insert((*name).to_owned(), value)),
                None => unset.push(*name),
            }
        }
        if !unset.is_empty() {
            values.extend(self.unset_values(&unset, &path).await?);
        }
        Ok(values)
    }

    /// Variables that neither the file nor the process sets: `$GOROOT/go.env` can hold credentials as well.
    async fn unset_values(&self, names: &[&str], path: &Path) -> Result<Values, Error> {
        let environment = self.environment_values(names).await?;
        let mut values = Values::new();
        let mut masked = Vec::new();
        for name in names {
            let mut variables = environment.variables.iter();
            let variable = variables
                .find(|variable| variable.name == *name)
                .ok_or_else(|| EnvironmentError::UnknownVariable {
                    name: (*name).to_owned(),
                })?;
            if variable.masked {
                masked.push(*name);
            }
            values.insert((*name).to_owned(), variable.value.clone());
        }
        if let Some(go) = environment.go.filter(|_| !masked.is_empty()) {
            values.extend(read::confirm(&self.host, Path::new(&go.path), path, &masked).await?);
        }
        Ok(values)
    }
}
