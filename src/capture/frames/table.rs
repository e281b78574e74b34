//! The table of a session's frames. It is derived from the recording and stored next to it, in an unnamed temporary
//! file.
//!
//! Rows are in the order of completion, with entries that are not chunks between them. They are appended at the end and
//! dropped at the beginning: with the entries that complete them, or because the table has a limit. A chunk of many frames
//! has one [`TableMark`]. For the frames that start and end in the chunk, only their number is kept; they are cut again
//! when they are shown.

use std::collections::VecDeque;
use std::io;
use std::path::Path;

use super::blocks::{BLOCK_BYTES, BlockFile};
use super::mark::{MAX_MARK_BYTES, MarksBefore, TableMark, TableRow};

/// The table.
#[derive(Debug)]
pub(crate) struct Table {
    blocks: Option<BlockFile>,
    /// The blocks in the file, oldest first.
    written: VecDeque<Written>,
    /// The marks after those. All but the last have been encoded.
    waiting: Vec<TableMark>,
    encoded: Vec<u8>,
    before: MarksBefore,
    /// The first row that is kept.
    gone: u64,
    /// The row after the last.
    end: u64,
    /// The most bytes of the file.
    limit_bytes: u64,
    /// How many rows were dropped because of that.
    over_limit: u64,
    /// Why no more rows can be written, if so.
    failure: Option<io::Error>,
}

/// A block in the file.
#[derive(Clone, Copy, Debug)]
struct Written {
    place: u64,
    /// How many marks it holds.
    marks: usize,
    /// The number of its first row.
    first_row: u64,
    /// The entry that completes its last row.
    last_done: u64,
}

impl Table {
    /// Creates a table next to a capture, or in the system's temporary directory.
    pub(crate) fn create(beside: &Path, limit_bytes: u64) -> Self {
        let blocks = BlockFile::create(beside);
        let (blocks, failure) = blocks.map_or_else(|it| (None, Some(it)), |it| (Some(it), None));
        Self {
            blocks,
            written: VecDeque::new(),
            waiting: Vec::new(),
            encoded: Vec::new(),
            before: MarksBefore::default(),
            gone: 0,
            end: 0,
            limit_bytes,
            over_limit: 0,
            failure,
        }
    }

    /// Returns the number of rows that are kept.
    pub(crate) fn len(&self) -> u64 {
        self.end - self.gone
    }

    /// Returns the number of rows that it ever had.
    pub(crate) fn end(&self) -> u64 {
        self.end
    }

    /// Returns the number of rows that are no longer kept.
    pub(crate) fn gone(&self) -> u64 {
        self.gone
    }

    /// Returns the number of rows that were dropped although their entries are kept, because the table has a limit.
    pub(crate) fn over_limit(&self) -> u64 {
        self.over_limit.min(self.gone)
    }

    /// Returns the size of the file.
    pub(crate) fn disk_bytes(&self) -> u64 {
        self.blocks.as_ref().map_or(0, BlockFile::disk_bytes)
    }

    /// Returns why no more rows can be written, if so.
    pub(crate) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Changes the limit of the file, from the next row on.
    pub(crate) fn set_limit(&mut self, limit_bytes: u64) {
        self.limit_bytes = limit_bytes;
    }

    /// Appends a row that the entry `done` completes.
    pub(crate) fn push(&mut self, done: u64, row: TableRow) {
        if self.failure.is_some() {
            return;
        }
        if let Some(last) = self.waiting.last() {
            self.before.write(last, &mut self.encoded);
        }
        if self.encoded.len() + MAX_MARK_BYTES > BLOCK_BYTES {
            self.failure = self.write().err();
        }
        self.waiting.push(TableMark {
            number: self.end,
            done,
            row,
            more: 0,
        });
        self.end += 1;
    }

    /// Appends `more` frames that start and end in the entry that completes the newest row, where that row ends too.
    /// They directly follow a row.
    pub(crate) fn push_more(&mut self, more: u16) {
        if let Some(mark) = self.waiting.last_mut()
            && more > 0
            && self.failure.is_none()
        {
            mark.more = more;
            self.end += u64::from(more);
        }
    }

    /// Writes the waiting marks as a block.
    fn write(&mut self) -> io::Result<()> {
        let (Some(first), Some(last)) = (self.waiting.first(), self.waiting.last()) else {
            return Ok(());
        };
        let (first_row, last_done) = (first.number, last.done);
        let most_blocks = self.limit_bytes / BLOCK_BYTES as u64;
        while self.written.len() as u64 >= most_blocks && self.drop_oldest() {}
        if let Some(blocks) = &mut self.blocks {
            let place = blocks.write(&mut self.encoded)?;
            self.written.push_back(Written {
                place,
                marks: self.waiting.len(),
                first_row,
                last_done,
            });
        }
        self.waiting.clear();
        self.encoded.clear();
        self.before = MarksBefore::new(self.end);
        Ok(())
    }

    /// Drops the oldest block to make room for the next one.
    fn drop_oldest(&mut self) -> bool {
        let Some(oldest) = self.written.pop_front() else {
            return false;
        };
        self.free(oldest);
        let waiting = self.waiting.first().map(|it| it.number);
        let next = self.written.front().map(|it| it.first_row);
        let next = next.or(waiting).unwrap_or(self.end);
        self.over_limit += next.saturating_sub(self.gone);
        self.gone = self.gone.max(next);
        true
    }

    /// Drops the rows that entries before this one complete.
    pub(crate) fn give_up(&mut self, first_kept: u64) {
        let gone = self.row_from(first_kept);
        if gone > self.gone {
            self.over_limit = 0;
            self.gone = gone;
        }
        while let Some(oldest) = self.written.front().copied()
            && oldest.last_done < first_kept
        {
            self.written.pop_front();
            self.free(oldest);
        }
    }

