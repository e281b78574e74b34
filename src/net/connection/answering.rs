//! Shows a connection's responder what happens, and carries out what it requests.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::{Connection, Ending, Outcome};
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::{Payload, Requester};
use crate::net::message::render;
use crate::net::outgoing::Step;
use crate::net::timers::Timer;
use crate::script::{
    Act, Acts, Content, MAX_REQUEST_BYTES, Message, Request, Requests, Responder, Seen, TimerId,
    responder,
};

/// How many requests of one connection are answered in a turn.
const REQUESTS_PER_TURN: usize = 256;
/// How many timers a responder may have. Others are not set.
const TIMERS: usize = 64;

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
            Self::None => Some(&[]),
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

    /// Answers the requests that a silence has completed.
    pub(in crate::net) fn silence_passed(&mut self, context: &mut Context) -> Outcome {
        if let Some(frames) = &mut self.answering.frames {
            frames.due = None;
            let nanos = frames.nanos();
            frames.requests.pass(nanos);
            self.await_silence(context);
            self.catch_up(context);
        }
        self.conclude(Ok(()), context)
    }

    /// Shows the responder that the peer has been silent for as long as it asked about, or sets the timer again.
    pub(in crate::net) fn patience_passed(&mut self, context: &mut Context) -> Outcome {
        self.answering.patience_due = None;
        let patience = self.answering.responder.patience();
        if let (Some(patience), Some(heard)) = (patience, self.answering.heard)
            && heard.elapsed() >= patience
        {
            self.answering.heard = Some(Instant::now());
            self.show_alone(Seen::Silence, context);
        }
        self.await_patience(context);
        self.conclude(Ok(()), context)
    }

    /// Shows the responder that its timer is due.
    pub(in crate::net) fn responder_timer_fired(
        &mut self,
        id: TimerId,
        context: &mut Context,
    ) -> Outcome {
        self.answering.timers.remove(&id);
        self.show_alone(Seen::Timer(id), context);
        self.conclude(Ok(()), context)
    }

    fn show_alone(&mut self, seen: Seen, context: &mut Context) {
        let was_empty = self.queue.is_empty();
        self.show(seen, &Subject::None, context);
        self.write_if(was_empty, context);
    }

    /// Begins to write what was queued, if nothing was queued before.
    fn write_if(&mut self, was_empty: bool, context: &mut Context) {
        if was_empty && context.may_write() {
            // If this fails, the calling loop still reads what the peer sent earlier.
            self.write_chunks(context);
        }
    }

    /// Shows the responder something, and queues what it requests.
    fn show(&mut self, seen: Seen, subject: &Subject, context: &mut Context) {
        self.answering.refresh(context);
        let mut acts = std::mem::take(&mut context.acts);
        self.answering.responder.see(seen, &mut acts);
        for act in acts.take() {
            self.perform(act, subject, context);
        }
        self.set_timers(&mut acts, context);
        context.acts = acts;
    }

    fn perform(&mut self, act: Act, subject: &Subject, context: &mut Context) {
        let by = Requester::Responder;
        if !self.can_send() {
            return;
        }
        let step = match act {
            Act::Send(Content::Request) => return self.echo(subject, context),
            Act::Send(Content::Message(message)) => {
                let Some(payload) = self.reply(message, subject, context) else {
                    return;
                };
                Step::Send(payload)
            }
            Act::Finish => return self.finish_after_reply(context),
            Act::Close => return self.end_after_queue(Ending::Close, by),
            Act::Reset => return self.end_after_queue(Ending::Reset, by),
            Act::Wait(duration) => Step::Wait(duration),
            Act::StopReading => Step::StopReading,
            Act::ResumeReading => Step::ResumeReading,
            Act::Rate(rate) => Step::Rate(rate),
            Act::Slice(slices) => Step::Slice(slices),
        };
        self.queue.push(step, by);
    }

    fn echo(&mut self, subject: &Subject, context: &mut Context) {
        let payload = match subject {
            Subject::None => return,
            Subject::Chunk {
                payload: None,
                count,
            } => return self.echo_unobserved(*count, context),
            Subject::Chunk {
                payload: Some(payload),
                ..
            } => payload.clone(),
            Subject::Frame(request) => match &request.bytes {
                Some(bytes) => context.payload(Bytes::copy_from_slice(bytes)),
                None => return self.emit_too_long(context),
            },
        };
        self.queue.push(Step::Send(payload), Requester::Responder);
    }

    /// Returns the payload of a reply. If it cannot be rendered, reports so and returns `None`.
    fn reply(
        &mut self,
        message: Message,
        subject: &Subject,
        context: &mut Context,
    ) -> Option<Payload> {
        let template = match message {
            Message::Bytes(bytes) => return Some(context.payload(bytes)),
            Message::Template(template) => template,
        };
        let request = match (subject, subject.bytes(context)) {
            (Subject::None, _) => None,
            (Subject::Chunk { .. } | Subject::Frame(_), Some(bytes)) => Some(bytes),
            (Subject::Chunk { .. } | Subject::Frame(_), None) => {
                self.emit_too_long(context);
                return None;
            }
        };
        let rendered = render(&template, Some(&self.link), self.template_count, request);
        self.rendered(rendered, context)
    }

    fn emit_too_long(&self, context: &mut Context) {
        let error = NetError::RequestTooLong {
            limit_bytes: MAX_REQUEST_BYTES as u64,
        };
        context.emit_failure(Some(&self.link), error);
    }

    fn await_silence(&mut self, context: &mut Context) {
        let timer = Timer::Silence(self.id());
        if let Some(frames) = &mut self.answering.frames
            && frames.due.is_none()
            && let Some(deadline) = frames.deadline()
        {
            context.timers.set(deadline, timer);
            frames.due = Some(deadline);
        }
    }

    /// Notes that something happened that ends a silence.
    pub(super) fn restart_patience(&mut self, context: &mut Context) {
        if self.answering.responder.patience().is_some() {
            self.answering.heard = Some(Instant::now());
            self.await_patience(context);
        }
    }

    fn await_patience(&mut self, context: &mut Context) {
        let timer = Timer::Patience(self.id());
        let answering = &mut self.answering;
        if let (Some(patience), Some(heard)) = (answering.responder.patience(), answering.heard)
            && answering.patience_due.is_none()
            && let Some(due) = heard.checked_add(patience)
        {
            context.timers.set(due, timer);
            answering.patience_due = Some(due);
        }
    }

    fn set_timers(&mut self, acts: &mut Acts, context: &mut Context) {
        let connection = self.id();
        for (id, after) in acts.take_timers() {
            let timer = Timer::Responder(connection, id);
            if let Some(due) = self.answering.timers.remove(&id) {
                context.timers.cancel(due, timer);
            }
            let due = after.and_then(|after| Instant::now().checked_add(after));
            if let Some(due) = due
                && self.answering.timers.len() < TIMERS
            {
                context.timers.set(due, timer);
                self.answering.timers.insert(id, due);
            }
        }
    }

    /// Cancels all its timers: the connection has ended.
    pub(super) fn cancel_answering_timers(&mut self, context: &mut Context) {
        let id = self.id();
        if let Some(due) = self.answering.frames.take().and_then(|frames| frames.due) {
            context.timers.cancel(due, Timer::Silence(id));
        }
        if let Some(due) = self.answering.patience_due.take() {
            context.timers.cancel(due, Timer::Patience(id));
        }
        for (timer, due) in std::mem::take(&mut self.answering.timers) {
            context.timers.cancel(due, Timer::Responder(id, timer));
        }
    }
}
