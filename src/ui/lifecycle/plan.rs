//! Where the rows of a ladder stand: evenly, or so that waits are distances. Pure.

use std::time::Duration;

use super::ladder::{Arrow, Ladder, LadderRow, Lasting};
use super::reports::{KernelReports, ReportSide};
use crate::capture::trace::{Bound, TraceKind};

/// The height of the names above the lifelines.
pub(super) const HEAD: f32 = 46.0;
/// The space below the names.
const ABOVE: f32 = 22.0;
/// From the top of a row with words on its arrow to where the arrow begins.
const LABEL: f32 = 18.0;
/// The same in a row without.
const BARE: f32 = 9.0;
/// How far an arrow falls within a row.
pub(super) const FALL: f32 = 7.0;
/// A line of what stands below an arrow.
pub(super) const DETAIL_LINE: f32 = 14.0;
/// The height of a line of states in a narrow picture.
const STATES: f32 = 17.0;
/// The space below a row.
const GAP: f32 = 6.0;
/// The height of a wait, where the distance says nothing.
const WAIT: f32 = 26.0;
/// The longest distance of a wait to scale; what is longer is cut.
const LONGEST: f32 = 200.0;
/// The distance of the wait in the middle, to scale.
const USUAL: f64 = 30.0;
/// The least distance of a wait that is written out.
const WRITTEN: f32 = 34.0;
/// How long a wait is that is written out where distances are even.
const LONG: Duration = Duration::from_millis(5);
/// What takes no longer, from one end to the other, stands in one row.
const TOGETHER: Duration = Duration::from_millis(20);

/// What distances mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Scale {
    /// Nothing.
    #[default]
    Even,
    /// Time, stretched so many times.
    Time(f32),
}

/// A wait between two rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LadderWait {
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) took: Duration,
    /// Whether the distance is less than the time says.
    pub(super) is_cut: bool,
    /// Whether what follows may have happened earlier: it was noticed then.
    pub(super) is_noticed: bool,
}

/// A ladder with its places.
#[derive(Clone, Debug, Default)]
pub(super) struct LadderPlan {
    pub(super) ladder: Ladder,
    pub(super) is_narrow: bool,
    tops: Vec<f32>,
    /// Whether a row has words on an arrow that begins in it.
    has_label: Vec<bool>,
    pub(super) waits: Vec<LadderWait>,
    /// Where the lifelines end.
    pub(super) bottom: f32,
    /// How long a distance is, to scale.
    pub(super) points_per_second: Option<f64>,
}

impl LadderPlan {
    pub(super) fn of(reports: KernelReports, scale: Scale, is_narrow: bool) -> Self {
        let even = Ladder::of(reports, TOGETHER);
        let points_per_second = match scale {
            Scale::Even => None,
            Scale::Time(stretch) => points_per_second(&even).map(|it| it * f64::from(stretch)),
        };
        let ladder = match points_per_second {
            Some(points) => Ladder::of(even.reports, together(points)),
            None => even,
        };
        let mut plan = Self {
            has_label: vec![false; ladder.rows.len()],
            ladder,
            is_narrow,
            points_per_second,
            ..Self::default()
        };
        for arrow in &plan.ladder.arrows {
            if let Some(has_label) = plan.has_label.get_mut(arrow.rows.0) {
                *has_label = true;
            }
        }
        plan.place();
        plan
    }

    fn place(&mut self) {
        let usual = median(&self.ladder);
        let long = (usual * 10).max(LONG);
        let mut top = HEAD + ABOVE;
        let mut end = top;
        for row in 0..self.ladder.rows.len() {
            let took = self.ladder.wait_before(row);
            let wait = match self.points_per_second {
                None if row > 0 && took >= long => Some((WAIT, true)),
                None => None,
                Some(points) => {
                    let whole = (took.as_secs_f64() * points) as f32;
                    let is_cut = whole > LONGEST;
                    let distance = (whole.min(LONGEST) - (end - top)).max(0.0);
                    (row > 0 && distance > 0.0).then_some((distance, is_cut))
                }
            };
            if let Some((distance, is_cut)) = wait {
                let bottom = end + distance;
                if is_cut || distance >= WRITTEN {
                    self.waits.push(LadderWait {
                        top: end,
                        bottom,
                        took,
                        is_cut,
                        is_noticed: self.is_noticed(row),
                    });
                }
                end = bottom;
            }
            top = end;
            self.tops.push(top);
            end = top + self.height(row);
        }
        self.bottom = end + GAP;
    }

    fn is_noticed(&self, row: usize) -> bool {
        let first = self.ladder.rows.get(row).map(|it| it.first);
        let event = first.and_then(|beat| self.ladder.event(beat));
        event.is_some_and(|it| it.bound == Bound::Latest && it.entry.is_none())
    }

    fn height(&self, row: usize) -> f32 {
        let has_label = self.has_label.get(row).copied().unwrap_or(false);
        let states = self.ladder.rows.get(row).is_some_and(LadderRow::has_states);
        let below = match (self.is_narrow, states) {
            (true, true) => STATES,
            (false, _) => DETAIL_LINE * self.details(row),
            _ => 0.0,
        };
        let line = if has_label { LABEL + FALL } else { 2.0 * BARE };
        let gap = match (has_label, below > 0.0) {
            (false, _) => 0.0,
            (true, false) => GAP,
            (true, true) => 2.0 * GAP,
        };
        line + below + gap
    }