    fn free(&mut self, block: Written) {
        if let Some(blocks) = &mut self.blocks {
            blocks.free(block.place);
        }
    }

    /// Returns the marks from the one that a row belongs to.
    pub(crate) fn marks_from_row(&self, row: u64) -> impl Iterator<Item = TableMark> + '_ {
        let after = self.written.partition_point(|it| it.first_row <= row);
        self.marks(after.saturating_sub(1))
            .skip_while(move |mark| mark.rows().end <= row)
    }

    /// Returns the marks completed by this entry or a later one.
    pub(crate) fn marks_done_from(&self, entry: u64) -> impl Iterator<Item = TableMark> + '_ {
        let block = self.written.partition_point(|it| it.last_done < entry);
        self.marks(block).skip_while(move |mark| mark.done < entry)
    }

    /// Returns the first row completed by this entry or a later one.
    pub(crate) fn row_from(&self, entry: u64) -> u64 {
        let mark = self.marks_done_from(entry).next();
        mark.map_or(self.end, |mark| mark.number)
    }

    /// Returns the marks from a written block on. One that cannot be read has none.
    fn marks(&self, block: usize) -> impl Iterator<Item = TableMark> + '_ {
        let written = self.written.range(block.min(self.written.len())..);
        let written = written.flat_map(|block| self.read(block).unwrap_or_default());
        written.chain(self.waiting.iter().cloned())
    }

    fn read(&self, block: &Written) -> Option<Vec<TableMark>> {
        let bytes = self.blocks.as_ref()?.read(block.place).ok()?;
        let (mut before, mut rest) = (MarksBefore::new(block.first_row), bytes.as_slice());
        (0..block.marks).map(|_| before.read(&mut rest)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::entry::StreamId;
    use crate::capture::frames::mark::StoredFrame;
    use crate::net::FlowId;

    /// The row of the mark with this number: every fifth is an entry.
    fn row(number: u64) -> TableRow {
        if number.is_multiple_of(5) {
            return TableRow::Entry(number);
        }
        TableRow::Frame(StoredFrame {
            stream: StreamId::both(FlowId::server(number % 11))[number as usize % 2],
            range: number..3 * number + 1,
            first_entry: number,
            last_entry: number,
            chunks: 1,
            late_nanos: 0,
            fault: None,
            good: None,
        })
    }

    /// A table of marks that entries with their numbers complete; every seventh has three more frames.
    fn table(limit_bytes: u64, count: u64) -> (tempfile::TempDir, Table, Vec<TableMark>) {
        let dir = tempfile::tempdir().unwrap();
        let mut table = Table::create(dir.path(), limit_bytes);
        let mut marks = Vec::new();
        for done in 0..count {
            let more = 3 * u16::from(done.is_multiple_of(7));
            marks.push(TableMark {
                number: table.end,
                done,
                row: row(done),
                more,
            });
            table.push(done, row(done));
            table.push_more(more);
        }
        (dir, table, marks)
    }

    #[test]
    fn a_mark_is_found_by_its_rows_and_by_its_entry() {
        let (_dir, table, marks) = table(u64::MAX, 10_000);
        assert!(table.written.len() > 3, "{:?}", table.written);
        assert!(table.disk_bytes() < 100_000, "{}", table.disk_bytes());
        assert_eq!(table.len(), 10_000 + 3 * 10_000_u64.div_ceil(7));
        for (done, mark) in (0..).zip(&marks).step_by(101) {
            for row in mark.rows() {
                assert_eq!(table.marks_from_row(row).next().as_ref(), Some(mark));
            }
            assert_eq!(table.row_from(done), mark.number);
        }
        assert!(table.marks_from_row(0).eq(marks.clone()));
        assert!(table.marks_done_from(9_998).eq(marks[9_998..].to_vec()));
        assert_eq!(table.marks_from_row(table.end).next(), None);
        assert_eq!(table.row_from(u64::MAX), table.end);
    }

    #[test]
    fn rows_are_dropped_with_their_entries_and_their_room_is_given_back() {
        let (_dir, mut table, marks) = table(u64::MAX, 10_000);
        let (end, full) = (table.end, table.disk_bytes());
        table.give_up(5_000);
        assert_eq!(table.gone(), marks[5_000].number);
        assert_eq!(table.len(), end - table.gone());
        assert!(
            table
                .marks_from_row(table.gone())
                .eq(marks[5_000..].to_vec())
        );
        let after = table.written.len() as u64;
        for done in 10_000..13_000 {
            table.push(done, row(done));
        }
        assert!(table.written.len() as u64 > after);
        assert_eq!(table.disk_bytes(), full, "the room is used again");
        table.give_up(20_000);
        assert_eq!((table.len(), table.disk_bytes()), (0, 0));
        assert_eq!(table.over_limit(), 0);
    }

    #[test]
    fn at_its_limit_it_drops_the_oldest_rows() {
        let limit = 3 * BLOCK_BYTES as u64;
        let (_dir, mut table, marks) = table(limit, 20_000);
        assert_eq!(table.disk_bytes(), limit);
        assert!(table.gone() > 0);
        assert_eq!(table.over_limit(), table.gone());
        let kept = marks.iter().position(|it| it.number == table.gone());
        assert!(
            table
                .marks_from_row(table.gone())
                .eq(marks[kept.unwrap()..].to_vec())
        );
        table.give_up(19_000);
        assert_eq!(table.gone(), marks[19_000].number);
        assert_eq!(table.over_limit(), 0);
    }
}
