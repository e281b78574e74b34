//! What happens, on its way to standard output as JSON lines.

use std::time::Instant;

use super::args::{FrameArguments, TextArguments};
use super::error::CliError;
use super::frames::{Counts, Framed, Frames};
use super::json::JsonLines;
use super::output::Output;
use crate::capture::{Encodings, Entry, Moment, Sequencer};
use crate::net::{Clock, EndpointId, Event};

/// Takes in what happens on one endpoint.
pub(super) struct Log {
    clock: Clock,
    sequencer: Sequencer,
    entries: Vec<Entry>,
    json: Option<JsonLines>,
    frames: Option<Frames>,
}

/// What a log is to do.
pub(super) struct LogConfig<'a> {
    /// Whether to write JSON lines.
    pub(super) json: bool,
    pub(super) text: &'a TextArguments,
    pub(super) frames: &'a FrameArguments,
}

impl LogConfig<'_> {
    /// Refuses a framing of no effect: without a check, and where nothing else `uses` it.
    pub(super) fn require_use(&self, uses: bool) -> Result<(), CliError> {
        if self.frames.framing.is_some() && self.frames.check.is_none() && !uses {
            return Err(CliError::FramingUnseen);
        }
        Ok(())
    }

    /// Returns whether more is wanted than the beginnings and the ends of connections.
    pub(super) fn takes_everything(&self) -> bool {
        self.json || self.frames.framing.is_some()
    }
}

impl Log {
    /// Begins the log of a session with one endpoint of this name.
    pub(super) fn new(
        name: &'static str,
        endpoint: EndpointId,
        clock: Clock,
        config: &LogConfig<'_>,
    ) -> Self {
        let encodings = Encodings::from([(endpoint, config.text.encoding)]);
        Self {
            clock,
            sequencer: Sequencer::new(clock.started()),
            entries: Vec::new(),
            json: config.json.then(|| JsonLines::new(name, encodings)),
            frames: Frames::new(config.frames, endpoint),
        }
    }

    /// Takes in a batch at once: with one worker there is no other one's event to wait for.
    pub(super) fn write(&mut self, events: &[Event], output: &mut Output) -> Result<(), CliError> {
        if self.json.is_none() && self.frames.is_none() {
            return Ok(());
        }
        self.sequencer.push(events.iter().cloned());
        self.entries.clear();
        self.sequencer
            .flush(Moment::now(&self.clock), &mut self.entries);
        let entries = std::mem::take(&mut self.entries);
        let told = entries
            .iter()
            .try_for_each(|entry| self.tell(entry, output));
        self.entries = entries;
        told
    }

    fn tell(&mut self, entry: &Entry, output: &mut Output) -> Result<(), CliError> {
        if let Some(frames) = &mut self.frames {
            let framed = frames.push(entry);
            self.tell_frames(framed, output)?;
            if entry.payload().is_some() {
                return Ok(());
            }
        }
        match &mut self.json {
            Some(json) => json.entry(entry, output),
            None => Ok(()),
        }
    }

    fn tell_frames(&mut self, framed: Vec<Framed>, output: &mut Output) -> Result<(), CliError> {
        let Some(json) = &mut self.json else {
            return Ok(());
        };
        framed
            .into_iter()
            .try_for_each(|framed| json.frame(&framed.entry, &framed.keys, output))
    }

    /// Returns when [`Self::pass`] is due, if nothing happens before.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let stamp = self.frames.as_ref()?.deadline()?;
        Some(self.clock.instant(stamp))
    }

    /// Takes note that time has passed: a silence ends a frame.
    pub(super) fn pass(&mut self, output: &mut Output) -> Result<(), CliError> {
        let now = self.clock.now();
        let framed = self.frames.as_mut().map(|frames| frames.pass(now));
        self.tell_frames(framed.unwrap_or_default(), output)
    }

    /// Takes note that nothing more happens: what is open of a frame is told.
    pub(super) fn end(&mut self, output: &mut Output) -> Result<(), CliError> {
        let framed = self.frames.as_mut().map(Frames::end);
        self.tell_frames(framed.unwrap_or_default(), output)
    }

    /// Returns how many received frames were checked, where there is a check.
    pub(super) fn checked(&self) -> Option<Counts> {
        self.frames.as_ref()?.checked()
    }

    /// Returns whether standard output is taken by JSON lines.
    pub(super) fn has_json(&self) -> bool {
        self.json.is_some()
    }
}
