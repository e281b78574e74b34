//! The bytes of a capture's files: headers, entry records, party rows. Pure; all numbers are little-endian.
//!
//! Nothing that is read is trusted: a header, record or row with a wrong checksum or value is rejected.

use std::net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV6};
use std::sync::Arc;

use crate::net::{ConnectionId, Direction, EndpointId, Link, Stamp};
use crate::payload::Carry;

/// The format version, stored in the manifest and in the header of every file.
pub(crate) const VERSION: u32 = 1;

/// The size of the header at the start of every file.
pub(super) const HEADER_BYTES: usize = 32;
/// The size of an entry's record.
pub(super) const RECORD_BYTES: usize = 56;
/// The size of a party's row.
pub(super) const PARTY_BYTES: usize = 64;

/// The most entries in a segment. Usually there are far fewer: it only grows this large if no new segment can be
/// started.
pub(super) const MAX_ENTRIES: u32 = 1024 * 1024;
/// The largest payload file. Usually it is far smaller.
pub(super) const MAX_PAYLOAD_BYTES: u64 = 512 * 1024 * 1024;
/// The highest first entry of a segment: it leaves room to count on from there.
const MAX_FIRST_ENTRY: u64 = u64::MAX / 2;

/// No entry: the `previous` of the first record of a stream.
pub(super) const NONE: u32 = u32::MAX;
/// The largest deviation of a segment's wall clock from its base, in nanoseconds: 55 bits, 416 days.
pub(super) const MAX_DRIFT: i64 = (1 << 55) - 1;

/// The files of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Entries,
    Payload,
    Parties,
    Index,
}

impl Part {
    /// Returns the file extension.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Payload => "payload",
            Self::Parties => "parties",
            Self::Index => "index",
        }
    }

    fn magic(self) -> &'static [u8; 4] {
        match self {
            Self::Entries => b"BEen",
            Self::Payload => b"BEpa",
            Self::Parties => b"BEpt",
            Self::Index => b"BEix",
        }
    }
}

/// The header of each file of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The number of the segment's first entry.
    pub(super) first_entry: u64,
    /// The wall-clock time at stamp 0, in nanoseconds since 1970, as of the start of the segment.
    pub(super) base_nanos: i64,
}

impl Header {
    /// `magic 4 · version 4 · first entry 8 · base 8 · zero 4 · checksum 4`
    pub(super) fn encode(&self, part: Part) -> [u8; HEADER_BYTES] {
        let mut bytes = Vec::with_capacity(HEADER_BYTES);
        bytes.extend(part.magic());
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.first_entry.to_le_bytes());
        bytes.extend(self.base_nanos.to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        fixed(&bytes)
    }

    pub(super) fn decode(part: Part, bytes: &[u8; HEADER_BYTES]) -> Option<Self> {
        let (body, checksum) = bytes.split_last_chunk::<4>()?;
        let mut fields = FieldReader(body);
        let magic = fields.take::<4>()?;
        let version = fields.u32()?;
        let header = Self {
            first_entry: fields.u64()?,
            base_nanos: i64::from_le_bytes(fields.take()?),
        };
        let is_whole = u32::from_le_bytes(*checksum) == crc32fast::hash(body);
        let is_known = magic == *part.magic() && version == VERSION;
        (is_whole && is_known && header.first_entry <= MAX_FIRST_ENTRY).then_some(header)
    }
}

/// The kind of an entry, as needed by filters; distinguishes the same kinds as the rows of the timeline.
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
    /// Its kind.
    pub(crate) class: Class,
    /// The incomplete character before the bytes of a data entry.
    pub(crate) carry: Carry,
    /// The deviation of the wall clock from the segment's base, in nanoseconds; at most [`MAX_DRIFT`] either way.
    pub(crate) drift_nanos: i64,
    /// Its party: a row of the segment's parties.
    pub(crate) party: u32,
    /// Its stamp.
    pub(crate) stamp: Stamp,
    /// The stream offset of a data entry.
    pub(crate) offset: u64,
    /// The position in the payload file of its payload, or of a lifecycle entry's details.
    pub(crate) position: u32,
    /// How many bytes are stored there.
    pub(crate) kept_bytes: u32,
    /// The size of the chunk in bytes.
    pub(crate) size_bytes: u32,
    /// The previous entry of the same party and direction within the segment; [`NONE`] for the first.
    pub(crate) previous: u32,
    /// How long a write took, in nanoseconds.
    pub(crate) took_nanos: u32,
}

