//! Which documents a person approved: those as which they saved a document, or let one run.

use super::document::Document;
use super::document_hash::DocumentHash;
use super::preferences::Preferences;

/// How many approved documents are remembered; the oldest one is asked about again when one more comes.
const MAX_APPROVED: usize = 256;

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
