//! Copies of the GOENV file for go to read, before anything is in its place.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use super::answers::in_our_cache;
use crate::{
    environment::{
        Values,
        catalogue::{self, Entry},
    },
    host::Host,
    plan::DraftValue,
    toolchain::{
        ToolchainError,
        ask::{Ask, ask, ask_toolchain, ask_values, create_private},
    },
};

/// What go reads from `staged` in place of the GOENV file, for these variables: the file alone speaks, whatever the
/// process sets them to.
///
/// # Errors
/// Go does not answer, or refuses the file.
pub async fn confirm(
    host: &Host,
    go: &Path,
    staged: &Path,
    names: &[&str],
) -> Result<Values, ToolchainError> {
    let toolchain = async {
        if !names.contains(&"GOTOOLCHAIN") {
            return Ok(None);
        }
        let ask = Ask::toolchain()
            .with("GOENV", staged)
            .without("GOTOOLCHAIN");
        ask_toolchain(host, go, ask).await.map(Some)
    };
    let values = ask_values(host, go, in_place(host, staged, names));
    let (values, toolchain) = tokio::join!(values, toolchain);
    // the first question is about the whole file, so its failure tells more
    let mut values = values?;
    if let Some(toolchain) = toolchain? {
        values.insert("GOTOOLCHAIN".to_owned(), toolchain);
    }
    Ok(values)
}

/// Lets go read `text` in place of the GOENV file, before it is written.
///
/// Go checks target systems and experiments only when it writes them itself, so those it writes into a copy.
///
/// # Errors
/// Go does not answer, or refuses the file; what go says of the values is in [`ToolchainError::GoRefused`].
pub async fn rehearse(
    host: &Host,
    go: &Path,
    text: &[u8],
    values: &[DraftValue],
) -> Result<(), ToolchainError> {
    let staged = stage(host, text).map_err(|reason| ToolchainError::GoNotExecutable {
        path: go.display().to_string(),
        reason: reason.to_string(),
    })?;
    let names: Vec<_> = values.iter().map(|value| value.name.as_str()).collect();
    // what GOTOOLCHAIN is does not matter: whatever it says, go shows it when it is asked
    ask_values(host, go, in_place(host, staged.path(), &names)).await?;
    let targets: Vec<_> = values
        .iter()
        .filter(|value| matches!(value.name.as_str(), "GOOS" | "GOARCH" | "GOEXPERIMENT"))
        .filter_map(|value| Some(format!("{}={}", value.name, value.after.as_ref()?)))
        .collect();
    if !targets.is_empty() {
        ask(host, go, Ask::write(&targets).with("GOENV", staged.path())).await?;
    }
    Ok(())
}

/// The question what go reads from `staged`, whatever the process says.
fn in_place(host: &Host, staged: &Path, names: &[&str]) -> Ask {
    let ask = names
        .iter()
        .copied()
        .filter(|name| *name != "GOTOOLCHAIN")
        .fold(Ask::values(names.iter().copied()), Ask::without)
        .with("GOENV", staged);
    let costly = names
        .iter()
        .any(|name| catalogue::find(name).is_some_and(Entry::is_costly));
    if costly { in_our_cache(host, ask) } else { ask }
}

/// A file that only its owner reads, gone when the answer is there.
pub(super) fn stage(host: &Host, text: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    create_private(&host.folders.cache)?;
    let folder = fs::canonicalize(&host.folders.cache)?;
    let mut staged = tempfile::Builder::new()
        .prefix("goenv-")
        .tempfile_in(folder)?;
    staged.write_all(text)?;
    staged.flush()?;
    Ok(staged)
}
