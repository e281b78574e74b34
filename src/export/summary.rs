//! The outcome of an export, and where it differs from what was on the wire.

use std::sync::Arc;

use crate::capture::pcap::ImportError;
use crate::capture::store::{Ended, ReadError};
use crate::net::{Direction, FlowId};

/// How many places a summary lists; the others are only counted.
pub(crate) const MAX_PLACES: usize = 100;

/// The outcome of an export.
#[derive(Debug, Default)]
pub(crate) struct ExportSummary {
    /// How many entries were exported; none that could not be read.
    pub(crate) entries: u64,
    /// How many bytes of payload were exported.
    pub(crate) bytes: u64,
    /// Where the export differs from what was on the wire.
    pub(crate) unfaithful: Unfaithful,
}

/// Where an export differs from what was on the wire.
#[derive(Debug, Default)]
pub(crate) struct Unfaithful {
    /// How many places there are.
    pub(crate) count: u64,
    /// The first of them, at most [`MAX_PLACES`].
    pub(crate) first: Vec<Omission>,
    /// How many of them are entries damaged on disk.
    pub(crate) damaged: u64,
    /// How many of them are other failures: see [`OmissionKind::is_failure`].
    pub(crate) lost: u64,
}

impl Unfaithful {
    /// Adds a place: an entry, its connection, and what is lacking there.
    pub(super) fn note(&mut self, entry: u64, connection: Option<FlowId>, lack: OmissionKind) {
        let place = Omission {
            entry,
            connection,
            lack,
        };
        if self.joins_last(&place) {
            return;
        }
        self.count += 1;
        match place.lack {
            OmissionKind::Damaged(_) => self.damaged += 1,
            OmissionKind::Unreadable { entries, .. } => self.damaged += entries,
            ref lack => self.lost += u64::from(lack.is_failure()),
        }
        if self.first.len() < MAX_PLACES {
            self.first.push(place);
        }
    }

    /// Entries are dropped many at a time: a run of them is one place. So are the datagrams that have no file.
    fn joins_last(&mut self, place: &Omission) -> bool {
        let full = self
            .first
            .iter_mut()
            .find_map(|place| match &mut place.lack {
                OmissionKind::FilesFull { datagrams } => Some(datagrams),
                _ => None,
            });
        if let (Some(all), OmissionKind::FilesFull { datagrams }) = (full, &place.lack) {
            *all += datagrams;
            return true;
        }
        let (Some(last), OmissionKind::GivenUp { entries: more }) =
            (self.first.last_mut(), &place.lack)
        else {
            return false;
        };
        match &mut last.lack {
            OmissionKind::GivenUp { entries } if last.entry + *entries == place.entry => {
                *entries += more;
                true
            }
            _ => false,
        }
    }
}

/// Where something is missing, and why.
#[derive(Debug)]
pub(crate) struct Omission {
    /// The number of the entry.
    pub(crate) entry: u64,
    /// Its connection, if known.
    pub(crate) connection: Option<FlowId>,
    /// Why.
    pub(crate) lack: OmissionKind,
}

/// What is missing.
#[derive(Debug)]
pub(crate) enum OmissionKind {
    /// Only the first bytes of the chunk were kept.
    Cut {
        /// Which stream.
        direction: Direction,
        /// How many bytes were kept.
        kept_bytes: u64,
        /// How many bytes the chunk had.
        size_bytes: u64,
    },
    /// The imported file did not contain these bytes.
    Missing {
        /// Which stream.
        direction: Direction,
        /// How many.
        bytes: u64,
    },
    /// Bytes of the stream belong to entries that are not in this export: dropped, or not chosen.
    LeftOut {
        /// Which stream.
        direction: Direction,
        /// Their offset in the stream.
        offset: u64,
        /// How many.
        bytes: u64,
    },
    /// Nothing was recorded for a while.
    NotRecorded {
        /// How many entries are missing.
        entries: u64,
        /// Why recording had stopped, if that is known.
        ended: Option<Ended>,
    },
    /// Entries from this one on were dropped for newer ones.
    GivenUp {
        /// How many.
        entries: u64,
    },
    /// Something of the entry is damaged on disk.
    Damaged(Arc<ReadError>),
    /// Entries from this one on cannot be read.
    Unreadable {
        /// How many.
        entries: u64,
        /// Why the first cannot be read.
        why: Arc<ReadError>,
    },
    /// From this entry on, datagrams have no file of their own: there would be too many.
    FilesFull {
        /// How many have none.
        datagrams: u64,
    },
    /// Packets of the lab are not in its file.
    PacketsLost {
        /// How many.
        packets: u64,
    },
    /// The file with the packets of the lab cannot be read, or not to its end.
    PacketFile(Arc<ImportError>),
}

impl OmissionKind {
    /// Returns whether it was not the user's choice: neither a limit on what is kept, nor recording that was off.
    pub(crate) fn is_failure(&self) -> bool {
        match self {
            Self::Cut { .. } | Self::LeftOut { .. } | Self::GivenUp { .. } => false,
            Self::NotRecorded { ended, .. } => *ended != Some(Ended::Off),
            Self::Missing { .. }
            | Self::Damaged(_)
            | Self::Unreadable { .. }
            | Self::FilesFull { .. }
            | Self::PacketsLost { .. }
            | Self::PacketFile(_) => true,
        }
    }

    /// Returns whether an exported entry also reports it.
    pub(crate) fn has_entry(&self) -> bool {
        !matches!(
            self,
            Self::GivenUp { .. }
                | Self::Damaged(_)
                | Self::Unreadable { .. }
                | Self::FilesFull { .. }
                | Self::PacketsLost { .. }
                | Self::PacketFile(_)
        )
    }
}

/// The name of a stream in files and formats.
pub(super) fn name(direction: Direction) -> &'static str {
    match direction {
        Direction::Received => "received",
        Direction::Sent => "sent",
    }
}
