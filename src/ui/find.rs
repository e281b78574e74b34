//! The find field: what is looked for in the timeline, and what came of it.

use egui::{
    Align2, FontId, Key, Label, Margin, Modifiers, Rect, RichText, TextEdit, Ui, pos2, vec2,
};

use super::action::Action;
use super::keys;
use super::theme::Tokens;
use crate::model::{Find, TimelineModel};

/// The find field's own state.
#[derive(Debug, Default)]
pub(super) struct FindField {
    text: String,
    /// The number of the outcome that the timeline went to already.
    seen: u64,
    /// Whether what is typed differs from what was last looked for, so that its outcome says nothing.
    is_edited: bool,
}

/// The width that the outcome's words take within the field, in points.
const OUTCOME_WIDTH: f32 = 66.0;

impl FindField {
    /// Shows the field, `width` wide. `from` is the entry to go on from.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        width: f32,
        timeline: &TimelineModel,
        from: Option<u64>,
        actions: &mut Vec<Action>,
    ) {
        let tokens = Tokens::of(ui);
        let outcome = self.outcome(timeline.find());
        let right = if outcome.is_some() {
            OUTCOME_WIDTH
        } else {
            8.0
        };
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
                RichText::new(format!("Find  {}", keys::FIND.text(ui))).color(tokens.faint_text),
            );
        let response = ui.add(edit).accessible_name("Find");
        if let Some((words, color)) = outcome {
            outcome_ui(ui, response.rect, &words, color);
        }
        if response.changed() {
            self.is_edited = true;
        }
        if keys::FIND.pressed(ui) {
            response.request_focus();
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            self.is_edited = true;
            actions.push(Action::CancelFind);
        }
        let in_field = response.has_focus();
        if let Some(forward) = wanted_direction(ui, in_field).filter(|_| !self.text.is_empty()) {
            self.is_edited = false;
            actions.push(Action::Find {
                text: self.text.clone(),
                from,
                forward,
            });
        }
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

    fn outcome(&self, find: &Find) -> Option<(String, Outcome)> {
        if self.is_edited || self.text.is_empty() {
            return None;
        }
        if find.asked.is_some() {
            return Some(("finding…".to_owned(), Outcome::Quiet));
        }
        let found = find
            .outcome
            .as_ref()
            .filter(|found| found.text == self.text)?;
        match found.entry {
            None => Some(("not found".to_owned(), Outcome::Caution)),
            Some(_) if found.wrapped => Some(("wrapped".to_owned(), Outcome::Quiet)),
            Some(_) => {
                let more = if find.progress.is_whole() { "" } else { "…" };
                let words = format!("{} of {}{more}", found.place + 1, find.count);
                Some((words, Outcome::Quiet))
            }
        }
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

fn outcome_ui(ui: &mut Ui, field: Rect, words: &str, outcome: Outcome) {
    let tokens = Tokens::of(ui);
    let color = match outcome {
        Outcome::Quiet => tokens.muted_text,
        Outcome::Caution => tokens.caution,
    };
    let min = pos2(field.right() - OUTCOME_WIDTH, field.top());
    let rect = Rect::from_min_max(min, field.max);
    let text = RichText::new(words)
        .color(color)
        .font(FontId::proportional(tokens.small_size));
    ui.put(rect, Label::new(text));
}
