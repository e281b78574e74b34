//! What one connection still has to do, in order: bytes to send, and acts between them. Knows no socket.

use std::collections::VecDeque;
use std::io::IoSlice;
use std::num::NonZeroU32;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::budget::CONNECTION_SHARE_BYTES;
use super::elsewhere::Elsewhere;
use super::event::{Payload, Requester};
use super::feed::Feed;
use super::id::Ids;
use crate::script::{Disturbance, Slices};

/// How much a user may queue on one connection. A payload beyond it is refused.
const QUEUE_BYTES: usize = 64 * 1024 * 1024;
/// How many steps may be queued on one connection. Any more are refused.
const QUEUE_STEPS: usize = 64 * 1024;
/// How much replies may occupy before the connection is no longer read. Reading resumes when they drain below it.
const REPLY_BYTES: usize = 1024 * 1024;
/// What a queued step costs besides its bytes: a million one-byte replies take more than a megabyte.
const STEP_BYTES: usize = size_of::<Queued>() + 64;
/// How much capacity an emptied queue may keep, in steps.
const KEPT_STEPS: usize = 8;
/// How many payloads one write takes at most.
pub(super) const GATHERED: usize = 64;
/// A payload of at least this size is written by itself: gathering would copy it for its entry.
const LARGE_BYTES: usize = 16 * 1024;

/// One thing to do.
#[derive(Debug)]
pub(super) enum OutgoingStep {
    /// Send these bytes.
    Send(Payload),
    /// Send these bytes, which arrive piece by piece.
    Feed(Box<Feed>),
    /// Do nothing for this long.
    Wait(Duration),
    /// Encrypt what follows, in both directions.
    StartTls,
    StopReading,
    ResumeReading,
    Rate(Option<NonZeroU32>),
    Slice(Option<Slices>),
    /// Have other connections do something, or join or leave a group.
    Elsewhere(Box<Elsewhere>),
    /// Report what chance did.
    Note(Disturbance),
}

#[derive(Debug)]
struct Queued {
    step: OutgoingStep,
    by: Requester,
}

/// The steps of a connection, which know their size.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    steps: VecDeque<Queued>,
    bytes: usize,
    /// The bytes that steps hold and that are not sent here.
    held: usize,
    /// What the steps occupy that a responder requested.
    reply_cost: usize,
    /// How many steps begin TLS.
    tls_starts: usize,
    /// Whether payloads are datagrams: each has its edges, and may be empty.
    keeps_edges: bool,
}

/// How much one write covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gathered {
    pub(super) payloads: usize,
    pub(super) bytes: usize,
}

