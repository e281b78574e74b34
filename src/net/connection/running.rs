//! A sequence that runs on a connection. While it does, it answers in place of the responder.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::answering::AnsweredRequest;
use super::{AfterQueue, Connection, EndedBy, Liveness, Sending};
use crate::net::context::Context;
use crate::net::event::{ClosedBy, EngineEventKind, Requester};
use crate::net::message::on_scene;
use crate::net::outgoing::OutgoingStep;
use crate::net::timers::Timer;
use crate::payload::framing::Framing;
use crate::payload::template::Scene;
use crate::script::sequence::{Sequence, SequenceRun, StepFailure};
use crate::script::{Act, Acts, Content, Message, Seen, TimerId};

/// A run, and what waits until it is over.
pub(super) struct RunningSequence {
    run: SequenceRun,
    /// When the timer of its step is due, if it is set.
    due: Option<Instant>,
    /// Timers of the responder that were due meanwhile. A responder has a bounded number of them.
    deferred: Vec<TimerId>,
}

impl RunningSequence {
    /// Returns what cuts the received bytes into requests.
    pub(super) fn framing(&self) -> Option<&Framing> {
        self.run.sequence().framing.as_ref()
    }
}

impl Connection {
    /// Returns whether a sequence runs on it.
    pub(in crate::net) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Runs a sequence. One that runs already is cancelled.
    pub(in crate::net) fn run(
        &mut self,
        sequence: Arc<Sequence>,
        context: &mut Context,
    ) -> Liveness {
        let was_empty = self.queue.is_empty();
        self.begin_run(sequence, context);
        self.proceed_if(was_empty, context)
    }

    /// Begins a run without writing what it sends. One that runs already is cancelled.
    pub(in crate::net) fn begin_run(&mut self, sequence: Arc<Sequence>, context: &mut Context) {
        self.stop_run(context);
        let name = sequence.name.clone();
        let kind = EngineEventKind::SequenceBegan { name };
        context.emit_by(Requester::User, &self.link, kind);
        self.running = Some(Box::new(RunningSequence {
            run: SequenceRun::new(sequence),
            due: None,
            deferred: Vec::new(),
        }));
        self.on_run(&AnsweredRequest::None, context, SequenceRun::begin);
    }

    /// Cancels the run, if there is one. What it has queued is sent.
    pub(in crate::net) fn cancel_run(&mut self, context: &mut Context) -> Liveness {
        if self.running.is_none() {
            return Liveness::Open;
        }
        self.stop_run(context);
        self.proceed_if(false, context)
    }

    /// Shows the run something, and does what it requests. Returns false if there is no run.
    pub(super) fn show_run(
        &mut self,
        seen: Seen,
        subject: &AnsweredRequest,
        context: &mut Context,
    ) -> bool {
        if self.running.is_none() {
            return false;
        }
        self.on_run(subject, context, |run, scene, acts| {
            run.see(seen, scene, acts);
        });
        true
    }

    /// Shows the run that its step has had its time.
    pub(in crate::net) fn step_timer_fired(&mut self, context: &mut Context) -> Liveness {
        if let Some(running) = &mut self.running {
            running.due = None;
        }
        let was_empty = self.queue.is_empty();
        self.on_run(&AnsweredRequest::None, context, SequenceRun::time_out);
        self.proceed_if(was_empty, context)
    }

    /// Keeps a timer of the responder that is due until the run is over. Returns false if there is none.
    pub(super) fn defer_timer(&mut self, id: TimerId) -> bool {
        let Some(running) = &mut self.running else {
            return false;
        };
        running.deferred.push(id);
        true
    }

    /// Forgets the timers of the responder that were due: there is another one.
    pub(super) fn forget_deferred(&mut self) {
        if let Some(running) = &mut self.running {
            running.deferred.clear();
        }
    }

    /// Ends a run whose steps are done, once all that it sent was passed to the system; or one that has failed.
    pub(super) fn settle_run(&mut self, context: &mut Context) {
        let ended = self.running.as_ref().and_then(|it| it.run.ended());
        if ended.is_some_and(|it| !it.outcome.is_passed() || self.queue.is_empty()) {
            self.end_run(Requester::Sequence, context);
        }
    }

