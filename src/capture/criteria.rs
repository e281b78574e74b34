//! Which entries a view shows: one kind of filter for tabs, a clicked peer, Clear view and finds.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;
use std::time::SystemTime;

#[cfg(test)]
use super::entry::Entry;
use super::frame_rules::FrameRules;
use super::kind::RowKind;
use super::search_encodings::Encodings;
use crate::net::{EndpointId, FlowId, Link, Requester};
use crate::payload::Pattern;
use crate::script::RuleNumber;

/// Which entries a view shows: those that meet every criterion. A view numbers its rows from 0 over the kept entries
/// that it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Only entries of this endpoint.
    pub endpoint: Option<EndpointId>,
    /// Only entries of this end of a connection.
    pub connection: Option<FlowId>,
    /// Only entries of the connection with this number: of both ends, where both are ours.
    pub number: Option<u64>,
    /// Only entries that a rule of this number requested, of any endpoint.
    pub rule: Option<RuleNumber>,
    /// Only entries from this number on: set by Clear view.
    pub from_entry: u64,
    /// Only entries of peers whose address, as written (`127.0.0.1`, `:53122`), contains this. Empty means any.
    pub peer_text: String,
    /// Only entries of these kinds.
    pub kinds: Kinds,
    /// Only chunks with a size in this range, in bytes.
    pub size: Option<RangeInclusive<u64>>,
    /// Only entries from this range of wall-clock time.
    pub time: Option<Range<SystemTime>>,
    /// Only entries that a match touches, in a stream or in the words of a lifecycle entry.
    pub pattern: Option<Pattern>,
    /// The text encodings of the endpoints, for searching. An endpoint that is missing uses UTF-8.
    pub encodings: Encodings,
    /// Shows frames cut by these rules instead of chunks: those with at least one chunk that is shown.
    pub frames: Option<Arc<FrameRules>>,
    /// Shows the rest of a long run of chunks of one stream as one row: a bundle.
    pub bundles: bool,
}

/// Kinds of entries. Each entry has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box that is ticked or not"
)]
pub struct Kinds {
    /// Received bytes.
    pub received: bool,
    /// Sent bytes.
    pub sent: bool,
    /// Normal events: listening, accepted, connected, finished, closed.
    pub lifecycle: bool,
    /// Failures and warnings: refused, reset, unread bytes.
    pub problems: bool,
}

impl Kinds {
    /// All kinds.
    pub const ALL: Self = Self {
        received: true,
        sent: true,
        lifecycle: true,
        problems: true,
    };
    /// No kind, as a starting point.
    pub const NONE: Self = Self {
        received: false,
        sent: false,
        lifecycle: false,
        problems: false,
    };

    /// Returns whether entries of this kind are included.
    pub fn takes(self, kind: RowKind) -> bool {
        match kind {
            RowKind::Received(_) => self.received,
            RowKind::Sent(_) => self.sent,
            RowKind::Quiet | RowKind::Good | RowKind::Ended => self.lifecycle,
            RowKind::Caution | RowKind::Bad => self.problems,
        }
    }
}

impl Default for Kinds {
    fn default() -> Self {
        Self::ALL
    }
}

impl Filter {
    /// Returns the same filter without frames and bundles.
    #[must_use]
    pub fn of_entries(&self) -> Self {
        Self {
            frames: None,
            bundles: false,
            ..self.clone()
        }
    }

    /// Returns whether chunks that follow each other in the view do so in their streams too: nothing between them is
    /// left out. Only then can a bundle stand for them.
    pub fn has_whole_runs(&self) -> bool {
        let Self { size, time, .. } = self;
        self.frames.is_none()
            && self.rule.is_none()
            && self.pattern.is_none()
            && self.kinds == Kinds::ALL
            && size.is_none()
            && time.is_none()
    }

    /// Returns whether the entries of every endpoint and connection can be shown.
    pub(super) fn takes_any_flow(&self) -> bool {
        self.endpoint.is_none() && self.connection.is_none() && self.peer_text.is_empty()
    }

    /// Returns whether `entry` meets every criterion except [`Self::pattern`], which depends on its neighbours too.
    #[cfg(test)]
    pub(super) fn shows(&self, entry: &Entry) -> bool {
        let event = &entry.event;
        self.takes_flow(event.endpoint, event.link.as_deref())
            && self.takes(entry.number, RowKind::of(entry), event.by, || entry.time)
    }

    /// Returns whether entries of this endpoint and connection, if any, can be shown.
    pub(super) fn takes_flow(&self, endpoint: EndpointId, link: Option<&Link>) -> bool {
        let of_connection =
            |connection| link.is_some_and(|link: &Link| link.connection == connection);
        let of_number = |number| link.is_some_and(|link: &Link| link.connection.number == number);
        let of_peer = || link.is_some_and(|link| link.peer.to_string().contains(&self.peer_text));
        self.endpoint.is_none_or(|wanted| wanted == endpoint)
            && self.connection.is_none_or(of_connection)
            && self.number.is_none_or(of_number)
            && (self.peer_text.is_empty() || of_peer())
    }

