//! What a user requests of a connection: messages and acts, each refused where there is no room.

use super::{Connection, Liveness, Sending};
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::{ClosedBy, EngineEventKind, FeedEnd, Payload, Requester};
use crate::net::message::render;
use crate::net::outgoing::OutgoingStep;
use crate::script::{Act, Content, Message};

impl Connection {
    /// Queues a user's message and writes as much as the system takes at once.
    pub(in crate::net) fn send(&mut self, message: Message, context: &mut Context) -> Liveness {
        let was_empty = self.queue.is_empty();
        if !self.enqueue(message, context) {
            return Liveness::Open;
        }
        self.proceed_if(was_empty, context)
    }

    /// Queues a user's message and returns whether it did. Reports why if it did not.
    pub(in crate::net) fn enqueue(&mut self, message: Message, context: &mut Context) -> bool {
        let bytes = message.len_bytes();
        if let Err(error) = self.check_room(bytes, context) {
            context.emit_failure(Some(&self.link), error);
            return false;
        }
        let payload = match message {
            Message::Bytes(bytes) => Some(context.payload(bytes)),
            Message::Template(template) => {
                let link = Some(&*self.link);
                let rendered = render(&template, link, self.template_count, None);
                self.rendered(rendered, context)
            }
        };
        let Some(payload) = payload else {
            return false;
        };
        self.queue
            .push(OutgoingStep::Send(payload), Requester::User);
        true
    }

    /// Queues a user's payload, which others may share.
    pub(in crate::net) fn send_payload(
        &mut self,
        payload: Payload,
        context: &mut Context,
    ) -> Liveness {
        if let Err(error) = self.check_room(payload.bytes.len(), context) {
            context.emit_failure(Some(&self.link), error);
            return Liveness::Open;
        }
        let was_empty = self.queue.is_empty();
        self.queue
            .push(OutgoingStep::Send(payload), Requester::User);
        self.proceed_if(was_empty, context)
    }

    pub(super) fn check_room(&self, bytes: usize, context: &Context) -> Result<(), NetError> {
        if !self.can_send() {
            return Err(NetError::NotOpen {
                bytes: bytes as u64,
            });
        }
        if !self.queue.has_room(bytes) {
            return Err(self.no_room(bytes, false, context));
        }
        if !context.budget.has_room(bytes) {
            return Err(self.no_room(bytes, true, context));
        }
        Ok(())
    }

    /// Returns why bytes are not queued: because of what waits here, or on the endpoint if its budget is spent.
    pub(super) fn no_room(
        &self,
        bytes: usize,
        is_budget_spent: bool,
        context: &Context,
    ) -> NetError {
        let (peer, bytes) = (self.link.peer.clone(), bytes as u64);
        if is_budget_spent {
            NetError::BudgetSpent {
                peer,
                bytes,
                queued_bytes: context.budget.used_bytes(),
            }
        } else {
            NetError::QueueFull {
                peer,
                bytes,
                queued_bytes: self.queue.bytes(),
            }
        }
    }

    /// Cancels what it still has to do, and what its responder does again and again. What the system has taken is sent.
    pub(in crate::net) fn cancel_all(&mut self, context: &mut Context) -> Liveness {
        let by = Requester::User;
        self.cancel_responder_timers(context);
        while let Some((feed, unsent_bytes)) = self.queue.cancel_feed() {
            self.end_feed(&feed, unsent_bytes, FeedEnd::Cancelled, by, context);
        }
        let bytes = self.queue.bytes();
        let acts = self.queue.clear();
        self.relieve(context);
        self.cancel_rest(context);
        let ends = matches!(self.sending, Sending::Ending(_));
        if ends && !self.peer_finished {
            // The end waited for its turn as all else did.
            self.cancel_finish_timer(context);
            self.sending = Sending::Open;
            (self.ended_by, self.ender) = (Requester::Nobody, None);
        }
        if acts > 0 {
            let cancelled = EngineEventKind::QueueCancelled { bytes, acts };
            context.emit_by(by, &self.link, cancelled);
        }
        self.proceed_if(true, context)
    }

    /// Does what a user requests.
    pub(in crate::net) fn act(&mut self, act: Act, context: &mut Context) -> Liveness {
        let by = Requester::User;
        let was_empty = self.queue.is_empty();
        match act {
            Act::Send(Content::Message(message)) => return self.send(message, context),
            // A user answers nothing; groups and chance are for rules.
            Act::Send(Content::Request)
            | Act::Join(_)
            | Act::Leave(_)
            | Act::Elsewhere(..)
            | Act::Note(_) => {}
            Act::Wait(duration) => self.queue.push(OutgoingStep::Wait(duration), by),
            Act::StartTls => self.queue.push(OutgoingStep::StartTls, by),
            Act::Finish => self.finish(by),
            Act::Close => {
                self.ended_by = by;
                self.close(ClosedBy::Us, context);
                return Liveness::Gone;
            }
            Act::Reset => {
                self.reset(by, context);
                return Liveness::Gone;
            }
            Act::StopReading => self.set(&OutgoingStep::StopReading, by, context),
            Act::ResumeReading => self.set(&OutgoingStep::ResumeReading, by, context),
            Act::Rate(rate) => self.set(&OutgoingStep::Rate(rate), by, context),
            Act::Slice(slices) => self.set(&OutgoingStep::Slice(slices), by, context),
        }
        self.proceed_if(was_empty, context)
    }
}
