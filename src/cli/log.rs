//! How entries are written to standard output: as JSON lines, by entry or by frame, or as what was received.

use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime};

use super::error::CliError;
use super::frames::{Counts, Framed, ReceivedFrames};
use super::pending::{Gap, Shortfall, WhenFull};
use super::visible::Visible;
use crate::capture::frames::FrameRule;
use crate::capture::{Encodings, Entry, EventKind, HOLD_BACK};
use crate::export::{JsonLack, JsonLines};
use crate::net::{Clock, EndpointId, Stamp};
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::EndpointForm;

/// How much later than it passed a silence is noted: an entry may be on its way for as long.
pub(super) const LATE: Duration = HOLD_BACK.saturating_mul(5);

/// Formats the entries of endpoints, in their order.
pub(super) struct Log {
    /// The endpoints' names.
    names: HashMap<EndpointId, String>,
    clock: Clock,
    form: Form,
    frames: Option<ReceivedFrames>,
}

/// What is written.
enum Form {
    /// JSON lines.
    Json(JsonLines),
    /// The received bytes.
    Exact,
    /// The received bytes, as a terminal shows them.
    Visible(Visible),
    /// Nothing: frames are only counted.
    Nothing,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Printed {
    /// What happens, as JSON lines.
    Json,
    /// The received bytes.
    Exact,
    /// The received bytes, so that nothing in them can drive a terminal.
    Visible,
    /// Nothing.
    Nothing,
}

/// The settings of a log.
pub(super) struct LogConfig<'a> {
    /// What to write.
    pub(super) printed: Printed,
    /// The endpoints: how their bytes are read.
    pub(super) endpoints: &'a [EndpointForm],
}

impl LogConfig<'_> {
    /// Refuses framings that have no effect: there is no JSON, received frames are not checked, and nothing else
    /// `uses` them.
    pub(super) fn require_use(&self, uses_received: bool) -> Result<(), CliError> {
        let is_checked = |rule: FrameRule| rule.check.is_some() || uses_received;
        let is_unseen = |it: &EndpointForm| {
            let rules = it.protocol().rules();
            rules.iter().any(Option::is_some) && !rules.received.is_some_and(is_checked)
        };
        if self.printed != Printed::Json && self.endpoints.iter().any(is_unseen) {
            return Err(CliError::FramingUnseen);
        }
        Ok(())
    }

    /// Returns whether there is anything to write or to count.
    pub(super) fn has_use(&self) -> bool {
        self.printed != Printed::Nothing || self.counts()
    }

    /// Returns what to do with entries for which there is no room: JSON lines hold up nobody; received bytes are written
    /// and checked frames counted to the last.
    pub(super) fn when_full(&self) -> WhenFull {
        match self.printed {
            Printed::Json => WhenFull::Drop,
            Printed::Exact | Printed::Visible | Printed::Nothing => WhenFull::Wait,
        }
    }

    /// Returns whether received frames are checked, and so counted.
    fn counts(&self) -> bool {
        let mut received = self
            .endpoints
            .iter()
            .map(|it| it.protocol().received.rule());
        received.any(|rule| rule.is_some_and(|it| it.check.is_some()))
    }
}

