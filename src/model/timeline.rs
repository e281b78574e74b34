//! The timeline as the window has it: about three screens of rows, one entry's detail, and what was asked for.
//!
//! A view says what it needs; [`TimelineModel::rows_wanted`] says what to ask the reader for, so that at most one
//! request of a kind is under way. The app tells with [`TimelineModel::asked`] that it asked.

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use super::{ConversationModel, PlotModel};
use crate::capture::frames::{FrameCounts, FrameRules};
use crate::capture::{
    Answer, Detail, DetailOf, Ends, Filter, MAX_ROWS, Progress, RecordStatus, Request, Row, Span,
};
use crate::net::{ConnectionId, EndpointId};

/// The entries in view.
#[derive(Debug, Default)]
pub struct TimelineModel {
    filter: Filter,
    record: RecordStatus,
    hand: Hand,
    rows_asked: Option<Asked>,
    /// While the view is made: how many rows it has so far, and how far its making got.
    making: Option<(u64, Progress)>,
    /// The number of the row, and what it shows.
    detail: Option<(DetailOf, Option<Arc<Detail>>)>,
    detail_asked: Option<DetailOf>,
    /// What both ends of a connection saw, and of which bytes.
    ends: Option<(EndsOf, Option<Arc<Ends>>)>,
    ends_asked: Option<EndsOf>,
    find: Find,
    copied: Option<Copied>,
    /// The connection that is followed, in the timeline's place.
    pub conversation: Option<ConversationModel>,
    /// The traffic over the session.
    pub plot: PlotModel,
}

/// The rows in hand, and the view as it was when they came.
#[derive(Debug, Default)]
struct Hand {
    len: u64,
    gone: u64,
    first: u64,
    rows: Vec<Row>,
    frames: Option<FrameCounts>,
    /// The place of the row that was to be in the middle.
    place: Option<u64>,
    /// What was asked for, and how much was on record then; none before the first answer.
    asked: Option<Asked>,
}

#[derive(Clone, Debug, PartialEq)]
struct Asked {
    span: Span,
    entries: u64,
    first_kept: u64,
}

/// A chunk, and bytes of its stream.
type EndsOf = (u64, Range<u64>);

/// A row of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowAt {
    /// Its number in the view: the entry's own, or among frames the row's.
    pub number: u64,
    /// The entry that it shows; of a frame, that of its last byte.
    pub entry: u64,
}

/// What a view needs to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// The newest rows, `page` of them.
    Newest {
        /// How many fit on the screen.
        page: u64,
    },
    /// These rows.
    Visible(Range<u64>),
    /// The rows around an entry, wherever they are, `page` of them.
    Around {
        /// The entry.
        entry: u64,
        /// How many fit on the screen.
        page: u64,
    },
}

/// How a find stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// What is being looked for, while the reader looks.
    pub asked: Option<String>,
    /// What the last find came to.
    pub outcome: Option<Found>,
    /// How many entries hold what is looked for, as far as they were looked at.
    pub count: u64,
    /// How far they were looked at.
    pub progress: Progress,
}

/// What a find came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The number of the find within the session, so that a view can tell a new outcome from one that it knows.
    pub number: u64,
    /// What was looked for.
    pub text: String,
    /// The entry that holds it, if any.
    pub entry: Option<u64>,
    /// Which one it is of those that were found, counted from 0.
    pub place: u64,
    /// Whether the search passed an end and went on at the other one.
    pub wrapped: bool,
}

/// Text for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The text.
    pub text: String,
    /// How many entries it holds.
    pub entries: u64,
    /// Whether it was cut at its bound.
    pub cut: bool,
}

/// How many screens of rows are kept in hand: the one in sight, one before and one after.
pub(super) const SCREENS: u64 = 3;
/// The fewest rows that are asked for at once.
pub(super) const MIN_ASKED: u64 = 60;

impl TimelineModel {
    /// Returns which entries are in view.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Returns the filter, where frames are in sight: no connection is followed in the timeline's place.
    pub fn frames_shown(&self) -> Option<&Filter> {
        let is_followed = self.conversation.is_some();
        Some(&self.filter).filter(|filter| filter.frames.is_some() && !is_followed)
    }

    /// Returns how many frames the view has, where it shows some.
    pub fn frame_counts(&self) -> Option<&FrameCounts> {
        self.hand.frames.as_ref()
    }

