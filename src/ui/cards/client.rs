//! A client's card.

use egui::{ComboBox, FontId, Label, RichText, Ui};

use super::super::action::Action;
use super::super::clock;
use super::super::theme::Tokens;
use super::super::widgets::{button, field, spoken_label};
use super::frame::{
    Card, Renaming, buttons_ui, card_ui, finish_choice, header_ui, is_entered, problem_of,
    problem_ui, traffic_ui, wrong_ui,
};
use super::protocol::protocol_ui;
use crate::capture::{ConnectionState, ConnectionStatus, EndpointState};
use crate::model::{EndpointModel, Model};
use crate::words::InWords as _;
use crate::workspace::{ClientForm, EndpointKind, Field, TargetForm, reachable};

/// A client's card: what is unfolded, what is being typed.
#[derive(Default)]
pub(in crate::ui) struct ClientCard {
    renaming: Renaming,
    options_open: bool,
}

impl ClientCard {
    /// Shows the card.
    pub(in crate::ui) fn ui(
        &mut self,
        ui: &mut Ui,
        card: Card<'_>,
        client: &ClientForm,
        actions: &mut Vec<Action>,
    ) {
        let Card {
            model,
            form,
            endpoint,
            ..
        } = card;
        let mut edited = client.clone();
        let is_idle = matches!(
            endpoint.status.state,
            EndpointState::Idle | EndpointState::Failed
        );
        card_ui(ui, card, |ui| {
            header_ui(ui, card, &mut self.renaming, actions);
            match endpoint.connected() {
                Some(connection) => connection_ui(ui, model, connection, actions),
                None => target_ui(ui, model, &mut edited, is_idle),
            }
            let words = &model.words.cards;
            let button = if is_idle {
                (words.connect, false, Action::Connect(form.id))
            } else {
                (words.disconnect, false, Action::DisconnectClient(form.id))
            };
            buttons_ui(ui, words, button, &mut self.options_open, actions);
            problem_ui(ui, card);
            if self.options_open {
                options_ui(ui, model, &mut edited, is_idle);
            }
            traffic_ui(ui, card);
            if endpoint.status.state == EndpointState::Idle {
                ended_ui(ui, model, endpoint, actions);
            }
        });
        if edited != *client {
            actions.push(Action::Edit {
                endpoint: form.id,
                kind: EndpointKind::Client(edited),
            });
        }
    }
}

/// Shows what the client connects to.
fn target_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm, is_idle: bool) {
    let words = &model.words.cards;
    ui.add_enabled_ui(is_idle, |ui| {
        field::row(ui, words.target, |ui, label| {
            let shown = match edited.target {
                TargetForm::Server(id) => model.name(id).unwrap_or(words.choose_server),
                TargetForm::Address => words.host_and_port,
            };
            let combo = ComboBox::from_id_salt("target")
                .selected_text(shown)
                .width(ui.available_width())
                .truncate()
                .show_ui(ui, |ui| {
                    for form in &model.document.endpoints {
                        if matches!(form.kind, EndpointKind::Server(_)) {
                            ui.selectable_value(
                                &mut edited.target,
                                TargetForm::Server(form.id),
                                &form.name,
                            );
                        }
                    }
                    let (target, address) = (&mut edited.target, TargetForm::Address);
                    ui.selectable_value(target, address, words.host_and_port);
                });
            combo
                .response
                .labelled_by(label)
                .accessible_name(words.target);
        });
        match edited.target {
            TargetForm::Server(server) => follows_ui(ui, model, server),
            TargetForm::Address => address_ui(ui, model, edited),
        }
    });
}

/// Shows the address of the server that the client follows.
fn follows_ui(ui: &mut Ui, model: &Model, server: crate::net::EndpointId) {
    let tokens = Tokens::of(ui);
    let bound = model.endpoints.get(&server).and_then(EndpointModel::bound);
    let (text, font) = match bound {
        Some(bound) => (
            format!("→ {}", reachable(bound)),
            FontId::monospace(tokens.data_size),
        ),
        None => (
            model.words.cards.not_listening.to_owned(),
            FontId::proportional(tokens.small_size),
        ),
    };
    ui.add(Label::new(RichText::new(text).font(font).color(tokens.muted_text)).truncate());
}

