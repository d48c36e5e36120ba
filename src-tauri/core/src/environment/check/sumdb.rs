//! GOSUMDB, by Go's own rules (cmd/go/internal/modfetch/sumdb.go, `dbDial`; go-semantics 2.5).
//!
//! Every download fails on a value that is refused here, although `go env -w` takes it.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};
use sha2::{Digest, Sha256};

use super::{CheckContext, Findings, Problem};

/// Go's `base64.StdEncoding`, which does not mind bits behind the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// The one kind of key there is, and how many bytes it has.
const ED25519: u8 = 1;
const ED25519_BYTES: usize = 32;

pub(super) fn check(value: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    if matches!(value, "off" | "sum.golang.google.cn") {
        return;
    }
    let fields: Vec<&str> = value.split_whitespace().collect();
    let refusal = match fields.as_slice() {
        [] if value.is_empty()
            && context
                .version
                .is_some_and(|version| !version.at_least(1, 21)) =>
        {
            return;
        }
        [] => Problem::SumdbEmpty {},
        ["sum.golang.org"] | ["sum.golang.org", _] => return,
        [key] | [key, _] => match verifier(key) {
            Ok(()) => return,
            Err(problem) => problem,
        },
        _ => malformed("too many fields"),
    };
    findings.refusals.push(refusal);
}

fn malformed(reason: &str) -> Problem {
    Problem::SumdbMalformed {
        reason: reason.to_owned(),
    }
}

/// `name+hash+key`: eight hexadecimal digits that belong to name and key, and the key in base64
/// (golang.org/x/mod/sumdb/note, `NewVerifier`).
fn verifier(text: &str) -> Result<(), Problem> {
    let id = || malformed("malformed verifier id");
    let parts: Vec<&str> = text.splitn(3, '+').collect();
    let [name, hash, data] = parts.as_slice() else {
        return Err(id());
    };
    let key = BASE64.decode(data).map_err(|_| id())?;
    let is_hash = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let Some((algorithm, public)) = key.split_first().filter(|_| is_hash && !name.is_empty())
    else {
        return Err(id());
    };
    if u32::from_str_radix(hash, 16) != Ok(key_hash(name, &key)) {
        return Err(Problem::SumdbKeyDamaged {});
    }
    if *algorithm != ED25519 {
        return Err(malformed("unknown verifier algorithm"));
    }
    if public.len() != ED25519_BYTES {
        return Err(id());
    }
    // what `dbDial` makes of the name is a URL without anything but host and path
    let is_plain = !name.contains("://") && !name.contains(['?', '#', '@']) && !name.ends_with('/');
    if is_plain {
        Ok(())
    } else {
        Err(malformed("the name is not host[/path]"))
    }
}

/// The first four bytes of the SHA-256 of name, line feed, key (`keyHash` there).
fn key_hash(name: &str, key: &[u8]) -> u32 {
    let sum = Sha256::new()
        .chain_update(name)
        .chain_update("\n")
        .chain_update(key)
        .finalize();
    u32::from_be_bytes([sum[0], sum[1], sum[2], sum[3]])
}