    /// Ends the run with its connection.
    pub(super) fn run_lost(&mut self, end: &EndedBy, context: &mut Context) {
        if self.running.is_none() {
            return;
        }
        if self.is_ended_by_user(end) {
            return self.stop_run(context);
        }
        let unsent_bytes = self.unsent_bytes();
        let mut acts = std::mem::take(&mut context.acts);
        if let Some(running) = &mut self.running {
            let run = &mut running.run;
            on_scene(Some(&self.link), 0, None, |scene| {
                run.see(Seen::Gone, scene, &mut acts);
            });
            while let Some(requested) = acts.next_act() {
                if matches!(requested.act, Act::Send(_)) {
                    run.fail(StepFailure::Unsent);
                }
            }
            while acts.next_timer().is_some() {}
            if unsent_bytes > 0 {
                run.fail(StepFailure::Unsent);
            }
        }
        context.acts = acts;
        self.end_run(Requester::Sequence, context);
    }

    fn is_ended_by_user(&self, end: &EndedBy) -> bool {
        let EndedBy::Closed(ClosedBy::Us | ClosedBy::Stop | ClosedBy::OurReset) = end else {
            return false;
        };
        match self.ended_by {
            Requester::User | Requester::Nobody => true,
            // It has finished sending: what follows is a stop, unless both sides have finished.
            Requester::Sequence => !self.peer_finished && self.sending == Sending::Finished,
            Requester::Responder | Requester::Relay | Requester::Rule(_) => false,
        }
    }

    fn stop_run(&mut self, context: &mut Context) {
        if let Some(running) = &mut self.running {
            running.run.cancel();
            self.end_run(Requester::User, context);
        }
    }

    /// Reports how the run ended, and lets the responder go on.
    fn end_run(&mut self, by: Requester, context: &mut Context) {
        let Some(mut running) = self.running.take() else {
            return;
        };
        self.set_step_timer(&mut running, None, context);
        if let Some(ended) = running.run.ended() {
            let name = running.run.sequence().name.clone();
            let kind = EngineEventKind::SequenceEnded {
                name,
                ended: Arc::new(ended),
            };
            context.emit_by(by, &self.link, kind);
        }
        for id in running.deferred {
            self.show(Seen::Timer(id), &AnsweredRequest::None, context);
        }
    }

    /// Lets the run do something, and does what it requests.
    fn on_run(
        &mut self,
        subject: &AnsweredRequest,
        context: &mut Context,
        act: impl FnOnce(&mut SequenceRun, &mut Scene<'_>, &mut Acts),
    ) {
        let Some(mut running) = self.running.take() else {
            return;
        };
        let mut acts = std::mem::take(&mut context.acts);
        let (run, count) = (&mut running.run, self.template_count);
        self.template_count = on_scene(Some(&self.link), count, subject.bytes(context), |scene| {
            act(run, scene, &mut acts);
            scene.count
        });
        let mut is_refused = false;
        while let Some(requested) = acts.next_act() {
            is_refused = is_refused || !self.do_step(requested.act, context);
        }
        if is_refused {
            running.run.fail(StepFailure::Unsent);
        }
        while let Some((_, after)) = acts.next_timer() {
            self.set_step_timer(&mut running, after, context);
        }
        context.acts = acts;
        self.running = Some(running);
        self.settle_run(context);
    }

    /// Queues what a step requests. Returns false, and reports why, if it cannot be sent.
    fn do_step(&mut self, act: Act, context: &mut Context) -> bool {
        let by = Requester::Sequence;
        match act {
            Act::Send(Content::Message(Message::Bytes(bytes))) => {
                if let Err(error) = self.check_room(bytes.len(), context) {
                    context.emit_failure_by(by, Some(&self.link), error);
                    return false;
                }
                let payload = context.payload(bytes);
                self.queue.push(OutgoingStep::Send(payload), by);
            }
            Act::StartTls => self.queue.push(OutgoingStep::StartTls, by),
            Act::Finish => self.finish(by),
            Act::Close => self.end_after_queue(AfterQueue::Close, by),
            Act::Reset => self.end_after_queue(AfterQueue::Reset, by),
            // A run requests nothing else.
            _ => {}
        }
        true
    }

    fn set_step_timer(
        &self,
        running: &mut RunningSequence,
        after: Option<Duration>,
        context: &mut Context,
    ) {
        let timer = Timer::Step(self.id());
        if let Some(due) = running.due.take() {
            context.timers.cancel(due, timer);
        }
        let due = after.and_then(|after| Instant::now().checked_add(after));
        if let Some(due) = due {
            context.timers.set(due, timer);
            running.due = Some(due);
        }
    }
}
