//! A client's card.

use egui::{ComboBox, FontId, Label, RichText, Ui};

use super::super::action::Action;
use super::super::clock;
use super::super::theme::Tokens;
use super::super::widgets::{button, field, spoken_label};
use super::frame::{
    Card, Renaming, card_ui, header_ui, is_entered, problem_of, problem_ui, traffic_ui,
};
use super::protocol::protocol_ui;
use crate::capture::{ConnectionState, ConnectionStatus, EndpointState};
use crate::model::{EndpointModel, Model};
use crate::words::{InWords as _, Language, number};
use crate::workspace::{ClientForm, EndpointForm, EndpointKind, Field, TargetForm, reachable};

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
                Some(connection) => connection_ui(ui, connection, actions),
                None => target_ui(ui, model, &mut edited, is_idle),
            }
            self.buttons_ui(ui, form, is_idle, actions);
            problem_ui(ui, card);
            if self.options_open {
                options_ui(ui, &mut edited, is_idle, model.words);
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

    fn buttons_ui(
        &mut self,
        ui: &mut Ui,
        form: &EndpointForm,
        is_idle: bool,
        actions: &mut Vec<Action>,
    ) {
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            if is_idle {
                if button::wide(left, "Connect", false).clicked() {
                    actions.push(Action::Connect(form.id));
                }
            } else if button::wide(left, "Disconnect", false).clicked() {
                actions.push(Action::DisconnectClient(form.id));
            }
            if button::toggle(right, "Options", self.options_open).clicked() {
                self.options_open = !self.options_open;
            }
        });
    }
}

/// Shows whom the client connects to.
fn target_ui(ui: &mut Ui, model: &Model, edited: &mut ClientForm, is_idle: bool) {
    ui.add_enabled_ui(is_idle, |ui| {
        field::row(ui, "Target", |ui, label| {
            let shown = match edited.target {
                TargetForm::Server(id) => model.name(id).unwrap_or("Choose a server").to_owned(),
                TargetForm::Address => "Host and port".to_owned(),
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
                    ui.selectable_value(&mut edited.target, TargetForm::Address, "Host and port");
                });
            combo.response.labelled_by(label).accessible_name("Target");
        });
        match edited.target {
            TargetForm::Server(server) => follows_ui(ui, model, server),
            TargetForm::Address => address_ui(ui, edited, model.words),
        }
    });
}

/// Shows the address of the server that the client follows.
fn follows_ui(ui: &mut Ui, model: &Model, server: crate::net::EndpointId) {
    let tokens = Tokens::of(ui);
    let bound = model.endpoints.get(&server).and_then(EndpointModel::bound);
    let (words, font) = match bound {
        Some(bound) => (
            format!("→ {}", reachable(bound)),
            FontId::monospace(tokens.data_size),
        ),
        None => (
            "not listening yet".to_owned(),
            FontId::proportional(tokens.small_size),
        ),
    };
    ui.add(Label::new(RichText::new(words).font(font).color(tokens.muted_text)).truncate());
}

fn address_ui(ui: &mut Ui, edited: &mut ClientForm, words: &Language) {
    let problem = edited.parse(None).err();
    field::row(ui, "Remote host", |ui, label| {
        let width = ui.available_width();
        let response =
            field::input(ui, "Remote host", &mut edited.remote_host_text, width).labelled_by(label);
        if is_entered(ui, &response) {
            *edited = edited.taken_apart();
        }
    });
    field::problem(
        ui,
        problem_of(problem.as_ref(), Field::RemoteHost, words).as_deref(),
    );
    field::row(ui, "Remote port", |ui, label| {
        field::input(ui, "Remote port", &mut edited.remote_port_text, 80.0).labelled_by(label);
    });
    field::problem(
        ui,
        problem_of(problem.as_ref(), Field::RemotePort, words).as_deref(),
    );
}

/// Shows the connection: both ends, how long the connect took, since when.
fn connection_ui(ui: &mut Ui, connection: &ConnectionStatus, actions: &mut Vec<Action>) {
    let tokens = Tokens::of(ui);
    let local = connection
        .local
        .map_or_else(String::new, |local| format!("{local} "));
    let ends = RichText::new(format!("{local}→ {}", connection.peer))
        .font(FontId::monospace(tokens.data_size));
    let spoken = format!("Connected to {}", connection.peer);
    spoken_label(ui, Label::new(ends).wrap(), &spoken);
    let mut words = Vec::new();
    match connection.state {
        ConnectionState::PeerFinished => words.push("half-closed by the peer (FIN)".to_owned()),
        ConnectionState::WeFinished => words.push("half-closed by us (FIN)".to_owned()),
        ConnectionState::Open | ConnectionState::Closed(_) => {}
    }
    if let Some(took) = connection.connect_took {
        words.push(format!("connected in {}", number::duration(took)));
    }
    words.push(format!("since {}", clock::seconds(connection.since)));
    let words = RichText::new(words.join(", "))
        .color(tokens.muted_text)
        .size(tokens.small_size);
    ui.horizontal_wrapped(|ui| {
        ui.label(words);
        follow_ui(ui, connection, actions);
    });
}

/// Shows the button that opens the whole connection.
fn follow_ui(ui: &mut Ui, connection: &ConnectionStatus, actions: &mut Vec<Action>) {
    let follow = button::small(ui, "Follow connection");
    if follow
        .on_hover_text("Show the whole connection as text or as a hex dump")
        .clicked()
    {
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
            ui.label(RichText::new(words).color(color).size(tokens.small_size));
            follow_ui(ui, last, actions);
        });
    }
}

fn options_ui(ui: &mut Ui, edited: &mut ClientForm, is_idle: bool, words: &Language) {
    let problem = edited.options().err();
    ui.add_enabled_ui(is_idle, |ui| {
        field::text(
            ui,
            "Connect timeout",
            &mut edited.connect_timeout_text,
            problem_of(problem.as_ref(), Field::ConnectTimeout, words).as_deref(),
        )
        .on_hover_text("How long each address may take: 200ms, 5s, 1m");
        field::text(
            ui,
            "Read buffer",
            &mut edited.read_buffer_text,
            problem_of(problem.as_ref(), Field::ReadBuffer, words).as_deref(),
        )
        .on_hover_text("The most bytes that one read returns: 1 to 1m");
        field::finish_choice(ui, &mut edited.stay_half_open);
    });
    if !is_idle {
        ui.colored_label(Tokens::of(ui).muted_text, "Disconnect to change them");
    }
    protocol_ui(ui, &mut edited.protocol, words);
}
