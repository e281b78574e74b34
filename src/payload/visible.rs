//! Received bytes as text that is safe to show: control characters in it have no effect.

use std::fmt::Write as _;
use std::ops::Range;

/// Text to show, with marks on the parts that stand for something that cannot be shown as itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisibleText {
    /// The text. Control, bidi and zero-width characters and undecodable bytes are escaped.
    pub text: String,
    /// The parts of `text` that are escapes, in order and without overlaps; neighbours of one kind share a mark.
    pub marks: Vec<VisibleMark>,
}

/// A part of a [`VisibleText`] that stands for something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisibleMark {
    /// Its byte range in the text.
    pub range: Range<usize>,
    /// What it stands for.
    pub kind: VisibleMarkKind,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisibleMarkKind {
    /// A control character, as `\n`, `\r`, `\t`, `\0` or `\x1B`.
    Control,
    /// A character that would be invisible or reorder the text, as `\u{200B}`.
    Invisible,
    /// Bytes that are not UTF-8, as `\xE6\x97`.
    Invalid,
    /// The payload continues: `…`.
    Cut,
}

/// Whether a stream continues after a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamEnd {
    /// It may: an incomplete character at the end is left to the chunk that completes it.
    Open,
    /// It does not: an incomplete character at the end is shown as invalid.
    Ended,
}

impl VisibleText {
    /// Makes visible text of words. Control and invisible characters are escaped here too, since words may include text
    /// that a user or a peer chose.
    pub fn plain(words: impl AsRef<str>) -> Self {
        let mut visible = Self::default();
        visible.push_str(words.as_ref());
        visible
    }

    /// Returns the text with literal backslashes doubled, so that [`escape::parse`](super::escape::parse) restores the
    /// bytes (except those cut off).
    pub fn escaped(&self) -> String {
        let mut escaped = String::with_capacity(self.text.len());
        let mut done = 0;
        for mark in &self.marks {
            let plain = self.text.get(done..mark.range.start).unwrap_or_default();
            escaped.push_str(&plain.replace('\\', r"\\"));
            escaped.push_str(self.text.get(mark.range.clone()).unwrap_or_default());
            done = mark.range.end;
        }
        let plain = self.text.get(done..).unwrap_or_default();
        escaped.push_str(&plain.replace('\\', r"\\"));
        escaped
    }

    /// Returns whether more of it stands for bytes that are not text than for text. Line breaks and tabs are text.
    pub fn is_mostly_escapes(&self) -> bool {
        let count = |range: Range<usize>| self.text.get(range).unwrap_or_default().chars().count();
        let (mut text, mut others, mut done) = (0, 0, 0);
        for mark in &self.marks {
            text += count(done..mark.range.start);
            done = mark.range.end;
            let escapes = self.text.get(mark.range.clone()).unwrap_or_default();
            let all = escapes.matches('\\').count();
            let breaks = match mark.kind {
                VisibleMarkKind::Control => {
                    [r"\n", r"\r", r"\t"].map(|it| escapes.matches(it).count())
                }
                VisibleMarkKind::Invalid => [0; 3],
                VisibleMarkKind::Invisible | VisibleMarkKind::Cut => [all, 0, 0],
            };
            let breaks: usize = breaks.iter().sum();
            text += breaks;
            others += all - breaks;
        }
        text += count(done..self.text.len());
        others > text
    }

    pub(super) fn push_utf8(&mut self, bytes: &[u8]) {
        self.text.reserve(bytes.len());
        for chunk in bytes.utf8_chunks() {
            self.push_str(chunk.valid());
            self.push_invalid(chunk.invalid());
        }
    }

    pub(super) fn push_str(&mut self, text: &str) {
        let mut rest = text;
        while let Some((at, hidden)) = rest.char_indices().find(|&(_, c)| is_hidden(c)) {
            self.text.push_str(rest.get(..at).unwrap_or_default());
            self.push_hidden(hidden);
            rest = rest.get(at + hidden.len_utf8()..).unwrap_or_default();
        }
        self.text.push_str(rest);
    }

    fn push_hidden(&mut self, hidden: char) {
        let kind = if hidden.is_control() {
            VisibleMarkKind::Control
        } else {
            VisibleMarkKind::Invisible
        };
        match hidden {
            '\n' => self.push_mark(r"\n", kind),
            '\r' => self.push_mark(r"\r", kind),
            '\t' => self.push_mark(r"\t", kind),
            '\0' => self.push_mark(r"\0", kind),
            '\0'..='\x7F' => self.push_mark(&format!("\\x{:02X}", u32::from(hidden)), kind),
            _ => self.push_mark(&format!("\\u{{{:X}}}", u32::from(hidden)), kind),
        }
    }

