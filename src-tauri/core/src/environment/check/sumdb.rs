//! GOSUMDB, by Go's own rules ([`Gosumdb`]; go-semantics 2.5).
//!
//! Every download fails on a value that is refused here, although `go env -w` takes it.

use super::{CheckContext, Findings, Problem};
use crate::{
    checksum::{Database, Gosumdb, KeyFault, SettingFault},
    mirror::{MirrorStatus, catalogue},
};

pub(super) fn check(value: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    let fault = match Gosumdb::parse(value) {
        Ok(Gosumdb::Off) => return,
        Ok(Gosumdb::Database { database, .. }) => {
            findings.warnings.extend(known(&database));
            return;
        }
        Err(fault) => fault,
    };
    // until Go 1.20 nothing meant the default
    let is_default = value.is_empty()
        && context
            .version
            .is_some_and(|version| !version.at_least(1, 21));
    if !is_default {
        findings.refusals.push(problem(fault));
    }
}

/// What is known of the database, if that is no good.
fn known(database: &Database) -> Option<Problem> {
    let is_it =
        |gosumdb: &str| Database::parse(gosumdb).is_some_and(|(known, _)| known == *database);
    let mut dead = catalogue::databases()
        .iter()
        .filter(|known| known.status == MirrorStatus::Dead);
    let found = dead.find(|known| is_it(&known.gosumdb))?;
    Some(Problem::SumdbDead {
        name: found.name.clone(),
    })
}

/// In the words of Go, where it has some.
fn problem(fault: SettingFault) -> Problem {
    let reason = match fault {
        SettingFault::Empty => return Problem::SumdbEmpty {},
        SettingFault::Key(KeyFault::Damaged) => return Problem::SumdbKeyDamaged {},
        SettingFault::TooManyFields => "too many fields",
        SettingFault::Key(KeyFault::Malformed) => "malformed verifier id",
        SettingFault::Key(KeyFault::Algorithm) => "unknown verifier algorithm",
        SettingFault::Key(KeyFault::Name) => "the name is not host[/path]",
    };
    Problem::SumdbMalformed {
        reason: reason.to_owned(),
    }
}
