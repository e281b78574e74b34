//! Search patterns over bytes: `text:…`, `regex:…`, `hex:…`. The window and the command line share this syntax.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use regex_automata::Input;
use regex_automata::meta::{BuildError, Cache, Regex};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange, Dot, Hir, HirKind};

use super::{Encoding, EscapeError, HexError, escape, hex};

/// The most bytes that a match can span.
pub const SPAN_BYTES: usize = 64 * 1024;

/// A pattern: `text:…`, `regex:…`, `hex:…` with `??` for any byte, or bare text, which means `text:`.
///
/// Displays as it was typed. Two patterns are equal if the typed text and the case setting are equal. Cheap to clone.
#[derive(Clone)]
pub struct Pattern {
    typed: String,
    case: Case,
    compiled: Arc<Compiled>,
}

/// Whether upper and lower case are distinguished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Case {
    /// `a` is not `A`.
    #[default]
    Exact,
    /// `a` is `A`: in text by Unicode's simple case folding, in a regular expression by ASCII's.
    Ignored,
}

/// Which matches may overlap: see [`Pattern::overlap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// Text and hex: every occurrence counts, even one that begins within another.
    All,
    /// Regular expressions: the search continues at the end of a match.
    None,
}

/// Why a text is not a valid pattern.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum PatternError {
    /// The pattern is empty.
    Empty,
    /// It begins with a word and a colon that is not one of the three kinds.
    Kind(String),
    /// A match would be longer than [`SPAN_BYTES`].
    TooLong,
    /// An invalid escape.
    Escape(#[from] EscapeError),
    /// Invalid hex digits.
    Hex(#[from] HexError),
    /// An invalid regular expression.
    Regex(#[from] Box<regex_syntax::Error>),
    /// Searching for it would take too much memory.
    TooLarge(#[from] Box<BuildError>),
}

struct Compiled {
    regex: Regex,
    /// Whether any bytes can match.
    can_match: bool,
    /// `None` if there is no longest match, or it is longer than [`SPAN_BYTES`].
    longest_bytes: Option<usize>,
    looks_around: bool,
    overlap: Overlap,
    /// See [`Pattern::literal`].
    literal: Option<Box<[u8]>>,
}

/// Working memory for searches, reused from one search to the next.
#[derive(Debug)]
pub struct Scratch(Cache);

impl Pattern {
    /// Parses a pattern as the command line accepts it: a word with a colon must be one of the three kinds.
    pub fn parse(typed: &str) -> Result<Self, PatternError> {
        if let Some(unknown) = unknown_kind(typed) {
            return Err(PatternError::Kind(unknown.to_owned()));
        }
        Self::parse_find(typed, Case::Exact)
    }

    /// Parses text typed into a find field: anything that does not begin with one of the three kinds is text, colons
    /// included.
    pub fn parse_find(typed: &str, case: Case) -> Result<Self, PatternError> {
        let (hir, overlap) = match kind(typed) {
            Some(("regex", "")) => (Hir::empty(), Overlap::None),
            Some(("regex", source)) => (regex(source, case)?, Overlap::None),
            Some(("hex", digits)) => (any_or_literal(&hex::parse_pattern(digits)?), Overlap::All),
            Some(("text", text)) => (text_hir(text, case)?, Overlap::All),
            _ => (text_hir(typed, case)?, Overlap::All),
        };
        Ok(Self {
            typed: typed.to_owned(),
            case,
            compiled: Arc::new(Compiled::new(&hir, overlap)?),
        })
    }

    /// Returns the same pattern for streams in a text encoding. Text is then searched for in that encoding, and never
    /// found if the encoding cannot represent it; `hex:` and `regex:` match bytes and stay unchanged.
    ///
    /// # Errors
    ///
    /// In that encoding the pattern is too long, or too large to search for.
    pub fn in_encoding(&self, encoding: Encoding) -> Result<Self, PatternError> {
        let text = match kind(&self.typed) {
            Some(("text", text)) => text,
            Some(_) => return Ok(self.clone()),
            None => &self.typed,
        };
        if encoding.is_utf8() {
            return Ok(self.clone());
        }
        let hir = encoded_hir(text, self.case, encoding)?;
        Ok(Self {
            compiled: Arc::new(Compiled::new(&hir, Overlap::All)?),
            ..self.clone()
        })
    }

    /// Returns whether any bytes can match: none can if the encoding cannot represent the text.
    pub fn can_match(&self) -> bool {
        self.compiled.can_match
    }

    /// Returns the typed text.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Returns whether upper and lower case are distinguished.
    pub fn case(&self) -> Case {
        self.case
    }

    /// Returns the length of the longest possible match, in bytes: at most [`SPAN_BYTES`].
    pub fn span_bytes(&self) -> usize {
        self.compiled.longest_bytes.unwrap_or(SPAN_BYTES)
    }

    /// Returns whether the pattern itself allows no match longer than [`Self::span_bytes`].
    pub fn is_bounded(&self) -> bool {
        self.compiled.longest_bytes.is_some()
    }

    /// Returns whether the bytes around a match matter too: `^`, `$`, `\b`.
    pub fn looks_around(&self) -> bool {
        self.compiled.looks_around
    }

    /// Returns the bytes that every match consists of, if text or hex digits stand for these bytes alone.
    pub fn literal(&self) -> Option<&[u8]> {
        self.compiled.literal.as_deref()
    }

    /// Returns whether overlapping matches count.
    pub fn overlap(&self) -> Overlap {
        self.compiled.overlap
    }

    /// Creates the working memory for [`Self::find`].
    pub fn scratch(&self) -> Scratch {
        Scratch(self.compiled.regex.create_cache())
    }

    /// Returns the first match within a range of `bytes`. `^`, `$` and `\b` see the bytes around the range.
    ///
    /// `scratch` must come from this pattern or a clone of it. An invalid range has no match.
    pub fn find(
        &self,
        scratch: &mut Scratch,
        bytes: &[u8],
        within: Range<usize>,
    ) -> Option<Range<usize>> {
        if within.start > within.end || within.end > bytes.len() {
            return None;
        }
        let input = Input::new(bytes).range(within);
        let found = self.compiled.regex.search_with(&mut scratch.0, &input)?;
        Some(found.range())
    }

    /// Returns whether the pattern matches anywhere in `bytes`, taken as the whole stream.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        self.compiled.regex.is_match(bytes)
    }

    /// Returns whether a match begins at `start` or later; `^` and `\b` see the bytes before it.
    pub fn is_in_from(&self, bytes: &[u8], start: usize) -> bool {
        start <= bytes.len()
            && self
                .compiled
                .regex
                .is_match(Input::new(bytes).range(start..))
    }
}

impl Compiled {
    fn new(hir: &Hir, overlap: Overlap) -> Result<Self, PatternError> {
        let properties = hir.properties();
        // A pattern that no bytes can match has no length: treat it as zero.
        let can_match = properties.minimum_len().is_some();
        let longest_bytes = if can_match {
            properties.maximum_len()
        } else {
            Some(1)
        };
        let longest_bytes = longest_bytes.filter(|len| *len <= SPAN_BYTES);
        // For example an empty text; a regular expression that only matches positions (`^`, `\b`) is allowed.
        if properties.maximum_len() == Some(0) && properties.look_set().is_empty() {
            return Err(PatternError::Empty);
        }
        if overlap == Overlap::All && longest_bytes.is_none() {
            return Err(PatternError::TooLong);
        }
        let literal = match hir.kind() {
            HirKind::Literal(literal) if overlap == Overlap::All => Some(literal.0.clone()),
            _ => None,
        };
        let config = Regex::config().utf8_empty(false);
        let regex = Regex::builder().configure(config).build_from_hir(hir);
        Ok(Self {
            regex: regex.map_err(Box::new)?,
            can_match,
            longest_bytes,
            looks_around: !properties.look_set().is_empty(),
            overlap,
            literal,
        })
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        (&self.typed, self.case) == (&other.typed, other.case)
    }
}

impl Eq for Pattern {}

impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.typed, self.case).hash(state);
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?}, {:?})", self.typed, self.case)
    }
}

