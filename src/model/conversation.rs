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

    /// Folds an answer in; one about another document than the one that is awaited comes too late. The rows in hand come
    /// again when more is known of their text.
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
                let again = self.hand.as_ref().filter(|_| self.asked.is_none());
                let again = again.filter(|hand| hand.asked.query == query);
                let again = again.map(|hand| hand.asked.clone());
                let Some(asked) = self.asked.take_if(is_awaited).or(again) else {
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

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::capture::{LineText, RowKind};
    use crate::payload::{Encoding, RowRule, VisibleText};

    fn query(columns: u16) -> ConversationQuery {
        ConversationQuery {
            connection: ConnectionId(7),
            rule: RowRule::Text {
                columns,
                encoding: Encoding::UTF_8,
            },
            only: None,
        }
    }

    fn extent(first_row: u64, end_row: u64, unread_entries: u64) -> Extent {
        Extent {
            first_row,
            end_row,
            unread_entries,
            ..Extent::default()
        }
    }

    fn line(entry: u64) -> Line {
        Line {
            entry,
            time: SystemTime::UNIX_EPOCH,
            kind: RowKind::Received(1),
            is_first: true,
            text: LineText::Text(VisibleText::plain("x")),
        }
    }

    fn model(entries: u64) -> ConversationModel {
        let record = RecordStatus {
            entries,
            ..RecordStatus::default()
        };
        ConversationModel::new(EndpointId(1), ConnectionId(7), None, record)
    }

    /// Asks for what is needed, and is answered with rows that bear their coordinates as entries.
    fn answered(
        model: &mut ConversationModel,
        need: &Need,
        extent: Extent,
        place: Option<u64>,
    ) -> Span {
        let query = query(80);
        let span = model
            .rows_wanted(&query, need)
            .expect("something is wanted");
        model.asked(&Request::Conversation { query, span });
        assert_eq!(
            model.rows_wanted(&query, need),
            None,
            "an answer is awaited"
        );
        let first = match span {
            Span::From { first, .. } => first,
            Span::Newest { count } => extent.end_row.saturating_sub(count as u64),
            Span::Around { count, .. } => place.unwrap_or(0).saturating_sub(count as u64 / 2),
        };
        let first = first.max(extent.first_row);
        let lines = (first..extent.end_row.min(first + 60)).map(line).collect();
        model.fold(Answer::Conversation {
            query,
            extent,
            first,
            lines,
            place,
        });
        span
    }

    #[test]
    fn rows_are_asked_for_when_they_are_missing_or_the_record_has_grown() {
        let mut model = model(10);
        let newest = Need::Newest { page: 20 };
        let span = answered(&mut model, &newest, extent(1_000, 2_000, 0), None);
        assert_eq!(span, Span::Newest { count: 60 });
        assert_eq!(model.rows_wanted(&query(80), &newest), None);
        assert_eq!(
            model.line(&query(80), 1_950).map(|line| line.entry),
            Some(1_950)
        );
        assert!(model.line(&query(80), 1_000).is_none());

        let visible = Need::Visible(1_500..1_520);
        let wanted = Span::From {
            first: 1_480,
            count: 60,
        };
        assert_eq!(model.rows_wanted(&query(80), &visible), Some(wanted));
        model.record_changed(RecordStatus {
            entries: 11,
            ..RecordStatus::default()
        });
        assert!(model.rows_wanted(&query(80), &newest).is_some());
    }

    #[test]
    fn another_document_is_asked_for_at_once_and_a_late_answer_is_dropped() {
        let mut model = model(10);
        let newest = Need::Newest { page: 20 };
        answered(&mut model, &newest, extent(0, 100, 0), None);
        let span = model.rows_wanted(&query(40), &newest).expect("another one");
        model.asked(&Request::Conversation {
            query: query(40),
            span,
        });
        model.fold(Answer::Conversation {
            query: query(80),
            extent: extent(0, 5, 0),
            first: 0,
            lines: Vec::new(),
            place: None,
        });
        assert_eq!(model.extent(&query(80)).map(Extent::len), Some(100));
        assert!(model.extent(&query(40)).is_none());
    }

    #[test]
    fn an_entry_that_is_not_counted_yet_is_looked_for_again() {
        let mut model = model(10);
        let around = Need::Around { entry: 3, page: 20 };
        answered(&mut model, &around, extent(900, 1_000, 50), None);
        assert_eq!(model.place_of(&query(80), 3), Some(None));
        assert_eq!(model.rows_wanted(&query(80), &around), None);
        model.fold(Answer::ConversationCounted {
            query: query(80),
            extent: extent(800, 1_000, 0),
        });
        assert_eq!(model.extent(&query(80)).map(Extent::len), Some(200));
        answered(&mut model, &around, extent(800, 1_000, 0), Some(810));
        assert_eq!(model.place_of(&query(80), 3), Some(Some(810)));
    }
}
