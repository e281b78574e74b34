//! A server's card.

use egui::{ComboBox, Ui};

use super::super::action::Action;
use super::super::widgets::{alert, button, field, small_label};
use super::bind;
use super::frame::{Card, Renaming, card_ui, header_ui, problem_of, problem_ui, traffic_ui};
use super::peers::Peers;
use super::protocol::protocol_ui;
use crate::model::Model;
use crate::payload::{Draft, Format};
use crate::words::{InWords as _, Language};
use crate::workspace::{EndpointForm, EndpointKind, Field, ProtocolForm, ReplyKind, ServerForm};

/// A server's card: what is unfolded, what is being typed.
#[derive(Default)]
pub(in crate::ui) struct ServerCard {
    renaming: Renaming,
    options_open: bool,
    /// The fixed message while it is being typed.
    typed_reply: Option<String>,
    peers: Peers,
}

impl ServerCard {
    /// Shows the card.
    pub(in crate::ui) fn ui(
        &mut self,
        ui: &mut Ui,
        card: Card<'_>,
        server: &ServerForm,
        actions: &mut Vec<Action>,
    ) {
        let Card {
            model,
            form,
            endpoint,
            ..
        } = card;
        let mut edited = server.clone();
        let bound = endpoint.bound();
        card_ui(ui, card, |ui| {
            header_ui(ui, card, &mut self.renaming, actions);
            if bound.is_some() {
                bind::bound_ui(ui, model, &endpoint.status.state, actions);
            } else {
                bind::fields_ui(ui, model, &mut edited, actions);
            }
            reply_ui(ui, &mut edited);
            if edited.reply == ReplyKind::Fixed {
                self.reply_message_ui(ui, &mut edited.reply_message, &edited.protocol, model.words);
            }
            self.buttons_ui(ui, model, form, bound.is_some(), actions);
            problem_ui(ui, card);
            if endpoint
                .status
                .error
                .as_ref()
                .is_some_and(|(_, error)| error.is_port_taken())
                && button::plain(ui, "Use a free port").clicked()
            {
                actions.push(Action::UseFreePort(form.id));
            }
            if self.options_open {
                options_ui(ui, &mut edited, bound.is_some(), model.words);
            }
            traffic_ui(ui, card);
            self.peers.ui(ui, model, form.id, endpoint, actions);
        });
        if edited != *server {
            actions.push(Action::Edit {
                endpoint: form.id,
                kind: EndpointKind::Server(edited),
            });
        }
    }

    /// Shows the fixed message. It is taken over when the field is left, so that no half-typed one is ever sent.
    fn reply_message_ui(
        &mut self,
        ui: &mut Ui,
        message: &mut Draft,
        protocol: &ProtocolForm,
        words: &Language,
    ) {
        let mut shown = message.clone();
        if let Some(typed) = self.typed_reply.take() {
            shown.text = typed;
        }
        let field = field::multiline(ui, "Reply message", &mut shown.text);
        ui.horizontal(|ui| {
            let mut is_hex = shown.format == Format::Hex;
            ui.checkbox(&mut is_hex, "Hex")
                .on_hover_text("The message is written in hex digits");
            shown.format = if is_hex { Format::Hex } else { Format::Text };
            if !is_hex {
                ui.checkbox(&mut shown.escapes, "Escapes")
                    .on_hover_text(r"\n, \x0A and the like stand for bytes");
            }
            ui.checkbox(&mut shown.template, "Template")
                .on_hover_text("Fields such as {{counter}} are computed for each reply");
        });
        if let Err(error) = shown.compile(protocol.encoding) {
            alert::block(ui, &error.in_words(words), None);
        }
        if field.has_focus() {
            small_label(ui, "Taken over when you leave the field");
            self.typed_reply = Some(std::mem::replace(&mut shown.text, message.text.clone()));
        } else if protocol.framing_text.is_empty() {
            small_label(ui, "Answers each chunk that is read")
                .on_hover_text("A framing, in Options, makes it answer each frame");
        } else {
            small_label(ui, "Answers each frame");
        }
        *message = shown;
    }

    fn buttons_ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        form: &EndpointForm,
        listens: bool,
        actions: &mut Vec<Action>,
    ) {
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            if listens {
                if button::wide(left, "Stop server", false).clicked() {
                    actions.push(Action::StopServer(form.id));
                }
            } else {
                let is_next = model.next_server_to_start() == Some(form.id);
                if button::wide(left, "Start server", is_next).clicked() {
                    actions.push(Action::StartServer(form.id));
                }
            }
            if button::toggle(right, "Options", self.options_open).clicked() {
                self.options_open = !self.options_open;
            }
        });
    }
}

fn reply_ui(ui: &mut Ui, edited: &mut ServerForm) {
    const CHOICES: [(ReplyKind, &str); 3] = [
        (ReplyKind::Echo, "Echo"),
        (ReplyKind::Fixed, "Fixed message"),
        (ReplyKind::None, "None"),
    ];
    field::row(ui, "Reply", |ui, label| {
        let shown = CHOICES
            .iter()
            .find(|(kind, _)| *kind == edited.reply)
            .map_or("", |(_, words)| *words);
        let combo = ComboBox::from_id_salt("reply")
            .selected_text(shown)
            .width(ui.available_width())
            .show_ui(ui, |ui| {
                for (kind, words) in CHOICES {
                    if ui
                        .selectable_value(&mut edited.reply, kind, words)
                        .clicked()
                    {
                        ui.close();
                    }
                }
            });
        combo.response.labelled_by(label).accessible_name("Reply");
    });
}

/// Shows what is rarely changed. What only a new start takes over is fixed while the server listens.
fn options_ui(ui: &mut Ui, edited: &mut ServerForm, listens: bool, words: &Language) {
    let problem = edited.parse().err();
    ui.add_enabled_ui(!listens, |ui| {
        field::text(
            ui,
            "Backlog",
            &mut edited.backlog_text,
            problem_of(problem.as_ref(), Field::Backlog, words).as_deref(),
        )
        .on_hover_text("How many connections may wait to be accepted; the system may cap it")
        .on_disabled_hover_text("Stop the server to change it");
    });
    field::text(
        ui,
        "Read buffer",
        &mut edited.read_buffer_text,
        problem_of(problem.as_ref(), Field::ReadBuffer, words).as_deref(),
    )
    .on_hover_text("The most bytes that one read returns: 1 to 1m");
    ui.checkbox(&mut edited.close_after_reply, "Close after replying");
    field::finish_choice(ui, &mut edited.stay_half_open);
    if listens {
        small_label(ui, "For what is read from now on");
    }
    protocol_ui(ui, &mut edited.protocol, words);
}
