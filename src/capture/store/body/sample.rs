//! What a sample says: its kind as a number, and a body of tagged fields. The numbers never change their meaning.

use std::time::Duration;

use super::super::fields::{FieldWriter, Fields};
use crate::net::Stamp;
use crate::net::kernel::{
    AcceptQueue, Inquiry, KernelNumbers, Mark, MarkKind, Sampled, SocketNumbers, SocketTimer,
    TcpInfo, TcpInfoField, TcpState, TimerKind,
};

/// The state and the numbers of both ends of a connection.
const NUMBERS: u16 = 1;
/// Bytes went a step further.
const MARK: u16 = 2;
/// The accept queue of a listener.
const QUEUE: u16 = 3;
/// The bound of the segment is reached: it has no more samples. It has no body.
pub(in crate::capture::store) const NO_MORE: u16 = 4;

/// Of numbers: our end and the peer's, each with fields of its own, and the accept queue.
const OURS: u8 = 1;
const PEER: u8 = 2;
const WAITING: u8 = 3;
const QUEUE_LIMIT: u8 = 4;
/// Of a mark: its kind, the offset, and the kernel's time by our clock.
const MARK_KIND: u8 = 5;
const MARK_END: u8 = 6;
const MARK_AT: u8 = 7;

/// Of an end: its state and its timer as Linux numbers them, the time that is left in nanoseconds, retransmissions, queues,
/// the name of congestion control, and what was asked if it was not `sock_diag(7)`. From [`FIRST_INFO`] on, the numbers of `TCP_INFO`.
const STATE: u8 = 1;
const TIMER: u8 = 2;
const TIMER_LEFT: u8 = 3;
const RETRANSMITS: u8 = 4;
const RECEIVE_QUEUE: u8 = 5;
const SEND_QUEUE: u8 = 6;
const CONGESTION_CONTROL: u8 = 7;
const INQUIRY: u8 = 8;
const FIRST_INFO: u8 = 16;

/// Returns the number of the kind of a sample, and its body; `None` for one that is not put on record.
pub(in crate::capture::store) fn encode(sampled: &Sampled) -> Option<(u16, Vec<u8>)> {
    let mut body = FieldWriter::default();
    let kind = match sampled {
        Sampled::Numbers(numbers) => {
            for (tag, end) in [(OURS, &numbers.ours), (PEER, &numbers.peer)] {
                if let Some(end) = end {
                    body.put(tag, &encode_end(end));
                }
            }
            put_queue(&mut body, numbers.queue);
            NUMBERS
        }
        Sampled::Mark(mark) => {
            body.number(MARK_KIND, mark.kind as u64)
                .number(MARK_END, mark.end)
                .number(MARK_AT, mark.at.0);
            MARK
        }
        Sampled::Queue(queue) => {
            put_queue(&mut body, Some(*queue));
            QUEUE
        }
        Sampled::Lacking(_) => return None,
    };
    Some((kind, body.finish()))
}

/// Decodes a sample; `None` if only a newer version knows it, or it lacks what this version needs.
pub(in crate::capture::store) fn decode(kind: u16, bytes: &[u8]) -> Option<Sampled> {
    let fields = Fields::parse(bytes)?;
    let end = |tag| fields.get(tag).and_then(decode_end);
    Some(match kind {
        NUMBERS => Sampled::Numbers(Box::new(KernelNumbers {
            ours: end(OURS),
            peer: end(PEER),
            queue: queue(&fields),
        })),
        MARK => Sampled::Mark(Mark {
            kind: MarkKind::of_number(fields.small(MARK_KIND)?)?,
            end: fields.number(MARK_END)?,
            at: Stamp(fields.number(MARK_AT)?),
        }),
        QUEUE => Sampled::Queue(queue(&fields)?),
        _ => return None,
    })
}

fn put_queue(body: &mut FieldWriter, queue: Option<AcceptQueue>) {
    if let Some(queue) = queue {
        body.number(WAITING, queue.waiting.into())
            .number(QUEUE_LIMIT, queue.limit.into());
    }
}

fn queue(fields: &Fields<'_>) -> Option<AcceptQueue> {
    Some(AcceptQueue {
        waiting: fields.small(WAITING)?,
        limit: fields.small(QUEUE_LIMIT)?,
    })
}

fn encode_end(end: &SocketNumbers) -> Vec<u8> {
    let mut body = FieldWriter::default();
    body.number(STATE, end.state.number().into());
    if let Some(timer) = end.timer {
        let left = u64::try_from(timer.left.as_nanos()).unwrap_or(u64::MAX);
        body.number(TIMER, timer.kind as u64)
            .number(TIMER_LEFT, left);
    }
    let numbers = [
        (RETRANSMITS, end.retransmits.map(u32::from)),
        (RECEIVE_QUEUE, end.receive_queue_bytes),
        (SEND_QUEUE, end.send_queue_bytes),
    ];
    for (tag, number) in numbers {
        if let Some(number) = number {
            body.number(tag, number.into());
        }
    }
    if let Some(name) = &end.congestion_control {
        body.text(CONGESTION_CONTROL, name);
    }
    if end.inquiry != Inquiry::SockDiag {
        body.number(INQUIRY, end.inquiry as u64);
    }
    for (field, number) in end.info.iter() {
        body.number(FIRST_INFO + field as u8, number);
    }
    body.finish()
}

