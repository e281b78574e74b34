//! The text of the streams, chunk by chunk, in the encodings of their endpoints.

use std::collections::{BTreeSet, HashMap};

use crate::capture::Encodings;
use crate::capture::Entry;
use crate::net::{ConnectionId, Direction, EventKind, Payload};
use crate::payload::{Encoding, StreamEnd, TextStart, TextState};

/// How many connections are remembered whose end was told before they closed; the oldest are forgotten for newer ones.
const MAX_TOLD_ENDS: usize = 65_536;

/// Reads the payloads of entries as text, in the order of the record.
#[derive(Debug, Default)]
pub(super) struct ChunkTexts {
    encodings: Encodings,
    /// Where the text of the live streams stands, and before which byte, where that is not as it began: in other encodings
    /// than UTF-8, of which entries know it.
    states: HashMap<(ConnectionId, Direction), (u64, TextState)>,
    /// The live connections whose received stream ended inside a character, which was told with the peer's FIN.
    told_ends: BTreeSet<ConnectionId>,
}

impl ChunkTexts {
    /// Begins; an endpoint without an encoding has UTF-8.
    pub(super) fn new(encodings: Encodings) -> Self {
        Self {
            encodings,
            ..Self::default()
        }
    }

    /// Returns what the text of an entry's endpoint is in.
    pub(super) fn encoding(&self, entry: &Entry) -> Encoding {
        let encoding = self.encodings.get(&entry.event.endpoint);
        encoding.copied().unwrap_or_default()
    }

    /// Returns the text of a data entry, escaped: a character that began in the chunk before is whole. With any other
    /// entry the streams end that end with it: then it is the character inside which the received stream did.
    pub(super) fn of(&mut self, entry: &Entry) -> Option<String> {
        let connection = entry.event.link.as_deref()?.connection;
        match &entry.event.kind {
            EventKind::Received { payload } => {
                Some(self.chunk(entry, (connection, Direction::Received), payload))
            }
            EventKind::Sent { payload, .. } => {
                Some(self.chunk(entry, (connection, Direction::Sent), payload))
            }
            EventKind::PeerFinished => {
                let start = self.end(entry, connection)?;
                self.told_ends.insert(connection);
                if self.told_ends.len() > MAX_TOLD_ENDS {
                    self.told_ends.pop_first();
                }
                Some(unfinished(start))
            }
            EventKind::Closed(_) | EventKind::Reset { .. } => {
                self.states.remove(&(connection, Direction::Sent));
                let start = self.end(entry, connection);
                let is_told = self.told_ends.remove(&connection);
                start.filter(|_| !is_told).map(unfinished)
            }
            _ => None,
        }
    }

    fn chunk(
        &mut self,
        entry: &Entry,
        stream: (ConnectionId, Direction),
        payload: &Payload,
    ) -> String {
        let kept = &payload.bytes;
        // No character goes on over bytes that were not kept.
        let is_cut = (kept.len() as u64) < entry.size_bytes;
        let end = if is_cut {
            StreamEnd::Ended
        } else {
            StreamEnd::Open
        };
        let position = entry.stream();
        let encoding = self.encoding(entry);
        let start = if encoding.is_utf8() {
            position.carry.into()
        } else {
            let known = self.states.remove(&stream);
            let known = known.filter(|(offset, _)| *offset == position.offset);
            let state = known.map(|(_, state)| state).unwrap_or_default();
            let after = if is_cut {
                TextState::default()
            } else {
                state.advance(encoding, kept)
            };
            if after != TextState::default() {
                let next = position.offset.saturating_add(entry.size_bytes);
                self.states.insert(stream, (next, after));
            }
            TextStart { encoding, state }
        };
        start.decode(kept, None, end).escaped()
    }

    /// Ends a received stream; returns where its text stood, if that is inside a character.
    fn end(&mut self, entry: &Entry, connection: ConnectionId) -> Option<TextStart> {
        let encoding = self.encoding(entry);
        let start = if encoding.is_utf8() {
            entry.streams.received.carry.into()
        } else {
            let (_, state) = self.states.remove(&(connection, Direction::Received))?;
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
    fn only_streams_inside_a_character_are_remembered() {
        let encodings = Encodings::from([(EndpointId(1), "gbk".parse().unwrap())]);
        let mut texts = ChunkTexts::new(encodings);
        let told = entries([
            event(0, 1, 7, received(1, b"a")),
            event(1, 1, 8, received(2, b"b\xC4")),
            event(2, 1, 8, received(3, b"\xE3")),
        ]);
        for (entry, (text, remembered)) in told.iter().zip([("a", 0), ("b", 1), ("你", 0)]) {
            assert_eq!(texts.of(entry).as_deref(), Some(text));
            assert_eq!(texts.states.len(), remembered);
        }
    }
}
