//! Cutting one direction of a connection as its bytes come. No byte is kept: a frame is told as a range.

use std::ops::Range;

use super::{Framing, LengthPrefix, LineBreak, MAX_FRAME_BYTES, Marks, SLIP_END};

/// A frame: a range of its stream's bytes, delimiters included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Its first byte's offset in the stream, and that of the byte after it.
    pub range: Range<u64>,
    /// Why it is no frame by the rule; none of one that is.
    pub fault: Option<Fault>,
}

/// Why bytes are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its length cannot be right: these are the bytes up to the end of the length, and the next frame begins behind it.
    Length(u64),
    /// The varint of its length goes on for too long; the next frame begins behind it.
    Varint,
    /// No end came within [`MAX_FRAME_BYTES`]: it was cut there.
    TooLong,
    /// The bytes before the mark that a frame begins with.
    Outside,
    /// The stream ended inside of it.
    Unfinished,
    /// Bytes of the stream are missing behind it.
    Gap,
}

/// What cuts one stream by a [`Framing`]. It takes the bytes in any pieces, and tells the same frames however they were
/// cut; only silence depends on when they came.
#[derive(Clone, Debug)]
pub struct Cutter {
    rule: Rule,
    /// The offset of the first byte of the frame that is not complete.
    start: u64,
    /// The offset of the next byte.
    at: u64,
    /// When the last byte came, in nanoseconds.
    newest_nanos: u64,
}

/// Where a piece of a stream is cut. It is small, because there is one for each frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Not at all: all of it was taken.
    None,
    /// Behind what was taken: a frame.
    Whole,
    /// Behind what was taken, because of a length that cannot be right.
    Length,
    /// Behind what was taken, because of a varint that is none.
    Varint,
    /// Before the mark that was taken last, of so many bytes: what stands before it is outside of any frame.
    Outside(u8),
}

#[derive(Clone, Debug)]
enum Rule {
    AnyLine {
        is_after_cr: bool,
    },
    Until(Seek),
    Fixed(u64),
    Length {
        prefix: LengthPrefix,
        value: u64,
        total: Option<u64>,
    },
    Varint {
        value: u64,
        total: Option<u64>,
    },
    Between {
        start: Seek,
        end: Seek,
        escape: Option<u8>,
        place: Place,
    },
    Slip {
        has_data: bool,
    },
    Silence {
        nanos: u64,
    },
}

/// Where a stream with marks is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Outside,
    Inside,
    /// Behind an escape.
    Escaped,
}

impl Cutter {
    /// Begins at offset 0 of a stream.
    pub fn new(framing: &Framing) -> Self {
        Self {
            rule: Rule::new(framing),
            start: 0,
            at: 0,
            newest_nanos: 0,
        }
    }

    /// The offset of the next byte.
    pub fn offset(&self) -> u64 {
        self.at
    }

    /// The bytes that are in no frame yet.
    pub fn pending(&self) -> Range<u64> {
        self.start..self.at
    }

    /// Whether the pending bytes are a whole frame, to which no more than the rest of its line break can still come.
    pub fn is_whole(&self) -> bool {
        matches!(self.rule, Rule::AnyLine { is_after_cr: true }) && self.at > self.start
    }

    /// When the pending bytes become a frame unless more come before: in nanoseconds, and for silence only.
    pub fn deadline_nanos(&self) -> Option<u64> {
        match self.rule {
            Rule::Silence { nanos } if self.at > self.start => {
                Some(self.newest_nanos.saturating_add(nanos))
            }
            _ => None,
        }
    }

    /// Takes the next bytes, which came at `nanos`, and tells the frames that they complete.
    pub fn push(&mut self, bytes: &[u8], nanos: u64, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        self.pass(nanos, emit);
        if !bytes.is_empty() {
            self.newest_nanos = nanos;
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let pending = self.at - self.start;
            let room = MAX_FRAME_BYTES.saturating_sub(pending).max(1);
            let piece = rest.get(..room as usize).unwrap_or(rest);
            let (taken, cut) = self.rule.scan(piece, pending);
            self.at += taken as u64;
            rest = rest.get(taken..).unwrap_or_default();
            let (end, fault) = match cut {
                Cut::Whole => (self.at, None),
                Cut::Length => (self.at, Some(Fault::Length(self.rule.said()))),
                Cut::Varint => (self.at, Some(Fault::Varint)),
                Cut::Outside(mark) => (self.at - u64::from(mark), Some(Fault::Outside)),
                Cut::None if self.at - self.start >= MAX_FRAME_BYTES => {
                    let (begun, fault) = self.rule.give_up();
                    (self.at - begun as u64, Some(fault))
                }
                Cut::None => continue,
            };
            self.cut(end, fault, emit);
        }
    }

