//! Rules: how often they applied, what they would do with a request, and new ones made from what was received and sent.

use std::sync::Arc;

use super::App;
use super::carry_out::as_problem;
use crate::capture::{Exchange, ExchangeOf, Request};
use crate::model::{MadeRule, Place, WindowProblem};
use crate::net::EndpointId;
use crate::session::{WhyOrder, request_seen};
use crate::workspace::ReplyKind;
use crate::workspace::rules::RuleForm;

impl App {
    /// Notes how often rules applied. What a rule answers is on record, so an update has come for it by then.
    pub(super) fn follow_rules(&mut self) {
        for (id, endpoint) in &mut self.model.endpoints {
            let Some(set) = self.session.rule_set(*id) else {
                continue;
            };
            let names = set.rules().rules.iter().map(|it| Arc::clone(&it.name));
            let counts = &mut endpoint.rules;
            counts.applied.clear();
            counts.applied.extend(names.zip(set.applied()));
            counts.unmatched = set.unmatched();
        }
    }

    /// Finds out what rules would do with a request. If too many wait, the view asks again.
    pub(super) fn explain(&mut self, order: WhyOrder) {
        let now = self.now();
        if self.session.explain(order.clone()).is_ok() {
            self.model.why_asked(order, now);
        }
    }

    /// Makes a rule as soon as the request and what was sent in answer have been read.
    pub(super) fn make_rule(&mut self, endpoint: EndpointId, of: ExchangeOf) {
        self.making = Some((endpoint, of.clone()));
        self.ask(Request::Exchange(Box::new(of)));
    }

    /// Makes the rule whose request and reply were read.
    pub(super) fn take_exchange(&mut self) {
        let Some((of, exchange)) = self.model.take_exchange() else {
            return;
        };
        let Some((endpoint, _)) = self.making.take_if(|(_, making)| *making == of) else {
            return;
        };
        let made = exchange.and_then(|exchange| self.make_rule_of(endpoint, &exchange));
        if made.is_none() {
            let problem = Arc::new(WindowProblem::NothingToMakeARuleOf);
            self.model.notices.push(Place::Timeline, problem);
        }
    }

    /// Makes a rule; `None` if what was received is not kept, or the endpoint is gone.
    fn make_rule_of(&mut self, endpoint: EndpointId, exchange: &Exchange) -> Option<()> {
        let mut kind = self.model.form(endpoint)?.kind.clone();
        let payload = exchange.request.payload.as_ref()?;
        let protocol = self.model.document.protocol(endpoint)?;
        let request = if let Some(frame) = &exchange.request.frame {
            frame.rule.checked(payload).into_owned().into()
        } else {
            let framing = protocol.received.framing().ok().flatten();
            request_seen(payload, framing.as_ref()).bytes
        };
        let reply = exchange.reply.as_deref().unwrap_or_default();
        let place = self.session.rule_place(endpoint, &request);
        let rule = RuleForm::answering(&request, reply);
        let behaviour = kind.behaviour_mut();
        let replied = (behaviour.reply != ReplyKind::Rules).then_some(behaviour.reply);
        self.model.made_rule = Some(MadeRule {
            endpoint,
            rule: rule.id,
            replied,
        });
        behaviour.reply = ReplyKind::Rules;
        behaviour.rules.insert(place, rule);
        let configured = self.session.set_up(endpoint, kind);
        self.endpoint_problem(endpoint, configured.err().map(as_problem));
        self.document_changed();
        self.model.preferences.inspector = Some(true);
        self.window.show_made_rule(&self.model);
        Some(())
    }
}
