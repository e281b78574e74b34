//! Puts the fragments of IP packets together (RFC 791, RFC 8200), in any order.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use etherparse::IpNumber;

use crate::net::Stamp;

/// The most packets that are being put together. Beyond it, the oldest is given up.
const MAX_PACKETS: usize = 1_024;
/// The most bytes held for them, including overhead. Beyond it, the oldest are given up.
const MAX_HELD_BYTES: usize = 16 * 1024 * 1024;
/// The overhead of a held fragment, in bytes.
const HELD_OVERHEAD_BYTES: usize = 64;
/// The most fragments of one packet: enough for the longest one and the smallest MTU of IPv4 in use. One with more is
/// given up.
const MAX_FRAGMENTS: usize = 512;
/// How long fragments wait for the others. Later ones belong to another packet, because numbers are used again.
const LIFETIME: Duration = Duration::from_mins(1);

/// A fragment of an IP packet, possibly truncated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fragment<'a> {
    pub(super) whose: Whose,
    /// Where its bytes belong, after the headers.
    pub(super) offset: u32,
    pub(super) is_last: bool,
    /// How many bytes it had.
    pub(super) whole_bytes: u32,
    /// The captured ones.
    pub(super) payload: &'a [u8],
}

/// Which packet a fragment is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Whose {
    pub(super) source: IpAddr,
    pub(super) destination: IpAddr,
    pub(super) protocol: IpNumber,
    pub(super) identification: u32,
}

/// A packet that was put together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Joined {
    /// Its bytes after the headers, up to the first one that was not captured.
    pub(super) bytes: Vec<u8>,
    /// How many it had.
    pub(super) whole_bytes: u64,
    /// Of how many fragments, repeated ones included.
    pub(super) fragments: u64,
}

/// Packets that are being put together.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    packets: HashMap<Whose, Parts>,
    /// The packets by age. Those that are done are still there, until they are the oldest.
    order: VecDeque<(u64, Whose)>,
    next: u64,
    held_bytes: usize,
}

/// What is there of a packet.
#[derive(Debug)]
struct Parts {
    /// Its number in the order of age.
    number: u64,
    began: Stamp,
    /// Its length, once its last fragment is there.
    total: Option<u32>,
    /// By offset: how many bytes each had, and the captured ones.
    by_offset: BTreeMap<u32, (u32, Vec<u8>)>,
    /// How many bytes these have; more than there are if they overlap.
    part_bytes: u64,
    held_bytes: usize,
    fragments: u64,
}

impl Fragments {
    /// Takes a fragment; returns the packet that it completes.
    pub(super) fn push(&mut self, fragment: &Fragment<'_>, now: Stamp) -> Option<Joined> {
        let whose = fragment.whose;
        let is_late = |parts: &Parts| now.since(parts.began) > LIFETIME;
        if self.packets.get(&whose).is_some_and(is_late) {
            self.give_up(whose);
        }
        let (next, order) = (&mut self.next, &mut self.order);
        let parts = self.packets.entry(whose).or_insert_with(|| {
            *next += 1;
            order.push_back((*next, whose));
            Parts::new(*next, now)
        });
        self.held_bytes -= parts.held_bytes;
        let has_room = parts.push(fragment);
        self.held_bytes += parts.held_bytes;
        if !has_room {
            self.give_up(whose);
            return None;
        }
        let joined = parts.joined();
        if joined.is_some() {
            self.give_up(whose);
        }
        while self.packets.len() > MAX_PACKETS || self.held_bytes > MAX_HELD_BYTES {
            self.give_up_oldest();
        }
        // Of those that are done, only the places are left.
        if self.order.len() > 2 * MAX_PACKETS {
            let packets = &self.packets;
            self.order.retain(|(number, whose)| {
                let parts = packets.get(whose);
                parts.is_some_and(|parts| parts.number == *number)
            });
        }
        joined
    }

    fn give_up(&mut self, whose: Whose) {
        if let Some(parts) = self.packets.remove(&whose) {
            self.held_bytes -= parts.held_bytes;
        }
    }

    fn give_up_oldest(&mut self) {
        let Some((number, whose)) = self.order.pop_front() else {
            return;
        };
        let parts = self.packets.get(&whose);
        if parts.is_some_and(|parts| parts.number == number) {
            self.give_up(whose);
        }
    }
}

impl Parts {
    fn new(number: u64, began: Stamp) -> Self {
        Self {
            number,
            began,
            total: None,
            by_offset: BTreeMap::new(),
            part_bytes: 0,
            held_bytes: 0,
            fragments: 0,
        }
    }

    /// Adds a fragment. Returns whether there was room for it.
    fn push(&mut self, fragment: &Fragment<'_>) -> bool {
        self.fragments += 1;
        let end = fragment.offset.saturating_add(fragment.whole_bytes);
        if fragment.is_last {
            self.total.get_or_insert(end);
        }
        if self.by_offset.contains_key(&fragment.offset) {
            return true;
        }
        if self.by_offset.len() >= MAX_FRAGMENTS || end > u32::from(u16::MAX) {
            return false;
        }
        let captured = fragment.payload;
        let kept = captured.get(..fragment.whole_bytes as usize);
        let kept = kept.unwrap_or(captured).to_vec();
        self.held_bytes += kept.len() + HELD_OVERHEAD_BYTES;
        self.part_bytes += u64::from(fragment.whole_bytes);
        self.by_offset
            .insert(fragment.offset, (fragment.whole_bytes, kept));
        true
    }

