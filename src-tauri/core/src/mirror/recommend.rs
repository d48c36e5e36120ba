//! The chain that follows from a test: never a bare address, and a reason for each part.

use super::{
    database::DatabaseChoice,
    report::{MirrorReport, Reason, Recommended},
    test::Target,
};
use crate::secret::mask_text;

/// What GOSUMDB is where nobody sets it (`$GOROOT/go.env`).
pub const DEFAULT_DATABASE: &str = "sum.golang.org";

/// What a recommendation is made from.
#[derive(Clone, Copy)]
pub struct Tested<'a> {
    /// Those that were tested.
    pub targets: &'a [Target],
    /// What came of it, in the same order.
    pub rows: &'a [MirrorReport],
    /// Ids of the sound ones, the best first.
    pub ranking: &'a [String],
    /// Where Go can ask the database itself, the preferred one first.
    pub databases: &'a [DatabaseChoice],
    /// GOSUMDB's values whose databases answered.
    pub answering: &'a [String],
}

/// A chain with raw addresses, for GOPROXY and GOSUMDB.
#[derive(Clone, PartialEq, Eq)]
pub struct Chain {
    /// For GOPROXY, with credentials: it never leaves the core.
    pub goproxy: String,
    /// For GOSUMDB.
    pub gosumdb: String,
}

/// The recommendation, and the raw chain it stands for; none when no mirror is sound.
pub fn recommend(tested: &Tested<'_>) -> Option<(Recommended, Chain)> {
    let ranked: Vec<_> = tested
        .ranking
        .iter()
        .filter_map(|id| {
            let mut pairs = tested.targets.iter().zip(tested.rows);
            pairs.find(|(target, _)| target.id == *id)
        })
        .collect();
    // a company's own server knows what no public mirror does, and must not be told last
    let first = ranked
        .iter()
        .find(|(target, _)| target.own)
        .or_else(|| ranked.first())?;
    let second = ranked.iter().find(|(target, _)| {
        target.id != first.0.id
            && (target.operator.is_empty() || target.operator != first.0.operator)
    });
    let mut why = vec![match first.0.own {
        true => Reason::OwnFirst {
            mirror: first.0.id.clone(),
        },
        false => fastest(first),
    }];
    why.extend(second.map(|second| match first.0.own {
        true => fastest(second),
        false => Reason::OtherOperator {
            mirror: second.0.id.clone(),
        },
    }));
    why.push(Reason::OriginLast {});
    let (gosumdb, reason) = database(first.0, first.1, tested);
    why.push(reason);
    let mirrors: Vec<_> = std::iter::once(first).chain(second).collect();
    let mut entries: Vec<_> = mirrors
        .iter()
        .map(|(target, _)| target.url.as_str())
        .collect();
    entries.push("direct");
    let goproxy = entries.join(",");
    let recommended = Recommended {
        goproxy: mask_text(&goproxy),
        gosumdb: gosumdb.clone(),
        mirrors: mirrors
            .iter()
            .map(|(target, _)| target.id.clone())
            .collect(),
        why,
    };
    Some((recommended, Chain { goproxy, gosumdb }))
}

fn fastest((target, row): &(&Target, &MirrorReport)) -> Reason {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float's cast saturates"
    )]
    let projected_ms = row.projected_ms.unwrap_or_default().round() as u32;
    Reason::Fastest {
        mirror: target.id.clone(),
        projected_ms,
    }
}

/// Through the first mirror where it passes the database on, else at an address that answers here.
fn database(target: &Target, row: &MirrorReport, tested: &Tested<'_>) -> (String, Reason) {
    // a mirror is asked for the database only when GOSUMDB names it without an address (go-semantics 2.5)
    let through = tested
        .databases
        .iter()
        .find(|choice| choice.through_mirrors);
    if row.sumdb.lookup_ok == Some(true)
        && let Some(through) = through
    {
        let mirror = target.id.clone();
        return (
            through.gosumdb.clone(),
            Reason::DatabaseThroughMirror { mirror },
        );
    }
    match tested.answering.first() {
        Some(answering) => {
            let database = answering.clone();
            (answering.clone(), Reason::DatabaseAnswers { database })
        }
        None => {
            let first = tested.databases.first();
            let database = first
                .map_or(DEFAULT_DATABASE, |choice| &choice.gosumdb)
                .to_owned();
            (database.clone(), Reason::DatabaseSilent { database })
        }
    }
}