    pub(super) fn push_invalid(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let mut escape = String::with_capacity(4 * bytes.len());
        for byte in bytes {
            // Writing to a string cannot fail.
            write!(escape, r"\x{byte:02X}").ok();
        }
        self.push_mark(&escape, VisibleMarkKind::Invalid);
    }

    pub(super) fn push_mark(&mut self, escape: &str, kind: VisibleMarkKind) {
        let start = self.text.len();
        self.text.push_str(escape);
        let end = self.text.len();
        match self.marks.last_mut() {
            Some(last) if last.kind == kind && last.range.end == start => last.range.end = end,
            _ => self.marks.push(VisibleMark {
                range: start..end,
                kind,
            }),
        }
    }
}

/// Returns whether a character cannot be shown as itself: control, format, bidi, and blank ones other than spaces.
///
/// Categories Cc, Cf, Zl and Zp of the Unicode Character Database, and the fillers of `Default_Ignorable_Code_Point`;
/// variation selectors stay, since they only choose a glyph.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{6DD}' | '\u{70F}' | '\u{8E2}'
            | '\u{600}'..='\u{605}' | '\u{890}'..='\u{891}'
            | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::payload::{Carry, TextStart};

    /// Bytes that are mostly text, with some broken characters and escapes.
    pub(in crate::payload) fn mostly_text(len: usize) -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            4 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
            2 => "[ -~\\\\\n\r\t]".prop_map(String::into_bytes),
            2 => (any::<char>(), 0..4_usize).prop_map(|(c, cut)| {
                let bytes = c.to_string().into_bytes();
                bytes[..cut.min(bytes.len())].to_vec()
            }),
            1 => any::<u8>().prop_map(|byte| vec![byte]),
        ];
        proptest::collection::vec(piece, 0..len).prop_map(|pieces| pieces.concat())
    }

    fn carry(bytes: &[u8]) -> Carry {
        Carry::new(bytes).unwrap()
    }

    fn marked(visible: &VisibleText) -> Vec<(&str, VisibleMarkKind)> {
        let marks = visible.marks.iter();
        marks
            .map(|m| (&visible.text[m.range.clone()], m.kind))
            .collect()
    }

    #[test]
    fn unshowable_characters_are_escaped() {
        let check = |bytes: &[u8], expected: &str| {
            let visible = TextStart::default().decode(bytes, None, StreamEnd::Ended);
            assert_eq!(visible.text, expected);
        };
        check(b"", "");
        check(b"Hello, server!", "Hello, server!");
        check("日本語".as_bytes(), "日本語");
        check(b"a\r\n\t\0\x1B\x7F", r"a\r\n\t\0\x1B\x7F");
        check("\u{85}\u{9B}".as_bytes(), r"\u{85}\u{9B}");
        check(
            "\u{202E}a\u{2066}\u{200F}".as_bytes(),
            r"\u{202E}a\u{2066}\u{200F}",
        );
        check(
            "a\u{200B}b\u{FEFF}\u{AD}".as_bytes(),
            r"a\u{200B}b\u{FEFF}\u{AD}",
        );
        check("\u{2028}\u{E0041}".as_bytes(), r"\u{2028}\u{E0041}");
        check("e\u{301}\u{FE0F}".as_bytes(), "e\u{301}\u{FE0F}");
        check(b"a\\n", r"a\n");
        check(b"\xE6\x97A\xFF\xFE", r"\xE6\x97A\xFF\xFE");
        check(b"\xE0\x80", r"\xE0\x80");
    }

    #[test]
    fn escapes_are_marked_and_typed_backslashes_are_not() {
        let bytes = b"\\n\n\r\xFF\xFEx\xE2\x80\x8B";
        let visible = TextStart::default().decode(bytes, None, StreamEnd::Open);
        assert_eq!(visible.text, r"\n\n\r\xFF\xFEx\u{200B}");
        assert_eq!(
            marked(&visible),
            [
                (r"\n\r", VisibleMarkKind::Control),
                (r"\xFF\xFE", VisibleMarkKind::Invalid),
                (r"\u{200B}", VisibleMarkKind::Invisible),
            ]
        );
        assert_eq!(visible.marks[0].range, 2..6);
    }

    #[test]
    fn a_split_character_is_shown_where_it_completes() {
        let check = |before: &[u8], bytes: &[u8], end: StreamEnd, expected: &str| {
            let visible = TextStart::from(carry(before)).decode(bytes, None, end);
            assert_eq!(visible.text, expected);
        };
        check(b"", b"ab\xE6", StreamEnd::Open, "ab");
        check(b"", b"ab\xE6", StreamEnd::Ended, r"ab\xE6");
        check(b"\xE6", b"\x97\xA5!", StreamEnd::Open, "日!");
        check(b"\xE6\x97", b"\xA5", StreamEnd::Open, "日");
        check(b"\xE6", b"\x97", StreamEnd::Open, "");
        check(b"\xE6", b"\x97", StreamEnd::Ended, r"\xE6\x97");
        check(b"\xE6\x97", b"A", StreamEnd::Open, r"\xE6\x97A");
        check(b"\xE6\x97", b"\xE6", StreamEnd::Open, r"\xE6\x97");
        check(b"\xE6\x97", b"\xE6\x97\xA5", StreamEnd::Open, r"\xE6\x97日");
        check(b"\xE0", b"\x80", StreamEnd::Open, r"\xE0\x80");
        check(b"\xE6\x97", b"", StreamEnd::Open, "");
        check(b"\xE6\x97", b"", StreamEnd::Ended, r"\xE6\x97");
        check(b"\xF0", b"\x9F\x98\x80", StreamEnd::Open, "😀");
        check(b"\xC2", b"\x85", StreamEnd::Open, r"\u{85}");
    }

    #[test]
    fn a_limit_cuts_between_characters() {
        let check = |before: &[u8], bytes: &[u8], limit: usize, expected: &str| {
            let visible =
                TextStart::from(carry(before)).decode(bytes, Some(limit), StreamEnd::Ended);
            assert_eq!(visible.text, expected);
            assert_eq!(
                visible.text.ends_with('…'),
                visible
                    .marks
                    .last()
                    .is_some_and(|m| m.kind == VisibleMarkKind::Cut)
            );
        };
        check(b"", b"abcdef", 6, "abcdef");
        check(b"", b"abcdef", 3, "abc…");
        check(b"", b"abcdef", 0, "…");
        check(b"", "日本".as_bytes(), 3, "日…");
        check(b"", "日本".as_bytes(), 5, "日…");
        check(b"\xE6", b"\x97\xA5abc", 1, "…");
        check(b"\xE6", b"\x97\xA5abc", 3, "日a…");
        check(b"\xE6", b"abc", 1, r"\xE6a…");
    }

    #[test]
    fn words_have_no_hidden_characters() {
        assert_eq!(VisibleText::plain("closed by us").text, "closed by us");
        assert_eq!(
            VisibleText::plain("cannot find a\u{202E}b\n").text,
            r"cannot find a\u{202E}b\n"
        );
    }

    fn marked_bytes(visible: &VisibleText) -> Vec<bool> {
        let mut marked = vec![false; visible.text.len()];
        for mark in &visible.marks {
            marked[mark.range.clone()].fill(true);
        }
        marked
    }

    proptest! {
        #[test]
        fn rows_of_a_stream_are_its_text(chunks in proptest::collection::vec(mostly_text(5), 1..8)) {
            let (mut text, mut marks) = (String::new(), Vec::new());
            let mut carry = Carry::default();
            for (index, chunk) in chunks.iter().enumerate() {
                let end = if index + 1 == chunks.len() { StreamEnd::Ended } else { StreamEnd::Open };
                let row = TextStart::from(carry).decode(chunk, None, end);
                text.push_str(&row.text);
                marks.extend(marked_bytes(&row));
                carry = carry.advance(chunk);
            }
            let whole = TextStart::default().decode(&chunks.concat(), None, StreamEnd::Ended);
            prop_assert_eq!(&text, &whole.text);
            prop_assert_eq!(marks, marked_bytes(&whole));
        }

        #[test]
        fn a_limited_text_is_a_prefix_of_the_whole(bytes in mostly_text(12), limit in 0..24_usize) {
            let whole = TextStart::default().decode(&bytes, None, StreamEnd::Ended);
            let limited = TextStart::default().decode(&bytes, Some(limit), StreamEnd::Ended);
            if bytes.len() <= limit {
                prop_assert_eq!(limited, whole);
            } else {
                prop_assert!(whole.text.starts_with(limited.text.strip_suffix('…').unwrap()));
            }
        }

        #[test]
        fn no_hidden_character_is_left(bytes in mostly_text(12)) {
            let visible = TextStart::default().decode(&bytes, None, StreamEnd::Ended);
            prop_assert!(!visible.text.chars().any(is_hidden));
        }
    }
}
