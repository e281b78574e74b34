//! The bar above the timeline: which capture it shows, and how an opened one is read.

use egui::scroll_area::ScrollBarVisibility;
use egui::{Align, Button, Layout, Margin, Role, ScrollArea, Ui, UiBuilder, vec2};

use super::action::Action;
use super::cards::{PROTOCOL_LINE_WIDTH, protocol_line_ui};
use super::theme::Tokens;
use super::widgets::{button, small_label};
use crate::model::{Inherited, Model};
use crate::session::{CaptureId, OpenedCapture};
use crate::workspace::ProtocolForm;

/// The view's own state.
#[derive(Debug, Default)]
pub(super) struct CapturesBar {
    /// Whether a narrow window shows how the capture is read.
    is_read_as_shown: bool,
}

impl CapturesBar {
    /// Shows a tab for the live session and for each capture that was opened; nothing while there is only the session.
    pub(super) fn ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
        if model.opened().is_empty() {
            return;
        }
        let tokens = Tokens::of(ui);
        let margin = tokens.side_margin as i8;
        let frame = egui::Frame::new().fill(tokens.panel).inner_margin(Margin {
            // The text of the first tab lines up with the text below.
            left: margin - 6,
            ..Margin::symmetric(margin, 4)
        });
        frame.show(ui, |ui| {
            let is_wide = ui.available_width() >= PROTOCOL_LINE_WIDTH;
            self.line_ui(ui, model, is_wide, actions);
            let shown = model.shown_opened();
            if let Some(capture) = shown.filter(|_| is_wide || self.is_read_as_shown) {
                ui.add_space(4.0);
                ui.push_id(capture.id, |ui| read_as_ui(ui, model, capture, actions));
            }
        });
    }

    /// Shows the tabs, and in a narrow window the button that shows the rest.
    fn line_ui(&mut self, ui: &mut Ui, model: &Model, is_wide: bool, actions: &mut Vec<Action>) {
        let bar = UiBuilder::new()
            .accessibility_role(Role::TabList)
            .accessibility_label(model.words.sessions.captures);
        let size = vec2(ui.available_width(), Tokens::of(ui).control_height);
        let line = Layout::right_to_left(Align::Center);
        ui.allocate_ui_with_layout(size, line, |ui| {
            if model.shown_opened().is_some() && !is_wide {
                let words = &model.words.sessions;
                let read_as = Button::selectable(self.is_read_as_shown, words.read_as);
                let read_as = ui.add(read_as).on_hover_text(words.read_as_why);
                if read_as.clicked() {
                    self.is_read_as_shown = !self.is_read_as_shown;
                }
            }
            let line = Layout::left_to_right(Align::Center);
            ui.with_layout(line, |ui| {
                let area = ScrollArea::horizontal()
                    .id_salt("captures")
                    .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
                area.show(ui, |ui| {
                    ui.scope_builder(bar, |ui| tabs_ui(ui, model, actions))
                });
            });
        });
    }
}

/// Shows how the bytes of an opened capture are read: no card belongs to it.
fn read_as_ui(ui: &mut Ui, model: &Model, capture: &OpenedCapture, actions: &mut Vec<Action>) {
    let words = &model.words.sessions;
    let inherited = model.inherited(capture);
    let shown = match (model.chosen_protocol(), inherited) {
        (Some(chosen), _) => chosen.clone(),
        (None, Inherited::One(protocol)) => protocol.clone(),
        (None, _) => ProtocolForm::default(),
    };
    let mut protocol = shown.clone();
    protocol_line_ui(ui, model.words, &mut protocol, |ui| {
        match (model.chosen_protocol(), inherited) {
            (_, Inherited::Nothing) => {}
            (Some(_), _) => {
                let inherit = button::small(ui, words.inherit);
                if inherit.on_hover_text(words.inherit_why).clicked() {
                    actions.push(Action::ReadShownAs(None));
                }
            }
            (None, Inherited::One(_) | Inherited::Several) => {
                small_label(ui, words.inherited);
            }
        }
    });
    if protocol != shown {
        actions.push(Action::ReadShownAs(Some(protocol)));
    }
}

fn tabs_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let words = &model.words.sessions;
    tab_ui(ui, model, CaptureId::Live, words.tab_live, actions);
    for capture in model.opened() {
        let name = words.tab_read_only(&capture.name);
        tab_ui(ui, model, capture.id, &name, actions);
        let spoken = words.close(&capture.name);
        let close = button::close(ui).accessible_name(&spoken);
        if close.on_hover_text(&spoken).clicked() {
            actions.push(Action::CloseCapture(capture.id));
        }
    }
    if let Some(capture) = model.shown_opened() {
        ui.add_space(8.0);
        small_label(ui, capture.place.display().to_string());
    }
}

fn tab_ui(ui: &mut Ui, model: &Model, id: CaptureId, name: &str, actions: &mut Vec<Action>) {
    let is_chosen = model.shown() == id;
    let response = ui.add(Button::selectable(is_chosen, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Tab);
        node.set_selected(is_chosen);
    });
    if response.clicked() {
        actions.push(Action::ShowCapture(id));
    }
}