impl Log {
    /// Starts the log of a session.
    pub(super) fn new(clock: Clock, config: &LogConfig<'_>) -> Self {
        let endpoints = config.endpoints.iter();
        let encodings = endpoints.map(|it| (it.id, it.protocol().encodings()));
        let encodings = Encodings(encodings.collect());
        let names = config.endpoints.iter().map(|it| (it.id, it.name.clone()));
        let received = config
            .endpoints
            .first()
            .map(|it| it.protocol().received.encoding);
        let form = match config.printed {
            Printed::Json => Form::Json(JsonLines::new(encodings, &ENGLISH)),
            Printed::Exact => Form::Exact,
            Printed::Visible => Form::Visible(Visible::new(received.unwrap_or_default())),
            Printed::Nothing => Form::Nothing,
        };
        // Frames that nobody looks at are not cut.
        let are_seen = config.printed == Printed::Json || config.counts();
        let frames = are_seen.then(|| ReceivedFrames::new(config.endpoints));
        Self {
            names: names.collect(),
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
        let is_cut = self.frames.as_ref().is_some_and(|it| it.cuts(entry));
        let name = self.names.get(&entry.event.endpoint).map(String::as_str);
        match &mut self.form {
            Form::Json(json) if !is_cut => {
                // Writing to memory cannot fail.
                json.line(entry, name, output).ok();
            }
            Form::Exact => {
                if let EventKind::Received { payload } = &entry.event.kind {
                    output.extend_from_slice(&payload.bytes);
                }
            }
            Form::Visible(visible) => {
                if let EventKind::Received { payload } = &entry.event.kind {
                    visible.push(&payload.bytes, output);
                    if entry.is_datagram() {
                        visible.end_message(output);
                    }
                }
            }
            Form::Json(_) | Form::Nothing => {}
        }
    }

    /// Notes that entries are missing.
    pub(super) fn push_gap(&mut self, gap: Gap, output: &mut Vec<u8>) {
        let framed = self.frames.as_mut().map(ReceivedFrames::skip);
        self.push_frames(&framed.unwrap_or_default(), output);
        if let Form::Json(json) = &mut self.form {
            let lack = JsonLack {
                is_gap: true,
                stamp: gap.stamp,
                time: gap.time,
                entries: Some(gap.entries),
                reason: None,
            };
            // Writing to memory cannot fail.
            json.lack(&lack, output).ok();
        }
    }

    /// Notes that recording has stopped, or what is not recorded at the end. The lines go on.
    pub(super) fn push_unrecorded(&mut self, what: &Shortfall, output: &mut Vec<u8>) {
        if let Form::Json(json) = &mut self.form {
            let now = || (self.clock.now(), SystemTime::now());
            let (stamp, time) = what.first.unwrap_or_else(now);
            let reason = what.cause.as_ref().map(|cause| cause.in_words(&ENGLISH));
            let lack = JsonLack {
                is_gap: false,
                stamp,
                time,
                entries: what.entries,
                reason: reason.as_deref(),
            };
            // Writing to memory cannot fail.
            json.lack(&lack, output).ok();
        }
    }

    fn push_frames(&mut self, framed: &[Framed], output: &mut Vec<u8>) {
        if let Form::Json(json) = &mut self.form {
            for (entry, keys) in framed {
                let name = self.names.get(&entry.event.endpoint).map(String::as_str);
                // Writing to memory cannot fail.
                json.frame(entry, name, keys, output).ok();
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
        let framed = self.frames.as_mut().map(ReceivedFrames::end);
        self.push_frames(&framed.unwrap_or_default(), output);
        if let Form::Visible(visible) = &mut self.form {
            visible.end(output);
        }
    }

    /// Returns the counts of checked frames, if there is a check.
    pub(super) fn checked(&self) -> Option<Counts> {
        self.frames.as_ref()?.checked()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::capture::synthetic::{entries, event, received};
    use crate::workspace::{EndpointKind, ProtocolForm, ReadingForm, ServerForm};

    fn server(protocol: ProtocolForm) -> EndpointForm {
        EndpointForm {
            id: EndpointId(1),
            name: "Server 1".to_owned(),
            kind: EndpointKind::Server(ServerForm {
                protocol,
                ..ServerForm::default()
            }),
        }
    }

    #[test]
    fn a_gap_is_a_line_and_ends_frames() {
        let protocol = ProtocolForm::both(ReadingForm {
            framing_text: "lf".to_owned(),
            ..ReadingForm::default()
        });
        let config = LogConfig {
            printed: Printed::Json,
            endpoints: &[server(protocol)],
        };
        let mut log = Log::new(Clock::start(), &config);
        let mut output = Vec::new();
        for entry in entries([event(0, 1, 1, received(1, b"begun"))]) {
            log.push(&entry, &mut output);
        }
        assert_eq!(output, b"");
        let gap = Gap {
            entries: 7,
            stamp: Stamp(42),
            time: SystemTime::UNIX_EPOCH,
        };
        log.push_gap(gap, &mut output);
        let output = String::from_utf8(output).unwrap();
        let lines: Vec<_> = output.lines().collect();
        assert_eq!(lines.len(), 2, "{output}");
        assert!(lines[0].contains(r#""text":"begun""#), "{output}");
        assert_eq!(
            lines[1],
            r#"{"event":"not_written","time":"1970-01-01T00:00:00.000000Z","elapsed_ns":42,"entries":7}"#
        );
    }

    #[test]
    fn frames_are_cut_only_if_somebody_looks_at_them() {
        let check = |printed: Printed, check: &str, expected: bool| {
            let protocol = ProtocolForm::both(ReadingForm {
                framing_text: "length:u32be".to_owned(),
                check_text: check.to_owned(),
                ..ReadingForm::default()
            });
            let config = LogConfig {
                printed,
                endpoints: &[server(protocol)],
            };
            let log = Log::new(Clock::start(), &config);
            assert_eq!(
                (log.frames.is_some(), config.has_use()),
                (expected, expected)
            );
        };
        check(Printed::Nothing, "", false);
        check(Printed::Json, "", true);
        check(Printed::Nothing, "sum", true);
    }
}
