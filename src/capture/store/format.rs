//! The bytes of a capture's files: heads, entry records, rows of flows, seals. Pure; all numbers are little-endian.
//!
//! Nothing that is read is trusted: a head, record, row or seal with a wrong checksum is rejected. What is not known in
//! one that is whole is skipped. `spare` bytes are written as zero and not looked at.

use std::sync::Arc;

use uuid::Uuid;

use super::fields::{ADDRESS_BYTES, decode_address, encode_address};
use crate::net::{Direction, EndpointId, FlowId, Link, Requester, Role, Stamp};
use crate::payload::Carry;

/// The format version, in the manifest and in the head of every file. It changes only if older readers would
/// misunderstand what is written; new kinds, fields, rows and files do not change it.
pub(crate) const VERSION: u32 = 2;

/// The size of the head at the start of every file.
pub(super) const HEAD_BYTES: usize = 64;
/// The size of an entry's record.
pub(super) const RECORD_BYTES: usize = 56;
/// The size of a flow's row.
pub(super) const FLOW_BYTES: usize = 96;
/// The size of a seal.
pub(super) const SEAL_BYTES: usize = 64;

/// The most entries in a segment. Usually there are far fewer: it only grows this large if no new segment can be
/// started.
pub(super) const MAX_ENTRIES: u32 = 1024 * 1024;
/// The largest payload file. Usually it is far smaller.
pub(super) const MAX_PAYLOAD_BYTES: u64 = 512 * 1024 * 1024;
/// The highest first entry of a segment: it leaves room to count on from there.
const MAX_FIRST_ENTRY: u64 = u64::MAX / 2;

/// The largest deviation of a segment's wall clock from its base, in microseconds: 23 bits, 8.4 s.
pub(super) const MAX_DRIFT: i32 = (1 << 23) - 1;

/// The files of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Entries,
    Payload,
    Flows,
    Index,
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Entries, Self::Payload, Self::Flows, Self::Index];

    /// Returns the file extension.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Payload => "payload",
            Self::Flows => "flows",
            Self::Index => "index",
        }
    }

    fn magic(self) -> &'static [u8; 4] {
        match self {
            Self::Entries => b"BEen",
            Self::Payload => b"BEpa",
            Self::Flows => b"BEfl",
            Self::Index => b"BEix",
        }
    }
}

/// The head of each file of a segment: the same in all of them, so that one is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The capture that the segment belongs to.
    pub(super) capture: Uuid,
    /// The segment's number.
    pub(super) segment: u32,
    /// The number of the segment's first entry.
    pub(super) first_entry: u64,
    /// The wall-clock time at stamp 0, in nanoseconds since 1970, as of the start of the segment.
    pub(super) base_nanos: i64,
}

/// Where a row stands: its checksum covers that too, so that no row can pass for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Stands for the segment: the checksum of its capture's id, continued over the number of its first entry.
    segment: u32,
    /// The number of the row in its file.
    row: u32,
}

impl Place {
    /// Returns the place of another row of the same file.
    pub(super) fn at(self, row: u32) -> Self {
        Self { row, ..self }
    }

    /// Returns the checksum of a row here. The first four bytes of the row, which are for the checksum, do not count.
    fn sum<const LEN: usize>(self, row: &[u8; LEN]) -> u32 {
        // One pass over few bytes is several times as fast as two.
        let mut numbered = *row;
        Cursor::new(&mut numbered).put(&self.row.to_le_bytes());
        let mut hasher = crc32fast::Hasher::new_with_initial(self.segment);
        hasher.update(&numbered);
        hasher.finalize()
    }
}

impl Head {
    /// Returns the place of a row of the segment.
    pub(super) fn place(&self, row: u32) -> Place {
        let mut hasher = crc32fast::Hasher::new_with_initial(sum(self.capture.as_bytes()));
        hasher.update(&self.first_entry.to_le_bytes());
        Place {
            segment: hasher.finalize(),
            row,
        }
    }

