//! The thread that writes entries to standard output, at the pace of its reader.

use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, bounded, never, select};

use super::error::CliError;
use super::frames::Counts;
use super::log::Log;
use super::output::{Output, Taken};
use super::pending::{NextLine, PendingReceiver, PendingSender};

/// How long, after a signal, a reader of standard output may take nothing before it is given up.
const READER_PATIENCE: Duration = Duration::from_secs(3);
/// How much is formatted before it is written.
const BUFFER_BYTES: usize = 256 * 1024;

/// A running writer. It ends with its entries; nothing can interrupt a write that nobody reads, so it is not joined.
pub(super) struct Writing {
    /// Receives the result: the counts of checked frames, if there is a check.
    pub(super) ended: Receiver<Result<Option<Counts>, CliError>>,
    taken: Taken,
    pending: PendingSender,
}

impl Writing {
    /// Starts writing entries as `log` formats them; `pending` is the other end of `entries`.
    pub(super) fn start(
        log: Log,
        entries: PendingReceiver,
        pending: PendingSender,
    ) -> Result<Self, CliError> {
        let output = Output::new();
        let taken = output.taken();
        let (done, ended) = bounded(1);
        let thread = thread::Builder::new().name("writer".to_owned());
        let started = thread.spawn(move || {
            let mut writer = Writer {
                log,
                entries,
                output,
                buffer: Vec::new(),
            };
            let result = writer.run();
            // Nobody is held up by what is not written any more.
            drop(writer);
            // It fails once the command has ended.
            done.try_send(result).ok();
        });
        started.map_err(CliError::Start)?;
        Ok(Self {
            ended,
            taken,
            pending,
        })
    }

    /// Waits until everything is written. Once a signal has arrived, gives up a reader that takes nothing for
    /// [`READER_PATIENCE`].
    ///
    /// # Errors
    ///
    /// Standard output could not be written, or not everything was.
    pub(super) fn finish(
        self,
        signals: &Receiver<()>,
        is_signalled: bool,
    ) -> Result<Option<Counts>, CliError> {
        let mut is_signalled = is_signalled;
        let result = loop {
            let progress = self.progress();
            let signal = if is_signalled { &never() } else { signals };
            let result = select! {
                recv(self.ended) -> result => Some(result.unwrap_or(Err(CliError::Ended))),
                recv(signal) -> _ => None,
                default(READER_PATIENCE) => {
                    if is_signalled && self.progress() == progress {
                        break Err(self.not_written());
                    }
                    continue;
                }
            };
            match result {
                Some(result) => break result,
                None => is_signalled = true,
            }
        };
        match result {
            Ok(_) if self.pending.not_written() > 0 => Err(self.not_written()),
            result => result,
        }
    }

    /// Returns what changes as long as lines are made or taken.
    fn progress(&self) -> (u64, u64) {
        (self.taken.count(), self.pending.not_written())
    }

    fn not_written(&self) -> CliError {
        CliError::NotWritten {
            entries: self.pending.not_written(),
        }
    }
}

struct Writer {
    log: Log,
    entries: PendingReceiver,
    output: Output,
    buffer: Vec<u8>,
}

impl Writer {
    fn run(&mut self) -> Result<Option<Counts>, CliError> {
        loop {
            match self.entries.next(self.log.deadline()) {
                NextLine::Entries(entries) => {
                    for entry in &entries {
                        self.log.push(entry, &mut self.buffer);
                        if self.buffer.len() >= BUFFER_BYTES {
                            self.write()?;
                        }
                    }
                    self.write()?;
                    self.entries.note_written(entries.len() as u64);
                }
                NextLine::Gap(gap) => self.log.push_gap(gap, &mut self.buffer),
                NextLine::Unrecorded(what) => self.log.push_unrecorded(&what, &mut self.buffer),
                NextLine::Paused => self.log.pass(&mut self.buffer),
                NextLine::Ended => break,
            }
            self.write()?;
        }
        self.log.end(&mut self.buffer);
        self.write()?;
        Ok(self.log.checked())
    }

    fn write(&mut self) -> Result<(), CliError> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let written = self.output.write(&self.buffer);
        self.buffer.clear();
        written
    }
}
