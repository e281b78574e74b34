//! The line at the bottom: the whole session in numbers, problems, theme and help.

use egui::{Align, Layout, Popup, RichText, Ui};

use super::action::Action;
use super::keys::{self, Shortcut};
use super::theme::Tokens;
use super::widgets::{Sign, button, sign_ui, small_label};
use crate::capture::store::StopCause;
use crate::model::{Model, Now, Rate, WorkKind};
use crate::workspace::{EndpointKind, ThemeChoice};

/// What the bar asks the window to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// The list of problems.
    Problems,
    /// The keyboard shortcuts.
    Keys,
    /// The sessions on disk.
    Sessions,
    /// How much is recorded.
    Recording,
    /// An export for other tools.
    Export,
}

/// Shows the bar.
pub(super) fn ui(ui: &mut Ui, model: &Model, now: Now, actions: &mut Vec<Action>) -> Option<Show> {
    let mut show = None;
    ui.horizontal_centered(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            show = right_ui(ui, model, actions);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                session_ui(ui, model, now);
            });
        });
    });
    show
}

fn session_ui(ui: &mut Ui, model: &Model, now: Now) {
    let servers = model
        .document
        .endpoints
        .iter()
        .filter(|form| matches!(form.kind, EndpointKind::Server(_)))
        .count() as u64;
    let clients = model.document.endpoints.len() as u64 - servers;
    let live = model.live_connections();
    sign_ui(ui, if live > 0 { Sign::Good } else { Sign::Idle });
    let rate = model
        .endpoints
        .values()
        .map(|it| it.rate.rate(now))
        .fold(Rate::default(), |sum, rate| sum + rate);
    let counts = &model.words.counts;
    let mut parts = vec![
        format!("{}, {}", counts.servers(servers), counts.clients(clients)),
        counts.live_connections(live),
        counts.entries(model.record.entries),
    ];
    if !rate.is_zero() {
        parts.push(model.words.common.rates(rate.received, rate.sent));
    }
    small_label(ui, parts.join("  ·  "));
}

fn right_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) -> Option<Show> {
    let words = &model.words.status;
    let mut show = None;
    let mut button = |ui: &mut Ui, text: RichText, key: Shortcut, shows: Show| {
        let hover = key.hover(ui, model.words);
        if button::quiet(ui, text).on_hover_text(hover).clicked() {
            show = Some(shows);
        }
    };
    button(ui, muted(ui, words.keys), keys::HELP, Show::Keys);
    theme_ui(ui, model, actions);
    button(ui, muted(ui, words.sessions), keys::OPEN, Show::Sessions);
    button(ui, muted(ui, words.export), keys::EXPORT, Show::Export);
    if record_ui(ui, model) {
        show = Some(Show::Recording);
    }
    work_ui(ui, model, actions);
    if !model.notices.is_empty() {
        let color = if model.notices.unread() > 0 {
            Tokens::of(ui).error
        } else {
            Tokens::of(ui).muted_text
        };
        let problems = RichText::new(model.words.counts.problems(model.notices.len() as u64));
        if button::quiet(ui, problems.color(color)).clicked() {
            show = Some(Show::Problems);
        }
    }
    show
}

/// Shows the import or export in progress, with a button to cancel it.
fn work_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let Some(work) = &model.work else {
        return;
    };
    if button::quiet(ui, muted(ui, model.words.common.cancel)).clicked() {
        actions.push(Action::CancelWork);
    }
    let percent = work.progress.percent().unwrap_or(0);
    let exporting = &model.words.exporting;
    small_label(
        ui,
        match work.kind {
            WorkKind::Reading => exporting.reading(&work.path, percent),
            WorkKind::Writing => exporting.writing(&work.path, percent),
        },
    );
}

fn theme_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.status;
    let choices = [
        (ThemeChoice::System, words.system),
        (ThemeChoice::Dark, words.dark),
        (ThemeChoice::Light, words.light),
    ];
    let response = button::quiet(ui, muted(ui, words.theme));
    Popup::menu(&response).show(|ui| {
        for (choice, name) in choices {
            if ui
                .selectable_label(model.preferences.theme == choice, name)
                .clicked()
            {
                actions.push(Action::SetTheme(choice));
            }
        }
    });
}

/// Shows how much is on disk, and whether recording is slowing the endpoints. Returns whether it was clicked.
fn record_ui(ui: &mut Ui, model: &Model) -> bool {
    let record = &model.record;
    let tokens = Tokens::of(ui);
    let words = &model.words.status;
    let on_disk = words.on_disk(record.kept_bytes, record.limit_bytes);
    let text = match (&record.stopped, record.first_kept) {
        (Some(_), _) => words.not_recording(&on_disk),
        (None, 0) => on_disk,
        (None, dropped) => words.dropped(&on_disk, dropped),
    };
    if model.recording_is_slow {
        let slow = tokens.small_words(words.slow, tokens.caution);
        ui.label(slow).on_hover_text(words.slow_why);
    }
    let color = match &record.stopped {
        None | Some(StopCause::Off) => tokens.muted_text,
        Some(_) => tokens.error,
    };
    let response = button::quiet(ui, muted(ui, &text).color(color));
    let hover = model.words.common.recording_settings;
    response.on_hover_text(hover).clicked()
}

fn muted(ui: &Ui, text: &str) -> RichText {
    let tokens = Tokens::of(ui);
    tokens.small_words(text, tokens.muted_text)
}
