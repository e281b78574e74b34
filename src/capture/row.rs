//! What the timeline shows of an entry. Built by the reader thread, painted by the window.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use super::entry::{Entry, SESSION, StreamId};
use super::event::EventKind;
use super::frame_rules::FrameRule;
use super::kind::RowKind;
use super::record::PREVIEW_BYTES;
use super::store::ReadError;
use crate::net::tls::TlsReport;
use crate::net::{Address, Direction, EndpointId, FlowId, Requester, Stamp};
use crate::payload::framing::Fault;
use crate::payload::template::Verdict;
use crate::payload::{StreamEnd, TextStart, VisibleText};

/// One row of the timeline.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number in the view: the entry's number, or for a view of frames the row's, counting rows that are gone.
    pub number: u64,
    /// The entry's number. For a frame, the entry with its last byte.
    pub entry: u64,
    /// The frame that it shows; `None` for an entry.
    pub frame: Option<FrameMark>,
    /// The bundle that begins with its entry.
    pub bundle: Option<BundleMark>,
    /// The wall-clock time of the entry. For a frame, when it was complete.
    pub time: SystemTime,
    /// The time since the previous row of the view; `None` for the first.
    pub since_previous: Option<Duration>,
    /// The endpoint of the entry; `None` for the session's own entries (`clock adjusted`).
    pub endpoint: Option<EndpointId>,
    /// The connection of the entry.
    pub connection: Option<FlowId>,
    /// Our address, once it is known.
    pub local: Option<Address>,
    /// The peer's address.
    pub peer: Option<Address>,
    /// Who requested what it shows.
    pub by: Requester,
    /// The kind of entry.
    pub kind: RowKind,
    /// The offset of its first byte in its stream; 0 for an entry without bytes.
    pub offset: u64,
    /// What it shows.
    pub text: RowText,
}

impl Row {
    /// Returns one of its addresses, which says what carries its bytes.
    pub fn address(&self) -> Option<&Address> {
        self.peer.as_ref().or(self.local.as_ref())
    }

    /// Returns what it says of its connection's TLS.
    pub fn tls_report(&self) -> Option<&TlsReport> {
        let RowText::Words(Happening::Entry(entry)) = &self.text else {
            return None;
        };
        match &entry.event.kind {
            EventKind::Tls(report) => Some(report),
            _ => None,
        }
    }

    /// Returns whether it belongs to a TCP connection, as far as its addresses say.
    pub fn is_tcp(&self) -> bool {
        self.address().is_none_or(Address::is_tcp)
    }
}

/// What a row shows.
#[derive(Clone, Debug)]
pub enum RowText {
    /// A data row: the start of its payload.
    Payload(Preview),
    /// Any other row, which is put into words when it is painted.
    Words(Happening),
}

/// The start of a payload.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Its first bytes as visible text, at most [`PREVIEW_BYTES`] of them.
    pub text: VisibleText,
    /// These bytes.
    pub bytes: Bytes,
    /// Whether there are more.
    pub is_cut: bool,
    /// How they are decoded as text.
    pub start: TextStart,
    /// Whether most of them are not text.
    pub is_binary: bool,
}

impl Preview {
    fn new(payload: &Bytes, start: TextStart, end: StreamEnd) -> Self {
        let text = start.decode(payload, Some(PREVIEW_BYTES), end);
        let bytes = payload.slice(..payload.len().min(PREVIEW_BYTES));
        Self {
            is_cut: bytes.len() < payload.len(),
            is_binary: text.is_mostly_escapes(),
            text,
            bytes,
            start,
        }
    }
}

/// What a row without bytes shows: what happened, or why it cannot be read.
#[derive(Clone, Debug)]
pub enum Happening {
    /// What happened. If part of the entry could not be read, why.
    Entry(Arc<Entry>),
    /// The entry cannot be read.
    Unreadable(Arc<ReadError>),
}

/// What a row shows of a frame besides its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameMark {
    /// The entry with its first byte.
    pub first_entry: u64,
    /// How many chunks it spans.
    pub chunks: u32,
    /// Whether it obeys its framing's rule and passes its check.
    pub is_good: bool,
    /// Whether it has been judged: by a check, or because it breaks its framing's rule.
    pub is_judged: bool,
}

/// Chunks of one stream that follow each other and are shown as one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundleMark {
    /// The entry of the last chunk.
    pub last_entry: u64,
    /// How many chunks there are. Where both ends are ours, what one wrote and what the other read both count.
    pub chunks: u64,
    /// How many bytes of the stream they hold.
    pub bytes: u64,
    /// The time from the first to the last one.
    pub took: Duration,
}

/// A chunk of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkAt {
    /// By its index in the bundle.
    Nth(u64),
    /// By its entry.
    Entry(u64),
}