    /// Notes that no byte came until `nanos`.
    pub fn pass(&mut self, nanos: u64, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        if self
            .deadline_nanos()
            .is_some_and(|deadline| nanos >= deadline)
        {
            self.cut(self.at, None, emit);
        }
    }

    /// Notes that the next bytes of the stream, so many, are missing.
    pub fn skip(&mut self, bytes: u64, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        self.end(Fault::Gap, emit);
        self.at = self.at.saturating_add(bytes);
        self.start = self.at;
    }

    /// Notes that the stream has ended.
    pub fn finish(&mut self, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        self.end(Fault::Unfinished, emit);
    }

    fn end(&mut self, fault: Fault, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        let fault = self.rule.end(fault);
        self.cut(self.at, fault, emit);
    }

    #[inline]
    fn cut(&mut self, end: u64, fault: Option<Fault>, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        if end > self.start {
            let range = self.start..end;
            self.start = end;
            emit(Frame { range, fault });
        }
    }
}

impl Rule {
    fn new(framing: &Framing) -> Self {
        match framing {
            Framing::Line(LineBreak::Any) => Self::AnyLine { is_after_cr: false },
            Framing::Line(LineBreak::Lf) => Self::Until(Seek::new(b"\n")),
            Framing::Line(LineBreak::CrLf) => Self::Until(Seek::new(b"\r\n")),
            Framing::Line(LineBreak::Cr) => Self::Until(Seek::new(b"\r")),
            Framing::Delimiter(bytes) => Self::Until(Seek::new(bytes)),
            Framing::Fixed(bytes) => Self::Fixed((*bytes).into()),
            Framing::Length(prefix) => Self::Length {
                prefix: *prefix,
                value: 0,
                total: None,
            },
            Framing::Varint => Self::Varint {
                value: 0,
                total: None,
            },
            Framing::Between(Marks { start, end, escape }) => Self::Between {
                start: Seek::new(start),
                end: Seek::new(end),
                escape: *escape,
                place: Place::Outside,
            },
            Framing::Slip => Self::Slip { has_data: false },
            Framing::Silence(time) => Self::Silence {
                nanos: u64::try_from(time.as_nanos()).unwrap_or(u64::MAX),
            },
        }
    }

