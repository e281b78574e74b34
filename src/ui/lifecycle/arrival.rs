//! Where the way of bytes ends: at the system of the other end, before its program reads them.

use super::reports::{Beat, KernelReports, ReportSide};
use crate::capture::trace::TraceKind;

/// The rows that say by when bytes were at the system of the other end, by offset.
pub(super) struct Arrivals {
    /// The stamps of the receiver, by its side.
    arrived: [Vec<(u64, usize)>; 2],
    /// The acknowledgements that the sender had, by its side.
    acknowledged: [Vec<(u64, usize)>; 2],
}

impl Arrivals {
    pub(super) fn of(
        reports: &KernelReports,
        beats: &[Vec<Beat>; 2],
        places: &[Vec<usize>; 2],
    ) -> Self {
        let offsets = |side: ReportSide, of: fn(&TraceKind) -> Option<u64>| {
            let own = beats[side as usize].iter().zip(&places[side as usize]);
            let known = own.filter_map(|(beat, row)| {
                let event = reports.events(side).get(beat.index)?;
                Some((of(&event.kind)?, *row)).filter(|_| event.evidence.is_seen())
            });
            known.collect()
        };
        Self {
            arrived: ReportSide::BOTH.map(|side| {
                offsets(side, |kind| match kind {
                    TraceKind::Arrived { end } => Some(*end),
                    _ => None,
                })
            }),
            acknowledged: ReportSide::BOTH.map(|side| {
                offsets(side, |kind| match kind {
                    TraceKind::Acknowledged { end } => Some(*end),
                    _ => None,
                })
            }),
        }
    }

    /// Returns the row in which bytes up to an offset arrived that were written and read in these rows: that of the stamp,
    /// or else that of the write if they were acknowledged before they were read.
    pub(super) fn row(&self, from: ReportSide, end: u64, rows: (usize, usize)) -> usize {
        let arrived = first(&self.arrived[from.other() as usize], end);
        let arrived = arrived.filter(|(_, row)| (rows.0..=rows.1).contains(row));
        let to = arrived.map_or(rows.1, |(_, row)| row);
        let acknowledged = first(&self.acknowledged[from as usize], end);
        let is_late = acknowledged.is_some_and(|(_, row)| row < to);
        if is_late { rows.0 } else { to }
    }

    /// Returns the row of the stamp of a read that only its end reports.
    pub(super) fn stamp(&self, of: ReportSide, end: u64, read: usize) -> Option<usize> {
        let arrived = first(&self.arrived[of as usize], end);
        let exact = arrived.filter(|(offset, row)| *offset == end && *row < read);
        exact.map(|(_, row)| row)
    }
}

/// Returns the first one that covers the bytes before an offset.
fn first(known: &[(u64, usize)], end: u64) -> Option<(u64, usize)> {
    let place = known.partition_point(|(offset, _)| *offset < end);
    known.get(place).copied()
}
