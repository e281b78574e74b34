//! Sequences of send and expect: a list of steps that is run on one connection, and comes to a result. Pure: no sockets,
//! no clock.

mod run;
mod wanted;

use core::time::Duration;

pub use run::{MAX_INBOX_BYTES, MAX_INBOX_REQUESTS, SequenceRun};
pub use wanted::{Difference, Wanted};

use super::Message;
use crate::payload::framing::Framing;
use crate::payload::template::RenderError;

/// The most steps of a sequence.
pub const MAX_STEPS: usize = 500;
/// The longest that a step may wait.
pub const MAX_STEP_TIME: Duration = Duration::from_hours(24);
/// The most bytes of a request that a result shows.
pub const EXCERPT_BYTES: usize = 64;

/// A list of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// Its name.
    pub name: String,
    /// At most [`MAX_STEPS`].
    pub steps: Vec<Step>,
    /// What cuts the received bytes into requests; chunks are requests without it.
    pub framing: Option<Framing>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send a message. A template may use the pieces that steps before it have found.
    Send(Message),
    /// Go on once something has happened, and fail if it has not after this much time.
    Expect {
        /// What.
        what: Awaited,
        /// How much time it has, from when the step is reached.
        within: Duration,
    },
    /// Do nothing for this long. What arrives meanwhile is looked at by the step that expects something next.
    Wait(Duration),
    /// Encrypt the connection from here on (STARTTLS).
    StartTls,
    /// Finish sending.
    Finish,
    /// Close the connection after what is queued.
    Close,
    /// Reset the connection after what is queued.
    Reset,
}

/// What a step expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// A request that contains this. Those before it are passed over. Without a framing, it may also be in all of the
    /// chunks that were passed over, taken together.
    Request(Wanted),
    /// The peer finishes sending (FIN), or the connection is gone.
    Ended,
}

/// The place of a step in its sequence, from 1 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepNumber(pub u16);

/// How a sequence ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SequenceEnd {
    /// Whether it passed.
    pub outcome: SequenceOutcome,
    /// How many requests arrived that no step expected.
    pub others: u64,
}

/// Whether a sequence passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SequenceOutcome {
    /// All steps were done.
    Passed,
    /// A step could not be done.
    Failed {
        /// Which one.
        step: StepNumber,
        /// Why.
        why: StepFailure,
    },
    /// It was stopped at a step.
    Cancelled {
        /// Which one.
        step: StepNumber,
    },
}

/// Why a step could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepFailure {
    /// What it expects did not happen in time.
    TimedOut {
        /// How much time it had.
        within: Duration,
        /// Of what arrived meanwhile, what comes nearest; `None` if nothing arrived.
        nearest: Option<Miss>,
    },
    /// The connection ended first.
    Ended {
        /// Of what arrived meanwhile, what comes nearest; `None` if nothing arrived.
        nearest: Option<Miss>,
    },
    /// A message could not be rendered.
    Template(RenderError),
    /// A message was refused, or not all of it was passed to the system.
    Unsent,
    /// There was no connection.
    NotConnected,
}

/// A request that is not what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Its first bytes, at most [`EXCERPT_BYTES`].
    pub excerpt: Vec<u8>,
    /// Its length in bytes.
    pub len_bytes: u64,
    /// Where it first differs; `None` for a regular expression, which has no such place.
    pub difference: Option<Difference>,
}

impl SequenceOutcome {
    /// Returns whether it passed.
    pub fn is_passed(&self) -> bool {
        matches!(self, Self::Passed)
    }

    /// Returns the step that was not done, if there is one.
    pub fn step(&self) -> Option<StepNumber> {
        match self {
            Self::Passed => None,
            Self::Failed { step, .. } | Self::Cancelled { step } => Some(*step),
        }
    }
}

impl StepFailure {
    /// Returns what comes nearest to what was expected.
    pub fn nearest(&self) -> Option<&Miss> {
        match self {
            Self::TimedOut { nearest, .. } | Self::Ended { nearest } => nearest.as_ref(),
            Self::Template(_) | Self::Unsent | Self::NotConnected => None,
        }
    }
}

impl Sequence {
    /// Returns the messages that it sends.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.steps.iter().filter_map(|step| match step {
            Step::Send(message) => Some(message),
            _ => None,
        })
    }

    /// Returns the messages that it sends, to change them.
    pub fn messages_mut(&mut self) -> impl Iterator<Item = &mut Message> {
        self.steps.iter_mut().filter_map(|step| match step {
            Step::Send(message) => Some(message),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