    /// Looks through the next bytes, `pending` of the frame being behind it. Returns how many were taken, and the cut.
    #[expect(
        clippy::inline_always,
        reason = "it is called in one place, once or twice for each frame"
    )]
    #[inline(always)]
    fn scan(&mut self, bytes: &[u8], pending: u64) -> (usize, Cut) {
        let all = (bytes.len(), Cut::None);
        match self {
            Self::AnyLine { is_after_cr } => scan_line(is_after_cr, bytes),
            Self::Until(seek) => match seek.find(bytes) {
                Some(taken) => (taken, Cut::Whole),
                None => all,
            },
            Self::Fixed(total) => take(bytes, total.saturating_sub(pending)),
            Self::Length {
                prefix,
                value,
                total,
            } => {
                if let Some(whole) = *total {
                    return ended(take(bytes, whole.saturating_sub(pending)), total);
                }
                *value = if pending == 0 { 0 } else { *value };
                scan_length(*prefix, value, total, bytes, pending)
            }
            Self::Varint { value, total } => {
                if let Some(whole) = *total {
                    return ended(take(bytes, whole.saturating_sub(pending)), total);
                }
                *value = if pending == 0 { 0 } else { *value };
                scan_varint(value, total, bytes, pending)
            }
            Self::Between {
                start,
                end,
                escape,
                place,
            } => match place {
                Place::Outside => match start.find(bytes) {
                    None => all,
                    Some(taken) => {
                        *place = Place::Inside;
                        (taken, Cut::Outside(start.needle.len() as u8))
                    }
                },
                Place::Inside | Place::Escaped => match scan_inside(end, *escape, place, bytes) {
                    None => all,
                    Some(taken) => {
                        *place = Place::Outside;
                        (taken, Cut::Whole)
                    }
                },
            },
            Self::Slip { has_data } => scan_slip(has_data, bytes),
            Self::Silence { .. } => all,
        }
    }

    /// Returns what the length says that was read last.
    fn said(&self) -> u64 {
        match self {
            Self::Length { value, .. } | Self::Varint { value, .. } => *value,
            _ => 0,
        }
    }

    /// Gives up a frame that is too long. Returns how many of its last bytes may begin a delimiter or a mark, and belong
    /// to what follows.
    fn give_up(&mut self) -> (usize, Fault) {
        match self {
            Self::Until(seek) => (seek.matched, Fault::TooLong),
            Self::Between {
                start,
                place: Place::Outside,
                ..
            } => (start.matched, Fault::Outside),
            _ => {
                self.reset();
                (0, Fault::TooLong)
            }
        }
    }

    /// Ends where the stream does. Returns the fault of what is pending, if it is no frame.
    fn end(&mut self, fault: Fault) -> Option<Fault> {
        let fault = match self {
            Self::AnyLine { is_after_cr: true } | Self::Silence { .. } => None,
            Self::Between {
                place: Place::Outside,
                ..
            } => Some(Fault::Outside),
            _ => Some(fault),
        };
        self.reset();
        fault
    }

    fn reset(&mut self) {
        match self {
            Self::AnyLine { is_after_cr } => *is_after_cr = false,
            Self::Until(seek) => seek.matched = 0,
            Self::Length { total, .. } | Self::Varint { total, .. } => *total = None,
            Self::Between {
                start, end, place, ..
            } => {
                (start.matched, end.matched) = (0, 0);
                *place = Place::Outside;
            }
            Self::Slip { has_data } => *has_data = false,
            Self::Fixed(_) | Self::Silence { .. } => {}
        }
    }
}

/// Takes so many bytes, the last ones of a frame.
fn take(bytes: &[u8], missing: u64) -> (usize, Cut) {
    match usize::try_from(missing) {
        Ok(missing) if missing <= bytes.len() => (missing, Cut::Whole),
        _ => (bytes.len(), Cut::None),
    }
}

/// Forgets the length of a frame that is whole.
fn ended(outcome: (usize, Cut), total: &mut Option<u64>) -> (usize, Cut) {
    if outcome.1 != Cut::None {
        *total = None;
    }
    outcome
}

fn scan_line(is_after_cr: &mut bool, bytes: &[u8]) -> (usize, Cut) {
    if *is_after_cr {
        *is_after_cr = false;
        let is_lf = bytes.first() == Some(&b'\n');
        return (usize::from(is_lf), Cut::Whole);
    }
    let Some(end) = memchr::memchr2(b'\r', b'\n', bytes) else {
        return (bytes.len(), Cut::None);
    };
    if bytes.get(end) == Some(&b'\r') {
        *is_after_cr = true;
        return (end + 1, Cut::None);
    }
    (end + 1, Cut::Whole)
}

fn scan_length(
    prefix: LengthPrefix,
    value: &mut u64,
    total: &mut Option<u64>,
    bytes: &[u8],
    pending: u64,
) -> (usize, Cut) {
    let head = prefix.head_bytes() as u64;
    for (taken, (place, &byte)) in (1..).zip((pending..head).zip(bytes)) {
        if let Some(digit) = place.checked_sub(prefix.offset.into()) {
            if prefix.is_big_endian {
                *value = *value << 8 | u64::from(byte);
            } else {
                *value |= u64::from(byte) << (8 * digit);
            }
        }
        if place + 1 < head {
            continue;
        }
        return match prefix.total_bytes(*value) {
            None => (taken, Cut::Length),
            Some(whole) if whole == head => (taken, Cut::Whole),
            Some(whole) => {
                *total = Some(whole);
                (taken, Cut::None)
            }
        };
    }
    (bytes.len(), Cut::None)
}

