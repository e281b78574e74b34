//! The state machine of RFC 9293 (section 3.3.2), for both ends at once.

use super::event::EndState;
use crate::net::Role;
use crate::net::kernel::TcpState;

/// The states of both ends, and what they have exchanged.
#[derive(Clone, Copy, Debug)]
pub(super) struct TcpMachine {
    pub(super) ours: EndState,
    pub(super) peer: EndState,
    pub(super) has_sent_fin: bool,
    pub(super) has_received_fin: bool,
    /// Whether the FIN that we sent is acknowledged.
    pub(super) is_fin_acknowledged: bool,
}

const fn inferred(state: TcpState) -> EndState {
    EndState {
        state,
        is_seen: false,
    }
}

impl TcpMachine {
    /// Returns the ends before anything happened.
    pub(super) const fn new(role: Role) -> Self {
        let (ours, peer) = match role {
            Role::Client => (TcpState::Closed, TcpState::Listen),
            Role::Server => (TcpState::Listen, TcpState::Closed),
        };
        Self {
            ours: inferred(ours),
            peer: inferred(peer),
            has_sent_fin: false,
            has_received_fin: false,
            is_fin_acknowledged: false,
        }
    }

    pub(super) fn set(&mut self, ours: TcpState, peer: TcpState) {
        self.ours = inferred(ours);
        self.peer = inferred(peer);
    }

    pub(super) fn send_fin(&mut self) {
        self.has_sent_fin = true;
        self.ours = moved(self.ours, after_sending_fin);
    }

    /// The ACK of our FIN arrived.
    pub(super) fn fin_acknowledged(&mut self) {
        self.is_fin_acknowledged = true;
        (self.ours, self.peer) = after_fin_acknowledged(self.ours, self.peer);
    }

    pub(super) fn receive_fin(&mut self) {
        self.has_received_fin = true;
        self.ours = moved(self.ours, after_receiving_fin);
        self.peer = moved(self.peer, after_sending_fin);
    }

    /// The kernel acknowledged the peer's FIN.
    pub(super) fn acknowledge_fin(&mut self) {
        self.peer = moved(self.peer, after_ack_of_fin);
    }
}

/// Returns our state and the peer's after the ACK of our FIN.
pub(super) fn after_fin_acknowledged(ours: EndState, peer: EndState) -> (EndState, EndState) {
    (
        moved(ours, after_ack_of_fin),
        moved(peer, after_receiving_fin),
    )
}

/// Returns the state after a step. What the kernel said stays said while nothing changes.
fn moved(end: EndState, step: impl Fn(TcpState) -> TcpState) -> EndState {
    let state = step(end.state);
    if state == end.state {
        end
    } else {
        inferred(state)
    }
}

fn after_sending_fin(state: TcpState) -> TcpState {
    match state {
        TcpState::SynReceived | TcpState::Established => TcpState::FinWait1,
        TcpState::CloseWait => TcpState::LastAck,
        other => other,
    }
}

fn after_receiving_fin(state: TcpState) -> TcpState {
    match state {
        TcpState::SynReceived | TcpState::Established => TcpState::CloseWait,
        TcpState::FinWait1 => TcpState::Closing,
        TcpState::FinWait2 => TcpState::TimeWait,
        other => other,
    }
}

fn after_ack_of_fin(state: TcpState) -> TcpState {
    match state {
        TcpState::FinWait1 => TcpState::FinWait2,
        TcpState::Closing => TcpState::TimeWait,
        TcpState::LastAck => TcpState::Closed,
        other => other,
    }
}
