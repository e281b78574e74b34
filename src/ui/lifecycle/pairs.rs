//! What both ends report of one thing: the sender's event and the receiver's.

use super::reports::{Beat, KernelReports, ReportSide, received_range, sent_range};
use crate::capture::trace::{TraceEvent, TraceKind};
use crate::net::Direction;

/// Returns the pairs of places among the client's and the server's beats, in order.
pub(super) fn pairs(reports: &KernelReports, beats: &[Vec<Beat>; 2]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for from in ReportSide::BOTH {
        let (own, other) = (&beats[from as usize], &beats[from.other() as usize]);
        let mut found = segments(reports, own, other);
        bytes(reports, own, other, &mut found);
        pairs.extend(found.into_iter().map(|(sent, received)| match from {
            ReportSide::Client => (sent, received),
            ReportSide::Server => (received, sent),
        }));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn event(reports: &KernelReports, beat: Beat) -> Option<&TraceEvent> {
    reports.events(beat.side).get(beat.index)
}

/// Finds the segments that happen once in a direction.
fn segments(reports: &KernelReports, own: &[Beat], other: &[Beat]) -> Vec<(usize, usize)> {
    let place = |beats: &[Beat], direction: Direction, number: usize| {
        beats.iter().position(|beat| {
            let event = event(reports, *beat);
            event.is_some_and(|it| it.direction == direction && once(&it.kind) == Some(number))
        })
    };
    let pair = |number: usize| {
        let sent = place(own, Direction::Sent, number)?;
        Some((sent, place(other, Direction::Received, number)?))
    };
    (0..ONCE).filter_map(pair).collect()
}

/// How many segments happen once in a direction.
const ONCE: usize = 6;

/// Returns which of those a kind is.
fn once(kind: &TraceKind) -> Option<usize> {
    Some(match kind {
        TraceKind::Syn(_) => 0,
        TraceKind::SynAck => 1,
        TraceKind::HandshakeAck => 2,
        TraceKind::Fin => 3,
        TraceKind::FinAck => 4,
        TraceKind::Rst => 5,
        _ => return None,
    })
}

/// Finds the writes and reads that have bytes in common: both are in the order of their streams.
fn bytes(reports: &KernelReports, own: &[Beat], other: &[Beat], found: &mut Vec<(usize, usize)>) {
    let mut reads = other
        .iter()
        .enumerate()
        .filter_map(|(place, beat)| Some((place, received_range(event(reports, *beat)?)?)))
        .peekable();
    for (place, beat) in own.iter().enumerate() {
        let Some(sent) = event(reports, *beat).and_then(sent_range) else {
            continue;
        };
        while let Some((read, range)) = reads.peek() {
            if range.start >= sent.end {
                break;
            }
            if range.end > sent.start {
                found.push((place, *read));
            }
            if range.end > sent.end {
                // It holds bytes of the next write too.
                break;
            }
            reads.next();
        }
    }
}