impl Row {
    /// Returns the stream that its bytes are of, and where they begin in it; `None` for a row without bytes.
    pub fn place(&self) -> Option<(StreamId, u64)> {
        let direction = match self.kind {
            RowKind::Received(_) => Direction::Received,
            RowKind::Sent(_) => Direction::Sent,
            _ => return None,
        };
        Some((StreamId::new(self.connection?, direction), self.offset))
    }

    /// Returns the first entry that the row shows something of.
    pub fn first_entry(&self) -> u64 {
        self.frame.map_or(self.entry, |frame| frame.first_entry)
    }

    /// Returns the last entry that the row shows something of.
    pub fn last_entry(&self) -> u64 {
        self.bundle.map_or(self.entry, |bundle| bundle.last_entry)
    }

    /// Returns whether the row shows an entry, or a frame with bytes from it.
    pub fn shows(&self, entry: u64) -> bool {
        (self.first_entry()..=self.last_entry()).contains(&entry)
    }

    /// Makes the row of `entry`. `previous` is the stamp of the row before it in the view.
    #[cfg(test)]
    pub(super) fn new(entry: &Entry, previous: Option<Stamp>) -> Self {
        Self::starting(
            entry,
            entry.stream().carry.into(),
            StreamEnd::Open,
            previous,
        )
    }

    /// Makes the row of `entry`, given the text state `start` before its bytes. `previous` is the stamp of the row
    /// before it in the view.
    pub(super) fn starting(
        entry: &Entry,
        start: TextStart,
        end: StreamEnd,
        previous: Option<Stamp>,
    ) -> Self {
        let event = &entry.event;
        let link = event.link.as_deref();
        let kind = RowKind::of(entry);
        let listener = match &event.kind {
            EventKind::Listening { local, .. } | EventKind::Bound { local, .. } => {
                Some(local.clone())
            }
            _ => None,
        };
        Self {
            number: entry.number,
            entry: entry.number,
            frame: None,
            bundle: None,
            time: entry.time,
            since_previous: previous.map(|previous| event.stamp.since(previous)),
            endpoint: (event.endpoint != SESSION).then_some(event.endpoint),
            connection: link.map(|link| link.connection),
            local: listener.or(link.and_then(|link| link.local.clone())),
            peer: link.map(|link| link.peer.clone()),
            by: event.by,
            kind,
            offset: entry.stream().offset,
            text: text(entry, start, end),
        }
    }

    /// Makes the row of an entry that cannot be read.
    pub(super) fn damaged(number: u64, error: &Arc<ReadError>) -> Self {
        Self {
            number,
            entry: number,
            frame: None,
            bundle: None,
            time: SystemTime::UNIX_EPOCH,
            since_previous: None,
            endpoint: None,
            connection: None,
            local: None,
            peer: None,
            by: Requester::Nobody,
            kind: RowKind::Bad,
            offset: 0,
            text: RowText::Words(Happening::Unreadable(Arc::clone(error))),
        }
    }
}

fn text(entry: &Entry, start: TextStart, end: StreamEnd) -> RowText {
    match entry.payload().filter(|_| entry.damage.is_none()) {
        Some(payload) => RowText::Payload(Preview::new(&payload.bytes, start, end)),
        None => RowText::Words(Happening::Entry(Arc::new(entry.clone()))),
    }
}

/// A whole entry, for the detail pane.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The row, as the timeline shows it.
    pub row: Row,
    /// Of a bundle, the index of the chunk that is shown.
    pub chunk: u64,
    /// The offset of its first byte in the stream, for a data entry.
    pub stream_offset: u64,
    /// How the payload is decoded as text.
    pub start: TextStart,
    /// The payload of a data entry, as far as it was kept.
    pub payload: Option<Bytes>,
    /// How many bytes it was on the wire, if it was encrypted.
    pub wire_bytes: Option<u32>,
    /// The frame, if the row shows one.
    pub frame: Option<FrameDetail>,
}

/// What is known of a frame besides its bytes.
#[derive(Clone, Debug)]
pub struct FrameDetail {
    /// The chunks that it spans, with their parts of it.
    pub pieces: Vec<FramePiece>,
    /// How many chunks it spans. There are fewer pieces if some chunks could not be read.
    pub chunks: u32,
    /// Why it breaks its framing's rule, if it does.
    pub fault: Option<Fault>,
    /// The verdict of its check; `None` without a check, or for a frame with a fault.
    pub verdict: Option<Verdict>,
    /// How it was cut and is decoded.
    pub rule: FrameRule,
}

