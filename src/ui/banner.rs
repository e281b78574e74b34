//! Banners over the timeline: recording stopped, and an interrupted session of an earlier run.

use std::path::PathBuf;
use std::time::SystemTime;

use egui::{Color32, FontId, Frame, Label, RichText, Sense, Stroke, Ui, UiBuilder};

use super::sessions::problem_ui;
use super::widgets::{button, field, muted_label};
use super::{Action, Cx, Tokens, Wish, clock, path_field};
use crate::capture::store::StopCause;
use crate::model::{FileChoice, Kept, OutsideChange};
use crate::session::{LibraryTask, Offer};
use crate::words::{InWords, Spoken, sentence};
use crate::workspace::{LanguageChoice, LanguageId, Outside, Recording, RecordingMode};

/// The height of a banner in full at least, and of a short one at most, in points.
const FULL: f32 = 124.0;
const SHORT: f32 = 84.0;

/// How much a banner shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// All that there is to say.
    Full,
    /// Its title and its buttons; the rest while the pointer rests on it.
    Short,
}

/// The banners' own state: what is being typed.
#[derive(Debug, Default)]
pub(super) struct Banners {
    /// The folder to resume in, while it is being typed.
    elsewhere: Option<String>,
    /// The document about which the question was put off.
    put_off: Option<u64>,
}

impl Banners {
    /// Shows the banners that are due, above what keeps `least` of the height. Where there is little room they are short,
    /// and the first one has to be dealt with before the others are shown.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, least: f32) {
        let room = |ui: &Ui| ui.available_height() - least;
        let mut shown = 0;
        let mut next = |ui: &Ui| {
            shown += 1;
            let form = if room(ui) < FULL {
                Form::Short
            } else {
                Form::Full
            };
            (shown == 1 || room(ui) >= SHORT).then_some(form)
        };
        if let Some(spoken) = cx.undrawable
            && let Some(form) = next(ui)
        {
            undrawable_ui(ui, cx, form, spoken);
        }
        let (outside, problem) = (cx.documents.outside, &cx.documents.problem);
        if let Some(outside) = outside
            && let Some(form) = next(ui)
        {
            outside_ui(ui, cx, form, outside);
        }
        if let Some(problem) = problem.as_ref().filter(|_| outside.is_none())
            && let Some(form) = next(ui)
        {
            not_saved_ui(ui, cx, form, problem.as_ref());
        }
        if let Some(unsaved) = &cx.documents.unsaved
            && let Some(form) = next(ui)
        {
            unsaved_ui(ui, cx, form, unsaved.modified);
        }
        if !cx.document.is_approved
            && self.put_off != Some(cx.documents.number)
            && let Some(form) = next(ui)
        {
            self.approval_ui(ui, cx, form);
        }
        if let Some(offer) = &cx.library.offer
            && let Some(form) = next(ui)
        {
            offer_ui(ui, cx, form, offer);
        }
        match &cx.record.stopped {
            Some(cause) => {
                if let Some(form) = next(ui) {
                    self.stopped_ui(ui, cx, form, cause);
                }
            }
            None => self.elsewhere = None,
        }
    }

    /// Asks about a document that comes from elsewhere.
    fn approval_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, form: Form) {
        let (tokens, words) = (Tokens::of(ui), &cx.words.approval);
        banner_ui(ui, words.name, tokens.caution, |ui| {
            head_ui(ui, form, (words.title, tokens.text, words.what), |ui| {
                if button::plain(ui, words.approve).clicked() {
                    cx.push(Action::ApproveDocument);
                }
                if button::plain(ui, words.later).clicked() {
                    self.put_off = Some(cx.documents.number);
                }
            });
        });
    }

    fn stopped_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, form: Form, cause: &StopCause) {
        let (tokens, words) = (Tokens::of(ui), &cx.words.recording);
        let is_off = *cause == StopCause::Off;
        let (title, color, resume) = if is_off {
            (words.off.to_owned(), tokens.muted_text, words.switch_on)
        } else {
            let cause = InWords::in_words(cause, cx.words);
            (words.stopped(&cause), tokens.error, words.resume)
        };
        let continues = match cx.record.unrecorded {
            0 => words.continues.to_owned(),
            lost => words.continues_without(lost),
        };
        let advice = InWords::advice(cause, cx.words).map(|it| cx.words.common.ended(&it));
        let what = cx.words.joined([continues].into_iter().chain(advice));
        banner_ui(ui, words.stopped_name, color, |ui| {
            head_ui(ui, form, (&title, color, &what), |ui| {
                if button::plain(ui, resume).clicked() {
                    cx.push(if is_off {
                        Action::SetRecording(Recording {
                            mode: RecordingMode::Everything,
                            ..cx.preferences.recording
                        })
                    } else {
                        Action::Resume
                    });
                }
                if !is_off && button::plain(ui, words.resume_elsewhere).clicked() {
                    let is_typed = self.elsewhere.is_some();
                    self.elsewhere = (!is_typed).then(String::new);
                    cx.push(Action::ForgetLibraryProblem);
                }
                if button::plain(ui, words.settings).clicked() {
                    cx.wish(Wish::Recording);
                }
            });
            self.elsewhere_ui(ui, cx);
            problem_ui(ui, cx, LibraryTask::Resume);
        });
    }

    /// Shows the field for the folder to resume in.
    fn elsewhere_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.recording;
        let Some(text) = &mut self.elsewhere else {
            return;
        };
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 160.0).clamp(120.0, 420.0);
            let label = ui.label(words.folder).id;
            let response = path_field::input(ui, cx, words.folder, text, FileChoice::Record, width);
            let response = response.labelled_by(label);
            let can_go = !text.trim().is_empty();
            let go = ui.add_enabled_ui(can_go, |ui| button::plain(ui, words.record_there));
            if can_go && (go.inner.clicked() || field::is_confirmed(ui, &response)) {
                cx.push(Action::ResumeAt(PathBuf::from(text.trim())));
            }
        });
    }
}

