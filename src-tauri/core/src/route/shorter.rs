/// What `go get` asks for beside a path, because each may be the module that has the package: every shorter path, the longest
/// first (cmd/go/internal/modload/query.go, `modulePrefixesExcludingTarget`; go-semantics 2.2).
pub(super) fn shorter(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.rmatch_indices('/').map(|(at, _)| at);
    ends.map(|end| &path[..end])
        .filter(|path| is_versioned_well(path))
}

/// Whether a module may be called so (`module.SplitPathVersion`).
fn is_versioned_well(path: &str) -> bool {
    if path.starts_with("gopkg.in/") {
        let path = path.strip_suffix("-unstable").unwrap_or(path);
        let number = path.rsplit_once(".v").map(|(_, number)| number);
        return number.is_some_and(|number| {
            is_number(number) && (number == "0" || !number.starts_with('0'))
        });
    }
    match path.rsplit_once("/v") {
        Some((_, number))
            if !number.is_empty()
                && number
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.') =>
        {
            is_number(number) && number != "1" && !number.starts_with('0')
        }
        _ => true,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shorter_path_that_may_be_a_module_is_asked_for() {
        for (path, expected) in [
            ("a.example", &[][..]),
            ("a.example/b/c", &["a.example/b", "a.example"]),
            (
                "a.example/b/v2/c",
                &["a.example/b/v2", "a.example/b", "a.example"],
            ),
            ("a.example/v1/c", &["a.example"]),
            (
                "a.example/v0/v02/v2.3/v/c",
                &["a.example/v0/v02/v2.3/v", "a.example"],
            ),
            ("gopkg.in/yaml.v2/x", &["gopkg.in/yaml.v2", "gopkg.in"]),
            ("gopkg.in/team/yaml.v2", &["gopkg.in"]),
        ] {
            assert_eq!(shorter(path).collect::<Vec<_>>(), expected, "of {path}");
        }
    }
}
