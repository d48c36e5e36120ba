//! A profile as others read it: shells, containers, pipelines, editors.
//!
//! What is printed has no credentials and no value that its reader would take for another one: what a format cannot hold is
//! left out and named. `tests/core/exports` reads every format back.

mod editor;
mod label;
mod lines;
mod shell;
mod yaml;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Definition;
use crate::{environment::Change, secret::strip_text};
use label::{one_line, slug};

/// Prints a profile for whoever reads that format.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct ExportProfile {
    /// Which.
    pub id: String,
    /// For whom.
    pub format: ExportFormat,
}

/// Who reads an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Gopherdesk: the profile file.
    Profile,
    /// A POSIX shell.
    Sh,
    /// fish.
    Fish,
    /// PowerShell.
    Powershell,
    /// cmd.exe.
    Cmd,
    /// `go env -w` and `-u`, for a POSIX shell.
    GoEnv,
    /// A `.env` file.
    Dotenv,
    /// `ENV` lines of a Dockerfile.
    Dockerfile,
    /// The `environment` of a Compose service.
    Compose,
    /// A Kubernetes ConfigMap.
    Kubernetes,
    /// The `env` of a GitHub Actions workflow.
    GithubActions,
    /// The `variables` of a GitLab pipeline.
    GitlabCi,
    /// VS Code's settings.
    Vscode,
    /// GoLand's run configuration.
    Goland,
}

impl ExportFormat {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Profile,
        Self::Sh,
        Self::Fish,
        Self::Powershell,
        Self::Cmd,
        Self::GoEnv,
        Self::Dotenv,
        Self::Dockerfile,
        Self::Compose,
        Self::Kubernetes,
        Self::GithubActions,
        Self::GitlabCi,
        Self::Vscode,
        Self::Goland,
    ];
}

/// A printed profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Exported {
    /// What to copy, or to save.
    pub text: String,
    /// A fitting name for a file.
    pub file_name: String,
    /// Variables whose credentials were taken out.
    pub stripped: Vec<String>,
    /// Variables that the profile unsets and the format cannot: its reader keeps what it has.
    pub not_unset: Vec<String>,
    /// Variables that the profile sets to nothing; for Go an empty variable of the process is none.
    pub emptied: Vec<String>,
    /// Variables whose name or value the format cannot hold: they are not in the text.
    pub left_out: Vec<String>,
}

/// Linux starts no program with a longer `NAME=value`, its NUL included (`MAX_ARG_STRLEN`, execve(2)), in bytes.
const LONGEST_ASSIGNMENT: usize = 128 * 1024;

/// What is to be printed, and what has to be said of it.
struct Sheet {
    /// The profile, as it may stand in a comment.
    title: String,
    /// Part of file names and of names of resources: small letters, digits, `-`.
    slug: String,
    /// Names and values, without credentials.
    set: Vec<(String, String)>,
    unset: Vec<String>,
    /// What is set and unset, and what is not, a comment each.
    notes: Vec<String>,
}

/// One format: what it can hold, and how it is written.
struct Format {
    /// It can hold this value of the variable.
    holds: fn(name: &str, value: &str) -> bool,
    /// It can say that a variable is not to be set.
    unsets: bool,
    /// An empty value is one for Go: so it is in the GOENV file, and nowhere else.
    keeps_empty: bool,
    comment: Comment,
    body: fn(&Sheet) -> String,
    file_name: fn(slug: &str) -> String,
}

/// How a format marks a line that its reader passes over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comment {
    Hash,
    Slashes,
    /// Of cmd.exe, with the line endings that belong to it.
    Rem,
    Xml,
}

/// Prints a profile; none for [`ExportFormat::Profile`], which is [`profile_file`].
pub fn export(profile: &Definition, format: ExportFormat) -> Option<Exported> {
    let written = of(format)?;
    let mut exported = Exported {
        text: String::new(),
        file_name: String::new(),
        stripped: Vec::new(),
        not_unset: Vec::new(),
        emptied: Vec::new(),
        left_out: Vec::new(),
    };
    let name = label::of(&profile.title);
    let mut sheet = Sheet {
        title: one_line(&name),
        slug: slug(&name),
        set: Vec::new(),
        unset: Vec::new(),
        notes: Vec::new(),
    };
    for change in last_of_each(&profile.values) {
        sort_out(change, &written, &mut sheet, &mut exported);
    }
    sheet.notes = notes(&sheet, &exported);
    exported.file_name = (written.file_name)(&sheet.slug);
    exported.text = text(&sheet, &written);
    Some(exported)
}

