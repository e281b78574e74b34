//! A map between a visible text and its bytes.

use std::ops::Range;

use super::decode::TextStart;
use super::visible::VisibleText;

/// Maps the characters of a visible text to their bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextMap {
    /// Where each character's text and its bytes begin, both ascending.
    starts: Vec<(usize, usize)>,
    text_len: usize,
    bytes_len: usize,
}

impl TextMap {
    /// Decodes bytes as [`TextStart::decode`] does, character by character. A character that began before them counts
    /// as part of the first one.
    pub fn decode(start: TextStart, bytes: &[u8]) -> (VisibleText, Self) {
        let mut visible = VisibleText::default();
        let mut map = Self::default();
        let mut before = start;
        let mut state = start.state;
        let mut unit = 0;
        for (at, byte) in bytes.iter().enumerate() {
            state = state.advance(start.encoding, &[*byte]);
            let is_whole = state.pending().is_empty();
            if !is_whole && at + 1 < bytes.len() {
                continue;
            }
            map.starts.push((visible.text.len(), unit));
            let part = bytes.get(unit..=at).unwrap_or_default();
            before.decode_into(&mut visible, part, is_whole);
            unit = at + 1;
            before.state = state;
        }
        map.text_len = visible.text.len();
        map.bytes_len = bytes.len();
        (visible, map)
    }

    /// Returns the bytes of the character at a position of the text.
    pub fn bytes_at(&self, text: usize) -> Option<Range<usize>> {
        let after = self.starts.partition_point(|(start, _)| *start <= text);
        let (_, start) = *self.starts.get(after.checked_sub(1)?)?;
        let end = self.starts.get(after).map_or(self.bytes_len, |it| it.1);
        Some(start..end)
    }

    /// Returns the part of the text that stands for these bytes.
    pub fn text_of(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self
            .starts
            .partition_point(|(_, start)| *start <= bytes.start);
        let first = first.saturating_sub(1);
        let after = self.starts.partition_point(|(_, start)| *start < bytes.end);
        let at = |place: usize| self.starts.get(place).map_or(self.text_len, |it| it.0);
        at(first)..at(after)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::payload::{Encoding, StreamEnd};

    #[test]
    fn text_and_bytes_map_to_each_other() {
        let check = |label: &str, bytes: &[u8], text: &str, pairs: &[(&str, Range<usize>)]| {
            let encoding: Encoding = label.parse().unwrap();
            let (visible, map) = TextMap::decode(encoding.into(), bytes);
            assert_eq!(visible.text, text);
            for (part, range) in pairs {
                let at = visible.text.find(part).unwrap();
                assert_eq!(map.bytes_at(at).as_ref(), Some(range), "{part}");
                assert_eq!(map.text_of(range), at..at + part.len(), "{part}");
            }
        };
        check(
            "utf-8",
            "aé\n日\u{FFFD}".as_bytes(),
            "aé\\n日\u{FFFD}",
            &[("a", 0..1), ("é", 1..3), (r"\n", 3..4), ("日", 4..7)],
        );
        check(
            "utf-8",
            b"a\xFFb\xE6",
            r"a\xFFb\xE6",
            &[(r"\xFF", 1..2), ("b", 2..3)],
        );
        check("gbk", b"\xC4\xE3a", "你a", &[("你", 0..2), ("a", 2..3)]);
        check(
            "utf-16le",
            b"a\0\n\0",
            r"a\n",
            &[("a", 0..2), (r"\n", 2..4)],
        );
        check("utf-8", b"", "", &[]);
    }

    proptest! {
        #[test]
        fn a_mapped_text_is_the_text(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let start = TextStart::default();
            let (visible, map) = TextMap::decode(start, &bytes);
            prop_assert_eq!(&visible.text, &start.decode(&bytes, None, StreamEnd::Ended).text);
            for at in 0..bytes.len() {
                let text = map.text_of(&(at..at + 1));
                prop_assert!(visible.text.get(text.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(map.bytes_at(text.start).unwrap().contains(&at));
            }
        }
    }
}
