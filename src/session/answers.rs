//! What came of the last message: how much of it was sent, and what was received on its connections afterwards.
//!
//! It is found on the recorder's thread, from the stamps that are on record: so the figures are those of the rows.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use super::Wake;
use super::sight::{Sight, lock};
use crate::capture::frames::{FrameRules, Framer};
use crate::capture::{Ending, Entry, EventKind, RecordStatus, Watch};
use crate::net::{Direction, EndpointId, FlowId, NetError, PayloadId, Requester, Stamp};

/// On how many connections of a message replies are waited for. What others receive is not counted.
const MAX_CONNECTIONS: usize = 10_000;
/// How many connections of a message are counted: with more of them their number is the least that it can be.
const MAX_RECIPIENTS: usize = 100_000;
/// How many replies are counted.
pub const MAX_REPLIES: u64 = 1_000_000;
/// How many entries of a message are named.
const MAX_ENTRIES: usize = 64;

/// What came of a message, or of all of a repeated one so far.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    /// The connections that took bytes of it.
    pub recipients: u64,
    /// How often it was sent, if it is repeated.
    pub times: u64,
    /// The bytes that were sent, on all connections.
    pub sent_bytes: u64,
    /// Whether every recipient was sent the same number of bytes.
    pub is_even: bool,
    /// On how many connections a reply was received.
    pub replied: u64,
    /// The frames, or without a framing the chunks, that were received after it; at most [`MAX_REPLIES`].
    pub replies: u64,
    /// The bytes that were received after it while there is a framing and no whole frame yet.
    pub incomplete_bytes: u64,
    /// The time from the bytes sent last to the first reply; of a repeated message, to the newest first reply.
    pub waited: Option<Duration>,
    /// The numbers of the first entries with its bytes.
    pub entries: Vec<u64>,
    /// Why it was not sent, or not answered.
    pub problem: Option<SendProblem>,
    /// Where that was, if it is over once that endpoint is connected anew.
    pub problem_at: Option<ProblemPlace>,
}

/// Where a message was not sent, or not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemPlace {
    /// The endpoint that was to send it.
    pub endpoint: EndpointId,
    /// The connection that it was on; nothing where none was established.
    pub connection: Option<FlowId>,
}

/// Why a message was not sent, or not answered.
#[derive(Clone, Debug)]
pub enum SendProblem {
    /// It was refused, or there is no connection to send it on.
    Failed(Arc<NetError>),
    /// The connection ended before anything was received.
    Ended(Ending),
}

impl SendProblem {
    /// Returns whether something went wrong: a connection that was closed in good order was only not used for an answer.
    pub fn is_bad(&self) -> bool {
        match self {
            Self::Failed(_) => true,
            Self::Ended(ending) => ending.is_bad(),
        }
    }
}

/// A message whose answers are wanted.
pub(super) struct ExpectedAnswers {
    /// Who sends it.
    pub(super) endpoints: Vec<EndpointId>,
    /// Its payloads have later numbers.
    pub(super) after: PayloadId,
    /// How the received bytes of these endpoints are cut.
    pub(super) rules: Arc<FrameRules>,
    /// How often it has been sent.
    pub(super) times: u64,
    /// Where to report what the repeater of a repeated message has to know.
    pub(super) sight: Option<Sight>,
}

/// What both ends share.
#[derive(Default)]
struct Shared {
    /// A message that the watch has not seen yet; a later one takes its place.
    expected: Option<ExpectedAnswers>,
    /// What came of the message, unless it was taken.
    answered: Option<Answered>,
}

/// The session's end.
#[derive(Clone, Default)]
pub(super) struct Answers(Arc<Mutex<Shared>>);

impl Answers {
    /// Reports what comes of a message from now on, before it is sent.
    pub(super) fn expect(&self, expected: ExpectedAnswers) {
        let mut shared = self.lock();
        shared.expected = Some(expected);
        shared.answered = None;
    }

    /// Takes what came of it, if that has changed.
    pub(super) fn take(&self) -> Option<Answered> {
        self.lock().answered.take()
    }

