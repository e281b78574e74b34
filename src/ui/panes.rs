//! Moving the keyboard from pane to pane, in the order in which they are read.

use egui::{Context, Id, LayerId, Rect};

/// Where the panes stand in this frame.
#[derive(Default)]
pub(super) struct Panes {
    rects: Vec<Rect>,
}

/// How far within a pane its widgets are looked for: its edges are there to resize it.
const EDGE: f32 = 6.0;

impl Panes {
    /// Begins a frame: no pane is known.
    pub(super) fn clear(&mut self) {
        self.rects.clear();
    }

    /// Adds the next pane in the order of reading.
    pub(super) fn add(&mut self, rect: Rect) {
        self.rects.push(rect.shrink(EDGE));
    }

    /// Moves the keyboard to the first widget of the next pane that has one, or of the previous pane.
    pub(super) fn move_focus(&self, ctx: &Context, forward: bool) {
        let panes = self.rects.len();
        let focused = ctx.memory(egui::Memory::focused);
        let focused = focused.and_then(|id| ctx.read_response(id));
        let here = focused.and_then(|it| {
            let center = it.rect.center();
            self.rects.iter().position(|rect| rect.contains(center))
        });
        let step = if forward { 1 } else { panes.saturating_sub(1) };
        let begin = match here {
            Some(here) => here + step,
            None if forward => 0,
            None => panes.saturating_sub(1),
        };
        for turn in 0..panes {
            let pane = self.rects[(begin + turn * step) % panes];
            if let Some(first) = first_in(ctx, pane) {
                ctx.memory_mut(|memory| memory.request_focus(first));
                return;
            }
        }
    }
}

/// Returns the first widget of a pane that the keyboard can use.
fn first_in(ctx: &Context, pane: Rect) -> Option<Id> {
    ctx.viewport(|viewport| {
        let widgets = &viewport.prev_pass.widgets;
        let mut widgets = widgets.get_layer(LayerId::background());
        let first = widgets
            .find(|it| it.enabled && it.sense.is_focusable() && pane.contains(it.rect.center()));
        first.map(|it| it.id)
    })
}
