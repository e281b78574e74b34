//! The choice of what the timeline is shown as: in its header, and in lessons.

use egui::Ui;

use super::widgets::choice;
use super::{Action, Cx};
use crate::words::lanes::Lanes;
use crate::workspace::TimelineAs;

/// Shows the choice.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.lanes;
    let mut form = cx.preferences.timeline_as;
    if choice::segmented(ui, words.shown_as, &mut form, &forms(words)) {
        cx.push(Action::ShowTimelineAs(form));
    }
}

/// Returns how wide it is.
pub(super) fn width(ui: &Ui, words: &Lanes) -> f32 {
    choice::width(ui, &forms(words))
}

fn forms(words: &Lanes) -> [(TimelineAs, &'static str); 3] {
    [
        (TimelineAs::Rows, words.as_rows),
        (TimelineAs::Lanes, words.as_arrows),
        (TimelineAs::Lifecycle, words.as_lifecycle),
    ]
}
