use super::*;

fn read(text: &str) -> Manifest {
    Manifest::parse(text.as_bytes()).expect("a manifest")
}

#[test]
fn a_go_mod_as_people_write_it() {
    let text = "// about\nmodule example.com/app // mine\r\n\ngo 1.24\ntoolchain go1.24.11\n\n\
                require example.com/a v1.0.0\nrequire (\n\t\"example.com/b\" v1.2.3 // indirect\n\t// c is gone\n\n\
                \texample.com/d v2.0.0+incompatible\n)\nretract [v0.1.0, v0.2.0]\ntool example.com/a/cmd\n\
                exclude example.com/b v1.2.2\n";
    let manifest = read(text);
    assert_eq!(manifest.module.as_deref(), Some("example.com/app"));
    assert_eq!(
        manifest.go.as_deref(),
        Some("1.24"),
        "not that of its toolchain"
    );
    assert_eq!(manifest.toolchain.as_deref(), Some("go1.24.11"));
    let pair = |path: &str, version: &str| (path.to_owned(), version.to_owned());
    assert_eq!(
        manifest.require,
        [
            pair("example.com/a", "v1.0.0"),
            pair("example.com/b", "v1.2.3"),
            pair("example.com/d", "v2.0.0+incompatible"),
        ],
        "lines and blocks, with and without quotes, and no excluded one"
    );
}

#[test]
fn what_replaces_a_module_is_found_by_gos_rule() {
    let manifest = read(
        "module m\nreplace a.b/x => a.b/y v2.0.0\nreplace (\n a.b/x v1.0.0 => ../x\n a.b/z => \"C:\\\\z z\"\n)\n",
    );
    assert_eq!(
        manifest.instead_of("a.b/x", "v1.1.0"),
        Some(("a.b/y", "v2.0.0")),
        "every version"
    );
    assert_eq!(
        manifest.instead_of("a.b/x", "v1.0.0"),
        None,
        "that one version is a folder"
    );
    assert_eq!(
        manifest.instead_of("a.b/other", "v1.0.0"),
        Some(("a.b/other", "v1.0.0")),
        "nothing replaces it"
    );
    let folders: Vec<_> = manifest
        .places()
        .map(|place| place.folder.as_str())
        .collect();
    assert_eq!(folders, ["../x", "C:\\z z"], "unquoted");
}

#[test]
fn a_place_is_known_to_the_letter() {
    let text = "go 1.24\n\nuse (\n\t./a\n\t\"/b c\" // far\n)\nuse ../d\n";
    let manifest = read(text);
    let written: Vec<_> = manifest
        .places()
        .map(|place| &text[place.at.clone()])
        .collect();
    assert_eq!(written, ["./a", "\"/b c\"", "../d"], "as it stands there");
    assert_eq!(quote("/b \"c\\"), r#""/b \"c\\""#, "as go reads it back");
}

#[test]
fn a_line_that_go_cannot_read_is_named() {
    for (text, line) in [
        ("module m\nrequire (\n a.b/c v1\n", 2),
        ("module m\n)\n", 2),
        ("module \"m\n", 1),
    ] {
        assert_eq!(Manifest::parse(text.as_bytes()), Err(line), "{text}");
    }
    assert_eq!(Manifest::parse(b"module m\ngo \xff\n"), Err(2), "no text");
}
