//! The find field: what is looked for in the timeline, and what came of it.

use std::sync::Arc;

use egui::{
    Align2, Button, Color32, Galley, Key, Label, Margin, Modifiers, Popup, Rect, Response,
    RichText, TextEdit, Ui, UiBuilder, Vec2, vec2,
};

use super::commands::{self, FindStep};
use super::widgets::field;
use super::{Action, Cx, Tokens};
use crate::capture::Request;
use crate::model::{Find, Model, TimelineModel};
use crate::payload::{Case, Pattern, PatternError};
use crate::words::InWords as _;
use crate::words::find::Find as Words;

/// The find field's own state.
#[derive(Debug, Default)]
pub(super) struct FindField {
    text: String,
    /// Whether upper and lower case differ.
    is_exact: bool,
    /// The number of the outcome that the timeline went to already.
    seen: u64,
    /// Whether what is typed differs from what was last looked for, so that its outcome says nothing.
    is_edited: bool,
    /// Why what is typed cannot be looked for; shown until it is edited.
    problem: Option<PatternError>,
    /// What a command asked for.
    step: Option<FindStep>,
}

/// The width of the switch for upper and lower case.
const CASE_WIDTH: f32 = 32.0;

impl FindField {
    /// Takes a step at the next frame.
    pub(super) fn take_step(&mut self, step: FindStep) {
        self.step = Some(step);
    }

    /// Shows the field, `width` wide. `from` is the entry to go on from.
    pub(super) fn ui(&mut self, ui: &mut Ui, width: f32, cx: &Cx<'_>, from: Option<u64>) {
        let tokens = Tokens::of(ui);
        let words = &cx.words.find;
        let outcome = self.outcome(words, cx.timeline.find(), tokens);
        let outcome = outcome.map(|(words, color)| {
            let painter = ui.painter();
            painter.layout_no_wrap(words, Tokens::small(), color)
        });
        let words_width = outcome.as_ref().map_or(0.0, |words| words.size().x);
        let right = words_width + CASE_WIDTH + 8.0;
        let hint = words.placeholder(&commands::FIND.key_text(ui));
        let edit = TextEdit::singleline(&mut self.text)
            .id_salt("find")
            .desired_width(width)
            .min_size(vec2(width, Tokens::CONTROL_HEIGHT))
            .margin(Margin {
                left: 8,
                right: right as i8,
                top: 4,
                bottom: 4,
            })
            .align(Align2::LEFT_CENTER)
            // Enter looks for the next one and stays in the field.
            .return_key(None)
            .hint_text(RichText::new(hint).color(tokens.faint_text));
        let response = ui.add(edit).accessible_name(words.name);
        if let Some(words) = outcome {
            outcome_ui(ui, response.rect, words);
        }
        self.case_ui(ui, words, response.rect);
        if response.changed() {
            self.is_edited = true;
            self.problem = None;
        }
        self.problem_ui(cx, &response);
        let step = self.step.take();
        if step == Some(FindStep::Field) {
            response.request_focus();
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            self.is_edited = true;
            cx.push(Action::Ask(Request::CancelFind));
        }
        let in_field = response.has_focus();
        if let Some(forward) =
            wanted_direction(ui, step, in_field).filter(|_| !self.text.is_empty())
        {
            match self.pattern() {
                Ok(pattern) => {
                    self.is_edited = false;
                    cx.push(Action::Find {
                        pattern,
                        from,
                        forward,
                    });
                }
                Err(error) => self.problem = Some(error),
            }
        }
        response.on_hover_text(words.hint);
    }

    /// Shows the switch for upper and lower case in the field.
    fn case_ui(&mut self, ui: &mut Ui, words: &Words, field: Rect) {
        let tokens = Tokens::of(ui);
        let color = if self.is_exact {
            tokens.chosen_text
        } else {
            tokens.muted_text
        };
        let sign = Tokens::small_words(words.match_case_sign, color);
        let rect = field.with_min_x(field.right() - CASE_WIDTH).shrink(4.0);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.spacing_mut().button_padding = Vec2::ZERO;
        inner.spacing_mut().interact_size = rect.size();
        let response = inner.add_sized(rect.size(), Button::selectable(self.is_exact, sign));
        let response = response.accessible_name(words.match_case);
        if response.clicked() {
            self.is_exact = !self.is_exact;
            self.is_edited = true;
        }
        response.on_hover_text(words.match_case);
    }

    /// Shows below the field why what is typed cannot be looked for.
    fn problem_ui(&self, model: &Model, field: &Response) {
        if let Some(problem) = &self.problem {
            let problem = problem.in_words(model.words);
            let popup = Popup::from_response(field).open(true);
            popup.show(|ui| field::problem(ui, Some(&problem)));
        }
    }

    /// Returns what is looked for, or why it cannot be.
    pub(super) fn pattern(&self) -> Result<Pattern, PatternError> {
        let case = if self.is_exact {
            Case::Exact
        } else {
            Case::Ignored
        };
        Pattern::parse_find(&self.text, case)
    }

    /// Returns what stands in the field.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the entry to go to, once for each find.
    pub(super) fn take_found(&mut self, timeline: &TimelineModel) -> Option<u64> {
        let found = timeline.find().outcome.as_ref()?;
        if found.number <= self.seen {
            return None;
        }
        self.seen = found.number;
        found.entry
    }

    /// Returns what came of the last find, and the colour of these words.
    fn outcome(&self, words: &Words, find: &Find, tokens: &Tokens) -> Option<(String, Color32)> {
        if self.is_edited || self.text.is_empty() {
            return None;
        }
        if find.asked.is_some() {
            let searching = find
                .progress
                .percent()
                .map(|percent| words.searched(percent));
            let searching = searching.unwrap_or_else(|| words.searching.to_owned());
            return Some((searching, tokens.muted_text));
        }
        let found = find.outcome.as_ref()?;
        if found.text != self.text {
            return None;
        }
        if found.entry.is_none() {
            return Some((words.no_match.to_owned(), tokens.caution));
        }
        let (place, count) = (found.place + 1, find.count);
        let place = if find.progress.is_whole() {
            words.place(place, count)
        } else {
            words.place_so_far(place, count)
        };
        let said = if found.wrapped {
            words.wrapped(&place)
        } else {
            place
        };
        Some((said, tokens.muted_text))
    }
}

/// Returns whether the next (`true`) or the previous one is wanted.
fn wanted_direction(ui: &Ui, step: Option<FindStep>, in_field: bool) -> Option<bool> {
    // The key with Shift first: the one without takes it too.
    let enter =
        |modifiers| in_field && ui.input_mut(|input| input.consume_key(modifiers, Key::Enter));
    if step == Some(FindStep::Previous) || enter(Modifiers::SHIFT) {
        return Some(false);
    }
    (step == Some(FindStep::Next) || enter(Modifiers::NONE)).then_some(true)
}

fn outcome_ui(ui: &mut Ui, field: Rect, words: Arc<Galley>) {
    let right = field.right() - CASE_WIDTH;
    let rect = field.with_max_x(right);
    let rect = rect.with_min_x(right - words.size().x - 4.0);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
    inner.add_sized(rect.size(), Label::new(words));
}
