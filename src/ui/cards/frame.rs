//! What the cards of servers and clients share: frame, header, menu, counters, errors.

use egui::{Align, Event, Key, Layout, Response, RichText, Sense, TextEdit, Ui};

use super::super::action::Action;
use super::super::theme::Tokens;
use super::super::widgets::{Sign, alert, button, sign_ui, small_label};
use crate::capture::EndpointState;
use crate::model::{EndpointModel, Model, Now};
use crate::session::CaptureId;
use crate::words::{InWords as _, Language};
use crate::workspace::{EndpointForm, EndpointKind, Field, FieldError};

/// What a card shows: one endpoint from its form and its state, within the whole.
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

/// Shows sign, name, state and menu. A click on the name shows only this endpoint's entries.
pub(super) fn header_ui(
    ui: &mut Ui,
    card: Card<'_>,
    renaming: &mut Renaming,
    actions: &mut Vec<Action>,
) {
    let Card { form, endpoint, .. } = card;
    ui.horizontal(|ui| {
        sign_ui(ui, sign(&endpoint.status.state));
        if renaming.0.is_some() {
            rename_ui(ui, form, renaming, actions);
            return;
        }
        let chosen = card.is_chosen();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            menu_ui(ui, form, endpoint, renaming, actions);
            let (words, color) = state_words(ui, form, &endpoint.status.state);
            ui.label(
                RichText::new(words)
                    .color(color)
                    .size(Tokens::of(ui).small_size),
            );
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
                    "Show all entries"
                } else {
                    "Show only its entries"
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

fn rename_ui(ui: &mut Ui, form: &EndpointForm, renaming: &mut Renaming, actions: &mut Vec<Action>) {
    let Some(name) = &mut renaming.0 else { return };
    let response = ui.add(
        TextEdit::singleline(name)
            .desired_width(f32::INFINITY)
            .char_limit(60),
    );
    let response = response.accessible_name("Name");
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

fn menu_ui(
    ui: &mut Ui,
    form: &EndpointForm,
    endpoint: &EndpointModel,
    renaming: &mut Renaming,
    actions: &mut Vec<Action>,
) {
    let response = button::more(ui).accessible_name(format!("More for {}", form.name));
    egui::Popup::menu(&response).show(|ui| {
        if let Some(connection) = endpoint
            .connected()
            .filter(|connection| connection.state.can_send())
        {
            if button::menu_item(ui, "Finish sending (FIN)") {
                let connection = connection.connection;
                actions.push(Action::FinishSending {
                    endpoint: form.id,
                    connection,
                });
            }
            ui.separator();
        }
        if button::menu_item(ui, "Rename") {
            renaming.0 = Some(form.name.clone());
        }
        if button::menu_item(ui, "Duplicate") {
            actions.push(Action::Duplicate(form.id));
        }
        ui.separator();
        if button::menu_item(ui, "Stop and remove") {
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

fn state_words(
    ui: &Ui,
    form: &EndpointForm,
    state: &EndpointState,
) -> (&'static str, egui::Color32) {
    let tokens = Tokens::of(ui);
    match state {
        EndpointState::Idle => match form.kind {
            EndpointKind::Server(_) => ("stopped", tokens.muted_text),
            EndpointKind::Client(_) => ("not connected", tokens.muted_text),
        },
        EndpointState::Connecting => ("connecting", tokens.caution),
        EndpointState::Listening { paused: true, .. } => ("accepting paused", tokens.caution),
        EndpointState::Listening { .. } => ("listening", tokens.good),
        EndpointState::Connected(_) => ("connected", tokens.good),
        EndpointState::Failed => ("failed", tokens.error),
    }
}

/// Shows the bytes that came and went, and how fast while they do.
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

/// Shows what is wrong with the endpoint: the order that was refused, or what the engine reported.
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

/// Returns whether a field's text is complete: left, or pasted. While it is typed it is not looked into.
pub(super) fn is_entered(ui: &Ui, response: &Response) -> bool {
    let is_paste = |event: &Event| matches!(event, Event::Paste(_));
    response.lost_focus()
        || (response.changed() && ui.input(|input| input.events.iter().any(is_paste)))
}