    /// `magic 4 · version 4 · capture 16 · segment 4 · spare 4 · first entry 8 · base 8 · spare 12 · checksum 4`
    pub(super) fn encode(&self, part: Part) -> [u8; HEAD_BYTES] {
        let mut bytes = [0; HEAD_BYTES];
        Cursor::new(&mut bytes)
            .put(part.magic())
            .put(&VERSION.to_le_bytes())
            .put(self.capture.as_bytes())
            .put(&self.segment.to_le_bytes())
            .skip(4)
            .put(&self.first_entry.to_le_bytes())
            .put(&self.base_nanos.to_le_bytes());
        seal_last(&mut bytes);
        bytes
    }

    pub(super) fn decode(part: Part, bytes: &[u8; HEAD_BYTES]) -> Option<Self> {
        let mut fields = whole_but_last(bytes)?;
        let magic = fields.take::<4>()?;
        let version = fields.u32()?;
        let capture = Uuid::from_bytes(fields.take()?);
        let segment = fields.u32()?;
        fields.take::<4>()?;
        let head = Self {
            capture,
            segment,
            first_entry: fields.u64()?,
            base_nanos: i64::from_le_bytes(fields.take()?),
        };
        let is_known = magic == *part.magic() && version == VERSION;
        (is_known && head.first_entry <= MAX_FIRST_ENTRY).then_some(head)
    }
}

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
    pub(super) kind: u16,
    /// Its class.
    pub(crate) class: Class,
    /// The incomplete character before the bytes of a data entry.
    pub(crate) carry: Carry,
    /// The deviation of the wall clock from the segment's base, in microseconds; at most [`MAX_DRIFT`] either way.
    pub(super) drift_micros: i32,
    /// Its flow: a row of the segment's flows.
    pub(crate) flow: u32,
    /// Who requested what it says.
    pub(super) by: Requester,
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
    pub(super) sum: u32,
    /// How long a write took, in nanoseconds.
    pub(crate) took_nanos: u32,
}

impl EntryRecord {
    /// `checksum 4 · kind 2 · flags 1 (class: bits 0–2, length of the carry: bits 3–4) · requested by 1 · flow 4 · stamp 8 ·
    /// offset 8 · position 4 · kept 4 · size 4 · sum 4 · took 4 · carry 3 · drift 3 · spare 2`
    pub(super) fn encode(&self, place: Place) -> [u8; RECORD_BYTES] {
        let carry = self.carry.as_slice();
        let flags = self.class as u8 | (carry.len() as u8) << 3;
        let mut padded = [0; 3];
        Cursor::new(&mut padded).put(carry);
        let mut bytes = [0; RECORD_BYTES];
        Cursor::new(&mut bytes)
            .skip(4)
            .put(&self.kind.to_le_bytes())
            .put(&[flags, requester_number(self.by)])
            .put(&self.flow.to_le_bytes())
            .put(&self.stamp.0.to_le_bytes())
            .put(&self.offset.to_le_bytes())
            .put(&self.position.to_le_bytes())
            .put(&self.kept_bytes.to_le_bytes())
            .put(&self.size_bytes.to_le_bytes())
            .put(&self.sum.to_le_bytes())
            .put(&self.took_nanos.to_le_bytes())
            .put(&padded)
            .put(&self.drift_micros.to_le_bytes()[..3]);
        let checksum = place.sum(&bytes);
        bytes[..4].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }

    pub(super) fn decode(place: Place, bytes: &[u8; RECORD_BYTES]) -> Option<Self> {
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
        let took_nanos = fields.u32()?;
        let carry: [u8; 3] = fields.take()?;
        let [low, middle, high] = fields.take()?;
        let class = Class::decode(flags & 0b111)?;
        let is_possible = !class.is_data() || kept_bytes <= size_bytes;
        is_possible.then_some(Self {
            kind,
            class,
            carry: Carry::new(carry.get(..usize::from(flags >> 3 & 0b11))?)?,
            // The sign is in the highest byte.
            drift_micros: i32::from_le_bytes([0, low, middle, high]) >> 8,
            flow,
            by: requester(by),
            stamp,
            offset,
            position,
            kept_bytes,
            size_bytes,
            sum,
            took_nanos,
        })
    }

