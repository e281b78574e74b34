//! What a rule of another connection has this one do, and what this one has others do.

use std::time::{Duration, Instant};

use super::answering::AnsweredRequest;
use super::pace::RestReason;
use super::{Connection, Liveness};
use crate::net::context::Context;
use crate::net::event::{EngineEventKind, Payload, Requester};
use crate::net::hops::{Hop, PAUSE};
use crate::net::outgoing::OutgoingStep;
use crate::script::{Act, Disturbance, Requested};

/// How soon a connection tries again to have others do something, if too much of that waits.
const RETRY_DELAY: Duration = Duration::from_millis(1);

/// Something that connections are to do for another one. They share its bytes.
#[derive(Clone, Debug)]
pub(in crate::net) enum Delivered {
    Payload(Payload),
    Act(Act),
}

impl Delivered {
    /// Returns whether it ends a connection, or its sending, and so needs no room in its queue.
    fn ends(&self) -> bool {
        matches!(self, Self::Act(Act::Finish | Act::Close | Act::Reset))
    }

    fn len_bytes(&self) -> usize {
        match self {
            Self::Payload(payload) => payload.bytes.len(),
            Self::Act(_) => 0,
        }
    }
}

impl Connection {
    /// Does what a rule of another connection requests, in answer to something with this hop. What needs room is refused,
    /// and that is reported, if so many replies are queued that this connection would not be read.
    pub(in crate::net) fn deliver(
        &mut self,
        delivered: Delivered,
        (by, hop): (Requester, Hop),
        context: &mut Context,
    ) -> Liveness {
        let was_empty = self.queue.is_empty();
        let is_spent = context.budget.is_spent();
        if !delivered.ends() && self.queue.is_over_reply_bound(is_spent) {
            let error = self.no_room(delivered.len_bytes(), is_spent, context);
            context.emit_failure_by(by, Some(&self.link), error);
            return Liveness::Open;
        }
        match delivered {
            Delivered::Payload(_) if !self.can_send() => return Liveness::Open,
            Delivered::Payload(payload) => {
                self.pass_on(hop, by);
                self.queue.push(OutgoingStep::Send(payload), by);
            }
            Delivered::Act(act) => {
                let rule = by.rule();
                self.perform(
                    Requested { act, rule },
                    hop,
                    &AnsweredRequest::None,
                    context,
                );
            }
        }
        self.proceed_if(was_empty, context)
    }

    /// Does what this connection has others and itself do, before what it does next, and goes on. `None` if it is not one
    /// of them.
    pub(in crate::net) fn pass_on_to_itself(
        &mut self,
        delivered: Option<Delivered>,
        (by, hop): (Requester, Hop),
        context: &mut Context,
    ) -> Liveness {
        self.is_passing_on = false;
        match delivered {
            Some(Delivered::Payload(payload)) if self.can_send() => {
                let pauses = self.has_to_pause(hop, by);
                self.queue.push_front(OutgoingStep::Send(payload), by);
                if pauses {
                    self.queue.push_front(OutgoingStep::Wait(PAUSE), by);
                }
            }
            Some(Delivered::Act(act)) => {
                let rule = by.rule();
                self.perform(
                    Requested { act, rule },
                    hop,
                    &AnsweredRequest::None,
                    context,
                );
            }
            Some(Delivered::Payload(_)) | None => {}
        }
        self.proceed_if(true, context)
    }

    /// Hands the step in front over, which is for other connections. Returns false if there is no room for now.
    pub(super) fn hand_over(&mut self, context: &mut Context) -> bool {
        if !context.has_room_elsewhere() {
            self.rest_until(Instant::now() + RETRY_DELAY, RestReason::Pace, context);
            return false;
        }
        if let Some((OutgoingStep::Elsewhere(elsewhere), _)) = self.queue.pop() {
            self.is_passing_on = elsewhere.may_include_sender(context.outbox.endpoint());
            context.elsewhere.push_back(*elsewhere);
        }
        true
    }

    /// Reports what a step says.
    pub(super) fn note(&mut self, disturbance: Disturbance, by: Requester, context: &mut Context) {
        self.queue.pop();
        let kind = EngineEventKind::Disturbed(disturbance);
        context.emit_by(by, &self.link, kind);
    }
}
