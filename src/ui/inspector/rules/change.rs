//! Changes to the rules of an endpoint, one at a time.

use super::memory::StartMemory;
use crate::workspace::rules::{
    ActForm, ActKind, ConditionForm, ConditionKind, RuleForm, RuleId, RulesForm,
};

/// A change.
#[derive(Debug)]
pub(super) enum RuleChange {
    /// Reply by rules.
    Use,
    /// Add a rule at the end.
    Add,
    /// Put this rule in the place of the one with its id.
    Edit(RuleForm),
    /// Switch a rule on or off.
    Switch(RuleId, bool),
    /// Switch all rules on or off.
    SwitchAll(bool),
    /// Move a rule before the one that is at this place now.
    Move(RuleId, usize),
    /// Add a copy of a rule below it.
    Duplicate(RuleId),
    /// Delete a rule.
    Delete(RuleId),
    /// Put a rule at a place.
    Restore(usize, Box<RuleForm>),
    /// Remember this when the endpoint starts.
    Start(StartMemory),
}

impl RuleChange {
    /// Makes the change. Returns the rule that it added.
    pub(super) fn apply(self, form: &mut RulesForm) -> Option<RuleId> {
        let place_of = |form: &RulesForm, id| form.rules.iter().position(|it| it.id == id);
        match self {
            Self::Use => {}
            Self::Add => {
                let rule = new_rule();
                let id = rule.id;
                form.rules.push(rule);
                return Some(id);
            }
            Self::Edit(rule) => {
                if let Some(known) = form.rules.iter_mut().find(|it| it.id == rule.id) {
                    *known = rule;
                }
            }
            Self::Switch(id, is_on) => {
                if let Some(rule) = form.rules.iter_mut().find(|it| it.id == id) {
                    rule.is_on = is_on;
                }
            }
            Self::SwitchAll(is_on) => form.rules.iter_mut().for_each(|it| it.is_on = is_on),
            Self::Move(id, to) => {
                let place = place_of(form, id)?;
                let rule = form.rules.remove(place);
                let to = if to > place { to - 1 } else { to };
                form.rules.insert(to.min(form.rules.len()), rule);
            }
            Self::Duplicate(id) => {
                let place = place_of(form, id)?;
                let mut copy = form.rules.get(place)?.copy();
                copy.name = unused_name(form, &copy.name);
                let id = copy.id;
                form.rules.insert(place + 1, copy);
                return Some(id);
            }
            Self::Delete(id) => form.rules.retain(|it| it.id != id),
            Self::Restore(place, rule) => {
                form.rules.insert(place.min(form.rules.len()), *rule);
            }
            Self::Start(start) => start.apply(form),
        }
        None
    }
}

/// Returns the rule with this id, and its place.
pub(super) fn rule_and_place(form: &RulesForm, id: RuleId) -> Option<(usize, RuleForm)> {
    let place = form.rules.iter().position(|it| it.id == id)?;
    Some((place, form.rules.get(place)?.clone()))
}

/// Returns a rule to be filled in: a beginning of a request, and a reply.
fn new_rule() -> RuleForm {
    let mut rule = RuleForm::default();
    rule.when.conditions = vec![ConditionForm::new(ConditionKind::Starts, "")];
    rule.then = vec![ActForm::new(ActKind::Send, "")];
    rule
}

/// Returns a name for a copy, with the first number that makes it another one; none for a rule without a name.
fn unused_name(form: &RulesForm, name: &str) -> String {
    let base = name.trim().trim_end_matches(|it: char| it.is_ascii_digit());
    let base = base.trim_end();
    if base.is_empty() {
        return String::new();
    }
    let is_free = |name: &String| form.rules.iter().all(|it| it.name.trim() != name);
    let mut names = (2_u64..).map(|number| format!("{base} {number}"));
    names.find(is_free).unwrap_or_default()
}
