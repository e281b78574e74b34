//! What `--expect` waits for, looked for in a stream as it comes. Pure.

use std::fmt::{self, Write as _};

use regex::bytes::{Regex, RegexBuilder};

use crate::payload::{EscapeError, HexError, escape, hex};

/// The most bytes that a match can span; what was received before them is forgotten.
const SPAN_BYTES: usize = 64 * 1024;

/// A pattern: `text:…`, `regex:…`, `hex:…` with `??` for any byte, or a bare word, which means `text:`.
///
/// Displays as it was typed.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    typed: String,
    regex: Regex,
}

/// Why a text is no pattern.
#[derive(Debug, thiserror::Error)]
pub(super) enum PatternError {
    #[error("a pattern is missing: write text:…, regex:…, hex:… or a word")]
    Empty,
    #[error("{0}: begins no pattern: write text:, regex: or hex: before it")]
    Kind(String),
    #[error("a pattern has at most {SPAN_BYTES} bytes")]
    TooLong,
    #[error(transparent)]
    Escape(#[from] EscapeError),
    #[error(transparent)]
    Hex(#[from] HexError),
    #[error("the regular expression cannot be used: {}", one_line(.0))]
    Regex(#[from] regex::Error),
}

impl Pattern {
    /// Reads a pattern.
    pub(super) fn parse(typed: &str) -> Result<Self, PatternError> {
        let source = match kind(typed) {
            Some(("regex", source)) => source.to_owned(),
            Some(("hex", digits)) => literal(hex::parse_pattern(digits)?)?,
            Some(("text", text)) => text_literal(text)?,
            Some((unknown, _)) => return Err(PatternError::Kind(unknown.to_owned())),
            None => text_literal(typed)?,
        };
        if source.is_empty() {
            return Err(PatternError::Empty);
        }
        let regex = RegexBuilder::new(&source).unicode(false).build()?;
        Ok(Self {
            typed: typed.to_owned(),
            regex,
        })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

/// Splits a pattern from the word before its colon, if it begins with one.
fn kind(typed: &str) -> Option<(&str, &str)> {
    let (word, rest) = typed.split_once(':')?;
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_word.then_some((word, rest))
}

fn text_literal(text: &str) -> Result<String, PatternError> {
    literal(escape::parse(text)?.into_iter().map(Some).collect())
}

/// Writes bytes as a regular expression; none stands for any byte.
fn literal(bytes: Vec<Option<u8>>) -> Result<String, PatternError> {
    if bytes.len() > SPAN_BYTES {
        return Err(PatternError::TooLong);
    }
    if bytes.is_empty() {
        return Ok(String::new());
    }
    let mut source = "(?s-u)".to_owned();
    for byte in bytes {
        match byte {
            // Writing to a string does not fail.
            Some(byte) => write!(source, r"\x{byte:02X}").ok(),
            None => write!(source, ".").ok(),
        };
    }
    Ok(source)
}

/// The regex crate draws its errors over several lines, the last of which says what is wrong.
fn one_line(error: &regex::Error) -> String {
    let drawn = error.to_string();
    let last = drawn.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

/// Looks for a pattern in a stream, chunk by chunk.
#[derive(Debug)]
pub(super) struct Matcher {
    pattern: Pattern,
    /// The newest bytes of the stream, and one more before them once older ones were forgotten: so `^` and `\b`
    /// see that the stream began earlier.
    window: Vec<u8>,
    is_trimmed: bool,
}

impl Matcher {
    /// Begins at the front of a stream.
    pub(super) fn new(pattern: Pattern) -> Self {
        Self {
            pattern,
            window: Vec::new(),
            is_trimmed: false,
        }
    }

    /// Returns what is looked for.
    pub(super) fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Takes the next bytes; returns whether the pattern has come.
    pub(super) fn push(&mut self, chunk: &[u8]) -> bool {
        self.window.extend_from_slice(chunk);
        let start = usize::from(self.is_trimmed);
        if self.pattern.regex.is_match_at(&self.window, start) {
            return true;
        }
        let forgotten = self.window.len().saturating_sub(SPAN_BYTES + 1);
        if forgotten > 0 {
            self.window.drain(..forgotten);
            self.is_trimmed = true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(typed: &str, chunks: &[&[u8]]) -> bool {
        let mut matcher = Matcher::new(Pattern::parse(typed).unwrap());
        chunks.iter().any(|chunk| matcher.push(chunk))
    }

    #[test]
    fn patterns_are_found_over_chunks() {
        let check = |typed: &str, chunks: &[&[u8]], expected: bool| {
            assert_eq!(matches(typed, chunks), expected, "{typed}");
        };
        check("OK", &[b"not ok, but OK\r\n"], true);
        check("OK", &[b"O", b"K"], true);
        check("OK", &[b"ok"], false);
        check(r"text:OK\r\n", &[b"OK\r", b"\n"], true);
        check("text:a.c", &[b"abc"], false);
        check("text:Host: x", &[b"Host: x"], true);
        check("12:30", &[b"at 12:30"], true);
        check("text:日本", &["日本語".as_bytes()], true);
        check("hex:00 ?? FF", &[b"\x00\x0A", b"\xFF"], true);
        check("hex:00 ?? FF", &[b"\x00\xFF"], false);
        check(r"regex:(?i)ok\s+\d+", &[b"Ok ", b" 4"], true);
        check(r"regex:\xFF", &[b"\xFF"], true);
        check(r"regex:^.[^a]$", &[b"\xFF\xE6"], true);
        check("regex:^é$", &["é".as_bytes()], true);
        check("regex:^.$", &["é".as_bytes()], false);
        check(r"regex:(?u)^.$", &["é".as_bytes()], true);
        check("regex:^b", &[b"ab"], false);
        check("regex:^a", &[b"a"], true);
    }

    #[test]
    fn old_bytes_are_forgotten_and_the_beginning_stays_the_beginning() {
        let filler = vec![b'x'; SPAN_BYTES];
        assert!(matches("regex:ax+b", &[b"a", &filler[2..], b"b"]));
        assert!(!matches("regex:ax+b", &[b"a", &filler, b"x", b"b"]));
        assert!(!matches("regex:^x", &[b"a", &filler, &filler, b"x"]));
        assert!(!matches(r"regex:\bx", &[b"a", &filler, &filler, b"x"]));
        let mut matcher = Matcher::new(Pattern::parse("never").unwrap());
        for _ in 0..10 {
            matcher.push(&filler);
        }
        assert_eq!(matcher.window.len(), SPAN_BYTES + 1);
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        let check = |typed: &str, expected: &str| {
            let error = Pattern::parse(typed).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains('\n'), "{error}");
        };
        check("", "a pattern is missing");
        check("hex:", "a pattern is missing");
        check("regex:", "a pattern is missing");
        check(r"a\q", r"unknown escape \q (known are");
        check("hex:0", "half a byte");
        check(
            "regexp:x",
            "regexp: begins no pattern: write text:, regex: or hex: before it",
        );
        check("regex:(", "unclosed group");
        check(&"x".repeat(SPAN_BYTES + 1), "at most 65536 bytes");
    }
}