/// Splits a pattern from the kind before its colon.
fn kind(typed: &str) -> Option<(&str, &str)> {
    let (word, rest) = typed.split_once(':')?;
    matches!(word, "text" | "regex" | "hex").then_some((word, rest))
}

/// Returns the word before a colon that looks like a kind but is not one.
fn unknown_kind(typed: &str) -> Option<&str> {
    let (word, _) = typed.split_once(':')?;
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_word && kind(typed).is_none()).then_some(word)
}

fn regex(source: &str, case: Case) -> Result<Hir, PatternError> {
    Ok(parse_regex(source, case)?)
}

/// Parses a regular expression over bytes.
pub(super) fn parse_regex(source: &str, case: Case) -> Result<Hir, Box<regex_syntax::Error>> {
    let mut parser = ParserBuilder::new()
        .utf8(false)
        .unicode(false)
        .case_insensitive(case == Case::Ignored)
        .build();
    Ok(parser.parse(source)?)
}

fn text_hir(text: &str, case: Case) -> Result<Hir, PatternError> {
    let bytes = escape::parse(text)?;
    if bytes.len() > SPAN_BYTES {
        return Err(PatternError::TooLong);
    }
    if case == Case::Exact {
        return Ok(Hir::literal(bytes));
    }
    let mut parser = ParserBuilder::new()
        .utf8(false)
        .case_insensitive(true)
        .build();
    let mut parts = Vec::new();
    for chunk in bytes.utf8_chunks() {
        let source = regex_syntax::escape(chunk.valid());
        parts.push(parser.parse(&source).map_err(Box::new)?);
        parts.push(Hir::literal(chunk.invalid()));
    }
    Ok(Hir::concat(parts))
}

