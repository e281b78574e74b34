//! Cuts HTTP/1 (RFC 9112): a frame is a message, from its start line to the end of its body.
//!
//! Where a response ends may depend on its request, which is in the other stream: [`Http::learn`] takes from that
//! stream's cutter what has been asked. A response to no known request is cut by its own fields.

mod exchange;
mod head;

use exchange::Pipeline;
use head::{HttpBody, HttpHead, HttpStart};

use super::line_bytes::LineBytes;
use super::{Cut, Fault, RESYNC_BYTES, take};

/// The most bytes of a head, empty lines before it included, and of the fields after the last chunk.
const MAX_HEAD_BYTES: usize = 64 * 1024;
/// The most bytes of a line with the size of a chunk.
const MAX_CHUNK_LINE_BYTES: usize = 4 * 1024;

/// Where a stream of messages is.
#[derive(Clone, Debug)]
pub(super) struct Http {
    place: Place,
    line: LineBytes,
    /// How many bytes the lines of the head or of the trailer have so far.
    head_bytes: usize,
    head: HttpHead,
    /// What is wrong with the incomplete message, although its end is known; or with the lost bytes.
    fault: Option<Fault>,
    /// What was wrong with the message that was cut last.
    cut_fault: Fault,
    /// Whether the beginning of the message has been cut off because it is too long.
    is_rest: bool,
    /// The requests that this stream has not reported to the other one.
    asked: Pipeline,
    /// The requests of the other stream that have no response yet.
    awaited: Pipeline,
    /// Whether this stream has said that both go on with another protocol, and the other one has not heard it yet.
    has_switched: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the start line, or in the empty lines before it.
    Start,
    /// In the other lines of the head.
    Fields,
    /// In a body, of which this many bytes are missing.
    Body(u64),
    /// In the line with the size of a chunk.
    ChunkSize,
    /// In a chunk, of which this many bytes are missing.
    Chunk(u64),
    /// In the line end after a chunk.
    ChunkEnd,
    /// In the fields after the last chunk.
    Trailer,
    /// In a body that ends with the connection.
    ToEnd,
    /// In another protocol, up to the end of the connection.
    Foreign,
    /// In bytes that are no message, up to the next start line.
    Lost { is_line_start: bool },
}

impl Http {
    pub(super) fn new() -> Self {
        Self {
            place: Place::Start,
            line: LineBytes::new(MAX_HEAD_BYTES),
            head_bytes: 0,
            head: HttpHead::default(),
            fault: None,
            cut_fault: Fault::StartLine,
            is_rest: false,
            asked: Pipeline::default(),
            awaited: Pipeline::default(),
            has_switched: false,
        }
    }

    /// Takes what the stream of the other direction has said about this one.
    pub(super) fn learn(&mut self, other: &mut Self) {
        self.awaited.append(&mut other.asked);
        if std::mem::take(&mut other.has_switched) {
            self.begin();
            self.place = Place::Foreign;
        }
    }

    /// Returns what is wrong with the message that was cut last.
    pub(super) fn fault(&self) -> Fault {
        self.cut_fault
    }

    /// Cuts off the beginning of a message that is too long. Returns what is wrong with it.
    pub(super) fn give_up(&mut self) -> Fault {
        if matches!(
            self.place,
            Place::Start | Place::Fields | Place::Lost { .. }
        ) {
            let fault = self.fault.unwrap_or(Fault::TooLong);
            self.begin();
            return fault;
        }
        self.is_rest = true;
        Fault::TooLong
    }

    /// Ends with the stream, or at a gap in it. Returns the fault of the pending bytes, if they are no message.
    pub(super) fn end(&mut self, fault: Fault) -> Option<Fault> {
        let is_open = matches!(self.place, Place::ToEnd | Place::Foreign);
        let fault = match self.place {
            Place::Lost { .. } => self.fault,
            _ if is_open && fault == Fault::Unfinished => self.whole_fault(),
            _ => Some(fault),
        };
        let place = self.place;
        self.begin();
        if is_open {
            self.place = place;
        }
        self.awaited = Pipeline::default();
        fault
    }

