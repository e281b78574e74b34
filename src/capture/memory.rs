//! The entries that are kept in memory, bounded in bytes: the oldest ones are given up for the newest.

use std::collections::{BTreeMap, VecDeque};
use std::mem;

use super::entry::Entry;
use super::status::RecordStatus;
use crate::net::PayloadId;

/// What an entry counts beside its payload: its place, and its share of what it refers to.
pub(super) const ENTRY_BYTES: u64 = mem::size_of::<Entry>() as u64 + 48;

/// How many entries a block holds. Blocks never grow, so that no append moves what is kept already.
const BLOCK_ENTRIES: u64 = 4096;

/// Entries in blocks, and the payloads that they keep alive, each counted once.
#[derive(Debug)]
pub(super) struct Memory {
    /// Block `n` of the session holds the entries `n * BLOCK_ENTRIES..`; the first block may have lost its oldest ones.
    blocks: VecDeque<VecDeque<Entry>>,
    /// Ordered, since payloads are born and given up in the order of their numbers: that touches the two ends only.
    /// With a million of them a hash map, all over memory, made appending three times as slow.
    pins: BTreeMap<PayloadId, Pin>,
    status: RecordStatus,
}

/// A payload that entries refer to.
#[derive(Debug)]
struct Pin {
    entries: u64,
    /// The whole payload: the smallest slice keeps all of it in memory.
    bytes: u64,
}

impl Memory {
    pub(super) fn new(limit_bytes: u64) -> Self {
        Self {
            blocks: VecDeque::new(),
            pins: BTreeMap::new(),
            status: RecordStatus {
                limit_bytes,
                ..RecordStatus::default()
            },
        }
    }

    pub(super) fn status(&self) -> RecordStatus {
        self.status
    }

    /// Puts the entry on record whose number is next. The newest entry is kept whatever its size.
    pub(super) fn append(&mut self, entry: Entry) {
        self.pin(&entry);
        self.status.kept_bytes += ENTRY_BYTES;
        if self.status.entries.is_multiple_of(BLOCK_ENTRIES) || self.blocks.is_empty() {
            let block = VecDeque::with_capacity(BLOCK_ENTRIES as usize);
            self.blocks.push_back(block);
        }
        if let Some(block) = self.blocks.back_mut() {
            block.push_back(entry);
        }
        self.status.entries += 1;
        while self.status.kept_bytes > self.status.limit_bytes
            && self.status.first_kept + 1 < self.status.entries
        {
            self.give_up_oldest();
        }
    }

    /// Returns an entry, unless it is not kept or not there yet.
    pub(super) fn entry(&self, number: u64) -> Option<&Entry> {
        let first = self.status.first_kept;
        if number < first {
            return None;
        }
        let block = number / BLOCK_ENTRIES - first / BLOCK_ENTRIES;
        let place = if block == 0 {
            number - first
        } else {
            number % BLOCK_ENTRIES
        };
        self.blocks.get(block as usize)?.get(place as usize)
    }

    fn give_up_oldest(&mut self) {
        let Some(block) = self.blocks.front_mut() else {
            return;
        };
        let Some(entry) = block.pop_front() else {
            return;
        };
        self.status.first_kept += 1;
        if self.status.first_kept.is_multiple_of(BLOCK_ENTRIES) {
            self.blocks.pop_front();
        }
        self.status.kept_bytes -= ENTRY_BYTES;
        self.unpin(&entry);
    }

    fn pin(&mut self, entry: &Entry) {
        let Some(payload) = entry.payload() else {
            return;
        };
        let pin = self.pins.entry(payload.id).or_insert_with(|| {
            self.status.kept_bytes += payload.whole_bytes;
            Pin {
                entries: 0,
                bytes: payload.whole_bytes,
            }
        });
        pin.entries += 1;
    }

