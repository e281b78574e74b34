//! The state of the timeline: about three screens of rows, one entry's detail, the followed connection, the search.
//!
//! A view says what it needs; the `…_wanted` methods return what to request from the reader, so that at most one
//! request of each kind is pending. The caller notes a request with [`TimelineModel::asked`].

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use super::asked::{Asked, LoadedRows, Need};
use super::{ConversationModel, Now, PlotModel, Renewed, Traces};
use crate::capture::frames::{FrameCounts, FrameRules};
use crate::capture::packets::{PacketQuery, PacketRun};
use crate::capture::pcap::ImportError;
use crate::capture::{
    Answer, ChunkAt, ConversationQuery, Copied, Crossings, Detail, DetailOf, Ends, ExchangeOf,
    Filter, Page, PlotOf, Progress, RecordStatus, Request, Row, SamplesOf, SamplesPage, Ticks,
};
use crate::net::{EndpointId, FlowId};
use crate::payload::Pattern;

/// The timeline of a capture.
#[derive(Debug, Default)]
pub struct TimelineModel {
    filter: Filter,
    record: RecordStatus,
    rows: LoadedRows<Filter>,
    /// While the view is being built: how many rows it has so far, and the progress.
    making: Option<(u64, Progress)>,
    detail: Asked<DetailOf, Option<Arc<Detail>>>,
    /// What both ends of a connection saw of some bytes.
    ends: Asked<EndsOf, Option<Arc<Ends>>>,
    /// Packets of a connection of the lab.
    pub packets: Renewed<PacketQuery, Result<Arc<PacketRun>, Arc<ImportError>>>,
    find: Find,
    copied: Option<Copied>,
    derived_bytes: u64,
    /// The connection that is followed instead of the timeline.
    pub conversation: Option<ConversationModel>,
    /// The traffic over the session.
    pub plot: PlotModel,
    /// The lifecycles of the connections that are shown.
    pub traced: Traces,
    /// What the kernel said of a connection, as last answered.
    pub samples: Renewed<SamplesOf, SamplesPage>,
    /// How many samples were folded: what the two above depend on, beside the record.
    pub sampled: u64,
}

/// A chunk, and a range of its stream's bytes.
type EndsOf = (u64, Range<u64>);

/// A row of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowAt {
    /// Its number in the view: the entry's, or for frames the row's.
    pub number: u64,
    /// The entry that it shows; for a frame, the entry of its last byte.
    pub entry: u64,
}

/// The state of the search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// What was last searched for, until that is called off.
    pub pattern: Option<Pattern>,
    /// The view in which it was.
    pub filter: Filter,
    /// What is being searched for, while the reader searches.
    pub asked: Option<String>,
    /// The outcome of the last search.
    pub outcome: Option<Found>,
    /// How many of the entries searched so far match.
    pub count: u64,
    /// The progress of the search.
    pub progress: Progress,
    /// Where the matches stand among the rows of the view, as far as is known.
    pub ticks: Option<Arc<Ticks>>,
    /// The matches found so far that cross from one chunk into the next.
    pub crossings: Arc<Crossings>,
}

/// The outcome of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The number of the search within the session, so that a view recognises a new outcome.
    pub number: u64,
    /// What was searched for.
    pub text: String,
    /// The matching entry, if any.
    pub entry: Option<u64>,
    /// Its index among the matches, counted from 0.
    pub place: u64,
    /// Whether the search wrapped around an end.
    pub wrapped: bool,
}

impl TimelineModel {
    /// Returns the filter of the view.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Returns the filter if frames are shown and no connection is followed.
    pub fn frames_shown(&self) -> Option<&Filter> {
        let is_followed = self.conversation.is_some();
        Some(&self.filter).filter(|filter| filter.frames.is_some() && !is_followed)
    }

    fn page(&self) -> Option<&Page<Filter>> {
        self.rows.page(&self.filter)
    }

    /// Returns the counts of the view's frames, if it shows frames.
    pub fn frame_counts(&self) -> Option<&FrameCounts> {
        self.page()?.about.as_deref()
    }

