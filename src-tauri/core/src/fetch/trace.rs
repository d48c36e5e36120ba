//! What go tells of its requests with `-x`: `# get URL` when it asks, and `# get URL: 200 OK (0.123s)` when the head of the
//! answer is there (cmd/go/internal/web/http.go, the same from 1.14 to 1.27).

use std::time::Duration;

use crate::module::{Module, unescape};

/// What was told so far.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// Where the proxies of this download are, on their hosts: `/`, `/repository/goproxy/`.
    bases: Vec<String>,
    pub(super) requests: Requests,
    /// Modules whose zip was asked for since somebody took them.
    pub(super) asked: Vec<Module>,
}

/// Requests that were answered, or failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Requests {
    /// All of them.
    pub count: u32,
    /// Those without an answer, and those that were answered by 400 or more; but for a mirror that says that it passes no
    /// checksum database on, which is no fault.
    pub failed: u32,
    /// Those with an answer, whatever it was.
    pub answered: u32,
    /// How long their answers took to begin, all together, by go's own clock.
    pub waited: Duration,
}

impl Requests {
    /// How long an answer took to begin, on average: `waited / answered`. Requests run beside each other, so this times
    /// their number is more than the whole.
    pub fn mean(&self) -> Option<Duration> {
        self.waited.checked_div(self.answered)
    }
}

impl Trace {
    /// For a download through this GOPROXY.
    pub(super) fn of(goproxy: &str) -> Self {
        let urls = goproxy
            .split([',', '|'])
            .filter_map(|entry| url::Url::parse(entry.trim()).ok());
        let base = |url: url::Url| format!("{}/", url.path().trim_end_matches('/'));
        let mut bases: Vec<_> = urls.map(base).collect();
        // the longest one that fits is meant
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        Self {
            bases,
            ..Self::default()
        }
    }

    /// Takes one line of standard error, and says whether it belongs to the trace.
    pub(super) fn hear(&mut self, line: &str) -> bool {
        let Some(told) = line.strip_prefix("# get ") else {
            return is_command(line);
        };
        match told.split_once(": ") {
            None => self.asked.extend(self.zip(told)),
            Some((url, outcome)) => self.requests.take(url, outcome),
        }
        true
    }

    /// The module whose zip is at this address.
    fn zip(&self, url: &str) -> Option<Module> {
        let (_, after) = url.split_once("://")?;
        let path = &after[after.find('/')?..];
        let path = path.strip_suffix(".zip")?.replace("%21", "!");
        let mut bases = self.bases.iter();
        let path = bases.find_map(|base| path.strip_prefix(base.as_str()))?;
        let (module, version) = path.split_once("/@v/")?;
        format!("{}@{}", unescape(module)?, unescape(version)?)
            .parse()
            .ok()
    }
}

impl Requests {
    fn take(&mut self, url: &str, outcome: &str) {
        self.count += 1;
        let answer = outcome.rsplit_once(" (").and_then(|(status, rest)| {
            let seconds: f64 = rest.strip_suffix("s)")?.parse().ok()?;
            let code: u16 = status.split(' ').next()?.parse().ok()?;
            Some((code, Duration::try_from_secs_f64(seconds).ok()?))
        });
        let Some((code, waited)) = answer else {
            self.failed += 1;
            return;
        };
        self.answered += 1;
        self.waited += waited;
        let asks_for_database = url.contains("/sumdb/") && url.ends_with("/supported");
        if code >= 400 && !asks_for_database {
            self.failed += 1;
        }
    }
}

/// A command of `-x`, as when a module comes from its origin: `cd /…; git …`, `mkdir -p …`, `0.123s # cd …`.
fn is_command(line: &str) -> bool {
    let timed = || {
        let (time, _) = line.split_once("s # ")?;
        time.parse::<f64>().ok()
    };
    ["cd ", "mkdir -p "]
        .iter()
        .any(|command| line.starts_with(command))
        || timed().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(goproxy: &str, lines: &[&str]) -> Trace {
        let mut trace = Trace::of(goproxy);
        for line in lines {
            assert!(trace.hear(line), "a line of the trace: {line}");
        }
        trace
    }

    #[test]
    fn answers_and_failures_are_counted() {
        let trace = heard(
            "https://h/",
            &[
                "# get https://h/a.b/c/@v/v1.0.0.mod",
                "# get https://h/a.b/c/@v/v1.0.0.mod: 200 OK (0.100s)",
                "# get https://h/a.b/d/@v/v1.0.0.mod: 404 Not Found (0.300s)",
                "# get https://h/sumdb/sum.golang.org/supported: 404 Not Found (0.200s)",
                "# get https://h/a.b/e/@v/v1.0.0.mod: Get \"https://h\": dial tcp: refused",
            ],
        );
        assert_eq!(
            trace.requests,
            Requests {
                count: 4,
                failed: 2,
                answered: 3,
                waited: Duration::from_millis(600),
            },
            "the first line is only the question, and no database is no fault"
        );
        assert_eq!(trace.requests.mean(), Some(Duration::from_millis(200)));
        assert_eq!(Requests::default().mean(), None, "nothing was asked");
    }

    #[test]
    fn a_zip_that_is_asked_for_is_a_module() {
        let trace = heard(
            "https://u:p@h/go.proxy,https://other|direct",
            &[
                "# get https://u:xxxxx@h/go.proxy/github.com/%21azure/x/v2/@v/v2.0.0-%21r%21c1.zip",
                "# get https://other/a.b/c/@v/v1.0.0.zip",
                "# get https://other/a.b/c/@v/v1.0.0.info",
            ],
        );
        let names: Vec<_> = trace.asked.iter().map(Module::to_string).collect();
        assert_eq!(
            names,
            ["github.com/Azure/x/v2@v2.0.0-RC1", "a.b/c@v1.0.0"],
            "below the address of each proxy"
        );
    }

    #[test]
    fn what_go_says_of_itself_is_left() {
        let mut trace = Trace::default();
        for line in ["go: a.b/c@v1.0.0: reading https://h/: 500", "1.5s", ""] {
            assert!(!trace.hear(line), "{line}");
        }
        for line in [
            "cd /x; git init",
            "mkdir -p /x # git",
            "0.012s # cd /x; git init",
        ] {
            assert!(trace.hear(line), "{line}");
        }
    }
}
