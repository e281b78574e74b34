//! The code of a step, in Python or in Rust.

use egui::{Frame, Label, Margin, RichText, ScrollArea, Stroke, Ui};

use super::super::widgets::{button, choice, small_label};
use super::super::{Action, Cx, Tokens};
use crate::session::lesson::{LessonText, Step};

/// The most height of code without scrolling, in points.
const MAX_HEIGHT: f32 = 260.0;

/// The language that was chosen.
#[derive(Debug, Default)]
pub(super) struct CodeView {
    language: ProgramLanguage,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ProgramLanguage {
    #[default]
    Python,
    Rust,
}

/// The names of the languages are the same in all languages.
const LANGUAGES: [(ProgramLanguage, &str); 2] = [
    (ProgramLanguage::Python, "Python"),
    (ProgramLanguage::Rust, "Rust"),
];

impl CodeView {
    /// Shows the code of a step of the lesson in these files.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, step: &Step, files: &LessonText) {
        let (words, tokens) = (&cx.words.lessons, Tokens::of(ui));
        small_label(ui, words.code);
        let (code, whole) = match self.language {
            ProgramLanguage::Python => (&step.python, files.python),
            ProgramLanguage::Rust => (&step.rust, files.rust),
        };
        ui.horizontal_wrapped(|ui| {
            choice::segmented(ui, words.language, &mut self.language, &LANGUAGES);
            if !code.is_empty() && button::small(ui, words.copy).clicked() {
                cx.push(Action::CopyText(code.to_string()));
            }
            let all = button::small(ui, words.copy_all);
            if all.on_hover_text(words.copy_all_why).clicked() {
                cx.push(Action::CopyText(whole.to_owned()));
            }
        });
        if code.is_empty() {
            small_label(ui, words.no_code);
            return;
        }
        let frame = Frame::new()
            .fill(tokens.field)
            .stroke(Stroke::new(1.0, tokens.border))
            .corner_radius(Tokens::CONTROL_RADIUS)
            .inner_margin(Margin::same(8));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ScrollArea::both()
                .max_height(MAX_HEIGHT)
                .min_scrolled_height(MAX_HEIGHT)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    let text = RichText::new(&**code).font(Tokens::small_data());
                    ui.add(Label::new(text.color(tokens.text)).extend());
                });
        });
    }
}
