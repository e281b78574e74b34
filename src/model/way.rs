//! The way of one end of a connection through the state machine of RFC 9293. Pure.

use std::collections::VecDeque;

use super::kernel::{KernelEnd, Side};
use crate::capture::trace::{Evidence, Trace, TraceEvent, TraceKind};
use crate::net::kernel::TcpState;
use crate::net::{Direction, Role, Stamp};

use TcpState::{
    CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived,
    SynSent, TimeWait,
};

/// The transitions of RFC 9293 (figure 5) but for those by which a program gives up before there is a connection.
pub const TRANSITIONS: [(TcpState, TcpState); 17] = [
    (Closed, Listen),
    (Closed, SynSent),
    (Listen, SynReceived),
    (Listen, SynSent),
    (SynSent, Established),
    (SynSent, SynReceived),
    (SynReceived, Established),
    (SynReceived, FinWait1),
    (Established, FinWait1),
    (Established, CloseWait),
    (FinWait1, FinWait2),
    (FinWait1, Closing),
    (FinWait2, TimeWait),
    (Closing, TimeWait),
    (CloseWait, LastAck),
    (LastAck, Closed),
    (TimeWait, Closed),
];

/// How many steps a way has at most; more of them do not happen within one connection.
const MAX_STEPS: usize = 32;

/// The way of one end: the state before anything happened, and each step from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The first state.
    pub first: TcpState,
    /// The steps, oldest first.
    pub steps: Vec<Transition>,
    is_seen: bool,
}

/// A step from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The state before it.
    pub from: TcpState,
    /// The state after it.
    pub to: TcpState,
    /// When it was noticed.
    pub at: Stamp,
    /// What caused it.
    pub cause: TransitionCause,
    /// How that is known; `None` for what the kernel said when it was asked.
    pub evidence: Option<Evidence>,
}

/// What causes a step, as its end sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransitionCause {
    /// A segment that it sent or received.
    Segment(Direction, SegmentKind),
    /// No answer came.
    Silence,
    /// The connection failed without a segment.
    Failure,
    /// TIME-WAIT was over.
    Time,
    /// Not known: the kernel was asked, and said this state.
    Kernel,
    /// Not known: the way to the next one leads through it.
    Between,
}

/// A kind of segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// Asks for a connection.
    Syn,
    /// Accepts it.
    SynAck,
    /// Acknowledges.
    Ack,
    /// Ends a direction.
    Fin,
    /// Ends the connection.
    Rst,
}

impl Way {
    /// Returns the way of an end: what its trace shows, and what the kernel said since.
    pub fn of(trace: &Trace, kernel: Option<&KernelEnd>, side: Side) -> Self {
        let first = match (trace.role, side) {
            (Role::Client, Side::Ours) | (Role::Server, Side::Peer) => Closed,
            (Role::Client, Side::Peer) | (Role::Server, Side::Ours) => Listen,
        };
        let mut way = Self {
            first,
            steps: Vec::new(),
            is_seen: false,
        };
        for event in &trace.events {
            way.take(event, side);
        }
        let since = trace.events.last().map(|it| it.at);
        if let Some((kernel, since)) = kernel.zip(since) {
            way.go_on(kernel, since, side);
        }
        way
    }

    /// Returns the state that it has come to.
    pub fn now(&self) -> TcpState {
        self.steps.last().map_or(self.first, |step| step.to)
    }

    /// Returns whether the kernel said that state.
    pub fn is_seen(&self) -> bool {
        self.is_seen
    }

    /// Returns whether it came through a state.
    pub fn passes(&self, state: TcpState) -> bool {
        self.first == state || self.steps.iter().any(|step| step.to == state)
    }

    fn take(&mut self, event: &TraceEvent, side: Side) {
        let (end, direction) = match side {
            Side::Ours => (event.ours, event.direction),
            Side::Peer => (event.peer, event.direction.opposite()),
        };
        let evidence = Some(event.evidence);
        self.step(
            end.state,
            event.at,
            cause(event, direction, self.now()),
            evidence,
        );
        self.is_seen = end.is_seen;
    }