    /// Returns how many rows the view has, as far as is known.
    pub fn len(&self) -> u64 {
        self.page().map_or(0, Page::len)
    }

    /// Returns whether the view has no rows, as far as is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Until the first rows arrive, returns how many rows the view has so far, and the progress.
    pub fn making(&self) -> Option<(u64, Progress)> {
        match self.older().filter(|_| self.is_empty()) {
            Some(progress) => Some((0, progress)),
            None => self.making.filter(|_| !self.is_known()),
        }
    }

    /// Returns the number of the view's first row. Without frames, this is how many of its rows have been dropped.
    pub fn gone(&self) -> u64 {
        self.page().map_or(0, |page| page.gone)
    }

    /// Returns how many of the view's rows have been dropped.
    pub fn dropped(&self) -> u64 {
        let counts = self.frame_counts();
        counts.map_or_else(|| self.gone(), |counts| counts.dropped)
    }

    /// Returns the progress while older frames are still being found.
    pub fn older(&self) -> Option<Progress> {
        self.frame_counts()?.older
    }

    /// Returns whether anything is known of this view yet.
    pub fn is_known(&self) -> bool {
        self.page().is_some()
    }

    /// Returns the state of the record.
    pub fn record(&self) -> RecordStatus {
        self.record.clone()
    }

    /// Returns whether earlier entries are hidden.
    pub fn is_cleared(&self) -> bool {
        self.filter.from_entry > 0
    }

    /// Returns a row of the view, if it is loaded.
    pub fn row(&self, place: u64) -> Option<&Row> {
        let row = self.page()?.gone + place;
        match self.filter.frames {
            // The same number may be another frame after they were cut anew.
            Some(_) => self.page()?.row(row),
            None => self.rows.row(&self.filter, row),
        }
    }

    /// Returns the row of this number, as far as it or its detail is loaded.
    pub fn row_of(&self, number: Option<u64>) -> Option<&Row> {
        let number = number?;
        let detail = self.detail(number).flatten();
        let mut loaded = self.loaded_rows().iter();
        detail
            .map(|detail| &detail.row)
            .or_else(|| loaded.find(|row| row.number == number))
    }

    /// Returns the loaded rows.
    pub fn loaded_rows(&self) -> &[Row] {
        self.page().map_or(&[], |page| &page.rows)
    }

    /// Returns the place in the view of the first loaded row.
    pub fn loaded_from(&self) -> u64 {
        self.page()
            .map_or(0, |page| page.first.saturating_sub(page.gone))
    }

    /// Returns the number of a row and the entry that it shows, for loaded rows and for the first and last one.
    ///
    /// The entries of the first and last row may be rounded outwards to ones that the view does not show.
    pub fn row_at(&self, place: u64) -> Option<RowAt> {
        if let Some(row) = self.row(place) {
            return Some(RowAt {
                number: row.number,
                entry: row.entry,
            });
        }
        let entry = match place {
            0 => self.filter.from_entry.max(self.record.first_kept),
            _ if place + 1 == self.len() => self.record.entries.saturating_sub(1),
            _ => return None,
        };
        let number = match self.filter.frames {
            Some(_) => self.gone() + place,
            None => entry,
        };
        Some(RowAt { number, entry })
    }

    /// Returns the row of an entry, or of the nearest one after it, once [`Need::Around`] has been answered.
    pub fn place_near(&self, entry: u64) -> Option<u64> {
        let page = self.page()?;
        let answered = self.rows.place_of(&self.filter, entry);
        // The frame with an entry's first byte need not be the frame that ends in that entry, and a bundle holds more
        // than the entry that it begins with.
        if self.filter.frames.is_some() || self.filter.bundles {
            return answered?.map(|place| place - page.gone);
        }
        let first = page.first - page.gone;
        if answered.is_none() {
            let index = page
                .rows
                .binary_search_by_key(&entry, |row| row.entry)
                .ok()?;
            return Some(first + index as u64);
        }
        let index = page.rows.partition_point(|row| row.entry < entry);
        let last = page.len().checked_sub(1)?;
        Some((first + index as u64).min(last))
    }

