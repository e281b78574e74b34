//! What the window asks of the reader thread, and what comes back to the window.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::clipboard::Copied;
use super::conversation::{ConnectionFacts, ConversationQuery, Line};
use super::criteria::Filter;
use super::ends::Ends;
use super::frames::FrameCounts;
use super::languages::Encodings;
use super::page::{Page, RowSource, Span};
use super::plot::Series;
use super::progress::Progress;
use super::row::{Detail, Row};
use super::status::{ConnectionStatus, EndpointStatus};
use super::store::RecordStatus;
use crate::net::EndpointId;
use crate::payload::{CopyFormat, Pattern};

impl RowSource for Filter {
    type Row = Row;
    /// Of a view of frames, how many there are.
    type About = Option<FrameCounts>;
}

impl RowSource for ConversationQuery {
    type Row = Line;
    type About = ConnectionFacts;
}

/// What the reader can be asked. It answers every request with one [`Answer`], in order, but for these: rows of a view
/// that has to be made are answered when it is made, and not at all when rows are asked for again before; a find is
/// answered when it comes to an entry, and not at all when it is given up for [`Request::CancelFind`] or the next one.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Rows of a view; at most [`MAX_ROWS`](super::MAX_ROWS) of them.
    Rows {
        /// Which entries.
        filter: Filter,
        /// Which of them.
        span: Span,
    },
    /// Read the text of chunks in these encodings from now on. Has no answer of its own, but rows that were asked for last
    /// are answered once more when it is known where their text stands.
    ReadTextIn(Encodings),
    /// One entry, or one frame, with its whole payload.
    Detail(DetailOf),
    /// What both ends of a connection saw around some bytes of a stream.
    Ends {
        /// A chunk of the stream, near the bytes.
        entry: u64,
        /// The bytes, by their offsets in the stream.
        range: Range<u64>,
    },
    /// The text of entries for the clipboard.
    Copy {
        /// Which entries.
        filter: Filter,
        /// The numbers of the first and the last row, both taken: without frames, the entries' own.
        rows: (u64, u64),
        /// How they are written.
        format: CopyFormat,
        /// The names of the endpoints, for [`CopyFormat::Rows`]; one that is missing is left out.
        names: HashMap<EndpointId, String>,
    },
    /// The next entry of a view that a match of `pattern` touches, from an entry on; all of them are counted.
    Find {
        /// Which entries.
        filter: Filter,
        /// What is looked for.
        pattern: Pattern,
        /// The entry to begin after; it is taken last of all. None begins at the first or the last.
        from: Option<u64>,
        /// Whether to look for newer entries, or for older ones.
        forward: bool,
    },
    /// Give up the find that is under way, if any. Has no answer of its own.
    CancelFind,
    /// Rows of a whole connection, at most [`MAX_ROWS`](super::MAX_ROWS) of them, by their coordinates.
    ///
    /// While older entries are being counted, the rows come again now and then.
    Conversation {
        /// Which document.
        query: ConversationQuery,
        /// Which of its rows.
        span: Span,
    },
    /// The text of a document's rows for the clipboard.
    CopyConversation {
        /// Which document.
        query: ConversationQuery,
        /// The coordinates of the first and the last row, both taken.
        rows: (u64, u64),
    },
    /// The traffic over the session. While it is counted, an answer has what is counted so far.
    Plot,
    /// Forget the document, and what is left to count of it. Has no answer of its own.
    LeaveConversation,
}

/// Which row a detail is of. Entries and the rows of each view of frames have numbers of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailOf {
    /// The row's number: without a view of frames, the entry's.
    pub number: u64,
    /// The view of frames that the row is of.
    pub frames: Option<Filter>,
}

/// What the reader answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Rows of a view.
    Rows(Page<Filter>),
    /// Rows of a whole connection.
    Lines(Page<ConversationQuery>),
    /// One entry, or none when it is no longer kept.
    Detail(DetailOf, Option<Arc<Detail>>),
    /// What both ends of a connection saw, or none where the capture has one end only.
    Ends {
        /// The chunk that was asked about.
        entry: u64,
        /// The bytes.
        range: Range<u64>,
        /// What they saw.
        ends: Option<Arc<Ends>>,
    },
    /// Text for the clipboard.
    Copied(Copied),
    /// The traffic over the session.
    Plot {
        /// The series.
        series: Arc<Series>,
    },
    /// A find came to an entry, or there is none. Counting goes on where `progress` is not whole.
    Found {
        /// What was looked for.
        pattern: Pattern,
        /// The entry that was found, if any.
        entry: Option<u64>,
        /// Which one it is of those that were found, counted from 0.
        place: u64,
        /// How many entries were found so far.
        count: u64,
        /// Whether the search passed the end and went on at the other one.
        wrapped: bool,
        /// How far it got.
        progress: Progress,
    },
    /// A find goes on: reported about ten times a second, and once when all is counted after [`Answer::Found`].
    Finding {
        /// What is looked for.
        pattern: Pattern,
        /// How many entries were found so far.
        count: u64,
        /// Which one of them was found, counted from 0; none before [`Answer::Found`].
        place: Option<u64>,
        /// How far it got.
        progress: Progress,
    },
    /// A view is made whose rows were asked for: reported about ten times a second until [`Answer::Rows`].
    Viewing {
        /// The view.
        filter: Filter,
        /// How many rows it has so far.
        len: u64,
        /// How far it got.
        progress: Progress,
    },
}

/// What the window is sent.
#[derive(Clone, Debug)]
pub enum Update {
    /// How endpoints, connections and the record stand; only what changed since the last one.
    Status(StatusUpdate),
    /// What the reader answers.
    Answer(Answer),
}

/// What changed since the last one. Counters replace, states last-wins.
#[derive(Clone, Debug, Default)]
pub struct StatusUpdate {
    /// How much is on record.
    pub record: RecordStatus,
    /// Endpoints that changed.
    pub endpoints: Vec<EndpointStatus>,
    /// Connections that changed, in the order of their numbers. Beyond the newest [`CLOSED_KEPT`] closed ones
    /// of an endpoint, closed connections are left out.
    pub connections: Vec<ConnectionStatus>,
    /// Whether the endpoints wait for the recorder: recording is the bottleneck.
    pub recording_is_slow: bool,
}

/// How many closed connections of an endpoint the window keeps; all else is on record.
pub const CLOSED_KEPT: usize = 1_000;
