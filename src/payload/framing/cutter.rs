//! Cuts one direction of a connection into frames as its bytes arrive. Keeps no bytes: a frame is emitted as a range.

use std::ops::Range;

mod http;
mod length;
mod line_bytes;
mod resp;
mod rule;
mod seek;
mod websocket;

use rule::CutRule;

use super::{Framing, MAX_FRAME_BYTES, RESYNC_BYTES};

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
    rule: CutRule,
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

impl Cutter {
    /// Starts at offset 0 of a stream.
    pub fn new(framing: &Framing) -> Self {
        Self {
            rule: CutRule::new(framing),
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
        matches!(self.rule, CutRule::AnyLine { is_after_cr: true }) && self.at > self.start
    }

    /// When the pending bytes become a frame unless more arrive first, in nanoseconds; for silence only.
    pub fn deadline_nanos(&self) -> Option<u64> {
        match self.rule {
            CutRule::Silence { nanos } if self.at > self.start => {
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
        if let (CutRule::Http(own), CutRule::Http(other)) = (&mut self.rule, &mut other.rule) {
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
            (Cut::Length, CutRule::Counted { value, .. }) => Fault::Length(*value),
            (Cut::Length, CutRule::WebSocket(websocket)) => Fault::Length(websocket.length()),
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

/// Consumes the missing last bytes of a frame.
fn take(bytes: &[u8], missing: u64) -> (usize, Cut) {
    match usize::try_from(missing) {
        Ok(missing) if missing <= bytes.len() => (missing, Cut::Whole),
        _ => (bytes.len(), Cut::None),
    }
}

#[cfg(test)]
mod real_tests;
#[cfg(test)]
mod tests;