    /// Starts the next message.
    fn begin(&mut self) {
        self.place = Place::Start;
        self.line.clear();
        self.head_bytes = 0;
        self.head = HttpHead::default();
        self.fault = None;
        self.is_rest = false;
    }

    /// Scans the next bytes, as [`super::CutRule::scan`].
    pub(super) fn scan(&mut self, bytes: &[u8]) -> (usize, Cut) {
        match self.place {
            Place::Start | Place::Fields | Place::Trailer => self.scan_head(bytes),
            Place::Body(missing) => {
                let (taken, cut) = take(bytes, missing);
                self.place = Place::Body(missing - taken as u64);
                let is_whole = cut == Cut::Whole;
                (taken, if is_whole { self.end_message() } else { cut })
            }
            Place::ChunkSize => self.scan_chunk_size(bytes),
            Place::Chunk(missing) => {
                let (taken, cut) = take(bytes, missing);
                self.place = match cut {
                    Cut::Whole => Place::ChunkEnd,
                    _ => Place::Chunk(missing - taken as u64),
                };
                (taken, Cut::None)
            }
            Place::ChunkEnd => self.scan_chunk_end(bytes),
            Place::ToEnd | Place::Foreign => (bytes.len(), Cut::None),
            Place::Lost { is_line_start } => self.scan_lost(bytes, is_line_start),
        }
    }

    fn scan_head(&mut self, bytes: &[u8]) -> (usize, Cut) {
        let room = MAX_HEAD_BYTES - self.head_bytes;
        let (taken, is_ended) = self.line.take(bytes.get(..room).unwrap_or(bytes));
        self.head_bytes += taken;
        let cut = if is_ended { self.end_line() } else { Cut::None };
        if self.head_bytes >= MAX_HEAD_BYTES && cut == Cut::None && self.is_in_head() {
            let fault = match self.place {
                Place::Start => Fault::StartLine,
                _ => Fault::HeadTooLong,
            };
            self.lose(fault, is_ended);
        }
        (taken, cut)
    }

    fn is_in_head(&self) -> bool {
        matches!(self.place, Place::Start | Place::Fields | Place::Trailer)
    }

    /// Takes a line of the head or of the trailer.
    fn end_line(&mut self) -> Cut {
        let is_empty = self.line.text().is_empty();
        let cut = match self.place {
            Place::Start if is_empty => Cut::None,
            Place::Start => self.end_start_line(),
            Place::Trailer if is_empty => {
                self.note(!self.line.ends_in_crlf(), Fault::HeadLine);
                self.end_message()
            }
            Place::Trailer => {
                self.note(!head::is_field(&self.line), Fault::HeadLine);
                Cut::None
            }
            _ if is_empty => {
                self.note(!self.line.ends_in_crlf(), Fault::HeadLine);
                self.end_head()
            }
            _ => {
                let is_field = self.head.take_field(&self.line);
                self.note(!is_field, Fault::HeadLine);
                Cut::None
            }
        };
        self.line.clear();
        cut
    }

    fn end_start_line(&mut self) -> Cut {
        match HttpStart::of(self.line.text()) {
            Some(start) => {
                self.head.start = start;
                self.place = Place::Fields;
                self.note(!self.line.ends_in_crlf(), Fault::HeadLine);
            }
            None => self.lose(Fault::StartLine, true),
        }
        Cut::None
    }