    /// Returns the end that sees the entries, and hands them on to `next`.
    pub(super) fn watch(&self, wake: Wake, next: Option<Box<dyn Watch>>) -> Box<dyn Watch> {
        Box::new(AnswerWatch {
            answers: self.clone(),
            wake,
            next,
            tracked: None,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        lock(&self.0)
    }
}

/// The recorder's end.
struct AnswerWatch {
    answers: Answers,
    wake: Wake,
    next: Option<Box<dyn Watch>>,
    tracked: Option<Tracked>,
}

impl Watch for AnswerWatch {
    fn note(&mut self, entries: &mut Vec<Entry>, record: &RecordStatus) {
        if let Some(expected) = self.answers.lock().expected.take() {
            self.tracked = Some(match self.tracked.take() {
                Some(tracked) if tracked.is_repeated_by(&expected) => tracked.again(expected),
                _ => Tracked::new(expected),
            });
        }
        if let Some(tracked) = &mut self.tracked {
            let before = tracked.changes;
            for entry in &*entries {
                tracked.push(entry);
            }
            if tracked.changes != before {
                let mut shared = self.answers.lock();
                // A later message is already on its way.
                if shared.expected.is_none() {
                    shared.answered = Some(tracked.answered());
                }
                drop(shared);
                (self.wake)();
            }
        }
        if let Some(next) = &mut self.next {
            next.note(entries, record);
        }
    }
}

/// A message that was seen, or is about to be.
struct Tracked {
    expected: ExpectedAnswers,
    connections: BTreeMap<FlowId, Recipient>,
    /// How many of them have not ended.
    open: usize,
    /// The connections beyond [`MAX_CONNECTIONS`], at most as many as [`MAX_RECIPIENTS`] leaves.
    others: BTreeSet<FlowId>,
    framer: Framer,
    answered: Answered,
    /// Counts the changes of what came of it.
    changes: u64,
}

/// A connection that took bytes of the message.
struct Recipient {
    sent_bytes: u64,
    /// When its last bytes were sent.
    sent: Stamp,
    has_replied: bool,
    /// Whether its newest frame was counted before it was emitted: only the rest of its line break may still arrive.
    is_counted: bool,
}

impl Tracked {
    fn new(expected: ExpectedAnswers) -> Self {
        let answered = Answered {
            times: expected.times,
            ..Answered::default()
        };
        Self {
            framer: Framer::new(Arc::clone(&expected.rules)),
            expected,
            connections: BTreeMap::new(),
            others: BTreeSet::new(),
            open: 0,
            answered,
            changes: 0,
        }
    }

    /// Returns whether a message is this one, sent again.
    fn is_repeated_by(&self, later: &ExpectedAnswers) -> bool {
        let both = self.expected.sight.as_ref().zip(later.sight.as_ref());
        both.is_some_and(|(one, other)| one.is_same(other))
    }

    /// Waits for the answers to the next time, with what is known of the connections.
    fn again(mut self, expected: ExpectedAnswers) -> Self {
        self.answered.times = expected.times;
        for recipient in self.connections.values_mut() {
            recipient.has_replied = false;
        }
        // What was sent the time before may be on record only after this: it counts all the same.
        let after = self.expected.after;
        self.expected = ExpectedAnswers { after, ..expected };
        self
    }

    fn answered(&self) -> Answered {
        let mut sizes = self.connections.values().map(|it| it.sent_bytes);
        let first = sizes.next();
        Answered {
            is_even: sizes.all(|size| Some(size) == first),
            ..self.answered.clone()
        }
    }

    fn push(&mut self, entry: &Entry) {
        let endpoint = entry.event.endpoint;
        // A repeater still has to know of a connection's end.
        let is_full = self.answered.replies >= MAX_REPLIES && self.expected.sight.is_none();
        if is_full || !self.expected.endpoints.contains(&endpoint) {
            return;
        }
        match &entry.event.kind {
            EventKind::Sent { payload, .. }
                if entry.event.by == Requester::User && payload.id > self.expected.after =>
            {
                self.sent(entry);
            }
            EventKind::Received { .. } if !self.framer.cuts(entry) => {
                self.received(
                    entry.event.link.as_ref().map(|it| it.connection),
                    entry.event.stamp,
                );
            }
            EventKind::Failed { error } if is_about_sending(error) => self.failed(entry, error),
            EventKind::ConnectFailed { error, last: true } => self.failed(entry, error),
            // It waited for the handshake.
            EventKind::Closed(closed)
                if closed.unsent_bytes > 0 && self.answered.sent_bytes == 0 =>
            {
                if let Some(error) = closed.failed_handshake() {
                    self.failed(entry, error);
                }
            }
            _ => {}
        }
        self.cut(entry);
        if let Some(ending) = Ending::of(&entry.event.kind) {
            self.ended(entry, ending);
        }
    }

    fn sent(&mut self, entry: &Entry) {
        let Some(link) = &entry.event.link else {
            return;
        };
        let (bytes, stamp) = (entry.size_bytes, entry.event.stamp);
        let is_full = self.connections.len() >= MAX_CONNECTIONS;
        match self.connections.entry(link.connection) {
            Slot::Occupied(mut known) => {
                let known = known.get_mut();
                known.sent_bytes += bytes;
                known.sent = stamp;
            }
            Slot::Vacant(slot) => {
                if let Some(sight) = &self.expected.sight {
                    sight.note_sent(entry.event.endpoint, link.connection);
                }
                if is_full {
                    let has_room = self.others.len() < MAX_RECIPIENTS - MAX_CONNECTIONS;
                    self.others.extend(has_room.then_some(link.connection));
                } else {
                    slot.insert(Recipient {
                        sent_bytes: bytes,
                        sent: stamp,
                        has_replied: false,
                        is_counted: false,
                    });
                    self.open += 1;
                }
                self.answered.recipients = (self.connections.len() + self.others.len()) as u64;
            }
        }
        let answered = &mut self.answered;
        answered.sent_bytes += bytes;
        if answered.entries.len() < MAX_ENTRIES {
            answered.entries.push(entry.number);
        }
        self.changes += 1;
    }

    fn received(&mut self, connection: Option<FlowId>, stamp: Stamp) {
        let recipient = connection.and_then(|id| self.connections.get_mut(&id));
        let Some(recipient) = recipient else { return };
        let answered = &mut self.answered;
        answered.replies = (answered.replies + 1).min(MAX_REPLIES);
        if !std::mem::replace(&mut recipient.has_replied, true) {
            let waited = stamp.since(recipient.sent);
            // Of a repeated message the newest one counts.
            if answered.times > 1 {
                answered.waited = Some(waited);
            }
            answered.replied += 1;
            answered.waited.get_or_insert(waited);
        }
        self.changes += 1;
        if let Some(sight) = &self.expected.sight {
            sight.note_reply();
        }
    }

    /// Cuts what is received into frames, where there is a framing.
    fn cut(&mut self, entry: &Entry) {
        if entry.event.link.is_none() {
            return;
        }
        let mut complete = Vec::new();
        self.framer.push(entry, &mut |frame| {
            let is_received = frame.stream.direction == Direction::Received;
            if is_received && frame.fault.is_none() {
                complete.push((frame.stream.connection, Stamp(frame.last.nanos)));
            }
        });
        for (connection, stamp) in complete {
            let recipient = self.connections.get_mut(&connection);
            if !recipient.is_some_and(|it| std::mem::take(&mut it.is_counted)) {
                self.received(Some(connection), stamp);
            }
        }
        let is_received = matches!(entry.event.kind, EventKind::Received { .. });
        if is_received && self.framer.cuts(entry) {
            self.incomplete(entry);
        }
    }

    /// Counts bytes that were received and belong to no whole frame yet.
    fn incomplete(&mut self, entry: &Entry) {
        let Some((stream, link)) = entry.stream_id().zip(entry.event.link.as_ref()) else {
            return;
        };
        let is_whole = self.framer.is_whole(stream);
        let Some(recipient) = self.connections.get_mut(&link.connection) else {
            return;
        };
        if is_whole && !std::mem::replace(&mut recipient.is_counted, true) {
            self.received(Some(link.connection), entry.event.stamp);
        } else if self.answered.replies == 0 {
            self.answered.incomplete_bytes += entry.size_bytes;
            self.changes += 1;
        }
    }

    fn failed(&mut self, entry: &Entry, error: &Arc<NetError>) {
        let endpoint = entry.event.endpoint;
        // What follows from it is said less well: the bytes that waited for a connect are lost.
        if self.answered.problem.is_none() {
            let link = entry.event.link.as_ref();
            let connection = link.filter(|_| !is_about_connecting(error));
            self.answered.problem = Some(SendProblem::Failed(Arc::clone(error)));
            self.answered.problem_at =
                (connection.is_some() || is_about_connecting(error)).then(|| ProblemPlace {
                    endpoint,
                    connection: connection.map(|link| link.connection),
                });
        }
        self.changes += 1;
        if let Some(sight) = &self.expected.sight {
            sight.note_failed(endpoint, error);
        }
    }

    /// Notes that a connection has ended. Once none is left that could answer, nothing will come any more.
    fn ended(&mut self, entry: &Entry, ending: Ending) {
        let link = entry.event.link.as_ref();
        let connection = link.map(|link| link.connection);
        let Some(connection) = connection.filter(|it| self.connections.contains_key(it)) else {
            return;
        };
        if let Some(sight) = &self.expected.sight {
            sight.note_gone(connection, ending.clone());
        }
        self.open -= 1;
        if self.open == 0 && self.answered.replies == 0 {
            self.answered.problem = Some(SendProblem::Ended(ending));
            self.answered.problem_at = Some(ProblemPlace {
                endpoint: entry.event.endpoint,
                connection: Some(connection),
            });
            self.changes += 1;
        }
    }
}

/// Returns whether an error means that a message had no connection to go on.
fn is_about_connecting(error: &NetError) -> bool {
    matches!(
        error,
        NetError::Connect { .. }
            | NetError::ConnectTimeout { .. }
            | NetError::ConnectGivenUp { .. }
            | NetError::NotConnected { .. }
            | NetError::LookUp { .. }
            | NetError::TooManyLookUps { .. }
            | NetError::NoPeers { .. }
    )
}

/// Returns whether an error concerns a message: a server that cannot listen or accept says nothing about it.
fn is_about_sending(error: &NetError) -> bool {
    matches!(
        error,
        NetError::QueueFull { .. }
            | NetError::BudgetSpent { .. }
            | NetError::NotOpen { .. }
            | NetError::NotConnected { .. }
            | NetError::NoPeers { .. }
            | NetError::Template { .. }
            | NetError::LookUp { .. }
            | NetError::TooManyLookUps { .. }
    )
}
