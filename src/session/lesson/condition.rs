//! What has to happen for a step to be done, in the words of lesson files.

use std::time::Duration;

use super::LessonEnd;
use crate::workspace::parse_duration;

/// Something that has to be on record: `client connected`, `server received 30`, `client sent x3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonCondition {
    /// At which end.
    pub end: LessonEnd,
    /// What.
    pub what: What,
    /// How often.
    pub times: u64,
}

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A server listens, on an address of this family.
    Listens(Option<Family>),
    /// A server was stopped.
    Stopped,
    /// A connect was begun.
    Connects,
    /// A connection was established, over this family.
    Connected(Option<Family>),
    /// A connect was refused.
    Refused,
    /// A connect got no answer, or was refused.
    Failed,
    /// A connection was accepted, over this family.
    Accepted(Option<Family>),
    /// One read returned exactly this many bytes.
    Received(u64),
    /// One read returned at least this many bytes.
    ReceivedAtLeast(u64),
    /// This many bytes were read since the step began.
    ReceivedInAll(u64),
    /// A read ended within a character.
    ReceivedCut,
    /// One write took at least this many bytes.
    SentAtLeast(u64),
    /// This many bytes were written since the step began.
    SentInAll(u64),
    /// Bytes were sent or received after this much silence.
    AfterSilence(Duration),
    /// This end finished sending (FIN).
    Finished,
    /// The other end's FIN arrived.
    SawEnd,
    /// A connection was closed, other than by a reset.
    Closed,
    /// A connection was closed with bytes that nobody had read.
    ClosedUnread,
    /// This end reset a connection.
    DidReset,
    /// The other end reset a connection.
    WasReset,
    /// Reading stopped.
    StopsReading,
    /// Reading resumed.
    ReadsAgain,
    /// New connections are left in the backlog.
    StopsAccepting,
    /// New connections are accepted again.
    AcceptsAgain,
    /// The first datagram of a UDP peer arrived.
    NewPeer,
    /// A datagram was longer than the read buffer, and cut.
    Cut,
    /// The network said that a datagram did not get there.
    Undelivered,
    /// A UDP peer was forgotten after a silence.
    Forgot,
}

/// A family of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl LessonCondition {
    /// Reads a condition: an end, a verb, what the verb takes, and how often (`x3`).
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut words: Vec<_> = text.split_ascii_whitespace().collect();
        let times = words.last().and_then(|it| it.strip_prefix('x'));
        let times = match times {
            Some(times) => {
                words.pop();
                times.parse().ok().filter(|it| *it > 0)?
            }
            None => 1,
        };
        let (end, words) = words.split_first()?;
        let what = What::read(words)?;
        let end = LessonEnd::read(end)?;
        Some(Self { end, what, times })
    }
}

impl What {
    fn read(words: &[&str]) -> Option<Self> {
        Some(match *words {
            ["listens"] => Self::Listens(None),
            ["listens", family] => Self::Listens(Some(Family::read(family)?)),
            ["stopped"] => Self::Stopped,
            ["connects"] => Self::Connects,
            ["connected"] => Self::Connected(None),
            ["connected", family] => Self::Connected(Some(Family::read(family)?)),
            ["refused"] => Self::Refused,
            ["failed"] => Self::Failed,
            ["accepted"] => Self::Accepted(None),
            ["accepted", family] => Self::Accepted(Some(Family::read(family)?)),
            ["received"] => Self::ReceivedAtLeast(1),
            ["received", "cut"] => Self::ReceivedCut,
            ["received", size] => match size.strip_suffix('+') {
                Some(least) => Self::ReceivedAtLeast(least.parse().ok()?),
                None => Self::Received(size.parse().ok()?),
            },
            ["received", "all", size] => Self::ReceivedInAll(size.parse().ok()?),
            ["sent"] => Self::SentAtLeast(1),
            ["sent", size] => Self::SentAtLeast(size.strip_suffix('+')?.parse().ok()?),
            ["sent", "all", size] => Self::SentInAll(size.parse().ok()?),
            ["speaks", "after", time] => Self::AfterSilence(parse_duration(time).ok()?),
            ["finished"] => Self::Finished,
            ["saw-end"] => Self::SawEnd,
            ["closed"] => Self::Closed,
            ["closed", "unread"] => Self::ClosedUnread,
            ["did-reset"] => Self::DidReset,
            ["was-reset"] => Self::WasReset,
            ["stops-reading"] => Self::StopsReading,
            ["reads-again"] => Self::ReadsAgain,
            ["stops-accepting"] => Self::StopsAccepting,
            ["accepts-again"] => Self::AcceptsAgain,
            ["new-peer"] => Self::NewPeer,
            ["cut"] => Self::Cut,
            ["undelivered"] => Self::Undelivered,
            ["forgot"] => Self::Forgot,
            _ => return None,
        })
    }
}

impl Family {
    fn read(word: &str) -> Option<Self> {
        match word {
            "v4" => Some(Self::V4),
            "v6" => Some(Self::V6),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_has_an_end_a_verb_and_a_number_of_times() {
        let check = |words: &[&str], expected: Option<(LessonEnd, What, u64)>| {
            let read = LessonCondition::read(&words.join(" "));
            assert_eq!(read.map(|it| (it.end, it.what, it.times)), expected);
        };
        let (server, client) = (LessonEnd::Server, LessonEnd::Client);
        check(
            &["server", "listens"],
            Some((server, What::Listens(None), 1)),
        );
        check(
            &["client", "connected", "v6", "x2"],
            Some((client, What::Connected(Some(Family::V6)), 2)),
        );
        check(
            &["server", "received", "30"],
            Some((server, What::Received(30), 1)),
        );
        check(
            &["server", "received", "8+"],
            Some((server, What::ReceivedAtLeast(8), 1)),
        );
        let silence = What::AfterSilence(Duration::from_secs(3));
        check(
            &["client", "speaks", "after", "3s"],
            Some((client, silence, 1)),
        );
        for wrong in [
            "",
            "server",
            "peer listens",
            "client sent x0",
            "client sent 3",
        ] {
            check(&[wrong], None);
        }
    }
}
