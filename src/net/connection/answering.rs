//! Counts the replies owed: one for each received chunk, or one for each frame if there is a framing.

use std::time::{Duration, Instant};

use super::{Connection, Outcome};
use crate::net::config::Reply;
use crate::net::context::Context;
use crate::net::message::Message;
use crate::net::timers::Timer;
use crate::payload::framing::{Cutter, Frame, Framing};

/// The requests received so far.
#[derive(Default)]
pub(super) struct Requests {
    /// How many replies are owed and not yet queued.
    owed: u64,
    frames: Option<Box<Frames>>,
}

/// Cuts the received bytes into frames.
struct Frames {
    framing: Framing,
    cutter: Cutter,
    /// Whether the incomplete frame was already counted: only the rest of its line break can still arrive.
    is_counted: bool,
    began: Instant,
    /// When the timer is due, if it is set. It is reset only when it fires, not with every chunk.
    due: Option<Instant>,
}

impl Requests {
    pub(super) fn are_owed(&self) -> bool {
        self.owed > 0
    }

    /// Counts the requests that `bytes` complete.
    pub(super) fn received(&mut self, bytes: &[u8], framing: Option<&Framing>) {
        let Some(framing) = framing else {
            self.frames = None;
            self.owed += 1;
            return;
        };
        if self.frames.as_ref().is_none_or(|it| it.framing != *framing) {
            self.frames = Some(Box::new(Frames::new(framing)));
        }
        if let Some(frames) = &mut self.frames {
            self.owed += frames.push(bytes);
        }
    }
}

impl Frames {
    fn new(framing: &Framing) -> Self {
        Self {
            framing: framing.clone(),
            cutter: Cutter::new(framing),
            is_counted: false,
            began: Instant::now(),
            due: None,
        }
    }

    /// Returns how many frames `bytes` complete.
    fn push(&mut self, bytes: &[u8]) -> u64 {
        let nanos = self.nanos();
        let complete = self.count(|cutter, emit| cutter.push(bytes, nanos, emit));
        let is_whole = self.cutter.is_whole() && !self.is_counted;
        self.is_counted |= is_whole;
        complete + u64::from(is_whole)
    }

    /// Returns how many frames `cut` completes that were not counted before. A malformed frame is not a request.
    fn count(&mut self, cut: impl FnOnce(&mut Cutter, &mut dyn FnMut(Frame))) -> u64 {
        let Self {
            cutter, is_counted, ..
        } = self;
        let mut count = 0;
        cut(cutter, &mut |frame| {
            let was_counted = std::mem::take(is_counted);
            count += u64::from(frame.fault.is_none() && !was_counted);
        });
        count
    }

    fn nanos(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Returns when a silence completes the last frame.
    fn deadline(&self) -> Option<Instant> {
        let nanos = self.cutter.deadline_nanos()?;
        self.began.checked_add(Duration::from_nanos(nanos))
    }
}

impl Connection {
    /// Replies to what was received, and sets a timer if silence could complete a frame.
    pub(super) fn answer(&mut self, context: &mut Context) {
        self.await_silence(context);
        self.queue_owed_replies(context);
    }

    /// Answers the requests that the end of the stream completes.
    pub(super) fn answer_remaining(&mut self, context: &mut Context) {
        if let Some(frames) = &mut self.requests.frames {
            self.requests.owed += frames.count(|cutter, emit| cutter.finish(emit));
            self.queue_owed_replies(context);
        }
    }

    /// Answers the requests that a silence has completed.
    pub(in crate::net) fn silence_passed(&mut self, context: &mut Context) -> Outcome {
        if let Some(frames) = &mut self.requests.frames {
            frames.due = None;
            let nanos = frames.nanos();
            self.requests.owed += frames.count(|cutter, emit| cutter.pass(nanos, emit));
            self.await_silence(context);
            self.queue_owed_replies(context);
        }
        self.conclude(Ok(()), context)
    }

    /// Queues owed replies up to the bound and starts writing them. The others are queued as those are written; until
    /// then nothing more is read.
    pub(super) fn queue_owed_replies(&mut self, context: &mut Context) {
        let was_empty = self.queue.is_empty();
        while self.requests.owed > 0 && !self.queue.is_over_reply_bound() {
            self.requests.owed -= 1;
            self.queue_reply(context);
        }
        if was_empty {
            // If this fails, the calling loop still reads what the peer sent earlier.
            self.write_chunks(context);
        }
    }

    fn queue_reply(&mut self, context: &mut Context) {
        if !self.can_send() {
            self.requests.owed = 0;
            return;
        }
        let reply = match &context.behaviour().reply {
            Reply::Fixed(_) => context.fixed_reply().cloned(),
            Reply::Template(template) => {
                let message = Message::Template(template.clone());
                self.payload(message, context)
            }
            Reply::Echo | Reply::None => None,
        };
        let Some(reply) = reply else {
            return;
        };
        self.queue.push_reply(reply);
        if context.behaviour().close_after_reply {
            self.finish_after_reply(context);
        }
    }

    fn await_silence(&mut self, context: &mut Context) {
        let timer = Timer::Silence(self.id());
        if let Some(frames) = &mut self.requests.frames
            && frames.due.is_none()
            && let Some(deadline) = frames.deadline()
        {
            context.timers.set(deadline, timer);
            frames.due = Some(deadline);
        }
    }

    /// Cancels the silence timer: the connection has ended.
    pub(super) fn cancel_silence_timer(&mut self, context: &mut Context) {
        let timer = Timer::Silence(self.id());
        if let Some(due) = self.requests.frames.take().and_then(|frames| frames.due) {
            context.timers.cancel(due, timer);
        }
    }
}
