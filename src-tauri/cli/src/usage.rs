//! Wrong usage, in the user's language; clap knows what is wrong, and says it in English only.

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{print, texts::Texts, visible::visible};

/// Tells help, version or what is wrong, on the stream where it belongs, and gives the exit status.
pub(crate) fn tell(error: &Error, texts: &Texts) -> u8 {
    match words(error, texts) {
        Some(words) => print::err(&words),
        // help is written in the user's language already
        None => drop(error.print()),
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// What is wrong, and how it should be; none for what is no error, and for errors that hardly anybody makes.
fn words(error: &Error, texts: &Texts) -> Option<String> {
    let part = |kind| context(error, kind);
    let argument = part(ContextKind::InvalidArg);
    let value = part(ContextKind::InvalidValue);
    let (key, text) = match error.kind() {
        ErrorKind::InvalidSubcommand => ("usage.verb", part(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => ("usage.unknown", argument.clone()),
        ErrorKind::MissingRequiredArgument => ("usage.missing", argument.clone()),
        ErrorKind::MissingSubcommand => ("usage.no_verb", part(ContextKind::InvalidSubcommand)),
        ErrorKind::ArgumentConflict => ("usage.twice", argument.clone()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.as_deref() == Some("") => {
            ("usage.no_value", argument.clone())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => ("usage.value", value),
        ErrorKind::InvalidUtf8 => ("usage.not_text", Some(String::new())),
        _ => return None,
    };
    let holes = [("text", text?), ("argument", argument.unwrap_or_default())];
    let holes: Vec<_> = holes
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let mut words = format!("gdesk: {}\n", texts.fill(key, &holes));
    if let Some(suggested) = part(ContextKind::SuggestedSubcommand)
        .or_else(|| part(ContextKind::SuggestedArg))
        .or_else(|| part(ContextKind::SuggestedValue))
    {
        words += &format!(
            "{}\n",
            texts.fill("usage.suggested", &[("text", &suggested)])
        );
    }
    if matches!(error.kind(), ErrorKind::InvalidValue)
        && let Some(values) = part(ContextKind::ValidValue).filter(|values| !values.is_empty())
    {
        words += &format!("{}\n", texts.fill("usage.values", &[("text", &values)]));
    }
    if let Some(usage) = part(ContextKind::Usage) {
        let usage = usage.trim_start_matches("Usage:").trim();
        words += &format!("\n{} {}\n", texts.say("help.usage"), visible(usage));
    }
    Some(words)
}

/// What clap knows, as text without colours.
fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => Some(
            texts
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        ),
        _ => None,
    }
}
