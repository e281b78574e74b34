//! Which documents a person approved: those as which they saved a document, or let one run.

use super::document_hash::DocumentHash;
use super::preferences::Preferences;

/// How many approved documents are remembered; the oldest one is asked about again when one more comes.
const MAX_APPROVED: usize = 256;

impl Preferences {
    /// Returns whether this person approved the document with this hash, which is now the running one.
    pub fn recall(&mut self, hash: &DocumentHash) -> bool {
        let is_approved = self.approved.contains(hash);
        self.running = is_approved.then(|| hash.clone());
        is_approved
    }

    /// Keeps the approval of the running document as it was saved until now, whatever it is saved as next.
    pub fn keep_approved(&mut self) {
        self.running = None;
    }

    /// Remembers a document that is approved and does not run.
    pub fn approve_other(&mut self, hash: DocumentHash) {
        let running = self.running.take();
        self.approve(hash);
        self.running = running;
    }

    /// Remembers the running document, which is approved, as it is saved now, in place of as it was before.
    pub fn approve(&mut self, hash: DocumentHash) {
        let before = self.running.replace(hash.clone());
        let approved = &mut self.approved;
        approved.retain(|other| *other != hash && Some(other) != before.as_ref());
        approved.push(hash);
        let over = approved.len().saturating_sub(MAX_APPROVED);
        approved.drain(..over);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approved_document_is_remembered_once_and_a_bound_number_of_them() {
        let mut preferences = Preferences::default();
        for text in ["a", "b", "b"] {
            preferences.approve(DocumentHash::of(text));
        }
        assert_eq!(preferences.approved, [DocumentHash::of("b")]);
        let mut recall = |text: &str| preferences.recall(&DocumentHash::of(text));
        assert!(recall("b") && !recall("a"));
        // One that was saved in another file is approved in both.
        assert!(recall("b"));
        preferences.keep_approved();
        preferences.approve(DocumentHash::of("c"));
        let mut recall = |text: &str| preferences.recall(&DocumentHash::of(text));
        assert!(recall("b") && recall("c"));
        for number in 0..=MAX_APPROVED {
            preferences.recall(&DocumentHash::of("another one"));
            preferences.approve(DocumentHash::of(&number.to_string()));
        }
        assert_eq!(preferences.approved.len(), MAX_APPROVED);
        let mut recall = |text: &str| preferences.recall(&DocumentHash::of(text));
        assert!(recall("1") && !recall("0"));
    }
}