    fn unpin(&mut self, entry: &Entry) {
        let Some(id) = entry.payload().map(|payload| payload.id) else {
            return;
        };
        if let Some(pin) = self.pins.get_mut(&id) {
            pin.entries -= 1;
            if pin.entries == 0 {
                self.status.kept_bytes -= pin.bytes;
                self.pins.remove(&id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::capture::synthetic::{accepted, entries, event, received};
    use crate::net::{EventKind, Payload};

    fn filled(limit_bytes: u64, entries: Vec<Entry>) -> Memory {
        let mut memory = Memory::new(limit_bytes);
        for entry in entries {
            memory.append(entry);
            let RecordStatus { kept_bytes, .. } = memory.status();
            assert!(kept_bytes <= limit_bytes, "{kept_bytes} of {limit_bytes}");
        }
        memory
    }

    fn numbers(memory: &Memory) -> Vec<u64> {
        let RecordStatus { entries, .. } = memory.status();
        let kept = (0..entries + 3).filter_map(|number| memory.entry(number));
        kept.map(|entry| entry.number).collect()
    }

    #[test]
    fn the_oldest_entries_are_given_up_and_counted() {
        let events = (0..10_000).map(|t| event(t, 1, 1, accepted()));
        let memory = filled(5_000 * ENTRY_BYTES, entries(events));
        let status = memory.status();
        assert_eq!((status.entries, status.first_kept), (10_000, 5_000));
        assert_eq!(status.kept_bytes, 5_000 * ENTRY_BYTES);
        assert_eq!(numbers(&memory), (5_000..10_000).collect::<Vec<_>>());
    }

    #[test]
    fn blocks_are_entered_and_left_at_their_bounds() {
        let check = |count: u64, kept: u64| {
            let events = (0..count).map(|t| event(t, 1, 1, accepted()));
            let memory = filled(kept * ENTRY_BYTES, entries(events));
            let first = count.saturating_sub(kept);
            assert_eq!(numbers(&memory), (first..count).collect::<Vec<_>>());
        };
        check(0, 1);
        check(1, 1);
        check(BLOCK_ENTRIES + 1, 1);
        check(BLOCK_ENTRIES, BLOCK_ENTRIES);
        check(2 * BLOCK_ENTRIES, BLOCK_ENTRIES);
        check(3 * BLOCK_ENTRIES + 1, 2 * BLOCK_ENTRIES);
        check(3 * BLOCK_ENTRIES - 1, BLOCK_ENTRIES - 1);
    }

    /// A received payload of `len` bytes and the two halves of it that were sent again.
    fn echo(id: u64, len: usize) -> Vec<Entry> {
        let mut whole = Payload::new(PayloadId(id), Bytes::from(vec![b'x'; len]));
        let payload = whole.clone();
        let front = whole.split_to(len / 2);
        let sent = [front, whole].map(|payload| EventKind::Sent {
            payload,
            took: std::time::Duration::ZERO,
        });
        let kinds = [EventKind::Received { payload }].into_iter().chain(sent);
        entries(kinds.map(|kind| event(0, 1, 1, kind)))
    }

    #[test]
    fn a_payload_that_several_entries_share_counts_once_until_the_last_one_goes() {
        let mut memory = Memory::new(u64::MAX);
        for entry in echo(1, 1_000) {
            memory.append(entry);
        }
        assert_eq!(memory.status().kept_bytes, 3 * ENTRY_BYTES + 1_000);
        let check = |memory: &mut Memory, expected: u64| {
            memory.give_up_oldest();
            assert_eq!(memory.status().kept_bytes, expected);
        };
        check(&mut memory, 2 * ENTRY_BYTES + 1_000);
        check(&mut memory, ENTRY_BYTES + 1_000);
        check(&mut memory, 0);
        assert!(memory.pins.is_empty());
    }

    #[test]
    fn a_payload_that_is_sent_in_pieces_counts_whole_with_the_first_one() {
        let mut memory = Memory::new(u64::MAX);
        let pieces = echo(1, 1_000).into_iter().skip(1);
        let bytes = pieces.map(|entry| {
            memory.append(entry);
            memory.status().kept_bytes
        });
        let expected = [ENTRY_BYTES + 1_000, 2 * ENTRY_BYTES + 1_000];
        assert_eq!(bytes.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_entry_larger_than_the_bound_is_kept_while_it_is_the_newest() {
        let mut memory = Memory::new(100);
        let events = [1, 2].map(|id| event(id, 1, 1, received(id, &[0; 1_000])));
        for entry in entries(events) {
            memory.append(entry);
            assert_eq!(memory.status().kept_bytes, ENTRY_BYTES + 1_000);
        }
        assert_eq!(numbers(&memory), [1]);
    }
}
