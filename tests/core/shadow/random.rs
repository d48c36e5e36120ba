//! Ten thousand start-up files that nobody would write (reliability A4).

use std::{fmt::Write, path::Path, process::Command};

use gopherdesk_core::shadow::{Assignment, Location, comment};
use proptest::{
    prelude::{Just, Strategy, any},
    sample::select,
    strategy::ValueTree,
    test_runner::TestRunner,
};

use super::{gathered, machine};
use crate::support::Sandbox;

const FILES: usize = 10_000;

/// Every so many files the quick verdict of a shell is compared with that of its own option `-n`.
const SAMPLE: usize = 50;

/// Lines that are whole commands.
const LINES: [&str; 26] = [
    "export GOPROXY=https://a,direct",
    "export GOFLAGS='-mod=mod'",
    "  export GOPROXY=\"$HOME/go\" # why",
    "export GOPROXY=\"x\n  y\n\nz\"",
    "export \\\n  GOSUMDB=off",
    "GOBIN=~/bin",
    "export GOBIN",
    "export GOPROXY=$(cat <<X\n)\nX\n)",
    "export GOFLAGS=`echo '('`",
    "declare -x GOPROXY=$'a\\'b'",
    "export GOPROXY=a;",
    "export GOPROXY=a; echo b",
    "true && export GOPROXY=b",
    "true ||\n  export GOPROXY=b",
    "cat <<EOF\nexport GOPROXY=c\n  if\nEOF",
    "cat <<-'EOF' >/dev/null\n\texport GOPROXY=d\n\tEOF",
    "# export GOPROXY=e",
    "echo 'export GOPROXY=f\nexport GOPROXY=g'",
    "(( x = 1 << 2 ))",
    "[[ $x =~ ^(a|b)$ ]] && y=1",
    "export GOPROXY=h 2>/dev/null",
    "(\n  export GOPROXY=i\n)",
    "unset GOPROXY",
    "alias g='go build'; x=${y:-\"}\"}",
    "",
    "\t",
];

/// What stands around a list of lines; `@` is the list.
const BLOCKS: [&str; 8] = [
    "if [ -f x ]; then\n@\nfi",
    "if true\nthen\n@\nelse\n@\nfi",
    "f() {\n@\n}",
    "for i in a b; do\n@\ndone",
    "while false; do\n@\ndone",
    "case $x in\n  a|b)\n@\n    ;;\n  *)\n@\nesac",
    "{\n@\n}",
    "function g {\n@\n}",
];

fn lines() -> impl Strategy<Value = String> {
    let list = proptest::collection::vec(select(&LINES[..]), 1..4).prop_map(|list| list.join("\n"));
    let block =
        (select(&BLOCKS[..]), list.clone()).prop_map(|(block, list)| block.replace('@', &list));
    let nested =
        (select(&BLOCKS[..]), block.clone()).prop_map(|(outer, block)| outer.replace('@', &block));
    let piece = proptest::prop_oneof![list, block, nested];
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| pieces.join("\n"))
}

fn source() -> impl Strategy<Value = Vec<u8>> {
    let tail = select(vec!["", "\n", "\n\n", " # no end", "\necho 'open"]);
    let head = select(vec![
        &b""[..],
        b"\xef\xbb\xbf",
        b"# \xff\xfe\n",
        b"#!/bin/bash\n",
    ]);
    let long = proptest::prop_oneof![999 => Just(0_usize), 1 => Just(1 << 20)];
    (head, lines(), tail, any::<bool>(), long).prop_map(|(head, lines, tail, returns, long)| {
        let mut text = format!("{lines}{tail}");
        if returns && lines.len() % 4 == 0 {
            text = text.replace('\n', "\r\n");
        }
        if long > 0 {
            let _ = write!(text, "\n#{}", "x".repeat(long));
        }
        [head, text.as_bytes()].concat()
    })
}

