//! The words that finds, copies and exports need. A language provides them; this module has none.

use std::fmt::Debug;

use super::entry::Entry;
use super::row::{Happening, Row};
use super::store::{CutShort, ReadError};
use crate::net::kernel::Syn;
use crate::payload::VisibleText;

/// Describes recorded items in a language.
///
/// External text in it (a host name) is made visible; see [`VisibleText::plain`].
pub trait Say: Debug + Send + Sync {
    /// Returns what happened, as the timeline shows it. For bytes, only their number is included.
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

    /// Returns a row as a screen reader speaks it: `received 14 bytes from 127.0.0.1:53122: Hello, server!`. It starts
    /// with the endpoint's name, if given.
    fn row(&self, row: &Row, endpoint_name: Option<&str>) -> String;

    /// Returns the reason for an entry in a few words, if it has one: how a connection ended, or what failed.
    fn reason(&self, entry: &Entry) -> Option<String>;

    /// Returns what the SYN of a peer says.
    fn syn(&self, syn: &Syn) -> String;

    /// Returns the note for a place where an export or a copy differs from what was on the wire.
    fn remark(&self, remark: Remark<'_>) -> String;
}

/// A language to say things in from now on. Two are equal if they are the same value.
#[derive(Clone, Copy, Debug)]
pub struct Voice(pub &'static dyn Say);

impl PartialEq for Voice {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(self.0, other.0)
    }
}

/// A place where an export or a copy differs from what was on the wire.
#[derive(Clone, Copy, Debug)]
pub enum Remark<'a> {
    /// At this place of a copied stream, bytes were not kept.
    NotKept {
        /// How many.
        bytes: u64,
    },
    /// Bytes are missing from the exported file of a stream.
    Gap {
        /// The file.
        file: &'a str,
        /// Their position in the file, had they been kept.
        file_offset: u64,
        /// Their offset in the stream.
        offset: u64,
        /// How many.
        bytes: u64,
        /// Why.
        why: Absence,
    },
    /// The end of a datagram is missing from its exported file.
    CutDatagram {
        /// The file.
        file: &'a str,
        /// How many bytes.
        bytes: u64,
        /// Why.
        why: Absence,
    },
    /// Entries cannot be read.
    Unreadable {
        /// The number of the first.
        first: u64,
        /// How many there are.
        entries: u64,
        /// Why the first cannot be read.
        why: &'a ReadError,
    },
    /// Recording was cut short here.
    CutShort(CutShort),
    /// Packets: they are reconstructed from socket events.
    Reconstructed,
    /// Packets: they were on the wire of the lab.
    Real,
    /// Packets: those of the lab were on its wire, the others are reconstructed.
    RealAndReconstructed,
    /// Packets: the export does not contain the start of the connection.
    NoBeginning,
    /// Packets: stream bytes before this one are missing.
    MissingBefore {
        /// How many.
        bytes: u64,
    },
    /// Packets: what this connection carries from here on was encrypted with TLS on the wire, and is in the clear here.
    Decrypted,
    /// Packets: this FIN was not observed, because the connection was closed here before the peer finished.
    AssumedEnd,
}

/// Why a file lacks bytes of its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Only the first bytes of the chunk were kept.
    NotKept,
    /// They are damaged on disk.
    Damaged,
    /// The imported capture file did not contain them.
    NotCaptured,
    /// They belong to entries that are not in the export.
    NotExported,
}
