use super::*;
use crate::shadow::startup::{statement::Effect, text::Known};

/// `line NAME=value` for each assignment; `?` for an unknown value, then what the marks of the statement are.
fn read(source: &str) -> Vec<String> {
    let known = Known::from([("HOME".to_owned(), "/home/ann".to_owned())]);
    let shown = |statement: Statement| {
        let effect = match &statement.effect {
            Effect::Set {
                name,
                value,
                exported,
            } => {
                let value = value.as_ref().and_then(|value| value.value(&known));
                let value = value.unwrap_or_else(|| "?".to_owned());
                format!("{}{name}={value}", if *exported { "x " } else { "" })
            }
            other => format!("{other:?}"),
        };
        let mut marks = String::new();
        if statement.conditional {
            marks.push_str(" maybe");
        }
        match statement.removal {
            Some(Removal::Comment) => {}
            Some(Removal::Hollow) => marks.push_str(" hollow"),
            None => marks.push_str(" entangled"),
        }
        format!("{} {effect}{marks}", statement.lines.start)
    };
    statements(source.as_bytes())
        .into_iter()
        .map(shown)
        .collect()
}

#[test]
fn values_are_read_as_the_shell_reads_them() {
    let table = [
        ("export A=b", "1 x A=b"),
        ("export A='b c'", "1 x A=b c"),
        ("export A=\"b \\\"c\\\" \\d\"", "1 x A=b \"c\" \\d"),
        ("export A=b\\ c", "1 x A=b c"),
        ("export A=$'b\\tc'", "1 x A=b\tc"),
        ("export A=~/go:~/x", "1 x A=/home/ann/go:/home/ann/x"),
        ("export A=\"$HOME/go\"", "1 x A=/home/ann/go"),
        ("export A=${HOME}/go", "1 x A=/home/ann/go"),
        ("export A='$HOME'", "1 x A=$HOME"),
        ("export A=\"~/go\"", "1 x A=~/go"),
        ("export A=$(id -u)", "1 x A=?"),
        ("export A=`id`x", "1 x A=?"),
        ("export A=$OTHER", "1 x A=?"),
        ("export A=${HOME:-x}", "1 x A=?"),
        ("export A=a#b # c", "1 x A=a#b"),
        ("export A=", "1 x A="),
        ("export A=b\\\nc", "1 x A=bc"),
        ("export A='b\nc'", "1 x A=b\nc"),
        ("A=b", "1 A=b"),
        ("declare -x A=b", "1 x A=b"),
        ("typeset -gx A=b", "1 x A=b"),
        ("declare A=b", "1 A=b"),
        ("builtin export A=b", "1 x A=b"),
        ("export A=b;", "1 x A=b"),
        ("  export A=b ; # c", "1 x A=b"),
        ("export A=b 2>/dev/null", "1 x A=b"),
        ("export A=(a b)", "1 x A=?"),
        ("export A+=b", "1 x A=?"),
    ];
    for (source, expected) in table {
        assert_eq!(read(source), [expected], "{source}");
    }
}

#[test]
fn what_does_not_reach_the_environment_is_passed_over() {
    let table = [
        "A=b go build",
        "(export A=b)",
        "export A=b | cat",
        "# export A=b",
        "echo 'x\nexport A=b\n'",
        "cat <<EOF\nexport A=b\nEOF",
        "cat <<-'E F' >x\nexport A=b\n\tE F",
        "echo \"$(\nexport A=b\n)\"",
        "\u{feff}export A=b",
        "export 'A=b",
        "echo export A=b",
        "case $x in a|A=b) ;; esac",
    ];
    for source in table {
        assert_eq!(read(source), [""; 0], "{source}");
    }
}

#[test]
fn lines_are_told_apart_that_do_more_than_one_thing() {
    let table = [
        ("export A=b; echo", "1 x A=b entangled"),
        ("echo; export A=b", "1 x A=b entangled"),
        ("true && export A=b", "1 x A=b maybe entangled"),
        ("true &&\nexport A=b", "2 x A=b maybe entangled"),
        ("export A=b || true", "1 x A=b entangled"),
        ("if x; then export A=b; fi", "1 x A=b maybe entangled"),
        ("if x; then\n  export A=b\nfi", "2 x A=b maybe hollow"),
        (
            "if x\nthen\n\n# c\n  export A=b\nelse\ny\nfi",
            "5 x A=b maybe hollow",
        ),
        ("if x; then\n  y\n  export A=b\nfi", "3 x A=b maybe"),
        ("f() {\n  export A=b\n}", "2 x A=b maybe hollow"),
        ("case $x in\n a)\n  export A=b\n  ;;\nesac", "3 x A=b maybe"),
        ("for i in 1; do\n  export A=b\ndone", "2 x A=b maybe hollow"),
        ("(( x << 2 ))\nexport A=b", "2 x A=b"),
        ("if (( x << 2 )); then y; fi\nexport A=b", "2 x A=b"),
        ("case $x in (a) y;; esac\nexport A=b", "2 x A=b"),
        ("export A=$(\n# don't )\n)", "1 x A=? entangled"),
        ("export A=b <<E\nx\nE", "1 x A=b entangled"),
        ("x <<E; export A=b\ny\nE", "1 x A=b entangled"),
    ];
    for (source, expected) in table {
        assert_eq!(read(source), [expected], "{source}");
    }
    assert_eq!(
        read("export A=b C=d"),
        ["1 x A=b entangled", "1 x C=d entangled"],
        "two variables on a line"
    );
}
