//! From what one or both ends report to the rungs of a ladder: which rows there are, which arrows lead from row to row,
//! and over which rows something lasts. Pure, and without sizes.
//!
//! Where both ends report, what one sent and the other received is one arrow. What is only known to have happened by
//! some time (the SYN that a server accepted) takes its place before what followed from it.

use std::collections::HashSet;
use std::ops::Range;
use std::time::Duration;

use super::arrival::Arrivals;
use super::order::{beats, merge, settle};
use super::pairs::pairs;
use super::reports::{Beat, KernelReports, ReportSide, received_range, sent_range, watched_from};
use crate::capture::trace::{EndState, TraceEvent, TraceKind};
use crate::net::kernel::TcpState;
use crate::net::{Direction, Stamp};

/// A row: an event, and what became of it at the other end where that followed at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LadderRow {
    pub(super) first: Beat,
    pub(super) second: Option<Beat>,
    /// The states of both ends after it, where they have changed: client, server.
    pub(super) states: [Option<EndState>; 2],
    /// Whether a program reads here what had arrived before.
    pub(super) is_read: bool,
}

impl LadderRow {
    pub(super) fn beats(&self) -> impl Iterator<Item = Beat> {
        [Some(self.first), self.second].into_iter().flatten()
    }

    pub(super) fn has_states(&self) -> bool {
        self.states.iter().any(Option::is_some)
    }
}

/// An arrow from the lifeline of a side to the other one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) from: ReportSide,
    /// The rows in which it begins and ends.
    pub(super) rows: (usize, usize),
    /// What reports it: the sender's event, or else the receiver's.
    pub(super) beat: Beat,
    /// What the receiver reports of it, where both do.
    pub(super) other: Option<Beat>,
    pub(super) line: LadderLine,
    /// Whether a call reported it, at either end.
    pub(super) is_seen: bool,
}

/// How an arrow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LadderLine {
    /// To the other lifeline.
    Whole,
    /// Many writes and reads.
    Thick,
    /// An acknowledgement, or news of the window.
    Thin,
    /// It is not known to have arrived.
    Pending,
}

/// Rows over which something lasts; until the end of the picture if nothing ended it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lasting {
    pub(super) what: Lasts,
    /// Whose lifeline it is beside.
    pub(super) side: ReportSide,
    pub(super) rows: (usize, Option<usize>),
}

/// What lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lasts {
    /// This end has finished sending, the other one has not.
    HalfClosed,
    /// Bytes of this end are sent and not acknowledged.
    Unacknowledged,
    /// The peer's window is closed: this end may not send.
    WindowClosed,
}

/// The rungs.
#[derive(Clone, Debug, Default)]
pub(super) struct Ladder {
    pub(super) reports: KernelReports,
    pub(super) rows: Vec<LadderRow>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) lasting: Vec<Lasting>,
    /// The states before the first row, if the beginning is reported.
    pub(super) initial: [Option<TcpState>; 2],
}

impl Ladder {
    /// Makes the ladder; what both ends report of one thing stands in one row if it took no longer than `together`.
    pub(super) fn of(reports: KernelReports, together: Duration) -> Self {
        let mut beats = [
            beats(&reports, ReportSide::Client),
            beats(&reports, ReportSide::Server),
        ];
        let pairs = pairs(&reports, &beats);
        settle(&reports, &mut beats, &pairs);
        let order = merge(&reports, &beats, &pairs);
        let mut ladder = Self {
            reports,
            ..Self::default()
        };
        let places = ladder.make_rows(&beats, &order, &pairs, together);
        ladder.make_arrows(&beats, &places, &pairs);
        ladder.make_states();
        ladder.make_half_closed();
        for side in ReportSide::BOTH {
            ladder.make_unacknowledged(side);
            ladder.make_window_closed(side);
        }
        ladder
    }

    pub(super) fn event(&self, beat: Beat) -> Option<&TraceEvent> {
        self.reports.events(beat.side).get(beat.index)
    }

    /// Returns the event of a side in a row.
    pub(super) fn event_at(&self, row: &LadderRow, side: ReportSide) -> Option<&TraceEvent> {
        let beat = row.beats().find(|beat| beat.side == side)?;
        self.event(beat)
    }

    /// Returns the time of a row since the first one.
    pub(super) fn since_start(&self, row: usize) -> Duration {
        let at = |row: usize| self.rows.get(row).map_or(Stamp(0), |it| it.first.at);
        at(row).since(at(0))
    }

    /// Returns the wait before a row, since all of the row before it was over.
    pub(super) fn wait_before(&self, row: usize) -> Duration {
        let before = row.checked_sub(1).and_then(|row| self.rows.get(row));
        match (before, self.rows.get(row)) {
            (Some(before), Some(row)) => row.first.at.since(self.end_of(before)),
            _ => Duration::ZERO,
        }
    }

