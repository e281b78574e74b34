//! The request that a reply answers, and the parts of it that a reply can contain.

use super::place;
use crate::payload::groups::RegexGroups;

/// A part of the request: the frame, or without a framing the chunk, that a reply answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestPart {
    /// A half-open range of its bytes; negative positions count from its end.
    Bytes {
        /// The first byte.
        from: i64,
        /// The byte after the last; without it, the request's end.
        to: Option<i64>,
    },
    /// The value of a field in its head, as in HTTP.
    Header(String),
    /// What a regular expression finds first: its first group, or all of it if it has none.
    Match(RegexGroups),
}

/// Why a request does not have a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestProblem {
    /// The range is not inside of it, or ends before it begins.
    Range {
        /// The first byte.
        from: i64,
        /// The byte after the last.
        to: i64,
        /// The request's length.
        len: usize,
    },
    /// It has no field with this name.
    NoHeader(String),
    /// The regular expression finds nothing.
    NoMatch,
}

impl RequestPart {
    /// All of it.
    pub(super) const ALL: Self = Self::Bytes { from: 0, to: None };

    /// Returns its bytes.
    pub(super) fn of<'a>(&self, request: &'a [u8]) -> Result<&'a [u8], RequestProblem> {
        match self {
            Self::Bytes { from, to } => bytes_of(request, *from, *to),
            Self::Header(name) => {
                header(request, name).ok_or_else(|| RequestProblem::NoHeader(name.clone()))
            }
            Self::Match(pattern) => pattern.part(request).ok_or(RequestProblem::NoMatch),
        }
    }
}

fn bytes_of(request: &[u8], from: i64, to: Option<i64>) -> Result<&[u8], RequestProblem> {
    let len = request.len();
    let bytes = place::range(from, to, len).and_then(|range| request.get(range));
    bytes.ok_or(RequestProblem::Range {
        from,
        to: place::end(to, len),
        len,
    })
}

/// Returns the value of the first field with this name, in any case, before the first empty line.
fn header<'a>(request: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let lines = request.split(|&byte| byte == b'\n');
    let mut head = lines.take_while(|line| !line.trim_ascii().is_empty());
    head.find_map(|line| {
        let (found, value) = line.split_at_checked(memchr::memchr(b':', line)?)?;
        let is_it = found.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        is_it.then(|| value.get(1..).unwrap_or_default().trim_ascii())
    })
}
