//! The height of a pane above or below the timeline: as it is wanted where there is room for it, or as it was dragged to.
//! A pane that had to yield in a low window gets its height back with the room.

use std::ops::RangeInclusive;

use egui::containers::panel::PanelState;
use egui::{Frame, Panel, Pos2, Rect, Sense, Ui, UiBuilder, vec2};

/// What the user dragged its edge to.
#[derive(Debug, Default)]
pub(super) struct PaneHeight {
    chosen: Option<f32>,
}

/// What a pane is.
pub(super) struct Pane {
    /// A name of its own, for what is kept of it.
    pub(super) name: &'static str,
    /// What a screen reader calls the edge that it is resized by.
    pub(super) edge: &'static str,
    /// The height that it has until its edge is dragged.
    pub(super) wanted: f32,
    /// The heights that it can have.
    pub(super) heights: RangeInclusive<f32>,
    pub(super) frame: Frame,
}

impl PaneHeight {
    /// Shows a pane at the top; returns where it is.
    pub(super) fn top<R>(
        &mut self,
        ui: &mut Ui,
        pane: Pane,
        content: impl FnOnce(&mut Ui) -> R,
    ) -> (Rect, R) {
        self.show(ui, Panel::top(pane.name), pane, content)
    }

    /// Shows a pane at the bottom; returns where it is.
    pub(super) fn bottom<R>(
        &mut self,
        ui: &mut Ui,
        pane: Pane,
        content: impl FnOnce(&mut Ui) -> R,
    ) -> (Rect, R) {
        self.show(ui, Panel::bottom(pane.name), pane, content)
    }

    fn show<R>(
        &mut self,
        ui: &mut Ui,
        panel: Panel,
        pane: Pane,
        content: impl FnOnce(&mut Ui) -> R,
    ) -> (Rect, R) {
        let (least, most) = pane.heights.into_inner();
        let most = most.max(least);
        let height = self.chosen.unwrap_or(pane.wanted).clamp(least, most);
        let id = ui.scope_id().with(pane.name);
        let edge = ui.read_response(id.with("__resize"));
        if !edge.is_some_and(|it| it.dragged() || it.drag_stopped()) {
            // The toolkit keeps the height of the last frame, whatever it had to yield to.
            let outer_rect = Rect::from_min_size(Pos2::ZERO, vec2(0.0, height));
            ui.data_mut(|data| data.insert_persisted(id, PanelState { outer_rect }));
        }
        let shown = panel
            .resizable(true)
            .size_range(least..=most)
            .frame(pane.frame)
            .show(ui, |ui| within(ui, content));
        name_edge(ui, pane.name, pane.edge);
        let rect = shown.response.rect;
        if (rect.height() - height).abs() >= 1.0 {
            self.chosen = Some(rect.height());
        }
        (rect, shown.inner)
    }
}

/// Shows something in the space that there is, and no further: a pane has its height, whatever it shows.
fn within<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let rect = ui.available_rect_before_wrap();
    ui.allocate_rect(rect, Sense::hover());
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
    content(&mut inner)
}

/// Names the edge that a panel is resized by: the toolkit gives all of them one name.
pub(super) fn name_edge(ui: &Ui, panel: &str, name: &str) {
    let id = ui.scope_id().with(panel).with("__resize");
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label(name));
}
