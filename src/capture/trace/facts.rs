//! Gathers the facts of a connection within a bound: what is too much in the middle becomes runs.

use std::mem;
use std::ops::Range;

use super::fact::{Fact, FactKind};
use crate::net::Stamp;

/// How many facts at the end are kept one by one, if there are too many.
const KEPT_AT_END: usize = 256;
/// As at the end.
const KEPT_AT_BEGINNING: usize = 256;

/// The facts of one end of a connection, in their order.
#[derive(Clone, Debug)]
pub struct Facts {
    facts: Vec<Fact>,
    most: usize,
}

impl Facts {
    /// The usual bound.
    pub const USUAL: usize = 2_048;

    /// Makes room for `most` facts, at least for those at both ends.
    pub fn up_to(most: usize) -> Self {
        Self {
            facts: Vec::new(),
            most: most.max(2 * (KEPT_AT_BEGINNING + KEPT_AT_END)),
        }
    }

    /// Adds the next one.
    pub fn push(&mut self, fact: Fact) {
        self.facts.push(fact);
        if self.facts.len() > 2 * self.most {
            self.shorten();
        }
    }

    /// Adds the next one, if it is one.
    pub fn push_some(&mut self, fact: Option<Fact>) {
        if let Some(fact) = fact {
            self.push(fact);
        }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Returns them, no more than the bound, unless there are more that are no data.
    pub fn finish(&mut self) -> &[Fact] {
        if self.facts.len() > self.most {
            self.shorten();
        }
        &self.facts
    }

    /// Joins neighbours in the middle until there are few enough.
    fn shorten(&mut self) {
        let all = mem::take(&mut self.facts);
        let middle = all.len().saturating_sub(KEPT_AT_BEGINNING + KEPT_AT_END);
        let room = self.most - KEPT_AT_BEGINNING - KEPT_AT_END;
        let each = middle.div_ceil(room.max(1));
        let mut joined = 0;
        for (place, fact) in all.into_iter().enumerate() {
            let is_middle = (KEPT_AT_BEGINNING..KEPT_AT_BEGINNING + middle).contains(&place);
            let place = place.saturating_sub(KEPT_AT_BEGINNING);
            let joins = is_middle && place / each == joined && place % each > 0;
            joined = place / each;
            match self.facts.last_mut() {
                Some(last) if joins && last.kind.is_data() && fact.kind.is_data() => {
                    last.join(&fact);
                }
                _ => self.facts.push(fact),
            }
        }
    }
}

impl FactKind {
    fn is_data(&self) -> bool {
        matches!(self, Self::Sent(_) | Self::Received(_) | Self::Run { .. })
    }
}

/// Both streams of a run, with the counts of its calls.
struct Run {
    sent: Option<Range<u64>>,
    received: Option<Range<u64>>,
    writes: u64,
    reads: u64,
    until: Stamp,
}

impl Run {
    fn of(fact: &Fact) -> Self {
        let nothing = Self {
            sent: None,
            received: None,
            writes: 0,
            reads: 0,
            until: fact.at,
        };
        match &fact.kind {
            FactKind::Sent(range) => Self {
                sent: Some(range.clone()),
                writes: 1,
                ..nothing
            },
            FactKind::Received(range) => Self {
                received: Some(range.clone()),
                reads: 1,
                ..nothing
            },
            FactKind::Run {
                sent,
                received,
                writes,
                reads,
                until,
            } => Self {
                sent: (*writes > 0).then(|| sent.clone()),
                received: (*reads > 0).then(|| received.clone()),
                writes: *writes,
                reads: *reads,
                until: *until,
            },
            _ => nothing,
        }
    }
}

impl Fact {
    fn join(&mut self, next: &Self) {
        let join = |one: Option<Range<u64>>, other: Option<Range<u64>>| match (one, other) {
            (Some(one), Some(other)) => Some(one.start.min(other.start)..one.end.max(other.end)),
            (one, other) => one.or(other),
        };
        let (one, other) = (Run::of(self), Run::of(next));
        self.kind = FactKind::Run {
            sent: join(one.sent, other.sent).unwrap_or_default(),
            received: join(one.received, other.received).unwrap_or_default(),
            writes: one.writes + other.writes,
            reads: one.reads + other.reads,
            until: one.until.max(other.until),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_conversation_becomes_runs_that_cover_all_of_it() {
        let mut facts = Facts::up_to(0);
        let fact = |n: u64, kind| Fact {
            at: Stamp(n),
            entry: n,
            kind,
        };
        facts.push(fact(0, FactKind::Connected));
        for n in 1..=100_000 {
            let range = (n - 1) / 2 * 10..(n - 1) / 2 * 10 + 10;
            let kind = if n % 2 == 1 {
                FactKind::Sent(range)
            } else {
                FactKind::Received(range)
            };
            facts.push(fact(n, kind));
        }
        facts.push(fact(100_001, FactKind::PeerFinished));
        let most = facts.most;
        let all = facts.finish().to_vec();
        assert!(all.len() <= most, "{} facts", all.len());
        assert_eq!(all[0].kind, FactKind::Connected);
        assert_eq!(all[1].kind, FactKind::Sent(0..10));
        assert_eq!(all[all.len() - 1].kind, FactKind::PeerFinished);
        let (mut sent, mut received, mut calls) = (0, 0, 0);
        for fact in &all[1..all.len() - 1] {
            let run = Run::of(fact);
            for (range, end) in [(run.sent, &mut sent), (run.received, &mut received)] {
                if let Some(range) = range {
                    assert_eq!(range.start, *end);
                    *end = range.end;
                }
            }
            calls += run.writes + run.reads;
        }
        assert_eq!((sent, received, calls), (500_000, 500_000, 100_000));
    }
}
