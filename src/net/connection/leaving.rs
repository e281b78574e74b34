//! A connection that we leave: it finishes sending, and is closed once the peer's system has everything.
//!
//! Whoever leaves bounds how long that may take.

use std::time::{Duration, Instant};

use super::{Connection, Liveness, Sending};
use crate::net::context::Context;
use crate::net::event::{ClosedBy, Requester};
use crate::net::poller::Readiness;
use crate::net::timers::Timer;

/// How soon the system is asked again what has been acknowledged: the first time, and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// The wait for the last acknowledgement.
pub(super) struct LastAcknowledgement {
    due: Instant,
    pause: Duration,
}

impl Connection {
    /// Closes if the peer's system has everything; otherwise finishes sending, and reads on until it has.
    pub(in crate::net) fn leave(&mut self, context: &mut Context) -> Liveness {
        if self.leaving.is_some() {
            return Liveness::Open;
        }
        if !self.has_more_to_send() && self.loses_nothing() {
            self.close(ClosedBy::Stop, context);
            return Liveness::Gone;
        }
        self.finish(Requester::User);
        self.ended_by = Requester::User;
        self.wait_to_leave(FIRST_PAUSE, context);
        self.proceed_if(true, context)
    }

    /// Closes if the peer's system has everything; otherwise keeps waiting.
    pub(in crate::net) fn leave_on(&mut self, context: &mut Context) -> Liveness {
        let Some(pause) = self.leaving.take().map(|leaving| leaving.pause) else {
            return Liveness::Open;
        };
        // The rest of TLS may be written, and what has arrived is read.
        self.wait_to_leave((pause * 2).min(LONGEST_PAUSE), context);
        let outcome = self.ready(Readiness::UNKNOWN, context);
        if outcome == Liveness::Gone || self.sending != Sending::Finished || !self.loses_nothing() {
            return outcome;
        }
        self.close(ClosedBy::Stop, context);
        Liveness::Gone
    }

    /// Returns whether closing loses nothing of what was sent.
    fn loses_nothing(&mut self) -> bool {
        let is_delivered = self.socket.is_delivered();
        self.unsent_bytes() == 0 && is_delivered.unwrap_or_else(|| !self.has_unread_bytes())
    }

    fn wait_to_leave(&mut self, pause: Duration, context: &mut Context) {
        let due = Instant::now() + pause;
        context.timers.set(due, Timer::Leave(self.id()));
        self.leaving = Some(LastAcknowledgement { due, pause });
    }

    /// Cancels the timer: the connection has ended.
    pub(super) fn cancel_leave_timer(&mut self, context: &mut Context) {
        if let Some(leaving) = self.leaving.take() {
            let timer = Timer::Leave(self.id());
            context.timers.cancel(leaving.due, timer);
        }
    }
}
