//! Requests from the window to the reader thread, and its answers.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;

use super::clipboard::Copied;
use super::conversation::{ConnectionFacts, ConversationQuery, TranscriptLine};
use super::criteria::Filter;
use super::crossings::Crossings;
use super::ends::Ends;
use super::frames::FrameCounts;
use super::packets::{PacketQuery, PacketRun};
use super::page::{Page, RowSource, Span};
use super::pcap::ImportError;
use super::plot::{PlotOf, Series};
use super::progress::Progress;
use super::row::{ChunkAt, Detail, Row};
use super::sample::Sample;
use super::say::Voice;
use super::search_encodings::Encodings;
use super::status::{ConnectionStatus, EndpointStatus};
use super::store::RecordStatus;
use super::ticks::Ticks;
use super::trace::Trace;
use crate::net::kernel::{KernelNumbers, Mark};
use crate::net::{EndpointId, Fed, FlowId, Stamp};
use crate::payload::{CopyFormat, Pattern};

impl RowSource for Filter {
    type Row = Row;
    /// The number of frames, for a view of frames.
    type About = Option<Box<FrameCounts>>;
}

impl RowSource for ConversationQuery {
    type Row = TranscriptLine;
    type About = ConnectionFacts;
}

/// A request to the reader. It answers every request with one [`Answer`], in order, with two exceptions. Rows of a view
/// that must be built are sent when it is ready, unless rows are requested again first; while a connection is followed, it
/// is not built. A find is answered when it
/// reaches an entry, unless it is cancelled by [`Request::CancelFind`] or replaced by another find.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Rows of a view, at most [`MAX_ROWS`](super::MAX_ROWS).
    Rows {
        /// Which entries the view shows.
        filter: Filter,
        /// Which of its rows.
        span: Span,
    },
    /// Read the text of chunks in these encodings from now on. Has no answer of its own, but the rows that were
    /// requested last are sent again once the state of their text is known.
    ReadTextIn(Encodings),
    /// Say everything in this language from now on; what was found by its words is found again. Has no answer of its own,
    /// but the rows that were requested last are sent again.
    SpeakIn(Voice),
    /// An entry or a frame, with its whole payload.
    Detail(DetailOf),
    /// What both ends of a connection saw around some bytes of a stream.
    Ends {
        /// A chunk of the stream, near the bytes.
        entry: u64,
        /// The bytes, by their offsets in the stream.
        range: Range<u64>,
    },
    /// A request, with what was sent in answer.
    Exchange(Box<ExchangeOf>),
    /// The packets of a connection of the lab.
    Packets(PacketQuery),
    /// The text of entries for the clipboard.
    Copy {
        /// Which entries the view shows.
        filter: Filter,
        /// The numbers of the first and last row, inclusive. Without frames, these are entry numbers.
        rows: (u64, u64),
        /// The format.
        format: CopyFormat,
        /// The names of the endpoints, for [`CopyFormat::Rows`]. Endpoints that are missing stay unnamed.
        names: HashMap<EndpointId, String>,
    },
    /// The next entry of a view, after an entry, that a match of `pattern` touches. Also counts all such entries.
    Find {
        /// Which entries the view shows.
        filter: Filter,
        /// The pattern.
        pattern: Pattern,
        /// The entry to start after; it is considered last. `None` starts at the first or last entry.
        from: Option<u64>,
        /// Whether to search towards newer entries.
        forward: bool,
    },
    /// Cancel the find in progress, if any. Has no answer.
    CancelFind,
    /// Rows of a whole connection by their coordinates, at most [`MAX_ROWS`](super::MAX_ROWS).
    ///
    /// While older entries are being counted, the rows are sent again from time to time.
    Conversation {
        /// Which transcript.
        query: ConversationQuery,
        /// Which of its rows.
        span: Span,
    },
    /// The text of a transcript's rows for the clipboard.
    CopyConversation {
        /// Which transcript.
        query: ConversationQuery,
        /// The coordinates of the first and last row, inclusive.
        rows: (u64, u64),
    },
    /// The traffic over the session. While it is being counted, the answer holds what has been counted so far.
    Plot(PlotOf),
    /// The lifecycle of a connection as one end of it reports it. While it is being gathered, the answer holds what has been
    /// gathered so far; ask again.
    Trace(FlowId),
    /// What the kernel said of one end of a connection.
    Samples(SamplesOf),
    /// Drop the transcript and stop counting it. Has no answer.
    LeaveConversation,
    /// Nothing of the capture is shown any more: until something is, no rows are made, and those that were requested are
    /// not sent. Has no answer.
    LookAway,
}

/// Which samples are requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SamplesOf {
    /// The end of the connection.
    pub connection: FlowId,
    /// The first and the last moment of the numbers.
    pub time: (Stamp, Stamp),
    /// The first and the last byte of the streams that marks should speak of.
    pub bytes: (u64, u64),
    /// How many numbers, and how many marks of each kind, [`MAX_THINNED`] at most. Of more, some are left out evenly.
    pub most: usize,
}

/// The most numbers, and marks of each kind, in an answer.
pub const MAX_THINNED: usize = 4_096;

/// What the kernel said of one end of a connection.
#[derive(Clone, Debug, PartialEq)]
pub struct SamplesPage {
    /// What was requested.
    pub of: SamplesOf,
    /// The numbers within the time, in order.
    pub numbers: Vec<(Stamp, KernelNumbers)>,
    /// The marks that speak of the bytes, in order of time: for each kind, up to the first one that covers the last byte.
    pub marks: Vec<Mark>,
    /// Whether some were left out because they were too many.
    pub is_thinned: bool,
    /// Whether the record has not kept all: its bound was reached, part of it is damaged or no longer kept.
    pub is_cut: bool,
    /// Whether all of the record was examined; otherwise, ask again.
    pub is_whole: bool,
}

