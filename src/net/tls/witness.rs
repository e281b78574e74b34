//! What rustls shows to its callbacks in the course of one call, kept for the connection that made the call.
//!
//! Callbacks belong to a configuration, which many connections share: with one configuration for each connection, a
//! client could not resume a session. But they are called on the thread and within the call of the connection that they
//! are about. So they leave what they see with the thread, and the connection takes it as soon as the call returns.

use std::cell::RefCell;

use rustls::pki_types::CertificateDer;

use super::report::MAX_CERTIFICATES;

/// What was seen in one call.
#[derive(Debug, Default)]
pub(super) struct Witnessed {
    /// The peer's certificates, its own first, checked or not.
    pub(super) chain: Option<Vec<Vec<u8>>>,
    /// Whether the chain was checked and found good; `None` if there was none.
    pub(super) is_checked: Option<bool>,
    /// The peer asked for our certificate.
    pub(super) was_asked: bool,
    /// We gave one.
    pub(super) has_given: bool,
    /// Lines of the key log.
    pub(super) secrets: Vec<String>,
}

thread_local! {
    static CURRENT: RefCell<Option<Witnessed>> = const { RefCell::new(None) };
}

/// Makes a call, and returns also what was seen in it.
pub(super) fn watch<T>(call: impl FnOnce() -> T) -> (T, Witnessed) {
    CURRENT.set(Some(Witnessed::default()));
    let result = call();
    (result, CURRENT.take().unwrap_or_default())
}

/// Notes something in the course of a call that is watched.
pub(super) fn note(note: impl FnOnce(&mut Witnessed)) {
    CURRENT.with_borrow_mut(|current| {
        if let Some(seen) = current {
            note(seen);
        }
    });
}

/// Notes the peer's certificates, as many as are kept.
pub(super) fn note_chain(leaf: &CertificateDer<'_>, others: &[CertificateDer<'_>]) {
    let ders = [leaf].into_iter().chain(others);
    let ders = ders.take(MAX_CERTIFICATES);
    let chain = ders.map(|der| der.to_vec()).collect();
    note(|seen| seen.chain = Some(chain));
}

impl Witnessed {
    /// Adds what was seen in a later call.
    pub(super) fn add(&mut self, later: Self) {
        if later.chain.is_some() {
            self.chain = later.chain;
        }
        if later.is_checked.is_some() {
            self.is_checked = later.is_checked;
        }
        self.was_asked |= later.was_asked;
        self.has_given |= later.has_given;
        self.secrets.extend(later.secrets);
    }
}
