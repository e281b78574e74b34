//! What a lifecycle entry says beyond its record: its kind as a number, and a body of tagged fields.
//!
//! The numbers of kinds, tags, errors and error kinds are part of the format of captures. They never change their
//! meaning; new ones are added. A kind that is not known, or lacks a field that this version needs, is read as
//! [`EventKind::Unknown`].

use std::borrow::Cow;
use std::io::ErrorKind;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use super::fields::{FieldWriter, Fields};
use crate::capture::entry::{StreamPosition, StreamPositions};
use crate::capture::event::EventKind;
use crate::capture::lifecycle::LifecycleKind;
use crate::net::{Accepting, Backlog, Closed, ClosedBy, Direction, NetError, Process, SystemError};
use crate::payload::template::{RenderError, RenderProblem, RequestProblem};
use crate::payload::{Carry, Encoding, HexProblem, Position};
use crate::script::Slices;

/// The numbers of the kinds of entries.
mod kind {
    pub(super) const RECEIVED: u16 = 1;
    pub(super) const SENT: u16 = 2;
    pub(super) const LISTENING: u16 = 16;
    pub(super) const LOOKING_UP: u16 = 17;
    pub(super) const CONNECTING: u16 = 18;
    pub(super) const CONNECTED: u16 = 19;
    pub(super) const CONNECT_FAILED: u16 = 20;
    pub(super) const ACCEPTED: u16 = 21;
    pub(super) const PEER_FINISHED: u16 = 22;
    pub(super) const WE_FINISHED: u16 = 23;
    pub(super) const CLOSED: u16 = 24;
    pub(super) const RESET: u16 = 25;
    pub(super) const ACCEPT_PAUSED: u16 = 26;
    pub(super) const ACCEPT_RESUMED: u16 = 27;
    pub(super) const MISSING: u16 = 28;
    pub(super) const NOT_RECORDED: u16 = 29;
    pub(super) const CLOCK_ADJUSTED: u16 = 30;
    pub(super) const FAILED: u16 = 31;
    pub(super) const STOPPED: u16 = 32;
    pub(super) const ACCEPT_ABORTED: u16 = 33;
    pub(super) const ACCEPTING_CHANGED: u16 = 34;
    pub(super) const WAITING: u16 = 35;
    pub(super) const READING_STOPPED: u16 = 36;
    pub(super) const READING_RESUMED: u16 = 37;
    pub(super) const PACE_CHANGED: u16 = 38;
    pub(super) const CANCELLED: u16 = 39;
}

/// The tags of fields. Each has one meaning and one type, whatever the kind.
mod tag {
    /// The positions of both streams before the entry: offset, and the bytes of an unfinished character.
    pub(super) const RECEIVED_OFFSET: u8 = 1;
    pub(super) const RECEIVED_CARRY: u8 = 2;
    pub(super) const SENT_OFFSET: u8 = 3;
    pub(super) const SENT_CARRY: u8 = 4;
    /// An address: 24 bytes as in the row of a flow, or `7`, a kind of name, and a name (`super::fields`).
    pub(super) const ADDRESS: u8 = 8;
    pub(super) const BACKLOG_REQUESTED: u8 = 9;
    pub(super) const BACKLOG_EFFECTIVE: u8 = 10;
    /// A flag.
    pub(super) const DUAL_STACK: u8 = 11;
    /// A text: the name or the target, as typed.
    pub(super) const HOST: u8 = 12;
    pub(super) const PORT: u8 = 13;
    /// How long something took, or was allowed to take, in nanoseconds.
    pub(super) const NANOS: u8 = 14;
    /// A flag: no address is left to try.
    pub(super) const LAST: u8 = 15;
    /// How many of what the kind counts: bytes, entries, connections.
    pub(super) const COUNT: u8 = 16;
    /// How many bytes were queued and not written.
    pub(super) const UNSENT: u8 = 17;
    /// A flag: received bytes were left unread.
    pub(super) const UNREAD: u8 = 18;
    /// 1: disconnected, 2: stopped, 3: after the reply, 4: the peer finished, 5: a failure, 6: reset by us.
    pub(super) const CLOSED_BY: u8 = 19;
    /// 1: received, 2: sent.
    pub(super) const DIRECTION: u8 = 20;
    /// A jump of the clock in nanoseconds: 8 bytes, signed.
    pub(super) const JUMP: u8 = 21;
    /// A bound that was reached.
    pub(super) const LIMIT: u8 = 22;
    /// How many bytes were queued before.
    pub(super) const QUEUED: u8 = 23;
    /// A process on this machine: its number, its user's number and its name.
    pub(super) const PID: u8 = 24;
    pub(super) const UID: u8 = 25;
    pub(super) const COMMAND: u8 = 26;
    /// What is done with new connections. 1: accepted, 2: closed at once, 3: left in the queue.
    pub(super) const ACCEPTING: u8 = 27;
    /// The most bytes per second, and of one write.
    pub(super) const RATE: u8 = 28;
    pub(super) const SLICE: u8 = 29;
    /// What failed: a number of [`super::failure`].
    pub(super) const FAILURE: u8 = 32;
    /// An error of the operating system: its name, its code (4 bytes, signed), a number of [`super::ERROR_KINDS`] and
    /// its text.
    pub(super) const OS: u8 = 33;
    pub(super) const OS_CODE: u8 = 34;
    pub(super) const OS_KIND: u8 = 35;
    pub(super) const OS_TEXT: u8 = 36;
    /// A template that could not be rendered: where (line, column, first byte, byte after the last), what (a number of
    /// [`super::problem`]), and its arguments: numbers of 16 bytes, signed, and a text.
    pub(super) const LINE: u8 = 40;
    pub(super) const COLUMN: u8 = 41;
    pub(super) const FROM: u8 = 42;
    pub(super) const TO: u8 = 43;
    pub(super) const PROBLEM: u8 = 44;
    pub(super) const FIRST_NUMBER: u8 = 45;
    pub(super) const SECOND_NUMBER: u8 = 46;
    pub(super) const THIRD_NUMBER: u8 = 47;
    pub(super) const PROBLEM_TEXT: u8 = 48;

