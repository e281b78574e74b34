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
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Its length cannot be right: these are the bytes up to the end of the length, and the next frame begins behind it.
    #[error("its length says {0}, which no frame here has; the next one begins behind it")]
    Length(u64),
    /// The varint of its length goes on for too long; the next frame begins behind it.
    #[error("its length is no varint of 64 bits; the next frame begins behind it")]
    Varint,
    /// No end came within [`MAX_FRAME_BYTES`]: it was cut there.
    #[error("no end came within 16 MiB: it is cut here")]
    TooLong,
    /// The bytes before the mark that a frame begins with.
    #[error("outside of any frame")]
    Outside,
    /// The stream ended inside of it.
    #[error("the stream ended inside of it")]
    Unfinished,
    /// Bytes of the stream are missing behind it.
    #[error("bytes are missing behind it")]
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

/// Where a piece of a stream is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Not at all: all of it was taken.
    None,
    /// Behind what was taken.
    Here(Option<Fault>),
    /// So many bytes before the end of what was taken.
    Before(usize, Fault),
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
    pub fn push(&mut self, bytes: &[u8], nanos: u64, tell: &mut dyn FnMut(Frame)) {
        self.pass(nanos, tell);
        if !bytes.is_empty() {
            self.newest_nanos = nanos;
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let pending = self.at - self.start;
            let room = MAX_FRAME_BYTES.saturating_sub(pending).max(1);
            let room = usize::try_from(room).unwrap_or(usize::MAX);
            let piece = rest.get(..room).unwrap_or(rest);
            let (taken, cut) = self.rule.scan(piece, pending);
            self.at += taken as u64;
            rest = rest.get(taken..).unwrap_or_default();
            match cut {
                Cut::Here(fault) => self.cut(self.at, fault, tell),
                Cut::Before(bytes, fault) => self.cut(self.at - bytes as u64, Some(fault), tell),
                Cut::None if self.at - self.start >= MAX_FRAME_BYTES => {
                    let (begun, fault) = self.rule.give_up();
                    self.cut(self.at - begun as u64, Some(fault), tell);
                }
                Cut::None => {}
            }
        }
    }

    /// Notes that no byte came until `nanos`.
    pub fn pass(&mut self, nanos: u64, tell: &mut dyn FnMut(Frame)) {
        if self
            .deadline_nanos()
            .is_some_and(|deadline| nanos >= deadline)
        {
            self.cut(self.at, None, tell);
        }
    }

    /// Notes that the next bytes of the stream, so many, are missing.
    pub fn skip(&mut self, bytes: u64, tell: &mut dyn FnMut(Frame)) {
        self.end(Fault::Gap, tell);
        self.at = self.at.saturating_add(bytes);
        self.start = self.at;
    }

    /// Notes that the stream has ended.
    pub fn finish(&mut self, tell: &mut dyn FnMut(Frame)) {
        self.end(Fault::Unfinished, tell);
    }

    fn end(&mut self, fault: Fault, tell: &mut dyn FnMut(Frame)) {
        let fault = self.rule.end(fault);
        self.cut(self.at, fault, tell);
    }

    fn cut(&mut self, end: u64, fault: Option<Fault>, tell: &mut dyn FnMut(Frame)) {
        if end > self.start {
            let range = self.start..end;
            self.start = end;
            tell(Frame { range, fault });
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
    fn scan(&mut self, bytes: &[u8], pending: u64) -> (usize, Cut) {
        let all = (bytes.len(), Cut::None);
        match self {
            Self::AnyLine { is_after_cr } => scan_line(is_after_cr, bytes),
            Self::Until(seek) => match seek.find(bytes) {
                Some(taken) => (taken, Cut::Here(None)),
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
                        (taken, Cut::Before(start.needle.len(), Fault::Outside))
                    }
                },
                Place::Inside | Place::Escaped => match scan_inside(end, *escape, place, bytes) {
                    None => all,
                    Some(taken) => {
                        *place = Place::Outside;
                        (taken, Cut::Here(None))
                    }
                },
            },
            Self::Slip { has_data } => scan_slip(has_data, bytes),
            Self::Silence { .. } => all,
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
        Ok(missing) if missing <= bytes.len() => (missing, Cut::Here(None)),
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
        return (usize::from(is_lf), Cut::Here(None));
    }
    let Some(end) = memchr::memchr2(b'\r', b'\n', bytes) else {
        return (bytes.len(), Cut::None);
    };
    if bytes.get(end) == Some(&b'\r') {
        *is_after_cr = true;
        return (end + 1, Cut::None);
    }
    (end + 1, Cut::Here(None))
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
            None => (taken, Cut::Here(Some(Fault::Length(*value)))),
            Some(whole) if whole == head => (taken, Cut::Here(None)),
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
            return (taken, Cut::Here(Some(Fault::Varint)));
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
            None => (taken, Cut::Here(Some(Fault::Length(*value)))),
            Some(_) if *value == 0 => (taken, Cut::Here(None)),
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
        return (end + 1, Cut::Here(None));
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
    fn find(&mut self, bytes: &[u8]) -> Option<usize> {
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn framing(rule: &str) -> Framing {
        rule.parse().unwrap()
    }

    /// The frames of a stream that comes in these pieces, 1 ms apart, and then ends.
    fn cut(framing: &Framing, pieces: &[&[u8]]) -> Vec<Frame> {
        let mut cutter = Cutter::new(framing);
        let mut frames = Vec::new();
        for (piece, millis) in pieces.iter().zip(0..) {
            cutter.push(piece, millis * 1_000_000, &mut |frame| frames.push(frame));
        }
        cutter.finish(&mut |frame| frames.push(frame));
        assert!(cutter.pending().is_empty());
        frames
    }

    /// Checks the frames of a stream: their bytes, and whether they have a fault.
    fn check(rule: &str, stream: &[u8], expected: &[(&[u8], Option<Fault>)]) {
        let framing = framing(rule);
        let bytes: Vec<&[u8]> = stream.chunks(1).collect();
        for pieces in [&[stream][..], &bytes] {
            let frames = cut(&framing, pieces);
            let told: Vec<_> = frames
                .iter()
                .map(|it| {
                    (
                        &stream[it.range.start as usize..it.range.end as usize],
                        it.fault,
                    )
                })
                .collect();
            assert_eq!(told, expected, "{rule}, {} pieces", pieces.len());
        }
    }

    const UNFINISHED: Option<Fault> = Some(Fault::Unfinished);
    const OUTSIDE: Option<Fault> = Some(Fault::Outside);

    #[test]
    fn lines_end_as_the_rule_says() {
        check("line", b"", &[]);
        check(
            "line",
            b"a\nb\r\nc\rd\r",
            &[
                (b"a\n", None),
                (b"b\r\n", None),
                (b"c\r", None),
                (b"d\r", None),
            ],
        );
        check(
            "line",
            b"\r\r\n\n",
            &[(b"\r", None), (b"\r\n", None), (b"\n", None)],
        );
        check("line", b"a\nb", &[(b"a\n", None), (b"b", UNFINISHED)]);
        check(
            "lf",
            b"a\rb\r\nc",
            &[(b"a\rb\r\n", None), (b"c", UNFINISHED)],
        );
        check(
            "crlf",
            b"a\nb\r\r\nc\r",
            &[(b"a\nb\r\r\n", None), (b"c\r", UNFINISHED)],
        );
        check("cr", b"a\r\nb\r", &[(b"a\r", None), (b"\nb\r", None)]);
    }

    #[test]
    fn a_delimiter_may_repeat_its_own_beginning() {
        check(
            "delimiter:00",
            b"a\x00\x00b",
            &[(b"a\x00", None), (b"\x00", None), (b"b", UNFINISHED)],
        );
        check(
            "delimiter:616162",
            b"aaabaab",
            &[(b"aaab", None), (b"aab", None)],
        );
        check(
            "delimiter:61626163",
            b"abababacx",
            &[(b"abababac", None), (b"x", UNFINISHED)],
        );
    }

    #[test]
    fn lengths_say_where_frames_end() {
        check(
            "fixed:2",
            b"abcde",
            &[(b"ab", None), (b"cd", None), (b"e", UNFINISHED)],
        );
        check(
            "length:u8",
            b"\x02ab\x00\x01c\x03",
            &[
                (b"\x02ab", None),
                (b"\x00", None),
                (b"\x01c", None),
                (b"\x03", UNFINISHED),
            ],
        );
        check(
            "length:u16be",
            b"\x00\x01a\x00\x02bc",
            &[(b"\x00\x01a", None), (b"\x00\x02bc", None)],
        );
        check(
            "length:u16le",
            b"\x01\x00a\x02\x00bc",
            &[(b"\x01\x00a", None), (b"\x02\x00bc", None)],
        );
        check(
            "length:u32le",
            b"\x01\x00\x00\x00a",
            &[(b"\x01\x00\x00\x00a", None)],
        );
        check(
            "length:u64be",
            b"\x00\x00\x00\x00\x00\x00\x00\x01a",
            &[(b"\x00\x00\x00\x00\x00\x00\x00\x01a", None)],
        );
        // The length of the whole frame.
        check(
            "length:u16be,self",
            b"\x00\x03a\x00\x02",
            &[(b"\x00\x03a", None), (b"\x00\x02", None)],
        );
        // Modbus TCP: transaction and protocol before it, unit and PDU behind it.
        let modbus = b"\x00\x01\x00\x00\x00\x06\x01\x03\x00\x00\x00\x0A";
        check("length:u16be,at=4", modbus, &[(modbus, None)]);
        check(
            "length:u8,adjust=1",
            b"\x01ab\x00c",
            &[(b"\x01ab", None), (b"\x00c", None)],
        );
        check(
            "varint",
            b"\x01a\x00\x82\x00bc\x80",
            &[
                (b"\x01a", None),
                (b"\x00", None),
                (b"\x82\x00bc", None),
                (b"\x80", UNFINISHED),
            ],
        );
    }

    #[test]
    fn an_impossible_length_is_told_and_the_next_frame_begins_behind_it() {
        let check_one = |rule: &str, head: &[u8], fault: Fault| {
            let stream = [head, b"\x00"].concat();
            let framing = framing(rule);
            let first = cut(&framing, &[&stream]).into_iter().next().unwrap();
            assert_eq!(
                first,
                Frame {
                    range: 0..head.len() as u64,
                    fault: Some(fault)
                },
                "{rule}"
            );
        };
        check_one(
            "length:u32be",
            b"\x01\x00\x00\x00",
            Fault::Length(0x0100_0000),
        );
        check_one("length:u64be", &[0xFF; 8], Fault::Length(u64::MAX));
        check_one("length:u16be,self", b"\x00\x01", Fault::Length(1));
        check_one("length:u8,adjust=-3", b"\x02", Fault::Length(2));
        check_one("varint", b"\x80\x80\x80\x08", Fault::Length(0x0100_0000));
        check_one("varint", &[0xFF; 10], Fault::Varint);
    }

    #[test]
    fn marks_stand_around_frames_and_the_rest_is_outside() {
        check(
            "mllp",
            b"xx\x0BMSH\r\x1C\r\x0Ba\x1C\x1C\ry",
            &[
                (b"xx", OUTSIDE),
                (b"\x0BMSH\r\x1C\r", None),
                (b"\x0Ba\x1C\x1C\r", None),
                (b"y", OUTSIDE),
            ],
        );
        check("mllp", b"\x0Ba\x1C", &[(b"\x0Ba\x1C", UNFINISHED)]);
        check(
            "stx-etx",
            b"\x02a\x10\x03b\x03\x02\x03",
            &[(b"\x02a\x10\x03b\x03", None), (b"\x02\x03", None)],
        );
        // DLE STX … DLE ETX, a DLE of the payload doubled.
        check(
            "between:1002,1003,10",
            b"\x10\x02a\x10\x10\x03b\x10\x03",
            &[(b"\x10\x02a\x10\x10\x03b\x10\x03", None)],
        );
    }

    #[test]
    fn slip_frames_end_with_end_and_may_begin_with_it() {
        check(
            "slip",
            b"\xC0ab\xC0\xC0c\xC0d\xC0\xC0",
            &[
                (b"\xC0ab\xC0", None),
                (b"\xC0c\xC0", None),
                (b"d\xC0", None),
                (b"\xC0", UNFINISHED),
            ],
        );
        check("slip", b"\xC0\xC0\xC0a", &[(b"\xC0\xC0\xC0a", UNFINISHED)]);
    }

    #[test]
    fn silence_ends_a_frame() {
        let mut cutter = Cutter::new(&framing("silence:20ms"));
        let mut frames = Vec::new();
        let mut tell = |frame: Frame| frames.push(frame.range);
        let millis = |millis: u64| millis * 1_000_000;
        assert_eq!(cutter.deadline_nanos(), None);
        cutter.push(b"ab", millis(0), &mut tell);
        cutter.push(b"c", millis(19), &mut tell);
        assert_eq!(cutter.deadline_nanos(), Some(millis(39)));
        cutter.pass(millis(38), &mut tell);
        cutter.push(b"d", millis(39), &mut tell);
        cutter.pass(millis(59), &mut tell);
        assert_eq!(cutter.deadline_nanos(), None);
        cutter.push(b"e", millis(60), &mut tell);
        cutter.finish(&mut tell);
        assert_eq!(frames, [0..3, 3..4, 4..5]);
    }

    #[test]
    fn no_frame_goes_over_a_gap() {
        let mut cutter = Cutter::new(&framing("length:u8"));
        let mut frames = Vec::new();
        let mut tell = |frame: Frame| frames.push((frame.range, frame.fault));
        cutter.push(b"\x05ab", 0, &mut tell);
        cutter.skip(10, &mut tell);
        cutter.push(b"\x01c", 0, &mut tell);
        cutter.skip(1, &mut tell);
        assert_eq!(cutter.offset(), 16);
        assert_eq!(frames, [(0..3, Some(Fault::Gap)), (13..15, None)]);
    }

    #[test]
    fn a_frame_without_an_end_is_cut_and_a_delimiter_over_the_cut_still_ends_one() {
        let most = MAX_FRAME_BYTES as usize;
        let mut stream = vec![b'a'; most - 1];
        stream.extend_from_slice(b"\r\nb\r\n");
        let frames = cut(&framing("crlf"), &[&stream]);
        let end = stream.len() as u64;
        let expected = [
            (0..most as u64 - 1, Some(Fault::TooLong)),
            (most as u64 - 1..most as u64 + 1, None),
            (most as u64 + 1..end, None),
        ];
        let told: Vec<_> = frames.into_iter().map(|it| (it.range, it.fault)).collect();
        assert_eq!(told, expected);
    }

    const RULES: [&str; 17] = [
        "line",
        "lf",
        "crlf",
        "cr",
        "delimiter:0101",
        "delimiter:010001",
        "fixed:3",
        "length:u8",
        "length:u16be,at=1",
        "length:u16le,self",
        "length:u8,adjust=-1",
        "varint",
        "between:01,02",
        "between:0101,0102,01",
        "mllp",
        "slip",
        "silence:1000ms",
    ];

    proptest! {
        #[test]
        fn however_a_stream_comes_its_frames_are_the_same_and_lack_nothing(
            rule in proptest::sample::select(&RULES[..]),
            stream in proptest::collection::vec(
                proptest::sample::select(&[0, 1, 2, 3, 0x0A, 0x0B, 0x0D, 0x10, 0x1C, 0x80, 0xC0, 0xDB, 0xFF][..]), 0..60),
            cuts in proptest::collection::vec(1..9_usize, 1..60),
        ) {
            let framing = framing(rule);
            let whole = cut(&framing, &[&stream]);
            let mut pieces = Vec::new();
            let mut rest = &stream[..];
            for len in cuts {
                let (piece, after) = rest.split_at(len.min(rest.len()));
                pieces.push(piece);
                rest = after;
            }
            pieces.push(rest);
            prop_assert_eq!(&cut(&framing, &pieces), &whole);
            let mut end = 0;
            for frame in &whole {
                prop_assert_eq!(frame.range.start, end);
                prop_assert!(frame.range.end > end);
                end = frame.range.end;
                framing.payload(&stream[frame.range.start as usize..end as usize]);
            }
            prop_assert_eq!(end, stream.len() as u64);
        }

        #[test]
        fn the_same_bytes_at_the_same_times_have_the_same_silences(
            reads in proptest::collection::vec((0..9_usize, 0..9_u64), 0..30),
        ) {
            let framing = framing("silence:4ms");
            let mut nanos = 0;
            let mut whole = Cutter::new(&framing);
            let mut bytewise = Cutter::new(&framing);
            let (mut expected, mut frames) = (Vec::new(), Vec::new());
            let mut ends = Vec::new();
            for (len, pause) in reads {
                nanos += pause * 1_000_000;
                if pause >= 4 && len > 0 {
                    ends.push(whole.offset());
                }
                whole.push(&vec![0; len], nanos, &mut |frame| expected.push(frame));
                for _ in 0..len {
                    bytewise.push(&[0], nanos, &mut |frame| frames.push(frame));
                }
            }
            whole.finish(&mut |frame| expected.push(frame));
            bytewise.finish(&mut |frame| frames.push(frame));
            prop_assert_eq!(&frames, &expected);
            let told: Vec<u64> = frames.iter().map(|frame| frame.range.end).collect();
            prop_assert!(ends.iter().all(|end| *end == 0 || told.contains(end)));
        }
    }
}
