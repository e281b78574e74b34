//! Reassembles one direction of a captured connection: segments in, in any order; bytes out, in order.
//!
//! RFC 9293. Offsets count the stream's bytes from 0 and never wrap; sequence numbers do.

use std::collections::BTreeMap;

use bytes::{Buf, Bytes};

/// How far behind a segment can be and count as a retransmission, and how far ahead: the largest TCP window (RFC 7323).
pub(crate) const MAX_WINDOW: u32 = 1 << 30;
/// How many times unseen bytes must be acknowledged before they are given up. More than once, since a capture can show
/// an acknowledgment before the segment that it answers.
const ACKS_BEFORE_GAP: u8 = 3;
/// How many consecutive segments must lie beyond any window before the stream is assumed to continue there. A single
/// one is bogus, but a capture may have paused.
const STRAYS_BEFORE_GAP: u8 = 3;
/// The most bytes held behind a gap in one stream, including overhead. Beyond it, the gap is given up.
const MAX_HELD_BYTES: usize = 16 * 1024 * 1024;
/// The overhead of a held segment, in bytes.
const HELD_OVERHEAD_BYTES: usize = 128;

/// The next part of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Emitted {
    /// Its next bytes.
    Bytes(Bytes),
    /// Bytes that were not captured.
    Missing(u64),
    /// Its end (FIN).
    Finished,
}

/// Puts the segments of one direction in order.
#[derive(Debug, Default)]
pub(super) struct Reassembly {
    /// The sequence number of offset 0, once known.
    base: Option<u32>,
    /// Everything before this offset has been emitted.
    next: u64,
    /// The other side has acknowledged everything before this offset.
    acknowledged: u64,
    /// How many times it has acknowledged unseen bytes.
    unseen_acks: u8,
    /// How many consecutive segments lay beyond any window.
    strays: u8,
    /// Segments held behind a gap, by offset.
    held: BTreeMap<u64, HeldSegment>,
    held_bytes: usize,
    /// The offset of FIN.
    end: Option<u64>,
    finished: bool,
}

/// Consecutive bytes of a stream, possibly truncated.
#[derive(Debug)]
struct HeldSegment {
    bytes: Bytes,
    whole_bytes: u64,
}

impl HeldSegment {
    fn without_first(mut self, count: u64) -> Self {
        let captured = (self.bytes.len() as u64).min(count);
        self.bytes.advance(captured as usize);
        self.whole_bytes = self.whole_bytes.saturating_sub(count);
        self
    }

    /// Returns what it counts for against the limits.
    fn held_bytes(&self) -> usize {
        self.bytes.len() + HELD_OVERHEAD_BYTES
    }
}

impl Reassembly {
    /// Starts with the byte of this sequence number, if the stream has not started.
    pub(super) fn begin(&mut self, sequence: u32) {
        self.base.get_or_insert(sequence);
    }

    /// Returns the sequence number of the first byte.
    pub(super) fn base(&self) -> Option<u32> {
        self.base
    }

    /// Returns how many bytes are held behind a gap, including overhead.
    pub(super) fn held_bytes(&self) -> usize {
        self.held_bytes
    }

    /// Takes bytes that start at this sequence number. Nothing is emitted before [`release`](Self::release).
    pub(super) fn push(&mut self, sequence: u32, payload: &[u8], whole_bytes: u32) {
        let whole_bytes = u64::from(whole_bytes);
        let start = self.offset(sequence);
        let known = u64::try_from(self.next.cast_signed() - start).unwrap_or(0);
        if self.finished || known >= whole_bytes {
            return;
        }
        let payload = payload.get(..whole_bytes as usize).unwrap_or(payload);
        let chunk = HeldSegment {
            bytes: Bytes::copy_from_slice(payload),
            whole_bytes,
        };
        // If a segment starts before offset 0, its known part is dropped here.
        let Ok(start) = u64::try_from(start) else {
            self.hold(self.next, chunk.without_first(known));
            return;
        };
        if !self.is_within_window(start) {
            self.strays = self.strays.saturating_add(1);
            if self.strays < STRAYS_BEFORE_GAP || self.end.is_some() {
                return;
            }
            // As if the other side had acknowledged everything in between often enough.
            self.acknowledged = start;
            self.unseen_acks = ACKS_BEFORE_GAP;
        }
        self.strays = 0;
        self.hold(start, chunk);
    }

    /// Takes a FIN with this sequence number.
    pub(super) fn push_end(&mut self, sequence: u32) {
        let end = u64::try_from(self.offset(sequence)).ok();
        let is_ahead = |&end: &u64| end >= self.next && self.is_within_window(end);
        if let Some(end) = end.filter(is_ahead) {
            let end = *self.end.get_or_insert(end);
            self.acknowledged = self.acknowledged.min(end);
        }
    }

