//! What has to be true of a request: a row for each condition.

use egui::{Response, Ui};

use super::super::super::super::Tokens;
use super::super::super::super::widgets::{button, choice, field, small_label};
use super::Form;
use crate::words::rules::Rules as Words;
use crate::workspace::RulePart;
use crate::workspace::rules::{ConditionForm, ConditionKind, WhenForm};

/// The width of a kind, in points.
const KIND_WIDTH: f32 = 120.0;
/// The width from which on a condition stands on one line.
const ONE_LINE: f32 = 330.0;

/// Shows the conditions of a rule.
pub(super) fn ui(form: &Form<'_>, ui: &mut Ui, when: &mut WhenForm, wants_keyboard: bool) {
    let words = &form.cx().words.rules;
    if when.conditions.is_empty() {
        small_label(ui, words.any_request);
    }
    let mut removed = None;
    let mut is_not_before = false;
    for (place, condition) in when.conditions.iter_mut().enumerate() {
        ui.push_id(place, |ui| {
            if place > 0 {
                ui.add_space(2.0);
            }
            let row = Row {
                form,
                number: place as u64 + 1,
                is_not_before,
                wants_keyboard: wants_keyboard && place == 0,
            };
            if row.ui(ui, condition) {
                removed = Some(place);
            }
        });
        is_not_before = condition.is_not;
        let number = u16::try_from(place + 1).unwrap_or(u16::MAX);
        form.wrong_ui(ui, RulePart::Condition(number));
    }
    if let Some(place) = removed {
        when.conditions.remove(place);
    }
    ui.horizontal_wrapped(|ui| {
        if button::small_at_edge(ui, words.add_condition).clicked() {
            let condition = ConditionForm::new(ConditionKind::Contains, "");
            when.conditions.push(condition);
        }
        if when.conditions.iter().any(|it| has_letters(it.kind)) {
            ui.checkbox(&mut when.ignores_case, words.ignore_case);
        }
    });
}

struct Row<'a> {
    form: &'a Form<'a>,
    number: u64,
    /// Whether the condition before it must not hold.
    is_not_before: bool,
    wants_keyboard: bool,
}

impl Row<'_> {
    /// Shows a condition. Returns whether it was removed.
    fn ui(&self, ui: &mut Ui, condition: &mut ConditionForm) -> bool {
        let words = &self.form.cx().words.rules;
        let is_wide = ui.available_width() >= ONE_LINE && !is_long(condition.kind);
        let has_text = condition.kind != ConditionKind::First;
        let not = self.not_width(ui, words, condition);
        let end = not + Tokens::CONTROL_HEIGHT + ui.spacing().item_spacing.x;
        let removed = ui.horizontal(|ui| {
            let room = ui.available_width() - end - ui.spacing().item_spacing.x;
            let kind = if is_wide && has_text {
                KIND_WIDTH
            } else {
                room
            };
            let (name, kinds) = (words.condition(self.number), kinds(words));
            choice::list(ui, &name, kind, &mut condition.kind, &kinds);
            if is_wide && has_text {
                let width = room - KIND_WIDTH - ui.spacing().item_spacing.x;
                self.text_ui(ui, condition, width);
            }
            self.not_ui(ui, words, condition);
            let remove = button::close(ui).accessible_name(words.remove_condition(self.number));
            remove
                .on_hover_text(words.remove_condition(self.number))
                .clicked()
        });
        if !is_wide && has_text {
            let width = ui.available_width();
            self.text_ui(ui, condition, width);
        }
        removed.inner
    }

    fn text_ui(&self, ui: &mut Ui, condition: &mut ConditionForm, width: f32) -> Response {
        let words = &self.form.cx().words.rules;
        let name = words.condition_text(self.number);
        let hint = hint(words, condition.kind);
        let input = field::input_with_hint(ui, &name, &mut condition.text, width, hint);
        if self.wants_keyboard {
            input.request_focus();
        }
        self.form.note(&input);
        input
    }

    /// Returns whether it can be joined with the condition before it.
    fn can_join(&self, condition: &ConditionForm) -> bool {
        condition.is_not && self.is_not_before
    }

    fn not_ui(&self, ui: &mut Ui, words: &Words, condition: &mut ConditionForm) {
        let not = ui.checkbox(&mut condition.is_not, words.not);
        not.accessible_name(words.condition_not(self.number));
        if self.can_join(condition) {
            let joined = ui.checkbox(&mut condition.is_joined, words.joined);
            let joined = joined.accessible_name(words.condition_joined(self.number));
            joined.on_hover_text(words.joined_why);
        }
    }

    fn not_width(&self, ui: &Ui, words: &Words, condition: &ConditionForm) -> f32 {
        let spacing = ui.spacing();
        let frame = 2.0 * spacing.button_padding.x;
        let icon = spacing.icon_width + spacing.icon_spacing;
        let one = |name: &str| button::width(ui, name) - frame + icon;
        let joined = spacing.item_spacing.x + one(words.joined);
        one(words.not)
            + if self.can_join(condition) {
                joined
            } else {
                0.0
            }
    }
}

fn kinds(words: &Words) -> [(ConditionKind, &'static str); 11] {
    ConditionKind::ALL.map(|kind| {
        let name = match kind {
            ConditionKind::Equals => words.equals,
            ConditionKind::Starts => words.starts,
            ConditionKind::Ends => words.ends,
            ConditionKind::Contains => words.contains,
            ConditionKind::Regex => words.regex,
            ConditionKind::Hex => words.hex_shape,
            ConditionKind::Length => words.length,
            ConditionKind::Check => words.check,
            ConditionKind::First => words.first,
            ConditionKind::Every => words.every,
            ConditionKind::Within => words.within,
        };
        (kind, name)
    })
}

fn hint(words: &Words, kind: ConditionKind) -> &'static str {
    match kind {
        ConditionKind::Equals
        | ConditionKind::Starts
        | ConditionKind::Ends
        | ConditionKind::Contains => words.bytes_hint,
        ConditionKind::Regex => words.regex_hint,
        ConditionKind::Hex => words.shape_hint,
        ConditionKind::Length => words.length_hint,
        ConditionKind::Check => words.check_hint,
        ConditionKind::First => "",
        ConditionKind::Every => words.every_hint,
        ConditionKind::Within => words.place_hint,
    }
}

/// Returns whether what is typed for a condition is long.
fn is_long(kind: ConditionKind) -> bool {
    use ConditionKind::{Hex, Regex, Within};
    matches!(kind, Regex | Hex | Within)
}

/// Returns whether case can matter to a condition.
fn has_letters(kind: ConditionKind) -> bool {
    use ConditionKind::{Contains, Ends, Equals, Regex, Starts};
    matches!(kind, Equals | Starts | Ends | Contains | Regex)
}