    fn end_of(&self, row: &LadderRow) -> Stamp {
        let until = row.beats().map(|beat| match self.event(beat) {
            Some(TraceEvent {
                kind: TraceKind::Run { until, .. },
                ..
            }) => beat.at.max(*until),
            _ => beat.at,
        });
        until.max().unwrap_or(row.first.at)
    }

    fn make_rows(
        &mut self,
        beats: &[Vec<Beat>; 2],
        order: &[(ReportSide, usize)],
        pairs: &[(usize, usize)],
        together: Duration,
    ) -> [Vec<usize>; 2] {
        let mut places = [vec![0; beats[0].len()], vec![0; beats[1].len()]];
        let mut last: Option<(ReportSide, usize)> = None;
        for &(side, place) in order {
            let beat = beats[side as usize][place];
            let pair = |last: (ReportSide, usize)| match side {
                ReportSide::Server => (last.1, place),
                ReportSide::Client => (place, last.1),
            };
            let joins = last.is_some_and(|last| {
                last.0 != side
                    && pairs.binary_search(&pair(last)).is_ok()
                    && self.rows.last().is_some_and(|row| {
                        row.second.is_none() && beat.at.since(row.first.at) <= together
                    })
            });
            match self.rows.last_mut() {
                Some(row) if joins => row.second = Some(beat),
                _ => self.rows.push(LadderRow {
                    first: beat,
                    second: None,
                    states: [None, None],
                    is_read: false,
                }),
            }
            places[side as usize][place] = self.rows.len() - 1;
            last = Some((side, place));
        }
        places
    }

    fn make_arrows(
        &mut self,
        beats: &[Vec<Beat>; 2],
        places: &[Vec<usize>; 2],
        pairs: &[(usize, usize)],
    ) {
        let arrivals = Arrivals::of(&self.reports, beats, places);
        let mut arrows: Vec<Arrow> = Vec::new();
        let mut reads = Vec::new();
        let mut drawn = HashSet::new();
        let mut is_paired = [vec![false; beats[0].len()], vec![false; beats[1].len()]];
        for &(client, server) in pairs {
            let ends = [beats[0][client], beats[1][server]];
            is_paired[0][client] = true;
            is_paired[1][server] = true;
            for from in ReportSide::BOTH {
                let (beat, other) = (ends[from as usize], ends[from.other() as usize]);
                let (Some(sent), Some(received)) = (self.event(beat), self.event(other)) else {
                    continue;
                };
                if !leads(sent, received) {
                    continue;
                }
                let place =
                    |side: ReportSide| places[side as usize][[client, server][side as usize]];
                let is_run = [sent, received]
                    .iter()
                    .any(|it| matches!(it.kind, TraceKind::Run { .. }));
                let (written, read) = (place(from), place(from.other()));
                let mut to = read;
                if let (TraceKind::Data { range }, TraceKind::Data { range: taken }) =
                    (&sent.kind, &received.kind)
                {
                    // The system of the other end has it before the program does.
                    to = arrivals.row(from, range.end.min(taken.end), (written, read));
                }
                reads.extend((to != read).then_some(read));
                if !drawn.insert((from, beat.index, to)) && to != read {
                    // It was read in parts, and came as a whole.
                    continue;
                }
                arrows.push(Arrow {
                    from,
                    rows: (written, to),
                    beat,
                    other: Some(other),
                    line: if is_run {
                        LadderLine::Thick
                    } else {
                        LadderLine::Whole
                    },
                    is_seen: sent.evidence.is_seen() || received.evidence.is_seen(),
                });
            }
        }
        for side in ReportSide::BOTH {
            for (place, beat) in beats[side as usize].iter().enumerate() {
                if !is_paired[side as usize][place] {
                    let row = places[side as usize][place];
                    let mut lone = self.lone(side, *beat, row);
                    let range = self.event(*beat).and_then(received_range);
                    let stamp = range.and_then(|it| arrivals.stamp(side, it.end, row));
                    if let ([Some(arrow), None], Some(stamp)) = (&mut lone, stamp)
                        && arrow.line == LadderLine::Whole
                    {
                        arrow.rows = (stamp, stamp);
                        reads.push(row);
                    }
                    arrows.extend(lone.into_iter().flatten());
                }
            }
        }
        arrows.sort_by_key(|arrow| arrow.rows);
        self.arrows = arrows;
        for row in reads {
            self.rows[row].is_read = true;
        }
    }

