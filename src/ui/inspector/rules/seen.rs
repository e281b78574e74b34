//! What is made of the rules in sight, for as long as they stay the same: their sentences, and what is wrong with them.

use std::sync::Arc;

use super::super::super::Cx;
use super::super::super::endpoint::ShownEndpoint;
use crate::script::RuleNumber;
use crate::workspace::rules::{RuleForm, RulesForm};
use crate::workspace::{Document, FieldError, FormField};

/// What was made of the rules of an endpoint.
#[derive(Default)]
pub(super) struct ReadRules {
    document: Option<Arc<Document>>,
    problems: Vec<FieldError>,
    said: Vec<Option<Arc<str>>>,
}

impl ReadRules {
    /// Looks again if the document has changed.
    pub(super) fn follow(&mut self, shown: ShownEndpoint<'_>) {
        let document = &shown.cx.document;
        let is_same = |known: &Arc<Document>| Arc::ptr_eq(known, document);
        if self.document.as_ref().is_some_and(is_same) {
            return;
        }
        let protocol = shown.protocol();
        let rules = &shown.form.kind.behaviour().rules;
        let problems = rules.problems(&protocol).into_iter();
        self.problems = problems.filter(|it| is_of_rules(it.field)).collect();
        self.said = vec![None; rules.rules.len()];
        self.document = Some(Arc::clone(document));
    }

    /// Returns what is wrong with the rules, and with what is remembered.
    pub(super) fn problems(&self) -> &[FieldError] {
        &self.problems
    }

    /// Returns what is wrong with the rule at a place.
    pub(super) fn problem_of(&self, place: usize) -> Option<&FieldError> {
        let wanted = RuleNumber::at(place);
        self.problems
            .iter()
            .find(|it| matches!(it.field, FormField::Rule { number, .. } if number == wanted))
    }

    /// Returns what is wrong with a rule as it is being typed.
    pub(super) fn problem_of_typed(
        &self,
        shown: ShownEndpoint<'_>,
        place: usize,
        typed: &RuleForm,
    ) -> Option<FieldError> {
        let rules = &shown.form.kind.behaviour().rules;
        if rules.rules.get(place) == Some(typed) {
            return self.problem_of(place).cloned();
        }
        let alone = RulesForm {
            rules: vec![typed.clone()],
            ..RulesForm::default()
        };
        let mut problems = alone.problems(&shown.protocol()).into_iter();
        problems.find(|it| is_of_rules(it.field))
    }

    /// Returns what a rule at a place says.
    pub(super) fn said(&mut self, cx: &Cx<'_>, place: usize, rule: &RuleForm) -> Arc<str> {
        let say = || cx.words.rule(rule, &cx.document).into();
        match self.said.get_mut(place) {
            Some(said) => Arc::clone(said.get_or_insert_with(say)),
            None => say(),
        }
    }
}

fn is_of_rules(field: FormField) -> bool {
    matches!(
        field,
        FormField::Rule { .. } | FormField::Memory | FormField::Seed
    )
}
