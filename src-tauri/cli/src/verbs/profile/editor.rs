//! A profile in the user's editor, as `git commit` and `crontab -e` do it.
//!
//! The text stands in a folder of its own that nobody else may read, and is gone afterwards. Credentials are masked in
//! it: a line that still has its mask keeps what the profile holds.

use std::{
    fs,
    path::Path,
    process::{Command, ExitStatus},
};

use gopherdesk_core::{
    environment::EnvironmentError,
    profile::{Profile, ProfileValue, SavedAs, SavedValue},
};

use super::wanted::{Wanted, as_in};
use crate::{
    ask, print,
    refusal::{Own, Refusal},
    session::Session,
    texts::Texts,
};

/// What stands in place of a credential.
const MASK: &str = "***";

/// The profile as the user left it in the editor.
///
/// # Errors
/// There is no editor, or the user gave up on a text that says nothing.
pub(super) async fn edited(
    session: &Session<'_>,
    profile: &Profile,
    name: &str,
) -> Result<Wanted, Refusal> {
    let folder = tempfile::tempdir().map_err(|error| failed("", &error.to_string()))?;
    let file = folder.path().join("edited.env");
    fs::write(&file, text(session.texts, profile, name))
        .map_err(|error| failed("", &error.to_string()))?;
    let editor = command(session);
    loop {
        open(session, &editor, &file).await?;
        let text =
            fs::read_to_string(&file).map_err(|error| failed(&editor, &error.to_string()))?;
        let wrong = match parse(&text, profile, name) {
            Ok(wanted) => return Ok(wanted),
            Err(wrong) => wrong,
        };
        if let Some(words) = wrong.text(session.texts) {
            print::err(&format!("gdesk: {words}\n"));
        }
        ask::yes(session.texts.say("ask.edit_again")).await?;
    }
}

/// `$VISUAL`, `$EDITOR`, or what the system has.
fn command(session: &Session<'_>) -> String {
    let vars = &session.app.host.vars;
    let chosen = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| vars.get_nonempty(name));
    let fallback = if cfg!(windows) { "notepad" } else { "vi" };
    chosen.map_or_else(
        || fallback.to_owned(),
        |editor| editor.to_string_lossy().into_owned(),
    )
}

async fn open(session: &Session<'_>, editor: &str, file: &Path) -> Result<(), Refusal> {
    let mut command = started_by(editor, file);
    let running = tokio::task::spawn_blocking(move || command.status());
    let ended = session.interrupt.lend(running).await;
    let status = ended
        .map_err(std::io::Error::other)
        .and_then(|status| status)
        .map_err(|error| failed(editor, &error.to_string()))?;
    match ExitStatus::success(&status) {
        true => Ok(()),
        false => Err(failed(editor, &status.to_string())),
    }
}

/// The variable may hold arguments, as in `code --wait`; a shell takes it apart, as git lets it.
#[cfg(unix)]
fn started_by(editor: &str, file: &Path) -> Command {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", &format!("{editor} \"$1\""), editor])
        .arg(file);
    command
}

#[cfg(not(unix))]
fn started_by(editor: &str, file: &Path) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(editor));
    command.args(words).arg(file);
    command
}

fn failed(editor: &str, reason: &str) -> Refusal {
    Refusal::Own(Own::Editor {
        editor: editor.to_owned(),
        reason: reason.to_owned(),
    })
}

/// What the user is given.
fn text(texts: &Texts, profile: &Profile, name: &str) -> String {
    let mut text = String::new();
    for line in texts.say("profile.editor").lines() {
        text += &format!("# {line}\n");
    }
    text += &format!("\nname {name}\n\n");
    for value in &profile.values {
        text += &match &value.value {
            Some(set) => format!("{}={set}\n", value.name),
            None => format!("unset {}\n", value.name),
        };
    }
    text
}

/// What the user left.
fn parse(text: &str, profile: &Profile, name: &str) -> Result<Wanted, Refusal> {
    let mut wanted = Wanted {
        name: name.to_owned(),
        ..Wanted::default()
    };
    for (number, line) in (1..).zip(text.lines()) {
        // a value may end in spaces that somebody means
        let begun = line.trim_start();
        if begun.is_empty() || begun.starts_with('#') {
            continue;
        }
        let value = match begun.split_once([' ', '=']) {
            Some(("name", name)) if begun.starts_with("name ") => {
                name.trim().clone_into(&mut wanted.name);
                continue;
            }
            Some(("unset", name)) if begun.starts_with("unset ") => {
                let name = name.trim().to_owned();
                let to = SavedAs::Unset {};
                SavedValue { name, to }
            }
            Some((name, value)) if begun[name.len()..].starts_with('=') => {
                set(name, value, profile)?
            }
            _ => {
                return Err(Refusal::Own(Own::EditedLine {
                    line: number,
                    text: line.to_owned(),
                }));
            }
        };
        if wanted.values.iter().any(|held| held.name == value.name) {
            return Err(EnvironmentError::NamedTwice { name: value.name }.into());
        }
        wanted.values.push(value);
    }
    Ok(wanted)
}

