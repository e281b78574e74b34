//! What a row of the timeline is in lanes: on which side it happened, and what went over the wire.

use std::io;
use std::ops::Range;

use crate::capture::{Entry, EventKind, Happening, Row, RowKind, RowText};
use crate::net::tls::TlsReport;
use crate::net::{Address, Closed, ClosedBy, Direction, NetError, Role};

/// A lifeline: the client's end stands left, the server's end right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LaneSide {
    Client,
    Server,
}

impl LaneSide {
    pub(super) const BOTH: [Self; 2] = [Self::Client, Self::Server];

    pub(super) fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }

    pub(super) fn of(role: Role) -> Self {
        match role {
            Role::Client => Self::Client,
            Role::Server => Self::Server,
        }
    }
}

/// A row as lanes see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LaneStep {
    /// The connection's number.
    pub(super) connection: Option<u64>,
    /// The side that it happened on; `None` for what concerns neither.
    pub(super) side: Option<LaneSide>,
    pub(super) what: LaneEvent,
}

/// What a row shows, as far as it decides what is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LaneEvent {
    /// Bytes of the stream away from this side, by their offsets.
    Sent(Range<u64>),
    /// Bytes of the stream towards this side.
    Received(Range<u64>),
    /// A datagram of so many bytes: it belongs to no stream.
    Datagram {
        bytes: u64,
        is_sent: bool,
    },
    /// The network said that a datagram did not get there.
    Undelivered,
    /// A UDP peer is there from now on, or no longer: nothing goes over the wire for that.
    Known(bool),
    /// Many chunks of the stream away from this side, or towards it, as one row.
    Bundle {
        bytes: Range<u64>,
        is_sent: bool,
    },
    Listening,
    Connecting,
    Connected,
    Accepted,
    /// The attempt to connect was refused.
    Refused,
    /// This side finished sending.
    Finished,
    /// The other side finished sending.
    PeerFinished,
    /// This side closed the connection.
    Closed(Last),
    /// The other side reset the connection.
    Reset,
    /// A message of TLS, away from this side or towards it.
    Tls {
        message: TlsMessage,
        is_sent: bool,
    },
    /// Anything else, which has no arrow.
    Other,
}

/// A message of TLS that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum TlsMessage {
    /// The client says what it offers.
    Hello,
    /// An end gives up, or warns.
    Alert,
    /// An end has sent everything.
    CloseNotify,
}

/// What the system sends when a connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// FIN, unless it was sent before.
    Fin,
    /// RST.
    Reset,
    /// RST, because bytes are unread: inferred.
    Unread,
    /// Not known: a call failed.
    Unknown,
}

impl LaneStep {
    /// Returns what a row is.
    pub(super) fn of(row: &Row) -> Self {
        let side = row
            .connection
            .map(|connection| LaneSide::of(connection.role));
        let is_udp = row.peer.as_ref().is_some_and(Address::is_udp);
        let (what, side) = match &row.text {
            RowText::Words(Happening::Entry(entry)) => {
                let kind = &entry.event.kind;
                let what = match kind {
                    _ if is_udp => of_udp(kind),
                    EventKind::Tls(report) => of_tls(report, side),
                    kind => of_event(kind),
                };
                (what, side.or_else(|| side_of(entry)))
            }
            RowText::Words(Happening::Unreadable(_)) => (LaneEvent::Other, side),
            RowText::Payload(_) => (of_bytes(row, is_udp), side),
        };
        Self {
            connection: row.connection.map(|connection| connection.number),
            side,
            what,
        }
    }
}

fn of_bytes(row: &Row, is_udp: bool) -> LaneEvent {
    let size = row.kind.data_bytes().unwrap_or(0);
    let range = |bytes: u64| row.offset..row.offset.saturating_add(bytes);
    let is_sent = matches!(row.kind, RowKind::Sent(_));
    match row.bundle {
        Some(bundle) => LaneEvent::Bundle {
            bytes: range(bundle.bytes),
            is_sent,
        },
        None if is_udp => LaneEvent::Datagram {
            bytes: size,
            is_sent,
        },
        None if is_sent => LaneEvent::Sent(range(size)),
        None => LaneEvent::Received(range(size)),
    }
}

/// What happens with a UDP peer.
fn of_udp(kind: &EventKind) -> LaneEvent {
    match kind {
        EventKind::Accepted { .. } | EventKind::Connected { .. } => LaneEvent::Known(true),
        EventKind::Closed(_) => LaneEvent::Known(false),
        EventKind::Failed { error } if matches!(**error, NetError::Undelivered { .. }) => {
            LaneEvent::Undelivered
        }
        _ => LaneEvent::Other,
    }
}

fn of_event(kind: &EventKind) -> LaneEvent {
    match kind {
        EventKind::Listening { .. } | EventKind::Bound { .. } => LaneEvent::Listening,
        EventKind::Connecting => LaneEvent::Connecting,
        EventKind::Connected { .. } => LaneEvent::Connected,
        EventKind::Accepted { .. } => LaneEvent::Accepted,
        EventKind::ConnectFailed { error, .. } if is_refused(error) => LaneEvent::Refused,
        EventKind::WeFinished => LaneEvent::Finished,
        EventKind::PeerFinished => LaneEvent::PeerFinished,
        EventKind::Closed(closed) => LaneEvent::Closed(last(closed)),
        EventKind::Reset { .. } => LaneEvent::Reset,
        _ => LaneEvent::Other,
    }
}