/// Says that the document's file was changed outside, and asks what is to be done.
fn outside_ui(ui: &mut Ui, cx: &Cx<'_>, form: Form, outside: OutsideChange) {
    let (tokens, words) = (Tokens::of(ui), &cx.words.documents);
    let name = cx.document_name();
    let (title, what) = match outside.what {
        Outside::Gone => (words.outside_gone(&name), words.outside_gone_what),
        Outside::Changed => {
            let what = match outside.was_saving {
                true => words.outside_refused,
                false if cx.documents.kept == Kept::Partly => words.outside_own,
                false => words.outside_clean,
            };
            (words.outside_changed(&name), what)
        }
    };
    banner_ui(ui, words.outside_name, tokens.caution, |ui| {
        head_ui(ui, form, (&title, tokens.text, what), |ui| {
            let mut offer = |text: &str, action: Action| {
                if button::plain(ui, text).clicked() {
                    cx.push(action);
                }
            };
            if outside.what == Outside::Gone {
                offer(words.save, Action::SaveDocument);
                offer(words.save_as, Action::AskSaveAs);
                offer(words.dismiss, Action::ForgetDocumentProblem);
            } else {
                offer(words.reload, Action::Reload);
                let keep = if outside.was_saving {
                    words.keep_and_save
                } else {
                    words.keep_mine
                };
                offer(keep, Action::KeepMine);
                offer(words.save_as, Action::AskSaveAs);
            }
        });
    });
}

/// Says why the document was not saved.
fn not_saved_ui(ui: &mut Ui, cx: &Cx<'_>, form: Form, problem: &dyn InWords) {
    let (tokens, words) = (Tokens::of(ui), &cx.words.documents);
    let (why, advice) = (
        sentence(&problem.in_words(cx.words)),
        problem.advice(cx.words),
    );
    let sentences = [Some(&why), advice.as_ref()].into_iter().flatten();
    let what = cx
        .words
        .joined(sentences.map(|it| cx.words.common.ended(it)));
    // What is wrong is always in sight.
    let (title, what) = match form {
        Form::Full => (words.not_saved, &*what),
        Form::Short => (&*why, advice.as_deref().unwrap_or_default()),
    };
    banner_ui(ui, words.not_saved_name, tokens.error, |ui| {
        head_ui(ui, form, (title, tokens.text, what), |ui| {
            if button::plain(ui, words.save_as).clicked() {
                cx.push(Action::AskSaveAs);
            }
            if button::plain(ui, words.dismiss).clicked() {
                cx.push(Action::ForgetDocumentProblem);
            }
        });
    });
}

/// Says which package draws the language that is chosen, and leads back to English.
fn undrawable_ui(ui: &mut Ui, cx: &Cx<'_>, form: Form, spoken: Spoken) {
    let tokens = Tokens::of(ui);
    let [title, advice] = spoken.no_font();
    banner_ui(ui, &title, tokens.caution, |ui| {
        head_ui(ui, form, (&title, tokens.text, &advice), |ui| {
            if button::plain(ui, Spoken::back()).clicked() {
                cx.push(Action::SetLanguage(LanguageChoice::Of(LanguageId::English)));
            }
        });
    });
}

