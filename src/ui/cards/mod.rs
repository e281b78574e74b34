//! An endpoint's card in the sidebar: its settings, its state, its peers.

mod acts;
mod behaviour;
mod bind;
mod client;
mod frame;
mod peers;
mod protocol;
mod server;
mod socket;

use egui::Ui;

use super::widgets::button;
use super::{Action, Cx};
use crate::model::EndpointModel;
use crate::session::CaptureId;
use crate::workspace::{EndpointForm, EndpointKind};
pub(super) use peers::sign;
pub(super) use protocol::{PROTOCOL_LINE_WIDTH, protocol_lines_ui};

/// What a card shows: one endpoint's form and state, with the whole model.
#[derive(Clone, Copy)]
pub(super) struct Card<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) form: &'a EndpointForm,
    pub(super) endpoint: &'a EndpointModel,
}

impl Card<'_> {
    /// Returns whether the timeline shows only this endpoint.
    fn is_chosen(self) -> bool {
        let is_live = self.cx.shown() == CaptureId::Live;
        is_live && self.cx.timeline.filter().endpoint == Some(self.form.id)
    }

    /// Asks to see something. Cards belong to the live session, so it is there.
    fn show(self, action: Action) {
        self.cx.push(Action::ShowCapture(CaptureId::Live));
        self.cx.push(action);
    }
}

/// A card's own state: what is unfolded, what is being typed.
#[derive(Default)]
pub(super) struct EndpointCard {
    /// The name of the endpoint while it is being changed.
    renaming: Option<String>,
    options_open: bool,
    /// Messages while they are being typed.
    typed: behaviour::Typed,
    peers: peers::Peers,
}

impl EndpointCard {
    /// Shows the card.
    pub(super) fn ui(&mut self, ui: &mut Ui, card: Card<'_>) {
        let mut edited = card.form.kind.clone();
        frame::card_ui(ui, card, |ui| {
            frame::header_ui(ui, card, &mut self.renaming);
            let next = match &mut edited {
                EndpointKind::Server(server) => {
                    server::settings_ui(ui, card, server, &mut self.typed)
                }
                EndpointKind::Client(client) => {
                    client::settings_ui(ui, card, client, &mut self.typed)
                }
            };
            self.buttons_ui(ui, card, next);
            frame::problem_ui(ui, card);
            match &mut edited {
                EndpointKind::Server(server) => {
                    server::free_port_ui(ui, card);
                    if self.options_open {
                        server::options_ui(ui, card, server, &mut self.typed);
                    }
                    frame::traffic_ui(ui, card);
                    self.peers.ui(ui, card);
                }
                EndpointKind::Client(client) => {
                    if self.options_open {
                        client::options_ui(ui, card, client, &mut self.typed);
                    }
                    frame::traffic_ui(ui, card);
                    client::ended_ui(ui, card);
                }
            }
        });
        if edited != card.form.kind {
            card.cx.push(Action::Edit(card.form.id, Box::new(edited)));
        }
    }

    /// Shows the button that starts or ends the endpoint (primary where it is the next thing to do), and the one that
    /// unfolds its options.
    fn buttons_ui(
        &mut self,
        ui: &mut Ui,
        card: Card<'_>,
        (name, is_next, action): (&str, bool, Action),
    ) {
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            let width = left.available_width();
            if button::wide(left, name, width, is_next).clicked() {
                card.cx.push(action);
            }
            if button::toggle(right, card.cx.words.cards.options, self.options_open).clicked() {
                self.options_open = !self.options_open;
            }
        });
    }
}
