//! Which profile is meant: by its id, or by its name in any case and either language.

use gopherdesk_core::{
    error::Failure,
    profile::{Profile, Title},
};

use crate::{
    language::Language,
    refusal::{Own, Refusal},
    session::Session,
    texts::Texts,
};

/// How alike two words have to be for one to be offered in place of the other, of 1: what clap asks of a verb, too.
const ALIKE: f64 = 0.7;

/// How many similar names are offered.
const OFFERED: usize = 3;

/// The profile that was meant.
///
/// # Errors
/// There is none, or several have this name.
pub(super) async fn profile(session: &Session<'_>, text: &str) -> Result<Profile, Refusal> {
    Ok(surveyed(session, text).await?.0)
}

/// The same, and why go did not answer: how it stands is then what the files alone say.
///
/// # Errors
/// As [`profile`].
pub(super) async fn surveyed(
    session: &Session<'_>,
    text: &str,
) -> Result<(Profile, Option<Failure>), Refusal> {
    let (profiles, failure) = session.profiles().await?;
    let mut list = profiles.list;
    let found = {
        let known: Vec<_> = list
            .iter()
            .map(|profile| (profile.id.as_str(), &profile.title))
            .collect();
        which(text, &known)?
    };
    Ok((list.swap_remove(found), failure))
}

/// The id of the profile that was meant: Go is not asked for it.
///
/// # Errors
/// There is none, or several have this name.
pub(super) fn id(session: &Session<'_>, text: &str) -> Result<String, Refusal> {
    let mut list = session.app.profile_titles();
    let found = {
        let known: Vec<_> = list
            .iter()
            .map(|(id, title)| (id.as_str(), title))
            .collect();
        which(text, &known)?
    };
    Ok(list.swap_remove(found).0)
}

/// Its place among `(id, title)`.
fn which(text: &str, known: &[(&str, &Title)]) -> Result<usize, Refusal> {
    // an id is unique, so it wins over a name that somebody chose to look like it
    if let Some(place) = known.iter().position(|(id, _)| *id == text) {
        return Ok(place);
    }
    let names = Names::new();
    let wanted = text.trim().to_lowercase();
    let found: Vec<_> = (0..known.len())
        .filter(|&place| names.of(known[place]).any(|name| name == wanted))
        .collect();
    match found.as_slice() {
        &[place] => Ok(place),
        [] => Err(Refusal::Own(Own::UnknownProfile {
            id: text.to_owned(),
            similar: names.similar(&wanted, known),
        })),
        several => Err(Refusal::Own(Own::AmbiguousProfile {
            text: text.to_owned(),
            ids: several
                .iter()
                .map(|&place| known[place].0.to_owned())
                .collect(),
        })),
    }
}

/// What the shipped profiles are called, in every language: who reads Chinese may type in English.
struct Names([Texts; 2]);

impl Names {
    fn new() -> Self {
        Self([Language::English, Language::Chinese].map(Texts::new))
    }

    /// What a profile goes by, in lower case.
    fn of(&self, (id, title): (&str, &Title)) -> impl Iterator<Item = String> {
        let titles = self.0.iter().map(|texts| texts.title(title));
        titles
            .chain([id.to_owned()])
            .map(|name| name.trim().to_lowercase())
    }

    /// The ids and names that were likely meant, the likeliest first.
    fn similar(&self, wanted: &str, known: &[(&str, &Title)]) -> Vec<String> {
        let mut alike: Vec<(f64, String)> = known
            .iter()
            .filter_map(|&profile| {
                let closest = self
                    .of(profile)
                    .map(|name| strsim::jaro(wanted, &name))
                    .fold(0.0, f64::max);
                let offered = match profile.1 {
                    Title::Builtin { .. } => profile.0.to_owned(),
                    Title::Own { name } => name.clone(),
                };
                (closest > ALIKE).then_some((closest, offered))
            })
            .collect();
        alike.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        alike.truncate(OFFERED);
        alike.into_iter().map(|(_, name)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use gopherdesk_core::profile::{Builtin, Title};

    use super::which;
    use crate::refusal::{Own, Refusal};

    fn builtin(builtin: Builtin) -> Title {
        Title::Builtin { builtin }
    }

    fn own(name: &str) -> Title {
        Title::Own {
            name: name.to_owned(),
        }
    }

    #[test]
    fn a_profile_goes_by_its_id_and_its_names_in_any_case() {
        let (domestic, work) = (builtin(Builtin::Domestic), own("Work 北京"));
        let known = [("domestic", &domestic), ("p-7", &work)];
        for text in ["domestic", "Domestic", "DOMESTIC", "国内", " 国内 "] {
            let found = which(text, &known).expect("the shipped one");
            assert_eq!(found, 0, "{text:?} in any case and either language");
        }
        for text in ["p-7", "work 北京", "WORK 北京"] {
            let found = which(text, &known).expect("the user's own");
            assert_eq!(found, 1, "{text:?} is the user's own");
        }
    }

    #[test]
    fn an_id_wins_over_a_name_and_names_alone_can_be_ambiguous() {
        let (domestic, copy) = (builtin(Builtin::Domestic), own("Domestic"));
        let known = [("p-7", &copy), ("domestic", &domestic)];
        assert_eq!(
            which("domestic", &known).expect("an id"),
            1,
            "an id is unique"
        );
        let refused = which("国内", &known).expect("one name only");
        assert_eq!(refused, 1, "the copy is not called so");
        let refused = which("DOMESTIC", &known).expect_err("both are called so");
        let wanted = ["p-7", "domestic"].map(str::to_owned);
        assert!(
            matches!(&refused, Refusal::Own(Own::AmbiguousProfile { ids, .. }) if *ids == wanted),
            "the ids tell them apart: {refused:?}"
        );
    }

    #[test]
    fn what_was_likely_meant_is_offered() {
        let (domestic, work) = (builtin(Builtin::Domestic), own("Work"));
        let known = [("domestic", &domestic), ("p-7", &work)];
        for (typed, meant) in [("domestc", "domestic"), ("wrok", "Work"), ("xyz", "")] {
            let refused = which(typed, &known).expect_err("a slip");
            let offered = match refused {
                Refusal::Own(Own::UnknownProfile { similar, .. }) => similar.join(","),
                other => panic!("{typed} is unknown: {other:?}"),
            };
            assert_eq!(offered, meant, "{typed} is like {meant}");
        }
    }
}
