//! The code of a step, in Python or in Rust.

use egui::{Frame, Label, Margin, RichText, ScrollArea, Stroke, Ui};

use super::super::widgets::{button, choice, small_label};
use super::super::{Action, Cx, Tokens};
use crate::session::lesson::{LessonStep, LessonText};

/// The most height of code without scrolling, in points.
const MAX_HEIGHT: f32 = 260.0;
/// How many characters the rest of a broken line stands further in, and how many a line has at least.
const FURTHER: usize = 4;
const MIN_ROOM: usize = 16;

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
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, step: &LessonStep, files: &LessonText) {
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
            ScrollArea::vertical()
                .max_height(MAX_HEIGHT)
                .min_scrolled_height(MAX_HEIGHT)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    let font = Tokens::small_data();
                    let width = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
                    let room = (ui.available_width() / width) as usize;
                    let text = RichText::new(broken(code, room)).font(font);
                    ui.add(Label::new(text.color(tokens.text)).extend());
                });
        });
    }
}

/// Breaks the lines that are longer than so many characters, at spaces where there are any; what follows stands further
/// in than their beginning.
fn broken(code: &str, room: usize) -> String {
    let lines = code.lines().map(|line| broken_line(line, room));
    lines.collect::<Vec<_>>().join("\n")
}

fn broken_line(line: &str, room: usize) -> String {
    let depth = line.len() - line.trim_start().len();
    let further = " ".repeat(depth + FURTHER);
    let mut broken = String::with_capacity(line.len());
    let (mut rest, mut room) = (line, room.max(MIN_ROOM));
    let later_room = room.saturating_sub(further.len()).max(MIN_ROOM);
    while let Some((end, _)) = rest.char_indices().nth(room) {
        let (fitting, _) = rest.split_at(end);
        // A space right behind what fits is a place to break too; one in the indentation is none.
        let begins = fitting.len() - fitting.trim_start().len();
        let at_end = rest.get(end..).is_some_and(|it| it.starts_with(' '));
        let space = fitting.rfind(' ').filter(|space| *space > begins);
        let at = if at_end { end } else { space.unwrap_or(end) };
        let (shown, later) = rest.split_at(at);
        broken.push_str(shown.trim_end());
        broken.push('\n');
        broken.push_str(&further);
        rest = later.trim_start();
        room = later_room;
    }
    broken.push_str(rest);
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_of_code_are_broken_at_spaces_and_stand_further_in() {
        let check = |code: &str, room: usize, expected: &str| {
            assert_eq!(broken(code, room), expected, "{room}");
        };
        check("short", 20, "short");
        check("a\n\n    b", 20, "a\n\n    b");
        let line = "    let server = bind(address)?;";
        check(line, 32, line);
        check(line, 31, "    let server =\n        bind(address)?;");
        check(line, 16, "    let server =\n        bind(address)?;");
        check(
            &"x".repeat(45),
            20,
            &format!(
                "{0}\n    {1}\n    {2}",
                "x".repeat(20),
                "x".repeat(16),
                "x".repeat(9)
            ),
        );
        check("# ä ö ü", 1, "# ä ö ü");
        let long = "one two three four five six seven eight nine ten";
        for line in broken(long, 20).lines() {
            assert!(line.chars().count() <= 20, "{line:?}");
        }
    }
}