/// Prints the profile file. It holds every value, unset variables and empty ones included.
pub fn profile_file(profile: &Definition) -> Exported {
    let name = label::of(&profile.title);
    let is_held = |change: &&Change| is_name(&change.name);
    let held: Vec<_> = profile.values.iter().filter(is_held).cloned().collect();
    let printed = super::file::print(&name, &held);
    let left_out = profile
        .values
        .iter()
        .filter(|change| !is_name(&change.name));
    Exported {
        text: printed.text,
        file_name: format!("{}.gopherdesk.json", slug(&name)),
        stripped: printed.stripped,
        not_unset: Vec::new(),
        emptied: Vec::new(),
        left_out: left_out.map(|change| change.name.clone()).collect(),
    }
}

/// The bytes of a file with this text.
pub fn file_bytes(format: ExportFormat, text: &str) -> Vec<u8> {
    // Windows PowerShell takes a script without a byte order mark for one in the code page of the machine
    if format == ExportFormat::Powershell && !text.is_ascii() {
        return [b"\xef\xbb\xbf", text.as_bytes()].concat();
    }
    text.as_bytes().to_vec()
}

fn of(format: ExportFormat) -> Option<Format> {
    Some(match format {
        ExportFormat::Profile => return None,
        ExportFormat::Sh => shell::SH,
        ExportFormat::Fish => shell::FISH,
        ExportFormat::Powershell => shell::POWERSHELL,
        ExportFormat::Cmd => shell::CMD,
        ExportFormat::GoEnv => shell::GO_ENV,
        ExportFormat::Dotenv => lines::DOTENV,
        ExportFormat::Dockerfile => lines::DOCKERFILE,
        ExportFormat::Compose => yaml::COMPOSE,
        ExportFormat::Kubernetes => yaml::KUBERNETES,
        ExportFormat::GithubActions => yaml::GITHUB_ACTIONS,
        ExportFormat::GitlabCi => yaml::GITLAB_CI,
        ExportFormat::Vscode => editor::VSCODE,
        ExportFormat::Goland => editor::GOLAND,
    })
}

/// A variable that is named twice would be two keys of one map.
fn last_of_each(values: &[Change]) -> Vec<&Change> {
    let mut seen = HashSet::new();
    let last = values
        .iter()
        .rev()
        .filter(|change| seen.insert(&change.name));
    let mut last: Vec<_> = last.collect();
    last.reverse();
    last
}

fn sort_out(change: &Change, written: &Format, sheet: &mut Sheet, exported: &mut Exported) {
    let name = change.name.clone();
    if !is_name(&name) {
        exported.left_out.push(name);
        return;
    }
    let Some(raw) = &change.value else {
        match written.unsets {
            true => sheet.unset.push(name),
            false => exported.not_unset.push(name),
        }
        return;
    };
    let value = strip_text(raw);
    if value != *raw {
        exported.stripped.push(name.clone());
    }
    if !is_plain(&value)
        || name.len() + value.len() + "=\0".len() > LONGEST_ASSIGNMENT
        || !(written.holds)(&name, &value)
    {
        exported.left_out.push(name);
        return;
    }
    if value.is_empty() && !written.keeps_empty {
        exported.emptied.push(name.clone());
    }
    sheet.set.push((name, value));
}

/// A name that is one for every reader; anything else could be more than a name.
fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Go refuses line ends and NUL in the GOENV file, and nobody means the other control characters.
fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c == '\t' || !c.is_control())
}

fn notes(sheet: &Sheet, exported: &Exported) -> Vec<String> {
    let mut notes = vec![format!(
        "Go environment of the profile {}, written by Gopherdesk.",
        sheet.title
    )];
    for (names, said) in [
        (&exported.stripped, "Credentials were taken out of"),
        (&exported.not_unset, "Not unset, this format cannot"),
        (&exported.emptied, "Empty, which go takes for not set"),
        (
            &exported.left_out,
            "Left out, this format cannot hold the value",
        ),
    ] {
        if !names.is_empty() {
            let names: Vec<_> = names.iter().map(|name| one_line(name)).collect();
            notes.push(format!("{said}: {}", names.join(" ")));
        }
    }
    notes
}

fn text(sheet: &Sheet, written: &Format) -> String {
    let comments = sheet.notes.iter().map(|note| match written.comment {
        Comment::Hash => format!("# {note}\n"),
        Comment::Slashes => format!("// {note}\n"),
        Comment::Rem => format!("@rem {note}\n"),
        Comment::Xml => format!("<!-- {note} -->\n"),
    });
    let text = comments.collect::<String>() + &(written.body)(sheet);
    match written.comment {
        Comment::Rem => shell::for_cmd(&text),
        _ => text,
    }
}
