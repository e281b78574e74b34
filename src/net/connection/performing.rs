//! Shows a connection's responder something, and carries out or queues what it requests.

use std::time::Instant;

use bytes::Bytes;

use super::answering::AnsweredRequest;
use super::{AfterQueue, Connection, Liveness};
use crate::net::context::Context;
use crate::net::elsewhere::Elsewhere;
use crate::net::error::NetError;
use crate::net::event::{EngineEventKind, Requester};
use crate::net::hops::{Hop, PAUSE};
use crate::net::message::on_scene;
use crate::net::outgoing::OutgoingStep;
use crate::script::{
    Act, Acts, Content, Message, ProblemKind, Requested, ResponderProblem, Seen, Standing, Whom,
};

impl Connection {
    /// Shows the responder something, and queues what it requests.
    pub(super) fn show(&mut self, seen: Seen, subject: &AnsweredRequest, context: &mut Context) {
        self.refresh(context);
        if seen != Seen::Began && self.show_run(seen, subject, context) {
            return;
        }
        let hop = match seen {
            // Time has passed since anything was received.
            Seen::Began | Seen::Silence | Seen::Timer(_) => Hop::default(),
            Seen::Request | Seen::PeerFinished | Seen::Gone => self.heard(),
        };
        let mut acts = self.seen(seen, subject, context);
        self.perform_all(&mut acts, hop, subject, context);
        context.acts = acts;
    }

    /// Takes the responder of the current behaviour, which learns how the connection stands.
    pub(super) fn refresh(&mut self, context: &mut Context) {
        if let Some(before) = self.answering.refresh(context) {
            self.cancel_responder_timers(context);
            self.cancel_patience(context);
            self.adopt(before, context);
            self.restart_patience(context);
        }
    }

    /// Takes the responder of the current behaviour, and does what it requests.
    pub(in crate::net) fn change_responder(&mut self, context: &mut Context) -> Liveness {
        let was_empty = self.queue.is_empty();
        self.refresh(context);
        self.proceed_if(was_empty, context)
    }

    fn adopt(&mut self, before: Standing, context: &mut Context) {
        let mut acts = std::mem::take(&mut context.acts);
        acts.set_rule(None);
        self.answering.responder.adopt(before, &mut acts);
        self.perform_all(&mut acts, Hop::default(), &AnsweredRequest::None, context);
        context.acts = acts;
    }

    /// Shows the responder that the connection has ended. Only what it has others do is carried out.
    pub(super) fn show_gone(&mut self, context: &mut Context) {
        let hop = self.heard();
        let mut acts = self.seen(Seen::Gone, &AnsweredRequest::None, context);
        while let Some(Requested { act, rule }) = acts.next_act() {
            let by = Requester::from(rule);
            if let Act::Elsewhere(whom, act) = act
                && let Some(elsewhere) =
                    self.elsewhere(whom, *act, (by, hop), &AnsweredRequest::None, context)
            {
                context.elsewhere.push_back(elsewhere);
            }
        }
        self.emit_problems(&mut acts, context);
        while acts.next_timer().is_some() {}
        context.acts = acts;
        context.groups.leave_all(self.id());
    }

    fn seen(&mut self, seen: Seen, subject: &AnsweredRequest, context: &mut Context) -> Acts {
        let mut acts = std::mem::take(&mut context.acts);
        acts.set_rule(None);
        let (responder, count) = (&mut self.answering.responder, self.template_count);
        self.template_count = on_scene(Some(&self.link), count, subject.bytes(context), |scene| {
            responder.see(seen, scene, &mut acts);
            scene.count
        });
        acts
    }

    fn perform_all(
        &mut self,
        acts: &mut Acts,
        hop: Hop,
        subject: &AnsweredRequest,
        context: &mut Context,
    ) {
        while let Some(requested) = acts.next_act() {
            self.perform(requested, hop, subject, context);
        }
        self.emit_problems(acts, context);
        while let Some((id, after)) = acts.next_timer() {
            self.set_timer(id, after, context);
        }
    }