    /// Returns whether these are the bytes that were stored for the entry.
    pub(crate) fn is_sound(&self, stored: &[u8]) -> bool {
        sum(stored) == self.sum
    }
}

/// The numbers of who can request something.
const REQUESTERS: [Requester; 4] = [
    Requester::Nobody,
    Requester::User,
    Requester::Responder,
    Requester::Relay,
];

fn requester_number(by: Requester) -> u8 {
    let place = REQUESTERS.iter().position(|it| *it == by);
    place.unwrap_or_default() as u8
}

/// Returns who it is; one that only a newer version knows is not shown.
fn requester(number: u8) -> Requester {
    let known = REQUESTERS.get(usize::from(number));
    known.copied().unwrap_or_default()
}

/// Returns the checksum of a payload or a body.
pub(super) fn sum(bytes: &[u8]) -> u32 {
    crc32fast::hash(bytes)
}

/// The flow of an entry: its endpoint, and usually one of its connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// The endpoint.
    pub(crate) endpoint: EndpointId,
    /// The connection, with its ends as far as they were known.
    pub(crate) link: Option<Arc<Link>>,
}

/// Where the body of a flow's row is in the payload file, if it has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FlowBody {
    pub(super) position: u32,
    pub(super) len: u32,
    pub(super) sum: u32,
}

/// The kinds of rows: the endpoint itself, or one of its connections.
const ENDPOINT_ROW: u8 = 1;
const CONNECTION_ROW: u8 = 2;
/// The transports.
const TCP: u8 = 1;
const UNIX_STREAM: u8 = 2;

impl Flow {
    /// `checksum 4 · row kind 1 (1 endpoint, 2 connection) · transport 1 (1 TCP, 2 Unix stream) · role 1 (1 server, 2 client) · spare 1 ·
    /// endpoint 4 · connection 8 · spare 4 · local 24 · peer 24 · body: position 4, length 4, sum 4 · spare 12`. Two flows
    /// with the same connection and different roles are its two ends.
    pub(super) fn encode(&self, place: Place, body: FlowBody) -> [u8; FLOW_BYTES] {
        let link = self.link.as_deref();
        let kind = if link.is_some() {
            CONNECTION_ROW
        } else {
            ENDPOINT_ROW
        };
        let role = match link.map(|link| link.connection.role) {
            None => 0,
            Some(Role::Server) => 1,
            Some(Role::Client) => 2,
        };
        let transport = match link {
            Some(link) if link.peer.is_unix() => UNIX_STREAM,
            Some(_) | None => TCP,
        };
        let mut bytes = [0; FLOW_BYTES];
        Cursor::new(&mut bytes)
            .skip(4)
            .put(&[kind, transport, role, 0])
            .put(&self.endpoint.0.to_le_bytes())
            .put(&link.map_or(0, |link| link.connection.number).to_le_bytes())
            .skip(4)
            .put(&encode_address(link.and_then(|link| link.local.as_ref())))
            .put(&encode_address(link.map(|link| &link.peer)))
            .put(&body.position.to_le_bytes())
            .put(&body.len.to_le_bytes())
            .put(&body.sum.to_le_bytes());
        let checksum = place.sum(&bytes);
        bytes[..4].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }

    pub(super) fn decode(place: Place, bytes: &[u8; FLOW_BYTES]) -> Option<(Self, FlowBody)> {
        let (stored, body) = bytes.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*stored) != place.sum(bytes) {
            return None;
        }
        let mut fields = FieldReader(body);
        let [kind, _transport, role, _spare] = fields.take()?;
        let endpoint = EndpointId(fields.u32()?);
        let number = fields.u64()?;
        let connection = match role {
            1 => FlowId::server(number),
            _ => FlowId::client(number),
        };
        fields.take::<4>()?;
        // An address of a family that is not known reads as none.
        let local = decode_address(&fields.take::<ADDRESS_BYTES>()?).flatten();
        let peer = decode_address(&fields.take::<ADDRESS_BYTES>()?).flatten();
        let link = || {
            Some(Arc::new(Link {
                connection,
                local,
                peer: peer?,
            }))
        };
        let flow = Self {
            endpoint,
            link: if kind == CONNECTION_ROW { link() } else { None },
        };
        let body = FlowBody {
            position: fields.u32()?,
            len: fields.u32()?,
            sum: fields.u32()?,
        };
        Some((flow, body))
    }
}