impl Outgoing {
    /// Makes a queue of datagrams.
    pub(super) fn of_datagrams() -> Self {
        Self {
            keeps_edges: true,
            ..Self::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Returns whether TLS is to begin.
    pub(super) fn starts_tls(&self) -> bool {
        self.tls_starts > 0
    }

    /// Returns the queued bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes as u64
    }

    /// Returns what it occupies in memory, roughly.
    pub(super) fn cost(&self) -> usize {
        self.bytes + self.held + self.steps.len() * STEP_BYTES
    }

    /// Returns whether a user may still queue a payload of `bytes`.
    pub(super) fn has_room(&self, bytes: usize) -> bool {
        self.bytes.saturating_add(bytes) <= QUEUE_BYTES && self.steps.len() < QUEUE_STEPS
    }

    /// Returns whether so many replies are queued that requests must wait: more than the bound, or more than a
    /// connection's share if the budget is spent.
    ///
    /// What a user queued does not count. An endpoint that stopped reading while it has much to send would deadlock
    /// with an echoing peer.
    pub(super) fn is_over_reply_bound(&self, is_budget_spent: bool) -> bool {
        let bound = if is_budget_spent {
            CONNECTION_SHARE_BYTES
        } else {
            REPLY_BYTES
        };
        self.reply_cost > bound
    }

    /// Adds a step. The caller has checked [`Self::has_room`] for a user, and [`Self::is_over_reply_bound`] before it
    /// took another request.
    pub(super) fn push(&mut self, step: OutgoingStep, by: Requester) {
        let bytes = step.len_bytes();
        if bytes == 0 && !self.keeps_edges && matches!(step, OutgoingStep::Send(_)) {
            return;
        }
        self.count(bytes, step.held_bytes(), by);
        self.tls_starts += usize::from(matches!(step, OutgoingStep::StartTls));
        self.steps.push_back(Queued { step, by });
    }

    /// Adds a step in front of all others.
    pub(super) fn push_front(&mut self, step: OutgoingStep, by: Requester) {
        self.count(step.len_bytes(), step.held_bytes(), by);
        self.steps.push_front(Queued { step, by });
    }

    /// Adds a piece of the feed in front, before it.
    pub(super) fn push_piece(&mut self, piece: Payload) {
        let by = self.steps.front().map_or(Requester::User, |it| it.by);
        self.push_front(OutgoingStep::Send(piece), by);
    }

    /// Returns the first step.
    pub(super) fn front(&mut self) -> Option<(&mut OutgoingStep, Requester)> {
        let front = self.steps.front_mut()?;
        Some((&mut front.step, front.by))
    }

    /// Removes the first step.
    pub(super) fn pop(&mut self) -> Option<(OutgoingStep, Requester)> {
        let front = self.steps.pop_front()?;
        self.uncount_step(&front);
        self.shrink();
        Some((front.step, front.by))
    }

    /// Removes the feed that is being sent or waits, with its piece that has not been written. Returns how many bytes of
    /// that piece there were.
    pub(super) fn cancel_feed(&mut self) -> Option<(Box<Feed>, u64)> {
        let is_feed = |it: &Queued| matches!(it.step, OutgoingStep::Feed(_));
        let at = self.steps.iter().position(is_feed)?;
        let feed = self.remove(at)?;
        let OutgoingStep::Feed(feed) = feed.step else {
            return None;
        };
        let has_piece = feed.has_begun() && at == 1;
        let piece = if has_piece { self.remove(0) } else { None };
        self.shrink();
        Some((feed, piece.map_or(0, |it| it.step.len_bytes() as u64)))
    }

    /// Returns the feed whose pieces are being sent.
    pub(super) fn feed(&mut self) -> Option<&mut Feed> {
        self.steps.iter_mut().find_map(|it| match &mut it.step {
            OutgoingStep::Feed(feed) => Some(&mut **feed),
            _ => None,
        })
    }

    /// Returns how many bytes of the payload in front are left.
    pub(super) fn piece_bytes(&self) -> u64 {
        let front = self.steps.front();
        front.map_or(0, |it| it.step.len_bytes() as u64)
    }

    /// Removes all feeds.
    pub(super) fn take_feeds(&mut self) -> Vec<Feed> {
        let mut feeds = Vec::new();
        for queued in std::mem::take(&mut self.steps) {
            match queued.step {
                OutgoingStep::Feed(feed) => feeds.push(*feed),
                _ => self.steps.push_back(queued),
            }
        }
        feeds
    }

    /// Removes all steps. Returns how many there were.
    pub(super) fn clear(&mut self) -> u64 {
        let steps = self.steps.len() as u64;
        while self.pop().is_some() {}
        steps
    }

    /// Returns the bytes of the payload in front: the next datagram.
    pub(super) fn datagram(&self) -> &[u8] {
        match self.steps.front().map(|it| &it.step) {
            Some(OutgoingStep::Send(payload)) => &payload.bytes,
            _ => &[],
        }
    }

    /// Returns whether the payload in front is a piece of something longer.
    pub(super) fn is_piece(&self) -> bool {
        let second = self.steps.get(1);
        second.is_some_and(|it| matches!(&it.step, OutgoingStep::Feed(feed) if feed.has_begun()))
    }

    /// Fills `slices` with the payloads of the next write: those in front which one party requested, at most `most` bytes.
    pub(super) fn gather<'a>(
        &'a self,
        most: usize,
        slices: &mut [IoSlice<'a>; GATHERED],
    ) -> Gathered {
        let mut gathered = Gathered {
            payloads: 0,
            bytes: 0,
        };
        let by = self.steps.front().map(|it| it.by);
        let payloads = self.steps.iter().map_while(|it| match &it.step {
            OutgoingStep::Send(payload) if Some(it.by) == by => Some(&payload.bytes),
            _ => None,
        });
        for (bytes, slot) in payloads.zip(slices) {
            let is_large = bytes.len() >= LARGE_BYTES;
            let room = most.saturating_sub(gathered.bytes).min(bytes.len());
            if room == 0 || (is_large && gathered.payloads > 0) {
                break;
            }
            *slot = IoSlice::new(bytes.get(..room).unwrap_or(bytes));
            gathered.payloads += 1;
            gathered.bytes += room;
            if is_large {
                break;
            }
        }
        gathered
    }

    /// Removes the first `count` bytes, which one write took. Bytes of several payloads become a payload of their own.
    pub(super) fn take(&mut self, count: usize, ids: &Ids) -> Option<(Payload, Requester)> {
        let by = self.steps.front()?.by;
        let first = self.take_front(count)?;
        if first.bytes.len() >= count {
            return Some((first, by));
        }
        let mut all = BytesMut::with_capacity(count);
        all.extend_from_slice(&first.bytes);
        while all.len() < count {
            let Some(next) = self.take_front(count - all.len()) else {
                break;
            };
            all.extend_from_slice(&next.bytes);
        }
        Some((Payload::new(ids.next_payload(), Bytes::from(all)), by))
    }

    /// Removes at most `count` bytes of the payload in front.
    fn take_front(&mut self, count: usize) -> Option<Payload> {
        let front = self.steps.front_mut()?;
        let by = front.by;
        let OutgoingStep::Send(payload) = &mut front.step else {
            return None;
        };
        let taken = payload.split_to(count);
        let is_spent = payload.bytes.is_empty();
        self.uncount(taken.bytes.len(), by);
        if is_spent {
            self.pop();
        }
        Some(taken)
    }

    fn remove(&mut self, at: usize) -> Option<Queued> {
        let queued = self.steps.remove(at)?;
        self.uncount_step(&queued);
        Some(queued)
    }

    fn count(&mut self, bytes: usize, held: usize, by: Requester) {
        self.bytes += bytes;
        self.held += held;
        if by.is_reply() {
            self.reply_cost += bytes + held + STEP_BYTES;
        }
    }

    fn uncount_step(&mut self, queued: &Queued) {
        self.tls_starts -= usize::from(matches!(queued.step, OutgoingStep::StartTls));
        let held = queued.step.held_bytes();
        self.held -= held;
        if queued.by.is_reply() {
            self.reply_cost -= held + STEP_BYTES;
        }
        self.uncount(queued.step.len_bytes(), queued.by);
    }

    fn uncount(&mut self, bytes: usize, by: Requester) {
        self.bytes -= bytes;
        if by.is_reply() {
            self.reply_cost -= bytes;
        }
    }

    fn shrink(&mut self) {
        if self.steps.is_empty() {
            self.steps.shrink_to(KEPT_STEPS);
        }
    }
}

impl OutgoingStep {
    fn len_bytes(&self) -> usize {
        match self {
            Self::Send(payload) => payload.bytes.len(),
            _ => 0,
        }
    }