    /// Returns whether an entry of an accepted flow is shown. `time` is called only if it matters.
    pub(super) fn takes(
        &self,
        number: u64,
        kind: RowKind,
        by: Requester,
        time: impl FnOnce() -> SystemTime,
    ) -> bool {
        number >= self.from_entry
            && self.kinds.takes(kind)
            && self.rule.is_none_or(|rule| by.rule() == Some(rule))
            && (self.size.as_ref())
                .is_none_or(|it| kind.data_bytes().is_some_and(|size| it.contains(&size)))
            && (self.time.as_ref()).is_none_or(|it| it.contains(&time()))
    }

    /// Returns whether every entry from [`Self::from_entry`] on is shown.
    pub fn shows_all(&self) -> bool {
        let all = Self {
            from_entry: self.from_entry,
            encodings: self.encodings.clone(),
            bundles: self.bundles,
            ..Self::default()
        };
        *self == all
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::capture::event::{Event, EventKind};
    use crate::capture::synthetic::{
        accepted, closed, connect_error, entries, event, listening, received, sent,
    };

    fn conversation() -> Vec<Event> {
        let failed = EventKind::Failed {
            error: connect_error(std::io::ErrorKind::ConnectionRefused),
        };
        vec![
            event(0, 1, 0, listening()),
            event(1_000, 1, 7, accepted()),
            event(2_000, 1, 7, received(1, b"Hello")),
            event(3_000, 1, 7, sent(2, b"Hi")),
            event(4_000, 2, 8, sent(3, b"")),
            event(5_000, 1, 7, EventKind::PeerFinished),
            event(6_000, 1, 7, closed()),
            event(7_000, 2, 0, failed),
        ]
    }

    #[test]
    fn a_filter_shows_what_meets_every_criterion() {
        let entries = entries(conversation());
        let check = |filter: Filter, expected: &[u64]| {
            let shown = entries.iter().filter(|entry| filter.shows(entry));
            let shown: Vec<_> = shown.map(|entry| entry.number).collect();
            assert_eq!(shown, expected, "{filter:?}");
            assert_eq!(filter.shows_all(), filter == Filter::default());
        };
        let any = Filter::default;
        let kinds = |kinds| Filter { kinds, ..any() };
        let peer = |text: &str| Filter {
            peer_text: text.to_owned(),
            ..any()
        };
        let size = |min_bytes, max_bytes| Filter {
            size: Some(min_bytes..=max_bytes),
            ..any()
        };
        let at = |millis| UNIX_EPOCH + Duration::from_millis(millis);
        let time = at(1)..at(3);
        check(any(), &[0, 1, 2, 3, 4, 5, 6, 7]);
        check(
            Filter {
                endpoint: Some(EndpointId(2)),
                ..any()
            },
            &[4, 7],
        );
        let number = Some(8);
        check(Filter { number, ..any() }, &[4]);
        check(
            Filter {
                connection: Some(FlowId::server(7)),
                kinds: Kinds {
                    lifecycle: false,
                    ..Kinds::ALL
                },
                ..any()
            },
            &[2, 3],
        );
        check(peer("127.0.0.1:53"), &[1, 2, 3, 4, 5, 6]);
        check(peer("127.0.0.1:54"), &[]);
        check(
            kinds(Kinds {
                received: true,
                ..Kinds::NONE
            }),
            &[2],
        );
        check(
            kinds(Kinds {
                problems: true,
                ..Kinds::NONE
            }),
            &[7],
        );
        check(kinds(Kinds::NONE), &[]);
        check(size(0, 2), &[3, 4]);
        check(size(5, u64::MAX), &[2]);
        check(
            Filter {
                time: Some(time),
                ..any()
            },
            &[1, 2],
        );
    }

    #[test]
    fn a_filter_by_rule_shows_what_that_rule_requested() {
        let rule = |number| RuleNumber(NonZeroU16::new(number).unwrap());
        let mut events = conversation();
        events[3].by = Requester::Rule(rule(2));
        events[4].by = Requester::Rule(rule(1));
        events[6].by = Requester::Rule(rule(2));
        let filter = Filter {
            rule: Some(rule(2)),
            ..Filter::default()
        };
        let entries = entries(events);
        let shown = entries.iter().filter(|entry| filter.shows(entry));
        let shown: Vec<_> = shown.map(|entry| entry.number).collect();
        assert_eq!(shown, [3, 6]);
        assert!(!filter.shows_all() && !filter.has_whole_runs());
    }

    #[test]
    fn filters_with_a_pattern_compare_by_what_was_typed() {
        let find = |typed: &str| Filter {
            pattern: Some(Pattern::parse(typed).unwrap()),
            ..Filter::default()
        };
        assert_eq!(find("a"), find("a"));
        assert_ne!(find("a"), find("b"));
        assert_ne!(find("a"), Filter::default());
        assert!(!find("a").shows_all());
    }
}
