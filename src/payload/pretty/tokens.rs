//! The tokens of JSON (RFC 8259), checked against its grammar one by one. Keeps ranges, never values.

use std::ops::Range;

use super::page::DEPTH;
use super::{ExpectedJson, Ink, JsonError, JsonProblem, mark_len};

pub(super) struct Token {
    pub(super) role: TokenRole,
    pub(super) range: Range<usize>,
    /// How many containers it is inside.
    pub(super) depth: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenRole {
    Open,
    Close,
    Key,
    Colon,
    Comma,
    Value(Ink),
}

/// A problem and its offset from the beginning of a token.
type Wrong = (usize, JsonProblem);

pub(super) struct TokenReader<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// The closing brackets of the containers that are open.
    open: Vec<u8>,
    /// What may come next; outside of all containers also the end of the bytes.
    expected: ExpectedJson,
}

impl<'a> TokenReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            // RFC 8259, 8.1: a parser may ignore the byte order mark.
            at: mark_len(bytes),
            open: Vec::new(),
            expected: ExpectedJson::Value,
        }
    }

    /// Reads a token. After an error `at` is where the wrong token begins.
    pub(super) fn next(&mut self) -> Result<Option<Token>, JsonError> {
        self.skip_space();
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let wrong = |(offset, problem)| wrong(self.at + offset, problem);
        let Some(&first) = rest.first() else {
            if self.open.is_empty() {
                return Ok(None);
            }
            return Err(wrong((0, JsonProblem::Unfinished)));
        };
        let role = self.role(first).map_err(wrong)?;
        let len = match role {
            TokenRole::Key | TokenRole::Value(Ink::String) => string_len(rest),
            TokenRole::Value(Ink::Number) => number_len(rest),
            TokenRole::Value(_) => word_len(rest),
            TokenRole::Open if self.open.len() >= DEPTH => Err((0, JsonProblem::Depth(DEPTH))),
            TokenRole::Open | TokenRole::Close | TokenRole::Colon | TokenRole::Comma => Ok(1),
        };
        let len = len.map_err(wrong)?;
        // A container's brackets are outside it.
        let before = self.open.len();
        self.follow(role, first);
        let start = self.at;
        self.at += len;
        Ok(Some(Token {
            role,
            range: start..self.at,
            depth: before.min(self.open.len()),
        }))
    }

    /// Returns the role of a token that begins with this byte here.
    fn role(&self, first: u8) -> Result<TokenRole, Wrong> {
        use ExpectedJson as E;
        let is_value = matches!(self.expected, E::Value | E::ValueOrEnd);
        let is_key = matches!(self.expected, E::Key | E::KeyOrEnd);
        let is_comma = matches!(self.expected, E::CommaOrBrace | E::CommaOrBracket);
        let may_end = is_comma || matches!(self.expected, E::ValueOrEnd | E::KeyOrEnd);
        match first {
            b'{' | b'[' if is_value => Ok(TokenRole::Open),
            b'}' | b']' if may_end && self.open.last() == Some(&first) => Ok(TokenRole::Close),
            b'"' if is_value => Ok(TokenRole::Value(Ink::String)),
            b'"' if is_key => Ok(TokenRole::Key),
            b'-' | b'0'..=b'9' if is_value => Ok(TokenRole::Value(Ink::Number)),
            b'A'..=b'Z' | b'a'..=b'z' if is_value => Ok(TokenRole::Value(Ink::Keyword)),
            b':' if self.expected == E::Colon => Ok(TokenRole::Colon),
            b',' if is_comma => Ok(TokenRole::Comma),
            _ => Err((0, JsonProblem::Expected(self.expected))),
        }
    }

    /// Updates what may follow a token.
    fn follow(&mut self, role: TokenRole, first: u8) {
        match (role, first) {
            (TokenRole::Open, b'{') => self.open.push(b'}'),
            (TokenRole::Open, _) => self.open.push(b']'),
            (TokenRole::Close, _) => {
                self.open.pop();
            }
            _ => {}
        }
        self.expected = match (role, self.open.last()) {
            (TokenRole::Open, Some(b'}')) => ExpectedJson::KeyOrEnd,
            (TokenRole::Open, _) => ExpectedJson::ValueOrEnd,
            (TokenRole::Key, _) => ExpectedJson::Colon,
            (TokenRole::Comma, Some(b'}')) => ExpectedJson::Key,
            (TokenRole::Comma | TokenRole::Colon, _) | (_, None) => ExpectedJson::Value,
            (TokenRole::Close | TokenRole::Value(_), Some(b'}')) => ExpectedJson::CommaOrBrace,
            (TokenRole::Close | TokenRole::Value(_), _) => ExpectedJson::CommaOrBracket,
        };
    }

    pub(super) fn skip_space(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default().iter();
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += rest.take_while(is_space).count();
    }
}