    /// Returns how many bytes it holds that are not sent here.
    fn held_bytes(&self) -> usize {
        match self {
            Self::Elsewhere(elsewhere) => elsewhere.len_bytes(),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use super::*;
    use crate::net::PayloadId;
    use crate::script::RuleNumber;

    fn payload(bytes: usize) -> OutgoingStep {
        let bytes = Bytes::from(vec![b'x'; bytes]);
        OutgoingStep::Send(Payload::new(PayloadId(1), bytes))
    }

    fn gathered(queue: &Outgoing, most: usize) -> (usize, usize) {
        let mut slices = [IoSlice::new(&[]); GATHERED];
        let gathered = queue.gather(most, &mut slices);
        let bytes: usize = slices.iter().map(|it| it.len()).sum();
        assert_eq!(bytes, gathered.bytes);
        (gathered.payloads, gathered.bytes)
    }

    #[test]
    fn a_queue_counts_its_remaining_bytes() {
        let ids = Ids::default();
        let mut queue = Outgoing::default();
        queue.push(payload(10), Requester::User);
        queue.push(payload(5), Requester::Responder);
        let (taken, by) = queue.take(4, &ids).unwrap();
        assert_eq!(
            (taken.start, taken.bytes.len(), by),
            (0, 4, Requester::User)
        );
        let (taken, _) = queue.take(6, &ids).unwrap();
        assert_eq!((taken.start, taken.bytes.len()), (4, 6));
        assert_eq!(queue.bytes(), 5);
        let (taken, by) = queue.take(5, &ids).unwrap();
        assert_eq!((taken.bytes.len(), by), (5, Requester::Responder));
        assert!(queue.is_empty());
        assert_eq!((queue.bytes, queue.reply_cost, queue.cost()), (0, 0, 0));
        assert!(queue.take(1, &ids).is_none());
    }

    #[test]
    fn one_write_takes_many_payloads_of_one_requester() {
        let mut queue = Outgoing::default();
        for _ in 0..100 {
            queue.push(payload(2), Requester::Responder);
        }
        queue.push(payload(3), Requester::User);
        assert_eq!(gathered(&queue, 1000), (GATHERED, 128));
        assert_eq!(gathered(&queue, 5), (3, 5));
        let ids = Ids::default();
        let (taken, _) = queue.take(199, &ids).unwrap();
        assert_eq!((taken.start, taken.bytes.len()), (0, 199));
        assert_eq!(gathered(&queue, 1000), (1, 1));
        queue.take(1, &ids).unwrap();
        assert_eq!(gathered(&queue, 1000), (1, 3));
    }

    #[test]
    fn a_write_has_one_requester_and_rules_are_several() {
        let rule = |number| Requester::Rule(RuleNumber(NonZeroU16::new(number).unwrap()));
        let mut queue = Outgoing::default();
        queue.push(payload(2), rule(1));
        queue.push(payload(3), rule(1));
        queue.push(payload(4), rule(2));
        assert_eq!(gathered(&queue, 1000), (2, 5));
        let (taken, by) = queue.take(5, &Ids::default()).unwrap();
        assert_eq!((taken.bytes.len(), by), (5, rule(1)));
        assert_eq!(queue.reply_cost, 4 + STEP_BYTES);
        assert_eq!(gathered(&queue, 1000), (1, 4));
    }

    #[test]
    fn a_large_payload_is_written_by_itself() {
        let mut queue = Outgoing::default();
        queue.push(payload(10), Requester::User);
        queue.push(payload(LARGE_BYTES), Requester::User);
        queue.push(payload(10), Requester::User);
        assert_eq!(gathered(&queue, usize::MAX), (1, 10));
        queue.take(10, &Ids::default()).unwrap();
        assert_eq!(gathered(&queue, usize::MAX), (1, LARGE_BYTES));
    }

    #[test]
    fn an_act_between_payloads_separates_their_writes() {
        let mut queue = Outgoing::default();
        queue.push(payload(1), Requester::User);
        queue.push(OutgoingStep::Wait(Duration::ZERO), Requester::User);
        queue.push(payload(1), Requester::User);
        assert_eq!(gathered(&queue, 1000), (1, 1));
        queue.take(1, &Ids::default()).unwrap();
        assert_eq!(gathered(&queue, 1000), (0, 0));
        assert!(matches!(queue.pop(), Some((OutgoingStep::Wait(_), _))));
        assert_eq!(gathered(&queue, 1000), (1, 1));
    }

    #[test]
    fn a_user_may_queue_up_to_the_limit() {
        let mut queue = Outgoing::default();
        assert!(queue.has_room(QUEUE_BYTES));
        assert!(!queue.has_room(QUEUE_BYTES + 1));
        queue.push(payload(1), Requester::User);
        assert!(!queue.has_room(QUEUE_BYTES));
        assert!(queue.has_room(QUEUE_BYTES - 1));
    }

    #[test]
    fn only_replies_stop_reading_and_sooner_when_the_budget_is_spent() {
        let mut queue = Outgoing::default();
        queue.push(payload(2 * REPLY_BYTES), Requester::User);
        assert!(!queue.is_over_reply_bound(true));
        queue.push(payload(CONNECTION_SHARE_BYTES), Requester::Responder);
        assert!(queue.is_over_reply_bound(true));
        assert!(!queue.is_over_reply_bound(false));
        for _ in 0..=REPLY_BYTES / STEP_BYTES {
            queue.push(payload(1), Requester::Responder);
        }
        assert!(queue.is_over_reply_bound(false));
    }
}