/// Part of a frame, from one read or write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FramePiece {
    /// The chunk's entry.
    pub entry: u64,
    /// When it was received or sent.
    pub time: SystemTime,
    /// The range of the frame that it holds.
    pub range: Range<usize>,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::capture::synthetic::{
        accepted, entries, event, listening, local, peer, received, sent,
    };
    use crate::net::{Closed, ClosedBy, Direction, NetError};

    fn row(kinds: Vec<EventKind>) -> Row {
        let entries = entries(kinds.into_iter().map(|kind| event(1, 1, 7, kind)));
        Row::new(entries.last().unwrap(), None)
    }

    fn preview(kinds: Vec<EventKind>) -> String {
        match row(kinds).text {
            RowText::Payload(preview) => preview.text.text,
            words @ RowText::Words(_) => panic!("{words:?}"),
        }
    }

    #[test]
    fn a_split_character_is_shown_in_the_row_where_it_completes() {
        let bytes = "日本".as_bytes();
        let first = || received(1, &bytes[..4]);
        assert_eq!(preview(vec![first()]), "日");
        let second = vec![first(), sent(2, b"x"), received(3, &bytes[4..])];
        assert_eq!(preview(second), "本");
        assert_eq!(preview(vec![first(), received(2, b"!")]), r"\xE6!");
    }

    #[test]
    fn a_payload_is_binary_where_most_bytes_are_not_text() {
        let check = |bytes: &'static [u8], expected: bool| {
            let RowText::Payload(preview) = row(vec![received(1, bytes)]).text else {
                panic!("no payload");
            };
            assert_eq!(preview.is_binary, expected, "{bytes:?}");
            assert_eq!(preview.bytes, bytes);
        };
        check(b"", false);
        check(b"Hello, server!", false);
        check(b"\r\n\t\r\n", false);
        check("日本語".as_bytes(), false);
        check(b"\x00\x01\x00\x00\x00\x06\x01\x03\x00\x00\x00\n", true);
        check(b"\xFF\xFE\xFDab", true);
        check(b"\xFF\xFEab", false);
        check(b"\x10\x0C\x00\x04MQTT\x04\x02", true);
        check(b"\x02MQTT\x03", false);
    }

    #[test]
    fn a_long_payload_is_previewed() {
        let text = preview(vec![received(1, &[b'x'; 2_000])]);
        assert_eq!(text, "x".repeat(PREVIEW_BYTES) + "…");
    }

    #[test]
    fn a_row_has_both_addresses() {
        let row = row(vec![listening()]);
        assert_eq!((row.local, row.peer), (Some(local()), Some(peer())));
        let entries = entries([event(1, 1, 0, listening())]);
        let row = Row::new(&entries[0], None);
        assert_eq!((row.local, row.peer), (Some(local()), None));
    }

    #[test]
    fn each_kind_has_its_sign() {
        let check = |kind: EventKind, expected: RowKind| {
            assert_eq!(row(vec![kind]).kind, expected);
        };
        let closed = |by, unsent_bytes, unread| {
            EventKind::Closed(Closed {
                by,
                unsent_bytes,
                unread,
            })
        };
        let failure = || Arc::new(NetError::NotOpen { bytes: 1 });
        check(received(1, b"ab"), RowKind::Received(2));
        check(sent(1, b"abc"), RowKind::Sent(3));
        check(EventKind::Stopped, RowKind::Quiet);
        let host = "example.org".to_owned();
        check(EventKind::LookingUp { host, port: 80 }, RowKind::Quiet);
        check(accepted(), RowKind::Good);
        check(EventKind::PeerFinished, RowKind::Ended);
        check(EventKind::WeFinished, RowKind::Ended);
        check(listening(), RowKind::Good);
        check(closed(ClosedBy::Us, 0, false), RowKind::Ended);
        check(closed(ClosedBy::Us, 1, false), RowKind::Caution);
        check(closed(ClosedBy::Us, 0, true), RowKind::Caution);
        check(closed(ClosedBy::Failure(failure()), 0, false), RowKind::Bad);
        let tls = |report| EventKind::Tls(Arc::new(report));
        let direction = Direction::Received;
        let alert = |is_fatal| TlsReport::Alert {
            direction,
            kind: None,
            is_fatal,
        };
        check(tls(TlsReport::CloseNotify { direction }), RowKind::Ended);
        check(tls(TlsReport::Cut), RowKind::Caution);
        check(tls(alert(true)), RowKind::Bad);
        check(tls(alert(false)), RowKind::Caution);
        check(tls(TlsReport::Hello(Arc::default())), RowKind::Quiet);
        check(EventKind::Upgraded, RowKind::Quiet);
        check(EventKind::Reset { unsent_bytes: 0 }, RowKind::Bad);
        check(EventKind::Failed { error: failure() }, RowKind::Bad);
    }

    #[test]
    fn a_clock_jump_belongs_to_no_endpoint() {
        let kind = EventKind::ClockAdjusted {
            by_nanos: 20_000_000,
        };
        let entries = entries([event(1, SESSION.0, 0, kind)]);
        let row = Row::new(&entries[0], None);
        assert_eq!((row.endpoint, row.kind), (None, RowKind::Caution));
    }
}
