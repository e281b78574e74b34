//! Cuts one direction of a connection into frames as its bytes arrive. Keeps no bytes: a frame is emitted as a range.

use std::ops::Range;

mod http;
mod line_bytes;
mod resp;
mod websocket;

use http::Http;
use resp::Resp;
use websocket::WebSocket;

use super::{
    Framing, LengthPrefix, LineBreak, MAX_FRAME_BYTES, Marks, RESYNC_BYTES, SLIP_END, VarintPrefix,
};

/// A frame: a range of its stream's bytes, delimiters included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The offsets in the stream of its first byte and of the byte after its last.
    pub range: Range<u64>,
    /// Why it is not a frame by the rule; `None` if it is one.
    pub fault: Option<Fault>,
}

/// Why bytes are not a valid frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its length field is impossible. Each field after it that is impossible too belongs to the same range, up to
    /// [`MAX_FRAME_BYTES`]: where the next frame begins is a guess, and a wrong one is no frame of its own.
    Length(u64),
    /// The varint of its length is too long. What follows belongs to it, as for [`Self::Length`].
    Varint,
    /// It did not end within [`MAX_FRAME_BYTES`], and was cut there.
    TooLong,
    /// Bytes before the start mark of a frame.
    Outside,
    /// The stream ended inside of it.
    Unfinished,
    /// Bytes of the stream are missing after it.
    Gap,
    /// It is the end of an HTTP/1 message whose beginning was cut off as [`Self::TooLong`].
    Rest,
    /// It does not begin with the start line of an HTTP/1 message. What follows up to the next one belongs to it; so it
    /// does after each other fault that leaves the end of a message unknown.
    StartLine,
    /// A line of its head is folded, has no name and colon, or does not end in CR LF.
    HeadLine,
    /// Its head is longer than 64 KiB.
    HeadTooLong,
    /// The length of its body is not a number, or there are two different ones.
    BodyLength,
    /// It has both a length and chunks. The chunks say where it ends.
    TwoLengths,
    /// The size of a chunk is no number, or the chunk does not end where it should.
    Chunk,
    /// It is not a value of RESP: its type is unknown, its length is no number, or it does not end in CR LF. What
    /// follows up to the next aggregate or string belongs to it.
    Resp,
}

/// Cuts one stream by a [`Framing`]. It accepts the bytes in any pieces, and emits the same frames however they were
/// split; only silence depends on when they arrive.
#[derive(Clone, Debug)]
pub struct Cutter {
    rule: Rule,
    /// The offset of the first byte of the incomplete frame.
    start: u64,
    /// The offset of the next byte.
    at: u64,
    /// When the last byte arrived, in nanoseconds.
    newest_nanos: u64,
    broken: Broken,
}

/// Impossible lengths at the beginning of the incomplete frame, one after another.
#[derive(Clone, Copy, Debug, Default)]
struct Broken {
    bytes: u64,
    /// What is wrong with the first one.
    fault: Option<Fault>,
}

/// Where a piece of a stream is cut. It is small, because there is one for each frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Nowhere: all of it was consumed.
    None,
    /// After the consumed bytes: a frame.
    Whole,
    /// After the consumed bytes, because of an impossible length.
    Length,
    /// After the consumed bytes, because of an invalid varint.
    Varint,
    /// Before the mark consumed last, which has this many bytes: the bytes before it are outside any frame.
    Outside(u8),
    /// Before the bytes consumed last, of which there are this many: the rule knows what is wrong with those before.
    Faulty(u16),
}

#[derive(Clone, Debug)]
enum Rule {
    AnyLine {
        is_after_cr: bool,
    },
    Until(Seek),
    Fixed(u64),
    Counted {
        head: Head,
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
    Http(Box<Http>),
    Resp(Resp),
    WebSocket(WebSocket),
}

/// The length at the beginning of a frame.
#[derive(Clone, Copy, Debug)]
enum Head {
    Prefix(LengthPrefix),
    Varint(VarintPrefix),
    Postgres(PostgresHead),
}

/// The head of a PostgreSQL message, as far as it has been read.
#[derive(Clone, Copy, Debug, Default)]
struct PostgresHead {
    has_type: bool,
    /// Whether its only byte may be the whole answer to a request for encryption.
    may_be_answer: bool,
}

/// The position within a stream with marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Outside,
    Inside,
    /// After an escape.
    Escaped,
}

impl Cutter {
    /// Starts at offset 0 of a stream.
    pub fn new(framing: &Framing) -> Self {
        Self {
            rule: Rule::new(framing),
            start: 0,
            at: 0,
            newest_nanos: 0,
            broken: Broken::default(),
        }
    }

