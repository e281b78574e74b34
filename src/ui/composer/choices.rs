//! How the message is written: its recipients, its format, its line ending, escapes and fields.

use egui::Ui;

use super::super::Cx;
use super::super::widgets::choice;
use super::recipients;
use crate::payload::{Draft, Format, LineEnding};

/// The width of a choice, in points.
const CHOICE_WIDTH: f32 = 68.0;

/// Shows the choices.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, is_narrow: bool) {
    let words = &cx.words.composer;
    recipients::ui(ui, cx, is_narrow);
    let formats = [(Format::Text, words.text), (Format::Hex, words.hex)];
    choice_ui(ui, words.format, &mut draft.format, &formats);
    if draft.format == Format::Text {
        let endings = [
            (LineEnding::None, words.no_ending),
            (LineEnding::Lf, words.lf),
            (LineEnding::Cr, words.cr),
            (LineEnding::CrLf, words.crlf),
        ];
        choice_ui(ui, words.line_ending, &mut draft.line_ending, &endings);
        ui.checkbox(&mut draft.escapes, words.escapes)
            .on_hover_text(words.escapes_why);
    }
    ui.checkbox(&mut draft.template, words.template)
        .on_hover_text(words.template_why);
}

/// Shows a choice of a few values; its name is its tooltip.
fn choice_ui<T: Copy + PartialEq>(ui: &mut Ui, name: &str, value: &mut T, choices: &[(T, &str)]) {
    choice::list_above(ui, name, CHOICE_WIDTH, value, choices).on_hover_text(name);
}
