//! Rules that are made from what was received and sent.

use super::why::request_seen;
use super::{Session, Update};
use crate::capture::Exchange;
use crate::net::EndpointId;
use crate::script::rules::{RuleCase, RuleSet, explain};
use crate::workspace::ReplyKind;
use crate::workspace::rules::{RuleForm, RuleId};

/// A rule that was made from what was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeRule {
    /// The endpoint that has it.
    pub endpoint: EndpointId,
    /// The rule.
    pub rule: RuleId,
    /// What the endpoint replied before it replied by rules, if that was changed for it.
    pub replied: Option<ReplyKind>,
}

impl Session {
    /// Makes a rule that answers a request as it was answered, and has the endpoint reply by its rules. `None` if what was
    /// received is not kept, or the endpoint is gone.
    ///
    /// If the endpoint runs and cannot take the rule over, [`Update::Refused`] follows.
    pub fn make_rule(&mut self, endpoint: EndpointId, exchange: &Exchange) -> Option<MadeRule> {
        let mut kind = self.document.endpoint(endpoint)?.kind.clone();
        let protocol = self.document.protocol(endpoint)?;
        let payload = exchange.request.payload.as_ref()?;
        let request = if let Some(frame) = &exchange.request.frame {
            frame.rule.checked(payload).into_owned().into()
        } else {
            let framing = protocol.received.framing().ok().flatten();
            request_seen(payload, framing.as_ref()).bytes
        };
        let place = self.rule_place(endpoint, &request);
        let rule = RuleForm::answering(&request, exchange.reply.as_deref().unwrap_or_default());
        let behaviour = kind.behaviour_mut();
        let replied = (behaviour.reply != ReplyKind::Rules).then_some(behaviour.reply);
        let made = MadeRule {
            endpoint,
            rule: rule.id,
            replied,
        };
        behaviour.reply = ReplyKind::Rules;
        behaviour.rules.insert(place, rule);
        if let Err(problem) = self.set_up(endpoint, kind) {
            self.updates.push_back(Update::Refused(endpoint, problem));
            (self.wake)();
        }
        Some(made)
    }

    /// Returns the place for a rule that answers a request: before the first one that answers it already, which would keep
    /// it from applying, or else at the end.
    fn rule_place(&self, endpoint: EndpointId, request: &[u8]) -> usize {
        let Some(form) = self.document.endpoint(endpoint) else {
            return 0;
        };
        let rules = &form.kind.behaviour().rules;
        let protocol = self.document.protocol(endpoint).unwrap_or_default();
        let Ok(parsed) = rules.parse(&protocol) else {
            return rules.rules.len();
        };
        let case = RuleCase {
            request,
            state: None,
            count: None,
            peer: None,
        };
        let reports = explain(&RuleSet::starting(parsed), &case);
        let applying = reports.iter().filter(|it| it.applies());
        let first = applying.map(|it| it.place).min();
        first.unwrap_or(rules.rules.len())
    }
}
