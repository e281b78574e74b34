//! Certificates that were made, kept so that a peer meets the same one again; bounded.

use std::collections::HashMap;

use super::flaw::Flaw;
use super::identity::Identity;
use super::names::CertificateUse;

/// How many certificates are kept; beyond that, the one that was made first is dropped.
pub(super) const MAX_KEPT: usize = 256;

/// What a kept certificate is for, and what is wrong with it.
pub(super) type CertificateKey = (CertificateUse, Option<Flaw>);

/// The certificates made so far.
#[derive(Default)]
pub(super) struct KeptCertificates {
    entries: HashMap<CertificateKey, Entry>,
    /// How many were ever made.
    made: u64,
}

struct Entry {
    identity: Identity,
    /// Its place among all that were ever made.
    number: u64,
    made_at: i64,
}

impl KeptCertificates {
    /// Returns a certificate unless it was made more than `seconds` ago, or after `now`: then the clock was set back.
    pub(super) fn get(&self, key: &CertificateKey, now: i64, seconds: i64) -> Option<Identity> {
        let entry = self.entries.get(key)?;
        let age = now.checked_sub(entry.made_at)?;
        (0..seconds).contains(&age).then(|| entry.identity.clone())
    }

    /// Keeps a certificate that was made at `now`.
    pub(super) fn insert(&mut self, key: CertificateKey, identity: Identity, now: i64) {
        if self.entries.len() >= MAX_KEPT && !self.entries.contains_key(&key) {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.number);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                self.entries.remove(&oldest);
            }
        }
        self.made += 1;
        let entry = Entry {
            identity,
            number: self.made,
            made_at: now,
        };
        self.entries.insert(key, entry);
    }

    /// Returns how many are kept.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}
