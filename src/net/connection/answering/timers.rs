//! The timers of what answers: silences that complete a frame, a responder's patience, and those that it sets.

use std::time::{Duration, Instant};

use crate::net::connection::{Connection, Liveness};
use crate::net::context::Context;
use crate::net::timers::Timer;
use crate::script::rules::MAX_RULES;
use crate::script::{Seen, TimerId};

/// How many timers a responder may have: one for each rule. Others are not set.
const TIMERS: usize = MAX_RULES;

impl Connection {
    /// Answers the requests that a silence has completed.
    pub(in crate::net) fn silence_passed(&mut self, context: &mut Context) -> Liveness {
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
    pub(in crate::net) fn patience_passed(&mut self, context: &mut Context) -> Liveness {
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
    ) -> Liveness {
        self.answering.timers.remove(&id);
        if !self.defer_timer(id) {
            self.show_alone(Seen::Timer(id), context);
        }
        self.conclude(Ok(()), context)
    }

    pub(super) fn await_silence(&mut self, context: &mut Context) {
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
    pub(in crate::net::connection) fn restart_patience(&mut self, context: &mut Context) {
        if self.answering.responder.patience().is_some() {
            self.answering.heard = Some(Instant::now());
            self.await_patience(context);
        }
    }

    pub(super) fn await_patience(&mut self, context: &mut Context) {
        let timer = Timer::Patience(self.id());
        let answering = &mut self.answering;
        let patience = answering.responder.patience().zip(answering.heard);
        let due = patience.and_then(|(patience, heard)| heard.checked_add(patience));
        let Some(due) = due else {
            return;
        };
        // One that is set too early looks again then; a responder may have become less patient.
        match answering.patience_due {
            Some(set) if set <= due => return,
            Some(set) => context.timers.cancel(set, timer),
            None => {}
        }
        context.timers.set(due, timer);
        answering.patience_due = Some(due);
    }

    /// Sets a timer of the responder, or cancels it.
    pub(in crate::net::connection) fn set_timer(
        &mut self,
        id: TimerId,
        after: Option<Duration>,
        context: &mut Context,
    ) {
        let timer = Timer::Responder(self.id(), id);
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

    /// Cancels all its timers: the connection has ended.
    pub(in crate::net::connection) fn cancel_answering_timers(&mut self, context: &mut Context) {
        let id = self.id();
        if let Some(due) = self.answering.frames.take().and_then(|frames| frames.due) {
            context.timers.cancel(due, Timer::Silence(id));
        }
        self.cancel_patience(context);
        self.cancel_responder_timers(context);
    }

    pub(in crate::net::connection) fn cancel_patience(&mut self, context: &mut Context) {
        if let Some(due) = self.answering.patience_due.take() {
            let timer = Timer::Patience(self.id());
            context.timers.cancel(due, timer);
        }
    }

    /// Cancels the timers that a responder has set.
    pub(in crate::net::connection) fn cancel_responder_timers(&mut self, context: &mut Context) {
        self.forget_deferred();
        let id = self.id();
        for (timer, due) in std::mem::take(&mut self.answering.timers) {
            context.timers.cancel(due, Timer::Responder(id, timer));
        }
    }
}