    pub(super) fn is_known(tag: u8) -> bool {
        matches!(tag, 1..=4 | 8..=29 | 32..=36 | 40..=48)
    }
}

/// The numbers of what can fail.
mod failure {
    pub(super) const LISTEN: u64 = 1;
    pub(super) const LOOK_UP: u64 = 2;
    pub(super) const TOO_MANY_LOOK_UPS: u64 = 3;
    pub(super) const CONNECT: u64 = 4;
    pub(super) const CONNECT_TIMEOUT: u64 = 5;
    pub(super) const CONNECT_GIVEN_UP: u64 = 6;
    pub(super) const ACCEPT: u64 = 7;
    pub(super) const RECEIVE: u64 = 8;
    pub(super) const SEND: u64 = 9;
    pub(super) const FINISH_TIMEOUT: u64 = 10;
    pub(super) const FINISH_FLOOD: u64 = 11;
    pub(super) const QUEUE_FULL: u64 = 12;
    pub(super) const NOT_OPEN: u64 = 13;
    pub(super) const NO_CONNECTION: u64 = 14;
    pub(super) const NO_PEERS: u64 = 15;
    pub(super) const START: u64 = 16;
    pub(super) const TEMPLATE: u64 = 17;
    pub(super) const BUDGET_SPENT: u64 = 18;
    pub(super) const REQUEST_TOO_LONG: u64 = 19;
}

/// The numbers of what can be wrong with a template.
mod problem {
    pub(super) const TOO_WIDE: u64 = 1;
    pub(super) const NEGATIVE: u64 = 2;
    pub(super) const RANGE: u64 = 3;
    pub(super) const UNSTABLE: u64 = 4;
    pub(super) const CYCLE: u64 = 5;
    pub(super) const ODD_DIGIT: u64 = 6;
    pub(super) const WRONG_CHARACTER: u64 = 7;
    pub(super) const MISSING_DIGITS: u64 = 8;
    pub(super) const TIME: u64 = 9;
    pub(super) const ENCODING: u64 = 10;
    pub(super) const NO_FILE: u64 = 11;
    pub(super) const TOO_LONG: u64 = 12;
    pub(super) const NO_REQUEST: u64 = 13;
    pub(super) const REQUEST_RANGE: u64 = 14;
    pub(super) const NO_HEADER: u64 = 15;
    pub(super) const NO_MATCH: u64 = 16;
}

/// The kinds of system errors, in the order of their numbers.
const ERROR_KINDS: [ErrorKind; 18] = [
    ErrorKind::Other,
    ErrorKind::AddrInUse,
    ErrorKind::AddrNotAvailable,
    ErrorKind::PermissionDenied,
    ErrorKind::ConnectionRefused,
    ErrorKind::ConnectionReset,
    ErrorKind::ConnectionAborted,
    ErrorKind::NotConnected,
    ErrorKind::BrokenPipe,
    ErrorKind::TimedOut,
    ErrorKind::HostUnreachable,
    ErrorKind::NetworkUnreachable,
    ErrorKind::NetworkDown,
    ErrorKind::OutOfMemory,
    ErrorKind::Unsupported,
    ErrorKind::NotFound,
    ErrorKind::InvalidInput,
    ErrorKind::StorageFull,
];

/// The kinds of lifecycle entries by their numbers.
const LIFECYCLE: [(u16, LifecycleKind); 24] = [
    (kind::LISTENING, LifecycleKind::Listening),
    (kind::LOOKING_UP, LifecycleKind::LookingUp),
    (kind::CONNECTING, LifecycleKind::Connecting),
    (kind::CONNECTED, LifecycleKind::Connected),
    (kind::CONNECT_FAILED, LifecycleKind::ConnectFailed),
    (kind::ACCEPTED, LifecycleKind::Accepted),
    (kind::PEER_FINISHED, LifecycleKind::PeerFinished),
    (kind::WE_FINISHED, LifecycleKind::WeFinished),
    (kind::CLOSED, LifecycleKind::Closed),
    (kind::RESET, LifecycleKind::Reset),
    (kind::ACCEPT_PAUSED, LifecycleKind::AcceptPaused),
    (kind::ACCEPT_RESUMED, LifecycleKind::AcceptResumed),
    (kind::MISSING, LifecycleKind::Missing),
    (kind::NOT_RECORDED, LifecycleKind::NotRecorded),
    (kind::CLOCK_ADJUSTED, LifecycleKind::ClockAdjusted),
    (kind::FAILED, LifecycleKind::Failed),
    (kind::STOPPED, LifecycleKind::Stopped),
    (kind::ACCEPT_ABORTED, LifecycleKind::AcceptAborted),
    (kind::ACCEPTING_CHANGED, LifecycleKind::AcceptingChanged),
    (kind::WAITING, LifecycleKind::Waiting),
    (kind::READING_STOPPED, LifecycleKind::ReadingStopped),
    (kind::READING_RESUMED, LifecycleKind::ReadingResumed),
    (kind::PACE_CHANGED, LifecycleKind::PaceChanged),
    (kind::CANCELLED, LifecycleKind::Cancelled),
];

