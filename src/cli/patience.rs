//! How long `send` waits: without a byte, and altogether.

use std::time::{Duration, Instant};

/// The default limit on the time without a byte.
const DEFAULT_WAIT: Duration = Duration::from_secs(1);

/// How long to wait without a byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// The value of `--wait`, if given.
    pub(super) wait: Option<Duration>,
    /// Whether the limit applies before all of the input is sent, even without `--wait`.
    pub(super) bounds_input: bool,
}

impl Patience {
    /// Returns the limit once everything is sent.
    pub(super) fn after_input(self) -> Duration {
        self.wait.unwrap_or(DEFAULT_WAIT)
    }

    /// Returns the limit while there is still something to send; `None` if there is none.
    ///
    /// After the peer's FIN there is always a limit. Zero applies only once everything is sent.
    pub(super) fn during_input(self, peer_finished: bool) -> Option<Duration> {
        let wait = self.wait.filter(|wait| !wait.is_zero());
        let is_bounded = match self.wait {
            Some(_) => wait.is_some(),
            None => self.bounds_input,
        };
        (is_bounded || peer_finished).then_some(wait.unwrap_or(DEFAULT_WAIT))
    }
}

/// When a command ends, whatever happens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    /// The time that the command was given.
    pub(super) limit: Duration,
    /// `None` if it lies beyond the end of the clock.
    pub(super) at: Option<Instant>,
}

impl Deadline {
    /// Gives a command this much time from now on.
    pub(super) fn after(limit: Duration) -> Self {
        Self {
            limit,
            at: Instant::now().checked_add(limit),
        }
    }
}