    fn end_head(&mut self) -> Cut {
        self.note(self.head.has_two_lengths(), Fault::TwoLengths);
        let method = match self.head.start {
            HttpStart::Request(method) => {
                self.asked.push(method);
                None
            }
            // It announces another response to the same request.
            HttpStart::Response(100 | 102..=199) => None,
            HttpStart::Response(_) => self.awaited.pop(),
        };
        match self.head.body(method) {
            HttpBody::None | HttpBody::Bytes(0) => return self.end_message(),
            HttpBody::Bytes(len) => self.place = Place::Body(len),
            HttpBody::Chunks => self.place = Place::ChunkSize,
            HttpBody::ToEnd => self.place = Place::ToEnd,
            HttpBody::Foreign => {
                self.has_switched = true;
                let cut = self.end_message();
                self.place = Place::Foreign;
                return cut;
            }
            HttpBody::Unknown => self.lose(Fault::BodyLength, true),
        }
        Cut::None
    }

    fn scan_chunk_size(&mut self, bytes: &[u8]) -> (usize, Cut) {
        let room = MAX_CHUNK_LINE_BYTES - self.line.len_bytes();
        let (taken, is_ended) = self.line.take(bytes.get(..room).unwrap_or(bytes));
        if !is_ended {
            if taken == room {
                self.lose(Fault::Chunk, false);
            }
            return (taken, Cut::None);
        }
        self.note(!self.line.ends_in_crlf(), Fault::Chunk);
        let size = head::chunk_size(self.line.text());
        self.line.clear();
        self.head_bytes = 0;
        match size {
            Some(0) => self.place = Place::Trailer,
            Some(size) => self.place = Place::Chunk(size),
            None => self.lose(Fault::Chunk, true),
        }
        (taken, Cut::None)
    }

    /// Takes the line end after a chunk, byte by byte.
    fn scan_chunk_end(&mut self, bytes: &[u8]) -> (usize, Cut) {
        let (taken, is_ended) = self.line.take(bytes.get(..1).unwrap_or(bytes));
        if is_ended && self.line.text().is_empty() {
            self.note(!self.line.ends_in_crlf(), Fault::Chunk);
            self.line.clear();
            self.place = Place::ChunkSize;
        } else if is_ended || self.line.first() != Some(b'\r') || self.line.len_bytes() > 1 {
            self.lose(Fault::Chunk, is_ended);
        }
        (taken, Cut::None)
    }

    /// Notes what is wrong, if it is, unless something else was before.
    fn note(&mut self, is_wrong: bool, fault: Fault) {
        if is_wrong {
            self.fault.get_or_insert(fault);
        }
    }

    fn end_message(&mut self) -> Cut {
        let fault = self.whole_fault();
        self.begin();
        match fault {
            Some(fault) => {
                self.cut_fault = fault;
                Cut::Faulty(0)
            }
            None => Cut::Whole,
        }
    }

    /// Returns what is wrong with a message that ends here.
    fn whole_fault(&self) -> Option<Fault> {
        self.fault.or(self.is_rest.then_some(Fault::Rest))
    }

    fn lose(&mut self, fault: Fault, is_line_start: bool) {
        self.begin();
        self.place = Place::Lost { is_line_start };
        self.fault = Some(fault);
    }

    fn scan_lost(&mut self, bytes: &[u8], is_line_start: bool) -> (usize, Cut) {
        let (taken, is_ended) = self.line.take(bytes);
        if !is_ended {
            return (taken, Cut::None);
        }
        let len = self.line.len_bytes();
        let is_known = is_line_start && len <= RESYNC_BYTES;
        let start = HttpStart::of(self.line.text()).filter(|_| is_known);
        let Some(start) = start else {
            self.line.clear();
            self.place = Place::Lost {
                is_line_start: true,
            };
            return (taken, Cut::None);
        };
        self.cut_fault = self.fault.unwrap_or(Fault::StartLine);
        let is_crlf = self.line.ends_in_crlf();
        self.begin();
        self.place = Place::Fields;
        self.head.start = start;
        self.head_bytes = len;
        self.note(!is_crlf, Fault::HeadLine);
        (taken, Cut::Faulty(len as u16))
    }
}

#[cfg(test)]
mod tests;