/// A decoded body.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) kind: EventKind,
    pub(super) streams: StreamPositions,
    /// How many fields this version does not know.
    pub(super) unknown_fields: u64,
}

/// Returns the number of the kind of a data entry, which has no body.
pub(super) fn data_kind(direction: Direction) -> u16 {
    match direction {
        Direction::Received => kind::RECEIVED,
        Direction::Sent => kind::SENT,
    }
}

/// Returns the number of the kind of a lifecycle entry, and its body.
pub(super) fn encode(event: &EventKind, streams: &StreamPositions) -> (u16, Vec<u8>) {
    let mut body = FieldWriter::default();
    put_streams(&mut body, streams);
    let kind = match event {
        EventKind::Received { .. } => kind::RECEIVED,
        EventKind::Sent { .. } => kind::SENT,
        EventKind::Listening {
            local,
            backlog,
            dual_stack,
        } => {
            body.address(tag::ADDRESS, local)
                .number(tag::BACKLOG_REQUESTED, backlog.requested.into())
                .flag(tag::DUAL_STACK, *dual_stack);
            if let Some(effective) = backlog.effective {
                body.number(tag::BACKLOG_EFFECTIVE, effective.into());
            }
            kind::LISTENING
        }
        EventKind::LookingUp { host, port } => {
            body.text(tag::HOST, host).number(tag::PORT, (*port).into());
            kind::LOOKING_UP
        }
        EventKind::Connecting => kind::CONNECTING,
        EventKind::Connected { took, process } => {
            body.number(tag::NANOS, nanos(*took));
            put_process(&mut body, process.as_ref());
            kind::CONNECTED
        }
        EventKind::ConnectFailed { error, last } => {
            body.flag(tag::LAST, *last);
            put_failure(&mut body, error);
            kind::CONNECT_FAILED
        }
        EventKind::Accepted { process } => {
            put_process(&mut body, process.as_ref());
            kind::ACCEPTED
        }
        EventKind::PeerFinished => kind::PEER_FINISHED,
        EventKind::WeFinished => kind::WE_FINISHED,
        EventKind::Closed(closed) => {
            put_closed(&mut body, closed);
            kind::CLOSED
        }
        EventKind::Reset { unsent_bytes } => {
            body.number(tag::UNSENT, *unsent_bytes);
            kind::RESET
        }
        EventKind::AcceptPaused { error } => {
            put_failure(&mut body, error);
            kind::ACCEPT_PAUSED
        }
        EventKind::AcceptResumed => kind::ACCEPT_RESUMED,
        EventKind::Missing { direction, bytes } => {
            let direction = match direction {
                Direction::Received => 1,
                Direction::Sent => 2,
            };
            body.number(tag::DIRECTION, direction)
                .number(tag::COUNT, *bytes);
            kind::MISSING
        }
        EventKind::NotRecorded { entries } => {
            body.number(tag::COUNT, *entries);
            kind::NOT_RECORDED
        }
        EventKind::ClockAdjusted { by_nanos } => {
            body.put(tag::JUMP, &by_nanos.to_le_bytes());
            kind::CLOCK_ADJUSTED
        }
        EventKind::Failed { error } => {
            put_failure(&mut body, error);
            kind::FAILED
        }
        EventKind::Stopped => kind::STOPPED,
        EventKind::AcceptAborted { connections } => {
            body.number(tag::COUNT, (*connections).into());
            kind::ACCEPT_ABORTED
        }
        EventKind::AcceptingChanged { accepting } => {
            body.number(tag::ACCEPTING, accepting_number(*accepting));
            kind::ACCEPTING_CHANGED
        }
        EventKind::Waiting { duration } => {
            body.number(tag::NANOS, nanos(*duration));
            kind::WAITING
        }
        EventKind::ReadingStopped => kind::READING_STOPPED,
        EventKind::ReadingResumed => kind::READING_RESUMED,
        EventKind::PaceChanged { rate, slices } => {
            put_pace(&mut body, *rate, *slices);
            kind::PACE_CHANGED
        }
        EventKind::Cancelled { sent_bytes } => {
            body.number(tag::COUNT, *sent_bytes);
            kind::CANCELLED
        }
        EventKind::Unread { kind } => number_of(*kind),
        // Its fields are gone: this only happens to an entry that was read from another capture.
        EventKind::Unknown { kind } => *kind,
    };
    (kind, body.finish())
}

/// Returns what is known of a lifecycle entry whose body cannot be read: its kind.
pub(super) fn unread(number: u16) -> EventKind {
    let known = LIFECYCLE.iter().find(|(known, _)| *known == number);
    match known {
        Some(&(_, kind)) => EventKind::Unread { kind },
        None => EventKind::Unknown { kind: number },
    }
}

fn number_of(kind: LifecycleKind) -> u16 {
    let known = LIFECYCLE.iter().find(|(_, known)| *known == kind);
    known.map_or(0, |(number, _)| *number)
}

/// Decodes the body of a lifecycle entry. Returns `None` if it does not consist of fields.
pub(super) fn decode(kind: u16, bytes: &[u8]) -> Option<Body> {
    let fields = Fields::parse(bytes)?;
    Some(Body {
        kind: event(kind, &fields).unwrap_or(EventKind::Unknown { kind }),
        streams: streams(&fields).unwrap_or_default(),
        unknown_fields: fields.count_unknown(tag::is_known),
    })
}

