//! The line that says how many frames there are, and how many of them are good and bad.

use egui::{Frame, Label, Margin, Ui};

use super::super::Tokens;
use super::super::widgets::{Sign, alert, sign_ui};
use crate::model::Model;
use crate::session::CaptureId;

/// Shows the line while frames are shown.
pub(super) fn line_ui(ui: &mut Ui, model: &Model) {
    let Some(rules) = &model.timeline.filter().frames else {
        return;
    };
    let words = &model.words.timeline;
    let tokens = Tokens::of(ui);
    let margin = Margin {
        bottom: 6,
        ..Margin::symmetric(Tokens::SIDE_MARGIN as i8, 0)
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            if rules.iter().next().is_none() {
                let advice = match model.shown() {
                    CaptureId::Live => words.no_framing,
                    CaptureId::Opened(_) => words.no_framing_in_capture,
                };
                ui.add(muted(tokens, advice));
                return;
            }
            let Some(counts) = model.timeline.frame_counts() else {
                return;
            };
            ui.add(muted(tokens, &model.words.counts.frames(counts.frames)));
            if counts.good > 0 {
                sign_ui(ui, Sign::Good);
                ui.add(muted(tokens, &words.good(counts.good)));
            }
            if counts.bad > 0 {
                sign_ui(ui, Sign::Bad);
                ui.label(Tokens::small_words(words.bad(counts.bad), tokens.error));
            }
            if counts.older.is_some() {
                ui.add(muted(tokens, words.older_hint));
            }
            if counts.over_limit > 0 {
                ui.add(muted(tokens, &words.over_limit(counts.over_limit)));
            }
            if let Some(problem) = counts.problem {
                alert::line(ui, &model.words.frames_problem(problem));
            }
        });
    });
}

fn muted(tokens: &Tokens, words: &str) -> Label {
    Label::new(Tokens::small_words(words, tokens.muted_text)).wrap()
}
