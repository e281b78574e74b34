//! The endpoints: a card for each one.

use egui::{Align, Layout, RichText, ScrollArea, Ui, UiBuilder};

use super::action::Action;
use super::cards::{Card, ClientCard, ServerCard};
use super::keys;
use super::theme::Tokens;
use super::widgets::button;
use crate::model::{Model, Now};
use crate::net::EndpointId;
use crate::session::CaptureId;
use crate::workspace::EndpointKind;
use std::collections::BTreeMap;

/// The sidebar's own state: what is unfolded and what is being typed, for each endpoint.
#[derive(Default)]
pub(super) struct Sidebar {
    servers: BTreeMap<EndpointId, ServerCard>,
    clients: BTreeMap<EndpointId, ClientCard>,
}

impl Sidebar {
    /// Shows all endpoints.
    pub(super) fn ui(&mut self, ui: &mut Ui, model: &Model, now: Now, actions: &mut Vec<Action>) {
        let others = actions.len();
        header_ui(ui, model, actions);
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            if model.document.endpoints.is_empty() {
                empty_ui(ui, model);
            }
            for form in &model.document.endpoints {
                let Some(endpoint) = model.endpoints.get(&form.id) else {
                    continue;
                };
                let card = Card {
                    model,
                    form,
                    endpoint,
                    now,
                };
                let group = UiBuilder::new()
                    .id_salt(("endpoint", form.id.0))
                    .accessibility_role(egui::accesskit::Role::Group)
                    .accessibility_label(form.name.clone());
                ui.scope_builder(group, |ui| match &form.kind {
                    EndpointKind::Server(server) => {
                        let state = self.servers.entry(form.id).or_default();
                        state.ui(ui, card, server, actions);
                    }
                    EndpointKind::Client(client) => {
                        let state = self.clients.entry(form.id).or_default();
                        state.ui(ui, card, client, actions);
                    }
                });
            }
            ui.add_space(8.0);
        });
        // The cards belong to the live session, so what they ask to see is there.
        let mut asked = actions.iter().skip(others);
        let is_to_see = |action: &Action| {
            matches!(
                action,
                Action::ShowOnly { .. } | Action::FollowConnection { .. }
            )
        };
        if asked.any(is_to_see) {
            actions.insert(others, Action::ShowCapture(CaptureId::Live));
        }
        self.servers
            .retain(|id, _| model.endpoints.contains_key(id));
        self.clients
            .retain(|id, _| model.endpoints.contains_key(id));
    }
}

fn header_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.cards;
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.endpoints).heading());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let client = button::plain(ui, words.add_client);
            let client = client.accessible_name(words.add_client_name);
            let hover = keys::NEW_CLIENT.hover(ui, model.words);
            if client.on_hover_text(hover).clicked() {
                actions.push(Action::AddClient);
            }
            let server = button::plain(ui, words.add_server);
            let server = server.accessible_name(words.add_server_name);
            let hover = keys::NEW_SERVER.hover(ui, model.words);
            if server.on_hover_text(hover).clicked() {
                actions.push(Action::AddServer);
            }
        });
    });
}

fn empty_ui(ui: &mut Ui, model: &Model) {
    let tokens = Tokens::of(ui);
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.colored_label(tokens.muted_text, model.words.cards.none);
    });
}
