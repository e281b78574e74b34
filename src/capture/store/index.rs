//! The index of a segment, written when it is sealed: the received, sent and lifecycle entries of each flow.

use super::format::{Class, FieldReader};

/// One category of a flow's entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Lane {
    Received,
    Sent,
    Lifecycle,
}

impl Lane {
    const COUNT: u32 = 3;

    pub(crate) fn of(class: Class) -> Self {
        match class {
            Class::Received => Self::Received,
            Class::Sent => Self::Sent,
            _ => Self::Lifecycle,
        }
    }
}

/// A flow's lane as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct LaneKey(u32);

impl LaneKey {
    pub(super) fn new(flow: u32, class: Class) -> Self {
        let lane = Lane::of(class) as u32;
        Self(flow.saturating_mul(Lane::COUNT).saturating_add(lane))
    }

    pub(super) fn place(self) -> usize {
        self.0 as usize
    }
}

/// The entries of a lane, ascending, numbered within the segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LaneEntries<'a> {
    /// The row of the segment's flows.
    pub(crate) flow: u32,
    pub(crate) lane: Lane,
    pub(crate) entries: &'a [u32],
}

/// The lanes of a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    /// For each non-empty lane, in order of its key: the key, and where its entries end in `entries`.
    lanes: Vec<(LaneKey, u32)>,
    entries: Vec<u32>,
}

impl Index {
    /// Builds the index of entries, given the lane of each.
    pub(super) fn build(keys: &[LaneKey]) -> Self {
        let lanes = keys.iter().map(|key| key.place() + 1).max().unwrap_or(0);
        let mut ends = vec![0_u32; lanes];
        for key in keys {
            if let Some(count) = ends.get_mut(key.place()) {
                *count += 1;
            }
        }
        let mut begins = Vec::with_capacity(lanes);
        let mut sum = 0;
        for end in &mut ends {
            begins.push(sum);
            sum += *end;
            *end = sum;
        }
        let mut entries = vec![0; keys.len()];
        for (number, key) in (0_u32..).zip(keys) {
            if let Some(place) = begins.get_mut(key.place()) {
                if let Some(entry) = entries.get_mut(*place as usize) {
                    *entry = number;
                }
                *place += 1;
            }
        }
        let mut before = 0;
        let lanes = (0..).map(LaneKey).zip(ends).filter(|&(_, end)| {
            let is_used = end > before;
            before = end;
            is_used
        });
        Self {
            lanes: lanes.collect(),
            entries,
        }
    }