fn scan_varint(
    value: &mut u64,
    total: &mut Option<u64>,
    bytes: &[u8],
    pending: u64,
) -> (usize, Cut) {
    /// The digits of 64 bits, seven bits each.
    const MOST_DIGITS: u64 = 10;
    for (taken, (place, &byte)) in (1..).zip((pending..).zip(bytes)) {
        let is_last = byte < 0x80;
        let is_last_digit = place + 1 >= MOST_DIGITS;
        if is_last_digit && byte > 1 {
            return (taken, Cut::Varint);
        }
        *value |= u64::from(byte & 0x7F) << (7 * place);
        if !is_last {
            continue;
        }
        let head = place + 1;
        let whole = value
            .checked_add(head)
            .filter(|whole| *whole <= MAX_FRAME_BYTES);
        return match whole {
            None => (taken, Cut::Length),
            Some(_) if *value == 0 => (taken, Cut::Whole),
            Some(whole) => {
                *total = Some(whole);
                (taken, Cut::None)
            }
        };
    }
    (bytes.len(), Cut::None)
}

/// Looks for the mark that ends a frame. Returns how many bytes there are up to its end.
fn scan_inside(
    end: &mut Seek,
    escape: Option<u8>,
    place: &mut Place,
    bytes: &[u8],
) -> Option<usize> {
    let Some(escape) = escape else {
        return end.find(bytes);
    };
    for (taken, &byte) in (1..).zip(bytes) {
        let is_whole = if *place == Place::Escaped {
            *place = Place::Inside;
            // The escape may begin the mark itself, as in DLE ETX.
            end.matched > 0 && end.take_exactly(byte)
        } else if byte == escape {
            *place = Place::Escaped;
            end.matched = 0;
            end.take_exactly(byte)
        } else {
            end.take(byte)
        };
        if is_whole {
            return Some(taken);
        }
    }
    None
}

fn scan_slip(has_data: &mut bool, bytes: &[u8]) -> (usize, Cut) {
    let mut ends = memchr::memchr_iter(SLIP_END, bytes);
    let mut from = 0;
    // What ends nothing begins the next frame.
    let end = ends.find(|&end| {
        let is_end = *has_data || end > from;
        from = end + 1;
        is_end
    });
    if let Some(end) = end {
        *has_data = false;
        return (end + 1, Cut::Whole);
    }
    *has_data |= from < bytes.len();
    (bytes.len(), Cut::None)
}

/// A search for bytes in a stream that comes in pieces (Knuth, Morris, Pratt).
#[derive(Clone, Debug)]
struct Seek {
    needle: Vec<u8>,
    /// For each length of a beginning that matched: the length of the longest one that it ends with.
    shorter: Vec<usize>,
    matched: usize,
}

impl Seek {
    fn new(needle: &[u8]) -> Self {
        let mut seek = Self {
            needle: needle.to_owned(),
            shorter: vec![0; needle.len() + 1],
            matched: 0,
        };
        for (place, &byte) in needle.iter().enumerate().skip(1) {
            seek.take(byte);
            if let Some(shorter) = seek.shorter.get_mut(place + 1) {
                *shorter = seek.matched;
            }
        }
        seek.matched = 0;
        seek
    }

    /// Takes a byte. Returns whether the needle is whole, and begins anew then.
    fn take(&mut self, byte: u8) -> bool {
        while self.matched > 0 && self.needle.get(self.matched) != Some(&byte) {
            self.matched = self.shorter.get(self.matched).copied().unwrap_or(0);
        }
        self.take_exactly(byte)
    }

    /// Takes a byte that goes on with what matched, or begins anew behind it.
    fn take_exactly(&mut self, byte: u8) -> bool {
        let goes_on = self.needle.get(self.matched) == Some(&byte);
        self.matched = if goes_on { self.matched + 1 } else { 0 };
        let is_whole = self.matched == self.needle.len();
        if is_whole {
            self.matched = 0;
        }
        is_whole
    }

    /// Returns how many bytes there are up to the end of the needle.
    #[inline]
    fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        if let [only] = *self.needle {
            return memchr::memchr(only, bytes).map(|at| at + 1);
        }
        let first = *self.needle.first()?;
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.matched == 0 {
                at += memchr::memchr(first, rest)?;
            }
            let is_whole = self.take(*bytes.get(at)?);
            at += 1;
            if is_whole {
                return Some(at);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