impl EntryRecord {
    /// `checksum 4 · class 1 · carry 1 + 3 · drift 7 · party 4 · stamp 8 · offset 8 · position 4 · kept 4 · size 4 ·
    /// previous 4 · took 4`. The checksum covers the entry's number too, so that no record can pass for another.
    pub(super) fn encode(&self, number: u64) -> [u8; RECORD_BYTES] {
        let carry = self.carry.as_slice();
        let mut bytes = [0; RECORD_BYTES];
        let mut fields = Cursor {
            bytes: &mut bytes,
            at: 4,
        };
        fields.put(&[self.class as u8, carry.len() as u8]);
        fields.put(carry);
        fields.at = 9;
        fields.put(&self.drift_nanos.to_le_bytes()[..7]);
        fields.put(&self.party.to_le_bytes());
        fields.put(&self.stamp.0.to_le_bytes());
        fields.put(&self.offset.to_le_bytes());
        for number in [
            self.position,
            self.kept_bytes,
            self.size_bytes,
            self.previous,
            self.took_nanos,
        ] {
            fields.put(&number.to_le_bytes());
        }
        let checksum = checksum(number, &bytes[4..]);
        bytes[..4].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }

    pub(super) fn decode(number: u64, bytes: &[u8; RECORD_BYTES]) -> Option<Self> {
        let (stored, body) = bytes.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*stored) != checksum(number, body) {
            return None;
        }
        let mut fields = FieldReader(body);
        let [class, carry_len] = fields.take()?;
        let carry: [u8; 3] = fields.take()?;
        let drift: [u8; 7] = fields.take()?;
        Some(Self {
            class: Class::decode(class)?,
            carry: Carry::new(carry.get(..usize::from(carry_len))?)?,
            drift_nanos: sign_extended(drift),
            party: fields.u32()?,
            stamp: Stamp(fields.u64()?),
            offset: fields.u64()?,
            position: fields.u32()?,
            kept_bytes: fields.u32()?,
            size_bytes: fields.u32()?,
            previous: fields.u32()?,
            took_nanos: fields.u32()?,
        })
    }
}

fn checksum(number: u64, body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&number.to_le_bytes());
    hasher.update(body);
    hasher.finalize()
}

fn sign_extended(bytes: [u8; 7]) -> i64 {
    let mut shifted = [0; 8];
    if let Some(high) = shifted.last_chunk_mut() {
        *high = bytes;
    }
    i64::from_le_bytes(shifted) >> 8
}

/// The party of an entry: its endpoint, and usually one of its connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// The endpoint.
    pub(crate) endpoint: EndpointId,
    /// The connection, with its ends as far as they were known.
    pub(crate) link: Option<Arc<Link>>,
}

impl Party {
    /// `checksum 4 · endpoint 4 · connection 8, 0 for none · local 23 · peer 23 · zero 2`
    pub(super) fn encode(&self) -> [u8; PARTY_BYTES] {
        let link = self.link.as_deref();
        let mut bytes = [0; PARTY_BYTES];
        let mut fields = Cursor {
            bytes: &mut bytes,
            at: 4,
        };
        fields.put(&self.endpoint.0.to_le_bytes());
        fields.put(&link.map_or(0, |link| link.connection.0).to_le_bytes());
        fields.put(&address(link.and_then(|link| link.local)));
        fields.put(&address(link.map(|link| link.peer)));
        let checksum = crc32fast::hash(&bytes[4..]);
        bytes[..4].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }

    pub(super) fn decode(bytes: &[u8; PARTY_BYTES]) -> Option<Self> {
        let (stored, body) = bytes.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*stored) != crc32fast::hash(body) {
            return None;
        }
        let mut fields = FieldReader(body);
        let endpoint = EndpointId(fields.u32()?);
        let connection = fields.u64()?;
        let local = fields.address()?;
        let peer = fields.address()?;
        let link = match (connection, peer) {
            (0, _) => None,
            (_, None) => return None,
            (connection, Some(peer)) => Some(Arc::new(Link {
                connection: ConnectionId(connection),
                local,
                peer,
            })),
        };
        Some(Self { endpoint, link })
    }
}

const ADDRESS_BYTES: usize = 23;

/// `family 1 (0, 4, 6) · address 16 · port 2 · scope 4`
fn address(address: Option<SocketAddr>) -> [u8; ADDRESS_BYTES] {
    let mut bytes = [0; ADDRESS_BYTES];
    let Some(address) = address else {
        return bytes;
    };
    let mut fields = Cursor {
        bytes: &mut bytes,
        at: 0,
    };
    match address {
        SocketAddr::V4(v4) => {
            fields.put(&[4]);
            fields.put(&v4.ip().octets());
        }
        SocketAddr::V6(v6) => {
            fields.put(&[6]);
            fields.put(&v6.ip().octets());
        }
    }
    fields.at = 17;
    fields.put(&address.port().to_le_bytes());
    if let SocketAddr::V6(v6) = address {
        fields.put(&v6.scope_id().to_le_bytes());
    }
    bytes
}

