//! The pane at the right: the selected endpoint, its settings, its peers, and one connection of it.

mod behaviour;
mod bind;
mod client;
mod connection;
mod form;
mod peers;
mod protocol;
mod rules;
mod sequences;
mod server;
mod setup;
mod socket;
mod tls;
mod udp;

use std::collections::BTreeMap;

use egui::{Align, Label, Layout, Popup, RichText, ScrollArea, Ui, UiBuilder};

use super::endpoint::ShownEndpoint;
use super::pane_height::{Pane, PaneHeight};
use super::widgets::{button, hint, sign_ui};
use super::wish::InspectorTab;
use super::{Action, Cx, Tokens, Wish, made_rule};
use crate::net::EndpointId;
use crate::script::RuleNumber;
use crate::workspace::{EndpointForm, EndpointKind};
pub(super) use peers::sign;
pub(super) use protocol::{PROTOCOL_LINE_WIDTH, protocol_lines_ui};

/// The inspector's own state.
#[derive(Default)]
pub(super) struct Inspector {
    tab: InspectorTab,
    endpoints: BTreeMap<EndpointId, Inspected>,
}

/// What is being typed and selected for one endpoint.
#[derive(Default)]
struct Inspected {
    typed: behaviour::Typed,
    rules: rules::RulesTab,
    sequences: sequences::Sequences,
    peers: peers::Peers,
    peers_height: PaneHeight,
    connection: connection::ConnectionTab,
}

impl Inspector {
    /// Shows another part of the endpoint.
    pub(super) fn show(&mut self, tab: InspectorTab) {
        self.tab = tab;
    }

    /// Returns whether it shows a connection.
    pub(super) fn shows_connection(&self) -> bool {
        self.tab == InspectorTab::Connection
    }

    /// Returns whether it shows rules or the steps of a sequence, which need more room than settings.
    pub(super) fn is_wide(&self, cx: &Cx<'_>) -> bool {
        let edits_steps = || {
            let form = cx.chosen.and_then(|id| cx.form(id))?;
            let EndpointKind::Client(client) = &form.kind else {
                return None;
            };
            let inspected = self.endpoints.get(&form.id)?;
            Some(inspected.sequences.is_editing(client))
        };
        match self.tab {
            InspectorTab::Setup => edits_steps().unwrap_or(false),
            InspectorTab::Rules => true,
            InspectorTab::Connection => false,
        }
    }

    /// Adds a rule to an endpoint, and shows it.
    pub(super) fn add_rule(&mut self, endpoint: EndpointId) {
        self.tab = InspectorTab::Rules;
        self.endpoints.entry(endpoint).or_default().rules.add();
    }

    /// Shows the rule of this number of an endpoint.
    pub(super) fn show_rule(&mut self, form: &EndpointForm, number: RuleNumber) {
        self.tab = InspectorTab::Rules;
        let inspected = self.endpoints.entry(form.id).or_default();
        let rules = &form.kind.behaviour().rules;
        inspected.rules.select(rules, number);
    }

