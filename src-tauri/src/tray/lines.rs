//! The menu of the tray, line by line, whoever draws it.

use gopherdesk_core::commands::{TrayEvent, TrayMenu};

/// One line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Words that cannot be chosen.
    Words(String),
    /// Something to choose.
    Entry {
        /// What it says.
        label: String,
        /// What choosing it means.
        choice: Choice,
    },
    /// A profile; one of them may bear a mark.
    Profile {
        /// What it is called.
        label: String,
        /// It bears the mark.
        active: bool,
        /// What choosing it means.
        choice: Choice,
    },
    /// Sets apart what is above from what is below.
    Rule,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// To see the window.
    Open,
    /// To end the program.
    Quit,
    /// Something that the page has to go on with.
    Tell(TrayEvent),
}

/// The lines of this menu. The last two are always there: the ways to the window and out.
pub(super) fn of(menu: TrayMenu) -> Vec<Line> {
    let tell = |label, event| Line::Entry {
        label,
        choice: Choice::Tell(event),
    };
    let mut lines = vec![Line::Words(menu.verdict), Line::Rule];
    lines.extend(menu.profiles.into_iter().map(|profile| Line::Profile {
        label: profile.label,
        active: profile.active,
        choice: Choice::Tell(TrayEvent::UseProfile { id: profile.id }),
    }));
    let after = [
        menu.more
            .map(|label| tell(label, TrayEvent::ShowProfiles {})),
        menu.previous
            .map(|label| tell(label, TrayEvent::ReturnToPrevious {})),
    ];
    lines.extend(after.into_iter().flatten());
    if lines.len() > 2 {
        lines.push(Line::Rule);
    }
    for (label, choice) in [(menu.open, Choice::Open), (menu.quit, Choice::Quit)] {
        lines.push(Line::Entry { label, choice });
    }
    lines
}

/// A label as it stands. The system takes one `mark` for the key that chooses the line, and two for the character.
pub(super) fn literal(label: &str, mark: char) -> String {
    label.replace(mark, &format!("{mark}{mark}"))
}

#[cfg(test)]
mod tests {
    use gopherdesk_core::commands::TrayProfile;

    use super::*;

    fn menu(profiles: &[&str]) -> TrayMenu {
        TrayMenu {
            verdict: "all is well".to_owned(),
            profiles: profiles
                .iter()
                .map(|&id| TrayProfile {
                    id: id.to_owned(),
                    label: format!("the {id} one"),
                    active: id == "offline",
                })
                .collect(),
            more: None,
            previous: None,
            open: "open".to_owned(),
            quit: "quit".to_owned(),
        }
    }

    fn entry(label: &str, choice: Choice) -> Line {
        Line::Entry {
            label: label.to_owned(),
            choice,
        }
    }

    #[test]
    fn choosing_a_profile_only_tells_which() {
        let lines = of(menu(&["domestic", "offline"]));
        let marked: Vec<_> = lines
            .iter()
            .filter_map(|line| match line {
                Line::Profile { active, choice, .. } => Some((*active, choice.clone())),
                _ => None,
            })
            .collect();
        let tells = |id: &str| Choice::Tell(TrayEvent::UseProfile { id: id.to_owned() });
        assert_eq!(
            marked,
            [(false, tells("domestic")), (true, tells("offline"))],
            "in the page's order, the active one marked"
        );
        assert_eq!(
            lines.first(),
            Some(&Line::Words("all is well".to_owned())),
            "the verdict is first, and cannot be chosen"
        );
    }

    #[test]
    fn there_is_always_a_way_to_the_window_and_out() {
        let ends = [entry("open", Choice::Open), entry("quit", Choice::Quit)];
        let bare = of(menu(&[]));
        assert_eq!(bare[2..], ends, "also without a profile");
        let full = of(TrayMenu {
            more: Some("more".to_owned()),
            previous: Some("back".to_owned()),
            ..menu(&["domestic"])
        });
        assert_eq!(
            full[3..],
            [
                entry("more", Choice::Tell(TrayEvent::ShowProfiles {})),
                entry("back", Choice::Tell(TrayEvent::ReturnToPrevious {})),
                Line::Rule,
                ends[0].clone(),
                ends[1].clone(),
            ],
            "after all that can be chosen"
        );
    }

    #[test]
    fn a_name_is_shown_as_it_is_written() {
        assert_eq!(literal("my_own_proxy", '_'), "my__own__proxy", "Linux");
        assert_eq!(literal("R&D", '&'), "R&&D", "Windows and macOS");
    }
}
