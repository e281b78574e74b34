//! What lasts over several rows: half-closed stretches, bytes without their acknowledgement, a closed window.

use super::ladder::{Ladder, Lasting, Lasts};
use super::reports::{ReportSide, watched_from};
use crate::capture::trace::TraceKind;
use crate::net::Direction;

impl Ladder {
    pub(super) fn make_half_closed(&mut self) {
        let mut first: Option<(ReportSide, usize)> = None;
        for (place, row) in self.rows.iter().enumerate() {
            let fin = row.beats().find_map(|beat| {
                let event = self.event(beat)?;
                let from = match event.direction {
                    Direction::Sent => beat.side,
                    Direction::Received => beat.side.other(),
                };
                (event.kind == TraceKind::Fin).then_some(from)
            });
            let ends = row.beats().any(|beat| {
                let kind = self.event(beat).map(|it| &it.kind);
                kind.is_some_and(|it| {
                    matches!(it, TraceKind::Rst | TraceKind::TimedOut | TraceKind::Failed)
                })
            });
            match (first, fin) {
                (None, Some(side)) => first = Some((side, place)),
                (Some((side, from)), fin) if ends || fin.is_some_and(|it| it != side) => {
                    self.lasting.push(Lasting {
                        what: Lasts::HalfClosed,
                        side,
                        rows: (from, Some(place)),
                    });
                    return;
                }
                _ => {}
            }
        }
        if let Some((side, from)) = first {
            self.lasting.push(Lasting {
                what: Lasts::HalfClosed,
                side,
                rows: (from, None),
            });
        }
    }

    /// Finds the rows over which bytes wait for their acknowledgement, where that was watched.
    pub(super) fn make_unacknowledged(&mut self, side: ReportSide) {
        let Some(first) = watched_from(self.reports.events(side)) else {
            return;
        };
        let mut open: Option<(usize, u64)> = None;
        let mut found = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            match self.event_at(row, side).map(|it| (&it.kind, it.direction)) {
                Some((TraceKind::Data { range }, Direction::Sent)) if range.end >= first => {
                    let from = open.map_or(place, |(from, _)| from);
                    open = Some((from, range.end));
                }
                Some((TraceKind::Run { sent, .. }, _)) if sent.end >= first && !sent.is_empty() => {
                    let from = open.map_or(place, |(from, _)| from);
                    open = Some((from, sent.end));
                }
                Some((TraceKind::Acknowledged { end }, _)) => {
                    if let Some((from, _)) = open.filter(|(_, last)| end >= last) {
                        found.push((from, Some(place)));
                        open = None;
                    }
                }
                Some((TraceKind::Rst | TraceKind::TimedOut | TraceKind::Failed, _)) => {
                    found.extend(open.take().map(|(from, _)| (from, Some(place))));
                }
                _ => {}
            }
        }
        found.extend(open.map(|(from, _)| (from, None)));
        self.lasting.extend(found.into_iter().map(|rows| Lasting {
            what: Lasts::Unacknowledged,
            side,
            rows,
        }));
    }

    pub(super) fn make_window_closed(&mut self, side: ReportSide) {
        let mut open = None;
        let mut found = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            match self.event_at(row, side).map(|it| &it.kind) {
                Some(TraceKind::Window { is_open: false }) => open = Some(place),
                Some(TraceKind::Window { is_open: true } | TraceKind::Rst) => {
                    found.extend(open.take().map(|from| (from, Some(place))));
                }
                _ => {}
            }
        }
        found.extend(open.map(|from| (from, None)));
        self.lasting.extend(found.into_iter().map(|rows| Lasting {
            what: Lasts::WindowClosed,
            side,
            rows,
        }));
    }
}
