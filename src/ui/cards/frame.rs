//! What the cards of servers and clients share: frame, header, menu, counters, errors.

use egui::{Align, Event, Key, Layout, Response, RichText, Sense, TextEdit, Ui};

use super::super::widgets::{Sign, alert, button, choice, field, sign_ui, small_label};
use super::super::{Action, Tokens};
use super::{Card, acts};
use crate::capture::EndpointState;
use crate::script::Act;
use crate::words::cards::Cards;
use crate::words::{InWords as _, Language};
use crate::workspace::{EndpointKind, Field, FieldError};

/// Shows the card's frame, brighter when the timeline shows only this endpoint.
pub(super) fn card_ui(ui: &mut Ui, card: Card<'_>, content: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let chosen = card.is_chosen();
    let stroke = egui::Stroke::new(1.0, if chosen { tokens.accent } else { tokens.border });
    egui::Frame::new()
        .fill(tokens.card)
        .stroke(stroke)
        .corner_radius(Tokens::CARD_RADIUS)
        .inner_margin(Tokens::CARD_MARGIN)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            content(ui);
        });
}

/// Shows the sign, name, state and menu. A click on the name shows only this endpoint's entries.
pub(super) fn header_ui(ui: &mut Ui, card: Card<'_>, renaming: &mut Option<String>) {
    ui.horizontal(|ui| {
        sign_ui(ui, sign(&card.endpoint.status.state));
        if renaming.is_some() {
            return rename_ui(ui, card, renaming);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            menu_ui(ui, card, renaming);
            let (state, color) = state_words(ui, card);
            ui.label(Tokens::small_words(state, color));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                name_ui(ui, card, renaming);
            });
        });
    });
}

fn name_ui(ui: &mut Ui, card: Card<'_>, renaming: &mut Option<String>) {
    let (form, words) = (card.form, &card.cx.words.cards);
    let name = RichText::new(&form.name).strong();
    let name = egui::Label::new(name.family(Tokens::semibold()))
        .truncate()
        .selectable(false)
        .sense(Sense::click());
    let (hover, shown) = if card.is_chosen() {
        (words.show_all, None)
    } else {
        (words.show_only, Some(form.id))
    };
    let response = ui.add(name).on_hover_text(hover);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.clicked() {
        card.show(Action::ShowOnly(shown, None));
    }
    if response.double_clicked() {
        *renaming = Some(form.name.clone());
    }
}

fn rename_ui(ui: &mut Ui, card: Card<'_>, renaming: &mut Option<String>) {
    let Some(name) = renaming else { return };
    let field = TextEdit::singleline(name).desired_width(f32::INFINITY);
    let response = ui.add(field.char_limit(60));
    let response = response.accessible_name(card.cx.words.cards.name);
    if response.lost_focus() {
        let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
        let name = renaming.take().filter(|_| !cancelled);
        if let Some(name) = name.filter(|name| *name != card.form.name) {
            card.cx.push(Action::Rename(card.form.id, name));
        }
    } else if !response.has_focus() {
        response.request_focus();
    }
}

fn menu_ui(ui: &mut Ui, card: Card<'_>, renaming: &mut Option<String>) {
    let (cx, form, words) = (card.cx, card.form, &card.cx.words.cards);
    let response = button::more(ui).accessible_name(words.more(&form.name));
    egui::Popup::menu(&response).show(|ui| {
        let connected = card.endpoint.connected();
        if let Some(connection) = connected {
            if connection.state.can_send() && button::menu_item(ui, words.finish_sending) {
                cx.push(Action::Act(form.id, connection.connection, Act::Finish));
            }
            acts::menu_ui(ui, cx, form.id, connection);
            ui.separator();
        }
        if button::menu_item(ui, words.rename) {
            *renaming = Some(form.name.clone());
        }
        if button::menu_item(ui, words.duplicate) {
            cx.push(Action::Duplicate(form.id));
        }
        ui.separator();
        if button::menu_item(ui, words.remove) {
            cx.push(Action::Remove(form.id));
        }
    });
}