/// Why a segment ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ended {
    /// It has not ended: it is being written, or its writer was killed.
    #[default]
    Open,
    /// The next segment followed.
    Rotated,
    /// Recording ended in order.
    Closed,
    /// The limit was reached.
    Bound,
    /// The disk was full.
    Full,
    /// The user switched recording off.
    Off,
    /// Writing failed.
    Failed,
}

impl Ended {
    const ALL: [Self; 7] = [
        Self::Open,
        Self::Rotated,
        Self::Closed,
        Self::Bound,
        Self::Full,
        Self::Off,
        Self::Failed,
    ];
}

/// What a segment holds and why it ended: the last bytes of its index. While the segment is open, they say which
/// segments before it are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seal {
    pub(super) ended: Ended,
    pub(super) entries: u32,
    pub(super) flows: u32,
    /// The length of the payload file, including its head.
    pub(super) payload_bytes: u64,
    /// The oldest segment that is kept, and its first entry.
    pub(super) oldest: (u32, u64),
    /// How long the lanes after the seal are; 0 if they could not be written.
    pub(super) lanes_bytes: u32,
    /// How many entries after the segment's last were not recorded.
    pub(super) unrecorded: u64,
}

const SEAL_MAGIC: [u8; 4] = *b"BEse";

impl Seal {
    /// `magic 4 · ended 1 · spare 3 · entries 4 · flows 4 · payload bytes 8 · oldest segment 4 · lanes bytes 4 · its
    /// first entry 8 · not recorded 8 · spare 12 · checksum 4`
    pub(super) fn encode(&self) -> [u8; SEAL_BYTES] {
        let mut bytes = [0; SEAL_BYTES];
        Cursor::new(&mut bytes)
            .put(&SEAL_MAGIC)
            .put(&[self.ended as u8])
            .skip(3)
            .put(&self.entries.to_le_bytes())
            .put(&self.flows.to_le_bytes())
            .put(&self.payload_bytes.to_le_bytes())
            .put(&self.oldest.0.to_le_bytes())
            .put(&self.lanes_bytes.to_le_bytes())
            .put(&self.oldest.1.to_le_bytes())
            .put(&self.unrecorded.to_le_bytes());
        seal_last(&mut bytes);
        bytes
    }

    pub(super) fn decode(bytes: &[u8; SEAL_BYTES]) -> Option<Self> {
        let mut fields = whole_but_last(bytes)?;
        let magic = fields.take::<4>()?;
        let [ended, _, _, _] = fields.take()?;
        let entries = fields.u32()?;
        let flows = fields.u32()?;
        let payload_bytes = fields.u64()?;
        let oldest = fields.u32()?;
        let lanes_bytes = fields.u32()?;
        let seal = Self {
            // A reason that is not known is a failure of some kind.
            ended: Ended::ALL
                .get(usize::from(ended))
                .copied()
                .unwrap_or(Ended::Failed),
            entries,
            flows,
            payload_bytes,
            oldest: (oldest, fields.u64()?),
            lanes_bytes,
            unrecorded: fields.u64()?,
        };
        let is_possible = entries <= MAX_ENTRIES && payload_bytes <= MAX_PAYLOAD_BYTES;
        (magic == SEAL_MAGIC && is_possible).then_some(seal)
    }
}

/// Puts the checksum of what precedes into the last four bytes.
fn seal_last<const N: usize>(bytes: &mut [u8; N]) {
    if let Some((body, checksum)) = bytes.split_last_chunk_mut::<4>() {
        *checksum = sum(body).to_le_bytes();
    }
}

