//! The lessons' pane: the list of lessons, or the lesson that is being done.
//!
//! In a wide window it stands at the right, in place of the inspector; in a narrow one above the timeline, which stays in
//! sight in both.

mod code;
mod list;
mod prose;
mod step;

use std::sync::Arc;

use egui::{
    Align, Label, Layout, RichText, ScrollArea, TextStyle, TextWrapMode, Ui, UiBuilder, WidgetText,
};

use super::widgets::{alert, button, small_label, text_width};
use super::{Action, Cx, Tokens, Wish, shown_as};
use crate::model::LessonModel;
use crate::session::lesson::{Lesson, LessonError};
use code::CodeView;
use prose::prose_ui;

/// The width of the pane at first, and its bounds, in points.
pub(super) const WIDTH: f32 = 376.0;
pub(super) const WIDTHS: std::ops::RangeInclusive<f32> = 280.0..=520.0;
/// The height of the pane above the timeline at first, in points.
pub(super) const HEIGHT: f32 = 206.0;
/// The width from which on what to look at stands beside the steps, in points: that of the pane above the timeline.
const TWO_COLUMNS: f32 = 521.0;
/// The space beside the words, in points.
const MARGIN: i8 = 14;

/// The pane's own state.
#[derive(Default)]
pub(super) struct LessonPane {
    /// Whether it is open, and before the inspector.
    is_open: bool,
    /// The lessons in the window's language, read when the list is shown for the first time.
    lessons: Vec<Result<Arc<Lesson>, LessonError>>,
    /// The step that is unfolded, while it is another one than the next to do.
    unfolded: Option<usize>,
    /// The place of the lesson and the step that were shown last.
    shown: Option<(usize, usize)>,
    code: CodeView,
}

impl LessonPane {
    /// Opens it.
    pub(super) fn open(&mut self) {
        self.is_open = true;
    }

    /// Puts the inspector before it; it closes if there is no lesson.
    pub(super) fn step_aside(&mut self) {
        self.is_open = false;
    }

    /// Returns whether it is open.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let pane = UiBuilder::new()
            .accessibility_role(egui::Role::Group)
            .accessibility_label(cx.words.lessons.pane);
        ui.scope_builder(pane, |ui| match &cx.lesson {
            Some(lesson) => self.lesson_ui(ui, cx, lesson),
            None => self.list_ui(ui, cx),
        });
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.lessons.is_empty() {
            let texts = cx.words.lesson_texts.0.iter();
            let read = texts.map(|files| Lesson::read(files).map(Arc::new));
            self.lessons = read.collect();
        }
        header_ui(ui, cx, cx.words.lessons.heading, None);
        scroll_ui(ui, "list", false, |ui| list::list_ui(ui, cx, &self.lessons));
    }

    fn lesson_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, lesson: &LessonModel) {
        let next = lesson.progress.step();
        let is_new = self.shown != Some((lesson.place, next));
        if is_new {
            self.shown = Some((lesson.place, next));
            self.unfolded = None;
        }
        let count = cx.words.lesson_texts.0.len();
        let number = cx.words.lessons.of(lesson.place + 1, count);
        header_ui(ui, cx, &lesson.lesson.title, Some((lesson, &number)));
        let is_begun = is_new && next == 0;
        let salt = ("lesson", lesson.place);
        if ui.available_width() < TWO_COLUMNS {
            scroll_ui(ui, salt, is_begun, |ui| {
                if next == 0 {
                    prose_ui(ui, &lesson.lesson.about, Tokens::of(ui).text);
                    ui.add_space(4.0);
                }
                self.steps_ui(ui, cx, lesson, (is_new, true));
                if lesson.progress.is_over() {
                    over_ui(ui, cx, lesson);
                }
                self.ways_ui(ui, cx, lesson);
            });
            return;
        }
        let area = ui.available_rect_before_wrap();
        let (left, right) = area.split_left_right_at_fraction(0.5);
        let column = |rect| {
            UiBuilder::new()
                .max_rect(rect)
                .layout(Layout::top_down(Align::Min))
        };
        scroll_ui(&mut ui.new_child(column(left)), salt, is_begun, |ui| {
            self.steps_ui(ui, cx, lesson, (is_new, false));
            self.ways_ui(ui, cx, lesson);
        });
        let salt = ("look", lesson.place);
        scroll_ui(&mut ui.new_child(column(right)), salt, is_new, |ui| {
            look_ui(ui, cx, lesson);
        });
    }

    /// Shows the steps, with what to look at after the last one that was done where there is no other place for it.
    fn steps_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        lesson: &LessonModel,
        (is_new, has_look): (bool, bool),
    ) {
        let next = lesson.progress.step();
        let unfolded = self.unfolded.unwrap_or(next);
        for (place, step) in lesson.lesson.steps.iter().enumerate() {
            let shown = step::ShownStep {
                lesson,
                step,
                place,
                is_unfolded: place == unfolded,
                has_look,
            };
            let response = step::step_ui(ui, cx, shown, &mut self.code);
            if response.clicked() {
                self.unfolded = Some(if place == unfolded { next } else { place });
            }
            // The step before stays in sight where what to look at stands there.
            if is_new && place + usize::from(has_look) == next && next > 0 {
                response.scroll_to_me(Some(Align::TOP));
            }
        }
        if let Some(problem) = &lesson.problem {
            alert::problem(ui, cx.words, problem.as_ref());
        }
        ui.add_space(6.0);
    }

    /// Shows the ways to other lessons; the next one stands in the header once this one is over.
    fn ways_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, lesson: &LessonModel) {
        let words = &cx.words.lessons;
        let is_over = lesson.progress.is_over();
        ui.horizontal_wrapped(|ui| {
            if has_next(cx, lesson) && !is_over && button::plain(ui, words.next).clicked() {
                cx.push(Action::BeginLesson(lesson.place + 1));
            }
            if lesson.place > 0 && button::quiet(ui, words.previous).clicked() {
                cx.push(Action::BeginLesson(lesson.place - 1));
            }
            if button::quiet(ui, words.again).clicked() {
                self.shown = None;
                cx.push(Action::BeginLesson(lesson.place));
            }
            if button::quiet(ui, words.all).clicked() {
                cx.push(Action::LeaveLesson);
            }
        });
    }
}

