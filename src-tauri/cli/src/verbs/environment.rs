//! `gdesk env`.

use gopherdesk_core::{
    environment::{Change, Environment, EnvironmentError, Origin, PlanEnvironment, Variable},
    secret,
};
use serde_json::{Map, Value, json};

use crate::{
    arguments::{Assignment, Consent},
    ask,
    change::{self, Wish},
    print::{self, Answer, is_seen},
    refusal::Refusal,
    session::Session,
    verbs::told_of,
    visible::visible,
};

/// Every variable, or those that match.
pub(super) async fn list(
    session: &Session<'_>,
    filter: Option<String>,
    changed: bool,
) -> Result<Answer, Refusal> {
    // findings are about everything, and cost a look for every Go
    let (mut environment, findings) = if session.output.json || filter.is_some() {
        (session.environment().await?, Vec::new())
    } else {
        let overview = session.overview().await?;
        (overview.environment, overview.findings)
    };
    let filter = filter.unwrap_or_default().to_uppercase();
    environment.variables.retain(|variable| {
        variable.name.to_uppercase().contains(&filter) && (variable.changed || !changed)
    });
    // sixty rows, laid out for the eye
    let text = match session.output.json {
        true => String::new(),
        false => print::environment::list(session.texts, &environment, &findings),
    };
    Ok(told_of(
        session,
        environment.failure.as_ref(),
        json!(environment),
        text,
    ))
}

/// The values alone, as `go env` prints them.
pub(super) async fn get(
    session: &Session<'_>,
    names: &[String],
    reveal: bool,
) -> Result<Answer, Refusal> {
    let environment = session.values(names).await?;
    let mut object = Map::new();
    let mut text = String::new();
    let mut notes = Vec::new();
    for name in names {
        let variable = find(&environment, name)?;
        let value = match (variable.masked, reveal) {
            (true, true) => secret_of(session, variable).await?,
            (masked, _) => {
                if masked {
                    notes.push(session.texts.fill("get.masked", &[("name", name)]));
                }
                variable.value.clone()
            }
        };
        text += &if is_seen() {
            visible(&value)
        } else {
            value.as_str().into()
        };
        text.push('\n');
        object.insert(name.clone(), value.into());
    }
    let mut answer = told_of(
        session,
        environment.failure.as_ref(),
        Value::Object(object),
        text,
    );
    // a script gets the value as it is, a terminal what can be looked at without harm
    answer.exact = !is_seen();
    answer.notes.append(&mut notes);
    Ok(answer)
}

/// Writes values.
pub(super) async fn set(
    session: &Session<'_>,
    assignments: Vec<Assignment>,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let mut changes = Vec::new();
    for assignment in assignments {
        let name = assignment.name.clone();
        let value = Some(given(session, assignment).await?);
        changes.push(Change { name, value });
    }
    change::make(session, Wish::Values(changes), consent).await
}

/// The value that was given on the command line, or else is on standard input.
pub(super) async fn given(
    session: &Session<'_>,
    Assignment { name, value }: Assignment,
) -> Result<String, Refusal> {
    let Some(value) = value else {
        return ask::value(session, &name).await;
    };
    if secret::mask_text(&value) != value && !session.output.json {
        let exposed = session.texts.fill("set.exposed", &[("name", &name)]);
        print::err(&format!("gdesk: {exposed}\n"));
    }
    Ok(value)
}

/// Takes variables out.
pub(super) async fn unset(
    session: &Session<'_>,
    names: Vec<String>,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let changes = names
        .into_iter()
        .map(|name| Change { name, value: None })
        .collect();
    change::make(session, Wish::Values(changes), consent).await
}

/// Everything about one variable.
pub(super) async fn explain(session: &Session<'_>, name: &str) -> Result<Answer, Refusal> {
    let environment = session.environment().await?;
    let variable = find(&environment, name)?;
    let texts = session.texts;
    let unsettable = match variable.settable {
        true => None,
        false => Some(refusal_to_write(session, name).await),
    };
    let text = print::explain::explain(texts, variable, unsettable.as_deref());
    let mut json = json!(variable);
    json["meaning"] = texts.meaning(name).into();
    Ok(told_of(session, environment.failure.as_ref(), json, text))
}

/// The core's reason for not writing a variable: it is asked for a plan, which changes nothing.
async fn refusal_to_write(session: &Session<'_>, name: &str) -> String {
    let change = Change {
        name: name.to_owned(),
        value: Some(String::new()),
    };
    let wish = PlanEnvironment {
        changes: vec![change],
        repairs: Vec::new(),
    };
    let error = match session.app.environment_plan(wish).await {
        Err(error) => error,
        Ok(_) => EnvironmentError::NotSettable {
            name: name.to_owned(),
        }
        .into(),
    };
    session.texts.tell("failures", &error)
}

pub(super) fn find<'a>(environment: &'a Environment, name: &str) -> Result<&'a Variable, Refusal> {
    let found = environment
        .variables
        .iter()
        .find(|found| found.name == name);
    found.ok_or_else(|| {
        let name = name.to_owned();
        EnvironmentError::UnknownVariable { name }.into()
    })
}

/// The value that counts here, with its credentials.
async fn secret_of(session: &Session<'_>, variable: &Variable) -> Result<String, Refusal> {
    let name = &variable.name;
    let inherited = session.app.host.vars.get_nonempty(name);
    match (variable.origin, inherited) {
        (Origin::Process | Origin::Shell, Some(value)) => Ok(value.to_string_lossy().into_owned()),
        _ => Ok(session.app.environment_reveal(name.clone()).await?),
    }
}
