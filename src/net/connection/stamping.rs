//! Marks of a connection's bytes: turns the kernel's stamps into offsets of the stream and into our clock.

use std::time::SystemTime;

use super::Connection;
use crate::net::clock::Stamp;
use crate::net::context::Context;
use crate::net::event::EngineEventKind;
use crate::net::kernel::{CountsFrom, Lack, Mark, MarkKind, Marks, Queued, Sampled, Stamped};

/// How many messages of the error queue are taken at once. The socket stays ready while there are more.
const MESSAGES_PER_CALL: usize = 256;

/// What is marked on a connection.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stamping {
    marks: Marks,
    /// The offset that the kernel counts from.
    base: u64,
}

impl Connection {
    /// Begins, changes or ends the marks. `has_unacknowledged` says whether bytes wait to be acknowledged.
    ///
    /// # Errors
    /// Why there are none.
    pub(in crate::net) fn set_marks(
        &mut self,
        marks: Marks,
        has_unacknowledged: bool,
    ) -> Result<(), Lack> {
        if self.stamping.marks == marks {
            return Ok(());
        }
        if self.socket.tls().is_some() {
            return Err(Lack::Encrypted);
        }
        if !self.socket.is_tcp() {
            return Err(Lack::NotTcp);
        }
        let begins = self.stamping.marks == Marks::None;
        let set = self.socket.set_stamps(marks, CountsFrom::NextByte);
        let set = set.or_else(|error| match error.kind() {
            // A kernel before 6.2 counts from what is not acknowledged: exactly known if that is nothing.
            std::io::ErrorKind::InvalidInput if has_unacknowledged => Err(Lack::Unacknowledged),
            std::io::ErrorKind::InvalidInput => {
                let from = CountsFrom::Unacknowledged;
                self.socket.set_stamps(marks, from).map_err(Lack::of)
            }
            std::io::ErrorKind::Unsupported => Err(Lack::Marks),
            _ => Err(Lack::of(error)),
        });
        set?;
        self.stamping.marks = marks;
        if begins {
            self.stamping.base = self.written_bytes;
        }
        Ok(())
    }

    /// Ends the marks: what follows is encrypted. Stamps that are under way are taken and dropped.
    pub(super) fn end_marks(&mut self, context: &mut Context) {
        if self.is_marked() {
            self.take_stamps(context);
            // If it fails, stamps go on and are dropped.
            self.socket
                .set_stamps(Marks::None, CountsFrom::NextByte)
                .ok();
            self.stamping = Stamping::default();
        }
    }

    /// Returns whether there are marks.
    pub(super) fn is_marked(&self) -> bool {
        self.stamping.marks != Marks::None
    }

    /// Returns whether reads say when the bytes arrived.
    pub(super) fn marks_arrivals(&self) -> bool {
        self.stamping.marks == Marks::All
    }

    /// Takes the messages of the socket's error queue and emits marks of those that are stamps. Returns whether there were
    /// any: then the error flag meant them.
    pub(super) fn take_stamps(&mut self, context: &mut Context) -> bool {
        let mut has_any = false;
        let now = (context.now(), SystemTime::now());
        for _ in 0..MESSAGES_PER_CALL {
            let Queued::Message(stamped) = self.socket.take_message() else {
                break;
            };
            has_any = true;
            let mark = stamped.and_then(|it| self.stamping.mark(&it, self.written_bytes, now));
            let Some(mark) = mark else {
                continue;
            };
            self.emit_mark(mark, context);
            if mark.kind == MarkKind::Acknowledged && mark.end >= self.written_bytes {
                // As a rule nothing follows, and to ask is a call. If something does, the flag says so.
                break;
            }
        }
        has_any
    }

    /// Emits that the last of the bytes that were just read arrived at this time.
    pub(super) fn mark_arrival(&self, at: SystemTime, context: &mut Context) {
        let now = (context.now(), SystemTime::now());
        let mark = Mark {
            kind: MarkKind::Arrived,
            end: self.read_bytes,
            at: on_our_clock(at, now),
        };
        self.emit_mark(mark, context);
    }

    fn emit_mark(&self, mark: Mark, context: &mut Context) {
        let kind = EngineEventKind::Sampled(Sampled::Mark(mark));
        context.emit(Some(&self.link), kind);
    }
}

impl Stamping {
    /// Turns a stamp into a mark. `written` bytes have been written so far. `None` for a stamp of an earlier time of marks,
    /// or while there are none.
    fn mark(&self, stamped: &Stamped, written: u64, now: (Stamp, SystemTime)) -> Option<Mark> {
        let last = offset_of(stamped.last, written.checked_sub(self.base)?)?;
        (self.marks != Marks::None).then(|| Mark {
            kind: stamped.kind,
            end: self.base + last + 1,
            at: on_our_clock(stamped.at, now),
        })
    }
}

/// Returns the byte that a number of 32 bits means: the last one with these bits before `written`.
fn offset_of(bits: u32, written: u64) -> Option<u64> {
    let last = written.checked_sub(1)?;
    let high = last & !u64::from(u32::MAX);
    let candidate = high | u64::from(bits);
    if candidate <= last {
        Some(candidate)
    } else {
        candidate.checked_sub(1 << 32)
    }
}

/// Returns the stamp of a time of the wall clock, but not after now.
fn on_our_clock(at: SystemTime, (stamp, time): (Stamp, SystemTime)) -> Stamp {
    let ago = time.duration_since(at).unwrap_or_default();
    let ago = u64::try_from(ago.as_nanos()).unwrap_or(u64::MAX);
    Stamp(stamp.0.saturating_sub(ago))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn a_number_of_32_bits_means_the_last_byte_with_these_bits() {
        const WRAP: u64 = 1 << 32;
        let check = |bits: u32, written: u64, expected: Option<u64>| {
            assert_eq!(offset_of(bits, written), expected, "{bits} of {written}");
        };
        check(0, 0, None);
        check(0, 1, Some(0));
        check(999, 1000, Some(999));
        check(1000, 1000, None);
        check(u32::MAX, WRAP, Some(WRAP - 1));
        check(5, WRAP + 10, Some(WRAP + 5));
        check(9, WRAP + 10, Some(WRAP + 9));
        check(10, WRAP + 10, Some(10));
        check(u32::MAX, WRAP + 10, Some(WRAP - 1));
    }

    #[test]
    fn stamps_come_to_our_clock_and_never_lie_ahead() {
        let now = (Stamp(5_000), UNIX_EPOCH + Duration::from_secs(100));
        let before = now.1 - Duration::from_nanos(1_200);
        assert_eq!(on_our_clock(before, now), Stamp(3_800));
        assert_eq!(
            on_our_clock(now.1 + Duration::from_secs(1), now),
            Stamp(5_000)
        );
        assert_eq!(on_our_clock(UNIX_EPOCH, now), Stamp(0));
    }

    #[test]
    fn a_stamp_of_earlier_marks_is_none() {
        let stamping = Stamping {
            marks: Marks::All,
            base: 1_000,
        };
        let now = (Stamp(0), UNIX_EPOCH);
        let mark = |last, written| {
            let stamped = Stamped {
                kind: MarkKind::Left,
                last,
                at: UNIX_EPOCH,
            };
            stamping.mark(&stamped, written, now).map(|mark| mark.end)
        };
        assert_eq!(mark(9, 1_010), Some(1_010));
        assert_eq!(mark(10, 1_010), None);
        assert_eq!(mark(0_u32.wrapping_sub(5), 1_010), None);
    }
}
