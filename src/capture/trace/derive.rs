//! Derives the segments of a connection from its facts, its marks and what the kernel said of it.

use super::event::{Bound, Call, EndState, Evidence, Trace, TraceEvent, TraceKind};
use super::fact::{Fact, FactKind, FailedBy, Observed};
use super::machine::{TcpMachine, after_fin_acknowledged};
use crate::net::kernel::{Mark, MarkKind, SavedSyn, TcpState};
use crate::net::{Direction, Role, Stamp};

use Direction::{Received, Sent};
use Evidence::{Inferred, Made, Seen};

/// Derives the lifecycle of a connection as its end in this role reports it. All three are in order of time.
///
/// What was not seen is inferred only if it must have happened. So the end of a connection may stay open: nobody knows
/// whether a FIN arrived before something answers it.
pub fn trace(role: Role, facts: &[Fact], marks: &[Mark], observed: &[Observed]) -> Trace {
    let mut derivation = Derivation::new(role);
    let (mut marks, mut observed) = (marks.iter().peekable(), observed.iter().peekable());
    for until in facts.iter().map(Some).chain([None]) {
        loop {
            let comes = |at: Stamp| until.is_none_or(|fact| at < fact.at);
            let mark = marks.peek().map(|it| it.at).filter(|at| comes(*at));
            let seen = observed.peek().map(|it| it.at).filter(|at| comes(*at));
            match (mark, seen) {
                (Some(mark), Some(seen)) if seen < mark => {
                    observed.next().inspect(|it| derivation.observe(it));
                }
                (Some(_), _) => {
                    marks.next().inspect(|it| derivation.mark(it));
                }
                (None, Some(_)) => {
                    observed.next().inspect(|it| derivation.observe(it));
                }
                (None, None) => break,
            }
        }
        if let Some(fact) = until {
            derivation.take(fact);
        }
    }
    Trace {
        role,
        events: derivation.events,
    }
}

/// What has been derived so far.
struct Derivation {
    role: Role,
    machine: TcpMachine,
    events: Vec<TraceEvent>,
    /// The lengths of both streams.
    sent: u64,
    received: u64,
    /// How far each step has come, by kind of mark.
    steps: [u64; 4],
    /// What the kernel said last.
    observed: Observed,
    is_window_closed: bool,
}

/// A fact or a sample that events come from.
#[derive(Clone, Copy)]
struct Origin {
    at: Stamp,
    entry: Option<u64>,
    bound: Bound,
}

impl Origin {
    fn of(fact: &Fact) -> Self {
        Self {
            at: fact.at,
            entry: Some(fact.entry),
            bound: Bound::Exact,
        }
    }

    const fn sample(at: Stamp) -> Self {
        Self {
            at,
            entry: None,
            bound: Bound::Latest,
        }
    }

    /// Returns it for what happened before it was noticed.
    const fn at_latest(self) -> Self {
        Self {
            bound: Bound::Latest,
            ..self
        }
    }
}

impl Derivation {
    fn new(role: Role) -> Self {
        Self {
            role,
            machine: TcpMachine::new(role),
            events: Vec::new(),
            sent: 0,
            received: 0,
            steps: [0; 4],
            observed: Observed::default(),
            is_window_closed: false,
        }
    }

    fn emit(&mut self, origin: Origin, direction: Direction, kind: TraceKind, evidence: Evidence) {
        self.events.push(TraceEvent {
            at: origin.at,
            bound: origin.bound,
            kind,
            direction,
            evidence,
            ours: self.machine.ours,
            peer: self.machine.peer,
            entry: origin.entry,
        });
    }

