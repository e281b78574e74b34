//! How far a lesson has come: a pure fold of entries.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use super::{Family, LessonCondition, LessonEnd, What};
use crate::capture::{Entry, EventKind};
use crate::net::{Accepting, Address, ClosedBy, EndpointId, FlowId, NetError, Stamp};
use crate::payload::Carry;

/// Of how many connections the last entry is remembered, to know how long each was silent.
const MAX_CONNECTIONS: usize = 1_000;

/// How far a lesson has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonProgress {
    /// Of each step and each of its conditions: the entry that met it.
    pub met: Vec<Vec<Option<u64>>>,
}

impl LessonProgress {
    /// Returns the step to do next, from 0; as many as there are steps once all are done.
    pub fn step(&self) -> usize {
        let is_open = |step: &Vec<Option<u64>>| step.iter().any(Option::is_none);
        let open = self.met.iter().position(is_open);
        open.unwrap_or(self.met.len())
    }

    /// Returns whether all is done.
    pub fn is_over(&self) -> bool {
        self.step() == self.met.len()
    }
}

/// A lesson that is being done.
#[derive(Debug)]
pub(super) struct LessonRun {
    steps: Vec<Vec<LessonCondition>>,
    ends: BTreeMap<EndpointId, LessonEnd>,
    progress: LessonProgress,
    /// Of each condition of the step: how often it was met, or how many bytes of it there were.
    counts: Vec<u64>,
    /// When each connection was last heard of.
    heard: BTreeMap<FlowId, Stamp>,
    /// Where the server listens, if it does.
    listening: Option<Address>,
}

impl LessonRun {
    /// Begins a lesson of these endpoints.
    pub(super) fn new(
        steps: Vec<Vec<LessonCondition>>,
        ends: BTreeMap<EndpointId, LessonEnd>,
    ) -> Self {
        let met = steps.iter().map(|step| vec![None; step.len()]).collect();
        let counts = vec![0; steps.first().map_or(0, Vec::len)];
        Self {
            steps,
            ends,
            progress: LessonProgress { met },
            counts,
            heard: BTreeMap::new(),
            listening: None,
        }
    }

    pub(super) fn progress(&self) -> &LessonProgress {
        &self.progress
    }

    /// Returns where the server listens by the entries so far.
    pub(super) fn listening(&self) -> Option<&Address> {
        self.listening.as_ref()
    }

    /// Takes note of an entry; returns whether that met a condition, or the server listens otherwise than before.
    ///
    /// An entry counts for the step that is to be done then, never for a later one.
    pub(super) fn note(&mut self, entry: &Entry) -> bool {
        let Some(&end) = self.ends.get(&entry.event.endpoint) else {
            return false;
        };
        let mut has_changed = end == LessonEnd::Server && self.note_listening(&entry.event.kind);
        let silence = self.silence_before(entry);
        let step = self.progress.step();
        let Some(conditions) = self.steps.get(step) else {
            return has_changed;
        };
        let met = self.progress.met[step].iter_mut();
        for ((condition, count), met) in conditions.iter().zip(&mut self.counts).zip(met) {
            if met.is_some() || condition.end != end {
                continue;
            }
            *count += weight(condition.what, entry, silence);
            if *count >= enough(condition) {
                *met = Some(entry.number);
                has_changed = true;
            }
        }
        if self.progress.step() != step {
            let next = self.steps.get(self.progress.step());
            self.counts = vec![0; next.map_or(0, Vec::len)];
        }
        has_changed
    }

    fn note_listening(&mut self, kind: &EventKind) -> bool {
        let listening = match kind {
            EventKind::Listening { local, .. } | EventKind::Bound { local, .. } => Some(local),
            EventKind::Stopped => None,
            _ => return false,
        };
        let has_changed = self.listening.as_ref() != listening;
        self.listening = listening.cloned();
        has_changed
    }

    /// Returns how long the entry's connection was silent before it, if that is known.
    fn silence_before(&mut self, entry: &Entry) -> Option<Duration> {
        let connection = entry.event.link.as_ref()?.connection;
        let stamp = entry.event.stamp;
        let before = self.heard.insert(connection, stamp);
        if self.heard.len() > MAX_CONNECTIONS {
            self.heard.pop_first();
        }
        Some(stamp.since(before?))
    }
}

/// Returns how much of a condition is enough: so many entries, or so many bytes.
fn enough(condition: &LessonCondition) -> u64 {
    match condition.what {
        What::ReceivedInAll(bytes) | What::SentInAll(bytes) => bytes,
        _ => condition.times,
    }
}

/// Returns how much an entry adds to a condition.
fn weight(what: What, entry: &Entry, silence: Option<Duration>) -> u64 {
    let size = entry.size_bytes;
    match (what, &entry.event.kind) {
        (What::ReceivedInAll(_), EventKind::Received { .. })
        | (What::SentInAll(_), EventKind::Sent { .. }) => size,
        _ => u64::from(is_met(what, entry, silence)),
    }
}