fn event(kind: u16, fields: &Fields<'_>) -> Option<EventKind> {
    Some(match kind {
        kind::LISTENING => EventKind::Listening {
            local: fields.address(tag::ADDRESS)?,
            backlog: Backlog {
                requested: fields.small(tag::BACKLOG_REQUESTED)?,
                effective: fields.small(tag::BACKLOG_EFFECTIVE),
            },
            dual_stack: fields.flag(tag::DUAL_STACK),
        },
        kind::LOOKING_UP => EventKind::LookingUp {
            host: fields.text(tag::HOST)?,
            port: fields.small(tag::PORT)?,
        },
        kind::CONNECTING => EventKind::Connecting,
        kind::CONNECTED => EventKind::Connected {
            took: duration(fields)?,
            process: process(fields),
        },
        kind::CONNECT_FAILED => EventKind::ConnectFailed {
            error: Arc::new(net_error(fields)?),
            last: fields.flag(tag::LAST),
        },
        kind::ACCEPTED => EventKind::Accepted {
            process: process(fields),
        },
        kind::PEER_FINISHED => EventKind::PeerFinished,
        kind::WE_FINISHED => EventKind::WeFinished,
        kind::CLOSED => EventKind::Closed(closed(fields)?),
        kind::RESET => EventKind::Reset {
            unsent_bytes: fields.number(tag::UNSENT)?,
        },
        kind::ACCEPT_PAUSED => EventKind::AcceptPaused {
            error: Arc::new(net_error(fields)?),
        },
        kind::ACCEPT_RESUMED => EventKind::AcceptResumed,
        kind::MISSING => EventKind::Missing {
            direction: match fields.number(tag::DIRECTION)? {
                1 => Direction::Received,
                2 => Direction::Sent,
                _ => return None,
            },
            bytes: fields.number(tag::COUNT)?,
        },
        kind::NOT_RECORDED => EventKind::NotRecorded {
            entries: fields.number(tag::COUNT)?,
        },
        kind::CLOCK_ADJUSTED => EventKind::ClockAdjusted {
            by_nanos: i64::from_le_bytes(fields.fixed(tag::JUMP)?),
        },
        kind::FAILED => EventKind::Failed {
            error: Arc::new(net_error(fields)?),
        },
        kind::STOPPED => EventKind::Stopped,
        kind::ACCEPT_ABORTED => EventKind::AcceptAborted {
            connections: fields.small(tag::COUNT)?,
        },
        kind::ACCEPTING_CHANGED => EventKind::AcceptingChanged {
            accepting: match fields.number(tag::ACCEPTING)? {
                1 => Accepting::Accept,
                2 => Accepting::Close,
                3 => Accepting::Stop,
                _ => return None,
            },
        },
        kind::WAITING => EventKind::Waiting {
            duration: duration(fields)?,
        },
        kind::READING_STOPPED => EventKind::ReadingStopped,
        kind::READING_RESUMED => EventKind::ReadingResumed,
        kind::PACE_CHANGED => EventKind::PaceChanged {
            rate: fields.small(tag::RATE).and_then(NonZeroU32::new),
            slices: slices(fields),
        },
        kind::CANCELLED => EventKind::Cancelled {
            sent_bytes: fields.number(tag::COUNT)?,
        },
        _ => return None,
    })
}

fn accepting_number(accepting: Accepting) -> u64 {
    match accepting {
        Accepting::Accept => 1,
        Accepting::Close => 2,
        Accepting::Stop => 3,
    }
}

fn put_process(body: &mut FieldWriter, process: Option<&Process>) {
    if let Some(process) = process {
        body.number(tag::PID, process.pid.into())
            .number(tag::UID, process.uid.into())
            .text(tag::COMMAND, &process.command);
    }
}

fn process(fields: &Fields<'_>) -> Option<Process> {
    Some(Process {
        pid: fields.small(tag::PID)?,
        uid: fields.small(tag::UID)?,
        command: fields.text(tag::COMMAND)?.into(),
    })
}

fn put_pace(body: &mut FieldWriter, rate: Option<NonZeroU32>, slices: Option<Slices>) {
    if let Some(rate) = rate {
        body.number(tag::RATE, rate.get().into());
    }
    if let Some(slices) = slices {
        body.number(tag::SLICE, slices.bytes.get().into())
            .number(tag::NANOS, nanos(slices.pause));
    }
}

fn slices(fields: &Fields<'_>) -> Option<Slices> {
    Some(Slices {
        bytes: NonZeroU32::new(fields.small(tag::SLICE)?)?,
        pause: duration(fields)?,
    })
}

fn put_streams(body: &mut FieldWriter, streams: &StreamPositions) {
    let tags = [
        (&streams.received, tag::RECEIVED_OFFSET, tag::RECEIVED_CARRY),
        (&streams.sent, tag::SENT_OFFSET, tag::SENT_CARRY),
    ];
    for (stream, offset, carry) in tags {
        if stream.offset > 0 {
            body.number(offset, stream.offset);
        }
        if !stream.carry.is_empty() {
            body.put(carry, stream.carry.as_slice());
        }
    }
}

fn streams(fields: &Fields<'_>) -> Option<StreamPositions> {
    let stream = |offset, carry| {
        Some(StreamPosition {
            offset: fields.number(offset).unwrap_or(0),
            carry: Carry::new(fields.get(carry).unwrap_or_default())?,
        })
    };
    Some(StreamPositions {
        received: stream(tag::RECEIVED_OFFSET, tag::RECEIVED_CARRY)?,
        sent: stream(tag::SENT_OFFSET, tag::SENT_CARRY)?,
    })
}

fn put_closed(body: &mut FieldWriter, closed: &Closed) {
    let by = match &closed.by {
        ClosedBy::Us => 1,
        ClosedBy::Stop => 2,
        ClosedBy::Reply => 3,
        ClosedBy::Peer => 4,
        ClosedBy::OurReset => 6,
        ClosedBy::Failure(error) => {
            put_failure(body, error);
            5
        }
    };
    body.number(tag::CLOSED_BY, by)
        .number(tag::UNSENT, closed.unsent_bytes)
        .flag(tag::UNREAD, closed.unread);
}