/// The lifecycle of a connection.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced {
    /// The end that reports it.
    pub connection: FlowId,
    /// The lifecycle, derived from entries, marks and states on record.
    pub trace: Trace,
    /// How far the record has been examined.
    pub progress: Progress,
    /// Whether some of the connection's entries or samples could not be read or are no longer kept.
    pub is_cut: bool,
}

/// Identifies the row of a detail. Entries, and the rows of each view of frames, are numbered separately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailOf {
    /// The row's number. Without a view of frames, this is the entry's number.
    pub number: u64,
    /// The view of frames that the row belongs to.
    pub frames: Option<Filter>,
    /// If the row is a bundle, the view that it belongs to, and another chunk of it than the first one.
    pub chunk: Option<(Box<Filter>, ChunkAt)>,
}

/// Which request is wanted, and what was sent in answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeOf {
    /// The row of the request.
    pub request: DetailOf,
    /// The row of what was sent; `None` for what was sent next on the connection.
    pub reply: Option<DetailOf>,
}

/// A request and what was sent in answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The request.
    pub request: Arc<Detail>,
    /// What was sent; `None` if nothing was.
    pub reply: Option<Bytes>,
}

/// An answer from the reader.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Rows of a view.
    Rows(Page<Filter>),
    /// Rows of a whole connection.
    Lines(Page<ConversationQuery>),
    /// One entry, or `None` if it is no longer kept.
    Detail(DetailOf, Option<Arc<Detail>>),
    /// What both ends of a connection saw, or `None` if the capture has only one end.
    Ends {
        /// The chunk in question.
        entry: u64,
        /// The bytes.
        range: Range<u64>,
        /// What they saw.
        ends: Option<Arc<Ends>>,
    },
    /// A request, with what was sent in answer; `None` if it is no longer kept.
    Exchange(Box<ExchangeOf>, Option<Arc<Exchange>>),
    /// Packets of the lab: none if the capture has no lab.
    Packets(PacketQuery, Result<Arc<PacketRun>, Arc<ImportError>>),
    /// Text for the clipboard.
    Copied(Copied),
    /// The traffic over the session.
    Plot {
        /// Whose it is.
        of: PlotOf,
        /// The series.
        series: Arc<Series>,
    },
    /// The lifecycle of a connection.
    Trace(Arc<Traced>),
    /// What the kernel said of a connection.
    Samples(Arc<SamplesPage>),
    /// A find has reached an entry, or there is none. Counting continues while `progress` is incomplete.
    Found {
        /// The pattern.
        pattern: Pattern,
        /// The entry that was found, if any.
        entry: Option<u64>,
        /// Its place among the matching entries, counted from 0.
        place: u64,
        /// How many entries have matched so far.
        count: u64,
        /// Whether the search wrapped around.
        wrapped: bool,
        /// How far counting has progressed.
        progress: Progress,
        /// Where the matches stand among the rows that were requested last.
        ticks: Option<Arc<Ticks>>,
        /// The matches that cross from one chunk into the next.
        crossings: Arc<Crossings>,
    },
    /// Progress of a find: sent about ten times a second, and once when counting finishes after [`Answer::Found`].
    Finding {
        /// The pattern.
        pattern: Pattern,
        /// How many entries have matched so far.
        count: u64,
        /// The place of the entry found, counted from 0; `None` before [`Answer::Found`].
        place: Option<u64>,
        /// How far counting has progressed.
        progress: Progress,
        /// Where the matches stand among the rows that were requested last.
        ticks: Option<Arc<Ticks>>,
        /// The matches that cross from one chunk into the next.
        crossings: Arc<Crossings>,
    },
    /// The size on disk of what was derived from the recording for its views, a table of frames. Sent without a request
    /// when it has changed. It is not part of what the recording itself takes.
    Derived {
        /// The size.
        disk_bytes: u64,
    },
    /// Progress of a view whose rows have been requested: sent about ten times a second until [`Answer::Rows`].
    Viewing {
        /// The view.
        filter: Filter,
        /// How many rows it has so far.
        len: u64,
        /// How far it has progressed.
        progress: Progress,
    },
}

/// An update from the recorder or the reader of a capture, for whoever drives the session.
#[derive(Clone, Debug)]
pub enum RecordUpdate {
    /// The status of endpoints, connections and the recording; only what changed since the last update.
    Status(StatusUpdate),
    /// An answer from the reader.
    Answer(Answer),
}

/// Changes since the last update. Each replaces the earlier value.
#[derive(Clone, Debug, Default)]
pub struct StatusUpdate {
    /// The state of the recording.
    pub record: RecordStatus,
    /// Endpoints that changed.
    pub endpoints: Vec<EndpointStatus>,
    /// Connections that changed, in order of their numbers. Closed connections of an endpoint beyond the newest
    /// [`CLOSED_KEPT`] are left out.
    pub connections: Vec<ConnectionStatus>,
    /// How many connections are live. One whose both ends are ours counts once.
    pub live_connections: u64,
    /// Whether endpoints are waiting for the recorder: recording is the bottleneck.
    pub recording_is_slow: bool,
    /// The newest progress of each long payload.
    pub fed: Vec<Fed>,
    /// What the kernel said of what is watched, in order of arrival. The newest [`MAX_SAMPLES`] if the window was slow;
    /// the record has them all.
    pub samples: Vec<Sample>,
}

/// How many samples wait for the window.
pub const MAX_SAMPLES: usize = 4_096;
/// How many closed connections of an endpoint the window keeps. The recording has them all.
pub const CLOSED_KEPT: usize = 1_000;