    /// The offset of the next byte.
    pub fn offset(&self) -> u64 {
        self.at
    }

    /// The bytes that are not in a frame yet.
    pub fn pending(&self) -> Range<u64> {
        self.start..self.at
    }

    /// Whether the pending bytes are a complete frame, except that the rest of its line break may still arrive.
    pub fn is_whole(&self) -> bool {
        matches!(self.rule, Rule::AnyLine { is_after_cr: true }) && self.at > self.start
    }

    /// When the pending bytes become a frame unless more arrive first, in nanoseconds; for silence only.
    pub fn deadline_nanos(&self) -> Option<u64> {
        match self.rule {
            Rule::Silence { nanos } if self.at > self.start => {
                Some(self.newest_nanos.saturating_add(nanos))
            }
            _ => None,
        }
    }

    /// Takes the next bytes, which arrived at `nanos`, and emits the frames that they complete.
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
            let start = self.start + self.broken.bytes;
            let (taken, cut) = self.rule.scan(piece, start, pending - self.broken.bytes);
            self.at += taken as u64;
            rest = rest.get(taken..).unwrap_or_default();
            if self.broken.bytes > 0 && (cut == Cut::Whole || self.rule.knows_length()) {
                // The length after them is possible, so a frame begins with it.
                self.cut_broken(emit);
            }
            let (end, fault) = match cut {
                Cut::Whole => (self.at, None),
                Cut::Length | Cut::Varint => {
                    self.note_broken(cut);
                    self.cut_broken_if_too_long(emit);
                    continue;
                }
                Cut::None if self.broken.bytes > 0 => {
                    self.cut_broken_if_too_long(emit);
                    continue;
                }
                Cut::Outside(mark) => (self.at - u64::from(mark), Some(Fault::Outside)),
                Cut::Faulty(begun) => (self.at - u64::from(begun), self.rule.fault()),
                Cut::None if self.at - self.start >= MAX_FRAME_BYTES => {
                    let (begun, fault) = self.rule.give_up();
                    (self.at - begun as u64, Some(fault))
                }
                Cut::None => continue,
            };
            self.cut(end, fault, emit);
        }
    }

    /// Notes that no byte arrived before `nanos`.
    pub fn pass(&mut self, nanos: u64, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        if self
            .deadline_nanos()
            .is_some_and(|deadline| nanos >= deadline)
        {
            self.cut(self.at, None, emit);
        }
    }

    /// Notes that this many bytes of the stream are missing next.
    pub fn skip(&mut self, bytes: u64, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        self.end(Fault::Gap, emit);
        self.at = self.at.saturating_add(bytes);
        self.start = self.at;
    }

    /// Takes what the other direction's cutter has found out about this stream: the requests that HTTP responses answer,
    /// and that both streams go on with another protocol. Call it before bytes are pushed that follow those.
    pub fn learn(&mut self, other: &mut Self) {
        if let (Rule::Http(own), Rule::Http(other)) = (&mut self.rule, &mut other.rule) {
            own.learn(other);
        }
    }

    /// Notes that the stream has ended.
    pub fn finish(&mut self, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        self.end(Fault::Unfinished, emit);
    }

    fn end(&mut self, fault: Fault, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        self.cut_broken(emit);
        let fault = self.rule.end(fault);
        self.cut(self.at, fault, emit);
    }

    /// Adds an impossible length, which ends here.
    fn note_broken(&mut self, cut: Cut) {
        let fault = match (cut, &self.rule) {
            (Cut::Length, Rule::Counted { value, .. }) => Fault::Length(*value),
            (Cut::Length, Rule::WebSocket(websocket)) => Fault::Length(websocket.length()),
            _ => Fault::Varint,
        };
        self.broken.bytes = self.at - self.start;
        self.broken.fault.get_or_insert(fault);
    }

    fn cut_broken_if_too_long(&mut self, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        if self.at - self.start >= MAX_FRAME_BYTES {
            self.cut_broken(emit);
        }
    }

    /// Emits the impossible lengths. What follows them is the incomplete frame.
    fn cut_broken(&mut self, emit: &mut (impl FnMut(Frame) + ?Sized)) {
        let Broken { bytes, fault } = std::mem::take(&mut self.broken);
        self.cut(self.start + bytes, fault, emit);
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
            Framing::Length(prefix) => Self::counted(Head::Prefix(*prefix)),
            Framing::Varint(prefix) => Self::counted(Head::Varint(*prefix)),
            Framing::Postgres => Self::counted(Head::Postgres(PostgresHead::default())),
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
            Framing::Http => Self::Http(Box::new(Http::new())),
            Framing::Resp => Self::Resp(Resp::new()),
            Framing::WebSocket => Self::WebSocket(WebSocket::new()),
        }
    }

    fn counted(head: Head) -> Self {
        Self::Counted {
            head,
            value: 0,
            total: None,
        }
    }

    /// Scans the next bytes of a frame that begins at `start` and of which `pending` bytes have been scanned. Returns how
    /// many were consumed, and the cut.
    #[expect(
        clippy::inline_always,
        reason = "it is called in one place, once or twice for each frame"
    )]
    #[inline(always)]
    fn scan(&mut self, bytes: &[u8], start: u64, pending: u64) -> (usize, Cut) {
        let all = (bytes.len(), Cut::None);
        match self {
            Self::AnyLine { is_after_cr } => scan_line(is_after_cr, bytes),
            Self::Until(seek) => match seek.find(bytes) {
                Some(taken) => (taken, Cut::Whole),
                None => all,
            },
            Self::Fixed(total) => take(bytes, total.saturating_sub(pending)),
            Self::Counted { head, value, total } => {
                if let Some(whole) = *total {
                    let (taken, cut) = take(bytes, whole.saturating_sub(pending));
                    if cut == Cut::Whole {
                        *total = None;
                    }
                    return (taken, cut);
                }
                *value = if pending == 0 { 0 } else { *value };
                if let Head::Postgres(head) = head
                    && head.begin(bytes, start, pending)
                {
                    // The first byte may have been consumed before.
                    return (usize::from(pending == 0), Cut::Whole);
                }
                scan_head(*head, value, total, bytes, pending)
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
            Self::Http(http) => http.scan(bytes),
            Self::Resp(resp) => resp.scan(bytes),
            Self::WebSocket(websocket) => websocket.scan(bytes, start, pending),
        }
    }

    /// Returns what is wrong with the frame of a [`Cut::Faulty`].
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::Http(http) => Some(http.fault()),
            Self::Resp(resp) => Some(resp.fault()),
            _ => None,
        }
    }

    /// Returns whether the length of the incomplete frame is known, and possible.
    fn knows_length(&self) -> bool {
        match self {
            Self::Counted { total, .. } => total.is_some(),
            Self::WebSocket(websocket) => websocket.knows_length(),
            _ => false,
        }
    }

    /// Gives up a frame that is too long. Returns how many of its last bytes may begin a delimiter or a mark, and thus
    /// belong to the next frame.
    fn give_up(&mut self) -> (usize, Fault) {
        match self {
            Self::Until(seek) => (seek.matched, Fault::TooLong),
            Self::Between {
                start,
                place: Place::Outside,
                ..
            } => (start.matched, Fault::Outside),
            Self::Http(http) => (0, http.give_up()),
            Self::Resp(resp) => (0, resp.give_up()),
            _ => {
                self.reset();
                (0, Fault::TooLong)
            }
        }
    }

    /// Ends with the stream. Returns the fault of the pending bytes, if they are not a frame.
    fn end(&mut self, fault: Fault) -> Option<Fault> {
        let fault = match self {
            Self::AnyLine { is_after_cr: true }
            | Self::Silence { .. }
            | Self::Counted {
                head:
                    Head::Postgres(PostgresHead {
                        may_be_answer: true,
                        ..
                    }),
                ..
            } => None,
            Self::Between {
                place: Place::Outside,
                ..
            } => Some(Fault::Outside),
            Self::Http(http) => http.end(fault),
            Self::Resp(resp) => Some(resp.lost().unwrap_or(fault)),
            _ => Some(fault),
        };
        self.reset();
        fault
    }

    fn reset(&mut self) {
        match self {
            Self::AnyLine { is_after_cr } => *is_after_cr = false,
            Self::Until(seek) => seek.matched = 0,
            Self::Counted { total, .. } => *total = None,
            Self::Between {
                start, end, place, ..
            } => {
                (start.matched, end.matched) = (0, 0);
                *place = Place::Outside;
            }
            Self::Slip { has_data } => *has_data = false,
            Self::Resp(resp) => resp.reset(),
            Self::WebSocket(websocket) => websocket.reset(),
            // HTTP has been reset as far as it can be.
            Self::Fixed(_) | Self::Silence { .. } | Self::Http(_) => {}
        }
    }
}