fn closed(fields: &Fields<'_>) -> Option<Closed> {
    Some(Closed {
        by: match fields.number(tag::CLOSED_BY)? {
            1 => ClosedBy::Us,
            2 => ClosedBy::Stop,
            3 => ClosedBy::Reply,
            4 => ClosedBy::Peer,
            5 => ClosedBy::Failure(Arc::new(net_error(fields)?)),
            6 => ClosedBy::OurReset,
            _ => return None,
        },
        unsent_bytes: fields.number(tag::UNSENT)?,
        unread: fields.flag(tag::UNREAD),
    })
}

fn put_failure(body: &mut FieldWriter, error: &NetError) {
    let failure = match error {
        NetError::Listen { address, source } => {
            put_system_error(body.address(tag::ADDRESS, address), source);
            failure::LISTEN
        }
        NetError::LookUp { host, source } => {
            put_system_error(body.text(tag::HOST, host), source);
            failure::LOOK_UP
        }
        NetError::TooManyLookUps { host, limit } => {
            body.text(tag::HOST, host).number(tag::LIMIT, *limit as u64);
            failure::TOO_MANY_LOOK_UPS
        }
        NetError::Connect { address, source } => {
            put_system_error(body.address(tag::ADDRESS, address), source);
            failure::CONNECT
        }
        NetError::ConnectTimeout { address, timeout } => {
            body.address(tag::ADDRESS, address)
                .number(tag::NANOS, nanos(*timeout));
            failure::CONNECT_TIMEOUT
        }
        NetError::ConnectGivenUp { target } => {
            body.text(tag::HOST, target);
            failure::CONNECT_GIVEN_UP
        }
        NetError::Accept { address, source } => {
            put_system_error(body.address(tag::ADDRESS, address), source);
            failure::ACCEPT
        }
        NetError::Receive { peer, source } => {
            put_system_error(body.address(tag::ADDRESS, peer), source);
            failure::RECEIVE
        }
        NetError::Send { peer, source } => {
            put_system_error(body.address(tag::ADDRESS, peer), source);
            failure::SEND
        }
        NetError::FinishTimeout { peer, timeout } => {
            body.address(tag::ADDRESS, peer)
                .number(tag::NANOS, nanos(*timeout));
            failure::FINISH_TIMEOUT
        }
        NetError::FinishFlood { peer, limit_bytes } => {
            body.address(tag::ADDRESS, peer)
                .number(tag::LIMIT, *limit_bytes);
            failure::FINISH_FLOOD
        }
        NetError::QueueFull {
            peer,
            bytes,
            queued_bytes,
        } => {
            body.address(tag::ADDRESS, peer)
                .number(tag::COUNT, *bytes)
                .number(tag::QUEUED, *queued_bytes);
            failure::QUEUE_FULL
        }
        NetError::BudgetSpent {
            peer,
            bytes,
            queued_bytes,
        } => {
            body.address(tag::ADDRESS, peer)
                .number(tag::COUNT, *bytes)
                .number(tag::QUEUED, *queued_bytes);
            failure::BUDGET_SPENT
        }
        NetError::RequestTooLong { limit_bytes } => {
            body.number(tag::LIMIT, *limit_bytes);
            failure::REQUEST_TOO_LONG
        }
        NetError::NotOpen { bytes } => {
            body.number(tag::COUNT, *bytes);
            failure::NOT_OPEN
        }
        NetError::NoConnection => failure::NO_CONNECTION,
        NetError::NoPeers { bytes } => {
            body.number(tag::COUNT, *bytes);
            failure::NO_PEERS
        }
        NetError::Start { source } => {
            put_system_error(body, source);
            failure::START
        }
        NetError::Template { source } => {
            put_render_error(body, source);
            failure::TEMPLATE
        }
    };
    body.number(tag::FAILURE, failure);
}

fn net_error(fields: &Fields<'_>) -> Option<NetError> {
    let address = || fields.address(tag::ADDRESS);
    let host = || fields.text(tag::HOST);
    let count = || fields.number(tag::COUNT);
    let source = || system_error(fields);
    Some(match fields.number(tag::FAILURE)? {
        failure::LISTEN => NetError::Listen {
            address: address()?,
            source: source()?,
        },
        failure::LOOK_UP => NetError::LookUp {
            host: host()?,
            source: source()?,
        },
        failure::TOO_MANY_LOOK_UPS => NetError::TooManyLookUps {
            host: host()?,
            limit: fields.small(tag::LIMIT)?,
        },
        failure::CONNECT => NetError::Connect {
            address: address()?,
            source: source()?,
        },
        failure::CONNECT_TIMEOUT => NetError::ConnectTimeout {
            address: address()?,
            timeout: duration(fields)?,
        },
        failure::CONNECT_GIVEN_UP => NetError::ConnectGivenUp { target: host()? },
        failure::ACCEPT => NetError::Accept {
            address: address()?,
            source: source()?,
        },
        failure::RECEIVE => NetError::Receive {
            peer: address()?,
            source: source()?,
        },
        failure::SEND => NetError::Send {
            peer: address()?,
            source: source()?,
        },
        failure::FINISH_TIMEOUT => NetError::FinishTimeout {
            peer: address()?,
            timeout: duration(fields)?,
        },
        failure::FINISH_FLOOD => NetError::FinishFlood {
            peer: address()?,
            limit_bytes: fields.number(tag::LIMIT)?,
        },
        failure::QUEUE_FULL => NetError::QueueFull {
            peer: address()?,
            bytes: count()?,
            queued_bytes: fields.number(tag::QUEUED)?,
        },
        failure::NOT_OPEN => NetError::NotOpen { bytes: count()? },
        failure::NO_CONNECTION => NetError::NoConnection,
        failure::BUDGET_SPENT => NetError::BudgetSpent {
            peer: address()?,
            bytes: count()?,
            queued_bytes: fields.number(tag::QUEUED)?,
        },
        failure::REQUEST_TOO_LONG => NetError::RequestTooLong {
            limit_bytes: fields.number(tag::LIMIT)?,
        },
        failure::NO_PEERS => NetError::NoPeers { bytes: count()? },
        failure::START => NetError::Start { source: source()? },
        failure::TEMPLATE => NetError::Template {
            source: render_error(fields)?,
        },
        _ => return None,
    })
}