fn is_met(what: What, entry: &Entry, silence: Option<Duration>) -> bool {
    let (event, size) = (&entry.event, entry.size_bytes);
    let peer = event.link.as_ref().map(|it| &it.peer);
    match (what, &event.kind) {
        (
            What::Listens(family),
            EventKind::Listening { local, .. } | EventKind::Bound { local, .. },
        ) => is_of(family, Some(local)),
        (What::NewPeer, EventKind::Accepted { .. }) => peer.is_some_and(Address::is_udp),
        (What::Undelivered, EventKind::Failed { error }) => {
            matches!(**error, NetError::Undelivered { .. })
        }
        (What::SawEnd, kind) => kind.is_end_of_peer(),
        (What::Forgot, EventKind::Closed(closed)) => matches!(closed.by, ClosedBy::Silence(_)),
        (What::Connected(family), EventKind::Connected { .. })
        | (What::Accepted(family), EventKind::Accepted { .. }) => is_of(family, peer),
        (What::Refused, EventKind::ConnectFailed { error, .. }) => is_refused(error),
        (What::Received(exactly), EventKind::Received { .. }) => size == exactly,
        (What::ReceivedAtLeast(least), EventKind::Received { .. })
        | (What::SentAtLeast(least), EventKind::Sent { .. }) => size >= least,
        (What::ReceivedCut, EventKind::Received { payload }) => {
            let after = entry.streams.received.carry.advance(&payload.bytes);
            after != Carry::default()
        }
        (What::AfterSilence(least), EventKind::Sent { .. } | EventKind::Received { .. }) => {
            silence.is_some_and(|it| it >= least)
        }
        (What::Closed, EventKind::Closed(closed)) => !matches!(closed.by, ClosedBy::OurReset),
        (What::ClosedUnread, EventKind::Closed(closed)) => closed.unread,
        (What::DidReset, EventKind::Closed(closed)) => matches!(closed.by, ClosedBy::OurReset),
        (What::StopsAccepting, EventKind::AcceptingChanged { accepting }) => {
            *accepting == Accepting::Stop
        }
        (What::AcceptsAgain, EventKind::AcceptingChanged { accepting }) => {
            *accepting == Accepting::Accept
        }
        (What::Stopped, EventKind::Stopped)
        | (What::Cut, EventKind::Truncated { .. })
        | (What::Connects, EventKind::Connecting)
        | (What::Failed, EventKind::ConnectFailed { .. })
        | (What::Finished, EventKind::WeFinished)
        | (What::WasReset, EventKind::Reset { .. })
        | (What::StopsReading, EventKind::ReadingStopped)
        | (What::ReadsAgain, EventKind::ReadingResumed) => true,
        _ => false,
    }
}

fn is_of(family: Option<Family>, address: Option<&Address>) -> bool {
    let Some(address) = address.and_then(Address::ip) else {
        return false;
    };
    match family {
        None => true,
        Some(Family::V4) => address.is_ipv4(),
        Some(Family::V6) => address.is_ipv6(),
    }
}

fn is_refused(error: &NetError) -> bool {
    matches!(error, NetError::Connect { source, .. } if source.kind == io::ErrorKind::ConnectionRefused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::synthetic::{accepted, entries, event, listening, received};

    const SERVER: u32 = 1;
    const CLIENT: u32 = 2;

    /// Steps of conditions, each in words.
    fn run(steps: &[&[&[&str]]]) -> LessonRun {
        let condition = |words: &&[&str]| LessonCondition::read(&words.join(" ")).unwrap();
        let steps = steps
            .iter()
            .map(|step| step.iter().map(condition).collect());
        let ends = [
            (EndpointId(SERVER), LessonEnd::Server),
            (EndpointId(CLIENT), LessonEnd::Client),
        ];
        LessonRun::new(steps.collect(), ends.into())
    }

    /// Notes these events of a connection; returns which of them met a condition.
    fn note(run: &mut LessonRun, events: Vec<(u32, EventKind)>) -> Vec<bool> {
        let events = events.into_iter().zip(1_u64..);
        let events = events.map(|((endpoint, kind), at)| event(at, endpoint, 1, kind));
        entries(events)
            .iter()
            .map(|entry| run.note(entry))
            .collect()
    }

    #[test]
    fn entries_meet_the_conditions_of_the_step_that_is_to_be_done() {
        let mut run = run(&[
            &[&["server", "listens"]],
            &[&["client", "connects"], &["server", "accepted"]],
        ]);
        let changes = note(
            &mut run,
            vec![
                (SERVER, accepted()),
                (CLIENT, listening()),
                (9, listening()),
                (SERVER, listening()),
                (SERVER, listening()),
                (SERVER, accepted()),
            ],
        );
        assert_eq!(changes, [false, false, false, true, false, true]);
        assert_eq!(run.progress().met, [vec![Some(3)], vec![None, Some(5)]]);
        assert_eq!(run.progress().step(), 1);
        let changes = note(&mut run, vec![(CLIENT, EventKind::Connecting); 2]);
        assert_eq!(changes, [true, false]);
        assert!(run.progress().is_over());
    }

    #[test]
    fn bytes_are_counted_by_reads_or_in_all() {
        let mut run = run(&[&[
            &["server", "received", "3"],
            &["server", "received", "x2"],
            &["server", "received", "all", "8"],
        ]]);
        let events = vec![
            (SERVER, received(1, b"12345")),
            (SERVER, received(2, b"123")),
        ];
        assert_eq!(note(&mut run, events), [false, true]);
        assert_eq!(run.progress().met, [[Some(1), Some(1), Some(1)]]);
    }

    #[test]
    fn a_character_that_a_read_cuts_is_noticed() {
        let mut run = run(&[&[&["server", "received", "cut"]]]);
        let whole = "é".as_bytes();
        let events = vec![
            (SERVER, received(1, whole)),
            (SERVER, received(2, &whole[..1])),
        ];
        assert_eq!(note(&mut run, events), [false, true]);
    }
}