    /// Returns how many rows the view has, as far as is known.
    pub fn len(&self) -> u64 {
        self.hand.len
    }

    /// Returns whether the view has no rows, as far as is known.
    pub fn is_empty(&self) -> bool {
        self.hand.len == 0
    }

    /// Returns how many rows the view has so far and how far its making got, before its first rows are there.
    pub fn making(&self) -> Option<(u64, Progress)> {
        self.making.filter(|_| !self.is_known())
    }

    /// Returns how many rows that the view once had are not kept any more.
    pub fn gone(&self) -> u64 {
        self.hand.gone
    }

    /// Returns whether the reader has told anything about this view yet.
    pub fn is_known(&self) -> bool {
        self.hand.asked.is_some()
    }

    /// Returns how much is on record.
    pub fn record(&self) -> RecordStatus {
        self.record.clone()
    }

    /// Returns whether earlier entries are hidden.
    pub fn is_cleared(&self) -> bool {
        self.filter.from_entry > 0
    }

    /// Returns a row of the view, if it is in hand.
    pub fn row(&self, place: u64) -> Option<&Row> {
        let index = place.checked_sub(self.hand.first)?;
        self.hand.rows.get(usize::try_from(index).ok()?)
    }

    /// Returns the rows in hand.
    pub fn rows_in_hand(&self) -> &[Row] {
        &self.hand.rows
    }

    /// Returns the number of a row and the entry that it shows: of a row in hand, and of the first and the last one.
    ///
    /// The entry of the first and of the last row may be rounded outwards to one that the view does not show.
    pub fn row_at(&self, place: u64) -> Option<RowAt> {
        if let Some(row) = self.row(place) {
            return Some(RowAt {
                number: row.number,
                entry: row.entry,
            });
        }
        let entry = match place {
            0 => self.filter.from_entry.max(self.record.first_kept),
            _ if place + 1 == self.hand.len => self.record.entries.saturating_sub(1),
            _ => return None,
        };
        let number = match self.filter.frames {
            Some(_) => self.hand.gone + place,
            None => entry,
        };
        Some(RowAt { number, entry })
    }

    /// Returns where an entry stands, or the nearest one after it, once [`Need::Around`] was answered.
    pub fn place_near(&self, entry: u64) -> Option<u64> {
        let answered = self.hand.asked.as_ref().map(|asked| asked.span);
        let is_answer =
            matches!(answered, Some(Span::Around { entry: about, .. }) if about == entry);
        // Among frames, the one that has an entry's first byte need not be the one that ends with it.
        if self.filter.frames.is_some() {
            return self.hand.place.filter(|_| is_answer);
        }
        let rows = &self.hand.rows;
        if !is_answer {
            let index = rows.binary_search_by_key(&entry, |row| row.entry).ok()?;
            return Some(self.hand.first + index as u64);
        }
        let index = rows.partition_point(|row| row.entry < entry);
        let last = self.hand.len.saturating_sub(1);
        (self.hand.len > 0).then(|| (self.hand.first + index as u64).min(last))
    }

    /// Returns what to ask the reader for, so that a view gets what it needs.
    ///
    /// None while an answer is awaited, and when what is in hand will do.
    pub fn rows_wanted(&self, need: &Need) -> Option<(Filter, Span)> {
        if self.rows_asked.is_some() {
            return None;
        }
        let span = self.span_of(need);
        let is_old = self.hand.asked.as_ref().is_none_or(|asked| {
            asked.entries != self.record.entries || asked.first_kept != self.record.first_kept
        });
        let is_missing = match need {
            Need::Newest { page } => {
                !self.holds(self.hand.len.saturating_sub(*page)..self.hand.len)
            }
            Need::Visible(rows) => !self.holds(rows.clone()),
            Need::Around { entry, .. } => self.place_near(*entry).is_none(),
        };
        (is_old || is_missing).then(|| (self.filter.clone(), span))
    }

    /// Returns which rows to ask for: those that are needed, and a screen before and after them.
    fn span_of(&self, need: &Need) -> Span {
        let count_for = |page: u64| {
            let count = page.saturating_mul(SCREENS).max(MIN_ASKED);
            usize::try_from(count).unwrap_or(MAX_ROWS).min(MAX_ROWS)
        };
        match need {
            Need::Newest { page } => Span::Newest {
                count: count_for(*page),
            },
            Need::Around { entry, page } => Span::Around {
                entry: *entry,
                count: count_for(*page),
            },
            Need::Visible(rows) => {
                let page = rows.end.saturating_sub(rows.start);
                let count = count_for(page);
                let before = (count as u64).saturating_sub(page) / 2;
                Span::From {
                    first: self.hand.gone + rows.start.saturating_sub(before),
                    count,
                }
            }
        }
    }

