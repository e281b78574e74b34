//! The form of a rule, which unfolds below its row.

mod acts;
mod conditions;

use std::cell::{Cell, RefCell};

use egui::{
    Align, CornerRadius, Frame, Layout, Margin, Popup, Response, Stroke, Ui, UiBuilder, vec2,
};

use super::super::super::completion::CompletionPopup;
use super::super::super::endpoint::ShownEndpoint;
use super::super::super::widgets::{button, choice, field};
use super::super::super::{Cx, Tokens};
use super::super::form::section_ui;
use super::problem_words;
use crate::workspace::rules::{RuleForm, WhenForm, WhenKind};
use crate::workspace::{FieldError, FormField, RulePart};

/// A form, and what is known of its rule.
pub(super) struct Form<'a> {
    pub(super) shown: ShownEndpoint<'a>,
    /// The place of the rule.
    pub(super) place: usize,
    /// What is wrong with it, as it is typed.
    pub(super) problem: Option<&'a FieldError>,
    /// The completions of the template that is being typed.
    pub(super) completion: &'a RefCell<CompletionPopup>,
    is_typing: Cell<bool>,
}

/// What the form was used for.
pub(super) struct Used {
    /// Whether one of its fields is being typed in.
    pub(super) is_typing: bool,
    /// Whether it is done with.
    pub(super) is_done: bool,
}

impl<'a> Form<'a> {
    pub(super) fn new(
        shown: ShownEndpoint<'a>,
        place: usize,
        problem: Option<&'a FieldError>,
        completion: &'a RefCell<CompletionPopup>,
    ) -> Self {
        Self {
            shown,
            place,
            problem,
            completion,
            is_typing: Cell::new(false),
        }
    }

    pub(super) fn cx(&self) -> &'a Cx<'a> {
        self.shown.cx
    }

    /// Notes whether a field is being typed in.
    pub(super) fn note(&self, field: &Response) {
        self.is_typing
            .set(self.is_typing.get() || field.has_focus());
    }

    /// Shows what is wrong with a part of the rule.
    pub(super) fn wrong_ui(&self, ui: &mut Ui, part: RulePart) {
        let is_of_part = |it: &&FieldError| matches!(it.field, FormField::Rule { part: wrong, .. } if wrong == part);
        let problem = self.problem.filter(is_of_part);
        let words = problem.map(|it| problem_words(self.cx(), it));
        field::problem(ui, words.as_deref());
    }

