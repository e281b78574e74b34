//! Framings: rules that cut a stream into frames, after the fact, over the bytes as they were read and written.
//!
//! A frame is a range of its stream's bytes, delimiters included. The ranges of a stream are contiguous, without gaps
//! or overlaps: bytes that break the rule are a frame too, one with a [`Fault`].

mod cutter;
mod parse;
mod websocket_frame;

use core::time::Duration;
use std::borrow::Cow;

pub use cutter::{Cutter, Fault, Frame};
pub use parse::FramingError;

/// The most bytes of a frame. A longer one is cut there, and a length field with a larger value is impossible.
pub const MAX_FRAME_BYTES: u64 = 16 * 1024 * 1024;
/// The most bytes of a delimiter.
pub const MAX_DELIMITER_BYTES: usize = 64;
/// The most bytes of a line that is recognized as the beginning of the next message after bytes that are none.
const RESYNC_BYTES: usize = 1_024;

/// A rule that cuts each direction of a connection into frames.
///
/// It parses from `line`, `fixed:8`, `length:u16be` … (see [`Framing::from_str`](std::str::FromStr::from_str)) and
/// displays in the same form.
///
/// ```
/// # use bothends::payload::framing::{Cutter, Framing};
/// let framing: Framing = "crlf".parse().unwrap();
/// let mut cutter = Cutter::new(&framing);
/// let mut frames = Vec::new();
/// cutter.push(b"HELO a\r\nMAIL", 0, &mut |frame| frames.push(frame.range));
/// cutter.push(b" FROM\r\n", 1, &mut |frame| frames.push(frame.range));
/// assert_eq!(frames, [0..8, 8..19]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Framing {
    /// Up to the end of a line.
    Line(LineBreak),
    /// Up to these bytes, at least one.
    Delimiter(Vec<u8>),
    /// This many bytes each, at least one.
    Fixed(u32),
    /// A length field at the same offset of each frame.
    Length(LengthPrefix),
    /// A length as a base-128 varint, the lowest seven bits first.
    Varint(VarintPrefix),
    /// Messages of PostgreSQL's protocol: a type and a length; without the type, what opens a connection. The server's
    /// answer to a request for encryption is a message of one byte.
    Postgres,
    /// Between two marks.
    Between(FrameMarks),
    /// Serial line IP: each frame ends with 0xC0, which may begin it, too (RFC 1055).
    Slip,
    /// Frames are separated by this much time without a byte.
    Silence(Duration),
    /// HTTP/1 messages (RFC 9112). After an upgrade or in a tunnel, the rest of the stream is one frame.
    Http,
    /// Values of Redis's protocol (RESP2 and RESP3), and inline commands.
    Resp,
    /// The head of an HTTP/1 message at the beginning of the stream, and the frames of WebSocket (RFC 6455).
    WebSocket,
}

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineBreak {
    /// LF, CR LF or CR. Only the next byte decides whether LF follows a CR.
    Any,
    /// LF, whatever precedes it.
    Lf,
    /// CR LF.
    CrLf,
    /// CR.
    Cr,
}

/// The length field of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LengthPrefix {
    /// How many bytes precede the length.
    pub offset: u8,
    /// How many bytes the length has: 1, 2, 4 or 8.
    pub width: u8,
    /// Whether its most significant byte comes first.
    pub is_big_endian: bool,
    /// Whether the length counts its own bytes too. It does not count those before it: `adjust` is for them.
    pub counts_itself: bool,
    /// How many more bytes there are than the length says.
    pub adjust: i32,
}

/// The varint of a frame, which gives the number of bytes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VarintPrefix {
    /// How many bytes precede the varint.
    pub offset: u8,
    /// The most bytes of the varint: 1 to [`Self::MOST_BYTES`].
    pub most_bytes: u8,
}

/// The marks around each frame.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FrameMarks {
    /// The start mark, at least one byte.
    pub start: Vec<u8>,
    /// The end mark, at least one byte.
    pub end: Vec<u8>,
    /// The byte that makes the next one ordinary.
    pub escape: Option<u8>,
}

/// SLIP's marks (RFC 1055): the end of a frame, the escape, and the bytes that stand for either after an escape.
const SLIP_END: u8 = 0xC0;
const SLIP_ESCAPE: u8 = 0xDB;
const SLIP_ESCAPED_END: u8 = 0xDC;
const SLIP_ESCAPED_ESCAPE: u8 = 0xDD;

