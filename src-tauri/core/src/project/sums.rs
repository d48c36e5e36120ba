//! A `go.sum`: `path version hash` on each line, for a module's zip, and with `/go.mod` behind the version for its
//! `go.mod` alone (cmd/go/internal/modfetch, `readGoSum`).

use crate::module::Module;

/// Modules whose zip was needed, each once; the error is the line that cannot be read, counted from 1.
pub(super) fn modules(bytes: &[u8]) -> Result<Vec<Module>, u32> {
    let mut modules = Vec::new();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = std::str::from_utf8(line).map_err(|_| number)?;
        let fields: Vec<_> = line.split_whitespace().collect();
        match fields.as_slice() {
            [] => {}
            [_, version, _] if version.ends_with("/go.mod") => {}
            // what is no module is go's to refuse
            [path, version, _] => modules.extend(format!("{path}@{version}").parse::<Module>()),
            _ => return Err(number),
        }
    }
    modules.sort_by_cached_key(Module::to_string);
    modules.dedup();
    Ok(modules)
}

/// What a line says, for whoever compares: `path@version`, whether it is of the `go.mod` alone, and the hash. Lines that go
/// would not read are left out.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (Module, bool, &str)> {
    bytes.split(|byte| *byte == b'\n').filter_map(|line| {
        let fields: Vec<_> = std::str::from_utf8(line).ok()?.split_whitespace().collect();
        let [path, version, hash] = fields.as_slice() else {
            return None;
        };
        let (version, manifest) = match version.strip_suffix("/go.mod") {
            Some(version) => (version, true),
            None => (*version, false),
        };
        Some((format!("{path}@{version}").parse().ok()?, manifest, *hash))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_counts_once_and_a_go_mod_alone_does_not() {
        let text =
            b"b.c/d v1.0.0 h1:x=\nb.c/d v1.0.0/go.mod h1:y=\n\na.b/c v1.0.0/go.mod h1:z=\r\n\
                     a.b/c v1.2.0 h1:z=\na.b/c v1.2.0 h1:other=\n";
        let names: Vec<_> = modules(text)
            .expect("a go.sum")
            .iter()
            .map(Module::to_string)
            .collect();
        assert_eq!(names, ["a.b/c@v1.2.0", "b.c/d@v1.0.0"], "in order");
    }

    #[test]
    fn a_line_that_go_cannot_read_is_named() {
        for text in [&b"a.b/c v1 h1:x=\na.b/c v1\n"[..], b"\n<<<<<<< HEAD\n"] {
            assert_eq!(modules(text), Err(2), "{text:?}");
        }
    }
}