    /// Queues what was requested in answer to something with this hop.
    pub(super) fn perform(
        &mut self,
        requested: Requested,
        hop: Hop,
        subject: &AnsweredRequest,
        context: &mut Context,
    ) {
        let by = Requester::from(requested.rule);
        let step = match requested.act {
            Act::Note(disturbance) => OutgoingStep::Note(disturbance),
            act @ (Act::Join(_) | Act::Leave(_)) => {
                let (from, whom) = (Some(self.link()), None);
                OutgoingStep::Elsewhere(Box::new(Elsewhere {
                    from,
                    whom,
                    act,
                    by,
                    hop,
                }))
            }
            Act::Elsewhere(whom, act) => {
                match self.elsewhere(whom, *act, (by, hop), subject, context) {
                    Some(elsewhere) => OutgoingStep::Elsewhere(Box::new(elsewhere)),
                    None => return,
                }
            }
            // What ends or is sent here comes too late once the end has been requested.
            _ if !self.can_send() => return,
            Act::Send(Content::Request) => {
                self.pass_on(hop, by);
                return self.echo(subject, by, context);
            }
            Act::Send(Content::Message(Message::Bytes(bytes))) => {
                self.pass_on(hop, by);
                OutgoingStep::Send(context.payload(bytes))
            }
            // A responder renders what it requests.
            Act::Send(Content::Message(Message::Template(_))) => return,
            Act::Finish => return self.finish_after_reply(by, context),
            Act::Close => return self.end_after_queue(AfterQueue::Close, by),
            Act::Reset => return self.end_after_queue(AfterQueue::Reset, by),
            Act::Wait(duration) => OutgoingStep::Wait(duration),
            Act::StartTls => OutgoingStep::StartTls,
            Act::StopReading => OutgoingStep::StopReading,
            Act::ResumeReading => OutgoingStep::ResumeReading,
            Act::Rate(rate) => OutgoingStep::Rate(rate),
            Act::Slice(slices) => OutgoingStep::Slice(slices),
        };
        self.queue.push(step, by);
    }

    /// Returns what other connections are to do. `None` if it needs bytes that are not there, which is reported.
    fn elsewhere(
        &self,
        whom: Whom,
        act: Act,
        (by, hop): (Requester, Hop),
        subject: &AnsweredRequest,
        context: &mut Context,
    ) -> Option<Elsewhere> {
        let act = match act {
            // An act is elsewhere once.
            Act::Elsewhere(..) => return None,
            Act::Send(Content::Request) => {
                let Some(bytes) = subject.bytes(context).map(Bytes::copy_from_slice) else {
                    self.emit_too_long(by, context);
                    return None;
                };
                Act::Send(Content::Message(bytes.into()))
            }
            act => act,
        };
        Some(Elsewhere {
            from: Some(self.link()),
            whom: Some(whom),
            act,
            by,
            hop,
        })
    }

    /// Returns the hop of what is received now.
    pub(super) fn heard(&self) -> Hop {
        self.pair.as_ref().map(|it| it.heard()).unwrap_or_default()
    }

    /// Notes that something is sent in answer to what has this hop. If that may be a circle, waits first.
    pub(super) fn pass_on(&mut self, answered: Hop, by: Requester) {
        if self.has_to_pause(answered, by) {
            self.queue.push(OutgoingStep::Wait(PAUSE), by);
        }
    }

    /// Notes that something is sent in answer to what has this hop. Returns whether that may be a circle: only an answer of
    /// a rule is a further hop.
    pub(super) fn has_to_pause(&mut self, answered: Hop, by: Requester) -> bool {
        let Some(pair) = &mut self.pair else {
            return false;
        };
        let now = Instant::now();
        match by {
            Requester::Rule(_) => return pair.send(answered.next(now), now),
            Requester::Responder | Requester::Relay => pair.forward(answered, now),
            // The steps of a sequence come to an end.
            Requester::Nobody | Requester::User | Requester::Sequence => {}
        }
        false
    }

    fn echo(&mut self, subject: &AnsweredRequest, by: Requester, context: &mut Context) {
        let payload = match subject {
            AnsweredRequest::None => return,
            AnsweredRequest::Chunk {
                payload: None,
                count,
            } => return self.echo_unobserved(*count, by, context),
            AnsweredRequest::Chunk {
                payload: Some(payload),
                ..
            } => payload.clone(),
            AnsweredRequest::Frame(request) => match &request.bytes {
                Some(bytes) => context.payload(Bytes::copy_from_slice(bytes)),
                None => return self.emit_too_long(by, context),
            },
        };
        self.queue.push(OutgoingStep::Send(payload), by);
    }

    fn emit_too_long(&self, by: Requester, context: &mut Context) {
        let (kind, rule) = (ProblemKind::RequestTooLong, by.rule());
        self.emit_problem(ResponderProblem { kind, rule }, context);
    }

    fn emit_problems(&self, acts: &mut Acts, context: &mut Context) {
        while let Some(problem) = acts.next_problem() {
            self.emit_problem(problem, context);
        }
    }

    fn emit_problem(&self, problem: ResponderProblem, context: &mut Context) {
        let by = problem.rule.map(Requester::Rule).unwrap_or_default();
        if let ProblemKind::Unanswered { bytes } = problem.kind {
            return context.emit_by(by, &self.link, EngineEventKind::Unanswered { bytes });
        }
        let error = NetError::of_problem(problem.kind, self.answering.request_limit_bytes());
        if let Some(error) = error {
            context.emit_failure_by(by, Some(&self.link), error);
        }
    }
}
