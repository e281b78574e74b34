//! The endpoints: a card for each one.

use std::collections::BTreeMap;

use egui::{Align, Layout, RichText, ScrollArea, Ui, UiBuilder};

use super::cards::{Card, EndpointCard};
use super::widgets::button;
use super::{Action, Cx, Tokens, keys};
use crate::net::EndpointId;

/// The sidebar's own state: what is unfolded and what is being typed, for each endpoint.
#[derive(Default)]
pub(super) struct Sidebar {
    cards: BTreeMap<EndpointId, EndpointCard>,
}

impl Sidebar {
    /// Shows all endpoints.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        header_ui(ui, cx);
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            if cx.document.endpoints.is_empty() {
                empty_ui(ui, cx);
            }
            for form in &cx.document.endpoints {
                let Some(endpoint) = cx.endpoints.get(&form.id) else {
                    continue;
                };
                let card = Card { cx, form, endpoint };
                let group = UiBuilder::new()
                    .id_salt(("endpoint", form.id.0))
                    .accessibility_role(egui::accesskit::Role::Group)
                    .accessibility_label(form.name.clone());
                let state = self.cards.entry(form.id).or_default();
                ui.scope_builder(group, |ui| state.ui(ui, card));
            }
            ui.add_space(8.0);
        });
        self.cards.retain(|id, _| cx.endpoints.contains_key(id));
    }
}

fn header_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.cards;
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.endpoints).heading());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let client = button::plain(ui, words.add_client);
            let client = client.accessible_name(words.add_client_name);
            let hover = keys::NEW_CLIENT.hover(ui, cx.words);
            if client.on_hover_text(hover).clicked() {
                cx.push(Action::AddClient);
            }
            let server = button::plain(ui, words.add_server);
            let server = server.accessible_name(words.add_server_name);
            let hover = keys::NEW_SERVER.hover(ui, cx.words);
            if server.on_hover_text(hover).clicked() {
                cx.push(Action::AddServer);
            }
        });
    });
}

fn empty_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.colored_label(Tokens::of(ui).muted_text, cx.words.cards.none);
    });
}