fn put_system_error(body: &mut FieldWriter, error: &SystemError) {
    let kind = ERROR_KINDS.iter().position(|&kind| kind == error.kind);
    body.text(tag::OS, &error.os)
        .number(tag::OS_KIND, kind.unwrap_or(0) as u64)
        .text(tag::OS_TEXT, &error.text);
    if let Some(code) = error.code {
        body.put(tag::OS_CODE, &code.to_le_bytes());
    }
}

fn system_error(fields: &Fields<'_>) -> Option<SystemError> {
    let kind = fields.small::<usize>(tag::OS_KIND)?;
    Some(SystemError {
        os: Cow::Owned(fields.text(tag::OS)?),
        code: fields.fixed(tag::OS_CODE).map(i32::from_le_bytes),
        kind: ERROR_KINDS.get(kind).copied().unwrap_or(ErrorKind::Other),
        text: fields.text(tag::OS_TEXT)?,
    })
}

fn put_render_error(body: &mut FieldWriter, error: &RenderError) {
    let mut numbers = [None::<i128>; 3];
    let mut text = None;
    let problem = match &error.problem {
        RenderProblem::TooWide(number) => {
            numbers[0] = Some(*number);
            problem::TOO_WIDE
        }
        RenderProblem::Negative(number) => {
            numbers[0] = Some(*number);
            problem::NEGATIVE
        }
        RenderProblem::Range { from, to, len } => {
            numbers = [Some((*from).into()), Some((*to).into()), Some(*len as i128)];
            problem::RANGE
        }
        RenderProblem::Unstable => problem::UNSTABLE,
        RenderProblem::Cycle => problem::CYCLE,
        RenderProblem::Digits(HexProblem::OddDigit(digit)) => {
            numbers[0] = Some(u32::from(*digit).into());
            problem::ODD_DIGIT
        }
        RenderProblem::Digits(HexProblem::WrongCharacter(character)) => {
            numbers[0] = Some(u32::from(*character).into());
            problem::WRONG_CHARACTER
        }
        RenderProblem::Digits(HexProblem::MissingDigits) => problem::MISSING_DIGITS,
        RenderProblem::Time(message) => {
            text = Some(message.clone());
            problem::TIME
        }
        RenderProblem::Encoding {
            encoding,
            character,
        } => {
            numbers[0] = Some(u32::from(*character).into());
            text = Some(encoding.to_string());
            problem::ENCODING
        }
        RenderProblem::NoFile => problem::NO_FILE,
        RenderProblem::TooLong => problem::TOO_LONG,
        RenderProblem::NoRequest => problem::NO_REQUEST,
        RenderProblem::Request(RequestProblem::Range { from, to, len }) => {
            numbers = [Some((*from).into()), Some((*to).into()), Some(*len as i128)];
            problem::REQUEST_RANGE
        }
        RenderProblem::Request(RequestProblem::NoHeader(name)) => {
            text = Some(name.clone());
            problem::NO_HEADER
        }
        RenderProblem::Request(RequestProblem::NoMatch) => problem::NO_MATCH,
    };
    let Position {
        line,
        column,
        range,
    } = &error.position;
    body.number(tag::PROBLEM, problem)
        .number(tag::LINE, *line as u64)
        .number(tag::COLUMN, *column as u64)
        .number(tag::FROM, range.start as u64)
        .number(tag::TO, range.end as u64);
    let tags = [tag::FIRST_NUMBER, tag::SECOND_NUMBER, tag::THIRD_NUMBER];
    for (tag, number) in tags.into_iter().zip(numbers) {
        if let Some(number) = number {
            body.put(tag, &number.to_le_bytes());
        }
    }
    if let Some(text) = text {
        body.text(tag::PROBLEM_TEXT, &text);
    }
}

