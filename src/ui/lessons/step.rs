//! A step of a lesson: what to do, what has to be on record, what to look at, and the same in code.

use egui::{Label, Response, RichText, Ui, WidgetInfo};

use super::super::widgets::{Sign, button, sign_ui, small_label};
use super::super::{Action, Cx, Tokens, Wish, shown_as};
use super::code::CodeView;
use super::prose::prose_ui;
use crate::model::LessonModel;
use crate::session::lesson::{LessonCondition, LessonStep};
use crate::words::InWords as _;

/// A step that is shown.
#[derive(Clone, Copy)]
pub(super) struct ShownStep<'a> {
    pub(super) lesson: &'a LessonModel,
    pub(super) step: &'a LessonStep,
    /// Its place, from 0.
    pub(super) place: usize,
    pub(super) is_unfolded: bool,
    /// Whether what to look at stands with it.
    pub(super) has_look: bool,
}

/// Shows a step; returns its heading, which unfolds it.
pub(super) fn step_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    shown: ShownStep<'_>,
    code: &mut CodeView,
) -> Response {
    let next = shown.lesson.progress.step();
    let heading = heading_ui(ui, cx, shown, next);
    let is_done = shown.place < next;
    // What to look at stays until the next step is done too.
    let is_last_done = shown.has_look && shown.place + 1 == next;
    // With the last step all is done: what it says to look at may be its code.
    let has_code =
        shown.is_unfolded || is_done && shown.lesson.progress.is_over() && shown.place + 1 == next;
    if !has_code && !is_last_done {
        return heading;
    }
    ui.indent(("step", shown.place), |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        let tokens = Tokens::of(ui);
        if shown.is_unfolded {
            prose_ui(ui, &shown.step.text, tokens.text);
            if shown.place == next {
                do_it_ui(ui, cx, shown);
            }
            conditions_ui(ui, cx, shown);
            if shown.place == next && shown.has_look && next == 0 {
                ui.horizontal(|ui| shown_as::ui(ui, cx));
            }
        }
        if is_done && (shown.has_look || shown.is_unfolded) {
            look_ui(ui, cx, shown.step);
            // Once, beside what is to be done next.
            if is_last_done {
                ui.horizontal(|ui| shown_as::ui(ui, cx));
            }
        }
        if has_code && let Some(files) = cx.words.lesson_texts.0.get(shown.lesson.place) {
            ui.add_space(2.0);
            code.ui(ui, cx, shown.step, files);
        }
        ui.add_space(4.0);
    });
    heading
}

fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, shown: ShownStep<'_>, next: usize) -> Response {
    let (words, tokens) = (&cx.words.lessons, Tokens::of(ui));
    let (number, title) = (shown.place + 1, &*shown.step.title);
    let (sign, state, color) = match shown.place.cmp(&next) {
        std::cmp::Ordering::Less => (Sign::Done, words.done, tokens.muted_text),
        std::cmp::Ordering::Equal => (Sign::Waiting, words.to_do, tokens.text),
        std::cmp::Ordering::Greater => (Sign::Idle, words.later, tokens.muted_text),
    };
    ui.horizontal(|ui| {
        sign_ui(ui, sign);
        let mut text = RichText::new(words.step(number, title)).color(color);
        if shown.place == next {
            text = text.family(Tokens::semibold());
        }
        let response = button::quiet(ui, text);
        let name = words.step_state(number, title, state);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_expanded(shown.is_unfolded);
        });
        response
    })
    .inner
}

fn do_it_ui(ui: &mut Ui, cx: &Cx<'_>, shown: ShownStep<'_>) {
    let words = &cx.words.lessons;
    if shown.step.act.is_empty() {
        return;
    }
    let name = words.do_it_name(&shown.step.title);
    let button = if shown.step.press.is_empty() {
        button::primary(ui, words.do_it)
    } else {
        button::plain(ui, words.do_it)
    };
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    if button.clicked() {
        cx.push(Action::DoStep(shown.place));
    }
}

/// Shows what has to be on record, and where it is.
fn conditions_ui(ui: &mut Ui, cx: &Cx<'_>, shown: ShownStep<'_>) {
    small_label(ui, cx.words.lessons.needed);
    let met = shown.lesson.progress.met.get(shown.place);
    let met = met.map_or(&[][..], |it| &**it);
    for (place, condition) in shown.step.until.iter().enumerate() {
        condition_ui(ui, cx, condition, met.get(place).copied().flatten());
    }
}

fn condition_ui(ui: &mut Ui, cx: &Cx<'_>, condition: &LessonCondition, met: Option<u64>) {
    let (words, tokens) = (&cx.words.lessons, Tokens::of(ui));
    let said = condition.in_words(cx.words);
    ui.horizontal_wrapped(|ui| {
        let (sign, name, color) = match met {
            Some(_) => (Sign::Done, words.met(&said), tokens.muted_text),
            None => (Sign::Waiting, words.not_met(&said), tokens.text),
        };
        sign_ui(ui, sign);
        let label = ui.add(Label::new(RichText::new(&said).color(color)).wrap());
        label.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
        if let Some(entry) = met {
            let name = words.show_entry_name(&said);
            let show = button::small(ui, words.show_entry);
            show.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
            if show.clicked() {
                cx.wish(Wish::GoTo(entry));
            }
        }
    });
}

/// Shows what to look at.
pub(super) fn look_ui(ui: &mut Ui, cx: &Cx<'_>, step: &LessonStep) {
    let (words, tokens) = (&cx.words.lessons, Tokens::of(ui));
    let look = RichText::new(words.look).family(Tokens::semibold());
    ui.label(look.color(tokens.good));
    prose_ui(ui, &step.look, tokens.text);
}