impl Framing {
    /// Returns the payload of a frame: without delimiters, lengths and marks, and with escapes and masks decoded. A frame
    /// with a fault is decoded as far as possible.
    pub fn payload<'a>(&self, frame: &'a [u8]) -> Cow<'a, [u8]> {
        match self {
            Self::Line(line_break) => without_line_break(*line_break, frame).into(),
            Self::Delimiter(delimiter) => frame
                .strip_suffix(delimiter.as_slice())
                .unwrap_or(frame)
                .into(),
            Self::Fixed(_) | Self::Silence(_) | Self::Http | Self::Resp => frame.into(),
            Self::Length(prefix) => frame.get(prefix.head_bytes()..).unwrap_or_default().into(),
            Self::Varint(prefix) => prefix.payload(frame).into(),
            Self::Postgres => postgres_payload(frame).into(),
            Self::Between(marks) => marks.payload(frame),
            Self::Slip => slip_payload(frame).into(),
            Self::WebSocket => websocket_frame::payload(frame),
        }
    }

    /// Returns whether a stream can be cut from the beginning of any frame on, without what precedes it and without the
    /// other direction.
    pub fn is_stateless(&self) -> bool {
        *self != Self::Http
    }

    /// Returns how many bytes it can take to decide that a frame ends before them: those of a delimiter or mark, or of a
    /// length behind impossible ones, or of the line that begins the next message.
    pub fn lookback(&self) -> usize {
        match self {
            Self::Delimiter(delimiter) => delimiter.len(),
            Self::Length(prefix) => prefix.head_bytes(),
            Self::Varint(prefix) => usize::from(prefix.offset) + usize::from(prefix.most_bytes),
            Self::Postgres => POSTGRES_HEAD_BYTES,
            Self::WebSocket => websocket_frame::MOST_HEAD_BYTES,
            Self::Between(marks) => marks.start.len().max(marks.end.len()),
            Self::Line(_) | Self::Fixed(_) | Self::Slip | Self::Silence(_) => 2,
            Self::Http | Self::Resp => RESYNC_BYTES,
        }
    }

    /// Returns the bytes of a frame that a [`Check`](crate::payload::template::Check) covers: its payload, but
    /// including the length before it.
    pub fn checked<'a>(&self, frame: &'a [u8]) -> Cow<'a, [u8]> {
        match self {
            Self::Length(_) | Self::Varint(_) | Self::Postgres | Self::WebSocket => frame.into(),
            _ => self.payload(frame),
        }
    }
}

/// The bytes of the type and the length of a PostgreSQL message.
const POSTGRES_HEAD_BYTES: usize = 5;

impl VarintPrefix {
    /// The most bytes of a varint of 64 bits, seven bits each.
    pub const MOST_BYTES: u8 = 10;
    /// At the beginning of a frame, as before protobuf's delimited messages.
    pub const PLAIN: Self = Self {
        offset: 0,
        most_bytes: Self::MOST_BYTES,
    };
    /// After one byte, as in MQTT (MQTT 5.0, 2.1.4).
    pub const MQTT: Self = Self {
        offset: 1,
        most_bytes: 4,
    };

    /// The greatest value of the last byte: ten bytes hold 70 bits, of which 64 are used.
    fn most_last(self) -> u8 {
        if self.most_bytes == Self::MOST_BYTES {
            1
        } else {
            0x7F
        }
    }

    fn payload(self, frame: &[u8]) -> &[u8] {
        let rest = frame.get(usize::from(self.offset)..).unwrap_or_default();
        let digits = rest.iter().take(usize::from(self.most_bytes) - 1);
        let more = digits.take_while(|&&byte| byte >= 0x80).count();
        rest.get(more + 1..).unwrap_or_default()
    }
}

impl LengthPrefix {
    /// The number of bytes up to the end of the length.
    pub fn head_bytes(self) -> usize {
        usize::from(self.offset) + usize::from(self.width)
    }

    /// Returns the size of a frame whose length field is `value`; `None` if no frame can have that size.
    fn total_bytes(self, value: u64) -> Option<u64> {
        let head = self.head_bytes() as u64;
        let before = if self.counts_itself {
            u64::from(self.offset)
        } else {
            head
        };
        let total = value
            .checked_add(before)?
            .checked_add_signed(self.adjust.into())?;
        (head..=MAX_FRAME_BYTES).contains(&total).then_some(total)
    }
}