/// Shows what the lesson is about, what to look at after the last step, and at the end what to remember.
fn look_ui(ui: &mut Ui, cx: &Cx<'_>, lesson: &LessonModel) {
    let done = lesson.progress.step().checked_sub(1);
    match done.and_then(|place| lesson.lesson.steps.get(place)) {
        Some(step) => step::look_ui(ui, cx, step),
        None => prose_ui(ui, &lesson.lesson.about, Tokens::of(ui).text),
    }
    ui.horizontal(|ui| shown_as::ui(ui, cx));
    if lesson.progress.is_over() {
        over_ui(ui, cx, lesson);
    }
}

/// Returns whether a lesson follows this one.
fn has_next(cx: &Cx<'_>, lesson: &LessonModel) -> bool {
    lesson.place + 1 < cx.words.lesson_texts.0.len()
}

/// Shows what to remember.
fn over_ui(ui: &mut Ui, cx: &Cx<'_>, lesson: &LessonModel) {
    let (words, tokens) = (&cx.words.lessons, Tokens::of(ui));
    ui.add_space(4.0);
    let over = RichText::new(words.over).family(Tokens::semibold());
    ui.label(over.color(tokens.good));
    prose_ui(ui, &lesson.lesson.end, tokens.text);
}

/// Shows the title of the pane, what closes it, and, once the lesson is over, the way on: in sight however the pane is
/// scrolled.
fn header_ui(ui: &mut Ui, cx: &Cx<'_>, title: &str, shown: Option<(&LessonModel, &str)>) {
    let words = &cx.words.lessons;
    let title = RichText::new(title).heading().color(Tokens::of(ui).text);
    // A title that is too long for its line has a second one.
    let beside = shown.map_or(0.0, |it| text_width(ui, it.1)) + 2.0 * Tokens::CONTROL_HEIGHT;
    let room = ui.available_width() - f32::from(MARGIN) - beside;
    let galley = WidgetText::from(title.clone()).into_galley(
        ui,
        Some(TextWrapMode::Wrap),
        room,
        TextStyle::Heading,
    );
    let height = (galley.size().y + 12.0).max(Tokens::PANE_HEADER_HEIGHT);
    ui.horizontal(|ui| {
        ui.set_height(height);
        ui.add_space(f32::from(MARGIN));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(6.0);
            let name = match shown {
                Some(_) => words.leave,
                None => words.close,
            };
            let close = button::close(ui).accessible_name(name);
            if close.on_hover_text(name).clicked() {
                cx.push(Action::LeaveLesson);
                cx.wish(Wish::CloseLessons);
            }
            if let Some((lesson, number)) = shown {
                let leads_on = lesson.progress.is_over() && has_next(cx, lesson);
                if !leads_on {
                    small_label(ui, number);
                } else if button::primary(ui, words.next).clicked() {
                    cx.push(Action::BeginLesson(lesson.place + 1));
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(title).wrap());
            });
        });
    });
}

/// Shows content that scrolls, from its top if it is shown for the first time, with the space of the pane beside it.
fn scroll_ui(
    ui: &mut Ui,
    salt: impl egui::AsIdSalt,
    is_begun: bool,
    content: impl FnOnce(&mut Ui),
) {
    let mut scroll = ScrollArea::vertical().id_salt(salt).auto_shrink(false);
    if is_begun {
        scroll = scroll.vertical_scroll_offset(0.0);
    }
    scroll.show(ui, |ui| {
        let margin = egui::Margin {
            left: MARGIN,
            right: MARGIN,
            top: 2,
            bottom: 12,
        };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            content(ui);
        });
    });
}