/// Writes fields into a fixed buffer, one after another. Ignores what does not fit.
struct Cursor<'a> {
    bytes: &'a mut [u8],
    at: usize,
}

impl Cursor<'_> {
    fn put(&mut self, field: &[u8]) {
        if let Some(place) = self.bytes.get_mut(self.at..self.at + field.len()) {
            place.copy_from_slice(field);
        }
        self.at += field.len();
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

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    /// Returns `None` if the bytes are invalid, and `Some(None)` if they state that there is no address.
    #[expect(clippy::option_option, reason = "no address is a value of the format")]
    fn address(&mut self) -> Option<Option<SocketAddr>> {
        let [family] = self.take()?;
        let ip: [u8; 16] = self.take()?;
        let port = u16::from_le_bytes(self.take()?);
        let scope = self.u32()?;
        let [a, b, c, d, ..] = ip;
        match family {
            0 => Some(None),
            4 => Some(Some(SocketAddr::new(IpAddr::from([a, b, c, d]), port))),
            6 => {
                let v6 = SocketAddrV6::new(Ipv6Addr::from(ip), port, 0, scope);
                Some(Some(SocketAddr::V6(v6)))
            }
            _ => None,
        }
    }
}

fn fixed<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut fixed = [0; N];
    if let Some(whole) = bytes.first_chunk::<N>() {
        fixed = *whole;
    }
    fixed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record() -> EntryRecord {
        EntryRecord {
            class: Class::Sent,
            carry: Carry::new(b"\xE6\x97").unwrap(),
            drift_nanos: -5,
            party: 7,
            stamp: Stamp(123_456_789),
            offset: 1 << 40,
            position: 32,
            kept_bytes: 14,
            size_bytes: 2_000,
            previous: NONE,
            took_nanos: 3_000,
        }
    }

    /// Older captures depend on this format: these bytes never change.
    #[test]
    fn a_record_has_these_bytes() {
        let bytes = record().encode(42);
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let hex = hex.concat();
        assert_eq!(
            &hex[8..],
            "0202e69700fbffffffffffff0700000015cd5b07000000000000000000010000200000000e000000d0070000ffffffffb80b0000"
        );
        assert_eq!(bytes.len(), RECORD_BYTES);
    }

    #[test]
    fn a_record_is_read_back_under_its_own_number_only() {
        let bytes = record().encode(42);
        assert_eq!(EntryRecord::decode(42, &bytes), Some(record()));
        assert_eq!(EntryRecord::decode(43, &bytes), None);
    }

    #[test]
    fn a_header_is_read_back_in_its_own_file_only() {
        let header = Header {
            first_entry: 9,
            base_nanos: -1,
        };
        let bytes = header.encode(Part::Entries);
        assert_eq!(Header::decode(Part::Entries, &bytes), Some(header));
        assert_eq!(Header::decode(Part::Payload, &bytes), None);
        let beyond = Header {
            first_entry: MAX_FIRST_ENTRY + 1,
            ..header
        };
        let bytes = beyond.encode(Part::Entries);
        assert_eq!(Header::decode(Part::Entries, &bytes), None);
    }

    #[test]
    fn a_party_is_read_back_with_both_ends() {
        let check = |local: Option<&str>, peer: Option<&str>| {
            let link = peer.map(|peer| {
                Arc::new(Link {
                    connection: ConnectionId(3),
                    local: local.map(|local| local.parse().unwrap()),
                    peer: peer.parse().unwrap(),
                })
            });
            let endpoint = EndpointId(2);
            let party = Party { endpoint, link };
            assert_eq!(Party::decode(&party.encode()), Some(party));
        };
        check(None, None);
        check(None, Some("127.0.0.1:9000"));
        check(Some("[fe80::1%3]:1"), Some("[2001:db8::2]:65535"));
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_detected(at in 0..RECORD_BYTES, change in 1..=255_u8) {
            let mut bytes = record().encode(42);
            bytes[at] ^= change;
            prop_assert_eq!(EntryRecord::decode(42, &bytes), None);
        }

        #[test]
        fn drifts_up_to_the_limit_round_trip(drift_nanos in -MAX_DRIFT..=MAX_DRIFT) {
            let record = EntryRecord { drift_nanos, ..record() };
            prop_assert_eq!(EntryRecord::decode(0, &record.encode(0)), Some(record));
        }
    }
}
