//! The text of streams, chunk by chunk, in the encodings of their endpoints.

use std::collections::BTreeSet;

use crate::capture::EventKind;
use crate::capture::texts::TextStates;
use crate::capture::{Encodings, Entry, StreamId};
use crate::net::{Direction, FlowId};
use crate::payload::{Encoding, StreamEnd, TextStart};

/// How many connections are remembered whose stream's end was reported before they closed; then the oldest are dropped.
const MAX_REPORTED_ENDS: usize = 65_536;

/// Reads the payloads of entries as text, in the order of the record.
#[derive(Debug, Default)]
pub(super) struct ChunkTexts {
    encodings: Encodings,
    /// For encodings other than UTF-8, for which entries carry the state.
    states: TextStates,
    /// The open connections whose received stream ended inside a character that was reported with the peer's FIN.
    reported_ends: BTreeSet<FlowId>,
}

impl ChunkTexts {
    /// Starts with these encodings; UTF-8 for endpoints without one.
    pub(super) fn new(encodings: Encodings) -> Self {
        Self {
            encodings,
            ..Self::default()
        }
    }

    /// Notes that entries are missing before the next one.
    pub(super) fn skip(&mut self) {
        self.states = TextStates::default();
    }

    /// Returns the encoding of an entry's stream; for an entry without bytes, that of what is received.
    pub(super) fn encoding(&self, entry: &Entry) -> Encoding {
        let direction = entry.event.kind.direction();
        let direction = direction.unwrap_or(Direction::Received);
        self.encodings.of(entry.event.endpoint, direction)
    }

    /// Appends the escaped text of a data entry, in which a character that began in the previous chunk is complete. For
    /// an entry that ends the received stream inside a character, appends that character's bytes. Returns whether the
    /// entry has a text.
    pub(super) fn push(&mut self, entry: &Entry, text: &mut Vec<u8>) -> bool {
        if let Some(payload) = entry.payload().filter(|_| entry.event.link.is_some()) {
            let (start, end) = self.start(entry);
            start.escape_into(text, &payload.bytes, end);
            return true;
        }
        let unfinished = self.unfinished(entry);
        if let Some(start) = unfinished {
            start.escape_into(text, &[], StreamEnd::Ended);
        }
        unfinished.is_some()
    }

    /// Returns how the bytes of a data entry are read, and whether the stream continues after them.
    pub(super) fn start(&mut self, entry: &Entry) -> (TextStart, StreamEnd) {
        let kept_bytes = entry.payload().map_or(0, |it| it.bytes.len() as u64);
        // Characters do not continue across bytes that were not kept, nor from one datagram into the next.
        let end = if kept_bytes < entry.size_bytes || entry.is_datagram() {
            StreamEnd::Ended
        } else {
            StreamEnd::Open
        };
        let encoding = self.encoding(entry);
        if encoding.is_utf8() {
            return (entry.stream().carry.into(), end);
        }
        let state = self.states.advance(entry, encoding);
        (TextStart { encoding, state }, end)
    }

    /// Returns the state of the text inside a character that an entry ends, unless that was reported before.
    pub(super) fn unfinished(&mut self, entry: &Entry) -> Option<TextStart> {
        let connection = entry.event.link.as_deref()?.connection;
        let [received, sent] = StreamId::both(connection);
        match &entry.event.kind {
            kind if kind.is_end_of_peer() => {
                let start = self.end(entry, received)?;
                self.reported_ends.insert(connection);
                if self.reported_ends.len() > MAX_REPORTED_ENDS {
                    self.reported_ends.pop_first();
                }
                Some(start)
            }
            EventKind::Closed(_) | EventKind::Reset { .. } => {
                self.states.end(sent);
                let start = self.end(entry, received);
                let is_reported = self.reported_ends.remove(&connection);
                start.filter(|_| !is_reported)
            }
            _ => None,
        }
    }

    /// Ends a received stream; returns the state of its text if it ended inside a character.
    fn end(&mut self, entry: &Entry, received: StreamId) -> Option<TextStart> {
        let encoding = self.encoding(entry);
        let start = if encoding.is_utf8() {
            entry.streams.received.carry.into()
        } else {
            let state = self.states.end(received)?;
            TextStart { encoding, state }
        };
        (!start.state.pending().is_empty()).then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::synthetic::{entries, event, received};
    use crate::net::{ByDirection, EndpointId};

    #[test]
    fn only_streams_inside_a_character_are_tracked() {
        let gbk = ByDirection::both("gbk".parse().unwrap());
        let encodings = Encodings([(EndpointId(1), gbk)].into());
        let mut texts = ChunkTexts::new(encodings);
        let recorded = entries([
            event(0, 1, 7, received(1, b"a")),
            event(1, 1, 8, received(2, b"b\xC4")),
            event(2, 1, 8, received(3, b"\xE3")),
        ]);
        for (entry, (text, remembered)) in recorded.iter().zip([("a", 0), ("b", 1), ("你", 0)]) {
            let mut pushed = Vec::new();
            assert!(texts.push(entry, &mut pushed));
            assert_eq!(String::from_utf8(pushed).unwrap(), text);
            assert_eq!(texts.states.len(), remembered);
        }
    }
}
