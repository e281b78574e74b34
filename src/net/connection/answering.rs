//! Shows a connection's responder what happens, and carries out what it requests.

mod timers;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::Connection;
use crate::net::context::Context;
use crate::net::event::Payload;
use crate::script::{
    MAX_REQUEST_BYTES, PeerRequest, REQUEST_SHARE_BYTES, Requests, Responder, Seen, Standing,
    TimerId, responder,
};

/// How many requests of one connection are answered in a turn.
const REQUESTS_PER_TURN: usize = 256;

/// What answers on a connection.
pub(super) struct Answering {
    pub(super) responder: Box<dyn Responder>,
    /// The behaviour that the responder was made for.
    generation: u32,
    frames: Option<Box<Frames>>,
    /// When the timer of its patience is due, if it is set. It is set anew only when it fires.
    patience_due: Option<Instant>,
    /// When something was last received; kept only for a responder that asks about silence.
    heard: Option<Instant>,
    timers: BTreeMap<TimerId, Instant>,
}

/// The frames of the received stream.
struct Frames {
    requests: Requests,
    began: Instant,
    /// When the timer of a silence is due, if it is set. It is set anew only when it fires, not with every chunk.
    due: Option<Instant>,
}

/// What a responder answers.
pub(super) enum AnsweredRequest {
    /// Nothing that was received.
    None,
    /// A chunk, which is in the current buffer. With a payload if its bytes are observed.
    Chunk {
        payload: Option<Payload>,
        count: usize,
    },
    /// A frame.
    Frame(PeerRequest),
}

impl AnsweredRequest {
    pub(super) fn chunk(payload: Option<Payload>, count: usize) -> Self {
        Self::Chunk { payload, count }
    }

    /// Returns the bytes of a request. `None` if they are not kept.
    pub(super) fn bytes<'a>(&'a self, context: &'a Context) -> Option<&'a [u8]> {
        match self {
            Self::None => None,
            Self::Chunk {
                payload: Some(payload),
                ..
            } => Some(&payload.bytes),
            Self::Chunk {
                payload: None,
                count,
            } => Some(context.buffers.filled(*count)),
            Self::Frame(request) => request.bytes.as_deref(),
        }
    }
}

impl Frames {
    fn nanos(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Returns when a silence completes the last frame.
    fn deadline(&self) -> Option<Instant> {
        let nanos = self.requests.deadline_nanos()?;
        self.began.checked_add(Duration::from_nanos(nanos))
    }
}

impl Answering {
    pub(super) fn new(context: &Context) -> Self {
        Self {
            responder: responder(&context.behaviour().script),
            generation: context.generation(),
            frames: None,
            patience_due: None,
            heard: None,
            timers: BTreeMap::new(),
        }
    }

    /// Returns how many bytes of an incomplete frame are kept.
    pub(super) fn kept_bytes(&self) -> usize {
        let frames = self.frames.as_ref();
        frames.map_or(0, |frames| frames.requests.kept_bytes())
    }

    /// Returns the longest frame of which a reply can use the bytes.
    pub(super) fn request_limit_bytes(&self) -> u64 {
        let frames = self.frames.as_ref();
        frames.map_or(MAX_REQUEST_BYTES, |frames| frames.requests.limit_bytes()) as u64
    }

    /// Returns whether requests wait to be answered.
    pub(super) fn is_behind(&self) -> bool {
        let frames = self.frames.as_ref();
        frames.is_some_and(|frames| frames.requests.are_waiting())
    }

    /// Drops the requests that wait, and what is kept of an incomplete one.
    pub(super) fn drop_requests(&mut self) {
        self.frames = None;
    }

    /// Takes the responder of the current behaviour. Returns what the one before it leaves, if it is another one.
    pub(super) fn refresh(&mut self, context: &Context) -> Option<Standing> {
        if self.generation == context.generation() {
            return None;
        }
        self.generation = context.generation();
        let next = responder(&context.behaviour().script);
        let before = std::mem::replace(&mut self.responder, next);
        Some(before.standing())
    }