fn decode_end(bytes: &[u8]) -> Option<SocketNumbers> {
    let fields = Fields::parse(bytes)?;
    let timer = || {
        Some(SocketTimer {
            kind: TimerKind::of_number(fields.small(TIMER)?)?,
            left: Duration::from_nanos(fields.number(TIMER_LEFT)?),
        })
    };
    let info = TcpInfoField::ALL.iter();
    let info = info.filter_map(|it| Some((*it, fields.number(FIRST_INFO + *it as u8)?)));
    let inquiry = match fields.get(INQUIRY) {
        None => Inquiry::SockDiag,
        Some(_) => Inquiry::of_number(fields.small(INQUIRY)?)?,
    };
    Some(SocketNumbers {
        inquiry,
        state: TcpState::of_number(fields.small(STATE)?)?,
        timer: timer(),
        retransmits: fields.small(RETRANSMITS),
        receive_queue_bytes: fields.small(RECEIVE_QUEUE),
        send_queue_bytes: fields.small(SEND_QUEUE),
        congestion_control: fields.text(CONGESTION_CONTROL).map(Into::into),
        info: TcpInfo::of(info),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::kernel::Lack;

    fn end() -> SocketNumbers {
        SocketNumbers {
            inquiry: Inquiry::SockDiag,
            state: TcpState::CloseWait,
            timer: Some(SocketTimer {
                kind: TimerKind::WindowProbe,
                left: Duration::from_millis(200),
            }),
            retransmits: Some(2),
            receive_queue_bytes: Some(0),
            send_queue_bytes: Some(70_000),
            congestion_control: Some("cubic".into()),
            info: TcpInfo::of(
                TcpInfoField::ALL
                    .iter()
                    .map(|it| (*it, u64::from(*it as u8) << 30)),
            ),
        }
    }

    #[test]
    fn what_a_system_does_not_say_is_not_read_as_zero() {
        for inquiry in [Inquiry::TcpTable, Inquiry::ConnectionInfo] {
            let numbers = Sampled::Numbers(Box::new(KernelNumbers {
                ours: Some(SocketNumbers::of_state(inquiry, TcpState::FinWait2)),
                ..KernelNumbers::default()
            }));
            let (kind, bytes) = encode(&numbers).unwrap();
            assert_eq!(decode(kind, &bytes), Some(numbers));
        }
    }

    #[test]
    fn every_sample_is_read_back() {
        let queue = AcceptQueue {
            waiting: 3,
            limit: 128,
        };
        let numbers = KernelNumbers {
            ours: Some(end()),
            peer: Some(SocketNumbers {
                timer: None,
                congestion_control: None,
                info: TcpInfo::default(),
                ..end()
            }),
            queue: Some(queue),
        };
        let mark = Mark {
            kind: MarkKind::Acknowledged,
            end: u64::MAX,
            at: Stamp(5),
        };
        for sampled in [
            Sampled::Numbers(Box::new(numbers)),
            Sampled::Numbers(Box::default()),
            Sampled::Mark(mark),
            Sampled::Queue(queue),
        ] {
            let (kind, body) = encode(&sampled).unwrap();
            assert_eq!(decode(kind, &body), Some(sampled));
            assert_eq!(decode(kind, &body[..body.len().saturating_sub(1)]), {
                let is_empty = body.is_empty();
                is_empty.then(|| Sampled::Numbers(Box::default()))
            });
            assert_eq!(decode(99, &body), None);
        }
        assert_eq!(encode(&Sampled::Lacking(Lack::System)), None);
    }

    /// Captures depend on this format: these bytes never change.
    #[test]
    fn the_bytes_of_a_sample_never_change() {
        let mark = Mark {
            kind: MarkKind::Left,
            end: 1_000,
            at: Stamp(7),
        };
        let expected = vec![5, 1, 0, 2, 6, 2, 0, 0xE8, 3, 7, 1, 0, 7];
        assert_eq!(encode(&Sampled::Mark(mark)), Some((2, expected)));
        let queue = AcceptQueue {
            waiting: 0,
            limit: 5,
        };
        let expected = vec![3, 0, 0, 4, 1, 0, 5];
        assert_eq!(encode(&Sampled::Queue(queue)), Some((3, expected)));
        let numbers = KernelNumbers {
            ours: Some(SocketNumbers {
                info: TcpInfo::of([(TcpInfoField::RoundTrip, 300)]),
                ..end()
            }),
            ..KernelNumbers::default()
        };
        let mut expected = vec![
            1, 42, 0, 1, 1, 0, 8, 2, 1, 0, 4, 3, 4, 0, 0, 0xC2, 0xEB, 0x0B,
        ];
        expected.extend([4, 1, 0, 2, 5, 0, 0, 6, 3, 0, 0x70, 0x11, 1]);
        expected.extend(b"\x07\x05\x00cubic");
        expected.extend([38, 2, 0, 0x2C, 1]);
        expected[1] = (expected.len() - 3) as u8;
        let numbers = Sampled::Numbers(Box::new(numbers));
        assert_eq!(encode(&numbers), Some((1, expected)));
    }
}