    fn holds(&self, rows: Range<u64>) -> bool {
        let end = rows.end.min(self.hand.len);
        let in_hand = self.hand.first..self.hand.first + self.hand.rows.len() as u64;
        rows.start >= end || (in_hand.start <= rows.start && end <= in_hand.end)
    }

    /// Returns the detail of a row: `None` while it is not in hand, `Some(None)` when it is not kept any more.
    pub fn detail(&self, number: u64) -> Option<Option<&Arc<Detail>>> {
        let (of, detail) = self.detail.as_ref()?;
        let is_it = of.number == number && of.frames.as_ref() == self.frames_shown();
        is_it.then_some(detail.as_ref())
    }

    /// Returns which row has this number in what is shown: an entry, or a row of a view of frames.
    pub fn detail_of(&self, number: u64) -> DetailOf {
        DetailOf {
            number,
            frames: self.frames_shown().cloned(),
        }
    }

    /// Returns whether to ask the reader for a row's detail.
    pub fn is_detail_wanted(&self, number: u64) -> bool {
        self.detail_asked.is_none() && self.detail(number).is_none()
    }

    /// Returns what both ends saw of some bytes: `None` while it is not in hand, `Some(None)` where there is one end only.
    pub fn ends(&self, entry: u64, range: &Range<u64>) -> Option<Option<&Arc<Ends>>> {
        let ((about, of), ends) = self.ends.as_ref()?;
        (*about == entry && of == range).then_some(ends.as_ref())
    }

    /// Returns whether to ask the reader what both ends saw of some bytes.
    pub fn is_ends_wanted(&self, entry: u64, range: &Range<u64>) -> bool {
        self.ends_asked.is_none() && self.ends(entry, range).is_none()
    }

    /// Returns how the find stands.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// Takes the text that was copied, for the clipboard.
    pub fn take_copied(&mut self) -> Option<Copied> {
        self.copied.take()
    }
}

impl TimelineModel {
    /// Notes that the reader was asked.
    pub fn asked(&mut self, request: &Request) {
        if let Some(conversation) = &mut self.conversation {
            conversation.asked(request);
        }
        match request {
            // A view that was left in the same frame: its answer will be dropped, and none is awaited.
            Request::Rows { filter, .. } if *filter != self.filter => {}
            Request::Rows { span, .. } => {
                self.rows_asked = Some(Asked {
                    span: *span,
                    entries: self.record.entries,
                    first_kept: self.record.first_kept,
                });
            }
            Request::Detail(of) => self.detail_asked = Some(of.clone()),
            Request::Ends { entry, range } => self.ends_asked = Some((*entry, range.clone())),
            Request::Find { pattern, .. } => {
                self.find.asked = Some(pattern.typed().to_owned());
                (self.find.count, self.find.progress) = (0, Progress::default());
            }
            Request::CancelFind => self.find.asked = None,
            Request::ReadTextIn(_) => (self.detail, self.detail_asked) = (None, None),
            Request::Copy { .. }
            | Request::Conversation { .. }
            | Request::CopyConversation { .. }
            | Request::Plot
            | Request::LeaveConversation => {}
        }
    }

    /// Notes that the reader could not be asked, so that the view asks again.
    pub fn not_asked(&mut self, request: &Request) {
        self.plot.not_asked(request);
        if let Some(conversation) = &mut self.conversation {
            conversation.not_asked(request);
        }
        match request {
            Request::Rows { .. } => self.rows_asked = None,
            Request::Detail(_) => self.detail_asked = None,
            Request::Ends { .. } => self.ends_asked = None,
            Request::Find { .. } => self.find.asked = None,
            Request::Copy { .. }
            | Request::ReadTextIn(_)
            | Request::CancelFind
            | Request::Conversation { .. }
            | Request::CopyConversation { .. }
            | Request::Plot
            | Request::LeaveConversation => {}
        }
    }

