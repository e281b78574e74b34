//! The bytes that are chosen in the detail pane, in the text and in the dump alike.

use std::ops::Range;

use egui::{Pos2, Ui};

/// Bytes of the payload that are chosen by pressing and dragging.
#[derive(Clone, Debug, Default)]
pub(in crate::ui) struct ChosenBytes {
    range: Range<usize>,
    /// What was pressed, while the pointer is down.
    anchor: Option<Range<usize>>,
    /// The byte to bring into sight.
    reveal: Option<usize>,
}

impl ChosenBytes {
    /// Returns the chosen bytes; an empty range for none.
    pub(in crate::ui) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Chooses bytes, and brings the first of them into sight.
    pub(in crate::ui) fn choose(&mut self, range: Range<usize>) {
        self.reveal = Some(range.start);
        (self.range, self.anchor) = (range, None);
    }

    /// Returns the byte to bring into sight, once.
    pub(in crate::ui) fn take_reveal(&mut self) -> Option<usize> {
        self.reveal.take()
    }

    /// Returns where the pointer is that presses or drags in `ui`, if it does.
    pub(in crate::ui) fn pointer(&self, ui: &Ui) -> Option<Pos2> {
        let area = ui.max_rect();
        let (pressed, down, at) = ui.input(|input| {
            let pointer = &input.pointer;
            (
                pointer.primary_pressed(),
                pointer.primary_down(),
                pointer.interact_pos(),
            )
        });
        let at = at.filter(|at| area.contains(*at))?;
        // What lies above this, such as a menu, takes its own clicks.
        let is_ours = ui.ctx().layer_id_at(at) == Some(ui.layer_id());
        let is_dragged = down && self.anchor.is_some();
        (is_ours && (pressed || is_dragged)).then_some(at)
    }

    /// Takes the bytes that the pointer is at.
    pub(in crate::ui) fn point(&mut self, ui: &Ui, pointed: Option<Range<usize>>) {
        let (pressed, down) = ui.input(|input| {
            (
                input.pointer.primary_pressed(),
                input.pointer.primary_down(),
            )
        });
        let Some(pointed) = pointed else {
            if !down {
                self.anchor = None;
            }
            return;
        };
        if pressed {
            self.anchor = Some(pointed.clone());
        }
        if let Some(anchor) = &self.anchor {
            self.range = anchor.start.min(pointed.start)..anchor.end.max(pointed.end);
        }
    }
}
