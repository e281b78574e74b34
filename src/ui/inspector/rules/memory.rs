//! What the endpoint remembers when it starts, and the seed of its chance.

use egui::Ui;

use super::super::super::widgets::{button, field};
use super::super::super::{Cx, Tokens};
use super::super::form::section_ui;
use super::problem_words;
use crate::workspace::rules::RulesForm;
use crate::workspace::{FieldError, FormField};

/// The width of a value's name, in points.
const NAME_WIDTH: f32 = 96.0;

/// What is remembered from the start on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StartMemory {
    memory: Vec<(String, String)>,
    seed_text: String,
}

impl StartMemory {
    pub(super) fn of(rules: &RulesForm) -> Self {
        Self {
            memory: rules.memory.clone(),
            seed_text: rules.seed_text.clone(),
        }
    }

    pub(super) fn apply(self, rules: &mut RulesForm) {
        rules.memory = self.memory;
        rules.seed_text = self.seed_text;
    }

    /// Shows the fields. Returns whether one of them is being typed in.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, problems: &[FieldError]) -> bool {
        let words = &cx.words.rules;
        let is_open = !self.memory.is_empty() || !self.seed_text.is_empty();
        let mut is_typing = false;
        let problem = |of: FormField| {
            let problem = problems.iter().find(|it| it.field == of);
            problem.map(|it| problem_words(cx, it))
        };
        section_ui(ui, words.memory, is_open, |ui| {
            muted_small(ui, words.memory_why);
            let mut removed = None;
            for (place, (name, value)) in self.memory.iter_mut().enumerate() {
                ui.push_id(place, |ui| {
                    let number = place as u64 + 1;
                    let (typing, is_removed) = value_ui(ui, cx, number, (name, value));
                    is_typing |= typing;
                    removed = removed.or(is_removed.then_some(place));
                });
            }
            if let Some(place) = removed {
                self.memory.remove(place);
            }
            field::problem(ui, problem(FormField::Memory).as_deref());
            if button::small_at_edge(ui, words.add_value).clicked() {
                self.memory.push((String::new(), String::new()));
            }
            field::row(ui, words.seed, |ui, label| {
                let width = ui.available_width();
                let (text, hint) = (&mut self.seed_text, words.seed_hint);
                let seed = field::input_with_hint(ui, words.seed, text, width, hint);
                is_typing |= seed.has_focus();
                seed.labelled_by(label).on_hover_text(words.seed_why);
            });
            field::problem(ui, problem(FormField::Seed).as_deref());
        });
        is_typing
    }
}

fn muted_small(ui: &mut Ui, words: &str) {
    let tokens = Tokens::of(ui);
    let text = Tokens::small_words(words, tokens.muted_text);
    ui.add(egui::Label::new(text).wrap());
}

/// Shows a value with its name. Returns whether it is being typed, and whether it was removed.
fn value_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    number: u64,
    (name, value): (&mut String, &mut String),
) -> (bool, bool) {
    let words = &cx.words.rules;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let hint = words.memory_name_hint;
        let name = field::input_with_hint(ui, &words.memory_name(number), name, NAME_WIDTH, hint);
        let width = ui.available_width() - Tokens::CONTROL_HEIGHT - 6.0;
        let hint = words.memory_value_hint;
        let value = field::input_with_hint(ui, &words.memory_value(number), value, width, hint);
        let remove = button::close(ui).accessible_name(words.remove_value(number));
        let is_removed = remove.on_hover_text(words.remove_value(number)).clicked();
        (name.has_focus() || value.has_focus(), is_removed)
    })
    .inner
}
