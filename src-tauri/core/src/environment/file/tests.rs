use proptest::{collection::vec, prelude::*};

use super::*;

/// Pieces of odd files: comments, CRLF, marks, bytes that are no text, shell, duplicates.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"GOPROXY=direct".to_vec()),
        Just(b"GOPROXY=https://u:p@h/\r".to_vec()),
        Just(b"# comment".to_vec()),
        Just(b"".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"export GOPATH=/x".to_vec()),
        Just(b"\xef\xbb\xbfGOPROXY=x".to_vec()),
        Just(b"GOFLAGS=\xff\xfe\0".to_vec()),
        Just([b"GOPATH=/".as_slice(), &[b'x'; 70_000]].concat()),
        vec(any::<u8>(), 0..40),
    ];
    (vec(piece, 0..12), any::<bool>()).prop_map(|(pieces, ends)| {
        let mut file = pieces.join(&b'\n');
        file.extend_from_slice(if ends { b"\n" } else { b"" });
        file
    })
}

fn others(text: &EnvText, name: &str) -> Vec<Vec<u8>> {
    text.lines()
        .filter(|(_, line)| setting(line).is_none_or(|(key, _)| key != name.as_bytes()))
        .map(|(_, line)| line.to_vec())
        .collect()
}

proptest! {
    #[test]
    fn what_is_not_changed_is_not_touched(file in files()) {
        prop_assert_eq!(EnvText::parse(&file).render(), file, "parsing loses no byte");
    }

    #[test]
    fn a_value_that_is_set_is_read_and_no_other_line_moves(file in files(), value in "[^\0\n\r\u{b}]{0,60}") {
        let before = EnvText::parse(&file);
        let mut text = before.clone();
        text.set("GOPROXY", &value);
        let read = EnvText::parse(&text.render());
        prop_assert_eq!(read.get("GOPROXY"), Some(value.as_str()), "set, then read");
        prop_assert_eq!(others(&read, "GOPROXY"), others(&before, "GOPROXY"), "every other line as it was");
    }

    #[test]
    fn a_name_that_is_unset_is_gone_and_no_other_line_moves(file in files()) {
        let before = EnvText::parse(&file);
        let mut text = before.clone();
        text.unset("GOPROXY");
        prop_assert_eq!(text.line_of("GOPROXY"), None, "all of its lines are gone");
        prop_assert_eq!(others(&text, "GOPROXY"), others(&before, "GOPROXY"), "every other line as it was");
    }

    #[test]
    fn an_edit_and_its_reverse_give_the_same_bytes(file in files(), value in "[ -~]{0,60}") {
        let mut text = EnvText::parse(&file);
        match text.get("GOPROXY").map(str::to_owned) {
            Some(former) => {
                text.set("GOPROXY", &value);
                text.set("GOPROXY", &former);
                prop_assert_eq!(text.render(), file, "set back");
            }
            None if text.line_of("GOPROXY").is_none() && (file.is_empty() || file.ends_with(b"\n")) => {
                text.set("GOPROXY", &value);
                text.unset("GOPROXY");
                prop_assert_eq!(text.render(), file, "taken out again");
            }
            None => {}
        }
    }
}
