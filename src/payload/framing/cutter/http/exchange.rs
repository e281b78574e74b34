//! The requests of one stream that matter to the responses in the other one, in their order.

use std::collections::VecDeque;

/// What a request means for its response (RFC 9112, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// The response has no body.
    Head,
    /// After a successful response, both streams are a tunnel.
    Connect,
    /// The response is as its own fields say.
    Other,
}

impl Method {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"HEAD" => Self::Head,
            b"CONNECT" => Self::Connect,
            _ => Self::Other,
        }
    }
}

/// Requests without a response.
#[derive(Clone, Debug, Default)]
pub(super) struct Pipeline {
    /// Runs of the same method, and their lengths.
    runs: VecDeque<(Method, u64)>,
}

impl Pipeline {
    /// The most runs. With more, all are forgotten, and responses are cut by their own fields.
    const MAX_RUNS: usize = 1_024;

    pub(super) fn push(&mut self, method: Method) {
        self.push_run(method, 1);
    }

    /// Returns the method of the oldest request, which is answered.
    pub(super) fn pop(&mut self) -> Option<Method> {
        let (method, count) = self.runs.front_mut()?;
        let method = *method;
        *count -= 1;
        if *count == 0 {
            self.runs.pop_front();
        }
        Some(method)
    }

    /// Moves later requests to the end.
    pub(super) fn append(&mut self, later: &mut Self) {
        for (method, count) in later.runs.drain(..) {
            self.push_run(method, count);
        }
    }

    fn push_run(&mut self, method: Method, count: u64) {
        let has_room = self.runs.len() < Self::MAX_RUNS;
        match self.runs.back_mut() {
            Some((last, run)) if *last == method => *run = run.saturating_add(count),
            _ if has_room => self.runs.push_back((method, count)),
            _ => self.runs.clear(),
        }
    }
}
