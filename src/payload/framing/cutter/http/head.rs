//! The head of an HTTP/1 message, line by line: what it says about the body.

use super::super::line_bytes::LineBytes;
use super::exchange::Method;
use crate::payload::integer::decimal;

/// A start line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HttpStart {
    Request(Method),
    /// With its status.
    Response(u16),
}

/// What the lines of a head have said so far.
#[derive(Clone, Debug)]
pub(super) struct HttpHead {
    pub(super) start: HttpStart,
    length: Length,
    /// The last transfer coding, if there is any: whether it is `chunked`.
    is_chunked: Option<bool>,
}

/// What is said of the length of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Unsaid,
    Bytes(u64),
    Invalid,
}

/// What follows a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HttpBody {
    None,
    Bytes(u64),
    Chunks,
    /// What is sent until the connection ends.
    ToEnd,
    /// Another protocol.
    Foreign,
    /// The length is invalid.
    Unknown,
}

impl HttpStart {
    /// Reads a start line, without its end.
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        if let Some((_, rest)) = line.split_at_checked(8).filter(|it| is_version(it.0)) {
            let (status, reason) = rest.strip_prefix(b" ")?.split_at_checked(3)?;
            let status = u16::try_from(decimal(status)?).ok()?;
            let is_response = matches!(reason, [] | [b' ', ..]);
            return is_response.then_some(Self::Response(status));
        }
        let (method, rest) = line.split_at_checked(memchr::memchr(b' ', line)?)?;
        let (target, version) = rest.split_at_checked(memchr::memrchr(b' ', rest)?)?;
        let is_request = is_token(method) && target.len() > 1 && is_version(version.get(1..)?);
        is_request.then(|| Self::Request(Method::of(method)))
    }
}

impl Default for HttpHead {
    fn default() -> Self {
        Self {
            start: HttpStart::Request(Method::Other),
            length: Length::Unsaid,
            is_chunked: None,
        }
    }
}

impl HttpHead {
    /// Takes a line after the start line. Returns whether it is a field as it should be; what it says counts only then.
    pub(super) fn take_field(&mut self, line: &LineBytes) -> bool {
        let Some((name, value)) = field(line) else {
            return false;
        };
        if name.eq_ignore_ascii_case(b"content-length") {
            for part in value.split(|&byte| byte == b',') {
                self.length = match (self.length, decimal(part.trim_ascii())) {
                    (Length::Unsaid, Some(len)) => Length::Bytes(len),
                    (Length::Bytes(known), Some(len)) if known == len => Length::Bytes(len),
                    _ => Length::Invalid,
                };
            }
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            let last = value.rsplit(|&byte| byte == b',').next();
            let last = last.unwrap_or_default().trim_ascii();
            self.is_chunked = Some(last.eq_ignore_ascii_case(b"chunked"));
        }
        true
    }

    pub(super) fn has_two_lengths(&self) -> bool {
        self.is_chunked.is_some() && self.length != Length::Unsaid
    }

    /// Returns what follows (RFC 9112, 6.3); `method` is that of the request, if this is the response to a known one.
    pub(super) fn body(&self, method: Option<Method>) -> HttpBody {
        match (self.start, method) {
            (HttpStart::Response(101), _)
            | (HttpStart::Response(200..=299), Some(Method::Connect)) => {
                return HttpBody::Foreign;
            }
            (HttpStart::Response(100..=199 | 204 | 304), _)
            | (HttpStart::Response(_), Some(Method::Head)) => return HttpBody::None,
            _ => {}
        }
        let is_response = matches!(self.start, HttpStart::Response(_));
        match (self.is_chunked, self.length) {
            (Some(true), _) => HttpBody::Chunks,
            (Some(false), _) | (None, Length::Unsaid) if is_response => HttpBody::ToEnd,
            (Some(false), _) | (None, Length::Invalid) => HttpBody::Unknown,
            (None, Length::Bytes(len)) => HttpBody::Bytes(len),
            (None, Length::Unsaid) => HttpBody::None,
        }
    }
}

/// Returns whether a line is a field as it should be.
pub(super) fn is_field(line: &LineBytes) -> bool {
    field(line).is_some()
}

/// Splits a field into its name and value. There is none in a line that continues the one before it, has no name, or
/// ends in LF alone.
fn field(line: &LineBytes) -> Option<(&[u8], &[u8])> {
    let text = line.text();
    let (name, value) = text.split_at_checked(memchr::memchr(b':', text)?)?;
    let value = value.get(1..)?.trim_ascii();
    let is_field =
        line.ends_in_crlf() && is_token(name) && memchr::memchr2(b'\r', b'\0', value).is_none();
    is_field.then_some((name, value))
}

/// Reads the size of a chunk: hex digits, and perhaps extensions.
pub(super) fn chunk_size(line: &[u8]) -> Option<u64> {
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii_end();
    let is_hex = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| is_hex)?;
    u64::from_str_radix(digits, 16).ok()
}

fn is_version(text: &[u8]) -> bool {
    matches!(text, [b'H', b'T', b'T', b'P', b'/', b'1', b'.', minor] if minor.is_ascii_digit())
}

fn is_token(text: &[u8]) -> bool {
    let is_mark = |byte: &u8| b"!#$%&'*+-.^_`|~".contains(byte);
    !text.is_empty()
        && text
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || is_mark(byte))
}
