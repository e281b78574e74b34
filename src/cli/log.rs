//! How entries are written to standard output: as JSON lines, by entry or by frame, or as the received bytes.

use std::time::{Duration, Instant};

use super::args::{FrameArguments, TextArguments};
use super::error::CliError;
use super::frames::{Counts, Framed, Frames};
use super::pending::Gap;
use crate::capture::{Encodings, Entry, EventKind, HOLD_BACK};
use crate::export::JsonLines;
use crate::net::{Clock, EndpointId, Stamp};
use crate::words::ENGLISH;

/// How much later than it passed a silence is noted: an entry may be on its way for as long.
const LATE: Duration = HOLD_BACK.saturating_mul(5);

/// Formats the entries of one endpoint, in their order.
pub(super) struct Log {
    /// The endpoint's name.
    name: &'static str,
    clock: Clock,
    form: Form,
    frames: Option<Frames>,
}

/// What is written.
enum Form {
    /// JSON lines.
    Json(JsonLines),
    /// The received bytes.
    Received,
    /// Nothing: frames are only counted.
    Nothing,
}

/// The settings of a log.
pub(super) struct LogConfig<'a> {
    /// Whether to write JSON lines.
    pub(super) json: bool,
    /// Whether to write the received bytes without them.
    pub(super) received: bool,
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

    /// Returns whether there is anything to write or to count.
    pub(super) fn has_use(&self) -> bool {
        self.json || self.received || self.frames.check.is_some()
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
        let form = if config.json {
            Form::Json(JsonLines::new(encodings, &ENGLISH))
        } else if config.received {
            Form::Received
        } else {
            Form::Nothing
        };
        // Frames that nobody looks at are not cut.
        let frames = (config.json || config.frames.check.is_some())
            .then(|| Frames::new(config.frames, endpoint));
        Self {
            name,
            clock,
            form,
            frames: frames.flatten(),
        }
    }

    /// Appends what the next entry adds to the output.
    pub(super) fn push(&mut self, entry: &Entry, output: &mut Vec<u8>) {
        if let Some(frames) = &mut self.frames {
            let framed = frames.push(entry);
            self.push_frames(&framed, output);
        }
        match &mut self.form {
            Form::Json(json) if self.frames.is_none() || entry.payload().is_none() => {
                // Writing to memory cannot fail.
                json.line(entry, Some(self.name), output).ok();
            }
            Form::Received => {
                if let EventKind::Received { payload } = &entry.event.kind {
                    output.extend_from_slice(&payload.bytes);
                }
            }
            Form::Json(_) | Form::Nothing => {}
        }
    }

    /// Notes that entries are missing.
    pub(super) fn push_gap(&mut self, gap: Gap, output: &mut Vec<u8>) {
        let framed = self.frames.as_mut().map(Frames::skip);
        self.push_frames(&framed.unwrap_or_default(), output);
        if let Form::Json(json) = &mut self.form {
            let written = json.not_written(gap.stamp, gap.time, gap.entries, output);
            // Writing to memory cannot fail.
            written.ok();
        }
    }

    fn push_frames(&mut self, framed: &[Framed], output: &mut Vec<u8>) {
        if let Form::Json(json) = &mut self.form {
            for (entry, keys) in framed {
                // Writing to memory cannot fail.
                json.frame(entry, Some(self.name), keys, output).ok();
            }
        }
    }

    /// Returns when [`Self::pass`] is due, if nothing happens before.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let stamp = self.frames.as_ref()?.deadline()?;
        Some(self.clock.instant(stamp) + LATE)
    }

    /// Notes that time has passed: silence may end a frame.
    pub(super) fn pass(&mut self, output: &mut Vec<u8>) {
        let late = LATE.as_nanos() as u64;
        let now = Stamp(self.clock.now().0.saturating_sub(late));
        let framed = self.frames.as_mut().map(|frames| frames.pass(now));
        self.push_frames(&framed.unwrap_or_default(), output);
    }

    /// Ends the log with the frames that are still unfinished.
    pub(super) fn end(&mut self, output: &mut Vec<u8>) {
        let framed = self.frames.as_mut().map(Frames::end);
        self.push_frames(&framed.unwrap_or_default(), output);
    }

    /// Returns the counts of checked frames, if there is a check.
    pub(super) fn checked(&self) -> Option<Counts> {
        self.frames.as_ref()?.checked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::Encoding;

    #[test]
    fn frames_are_cut_only_if_somebody_looks_at_them() {
        let text = TextArguments {
            template: false,
            encoding: Encoding::UTF_8,
        };
        let check = |json: bool, check: Option<&str>, expected: bool| {
            let frames = FrameArguments {
                framing: Some("length:u32be".parse().unwrap()),
                check: check.map(|check| check.parse().unwrap()),
            };
            let config = LogConfig {
                json,
                received: false,
                text: &text,
                frames: &frames,
            };
            let log = Log::new("Server 1", EndpointId(1), Clock::start(), &config);
            assert_eq!(
                (log.frames.is_some(), config.has_use()),
                (expected, expected)
            );
        };
        check(false, None, false);
        check(true, None, true);
        check(false, Some("sum"), true);
    }
}
