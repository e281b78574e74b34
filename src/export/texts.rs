//! The text of streams, chunk by chunk, in the encodings of their endpoints.

use std::collections::BTreeSet;

use crate::capture::texts::TextStates;
use crate::capture::{Encodings, Entry, StreamId};
use crate::net::{ConnectionId, EventKind, Payload};
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
    reported_ends: BTreeSet<ConnectionId>,
}

impl ChunkTexts {
    /// Starts with these encodings; UTF-8 for endpoints without one.
    pub(super) fn new(encodings: Encodings) -> Self {
        Self {
            encodings,
            ..Self::default()
        }
    }

    /// Returns the encoding of an entry's endpoint.
    pub(super) fn encoding(&self, entry: &Entry) -> Encoding {
        let encoding = self.encodings.get(&entry.event.endpoint);
        encoding.copied().unwrap_or_default()
    }

    /// Returns the escaped text of a data entry; a character that began in the previous chunk is complete. For an entry
    /// that ends the received stream inside a character, returns that character's bytes.
    pub(super) fn of(&mut self, entry: &Entry) -> Option<String> {
        let connection = entry.event.link.as_deref()?.connection;
        match &entry.event.kind {
            EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
                Some(self.chunk(entry, payload))
            }
            EventKind::PeerFinished => {
                let [received, _] = StreamId::both(connection);
                let start = self.end(entry, received)?;
                self.reported_ends.insert(connection);
                if self.reported_ends.len() > MAX_REPORTED_ENDS {
                    self.reported_ends.pop_first();
                }
                Some(unfinished(start))
            }
            EventKind::Closed(_) | EventKind::Reset { .. } => {
                let [received, sent] = StreamId::both(connection);
                self.states.end(sent);
                let start = self.end(entry, received);
                let is_reported = self.reported_ends.remove(&connection);
                start.filter(|_| !is_reported).map(unfinished)
            }
            _ => None,
        }
    }

    fn chunk(&mut self, entry: &Entry, payload: &Payload) -> String {
        let kept = &payload.bytes;
        // Characters do not continue across bytes that were not kept.
        let is_cut = (kept.len() as u64) < entry.size_bytes;
        let end = if is_cut {
            StreamEnd::Ended
        } else {
            StreamEnd::Open
        };
        let encoding = self.encoding(entry);
        let start = if encoding.is_utf8() {
            entry.stream().carry.into()
        } else {
            let state = self.states.advance(entry, encoding);
            TextStart { encoding, state }
        };
        start.decode(kept, None, end).escaped()
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

fn unfinished(start: TextStart) -> String {
    start.decode(&[], None, StreamEnd::Ended).escaped()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::synthetic::{entries, event, received};
    use crate::net::EndpointId;

    #[test]
    fn only_streams_inside_a_character_are_tracked() {
        let encodings = Encodings::from([(EndpointId(1), "gbk".parse().unwrap())]);
        let mut texts = ChunkTexts::new(encodings);
        let recorded = entries([
            event(0, 1, 7, received(1, b"a")),
            event(1, 1, 8, received(2, b"b\xC4")),
            event(2, 1, 8, received(3, b"\xE3")),
        ]);
        for (entry, (text, remembered)) in recorded.iter().zip([("a", 0), ("b", 1), ("你", 0)]) {
            assert_eq!(texts.of(entry).as_deref(), Some(text));
            assert_eq!(texts.states.len(), remembered);
        }
    }
}
