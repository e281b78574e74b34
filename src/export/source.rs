//! The source of an export: a whole record, or some of its entries.

use std::collections::HashSet;
use std::fmt;
use std::path::PathBuf;

use super::error::ExportError;
use crate::capture::Entry;
use crate::capture::Filter;
use crate::capture::chosen::{Chosen, Unread};
use crate::capture::pass::{Pass, Turn};
use crate::capture::progress::{OnProgress, Progress};
use crate::capture::store::{CutShort, Ended, Flow, ReadError, Store};
use crate::capture::{Depth, Record, Say, UnreadRun};
use crate::net::EndpointId;

/// Entries of a record in order, each at a place counted from 0. Entries recorded later are not included.
pub(crate) struct ExportSource {
    record: Record,
    places: u64,
    number: Box<dyn Fn(u64) -> Option<u64> + Send>,
    endpoints: Option<HashSet<EndpointId>>,
    is_whole: bool,
    /// Whether what was chosen reaches to the end of the record.
    has_end: bool,
    /// How many entries before the first place were dropped for newer ones.
    given_up: u64,
    /// Entries that could not be read when the places were chosen.
    unread: Unread,
}

/// What is at a place.
#[derive(Debug)]
pub(super) enum AtPlace<T> {
    /// This value.
    Here(T),
    /// Nothing: the entry was not chosen.
    NotChosen,
    /// The entry of this number is no longer on record.
    GivenUp(u64),
    /// The entry of this number is damaged; those after it may be intact.
    Damaged(u64, ReadError),
}

impl ExportSource {
    /// All entries recorded so far.
    pub(crate) fn whole(record: Record) -> Self {
        let status = record.status();
        let first = status.first_kept;
        Self {
            places: status.entries.saturating_sub(first),
            given_up: first,
            is_whole: true,
            has_end: true,
            ..Self::chosen(record, 0, move |place| first.checked_add(place))
        }
    }

    /// Chosen entries: `number` returns the entry number at each place, in ascending order.
    pub(crate) fn chosen(
        record: Record,
        places: u64,
        number: impl Fn(u64) -> Option<u64> + Send + 'static,
    ) -> Self {
        Self {
            record,
            places,
            number: Box::new(number),
            endpoints: None,
            is_whole: false,
            has_end: false,
            given_up: 0,
            unread: Unread::default(),
        }
    }

    /// The entries of a view recorded so far, optionally only those with numbers within `entries`, inclusive. The view
    /// is built first; `say` provides the text in which a pattern is searched for.
    pub(crate) fn of_view(
        record: Record,
        filter: &Filter,
        entries: Option<(u64, u64)>,
        say: &'static dyn Say,
        progress: &mut OnProgress<'_>,
    ) -> Result<Self, ExportError> {
        let (from, last) = entries.unwrap_or((0, u64::MAX));
        let status = record.status();
        let behind = last.saturating_add(1);
        // A match may touch entries of which only some are within the range, so all are searched.
        let has_pattern = filter.pattern.is_some();
        let end = status
            .entries
            .min(if has_pattern { u64::MAX } else { behind });
        let from_entry = if has_pattern { 0 } else { from };
        let filter = Filter {
            from_entry: filter.from_entry.max(from_entry),
            ..filter.of_entries()
        };
        let given_up = status
            .first_kept
            .saturating_sub(filter.from_entry.max(from));
        let mut chosen = Chosen::new(&filter, None, say);
        while chosen.is_behind(end) {
            let done = chosen.examined_to();
            if progress(Progress { done, total: end }).is_break() {
                return Err(ExportError::Cancelled);
            }
            chosen.work(&record, end, Turn::begin());
        }
        let unread = chosen.take_unread().within(from..behind);
        let first = chosen.hits().row_from(from);
        let places = chosen.hits().row_from(behind).saturating_sub(first);
        let number = move |place: u64| chosen.hits().number(first.checked_add(place)?);
        Ok(Self {
            has_end: behind == u64::MAX,
            given_up,
            unread,
            ..Self::chosen(record, places, number)
        })
    }

