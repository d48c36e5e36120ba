//! Profiles to print: what is known to be difficult, and anything else.

use std::collections::{BTreeMap, BTreeSet};

use gopherdesk_core::{
    environment::Change,
    profile::{Builtin, Definition, ExportFormat, Exported, Title, export::export},
    secret::strip_text,
};
use proptest::{collection::btree_map, prelude::*, sample::select};

/// Names and values as they are read back.
pub(crate) type Values = BTreeMap<String, String>;

/// Pieces that mean something to one reader or another.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\t",
    "'",
    "''",
    "\"",
    "`",
    "\\",
    "\\\\",
    "\\n",
    "$",
    "$$",
    "$HOME",
    "${HOME}",
    "${HOME:-x}",
    "$(id)",
    "$((1))",
    "%",
    "%%",
    "%PATH%",
    "%1",
    "!",
    "!PATH!",
    "^",
    "&",
    "&&",
    "|",
    "||",
    "<",
    ">",
    ";",
    "#",
    " #",
    "{{ }}",
    "${{ env.X }}",
    "${{",
    "}}",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "*",
    "?",
    "~",
    "~root",
    "=",
    ":",
    ": ",
    ",",
    "@",
    "-",
    "- ",
    "+",
    "on",
    "null",
    "1e3",
    "0x1f",
    "012",
    "<<",
    "!!str",
    "&a",
    "*a",
    "中文",
    "代理，",
    "😀",
    "é",
    "\u{301}",
    "\u{2018}",
    "\u{2019}",
    "\u{201c}",
    "\u{2028}",
    "\u{feff}",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{f600}",
    "\u{fdd0}",
    "\u{fffe}",
    "--",
    "-->",
    "]]>",
    "&amp;",
    "&#9;",
    "//",
    "/*",
    "*/",
    "$PROJECT_DIR$",
    "${workspaceFolder}",
    "${env:HOME}",
    "EOF",
    "a",
    "Z",
    "0",
    "go",
    "https://goproxy.cn",
    "direct",
    "|direct",
    "/x/y",
    "C:\\Users\\a b\\go",
];

/// Values that are difficult as a whole.
const WHOLE: &[&str] = &[
    "",
    "on",
    "off",
    "yes",
    "no",
    "null",
    "~",
    "true",
    "1e3",
    "0",
    "-",
    "*",
    "&",
    "!",
    "%",
    "@",
    "`",
    "- a",
    "? a",
    "a: b",
    "#a",
    " a",
    "a ",
    "'a'",
    "\"a\"",
    "a\\",
    "\\\\server\\share",
    "https://goproxy.cn,direct",
    "git.corp.example/*,*.internal",
    "-mod=mod \"-ldflags=-X 'a.b=c d'\"",
    "C:\\Program Files\\Go & Co\\100%",
    "it's \"so\" $HOME",
    "${{ secrets.X }}",
    "$$(id)`id`",
];

/// Variables of Go; fish and PowerShell have their own ways with some of these names.
const NAMES: &[&str] = &[
    "GOPROXY",
    "GOSUMDB",
    "GOPRIVATE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOINSECURE",
    "GOVCS",
    "GOFLAGS",
    "GOPATH",
    "GOMODCACHE",
    "GOBIN",
    "CC",
    "CGO_CFLAGS",
    "GOAUTH",
    "HTTPS_PROXY",
    "Y",
    "NO",
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => proptest::collection::vec(select(PIECES), 1..8).prop_map(|pieces| pieces.concat()),
        2 => select(WHOLE).prop_map(str::to_owned),
        2 => "\\PC{0,40}",
        1 => "[a-z/:.,]{200,3000}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        select(NAMES).prop_map(str::to_owned),
        "GD_[A-Za-z0-9_]{1,12}"
    ]
}

/// A profile of values that go takes.
pub(crate) fn profile() -> impl Strategy<Value = Definition> {
    let wish = prop_oneof![5 => value().prop_map(Some), 1 => Just(None)];
    (title(), btree_map(name(), wish, 1..24)).prop_map(|(title, values)| Definition {
        id: "p".to_owned(),
        title,
        values: values
            .into_iter()
            .map(|(name, value)| Change { name, value })
            .collect(),
    })
}

/// A name that would like to be more than a name.
fn title() -> impl Strategy<Value = Title> {
    let piece = prop_oneof![
        select(PIECES).prop_map(str::to_owned),
        select(
            &[
                "\n",
                "\r",
                "\r\n",
                "\u{85}",
                "\u{2029}",
                "\0",
                "\x1b[2J",
                "\nexport GD_EVIL=1\n",
                "\nGD_EVIL: 1\n"
            ][..]
        )
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| Title::Own {
        name: pieces.concat(),
    })
}

/// The formats that are printed from the values alone.
pub(crate) fn formats() -> impl Iterator<Item = ExportFormat> {
    let all = ExportFormat::ALL.into_iter();
    all.filter(|format| *format != ExportFormat::Profile)
}

/// A profile of these values.
pub(crate) fn of(values: &[(&str, Option<&str>)]) -> Definition {
    let values = values.iter().map(|(name, value)| Change {
        name: (*name).to_owned(),
        value: value.map(str::to_owned),
    });
    Definition {
        id: "domestic".to_owned(),
        title: Title::Builtin {
            builtin: Builtin::Domestic,
        },
        values: values.collect(),
    }
}

/// Prints a profile.
pub(crate) fn printed(profile: &Definition, format: ExportFormat) -> Exported {
    export(profile, format).expect("a format that is printed here")
}

/// What a reader has to find.
pub(crate) fn expected(profile: &Definition, exported: &Exported) -> Values {
    let set = profile.values.iter().filter_map(|change| {
        let value = strip_text(change.value.as_ref()?);
        (!exported.left_out.contains(&change.name)).then(|| (change.name.clone(), value))
    });
    set.collect()
}

/// The variables that a reader must not find any more.
pub(crate) fn unset(profile: &Definition) -> BTreeSet<&str> {
    let unset = profile
        .values
        .iter()
        .filter(|change| change.value.is_none());
    unset.map(|change| change.name.as_str()).collect()
}
