//! Standard output and standard error, without panics when they are closed.

use std::fmt::Display;
use std::io::{self, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::error::CliError;
use crate::payload::VisibleText;

/// How much is written at once: a reader that takes this much makes progress.
const PIECE_BYTES: usize = 32 * 1024;
/// How many lines may wait for standard error; beyond it they are left out and counted.
const MAX_LINES: usize = 1024;
/// How long the last lines may take: standard error may be full.
const LAST_WORDS_TIMEOUT: Duration = Duration::from_millis(500);

/// Data for standard output, flushed with each write.
pub(super) struct Output {
    stdout: Stdout,
    pieces: Arc<AtomicU64>,
}

/// Counts what a reader of standard output has taken.
#[derive(Clone)]
pub(super) struct Taken(Arc<AtomicU64>);

impl Taken {
    /// Returns a number that changes as long as the reader takes something.
    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Output {
    /// Opens standard output.
    pub(super) fn new() -> Self {
        Self {
            stdout: io::stdout(),
            pieces: Arc::default(),
        }
    }

    /// Returns the count of what is written.
    pub(super) fn taken(&self) -> Taken {
        Taken(Arc::clone(&self.pieces))
    }

    /// Writes all bytes and flushes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        let mut stdout = self.stdout.lock();
        for piece in bytes.chunks(PIECE_BYTES) {
            let written = stdout.write_all(piece).and_then(|()| stdout.flush());
            written.map_err(|error| match error.kind() {
                io::ErrorKind::BrokenPipe => CliError::OutputClosed,
                _ => CliError::Output(error),
            })?;
            self.pieces.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Standard output, for a writer that may have to be given up: whether its reader takes something can be seen.
pub(super) struct WatchedStdout {
    stdout: Stdout,
    writes: Writes,
}

/// Counts what is begun and ended: odd while something is being written.
#[derive(Clone, Default)]
pub(super) struct Writes(Arc<AtomicU64>);

impl Writes {
    /// Returns the number of the write that is going on.
    pub(super) fn current(&self) -> Option<u64> {
        let count = self.0.load(Ordering::Relaxed);
        (count % 2 == 1).then_some(count)
    }

    fn during<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.fetch_add(1, Ordering::Relaxed);
        let written = write();
        self.0.fetch_add(1, Ordering::Relaxed);
        written
    }
}

impl WatchedStdout {
    /// Opens standard output.
    pub(super) fn new() -> Self {
        Self {
            stdout: io::stdout(),
            writes: Writes::default(),
        }
    }

    /// Returns the count of what is written.
    pub(super) fn writes(&self) -> Writes {
        self.writes.clone()
    }
}

impl Write for WatchedStdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes.during(|| self.stdout.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writes.during(|| self.stdout.flush())
    }
}

/// Writes one line of text to standard error. What a path, a peer or an argument brings along cannot drive a terminal.
pub(super) fn say(words: impl Display) {
    let line = VisibleText::plain(words.to_string()).text;
    // With standard error closed, nobody can read it.
    writeln!(io::stderr(), "{line}").ok();
}

/// Returns the first error, and reports the others.
pub(super) fn first_of<const COUNT: usize>(
    results: [Result<(), CliError>; COUNT],
) -> Result<(), CliError> {
    let mut errors = results.into_iter().filter_map(Result::err);
    let first = errors.next();
    for error in errors.filter(CliError::has_message) {
        say(format_args!("bothends: {error}"));
    }
    first.map_or(Ok(()), Err)
}

/// Writes one line of text to standard error, if that takes it in time.
pub(super) fn say_at_last(words: String) {
    let (done, said) = bounded(1);
    let thread = thread::Builder::new().name("last words".to_owned());
    let started = thread.spawn(move || {
        say(words);
        // It fails once nobody waits any more.
        done.try_send(()).ok();
    });
    if started.is_ok() {
        said.recv_timeout(LAST_WORDS_TIMEOUT).ok();
    }
}

/// Lines for standard error, whose reader holds up nobody.
#[derive(Clone)]
pub(super) struct Messages {
    lines: Sender<String>,
    left_out: Arc<AtomicU64>,
}

/// The thread that writes messages.
pub(super) struct MessageWriter(Receiver<()>);

impl Messages {
    /// Starts a thread that writes them.
    pub(super) fn start() -> Result<(Self, MessageWriter), CliError> {
        let (lines, waiting) = bounded::<String>(MAX_LINES);
        let (done, ended) = bounded(0);
        let left_out = Arc::new(AtomicU64::new(0));
        let messages = Self {
            lines,
            left_out: Arc::clone(&left_out),
        };
        let thread = thread::Builder::new().name("messages".to_owned());
        let started = thread.spawn(move || {
            for line in waiting {
                say(line);
                let count = left_out.swap(0, Ordering::Relaxed);
                if count > 0 {
                    say(format_args!("bothends: {count} messages were left out"));
                }
            }
            drop::<Sender<()>>(done);
        });
        started.map_err(CliError::Start)?;
        Ok((messages, MessageWriter(ended)))
    }

    /// Writes a line as soon as standard error takes it.
    pub(super) fn say(&self, words: impl Display) {
        if self.lines.try_send(words.to_string()).is_err() {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl MessageWriter {
    /// Waits a moment for the messages to be written. Their senders must be gone.
    pub(super) fn finish(self) {
        self.0.recv_timeout(LAST_WORDS_TIMEOUT).ok();
    }
}
