//! Looking for patterns in streams of bytes. Pure: bytes come in, the entries that are touched go out.

mod run;
mod stream;
mod streams;

pub(super) use run::Slot;
pub(super) use streams::{EntrySearch, SearchChunk, StreamKey};
