//! Which lines of the GOENV file make go itself fail: go is asked with staged copies that hold only some of them.

use std::path::Path;

use super::{
    sources::{Setting, Settings},
    staged::stage,
};
use crate::{
    environment::{Fault, LineFault},
    host::Host,
    secret::mask_text,
    toolchain::{
        ToolchainError,
        ask::{Ask, ask_values},
    },
};

/// The lines at fault with what go says of each; empty when the file is not what makes go fail.
///
/// Halves the settings until single lines remain, so that a few questions find one line among hundreds.
pub(super) async fn culprits(host: &Host, go: &Path, file: &Settings) -> Vec<LineFault> {
    let lines: Vec<(&String, &Setting)> = file.by_name.iter().collect();
    let mut faults = Vec::new();
    if refusal(host, go, &[]).await.is_some() {
        return faults;
    }
    let mut suspects = vec![lines.as_slice()];
    while let Some(lines) = suspects.pop() {
        let Some(message) = refusal(host, go, lines).await else {
            continue;
        };
        match lines {
            [] => {}
            [(name, setting)] => faults.push(LineFault {
                line: setting.line,
                text: mask_text(&format!("{name}={}", setting.value)),
                fault: Fault::BreaksGo { message },
                repaired: None,
            }),
            several => {
                let (first, second) = several.split_at(several.len() / 2);
                suspects.extend([first, second]);
            }
        }
    }
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// What go says when only these lines are set; none when it works, or fails for another reason.
async fn refusal(host: &Host, go: &Path, lines: &[(&String, &Setting)]) -> Option<String> {
    let text: String = lines
        .iter()
        .map(|(name, setting)| format!("{name}={}\n", setting.value))
        .collect();
    let staged = stage(host, text.as_bytes()).ok()?;
    let ask = Ask::values(["GOVERSION"]).with("GOENV", staged.path());
    match ask_values(host, go, ask).await {
        Err(ToolchainError::GoRefused { message, .. }) => Some(message),
        _ => None,
    }
}
