//! Shows a connection's responder what happens, and carries out what it requests.

mod timers;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::{Connection, Ending};
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::{Payload, Requester};
use crate::net::message::on_scene;
use crate::net::outgoing::Step;
use crate::script::{
    Act, Content, Message, Problem, ProblemKind, Request, Requested, Requests, Responder, Seen,
    TimerId, responder,
};

/// How many requests of one connection are answered in a turn.
const REQUESTS_PER_TURN: usize = 256;

/// What answers on a connection.
pub(super) struct Answering {
    responder: Box<dyn Responder>,
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
pub(super) enum Subject {
    /// Nothing that was received.
    None,
    /// A chunk, which is in the current buffer. With a payload if its bytes are observed.
    Chunk {
        payload: Option<Payload>,
        count: usize,
    },
    /// A frame.
    Frame(Request),
}

impl Subject {
    pub(super) fn chunk(payload: Option<Payload>, count: usize) -> Self {
        Self::Chunk { payload, count }
    }

    /// Returns the bytes of a request. `None` if they are not kept.
    fn bytes<'a>(&'a self, context: &'a Context) -> Option<&'a [u8]> {
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

    /// Returns whether requests wait to be answered.
    pub(super) fn is_behind(&self) -> bool {
        let frames = self.frames.as_ref();
        frames.is_some_and(|frames| frames.requests.are_waiting())
    }

    /// Takes the responder of the current behaviour. What it had in mind is forgotten.
    fn refresh(&mut self, context: &Context) {
        if self.generation != context.generation() {
            self.generation = context.generation();
            self.responder = responder(&context.behaviour().script);
        }
    }

    /// Returns the next request that is complete.
    fn next_request(&mut self) -> Option<Request> {
        let frames = self.frames.as_mut()?;
        let nanos = frames.nanos();
        frames.requests.next(nanos)
    }
}

impl Connection {
    /// Shows the responder that the connection is established.
    pub(super) fn begin(&mut self, context: &mut Context) {
        self.show(Seen::Began, &Subject::None, context);
        self.restart_patience(context);
    }

    /// Answers a chunk: as one request, or frame by frame.
    pub(super) fn answer(&mut self, chunk: &Subject, context: &mut Context) {
        let was_empty = self.queue.is_empty();
        if self.cut(chunk, context) {
            self.await_silence(context);
            self.answer_requests(context);
        } else {
            self.show(Seen::Request, chunk, context);
        }
        self.write_if(was_empty, context);
    }

    /// Cuts a chunk into frames and returns true, if there is a framing.
    fn cut(&mut self, chunk: &Subject, context: &mut Context) -> bool {
        let script = &context.behaviour().script;
        let framing = script.framing.as_ref().filter(|_| script.takes_requests());
        let Some(framing) = framing else {
            self.answering.frames = None;
            return false;
        };
        let keeps_bytes = script.uses_requests();
        let frames = self.answering.frames.take();
        let known = frames.filter(|it| it.requests.cuts_by(framing, keeps_bytes));
        let mut frames = known.unwrap_or_else(|| {
            Box::new(Frames {
                requests: Requests::new(framing, keeps_bytes),
                began: Instant::now(),
                due: None,
            })
        });
        let nanos = frames.nanos();
        if let Some(bytes) = chunk.bytes(context) {
            frames.requests.push(bytes, nanos);
        }
        self.answering.frames = Some(frames);
        true
    }

    /// Answers the requests that wait, as far as there is room for their replies.
    pub(super) fn answer_requests(&mut self, context: &mut Context) {
        for _ in 0..REQUESTS_PER_TURN {
            if self.queue.is_over_reply_bound(context.budget.is_spent()) {
                return;
            }
            let Some(request) = self.answering.next_request() else {
                return;
            };
            if self.can_send() {
                self.show(Seen::Request, &Subject::Frame(request), context);
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
        self.show(Seen::PeerFinished, &Subject::None, context);
        self.write_if(was_empty, context);
    }

    fn show_alone(&mut self, seen: Seen, context: &mut Context) {
        let was_empty = self.queue.is_empty();
        self.show(seen, &Subject::None, context);
        self.write_if(was_empty, context);
    }

    /// Begins to write what was queued, if nothing was queued before.
    fn write_if(&mut self, was_empty: bool, context: &mut Context) {
        if was_empty && !self.queue.is_empty() && context.may_write() {
            // If this fails, the calling loop still reads what the peer sent earlier.
            self.write_chunks(context);
        }
    }

    /// Shows the responder something, and queues what it requests.
    fn show(&mut self, seen: Seen, subject: &Subject, context: &mut Context) {
        self.answering.refresh(context);
        let mut acts = std::mem::take(&mut context.acts);
        let (responder, count) = (&mut self.answering.responder, self.template_count);
        self.template_count = on_scene(Some(&self.link), count, subject.bytes(context), |scene| {
            responder.see(seen, scene, &mut acts);
            scene.count
        });
        while let Some(requested) = acts.next_act() {
            self.perform(requested, subject, context);
        }
        while let Some(problem) = acts.next_problem() {
            self.emit_problem(problem, context);
        }
        while let Some((id, after)) = acts.next_timer() {
            self.set_timer(id, after, context);
        }
        context.acts = acts;
    }

    fn perform(&mut self, requested: Requested, subject: &Subject, context: &mut Context) {
        let by = Requester::from(requested.rule);
        if !self.can_send() {
            return;
        }
        let step = match requested.act {
            Act::Send(Content::Request) => return self.echo(subject, by, context),
            Act::Send(Content::Message(Message::Bytes(bytes))) => {
                Step::Send(context.payload(bytes))
            }
            // A responder renders what it requests.
            Act::Send(Content::Message(Message::Template(_))) => return,
            Act::Finish => return self.finish_after_reply(by, context),
            Act::Close => return self.end_after_queue(Ending::Close, by),
            Act::Reset => return self.end_after_queue(Ending::Reset, by),
            Act::Wait(duration) => Step::Wait(duration),
            Act::StopReading => Step::StopReading,
            Act::ResumeReading => Step::ResumeReading,
            Act::Rate(rate) => Step::Rate(rate),
            Act::Slice(slices) => Step::Slice(slices),
            Act::Join(_) | Act::Leave(_) | Act::Elsewhere(..) | Act::Note(_) => return,
        };
        self.queue.push(step, by);
    }

    fn echo(&mut self, subject: &Subject, by: Requester, context: &mut Context) {
        let payload = match subject {
            Subject::None => return,
            Subject::Chunk {
                payload: None,
                count,
            } => return self.echo_unobserved(*count, by, context),
            Subject::Chunk {
                payload: Some(payload),
                ..
            } => payload.clone(),
            Subject::Frame(request) => match &request.bytes {
                Some(bytes) => context.payload(Bytes::copy_from_slice(bytes)),
                None => {
                    let (kind, rule) = (ProblemKind::RequestTooLong, by.rule());
                    return self.emit_problem(Problem { kind, rule }, context);
                }
            },
        };
        self.queue.push(Step::Send(payload), by);
    }

    fn emit_problem(&self, problem: Problem, context: &mut Context) {
        let by = problem.rule.map(Requester::Rule).unwrap_or_default();
        let error = NetError::from(problem.kind);
        context.emit_failure_by(by, Some(&self.link), error);
    }
}
