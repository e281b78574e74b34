//! Which documents a person approved: those as which they saved a document, or let one run.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::document::Document;
use super::preferences::Preferences;
use crate::payload::hex;

/// How many approved documents are remembered; the oldest one is asked about again when one more comes.
const MAX_APPROVED: usize = 256;

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

impl Document {
    /// Takes a document for approved if it was read from a text that this person approved.
    pub(super) fn recall_approval(&mut self, text: &str, preferences: &Preferences) {
        let hash = DocumentHash::of(text);
        self.is_approved = preferences.approved.contains(&hash);
        self.approved_as = Some(hash).filter(|_| self.is_approved);
    }
}

impl Preferences {
    /// Returns the preferences that remember an approved document as it is saved now, in place of as it was read.
    #[must_use]
    pub(super) fn approving(&self, document: &Document, text: &str) -> Self {
        let mut preferences = self.clone();
        if document.is_approved {
            let (approved, hash) = (&mut preferences.approved, DocumentHash::of(text));
            approved.retain(|other| *other != hash && Some(other) != document.approved_as.as_ref());
            approved.push(hash);
            let over = approved.len().saturating_sub(MAX_APPROVED);
            approved.drain(..over);
        }
        preferences
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

    #[test]
    fn an_approved_document_is_remembered_once_and_a_bound_number_of_them() {
        let mut preferences = Preferences::default();
        let mut document = Document::default();
        for text in ["a", "b", "b"] {
            preferences = preferences.approving(&document, text);
            document.recall_approval(text, &preferences);
        }
        assert_eq!(preferences.approved, [DocumentHash::of("b")]);
        for number in 0..=MAX_APPROVED {
            preferences = preferences.approving(&Document::default(), &number.to_string());
        }
        assert_eq!(preferences.approved.len(), MAX_APPROVED);
        document.recall_approval("0", &preferences);
        assert!(!document.is_approved);
        let before = preferences.clone();
        assert_eq!(preferences.approving(&document, "x"), before);
    }
}
