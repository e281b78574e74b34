//! Where a row of a followed connection shows what is looked for, counted in its characters.

use std::ops::Range;

use crate::capture::LineText;
use crate::payload::dump::BYTES_PER_LINE;
use crate::payload::{Encoding, HexLine, Matcher, TextMap};

/// Returns the matches in a row whose words are `words`. Escaped text, which is read as one writes it, has none.
pub(super) fn matches(text: &LineText, words: &str, matcher: &mut Matcher) -> Vec<Range<usize>> {
    let chars = |bytes: Range<usize>| {
        let count = |end: usize| words.get(..end).unwrap_or(words).chars().count();
        count(bytes.start)..count(bytes.end)
    };
    match text {
        LineText::Text { bytes, start, .. } => {
            let found = matcher.ranges(start.encoding, bytes);
            if found.is_empty() {
                return found;
            }
            let (_, map) = TextMap::decode(*start, bytes);
            let found = found.into_iter().map(|it| chars(map.text_of(&it)));
            found.collect()
        }
        LineText::Bytes(offset, bytes) => {
            let before = HexLine::new(*offset, bytes).offset.len() + 2;
            let found = matcher.ranges(Encoding::default(), bytes).into_iter();
            let found = found.map(|it| digits(it.start)..digits(it.end - 1) + 2);
            found.map(|it| before + it.start..before + it.end).collect()
        }
        LineText::Words(_) => {
            let found = matcher.ranges(Encoding::default(), words.as_bytes());
            found.into_iter().map(chars).collect()
        }
        LineText::Escaped(_) | LineText::NotKept(_) => Vec::new(),
    }
}

/// Returns the column of a byte's digits: in the middle of a line there is a wider space.
fn digits(byte: usize) -> usize {
    3 * byte + usize::from(byte >= BYTES_PER_LINE / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::{Case, Pattern, StreamEnd, TextStart};

    #[test]
    fn matches_are_where_the_row_shows_them() {
        let check = |text: &LineText, words: &str, typed: &str, expected: &str| {
            let pattern = Pattern::parse_find(typed, Case::Ignored).unwrap();
            let found = matches(text, words, &mut Matcher::new(pattern));
            let all: Vec<char> = words.chars().collect();
            let found = found.into_iter().map(|it| all[it].iter().collect());
            assert_eq!(
                found.collect::<Vec<String>>(),
                [expected],
                "{typed} in {words}"
            );
        };
        let bytes: &'static [u8] = "aé\n日b".as_bytes();
        let start = TextStart::default();
        let text = LineText::Text {
            text: start.decode(bytes, None, StreamEnd::Open),
            bytes: bytes.into(),
            start,
        };
        check(&text, r"aé\n日b", "日", "日");
        check(&text, r"aé\n日b", r"é\n", r"é\n");
        let bytes: &'static [u8] = b"0123456789";
        let dump = HexLine::new(16, bytes).to_string();
        let line = LineText::Bytes(16, bytes.into());
        check(&line, &dump, "12", "31 32");
        check(&line, &dump, "78", "37  38");
        check(&line, &dump, "hex:39", "39");
    }
}
