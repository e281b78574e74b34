//! What can be requested of a connection. Knows no socket.

use core::num::NonZeroU32;
use core::time::Duration;
use std::collections::VecDeque;

use super::Message;

/// Something that a connection is asked to do. Acts are carried out in the order in which they were requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Send something.
    Send(Content),
    /// Do nothing for this long; what was requested after it waits.
    Wait(Duration),
    /// Finish sending (FIN), and keep reading.
    Finish,
    /// Close the connection.
    Close,
    /// Reset the connection (RST).
    Reset,
    /// Stop reading: the peer can send only until the buffers are full.
    StopReading,
    /// Read again.
    ResumeReading,
    /// Send at most this many bytes per second; `None` for as fast as the peer reads.
    Rate(Option<NonZeroU32>),
    /// Send in slices; `None` for as much as the system takes at once.
    Slice(Option<Slices>),
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
    acts: VecDeque<Act>,
    timers: VecDeque<(TimerId, Option<Duration>)>,
}

impl Acts {
    /// Requests an act.
    pub fn request(&mut self, act: Act) {
        self.acts.push_back(act);
    }

    /// Requests that a message be sent.
    pub fn send(&mut self, message: Message) {
        self.request(Act::Send(Content::Message(message)));
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
    pub fn next_act(&mut self) -> Option<Act> {
        self.acts.pop_front()
    }

    /// Removes and returns the next timer that was set (with the time until then) or cancelled, in order.
    pub fn next_timer(&mut self) -> Option<(TimerId, Option<Duration>)> {
        self.timers.pop_front()
    }
}
