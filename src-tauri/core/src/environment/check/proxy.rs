//! GOPROXY, as the chain it is.

use super::{CheckContext, Findings};
use crate::chain::judge::judge;

/// One entry that Go does not accept makes every download fail, so it is refused here although `go env -w` takes it.
pub(super) fn check(value: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    for found in judge(value, context.os, context.version) {
        match found.refused {
            true => findings.refusals.push(found.problem),
            false => findings.warnings.push(found.problem),
        }
    }
}
