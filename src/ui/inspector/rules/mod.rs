//! The rules of an endpoint: a list of sentences in order, each of which unfolds into its form.

mod change;
mod form;
mod list;
mod memory;
mod order;
mod row;
mod seen;

use egui::{Label, Layout, Popup, Ui, vec2};

use super::super::completion::CompletionPopup;
use super::super::endpoint::ShownEndpoint;
use super::super::widgets::{alert, button, muted_label, small_label};
use super::super::{Action, Cx, Tokens, Wish};
use crate::payload::VisibleText;
use crate::script::RuleNumber;
use crate::words::{InWords as _, sentence};
use crate::workspace::rules::{RuleForm, RuleId, RulesForm};
use crate::workspace::{FieldError, FormField, ReplyKind};
use change::RuleChange;
use memory::StartMemory;
use seen::ReadRules;

/// The height of the line above the list, in points.
const HEAD_HEIGHT: f32 = 34.0;
/// The least width of a rule's menu, in points.
const MENU_WIDTH: f32 = 170.0;

/// The tab's own state, for one endpoint.
#[derive(Default)]
pub(super) struct RulesTab {
    /// The rule whose form is unfolded.
    open: Option<RuleId>,
    /// That rule, while something in it is being typed.
    typed: Option<RuleForm>,
    /// What the endpoint remembers, while it is being typed.
    typed_start: Option<StartMemory>,
    /// Whether a rule is to be added.
    wants_rule: bool,
    /// Whether the form that was just unfolded gets the keyboard.
    wants_form: bool,
    /// Whether the unfolded form comes into sight.
    comes_in_sight: bool,
    /// The rule that was deleted last, and its place.
    deleted: Option<(usize, RuleForm)>,
    /// The rule whose row gets the keyboard at the next frame, or comes into sight.
    focus: Option<RuleId>,
    /// The rule whose row has the keyboard, in this frame.
    has_focus: Option<RuleId>,
    /// The rule that was just added, whose empty fields are no problem yet.
    fresh: Option<Fresh>,
    completion: CompletionPopup,
    seen: ReadRules,
    changes: Vec<RuleChange>,
}

/// A rule that was just added, and the field of it that has the keyboard first.
#[derive(Clone, Copy, Debug)]
struct Fresh {
    rule: RuleId,
    field: Option<egui::Id>,
}

impl RulesTab {
    /// Adds a rule, and unfolds it.
    pub(super) fn add(&mut self) {
        self.wants_rule = true;
    }

    /// Unfolds the rule of a number.
    pub(super) fn select(&mut self, rules: &RulesForm, number: RuleNumber) {
        let place = usize::from(number.0.get()) - 1;
        if let Some(rule) = rules.rules.get(place) {
            self.unfold(Some(rule.id));
            self.focus = Some(rule.id);
        }
    }

    /// Returns whether anything in it is being typed.
    pub(super) fn is_typing(&self) -> bool {
        self.typed.is_some() || self.typed_start.is_some() || !self.changes.is_empty()
    }

    /// Applies what is being typed: its fields are no longer shown.
    pub(super) fn leave(&mut self, rules: &mut RulesForm) {
        self.keep_typed();
        for change in self.changes.drain(..) {
            change.apply(rules);
        }
    }

    fn keep_typed(&mut self) {
        self.changes.extend(self.typed.take().map(RuleChange::Edit));
        let start = self.typed_start.take();
        self.changes.extend(start.map(RuleChange::Start));
    }

    fn unfold(&mut self, rule: Option<RuleId>) {
        self.keep_typed();
        self.open = rule;
        self.comes_in_sight = rule.is_some();
    }

