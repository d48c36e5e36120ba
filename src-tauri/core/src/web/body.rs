use std::{collections::VecDeque, time::Duration};

use reqwest::Response;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::{Limits, Trouble, cause};

/// Over how long a body's speed is taken.
const WINDOW: Duration = Duration::from_secs(2);

/// How often it is looked at.
const TICK: Duration = Duration::from_millis(250);

/// Reads the body of an answer within its limits; `on_bytes` is told how long it is by now.
pub(super) async fn read(
    mut response: Response,
    length: Option<u64>,
    limits: &Limits,
    host: &str,
    on_bytes: &(dyn Fn(u64) + Send + Sync),
) -> Result<Vec<u8>, Trouble> {
    let enough = limits.enough.filter(|enough| *enough <= limits.bytes);
    if enough.is_none() && length.is_some_and(|length| length > limits.bytes) {
        return Err(too_large(limits));
    }
    let mut bytes = Vec::new();
    let mut speed = Speed::new(limits.speed);
    let mut ticks = interval_at(Instant::now() + TICK, TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            piece = response.chunk() => match piece {
                Ok(None) => return Ok(bytes),
                Err(error) => return Err(cause::of(&error.without_url(), host)),
                Ok(Some(piece)) => {
                    bytes.extend_from_slice(&piece);
                    speed.came(piece.len() as u64);
                    if let Some(enough) = enough.filter(|enough| bytes.len() as u64 >= *enough) {
                        bytes.truncate(usize::try_from(enough).unwrap_or(usize::MAX));
                        on_bytes(enough);
                        return Ok(bytes);
                    }
                    if bytes.len() as u64 > limits.bytes {
                        return Err(too_large(limits));
                    }
                    on_bytes(bytes.len() as u64);
                }
            },
            _ = ticks.tick() => speed.passed()?,
        }
    }
}

fn too_large(limits: &Limits) -> Trouble {
    Trouble::TooLarge {
        bytes: u32::try_from(limits.bytes).unwrap_or(u32::MAX),
    }
}

/// How much came in the last ticks.
struct Speed {
    least: u64,
    now: u64,
    before: VecDeque<u64>,
}

impl Speed {
    fn new(least: u64) -> Self {
        Self {
            least,
            now: 0,
            before: VecDeque::new(),
        }
    }

    fn came(&mut self, bytes: u64) {
        self.now += bytes;
    }

    /// A tick went by: fails when a whole window brought too little.
    fn passed(&mut self) -> Result<(), Trouble> {
        let ticks = WINDOW.as_millis() / TICK.as_millis();
        self.before.push_back(std::mem::take(&mut self.now));
        if (self.before.len() as u128) < ticks {
            return Ok(());
        }
        let came: u64 = self.before.iter().sum();
        self.before.pop_front();
        if came < self.least.saturating_mul(WINDOW.as_secs()) {
            return Err(Trouble::TooSlow {
                bytes_per_second: u32::try_from(self.least).unwrap_or(u32::MAX),
            });
        }
        Ok(())
    }
}
