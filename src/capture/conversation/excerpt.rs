//! The bytes of a row, with what stands around them in their chunk: a match may reach from row to row.

use std::ops::Range;

use bytes::Bytes;

/// How many bytes before and after a row belong to its surroundings, at most. Of a match that reaches further, only the
/// rows that hold it by themselves show it.
const AROUND_BYTES: usize = 1024;

/// The bytes of a row, with what stands around them in their chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    around: Bytes,
    row: Range<usize>,
    /// Where the row begins in the stream.
    offset: u64,
}

impl Excerpt {
    /// Takes a row out of a chunk that begins at `chunk_offset` in its stream. A row that reaches beyond the chunk ends
    /// with it.
    pub fn new(chunk: &Bytes, chunk_offset: u64, row: Range<usize>) -> Self {
        let end = row.end.min(chunk.len());
        let start = row.start.min(end);
        let first = start.saturating_sub(AROUND_BYTES);
        let last = end.saturating_add(AROUND_BYTES).min(chunk.len());
        Self {
            around: chunk.slice(first..last),
            row: start - first..end - first,
            offset: chunk_offset.saturating_add(start as u64),
        }
    }

    /// Returns the bytes of the row.
    pub fn bytes(&self) -> &[u8] {
        self.around.get(self.row.clone()).unwrap_or_default()
    }

    /// Returns where they begin in the stream.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Returns them with up to 1 KiB of the chunk before and after them.
    pub fn around(&self) -> &[u8] {
        &self.around
    }

    /// Returns where [`Self::around`] begins in the stream.
    pub fn around_offset(&self) -> u64 {
        self.offset.saturating_sub(self.row.start as u64)
    }

    /// Returns the parts that the row has of ranges of [`Self::around`], counted from its first byte.
    pub fn within(&self, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
        let place = |at: usize| at.clamp(self.row.start, self.row.end) - self.row.start;
        let ranges = ranges.into_iter().map(|it| place(it.start)..place(it.end));
        ranges.filter(|it| !it.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_knows_what_stands_around_it_up_to_a_bound() {
        let chunk = Bytes::from_static(&[7; 5_000]);
        let check = |row: Range<usize>, around: Range<usize>| {
            let excerpt = Excerpt::new(&chunk, 100, row.clone());
            assert_eq!(excerpt.bytes().len(), row.len(), "{row:?}");
            assert_eq!(excerpt.offset(), 100 + row.start as u64, "{row:?}");
            assert_eq!(excerpt.around().len(), around.len(), "{row:?}");
            assert_eq!(excerpt.around_offset(), 100 + around.start as u64);
        };
        check(0..20, 0..1_044);
        check(1_000..1_020, 0..2_044);
        check(2_000..2_020, 976..3_044);
        check(4_990..5_000, 3_966..5_000);
        let beyond = Excerpt::new(&chunk, 0, 4_990..9_000);
        assert_eq!(beyond.bytes().len(), 10);
    }

    #[test]
    fn ranges_around_a_row_are_cut_to_it() {
        let excerpt = Excerpt::new(&Bytes::from_static(b"0123456789"), 0, 4..7);
        let found = excerpt.within([0..2, 2..5, 5..6, 6..9, 8..9]);
        assert_eq!(found, [0..1, 1..2, 2..3]);
    }
}
