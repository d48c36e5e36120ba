use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// Go's `base64.StdEncoding`, which does not mind bits behind the end.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// The one that Go knows by its name alone (cmd/go/internal/modfetch/key.go).
const GOOGLE: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

/// The one kind of key there is.
const ED25519: u8 = 1;

/// A checksum database, known by its name and its public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// `host` or `host/path`: in the addresses below a mirror, and in the lines of signatures.
    pub name: String,
    /// Which of the name's keys this is.
    pub(super) hash: u32,
    public: [u8; 32],
}

/// What is wrong with `name+hash+key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// Not three parts that belong together: no name, not eight hexadecimal digits, no base64, too short or too long.
    Malformed,
    /// The hash is not that of name and key: something got lost when it was copied.
    Damaged,
    /// A kind of key that Go does not know.
    Algorithm,
    /// The name cannot be the host and path of a URL.
    Name,
}

impl Database {
    /// Google's, which everybody uses; `sum.golang.google.cn` serves the same one to mainland China.
    pub fn sum_golang_org() -> Self {
        // a test reads it, so the other side of the `or` is never taken
        Self::from_key(GOOGLE).unwrap_or_else(|_| Self {
            name: "sum.golang.org".to_owned(),
            hash: 0,
            public: [0; 32],
        })
    }

    /// Reads `name+hash+key` (golang.org/x/mod/sumdb/note, `NewVerifier`; cmd/go/internal/modfetch, `dbDial`).
    ///
    /// # Errors
    /// Go would not take it.
    pub fn from_key(text: &str) -> Result<Self, KeyFault> {
        let parts: Vec<&str> = text.splitn(3, '+').collect();
        let [name, hash, data] = parts.as_slice() else {
            return Err(KeyFault::Malformed);
        };
        let key = BASE64.decode(data).map_err(|_| KeyFault::Malformed)?;
        let is_hash = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let Some((algorithm, public)) = key.split_first().filter(|_| is_hash && is_name(name))
        else {
            return Err(KeyFault::Malformed);
        };
        let hash = u32::from_str_radix(hash, 16).map_err(|_| KeyFault::Malformed)?;
        if hash != key_hash(name, &key) {
            return Err(KeyFault::Damaged);
        }
        if *algorithm != ED25519 {
            return Err(KeyFault::Algorithm);
        }
        let public = public.try_into().map_err(|_| KeyFault::Malformed)?;
        // what `dbDial` makes of the name is a URL without anything but host and path
        let is_plain = !name.contains("://")
            && !name.contains(['?', '#', '@'])
            && !name.starts_with('/')
            && !name.ends_with('/');
        if !is_plain {
            return Err(KeyFault::Name);
        }
        Ok(Self {
            name: (*name).to_owned(),
            hash,
            public,
        })
    }

    /// Whether this key signed the text.
    ///
    /// Go verifies with `crypto/ed25519`. Where the two differ we are stricter: a key or a signature of small order, with
    /// which anybody can sign anything, is refused here and taken there. No honest signature has one.
    pub(super) fn signed(&self, text: &[u8], signature: &[u8]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.public) else {
            return false;
        };
        Signature::from_slice(signature)
            .is_ok_and(|signature| key.verify_strict(text, &signature).is_ok())
    }
}

/// What the line of a signature can name (golang.org/x/mod/sumdb/note, `isValidName`).
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace) && !text.contains('+')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_that_everybody_uses_is_one() {
        assert_eq!(
            Database::from_key(GOOGLE),
            Ok(Database::sum_golang_org()),
            "the constant is Go's own"
        );
        assert_eq!(
            Database::sum_golang_org().name,
            "sum.golang.org",
            "under its name"
        );
    }

    #[test]
    fn a_key_with_which_anybody_signs_is_refused() {
        // the neutral element: as R and as key it satisfies the equation for every text, with s = 0
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let weak = Database {
            name: "weak".to_owned(),
            hash: 0,
            public: neutral,
        };
        let forged = [neutral, [0; 32]].concat();
        assert!(
            !weak.signed(b"anything", &forged),
            "crypto/ed25519 would take this"
        );
    }
}