/// Returns typed text in an encoding.
fn encoded_hir(text: &str, case: Case, encoding: Encoding) -> Result<Hir, PatternError> {
    let mut parts = Vec::new();
    // An escape sequence of ISO-2022-JP, or none.
    let maybe_switched = regex(r"(?:\x1B[$(][@-BIJ])?", Case::Exact)?;
    escape::parse_with(text, 0..text.len(), |piece| {
        let mut buffer = [0; 4];
        let text = match piece {
            escape::EscapePiece::Plain(plain, _) => plain,
            escape::EscapePiece::Character(character, _) => character.encode_utf8(&mut buffer),
            escape::EscapePiece::Byte(byte) => {
                parts.push(Hir::literal([byte]));
                return Ok::<(), EscapeError>(());
            }
        };
        for character in text.chars() {
            if encoding.switches() && !parts.is_empty() {
                parts.push(maybe_switched.clone());
            }
            let forms = match case {
                Case::Exact => vec![character],
                Case::Ignored => forms_of(character),
            };
            let written = forms.into_iter().filter_map(|it| encoding.write_one(it));
            // A character that cannot be represented never matches.
            parts.push(Hir::alternation(written.map(Hir::literal).collect()));
        }
        Ok(())
    })?;
    Ok(Hir::concat(parts))
}

/// Returns the case variants of a character, by Unicode's simple case folding.
fn forms_of(character: char) -> Vec<char> {
    let mut forms = ClassUnicode::new([ClassUnicodeRange::new(character, character)]);
    // This cannot fail: the case tables are built in.
    if forms.try_case_fold_simple().is_err() {
        return vec![character];
    }
    let forms = forms.iter().flat_map(|range| range.start()..=range.end());
    forms.collect()
}

