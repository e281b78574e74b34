//! Why not: of each rule, what would keep it from answering a request, the nearest rule first.

use core::cmp::Reverse;
use std::sync::Arc;

use super::condition::{ConditionFailure, Tried};
use super::{RuleSet, Times, When};
use crate::payload::template::SceneAddress;

/// A request to explain. What nobody knows of it is left open.
#[derive(Clone, Copy)]
pub struct RuleCase<'a> {
    /// Its bytes: a frame without its line ending or delimiter, or a chunk.
    pub request: &'a [u8],
    /// The state of its connection; `None` if nobody knows.
    pub state: Option<&'a str>,
    /// How many requests the connection has had, this one included; `None` if nobody knows.
    pub count: Option<u64>,
    /// The peer's address; `None` if nobody knows.
    pub peer: Option<SceneAddress<'a>>,
}

/// What became of one thing that a rule asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It holds.
    Holds,
    /// It does not, and why.
    Fails(ConditionFailure),
    /// It does not hold.
    Differs,
    /// Nobody knows.
    Unknown,
}

/// What a rule asks for, and what became of each of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The rule's place in the list, from 0 on.
    pub place: usize,
    /// Its name.
    pub name: Arc<str>,
    /// Whether it is switched on.
    pub is_on: bool,
    /// Whether it answers requests at all, and not events.
    pub answers_requests: bool,
    /// Whether its states include that of the connection; `None` if it is for any.
    pub state: Option<Hold>,
    /// Whether it is for the peer; `None` if it is for any.
    pub from: Option<Hold>,
    /// Whether it may apply once more; `None` if it always may.
    pub times: Option<Hold>,
    /// Its conditions, in order.
    pub conditions: Vec<Hold>,
}

impl Hold {
    fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Differs }
    }

    /// Returns whether it is known not to hold.
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Fails(_) | Self::Differs)
    }
}

impl Report {
    /// Returns whether nothing is known to keep the rule from answering.
    pub fn applies(&self) -> bool {
        self.is_on && self.answers_requests && self.failures() == 0
    }

    /// Returns how many of the things that it asks for do not hold.
    pub fn failures(&self) -> usize {
        self.asked().filter(|it| it.is_failure()).count()
    }

    /// Returns the first byte of the request at which it fails, if it fails at one.
    pub fn failing_byte(&self) -> Option<usize> {
        self.conditions.iter().find_map(|hold| match hold {
            Hold::Fails(failure) => failure.at,
            Hold::Holds | Hold::Differs | Hold::Unknown => None,
        })
    }

    /// Returns what became of each thing that it asks for.
    pub fn asked(&self) -> impl Iterator<Item = &Hold> {
        let around = [&self.state, &self.from, &self.times];
        around.into_iter().flatten().chain(&self.conditions)
    }
}

/// Explains what each rule would do with a request: first the one that answers it, then those that nearly would.
pub fn explain(set: &RuleSet, case: &RuleCase<'_>) -> Vec<Report> {
    let mut reports: Vec<Report> = (0..set.rules().rules.len())
        .filter_map(|place| report(set, place, case))
        .collect();
    reports.sort_by_key(|report| {
        let is_other = !report.answers_requests;
        let far = Reverse(report.failing_byte());
        (
            is_other,
            report.failures() + usize::from(!report.is_on),
            far,
            report.place,
        )
    });
    reports
}

fn report(set: &RuleSet, place: usize, case: &RuleCase<'_>) -> Option<Report> {
    let rule = set.rules().rules.get(place)?;
    let memory = set.memory();
    let tried = Tried {
        request: case.request,
        count: case.count,
        check: set.rules().check.as_ref(),
        memory: &memory,
        explains: true,
    };
    let mut pieces = Vec::new();
    let conditions = match &rule.when {
        When::Request(conditions) => conditions.as_slice(),
        _ => &[],
    };
    let conditions = conditions
        .iter()
        .map(|it| match it.hold(tried, &mut pieces) {
            Ok(()) => Hold::Holds,
            Err(failure) if failure.is_unknown() => Hold::Unknown,
            Err(failure) => Hold::Fails(failure),
        });
    let conditions = conditions.collect();
    let state = (!rule.in_states.is_empty()).then(|| {
        let is_in = |state: &str| rule.in_states.iter().any(|it| **it == *state);
        case.state
            .map_or(Hold::Unknown, |state| Hold::of(is_in(state)))
    });
    let from = rule.from.as_ref().map(|from| {
        let is_from = |peer| Hold::of(from.matches(peer));
        case.peer.map_or(Hold::Unknown, is_from)
    });
    let times = rule.times.map(|times| match times {
        Times::InAll(most) => Hold::of(set.applied_by(place) < u64::from(most.get())),
        Times::PerConnection(_) => Hold::Unknown,
    });
    Some(Report {
        place,
        name: Arc::clone(&rule.name),
        is_on: rule.is_on,
        answers_requests: matches!(rule.when, When::Request(_)),
        state,
        from,
        times,
        conditions,
    })
}
