//! Signs of state and direction: painted shapes, so that they need no font and meaning never rests on colour alone.

use std::f32::consts::{FRAC_PI_2, PI};

use egui::{Color32, Painter, Pos2, Sense, Shape, Stroke, Ui, Vec2, vec2};

use super::super::Tokens;
use crate::capture::RowKind;

/// A sign. Words beside it say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Sign {
    /// A muted dot: stopped, or over in order.
    Idle,
    /// A ring: something began and is not decided.
    Waiting,
    /// A dot: listening, open, connected.
    Good,
    /// A half-filled ring: half-closed, or paused.
    Half,
    /// A cross: failed, reset.
    Bad,
    /// A check mark: done.
    Done,
    /// An arrow away from us: sent.
    Sent,
    /// An arrow towards us: received.
    Received,
}

/// The width and height that a sign takes, in points.
const SIZE: f32 = 10.0;

/// Shows a sign in the flow of widgets. A screen reader has the words beside it.
pub(in crate::ui) fn sign_ui(ui: &mut Ui, sign: Sign) {
    let size = vec2(
        SIZE,
        ui.spacing().interact_size.y.min(ui.available_height()),
    );
    let (rect, _response) = ui.allocate_exact_size(size, Sense::hover());
    paint_sign(ui.painter(), rect.center(), sign, Tokens::of(ui));
}

/// Paints a sign around a point.
pub(in crate::ui) fn paint_sign(painter: &Painter, center: Pos2, sign: Sign, tokens: &Tokens) {
    match sign {
        Sign::Idle => drop(painter.circle_filled(center, 3.5, tokens.faint_text)),
        Sign::Waiting => {
            painter.circle_stroke(center, 3.2, Stroke::new(1.4, tokens.muted_text));
        }
        Sign::Good => drop(painter.circle_filled(center, 4.0, tokens.good)),
        Sign::Half => half(painter, center, tokens.caution),
        Sign::Bad => cross(painter, center, tokens.error),
        Sign::Done => check(painter, center, tokens.good),
        Sign::Sent => arrow(painter, center, 1.0, tokens.sent),
        Sign::Received => arrow(painter, center, -1.0, tokens.received),
    }
}

/// Paints an angle that points where `tip` does: a list that drops down, a part that unfolds.
pub(in crate::ui) fn paint_chevron(painter: &Painter, center: Pos2, tip: Vec2, color: Color32) {
    let (tip, side) = (tip.normalized() * 2.0, tip.normalized().rot90() * 3.5);
    let points = [side - tip, tip, -side - tip].map(|offset| center + offset);
    painter.add(Shape::line(points.to_vec(), Stroke::new(1.4, color)));
}

/// Returns the sign of a row and the colour of its words.
pub(in crate::ui) fn sign_and_color(kind: RowKind, tokens: &Tokens) -> (Sign, Color32) {
    match kind {
        RowKind::Received(_) => (Sign::Received, tokens.text),
        RowKind::Sent(_) => (Sign::Sent, tokens.text),
        RowKind::Quiet => (Sign::Waiting, tokens.muted_text),
        RowKind::Good => (Sign::Good, tokens.good),
        RowKind::Ended => (Sign::Idle, tokens.muted_text),
        RowKind::Caution => (Sign::Half, tokens.caution),
        RowKind::Bad => (Sign::Bad, tokens.error),
    }
}

fn half(painter: &Painter, center: Pos2, color: Color32) {
    const RADIUS: f32 = 3.8;
    const STEPS: usize = 16;
    painter.circle_stroke(center, RADIUS, Stroke::new(1.2, color));
    let on_arc = |step: usize| {
        let angle = FRAC_PI_2 + PI * step as f32 / STEPS as f32;
        center + RADIUS * Vec2::angled(angle)
    };
    let points = (0..=STEPS).map(on_arc).collect();
    painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
}

fn check(painter: &Painter, center: Pos2, color: Color32) {
    let points = [vec2(-4.0, 0.5), vec2(-1.2, 3.4), vec2(4.2, -3.2)];
    let points = points.map(|offset| center + offset);
    painter.add(Shape::line(points.to_vec(), Stroke::new(1.8, color)));
}

fn cross(painter: &Painter, center: Pos2, color: Color32) {
    let stroke = Stroke::new(1.7, color);
    let arm = vec2(3.2, 3.2);
    painter.line_segment([center - arm, center + arm], stroke);
    let arm = vec2(3.2, -3.2);
    painter.line_segment([center - arm, center + arm], stroke);
}

/// An arrow that points right for `direction` 1 and left for -1.
fn arrow(painter: &Painter, center: Pos2, direction: f32, color: Color32) {
    let stroke = Stroke::new(1.6, color);
    let tip = center + vec2(4.5 * direction, 0.0);
    painter.line_segment([center - vec2(4.5 * direction, 0.0), tip], stroke);
    let head = |dy: f32| tip + vec2(-3.6 * direction, dy);
    painter.add(Shape::line(vec![head(-3.6), tip, head(3.6)], stroke));
}
