//! Banners over the timeline: recording stopped, and an interrupted session of an earlier run.

use std::path::PathBuf;

use egui::{Color32, Frame, Label, RichText, Stroke, Ui, UiBuilder};

use super::action::Action;
use super::clock;
use super::theme::Tokens;
use super::widgets::{alert, button, field};
use crate::capture::store::StopCause;
use crate::model::{LibraryTask, Model, Offer};
use crate::words::number;

/// The banners' own state: what is being typed.
#[derive(Debug, Default)]
pub(super) struct Banners {
    /// The folder to go on in, while it is being typed.
    elsewhere: Option<String>,
}

/// What a banner asks the window to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// The settings of recording.
    Recording,
    /// The list of sessions, with the question whether to delete this one.
    Delete(PathBuf),
}

impl Banners {
    /// Shows the banners that there is a reason for.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        actions: &mut Vec<Action>,
    ) -> Option<Wish> {
        let mut wish = None;
        if let Some(offer) = &model.library.offer {
            wish = offer_ui(ui, model, offer, actions);
        }
        match &model.record.stopped {
            Some(cause) => wish = self.stopped_ui(ui, model, cause, actions).or(wish),
            None => self.elsewhere = None,
        }
        wish
    }

    fn stopped_ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        cause: &StopCause,
        actions: &mut Vec<Action>,
    ) -> Option<Wish> {
        let tokens = Tokens::of(ui);
        let mut wish = None;
        let is_off = *cause == StopCause::Off;
        let (title, color) = if is_off {
            ("Recording is switched off".to_owned(), tokens.muted_text)
        } else {
            (format!("Recording stopped: {cause}"), tokens.error)
        };
        let lost = number::count(model.record.unrecorded, "entry");
        let advice = cause.advice();
        let words = match model.record.unrecorded {
            0 => format!("Traffic goes on. {advice}."),
            _ => format!("Traffic goes on; {lost} not recorded since. {advice}."),
        };
        banner_ui(ui, "Recording stopped", color, |ui| {
            head_ui(ui, &title, color, &words);
            ui.horizontal_wrapped(|ui| {
                let resume = if is_off {
                    "Switch recording on"
                } else {
                    "Resume"
                };
                if button::plain(ui, resume).clicked() {
                    actions.push(if is_off {
                        switched_on(model)
                    } else {
                        Action::Resume
                    });
                }
                if !is_off && button::plain(ui, "Resume elsewhere…").clicked() {
                    self.elsewhere = match self.elsewhere {
                        Some(_) => None,
                        None => Some(String::new()),
                    };
                    actions.push(Action::ForgetLibraryProblem);
                }
                if button::plain(ui, "Recording settings…").clicked() {
                    wish = Some(Wish::Recording);
                }
            });
            self.elsewhere_ui(ui, actions);
            if let Some(problem) = model.library.problem(LibraryTask::Resume) {
                alert::problem(ui, model.words, problem);
            }
        });
        wish
    }

    /// Shows the field for the folder to go on in.
    fn elsewhere_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(text) = &mut self.elsewhere else {
            return;
        };
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 160.0).clamp(120.0, 420.0);
            let label = ui.label("Folder to record in").id;
            let response = field::input(ui, "Folder to record in", text, width).labelled_by(label);
            let entered =
                response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let can_go = !text.trim().is_empty();
            let go = ui.add_enabled_ui(can_go, |ui| button::plain(ui, "Record there"));
            if can_go && (go.inner.clicked() || entered) {
                actions.push(Action::ResumeAt(PathBuf::from(text.trim())));
            }
        });
    }
}

fn switched_on(model: &Model) -> Action {
    Action::SetRecording(crate::workspace::Recording {
        mode: crate::workspace::RecordingMode::Everything,
        ..model.workspace.settings.recording
    })
}

/// Offers a session that was interrupted.
fn offer_ui(ui: &mut Ui, model: &Model, offer: &Offer, actions: &mut Vec<Action>) -> Option<Wish> {
    let tokens = Tokens::of(ui);
    let session = &offer.session;
    let mut wish = None;
    let title = format!(
        "Bothends ended without closing its session of {}",
        clock::day_and_minute(session.created)
    );
    let words = format!(
        "{}, {} on disk. What was recorded is whole.",
        number::count(offer.entries, "entry"),
        number::bytes(session.size_bytes)
    );
    banner_ui(ui, "Interrupted session", tokens.caution, |ui| {
        head_ui(ui, &title, tokens.text, &words);
        ui.horizontal_wrapped(|ui| {
            let open = button::plain(ui, "Open").on_hover_text("Look at it beside this session");
            if open.clicked() {
                actions.push(Action::OpenCapture(session.folder.clone()));
                actions.push(Action::SettleOffer);
            }
            let keep = button::plain(ui, "Keep in the list");
            if keep
                .on_hover_text("Find it later under Sessions…")
                .clicked()
            {
                actions.push(Action::SettleOffer);
            }
            if button::plain(ui, "Delete…").clicked() {
                wish = Some(Wish::Delete(session.folder.clone()));
            }
        });
        if let Some(problem) = model.library.problem(LibraryTask::Open) {
            alert::problem(ui, model.words, problem);
        }
    });
    wish
}

fn head_ui(ui: &mut Ui, title: &str, color: Color32, words: &str) {
    let tokens = Tokens::of(ui);
    let title = RichText::new(title).family(Tokens::semibold()).color(color);
    ui.add(Label::new(title).wrap());
    let words = RichText::new(words).color(tokens.muted_text);
    ui.add(Label::new(words).wrap());
}

/// Shows a banner as wide as the timeline, with a bar of `color` at its left edge.
fn banner_ui(ui: &mut Ui, name: &str, color: Color32, content: impl FnOnce(&mut Ui)) {
    /// The width of the bar.
    const BAR: f32 = 3.0;
    let tokens = Tokens::of(ui);
    let role = UiBuilder::new()
        .accessibility_role(egui::accesskit::Role::Alert)
        .accessibility_label(name);
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.border))
        .corner_radius(tokens.card_radius)
        .outer_margin(egui::Margin {
            left: tokens.side_margin as i8,
            right: tokens.side_margin as i8,
            top: 8,
            bottom: 0,
        })
        .inner_margin(tokens.card_margin);
    ui.scope_builder(role, |ui| {
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            content(ui);
        });
        let card = shown.response.rect - frame.outer_margin;
        let bar = card
            .with_max_x(card.left() + BAR)
            .shrink2(egui::vec2(0.0, 6.0));
        ui.painter().rect_filled(bar, 1.5, color);
    });
}
