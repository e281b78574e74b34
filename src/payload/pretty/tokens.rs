//! The tokens of JSON (RFC 8259), checked against its grammar one by one. Keeps ranges, never values.

use std::ops::Range;

use super::page::DEPTH;
use super::{Expected, Ink, JsonError, JsonProblem, mark_len};

pub(super) struct Token {
    pub(super) role: Role,
    pub(super) range: Range<usize>,
    /// How many containers it is inside.
    pub(super) depth: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Open,
    Close,
    Key,
    Colon,
    Comma,
    Value(Ink),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    Array,
    Object,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Document,
    Value,
    FirstItem,
    FirstKey,
    Key,
    Colon,
    CommaOrEnd,
}

pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    open: Vec<Container>,
    next: Next,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            // RFC 8259, 8.1: a parser may ignore the byte order mark.
            at: mark_len(bytes),
            open: Vec::new(),
            next: Next::Document,
        }
    }

    /// Reads a token. After an error `at` is where the wrong token begins.
    pub(super) fn next(&mut self) -> Result<Option<Token>, JsonError> {
        self.skip_space();
        let Some(&first) = self.bytes.get(self.at) else {
            return match self.next {
                Next::Document => Ok(None),
                _ => Err(wrong(self.at, JsonProblem::Unfinished)),
            };
        };
        let role = self.role(first)?;
        let len = match role {
            Role::Key | Role::Value(Ink::String) => self.string_len()?,
            Role::Value(Ink::Number) => self.number_len()?,
            Role::Value(_) => self.word_len()?,
            Role::Open | Role::Close | Role::Colon | Role::Comma => 1,
        };
        // A container's brackets are outside it.
        let before = self.open.len();
        self.follow(role, first)?;
        let start = self.at;
        self.at += len;
        Ok(Some(Token {
            role,
            range: start..self.at,
            depth: before.min(self.open.len()),
        }))
    }

    /// Returns the role of a token that begins with this byte here.
    fn role(&self, first: u8) -> Result<Role, JsonError> {
        let is_value = matches!(self.next, Next::Document | Next::Value | Next::FirstItem);
        let is_end = |container, empty| {
            self.open.last() == Some(&container)
                && (self.next == empty || self.next == Next::CommaOrEnd)
        };
        match first {
            b'{' | b'[' if is_value => Ok(Role::Open),
            b']' if is_end(Container::Array, Next::FirstItem) => Ok(Role::Close),
            b'}' if is_end(Container::Object, Next::FirstKey) => Ok(Role::Close),
            b'"' if is_value => Ok(Role::Value(Ink::String)),
            b'"' if matches!(self.next, Next::FirstKey | Next::Key) => Ok(Role::Key),
            b'-' | b'0'..=b'9' if is_value => Ok(Role::Value(Ink::Number)),
            b'A'..=b'Z' | b'a'..=b'z' if is_value => Ok(Role::Value(Ink::Keyword)),
            b':' if self.next == Next::Colon => Ok(Role::Colon),
            b',' if self.next == Next::CommaOrEnd => Ok(Role::Comma),
            _ => Err(wrong(self.at, JsonProblem::Expected(self.expected()))),
        }
    }

    /// Updates what may follow a token.
    fn follow(&mut self, role: Role, first: u8) -> Result<(), JsonError> {
        self.next = match role {
            Role::Open if self.open.len() >= DEPTH => {
                return Err(wrong(self.at, JsonProblem::Depth(DEPTH)));
            }
            Role::Open if first == b'{' => {
                self.open.push(Container::Object);
                Next::FirstKey
            }
            Role::Open => {
                self.open.push(Container::Array);
                Next::FirstItem
            }
            Role::Close => {
                self.open.pop();
                self.after_value()
            }
            Role::Value(_) => self.after_value(),
            Role::Key => Next::Colon,
            Role::Comma if self.open.last() == Some(&Container::Object) => Next::Key,
            Role::Comma | Role::Colon => Next::Value,
        };
        Ok(())
    }

    fn after_value(&self) -> Next {
        if self.open.is_empty() {
            Next::Document
        } else {
            Next::CommaOrEnd
        }
    }

    fn expected(&self) -> Expected {
        match self.next {
            Next::Document | Next::Value => Expected::Value,
            Next::FirstItem => Expected::ValueOrEnd,
            Next::FirstKey => Expected::KeyOrEnd,
            Next::Key => Expected::Key,
            Next::Colon => Expected::Colon,
            Next::CommaOrEnd if self.open.last() == Some(&Container::Object) => {
                Expected::CommaOrBrace
            }
            Next::CommaOrEnd => Expected::CommaOrBracket,
        }
    }

    pub(super) fn skip_space(&mut self) {
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += self.rest().iter().take_while(is_space).count();
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Returns the length of the string here, including its quotation marks (RFC 8259, 7).
    fn string_len(&self) -> Result<usize, JsonError> {
        let rest = self.rest();
        let mut len = 1;
        loop {
            let at = self.at + len;
            match rest.get(len) {
                None => return Err(wrong(at, JsonProblem::Unfinished)),
                Some(b'"') => return Ok(len + 1),
                Some(0..0x20) => return Err(wrong(at, JsonProblem::Control)),
                Some(b'\\') => {
                    let escape = rest.get(len..).unwrap_or_default();
                    len += escape_len(escape)
                        .map_err(|(offset, problem)| wrong(at + offset, problem))?;
                }
                Some(_) => len += 1,
            }
        }
    }

    /// Returns the length of the number here.
    fn number_len(&self) -> Result<usize, JsonError> {
        let rest = self.rest();
        number_len(rest).map_err(|len| {
            let is_end = len >= rest.len();
            let problem = if is_end {
                JsonProblem::Unfinished
            } else {
                JsonProblem::Number
            };
            wrong(self.at + len, problem)
        })
    }

    fn word_len(&self) -> Result<usize, JsonError> {
        let rest = self.rest();
        let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let len = rest.iter().take_while(is_letter).count();
        let word = rest.get(..len).unwrap_or_default();
        let known: [&[u8]; 3] = [b"true", b"false", b"null"];
        if known.contains(&word) {
            return Ok(len);
        }
        let is_begun = len == rest.len() && known.iter().any(|known| known.starts_with(word));
        Err(if is_begun {
            wrong(self.at + len, JsonProblem::Unfinished)
        } else {
            wrong(self.at, JsonProblem::Word)
        })
    }
}

