//! Banners over the timeline: recording stopped, and an interrupted session of an earlier run.

use std::path::PathBuf;

use egui::{Color32, Frame, Label, RichText, Stroke, Ui, UiBuilder};

use super::action::Action;
use super::clock;
use super::theme::Tokens;
use super::widgets::{alert, button, field};
use crate::capture::store::StopCause;
use crate::model::Model;
use crate::session::{LibraryTask, Offer};
use crate::words::InWords;

/// The banners' own state: what is being typed.
#[derive(Debug, Default)]
pub(super) struct Banners {
    /// The folder to resume in, while it is being typed.
    elsewhere: Option<String>,
    /// Whether the question about the document was put off.
    is_approval_put_off: bool,
}

/// What a banner asks the window to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// The recording settings.
    Recording,
    /// The list of sessions, asking whether to delete this one.
    Delete(PathBuf),
}

impl Banners {
    /// Shows the banners that are due.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        actions: &mut Vec<Action>,
    ) -> Option<Wish> {
        let mut wish = None;
        if !model.document.is_approved && !self.is_approval_put_off {
            self.approval_ui(ui, model, actions);
        }
        if let Some(offer) = &model.library.offer {
            wish = offer_ui(ui, model, offer, actions);
        }
        match &model.record.stopped {
            Some(cause) => wish = self.stopped_ui(ui, model, cause, actions).or(wish),
            None => self.elsewhere = None,
        }
        wish
    }

    /// Asks about a document that comes from elsewhere.
    fn approval_ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
        let (tokens, words) = (Tokens::of(ui), &model.words.approval);
        banner_ui(ui, words.name, tokens.caution, |ui| {
            head_ui(ui, words.title, tokens.text, words.what);
            ui.horizontal_wrapped(|ui| {
                if button::plain(ui, words.approve).clicked() {
                    actions.push(Action::ApproveDocument);
                }
                self.is_approval_put_off = button::plain(ui, words.later).clicked();
            });
        });
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
        let words = &model.words.recording;
        let (title, color) = if is_off {
            (words.off.to_owned(), tokens.muted_text)
        } else {
            let cause = InWords::in_words(cause, model.words);
            (words.stopped(&cause), tokens.error)
        };
        let continues = match model.record.unrecorded {
            0 => words.continues.to_owned(),
            lost => words.continues_without(lost),
        };
        let advice = InWords::advice(cause, model.words).unwrap_or_default();
        banner_ui(ui, words.stopped_name, color, |ui| {
            head_ui(ui, &title, color, &format!("{continues} {advice}."));
            ui.horizontal_wrapped(|ui| {
                let resume = if is_off {
                    words.switch_on
                } else {
                    words.resume
                };
                if button::plain(ui, resume).clicked() {
                    actions.push(if is_off {
                        switched_on(model)
                    } else {
                        Action::Resume
                    });
                }
                if !is_off && button::plain(ui, words.resume_elsewhere).clicked() {
                    self.elsewhere = match self.elsewhere {
                        Some(_) => None,
                        None => Some(String::new()),
                    };
                    actions.push(Action::ForgetLibraryProblem);
                }
                if button::plain(ui, words.settings).clicked() {
                    wish = Some(Wish::Recording);
                }
            });
            self.elsewhere_ui(ui, model, actions);
            if let Some(problem) = model.library.problem(LibraryTask::Resume) {
                alert::problem(ui, model.words, problem);
            }
        });
        wish
    }

    /// Shows the field for the folder to resume in.
    fn elsewhere_ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
        let words = &model.words.recording;
        let Some(text) = &mut self.elsewhere else {
            return;
        };
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 160.0).clamp(120.0, 420.0);
            let label = ui.label(words.folder).id;
            let response = field::input(ui, words.folder, text, width).labelled_by(label);
            let entered =
                response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let can_go = !text.trim().is_empty();
            let go = ui.add_enabled_ui(can_go, |ui| button::plain(ui, words.record_there));
            if can_go && (go.inner.clicked() || entered) {
                actions.push(Action::ResumeAt(PathBuf::from(text.trim())));
            }
        });
    }
}

fn switched_on(model: &Model) -> Action {
    Action::SetRecording(crate::workspace::Recording {
        mode: crate::workspace::RecordingMode::Everything,
        ..model.preferences.recording
    })
}

/// Offers a session that was interrupted.
fn offer_ui(ui: &mut Ui, model: &Model, offer: &Offer, actions: &mut Vec<Action>) -> Option<Wish> {
    let tokens = Tokens::of(ui);
    let session = &offer.session;
    let mut wish = None;
    let words = &model.words.sessions;
    let title = words.offer(&clock::day_and_minute(session.created));
    let offered = words.offered(offer.entries, session.size_bytes);
    banner_ui(ui, words.offer_name, tokens.caution, |ui| {
        head_ui(ui, &title, tokens.text, &offered);
        ui.horizontal_wrapped(|ui| {
            let open = button::plain(ui, words.open).on_hover_text(words.offer_open);
            if open.clicked() {
                actions.push(Action::OpenCapture(session.folder.clone()));
                actions.push(Action::SettleOffer);
            }
            let keep = button::plain(ui, words.offer_keep);
            if keep.on_hover_text(words.offer_keep_why).clicked() {
                actions.push(Action::SettleOffer);
            }
            if button::plain(ui, words.delete).clicked() {
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
