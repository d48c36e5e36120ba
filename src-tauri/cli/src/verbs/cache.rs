//! `gdesk cache`.

mod clean;
mod progress;
mod relocate;
mod verify;

use std::path::{PathBuf, absolute};

use gopherdesk_core::cache::{CacheError, CacheId, Inventory, PlanCaches, ScanCaches, ScanEvent};
use serde_json::{Value, json};

use crate::{
    arguments::{CacheVerb, Target},
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
};
use progress::Progress;

/// Names the one job that this program ever has.
const JOB: &str = "caches";

/// Does what was asked for.
pub(super) async fn run(session: &Session<'_>, verb: CacheVerb) -> Result<Answer, Refusal> {
    match verb {
        CacheVerb::List => {
            let caches = session.app.cache_list(()).await?;
            let text = print::cache::places(session.texts, &caches);
            noting_asides(session, Answer::new(json!(caches), text)).await
        }
        CacheVerb::Scan {
            caches,
            projects,
            exact,
            lines,
        } => {
            open(session, projects).await?;
            let inventory = scan(session, caches, exact, lines).await?;
            let text = print::cache::inventory(session.texts, &inventory);
            let mut answer = Answer::new(told(&inventory), text);
            if inventory.cancelled {
                answer.end = End::Stopped;
            }
            noting_asides(session, answer).await
        }
        CacheVerb::Plan {
            targets,
            caches,
            projects,
        } => {
            open(session, projects).await?;
            let wish = wish(session, &targets, caches).await?;
            let plan = session.app.cache_plan(wish).await?;
            let text = print::cache::plan(session.texts, &plan);
            Ok(Answer::new(json!(plan), text))
        }
        CacheVerb::Clean {
            targets,
            caches,
            projects,
            beside_go,
            keep_aside,
            lines,
            consent,
        } => {
            open(session, projects).await?;
            let wish = wish(session, &targets, caches).await?;
            let plan = session.app.cache_plan(wish).await?;
            let manner = clean::Manner {
                beside_go,
                keep_aside,
                lines,
            };
            clean::carry_out(session, &plan, manner, &consent).await
        }
        CacheVerb::Restore { aside } => clean::restore(session, aside).await,
        CacheVerb::Purge {
            aside,
            lines,
            consent,
        } => clean::purge(session, aside, lines, &consent).await,
        CacheVerb::Verify {
            versions,
            caches,
            lines,
        } => verify::run(session, &versions, caches, lines).await,
        CacheVerb::Repair {
            versions,
            beside_go,
            consent,
        } => verify::repair(session, &versions, beside_go, &consent).await,
        CacheVerb::Move {
            to,
            beside_go,
            delete_old,
            lines,
            consent,
        } => {
            let manner = clean::Manner {
                beside_go,
                keep_aside: false,
                lines,
            };
            relocate::run(session, to, manner, delete_old, &consent).await
        }
    }
}

/// What left its place and still takes space is in no cache's figure.
async fn noting_asides(session: &Session<'_>, mut answer: Answer) -> Result<Answer, Refusal> {
    let asides = session.app.cache_asides(()).await?;
    let notes = asides.iter();
    let notes = notes.map(|aside| print::cache::aside_note(session.texts, aside));
    answer.notes.extend(notes);
    Ok(answer)
}

/// Names projects, so that what they need is not called unused.
async fn open(session: &Session<'_>, projects: Vec<PathBuf>) -> Result<(), Refusal> {
    for folder in projects {
        let folder = absolute(&folder).unwrap_or(folder);
        session.app.project_open(folder).await?;
    }
    Ok(())
}

/// Counts what is there; every other verb works on what was counted.
async fn scan(
    session: &Session<'_>,
    caches: Vec<String>,
    exact: bool,
    lines: bool,
) -> Result<Inventory, Refusal> {
    let caches = named(session, caches).await?;
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let progress = Progress::new(session, lines);
    let observer = |event: ScanEvent| progress.scanned(&event);
    let wish = ScanCaches { caches, exact };
    let work = Box::pin(session.app.cache_scan(wish, &job, &observer));
    let inventory = session.interrupt.heed(stop, work).await;
    progress.wipe();
    Ok(inventory?)
}

/// Ids of caches that are named by their id or by where they lie.
async fn named(session: &Session<'_>, caches: Vec<String>) -> Result<Vec<CacheId>, Refusal> {
    if caches.is_empty() {
        return Ok(Vec::new());
    }
    let known = session.app.cache_list(()).await?;
    let find = |name: String| {
        let shown = session.app.host.short(name.as_ref());
        let mut known = known.iter();
        let found = known.find(|cache| {
            cache.id == name || cache.path == name || cache.path == shown.trim_end_matches('/')
        });
        let found = found.map(|cache| cache.id.clone());
        found.ok_or(CacheError::UnknownCache { cache: name })
    };
    let found: Result<Vec<_>, _> = caches.into_iter().map(find).collect();
    Ok(found?)
}

/// What is wished for, once everything was counted.
async fn wish(
    session: &Session<'_>,
    targets: &[Target],
    caches: Vec<String>,
) -> Result<PlanCaches, Refusal> {
    let caches = named(session, caches).await?;
    let inventory = scan(session, Vec::new(), false, false).await?;
    let (mut tiers, mut versions) = (Vec::new(), Vec::new());
    for target in targets {
        match target {
            Target::Tier(tier) => tiers.push(tier.clone()),
            Target::Version(name) => versions.extend(rows(&inventory, name)?),
        }
    }
    Ok(PlanCaches {
        tiers,
        versions,
        caches,
    })
}

/// The rows of `module@version`, one in each cache that has it.
fn rows(inventory: &Inventory, name: &str) -> Result<Vec<String>, CacheError> {
    let is_it = |id: &str| id == name || id.split_once(':').is_some_and(|(_, rest)| rest == name);
    let rows = inventory.versions.iter().map(|row| &row.id);
    let found: Vec<_> = rows.filter(|id| is_it(id)).cloned().collect();
    match found.is_empty() {
        false => Ok(found),
        true => Err(CacheError::UnknownVersion {
            version: name.to_owned(),
        }),
    }
}

/// With the sums that scripts want, beside what the window gets.
fn told(inventory: &Inventory) -> Value {
    let mut value = json!(inventory);
    value["total_bytes"] = json!(inventory.size.bytes);
    if let Some(caches) = value["caches"].as_array_mut() {
        for (cache, told) in inventory.caches.iter().zip(caches) {
            let own = inventory.versions.iter();
            let own = own.filter(|version| version.cache == cache.id).count();
            told["bytes"] = json!(cache.size.bytes);
            told["files"] = json!(cache.size.files);
            told["modules"] = json!(own);
        }
    }
    value
}
