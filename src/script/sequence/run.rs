//! A sequence on its way through its steps on one connection.

use core::time::Duration;
use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;

use super::{
    Awaited, EXCERPT_BYTES, Miss, Sequence, SequenceEnd, SequenceOutcome, Step, StepFailure,
    StepNumber, Wanted,
};
use crate::payload::template::{Piece, RenderError, Scene};
use crate::script::{Act, Acts, MAX_REQUEST_BYTES, Message, Seen, TimerId};

/// The timer of the step that is being done.
const STEP_TIMER: TimerId = TimerId(0);

/// How many requests wait at most for a step that expects something. Of more, the oldest are passed over.
pub const MAX_INBOX_REQUESTS: usize = 1024;
/// How many bytes they have at most.
pub const MAX_INBOX_BYTES: usize = 1024 * 1024;
/// How many bytes of pieces a sequence keeps at most. Of more, the oldest are forgotten.
const MAX_PIECE_BYTES: usize = 256 * 1024;

/// A sequence on its way through its steps.
///
/// It sees what a responder sees, and requests acts. A step is done before the next one begins; so what arrives while it
/// waits is looked at later, in order.
#[derive(Debug)]
pub struct SequenceRun {
    sequence: Arc<Sequence>,
    /// The step that is being done.
    at: usize,
    /// Whether its timer is set.
    is_timed: bool,
    inbox: Inbox,
    passed_over: PassedOver,
    found: Pieces,
    has_ended: bool,
    is_gone: bool,
    outcome: Option<SequenceOutcome>,
}

/// Requests that no step has looked at.
#[derive(Debug, Default)]
struct Inbox {
    requests: VecDeque<Bytes>,
    bytes: usize,
}

/// Requests that no step expected.
#[derive(Debug, Default)]
struct PassedOver {
    /// How many.
    count: u64,
    /// The chunks of this step, taken together, if there is no framing: the last [`MAX_REQUEST_BYTES`].
    joined: Vec<u8>,
    /// How many chunks that is.
    chunks: u64,
    /// The request of this step that comes nearest, and how many bytes agree.
    nearest: Option<(Miss, usize)>,
}

/// The pieces that the steps have found so far. A later one replaces an earlier one of the same name.
#[derive(Debug, Default)]
struct Pieces {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
}

impl SequenceRun {
    /// Makes a run that has not begun.
    pub fn new(sequence: Arc<Sequence>) -> Self {
        Self {
            sequence,
            at: 0,
            is_timed: false,
            inbox: Inbox::default(),
            passed_over: PassedOver::default(),
            found: Pieces::default(),
            has_ended: false,
            is_gone: false,
            outcome: None,
        }
    }

    /// Returns the sequence.
    pub fn sequence(&self) -> &Sequence {
        &self.sequence
    }

    /// Does the first steps.
    pub fn begin(&mut self, scene: &mut Scene<'_>, acts: &mut Acts) {
        self.go_on(scene, acts);
    }

    /// Sees what happened, and requests acts in answer.
    pub fn see(&mut self, seen: Seen, scene: &mut Scene<'_>, acts: &mut Acts) {
        match seen {
            Seen::Request => self.take(scene.request),
            Seen::PeerFinished => self.has_ended = true,
            Seen::Gone => (self.has_ended, self.is_gone) = (true, true),
            Seen::Began | Seen::Silence | Seen::Timer(_) => return,
        }
        self.go_on(scene, acts);
    }

    /// Sees that its timer is due: the one that it set last, whatever its id.
    pub fn time_out(&mut self, scene: &mut Scene<'_>, acts: &mut Acts) {
        self.time_is_over();
        self.go_on(scene, acts);
    }

    /// Stops it at the step that is being done.
    pub fn cancel(&mut self) {
        let step = self.step();
        self.end(SequenceOutcome::Cancelled { step });
    }

    /// Ends it: the step that is being done has failed.
    pub fn fail(&mut self, why: StepFailure) {
        let step = self.step();
        self.end(SequenceOutcome::Failed { step, why });
    }

    /// Returns how it ended, once it has.
    pub fn ended(&self) -> Option<SequenceEnd> {
        let outcome = self.outcome.clone()?;
        Some(SequenceEnd {
            outcome,
            others: self.passed_over.count + self.inbox.requests.len() as u64,
        })
    }

