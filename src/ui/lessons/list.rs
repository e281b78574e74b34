//! The list of lessons.

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use super::super::widgets::{Sign, alert, button, muted_label, sign_ui, spoken_label};
use super::super::{Action, Cx, Tokens};
use crate::session::lesson::{Lesson, LessonError};

/// Shows each lesson with what it is about.
pub(super) fn list_ui(ui: &mut Ui, cx: &Cx<'_>, lessons: &[Result<Arc<Lesson>, LessonError>]) {
    muted_label(ui, cx.words.lessons.intro);
    ui.add_space(4.0);
    for (place, lesson) in lessons.iter().enumerate() {
        match lesson {
            Ok(lesson) => lesson_ui(ui, cx, place, lesson),
            Err(error) => alert::problem(ui, cx.words, error),
        }
    }
}

fn lesson_ui(ui: &mut Ui, cx: &Cx<'_>, place: usize, lesson: &Lesson) {
    let tokens = Tokens::of(ui);
    let title = cx.words.lessons.choice(place + 1, &lesson.title);
    let files = cx.words.lesson_texts.0.get(place);
    let is_finished = files.is_some_and(|it| cx.preferences.has_finished(it.key));
    ui.horizontal(|ui| {
        let shown = RichText::new(&title).color(tokens.chosen_text);
        if button::quiet(ui, shown).clicked() {
            cx.push(Action::BeginLesson(place));
        }
        if is_finished {
            let words = &cx.words.lessons;
            let done = Tokens::small_words(words.done, tokens.muted_text);
            sign_ui(ui, Sign::Done);
            spoken_label(ui, Label::new(done), &words.is_done(&title));
        }
    });
    let summary = lesson.summary.replace('`', "");
    let summary = Tokens::small_words(summary, tokens.muted_text);
    ui.indent(place, |ui| ui.add(Label::new(summary).wrap()));
}
