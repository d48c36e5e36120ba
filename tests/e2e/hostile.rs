//! Strings that others wrote: whatever stands in the GOENV file is text on every page, and nothing else.

use serde_json::{Value, json};

use crate::{driver::key, sandbox::Sandbox};

/// Markup and script that run as soon as somebody takes them for a part of the page.
const MARKUP: &[&str] = &[
    "<script>window.__pwn=1</script>",
    "<img src=x onerror=window.__pwn=1>",
    "<svg onload=window.__pwn=1>",
    "<svg><script>window.__pwn=1</script></svg>",
    "<iframe srcdoc='<script>parent.__pwn=1</script>'></iframe>",
    "<iframe src=javascript:parent.__pwn=1></iframe>",
    "<object data=javascript:window.__pwn=1></object>",
    "<embed src=javascript:window.__pwn=1>",
    "<a href=javascript:window.__pwn=1>click</a>",
    "<body onload=window.__pwn=1>",
    "<details open ontoggle=window.__pwn=1>",
    "<input autofocus onfocus=window.__pwn=1>",
    "<video><source onerror=window.__pwn=1></video>",
    "<audio src=x onerror=window.__pwn=1>",
    "<math><mi xlink:href=javascript:window.__pwn=1>x</mi></math>",
    "<style>*{background:url(javascript:window.__pwn=1)}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example/>",
    "<form action=//evil.example/><button>go</button></form>",
    "<template><img src=x onerror=window.__pwn=1></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.__pwn=1>'>",
    "<!--><img src=x onerror=window.__pwn=1>-->",
    "</td></tr></table><img src=x onerror=window.__pwn=1>",
    "\"><img src=x onerror=window.__pwn=1>",
    "'><img src=x onerror=window.__pwn=1>",
    "\" onmouseover=window.__pwn=1 x=\"",
    "' autofocus onfocus=window.__pwn=1 x='",
    "javascript:window.__pwn=1",
    "data:text/html,<script>window.__pwn=1</script>",
    "{@html '<img src=x onerror=window.__pwn=1>'}",
    "{{constructor.constructor('window.__pwn=1')()}}",
    "${window.__pwn=1}",
    "__proto__",
    "constructor",
    "{value}",
];

/// Characters that show something else than what is written, as bytes of the file.
const DISGUISE: &[&str] = &[
    "\u{202e}gnp.exe",
    "a\u{200b}b\u{2066}c\u{2069}",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{feff}mark\u{7}bell",
];

#[test]
fn what_others_wrote_is_only_text() {
    let payloads: Vec<_> = MARKUP.iter().chain(DISGUISE).collect();
    assert_eq!(payloads.len(), 40, "the table is whole");
    let lines = payloads
        .iter()
        .zip(10..)
        .map(|(payload, number)| format!("GOEVIL{number}={payload}\n"));
    let sandbox = Sandbox::new();
    sandbox.write(".config/go/env", lines.collect::<String>());
    let window = sandbox.open();
    window.reads("GOENV");
    let unharmed = |place: &str| {
        assert_eq!(
            window.run("return window.__pwn === undefined"),
            json!(true),
            "no script ran {place}"
        );
        assert_eq!(
            window.run("return document.querySelectorAll('img,iframe,object,embed,video,audio,form[action],math,template,base,[onload],[onerror],[onfocus],[ontoggle],[onmouseover],a[href^=javascript],script:not([src])').length"),
            json!(0),
            "no element was made {place}"
        );
        assert_eq!(
            window.run("return /[\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]/.test(document.body.textContent)"),
            json!(false),
            "nothing is disguised {place}"
        );
    };
    unharmed("on the overview");
    window.press(&[key::CONTROL], &["2"]);
    window.reads("GOEVIL10");
    unharmed("on the environment page");
    let text = window.run("return document.body.textContent");
    let shown = |payload: &&&str| text.as_str().is_some_and(|text| text.contains(**payload));
    let missing: Vec<_> = MARKUP.iter().filter(|payload| !shown(payload)).collect();
    assert!(
        missing.is_empty(),
        "each is shown as it is written: {missing:?}"
    );

    window.click("button", "Repair");
    window.find("dialog", "Preview the repair");
    unharmed("in a preview");
    window.press(&[], &[key::ESCAPE]);
    window.press(&[key::CONTROL], &["k"]);
    window.find("dialog", "Search everything");
    unharmed("in the palette");
    assert_ne!(
        window.run("return document.title"),
        Value::Null,
        "the page is still there"
    );
}