fn sign(state: &EndpointState) -> Sign {
    match state {
        EndpointState::Idle => Sign::Idle,
        EndpointState::Connecting => Sign::Waiting,
        EndpointState::Listening { paused: true, .. } => Sign::Half,
        EndpointState::Listening { .. } | EndpointState::Connected(_) => Sign::Good,
        EndpointState::Failed => Sign::Bad,
    }
}

fn state_words(ui: &Ui, card: Card<'_>) -> (&'static str, egui::Color32) {
    let tokens = Tokens::of(ui);
    let words = &card.cx.words.cards;
    match card.endpoint.status.state {
        EndpointState::Idle => match card.form.kind {
            EndpointKind::Server(_) => (words.stopped, tokens.muted_text),
            EndpointKind::Client(_) => (words.not_connected, tokens.muted_text),
        },
        EndpointState::Connecting => (words.connecting, tokens.caution),
        EndpointState::Listening { paused: true, .. } => (words.paused, tokens.caution),
        EndpointState::Listening { .. } => (words.listening, tokens.good),
        EndpointState::Connected(_) => (words.connected, tokens.good),
        EndpointState::Failed => (words.failed, tokens.error),
    }
}

/// Shows the bytes received and sent, with rates while data flows.
pub(super) fn traffic_ui(ui: &mut Ui, card: Card<'_>) {
    let status = &card.endpoint.status;
    if status.received_bytes == 0 && status.sent_bytes == 0 {
        return;
    }
    let words = &card.cx.words.common;
    small_label(ui, words.bytes(status.received_bytes, status.sent_bytes));
    let rate = card.endpoint.rate.rate(card.cx.now);
    if !rate.is_zero() {
        small_label(ui, words.rates(rate.received, rate.sent));
    }
}

/// Shows what is wrong with the endpoint: the request that was refused, or what the engine reported.
pub(super) fn problem_ui(ui: &mut Ui, card: Card<'_>) {
    let words = card.cx.words;
    if let Some(problem) = &card.endpoint.problem {
        alert::problem(ui, words, problem.as_ref());
    }
    if let Some((_, error)) = &card.endpoint.status.error {
        alert::problem(ui, words, error.as_ref());
    }
}

/// Shows what is wrong with the field above.
pub(super) fn wrong_ui(ui: &mut Ui, problem: Option<&FieldError>, of: Field, words: &Language) {
    field::problem(ui, problem_of(problem, of, words).as_deref());
}

/// Shows a labelled field, with what is wrong with it below.
pub(super) fn text_ui(
    ui: &mut Ui,
    words: &Language,
    name: &str,
    text: &mut String,
    (problem, of): (Option<&FieldError>, Field),
) -> Response {
    field::text(ui, name, text, problem_of(problem, of, words).as_deref())
}

fn problem_of(problem: Option<&FieldError>, of: Field, words: &Language) -> Option<String> {
    let problem = problem.filter(|it| it.field == of)?;
    Some(problem.problem.in_words(words))
}

/// Returns whether a field's text is complete: the field was left, or the text was pasted.
pub(super) fn is_entered(ui: &Ui, response: &Response) -> bool {
    let is_paste = |event: &Event| matches!(event, Event::Paste(_));
    response.lost_focus()
        || (response.changed() && ui.input(|input| input.events.iter().any(is_paste)))
}

/// Shows the choice of what an endpoint does when its peer has finished sending.
pub(super) fn finish_choice(ui: &mut Ui, words: &Cards, stay_half_open: &mut bool) {
    let choices = [(false, words.close), (true, words.stay_half_open)];
    field::row(ui, words.when_peer_finishes, |ui, _label| {
        choice::segmented(ui, words.when_peer_finishes, stay_half_open, &choices);
    });
}