    /// Returns what to request from the reader for a view's need.
    ///
    /// `None` while a request is pending, or if the loaded rows are enough.
    pub fn rows_wanted(&self, need: &Need) -> Option<Request> {
        let need = match need {
            Need::Visible(rows) => {
                let gone = self.gone();
                &Need::Visible(gone + rows.start..gone + rows.end)
            }
            need => need,
        };
        let span = self.rows.wanted(&self.filter, need, &self.record)?;
        Some(Request::Rows {
            filter: self.filter.clone(),
            span,
        })
    }

    /// Returns what to request from the reader for the followed connection: rows by their coordinates.
    pub fn lines_wanted(&self, query: &ConversationQuery, need: &Need) -> Option<Request> {
        let lines = &self.conversation.as_ref()?.lines;
        let span = lines.wanted(query, need, &self.record)?;
        Some(Request::Conversation {
            query: *query,
            span,
        })
    }

    /// Returns the detail of a row: `None` until it is loaded, `Some(None)` if the row has been dropped. That of a bundle
    /// is about the chunk that was requested last.
    pub fn detail(&self, number: u64) -> Option<Option<&Arc<Detail>>> {
        let (of, detail) = self.detail.shown()?;
        let is_it = of.number == number && of.frames.as_ref() == self.frames_shown();
        is_it.then_some(detail.as_ref())
    }

    /// Returns what this number means in the view: an entry, a chunk of a bundle, or a row among frames.
    fn detail_of(&self, number: u64, chunk: Option<ChunkAt>) -> DetailOf {
        DetailOf {
            number,
            frames: self.frames_shown().cloned(),
            chunk: chunk.map(|at| (Box::new(self.filter.clone()), at)),
        }
    }

    /// Returns what to request from the reader for a row's detail; for that of a bundle, of another chunk than the first.
    pub fn detail_wanted(&self, number: u64, chunk: Option<ChunkAt>) -> Option<Request> {
        let of = self.detail_of(number, chunk);
        self.detail.wants(&of).then_some(Request::Detail(of))
    }

    /// Returns the row of this number if it is a bundle in the view, as far as it is loaded.
    pub fn bundle(&self, number: u64) -> Option<&Row> {
        let is_shown = self.filter.bundles && self.conversation.is_none();
        let mut rows = self.loaded_rows().iter().filter(|_| is_shown);
        rows.find(|row| row.number == number && row.bundle.is_some())
    }

    /// Returns what both ends saw of some bytes: `None` until it is loaded, `Some(None)` if only one end is recorded.
    pub fn ends(&self, entry: u64, range: &Range<u64>) -> Option<Option<&Arc<Ends>>> {
        let of = (entry, range.clone());
        self.ends.answer(&of).map(Option::as_ref)
    }

    /// Returns what to request from the reader for what both ends saw of some bytes.
    pub fn ends_wanted(&self, entry: u64, range: &Range<u64>) -> Option<Request> {
        let of = (entry, range.clone());
        let range = range.clone();
        self.ends
            .wants(&of)
            .then_some(Request::Ends { entry, range })
    }

    /// Returns whose traffic the plot shows: that of the followed connection, or of the view.
    pub fn plot_of(&self) -> PlotOf {
        match &self.conversation {
            Some(conversation) => PlotOf {
                endpoint: Some(conversation.endpoint),
                connection: Some(conversation.connection),
            },
            None => PlotOf {
                endpoint: self.filter.endpoint,
                connection: self.filter.connection,
            },
        }
    }

    /// Returns the state of the search.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// Returns the size on disk of what was derived from the record for its views.
    pub fn derived_bytes(&self) -> u64 {
        self.derived_bytes
    }

    /// Takes copied text for the clipboard.
    pub fn take_copied(&mut self) -> Option<Copied> {
        self.copied.take()
    }

    /// Returns what asks for the request of a received row, with the row of what was sent in answer; without that one, with
    /// what was sent next.
    pub fn exchange_of(&self, request: u64, reply: Option<u64>) -> ExchangeOf {
        ExchangeOf {
            request: self.detail_of(request, None),
            reply: reply.map(|number| self.detail_of(number, None)),
        }
    }
}