pub(super) fn wrong(at: usize, problem: JsonProblem) -> JsonError {
    JsonError { at, problem }
}

/// Returns the length of the string at the front, including its quotation marks (RFC 8259, 7).
fn string_len(text: &[u8]) -> Result<usize, Wrong> {
    let mut at = 1;
    loop {
        at += match text.get(at..).unwrap_or_default() {
            [] => return Err((at, JsonProblem::Unfinished)),
            [b'"', ..] => return Ok(at + 1),
            [0..0x20, ..] => return Err((at, JsonProblem::Control)),
            [b'\\'] => return Err((at + 1, JsonProblem::Unfinished)),
            [
                b'\\',
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't',
                ..,
            ] => 2,
            [b'\\', b'u', digits @ ..] => {
                let is_digit = |digit: &&u8| digit.is_ascii_hexdigit();
                match digits.iter().take(4).take_while(is_digit).count() {
                    4 => 6,
                    len if len == digits.len() => {
                        return Err((at + 2 + len, JsonProblem::Unfinished));
                    }
                    _ => return Err((at, JsonProblem::Escape)),
                }
            }
            [b'\\', ..] => return Err((at, JsonProblem::Escape)),
            _ => 1,
        };
    }
}

/// Returns the length of the number at the front (RFC 8259, 6).
fn number_len(text: &[u8]) -> Result<usize, Wrong> {
    let byte = |at: usize| text.get(at).copied().unwrap_or_default();
    let wrong = |at: usize| {
        let is_cut = at >= text.len();
        let cut = is_cut.then_some(JsonProblem::Unfinished);
        (at, cut.unwrap_or(JsonProblem::Number))
    };
    // There must be at least one digit.
    let digits_end = |start: usize| {
        let digits = text.get(start..).unwrap_or_default().iter();
        match digits.take_while(|digit| digit.is_ascii_digit()).count() {
            0 => Err(wrong(start)),
            len => Ok(start + len),
        }
    };
    let whole = usize::from(byte(0) == b'-');
    let mut len = match byte(whole) {
        b'0' => whole + 1,
        _ => digits_end(whole)?,
    };
    if byte(len) == b'.' {
        len = digits_end(len + 1)?;
    }
    if matches!(byte(len), b'e' | b'E') {
        let has_sign = matches!(byte(len + 1), b'+' | b'-');
        len = digits_end(len + 1 + usize::from(has_sign))?;
    }
    if byte(len).is_ascii_alphanumeric() || b"+-._".contains(&byte(len)) {
        return Err(wrong(len));
    }
    Ok(len)
}

/// Returns the length of the literal at the front.
fn word_len(text: &[u8]) -> Result<usize, Wrong> {
    let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let len = text.iter().take_while(is_letter).count();
    let word = text.get(..len).unwrap_or_default();
    let known: [&[u8]; 3] = [b"true", b"false", b"null"];
    if known.contains(&word) {
        return Ok(len);
    }
    if len == text.len() && known.iter().any(|known| known.starts_with(word)) {
        return Err((len, JsonProblem::Unfinished));
    }
    Err((0, JsonProblem::Word))
}
