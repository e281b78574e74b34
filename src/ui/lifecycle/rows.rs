//! What stands in a row: the words of its arrows, its time, the states of both ends, and the wait before it.

use super::ladder::{Arrow, LadderLine};
use super::pen::Pen;
use super::plan::{DETAIL_LINE, FALL, HEAD, LadderWait};
use super::reports::ReportSide;
use super::sheet::{Drawing, SMALL_SIZE, STATES, TIMES};
use crate::capture::trace::{EndState, TraceKind};
use crate::export::picture::{Face, PictureInk, PictureShape, Point, Rectangle};
use crate::net::kernel::TcpState;

/// The sizes of fonts.
const LABEL_SIZE: f32 = 12.0;
const STATE_SIZE: f32 = 10.5;

/// The height of the states before the first row.
pub(super) const INITIAL: f32 = HEAD + 9.0;

impl Drawing<'_> {
    /// Returns the height of the state of an end in a row.
    pub(super) fn state_height(&self, place: usize, side: ReportSide) -> f32 {
        if self.is_wide() {
            self.plan.meets(place, side)
        } else {
            self.plan.edges(place).1 - 12.0
        }
    }

    /// Returns where the box of a state stands.
    pub(super) fn state_rectangle(&self, side: ReportSide, state: TcpState, y: f32) -> Rectangle {
        let width = (self.measure)(state.name(), Face::Regular, STATE_SIZE);
        let x = self.x(side);
        let left = match (side, self.is_wide()) {
            (ReportSide::Client, true) => x - 10.0 - width - 10.0,
            (ReportSide::Client, false) => x + 9.0,
            (ReportSide::Server, true) => x + 10.0,
            (ReportSide::Server, false) => x - 9.0 - width - 10.0,
        };
        Rectangle::between(left, y - 8.0, left + width + 10.0, y + 8.0)
    }
}

