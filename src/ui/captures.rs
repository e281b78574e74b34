//! The bar above the timeline: which capture it shows, and how an opened one is read.

use egui::scroll_area::ScrollBarVisibility;
use egui::{Align, Layout, Margin, Role, ScrollArea, Ui, UiBuilder, vec2};

use super::inspector::{PROTOCOL_LINE_WIDTH, protocol_lines_ui};
use super::widgets::{button, small_label};
use super::{Action, Cx, Tokens};
use crate::model::ReadAs;
use crate::session::{CaptureId, OpenedCapture};

/// The view's own state.
#[derive(Debug, Default)]
pub(super) struct CapturesBar {
    /// Whether a narrow window shows how the capture is read.
    is_read_as_shown: bool,
}

impl CapturesBar {
    /// Shows a tab for the live session and for each capture that was opened; nothing while there is only the session.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if cx.opened().is_empty() {
            return;
        }
        let margin = Tokens::SIDE_MARGIN as i8;
        let frame = egui::Frame::new().fill(Tokens::of(ui).panel);
        let frame = frame.inner_margin(Margin {
            // The text of the first tab lines up with the text below.
            left: margin - 6,
            ..Margin::symmetric(margin, 4)
        });
        frame.show(ui, |ui| {
            let is_wide = ui.available_width() >= PROTOCOL_LINE_WIDTH;
            self.line_ui(ui, cx, is_wide);
            let shown = cx.shown_opened();
            if let Some(capture) = shown.filter(|_| is_wide || self.is_read_as_shown) {
                ui.add_space(4.0);
                ui.push_id(capture.id, |ui| read_as_ui(ui, cx, capture));
            }
        });
    }

    /// Shows the tabs, and in a narrow window the button that shows the rest.
    fn line_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, is_wide: bool) {
        let bar = UiBuilder::new()
            .accessibility_role(Role::TabList)
            .accessibility_label(cx.words.sessions.captures);
        let size = vec2(ui.available_width(), Tokens::CONTROL_HEIGHT);
        let line = Layout::right_to_left(Align::Center);
        ui.allocate_ui_with_layout(size, line, |ui| {
            if cx.shown_opened().is_some() && !is_wide {
                let words = &cx.words.sessions;
                let is_shown = self.is_read_as_shown;
                let is_clicked = button::switch(ui, words.read_as, words.read_as_why, is_shown);
                self.is_read_as_shown ^= is_clicked;
            }
            let line = Layout::left_to_right(Align::Center);
            ui.with_layout(line, |ui| {
                let area = ScrollArea::horizontal()
                    .id_salt("captures")
                    .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
                area.show(ui, |ui| ui.scope_builder(bar, |ui| tabs_ui(ui, cx)));
            });
        });
    }
}

/// Shows how the bytes of an opened capture are read: no endpoint of the document belongs to it.
fn read_as_ui(ui: &mut Ui, cx: &Cx<'_>, capture: &OpenedCapture) {
    let words = &cx.words.sessions;
    let common = cx.common_protocol(capture);
    let shown = common.cloned().unwrap_or_default();
    let mut protocol = shown.clone();
    let read_as = cx.read_as(capture);
    protocol_lines_ui(ui, cx.words, &mut protocol, |ui| {
        let said = match read_as {
            ReadAs::Recorded => words.as_recorded,
            ReadAs::Current => words.by_current,
            ReadAs::Chosen(_) => words.as_chosen,
        };
        small_label(ui, said);
        if common.is_none() && capture.names.len() > 1 {
            small_label(ui, words.by_endpoint);
        }
        if *read_as != ReadAs::Recorded {
            let back = button::small(ui, words.read_as_recorded);
            if back.on_hover_text(words.read_as_recorded_why).clicked() {
                cx.push(Action::ReadShownAs(ReadAs::Recorded));
            }
        }
        if *read_as != ReadAs::Current && cx.has_current_protocol(capture) {
            let current = button::small(ui, words.use_current);
            if current.on_hover_text(words.use_current_why).clicked() {
                cx.push(Action::ReadShownAs(ReadAs::Current));
            }
        }
    });
    if protocol != shown {
        cx.push(Action::ReadShownAs(ReadAs::Chosen(protocol)));
    }
}

fn tabs_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let words = &cx.words.sessions;
    tab_ui(ui, cx, CaptureId::Live, words.tab_live);
    for capture in cx.opened() {
        let name = words.tab_read_only(&capture.name);
        tab_ui(ui, cx, capture.id, &name);
        let spoken = words.close(&capture.name);
        let close = button::close(ui).accessible_name(&spoken);
        if close.on_hover_text(&spoken).clicked() {
            cx.push(Action::CloseCapture(capture.id));
        }
    }
    if let Some(capture) = cx.shown_opened() {
        ui.add_space(8.0);
        small_label(ui, capture.place.display().to_string());
    }
}

fn tab_ui(ui: &mut Ui, cx: &Cx<'_>, id: CaptureId, name: &str) {
    if button::tab(ui, name, cx.shown() == id).clicked() {
        cx.push(Action::ShowCapture(id));
    }
}