    fn take(&mut self, fact: &Fact) {
        let origin = Origin::of(fact);
        if self.events.is_empty() && !fact.kind.begins() {
            // The beginning is not kept.
            self.machine
                .set(TcpState::Established, TcpState::Established);
        }
        match &fact.kind {
            FactKind::Connecting => self.begin(origin),
            FactKind::Connected => self.connected(origin),
            FactKind::ConnectFailed(by) => self.fail(origin, *by, Call::Connect),
            FactKind::Accepted(syn) => self.accepted(origin, syn.as_ref()),
            FactKind::Sent(range) => {
                self.sent = self.sent.max(range.end);
                let range = range.clone();
                self.emit(origin, Sent, TraceKind::Data { range }, Made(Call::Send));
            }
            FactKind::Received(range) => {
                self.received = self.received.max(range.end);
                let range = range.clone();
                self.emit(
                    origin,
                    Received,
                    TraceKind::Data { range },
                    Seen(Call::Receive),
                );
            }
            FactKind::Run {
                sent,
                received,
                writes,
                reads,
                until,
            } => {
                self.sent = self.sent.max(sent.end);
                self.received = self.received.max(received.end);
                let (direction, evidence) = match writes {
                    0 => (Received, Seen(Call::Receive)),
                    _ => (Sent, Made(Call::Send)),
                };
                let run = TraceKind::Run {
                    sent: sent.clone(),
                    received: received.clone(),
                    writes: *writes,
                    reads: *reads,
                    until: *until,
                };
                self.emit(origin, direction, run, evidence);
            }
            FactKind::PeerFinished => self.peer_finished(origin, Call::Receive),
            FactKind::WeFinished => self.finish(origin, Call::Shutdown),
            FactKind::Closed { is_unread: true } => self.reset(origin, Sent, Inferred),
            FactKind::Closed { is_unread: false } => self.closed(origin),
            FactKind::WeReset => self.reset(origin, Sent, Made(Call::Close)),
            FactKind::PeerReset => self.reset(origin, Received, Seen(Call::SocketError)),
            FactKind::Failed(by) => self.fail(origin, *by, Call::SocketError),
        }
    }

    fn begin(&mut self, origin: Origin) {
        self.machine = TcpMachine::new(self.role);
        // Whether the peer listens is not known before it answers.
        self.machine.set(TcpState::SynSent, TcpState::Closed);
        self.emit(origin, Sent, TraceKind::Syn(None), Made(Call::Connect));
    }

    fn connected(&mut self, origin: Origin) {
        // It succeeded, so the SYN was answered: the peer listened.
        let attempt = self.events.iter_mut().rev();
        for event in attempt.take_while(|it| it.ours.state == TcpState::SynSent) {
            if event.peer.state == TcpState::Closed && !event.peer.is_seen {
                event.peer.state = TcpState::Listen;
            }
        }
        let latest = origin.at_latest();
        self.machine
            .set(TcpState::Established, TcpState::SynReceived);
        self.emit(latest, Received, TraceKind::SynAck, Seen(Call::Connect));
        self.machine
            .set(TcpState::Established, TcpState::Established);
        // The entry reports the SYN-ACK.
        let unsaid = Origin {
            entry: None,
            ..latest
        };
        self.emit(unsaid, Sent, TraceKind::HandshakeAck, Inferred);
    }

    fn accepted(&mut self, origin: Origin, syn: Option<&SavedSyn>) {
        let latest = origin.at_latest();
        let (syn, evidence) = match syn.and_then(SavedSyn::parse) {
            Some(syn) => (Some(syn), Seen(Call::SavedSyn)),
            None => (None, Inferred),
        };
        self.machine.set(TcpState::SynReceived, TcpState::SynSent);
        self.emit(latest, Received, TraceKind::Syn(syn), evidence);
        self.emit(latest, Sent, TraceKind::SynAck, Inferred);
        self.machine
            .set(TcpState::Established, TcpState::Established);
        self.emit(latest, Received, TraceKind::HandshakeAck, Inferred);
        self.emit(origin, Received, TraceKind::Accepted, Seen(Call::Accept));
    }

    fn finish(&mut self, origin: Origin, call: Call) {
        if !self.machine.has_sent_fin {
            self.machine.send_fin();
            self.emit(origin, Sent, TraceKind::Fin, Made(call));
        }
    }