#[test]
fn commenting_out_and_back_is_the_same_file_and_the_shell_still_takes_it() {
    let sandbox = machine(&[]);
    let file = sandbox.path("home/.bashrc");
    let folder = sandbox.path("staged");
    let mut runner = TestRunner::deterministic();
    let mut taken = 0;
    for number in 0..FILES {
        let tree = source().new_tree(&mut runner).expect("a file");
        let before = tree.current();
        sandbox.write(&file, &before);
        let outer = gathered(&sandbox.host);
        let Some(found) = outer
            .assignments
            .iter()
            .filter(|found| found.removable)
            .nth(number % 2)
        else {
            continue;
        };
        let draft = match comment::draft(&sandbox.host, found) {
            Ok(draft) => draft,
            Err(error) => panic!("{error}: {found:?} in {}", String::from_utf8_lossy(&before)),
        };
        let after = draft.after.expect("the file stays");
        assert_eq!(
            String::from_utf8_lossy(&reversed(&after, found)),
            String::from_utf8_lossy(&before),
            "only the marks were added for {found:?}"
        );
        sandbox.write(&file, &after);
        let again = gathered(&sandbox.host);
        assert!(
            again.assignment(&found.id).is_none(),
            "it no longer counts in {}",
            String::from_utf8_lossy(&after)
        );
        stage(&sandbox, &format!("{number}.before"), &before);
        stage(&sandbox, &format!("{number}.after"), &after);
        if taken % SAMPLE == 0 {
            sandbox.write(&folder.join(format!("{number}.sample")), &after);
        }
        taken += 1;
    }
    assert!(
        taken > FILES / 4,
        "the files have lines to take out: {taken}"
    );
    for shell in ["bash", "zsh"] {
        let refused = refused(&folder, shell);
        assert!(refused.is_empty(), "{shell} took them before: {refused:#?}");
    }
}

/// The file with the marks taken away from the lines of `found`.
fn reversed(after: &[u8], found: &Assignment) -> Vec<u8> {
    let Location::File { line, .. } = found.at else {
        panic!("a line of a file");
    };
    let first = line as usize - 1;
    let count = found.text.split('\n').count();
    let mut lines: Vec<_> = after
        .split_inclusive(|&byte| byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    for (number, line) in lines.iter_mut().enumerate().skip(first).take(count) {
        let hollow = line.windows(4).position(|window| window == b": # ");
        let indent = line
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        let mark = if number == first && hollow == Some(indent) {
            4
        } else {
            2
        };
        line.drain(indent..indent + mark);
    }
    lines.concat()
}

/// Writes a file for [`refused`]: a shell that reads the first line reads the rest and runs none of it.
fn stage(sandbox: &Sandbox, name: &str, bytes: &[u8]) {
    let file = sandbox.path("staged").join(name);
    sandbox.write(&file, [b"set -n\n", bytes].concat());
}

/// Files that the shell took before the line was commented out, and refuses now.
///
/// One shell reads them all, each in a fork of its own; a sample is also given to a new shell with `-n`, which is
/// the same and takes ten times as long.
fn refused(folder: &Path, shell: &str) -> Vec<String> {
    let script = r#"cd "$1" || exit
    for file in *.after; do
        (. "./$file") >/dev/null 2>&1 || ! (. "./${file%.after}.before") >/dev/null 2>&1 || printf '%s\0' "$file"
    done
    for file in *.sample; do
        (. "./${file%.sample}.after") >/dev/null 2>&1 && quick=taken || quick=refused
        "$0" -n "./$file" >/dev/null 2>&1 && slow=taken || slow=refused
        [ $quick = $slow ] || printf '%s\0' "$file"
    done"#;
    let mut command = Command::new(shell);
    // no start-up file of whoever runs this
    command
        .args(["-c", script, shell])
        .arg(folder)
        .env("ZDOTDIR", folder);
    let output = command.output().expect("the shells are installed");
    assert!(
        output.status.success(),
        "the script itself is right: {output:?}"
    );
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let shown = |name| {
        std::fs::read(folder.join(name)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    names
        .split_terminator('\0')
        .take(3)
        .map(|name| shown(name).unwrap_or_else(|error| error.to_string()))
        .collect()
}
