//! What a document is known by: the hash of its text.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::payload::hex;

/// The SHA-256 of a document's text, in hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentHash(String);

impl DocumentHash {
    /// Returns the hash of a text.
    pub fn of(text: &str) -> Self {
        Self(hex::render_compact(&Sha256::digest(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(DocumentHash::of("abc").0, abc);
    }
}
