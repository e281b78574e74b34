//! What stands in place of rows: why there are none, and what to do.

use egui::{RichText, Ui};

use super::super::widgets::muted_label;
use super::super::{Cx, Tokens, first_steps};
use super::filter;
use crate::capture::Progress;
use crate::model::Model;
use crate::session::CaptureId;

/// Shows what to do when there is nothing to show.
pub(super) fn empty_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.timeline;
    let filter = cx.timeline.filter();
    let hidden = filter.from_entry.min(cx.timeline.record().entries);
    if filter::is_narrowed(filter) {
        return message_ui(ui, words.none_match, words.none_match_advice);
    }
    match filter.endpoint.and_then(|id| cx.shown_name(id)) {
        Some(name) => message_ui(ui, &words.none_of(name), words.none_of_advice),
        None if hidden > 0 && cx.lesson.is_some() => {
            message_ui(ui, words.none_in_lesson, words.none_in_lesson_advice);
        }
        None if hidden > 0 => message_ui(ui, words.cleared, &words.cleared_advice(hidden)),
        None if cx.shown() != CaptureId::Live => {
            message_ui(ui, words.none_in_capture, words.none_in_capture_advice);
        }
        None => first_steps::ui(ui, cx),
    }
}

/// Says how far the view is made; it takes long over much that has to be read.
pub(super) fn making_ui(ui: &mut Ui, model: &Model, len: u64, progress: Progress) {
    let words = &model.words.timeline;
    let percent = words.filtering(progress.percent().unwrap_or(0));
    message_ui(ui, &percent, &words.found_so_far(len));
}

fn message_ui(ui: &mut Ui, words: &str, advice: &str) {
    ui.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.add_space((ui.available_height() * 0.36).max(8.0));
        let color = Tokens::of(ui).muted_text;
        ui.label(RichText::new(words).font(Tokens::heading()).color(color));
        muted_label(ui, advice);
    });
}