fn set(name: &str, value: &str, profile: &Profile) -> Result<SavedValue, Refusal> {
    let is_it = |held: &ProfileValue| held.name == name && held.value.as_deref() == Some(value);
    let to = match value {
        _ if profile.values.iter().any(is_it) => as_in(profile),
        _ if value.contains(MASK) => {
            let name = name.to_owned();
            return Err(Refusal::Own(Own::EditedMask { name }));
        }
        value => SavedAs::Value {
            value: value.to_owned(),
        },
    };
    let name = name.to_owned();
    Ok(SavedValue { name, to })
}

#[cfg(test)]
mod tests {
    use gopherdesk_core::profile::{Profile, ProfileState, ProfileValue, SavedAs, Title};

    use super::{parse, text};
    use crate::{
        language::Language,
        refusal::{Own, Refusal},
        texts::Texts,
    };

    fn profile() -> Profile {
        let value = |name: &str, value: Option<&str>, masked| ProfileValue {
            name: name.to_owned(),
            value: value.map(str::to_owned),
            masked,
        };
        Profile {
            id: "p1".to_owned(),
            title: Title::Own {
                name: "My 方案".to_owned(),
            },
            values: vec![
                value("GOPROXY", Some("https://***@proxy.example,direct"), true),
                value("GOFLAGS", Some(" -mod=mod "), false),
                value("GOBIN", Some(""), false),
                value("GOSUMDB", None, false),
            ],
            state: ProfileState::Active {},
        }
    }

    #[test]
    fn what_is_left_alone_stays_to_the_last_byte() {
        let profile = profile();
        for language in [Language::English, Language::Chinese] {
            let text = text(&Texts::new(language), &profile, "My 方案");
            let wanted = parse(&text, &profile, "other").expect("our own text");
            assert_eq!(wanted.name, "My 方案", "the name is in the text");
            let same = wanted.is_same(&profile, &profile.values);
            assert!(same, "nothing changed in {text}");
        }
    }

    #[test]
    fn values_are_set_unset_and_left_out() {
        let text = "name  New \nGOPROXY=https://***@proxy.example,direct\n  unset GOFLAGS\nGOBIN=/a b = c \n";
        let wanted = parse(text, &profile(), "old").expect("every line says something");
        assert_eq!(wanted.name, "New", "a name has no spaces around it");
        let saved: Vec<_> = wanted
            .values
            .into_iter()
            .map(|one| (one.name, one.to))
            .collect();
        let own = || "p1".to_owned();
        let expected = [
            ("GOPROXY", SavedAs::AsIn { profile: own() }),
            ("GOFLAGS", SavedAs::Unset {}),
            (
                "GOBIN",
                SavedAs::Value {
                    value: "/a b = c ".to_owned(),
                },
            ),
        ];
        let expected = expected.map(|(name, to)| (name.to_owned(), to));
        assert_eq!(
            saved, expected,
            "a masked value stays as the profile has it, a missing line is gone"
        );
    }

    #[test]
    fn a_mask_is_never_saved_as_a_password() {
        let text = "GOPROXY=https://***@other.example,direct\n";
        let wrong = parse(text, &profile(), "old").expect_err("*** is no password");
        assert!(
            matches!(wrong, Refusal::Own(Own::EditedMask { ref name }) if name == "GOPROXY"),
            "{wrong:?}"
        );
    }

    #[test]
    fn a_line_that_says_nothing_is_named() {
        let wrong = parse("# x\n\nGOPROXY\n", &profile(), "old").expect_err("no value");
        assert!(
            matches!(wrong, Refusal::Own(Own::EditedLine { line: 3, .. })),
            "{wrong:?}"
        );
        let wrong = parse("GOBIN=/a\nunset GOBIN\n", &profile(), "old").expect_err("twice");
        assert!(
            matches!(wrong, Refusal::Core(_)),
            "set and unset: {wrong:?}"
        );
    }
}
