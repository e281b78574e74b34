//! The pane at the left: what exists. The endpoints on one tab, the saved messages on the other.

use egui::{Align, Layout, Role, Ui, UiBuilder};

use super::endpoints::EndpointList;
use super::messages::MessagesView;
use super::widgets::button;
use super::wish::LeftTab;
use super::{Cx, Tokens};

/// The pane's own state.
#[derive(Default)]
pub(super) struct LeftPane {
    tab: LeftTab,
    pub(super) endpoints: EndpointList,
    messages: MessagesView,
}

impl LeftPane {
    /// Shows another tab.
    pub(super) fn show(&mut self, tab: LeftTab) {
        self.tab = tab;
    }

    /// Applies what was typed about a saved message, and as an endpoint's name.
    pub(super) fn leave(&mut self, cx: &Cx<'_>) {
        self.messages.leave(cx);
        self.endpoints.leave(cx);
    }

    /// Shows the pane.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.header_ui(ui, cx);
        match self.tab {
            LeftTab::Endpoints => {
                self.messages.leave(cx);
                self.endpoints.ui(ui, cx);
            }
            LeftTab::Messages => {
                let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 0));
                frame.show(ui, |ui| self.messages.ui(ui, cx));
            }
        }
    }

    fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let tabs = [
            (LeftTab::Endpoints, cx.words.endpoints.tab),
            (LeftTab::Messages, cx.words.messages.tab),
        ];
        let bar = UiBuilder::new()
            .accessibility_role(Role::TabList)
            .accessibility_label(cx.words.endpoints.left_tabs);
        ui.horizontal(|ui| {
            ui.set_height(Tokens::PANE_HEADER_HEIGHT);
            ui.add_space(4.0);
            ui.scope_builder(bar, |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                for (tab, name) in tabs {
                    if button::underlined_tab(ui, name, self.tab == tab).clicked() {
                        self.tab = tab;
                    }
                }
            });
            if self.tab == LeftTab::Endpoints {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    self.endpoints.tools_ui(ui, cx);
                });
            }
        });
    }
}
