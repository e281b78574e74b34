//! Where a rule that is dragged can be dropped: before another one, or last.

use egui::{DragAndDrop, Response, Stroke, Ui, vec2};

use super::super::super::Tokens;
use crate::workspace::rules::RuleId;

/// How far from the edge of the list a dragged rule scrolls it, and by how much in a frame, in points.
const EDGE: f32 = 20.0;
const SCROLL_STEP: f32 = 6.0;

/// A rule that is being dragged.
struct Dragged(RuleId);

/// Notes that a rule is about to be dragged.
pub(super) fn set_dragged(response: &Response, rule: RuleId) {
    response.dnd_set_drag_payload(Dragged(rule));
}

/// The places between the rules, from the top: where each begins, and where the last one ends.
#[derive(Default)]
pub(super) struct RulePlaces(Vec<f32>);

impl RulePlaces {
    pub(super) fn add(&mut self, y: f32) {
        self.0.push(y);
    }

    /// Marks where a dragged rule would be dropped. Returns it and the place before which it was dropped.
    pub(super) fn drag_ui(&self, ui: &Ui) -> Option<(RuleId, usize)> {
        let clip = ui.clip_rect();
        let pointer = ui.pointer_latest_pos().filter(|it| clip.contains(*it))?;
        let dragged = DragAndDrop::payload::<Dragged>(ui.ctx())?;
        let off = |y: f32| (y - pointer.y).abs();
        let places = self.0.iter().copied().enumerate();
        let (place, y) = places.min_by(|one, other| off(one.1).total_cmp(&off(other.1)))?;
        let by = if pointer.y < clip.top() + EDGE {
            SCROLL_STEP
        } else if pointer.y > clip.bottom() - EDGE {
            -SCROLL_STEP
        } else {
            0.0
        };
        if by != 0.0 {
            ui.scroll_with_delta(vec2(0.0, by));
            ui.ctx().request_repaint();
        }
        let line = Stroke::new(2.0, Tokens::of(ui).accent);
        ui.painter().hline(ui.max_rect().x_range(), y, line);
        if !ui.input(|input| input.pointer.any_released()) {
            return None;
        }
        DragAndDrop::clear_payload(ui.ctx());
        Some((dragged.0, place))
    }
}
