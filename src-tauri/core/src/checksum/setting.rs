use std::fmt;

use super::{Database, KeyFault};

/// What GOSUMDB says (cmd/go/internal/modfetch/sumdb.go, `dbDial`; go-semantics 2.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gosumdb {
    /// Nothing is verified against a database.
    Off,
    /// This one is asked.
    Database {
        /// Whose signature counts.
        database: Database,
        /// Where it is asked, past every mirror; none asks the mirrors that pass it on, then `https://` and its name.
        url: Option<String>,
    },
}

/// Why Go cannot use a value of GOSUMDB. `go env -w` takes it all the same, and every download fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingFault {
    /// Nothing, or only spaces.
    Empty,
    /// More than a key and an address.
    TooManyFields,
    /// Neither a known name nor a key.
    Key(KeyFault),
}

/// What go prints.
impl fmt::Display for SettingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "missing GOSUMDB",
            Self::TooManyFields => "invalid GOSUMDB: too many fields",
            Self::Key(KeyFault::Malformed) => "invalid GOSUMDB: malformed verifier id",
            Self::Key(KeyFault::Damaged) => "invalid GOSUMDB: invalid verifier hash",
            Self::Key(KeyFault::Algorithm) => "invalid GOSUMDB: unknown verifier algorithm",
            Self::Key(KeyFault::Name) => "invalid sumdb name (must be host[/path])",
        })
    }
}

impl Gosumdb {
    /// Reads a value as Go does.
    ///
    /// # Errors
    /// Go would not use it.
    pub fn parse(value: &str) -> Result<Self, SettingFault> {
        match value {
            "off" => return Ok(Self::Off),
            "sum.golang.google.cn" => {
                return Ok(Self::Database {
                    database: Database::sum_golang_org(),
                    url: Some("https://sum.golang.google.cn".to_owned()),
                });
            }
            _ => {}
        }
        let mut fields = value.split_whitespace();
        let key = fields.next().ok_or(SettingFault::Empty)?;
        let url = fields.next().map(str::to_owned);
        if fields.next().is_some() {
            return Err(SettingFault::TooManyFields);
        }
        let database = match key {
            "sum.golang.org" => Database::sum_golang_org(),
            _ => Database::from_key(key).map_err(SettingFault::Key)?,
        };
        Ok(Self::Database { database, url })
    }
}

impl Database {
    /// The database that a value of GOSUMDB names, and where it is asked when the value says so; none for `off` and for
    /// what Go does not take.
    pub fn parse(gosumdb: &str) -> Option<(Self, Option<String>)> {
        match Gosumdb::parse(gosumdb) {
            Ok(Gosumdb::Database { database, url }) => Some((database, url)),
            Ok(Gosumdb::Off) | Err(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sum.example+23691819+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

    #[test]
    fn a_value_is_read_as_go_reads_it() {
        let url = |text: &str| Some(text.to_owned());
        let google = Database::sum_golang_org();
        let own = Database::from_key(KEY).expect("a key");
        for (value, expected) in [
            ("sum.golang.org", Some((google.clone(), None))),
            (
                "sum.golang.google.cn",
                Some((google.clone(), url("https://sum.golang.google.cn"))),
            ),
            (
                " sum.golang.org \t https://s.example/x ",
                Some((google, url("https://s.example/x"))),
            ),
            (KEY, Some((own.clone(), None))),
            (
                &format!("{KEY} http://127.0.0.1:1"),
                Some((own, url("http://127.0.0.1:1"))),
            ),
            ("off", None),
            ("goproxy.cn/sumdb/sum.golang.org", None),
        ] {
            assert_eq!(Database::parse(value), expected, "{value}");
        }
    }

    #[test]
    fn what_go_does_not_take_has_a_reason() {
        let malformed = SettingFault::Key(KeyFault::Malformed);
        for (value, fault) in [
            ("", SettingFault::Empty),
            (" \t", SettingFault::Empty),
            ("a b c", SettingFault::TooManyFields),
            ("sum.golang.org a b", SettingFault::TooManyFields),
            (" off", malformed),
            ("OFF", malformed),
            ("goproxy.cn", malformed),
            ("sum.golang.google.cn https://x.example", malformed),
            ("https://sum.golang.org", malformed),
        ] {
            assert_eq!(Gosumdb::parse(value), Err(fault), "{value:?}");
        }
        assert_eq!(
            Gosumdb::parse("off"),
            Ok(Gosumdb::Off),
            "a choice, no fault"
        );
    }
}
