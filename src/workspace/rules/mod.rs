//! Rules as they were typed, and the one step from there to rules that an endpoint can follow.

mod act;
mod condition;
mod made;
mod parse;

use std::sync::atomic::{AtomicU64, Ordering};

pub use act::{ActForm, ActKind, WhomForm};
pub use condition::{ConditionForm, ConditionKind, WhenForm, WhenKind};
pub use parse::{MAX_MEMORY_BYTES, MAX_REMEMBERED, MAX_RULE_NAME_CHARS};

/// The rules of an endpoint as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesForm {
    /// The rules, in order.
    pub rules: Vec<RuleForm>,
    /// What is remembered when the endpoint starts: names, and `text:…`, `hex:…` or `zeros:N`.
    pub memory: Vec<(String, String)>,
    /// A number that makes chance repeatable; empty for none.
    pub seed_text: String,
}

/// A rule as it was typed. Two are equal if they say the same, whatever their ids.
#[derive(Clone, Debug)]
pub struct RuleForm {
    /// Which one; it is not saved.
    pub id: RuleId,
    /// Its name, unique on its endpoint; empty for `rule N`.
    pub name: String,
    /// Whether it is switched on.
    pub is_on: bool,
    /// When it applies.
    pub when: WhenForm,
    /// The states in which it applies, with commas between them; empty for any.
    pub in_states_text: String,
    /// The pattern of the addresses that it is for; empty for any.
    pub from_text: String,
    /// What is done, in order.
    pub then: Vec<ActForm>,
    /// The state that follows; empty to stay.
    pub next_text: String,
    /// How often it applies: `2`, `2 per connection`; empty for always.
    pub times_text: String,
}

/// The number of a rule, unique in the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u64);

impl RuleId {
    /// Returns an id that no other rule has.
    pub fn unused() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Default for RuleForm {
    /// Returns a rule for any request that does nothing, with an id of its own.
    fn default() -> Self {
        Self {
            id: RuleId::unused(),
            name: String::new(),
            is_on: true,
            when: WhenForm::default(),
            in_states_text: String::new(),
            from_text: String::new(),
            then: Vec::new(),
            next_text: String::new(),
            times_text: String::new(),
        }
    }
}

impl RuleForm {
    /// Returns a copy with an id of its own.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self {
            id: RuleId::unused(),
            ..self.clone()
        }
    }
}

impl PartialEq for RuleForm {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            id: _,
            name,
            is_on,
            when,
            in_states_text,
            from_text,
            then,
            next_text,
            times_text,
        } = self;
        *name == other.name
            && *is_on == other.is_on
            && *when == other.when
            && *in_states_text == other.in_states_text
            && *from_text == other.from_text
            && *then == other.then
            && *next_text == other.next_text
            && *times_text == other.times_text
    }
}

impl Eq for RuleForm {}

impl RulesForm {
    /// Returns a copy whose rules have ids of their own.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self {
            rules: self.rules.iter().map(RuleForm::copy).collect(),
            ..self.clone()
        }
    }

    /// Returns whom its acts are for, to change it.
    pub fn recipients_mut(&mut self) -> impl Iterator<Item = &mut WhomForm> {
        let acts = self.rules.iter_mut().flat_map(|rule| &mut rule.then);
        acts.map(|act| &mut act.to)
    }

    /// Returns the name that a rule is known by: its own, or its number.
    pub fn name_of(&self, place: usize) -> Option<String> {
        let name = self.rules.get(place)?.name.trim();
        if name.is_empty() {
            return Some(format!("rule {}", place + 1));
        }
        Some(name.to_owned())
    }
}

#[cfg(test)]
mod tests;
