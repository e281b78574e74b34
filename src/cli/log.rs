//! The path of events to standard output, as entries or frames in JSON lines.

use std::time::Instant;

use super::args::{FrameArguments, TextArguments};
use super::error::CliError;
use super::frames::{Counts, Framed, Frames};
use super::output::Output;
use crate::capture::Event;
use crate::capture::{Encodings, Entry, Moment, Sequencer};
use crate::export::JsonLines;
use crate::net::{Clock, EndpointId};
use crate::words::ENGLISH;

/// Writes the events of one endpoint.
pub(super) struct Log {
    /// The endpoint's name.
    name: &'static str,
    clock: Clock,
    sequencer: Sequencer,
    entries: Vec<Entry>,
    json: Option<JsonLines>,
    frames: Option<Frames>,
}

/// The settings of a log.
pub(super) struct LogConfig<'a> {
    /// Whether to write JSON lines.
    pub(super) json: bool,
    pub(super) text: &'a TextArguments,
    pub(super) frames: &'a FrameArguments,
}

impl LogConfig<'_> {
    /// Refuses a framing that has no effect: one without a check that nothing else `uses`.
    pub(super) fn require_use(&self, uses: bool) -> Result<(), CliError> {
        if self.frames.framing.is_some() && self.frames.check.is_none() && !uses {
            return Err(CliError::FramingUnseen);
        }
        Ok(())
    }

    /// Returns whether it needs more than the lifecycle events of connections.
    pub(super) fn takes_everything(&self) -> bool {
        self.json || self.frames.framing.is_some()
    }
}

impl Log {
    /// Starts the log of a session with one endpoint of this name.
    pub(super) fn new(
        name: &'static str,
        endpoint: EndpointId,
        clock: Clock,
        config: &LogConfig<'_>,
    ) -> Self {
        let encodings = Encodings::from([(endpoint, config.text.encoding)]);
        Self {
            name,
            clock,
            sequencer: Sequencer::new(clock.started()),
            entries: Vec::new(),
            json: config.json.then(|| JsonLines::new(encodings, &ENGLISH)),
            frames: Frames::new(config.frames, endpoint),
        }
    }

    /// Writes a batch at once: with one worker there are no other events to wait for.
    pub(super) fn write(&mut self, events: &[Event], output: &mut Output) -> Result<(), CliError> {
        if self.json.is_none() && self.frames.is_none() {
            return Ok(());
        }
        self.sequencer.push(events.iter().cloned());
        self.entries.clear();
        self.sequencer
            .flush(Moment::now(&self.clock), &mut self.entries);
        let entries = std::mem::take(&mut self.entries);
        let written = entries
            .iter()
            .try_for_each(|entry| self.write_entry(entry, output));
        self.entries = entries;
        written
    }

    fn write_entry(&mut self, entry: &Entry, output: &mut Output) -> Result<(), CliError> {
        if let Some(frames) = &mut self.frames {
            let framed = frames.push(entry);
            self.write_frames(&framed, output)?;
            if entry.payload().is_some() {
                return Ok(());
            }
        }
        let json = self.json.as_mut();
        match json.and_then(|json| json.line(entry, Some(self.name))) {
            Some(line) => output.write(line.as_bytes()),
            None => Ok(()),
        }
    }

    fn write_frames(&mut self, framed: &[Framed], output: &mut Output) -> Result<(), CliError> {
        let Some(json) = &self.json else {
            return Ok(());
        };
        let lines = framed
            .iter()
            .map(|(entry, keys)| json.frame(entry, Some(self.name), keys));
        lines
            .flatten()
            .try_for_each(|line| output.write(line.as_bytes()))
    }

    /// Returns when [`Self::pass`] is due, if nothing happens before.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let stamp = self.frames.as_ref()?.deadline()?;
        Some(self.clock.instant(stamp))
    }

    /// Notes that time has passed: silence may end a frame.
    pub(super) fn pass(&mut self, output: &mut Output) -> Result<(), CliError> {
        let now = self.clock.now();
        let framed = self.frames.as_mut().map(|frames| frames.pass(now));
        self.write_frames(&framed.unwrap_or_default(), output)
    }

    /// Ends the log, and writes frames that are still unfinished.
    pub(super) fn end(&mut self, output: &mut Output) -> Result<(), CliError> {
        let framed = self.frames.as_mut().map(Frames::end);
        self.write_frames(&framed.unwrap_or_default(), output)
    }

    /// Returns the counts of checked frames, if there is a check.
    pub(super) fn checked(&self) -> Option<Counts> {
        self.frames.as_ref()?.checked()
    }

    /// Returns whether it writes JSON lines to standard output.
    pub(super) fn has_json(&self) -> bool {
        self.json.is_some()
    }
}