impl Pen<'_> {
    /// Puts the words of a row, its time and its states.
    pub(super) fn row(&mut self, place: usize) {
        let drawing = self.drawing;
        let plan = drawing.plan;
        let Some(row) = plan.ladder.rows.get(place) else {
            return;
        };
        let mut is_labelled = [false; 2];
        let mut labels = 0;
        let arrows: Vec<_> = plan.arrows_from(place).cloned().collect();
        for arrow in &arrows {
            is_labelled[arrow.from as usize] = true;
            if arrow.rows.1 == place {
                is_labelled[arrow.from.other() as usize] = true;
            }
            // What is written once may be read in parts.
            if labels < 2 && (labels == 0 || arrow.line == LadderLine::Thick) {
                self.label(arrow, labels);
                labels += 1;
            }
        }
        let speaker = drawing.speaker();
        for beat in row.beats() {
            let Some(event) = plan.ladder.event(beat) else {
                continue;
            };
            let y = plan.meets(place, beat.side);
            let center = Point::at(self.x(beat.side), y);
            let is_bad = matches!(event.kind, TraceKind::TimedOut | TraceKind::Failed);
            let ink = if is_bad {
                PictureInk::Bad
            } else {
                PictureInk::Muted
            };
            let words = speaker.tick(event);
            let stands = match &event.kind {
                TraceKind::Data { .. } => {
                    !is_labelled[beat.side as usize] && (drawing.is_wide() || row.is_read)
                }
                _ => true,
            };
            if let Some(words) = words.filter(|_| stands) {
                let dot = PictureShape::Dot {
                    center,
                    radius: 3.0,
                };
                self.put(ink, dot);
                let is_outside = drawing.is_wide() && !is_bad;
                let room = if is_outside {
                    STATES - 16.0
                } else {
                    drawing.between() / 2.0
                };
                let words = self.fit(&words, Face::Regular, SMALL_SIZE, room);
                self.beside(beat.side, y, words, ink, is_outside);
            }
        }
        if drawing.is_wide() {
            self.time(place);
        }
        for side in ReportSide::BOTH {
            if let Some(state) = row.states[side as usize] {
                self.state(side, state, drawing.state_height(place, side));
            }
        }
    }

    /// Puts the words of an arrow above it, and those below it; a second one stands below.
    pub(super) fn label(&mut self, arrow: &Arrow, number: usize) {
        let plan = self.drawing.plan;
        let label = self.drawing.speaker().arrow(arrow);
        let room = (self.drawing.between() - 24.0).max(20.0);
        let ink = self.tone(arrow);
        let (y, _) = plan.heights(arrow);
        let y = if number == 0 { y - 9.0 } else { y + FALL + 9.0 };
        let name = self.fit(&label.name, Face::Strong, LABEL_SIZE, room);
        let gap = 7.0;
        let rest = room - name.width - gap;
        let says = self.measure(&label.says, Face::Regular, LABEL_SIZE);
        let says = if label.says.is_empty() || says > rest {
            self.fit("", Face::Regular, LABEL_SIZE, 0.0)
        } else {
            self.fit(&label.says, Face::Regular, LABEL_SIZE, rest)
        };
        self.centred(vec![(name, ink), (says, PictureInk::Text)], y);
        if plan.is_detailed(arrow) && arrow.rows.0 == arrow.rows.1 {
            let mut y = plan.heights(arrow).1 + 11.0;
            for detail in label.details {
                let detail = self.fit(&detail, Face::Regular, SMALL_SIZE, room);
                self.centred(vec![(detail, PictureInk::Faint)], y);
                y += DETAIL_LINE;
            }
        }
    }

    pub(super) fn time(&mut self, place: usize) {
        let plan = self.drawing.plan;
        let words = self.drawing.words;
        let since_start = |row: usize| words.numbers.duration(plan.ladder.since_start(row));
        let text = since_start(place);
        if place
            .checked_sub(1)
            .is_some_and(|before| since_start(before) == text)
        {
            return;
        }
        let width = self.measure(&text, Face::Data, SMALL_SIZE);
        let at = Point::at(TIMES - width, plan.line(place));
        self.words(&text, at, Face::Data, SMALL_SIZE, PictureInk::Faint);
    }

    pub(super) fn initial_states(&mut self) {
        let plan = self.drawing.plan;
        for side in ReportSide::BOTH {
            if let Some(state) = plan.ladder.initial[side as usize] {
                let state = EndState {
                    state,
                    is_seen: false,
                };
                self.state(side, state, INITIAL);
            }
        }
    }

    /// Puts the name of a state beside a lifeline: what the kernel said in a solid frame, what is inferred in a dashed one.
    pub(super) fn state(&mut self, side: ReportSide, state: EndState, y: f32) {
        let name = state.state.name();
        let rectangle = self.drawing.state_rectangle(side, state.state, y);
        let ink = match state.state {
            TcpState::Established => PictureInk::Good,
            TcpState::CloseWait
            | TcpState::FinWait1
            | TcpState::FinWait2
            | TcpState::LastAck
            | TcpState::Closing
            | TcpState::TimeWait => PictureInk::Caution,
            _ => PictureInk::Muted,
        };
        self.area(rectangle, 4.0, PictureInk::Ground);
        let frame = PictureShape::Frame {
            rectangle,
            radius: 4.0,
            is_dashed: !state.is_seen,
        };
        self.put(ink, frame);
        let at = Point::at(rectangle.min.x + 5.0, y);
        self.words(name, at, Face::Regular, STATE_SIZE, ink);
    }

    pub(super) fn wait(&mut self, wait: &LadderWait) {
        let middle = f32::midpoint(wait.top, wait.bottom);
        if wait.is_cut {
            for side in ReportSide::BOTH {
                let x = self.x(side);
                let gap = Rectangle::between(x - 2.0, middle - 4.0, x + 2.0, middle + 4.0);
                self.area(gap, 0.0, PictureInk::Ground);
                for y in [middle - 4.0, middle + 4.0] {
                    let (from, to) = (Point::at(x - 6.0, y + 2.5), Point::at(x + 6.0, y - 2.5));
                    self.line(from, to, 1.2, None, PictureInk::Lifeline);
                }
            }
        }
    }

    /// Puts how long a wait took between the lifelines.
    pub(super) fn wait_words(&mut self, wait: &LadderWait) {
        let drawing = self.drawing;
        let middle = f32::midpoint(wait.top, wait.bottom);
        let took = drawing.words.numbers.duration(wait.took);
        let words = &drawing.words.lifecycles;
        let text = if wait.is_noticed {
            words.noticed_later(&took)
        } else {
            words.later(&took)
        };
        let text = self.fit(&text, Face::Regular, SMALL_SIZE, drawing.between() - 30.0);
        self.centred(vec![(text, PictureInk::Faint)], middle);
    }
}
