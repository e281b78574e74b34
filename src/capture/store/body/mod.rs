//! What a lifecycle entry says beyond its record: its kind as a number, and a body of tagged fields.
//!
//! The numbers of kinds, tags, errors and error kinds are part of the format of captures. They never change their
//! meaning; new ones are added. A kind that is not known, or lacks a field that this version needs, is read as
//! [`EventKind::Unknown`].

mod failure;
mod kind;
mod problem;
mod sample;
mod sequence;
mod system;
mod tag;
#[cfg(test)]
mod tests;
mod tls;
mod tls_failure;
#[cfg(test)]
mod tls_tests;
#[cfg(test)]
mod udp_tests;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use super::fields::{FieldWriter, Fields, decode_ips, encode_ips};
use crate::capture::entry::{StreamPosition, StreamPositions};
use crate::capture::event::EventKind;
use crate::net::MAX_GROUPS;
use crate::net::kernel::SavedSyn;
use crate::net::{Accepting, Backlog, Closed, ClosedBy, Direction, Process};
use crate::payload::Carry;
use crate::script::{Disturbance, Slices};
use failure::{net_error, put_failure};
use kind::number_of;
pub(super) use kind::unread;
pub(super) use sample::{
    NO_MORE as NO_MORE_SAMPLES, decode as decode_sample, encode as encode_sample,
};

/// Returns how long the body of an entry is, if it may hold certificates or lists of a peer; otherwise 0.
pub(super) fn tls_bytes(event: &EventKind) -> u64 {
    match event {
        EventKind::Tls(_) | EventKind::Closed(_) => {
            encode(event, &StreamPositions::default()).1.len() as u64
        }
        _ => 0,
    }
}

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
#[expect(clippy::too_many_lines, reason = "an arm for each kind")]
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
            body.address(tag::ADDRESS, local);
            put_backlog(&mut body, *backlog, *dual_stack);
            kind::LISTENING
        }
        EventKind::Bound {
            local,
            dual_stack,
            groups,
        } => {
            body.address(tag::ADDRESS, local)
                .flag(tag::DUAL_STACK, *dual_stack)
                .put(tag::GROUPS, &encode_ips(groups));
            kind::BOUND
        }
        EventKind::Truncated { read_bytes, bytes } => {
            body.number(tag::COUNT, *read_bytes);
            if let Some(bytes) = bytes {
                body.number(tag::WHOLE, *bytes);
            }
            kind::TRUNCATED
        }
        EventKind::Dropped { datagrams } => {
            body.number(tag::COUNT, *datagrams);
            kind::DROPPED
        }
        EventKind::Upgraded => kind::UPGRADED,
        EventKind::Tls(report) => tls::put_report(&mut body, report),
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
        EventKind::Accepted { process, syn } => {
            put_process(&mut body, process.as_ref());
            put_syn(&mut body, syn.as_ref());
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
        EventKind::Unanswered { bytes } => {
            body.number(tag::COUNT, *bytes);
            kind::UNANSWERED
        }
        EventKind::QueueCancelled { bytes, acts } => {
            body.number(tag::UNSENT, *bytes).number(tag::COUNT, *acts);
            kind::QUEUE_CANCELLED
        }
        EventKind::Disturbed(disturbance) => {
            put_disturbance(&mut body, *disturbance);
            kind::DISTURBED
        }
        EventKind::Reconnecting {
            after,
            attempt,
            attempts,
        } => {
            body.number(tag::NANOS, nanos(*after))
                .number(tag::COUNT, (*attempt).into());
            if let Some(attempts) = attempts {
                body.number(tag::LIMIT, attempts.get().into());
            }
            kind::RECONNECTING
        }
        EventKind::SequenceBegan { name } => {
            body.text(tag::SEQUENCE, name);
            kind::SEQUENCE_BEGAN
        }
        EventKind::SequenceEnded { name, end } => {
            body.text(tag::SEQUENCE, name);
            sequence::put_end(&mut body, end);
            kind::SEQUENCE_ENDED
        }
        EventKind::Unread { kind } => number_of(*kind),
        // Its fields are gone: this only happens to an entry that was read from another capture.
        EventKind::Unknown { kind } => *kind,
    };
    (kind, body.finish())
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