    /// Returns how many lines stand below the arrows of a row: how each is known, and the options of a SYN.
    fn details(&self, row: usize) -> f32 {
        let lines = self.arrows_from(row).map(|arrow| {
            let events = [Some(arrow.beat), arrow.other].into_iter().flatten();
            let has_options = events
                .filter_map(|beat| self.ladder.event(beat))
                .any(|it| matches!(&it.kind, TraceKind::Syn(Some(syn)) if !syn.options.is_empty()));
            u8::from(self.is_detailed(arrow)) + u8::from(self.is_detailed(arrow) && has_options)
        });
        f32::from(lines.max().unwrap_or(0))
    }

    /// Returns where something that lasts begins and ends.
    pub(super) fn lasts(&self, lasting: &Lasting) -> (f32, f32) {
        let (from, to) = lasting.rows;
        let end = to.map_or(self.bottom, |row| self.meets(row, lasting.side));
        (self.line(from), end)
    }

    /// Returns whether an arrow has words below it.
    pub(super) fn is_detailed(&self, arrow: &Arrow) -> bool {
        let kind = self.ladder.event(arrow.beat).map(|it| &it.kind);
        !self.is_narrow
            && kind.is_some_and(|it| {
                matches!(
                    it,
                    TraceKind::Syn(_)
                        | TraceKind::SynAck
                        | TraceKind::HandshakeAck
                        | TraceKind::Fin
                        | TraceKind::FinAck
                        | TraceKind::Rst
                        | TraceKind::Window { .. }
                )
            })
    }

    /// Returns the arrows that begin in a row.
    pub(super) fn arrows_from(&self, row: usize) -> impl Iterator<Item = &Arrow> {
        let arrows = &self.ladder.arrows;
        let from = arrows.partition_point(|it| it.rows.0 < row);
        arrows
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |it| it.rows.0 == row)
    }

    /// Returns the rows that reach into these heights.
    pub(super) fn rows_between(&self, top: f32, bottom: f32) -> std::ops::Range<usize> {
        let from = self.tops.partition_point(|it| *it <= top);
        let to = self.tops.partition_point(|it| *it < bottom);
        from.saturating_sub(1)..to
    }

    /// Returns the upper and lower edge of a row.
    pub(super) fn edges(&self, row: usize) -> (f32, f32) {
        let top = self.tops.get(row).copied().unwrap_or(self.bottom);
        (top, top + self.height(row))
    }

    /// Returns where an arrow begins that begins in a row, and where what happens there without one is marked.
    pub(super) fn line(&self, row: usize) -> f32 {
        let top = self.tops.get(row).copied().unwrap_or(self.bottom);
        let has_label = self.has_label.get(row).copied().unwrap_or(false);
        top + if has_label { LABEL } else { BARE }
    }

    /// Returns where an arrow begins and ends.
    pub(super) fn heights(&self, arrow: &Arrow) -> (f32, f32) {
        let (from, to) = arrow.rows;
        let begin = self.line(from);
        if from == to {
            (begin, begin + FALL)
        } else {
            (begin, self.line(to).max(begin))
        }
    }

    /// Returns where a row meets the lifeline of a side.
    pub(super) fn meets(&self, row: usize, side: ReportSide) -> f32 {
        let arrives = self
            .arrows_from(row)
            .any(|it| it.rows.1 == row && it.from != side);
        self.line(row) + if arrives { FALL } else { 0.0 }
    }

    /// Returns the row whose beat is reported by an entry; within a run, the run.
    pub(super) fn row_of(&self, side: ReportSide, entry: u64) -> Option<usize> {
        let mut found = None;
        for (row, it) in self.ladder.rows.iter().enumerate() {
            let event = self.ladder.event_at(it, side);
            let Some((kind, number)) = event.and_then(|it| Some((&it.kind, it.entry?))) else {
                continue;
            };
            if number == entry {
                return Some(row);
            }
            if number < entry {
                found = Some(row).filter(|_| matches!(kind, TraceKind::Run { .. }));
            }
        }
        found
    }
}

/// Returns the wait that half of all waits are shorter than.
fn median(ladder: &Ladder) -> Duration {
    let waits = (1..ladder.rows.len()).map(|row| ladder.wait_before(row));
    let mut waits: Vec<_> = waits.filter(|it| !it.is_zero()).collect();
    waits.sort_unstable();
    waits.get(waits.len() / 2).copied().unwrap_or_default()
}

/// Returns how many points a second is, so that the usual wait has the usual distance.
fn points_per_second(ladder: &Ladder) -> Option<f64> {
    let usual = median(ladder).as_secs_f64();
    (usual > 0.0).then(|| USUAL / usual)
}

/// Returns how long something takes that falls no further than an arrow in one row does.
fn together(points_per_second: f64) -> Duration {
    let seconds = f64::from(2.0 * FALL) / points_per_second.max(1e-9);
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
