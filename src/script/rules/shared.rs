//! What the connections of an endpoint share by its rules: what it remembers, and how often each rule applied.

use core::sync::atomic::{AtomicU64, Ordering};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{MAX_RULES, Memory, Rules};
use crate::payload::template::Resolved;
use crate::script::Message;

/// How many counts are kept, those of rules that are not there any more included.
const MOST_COUNTS: usize = 4 * MAX_RULES;

/// The rules of an endpoint, and what its connections share. Clones share it.
#[derive(Clone, Debug)]
pub struct RuleSet {
    rules: Arc<Rules>,
    shared: Arc<Shared>,
    /// How often each rule applied.
    applied: Arc<[Arc<AtomicU64>]>,
}

/// What an endpoint remembers while it runs, and how often its rules applied. It outlives changes of the rules.
#[derive(Debug, Default)]
pub struct Shared {
    memory: Mutex<Memory>,
    /// How often each rule applied, by its name.
    applied: Mutex<HashMap<Arc<str>, Arc<AtomicU64>>>,
    unmatched: AtomicU64,
}

impl RuleSet {
    /// Makes the rules of an endpoint that is starting: its memory begins with the values that they set.
    pub fn starting(rules: Rules) -> Self {
        let shared = Shared::default();
        {
            let mut memory = shared.memory();
            for (key, value) in &rules.memory {
                let place = Resolved {
                    key: key.into(),
                    from: 0,
                    len: None,
                    is_all: true,
                };
                // What was written is bounded far below what can be remembered.
                memory.remember(&place, value).ok();
            }
        }
        Self::new(Arc::new(rules), Arc::new(shared))
    }

    /// Replaces the rules of a running endpoint by these: its memory and its counts stay.
    #[must_use]
    pub fn in_place_of(&self, before: &Self) -> Self {
        Self::new(Arc::clone(&self.rules), Arc::clone(&before.shared))
    }

    fn new(rules: Arc<Rules>, shared: Arc<Shared>) -> Self {
        let applied = {
            let mut known = lock(&shared.applied);
            // Counts of rules that are not there any more are kept for a while: a rule may come back.
            if known.len() > MOST_COUNTS {
                known.retain(|name, _| rules.rules.iter().any(|rule| rule.name == *name));
            }
            let counts = rules.rules.iter().map(|rule| {
                let count = known.entry(Arc::clone(&rule.name)).or_default();
                Arc::clone(count)
            });
            counts.collect()
        };
        Self {
            rules,
            shared,
            applied,
        }
    }

    /// Returns the rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Returns the messages of its acts, to change them.
    pub(in crate::script) fn messages_mut(&mut self) -> impl Iterator<Item = &mut Message> {
        Arc::make_mut(&mut self.rules).messages_mut()
    }

    /// Returns how often each rule applied since the endpoint started, in their order.
    pub fn applied(&self) -> impl Iterator<Item = u64> {
        self.applied.iter().map(|it| it.load(Ordering::Relaxed))
    }

    /// Returns how many requests matched no rule since the endpoint started.
    pub fn unmatched(&self) -> u64 {
        self.shared.unmatched.load(Ordering::Relaxed)
    }

    /// Returns what the endpoint remembers.
    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.shared.memory()
    }

    pub(super) fn applied_by(&self, place: usize) -> u64 {
        let count = self.applied.get(place);
        count.map_or(0, |it| it.load(Ordering::Relaxed))
    }

    /// Counts that a rule applies. Returns how often it has, this time included.
    pub(super) fn count(&self, place: usize) -> u64 {
        let count = self.applied.get(place);
        count.map_or(1, |it| it.fetch_add(1, Ordering::Relaxed).saturating_add(1))
    }

    pub(super) fn count_unmatched(&self) {
        self.shared.unmatched.fetch_add(1, Ordering::Relaxed);
    }
}

/// Two sets are equal only if they also share their memory.
impl PartialEq for RuleSet {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared) && self.rules == other.rules
    }
}

impl Eq for RuleSet {}

impl Shared {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked while it held the lock left complete values behind.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
