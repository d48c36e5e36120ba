//! What somebody pasted, as host and path of a module.

/// A host, a path below it, and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// In lower case, without port and user.
    pub(crate) host: String,
    /// Without what belongs to a page, a version, or git; maybe empty.
    pub(crate) path: String,
    /// An address to clone from or to look at, and not the path of a module.
    pub(crate) is_address: bool,
}

/// What a page of a repository is called, behind its path: of GitHub, Gitea, Gogs, Bitbucket.
const PAGES: &[&str] = &[
    "actions", "blob", "branches", "browse", "commit", "commits", "issues", "pull", "pulls", "raw",
    "releases", "src", "tags", "tree", "wiki",
];

/// Pieces of a pasted text, without quotes.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let separators = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '，' | '；' | '、' | '|' | '<' | '>')
    };
    text.split(separators)
        .map(|piece| piece.trim_matches(['"', '\'', '`']))
        .filter(|piece| !is_beside_the_point(piece))
}

/// What is pasted along: of a line of go.mod or go.sum, of `git clone` and `go get`.
fn is_beside_the_point(piece: &str) -> bool {
    const WORDS: &[&str] = &[
        "",
        "//",
        "(",
        ")",
        "=>",
        "=",
        "clone",
        "exclude",
        "get",
        "git",
        "go",
        "indirect",
        "install",
        "module",
        "replace",
        "require",
        "retract",
        "toolchain",
        "use",
    ];
    let numbers = piece.strip_prefix('v').unwrap_or(piece);
    WORDS.contains(&piece)
        || (piece.starts_with('-') && !piece.contains('.'))
        || piece.starts_with("h1:")
        || piece.starts_with("go1.")
        || (numbers.starts_with(|c: char| c.is_ascii_digit()) && is_version(numbers))
}

/// `1.22`, `1.2.3-pre+meta`; an address of four numbers is none.
fn is_version(numbers: &str) -> bool {
    let core = numbers.split(['-', '+']).next().unwrap_or_default();
    core.split('.').count() <= 3
        && core
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Reads one piece; none for what names no host.
pub(crate) fn read(piece: &str) -> Option<Named> {
    let (host, path, is_address) = parts(piece)?;
    Some(Named {
        host: host.to_lowercase(),
        path: module_path(path, is_address),
        is_address,
    })
}

/// The pattern that an address, or a path with a user, a port or `.git`, was to be.
pub(crate) fn meant(piece: &str) -> Option<String> {
    let Named { host, path, .. } = read(piece)?;
    Some(match path.as_str() {
        "" => host,
        path => format!("{host}/{path}"),
    })
}

/// Host, path, and whether it is an address to clone from or to look at.
fn parts(piece: &str) -> Option<(&str, &str, bool)> {
    if let Some((_, rest)) = piece.split_once("://") {
        let (authority, path) = split_path(rest);
        let host = authority.rsplit('@').next()?;
        return Some((without_port(host)?, path, true));
    }
    let (before, path) = split_path(piece);
    match before.split_once(':') {
        // `git@host:team/repo.git`, as ssh and git write it, or `host:8443`
        Some((host, rest)) => {
            let host = host.rsplit('@').next()?;
            let is_port = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
            let behind = &piece[piece.find(':')? + 1..];
            Some((host, if is_port { path } else { behind }, true))
        }
        None => {
            let host = before.rsplit('@').next()?;
            // `path@version` names a version, `user@host/path` a user
            match (before.split_once('@'), path) {
                (Some((host, _)), "") if host.contains('.') => Some((host, "", false)),
                _ => Some((host, path, host != before)),
            }
        }
    }
}

fn split_path(text: &str) -> (&str, &str) {
    text.split_at(text.find(['/', '?', '#']).unwrap_or(text.len()))
}

/// Paths of modules have no ports.
fn without_port(host: &str) -> Option<&str> {
    match host.split_once(':') {
        None => Some(host),
        Some((host, port)) => port
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then_some(host),
    }
}

/// Without what belongs to a page of the repository, a version, or git.
fn module_path(path: &str, is_address: bool) -> String {
    let path = path.split(['?', '#', '@']).next().unwrap_or(path);
    let path = path.split("/-/").next().unwrap_or(path);
    let path = path.trim_matches('/');
    let mut elements: Vec<_> = path.split('/').collect();
    if is_address && let Some(page) = elements.iter().skip(2).position(|at| PAGES.contains(at)) {
        elements.truncate(page + 2);
    }
    // `x/lib` covers `x/lib/v2` as well
    if elements.len() > 1 && elements.last().is_some_and(|last| is_major(last)) {
        elements.pop();
    }
    let path = elements.join("/");
    match path.strip_suffix(".git") {
        Some(path) => path.to_owned(),
        None => path,
    }
}

fn is_major(element: &str) -> bool {
    let digits = element.strip_prefix('v').unwrap_or_default();
    !digits.is_empty()
        && !digits.starts_with('0')
        && digits != "1"
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether Go could download from it: a host without a dot is none for Go (`module.CheckPath`).
pub(crate) fn is_host(host: &str) -> bool {
    host.contains('.') && is_name(host)
}

/// Whether this may be a host's name or a pattern of one.
pub(crate) fn is_name(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_*?".contains(c);
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(is_plain)
    };
    host.split('.').all(is_label)
}

/// Whether every element may stand in the path of a module or in a pattern of one.
pub(crate) fn is_path(path: &str) -> bool {
    path.is_empty()
        || path.split('/').all(|element| {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~*?".contains(c);
            !matches!(element, "" | "." | "..") && element.chars().all(is_plain)
        })
}
