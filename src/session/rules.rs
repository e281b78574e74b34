//! The rules that endpoints follow: what they remember, and how often they applied, outlives changes while they run.

use std::sync::Arc;

use super::Session;
use crate::net::{Behaviour, Command, EndpointId, RunOn, SendTo};
use crate::script::Reply;
use crate::script::rules::RuleSet;

impl Session {
    /// Returns the rules that an endpoint follows, or followed last, with how often each of them applied.
    pub fn rule_set(&self, id: EndpointId) -> Option<&RuleSet> {
        self.rule_sets.get(&id)
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
        let before = self.rule_sets.get(&id).filter(|_| goes_on);
        let rules = match before {
            Some(before) => rules.in_place_of(before),
            None => rules.clone(),
        };
        Arc::make_mut(&mut behaviour.script).reply = Reply::Rules(rules.clone());
        self.rule_sets.insert(id, rules);
    }
}