    /// Goes on with what the kernel said after the last event of the trace.
    fn go_on(&mut self, kernel: &KernelEnd, since: Stamp, side: Side) {
        let mut was_there = side == Side::Ours;
        for (stamp, numbers) in &kernel.history {
            let state = side.of(numbers).map(|it| it.state);
            // Of an end that the kernel never had, it knows nothing.
            let said = state.or(was_there.then_some(Closed));
            was_there |= state.is_some();
            if let Some(said) = said.filter(|_| *stamp >= since) {
                let cause = match (self.now(), said) {
                    (TimeWait, Closed) => TransitionCause::Time,
                    _ => TransitionCause::Kernel,
                };
                self.step(said, *stamp, cause, None);
                self.is_seen = true;
            }
        }
    }

    /// Comes to a state, by the shortest way that there is.
    fn step(
        &mut self,
        to: TcpState,
        at: Stamp,
        cause: TransitionCause,
        evidence: Option<Evidence>,
    ) {
        let from = self.now();
        if from == to || self.steps.len() >= MAX_STEPS {
            return;
        }
        let is_abort = matches!(
            cause,
            TransitionCause::Segment(_, SegmentKind::Rst)
                | TransitionCause::Silence
                | TransitionCause::Failure
        );
        let between = if is_abort { None } else { between(from, to) };
        let mut from = from;
        for state in between.unwrap_or_default() {
            self.steps.push(Transition {
                from,
                to: state,
                at,
                cause: TransitionCause::Between,
                evidence: Some(Evidence::Inferred),
            });
            from = state;
        }
        self.steps.push(Transition {
            from,
            to,
            at,
            cause,
            evidence,
        });
    }
}

impl Transition {
    /// Returns whether the state machine has this transition; otherwise the connection was broken off.
    pub fn is_transition(&self) -> bool {
        TRANSITIONS.contains(&(self.from, self.to))
    }
}

fn cause(event: &TraceEvent, direction: Direction, before: TcpState) -> TransitionCause {
    let segment = match event.kind {
        TraceKind::Syn(_) => SegmentKind::Syn,
        TraceKind::SynAck => SegmentKind::SynAck,
        TraceKind::HandshakeAck | TraceKind::FinAck => SegmentKind::Ack,
        TraceKind::Fin => SegmentKind::Fin,
        TraceKind::Rst => SegmentKind::Rst,
        TraceKind::TimedOut => return TransitionCause::Silence,
        TraceKind::Failed => return TransitionCause::Failure,
        _ if before == TimeWait => return TransitionCause::Time,
        _ => return TransitionCause::Kernel,
    };
    TransitionCause::Segment(direction, segment)
}

