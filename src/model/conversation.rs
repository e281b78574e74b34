//! A followed connection as the window has it: about three screens of its rows, and what was asked for.

use crate::capture::{
    Answer, ConversationQuery, Extent, Line, MAX_ROWS, RecordStatus, Request, Span,
};
use crate::net::{ConnectionId, EndpointId};

use super::timeline::{MIN_ASKED, Need, SCREENS};

/// The connection that is followed.
#[derive(Debug)]
pub struct ConversationModel {
    /// Whose connection.
    pub endpoint: EndpointId,
    /// The connection.
    pub connection: ConnectionId,
    /// The entry to go to first; none begins at the newest row.
    pub from: Option<u64>,
    record: RecordStatus,
    hand: Option<Hand>,
    asked: Option<Asked>,
}

/// The rows in hand.
#[derive(Debug)]
struct Hand {
    asked: Asked,
    extent: Extent,
    first: u64,
    lines: Vec<Line>,
    place: Option<u64>,
}

#[derive(Clone, Debug, PartialEq)]
struct Asked {
    query: ConversationQuery,
    span: Span,
    entries: u64,
    first_kept: u64,
}

impl ConversationModel {
    /// Makes the model of a connection of which nothing is known yet.
    pub fn new(
        endpoint: EndpointId,
        connection: ConnectionId,
        from: Option<u64>,
        record: RecordStatus,
    ) -> Self {
        Self {
            endpoint,
            connection,
            from,
            record,
            hand: None,
            asked: None,
        }
    }

    /// Returns how far the document reaches, once the reader has told.
    pub fn extent(&self, query: &ConversationQuery) -> Option<&Extent> {
        Some(&self.hand(query)?.extent)
    }

    /// Returns how far the document reached that was shown last, whatever its query.
    pub fn last_extent(&self) -> Option<&Extent> {
        Some(&self.hand.as_ref()?.extent)
    }

    /// Returns a row by its coordinate, if it is in hand.
    pub fn line(&self, query: &ConversationQuery, row: u64) -> Option<&Line> {
        let hand = self.hand(query)?;
        let index = row.checked_sub(hand.first)?;
        hand.lines.get(usize::try_from(index).ok()?)
    }

    /// Returns the first row of an entry: none while it is not known, `Some(None)` when the reader cannot tell yet.
    pub fn place_of(&self, query: &ConversationQuery, entry: u64) -> Option<Option<u64>> {
        let hand = self.hand(query)?;
        let is_answer =
            matches!(hand.asked.span, Span::Around { entry: about, .. } if about == entry);
        is_answer.then_some(hand.place)
    }

    /// Returns what to ask the reader for; none while an answer is awaited, and when what is in hand will do.
    ///
    /// The rows of [`Need::Visible`] are coordinates.
    pub fn rows_wanted(&self, query: &ConversationQuery, need: &Need) -> Option<Span> {
        if self.asked.as_ref().is_some_and(|it| it.query == *query) {
            return None;
        }
        let span = span_of(need);
        let Some(hand) = self.hand(query) else {
            return Some(span);
        };
        let is_old = hand.asked.entries != self.record.entries
            || hand.asked.first_kept != self.record.first_kept;
        let extent = &hand.extent;
        let is_missing = match need {
            Need::Newest { page } => {
                let first = extent.end_row.saturating_sub(*page);
                !hand.holds(first.max(extent.first_row), extent.end_row)
            }
            Need::Visible(rows) => !hand.holds(rows.start, rows.end.min(extent.end_row)),
            Need::Around { entry, .. } => self.place_of(query, *entry).is_none(),
        };
        (is_old || is_missing).then_some(span)
    }

    fn hand(&self, query: &ConversationQuery) -> Option<&Hand> {
        self.hand.as_ref().filter(|hand| hand.asked.query == *query)
    }

    /// Notes that the reader was asked.
    pub(super) fn asked(&mut self, request: &Request) {
        if let Request::Conversation { query, span } = request {
            self.asked = Some(Asked {
                query: *query,
                span: *span,
                entries: self.record.entries,
                first_kept: self.record.first_kept,
            });
        }
    }

    /// Notes that the reader could not be asked, so that the view asks again.
    pub(super) fn not_asked(&mut self, request: &Request) {
        if matches!(request, Request::Conversation { .. }) {
            self.asked = None;
        }
    }

    pub(super) fn record_changed(&mut self, record: RecordStatus) {
        self.record = record;
    }

    /// Folds an answer in; one about another document than the one that is awaited comes too late.
    pub(super) fn fold(&mut self, answer: Answer) {
        match answer {
            Answer::Conversation {
                query,
                extent,
                first,
                lines,
                place,
            } => {
                let is_awaited = |asked: &mut Asked| asked.query == query;
                let Some(asked) = self.asked.take_if(is_awaited) else {
                    return;
                };
                self.hand = Some(Hand {
                    asked,
                    extent,
                    first,
                    lines,
                    place,
                });
            }
            Answer::ConversationCounted { query, extent } => {
                let hand = self.hand.as_mut().filter(|hand| hand.asked.query == query);
                if let Some(hand) = hand {
                    hand.extent = extent;
                    // An entry that was looked for in vain may be counted now.
                    if hand.place.is_none() && matches!(hand.asked.span, Span::Around { .. }) {
                        hand.asked.span = Span::Newest { count: 0 };
                    }
                }
            }
            _ => {}
        }
    }
}

impl Hand {
    fn holds(&self, first: u64, end: u64) -> bool {
        let in_hand = self.first..self.first + self.lines.len() as u64;
        first >= end || (in_hand.start <= first && end <= in_hand.end)
    }
}

fn span_of(need: &Need) -> Span {
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
                first: rows.start.saturating_sub(before),
                count,
            }
        }
    }
}