    /// Shows the rules.
    pub(super) fn ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>) {
        let behaviour = shown.form.kind.behaviour();
        let rules = &behaviour.rules;
        self.seen.follow(shown);
        if std::mem::take(&mut self.wants_rule) {
            self.keep_typed();
            self.changes.push(RuleChange::Add);
        }
        if behaviour.reply != ReplyKind::Rules && !rules.rules.is_empty() {
            self.not_used_ui(ui, shown);
        }
        if rules.rules.is_empty() {
            self.empty_ui(ui, shown.cx);
        } else {
            self.head_ui(ui, shown, rules);
            self.list_ui(ui, shown, rules);
            below_ui(ui, shown);
        }
        self.deleted_ui(ui, shown.cx, rules);
        if !rules.rules.is_empty() || !rules.memory.is_empty() {
            self.start_ui(ui, shown, rules);
        }
        self.apply(shown);
    }

    /// Has the changes made that were asked for.
    fn apply(&mut self, shown: ShownEndpoint<'_>) {
        if self.changes.is_empty() {
            return;
        }
        let mut edited = shown.form.kind.clone();
        let behaviour = edited.behaviour_mut();
        for change in self.changes.drain(..) {
            match &change {
                RuleChange::Use => behaviour.reply = ReplyKind::Rules,
                RuleChange::Delete(id) => {
                    self.deleted = change::rule_and_place(&behaviour.rules, *id);
                }
                _ => {}
            }
            let added = change.apply(&mut behaviour.rules);
            if let Some(id) = added {
                (self.open, self.typed, self.wants_form) = (Some(id), None, true);
                self.comes_in_sight = true;
                let (rule, field) = (id, None);
                self.fresh = Some(Fresh { rule, field });
            }
        }
        if edited != shown.form.kind {
            shown.cx.push(Action::Edit(shown.form.id, Box::new(edited)));
        }
    }

    /// Says what rules are where there are none.
    fn empty_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.rules;
        ui.add_space(6.0);
        muted_label(ui, words.why);
        ui.add_space(2.0);
        muted_label(ui, words.example);
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            if button::primary(ui, words.add).clicked() {
                self.changes.extend([RuleChange::Use, RuleChange::Add]);
            }
            if button::plain(ui, words.start_from_preset)
                .on_hover_text(words.presets_why)
                .clicked()
            {
                cx.wish(Wish::Presets);
            }
        });
    }

    /// Says that the reply is another one.
    fn not_used_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>) {
        let (words, endpoints) = (&shown.cx.words.rules, &shown.cx.words.endpoints);
        let reply = match shown.form.kind.behaviour().reply {
            ReplyKind::Echo => endpoints.echo,
            ReplyKind::Fixed => endpoints.fixed,
            ReplyKind::Rules => words.tab,
            ReplyKind::None => endpoints.no_reply,
        };
        ui.horizontal_wrapped(|ui| {
            let tokens = Tokens::of(ui);
            let said = Tokens::small_words(words.not_used(reply), tokens.caution);
            ui.add(Label::new(said).wrap());
            let use_them = button::small(ui, words.use_them);
            if use_them.on_hover_text(words.use_them_why).clicked() {
                self.changes.push(RuleChange::Use);
            }
        });
    }

    /// Shows how many rules there are, and what can be done with all of them.
    fn head_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, rules: &RulesForm) {
        let words = &shown.cx.words.rules;
        let size = vec2(ui.available_width(), HEAD_HEIGHT);
        let layout = Layout::right_to_left(egui::Align::Center);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            let more = button::more(ui).accessible_name(words.more_of_all);
            Popup::menu(&more).show(|ui| {
                ui.set_min_width(MENU_WIDTH);
                self.menu_of_all_ui(ui, shown.cx, rules);
            });
            if button::plain(ui, words.add).clicked() {
                self.keep_typed();
                self.changes.push(RuleChange::Add);
            }
            ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
                if self.problem(rules).is_none() {
                    tried_ui(ui, shown);
                } else if shown.is_idle() {
                    self.wrong_ui(ui, shown, rules);
                } else {
                    ui.vertical(|ui| self.wrong_ui(ui, shown, rules));
                }
            });
        });
    }

    fn menu_of_all_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, rules: &RulesForm) {
        let words = &cx.words.rules;
        for (name, is_on) in [(words.all_on, true), (words.all_off, false)] {
            let is_possible = rules.rules.iter().any(|it| it.is_on != is_on);
            let item = ui.add_enabled(is_possible, button::item(name, None));
            if item.clicked() {
                self.changes.push(RuleChange::SwitchAll(is_on));
                ui.close();
            }
        }
        ui.separator();
        if button::menu_item(ui, words.start_from_preset) {
            cx.wish(Wish::Presets);
        }
    }

    /// Returns the first thing that is wrong with the rules, but for what is not written yet in a new one.
    fn problem(&self, rules: &RulesForm) -> Option<&FieldError> {
        let rule_of = |it: &FieldError| match it.field {
            FormField::Rule { number, .. } => rules.rules.get(usize::from(number.0.get()) - 1),
            _ => None,
        };
        let is_unwritten =
            |it: &FieldError| rule_of(it).is_some_and(|rule| self.is_unwritten(rule.id, it));
        self.seen.problems().iter().find(|it| !is_unwritten(it))
    }

    /// Says which rule is wrong, and which rules are in effect meanwhile.
    fn wrong_ui(&self, ui: &mut Ui, shown: ShownEndpoint<'_>, rules: &RulesForm) {
        let words = &shown.cx.words.rules;
        let Some(first) = self.problem(rules) else {
            return;
        };
        let what = match first.field {
            FormField::Rule { number, .. } => words.wrong(number.0.get()),
            _ => words.wrong_start.to_owned(),
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        alert::line(ui, &what);
        if !shown.is_idle() {
            small_label(ui, words.kept).on_hover_text(words.kept);
        }
    }

    /// Offers to bring back the rule that was deleted.
    fn deleted_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, rules: &RulesForm) {
        let words = &cx.words.rules;
        let Some((place, rule)) = &self.deleted else {
            return;
        };
        // Until the change is made, it is still there.
        if rules.rules.iter().any(|it| it.id == rule.id) {
            return;
        }
        let place = *place;
        let name = match rule.name.trim() {
            "" => words.name_hint(u16::try_from(place + 1).unwrap_or(u16::MAX)),
            name => VisibleText::plain(name).text,
        };
        let said = sentence(&words.deleted(&name));
        ui.horizontal(|ui| {
            if button::small(ui, words.undo).clicked()
                && let Some((place, rule)) = self.deleted.take()
            {
                self.focus = Some(rule.id);
                self.changes
                    .push(RuleChange::Restore(place, Box::new(rule)));
            }
            ui.add(Label::new(Tokens::small_words(said, Tokens::of(ui).muted_text)).truncate());
        });
    }

    /// Shows what the endpoint remembers when it starts, and its seed.
    fn start_ui(&mut self, ui: &mut Ui, shown: ShownEndpoint<'_>, rules: &RulesForm) {
        let before = StartMemory::of(rules);
        let mut edited = self.typed_start.take().unwrap_or_else(|| before.clone());
        let is_typing = edited.ui(ui, shown.cx, self.seen.problems());
        if edited == before {
            return;
        }
        if is_typing {
            self.typed_start = Some(edited);
        } else {
            self.changes.push(RuleChange::Start(edited));
        }
    }
}

/// Says what rules are tried on.
fn tried_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    let words = &shown.cx.words.rules;
    let framing = &shown.form.protocol().received.framing_text;
    if shown.transport().is_udp() {
        small_label(ui, words.on_datagrams);
    } else if framing.trim().is_empty() {
        small_label(ui, words.on_reads).on_hover_text(words.on_reads_why);
    } else {
        small_label(ui, words.on_frames);
    }
}

/// Shows how many requests no rule matched.
fn below_ui(ui: &mut Ui, shown: ShownEndpoint<'_>) {
    let words = &shown.cx.words.rules;
    let unmatched = shown.endpoint.rules.unmatched;
    if unmatched > 0 {
        small_label(ui, words.unmatched(unmatched)).on_hover_text(words.unmatched_why);
    }
}

/// Returns the problem that a part of the endpoint's rules has, in words.
fn problem_words(cx: &Cx<'_>, problem: &FieldError) -> String {
    sentence(&problem.problem.in_words(cx.words))
}