    fn step(&self) -> StepNumber {
        let last = self.sequence.steps.len().saturating_sub(1);
        let number = self.at.min(last) + 1;
        StepNumber(u16::try_from(number).unwrap_or(u16::MAX))
    }

    /// Ends it, unless it has failed or was cancelled: what was requested by steps that seemed done has come to nothing.
    fn end(&mut self, outcome: SequenceOutcome) {
        if self.outcome.as_ref().is_none_or(SequenceOutcome::is_passed) {
            self.outcome = Some(outcome);
        }
    }

    fn take(&mut self, request: Option<&[u8]>) {
        let Some(request) = request else {
            // It is too long to be looked at.
            self.passed_over.count += 1;
            return;
        };
        self.passed_over.count += match &self.sequence.framing {
            Some(framing) => self.inbox.push(&framing.checked(request)),
            None => self.inbox.push(request),
        };
    }

    fn time_is_over(&mut self) {
        self.is_timed = false;
        match self.sequence.steps.get(self.at) {
            Some(Step::Wait(_)) => self.next(),
            Some(Step::Expect { within, .. }) => {
                let within = *within;
                let nearest = self.passed_over.take_nearest();
                self.fail(StepFailure::TimedOut { within, nearest });
            }
            _ => {}
        }
    }

    fn next(&mut self) {
        self.at += 1;
        self.passed_over.begin_step();
    }

    /// Does steps until one has to wait, and so at most all of them.
    fn go_on(&mut self, scene: &mut Scene<'_>, acts: &mut Acts) {
        let sequence = Arc::clone(&self.sequence);
        while self.outcome.is_none() {
            let Some(step) = sequence.steps.get(self.at) else {
                self.end(SequenceOutcome::Passed);
                break;
            };
            let is_done = match step {
                Step::Send(message) => match self.found.rendered(message, scene) {
                    Ok(bytes) => {
                        acts.send(bytes);
                        true
                    }
                    Err(error) => {
                        self.fail(StepFailure::Template(error));
                        false
                    }
                },
                Step::StartTls => request(Act::StartTls, acts),
                Step::Finish => request(Act::Finish, acts),
                Step::Close => request(Act::Close, acts),
                Step::Reset => request(Act::Reset, acts),
                // Nobody waits for a connection that is gone.
                Step::Wait(_) if self.is_gone => true,
                Step::Wait(duration) => {
                    self.set_timer(*duration, acts);
                    false
                }
                Step::Expect { what, within } => {
                    let is_met = match what {
                        Awaited::Request(wanted) => self.look_for(wanted),
                        Awaited::Ended => self.has_ended,
                    };
                    if !is_met {
                        self.set_timer(*within, acts);
                        self.note_end(what);
                    }
                    is_met
                }
            };
            if !is_done {
                break;
            }
            if std::mem::take(&mut self.is_timed) {
                acts.cancel_timer(STEP_TIMER);
            }
            self.next();
        }
        if self.outcome.is_some() && std::mem::take(&mut self.is_timed) {
            acts.cancel_timer(STEP_TIMER);
        }
    }

    fn set_timer(&mut self, after: Duration, acts: &mut Acts) {
        if !std::mem::replace(&mut self.is_timed, true) {
            acts.set_timer(STEP_TIMER, after);
        }
    }

    /// Fails if what is expected can no longer arrive.
    fn note_end(&mut self, what: &Awaited) {
        if self.has_ended && matches!(what, Awaited::Request(_)) {
            let nearest = self.passed_over.take_nearest();
            self.fail(StepFailure::Ended { nearest });
        }
    }

    /// Looks at the requests in order, up to the first that contains this. Returns whether there is one.
    fn look_for(&mut self, wanted: &Wanted) -> bool {
        let joins = self.sequence.framing.is_none();
        while let Some(request) = self.inbox.pop() {
            if let Some(pieces) = wanted.find(&request) {
                self.found.add(&request, &pieces);
                return true;
            }
            self.passed_over.add(&request, wanted, joins);
            if joins
                && self.passed_over.chunks > 1
                && let Some(pieces) = wanted.find(&self.passed_over.joined)
            {
                self.found.add(&self.passed_over.joined, &pieces);
                // They are what was expected, in pieces.
                self.passed_over.count -= self.passed_over.chunks;
                return true;
            }
        }
        false
    }
}

