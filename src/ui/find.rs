//! The find field: what is looked for in the timeline, and what came of it.

use std::sync::Arc;

use egui::{
    Align2, Button, Color32, FontId, Galley, Key, Label, Margin, Modifiers, Popup, Rect, Response,
    RichText, TextEdit, Ui, UiBuilder, Vec2, vec2,
};

use super::action::Action;
use super::keys;
use super::theme::Tokens;
use super::widgets::field;
use crate::capture::Request;
use crate::model::{Find, Model, TimelineModel};
use crate::payload::{Case, Pattern, PatternError};
use crate::words::InWords as _;
use crate::words::find::Find as Words;

/// The find field's own state.
#[derive(Debug)]
pub(super) struct FindField {
    text: String,
    case: Case,
    /// The number of the outcome that the timeline went to already.
    seen: u64,
    /// Whether what is typed differs from what was last looked for, so that its outcome says nothing.
    is_edited: bool,
    /// Why what is typed cannot be looked for; shown until it is edited.
    problem: Option<PatternError>,
}

/// The width of the switch for upper and lower case.
const CASE_WIDTH: f32 = 32.0;

impl Default for FindField {
    fn default() -> Self {
        Self {
            text: String::new(),
            case: Case::Ignored,
            seen: 0,
            is_edited: false,
            problem: None,
        }
    }
}

impl FindField {
    /// Shows the field, `width` wide. `from` is the entry to go on from.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        width: f32,
        model: &Model,
        from: Option<u64>,
        actions: &mut Vec<Action>,
    ) {
        let tokens = Tokens::of(ui);
        let words = &model.words.find;
        let outcome = self.outcome(words, model.timeline.find());
        let font = FontId::proportional(tokens.small_size);
        let outcome = outcome.map(|(words, color)| {
            let color = color.of(tokens);
            ui.painter().layout_no_wrap(words, font, color)
        });
        let words_width = outcome.as_ref().map_or(0.0, |words| words.size().x);
        let right = words_width + CASE_WIDTH + 8.0;
        let edit = TextEdit::singleline(&mut self.text)
            .id_salt("find")
            .desired_width(width)
            .min_size(vec2(width, tokens.control_height))
            .margin(Margin {
                left: 8,
                right: right as i8,
                top: 4,
                bottom: 4,
            })
            .align(Align2::LEFT_CENTER)
            // Enter looks for the next one and stays in the field.
            .return_key(None)
            .hint_text(
                RichText::new(words.placeholder(&keys::FIND.text(ui))).color(tokens.faint_text),
            );
        let response = ui.add(edit).accessible_name(words.name);
        if let Some(words) = outcome {
            outcome_ui(ui, response.rect, words);
        }
        self.case_ui(ui, words, response.rect);
        if response.changed() {
            self.is_edited = true;
            self.problem = None;
        }
        self.problem_ui(model, &response);
        if keys::FIND.pressed(ui) {
            response.request_focus();
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            self.is_edited = true;
            actions.push(Action::Ask(Request::CancelFind));
        }
        let in_field = response.has_focus();
        if let Some(forward) = wanted_direction(ui, in_field).filter(|_| !self.text.is_empty()) {
            match self.pattern() {
                Ok(pattern) => {
                    self.is_edited = false;
                    actions.push(Action::Find {
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
        let is_exact = self.case == Case::Exact;
        let color = if is_exact {
            tokens.chosen_text
        } else {
            tokens.muted_text
        };
        let sign = tokens.small_words(words.match_case_sign, color);
        let rect = field.with_min_x(field.right() - CASE_WIDTH).shrink(4.0);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.spacing_mut().button_padding = Vec2::ZERO;
        inner.spacing_mut().interact_size = rect.size();
        let response = inner.add_sized(rect.size(), Button::selectable(is_exact, sign));
        let response = response.accessible_name(words.match_case);
        if response.clicked() {
            self.case = if is_exact { Case::Ignored } else { Case::Exact };
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
        Pattern::parse_find(&self.text, self.case)
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

    fn outcome(&self, words: &Words, find: &Find) -> Option<(String, Outcome)> {
        if self.is_edited || self.text.is_empty() {
            return None;
        }
        if find.asked.is_some() {
            return Some((searching(words, find), Outcome::Quiet));
        }
        let found = find
            .outcome
            .as_ref()
            .filter(|found| found.text == self.text)?;
        if found.entry.is_none() {
            return Some((words.no_match.to_owned(), Outcome::Caution));
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
        Some((said, Outcome::Quiet))
    }
}

#[derive(Clone, Copy)]
enum Outcome {
    Quiet,
    Caution,
}

/// Returns whether the next (`true`) or the previous one is wanted.
fn wanted_direction(ui: &Ui, in_field: bool) -> Option<bool> {
    // The keys with Shift first: those without take them too.
    let enter =
        |modifiers| in_field && ui.input_mut(|input| input.consume_key(modifiers, Key::Enter));
    if keys::FIND_PREVIOUS.pressed(ui) || enter(Modifiers::SHIFT) {
        return Some(false);
    }
    (keys::FIND_NEXT.pressed(ui) || enter(Modifiers::NONE)).then_some(true)
}

impl Outcome {
    fn of(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Quiet => tokens.muted_text,
            Self::Caution => tokens.caution,
        }
    }
}

/// Says how far a find is that has not come to anything yet.
fn searching(words: &Words, find: &Find) -> String {
    match find.progress.percent() {
        Some(percent) => words.searched(percent),
        None => words.searching.to_owned(),
    }
}

fn outcome_ui(ui: &mut Ui, field: Rect, words: Arc<Galley>) {
    let right = field.right() - CASE_WIDTH;
    let rect = field
        .with_max_x(right)
        .with_min_x(right - words.size().x - 4.0);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
    inner.add_sized(rect.size(), Label::new(words));
}