    /// Shows the form; `menu` shows what else can be done with the rule.
    pub(super) fn ui(
        &self,
        ui: &mut Ui,
        rule: &mut RuleForm,
        wants_keyboard: bool,
        menu: impl FnOnce(&mut Ui),
    ) -> Used {
        let words = &self.cx().words.rules;
        let number = u16::try_from(self.place + 1).unwrap_or(u16::MAX);
        let tokens = Tokens::of(ui);
        let group = UiBuilder::new()
            .id_salt(rule.id)
            .accessibility_role(egui::Role::Group)
            .accessibility_label(words.form(number));
        let card = Frame::new()
            .fill(tokens.card)
            .stroke(Stroke::new(1.0, tokens.border))
            .corner_radius(CornerRadius::same(Tokens::CARD_RADIUS))
            .inner_margin(Margin::same(10))
            .outer_margin(Margin {
                bottom: 8,
                ..Margin::ZERO
            });
        let mut is_done = false;
        ui.scope_builder(group, |ui| {
            card.show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 6.0;
                self.name_ui(ui, rule, number);
                self.when_ui(ui, &mut rule.when, wants_keyboard);
                self.limits_ui(ui, rule);
                acts::ui(self, ui, rule);
                self.wrong_ui(ui, RulePart::Whole);
                is_done = foot_ui(ui, self.cx(), number, menu);
            });
        });
        Used {
            is_typing: self.is_typing.get(),
            is_done,
        }
    }

    fn name_ui(&self, ui: &mut Ui, rule: &mut RuleForm, number: u16) {
        let words = &self.cx().words.rules;
        let hint = words.name_hint(number);
        self.text_ui(ui, words.name, &mut rule.name, &hint);
        self.wrong_ui(ui, RulePart::Name);
    }

    fn text_ui(&self, ui: &mut Ui, name: &str, text: &mut String, hint: &str) -> Response {
        field::row(ui, name, |ui, label| {
            let width = ui.available_width();
            let input = field::input_with_hint(ui, name, text, width, hint).labelled_by(label);
            self.note(&input);
            input
        })
    }

    fn when_ui(&self, ui: &mut Ui, when: &mut WhenForm, wants_keyboard: bool) {
        let words = &self.cx().words.rules;
        let kinds = [
            (WhenKind::Request, words.when_request),
            (WhenKind::Connected, words.when_connected),
            (WhenKind::Ended, words.when_ended),
            (WhenKind::Silence, words.when_silence),
            (WhenKind::EveryTime, words.when_every),
        ];
        part_ui(ui, words.when);
        let is_timed = matches!(when.kind, WhenKind::Silence | WhenKind::EveryTime);
        ui.horizontal(|ui| {
            let time = if is_timed {
                TIME_WIDTH + ui.spacing().item_spacing.x
            } else {
                0.0
            };
            let width = ui.available_width() - time;
            choice::list(ui, words.when, width, &mut when.kind, &kinds);
            if is_timed {
                let (text, hint) = (&mut when.time_text, words.time_hint);
                let input = field::input_with_hint(ui, words.time, text, TIME_WIDTH, hint);
                if wants_keyboard {
                    input.request_focus();
                }
                self.note(&input);
            }
        });
        self.wrong_ui(ui, RulePart::When);
        if when.kind == WhenKind::Request {
            conditions::ui(self, ui, when, wants_keyboard);
        }
    }

    fn limits_ui(&self, ui: &mut Ui, rule: &mut RuleForm) {
        let words = &self.cx().words.rules;
        let fields = [
            &rule.in_states_text,
            &rule.from_text,
            &rule.times_text,
            &rule.next_text,
        ];
        let is_used = fields.iter().any(|text| !text.trim().is_empty());
        section_ui(ui, words.limits, is_used, |ui| {
            let fields = [
                (
                    words.in_state,
                    &mut rule.in_states_text,
                    words.in_state_hint,
                    RulePart::States,
                ),
                (
                    words.from,
                    &mut rule.from_text,
                    words.from_hint,
                    RulePart::From,
                ),
                (
                    words.times,
                    &mut rule.times_text,
                    words.times_hint,
                    RulePart::Times,
                ),
                (
                    words.next,
                    &mut rule.next_text,
                    words.next_hint,
                    RulePart::Next,
                ),
            ];
            for (name, text, hint, part) in fields {
                self.text_ui(ui, name, text, hint);
                self.wrong_ui(ui, part);
            }
        });
    }
}

/// The width of a time, in points.
const TIME_WIDTH: f32 = 72.0;

/// Shows the heading of a part of the form.
pub(super) fn part_ui(ui: &mut Ui, name: &str) {
    ui.add_space(4.0);
    let heading = egui::RichText::new(name).family(Tokens::semibold());
    ui.label(heading.color(Tokens::of(ui).text));
}

/// Shows what ends the form, and what else can be done. Returns whether the form is done with.
fn foot_ui(ui: &mut Ui, cx: &Cx<'_>, number: u16, menu: impl FnOnce(&mut Ui)) -> bool {
    let words = &cx.words.rules;
    ui.add_space(4.0);
    let size = vec2(ui.available_width(), Tokens::CONTROL_HEIGHT);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        let is_done = button::plain(ui, words.close_form).clicked();
        let more = button::more(ui).accessible_name(words.more(number));
        Popup::menu(&more).show(menu);
        is_done
    })
    .inner
}
