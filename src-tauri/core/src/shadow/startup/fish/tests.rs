use super::*;
use crate::shadow::startup::text::Known;

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
        let maybe = if statement.conditional { " maybe" } else { "" };
        let entangled = if statement.removal.is_none() {
            " entangled"
        } else {
            ""
        };
        format!("{} {effect}{maybe}{entangled}", statement.lines.start)
    };
    statements(source.as_bytes())
        .into_iter()
        .map(shown)
        .collect()
}

#[test]
fn values_are_read_as_fish_reads_them() {
    let table = [
        ("set -gx A b", "1 x A=b"),
        ("set -x A 'b \\'c'", "1 x A=b 'c"),
        ("set -Ux A \"$HOME/go\"", "1 x A=/home/ann/go"),
        ("set --export --global A ~/go", "1 x A=/home/ann/go"),
        ("set -gx A b\\,c", "1 x A=b,c"),
        ("set -gx A https://a,direct # c", "1 x A=https://a,direct"),
        ("set -gx A (id -u)", "1 x A=?"),
        ("set -gx A b c", "1 x A=?"),
        ("set -gx A $OTHER", "1 x A=?"),
        ("set -gx A \\\n  b", "1 x A=b"),
        ("set -gx A b\r\n", "1 x A=b"),
        ("set -g A b", "1 A=b"),
        ("export A=b", "1 x A=b"),
        ("set -e A", "1 Unset(\"A\")"),
        ("if x\n  set -gx A b\nend", "2 x A=b maybe"),
        ("test x; and set -gx A b", "1 x A=b maybe entangled"),
        ("x && set -gx A b", "1 x A=b maybe entangled"),
        ("set -gx A b; x", "1 x A=b entangled"),
        (
            "SETUVAR --export A:b\\x2cc\\x3a//d",
            "1 x A=b,c://d entangled",
        ),
        ("SETUVAR --export A:b\\x1ec", "1 x A=? entangled"),
    ];
    for (source, expected) in table {
        assert_eq!(read(source), [expected], "{source}");
    }
}

#[test]
fn what_does_not_reach_the_environment_is_passed_over() {
    for source in [
        "set -lx A b",
        "set -q A",
        "# set -gx A b",
        "echo 'x\nset -gx A b\n'",
        "SETUVAR A:b",
        "set -gx A 'b",
    ] {
        assert_eq!(read(source), [""; 0], "{source}");
    }
}
