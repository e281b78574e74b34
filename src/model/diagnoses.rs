//! What explains the failures that the user looked at last.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::session::diagnose::Diagnosis;

/// How many are kept. More are not in sight at once; an older one is made anew.
const MAX_DIAGNOSES: usize = 8;

/// The newest diagnoses, by the entry of the failure.
#[derive(Debug, Default)]
pub struct Diagnoses {
    /// `None` while it is being made.
    newest: VecDeque<(u64, Option<Arc<Diagnosis>>)>,
}

impl Diagnoses {
    /// Returns the diagnosis of a failure: nothing if it was not asked for, nothing in it while it is being made.
    pub fn of(&self, entry: u64) -> Option<Option<&Arc<Diagnosis>>> {
        let mut all = self.newest.iter();
        let (_, diagnosis) = all.find(|(of, _)| *of == entry)?;
        Some(diagnosis.as_ref())
    }

    /// Notes that one was asked for. One that is made again is shown until then.
    pub fn asked(&mut self, entry: u64) {
        if self.of(entry).is_some() {
            return;
        }
        self.newest.push_back((entry, None));
        if self.newest.len() > MAX_DIAGNOSES {
            self.newest.pop_front();
        }
    }

    /// Takes one that was made.
    pub fn fold(&mut self, diagnosis: Arc<Diagnosis>) {
        let mut all = self.newest.iter_mut();
        if let Some(known) = all.find(|(entry, _)| *entry == diagnosis.entry) {
            known.1 = Some(diagnosis);
        }
    }

    /// Forgets all: the entries count anew.
    pub fn clear(&mut self) {
        self.newest.clear();
    }
}
