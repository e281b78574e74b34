//! The session's record on disk: the recorder thread appends to it, the reader thread reads from it.
//!
//! It knows no window: what changed goes out as [`Update`]s, and a wake closure is called after each one.
//!
//! ```text
//! EventSource ──▶ recorder: Sequencer ─▶ Record, Tally ──▶ Update::Status ─┐
//!                                          │                               ├──▶ window
//! Request ──────▶ reader: Views, Find ◀────┘ ────────────▶ Update::Answer ─┘
//! ```

mod anchor;
mod clipboard;
mod conversation;
mod entry;
mod find;
mod library;
mod merge;
mod plot;
mod reader;
mod record;
mod recorder;
mod request;
mod row;
mod sequencer;
mod source;
mod status;
pub mod store;
mod streams;
#[cfg(test)]
mod synthetic;
mod tally;
#[cfg(test)]
mod tests;
mod view;
pub mod words;

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError, bounded};

pub use anchor::{ANCHOR_LIFETIME, CLOCK_TOLERANCE, Moment};
pub use conversation::{ConversationQuery, Extent, Line, LineText};
pub use entry::{Entry, SESSION, StreamPosition, StreamPositions};
pub use library::{DATA_DIR_VARIABLE, Library};
pub use plot::{Bucket, MAX_BUCKETS, Series, Traffic};
pub use record::{Depth, Record};
pub use request::{
    Answer, CLOSED_KEPT, COPY_LIMIT_BYTES, Filter, MAX_ROWS, Request, Span, StatusUpdate, Update,
};
pub use row::{Detail, PREVIEW_BYTES, Row, RowKind};
pub use sequencer::{HOLD_BACK, Sequencer};
pub use source::{Arrival, EventSource};
pub use status::{ConnectionState, ConnectionStatus, EndpointState, EndpointStatus, RecordStatus};

use crate::net::Clock;
use reader::Reader;
use recorder::{Recorder, Window};
use store::Store;

/// How many updates may wait for the window. When they do, statuses are merged and answers wait.
const MAX_UPDATES: usize = 16;
/// How many requests may wait for the reader; one more is given back to the window.
const MAX_REQUESTS: usize = 64;
/// How long a shutdown waits for the recorder when the engine has not ended before.
const RECORDER_WAIT: Duration = Duration::from_millis(500);

/// Calls the window after an update was sent.
type Wake = Arc<dyn Fn() + Send + Sync>;
/// Never sent: that the channel is dropped is the message.
type HangUp = Infallible;

/// The session's record at work: the threads `recorder` and `reader`.
///
/// Dropping it lets both end by themselves: the reader at once, the recorder with its source.
pub struct Capture {
    requests: Sender<Request>,
    hang_up: Sender<HangUp>,
    recorder_ended: Receiver<HangUp>,
    recorder: JoinHandle<()>,
    reader: JoinHandle<()>,
}

impl Capture {
    /// Starts to record what comes from `source`, stamped by `clock`, into `store`.
    ///
    /// `wake` is called after each update was sent, by either thread; it must not block.
    pub fn start(
        source: impl EventSource,
        clock: Clock,
        store: Arc<Store>,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<(Self, Receiver<Update>)> {
        let wake: Wake = Arc::new(wake);
        let record = Record::new(store);
        let (requests, waiting) = bounded(MAX_REQUESTS);
        let (updates, receiver) = bounded(MAX_UPDATES);
        let (hang_up, end) = bounded(0);
        let (ended, recorder_ended) = bounded(0);
        let reader = Reader::new(
            record.clone(),
            waiting,
            updates.clone(),
            end.clone(),
            Arc::clone(&wake),
        );
        let window = Window::new(updates, end, wake, record.status());
        let recorder = Recorder::new(source, clock, record, window);
        // When the second thread cannot be made, the first one sees all its channels dropped, and ends.
        let reader = spawn("reader", move || reader.run())?;
        let recorder = spawn("recorder", move || {
            recorder.run();
            drop::<Sender<HangUp>>(ended);
        })?;
        let capture = Self {
            requests,
            hang_up,
            recorder_ended,
            recorder,
            reader,
        };
        Ok((capture, receiver))
    }

    /// Asks the reader thread; never blocks.
    ///
    /// # Errors
    ///
    /// Gives the request back when too many of them wait (the window has not taken its answers), or when the reader
    /// has ended because the receiver of its updates was dropped.
    pub fn request(&self, request: Request) -> Result<(), Request> {
        self.requests
            .try_send(request)
            .map_err(TrySendError::into_inner)
    }

    /// Ends both threads and waits for them; whether the receiver of the updates is held, full or dropped is the same.
    ///
    /// The engine is shut down first: the recorder then has what is under way to put on record (bounded by the
    /// engine's channel) and ends; with an engine that lives on it is waited for half a second, and ends with it later.
    /// The reader sees the hang-up after the slice or the copy (16 MiB at most) that it is at.
    pub fn shutdown(self) {
        drop(self.hang_up);
        drop(self.requests);
        // A thread that panicked has nothing left to clean up.
        self.reader.join().ok();
        if self.recorder_ended.recv_timeout(RECORDER_WAIT) == Err(RecvTimeoutError::Disconnected) {
            self.recorder.join().ok();
        }
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(body)
}
