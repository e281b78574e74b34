//! What explains the failures that the user looked at last.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::AskedOnce;
use crate::net::EndpointId;
use crate::session::diagnose::{Diagnosis, Subject};

/// How many are kept. More are not in sight at once; an older one is made anew once it is looked at in full.
const MAX_DIAGNOSES: usize = 64;
/// Of how many endpoints it is known that their failure was looked into.
const MAX_ENDPOINTS: usize = 1024;

/// The newest diagnoses, by the entry of the failure.
#[derive(Debug, Default)]
pub struct Diagnoses {
    newest: AskedOnce<u64, Arc<Diagnosis>, MAX_DIAGNOSES>,
    /// The failure of each endpoint that was asked about last.
    asked: BTreeMap<EndpointId, u64>,
}

impl Diagnoses {
    /// Returns the diagnosis of a failure: nothing if it was not asked for, nothing in it while it is being made.
    pub fn of(&self, entry: u64) -> Option<Option<&Arc<Diagnosis>>> {
        self.newest.state(&entry)
    }

    /// Returns whether a failure of an endpoint is still to be looked into; one at a time, so that an endpoint that fails
    /// again and again costs little.
    pub fn is_wanted(&self, endpoint: EndpointId, entry: u64) -> bool {
        let asked = self.asked.get(&endpoint);
        asked.is_none_or(|before| *before != entry && !matches!(self.of(*before), Some(None)))
    }

    /// Looks into all failures in sight once more: what explains them has changed.
    pub fn look_again(&mut self) {
        self.asked.clear();
    }

    /// Notes that one was asked for. One that is made again is shown until then.
    pub fn asked(&mut self, subject: &Subject) {
        self.newest.ask(subject.entry);
        self.asked.insert(subject.endpoint, subject.entry);
        if self.asked.len() > MAX_ENDPOINTS {
            self.asked.pop_first();
        }
    }

    /// Takes one that was made.
    pub fn fold(&mut self, diagnosis: Arc<Diagnosis>) {
        let entry = diagnosis.entry;
        self.newest.fold(&entry, diagnosis);
    }

    /// Forgets all: the entries count anew.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
