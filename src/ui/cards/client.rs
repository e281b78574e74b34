//! A client's card.

use egui::{ComboBox, Label, RichText, Ui};

use super::super::widgets::{button, field, spoken_label};
use super::super::{Action, Tokens, clock};
use super::Card;
use super::behaviour::{self, Typed};
use super::bind::{path_ui, transport_ui};
use super::frame::{is_entered, text_ui, wrong_ui};
use super::protocol::protocol_ui;
use super::socket::socket_ui;
use crate::capture::{ConnectionState, ConnectionStatus, EndpointState};
use crate::model::{EndpointModel, Model};
use crate::words::InWords as _;
use crate::workspace::{ClientForm, EndpointKind, Field, ReplyKind, TargetForm, Transport};

/// Shows the connection, or what the client connects to; returns the button that connects or disconnects it.
pub(super) fn settings_ui(
    ui: &mut Ui,
    card: Card<'_>,
    edited: &mut ClientForm,
    typed: &mut Typed,
) -> (&'static str, bool, Action) {
    let (cx, id, words) = (card.cx, card.form.id, &card.cx.words.cards);
    match card.endpoint.connected() {
        Some(connection) => connection_ui(ui, card, connection),
        None => target_ui(ui, cx, edited, is_idle(card)),
    }
    if edited.behaviour.reply != ReplyKind::None {
        behaviour::reply_ui(ui, card, &mut edited.behaviour, &edited.protocol, typed);
    }
    if is_idle(card) {
        (words.connect, false, Action::Connect(id))
    } else {
        (words.disconnect, false, Action::DisconnectClient(id))
    }
}

fn is_idle(card: Card<'_>) -> bool {
    let state = &card.endpoint.status.state;
    matches!(state, EndpointState::Idle | EndpointState::Failed)
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
    let bound = model.endpoints.get(&server).and_then(EndpointModel::bound);
    let (text, font) = match bound {
        Some(bound) => (format!("→ {}", bound.reachable()), Tokens::data()),
        None => (model.words.cards.not_listening.to_owned(), Tokens::small()),
    };
    let text = RichText::new(text).font(font);
    ui.add(Label::new(text.color(Tokens::of(ui).muted_text)).truncate());
}

fn address_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm) {
    let words = &model.words.cards;
    let problem = edited.parse(None).err();
    transport_ui(ui, words, &mut edited.remote.transport);
    if edited.remote.transport == Transport::Unix {
        path_ui(ui, model, &mut edited.remote, problem.as_ref());
        return;
    }
    field::row(ui, words.remote_host, |ui, label| {
        let width = ui.available_width();
        let text = &mut edited.remote.host_text;
        let response = field::input(ui, words.remote_host, text, width).labelled_by(label);
        if is_entered(ui, &response) {
            edited.remote = edited.remote.taken_apart();
        }
    });
    wrong_ui(ui, problem.as_ref(), Field::RemoteHost, model.words);
    field::row(ui, words.remote_port, |ui, label| {
        let text = &mut edited.remote.port_text;
        field::input(ui, words.remote_port, text, 80.0).labelled_by(label);
    });
    wrong_ui(ui, problem.as_ref(), Field::RemotePort, model.words);
}

/// Shows the connection: both addresses, how long the connect took, and since when it is open.
fn connection_ui(ui: &mut Ui, card: Card<'_>, connection: &ConnectionStatus) {
    let words = &card.cx.words.cards;
    let local = connection.local.as_ref().map(|local| format!("{local} "));
    let ends = format!("{}→ {}", local.unwrap_or_default(), connection.peer);
    let ends = RichText::new(ends).font(Tokens::data());
    let spoken = words.connected_to(&connection.peer.to_string());
    spoken_label(ui, Label::new(ends).wrap(), &spoken);
    let half_closed = match connection.state {
        ConnectionState::PeerFinished => Some(words.half_closed_by_peer.to_owned()),
        ConnectionState::WeFinished => Some(words.half_closed_by_us.to_owned()),
        ConnectionState::Open | ConnectionState::Closed(_) => None,
    };
    let took = connection.connect_took.map(|took| words.connected_in(took));
    let since = words.since(&clock::seconds(connection.since));
    let parts = [half_closed, took, Some(since)];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    state_ui(ui, card, connection, parts, Tokens::of(ui).muted_text);
}

/// Shows how a connection stands, with the button that opens the whole connection.
fn state_ui(
    ui: &mut Ui,
    card: Card<'_>,
    connection: &ConnectionStatus,
    state: String,
    color: egui::Color32,
) {
    ui.horizontal_wrapped(|ui| {
        ui.label(Tokens::small_words(state, color));
        let words = &card.cx.words.cards;
        let follow = button::small(ui, words.follow);
        if follow.on_hover_text(words.follow_why).clicked() {
            let (endpoint, connection) = (connection.endpoint, connection.connection);
            card.show(Action::FollowConnection(endpoint, connection, None));
        }
    });
}

/// Shows how the last connection of an idle client ended.
pub(super) fn ended_ui(ui: &mut Ui, card: Card<'_>) {
    if card.endpoint.status.state != EndpointState::Idle {
        return;
    }
    let Some(last) = card.endpoint.connections.values().next_back() else {
        return;
    };
    if let ConnectionState::Closed(ending) = &last.state {
        let tokens = Tokens::of(ui);
        let color = if ending.is_bad() {
            tokens.error
        } else {
            tokens.muted_text
        };
        state_ui(ui, card, last, ending.in_words(card.cx.words), color);
    }
}

/// Shows what is rarely changed, disabled while the client is connected.
pub(super) fn options_ui(ui: &mut Ui, card: Card<'_>, edited: &mut ClientForm, typed: &mut Typed) {
    let (language, words) = (card.cx.words, &card.cx.words.cards);
    let problem = edited.problem();
    let problem = problem.as_ref();
    ui.add_enabled_ui(is_idle(card), |ui| {
        let at = (problem, Field::ConnectTimeout);
        let text = &mut edited.connect_timeout_text;
        text_ui(ui, language, words.connect_timeout, text, at)
            .on_hover_text(words.connect_timeout_why);
        if edited.behaviour.reply == ReplyKind::None {
            behaviour::reply_ui(ui, card, &mut edited.behaviour, &edited.protocol, typed);
        }
        behaviour::options_ui(ui, card, &mut edited.behaviour, problem);
        behaviour::greeting_ui(ui, card, &mut edited.behaviour, &edited.protocol, typed);
    });
    if !is_idle(card) {
        ui.colored_label(Tokens::of(ui).muted_text, words.disconnect_to_change);
    }
    protocol_ui(ui, language, &mut edited.protocol);
    if edited.remote.transport == Transport::Tcp {
        ui.add_enabled_ui(is_idle(card), |ui| {
            socket_ui(ui, language, &mut edited.socket, problem, true);
        });
    }
}
