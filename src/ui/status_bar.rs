//! The line at the bottom: the whole session in numbers, problems, theme and help.

use egui::{Align, Layout, Popup, RichText, Ui};

use super::action::Action;
use super::keys;
use super::theme::Tokens;
use super::widgets::{Sign, button, sign_ui, small_label};
use crate::capture::store::StopCause;
use crate::model::{Model, Now, Rate};
use crate::workspace::{EndpointKind, ThemeChoice};

/// What the bar asks the window to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// The list of problems.
    Problems,
    /// The list of keys.
    Keys,
    /// The captures on disk.
    Sessions,
    /// How much is kept.
    Recording,
    /// What to write for other tools.
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
        .workspace
        .endpoints
        .iter()
        .filter(|form| matches!(form.kind, EndpointKind::Server(_)))
        .count() as u64;
    let clients = model.workspace.endpoints.len() as u64 - servers;
    let live = model.live_connections();
    sign_ui(ui, if live > 0 { Sign::Good } else { Sign::Idle });
    let rate = model
        .endpoints
        .values()
        .map(|it| it.rate.rate(now))
        .fold(Rate::default(), |sum, rate| sum + rate);
    let words = model.words;
    let mut parts = vec![
        format!(
            "{}, {}",
            words.counts.servers(servers),
            words.counts.clients(clients)
        ),
        words.counts.live_connections(live),
        words.counts.entries(model.record.entries),
    ];
    if !rate.is_zero() {
        parts.push(format!(
            "in {}, out {}",
            words.numbers.rate(rate.received),
            words.numbers.rate(rate.sent)
        ));
    }
    small_label(ui, parts.join("  ·  "));
}

fn right_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) -> Option<Show> {
    let mut show = None;
    let keys = button::quiet(ui, words(ui, "Keys")).on_hover_text(format!(
        "{} ({})",
        keys::HELP.does,
        keys::HELP.text(ui)
    ));
    if keys.clicked() {
        show = Some(Show::Keys);
    }
    theme_ui(ui, model, actions);
    let sessions = button::quiet(ui, words(ui, "Sessions…")).on_hover_text(format!(
        "{} ({})",
        keys::OPEN.does,
        keys::OPEN.text(ui)
    ));
    if sessions.clicked() {
        show = Some(Show::Sessions);
    }
    let export = button::quiet(ui, words(ui, "Export…")).on_hover_text(format!(
        "{} ({})",
        keys::EXPORT.does,
        keys::EXPORT.text(ui)
    ));
    if export.clicked() {
        show = Some(Show::Export);
    }
    if record_ui(ui, model) {
        show = Some(Show::Recording);
    }
    work_ui(ui, model, actions);
    if !model.notices.is_empty() {
        let words = model.words.counts.problems(model.notices.len() as u64);
        let color = if model.notices.unread() > 0 {
            Tokens::of(ui).error
        } else {
            Tokens::of(ui).muted_text
        };
        if button::quiet(ui, RichText::new(words).color(color)).clicked() {
            show = Some(Show::Problems);
        }
    }
    show
}

/// Shows the long work that is under way, and how to cancel it.
fn work_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let Some(work) = &model.work else {
        return;
    };
    if button::quiet(ui, words(ui, "Cancel")).clicked() {
        actions.push(Action::CancelWork);
    }
    let percent = work.progress.percent().unwrap_or(0);
    small_label(ui, format!("{}: {percent} %", work.words));
}

fn theme_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    const CHOICES: [(ThemeChoice, &str); 3] = [
        (ThemeChoice::System, "As the system"),
        (ThemeChoice::Dark, "Dark"),
        (ThemeChoice::Light, "Light"),
    ];
    let response = button::quiet(ui, words(ui, "Theme"));
    Popup::menu(&response).show(|ui| {
        for (choice, words) in CHOICES {
            if ui
                .selectable_label(model.workspace.settings.theme == choice, words)
                .clicked()
            {
                actions.push(Action::SetTheme(choice));
            }
        }
    });
}

/// Shows how much is on record, and when recording holds the endpoints up. Returns whether it was clicked.
fn record_ui(ui: &mut Ui, model: &Model) -> bool {
    let record = &model.record;
    let tokens = Tokens::of(ui);
    let mut said = format!(
        "On disk: {} of {}",
        model.words.numbers.size(record.kept_bytes),
        model.words.numbers.size(record.limit_bytes)
    );
    if record.stopped.is_some() {
        said += ", not recording";
    } else if record.first_kept > 0 {
        said += &format!(
            ", {} given up",
            model.words.counts.older_entries(record.first_kept)
        );
    }
    if model.recording_is_slow {
        let slow = RichText::new("Recording is the bottleneck")
            .color(tokens.caution)
            .size(tokens.small_size);
        ui.label(slow)
            .on_hover_text("Endpoints wait for the record, so that nothing is lost");
    }
    let color = match &record.stopped {
        None | Some(StopCause::Off) => tokens.muted_text,
        Some(_) => tokens.error,
    };
    let response = button::quiet(ui, words(ui, &said).color(color));
    response.on_hover_text("Recording settings").clicked()
}

fn words(ui: &Ui, text: &str) -> RichText {
    let tokens = Tokens::of(ui);
    RichText::new(text)
        .color(tokens.muted_text)
        .size(tokens.small_size)
}