    /// Shows a whole connection in the timeline's place, from an entry on or at its newest row.
    pub fn follow_connection(
        &mut self,
        endpoint: EndpointId,
        connection: ConnectionId,
        from: Option<u64>,
    ) {
        let record = self.record.clone();
        let conversation = ConversationModel::new(endpoint, connection, from, record);
        self.conversation = Some(conversation);
    }

    /// Returns where a find looks: in the connection that is followed, else in the view.
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

    /// Notes how much is on record.
    pub fn record_changed(&mut self, record: RecordStatus) {
        if let Some(conversation) = &mut self.conversation {
            conversation.record_changed(record.clone());
        }
        self.record = record;
    }

    /// Folds an answer in. One that is about another view than the present one comes too late and is dropped.
    pub fn fold(&mut self, answer: Answer) {
        match answer {
            Answer::Rows {
                filter,
                len,
                gone,
                first,
                rows,
                place,
                frames,
            } => {
                if filter == self.filter {
                    self.making = None;
                    let asked = self.rows_asked.take().or(self.hand.asked.take());
                    self.hand = Hand {
                        len,
                        gone,
                        first,
                        rows,
                        frames,
                        place,
                        asked,
                    };
                }
            }
            Answer::Detail(of, detail) => self.fold_detail(of, detail),
            Answer::Ends { entry, range, ends } => {
                self.ends_asked = None;
                self.ends = Some(((entry, range), ends));
            }
            Answer::Copied { text, entries, cut } => {
                self.copied = Some(Copied { text, entries, cut });
            }
            Answer::Found {
                pattern,
                entry,
                place,
                count,
                wrapped,
                progress,
            } => {
                if self.find.asked.as_deref() == Some(pattern.typed()) {
                    self.fold_found(Found {
                        number: 0,
                        text: pattern.typed().to_owned(),
                        entry,
                        place,
                        wrapped,
                    });
                    (self.find.count, self.find.progress) = (count, progress);
                }
            }
            Answer::Finding {
                pattern,
                count,
                place,
                progress,
            } => self.fold_finding(pattern.typed(), count, place, progress),
            answer @ (Answer::Conversation { .. } | Answer::ConversationCounted { .. }) => {
                if let Some(conversation) = &mut self.conversation {
                    conversation.fold(answer);
                }
            }
            Answer::Plot { series } => self.plot.fold(series),
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

    fn fold_detail(&mut self, of: DetailOf, detail: Option<Arc<Detail>>) {
        if self.detail_asked.as_ref() == Some(&of) {
            self.detail_asked = None;
            self.detail = Some((of, detail));
        }
    }

    fn fold_found(&mut self, found: Found) {
        let before = self.find.outcome.take();
        self.find.asked = None;
        self.find.outcome = Some(Found {
            number: before.map_or(1, |before| before.number + 1),
            ..found
        });
    }

    fn fold_finding(&mut self, typed: &str, count: u64, place: Option<u64>, progress: Progress) {
        let outcome = self.find.outcome.as_mut().filter(|it| it.text == typed);
        if outcome.is_none() && self.find.asked.as_deref() != Some(typed) {
            return;
        }
        if let (Some(outcome), Some(place)) = (outcome, place) {
            outcome.place = place;
        }
        (self.find.count, self.find.progress) = (count, progress);
    }

    /// Shows only the entries of an endpoint, or of a connection, or all.
    pub fn show_only(&mut self, endpoint: Option<EndpointId>, connection: Option<ConnectionId>) {
        self.change_filter(Filter {
            endpoint,
            connection,
            ..self.filter.clone()
        });
    }

    /// Shows only what this filter says.
    pub fn narrow(&mut self, filter: Filter) {
        self.change_filter(filter);
    }

    /// Shows frames by these rules in place of the chunks, or the chunks.
    pub fn show_frames(&mut self, rules: Option<Arc<FrameRules>>) {
        self.change_filter(Filter {
            frames: rules,
            ..self.filter.clone()
        });
    }

    /// Hides the entries before the number `entries`, the next one's.
    pub fn clear(&mut self, entries: u64) {
        self.change_filter(Filter {
            from_entry: entries,
            ..self.filter.clone()
        });
    }

    /// Shows again what was hidden.
    pub fn undo_clear(&mut self) {
        self.clear(0);
    }

    fn change_filter(&mut self, filter: Filter) {
        if filter != self.filter {
            self.filter = filter;
            self.hand = Hand::default();
            self.rows_asked = None;
            self.making = None;
            self.find.asked = None;
        }
    }
}
