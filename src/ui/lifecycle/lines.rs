//! What is drawn over several rows: arrows, lifelines, and what lasts.

use super::ladder::{Arrow, LadderLine, Lasts};
use super::pen::Pen;
use super::plan::HEAD;
use super::reports::ReportSide;
use crate::capture::trace::TraceKind;
use crate::export::picture::{PictureInk, PictureShape, Point, Rectangle};
use crate::net::kernel::TcpState;

/// The length and half the width of an arrow's head.
const ARROW_HEAD: (f32, f32) = (9.0, 4.0);
/// The dashes of what is inferred.
pub(super) const DASH: (f32, f32) = (5.0, 4.0);

impl Pen<'_> {
    pub(super) fn tone(&self, arrow: &Arrow) -> PictureInk {
        let kind = self.drawing.plan.ladder.event(arrow.beat);
        match kind.map(|it| &it.kind) {
            Some(TraceKind::Syn(_) | TraceKind::SynAck | TraceKind::HandshakeAck) => {
                PictureInk::Good
            }
            Some(TraceKind::Rst) => PictureInk::Bad,
            Some(TraceKind::Window { .. }) => PictureInk::Caution,
            Some(TraceKind::Data { .. } | TraceKind::Run { .. }) => bytes_of(arrow.from),
            _ => PictureInk::Muted,
        }
    }

    pub(super) fn arrow(&mut self, arrow: &Arrow, (from_y, to_y): (f32, f32)) {
        let ink = self.tone(arrow);
        let from = Point::at(self.x(arrow.from), from_y);
        let to = Point::at(self.x(arrow.from.other()), to_y);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = dx.hypot(dy).max(1.0);
        let way = (dx / length, dy / length);
        let along = |from: Point, by: f32| Point::at(from.x + way.0 * by, from.y + way.1 * by);
        let width = match arrow.line {
            LadderLine::Thick => 4.0,
            LadderLine::Thin => 1.0,
            LadderLine::Whole | LadderLine::Pending => 1.5,
        };
        if arrow.line == LadderLine::Pending {
            let end = along(from, length * 0.62);
            self.line(from, end, width, Some((2.0, 4.0)), ink);
            let dot = PictureShape::Dot {
                center: end,
                radius: 2.5,
            };
            self.put(ink, dot);
            return;
        }
        let (long, half) = ARROW_HEAD;
        let neck = along(to, -(long - 1.0));
        let dash = (!arrow.is_seen).then_some(DASH);
        self.line(from, neck, width, dash, ink);
        let back = along(to, -long);
        let across = (-way.1 * half, way.0 * half);
        let corners = [
            to,
            Point::at(back.x + across.0, back.y + across.1),
            Point::at(back.x - across.0, back.y - across.1),
        ];
        self.put(ink, PictureShape::Head { corners });
    }

    pub(super) fn lifelines(&mut self, top: f32, bottom: f32) {
        let plan = self.drawing.plan;
        for side in ReportSide::BOTH {
            let x = self.x(side);
            let mut from = HEAD;
            let mut state = plan.ladder.initial[side as usize];
            let changes = plan.ladder.rows.iter().enumerate();
            let changes = changes
                .filter_map(|(row, it)| Some((plan.meets(row, side), it.states[side as usize]?)));
            let end = (plan.bottom, None);
            let changes: Vec<_> = changes
                .map(|(y, state)| (y, Some(state.state)))
                .chain([end])
                .collect();
            for (to, next) in changes {
                let (upper, lower) = (from.max(top), to.min(bottom));
                if lower > upper {
                    let ends = (Point::at(x, upper), Point::at(x, lower));
                    match state {
                        None | Some(TcpState::Closed | TcpState::Listen) => {
                            self.line(ends.0, ends.1, 1.0, Some((2.0, 4.0)), PictureInk::Lifeline);
                        }
                        Some(TcpState::Established) => {
                            self.line(ends.0, ends.1, 2.0, None, PictureInk::Lifeline);
                        }
                        Some(_) => self.line(ends.0, ends.1, 1.0, None, PictureInk::Lifeline),
                    }
                }
                from = to;
                state = next.or(state);
            }
        }
    }

    /// Puts what lasts: behind the lifelines, or beside them.
    pub(super) fn lasting(&mut self, top: f32, bottom: f32, is_behind: bool) {
        let plan = self.drawing.plan;
        for lasting in &plan.ladder.lasting {
            let side = lasting.side;
            let (from, to) = plan.lasts(lasting);
            let (upper, lower) = (from.max(top), to.min(bottom));
            let is_here = is_behind == (lasting.what == Lasts::HalfClosed);
            if !is_here || lower <= upper {
                continue;
            }
            let x = self.x(side);
            let inwards = match side {
                ReportSide::Client => 1.0,
                ReportSide::Server => -1.0,
            };
            let band = |near: f32, far: f32| {
                let (near, far) = (x + inwards * near, x + inwards * far);
                Rectangle::between(near.min(far), upper, near.max(far), lower)
            };
            match lasting.what {
                Lasts::HalfClosed => {
                    let (left, right) = (self.x(ReportSide::Client), self.x(ReportSide::Server));
                    let rectangle = Rectangle::between(left, upper, right, lower);
                    self.area(rectangle, 0.0, PictureInk::HalfClosed);
                }
                Lasts::Unacknowledged => self.area(band(2.0, 6.0), 1.0, bytes_of(side)),
                Lasts::WindowClosed => self.area(band(-6.0, -2.0), 1.0, PictureInk::Bad),
            }
        }
    }
}

/// Returns the colour of the bytes that an end sends.
fn bytes_of(side: ReportSide) -> PictureInk {
    match side {
        ReportSide::Client => PictureInk::Sent,
        ReportSide::Server => PictureInk::Received,
    }
}
