//! Rules: which request, what then, how badly. A list in order, of which the first that matches applies.
//!
//! [`Rules`] are what the user wrote, validated. A [`RuleSet`] joins them with what the endpoint remembers, and makes the
//! responder of each connection (`run`). `explain` says of each rule why it would not apply.

mod byte_pattern;
mod condition;
mod explain;
mod from;
mod memory;
mod run;
mod shared;

use core::num::NonZeroU32;
use core::ops::RangeInclusive;
use core::time::Duration;
use std::sync::Arc;

pub use byte_pattern::BytePattern;
pub use condition::{Condition, ConditionFailure, FailureKind, Predicate};
pub use explain::{Hold, Report, RuleCase, explain};
pub use from::{AddressPattern, AddressPatternError};
pub use memory::{Full, MEMORY_BYTES, Memory};
pub(super) use run::Ruled;
pub use shared::{RuleSet, Shared};

use super::Message;
use super::act::{EndpointRef, Slices};
use crate::payload::framing::Framing;
use crate::payload::template::{Check, MemoryPlace};

/// The name of the state in which each connection begins.
pub const FIRST_STATE: &str = "start";
/// The most rules of an endpoint.
pub const MAX_RULES: usize = 500;
/// The most acts of a rule.
pub const MAX_ACTS: usize = 100;
/// The most conditions of a rule, those within a `not` included.
pub const MAX_CONDITIONS: usize = 50;
/// The shortest time after which something is done again and again: no circle runs without time passing.
pub const LEAST_PERIOD: Duration = Duration::from_millis(1);

/// The rules of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The rules, in order; at most [`MAX_RULES`].
    pub rules: Vec<Rule>,
    /// How requests were cut; `None` for chunks. The rules see a frame without its line ending or its delimiters.
    pub framing: Option<Framing>,
    /// What received frames are checked for.
    pub check: Option<Check>,
    /// What is remembered when the endpoint starts.
    pub memory: Vec<(Vec<u8>, Vec<u8>)>,
    /// Makes chance repeatable: the same connections in the same order have the same luck.
    pub seed: Option<u64>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, unique on the endpoint.
    pub name: Arc<str>,
    /// Whether it is switched on.
    pub is_on: bool,
    /// When it applies.
    pub when: When,
    /// The states in which it applies; none for any.
    pub in_states: Vec<Arc<str>>,
    /// The peers that it is for; `None` for any.
    pub from: Option<AddressPattern>,
    /// What is done, in order; at most [`MAX_ACTS`].
    pub then: Vec<RuleAct>,
    /// The state that follows; `None` to stay.
    pub next: Option<Arc<str>>,
    /// How often it applies; `None` for always.
    pub times: Option<Times>,
}

/// When a rule applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A connection is established.
    Connected,
    /// The peer finished sending, or the connection has ended; once.
    Ended,
    /// Nothing was received for this long; once in each silence.
    Silence(Duration),
    /// Again and again while connected; at least [`LEAST_PERIOD`].
    EveryTime(Duration),
    /// A request for which all of these hold; at most [`MAX_CONDITIONS`].
    Request(Vec<Condition>),
}

/// How often a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// At most so often since the endpoint started.
    InAll(NonZeroU32),
    /// At most so often on each connection.
    PerConnection(NonZeroU32),
}

/// Something that a rule does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleAct {
    /// Send the request back.
    Echo,
    /// Send a message.
    Send {
        /// What.
        message: Message,
        /// To whom.
        to: To,
        /// What may happen to it on the way.
        luck: Luck,
    },
    /// Wait this long, or any time in between.
    Wait(RangeInclusive<Duration>),
    /// Finish sending.
    Finish(To),
    /// Close.
    Close(To),
    /// Reset.
    Reset(To),
    /// Encrypt the connection from here on (STARTTLS).
    StartTls,
    /// Stop reading.
    StopReading,
    /// Read again.
    ResumeReading,
    /// Send at most this many bytes per second.
    Rate(Option<NonZeroU32>),
    /// Send in slices.
    Slice(Option<Slices>),
    /// Remember something.
    Remember(MemoryPlace, Message),
    /// Forget something.
    Forget(MemoryPlace),
    /// Join a group of connections.
    Join(Message),
    /// Leave a group.
    Leave(Message),
}

/// To whom something is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum To {
    /// The peer.
    #[default]
    Peer,
    /// All connections of the endpoint.
    All,
    /// All of them but this one.
    Others,
    /// The connections of a group.
    Group(Message),
    /// Those of another endpoint.
    Endpoint(EndpointRef),
}

/// What may happen to a message, each in a million.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Luck {
    /// How many are not sent.
    pub drop_ppm: u32,
    /// How many are sent with one bit turned over.
    pub corrupt_ppm: u32,
}

impl Rules {
    /// Returns the messages that its acts send or remember, to read their files.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        let acts = self.rules.iter().flat_map(|rule| &rule.then);
        acts.flat_map(RuleAct::messages)
    }

    /// Returns the messages that its acts send or remember, to change them.
    pub fn messages_mut(&mut self) -> impl Iterator<Item = &mut Message> {
        let acts = self.rules.iter_mut().flat_map(|rule| &mut rule.then);
        acts.flat_map(RuleAct::messages_mut)
    }
}

/// Returns the messages of an act.
macro_rules! messages {
    ($act:expr) => {{
        let (one, other) = match $act {
            RuleAct::Send { message, to, .. } => {
                let group = match to {
                    To::Group(group) => Some(group),
                    To::Peer | To::All | To::Others | To::Endpoint(_) => None,
                };
                (Some(message), group)
            }
            RuleAct::Finish(To::Group(group))
            | RuleAct::Close(To::Group(group))
            | RuleAct::Reset(To::Group(group))
            | RuleAct::Join(group)
            | RuleAct::Leave(group) => (Some(group), None),
            RuleAct::Remember(_, value) => (Some(value), None),
            RuleAct::Echo
            | RuleAct::Finish(_)
            | RuleAct::Close(_)
            | RuleAct::Reset(_)
            | RuleAct::Wait(_)
            | RuleAct::StartTls
            | RuleAct::StopReading
            | RuleAct::ResumeReading
            | RuleAct::Rate(_)
            | RuleAct::Slice(_)
            | RuleAct::Forget(_) => (None, None),
        };
        one.into_iter().chain(other)
    }};
}

impl RuleAct {
    fn messages(&self) -> impl Iterator<Item = &Message> {
        messages!(self)
    }

    fn messages_mut(&mut self) -> impl Iterator<Item = &mut Message> {
        messages!(self)
    }
}

#[cfg(test)]
mod tests;