impl TimelineModel {
    /// Notes that the reader was asked.
    pub fn asked(&mut self, request: &Request, now: Now) {
        match request {
            Request::Rows { filter, span } => self.rows.ask(filter.clone(), *span, &self.record),
            Request::Conversation { query, span } => {
                if let Some(conversation) = &mut self.conversation {
                    let shown = conversation.lines.newest_page();
                    if shown.is_some_and(|page| page.of != *query) {
                        self.find.ticks = None;
                    }
                    conversation.lines.ask(*query, *span, &self.record);
                }
            }
            Request::Detail(of) => self.detail.ask(of.clone()),
            Request::Ends { entry, range } => self.ends.ask((*entry, range.clone())),
            Request::Packets(query) => self.packets.ask(query.clone(), now, self.record.entries),
            Request::Plot(of) => self.plot.ask(*of, now, self.record.entries),
            Request::Trace(of) => self.traced.ask(*of, now, self.version()),
            Request::Samples(of) => self.samples.ask(*of, now, self.version()),
            Request::Find { pattern, .. } => {
                // But for the encodings, which are no part of the view.
                self.find.filter = self.find_filter();
                self.find.asked = Some(pattern.typed().to_owned());
                if self.find.pattern.as_ref() != Some(pattern) {
                    self.find.crossings = Arc::default();
                }
                self.find.pattern = Some(pattern.clone());
                (self.find.count, self.find.progress) = (0, Progress::default());
            }
            Request::CancelFind | Request::SpeakIn(_) => self.end_find(),
            Request::ReadTextIn(_) => self.detail = Asked::default(),
            Request::Exchange(_)
            | Request::Copy { .. }
            | Request::CopyConversation { .. }
            | Request::LookAway => {}
            Request::LeaveConversation => self.find.ticks = None,
        }
    }

    /// Returns a number that changes with the record and with what is sampled beside it.
    pub fn version(&self) -> u64 {
        self.record.entries.wrapping_add(self.sampled)
    }

    /// Forgets what is searched for; the number of the last outcome stays, so that a view recognises the next one.
    fn end_find(&mut self) {
        let outcome = self.find.outcome.take();
        self.find = Find {
            outcome,
            ..Find::default()
        };
    }

    /// Notes that a pattern cannot be searched for.
    pub fn find_refused(&mut self, pattern: Pattern) {
        self.end_find();
        self.find.pattern = Some(pattern);
        self.find.filter = self.find_filter();
    }

    /// Notes that the timeline is not shown any more.
    pub fn look_away(&mut self) {
        self.rows.look_away();
        self.plot.look_away();
        self.traced.look_away();
        self.samples.look_away();
        if let Some(conversation) = &mut self.conversation {
            conversation.lines.look_away();
        }
    }

    /// Follows a whole connection instead of the timeline, from an entry on or at its newest row.
    pub fn follow_connection(
        &mut self,
        endpoint: EndpointId,
        connection: FlowId,
        from: Option<u64>,
    ) {
        self.find.ticks = None;
        self.conversation = Some(ConversationModel {
            endpoint,
            connection,
            from,
            lines: LoadedRows::default(),
        });
    }

    /// Returns where to search: in the followed connection, else in the view.
    pub fn find_filter(&self) -> Filter {
        match &self.conversation {
            Some(conversation) => Filter {
                endpoint: Some(conversation.endpoint),
                connection: Some(conversation.connection),
                ..Filter::default()
            },
            None => self.filter.clone(),
        }
    }

    /// Notes the state of the record.
    pub fn record_changed(&mut self, record: RecordStatus) {
        self.record = record;
    }