/// `None` stands for any byte.
fn any_or_literal(bytes: &[Option<u8>]) -> Hir {
    let byte = |byte: &Option<u8>| match byte {
        Some(byte) => Hir::literal([*byte]),
        None => Hir::dot(Dot::AnyByte),
    };
    Hir::concat(bytes.iter().map(byte).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_patterns_say_why() {
        let check = |typed: &str, is_expected: fn(&PatternError) -> bool| {
            let error = Pattern::parse(typed).unwrap_err();
            assert!(is_expected(&error), "{typed}: {error:?}");
        };
        for typed in ["", "text:", "hex:", "regex:", "regex:()"] {
            check(typed, |error| matches!(error, PatternError::Empty));
        }
        check(r"a\q", |error| matches!(error, PatternError::Escape(_)));
        check("hex:0", |error| matches!(error, PatternError::Hex(_)));
        check(
            "regexp:x",
            |error| matches!(error, PatternError::Kind(word) if word == "regexp"),
        );
        check("regex:(", |error| matches!(error, PatternError::Regex(_)));
        let long = [
            "x".repeat(SPAN_BYTES + 1),
            format!("hex:{}", "??".repeat(SPAN_BYTES + 1)),
        ];
        for typed in long {
            check(&typed, |error| matches!(error, PatternError::TooLong));
        }
        check("regex:(a{1000}){1000}", |error| {
            matches!(error, PatternError::TooLarge(_))
        });
    }

    #[test]
    fn a_find_field_accepts_any_text_without_a_kind() {
        let check = |typed: &str, bytes: &[u8], expected: bool| {
            let pattern = Pattern::parse_find(typed, Case::Ignored).unwrap();
            assert_eq!(pattern.is_in(bytes), expected, "{typed}");
        };
        check("http://x", b"GET HTTP://X/", true);
        check("h.llo", b"hello", false);
        check("ÄRGER", "ärger".as_bytes(), true);
        check(r"a\xFFB", b"A\xFFb", true);
        check(r"a\xFFB", b"A\xFEb", false);
        check("regex:^h.l+o$", b"HELLO", true);
        check("hex:61", b"A", false);
        check("text:A", b"a", true);
        assert!(Pattern::parse_find("", Case::Ignored).is_err());
        assert!(Pattern::parse_find("regex:", Case::Ignored).is_err());
    }

    #[test]
    fn text_is_found_in_its_encoding() {
        let check = |label: &str, typed: &str, case: Case, bytes: &[u8], expected: bool| {
            let pattern = Pattern::parse_find(typed, case).unwrap();
            let pattern = pattern.in_encoding(label.parse().unwrap()).unwrap();
            assert_eq!(pattern.is_in(bytes), expected, "{label} {typed}");
            assert_eq!(pattern.typed(), typed);
        };
        let exact = Case::Exact;
        check("latin1", "été", exact, b"un \xE9t\xE9", true);
        check("latin1", "été", exact, "été".as_bytes(), false);
        check("latin1", "ÉTÉ", Case::Ignored, b"\xE9t\xE9", true);
        check("latin1", "ÉTÉ", exact, b"\xE9t\xE9", false);
        check("utf-8", "été", exact, "été".as_bytes(), true);
        check("utf-16le", "ab", exact, b"a\0b\0", true);
        check("utf-16le", "ab", exact, b"ab", false);
        check("utf-16be", "AB", Case::Ignored, b"\0a\0b", true);
        check("gbk", "text:你好", exact, b"\xC4\xE3\xBA\xC3", true);
        check(
            "koi8-r",
            "ПРИВЕТ",
            Case::Ignored,
            b"\xD0\xD2\xC9\xD7\xC5\xD4",
            true,
        );
        check("iso-2022-jp", "日本a", exact, b"\x1B$BF|K\\\x1B(Ba", true);
        check("iso-2022-jp", "本", exact, b"\x1B$BF|K\\\x1B(Ba", true);
        check("gbk", r"\xFF\u{4F60}", exact, b"\xFF\xC4\xE3", true);
        check("gbk", "hex:C4 E3", exact, b"\xC4\xE3", true);
        check("gbk", "regex:a.c", exact, b"abc", true);
        // Unrepresentable text is never found.
        check("latin1", "日", exact, "日".as_bytes(), false);
        check("latin1", "日a", exact, b"a", false);
        let can_match = |typed: &str, label: &str| {
            let pattern = Pattern::parse(typed).unwrap();
            let written = pattern.in_encoding(label.parse().unwrap()).unwrap();
            written.can_match()
        };
        assert!(can_match("é", "latin1") && !can_match("日", "latin1"));
        let long = Pattern::parse(&"x".repeat(SPAN_BYTES)).unwrap();
        let written = long.in_encoding("utf-16le".parse().unwrap());
        assert!(matches!(written, Err(PatternError::TooLong)));
    }

    #[test]
    fn the_longest_match_is_known_or_limited() {
        let check = |typed: &str, expected: usize, is_bounded: bool| {
            let pattern = Pattern::parse(typed).unwrap();
            assert_eq!(pattern.span_bytes(), expected, "{typed}");
            assert_eq!(pattern.is_bounded(), is_bounded, "{typed}");
        };
        check("日", 3, true);
        check("hex:00 ?? ff", 3, true);
        check(r"regex:a{2,5}\b", 5, true);
        check("regex:a+", SPAN_BYTES, false);
        check("regex:[a-z]{65537}", SPAN_BYTES, false);
        check(&"x".repeat(SPAN_BYTES), SPAN_BYTES, true);
    }

    #[test]
    fn patterns_are_compared_as_they_were_typed() {
        let find = |typed, case| Pattern::parse_find(typed, case).unwrap();
        assert_eq!(find("a", Case::Exact), Pattern::parse("a").unwrap());
        assert_ne!(find("a", Case::Exact), find("a", Case::Ignored));
        assert_ne!(find("a", Case::Exact), find("text:a", Case::Exact));
        assert_eq!(find("text:a", Case::Exact).to_string(), "text:a");
    }

    #[test]
    fn a_match_within_a_range_sees_the_bytes_around_it() {
        let check = |typed: &str, within: Range<usize>, expected: Option<Range<usize>>| {
            let pattern = Pattern::parse(typed).unwrap();
            let found = pattern.find(&mut pattern.scratch(), b"abcabc", within);
            assert_eq!(found, expected, "{typed}");
        };
        check("abc", 0..6, Some(0..3));
        check("abc", 1..6, Some(3..6));
        check("abc", 1..5, None);
        check(r"regex:\bbc", 1..6, None);
        check("regex:bc$", 0..3, None);
        check("regex:^bc", 1..6, None);
        check("abc", 7..9, None);
    }
}
