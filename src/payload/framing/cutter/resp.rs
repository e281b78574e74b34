//! Cuts Redis's protocol (RESP2 and RESP3): a frame is a value with all that it contains, or an inline command.
//!
//! Values need no stack: an aggregate only says how many more values the frame has. Streamed strings and aggregates,
//! which no version of Redis sends, are faults.

use super::line_bytes::LineBytes;
use super::{Cut, Fault, RESYNC_BYTES, take};
use crate::payload::framing::MAX_FRAME_BYTES;
use crate::payload::integer::decimal;

/// The most bytes of a line with a length: its type, the digits of a 64-bit number, and CR LF, with some room.
const LENGTH_LINE_BYTES: usize = 32;
/// The most bytes of an inline command, as in Redis.
const INLINE_BYTES: usize = 64 * 1024;
/// The fewest bytes of a value: `_\r\n`.
const LEAST_VALUE_BYTES: u64 = 3;

/// Where a stream of values is.
#[derive(Clone, Debug)]
pub(super) struct Resp {
    place: Place,
    /// How many values the frame still has, the current one included.
    owed: u64,
    line: LineBytes,
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the line of a frame's first value.
    First,
    /// In the line of a value within an aggregate.
    Element,
    /// In the bytes of a string, of which this many are missing.
    String(u64),
    /// After them, where CR LF must follow; whether CR did.
    StringEnd { is_after_cr: bool },
    /// In bytes that are no value, up to a line that begins an aggregate or a string.
    Lost { is_line_start: bool },
}

/// What a line says of its value.
enum Said {
    /// The value is complete.
    Whole,
    /// A string of this many bytes follows.
    String(u64),
    /// This many more values follow.
    Values(u64),
    /// It is no value.
    Wrong(Fault),
}

impl Resp {
    pub(super) fn new() -> Self {
        Self {
            place: Place::First,
            owed: 1,
            line: LineBytes::new(LENGTH_LINE_BYTES),
            fault: Fault::Resp,
        }
    }

    /// Forgets the incomplete frame.
    pub(super) fn reset(&mut self) {
        self.place = Place::First;
        self.owed = 1;
        self.line.clear();
    }

    /// Gives up a frame that is too long. Returns what is wrong with it.
    pub(super) fn give_up(&mut self) -> Fault {
        let fault = self.lost().unwrap_or(Fault::TooLong);
        self.reset();
        fault
    }

    /// Returns what is wrong with the frame that was cut last.
    pub(super) fn fault(&self) -> Fault {
        self.fault
    }

    /// Returns what is wrong with the pending bytes, if they are no value.
    pub(super) fn lost(&self) -> Option<Fault> {
        matches!(self.place, Place::Lost { .. }).then_some(self.fault)
    }

    /// Scans the next bytes, as [`super::CutRule::scan`].
    pub(super) fn scan(&mut self, bytes: &[u8]) -> (usize, Cut) {
        match self.place {
            Place::First | Place::Element => self.scan_line(bytes),
            Place::String(missing) => {
                let (taken, cut) = take(bytes, missing);
                self.place = match cut {
                    Cut::Whole => Place::StringEnd { is_after_cr: false },
                    _ => Place::String(missing - taken as u64),
                };
                (taken, Cut::None)
            }
            Place::StringEnd { is_after_cr } => (1, self.end_string(bytes, is_after_cr)),
            Place::Lost { is_line_start } => self.scan_lost(bytes, is_line_start),
        }
    }

    fn scan_line(&mut self, bytes: &[u8]) -> (usize, Cut) {
        let first = self.line.first().or(bytes.first().copied());
        let is_typed = first.is_some_and(is_type);
        if !is_typed && self.place == Place::Element {
            self.lose(Fault::Resp, bytes.first() == Some(&b'\n'));
            return (1, Cut::None);
        }
        let most = match first {
            Some(first) if is_counted(first) => LENGTH_LINE_BYTES,
            _ if is_typed => usize::MAX,
            _ => INLINE_BYTES,
        };
        let room = most - self.line.len_bytes();
        let (taken, is_ended) = self.line.take(bytes.get(..room).unwrap_or(bytes));
        if is_ended {
            return (taken, self.end_line());
        }
        if taken == room {
            self.lose(Fault::Resp, false);
        }
        (taken, Cut::None)
    }