#[expect(clippy::too_many_lines, reason = "an arm for each kind")]
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
        kind::BOUND => EventKind::Bound {
            local: fields.address(tag::ADDRESS)?,
            dual_stack: fields.flag(tag::DUAL_STACK),
            groups: decode_ips(fields.get(tag::GROUPS).unwrap_or_default(), MAX_GROUPS)?,
        },
        kind::TRUNCATED => EventKind::Truncated {
            read_bytes: fields.number(tag::COUNT)?,
            bytes: fields.number(tag::WHOLE),
        },
        kind::DROPPED => EventKind::Dropped {
            datagrams: fields.number(tag::COUNT)?,
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
            syn: fields.get(tag::SYN).and_then(SavedSyn::new),
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
        kind::UNANSWERED => EventKind::Unanswered {
            bytes: fields.number(tag::COUNT)?,
        },
        kind::QUEUE_CANCELLED => EventKind::QueueCancelled {
            bytes: fields.number(tag::UNSENT)?,
            acts: fields.number(tag::COUNT)?,
        },
        kind::RECONNECTING => EventKind::Reconnecting {
            after: duration(fields)?,
            attempt: fields.small(tag::COUNT)?,
            attempts: fields.small(tag::LIMIT).and_then(NonZeroU32::new),
        },
        kind::SEQUENCE_BEGAN => EventKind::SequenceBegan {
            name: fields.text(tag::SEQUENCE)?,
        },
        kind::SEQUENCE_ENDED => EventKind::SequenceEnded {
            name: fields.text(tag::SEQUENCE)?,
            end: Arc::new(sequence::end(fields)?),
        },
        kind::DISTURBED => EventKind::Disturbed(disturbance(fields)?),
        kind::UPGRADED => EventKind::Upgraded,
        _ => EventKind::Tls(Arc::new(tls::report(kind, fields)?)),
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

fn put_backlog(body: &mut FieldWriter, backlog: Backlog, dual_stack: bool) {
    body.number(tag::BACKLOG_REQUESTED, backlog.requested.into())
        .flag(tag::DUAL_STACK, dual_stack);
    if let Some(effective) = backlog.effective {
        body.number(tag::BACKLOG_EFFECTIVE, effective.into());
    }
}

fn put_syn(body: &mut FieldWriter, syn: Option<&SavedSyn>) {
    if let Some(syn) = syn {
        body.put(tag::SYN, syn.bytes());
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

fn put_disturbance(body: &mut FieldWriter, disturbance: Disturbance) {
    let (number, bytes) = match disturbance {
        Disturbance::Dropped { bytes } => (1, bytes),
        Disturbance::Corrupted {
            bytes,
            at,
            from,
            to,
        } => {
            body.number(tag::BYTE_AT, at)
                .number(tag::BYTE_FROM, from.into())
                .number(tag::BYTE_TO, to.into());
            (2, bytes)
        }
    };
    body.number(tag::DISTURBANCE, number)
        .number(tag::COUNT, bytes);
}

fn disturbance(fields: &Fields<'_>) -> Option<Disturbance> {
    let bytes = fields.number(tag::COUNT)?;
    Some(match fields.number(tag::DISTURBANCE)? {
        1 => Disturbance::Dropped { bytes },
        2 => Disturbance::Corrupted {
            bytes,
            at: fields.number(tag::BYTE_AT)?,
            from: fields.small(tag::BYTE_FROM)?,
            to: fields.small(tag::BYTE_TO)?,
        },
        _ => return None,
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
        ClosedBy::Silence(silence) => {
            body.number(tag::NANOS, nanos(*silence));
            7
        }
        ClosedBy::Crowded { limit } => {
            body.number(tag::LIMIT, *limit);
            8
        }
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
            7 => ClosedBy::Silence(duration(fields)?),
            8 => ClosedBy::Crowded {
                limit: fields.number(tag::LIMIT)?,
            },
            _ => return None,
        },
        unsent_bytes: fields.number(tag::UNSENT)?,
        unread: fields.flag(tag::UNREAD),
    })
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

fn duration(fields: &Fields<'_>) -> Option<Duration> {
    fields.number(tag::NANOS).map(Duration::from_nanos)
}
