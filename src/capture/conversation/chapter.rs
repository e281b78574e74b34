//! The pieces of a document in one segment.

use std::sync::Arc;

use super::ConversationQuery;
use crate::capture::store::{EntryRecord, Lane, OpenSegment, ReadError, Segment};
use crate::net::{Direction, Link};

/// How many records are examined at a time.
const BLOCK_ENTRIES: u32 = 8_192;

/// An open segment, and which of its entries belong to a document.
#[derive(Debug)]
pub(super) struct Chapter {
    pub(super) open: OpenSegment,
    /// The document's entries, numbered within the segment, ascending.
    pieces: Vec<u32>,
    /// How many entries of the segment have been examined.
    examined_to: u32,
    /// For each known party of the segment, whether it is this connection.
    is_ours: Vec<bool>,
    link: Option<Arc<Link>>,
}

impl Chapter {
    pub(super) fn new(segment: Arc<Segment>) -> Result<Self, ReadError> {
        Ok(Self {
            open: OpenSegment::new(segment)?,
            pieces: Vec::new(),
            examined_to: 0,
            is_ours: Vec::new(),
            link: None,
        })
    }

    /// The number of the segment's first entry.
    pub(super) fn first_entry(&self) -> u64 {
        self.open.segment().first_entry()
    }

    /// The number after the last entry examined.
    pub(super) fn end_entry(&self) -> u64 {
        self.first_entry() + u64::from(self.examined_to)
    }

    /// The connection's ends as last known.
    pub(super) fn link(&self) -> Option<&Arc<Link>> {
        self.link.as_ref()
    }

    /// Returns the segment, and its pieces from an entry on.
    pub(super) fn split(&mut self, entry: u64) -> (&mut OpenSegment, &[u32]) {
        let within = entry.saturating_sub(self.first_entry());
        let begin = self.pieces.partition_point(|&it| u64::from(it) < within);
        let pieces = self.pieces.get(begin..).unwrap_or_default();
        (&mut self.open, pieces)
    }

    /// Examines the entries that have been added to the segment.
    pub(super) fn caught_up(mut self, query: &ConversationQuery) -> Result<Self, ReadError> {
        let len = self.open.segment().len();
        if self.examined_to >= len {
            return Ok(self);
        }
        self.learn_parties(query)?;
        if self.examined_to == 0 && self.open.segment().is_sealed() {
            self.take_index(query)?;
            self.examined_to = len;
        }
        while self.examined_to < len {
            let end = len.min(self.examined_to.saturating_add(BLOCK_ENTRIES));
            self.take_records(query, end);
            self.examined_to = end;
        }
        Ok(self)
    }

    fn learn_parties(&mut self, query: &ConversationQuery) -> Result<(), ReadError> {
        let known = self.is_ours.len();
        let parties = self.open.parties()?;
        for party in parties.get(known..).unwrap_or_default() {
            let link = party.link.as_ref();
            let ours = link.filter(|link| link.connection == query.connection);
            if ours.is_some() {
                self.link = ours.cloned();
            }
            self.is_ours.push(ours.is_some());
        }
        Ok(())
    }

    fn take_index(&mut self, query: &ConversationQuery) -> Result<(), ReadError> {
        let index = self.open.index()?;
        for (party, _) in (0..).zip(&self.is_ours).filter(|(_, ours)| **ours) {
            for lane in [Lane::Received, Lane::Sent, Lane::Lifecycle] {
                if takes(query, lane) {
                    self.pieces.extend_from_slice(index.lane(party, lane));
                }
            }
        }
        self.pieces.sort_unstable();
        Ok(())
    }

    fn take_records(&mut self, query: &ConversationQuery, end: u32) {
        let range = self.examined_to..end;
        // A damaged record cannot be attributed to a connection.
        for (entry, record) in self.open.whole_records(range, |_, _| ()) {
            self.take_record(query, entry, &record);
        }
    }

    fn take_record(&mut self, query: &ConversationQuery, entry: u32, record: &EntryRecord) {
        let ours = self.is_ours.get(record.party as usize);
        if ours == Some(&true) && takes(query, Lane::of(record.class)) {
            self.pieces.push(entry);
        }
    }
}

fn takes(query: &ConversationQuery, lane: Lane) -> bool {
    match lane {
        Lane::Received => query.only != Some(Direction::Sent),
        Lane::Sent => query.only != Some(Direction::Received),
        Lane::Lifecycle => true,
    }
}

/// Returns the stream of a record's bytes, and their end offset in it.
pub(super) fn stream_end(record: &EntryRecord) -> Option<(Direction, u64)> {
    let end = record.offset.saturating_add(record.size_bytes.into());
    Some((record.class.direction()?, end))
}
