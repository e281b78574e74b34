//! The session's recording on disk: the recorder thread appends to it, the reader thread reads from it.
//!
//! Knows no window: changes are sent as [`RecordUpdate`]s, and a wake closure is called after each one.
//!
//! ```text
//! EventSource ──▶ recorder: Sequencer ─▶ Record, Tally ──▶ RecordUpdate::Status ─┐
//!                                          │                                     ├──▶ window
//! Request ──────▶ reader: Views, Find ◀────┘ ────────────▶ RecordUpdate::Answer ─┘
//! ```

pub(crate) mod access;
mod anchor;
mod bundles;
pub(crate) mod chosen;
mod clipboard;
mod conversation;
mod criteria;
mod crossings;
mod current;
mod damage;
#[cfg(test)]
mod datagram_tests;
mod ends;
mod entry;
pub(crate) mod event;
mod exchange;
mod find;
mod frame_rules;
pub mod frames;
mod hits;
pub(crate) mod import;
mod item;
mod keeping;
mod kind;
mod library;
mod lifecycle;
mod merge;
pub mod packets;
mod page;
pub(crate) mod partial;
pub(crate) mod pass;
pub mod pcap;
mod plot;
pub(crate) mod progress;
mod reader;
mod reading;
mod record;
mod recorder;
mod request;
mod row;
mod sample;
mod sampled;
mod say;
mod search;
mod search_encodings;
mod sequencer;
mod source;
mod status;
pub mod store;
pub(crate) mod streams;
#[cfg(test)]
pub(crate) mod synthetic;
mod tally;
#[cfg(test)]
mod tests;
pub(crate) mod texts;
mod ticks;
pub mod trace;
mod tracing;
mod unrecorded;
mod view;
mod watch;

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, bounded};

pub use anchor::{ANCHOR_LIFETIME, CLOCK_TOLERANCE, Moment};
pub use clipboard::{COPY_LIMIT_BYTES, Copied};
pub use conversation::{ConnectionFacts, ConversationQuery, Excerpt, LineText, TranscriptLine};
pub use criteria::{Filter, Kinds};
pub use crossings::Crossings;
pub use current::Current;
pub(crate) use damage::UnreadRun;
pub use ends::{End, EndChunk, Ends};
pub use entry::{Entry, SESSION, StreamId, StreamPosition, StreamPositions};
pub use event::{Event, EventKind};
pub use kind::RowKind;
pub use library::{
    DATA_DIR_VARIABLE, Library, LibraryError, ListedCapture, MAX_NAME_CHARS, NameProblem,
    PORTABLE_MARKER, SessionKind, SessionState, UNSAVED_DAYS, UNSAVED_KEPT, begin_at,
    portable_folder, title,
};
pub use lifecycle::LifecycleKind;
pub use page::{MAX_ROWS, Page, RowSource, Span};
pub use plot::{Bucket, MAX_BUCKETS, PlotOf, Series, Traffic};
pub use progress::Progress;
pub use reading::Reading;
pub use record::{Depth, PREVIEW_BYTES, Record};
pub use request::{
    Answer, CLOSED_KEPT, DetailOf, Exchange, ExchangeOf, MAX_SAMPLES, MAX_THINNED, RecordUpdate,
    Request, SamplesOf, SamplesPage, StatusUpdate, Traced,
};
pub use row::{
    BundleMark, ChunkAt, Detail, FrameDetail, FrameMark, Happening, Preview, Row, RowText,
};
pub use sample::{Beside, Sample};
pub use say::{Absence, Remark, Say, Voice};
pub use search_encodings::Encodings;
pub use sequencer::{HOLD_BACK, Sequencer};
pub use source::{Arrival, Batch, EventSource};
pub use status::{
    ConnectionState, ConnectionStatus, ConnectionTls, Ending, EndpointState, EndpointStatus, Pace,
    PeerSummary, RunStatus, TlsSummary,
};
pub use store::RecordStatus;
pub use ticks::Ticks;
pub use unrecorded::Unrecorded;
pub use watch::Watch;

use crate::net::Clock;
use keeping::Keeping;
use recorder::{Outlet, Recorder};
use store::Store;

/// How many updates may wait for the window. Beyond this, statuses are merged and answers wait.
const MAX_UPDATES: usize = 16;
/// How many requests may wait for the reader. Any more are returned to the window.
const MAX_REQUESTS: usize = 64;

/// Wakes the window after an update has been sent.
type Wake = Arc<dyn Fn() + Send + Sync>;
/// Never sent: dropping the channel is the signal.
type HangUp = Infallible;

/// A running recording of the session: the threads `recorder` and `reader`.
///
/// Once dropped, both end by themselves: the reader at once, the recorder with its source.
pub struct Capture {
    current: Current,
    reading: Reading,
    recorder: Keeping,
}

impl Capture {
    /// Starts recording events from `source`, stamped by `clock`, into `store`.
    ///
    /// `say` provides the words for finds and copies. Both threads call `wake` after each update that they send; it
    /// must not block.
    pub fn start(
        source: impl EventSource,
        clock: Clock,
        store: Arc<Store>,
        say: &'static dyn Say,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<(Self, Receiver<RecordUpdate>)> {
        Self::start_watched(source, clock, store, say, wake, None)
    }

    /// As [`Self::start`]; `watch` sees the entries after they have been recorded.
    pub fn start_watched(
        source: impl EventSource,
        clock: Clock,
        store: Arc<Store>,
        say: &'static dyn Say,
        wake: impl Fn() + Send + Sync + 'static,
        watch: Option<Box<dyn Watch>>,
    ) -> io::Result<(Self, Receiver<RecordUpdate>)> {
        let wake: Wake = Arc::new(wake);
        let current = Current::new(store);
        let (updates, receiver) = bounded(MAX_UPDATES);
        // If the second thread cannot be created, the first sees its channels dropped and ends.
        let (reading, end) = Reading::start(
            Some(clock),
            current.clone(),
            say,
            updates.clone(),
            Arc::clone(&wake),
        )?;
        let window = Outlet::new(updates, end, wake, current.store().status());
        let recorder = Recorder::new(source, clock, current.clone(), window, watch);
        let recorder = Keeping::start("recorder", move |headway| recorder.run(headway))?;
        let capture = Self {
            current,
            reading,
            recorder,
        };
        Ok((capture, receiver))
    }

    /// Sends a request to the reader thread. Never blocks. See [`Reading::request`].
    pub fn request(&self, request: Request) -> Result<(), Box<Request>> {
        self.reading.request(request)
    }

    /// Returns the current capture, which can be replaced.
    pub fn current(&self) -> &Current {
        &self.current
    }

    /// Ends both threads and waits for them, whether the receiver of the updates is in use, full or dropped.
    ///
    /// Shut down the engine first: the recorder then records what is in transit (bounded by the engine's channel) and
    /// ends. It is waited for as long as it makes progress; a disk that takes nothing for [`STALL_LIMIT`] ends the wait.
    /// If the engine is still running, the wait is two seconds, and the recorder ends with the engine. For the reader,
    /// see [`Reading::shutdown`].
    ///
    /// Returns how many entries have been recorded, or counted as not recorded.
    ///
    /// [`STALL_LIMIT`]: crate::net::STALL_LIMIT
    pub fn shutdown(self) -> u64 {
        self.reading.shutdown();
        self.recorder.finish()
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(body)
}
