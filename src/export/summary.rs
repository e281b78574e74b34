//! What an export came to, and where it does not hold what was on the wire.

use std::sync::Arc;

use crate::capture::store::ReadError;
use crate::net::{ConnectionId, Direction};

/// How many places a summary names; the others are counted.
pub(crate) const MAX_PLACES: usize = 100;

/// What an export came to.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// How many entries were exported.
    pub(crate) entries: u64,
    /// How many bytes of payload they have.
    pub(crate) bytes: u64,
    /// Where the export does not hold what was on the wire.
    pub(crate) unfaithful: Unfaithful,
}

/// Where an export does not hold what was on the wire.
#[derive(Debug, Default)]
pub(crate) struct Unfaithful {
    /// How many places there are.
    pub(crate) count: u64,
    /// The first of them, at most [`MAX_PLACES`].
    pub(crate) first: Vec<Place>,
    /// At how many of them an entry is damaged on disk.
    pub(crate) damaged: u64,
}

impl Unfaithful {
    /// Takes note of a place.
    pub(super) fn push(&mut self, place: Place) {
        if self.joins_last(&place) {
            return;
        }
        self.count += 1;
        self.damaged += u64::from(matches!(place.lack, Lack::Damaged(_)));
        if self.first.len() < MAX_PLACES {
            self.first.push(place);
        }
    }

    /// Entries are given up many at a time: a run of them is one place.
    fn joins_last(&mut self, place: &Place) -> bool {
        let (Some(last), Lack::GivenUp { entries: more }) = (self.first.last_mut(), &place.lack)
        else {
            return false;
        };
        match &mut last.lack {
            Lack::GivenUp { entries } if last.entry + *entries == place.entry => {
                *entries += more;
                true
            }
            _ => false,
        }
    }
}

/// Where something is missing, and why.
#[derive(Debug)]
pub(crate) struct Place {
    /// The number of the entry.
    pub(crate) entry: u64,
    /// Its connection, where that is known.
    pub(crate) connection: Option<ConnectionId>,
    /// Why.
    pub(crate) lack: Lack,
}

/// What is missing.
#[derive(Debug)]
pub(crate) enum Lack {
    /// Only the first bytes of the chunk were kept.
    Cut {
        /// Which stream.
        direction: Direction,
        /// How many bytes were kept.
        kept_bytes: u64,
        /// How many there were.
        size_bytes: u64,
    },
    /// The captured file did not hold these bytes.
    Missing {
        /// Which stream.
        direction: Direction,
        /// How many.
        bytes: u64,
    },
    /// Bytes of the stream belong to entries that are not in this export: given up, or not chosen.
    LeftOut {
        /// Which stream.
        direction: Direction,
        /// Where in the stream they begin.
        offset: u64,
        /// How many.
        bytes: u64,
    },
    /// Nothing was recorded for a while.
    NotRecorded {
        /// How many entries there would have been.
        entries: u64,
    },
    /// Entries from this one on were given up for newer ones.
    GivenUp {
        /// How many.
        entries: u64,
    },
    /// The entry is damaged on disk.
    Damaged(Arc<ReadError>),
}

impl Lack {
    /// Returns whether an exported entry tells of it, too.
    pub(crate) fn has_entry(&self) -> bool {
        !matches!(self, Self::GivenUp { .. } | Self::Damaged(_))
    }
}

/// The name of a stream, as files and formats have it.
pub(super) fn name(direction: Direction) -> &'static str {
    match direction {
        Direction::Received => "received",
        Direction::Sent => "sent",
    }
}