/// What is said of TLS: a hello is always the client's.
fn of_tls(report: &TlsReport, side: Option<LaneSide>) -> LaneEvent {
    let (message, is_sent) = match report {
        TlsReport::Hello(_) => (TlsMessage::Hello, side == Some(LaneSide::Client)),
        TlsReport::Alert { direction, .. } => (TlsMessage::Alert, *direction == Direction::Sent),
        TlsReport::CloseNotify { direction } => {
            (TlsMessage::CloseNotify, *direction == Direction::Sent)
        }
        _ => return LaneEvent::Other,
    };
    LaneEvent::Tls { message, is_sent }
}

fn last(closed: &Closed) -> Last {
    match closed.by {
        ClosedBy::OurReset => Last::Reset,
        _ if closed.unread => Last::Unread,
        ClosedBy::Failure(_) | ClosedBy::Silence(_) | ClosedBy::Crowded { .. } => Last::Unknown,
        ClosedBy::Us | ClosedBy::Stop | ClosedBy::Reply | ClosedBy::Peer => Last::Fin,
    }
}

fn is_refused(error: &NetError) -> bool {
    let NetError::Connect { source, .. } = error else {
        return false;
    };
    source.kind == io::ErrorKind::ConnectionRefused
}

/// Returns the side of what happens without a connection: listeners are right, attempts left.
fn side_of(entry: &Entry) -> Option<LaneSide> {
    match &entry.event.kind {
        EventKind::Listening { .. }
        | EventKind::Bound { .. }
        | EventKind::Dropped { .. }
        | EventKind::AcceptPaused { .. }
        | EventKind::AcceptResumed
        | EventKind::AcceptAborted { .. }
        | EventKind::AcceptingChanged { .. }
        | EventKind::Stopped => Some(LaneSide::Server),
        EventKind::LookingUp { .. } | EventKind::ConnectFailed { .. } => Some(LaneSide::Client),
        EventKind::Failed { error } => match &**error {
            // A client's comes as a failed connect.
            NetError::Listen { .. } | NetError::Accept { .. } | NetError::Lab { .. } => {
                Some(LaneSide::Server)
            }
            NetError::LookUp { .. } | NetError::Connect { .. } => Some(LaneSide::Client),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::capture::synthetic::{
        accepted, connect_error, event, listening, received, row, sent,
    };

    #[test]
    fn each_row_has_its_side_and_its_place_on_the_wire() {
        let closed = |by, unread| {
            EventKind::Closed(Closed {
                by,
                unsent_bytes: 0,
                unread,
            })
        };
        let failed = |kind| EventKind::ConnectFailed {
            error: connect_error(kind),
            last: true,
        };
        let check = |connection: u64, kind: EventKind, side: Option<LaneSide>, what: LaneEvent| {
            let step = LaneStep::of(&row(event(0, 1, connection, kind)));
            let connection = (connection > 0).then_some(connection);
            let expected = LaneStep {
                connection,
                side,
                what,
            };
            assert_eq!(step, expected);
        };
        let server = Some(LaneSide::Server);
        check(0, listening(), server, LaneEvent::Listening);
        check(7, accepted(), server, LaneEvent::Accepted);
        check(7, received(1, b"abc"), server, LaneEvent::Received(0..3));
        check(7, sent(1, b"abcd"), server, LaneEvent::Sent(0..4));
        check(7, EventKind::PeerFinished, server, LaneEvent::PeerFinished);
        check(7, EventKind::WeFinished, server, LaneEvent::Finished);
        check(
            7,
            closed(ClosedBy::Us, false),
            server,
            LaneEvent::Closed(Last::Fin),
        );
        check(
            7,
            closed(ClosedBy::Us, true),
            server,
            LaneEvent::Closed(Last::Unread),
        );
        check(
            7,
            closed(ClosedBy::OurReset, false),
            server,
            LaneEvent::Closed(Last::Reset),
        );
        check(0, EventKind::Stopped, server, LaneEvent::Other);
        let tls = |report| EventKind::Tls(Arc::new(report));
        let message = |message, is_sent| LaneEvent::Tls { message, is_sent };
        let hello = TlsReport::Hello(Arc::default());
        check(7, tls(hello), server, message(TlsMessage::Hello, false));
        let alert = TlsReport::Alert {
            direction: Direction::Sent,
            kind: None,
            is_fatal: true,
        };
        check(7, tls(alert), server, message(TlsMessage::Alert, true));
        check(7, tls(TlsReport::Cut), server, LaneEvent::Other);
        let refused = io::ErrorKind::ConnectionRefused;
        check(
            0,
            failed(refused),
            Some(LaneSide::Client),
            LaneEvent::Refused,
        );
        let denied = io::ErrorKind::PermissionDenied;
        check(0, failed(denied), Some(LaneSide::Client), LaneEvent::Other);
        let jump = EventKind::ClockAdjusted { by_nanos: 1 };
        check(0, jump, None, LaneEvent::Other);
    }
}