/// Returns the states between two states on the shortest way, if there is a way that begins no new connection.
fn between(from: TcpState, to: TcpState) -> Option<Vec<TcpState>> {
    let mut ways = VecDeque::from([vec![from]]);
    let mut seen = vec![from];
    while let Some(way) = ways.pop_front() {
        let last = *way.last()?;
        if last == to {
            return way.get(1..way.len() - 1).map(<[_]>::to_vec);
        }
        let is_over = last == Closed && way.len() > 1;
        let next = TRANSITIONS.iter().filter(|(it, _)| *it == last && !is_over);
        for (_, next) in next {
            if !seen.contains(next) {
                seen.push(*next);
                ways.push_back([way.as_slice(), &[*next]].concat());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::trace::{Bound, Call, EndState};
    use crate::net::kernel::{Inquiry, KernelNumbers, SocketNumbers};

    use Direction::{Received, Sent};

    fn event(
        at: u64,
        kind: TraceKind,
        direction: Direction,
        ours: TcpState,
        peer: TcpState,
    ) -> TraceEvent {
        let end = |state| EndState {
            state,
            is_seen: false,
        };
        TraceEvent {
            at: Stamp(at),
            bound: Bound::Exact,
            kind,
            direction,
            evidence: Evidence::Seen(Call::Connect),
            ours: end(ours),
            peer: end(peer),
            entry: None,
        }
    }

    /// A client's connection that it closes first.
    fn closed_by_us() -> Trace {
        Trace {
            role: Role::Client,
            events: vec![
                event(1, TraceKind::Syn(None), Sent, SynSent, Listen),
                event(2, TraceKind::SynAck, Received, Established, SynReceived),
                event(2, TraceKind::HandshakeAck, Sent, Established, Established),
                event(5, TraceKind::Fin, Sent, FinWait1, Established),
            ],
        }
    }

    fn numbers(ours: Option<TcpState>, peer: Option<TcpState>) -> KernelNumbers {
        let socket = |state| SocketNumbers::of_state(Inquiry::SockDiag, state);
        KernelNumbers {
            ours: ours.map(socket),
            peer: peer.map(socket),
            queue: None,
        }
    }

    fn kernel(said: &[(u64, Option<TcpState>, Option<TcpState>)]) -> KernelEnd {
        let history = said
            .iter()
            .map(|(at, ours, peer)| (Stamp(*at), numbers(*ours, *peer)));
        KernelEnd {
            history: history.collect(),
            marks: VecDeque::new(),
        }
    }

    fn states(way: &Way) -> Vec<TcpState> {
        let steps = way.steps.iter().map(|it| it.to);
        [way.first].into_iter().chain(steps).collect()
    }

    #[test]
    fn each_end_has_its_own_way() {
        let trace = closed_by_us();
        let ours = Way::of(&trace, None, Side::Ours);
        assert_eq!(states(&ours), [Closed, SynSent, Established, FinWait1]);
        assert_eq!(
            ours.steps[0].cause,
            TransitionCause::Segment(Sent, SegmentKind::Syn)
        );
        assert_eq!(
            ours.steps[1].cause,
            TransitionCause::Segment(Received, SegmentKind::SynAck)
        );
        assert!(!ours.is_seen());
        let peer = Way::of(&trace, None, Side::Peer);
        assert_eq!(states(&peer), [Listen, SynReceived, Established]);
        assert_eq!(
            peer.steps[1].cause,
            TransitionCause::Segment(Received, SegmentKind::Ack)
        );
        assert!(peer.passes(Listen) && !peer.passes(SynSent));
    }

    #[test]
    fn what_the_kernel_said_later_goes_on_from_the_trace() {
        let said = [
            (3, Some(Established), Some(Established)),
            (6, Some(TimeWait), None),
            (7, None, None),
        ];
        let (trace, kernel) = (closed_by_us(), kernel(&said));
        let ours = Way::of(&trace, Some(&kernel), Side::Ours);
        let expected = [
            Closed,
            SynSent,
            Established,
            FinWait1,
            FinWait2,
            TimeWait,
            Closed,
        ];
        assert_eq!(states(&ours), expected);
        let causes: Vec<_> = ours.steps[3..].iter().map(|it| it.cause).collect();
        assert_eq!(
            causes,
            [
                TransitionCause::Between,
                TransitionCause::Kernel,
                TransitionCause::Time
            ]
        );
        assert!(ours.is_seen());
        let peer = Way::of(&trace, Some(&kernel), Side::Peer);
        let expected = [Listen, SynReceived, Established, CloseWait, LastAck, Closed];
        assert_eq!(states(&peer), expected);
    }

    #[test]
    fn of_a_peer_elsewhere_the_kernel_says_nothing() {
        let said = [(6, Some(FinWait2), None), (7, Some(FinWait2), None)];
        let peer = Way::of(&closed_by_us(), Some(&kernel(&said)), Side::Peer);
        assert_eq!(peer.now(), Established);
        assert!(!peer.is_seen());
    }

    #[test]
    fn a_reset_leads_straight_to_closed() {
        let mut trace = closed_by_us();
        trace.events.pop();
        let reset = event(4, TraceKind::Rst, Received, Closed, Closed);
        trace.events.push(reset);
        let ours = Way::of(&trace, None, Side::Ours);
        assert_eq!(states(&ours), [Closed, SynSent, Established, Closed]);
        let last = ours.steps.last().unwrap();
        assert_eq!(
            last.cause,
            TransitionCause::Segment(Received, SegmentKind::Rst)
        );
        assert!(!last.is_transition());
    }

    #[test]
    fn a_way_begins_no_new_connection() {
        assert_eq!(between(Established, Closed), Some(vec![CloseWait, LastAck]));
        assert_eq!(between(Listen, Established), Some(vec![SynReceived]));
        assert_eq!(between(TimeWait, Established), None);
        assert_eq!(between(LastAck, Closed), Some(Vec::new()));
    }
}
