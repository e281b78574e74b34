//! What the cards of servers and clients share: frame, header, menu, counters, errors.

use egui::{Align, Event, Key, Layout, Response, RichText, Sense, TextEdit, Ui};

use super::super::action::Action;
use super::super::theme::Tokens;
use super::super::widgets::{Sign, alert, button, choice, field, sign_ui, small_label};
use crate::capture::EndpointState;
use crate::model::{EndpointModel, Model, Now};
use crate::session::CaptureId;
use crate::words::cards::Cards;
use crate::words::{InWords as _, Language};
use crate::workspace::{EndpointForm, EndpointKind, Field, FieldError};

/// What a card shows: one endpoint's form and state, with the whole model.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Card<'a> {
    pub(in crate::ui) model: &'a Model,
    pub(in crate::ui) form: &'a EndpointForm,
    pub(in crate::ui) endpoint: &'a EndpointModel,
    pub(in crate::ui) now: Now,
}

impl Card<'_> {
    /// Returns whether the timeline shows only this endpoint.
    fn is_chosen(self) -> bool {
        let is_live = self.model.shown() == CaptureId::Live;
        is_live && self.model.timeline.filter().endpoint == Some(self.form.id)
    }
}

/// The name of an endpoint while it is being changed.
#[derive(Default)]
pub(super) struct Renaming(Option<String>);

/// Shows the card's frame, brighter when the timeline shows only this endpoint.
pub(super) fn card_ui(ui: &mut Ui, card: Card<'_>, content: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let chosen = card.is_chosen();
    let stroke = egui::Stroke::new(1.0, if chosen { tokens.accent } else { tokens.border });
    egui::Frame::new()
        .fill(tokens.card)
        .stroke(stroke)
        .corner_radius(tokens.card_radius)
        .inner_margin(tokens.card_margin)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            content(ui);
        });
}

/// Shows the sign, name, state and menu. A click on the name shows only this endpoint's entries.
pub(super) fn header_ui(
    ui: &mut Ui,
    card: Card<'_>,
    renaming: &mut Renaming,
    actions: &mut Vec<Action>,
) {
    let Card { form, endpoint, .. } = card;
    let words = &card.model.words.cards;
    ui.horizontal(|ui| {
        sign_ui(ui, sign(&endpoint.status.state));
        if renaming.0.is_some() {
            rename_ui(ui, card, renaming, actions);
            return;
        }
        let chosen = card.is_chosen();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            menu_ui(ui, card, renaming, actions);
            let (state, color) = state_words(ui, card);
            ui.label(Tokens::of(ui).small_words(state, color));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let name = egui::Label::new(
                    RichText::new(&form.name)
                        .strong()
                        .family(Tokens::semibold()),
                )
                .truncate()
                .selectable(false)
                .sense(Sense::click());
                let hover = if chosen {
                    words.show_all
                } else {
                    words.show_only
                };
                let response = ui
                    .add(name)
                    .on_hover_text(hover)
                    .on_hover_cursor(egui::CursorIcon::PointingHand);
                if response.clicked() {
                    actions.push(Action::ShowOnly {
                        endpoint: (!chosen).then_some(form.id),
                        connection: None,
                    });
                }
                if response.double_clicked() {
                    renaming.0 = Some(form.name.clone());
                }
            });
        });
    });
}

fn rename_ui(ui: &mut Ui, card: Card<'_>, renaming: &mut Renaming, actions: &mut Vec<Action>) {
    let form = card.form;
    let Some(name) = &mut renaming.0 else { return };
    let response = ui.add(
        TextEdit::singleline(name)
            .desired_width(f32::INFINITY)
            .char_limit(60),
    );
    let response = response.accessible_name(card.model.words.cards.name);
    let is_new = !response.has_focus() && !response.lost_focus();
    if is_new {
        response.request_focus();
    } else if response.lost_focus() {
        let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
        if let Some(name) = renaming
            .0
            .take()
            .filter(|name| !cancelled && *name != form.name)
        {
            actions.push(Action::Rename {
                endpoint: form.id,
                name,
            });
        }
    }
}

fn menu_ui(ui: &mut Ui, card: Card<'_>, renaming: &mut Renaming, actions: &mut Vec<Action>) {
    let Card { form, endpoint, .. } = card;
    let words = &card.model.words.cards;
    let response = button::more(ui).accessible_name(words.more(&form.name));
    egui::Popup::menu(&response).show(|ui| {
        if let Some(connection) = endpoint
            .connected()
            .filter(|connection| connection.state.can_send())
        {
            if button::menu_item(ui, words.finish_sending) {
                let connection = connection.connection;
                actions.push(Action::FinishSending {
                    endpoint: form.id,
                    connection,
                });
            }
            ui.separator();
        }
        if button::menu_item(ui, words.rename) {
            renaming.0 = Some(form.name.clone());
        }
        if button::menu_item(ui, words.duplicate) {
            actions.push(Action::Duplicate(form.id));
        }
        ui.separator();
        if button::menu_item(ui, words.remove) {
            actions.push(Action::Remove(form.id));
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
    let words = &card.model.words.cards;
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
    let words = &card.model.words.common;
    small_label(ui, words.bytes(status.received_bytes, status.sent_bytes));
    let rate = card.endpoint.rate.rate(card.now);
    if !rate.is_zero() {
        small_label(ui, words.rates(rate.received, rate.sent));
    }
}

/// Shows what is wrong with the endpoint: the request that was refused, or what the engine reported.
pub(super) fn problem_ui(ui: &mut Ui, card: Card<'_>) {
    let endpoint = card.endpoint;
    let words = card.model.words;
    if let Some(problem) = &endpoint.problem {
        alert::problem(ui, words, problem.as_ref());
    }
    if let Some((_, error)) = &endpoint.status.error {
        alert::problem(ui, words, error.as_ref());
    }
}

/// Shows what is wrong with the field above.
pub(super) fn wrong_ui(ui: &mut Ui, problem: Option<&FieldError>, of: Field, words: &Language) {
    field::problem(ui, problem_of(problem, of, words).as_deref());
}

/// Returns the words for what is wrong with one field.
pub(super) fn problem_of(
    problem: Option<&FieldError>,
    field: Field,
    words: &Language,
) -> Option<String> {
    problem
        .filter(|it| it.field == field)
        .map(|it| it.problem.in_words(words))
}

/// Returns whether a field's text is complete: the field was left, or the text was pasted.
pub(super) fn is_entered(ui: &Ui, response: &Response) -> bool {
    let is_paste = |event: &Event| matches!(event, Event::Paste(_));
    response.lost_focus()
        || (response.changed() && ui.input(|input| input.events.iter().any(is_paste)))
}

/// Shows the buttons of a card: the one that starts or ends it (primary where it is the next thing to do), and the one
/// that unfolds its options.
pub(super) fn buttons_ui(
    ui: &mut Ui,
    words: &Cards,
    (name, is_next, action): (&str, bool, Action),
    options_open: &mut bool,
    actions: &mut Vec<Action>,
) {
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        if button::wide(left, name, is_next).clicked() {
            actions.push(action);
        }
        if button::toggle(right, words.options, *options_open).clicked() {
            *options_open = !*options_open;
        }
    });
}

/// Shows the choice of what an endpoint does when its peer has finished sending.
pub(super) fn finish_choice(ui: &mut Ui, words: &Cards, stay_half_open: &mut bool) {
    let choices = [(false, words.close), (true, words.stay_half_open)];
    field::row(ui, words.when_peer_finishes, |ui, _label| {
        choice::segmented(ui, words.when_peer_finishes, stay_half_open, &choices);
    });
}