    /// Returns the next request that is complete.
    fn next_request(&mut self) -> Option<PeerRequest> {
        let frames = self.frames.as_mut()?;
        let nanos = frames.nanos();
        frames.requests.next(nanos)
    }
}

impl Connection {
    /// Shows the responder that the connection is established.
    pub(super) fn begin(&mut self, context: &mut Context) {
        self.show(Seen::Began, &AnsweredRequest::None, context);
        self.restart_patience(context);
    }

    /// Answers a chunk: as one request, or frame by frame.
    pub(super) fn answer(&mut self, chunk: &AnsweredRequest, context: &mut Context) {
        let was_empty = self.queue.is_empty();
        if self.cut(chunk, context) {
            self.await_silence(context);
            self.answer_requests(context);
        } else {
            self.show(Seen::Request, chunk, context);
        }
        self.write_if(was_empty, context);
    }

    /// Cuts a chunk into frames and returns true, if there is a framing. A datagram is a request as it is.
    fn cut(&mut self, chunk: &AnsweredRequest, context: &mut Context) -> bool {
        let script = &context.behaviour().script;
        let framing = match &self.running {
            Some(running) => running.framing(),
            None => script.framing.as_ref().filter(|_| script.takes_requests()),
        };
        let Some(framing) = framing.filter(|_| !self.is_datagrams()) else {
            self.answering.frames = None;
            return false;
        };
        let keeps_bytes = self.running.is_some() || script.uses_requests();
        let frames = self.answering.frames.take();
        // One that keeps bytes that are not needed any more may be within a frame.
        let known = frames.filter(|it| {
            it.requests.cuts_by(framing, keeps_bytes) || it.requests.cuts_by(framing, true)
        });
        let mut frames = known.unwrap_or_else(|| {
            Box::new(Frames {
                requests: Requests::new(framing, keeps_bytes),
                began: Instant::now(),
                due: None,
            })
        });
        let nanos = frames.nanos();
        if let Some(bytes) = chunk.bytes(context) {
            // What is kept counts in the budget.
            frames.requests.set_limit(if context.budget.is_spent() {
                REQUEST_SHARE_BYTES
            } else {
                MAX_REQUEST_BYTES
            });
            frames.requests.push(bytes, nanos);
        }
        self.answering.frames = Some(frames);
        true
    }

    /// Answers the requests that wait, as far as there is room for their replies. Once TLS is to begin, those behind are
    /// not answered: somebody on the way may have put them there, to be taken for what is encrypted.
    pub(super) fn answer_requests(&mut self, context: &mut Context) {
        for _ in 0..REQUESTS_PER_TURN {
            if self.queue.starts_tls() || self.queue.is_over_reply_bound(context.budget.is_spent())
            {
                return;
            }
            let Some(request) = self.answering.next_request() else {
                return;
            };
            if self.can_send() || self.running.is_some() {
                self.show(Seen::Request, &AnsweredRequest::Frame(request), context);
            }
        }
    }

    /// Goes on answering after some replies were written.
    pub(super) fn catch_up(&mut self, context: &mut Context) {
        if self.answering.is_behind() {
            let was_empty = self.queue.is_empty();
            self.answer_requests(context);
            self.write_if(was_empty, context);
        }
    }

    /// Answers the requests that the end of the stream completes, and shows the end.
    pub(super) fn answer_remaining(&mut self, context: &mut Context) {
        let was_empty = self.queue.is_empty();
        if let Some(frames) = &mut self.answering.frames {
            let nanos = frames.nanos();
            frames.requests.finish(nanos);
            self.answer_requests(context);
        }
        self.show(Seen::PeerFinished, &AnsweredRequest::None, context);
        self.write_if(was_empty, context);
    }

    fn show_alone(&mut self, seen: Seen, context: &mut Context) {
        let was_empty = self.queue.is_empty();
        self.show(seen, &AnsweredRequest::None, context);
        self.write_if(was_empty, context);
    }

    /// Begins to write what was queued, if nothing was queued before.
    fn write_if(&mut self, was_empty: bool, context: &mut Context) {
        if was_empty && !self.queue.is_empty() && context.may_write() {
            // If this fails, the calling loop still reads what the peer sent earlier.
            self.write_chunks(context);
        }
    }
}
