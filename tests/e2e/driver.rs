//! A WebDriver client: W3C JSON over HTTP to `WebKitWebDriver`, and nothing the journeys do not use.

use std::{path::Path, time::Duration};

use reqwest::blocking::{Client, Response};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};

/// How the standard names an element on the wire.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One automated window.
pub(crate) struct Session {
    client: Client,
    address: String,
}

/// Something on the page, as the driver names it.
#[derive(Debug, Clone)]
pub(crate) struct Element(String);

/// What the driver refused: `no such element`, `javascript error`, and so on.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

/// Keys that have no character.
pub(crate) mod key {
    pub(crate) const CONTROL: &str = "\u{e009}";
    pub(crate) const F5: &str = "\u{e035}";
    pub(crate) const ENTER: &str = "\u{e007}";
    pub(crate) const ESCAPE: &str = "\u{e00c}";
    pub(crate) const TAB: &str = "\u{e004}";
}

/// Whether a driver, and nobody else, answers there.
pub(crate) fn answers(port: u16) -> bool {
    let status = format!("http://127.0.0.1:{port}/status");
    let answer = value(client(Duration::from_secs(2)).get(status).send());
    answer.is_ok_and(|status| status["ready"] == true)
}

fn client(timeout: Duration) -> Client {
    // the driver speaks no TLS, but the program gives it to every client, and none is made without
    let tls = ClientConfig::builder()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    Client::builder()
        .timeout(timeout)
        .no_proxy()
        .tls_backend_preconfigured(tls)
        .build()
        .expect("a client that trusts nobody needs nothing")
}

impl Session {
    /// Asks the driver at `port` to start `program`.
    pub(crate) fn start(port: u16, program: &Path, arguments: &[&str]) -> Result<Self, Refused> {
        let client = client(Duration::from_secs(60));
        let driver = format!("http://127.0.0.1:{port}");
        let options = json!({ "binary": program, "args": arguments });
        let wish =
            json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let answer = client.post(format!("{driver}/session")).json(&wish).send();
        let answer = value(answer)?;
        let id = answer["sessionId"].as_str().expect("a session has an id");
        let session = Self {
            client,
            address: format!("{driver}/session/{id}"),
        };
        session.post("timeouts", &json!({ "script": 30_000 }))?;
        Ok(session)
    }

    /// Runs the body of a function in the page and gives what it returns.
    pub(crate) fn run(&self, body: &str, arguments: Value) -> Result<Value, Refused> {
        self.post("execute/sync", &script(body, arguments))
    }

    /// The same for a function that answers through its last argument.
    pub(crate) fn run_async(&self, body: &str, arguments: Value) -> Result<Value, Refused> {
        self.post("execute/async", &script(body, arguments))
    }

    /// The element that the body of a function returns.
    pub(crate) fn element(&self, body: &str, arguments: Value) -> Result<Option<Element>, Refused> {
        let found = self.run(body, arguments)?;
        Ok(found[ELEMENT].as_str().map(|id| Element(id.to_owned())))
    }

    /// Clicks it as a user does: scrolled to, in its middle, refused when something covers it.
    pub(crate) fn click(&self, element: &Element) -> Result<(), Refused> {
        self.post(&format!("element/{}/click", element.0), &json!({}))?;
        Ok(())
    }

    /// Types into it.
    pub(crate) fn fill(&self, element: &Element, text: &str) -> Result<(), Refused> {
        self.post(
            &format!("element/{}/value", element.0),
            &json!({ "text": text }),
        )?;
        Ok(())
    }

    /// Presses keys one after the other while `held` are down.
    pub(crate) fn press(&self, held: &[&str], keys: &[&str]) -> Result<(), Refused> {
        let down = |key: &&str| json!({ "type": "keyDown", "value": key });
        let up = |key: &&str| json!({ "type": "keyUp", "value": key });
        let mut steps: Vec<Value> = held.iter().map(down).collect();
        steps.extend(keys.iter().flat_map(|key| [down(key), up(key)]));
        steps.extend(held.iter().rev().map(up));
        let source = json!({ "type": "key", "id": "keyboard", "actions": steps });
        self.post("actions", &json!({ "actions": [source] }))?;
        Ok(())
    }

    /// A picture of the page, as PNG in base64.
    pub(crate) fn picture(&self) -> Result<String, Refused> {
        let picture = self.get("screenshot")?;
        Ok(picture.as_str().expect("a picture is text").to_owned())
    }

    /// Gives the outer window a size.
    pub(crate) fn resize(&self, width: u32, height: u32) -> Result<(), Refused> {
        self.post("window/rect", &json!({ "width": width, "height": height }))?;
        Ok(())
    }

    /// How many windows there are.
    pub(crate) fn windows(&self) -> Result<usize, Refused> {
        let handles = self.get("window/handles")?;
        Ok(handles.as_array().map_or(0, Vec::len))
    }

    /// Ends the session and the program.
    pub(crate) fn end(&self) -> Result<(), Refused> {
        value(self.client.delete(&self.address).send()).map(drop)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Refused> {
        let address = format!("{}/{path}", self.address);
        value(self.client.post(address).json(body).send())
    }

    fn get(&self, path: &str) -> Result<Value, Refused> {
        value(self.client.get(format!("{}/{path}", self.address)).send())
    }
}

fn script(body: &str, arguments: Value) -> Value {
    let arguments = match arguments {
        Value::Array(several) => several,
        Value::Null => Vec::new(),
        one => vec![one],
    };
    json!({ "script": body, "args": arguments })
}

fn value(answer: reqwest::Result<Response>) -> Result<Value, Refused> {
    // with what lies behind it: a deadline, a connection that ended
    let answer = answer.map_err(|error| Refused(format!("{error:?}")))?;
    let succeeded = answer.status().is_success();
    let mut answer: Value = answer
        .json()
        .map_err(|error| Refused(format!("no JSON: {error}")))?;
    let value = answer["value"].take();
    if succeeded {
        Ok(value)
    } else {
        Err(Refused(format!("{}: {}", value["error"], value["message"])))
    }
}
