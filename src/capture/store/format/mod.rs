//! The bytes of a capture's files: heads, entry records, rows of flows, seals. Pure; all numbers are little-endian.
//!
//! Nothing that is read is trusted: a head, record, row or seal with a wrong checksum is rejected. What is not known in
//! one that is whole is skipped. `spare` bytes are written as zero and not looked at.

mod bytes;
mod entry_record;
mod flow;
mod head;
mod sample;
mod seal;
#[cfg(test)]
mod tests;

pub(super) use bytes::{FieldReader, sum};
pub(crate) use entry_record::{Class, EntryRecord};
pub(super) use entry_record::{MAX_DRIFT, RECORD_BYTES};
pub(crate) use flow::Flow;
pub(super) use flow::{FLOW_BYTES, FlowBody};
pub(super) use head::{HEAD_BYTES, Head, RowLocation, SegmentFile};
pub(super) use sample::SampleRow;
pub use seal::Ended;
pub(super) use seal::{SEAL_BYTES, Seal};

/// The format version, in the manifest and in the head of every file. It changes only if older readers would
/// misunderstand what is written; new kinds, fields, rows and files do not change it.
pub(crate) const VERSION: u32 = 2;

/// The most entries in a segment. Usually there are far fewer: it only grows this large if no new segment can be
/// started.
pub(super) const MAX_ENTRIES: u32 = 1024 * 1024;
/// The largest payload file. Usually it is far smaller.
pub(super) const MAX_PAYLOAD_BYTES: u64 = 512 * 1024 * 1024;
/// The largest samples file. Usually it is far smaller.
pub(super) const MAX_SAMPLES_BYTES: u64 = 64 * 1024 * 1024;
