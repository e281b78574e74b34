//! Rules: what they would do with a request, and new ones made from what was received and sent.

use std::sync::Arc;

use super::App;
use crate::capture::{Exchange, ExchangeOf, Request};
use crate::model::{NoticePlace, WindowProblem};
use crate::net::EndpointId;
use crate::session::WhyOrder;

impl App {
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

    /// Makes the rule whose request and reply were read; there is no exchange if they are not kept any more.
    pub(super) fn take_exchange(&mut self, of: &ExchangeOf, exchange: Option<&Exchange>) {
        let Some((endpoint, _)) = self.making.take_if(|(_, making)| making == of) else {
            return;
        };
        let Some(made) = exchange.and_then(|it| self.session.make_rule(endpoint, it)) else {
            let problem = Arc::new(WindowProblem::NothingToMakeARuleOf);
            return self.model.notices.push(NoticePlace::Timeline, problem);
        };
        self.endpoint_problem(endpoint, None);
        self.document_changed();
        self.model.made_rule = Some(made);
        self.model.preferences.inspector = Some(true);
        self.window.show_made_rule(&self.model);
    }
}