    /// Returns the arrows of what only one end reports.
    fn lone(&self, side: ReportSide, beat: Beat, row: usize) -> [Option<Arrow>; 2] {
        let Some(event) = self.event(beat) else {
            return [None, None];
        };
        let arrow = |from: ReportSide, line: LadderLine| Arrow {
            from,
            rows: (row, row),
            beat,
            other: None,
            line,
            is_seen: event.evidence.is_seen(),
        };
        let from = match event.direction {
            Direction::Sent => side,
            Direction::Received => side.other(),
        };
        match &event.kind {
            TraceKind::Data { range } if event.direction == Direction::Sent => {
                let line = if self.is_known_to_arrive(side, range) {
                    LadderLine::Whole
                } else {
                    LadderLine::Pending
                };
                [Some(arrow(from, line)), None]
            }
            TraceKind::Syn(_)
            | TraceKind::SynAck
            | TraceKind::HandshakeAck
            | TraceKind::Data { .. }
            | TraceKind::Fin
            | TraceKind::FinAck
            | TraceKind::Rst => [Some(arrow(from, LadderLine::Whole)), None],
            TraceKind::Run { writes, reads, .. } => [
                (*writes > 0).then(|| arrow(side, LadderLine::Thick)),
                (*reads > 0).then(|| arrow(side.other(), LadderLine::Thick)),
            ],
            TraceKind::Acknowledged { .. } | TraceKind::Window { .. } => {
                [Some(arrow(side.other(), LadderLine::Thin)), None]
            }
            _ => [None, None],
        }
    }

    /// Returns whether sent bytes arrived, as far as that can be known.
    fn is_known_to_arrive(&self, side: ReportSide, range: &Range<u64>) -> bool {
        if self.reports.has(side.other()) {
            // The other end reports no read.
            return false;
        }
        let mut events = self.reports.events(side).iter();
        match watched_from(self.reports.events(side)) {
            Some(first) if range.end >= first => events
                .any(|it| matches!(it.kind, TraceKind::Acknowledged { end } if end >= range.end)),
            _ => true,
        }
    }

    fn make_states(&mut self) {
        let begins = |side: ReportSide| {
            let first = self.reports.events(side).first();
            first.is_some_and(|it| matches!(it.kind, TraceKind::Syn(_)))
        };
        let mut known = [None, None];
        if ReportSide::BOTH.into_iter().any(begins) {
            let server = if begins(ReportSide::Server) {
                Some(TcpState::Listen)
            } else {
                self.server_before()
            };
            self.initial = [Some(TcpState::Closed), server];
            let before = [TcpState::Closed, server.unwrap_or(TcpState::Closed)];
            known = before.map(|state| {
                Some(EndState {
                    state,
                    is_seen: false,
                })
            });
        }
        let last = ReportSide::BOTH.map(|side| {
            let mut rows = self.rows.iter();
            rows.rposition(|row| row.beats().any(|beat| beat.side == side))
        });
        for place in 0..self.rows.len() {
            let row = self.rows[place].clone();
            for beat in row.beats() {
                let Some(event) = self.event(beat) else {
                    continue;
                };
                let (ours, peer) = (event.ours, event.peer);
                let mut note = |side: ReportSide, state: EndState| {
                    let known = &mut known[side as usize];
                    if known.is_none_or(|it| it.state != state.state) {
                        *known = Some(state);
                        self.rows[place].states[side as usize] = Some(state);
                    }
                };
                note(beat.side, ours);
                // What an end does not report itself, or no more.
                if last[beat.side.other() as usize].is_none_or(|last| last < place) {
                    note(beat.side.other(), peer);
                }
            }
        }
    }
}

impl Ladder {
    /// Returns the state of the server's end before the SYN, as the client's end reports it: it listened if it agreed,
    /// and did not if it refused. Without an answer nobody knows.
    fn server_before(&self) -> Option<TcpState> {
        let events = self.reports.events(ReportSide::Client);
        let answer = events.iter().find(|it| {
            let is_answer = matches!(it.kind, TraceKind::SynAck | TraceKind::Rst);
            is_answer && it.direction == Direction::Received
        })?;
        Some(match answer.kind {
            TraceKind::Rst => TcpState::Closed,
            _ => TcpState::Listen,
        })
    }
}

/// Returns whether what one end sent is what the other one received.
fn leads(sent: &TraceEvent, received: &TraceEvent) -> bool {
    let overlap =
        |one: &Range<u64>, other: &Range<u64>| one.start.max(other.start) < one.end.min(other.end);
    match (sent_range(sent), received_range(received)) {
        (Some(one), Some(other)) => overlap(one, other),
        (None, None) => {
            sent.direction == Direction::Sent && received.direction == Direction::Received
        }
        _ => false,
    }
}
