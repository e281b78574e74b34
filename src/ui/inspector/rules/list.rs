//! The list of rules: rows in order, one of which is unfolded; what can be done with one of them, also by keys.

use std::cell::RefCell;

use egui::{Key, Modifiers, Rect, Role, Ui, UiBuilder};

use super::super::super::endpoint::ShownEndpoint;
use super::super::super::widgets::{button, list_row};
use super::super::super::{Action, key_text};
use super::change::RuleChange;
use super::form::Form;
use super::order::RulePlaces;
use super::{MENU_WIDTH, RulesTab, order, row};
use crate::capture::Filter;
use crate::script::RuleNumber;
use crate::session::CaptureId;
use crate::workspace::FieldError;
use crate::workspace::rules::{RuleForm, RuleId, RulesForm};

impl RulesTab {
    /// Shows the list.
    pub(super) fn list_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, rules: &RulesForm) {
        let list = UiBuilder::new()
            .accessibility_role(Role::List)
            .accessibility_label(shown.cx.words.rules.list(&shown.form.name));
        let response = ui.scope_builder(list, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let mut places = RulePlaces::default();
            for (place, rule) in rules.rules.iter().enumerate() {
                places.add(ui.cursor().top());
                self.rule_ui(ui, shown, (place, rule), rules.rules.len());
            }
            places.add(ui.cursor().top());
            self.keys(ui, rules);
            let moved = places.drag_ui(ui);
            self.changes
                .extend(moved.map(|(id, to)| RuleChange::Move(id, to)));
        });
        let count = rules.rules.len();
        ui.ctx()
            .accesskit_node_builder(response.response.id, |node| node.set_size_of_set(count));
    }

    /// Shows a rule: its row, and below it its form while that is unfolded.
    fn rule_ui(
        &mut self,
        ui: &mut Ui,
        shown: ShownEndpoint<'_>,
        (place, rule): (usize, &RuleForm),
        count: usize,
    ) {
        let is_open = self.open == Some(rule.id);
        let typed = self.typed.as_ref().filter(|it| it.id == rule.id);
        let said = match typed {
            Some(typed) => shown.cx.words.rule(typed, &shown.cx.document).into(),
            None => self.seen.said(shown.cx, place, rule),
        };
        let rules = &shown.form.kind.behaviour().rules;
        let name = rules.name_of(place).unwrap_or_default();
        let applied = shown.endpoint.rules.of(place, &name);
        let problem = match typed {
            Some(typed) => self.seen.problem_of_typed(shown, place, typed),
            None => self.seen.problem_of(place).cloned(),
        };
        let problem = problem.filter(|it| !self.is_unwritten(rule.id, it));
        let row = row::RuleRow {
            number: place + 1,
            count,
            rule: typed.unwrap_or(rule),
            said: &said,
            problem: problem.as_ref(),
            applied,
            is_open,
        };
        let pressed = row::row_ui(ui, shown.cx, &row);
        let response = pressed.response;
        let top = response.rect.top();
        order::set_dragged(&response, rule.id);
        if pressed.switched {
            self.changes.push(RuleChange::Switch(rule.id, !rule.is_on));
        }
        if pressed.shows_rows {
            show_rows(shown, place);
        }
        if response.clicked() {
            response.request_focus();
            self.unfold((!is_open).then_some(rule.id));
        }
        if self.focus.take_if(|it| *it == rule.id).is_some() {
            response.request_focus();
            response.scroll_to_me(None);
        }
        if response.has_focus() {
            list_row::keep_arrows(ui, response.id);
            self.has_focus = Some(rule.id);
        }
        response.context_menu(|ui| {
            ui.set_min_width(MENU_WIDTH);
            self.menu_ui(ui, shown, (place, rule), count);
        });
        if is_open {
            self.form_ui(ui, shown, (place, rule), (count, top));
        }
    }

    fn form_ui(
        &mut self,
        ui: &mut Ui,
        shown: ShownEndpoint<'_>,
        (place, rule): (usize, &RuleForm),
        (count, top): (usize, f32),
    ) {
        let mut edited = self.typed.take().unwrap_or_else(|| rule.clone());
        let before = edited.clone();
        self.follow_fresh(ui);
        let problems = self.seen.problem_of_typed(shown, place, &edited);
        let problems = problems.filter(|it| !self.is_unwritten(rule.id, it));
        let wants_keyboard = std::mem::take(&mut self.wants_form);
        let completion = RefCell::new(std::mem::take(&mut self.completion));
        let form = Form::new(shown, place, problems.as_ref(), &completion);
        let used = form.ui(ui, &mut edited, wants_keyboard, |ui| {
            ui.set_min_width(MENU_WIDTH);
            self.menu_ui(ui, shown, (place, rule), count);
        });
        self.completion = completion.into_inner();
        if std::mem::take(&mut self.comes_in_sight) {
            // As much of it as there is room for, with its row.
            let most = top + ui.clip_rect().height() - 8.0;
            let bottom = ui.cursor().top().min(most);
            let form = Rect::from_x_y_ranges(ui.min_rect().x_range(), top..=bottom);
            ui.scroll_to_rect(form, None);
            ui.ctx().request_repaint();
        }
        if used.is_done {
            self.open = None;
        }
        if edited != before {
            // Its row and what is wrong with it were shown as they were before.
            ui.ctx().request_repaint();
        }
        if edited == *rule {
            return;
        }
        if used.is_typing && self.open == Some(rule.id) {
            self.typed = Some(edited);
        } else {
            self.changes.push(RuleChange::Edit(edited));
        }
    }

    /// Returns whether nothing is wrong with a new rule but that its first field is still empty.
    pub(super) fn is_unwritten(&self, id: RuleId, problem: &FieldError) -> bool {
        let is_fresh = self.fresh.is_some_and(|it| it.rule == id) && self.open == Some(id);
        is_fresh && problem.problem.is_lack()
    }

    /// A rule is new until its first field has been left.
    fn follow_fresh(&mut self, ui: &Ui) {
        let Some(fresh) = &mut self.fresh else { return };
        let focused = ui.memory(egui::Memory::focused);
        match fresh.field {
            Some(field) if focused != Some(field) => self.fresh = None,
            _ => fresh.field = focused.filter(|_| !self.wants_form),
        }
    }

    /// Shows what can be done with a rule.
    fn menu_ui(
        &mut self,
        ui: &mut Ui,
        shown: ShownEndpoint<'_>,
        (place, rule): (usize, &RuleForm),
        count: usize,
    ) {
        let words = &shown.cx.words.rules;
        if self.open != Some(rule.id) && button::menu_item(ui, words.edit) {
            self.unfold(Some(rule.id));
            self.wants_form = true;
        }
        if button::menu_item(ui, words.show_rows) {
            show_rows(shown, place);
        }
        ui.separator();
        if button::menu_item(ui, words.duplicate) {
            self.keep_typed();
            self.changes.push(RuleChange::Duplicate(rule.id));
        }
        let steps = [
            (words.move_up, Key::ArrowUp, place.checked_sub(1)),
            (
                words.move_down,
                Key::ArrowDown,
                (place + 1 < count).then_some(place + 2),
            ),
        ];
        for (name, key, to) in steps {
            let key = egui::KeyboardShortcut::new(Modifiers::ALT, key);
            let item =
                egui::Button::new(name).shortcut_text(key_text::written(ui, shown.cx.words, key));
            let item = ui.add_enabled(to.is_some(), item).accessible_name(name);
            if let Some(to) = to.filter(|_| item.clicked()) {
                self.changes.push(RuleChange::Move(rule.id, to));
                ui.close();
            }
        }
        ui.separator();
        let key = egui::KeyboardShortcut::new(Modifiers::NONE, Key::Delete);
        let item = egui::Button::new(words.delete).shortcut_text(key_text::written(
            ui,
            shown.cx.words,
            key,
        ));
        if ui.add(item).accessible_name(words.delete).clicked() {
            self.delete(rule.id);
            ui.close();
        }
    }

    fn delete(&mut self, id: RuleId) {
        if self.typed.as_ref().is_some_and(|it| it.id == id) {
            self.keep_typed();
        }
        self.changes.push(RuleChange::Delete(id));
    }

    /// Goes through the list with the arrows, and with Alt moves the rule; Del deletes it.
    fn keys(&mut self, ui: &Ui, rules: &RulesForm) {
        let Some(id) = self.has_focus.take() else {
            return;
        };
        let Some(place) = rules.rules.iter().position(|it| it.id == id) else {
            return;
        };
        let pressed = |modifiers, key| ui.input_mut(|it| it.consume_key(modifiers, key));
        let last = rules.rules.len() - 1;
        if pressed(Modifiers::ALT, Key::ArrowUp) {
            self.move_to(id, place.saturating_sub(1));
        } else if pressed(Modifiers::ALT, Key::ArrowDown) {
            self.move_to(id, place + 2);
        } else if pressed(Modifiers::NONE, Key::ArrowUp) {
            self.focus = rules.rules.get(place.saturating_sub(1)).map(|it| it.id);
        } else if pressed(Modifiers::NONE, Key::ArrowDown) {
            self.focus = rules.rules.get((place + 1).min(last)).map(|it| it.id);
        } else if pressed(Modifiers::NONE, Key::Delete) {
            let next = rules
                .rules
                .get(place + 1)
                .or(place.checked_sub(1).and_then(|it| rules.rules.get(it)));
            self.focus = next.map(|it| it.id);
            self.delete(id);
        }
    }

    fn move_to(&mut self, id: RuleId, to: usize) {
        self.keep_typed();
        self.changes.push(RuleChange::Move(id, to));
        self.focus = Some(id);
    }
}

/// Shows only the rows that the rule at a place requested.
fn show_rows(shown: ShownEndpoint<'_>, place: usize) {
    let rule = RuleNumber::at(place);
    let cx = shown.cx;
    let filter = if cx.shown() == CaptureId::Live {
        cx.timeline.filter().clone()
    } else {
        Filter::default()
    };
    cx.push(Action::ShowCapture(CaptureId::Live));
    if cx.timeline.conversation.is_some() {
        cx.push(Action::LeaveConversation);
    }
    cx.push(Action::Narrow(Box::new(Filter {
        endpoint: Some(shown.form.id),
        connection: None,
        number: None,
        rule: Some(rule),
        ..filter
    })));
}