    /// Returns the non-empty lanes, by flow.
    pub(crate) fn lanes(&self) -> impl Iterator<Item = LaneEntries<'_>> {
        let mut begin = 0;
        self.lanes.iter().map(move |&(LaneKey(key), end)| {
            let entries = self.entries.get(begin as usize..end as usize);
            begin = end;
            LaneEntries {
                flow: key / Lane::COUNT,
                lane: match key % Lane::COUNT {
                    0 => Lane::Received,
                    1 => Lane::Sent,
                    _ => Lane::Lifecycle,
                },
                entries: entries.unwrap_or_default(),
            }
        })
    }

    /// Returns the entries of one lane.
    pub(crate) fn lane(&self, flow: u32, lane: Lane) -> &[u32] {
        let Some(key) = flow.checked_mul(Lane::COUNT) else {
            return &[];
        };
        let key = LaneKey(key.saturating_add(lane as u32));
        let Ok(place) = self.lanes.binary_search_by_key(&key, |&(key, _)| key) else {
            return &[];
        };
        let begin = place
            .checked_sub(1)
            .and_then(|before| self.lanes.get(before));
        let begin = begin.map_or(0, |&(_, end)| end);
        let end = self.lanes.get(place).map_or(0, |&(_, end)| end);
        self.entries
            .get(begin as usize..end as usize)
            .unwrap_or_default()
    }

    /// `lanes 4 · entries 4 · (key 4 · end 4) each lane · entry 4 each · checksum 4`
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(12 + 8 * self.lanes.len() + 4 * self.entries.len());
        bytes.extend((self.lanes.len() as u32).to_le_bytes());
        bytes.extend((self.entries.len() as u32).to_le_bytes());
        for (LaneKey(key), end) in &self.lanes {
            bytes.extend(key.to_le_bytes());
            bytes.extend(end.to_le_bytes());
        }
        for entry in &self.entries {
            bytes.extend(entry.to_le_bytes());
        }
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        bytes
    }

    /// Returns whether bytes are those of an index as it was written.
    pub(super) fn is_whole(bytes: &[u8]) -> bool {
        whole(bytes).is_some()
    }

    /// Decodes the index of a segment with `len` entries and `flows` flows. Returns `None` if it is not intact.
    pub(super) fn decode(bytes: &[u8], len: u32, flows: u32) -> Option<Self> {
        let body = whole(bytes)?;
        let mut fields = FieldReader(body);
        let lane_count = fields.u32()?;
        let is_fitting = fields.u32()? == len
            && fields.0.len() as u64 == u64::from(lane_count) * 8 + u64::from(len) * 4;
        if !is_fitting {
            return None;
        }
        let mut lanes = Vec::with_capacity(lane_count as usize);
        for _ in 0..lane_count {
            lanes.push((LaneKey(fields.u32()?), fields.u32()?));
        }
        let entries: Vec<u32> = fields
            .0
            .chunks_exact(4)
            .filter_map(|entry| Some(u32::from_le_bytes(*entry.first_chunk()?)))
            .collect();
        let is_ordered = lanes.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1)
            && lanes.first().is_none_or(|&(_, end)| end > 0)
            && lanes.last().map_or(0, |&(_, end)| end) == len
            && lanes
                .iter()
                .all(|&(LaneKey(key), _)| key / Lane::COUNT < flows)
            && entries.iter().all(|&entry| entry < len);
        let index = Self { lanes, entries };
        let is_ascending = || {
            index
                .lanes()
                .all(|lane| lane.entries.is_sorted_by(|a, b| a < b))
        };
        (is_ordered && is_ascending()).then_some(index)
    }
}

/// Returns what stands before the checksum at the end, if that is right.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let (body, checksum) = bytes.split_last_chunk::<4>()?;
    (u32::from_le_bytes(*checksum) == crc32fast::hash(body)).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let key = LaneKey::new;
        Index::build(&[
            key(0, Class::Good),
            key(1, Class::Received),
            key(0, Class::Sent),
            key(1, Class::Received),
            key(0, Class::Bad),
        ])
    }

    #[test]
    fn the_entries_of_a_lane_are_found() {
        let index = index();
        assert_eq!(index.lane(0, Lane::Lifecycle), [0, 4]);
        assert_eq!(index.lane(0, Lane::Received), [0_u32; 0]);
        assert_eq!(index.lane(0, Lane::Sent), [2]);
        assert_eq!(index.lane(1, Lane::Received), [1, 3]);
        assert_eq!(index.lane(u32::MAX, Lane::Sent), [0_u32; 0]);
        let lanes: Vec<_> = index.lanes().map(|it| (it.flow, it.lane)).collect();
        let expected = [(0, Lane::Sent), (0, Lane::Lifecycle), (1, Lane::Received)];
        assert_eq!(lanes, expected);
    }

    #[test]
    fn an_index_is_read_back_for_its_segment_only() {
        let bytes = index().encode();
        assert_eq!(Index::decode(&bytes, 5, 2), Some(index()));
        assert_eq!(Index::decode(&bytes, 6, 2), None);
        assert_eq!(Index::decode(&bytes, 5, 1), None);
        let empty = Index::build(&[]);
        let bytes = empty.encode();
        assert_eq!(Index::decode(&bytes, 0, 0), Some(empty));
    }

    #[test]
    fn any_changed_byte_is_detected() {
        let bytes = index().encode();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x40;
            assert_eq!(Index::decode(&damaged, 5, 2), None, "byte {at}");
        }
    }
}
