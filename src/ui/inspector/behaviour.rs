//! What an endpoint does by itself: its greeting and its reply.

use egui::Ui;

use super::super::Wish;
use super::super::endpoint::ShownEndpoint;
use super::super::widgets::{alert, button, choice, field, small_label};
use super::super::wish::InspectorTab;
use super::form::{finish_choice, text_ui};
use crate::payload::{Draft, Format};
use crate::words::endpoints::Endpoints;
use crate::workspace::{
    BehaviourForm, FieldError, FormField, ProtocolForm, ReplyKind, TransportKind,
};

/// Messages that are being typed. They are applied when the field is left, so that no half-typed message is ever sent.
#[derive(Default)]
pub(super) struct Typed {
    greeting: TypedText,
    reply: TypedText,
}

#[derive(Default)]
struct TypedText {
    text: Option<String>,
    /// Whether its field was shown since it was asked last.
    is_shown: bool,
    /// Whether the keyboard goes to its field.
    is_wanted: bool,
}

impl Typed {
    /// Applies what was typed in fields that were not shown since the last call: nobody will leave those.
    pub(super) fn leave(&mut self, edited: &mut BehaviourForm) {
        self.greeting.leave(&mut edited.greeting);
        self.reply.leave(&mut edited.reply_message);
    }
}

impl TypedText {
    fn leave(&mut self, edited: &mut Draft) {
        if std::mem::take(&mut self.is_shown) {
            return;
        }
        if let Some(text) = self.text.take() {
            edited.text = text;
        }
    }
}

/// Shows the choice of a reply, and the message of a fixed one.
pub(super) fn reply_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut BehaviourForm,
    protocol: &ProtocolForm,
    typed: &mut Typed,
) {
    let words = &shown.cx.words.endpoints;
    let choices = [
        (ReplyKind::Echo, words.echo),
        (ReplyKind::Fixed, words.fixed),
        (ReplyKind::Rules, shown.cx.words.rules.tab),
        (ReplyKind::None, words.no_reply),
    ];
    field::label(ui, words.reply);
    let before = edited.reply;
    ui.horizontal(|ui| {
        // Four of them are to fit.
        ui.spacing_mut().button_padding.x = 8.0;
        let width = ui.available_width();
        if choice::width(ui, &choices) <= width {
            choice::segmented(ui, words.reply, &mut edited.reply, &choices);
        } else {
            choice::list(ui, words.reply, width, &mut edited.reply, &choices);
        }
    });
    // Whoever chooses it wants to write it.
    let is_new = edited.reply != before;
    typed.reply.is_wanted |= is_new;
    if edited.reply == ReplyKind::Rules {
        rules_ui(ui, shown, edited, is_new);
    }
    if edited.reply != ReplyKind::Fixed {
        typed.reply.is_wanted = false;
        return;
    }
    let name = words.reply_message;
    let is_typing = message_ui(
        ui,
        shown,
        name,
        &mut edited.reply_message,
        protocol,
        &mut typed.reply,
    );
    if !is_typing {
        when_ui(ui, words, shown.transport(), protocol);
    }
}

/// Shows how many rules there are, and the way to them. Whoever chooses them wants to see them.
fn rules_ui(ui: &mut Ui, shown: ShownEndpoint<'_>, edited: &BehaviourForm, is_new: bool) {
    let words = &shown.cx.words.rules;
    ui.horizontal(|ui| {
        let edit = button::plain(ui, words.edit_them);
        if is_new || edit.clicked() {
            shown.cx.wish(Wish::Inspect(InspectorTab::Rules));
        }
        let rules = &edited.rules.rules;
        let on = rules.iter().filter(|it| it.is_on).count();
        let count = if on == rules.len() {
            words.count(on as u64)
        } else {
            words.count_on(on as u64, rules.len() as u64)
        };
        small_label(ui, count);
    });
}

/// Shows what the endpoint sends first.
pub(super) fn greeting_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut BehaviourForm,
    protocol: &ProtocolForm,
    typed: &mut Typed,
) {
    let words = &shown.cx.words.endpoints;
    let name = words.greeting;
    let is_typing = message_ui(
        ui,
        shown,
        name,
        &mut edited.greeting,
        protocol,
        &mut typed.greeting,
    );
    if !is_typing {
        let why = if shown.transport().is_udp() {
            words.greeting_of_datagrams_why
        } else {
            words.greeting_why
        };
        small_label(ui, why);
    }
}

/// Shows the rarely changed settings of a behaviour.
pub(super) fn options_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    edited: &mut BehaviourForm,
    problem: Option<&FieldError>,
) {
    let (language, words) = (shown.cx.words, &shown.cx.words.endpoints);
    let at = (problem, FormField::ReadBuffer);
    let text = &mut edited.read_buffer_text;
    if shown.transport().is_udp() {
        text_ui(ui, language, words.read_buffer, text, at)
            .on_hover_text(words.read_buffer_of_datagrams_why);
        ui.checkbox(&mut edited.close_after_reply, words.forget_after_reply)
            .on_hover_text(words.forget_after_reply_why);
        return;
    }
    text_ui(ui, language, words.read_buffer, text, at).on_hover_text(words.read_buffer_why);
    ui.checkbox(&mut edited.close_after_reply, words.close_after_reply);
    finish_choice(ui, words, &mut edited.stay_half_open);
}

/// Shows a message with its format. Returns whether it is being typed.
fn message_ui(
    ui: &mut Ui,
    shown: ShownEndpoint<'_>,
    name: &str,
    draft: &mut Draft,
    protocol: &ProtocolForm,
    typed: &mut TypedText,
) -> bool {
    let words = &shown.cx.words.endpoints;
    let mut edited = draft.clone();
    typed.is_shown = true;
    if let Some(typed) = typed.text.take() {
        edited.text = typed;
    }
    let field = field::multiline(ui, name, &mut edited.text);
    if std::mem::take(&mut typed.is_wanted) {
        field.request_focus();
        field.scroll_to_me(None);
    }
    ui.push_id(name, |ui| format_ui(ui, words, &mut edited));
    if !edited.text.is_empty()
        && let Err(error) = edited.compile(protocol.sent.encoding)
    {
        alert::problem(ui, shown.cx.words, &error);
    }
    let is_typing = field.has_focus();
    if is_typing {
        small_label(ui, words.when_applied);
        let applied = draft.text.clone();
        typed.text = Some(std::mem::replace(&mut edited.text, applied));
    }
    *draft = edited;
    is_typing
}

fn format_ui(ui: &mut Ui, words: &Endpoints, edited: &mut Draft) {
    ui.horizontal(|ui| {
        let mut is_hex = edited.format == Format::Hex;
        ui.checkbox(&mut is_hex, words.hex)
            .on_hover_text(words.hex_why);
        edited.format = if is_hex { Format::Hex } else { Format::Text };
        if !is_hex {
            ui.checkbox(&mut edited.escapes, words.escapes)
                .on_hover_text(words.escapes_why);
        }
        ui.checkbox(&mut edited.template, words.template)
            .on_hover_text(words.template_why);
    });
}

fn when_ui(ui: &mut Ui, words: &Endpoints, transport: TransportKind, protocol: &ProtocolForm) {
    if transport.is_udp() {
        small_label(ui, words.replies_to_datagrams);
    } else if protocol.received.framing_text.is_empty() {
        small_label(ui, words.replies_to_reads).on_hover_text(words.replies_to_reads_why);
    } else {
        small_label(ui, words.replies_to_frames);
    }
}
