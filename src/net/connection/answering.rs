//! Which replies are owed to what was received: one for each chunk, or one for each frame of a framing.

use std::time::{Duration, Instant};

use super::{Connection, Outcome};
use crate::net::config::Reply;
use crate::net::context::Context;
use crate::net::message::Message;
use crate::net::timers::Timer;
use crate::payload::framing::{Cutter, Frame, Framing};

/// What was received, as far as replies are owed for it.
#[derive(Default)]
pub(super) struct Requests {
    /// How many replies are owed and not queued yet.
    owed: u64,
    frames: Option<Box<Frames>>,
}

/// The frames of what is received.
struct Frames {
    framing: Framing,
    cutter: Cutter,
    /// Whether the frame that is not complete yet was counted: all that can still come is the rest of its line break.
    is_counted: bool,
    began: Instant,
    /// When the timer is set, if it is: it is not set anew with each chunk, but when it has passed.
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

    /// Returns how many frames are whole with `bytes`.
    fn push(&mut self, bytes: &[u8]) -> u64 {
        let nanos = self.nanos();
        let complete = self.count(|cutter, tell| cutter.push(bytes, nanos, tell));
        let is_whole = self.cutter.is_whole() && !self.is_counted;
        self.is_counted |= is_whole;
        complete + u64::from(is_whole)
    }

    /// Returns how many frames `cut` completes that were not counted before. What is no frame by the rule is no request.
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

    /// Returns when silence completes the last frame.
    fn deadline(&self) -> Option<Instant> {
        let nanos = self.cutter.deadline_nanos()?;
        self.began.checked_add(Duration::from_nanos(nanos))
    }
}

impl Connection {
    /// Replies to what was received, and looks again when silence would complete a frame.
    pub(super) fn answer(&mut self, context: &mut Context) {
        self.await_silence(context);
        self.queue_owed_replies(context);
    }

    /// Answers what the end of the stream completes.
    pub(super) fn answer_the_last(&mut self, context: &mut Context) {
        if let Some(frames) = &mut self.requests.frames {
            self.requests.owed += frames.count(|cutter, tell| cutter.finish(tell));
            self.queue_owed_replies(context);
        }
    }

    /// Answers what silence has completed.
    pub(in crate::net) fn silence_passed(&mut self, context: &mut Context) -> Outcome {
        if let Some(frames) = &mut self.requests.frames {
            frames.due = None;
            let nanos = frames.nanos();
            self.requests.owed += frames.count(|cutter, tell| cutter.pass(nanos, tell));
            self.await_silence(context);
            self.queue_owed_replies(context);
        }
        self.conclude(Ok(()), context)
    }

    /// Queues as many of the owed replies as are bounded, and begins to write them. More are queued when they are
    /// written, and until then nothing more is read.
    pub(super) fn queue_owed_replies(&mut self, context: &mut Context) {
        let was_empty = self.queue.is_empty();
        while self.requests.owed > 0 && !self.queue.is_over_reply_bound() {
            self.requests.owed -= 1;
            self.queue_reply(context);
        }
        if was_empty {
            // Should it fail, what the peer had sent before is read by the loop that called.
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

    /// Ends the wait for silence: the connection has ended.
    pub(super) fn stop_listening_for_silence(&mut self, context: &mut Context) {
        let timer = Timer::Silence(self.id());
        if let Some(due) = self.requests.frames.take().and_then(|frames| frames.due) {
            context.timers.cancel(due, timer);
        }
    }
}
