//! One line on standard error for somebody who watches, or every event as JSON.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use gopherdesk_core::cache::{CacheId, CleanEvent, MoveEvent, ScanEvent, Size, VerifyEvent};
use serde::Serialize;
use serde_json::json;

use crate::{
    print::{self, Output, cache::bytes, is_watched},
    session::Session,
    texts::Texts,
};

/// What is told meanwhile.
pub(super) struct Progress<'a> {
    texts: &'a Texts,
    output: Output,
    lines: bool,
    counted: Mutex<BTreeMap<CacheId, Size>>,
    told: Mutex<bool>,
}

impl<'a> Progress<'a> {
    pub(super) const fn new(session: &Session<'a>, lines: bool) -> Self {
        Self {
            texts: session.texts,
            output: session.output,
            lines,
            counted: Mutex::new(BTreeMap::new()),
            told: Mutex::new(false),
        }
    }

    pub(super) fn scanned(&self, event: &ScanEvent) {
        if self.passed_on(event) {
            return;
        }
        if let ScanEvent::Counted { cache, size, .. } = event
            && let Ok(mut counted) = self.counted.lock()
        {
            counted.insert(cache.clone(), *size);
            let all: Size = counted.values().copied().sum();
            self.tell(
                "cache.counting",
                &[
                    ("size", &bytes(all.bytes)),
                    ("files", &all.files.to_string()),
                ],
            );
        }
    }

    pub(super) fn removed(&self, event: &CleanEvent) {
        if self.passed_on(event) {
            return;
        }
        if let CleanEvent::Removing {
            files,
            bytes: gone,
            name,
        } = event
        {
            let holes = [
                ("size", bytes(*gone)),
                ("files", files.to_string()),
                ("name", name.clone()),
            ];
            let holes = holes.each_ref().map(|(key, value)| (*key, value.as_str()));
            self.tell("cache.removing", &holes);
        }
    }

    pub(super) fn verified(&self, event: &VerifyEvent, of: &AtomicU32) {
        if let VerifyEvent::Started { versions } = event {
            of.store(*versions, Ordering::Relaxed);
        }
        if self.passed_on(event) {
            return;
        }
        if let VerifyEvent::Verified {
            versions, damaged, ..
        } = event
        {
            let holes = [
                ("done", versions.to_string()),
                ("of", of.load(Ordering::Relaxed).to_string()),
                ("damaged", damaged.to_string()),
            ];
            let holes = holes.each_ref().map(|(key, value)| (*key, value.as_str()));
            self.tell("cache.verifying", &holes);
        }
    }

    pub(super) fn moved(&self, event: &MoveEvent) {
        if self.passed_on(event) {
            return;
        }
        match event {
            MoveEvent::Copying { files, bytes: size } => self.tell(
                "cache.copying",
                &[("size", &bytes(*size)), ("files", &files.to_string())],
            ),
            MoveEvent::Comparing { files } => {
                self.tell("cache.comparing", &[("files", &files.to_string())]);
            }
            MoveEvent::Switching {} => {}
        }
    }

    /// Leaves no half line behind.
    pub(super) fn wipe(&self) {
        if self.told.lock().is_ok_and(|told| *told) {
            print::err("\r\x1b[2K");
        }
    }

    /// Whether nobody watches, or scripts do.
    fn passed_on(&self, event: &impl Serialize) -> bool {
        if self.lines {
            drop(self.output.line(&json!(event)));
        }
        self.lines || self.output.json || !is_watched()
    }

    fn tell(&self, key: &str, holes: &[(&str, &str)]) {
        let line = self.texts.fill(key, holes);
        print::err(&format!("\r\x1b[2K{}", crate::visible::visible(&line)));
        if let Ok(mut told) = self.told.lock() {
            *told = true;
        }
    }
}
