//! What can be requested of a connection. Knows no socket.

use core::num::{NonZeroU16, NonZeroU32};
use core::time::Duration;
use std::collections::VecDeque;

use bytes::Bytes;

use super::Message;
use crate::payload::template::RenderError;

/// Something that a connection is asked to do. Acts are carried out in the order in which they were requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Send something.
    Send(Content),
    /// Do nothing for this long; what was requested after it waits.
    Wait(Duration),
    /// Finish sending (FIN), and keep reading. After a responder's or a rule's, the peer has a bounded time to finish too.
    Finish,
    /// Close the connection.
    Close,
    /// Reset the connection (RST).
    Reset,
    /// Encrypt the connection from here on (STARTTLS), as its endpoint is set up.
    StartTls,
    /// Stop reading: the peer can send only until the buffers are full.
    StopReading,
    /// Read again.
    ResumeReading,
    /// Send at most this many bytes per second; `None` for as fast as the peer reads.
    Rate(Option<NonZeroU32>),
    /// Send in slices; `None` for as much as the system takes at once.
    Slice(Option<Slices>),
    /// Join a group of the endpoint's connections. One that is gone has left all groups.
    Join(Bytes),
    /// Leave a group.
    Leave(Bytes),
    /// Do something on other connections.
    Elsewhere(Whom, Box<Self>),
    /// Report what chance did to a message.
    Note(Disturbance),
}

/// What chance did to a message that a rule was to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disturbance {
    /// It is not sent.
    Dropped {
        /// Its size in bytes.
        bytes: u64,
    },
    /// One of its bytes is another one.
    Corrupted {
        /// Its size in bytes.
        bytes: u64,
        /// Which byte.
        at: u64,
        /// The byte as it should be.
        from: u8,
        /// The byte as it is sent.
        to: u8,
    },
}

/// Other connections than the one that requests an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// All connections of the endpoint.
    All,
    /// All of them but this one.
    Others,
    /// Those that joined a group, this one too if it did.
    Group(Bytes),
    /// The connections of another endpoint.
    Endpoint(EndpointRef),
}

/// The number of an endpoint, as the engine knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointRef(pub u32);

/// The place of a rule in its list, from 1 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleNumber(pub NonZeroU16);

impl RuleNumber {
    /// Returns the number of the rule at a place, from 0 on. No list is as long as numbers reach.
    pub fn at(place: usize) -> Self {
        let place = u16::try_from(place).unwrap_or(u16::MAX);
        Self(NonZeroU16::MIN.saturating_add(place))
    }
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The request itself: the chunk or frame that is being answered.
    Request,
    /// A message.
    Message(Message),
}

/// How sent bytes are cut into writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slices {
    /// The most bytes of one write.
    pub bytes: NonZeroU32,
    /// The pause between two writes.
    pub pause: Duration,
}

/// The name of a responder's timer. Setting one that is set already moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimerId(pub u32);

/// What a responder requests in answer to what it saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    requested: VecDeque<Requested>,
    timers: VecDeque<(TimerId, Option<Duration>)>,
    problems: VecDeque<ResponderProblem>,
    /// The rule that requests what follows.
    rule: Option<RuleNumber>,
}

/// An act, and the rule that requests it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requested {
    /// What to do.
    pub act: Act,
    /// The rule; `None` if the endpoint does not act by rules.
    pub rule: Option<RuleNumber>,
}

/// What a responder could not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponderProblem {
    /// Why.
    pub kind: ProblemKind,
    /// The rule; `None` if the endpoint does not act by rules.
    pub rule: Option<RuleNumber>,
}

/// Why a responder could not do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A message could not be rendered.
    Template(RenderError),
    /// A reply needs bytes of a request that is longer than [`MAX_REQUEST_BYTES`](super::MAX_REQUEST_BYTES).
    RequestTooLong,
    /// No rule applies to a request. Reported for the first one of several in a row.
    Unanswered {
        /// Its size in bytes.
        bytes: u64,
    },
    /// A place in what is remembered needs a piece that the request does not have, or a number out of range.
    NoPlace,
    /// The endpoint cannot remember more.
    MemoryFull {
        /// How much it can.
        limit_bytes: u64,
    },
}

impl Acts {
    /// Notes which rule requests what follows.
    pub fn set_rule(&mut self, rule: Option<RuleNumber>) {
        self.rule = rule;
    }

    /// Requests an act.
    pub fn request(&mut self, act: Act) {
        let rule = self.rule;
        self.requested.push_back(Requested { act, rule });
    }

    /// Requests that bytes be sent.
    pub fn send(&mut self, bytes: Bytes) {
        self.request(Act::Send(Content::Message(bytes.into())));
    }

    /// Reports that something could not be done.
    pub fn report(&mut self, kind: ProblemKind) {
        let rule = self.rule;
        self.problems.push_back(ResponderProblem { kind, rule });
    }

    /// Sets a timer: the responder sees [`Seen::Timer`](super::Seen::Timer) once this much time has passed.
    pub fn set_timer(&mut self, id: TimerId, after: Duration) {
        self.timers.push_back((id, Some(after)));
    }

    /// Cancels a timer.
    pub fn cancel_timer(&mut self, id: TimerId) {
        self.timers.push_back((id, None));
    }

    /// Removes and returns the next act, in the order in which they were requested.
    pub fn next_act(&mut self) -> Option<Requested> {
        self.requested.pop_front()
    }

    /// Removes and returns the next timer that was set (with the time until then) or cancelled, in order.
    pub fn next_timer(&mut self) -> Option<(TimerId, Option<Duration>)> {
        self.timers.pop_front()
    }

    /// Removes and returns the next thing that could not be done.
    pub fn next_problem(&mut self) -> Option<ResponderProblem> {
        self.problems.pop_front()
    }
}
