//! A server's card.

use egui::Ui;

use super::super::action::Action;
use super::super::widgets::{alert, button, choice, field, small_label};
use super::bind;
use super::frame::{
    Card, Renaming, buttons_ui, card_ui, finish_choice, header_ui, problem_of, problem_ui,
    traffic_ui,
};
use super::peers::Peers;
use super::protocol::protocol_ui;
use crate::model::Model;
use crate::payload::{Draft, Format};
use crate::words::cards::Cards;
use crate::workspace::{EndpointKind, Field, ProtocolForm, ReplyKind, ServerForm};

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
            reply_ui(ui, &model.words.cards, &mut edited);
            if edited.reply == ReplyKind::Fixed {
                self.reply_message_ui(ui, model, &mut edited.reply_message, &edited.protocol);
            }
            let words = &model.words.cards;
            let button = if bound.is_some() {
                (words.stop_server, false, Action::StopServer(form.id))
            } else {
                let is_next = model.next_server_to_start() == Some(form.id);
                (words.start_server, is_next, Action::StartServer(form.id))
            };
            buttons_ui(ui, words, button, &mut self.options_open, actions);
            problem_ui(ui, card);
            if endpoint
                .status
                .error
                .as_ref()
                .is_some_and(|(_, error)| error.is_port_taken())
                && button::plain(ui, model.words.cards.use_free_port).clicked()
            {
                actions.push(Action::UseFreePort(form.id));
            }
            if self.options_open {
                options_ui(ui, model, &mut edited, bound.is_some());
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

    /// Shows the fixed message. It is applied when the field is left, so that no half-typed message is ever sent.
    fn reply_message_ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        message: &mut Draft,
        protocol: &ProtocolForm,
    ) {
        let words = &model.words.cards;
        let mut shown = message.clone();
        if let Some(typed) = self.typed_reply.take() {
            shown.text = typed;
        }
        let field = field::multiline(ui, words.reply_message, &mut shown.text);
        ui.horizontal(|ui| {
            let mut is_hex = shown.format == Format::Hex;
            ui.checkbox(&mut is_hex, words.hex)
                .on_hover_text(words.hex_why);
            shown.format = if is_hex { Format::Hex } else { Format::Text };
            if !is_hex {
                ui.checkbox(&mut shown.escapes, words.escapes)
                    .on_hover_text(words.escapes_why);
            }
            ui.checkbox(&mut shown.template, words.template)
                .on_hover_text(words.template_why);
        });
        if let Err(error) = shown.compile(protocol.encoding) {
            alert::problem(ui, model.words, &error);
        }
        if field.has_focus() {
            small_label(ui, words.when_applied);
            self.typed_reply = Some(std::mem::replace(&mut shown.text, message.text.clone()));
        } else if protocol.framing_text.is_empty() {
            small_label(ui, words.replies_to_reads).on_hover_text(words.replies_to_reads_why);
        } else {
            small_label(ui, words.replies_to_frames);
        }
        *message = shown;
    }
}

fn reply_ui(ui: &mut Ui, words: &Cards, edited: &mut ServerForm) {
    let choices = [
        (ReplyKind::Echo, words.echo),
        (ReplyKind::Fixed, words.fixed),
        (ReplyKind::None, words.no_reply),
    ];
    field::row(ui, words.reply, |ui, label| {
        let width = ui.available_width();
        choice::list(ui, words.reply, width, &mut edited.reply, &choices).labelled_by(label);
    });
}

/// Shows what is rarely changed. What only applies at the next start is disabled while the server listens.
fn options_ui(ui: &mut Ui, model: &Model, edited: &mut ServerForm, listens: bool) {
    let words = &model.words.cards;
    let problem = edited.parse().err();
    ui.add_enabled_ui(!listens, |ui| {
        field::text(
            ui,
            words.backlog,
            &mut edited.backlog_text,
            problem_of(problem.as_ref(), Field::Backlog, model.words).as_deref(),
        )
        .on_hover_text(words.backlog_why)
        .on_disabled_hover_text(words.stop_to_change);
    });
    field::text(
        ui,
        words.read_buffer,
        &mut edited.read_buffer_text,
        problem_of(problem.as_ref(), Field::ReadBuffer, model.words).as_deref(),
    )
    .on_hover_text(words.read_buffer_why);
    ui.checkbox(&mut edited.close_after_reply, words.close_after_reply);
    finish_choice(ui, words, &mut edited.stay_half_open);
    if listens {
        small_label(ui, words.new_data);
    }
    protocol_ui(ui, model.words, &mut edited.protocol);
}
