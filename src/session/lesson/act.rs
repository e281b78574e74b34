//! What a lesson can do for the learner, in the words of lesson files.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use bytes::Bytes;

use super::{LessonEnd, Setting};
use crate::net::Accepting;
use crate::payload::escape;
use crate::script::{Act, Slices};

/// The most bytes that are sent at once.
const MAX_FILL: usize = 16 * 1024 * 1024;

/// Something to do at one end of a lesson: what the learner could do with the window's own controls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonAct {
    /// Start the server.
    Start,
    /// Stop the server.
    Stop,
    /// Connect the clients.
    Connect,
    /// Disconnect the clients.
    Disconnect,
    /// Send these bytes; a client that is not connected connects first.
    Send(LessonEnd, Bytes),
    /// Request something of all connections of an end.
    Request(LessonEnd, Act),
    /// Change what the server does with new connections.
    Accept(Accepting),
    /// Change a setting.
    Set(LessonEnd, Setting),
    /// Keep the port that the server has, for its next start.
    Pin,
    /// Make the clients connect to this host, at the port that the server has or had last.
    Aim(IpAddr),
}

impl LessonAct {
    /// Reads one: `start server`, `send client Hello`, `set server read_buffer 30`.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some(sent) = text.strip_prefix("send ") {
            let (end, sent) = sent.split_once(' ')?;
            let sent = escape::parse(sent).ok()?;
            return Some(Self::Send(LessonEnd::read(end)?, sent.into()));
        }
        let words: Vec<_> = text.split_ascii_whitespace().collect();
        let request = |end: &str, act| Some(Self::Request(LessonEnd::read(end)?, act));
        Some(match words[..] {
            ["start", "server"] => Self::Start,
            ["stop", "server"] => Self::Stop,
            ["connect", "client"] => Self::Connect,
            ["disconnect", "client"] => Self::Disconnect,
            ["fill", end, size] => {
                let size = size.parse().ok().filter(|it| *it <= MAX_FILL)?;
                Self::Send(LessonEnd::read(end)?, vec![b'x'; size].into())
            }
            ["finish", end] => request(end, Act::Finish)?,
            ["close", end] => request(end, Act::Close)?,
            ["reset", end] => request(end, Act::Reset)?,
            ["stop-reading", end] => request(end, Act::StopReading)?,
            ["read-again", end] => request(end, Act::ResumeReading)?,
            ["slice", end, bytes, millis] => {
                let bytes = bytes.parse::<NonZeroU32>().ok()?;
                let pause = Duration::from_millis(millis.parse().ok()?);
                request(end, Act::Slice(Some(Slices { bytes, pause })))?
            }
            ["accept", "server", "off"] => Self::Accept(Accepting::Stop),
            ["accept", "server", "on"] => Self::Accept(Accepting::Accept),
            ["set", end, key, value] => {
                Self::Set(LessonEnd::read(end)?, Setting::read(key, value)?)
            }
            ["pin", "server"] => Self::Pin,
            ["aim", "client"] => Self::Aim(Ipv4Addr::LOCALHOST.into()),
            ["aim", "client", host] => Self::Aim(host.parse().ok()?),
            _ => return None,
        })
    }
}
