//! A server's card.

use egui::Ui;

use super::super::Action;
use super::super::widgets::{alert, button, choice, field, small_label};
use super::frame::{finish_choice, text_ui};
use super::protocol::protocol_ui;
use super::{Card, bind};
use crate::payload::Format;
use crate::words::cards::Cards;
use crate::workspace::{Field, ReplyKind, ServerForm};

/// Shows where the server listens and what it replies; returns the button that starts or stops it.
pub(super) fn settings_ui(
    ui: &mut Ui,
    card: Card<'_>,
    edited: &mut ServerForm,
    typed_reply: &mut Option<String>,
) -> (&'static str, bool, Action) {
    let (cx, id, words) = (card.cx, card.form.id, &card.cx.words.cards);
    let bound = card.endpoint.bound();
    if bound.is_some() {
        bind::bound_ui(ui, cx, &card.endpoint.status.state);
    } else {
        bind::fields_ui(ui, cx, edited);
    }
    reply_ui(ui, words, edited);
    if edited.reply == ReplyKind::Fixed {
        reply_message_ui(ui, card, edited, typed_reply);
    }
    if bound.is_some() {
        return (words.stop_server, false, Action::StopServer(id));
    }
    let is_next = cx.next_server_to_start() == Some(id);
    (words.start_server, is_next, Action::StartServer(id))
}

/// Offers another port where the server's own is taken.
pub(super) fn free_port_ui(ui: &mut Ui, card: Card<'_>) {
    let error = card.endpoint.status.error.as_ref();
    let is_taken = error.is_some_and(|(_, error)| error.is_port_taken());
    if is_taken && button::plain(ui, card.cx.words.cards.use_free_port).clicked() {
        card.cx.push(Action::UseFreePort(card.form.id));
    }
}

/// Shows the fixed message. It is applied when the field is left, so that no half-typed message is ever sent.
fn reply_message_ui(
    ui: &mut Ui,
    card: Card<'_>,
    edited: &mut ServerForm,
    typed_reply: &mut Option<String>,
) {
    let words = &card.cx.words.cards;
    let mut shown = edited.reply_message.clone();
    if let Some(typed) = typed_reply.take() {
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
    if let Err(error) = shown.compile(edited.protocol.sent.encoding) {
        alert::problem(ui, card.cx.words, &error);
    }
    if field.has_focus() {
        small_label(ui, words.when_applied);
        let applied = edited.reply_message.text.clone();
        *typed_reply = Some(std::mem::replace(&mut shown.text, applied));
    } else if edited.protocol.received.framing_text.is_empty() {
        small_label(ui, words.replies_to_reads).on_hover_text(words.replies_to_reads_why);
    } else {
        small_label(ui, words.replies_to_frames);
    }
    edited.reply_message = shown;
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
pub(super) fn options_ui(ui: &mut Ui, card: Card<'_>, edited: &mut ServerForm) {
    let (language, words) = (card.cx.words, &card.cx.words.cards);
    let listens = card.endpoint.bound().is_some();
    let problem = edited.parse().err();
    ui.add_enabled_ui(!listens, |ui| {
        let at = (problem.as_ref(), Field::Backlog);
        text_ui(ui, language, words.backlog, &mut edited.backlog_text, at)
            .on_hover_text(words.backlog_why)
            .on_disabled_hover_text(words.stop_to_change);
    });
    let at = (problem.as_ref(), Field::ReadBuffer);
    let text = &mut edited.read_buffer_text;
    text_ui(ui, language, words.read_buffer, text, at).on_hover_text(words.read_buffer_why);
    ui.checkbox(&mut edited.close_after_reply, words.close_after_reply);
    finish_choice(ui, words, &mut edited.stay_half_open);
    if listens {
        small_label(ui, words.new_data);
    }
    protocol_ui(ui, language, &mut edited.protocol);
}
