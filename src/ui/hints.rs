//! Hints for those who are new: one line below the timeline, each of them until it was followed or dismissed.

use egui::{Align, Frame, Label, Layout, Margin, Panel, Ui};

use super::widgets::{button, small_label};
use super::{Action, Cx, Tokens, Wish, commands};
use crate::session::CaptureId;
use crate::workspace::{Hint, TimelineAs};

/// The height of the line, in points.
pub(super) const HEIGHT: f32 = 28.0;

/// Shows the hint that is due. `selected` says whether a row is selected.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, is_selected: bool) {
    let done = &cx.preferences.hints;
    let followed = followed(cx, is_selected);
    cx.extend(
        followed
            .filter(|hint| !done.contains(hint))
            .map(Action::HintDone),
    );
    let is_begun = cx.shown() == CaptureId::Live && cx.record.entries > 0;
    let mut due = Hint::ALL.into_iter().filter(|hint| !done.contains(hint));
    let Some(hint) = due.next().filter(|_| is_begun) else {
        return;
    };
    let frame = Frame::new().fill(Tokens::of(ui).window);
    Panel::bottom("hint")
        .exact_size(HEIGHT)
        .show_separator_line(false)
        .frame(frame.inner_margin(Margin::symmetric(16, 0)))
        .show(ui, |ui| line_ui(ui, cx, hint));
}

fn line_ui(ui: &mut Ui, cx: &Cx<'_>, hint: Hint) {
    let words = &cx.words.hints;
    let text = match hint {
        Hint::SelectRow => words.select_row.to_owned(),
        Hint::Lanes => words.lanes.to_owned(),
        Hint::Commands => words.commands(&commands::COMMANDS.key_text(ui, cx.words)),
    };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let dismiss = button::close(ui).accessible_name(words.dismiss);
        if dismiss.on_hover_text(words.dismiss).clicked() {
            cx.push(Action::HintDone(hint));
        }
        if hint == Hint::Commands && button::small(ui, cx.words.menus.find_command).clicked() {
            cx.wish(Wish::Commands);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let tokens = Tokens::of(ui);
            let mark = Tokens::small_words(words.hint, tokens.chosen_text);
            ui.add(Label::new(mark));
            small_label(ui, text);
        });
    });
}

/// Returns the hint that the user follows just now.
fn followed(cx: &Cx<'_>, is_selected: bool) -> Option<Hint> {
    if is_selected && !cx.preferences.hints.contains(&Hint::SelectRow) {
        return Some(Hint::SelectRow);
    }
    (cx.preferences.timeline_as == TimelineAs::Lanes).then_some(Hint::Lanes)
}