    fn end_line(&mut self) -> Cut {
        let said = said(&self.line);
        self.line.clear();
        match said {
            Said::Whole => self.end_value(),
            Said::String(len) => {
                self.place = Place::String(len);
                Cut::None
            }
            Said::Values(count) => {
                let owed = self.owed + count;
                if is_too_many(owed) {
                    self.lose(Fault::Length(count), true);
                    return Cut::None;
                }
                self.owed = owed;
                self.end_value()
            }
            Said::Wrong(fault) => {
                self.lose(fault, true);
                Cut::None
            }
        }
    }

    fn end_string(&mut self, bytes: &[u8], is_after_cr: bool) -> Cut {
        let byte = bytes.first().copied().unwrap_or_default();
        match (is_after_cr, byte) {
            (false, b'\r') => self.place = Place::StringEnd { is_after_cr: true },
            (true, b'\n') => return self.end_value(),
            _ => self.lose(Fault::Resp, byte == b'\n'),
        }
        Cut::None
    }

    fn end_value(&mut self) -> Cut {
        self.owed -= 1;
        if self.owed > 0 {
            self.place = Place::Element;
            return Cut::None;
        }
        self.reset();
        Cut::Whole
    }

    fn lose(&mut self, fault: Fault, is_line_start: bool) {
        self.reset();
        self.place = Place::Lost { is_line_start };
        self.fault = fault;
    }

    fn scan_lost(&mut self, bytes: &[u8], is_line_start: bool) -> (usize, Cut) {
        let (taken, is_ended) = self.line.take(bytes);
        if !is_ended {
            return (taken, Cut::None);
        }
        let len = self.line.len_bytes();
        let is_frame = is_line_start
            && len <= RESYNC_BYTES
            && matches!(said(&self.line), Said::String(_) | Said::Values(1..));
        if !is_frame {
            self.line.clear();
            self.place = Place::Lost {
                is_line_start: true,
            };
            return (taken, Cut::None);
        }
        self.end_line();
        (taken, Cut::Faulty(len as u16))
    }
}

/// Whether a byte begins a value.
fn is_type(byte: u8) -> bool {
    is_counted(byte) || b"+-:_#,(".contains(&byte)
}

/// Whether the line of such a value is a length or a count.
fn is_counted(byte: u8) -> bool {
    b"$!=*~>%|".contains(&byte)
}

/// Reads the line of a value.
fn said(line: &LineBytes) -> Said {
    let Some(first) = line.first() else {
        return Said::Whole;
    };
    if !is_type(first) {
        return Said::Whole;
    }
    if !line.ends_in_crlf() {
        return Said::Wrong(Fault::Resp);
    }
    if !is_counted(first) {
        return Said::Whole;
    }
    let digits = line.text().get(1..).unwrap_or_default();
    if digits == b"-1" {
        return Said::Whole;
    }
    let Some(count) = decimal(digits) else {
        return Said::Wrong(Fault::Resp);
    };
    let (said, is_possible) = match first {
        b'$' | b'!' | b'=' => (Said::String(count), count <= MAX_FRAME_BYTES),
        _ => {
            let values = match first {
                b'%' => count.saturating_mul(2),
                // What has attributes follows them.
                b'|' => count.saturating_mul(2).saturating_add(1),
                _ => count,
            };
            let all = values.saturating_add(1);
            (Said::Values(values), !is_too_many(all))
        }
    };
    if is_possible {
        said
    } else {
        Said::Wrong(Fault::Length(count))
    }
}

/// Whether a frame with so many values is longer than any may be.
fn is_too_many(values: u64) -> bool {
    values.saturating_mul(LEAST_VALUE_BYTES) > MAX_FRAME_BYTES
}

#[cfg(test)]
mod tests;