/// Offers the changes that an earlier window could not save.
fn unsaved_ui(ui: &mut Ui, cx: &Cx<'_>, form: Form, modified: Option<SystemTime>) {
    let (tokens, words) = (Tokens::of(ui), &cx.words.documents);
    let name = cx.document_name();
    let title = match modified {
        Some(when) => words.unsaved_found_at(&name, &clock::day_and_minute(cx.words, when)),
        None => words.unsaved_found(&name),
    };
    banner_ui(ui, words.unsaved_name, tokens.caution, |ui| {
        head_ui(ui, form, (&title, tokens.text, words.unsaved_what), |ui| {
            if button::plain(ui, words.restore).clicked() {
                cx.push(Action::RestoreUnsaved);
            }
            if button::plain(ui, words.discard).clicked() {
                cx.push(Action::DiscardUnsaved);
            }
        });
    });
}

/// Offers a session that was interrupted.
fn offer_ui(ui: &mut Ui, cx: &Cx<'_>, form: Form, offer: &Offer) {
    let tokens = Tokens::of(ui);
    let (session, words) = (&offer.session, &cx.words.sessions);
    let title = words.offer(&clock::day_and_minute(cx.words, session.created));
    let offered = words.offered(offer.entries, session.size_bytes);
    banner_ui(ui, words.offer_name, tokens.caution, |ui| {
        head_ui(ui, form, (&title, tokens.text, &offered), |ui| {
            let open = button::plain(ui, words.open).on_hover_text(words.offer_open);
            if open.clicked() {
                cx.push(Action::Open(session.folder.clone()));
                cx.push(Action::SettleOffer);
            }
            let keep = button::plain(ui, words.offer_keep);
            if keep.on_hover_text(words.offer_keep_why).clicked() {
                cx.push(Action::SettleOffer);
            }
            if button::plain(ui, words.delete).clicked() {
                cx.wish(Wish::DeleteSession(session.folder.clone()));
            }
        });
        problem_ui(ui, cx, LibraryTask::Open);
    });
}

/// Shows what a banner says, and its buttons: below it, or where there is little room beside its title.
fn head_ui(
    ui: &mut Ui,
    form: Form,
    (title, color, words): (&str, Color32, &str),
    buttons: impl FnOnce(&mut Ui),
) {
    let title = RichText::new(title).family(Tokens::semibold()).color(color);
    if form == Form::Full {
        ui.add(Label::new(title).wrap());
        if !words.is_empty() {
            muted_label(ui, words);
        }
        ui.horizontal_wrapped(buttons);
        return;
    }
    let font = FontId::new(Tokens::body().size, Tokens::semibold());
    let galley = ui
        .painter()
        .layout_no_wrap(title.text().to_owned(), font, color);
    // Beside the title if they fit there, as wide as they were in the last frame.
    let id = ui.scope_id().with("banner buttons");
    let known = ui.data(|data| data.get_temp::<f32>(id));
    let gap = ui.spacing().item_spacing.x;
    let is_beside = known.is_some_and(|it| galley.size().x + gap + it <= ui.available_width());
    let title_ui = |ui: &mut Ui| {
        let title = ui.add(Label::new(title).sense(Sense::hover()).truncate());
        if !words.is_empty() {
            let describe = |node: &mut egui::accesskit::Node| node.set_description(words);
            ui.ctx().accesskit_node_builder(title.id, describe);
            title.on_hover_text(words);
        }
    };
    let buttons_ui = |ui: &mut Ui| ui.horizontal(buttons).response.rect.width();
    let width = if is_beside {
        let line = |ui: &mut Ui| {
            title_ui(ui);
            buttons_ui(ui)
        };
        ui.horizontal(line).inner
    } else {
        title_ui(ui);
        buttons_ui(ui)
    };
    ui.data_mut(|data| data.insert_temp(id, width));
    if known != Some(width) {
        ui.ctx().request_repaint();
    }
}

/// Shows a banner as wide as the timeline, with a bar of `color` at its left edge.
fn banner_ui(ui: &mut Ui, name: &str, color: Color32, content: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let role = UiBuilder::new()
        .accessibility_role(egui::accesskit::Role::Alert)
        .accessibility_label(name);
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.border))
        .corner_radius(Tokens::CARD_RADIUS)
        .outer_margin(egui::Margin {
            left: Tokens::SIDE_MARGIN as i8,
            right: Tokens::SIDE_MARGIN as i8,
            top: 8,
            bottom: 0,
        })
        .inner_margin(Tokens::CARD_MARGIN);
    ui.scope_builder(role, |ui| {
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            content(ui);
        });
        let card = shown.response.rect - frame.outer_margin;
        let bar = card.with_max_x(card.left() + 3.0);
        let bar = bar.shrink2(egui::vec2(0.0, 6.0));
        ui.painter().rect_filled(bar, 1.5, color);
    });
}