impl FrameMarks {
    fn payload<'a>(&self, frame: &'a [u8]) -> Cow<'a, [u8]> {
        let Some(inner) = frame.strip_prefix(self.start.as_slice()) else {
            return frame.into();
        };
        let inner = inner.strip_suffix(self.end.as_slice()).unwrap_or(inner);
        let Some(escape) = self.escape.filter(|escape| inner.contains(escape)) else {
            return inner.into();
        };
        unescaped(inner.iter().copied(), escape, |byte| byte).into()
    }
}

/// A message that opens a connection has no type; its length, of which the highest byte is 0, comes first.
fn postgres_payload(frame: &[u8]) -> &[u8] {
    let head_bytes = match frame {
        [_] => 0,
        [0, ..] => POSTGRES_HEAD_BYTES - 1,
        _ => POSTGRES_HEAD_BYTES,
    };
    frame.get(head_bytes..).unwrap_or_default()
}

fn without_line_break(line_break: LineBreak, frame: &[u8]) -> &[u8] {
    let ends: &[&[u8]] = match line_break {
        LineBreak::Any => &[b"\r\n", b"\n", b"\r"],
        LineBreak::Lf => &[b"\n"],
        LineBreak::CrLf => &[b"\r\n"],
        LineBreak::Cr => &[b"\r"],
    };
    let line = ends.iter().find_map(|end| frame.strip_suffix(*end));
    line.unwrap_or(frame)
}

fn slip_payload(frame: &[u8]) -> Vec<u8> {
    let bytes = frame.iter().copied().filter(|&byte| byte != SLIP_END);
    unescaped(bytes, SLIP_ESCAPE, |byte| match byte {
        SLIP_ESCAPED_END => SLIP_END,
        SLIP_ESCAPED_ESCAPE => SLIP_ESCAPE,
        // RFC 1055 leaves a protocol violation unchanged.
        other => other,
    })
}

/// Returns the bytes without escapes; `meaning` is what a byte after an escape stands for.
fn unescaped(
    mut bytes: impl Iterator<Item = u8>,
    escape: u8,
    meaning: impl Fn(u8) -> u8,
) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.size_hint().1.unwrap_or(0));
    while let Some(byte) = bytes.next() {
        if byte == escape {
            plain.extend(bytes.next().map(&meaning));
        } else {
            plain.push(byte);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_its_payload() {
        let check = |rule: &str, frame: &[u8], expected: &[u8]| {
            let framing: Framing = rule.parse().unwrap();
            assert_eq!(framing.payload(frame).as_ref(), expected, "{rule}");
        };
        check("line", b"a\r\n", b"a");
        check("line", b"a\n", b"a");
        check("line", b"a\r", b"a");
        check("line", b"a", b"a");
        check("lf", b"a\r\n", b"a\r");
        check("crlf", b"a\r\n", b"a");
        check("delimiter:00 FF", b"ab\x00\xFF", b"ab");
        check("fixed:3", b"abc", b"abc");
        check("length:u16be", b"\x00\x02ab", b"ab");
        check("length:u8,at=2", b"xy\x01a", b"a");
        check("length:u16be", b"\x00", b"");
        check("varint", b"\x02ab", b"ab");
        check("varint", b"\x81\x00a", b"a");
        check("mqtt", b"\x10\x02ab", b"ab");
        check("mqtt", b"\x10\x81\x00a", b"a");
        check("mqtt", b"\x10", b"");
        check("postgres", b"Q\x00\x00\x00\x06a\0", b"a\0");
        check("postgres", b"\x00\x00\x00\x05a", b"a");
        check("postgres", b"N", b"N");
        check("mllp", b"\x0BMSH|\x1C\r", b"MSH|");
        check("mllp", b"stray", b"stray");
        check("stx-etx", b"\x02a\x10\x03b\x03", b"a\x03b");
        check("stx-etx", b"\x02a\x10", b"a");
        check("slip", b"\xC0a\xDB\xDCb\xDB\xDD\xC0", b"a\xC0b\xDB");
        check("slip", b"a\xDB", b"a");
        check("silence:20ms", b"abc", b"abc");
    }
}
