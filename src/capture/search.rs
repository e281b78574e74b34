//! Searches streams of bytes for patterns. Pure: takes bytes, returns the entries that matches touch.

mod run;
mod sieve;
mod stream;
mod streams;

pub(super) use run::Slot;
pub(super) use sieve::{Sieve, Sifted};
pub(super) use streams::{EntrySearch, FreshPlace, SearchChunk, SearchReport, StreamIn};