/// Requests an act, and returns true.
fn request(act: Act, acts: &mut Acts) -> bool {
    acts.request(act);
    true
}

impl Inbox {
    /// Adds a request. Returns how many have to be passed over for it.
    fn push(&mut self, request: &[u8]) -> u64 {
        self.bytes += request.len();
        self.requests.push_back(Bytes::copy_from_slice(request));
        let mut dropped = 0;
        while self.requests.len() > MAX_INBOX_REQUESTS || self.bytes > MAX_INBOX_BYTES {
            if self.pop().is_none() {
                break;
            }
            dropped += 1;
        }
        dropped
    }

    fn pop(&mut self) -> Option<Bytes> {
        let request = self.requests.pop_front()?;
        self.bytes -= request.len();
        Some(request)
    }
}

impl PassedOver {
    fn add(&mut self, request: &[u8], wanted: &Wanted, joins: bool) {
        self.count += 1;
        if joins {
            self.chunks += 1;
            self.joined.extend_from_slice(request);
            let excess = self.joined.len().saturating_sub(MAX_REQUEST_BYTES);
            self.joined.drain(..excess);
        }
        let (difference, agreed) = match wanted.difference(request) {
            Some((difference, agreed)) => (Some(difference), agreed),
            None => (None, 0),
        };
        // Of several that are equally near, the last one.
        if self
            .nearest
            .as_ref()
            .is_none_or(|(_, best)| agreed >= *best)
        {
            let excerpt = request.get(..EXCERPT_BYTES).unwrap_or(request);
            let miss = Miss {
                excerpt: excerpt.to_vec(),
                len_bytes: request.len() as u64,
                difference,
            };
            self.nearest = Some((miss, agreed));
        }
    }

    fn take_nearest(&mut self) -> Option<Miss> {
        self.nearest.take().map(|(miss, _)| miss)
    }

    fn begin_step(&mut self) {
        self.joined.clear();
        self.chunks = 0;
        self.nearest = None;
    }
}

impl Pieces {
    fn add(&mut self, request: &[u8], pieces: &[Piece]) {
        for piece in pieces {
            let Some(bytes) = request.get(piece.range.clone()) else {
                continue;
            };
            let start = self.bytes.len();
            self.bytes.extend_from_slice(bytes);
            self.pieces.retain(|it| it.name != piece.name);
            self.pieces.push(Piece {
                range: start..self.bytes.len(),
                ..piece.clone()
            });
        }
        self.compact();
    }

    /// Forgets the bytes of pieces that were replaced, and the oldest pieces if there are too many bytes.
    fn compact(&mut self) {
        if self.bytes.len() <= MAX_PIECE_BYTES {
            return;
        }
        let mut kept = Self::default();
        let mut first = self.pieces.len();
        let mut bytes = 0;
        for (place, piece) in self.pieces.iter().enumerate().rev() {
            bytes += piece.range.len();
            if bytes > MAX_PIECE_BYTES {
                break;
            }
            first = place;
        }
        for piece in self.pieces.get(first..).unwrap_or_default() {
            let start = kept.bytes.len();
            let bytes = self.bytes.get(piece.range.clone()).unwrap_or_default();
            kept.bytes.extend_from_slice(bytes);
            kept.pieces.push(Piece {
                range: start..kept.bytes.len(),
                ..piece.clone()
            });
        }
        *self = kept;
    }

    /// Returns the bytes of a message, with these pieces.
    fn rendered(&self, message: &Message, scene: &mut Scene<'_>) -> Result<Bytes, RenderError> {
        let template = match message {
            Message::Bytes(bytes) => return Ok(bytes.clone()),
            Message::Template(template) => template,
        };
        let mut own = Scene {
            request: Some(&self.bytes),
            pieces: &self.pieces,
            random: &mut *scene.random,
            ..*scene
        };
        let rendered = template.render(&mut own)?;
        scene.count += 1;
        Ok(rendered.bytes.into())
    }
}