fn render_error(fields: &Fields<'_>) -> Option<RenderError> {
    let number = |tag| fields.fixed(tag).map(i128::from_le_bytes);
    let first = || number(tag::FIRST_NUMBER);
    let character = || char::from_u32(first()?.try_into().ok()?);
    let text = || fields.text(tag::PROBLEM_TEXT);
    Some(RenderError {
        position: Position {
            line: fields.small(tag::LINE)?,
            column: fields.small(tag::COLUMN)?,
            range: fields.small(tag::FROM)?..fields.small(tag::TO)?,
        },
        problem: match fields.number(tag::PROBLEM)? {
            problem::TOO_WIDE => RenderProblem::TooWide(first()?),
            problem::NEGATIVE => RenderProblem::Negative(first()?),
            problem::RANGE => RenderProblem::Range {
                from: first()?.try_into().ok()?,
                to: number(tag::SECOND_NUMBER)?.try_into().ok()?,
                len: number(tag::THIRD_NUMBER)?.try_into().ok()?,
            },
            problem::UNSTABLE => RenderProblem::Unstable,
            problem::CYCLE => RenderProblem::Cycle,
            problem::ODD_DIGIT => RenderProblem::Digits(HexProblem::OddDigit(character()?)),
            problem::WRONG_CHARACTER => {
                RenderProblem::Digits(HexProblem::WrongCharacter(character()?))
            }
            problem::MISSING_DIGITS => RenderProblem::Digits(HexProblem::MissingDigits),
            problem::TIME => RenderProblem::Time(text()?),
            problem::ENCODING => RenderProblem::Encoding {
                encoding: text()?.parse::<Encoding>().ok()?,
                character: character()?,
            },
            problem::NO_FILE => RenderProblem::NoFile,
            problem::TOO_LONG => RenderProblem::TooLong,
            problem::NO_REQUEST => RenderProblem::NoRequest,
            problem::REQUEST_RANGE => RenderProblem::Request(RequestProblem::Range {
                from: first()?.try_into().ok()?,
                to: number(tag::SECOND_NUMBER)?.try_into().ok()?,
                len: number(tag::THIRD_NUMBER)?.try_into().ok()?,
            }),
            problem::NO_HEADER => RenderProblem::Request(RequestProblem::NoHeader(text()?)),
            problem::NO_MATCH => RenderProblem::Request(RequestProblem::NoMatch),
            _ => return None,
        },
    })
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

fn duration(fields: &Fields<'_>) -> Option<Duration> {
    fields.number(tag::NANOS).map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::net::Address;

    fn address() -> Address {
        "127.0.0.1:9000".parse().unwrap()
    }

    fn refused() -> SystemError {
        SystemError {
            os: Cow::Borrowed("linux"),
            code: Some(111),
            kind: ErrorKind::ConnectionRefused,
            text: "Connection refused (os error 111)".to_owned(),
        }
    }

    #[expect(clippy::too_many_lines, reason = "a list of all there are")]
    fn all_failures() -> Vec<NetError> {
        let (at, source) = (address, refused());
        let from_windows = SystemError {
            os: Cow::Borrowed("windows"),
            code: Some(10_061),
            kind: ErrorKind::Other,
            text: String::new(),
        };
        let of_kind = SystemError {
            code: None,
            ..refused()
        };
        let host = || "example.org".to_owned();
        let timeout = Duration::from_secs(5);
        let mut failures = vec![
            NetError::Listen {
                address: at(),
                source: source.clone(),
            },
            NetError::LookUp {
                host: host(),
                source: of_kind,
            },
            NetError::TooManyLookUps {
                host: host(),
                limit: 8,
            },
            NetError::Connect {
                address: at(),
                source: from_windows,
            },
            NetError::ConnectTimeout {
                address: at(),
                timeout,
            },
            NetError::ConnectGivenUp { target: host() },
            NetError::Accept {
                address: at(),
                source: source.clone(),
            },
            NetError::Receive {
                peer: at(),
                source: source.clone(),
            },
            NetError::Send {
                peer: at(),
                source: source.clone(),
            },
            NetError::FinishTimeout {
                peer: at(),
                timeout,
            },
            NetError::FinishFlood {
                peer: at(),
                limit_bytes: 1 << 20,
            },
            NetError::QueueFull {
                peer: at(),
                bytes: 3,
                queued_bytes: 1 << 33,
            },
            NetError::BudgetSpent {
                peer: at(),
                bytes: 3,
                queued_bytes: 1 << 33,
            },
            NetError::RequestTooLong {
                limit_bytes: 65_536,
            },
            NetError::NotOpen { bytes: 0 },
            NetError::NoConnection,
            NetError::NoPeers { bytes: 4 },
            NetError::Start { source },
        ];
        let position = Position {
            line: 2,
            column: 19,
            range: 30..37,
        };
        let (from, to, len) = (-3, 9, 4);
        let problems = [
            RenderProblem::TooWide(-1),
            RenderProblem::Negative(i128::MIN),
            RenderProblem::Range { from, to, len },
            RenderProblem::Unstable,
            RenderProblem::Cycle,
            RenderProblem::Digits(HexProblem::OddDigit('a')),
            RenderProblem::Digits(HexProblem::WrongCharacter('日')),
            RenderProblem::Digits(HexProblem::MissingDigits),
            RenderProblem::Time("what the library says".to_owned()),
            RenderProblem::Encoding {
                encoding: "UTF-16LE".parse().unwrap(),
                character: '€',
            },
            RenderProblem::NoFile,
            RenderProblem::TooLong,
            RenderProblem::NoRequest,
            RenderProblem::Request(RequestProblem::Range {
                from: 4,
                to: -1,
                len: 3,
            }),
            RenderProblem::Request(RequestProblem::NoHeader("Cookie".to_owned())),
            RenderProblem::Request(RequestProblem::NoMatch),
        ];
        failures.extend(problems.map(|problem| NetError::Template {
            source: RenderError {
                position: position.clone(),
                problem,
            },
        }));
        failures
    }

    fn all_kinds() -> Vec<EventKind> {
        let failure = || Arc::new(NetError::NotOpen { bytes: 7 });
        let closed = |by, unread| {
            EventKind::Closed(Closed {
                by,
                unsent_bytes: 3,
                unread,
            })
        };
        let mut kinds = vec![
            EventKind::Listening {
                local: address(),
                backlog: Backlog {
                    requested: 128,
                    effective: Some(100),
                },
                dual_stack: true,
            },
            EventKind::Listening {
                local: "[fe80::1%3]:1".parse().unwrap(),
                backlog: Backlog {
                    requested: 0,
                    effective: None,
                },
                dual_stack: false,
            },
            EventKind::LookingUp {
                host: "example.org".to_owned(),
                port: 80,
            },
            EventKind::Connecting,
            EventKind::Connected {
                took: Duration::from_nanos(1_234),
                process: None,
            },
            EventKind::Accepted { process: None },
            EventKind::PeerFinished,
            EventKind::WeFinished,
            closed(ClosedBy::Us, true),
            closed(ClosedBy::Stop, false),
            closed(ClosedBy::Reply, false),
            closed(ClosedBy::Peer, false),
            closed(ClosedBy::Failure(failure()), false),
            EventKind::Reset { unsent_bytes: 7 },
            EventKind::AcceptPaused { error: failure() },
            EventKind::AcceptResumed,
            EventKind::Missing {
                direction: Direction::Received,
                bytes: 1,
            },
            EventKind::Missing {
                direction: Direction::Sent,
                bytes: 1 << 40,
            },
            EventKind::NotRecorded { entries: 12 },
            EventKind::ClockAdjusted { by_nanos: -5 },
            EventKind::ClockAdjusted { by_nanos: i64::MAX },
            EventKind::Stopped,
            EventKind::AcceptAborted { connections: 3 },
        ];
        for (place, error) in all_failures().into_iter().enumerate() {
            let error = Arc::new(error);
            kinds.push(EventKind::Failed {
                error: Arc::clone(&error),
            });
            let last = place % 2 == 0;
            kinds.push(EventKind::ConnectFailed { error, last });
        }
        kinds
    }

    fn streams() -> StreamPositions {
        StreamPositions {
            received: StreamPosition {
                offset: 1 << 33,
                carry: Carry::new(b"\xE6\x97").unwrap(),
            },
            sent: StreamPosition::default(),
        }
    }

    #[test]
    fn every_kind_round_trips() {
        for kind in all_kinds() {
            let (number, bytes) = encode(&kind, &streams());
            let body = decode(number, &bytes).unwrap();
            assert_eq!(format!("{:?}", body.kind), format!("{kind:?}"));
            assert_eq!(body.streams, streams());
            assert_eq!(body.unknown_fields, 0);
        }
    }

    #[test]
    fn a_kind_is_known_without_its_body() {
        for kind in all_kinds() {
            let (number, _) = encode(&kind, &streams());
            let unread = unread(number);
            assert!(matches!(unread, EventKind::Unread { .. }), "{kind:?}");
            assert_eq!(unread.lifecycle(), kind.lifecycle());
            assert_eq!(encode(&unread, &streams()).0, number);
        }
        let unread = unread(4_711);
        assert!(matches!(unread, EventKind::Unknown { kind: 4_711 }));
    }

    /// Captures depend on this format: these bytes never change.
    #[test]
    fn the_bytes_of_a_kind_never_change() {
        let check = |kind: EventKind, number: u16, expected: &[u8]| {
            let body = encode(&kind, &StreamPositions::default());
            assert_eq!(body, (number, expected.to_vec()), "{kind:?}");
        };
        check(EventKind::Connecting, 18, &[]);
        check(EventKind::Accepted { process: None }, 21, &[]);
        check(EventKind::PeerFinished, 22, &[]);
        check(EventKind::WeFinished, 23, &[]);
        let reset = EventKind::Reset { unsent_bytes: 7 };
        check(reset, 25, &[17, 1, 0, 7]);
        let closed = EventKind::Closed(Closed {
            by: ClosedBy::Stop,
            unsent_bytes: 300,
            unread: true,
        });
        check(closed, 24, &[19, 1, 0, 2, 17, 2, 0, 0x2C, 1, 18, 0, 0]);
        let adjusted = EventKind::ClockAdjusted { by_nanos: -2 };
        let jump = [21, 8, 0, 0xFE, 255, 255, 255, 255, 255, 255, 255];
        check(adjusted, 30, &jump);
        check(EventKind::Stopped, 32, &[]);
        let failed = EventKind::ConnectFailed {
            error: Arc::new(NetError::Connect {
                address: address(),
                source: refused(),
            }),
            last: true,
        };
        let mut expected = vec![15, 0, 0, 8, 24, 0, 4, 127, 0, 0, 1];
        expected.extend([0; 12]);
        expected.extend([0x28, 0x23, 0, 0, 0, 0, 0]);
        expected.extend(b"\x21\x05\x00linux\x23\x01\x00\x04\x24\x21\x00");
        expected.extend(b"Connection refused (os error 111)");
        expected.extend([34, 4, 0, 111, 0, 0, 0, 32, 1, 0, 4]);
        check(failed, 20, &expected);
    }

    #[test]
    fn a_later_version_may_add_kinds_and_fields() {
        let (number, mut bytes) = encode(&EventKind::Accepted { process: None }, &streams());
        bytes.extend([200, 2, 0, 1, 2]);
        let body = decode(number, &bytes).unwrap();
        assert!(matches!(body.kind, EventKind::Accepted { .. }));
        assert_eq!(body.unknown_fields, 1);
        let body = decode(999, &bytes).unwrap();
        assert!(matches!(body.kind, EventKind::Unknown { kind: 999 }));
        assert_eq!(body.streams, streams());
        // A listener without its address is none that this version knows.
        let body = decode(kind::LISTENING, &[]).unwrap();
        assert!(matches!(body.kind, EventKind::Unknown { kind: 16 }));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(number: u16, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            decode(number, &bytes);
        }

        #[test]
        fn any_change_is_read_without_harm(which: usize, at: usize, to: u8) {
            let kinds = all_kinds();
            let (number, mut bytes) = encode(&kinds[which % kinds.len()], &streams());
            let len = bytes.len();
            bytes[at % len] = to;
            decode(number, &bytes);
        }
    }
}
