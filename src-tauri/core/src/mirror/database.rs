//! The values of GOSUMDB that name one database, and where Go then asks (go-semantics 2.5).

use crate::checksum::Database;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseChoice {
    /// The value of GOSUMDB.
    pub gosumdb: String,
    /// Where Go asks when no mirror passes the database on.
    pub url: String,
    /// Mirrors are asked first: only a value without an address leaves that to them.
    pub through_mirrors: bool,
}

impl DatabaseChoice {
    /// Go's own database, at both of its addresses; Go knows the second by its name.
    pub fn of_go() -> Vec<Self> {
        vec![
            Self {
                gosumdb: "sum.golang.org".to_owned(),
                url: "https://sum.golang.org".to_owned(),
                through_mirrors: true,
            },
            Self {
                gosumdb: "sum.golang.google.cn".to_owned(),
                url: "https://sum.golang.google.cn".to_owned(),
                through_mirrors: false,
            },
        ]
    }

    /// A database that somebody runs, as GOSUMDB names it.
    pub fn own(gosumdb: &str, database: &Database, url: Option<&str>) -> Self {
        Self {
            gosumdb: gosumdb.to_owned(),
            url: url.map_or_else(|| format!("https://{}", database.name), str::to_owned),
            through_mirrors: url.is_none(),
        }
    }
}
