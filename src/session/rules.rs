//! The rules that endpoints follow: what they remember, and how often they applied, outlives changes while they run.

use std::sync::Arc;

use super::{Session, Update};
use crate::net::{Behaviour, Command, EndpointId, RunOn, SendTo};
use crate::script::Reply;
use crate::script::rules::RuleSet;

/// How often the rules of an endpoint applied since it started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleCounts {
    /// The names of the rules that it follows, in order, each with how often it applied.
    pub applied: Vec<(Arc<str>, u64)>,
    /// How many requests matched no rule.
    pub unmatched: u64,
}

/// The rules of an endpoint.
pub(super) struct RulesAtWork {
    set: RuleSet,
    /// How often they applied, as reported last.
    reported: Option<RuleCounts>,
}

impl RuleCounts {
    /// Returns how often the rule of this name applied, which is likely to be at this place; `None` if the endpoint does
    /// not follow it.
    pub fn of(&self, place: usize, name: &str) -> Option<u64> {
        let here = self.applied.get(place).into_iter();
        let mut known = here.chain(&self.applied);
        known.find(|(it, _)| **it == *name).map(|(_, count)| *count)
    }
}

impl RulesAtWork {
    fn new(set: RuleSet) -> Self {
        let reported = None;
        Self { set, reported }
    }

    /// Returns how often they applied, if that is not what was reported last.
    fn changed(&mut self) -> Option<&RuleCounts> {
        let is_same = |counts: &RuleCounts| {
            let applied = counts.applied.iter().map(|(_, count)| *count);
            counts.unmatched == self.set.unmatched() && applied.eq(self.set.applied())
        };
        if self.reported.as_ref().is_some_and(is_same) {
            return None;
        }
        let rules = self.set.rules().rules.iter();
        let names = rules.map(|it| Arc::clone(&it.name));
        Some(self.reported.insert(RuleCounts {
            applied: names.zip(self.set.applied()).collect(),
            unmatched: self.set.unmatched(),
        }))
    }
}

impl Session {
    /// Returns the rules that an endpoint follows, or followed last, with how often each of them applied.
    pub fn rule_set(&self, id: EndpointId) -> Option<&RuleSet> {
        self.rules_at_work.get(&id).map(|it| &it.set)
    }

    /// Reports how often rules applied where that has changed. Whatever they answer is on record, so the status of the
    /// endpoints has changed by then too.
    pub(super) fn report_rules(&mut self) {
        for (id, rules) in &mut self.rules_at_work {
            if let Some(counts) = rules.changed() {
                self.updates
                    .push_back(Update::RulesApplied(*id, counts.clone()));
            }
        }
    }

    /// Notes the rules of a command to an endpoint. One that runs already goes on with what it remembers.
    pub(super) fn note_rules(&mut self, id: EndpointId, command: &mut Command) {
        match command {
            Command::Listen(config) => self.take_rules(id, &mut config.behaviour, false),
            Command::Configure(behaviour) => self.take_rules(id, behaviour, true),
            Command::Connect { config, .. }
            | Command::Run {
                on: RunOn::Client(config),
                ..
            } => {
                let goes_on = self.is_running(id);
                self.take_rules(id, &mut config.behaviour, goes_on);
            }
            Command::Send { to, .. } => self.note_rules_of(id, to),
            _ => {}
        }
    }

    /// Notes the rules with which a client connects to send something.
    pub(super) fn note_rules_of(&mut self, id: EndpointId, to: &mut SendTo) {
        if let SendTo::Client(config) = to {
            let goes_on = self.is_running(id);
            self.take_rules(id, &mut config.behaviour, goes_on);
        }
    }

    fn take_rules(&mut self, id: EndpointId, behaviour: &mut Behaviour, goes_on: bool) {
        let Reply::Rules(rules) = &behaviour.script.reply else {
            return;
        };
        let before = self.rule_set(id).filter(|_| goes_on);
        let rules = match before {
            Some(before) => rules.in_place_of(before),
            None => rules.clone(),
        };
        Arc::make_mut(&mut behaviour.script).reply = Reply::Rules(rules.clone());
        self.rules_at_work.insert(id, RulesAtWork::new(rules));
        self.report_rules();
    }
}
