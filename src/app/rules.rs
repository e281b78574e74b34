//! How often the rules of endpoints applied, as the window shows it.

use std::sync::Arc;

use super::App;

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
}
