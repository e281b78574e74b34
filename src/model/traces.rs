//! The lifecycles of the connections that are shown: a few of them, for both ends of one may report it.

use std::sync::Arc;

use super::Now;
use super::renewed::{Renewal, Renewed};
use crate::capture::Traced;
use crate::net::FlowId;

/// How many are kept: both ends of what the middle shows, and of what the inspector does.
const KEPT: usize = 4;

/// Lifecycles as last answered; the one that was asked for longest ago gives way.
#[derive(Debug, Default)]
pub struct Traces(Vec<(FlowId, Renewed<FlowId, Traced>)>);

impl Traces {
    /// Returns the lifecycle of a connection, as this end reports it, once it is known.
    pub fn get(&self, of: &FlowId) -> Option<&Arc<Traced>> {
        self.of(of)?.get(of)
    }

    /// Returns whether to request it, given the version of what it depends on.
    pub fn wanted(
        &self,
        of: &FlowId,
        now: Now,
        version: u64,
        is_whole: impl Fn(&Traced) -> bool,
    ) -> Renewal {
        match self.of(of) {
            Some(renewed) => renewed.wanted(of, now, version, is_whole),
            None => Renewal::Now,
        }
    }

    fn of(&self, of: &FlowId) -> Option<&Renewed<FlowId, Traced>> {
        let found = self.0.iter().find(|(flow, _)| flow == of);
        found.map(|(_, renewed)| renewed)
    }

    pub(super) fn look_away(&mut self) {
        for (_, renewed) in &mut self.0 {
            renewed.look_away();
        }
    }

    pub(super) fn ask(&mut self, of: FlowId, now: Now, version: u64) {
        let found = self.0.iter().position(|(flow, _)| *flow == of);
        let mut kept = match found {
            Some(place) => self.0.remove(place),
            None => (of, Renewed::default()),
        };
        kept.1.ask(of, now, version);
        self.0.push(kept);
        if self.0.len() > KEPT {
            self.0.remove(0);
        }
    }

    pub(super) fn fold(&mut self, traced: Arc<Traced>) {
        let of = traced.connection;
        if let Some((_, renewed)) = self.0.iter_mut().find(|(flow, _)| *flow == of) {
            renewed.fold(&of, traced);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::Progress;
    use crate::capture::trace::Trace;
    use crate::net::Role;

    fn traced(connection: FlowId) -> Arc<Traced> {
        Arc::new(Traced {
            connection,
            trace: Trace {
                role: Role::Client,
                events: Vec::new(),
            },
            progress: Progress::default(),
            is_cut: false,
        })
    }

    #[test]
    fn both_ends_are_kept_and_the_oldest_gives_way() {
        let mut traces = Traces::default();
        let (client, server) = (FlowId::client(1), FlowId::server(1));
        for flow in [client, server] {
            assert_eq!(traces.wanted(&flow, Now(0.0), 1, |_| true), Renewal::Now);
            traces.ask(flow, Now(0.0), 1);
            assert_eq!(traces.wanted(&flow, Now(0.0), 1, |_| true), Renewal::No);
            traces.fold(traced(flow));
        }
        assert!(traces.get(&client).is_some() && traces.get(&server).is_some());
        for number in 2..=4 {
            let flow = FlowId::client(number);
            traces.ask(flow, Now(0.0), 1);
            traces.fold(traced(flow));
        }
        assert!(traces.get(&client).is_none() && traces.get(&server).is_some());
        // What nobody asked for is not kept.
        traces.fold(traced(client));
        assert!(traces.get(&client).is_none());
    }
}
