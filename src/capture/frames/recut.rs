//! The rows of a mark: its own, and the frames after it, which are cut again from their chunk.

use std::ops::Range;

use super::mark::{StoredFrame, TableMark, TableRow};
use crate::capture::entry::Entry;
use crate::capture::frame_rules::FrameRules;
use crate::capture::record::{Depth, Record};
use crate::payload::framing::Cutter;

/// How many bytes are cut before checking whether there are enough rows.
const STEP_BYTES: usize = 4_096;

impl TableMark {
    /// Returns these rows of a mark, as far as it has them. A frame that cannot be cut again is replaced by the entry
    /// of its chunk, whose row explains why.
    pub(crate) fn rows_within(
        self,
        wanted: &Range<u64>,
        rules: &FrameRules,
        record: &Record,
    ) -> Vec<TableRow> {
        let all = self.rows();
        let (start, end) = (wanted.start.max(all.start), wanted.end.min(all.end));
        let count = end.saturating_sub(start) as usize;
        let skipped = start.saturating_sub(all.start) as usize;
        let done = self.done;
        let mut rows = vec![self.row];
        if skipped + count > 1
            && let Some(TableRow::Frame(before)) = rows.first().cloned()
            && let Ok(Some(entry)) = record.entry(done, Depth::Whole)
            && entry.damage.is_none()
        {
            cut_again(&before, &entry, rules, skipped + count, &mut rows);
        }
        rows.resize(skipped + count, TableRow::Entry(done));
        rows.split_off(skipped.min(rows.len()))
    }
}

/// Cuts the frames after a mark's own, in the chunk where that one ends, until there are enough rows.
fn cut_again(
    before: &StoredFrame,
    entry: &Entry,
    rules: &FrameRules,
    count: usize,
    rows: &mut Vec<TableRow>,
) {
    let payload = entry.payload().map(|payload| &payload.bytes);
    let rule = rules.of(entry.event.endpoint, before.stream.direction);
    let framing = rule.and_then(|rule| rule.framing.as_ref());
    let (Some(rule), Some(framing), Some(bytes)) = (rule, framing, payload) else {
        return;
    };
    let offset = entry.stream().offset;
    let at = |offset_in_stream: u64| {
        let within = offset_in_stream.checked_sub(offset);
        within.and_then(|within| usize::try_from(within).ok())
    };
    let rest = at(before.range.end).and_then(|at| bytes.get(at..));
    let mut cutter = Cutter::new(framing);
    cutter.skip(before.range.end, &mut |_| {});
    for piece in rest.unwrap_or_default().chunks(STEP_BYTES) {
        if rows.len() >= count {
            return;
        }
        cutter.push(piece, entry.event.stamp.0, &mut |frame| {
            let range = at(frame.range.start).zip(at(frame.range.end));
            let of_frame = range.and_then(|(start, end)| bytes.get(start..end));
            let good = rule.judge(frame.fault.is_some(), of_frame);
            rows.push(TableRow::Frame(StoredFrame {
                range: frame.range,
                first_entry: entry.number,
                last_entry: entry.number,
                chunks: 1,
                late_nanos: 0,
                fault: frame.fault,
                good,
                ..*before
            }));
        });
    }
}