/// Returns a reader of everything but the checksum at the end, if that matches.
fn whole_but_last(bytes: &[u8]) -> Option<FieldReader<'_>> {
    let (body, checksum) = bytes.split_last_chunk::<4>()?;
    (u32::from_le_bytes(*checksum) == sum(body)).then_some(FieldReader(body))
}

/// Writes fields into a fixed buffer, one after another. Ignores what does not fit.
struct Cursor<'a> {
    bytes: &'a mut [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(bytes: &'a mut [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn put(mut self, field: &[u8]) -> Self {
        if let Some(place) = self.bytes.get_mut(self.at..self.at + field.len()) {
            place.copy_from_slice(field);
        }
        self.at += field.len();
        self
    }

    fn skip(mut self, count: usize) -> Self {
        self.at += count;
        self
    }
}

/// Reads fields one after another, as far as there are bytes.
pub(super) struct FieldReader<'a>(pub(super) &'a [u8]);

impl FieldReader<'_> {
    pub(super) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*field)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record() -> EntryRecord {
        EntryRecord {
            kind: 2,
            class: Class::Sent,
            carry: Carry::new(b"\xE6\x97").unwrap(),
            drift_micros: -5,
            flow: 7,
            by: Requester::Responder,
            stamp: Stamp(123_456_789),
            offset: 1 << 40,
            position: 64,
            kept_bytes: 14,
            size_bytes: 2_000,
            sum: 0xDEAD_BEEF,
            took_nanos: 3_000,
        }
    }

    fn head() -> Head {
        Head {
            capture: Uuid::from_u128(0x0011_2233_4455_6677_8899_AABB_CCDD_EEFF),
            segment: 3,
            first_entry: 9,
            base_nanos: -1,
        }
    }

    fn place(row: u32) -> Place {
        head().place(row)
    }

    fn seal() -> Seal {
        Seal {
            ended: Ended::Bound,
            entries: 7,
            flows: 2,
            payload_bytes: 300,
            oldest: (1, 4),
            lanes_bytes: 0xAB,
            unrecorded: 12,
        }
    }

    fn flow() -> (Flow, FlowBody) {
        let link = Link {
            connection: FlowId::server(3),
            local: None,
            peer: "127.0.0.1:9000".parse().unwrap(),
        };
        let flow = Flow {
            endpoint: EndpointId(2),
            link: Some(Arc::new(link)),
        };
        (
            flow,
            FlowBody {
                position: 64,
                len: 5,
                sum: 6,
            },
        )
    }

    fn hex(bytes: &[u8]) -> String {
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        digits.concat()
    }

    /// Captures depend on this format: these bytes never change.
    #[test]
    fn a_record_has_these_bytes() {
        let expected = "02001202 07000000 15cd5b0700000000 0000000000010000 40000000 0e000000 d0070000 efbeadde b80b0000 e69700 fbffff 0000";
        assert_eq!(
            hex(&record().encode(place(42))[4..]),
            expected.replace(' ', "")
        );
    }

    /// As the standard function computes it, in the order in which the parts are documented.
    #[test]
    fn a_checksum_covers_where_a_row_stands() {
        let row = record().encode(place(42));
        let head = head();
        let mut hasher = crc32fast::Hasher::new_with_initial(sum(head.capture.as_bytes()));
        hasher.update(&head.first_entry.to_le_bytes());
        hasher.update(&42_u32.to_le_bytes());
        hasher.update(&row[4..]);
        assert_eq!(row[..4], hasher.finalize().to_le_bytes());
        assert_eq!(head.place(7).at(42), place(42));
    }

    #[test]
    fn a_head_has_these_bytes() {
        let expected = "4245656e 02000000 00112233445566778899aabbccddeeff 03000000 00000000 0900000000000000 ffffffffffffffff 000000000000000000000000";
        let bytes = head().encode(Part::Entries);
        assert_eq!(hex(&bytes[..60]), expected.replace(' ', ""));
    }

    #[test]
    fn a_seal_has_these_bytes() {
        let expected = "42457365 03000000 07000000 02000000 2c01000000000000 01000000 ab000000 0400000000000000 0c00000000000000 000000000000000000000000";
        assert_eq!(hex(&seal().encode()[..60]), expected.replace(' ', ""));
    }

    #[test]
    fn a_flow_has_these_bytes() {
        let (flow, body) = flow();
        let none = "00".repeat(24);
        let expected = format!(
            "02010100 02000000 0300000000000000 00000000 {none} 047f000001 {} 2823 0000000000 40000000 05000000 06000000 {}",
            "00".repeat(12),
            "00".repeat(12)
        );
        assert_eq!(
            hex(&flow.encode(place(1), body)[4..]),
            expected.replace(' ', "")
        );
    }

    #[test]
    fn a_record_is_read_back_under_its_own_number_only() {
        let bytes = record().encode(place(42));
        assert_eq!(EntryRecord::decode(place(42), &bytes), Some(record()));
        assert_eq!(EntryRecord::decode(place(43), &bytes), None);
        let capture = Uuid::nil();
        let elsewhere = Head { capture, ..head() };
        assert_eq!(EntryRecord::decode(elsewhere.place(42), &bytes), None);
        let first_entry = 8;
        let elsewhere = Head {
            first_entry,
            ..head()
        };
        assert_eq!(EntryRecord::decode(elsewhere.place(42), &bytes), None);
    }

    #[test]
    fn no_entry_keeps_more_bytes_than_it_has() {
        let kept_bytes = record().size_bytes + 1;
        let more = EntryRecord {
            kept_bytes,
            ..record()
        };
        let bytes = more.encode(place(0));
        assert_eq!(EntryRecord::decode(place(0), &bytes), None);
        // The body of a lifecycle entry is none of its size.
        let class = Class::Good;
        let body = EntryRecord { class, ..more };
        let bytes = body.encode(place(0));
        assert_eq!(EntryRecord::decode(place(0), &bytes), Some(body));
    }

    #[test]
    fn a_head_is_read_back_in_its_own_file_only() {
        let bytes = head().encode(Part::Entries);
        assert_eq!(Head::decode(Part::Entries, &bytes), Some(head()));
        assert_eq!(Head::decode(Part::Payload, &bytes), None);
        let beyond = Head {
            first_entry: MAX_FIRST_ENTRY + 1,
            ..head()
        };
        let bytes = beyond.encode(Part::Entries);
        assert_eq!(Head::decode(Part::Entries, &bytes), None);
    }

    #[test]
    fn seals_and_flows_are_read_back() {
        assert_eq!(Seal::decode(&seal().encode()), Some(seal()));
        let (flow, body) = flow();
        assert_eq!(
            Flow::decode(place(1), &flow.encode(place(1), body)),
            Some((flow, body))
        );
        let endpoint = Flow {
            endpoint: EndpointId(1),
            link: None,
        };
        let bytes = endpoint.encode(place(1), FlowBody::default());
        assert_eq!(
            Flow::decode(place(1), &bytes),
            Some((endpoint, FlowBody::default()))
        );
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_detected(at in 0..FLOW_BYTES, change in 1..=255_u8) {
            let changed = |bytes: &mut [u8]| {
                let len = bytes.len();
                bytes[at % len] ^= change;
            };
            let mut bytes = record().encode(place(42));
            changed(&mut bytes);
            prop_assert_eq!(EntryRecord::decode(place(42), &bytes), None);
            let mut bytes = head().encode(Part::Index);
            changed(&mut bytes);
            prop_assert_eq!(Head::decode(Part::Index, &bytes), None);
            let mut bytes = seal().encode();
            changed(&mut bytes);
            prop_assert_eq!(Seal::decode(&bytes), None);
            let (flow, body) = flow();
            let mut bytes = flow.encode(place(1), body);
            changed(&mut bytes);
            prop_assert_eq!(Flow::decode(place(1), &bytes), None);
        }

        #[test]
        fn drifts_up_to_the_limit_round_trip(drift_micros in -MAX_DRIFT..=MAX_DRIFT) {
            let record = EntryRecord { drift_micros, ..record() };
            prop_assert_eq!(EntryRecord::decode(place(0), &record.encode(place(0))), Some(record));
        }
    }
}