/// Consumes the missing last bytes of a frame.
fn take(bytes: &[u8], missing: u64) -> (usize, Cut) {
    match usize::try_from(missing) {
        Ok(missing) if missing <= bytes.len() => (missing, Cut::Whole),
        _ => (bytes.len(), Cut::None),
    }
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

impl PostgresHead {
    /// The bytes that answer a request for encryption: yes, no, and yes for GSSAPI.
    const ANSWERS: [u8; 3] = *b"SNG";
    /// The server answers at most two requests for encryption, before it sends anything else.
    const MOST_ANSWERS: u64 = 2;

    /// Takes the first two bytes of a message that begins at `start`. Returns whether the first one is a message by
    /// itself: otherwise the highest byte of the length follows, which is 0.
    fn begin(&mut self, bytes: &[u8], start: u64, pending: u64) -> bool {
        let mut bytes = bytes.iter();
        if pending == 0
            && let Some(first) = bytes.next()
        {
            self.has_type = *first != 0;
            self.may_be_answer = start < Self::MOST_ANSWERS && Self::ANSWERS.contains(first);
        }
        let second = bytes.next();
        second.is_some_and(|byte| std::mem::take(&mut self.may_be_answer) && *byte != 0)
    }

    /// The offset of the length.
    fn offset(self) -> u64 {
        self.has_type.into()
    }
}

/// Reads the length at the beginning of a frame.
fn scan_head(
    head: Head,
    value: &mut u64,
    total: &mut Option<u64>,
    bytes: &[u8],
    pending: u64,
) -> (usize, Cut) {
    /// The bytes of PostgreSQL's length, which counts itself.
    const POSTGRES_LENGTH_BYTES: u64 = 4;
    for (taken, (place, &byte)) in (1..).zip((pending..).zip(bytes)) {
        let whole = match head {
            Head::Prefix(prefix) => {
                if let Some(digit) = place.checked_sub(prefix.offset.into()) {
                    if prefix.is_big_endian {
                        *value = *value << 8 | u64::from(byte);
                    } else {
                        *value |= u64::from(byte) << (8 * digit);
                    }
                }
                if place + 1 < prefix.head_bytes() as u64 {
                    continue;
                }
                prefix.total_bytes(*value)
            }
            Head::Varint(prefix) => {
                let Some(digit) = place.checked_sub(prefix.offset.into()) else {
                    continue;
                };
                if digit + 1 >= prefix.most_bytes.into() && byte > prefix.most_last() {
                    return (taken, Cut::Varint);
                }
                *value |= u64::from(byte & 0x7F) << (7 * digit);
                if byte >= 0x80 {
                    continue;
                }
                let whole = value.checked_add(place + 1);
                whole.filter(|whole| *whole <= MAX_FRAME_BYTES)
            }
            Head::Postgres(head) => {
                if place >= head.offset() {
                    *value = *value << 8 | u64::from(byte);
                }
                if place + 1 < head.offset() + POSTGRES_LENGTH_BYTES {
                    continue;
                }
                let is_possible = (POSTGRES_LENGTH_BYTES..MAX_FRAME_BYTES).contains(value);
                is_possible.then(|| *value + head.offset())
            }
        };
        return match whole {
            None => (taken, Cut::Length),
            Some(whole) if whole == place + 1 => (taken, Cut::Whole),
            Some(whole) => {
                *total = Some(whole);
                (taken, Cut::None)
            }
        };
    }
    (bytes.len(), Cut::None)
}

/// Searches for the mark that ends a frame. Returns the number of bytes up to its end.
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
    // An end mark that ends no frame begins the next one.
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

/// A search for bytes in a stream that arrives in pieces (Knuth, Morris, Pratt).
#[derive(Clone, Debug)]
struct Seek {
    needle: Vec<u8>,
    /// For each length of a matched prefix: the length of its longest proper suffix that is also a prefix.
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

    /// Takes a byte. Returns whether it completes the needle, after which the search starts over.
    fn take(&mut self, byte: u8) -> bool {
        while self.matched > 0 && self.needle.get(self.matched) != Some(&byte) {
            self.matched = self.shorter.get(self.matched).copied().unwrap_or(0);
        }
        self.take_exactly(byte)
    }

    /// Takes a byte that either extends the match or ends it; the search then starts over after the byte.
    fn take_exactly(&mut self, byte: u8) -> bool {
        let goes_on = self.needle.get(self.matched) == Some(&byte);
        self.matched = if goes_on { self.matched + 1 } else { 0 };
        let is_whole = self.matched == self.needle.len();
        if is_whole {
            self.matched = 0;
        }
        is_whole
    }

    /// Returns the number of bytes up to the end of the needle.
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
mod real_tests;
#[cfg(test)]
mod tests;