    /// Returns the packet if nothing of it is missing.
    fn joined(&self) -> Option<Joined> {
        let total = self.total?;
        if self.part_bytes < u64::from(total) {
            return None;
        }
        let mut end = 0;
        for (&offset, &(whole_bytes, _)) in &self.by_offset {
            if offset > end {
                return None;
            }
            end = end.max(offset.saturating_add(whole_bytes));
        }
        if end < total {
            return None;
        }
        let mut bytes = Vec::new();
        for (&offset, (whole_bytes, captured)) in &self.by_offset {
            let known = bytes.len().checked_sub(offset as usize);
            let rest = known.map(|known| captured.get(known..).unwrap_or_default());
            bytes.extend_from_slice(rest.unwrap_or_default());
            if bytes.len() < offset.saturating_add(*whole_bytes) as usize {
                break;
            }
        }
        bytes.truncate(total as usize);
        Some(Joined {
            bytes,
            whole_bytes: total.into(),
            fragments: self.fragments,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fragment(identification: u32, offset: u32, bytes: &[u8], is_last: bool) -> Fragment<'_> {
        Fragment {
            whose: Whose {
                source: [10, 0, 0, 1].into(),
                destination: [10, 0, 0, 2].into(),
                protocol: IpNumber::UDP,
                identification,
            },
            offset,
            is_last,
            whole_bytes: bytes.len() as u32,
            payload: bytes,
        }
    }

    fn at(seconds: u64) -> Stamp {
        Stamp(seconds * 1_000_000_000)
    }

    #[test]
    fn a_packet_with_a_gap_is_not_joined_and_a_late_fragment_begins_anew() {
        let mut fragments = Fragments::default();
        assert_eq!(fragments.push(&fragment(1, 16, b"end", true), at(0)), None);
        assert_eq!(
            fragments.push(&fragment(1, 0, b"8 bytes.", false), at(0)),
            None
        );
        assert_eq!(
            fragments.push(&fragment(1, 8, b"8 bytes.", false), at(61)),
            None
        );
        let joined = fragments.push(&fragment(1, 0, b"again 8 ", false), at(61));
        assert_eq!(joined, None);
        let joined = fragments
            .push(&fragment(1, 16, b"!", true), at(61))
            .unwrap();
        assert_eq!(joined.bytes, b"again 8 8 bytes.!");
        assert_eq!((joined.whole_bytes, joined.fragments), (17, 3));
        assert_eq!(fragments.held_bytes, 0);
    }

    #[test]
    fn what_was_not_captured_ends_the_bytes() {
        let mut fragments = Fragments::default();
        let cut = Fragment {
            payload: b"8 b",
            ..fragment(1, 8, b"8 bytes.", false)
        };
        assert_eq!(fragments.push(&cut, at(0)), None);
        assert_eq!(fragments.push(&fragment(1, 16, b"end", true), at(0)), None);
        let joined = fragments
            .push(&fragment(1, 0, b"8 bytes.", false), at(0))
            .unwrap();
        assert_eq!(
            (&joined.bytes[..], joined.whole_bytes),
            (&b"8 bytes.8 b"[..], 19)
        );
    }

    #[test]
    fn fragments_that_are_never_complete_take_bounded_memory() {
        let mut fragments = Fragments::default();
        let bytes = vec![7; 40_000];
        for n in 0..5_000 {
            assert_eq!(fragments.push(&fragment(n, 8, &bytes, false), at(0)), None);
            assert!(fragments.held_bytes <= MAX_HELD_BYTES);
            assert!(fragments.packets.len() <= MAX_PACKETS);
            assert!(fragments.order.len() <= 2 * MAX_PACKETS);
        }
        for n in 0..5_000 {
            fragments.push(&fragment(1, 8 * n, b"8 bytes.", false), at(0));
        }
        assert!(
            fragments
                .packets
                .values()
                .all(|it| it.by_offset.len() <= MAX_FRAGMENTS)
        );
        for n in 0..5_000 {
            let whole = fragments.push(&fragment(n, 0, b"whole", true), at(100));
            assert!(whole.is_some());
        }
        assert!(fragments.order.len() <= 2 * MAX_PACKETS + 1);
    }

    proptest! {
        #[test]
        fn the_order_of_fragments_makes_no_difference(
            bytes in proptest::collection::vec(any::<u8>(), 1..400),
            size in 1..8_usize,
            order in any::<proptest::sample::Index>(),
            repeated: bool,
        ) {
            let pieces: Vec<_> = bytes.chunks(size * 8).enumerate().collect();
            let count = pieces.len();
            let mut fragments = Fragments::default();
            let mut found = Vec::new();
            for n in 0..count {
                let (place, piece) = pieces[(n + order.index(count)) % count];
                let offset = (place * size * 8) as u32;
                let piece = fragment(1, offset, piece, place + 1 == count);
                if repeated && n + 1 < count {
                    fragments.push(&piece, at(0));
                }
                found.extend(fragments.push(&piece, at(0)));
            }
            let [joined] = &found[..] else {
                panic!("{found:?}");
            };
            prop_assert_eq!(&joined.bytes, &bytes);
            prop_assert_eq!(joined.whole_bytes, bytes.len() as u64);
        }

        #[test]
        fn any_fragments_are_taken_without_harm(
            all in proptest::collection::vec(
                (0..3_u32, 0..70_000_u32, 0..70_000_u32, 0..20_usize, any::<bool>()),
                0..200,
            ),
        ) {
            let mut fragments = Fragments::default();
            for (identification, offset, whole_bytes, len, is_last) in all {
                let bytes = vec![1; len];
                let any = Fragment { whole_bytes, ..fragment(identification, offset, &bytes, is_last) };
                if let Some(joined) = fragments.push(&any, at(0)) {
                    prop_assert!(joined.bytes.len() as u64 <= joined.whole_bytes);
                }
            }
            let held: usize = fragments.packets.values().map(|it| it.held_bytes).sum();
            prop_assert_eq!(fragments.held_bytes, held);
        }
    }
}