    /// Takes an acknowledgment of everything before this sequence number.
    pub(super) fn acknowledge(&mut self, sequence: u32) {
        let offset = u64::try_from(self.offset(sequence)).unwrap_or(0);
        // FIN occupies a sequence number.
        let offset = self.end.map_or(offset, |end| offset.min(end));
        if offset > self.next && self.is_within_window(offset) {
            self.acknowledged = self.acknowledged.max(offset);
            self.unseen_acks = self.unseen_acks.saturating_add(1);
        }
    }

    /// Emits what is in order, and the gaps that will not be filled.
    pub(super) fn release(&mut self, pieces: &mut Vec<Emitted>) {
        self.emit_held(pieces);
        if self.unseen_acks >= ACKS_BEFORE_GAP {
            self.give_up_acknowledged(pieces);
        }
        while self.held_bytes > MAX_HELD_BYTES {
            self.give_up_first(pieces);
        }
    }

    /// Emits everything that is left: no further segment will fill a gap.
    pub(super) fn release_all(&mut self, pieces: &mut Vec<Emitted>) {
        self.emit_held(pieces);
        self.give_up_acknowledged(pieces);
        while !self.held.is_empty() {
            self.give_up_first(pieces);
        }
        if let Some(end) = self.end {
            self.skip_to(end, pieces);
        }
    }

    /// Returns the offset of a sequence number: the nearest one to the stream's position, preferring ahead to behind.
    fn offset(&self, sequence: u32) -> i64 {
        let base = self.base.unwrap_or(sequence);
        let ahead = sequence.wrapping_sub(base.wrapping_add(self.next as u32));
        let back = ahead.wrapping_neg();
        let next = self.next.cast_signed();
        if back <= MAX_WINDOW {
            next.saturating_sub(i64::from(back))
        } else {
            next.saturating_add(i64::from(ahead))
        }
    }

    fn is_within_window(&self, offset: u64) -> bool {
        offset.saturating_sub(self.next) <= u64::from(MAX_WINDOW)
    }

    fn hold(&mut self, start: u64, chunk: HeldSegment) {
        if let Some(other) = self.held.get(&start) {
            if other.whole_bytes >= chunk.whole_bytes {
                return;
            }
            self.held_bytes -= other.held_bytes();
        }
        self.held_bytes += chunk.held_bytes();
        self.held.insert(start, chunk);
    }

    /// Emits held segments that have no gap before them.
    fn emit_held(&mut self, pieces: &mut Vec<Emitted>) {
        while let Some(first) = self.held.first_entry() {
            if *first.key() > self.next {
                break;
            }
            let (start, chunk) = first.remove_entry();
            self.held_bytes -= chunk.held_bytes();
            self.emit(chunk.without_first(self.next - start), pieces);
        }
        if self.acknowledged <= self.next {
            self.unseen_acks = 0;
        }
        if self.end == Some(self.next) && !self.finished {
            self.finished = true;
            // Bytes after the end are not part of the stream.
            self.held.clear();
            self.held_bytes = 0;
            pieces.push(Emitted::Finished);
        }
    }

    fn emit(&mut self, chunk: HeldSegment, pieces: &mut Vec<Emitted>) {
        let left = self
            .end
            .map_or(u64::MAX, |end| end.saturating_sub(self.next));
        let whole_bytes = chunk.whole_bytes.min(left);
        let mut bytes = chunk.bytes;
        bytes.truncate(usize::try_from(whole_bytes).unwrap_or(usize::MAX));
        let missing = whole_bytes - bytes.len() as u64;
        self.next += whole_bytes;
        if !bytes.is_empty() {
            pieces.push(Emitted::Bytes(bytes));
        }
        if missing > 0 {
            pieces.push(Emitted::Missing(missing));
        }
    }

    fn give_up_acknowledged(&mut self, pieces: &mut Vec<Emitted>) {
        while self.next < self.acknowledged {
            let first = self.held.first_key_value().map(|(&start, _)| start);
            let to = first.map_or(self.acknowledged, |start| start.min(self.acknowledged));
            self.skip_to(to, pieces);
        }
    }

    fn give_up_first(&mut self, pieces: &mut Vec<Emitted>) {
        if let Some((&start, _)) = self.held.first_key_value() {
            self.skip_to(start, pieces);
        }
    }

    /// Marks everything up to an offset as missing, and emits what is held there.
    fn skip_to(&mut self, offset: u64, pieces: &mut Vec<Emitted>) {
        let offset = self.end.map_or(offset, |end| offset.min(end));
        if offset > self.next {
            pieces.push(Emitted::Missing(offset - self.next));
            self.next = offset;
        }
        self.emit_held(pieces);
    }
}