    /// Shows the selected endpoint.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let chosen = cx.chosen.and_then(|id| cx.form(id));
        let Some(shown) = chosen.and_then(|form| ShownEndpoint::new(cx, form)) else {
            close_ui(ui, cx);
            self.leave(cx);
            return hint(ui, cx.words.endpoints.nothing_selected);
        };
        header_ui(ui, shown);
        self.tabs_ui(ui, shown);
        let id = shown.form.id;
        let inspected = self.endpoints.entry(id).or_default();
        let tab = self.tab;
        made_rule::ui(ui, shown);
        ui.push_id(id.0, |ui| {
            // Rules need the room.
            if tab != InspectorTab::Rules {
                peers_ui(ui, shown, &mut inspected.peers, &mut inspected.peers_height);
            }
            match tab {
                InspectorTab::Setup => {
                    let group = UiBuilder::new()
                        .accessibility_role(egui::Role::Group)
                        .accessibility_label(cx.words.endpoints.setup_of(&shown.form.name));
                    scroll_ui(ui, |ui| {
                        let Inspected {
                            typed, sequences, ..
                        } = inspected;
                        ui.scope_builder(group, |ui| setup::ui(ui, shown, typed, sequences));
                    });
                }
                InspectorTab::Rules => scroll_ui(ui, |ui| inspected.rules.ui(ui, shown)),
                InspectorTab::Connection => {
                    let pressed = inspected.peers.pressed(cx.selected_row);
                    scroll_ui(ui, |ui| inspected.connection.ui(ui, shown, pressed));
                }
            }
        });
        self.leave_all_but(Some((id, tab)), cx);
        self.endpoints.retain(|id, _| cx.endpoints.contains_key(id));
    }

    /// Applies what was typed in fields that are no longer shown.
    pub(super) fn leave(&mut self, cx: &Cx<'_>) {
        self.leave_all_but(None, cx);
    }

    /// Applies what was typed about all endpoints, but in the tab of the one that is shown.
    fn leave_all_but(&mut self, shown: Option<(EndpointId, InspectorTab)>, cx: &Cx<'_>) {
        for (id, inspected) in &mut self.endpoints {
            let leaves_setup = shown != Some((*id, InspectorTab::Setup));
            let leaves_rules =
                shown != Some((*id, InspectorTab::Rules)) && inspected.rules.is_typing();
            if (leaves_setup || leaves_rules)
                && let Some(form) = cx.form(*id)
            {
                let mut edited = form.kind.clone();
                let behaviour = edited.behaviour_mut();
                if leaves_setup {
                    inspected.typed.leave(behaviour);
                }
                if leaves_rules {
                    inspected.rules.leave(&mut behaviour.rules);
                }
                if edited != form.kind {
                    cx.push(Action::Edit(*id, Box::new(edited)));
                }
            }
        }
    }

    fn tabs_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>) {
        let words = &shown.cx.words.endpoints;
        let tabs = [
            (InspectorTab::Setup, words.setup),
            (InspectorTab::Rules, shown.cx.words.rules.tab),
            (InspectorTab::Connection, words.connection),
        ];
        let bar = UiBuilder::new()
            .accessibility_role(egui::Role::TabList)
            .accessibility_label(words.inspector_tabs);
        ui.scope_builder(bar, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                ui.add_space(8.0);
                for (tab, name) in tabs {
                    if button::underlined_tab(ui, name, self.tab == tab).clicked() {
                        self.tab = tab;
                    }
                }
            });
        });
        let tokens = Tokens::of(ui);
        let stroke = egui::Stroke::new(1.0, tokens.border);
        let y = ui.min_rect().bottom();
        ui.painter().hline(ui.max_rect().x_range(), y, stroke);
        ui.add_space(8.0);
    }
}

/// Shows a server's peers at the bottom of the pane, once there are any.
fn peers_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    peers: &mut peers::Peers,
    height: &mut PaneHeight,
) {
    let status = &shown.endpoint.status;
    if !shown.is_server() || status.open_connections + status.ended_connections == 0 {
        return;
    }
    let room = ui.available_height();
    let pane = Pane {
        name: "peers",
        edge: shown.cx.words.common.resize_peers,
        // As high as what is in it, as far as the form above keeps most of the pane.
        wanted: peers::height(shown).min(room * PEERS_PART),
        heights: LEAST_PEERS..=room * 0.6,
        frame: egui::Frame::new().fill(Tokens::of(ui).panel),
    };
    height.bottom(ui, pane, |ui| peers.ui(ui, shown));
}

/// The least height of the list of peers, in points, and the most of the pane that it takes by itself.
const LEAST_PEERS: f32 = 76.0;
const PEERS_PART: f32 = 0.33;

/// Shows content that scrolls, with the space of the pane beside it.
fn scroll_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let margin = egui::Margin {
            left: 14,
            right: 14,
            top: 2,
            bottom: 12,
        };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            content(ui);
        });
    });
}

/// Shows the name of the endpoint, its state, and its menu.
fn header_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    ui.horizontal(|ui| {
        ui.set_height(Tokens::PANE_HEADER_HEIGHT);
        ui.add_space(14.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(6.0);
            close_button_ui(ui, shown.cx);
            let more = shown.cx.words.endpoints.more(&shown.form.name);
            let more = button::more(ui).accessible_name(more);
            Popup::menu(&more).show(|ui| shown.menu_ui(ui));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let tokens = Tokens::of(ui);
                sign_ui(ui, shown.sign());
                let name = RichText::new(&shown.form.name).heading();
                ui.add(Label::new(name.color(tokens.text)).truncate());
                let state = shown.state_words();
                let state = Tokens::small_words(state, shown.state_color(tokens));
                ui.add(Label::new(state).truncate());
            });
        });
    });
}

fn close_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        close_button_ui(ui, cx);
    });
}

fn close_button_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.endpoints;
    let close = button::close(ui).accessible_name(words.close_inspector);
    if close.on_hover_text(words.close_inspector).clicked() {
        cx.wish(Wish::ToggleInspector);
    }
}
