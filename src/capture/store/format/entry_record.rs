//! The record of an entry, and what filters need of it: its class.

use std::num::NonZeroU16;

use super::bytes::{ByteCursor, FieldReader, sum};
use super::head::RowLocation;
use crate::net::{Direction, Requester, Stamp};
use crate::payload::Carry;
use crate::script::RuleNumber;

/// The size of an entry's record.
pub(in crate::capture::store) const RECORD_BYTES: usize = 56;
/// The largest deviation of a segment's wall clock from its base, in microseconds: 23 bits, 8.4 s.
pub(in crate::capture::store) const MAX_DRIFT: i32 = (1 << 23) - 1;

/// The class of an entry, as needed by filters; distinguishes the same kinds as the rows of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Class {
    Received = 1,
    Sent,
    Quiet,
    Good,
    Ended,
    Caution,
    Bad,
}

impl Class {
    const ALL: [Self; 7] = [
        Self::Received,
        Self::Sent,
        Self::Quiet,
        Self::Good,
        Self::Ended,
        Self::Caution,
        Self::Bad,
    ];

    fn decode(byte: u8) -> Option<Self> {
        let place = usize::from(byte).checked_sub(1)?;
        Self::ALL.get(place).copied()
    }

    /// Returns whether the entry holds stream bytes.
    pub(crate) fn is_data(self) -> bool {
        self.direction().is_some()
    }

    /// Returns the stream of the entry's bytes; `None` for an entry without bytes.
    pub(crate) fn direction(self) -> Option<Direction> {
        match self {
            Self::Received => Some(Direction::Received),
            Self::Sent => Some(Direction::Sent),
            _ => None,
        }
    }
}

/// An entry as stored in a segment's entries file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EntryRecord {
    /// The number of its kind.
    pub(in crate::capture::store) kind: u16,
    /// Its class.
    pub(crate) class: Class,
    /// The incomplete character before the bytes of a data entry.
    pub(crate) carry: Carry,
    /// The deviation of the wall clock from the segment's base, in microseconds; at most [`MAX_DRIFT`] either way.
    pub(in crate::capture::store) drift_micros: i32,
    /// Its flow: a row of the segment's flows.
    pub(crate) flow: u32,
    /// Who requested what it says.
    pub(crate) by: Requester,
    /// Its stamp.
    pub(crate) stamp: Stamp,
    /// The stream offset of a data entry.
    pub(crate) offset: u64,
    /// The position in the payload file of its payload, or of a lifecycle entry's body.
    pub(crate) position: u32,
    /// How many bytes are stored there.
    pub(crate) kept_bytes: u32,
    /// The size of the chunk in bytes.
    pub(crate) size_bytes: u32,
    /// The checksum of the stored bytes.
    pub(in crate::capture::store) sum: u32,
    /// How long a write took, in nanoseconds; of bytes that were encrypted, this is 0.
    pub(crate) took_nanos: u32,
    /// How many bytes they were on the wire, if they were encrypted.
    pub(crate) wire_bytes: Option<u32>,
}

impl EntryRecord {
    /// `checksum 4 · kind 2 · flags 1 (class: bits 0–2, length of the carry: bits 3–4, encrypted: bit 5) · requested by 1 · flow 4 · stamp 8 ·
    /// offset 8 · position 4 · kept 4 · size 4 · sum 4 · took 4 · carry 3 · drift 3 · rule 2`: the rule is 0 unless one
    /// requested it. Of encrypted bytes, their number on the wire stands in place of the time that a write took.
    pub(in crate::capture::store) fn encode(&self, place: RowLocation) -> [u8; RECORD_BYTES] {
        let carry = self.carry.as_slice();
        let is_encrypted = self.wire_bytes.is_some();
        let flags = self.class as u8 | (carry.len() as u8) << 3 | u8::from(is_encrypted) << 5;
        let mut padded = [0; 3];
        ByteCursor::new(&mut padded).put(carry);
        let mut bytes = [0; RECORD_BYTES];
        let (by, rule) = requester_numbers(self.by);
        ByteCursor::new(&mut bytes)
            .skip(4)
            .put(&self.kind.to_le_bytes())
            .put(&[flags, by])
            .put(&self.flow.to_le_bytes())
            .put(&self.stamp.0.to_le_bytes())
            .put(&self.offset.to_le_bytes())
            .put(&self.position.to_le_bytes())
            .put(&self.kept_bytes.to_le_bytes())
            .put(&self.size_bytes.to_le_bytes())
            .put(&self.sum.to_le_bytes())
            .put(&self.wire_bytes.unwrap_or(self.took_nanos).to_le_bytes())
            .put(&padded)
            .put(&self.drift_micros.to_le_bytes()[..3])
            .put(&rule.to_le_bytes());
        let checksum = place.sum(&bytes);
        bytes[..4].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }

    pub(in crate::capture::store) fn decode(
        place: RowLocation,
        bytes: &[u8; RECORD_BYTES],
    ) -> Option<Self> {
        let (stored, body) = bytes.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*stored) != place.sum(bytes) {
            return None;
        }
        let mut fields = FieldReader(body);
        let kind = fields.u16()?;
        let [flags, by] = fields.take()?;
        let flow = fields.u32()?;
        let stamp = Stamp(fields.u64()?);
        let offset = fields.u64()?;
        let position = fields.u32()?;
        let kept_bytes = fields.u32()?;
        let size_bytes = fields.u32()?;
        let sum = fields.u32()?;
        let took = fields.u32()?;
        let is_encrypted = flags >> 5 & 1 == 1;
        let carry: [u8; 3] = fields.take()?;
        let [low, middle, high] = fields.take()?;
        let rule = fields.u16()?;
        let class = Class::decode(flags & 0b111)?;
        let is_possible = !class.is_data() || kept_bytes <= size_bytes;
        is_possible.then_some(Self {
            kind,
            class,
            carry: Carry::new(carry.get(..usize::from(flags >> 3 & 0b11))?)?,
            // The sign is in the highest byte.
            drift_micros: i32::from_le_bytes([0, low, middle, high]) >> 8,
            flow,
            by: requester(by, rule),
            stamp,
            offset,
            position,
            kept_bytes,
            size_bytes,
            sum,
            took_nanos: if is_encrypted { 0 } else { took },
            wire_bytes: is_encrypted.then_some(took),
        })
    }

    /// Returns whether both refer to the same bytes.
    pub(crate) fn shares_bytes_with(&self, other: &Self) -> bool {
        let bytes = |it: &Self| (it.position, it.kept_bytes, it.sum);
        bytes(self) == bytes(other)
    }

    /// Returns whether these are the bytes that were stored for the entry.
    pub(crate) fn is_sound(&self, stored: &[u8]) -> bool {
        sum(stored) == self.sum
    }
}

/// Returns the number of who requested something, and the number of the rule.
fn requester_numbers(by: Requester) -> (u8, u16) {
    match by {
        Requester::Nobody => (0, 0),
        Requester::User => (1, 0),
        Requester::Responder => (2, 0),
        Requester::Relay => (3, 0),
        Requester::Rule(rule) => (4, rule.0.get()),
        Requester::Sequence => (5, 0),
    }
}

/// Returns who it is; one that only a newer version knows is not shown.
fn requester(number: u8, rule: u16) -> Requester {
    let rule = NonZeroU16::new(rule).map(RuleNumber);
    match (number, rule) {
        (1, _) => Requester::User,
        (2, _) => Requester::Responder,
        (3, _) => Requester::Relay,
        (4, Some(rule)) => Requester::Rule(rule),
        (5, _) => Requester::Sequence,
        _ => Requester::Nobody,
    }
}