    /// Folds an answer. A late one, about another view than the current one, is dropped.
    pub fn fold(&mut self, answer: Answer) {
        match answer {
            Answer::Rows(page) => {
                let is_shown = page.of == self.filter;
                if self.rows.fold(page) && is_shown {
                    self.making = None;
                }
            }
            Answer::Lines(page) => {
                if let Some(conversation) = &mut self.conversation {
                    conversation.lines.fold(page);
                }
            }
            Answer::Detail(of, detail) => {
                self.detail.fold(|asked| *asked == of, detail);
            }
            Answer::Ends { entry, range, ends } => {
                let of = (entry, range);
                self.ends.fold(|asked| *asked == of, ends);
            }
            Answer::Packets(query, found) => self.packets.fold(&query, Arc::new(found)),
            // A rule is made of it; nothing of it is shown.
            Answer::Exchange(..) => {}
            Answer::Copied(copied) => self.copied = Some(copied),
            Answer::Found {
                pattern,
                entry,
                place,
                count,
                wrapped,
                progress,
                ticks,
                crossings,
            } => {
                if self.find.asked.as_deref() == Some(pattern.typed()) {
                    let before = self.find.outcome.take();
                    let outcome = Some(Found {
                        number: before.map_or(1, |before| before.number + 1),
                        text: pattern.typed().to_owned(),
                        entry,
                        place,
                        wrapped,
                    });
                    self.find = Find {
                        pattern: Some(pattern),
                        filter: std::mem::take(&mut self.find.filter),
                        asked: None,
                        outcome,
                        count,
                        progress,
                        ticks,
                        crossings,
                    };
                }
            }
            Answer::Finding {
                pattern,
                count,
                place,
                progress,
                ticks,
                crossings,
            } => {
                if self.fold_finding(pattern.typed(), count, place, progress) {
                    (self.find.ticks, self.find.crossings) = (ticks, crossings);
                }
            }
            Answer::Plot { of, series } => self.plot.fold(of, series),
            Answer::Trace(traced) => self.traced.fold(traced),
            Answer::Samples(samples) => self.samples.fold(&samples.of.clone(), samples),
            Answer::Derived { disk_bytes } => self.derived_bytes = disk_bytes,
            Answer::Viewing {
                filter,
                len,
                progress,
            } => {
                if filter == self.filter {
                    self.making = Some((len, progress));
                }
            }
        }
    }

    /// Folds the progress of a search; returns whether it is the current one.
    fn fold_finding(
        &mut self,
        typed: &str,
        count: u64,
        place: Option<u64>,
        progress: Progress,
    ) -> bool {
        let outcome = self.find.outcome.as_mut().filter(|it| it.text == typed);
        if outcome.is_none() && self.find.asked.as_deref() != Some(typed) {
            return false;
        }
        if let (Some(outcome), Some(place)) = (outcome, place) {
            outcome.place = place;
        }
        (self.find.count, self.find.progress) = (count, progress);
        true
    }

    /// Shows only the entries of an endpoint or of a connection, or all entries. Without its endpoint, a connection is
    /// shown with both ends that are ours.
    pub fn show_only(&mut self, endpoint: Option<EndpointId>, connection: Option<FlowId>) {
        let number = connection.filter(|_| endpoint.is_none());
        self.narrow(Filter {
            endpoint,
            connection: connection.filter(|_| endpoint.is_some()),
            number: number.map(|it| it.number),
            ..self.filter.clone()
        });
    }

    /// Shows frames cut by these rules instead of chunks; without rules, chunks.
    pub fn show_frames(&mut self, rules: Option<Arc<FrameRules>>) {
        self.narrow(Filter {
            frames: rules,
            ..self.filter.clone()
        });
    }

    /// Shows bundles, where nothing between their chunks is left out, or each entry.
    pub fn show_bundles(&mut self, wanted: bool) {
        let bundles = wanted && self.filter.has_whole_runs();
        if self.filter.bundles != bundles {
            self.narrow(Filter {
                bundles,
                ..self.filter.clone()
            });
        }
    }

    /// Hides all entries before number `entries`, that of the next one.
    pub fn clear(&mut self, entries: u64) {
        self.narrow(Filter {
            from_entry: entries,
            ..self.filter.clone()
        });
    }

    /// Shows the hidden entries again.
    pub fn undo_clear(&mut self) {
        self.clear(0);
    }

    /// Shows only entries that match this filter.
    pub fn narrow(&mut self, filter: Filter) {
        if filter != self.filter {
            self.filter = filter;
            self.making = None;
            (self.find.asked, self.find.ticks) = (None, None);
        }
    }
}