    fn peer_finished(&mut self, origin: Origin, call: Call) {
        if self.machine.has_received_fin {
            // The kernel said so before the program read it.
            let is_fin = |it: &&mut TraceEvent| {
                it.kind == TraceKind::Fin && it.direction == Received && it.entry.is_none()
            };
            if let Some(fin) = self.events.iter_mut().rev().find(is_fin) {
                fin.entry = origin.entry;
            }
            return;
        }
        if self.machine.has_sent_fin && !self.machine.is_fin_acknowledged {
            // The peer's FIN answers ours, unless both crossed on their way.
            self.infer_fin_acknowledged();
        }
        self.machine.receive_fin();
        self.emit(origin.at_latest(), Received, TraceKind::Fin, Seen(call));
        self.machine.acknowledge_fin();
        self.emit(origin.at_latest(), Sent, TraceKind::FinAck, Inferred);
    }

    fn closed(&mut self, origin: Origin) {
        self.finish(origin, Call::Close);
        if self.machine.has_received_fin && !self.machine.is_fin_acknowledged {
            // The peer only waits for this FIN.
            self.infer_fin_acknowledged();
        }
    }

    /// Our FIN is acknowledged, as the kernel said, and with it all that was sent before.
    fn fin_acknowledged(&mut self, origin: Origin, evidence: Evidence) {
        self.step(MarkKind::Acknowledged, self.sent, origin, evidence);
        self.machine.fin_acknowledged();
        self.emit(origin, Received, TraceKind::FinAck, evidence);
    }

    /// Our FIN must have been acknowledged: right after it was sent, unless something that was seen says otherwise.
    fn infer_fin_acknowledged(&mut self) {
        let is_before = |it: &TraceEvent| {
            let is_fin = it.kind == TraceKind::Fin && it.direction == Sent;
            // The ACK of the FIN is also one of all bytes.
            let is_ack = matches!(it.kind, TraceKind::Acknowledged { .. });
            let waits = matches!(
                it.ours.state,
                TcpState::FinWait1 | TcpState::Closing | TcpState::LastAck
            );
            is_fin || is_ack || (it.ours.is_seen && waits)
        };
        let cause = self.events.iter().rposition(is_before);
        let place = cause.map_or(self.events.len(), |cause| cause + 1);
        let later = self.events.split_off(place);
        let at = self.events.last().map_or(Stamp(0), |it| it.at);
        let now = (self.machine.ours, self.machine.peer);
        if let Some(before) = self.events.last() {
            (self.machine.ours, self.machine.peer) = (before.ours, before.peer);
        }
        let origin = Origin {
            at,
            entry: None,
            bound: Bound::Earliest,
        };
        self.fin_acknowledged(origin, Inferred);
        (self.machine.ours, self.machine.peer) = now;
        self.machine.fin_acknowledged();
        for mut event in later {
            (event.ours, event.peer) = after_fin_acknowledged(event.ours, event.peer);
            self.events.push(event);
        }
    }

    fn reset(&mut self, origin: Origin, direction: Direction, evidence: Evidence) {
        let is_over = self.machine.has_sent_fin && self.machine.has_received_fin;
        if direction == Sent && is_over {
            // There is nothing left to reset.
            return;
        }
        self.machine.set(TcpState::Closed, TcpState::Closed);
        self.emit(origin, direction, TraceKind::Rst, evidence);
    }

    fn fail(&mut self, origin: Origin, by: FailedBy, call: Call) {
        let peer = self.machine.peer.state;
        let kind = match by {
            FailedBy::Reset => {
                self.machine.set(TcpState::Closed, TcpState::Closed);
                TraceKind::Rst
            }
            FailedBy::Silence => {
                self.machine.set(TcpState::Closed, peer);
                TraceKind::TimedOut
            }
            FailedBy::Us | FailedBy::Other => {
                self.machine.set(TcpState::Closed, peer);
                TraceKind::Failed
            }
        };
        self.emit(origin, Received, kind, Seen(call));
    }

    fn mark(&mut self, mark: &Mark) {
        let origin = Origin {
            at: mark.at,
            entry: None,
            bound: Bound::Exact,
        };
        let call = match mark.kind {
            MarkKind::Scheduled => Call::StampScheduled,
            MarkKind::Left => Call::StampLeft,
            MarkKind::Acknowledged => Call::StampAcknowledged,
            MarkKind::Arrived => Call::StampArrived,
        };
        self.step(mark.kind, mark.end, origin, Seen(call));
    }

