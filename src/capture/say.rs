//! What find, copying and exports need words for. A language says it; what stands here knows none.

use std::fmt::Debug;

use super::entry::Entry;
use super::row::{Happening, Row};
use super::store::ReadError;
use crate::payload::VisibleText;

/// Says in a language what stands on record.
///
/// What came from outside (a host name) is made visible in it; see [`VisibleText::plain`].
pub trait Say: Debug + Send + Sync {
    /// Returns what happened, as the timeline shows it. Of bytes it says how many, not which.
    fn entry(&self, entry: &Entry) -> VisibleText;

    /// Returns why an entry cannot be read.
    fn unreadable(&self, error: &ReadError) -> VisibleText;

    /// Returns what a row without bytes shows.
    fn happening(&self, happening: &Happening) -> VisibleText {
        match happening {
            Happening::Entry(entry) => self.entry(entry),
            Happening::Unreadable(error) => self.unreadable(error),
        }
    }

    /// Returns a row as a screen reader speaks it: `received 14 bytes from 127.0.0.1:53122: Hello, server!`, with the
    /// endpoint's name before it where one is given.
    fn row(&self, row: &Row, endpoint_name: Option<&str>) -> String;

    /// Returns why, in a few words, where an entry has a reason: how a connection ended, or what failed.
    fn reason(&self, entry: &Entry) -> Option<String>;

    /// Returns what an export or a copy remarks where it does not hold what was on the wire.
    fn remark(&self, remark: Remark<'_>) -> String;
}

/// Where an export or a copy does not hold what was on the wire.
#[derive(Clone, Copy, Debug)]
pub enum Remark<'a> {
    /// Bytes that were not kept, at this place of a copied stream.
    NotKept {
        /// How many.
        bytes: u64,
    },
    /// Bytes that a file of a stream does not hold.
    Gap {
        /// The file.
        file: &'a str,
        /// Where they would stand in it.
        file_offset: u64,
        /// Where they stand in the stream.
        offset: u64,
        /// How many.
        bytes: u64,
        /// Why.
        why: Absence,
    },
    /// Packets: they are made up from what the sockets told.
    Reconstructed,
    /// Packets: the beginning of the connection is not in the export.
    NoBeginning,
    /// Packets: bytes of the stream before this one are missing.
    MissingBefore {
        /// How many.
        bytes: u64,
    },
    /// Packets: this FIN was not seen, because the connection was closed here before the peer finished.
    AssumedEnd,
}

/// Why a file does not hold bytes of its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Only the first bytes of the chunk were kept.
    NotKept,
    /// The captured file did not hold them.
    NotCaptured,
    /// They belong to entries that are not in the export.
    NotExported,
}