fn address_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm) {
    let words = &model.words.cards;
    let problem = edited.parse(None).err();
    field::row(ui, words.remote_host, |ui, label| {
        let width = ui.available_width();
        let text = &mut edited.remote_host_text;
        let response = field::input(ui, words.remote_host, text, width).labelled_by(label);
        if is_entered(ui, &response) {
            *edited = edited.taken_apart();
        }
    });
    wrong_ui(ui, problem.as_ref(), Field::RemoteHost, model.words);
    field::row(ui, words.remote_port, |ui, label| {
        let text = &mut edited.remote_port_text;
        field::input(ui, words.remote_port, text, 80.0).labelled_by(label);
    });
    wrong_ui(ui, problem.as_ref(), Field::RemotePort, model.words);
}

/// Shows the connection: both addresses, how long the connect took, and since when it is open.
fn connection_ui(
    ui: &mut Ui,
    model: &Model,
    connection: &ConnectionStatus,
    actions: &mut Vec<Action>,
) {
    let words = &model.words.cards;
    let tokens = Tokens::of(ui);
    let local = connection
        .local
        .map_or_else(String::new, |local| format!("{local} "));
    let ends = RichText::new(format!("{local}→ {}", connection.peer))
        .font(FontId::monospace(tokens.data_size));
    let spoken = words.connected_to(&connection.peer.to_string());
    spoken_label(ui, Label::new(ends).wrap(), &spoken);
    let mut parts = Vec::new();
    match connection.state {
        ConnectionState::PeerFinished => parts.push(words.half_closed_by_peer.to_owned()),
        ConnectionState::WeFinished => parts.push(words.half_closed_by_us.to_owned()),
        ConnectionState::Open | ConnectionState::Closed(_) => {}
    }
    if let Some(took) = connection.connect_took {
        parts.push(words.connected_in(took));
    }
    parts.push(words.since(&clock::seconds(connection.since)));
    let parts = tokens.small_words(parts.join(", "), tokens.muted_text);
    ui.horizontal_wrapped(|ui| {
        ui.label(parts);
        follow_ui(ui, model, connection, actions);
    });
}

/// Shows the button that opens the whole connection.
fn follow_ui(ui: &mut Ui, model: &Model, connection: &ConnectionStatus, actions: &mut Vec<Action>) {
    let words = &model.words.cards;
    let follow = button::small(ui, words.follow);
    if follow.on_hover_text(words.follow_why).clicked() {
        actions.push(Action::FollowConnection {
            endpoint: connection.endpoint,
            connection: connection.connection,
            from: None,
        });
    }
}

/// Shows how the last connection ended.
fn ended_ui(ui: &mut Ui, model: &Model, endpoint: &EndpointModel, actions: &mut Vec<Action>) {
    let Some(last) = endpoint.connections.values().next_back() else {
        return;
    };
    if let ConnectionState::Closed(ending) = &last.state {
        let tokens = Tokens::of(ui);
        let words = ending.in_words(model.words);
        let color = if ending.is_bad() {
            tokens.error
        } else {
            tokens.muted_text
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(tokens.small_words(words, color));
            follow_ui(ui, model, last, actions);
        });
    }
}

fn options_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm, is_idle: bool) {
    let words = &model.words.cards;
    let problem = edited.options().err();
    ui.add_enabled_ui(is_idle, |ui| {
        field::text(
            ui,
            words.connect_timeout,
            &mut edited.connect_timeout_text,
            problem_of(problem.as_ref(), Field::ConnectTimeout, model.words).as_deref(),
        )
        .on_hover_text(words.connect_timeout_why);
        field::text(
            ui,
            words.read_buffer,
            &mut edited.read_buffer_text,
            problem_of(problem.as_ref(), Field::ReadBuffer, model.words).as_deref(),
        )
        .on_hover_text(words.read_buffer_why);
        finish_choice(ui, words, &mut edited.stay_half_open);
    });
    if !is_idle {
        ui.colored_label(Tokens::of(ui).muted_text, words.disconnect_to_change);
    }
    protocol_ui(ui, model.words, &mut edited.protocol);
}