    /// Leaves out entries of other endpoints.
    #[must_use]
    pub(crate) fn of_endpoints(mut self, endpoints: HashSet<EndpointId>) -> Self {
        self.endpoints = Some(endpoints);
        self
    }

    /// Says that the capture was imported: no recording of it was cut short.
    #[must_use]
    pub(crate) fn imported(mut self) -> Self {
        self.has_end = false;
        self
    }

    /// Returns the capture.
    pub(super) fn store(&self) -> &Store {
        self.record.store()
    }

    /// Returns whether all entries of the record were chosen.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole && self.endpoints.is_none()
    }

    /// Returns how recording was cut short behind these entries, if it was.
    pub(super) fn cut_short(&self) -> Option<CutShort> {
        self.store().cut_short().filter(|_| self.has_end)
    }

    /// Returns the folder of the capture.
    pub(super) fn dir(&self) -> PathBuf {
        self.record.store().dir()
    }

    /// Returns how many places there are.
    pub(super) fn places(&self) -> u64 {
        self.places
    }

    /// Returns the entries that could not be read when the places were chosen, in order, and why.
    pub(super) fn unread(&self) -> &[UnreadRun] {
        &self.unread.0
    }

    /// Returns how many entries before the first place were dropped for newer ones.
    pub(super) fn given_up(&self) -> u64 {
        self.given_up
    }

    /// Returns why recording had stopped before an entry, if that is known.
    pub(super) fn ended_before(&self, entry: u64) -> Option<Ended> {
        self.record.store().ended_before(entry)
    }

    /// Returns the flow of the entry at a place, without reading the rest of it.
    pub(super) fn flow(&self, place: u64) -> Result<AtPlace<Flow>, ReadError> {
        let Some(number) = (self.number)(place) else {
            return Ok(AtPlace::NotChosen);
        };
        let flow = self.found(number, self.record.flow(number))?;
        Ok(match (flow, &self.endpoints) {
            (AtPlace::Here(flow), Some(chosen)) if !chosen.contains(&flow.endpoint) => {
                AtPlace::NotChosen
            }
            (flow, _) => flow,
        })
    }

    /// Reads the entry at a place, with its whole kept payload.
    pub(super) fn entry(&self, place: u64) -> Result<AtPlace<Entry>, ReadError> {
        if self.endpoints.is_some() {
            match self.flow(place)? {
                AtPlace::Here(_) => {}
                AtPlace::NotChosen => return Ok(AtPlace::NotChosen),
                AtPlace::GivenUp(number) => return Ok(AtPlace::GivenUp(number)),
                AtPlace::Damaged(number, error) => return Ok(AtPlace::Damaged(number, error)),
            }
        }
        let Some(number) = (self.number)(place) else {
            return Ok(AtPlace::NotChosen);
        };
        let entry = self.found(number, self.record.entry(number, Depth::Whole))?;
        if let AtPlace::Here(Entry {
            damage: Some(error),
            ..
        }) = &entry
            && self.is_given_up(number, error)
        {
            return Ok(AtPlace::GivenUp(number));
        }
        Ok(entry)
    }

    /// Returns whether an entry cannot be read because a ring has just dropped it.
    fn is_given_up(&self, number: u64, error: &ReadError) -> bool {
        number < self.record.status().first_kept || self.record.store().has_given_up(error)
    }

    /// A ring may drop an entry, and delete its file, while it is being read.
    fn found<T>(
        &self,
        number: u64,
        read: Result<Option<T>, ReadError>,
    ) -> Result<AtPlace<T>, ReadError> {
        match read {
            Ok(Some(value)) => Ok(AtPlace::Here(value)),
            Ok(None) => Ok(AtPlace::GivenUp(number)),
            Err(error) if self.is_given_up(number, &error) => Ok(AtPlace::GivenUp(number)),
            // Without its folder there is nothing left to export.
            Err(error @ ReadError::Damaged { .. }) if self.record.store().dir().is_dir() => {
                Ok(AtPlace::Damaged(number, error))
            }
            Err(error) => Err(error),
        }
    }
}

impl fmt::Debug for ExportSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("record", &self.record)
            .field("places", &self.places)
            .field("endpoints", &self.endpoints)
            .finish_non_exhaustive()
    }
}
