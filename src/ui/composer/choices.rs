//! How the message is written: its recipients, its format, its line ending, escapes and fields.

use egui::{Frame, Margin, Ui};

use super::super::Cx;
use super::super::widgets::{choice, field};
use super::recipients;
use crate::payload::{Draft, Format, LineEnding};
use crate::words::composer::Composer as Words;

/// The width of a choice, in points.
const CHOICE_WIDTH: f32 = 68.0;

/// Shows the choices.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, is_narrow: bool) {
    let words = &cx.words.composer;
    recipients::ui(ui, cx, is_narrow);
    choice_ui(ui, words.format, &mut draft.format, &formats(words));
    if draft.format == Format::Text {
        let endings = endings(words);
        choice_ui(ui, words.line_ending, &mut draft.line_ending, &endings);
    }
    boxes_ui(ui, words, draft);
}

/// Shows them in a menu, but for the recipients.
pub(super) fn in_menu_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let frame = Frame::new().inner_margin(Margin::symmetric(8, 4));
    frame.show(ui, |ui| {
        // Fields and boxes keep their borders, which entries of a menu have not.
        ui.reset_style();
        fields_ui(ui, cx, draft);
    });
}

fn fields_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let words = &cx.words.composer;
    field::row(ui, words.format, |ui, _label| {
        choice::segmented(ui, words.format, &mut draft.format, &formats(words));
    });
    if draft.format == Format::Text {
        field::row(ui, words.line_ending, |ui, _label| {
            let endings = endings(words);
            choice::segmented(ui, words.line_ending, &mut draft.line_ending, &endings);
        });
    }
    ui.horizontal(|ui| boxes_ui(ui, words, draft));
}

fn formats(words: &Words) -> [(Format, &'static str); 2] {
    [(Format::Text, words.text), (Format::Hex, words.hex)]
}

fn endings(words: &Words) -> [(LineEnding, &'static str); 4] {
    [
        (LineEnding::None, words.no_ending),
        (LineEnding::Lf, words.lf),
        (LineEnding::Cr, words.cr),
        (LineEnding::CrLf, words.crlf),
    ]
}

/// Shows whether escapes and the fields of a template stand for something.
fn boxes_ui(ui: &mut Ui, words: &Words, draft: &mut Draft) {
    if draft.format == Format::Text {
        ui.checkbox(&mut draft.escapes, words.escapes)
            .on_hover_text(words.escapes_why);
    }
    ui.checkbox(&mut draft.template, words.template)
        .on_hover_text(words.template_why);
}

/// Shows a choice of a few values; its name is its tooltip.
fn choice_ui<T: Copy + PartialEq>(ui: &mut Ui, name: &str, value: &mut T, choices: &[(T, &str)]) {
    let width = choice::list_width(ui, choices).max(CHOICE_WIDTH);
    choice::list_above(ui, name, width, value, choices).on_hover_text(name);
}