    /// Bytes take a step, no further than there are any.
    fn step(&mut self, kind: MarkKind, end: u64, origin: Origin, evidence: Evidence) {
        let end = match kind {
            // It arrives before it is read.
            MarkKind::Arrived => end,
            MarkKind::Scheduled | MarkKind::Left | MarkKind::Acknowledged => end.min(self.sent),
        };
        let [scheduled, left, acknowledged, arrived] = &mut self.steps;
        let (known, direction, step) = match kind {
            MarkKind::Scheduled => (scheduled, Sent, TraceKind::Scheduled { end }),
            MarkKind::Left => (left, Sent, TraceKind::Left { end }),
            MarkKind::Acknowledged => (acknowledged, Sent, TraceKind::Acknowledged { end }),
            MarkKind::Arrived => (arrived, Received, TraceKind::Arrived { end }),
        };
        if end > *known {
            *known = end;
            self.emit(origin, direction, step, evidence);
        }
    }

    fn observe(&mut self, observed: &Observed) {
        if self.events.is_empty() {
            // Its beginning is no longer kept, or this is of another connection with these ends.
            return;
        }
        let origin = Origin::sample(observed.at);
        let before = std::mem::replace(&mut self.observed, *observed);
        if observed.ours.or(observed.peer).is_none() {
            // It was asked as before, and has no more of it.
            self.observed.by = before.by;
        }
        let seen = self.asked();
        if let Some(state) = observed.ours {
            let is_acknowledged = matches!(state, TcpState::FinWait2 | TcpState::TimeWait);
            let (sent, acknowledged) =
                (self.machine.has_sent_fin, self.machine.is_fin_acknowledged);
            if is_acknowledged && sent && !acknowledged {
                self.fin_acknowledged(origin, seen);
            }
            let has_fin = matches!(
                state,
                TcpState::CloseWait | TcpState::LastAck | TcpState::Closing | TcpState::TimeWait
            );
            if has_fin && !self.machine.has_received_fin {
                self.machine.receive_fin();
                self.emit(origin, Received, TraceKind::Fin, seen);
                self.machine.acknowledge_fin();
                self.emit(origin, Sent, TraceKind::FinAck, Inferred);
            }
        }
        let (ours, peer) = (self.machine.ours, self.machine.peer);
        self.machine.ours = said(ours, before.ours, observed.ours);
        self.machine.peer = said(peer, before.peer, observed.peer);
        let is_new = self.machine.ours.state != ours.state || self.machine.peer.state != peer.state;
        if is_new {
            self.emit(origin, Received, TraceKind::State, seen);
        } else if let Some(last) = self.events.last_mut() {
            // What was inferred is now known.
            (last.ours, last.peer) = (self.machine.ours, self.machine.peer);
        }
        self.observe_window(observed, origin);
        self.observe_retransmits(before.retransmits, observed.retransmits, origin);
    }

    fn observe_window(&mut self, observed: &Observed, origin: Origin) {
        let is_open_state = matches!(
            observed.ours,
            Some(TcpState::Established | TcpState::CloseWait | TcpState::FinWait1)
        );
        let Some(window) = observed.send_window.filter(|_| is_open_state) else {
            return;
        };
        if (window == 0) != self.is_window_closed {
            self.is_window_closed = window == 0;
            let is_open = window > 0;
            let window = TraceKind::Window { is_open };
            self.emit(origin, Received, window, self.asked());
        }
    }

    fn observe_retransmits(&mut self, before: Option<u64>, now: Option<u64>, origin: Origin) {
        let segments = now.unwrap_or(0).saturating_sub(before.unwrap_or(0));
        if segments > 0 {
            let kind = TraceKind::Retransmitted { segments };
            self.emit(origin, Sent, kind, self.asked());
        }
    }

    /// The evidence of what the kernel last said.
    fn asked(&self) -> Evidence {
        Seen(Call::Inquiry(self.observed.by))
    }
}

/// Returns the state of an end after the kernel was asked. An end that it had, and has no more, is closed.
fn said(known: EndState, before: Option<TcpState>, now: Option<TcpState>) -> EndState {
    let state = match (before, now) {
        (_, Some(state)) => state,
        (Some(_), None) => TcpState::Closed,
        (None, None) => return known,
    };
    EndState {
        state,
        is_seen: true,
    }
}