pub(super) fn wrong(at: usize, problem: JsonProblem) -> JsonError {
    JsonError { at, problem }
}

/// Returns the length of the number at the front, or where it goes wrong (RFC 8259, 6).
fn number_len(text: &[u8]) -> Result<usize, usize> {
    let whole = usize::from(text.first() == Some(&b'-'));
    let mut len = match text.get(whole) {
        Some(b'0') => whole + 1,
        _ => digits_end(text, whole)?,
    };
    if text.get(len) == Some(&b'.') {
        len = digits_end(text, len + 1)?;
    }
    if matches!(text.get(len), Some(b'e' | b'E')) {
        let has_sign = matches!(text.get(len + 1), Some(b'+' | b'-'));
        len = digits_end(text, len + 1 + usize::from(has_sign))?;
    }
    let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._".contains(byte);
    if text.get(len).is_some_and(goes_on) {
        return Err(len);
    }
    Ok(len)
}

/// Returns where the digits that begin at `start` end; there must be at least one.
fn digits_end(text: &[u8], start: usize) -> Result<usize, usize> {
    let digits = text.get(start..).unwrap_or_default().iter();
    match digits.take_while(|digit| digit.is_ascii_digit()).count() {
        0 => Err(start),
        len => Ok(start + len),
    }
}

/// Returns the length of the escape at the front, or the offset of a problem after its backslash, and the problem.
fn escape_len(escape: &[u8]) -> Result<usize, (usize, JsonProblem)> {
    match escape.get(1) {
        None => Err((1, JsonProblem::Unfinished)),
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => {
            let digits = escape.iter().skip(2).take(4);
            match 2 + digits.take_while(|digit| digit.is_ascii_hexdigit()).count() {
                6 => Ok(6),
                len if len == escape.len() => Err((len, JsonProblem::Unfinished)),
                _ => Err((0, JsonProblem::Escape)),
            }
        }
        Some(_) => Err((0, JsonProblem::Escape)),
    }
}
