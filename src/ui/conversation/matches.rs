//! Where a row of a followed connection shows what is looked for, counted in its characters.

use std::ops::Range;

use super::super::highlights::Highlights;
use crate::capture::{Excerpt, LineText, RowKind, StreamId, TranscriptLine};
use crate::net::{Direction, FlowId};
use crate::payload::dump::BYTES_PER_LINE;
use crate::payload::{Encoding, HexLine, TextMap};

/// Returns the matches in a row of a connection whose words are `words`. Escaped text, which is read as one writes it,
/// has none.
pub(super) fn matches(
    line: &TranscriptLine,
    words: &str,
    (highlights, connection): (&mut Highlights<'_>, FlowId),
) -> Vec<Range<usize>> {
    let chars = |bytes: Range<usize>| {
        let count = |end: usize| words.get(..end).unwrap_or(words).chars().count();
        count(bytes.start)..count(bytes.end)
    };
    let direction = match line.kind {
        RowKind::Sent(_) => Direction::Sent,
        _ => Direction::Received,
    };
    let stream = StreamId::new(connection, direction);
    let mut in_row = |excerpt: &Excerpt, encoding: Encoding| {
        let place = Some((stream, excerpt.around_offset()));
        excerpt.within(highlights.in_bytes(encoding, excerpt.around(), place))
    };
    match &line.text {
        LineText::Text { excerpt, start, .. } => {
            let found = in_row(excerpt, start.encoding);
            if found.is_empty() {
                return found;
            }
            let (_, map) = TextMap::decode(*start, excerpt.bytes());
            let found = found.into_iter().map(|it| chars(map.text_of(&it)));
            found.collect()
        }
        LineText::Bytes(excerpt) => {
            let dump = HexLine::new(excerpt.offset(), excerpt.bytes());
            let before = dump.offset.len() + 2;
            let found = in_row(excerpt, Encoding::default());
            let found = found
                .into_iter()
                .map(|it| digits(it.start)..digits(it.end - 1) + 2);
            found.map(|it| before + it.start..before + it.end).collect()
        }
        LineText::Words(_) => {
            let found = highlights.in_words(words);
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
    use std::time::SystemTime;

    use super::*;
    use crate::payload::{Case, Matcher, Pattern, StreamEnd, TextStart};

    #[test]
    fn matches_are_where_the_row_shows_them() {
        let check = |text: &LineText, words: &str, typed: &str, expected: &str| {
            let pattern = Pattern::parse_find(typed, Case::Ignored).unwrap();
            let line = TranscriptLine {
                entry: 0,
                time: SystemTime::UNIX_EPOCH,
                kind: RowKind::Received(9),
                is_first: true,
                text: text.clone(),
            };
            let mut matcher = Matcher::new(pattern);
            let mut highlights = Highlights::new(&mut matcher, None);
            let found = matches(&line, words, (&mut highlights, FlowId::server(1)));
            let all: Vec<char> = words.chars().collect();
            let found = found.into_iter().map(|it| all[it].iter().collect());
            assert_eq!(
                found.collect::<Vec<String>>(),
                [expected],
                "{typed} in {words}"
            );
        };
        let text = |chunk: &'static str, row: Range<usize>| {
            let start = TextStart::default();
            let excerpt = Excerpt::new(&chunk.as_bytes().into(), 0, row);
            LineText::Text {
                text: start.decode(excerpt.bytes(), None, StreamEnd::Open),
                excerpt,
                start,
            }
        };
        let row = text("aé\n日b", 0..8);
        check(&row, r"aé\n日b", "日", "日");
        check(&row, r"aé\n日b", r"é\n", r"é\n");
        // It begins in the row before, or ends in the next one.
        let chunk = "one\ntwo\nthree";
        check(&text(chunk, 4..8), r"two\n", r"one\ntwo", "two");
        check(&text(chunk, 4..8), r"two\n", r"wo\nth", r"wo\n");
        check(&text(chunk, 4..8), r"two\n", "regex:e\\s.*\\st", r"two\n");
        let dump = |chunk: &'static [u8], row: Range<usize>| {
            let excerpt = Excerpt::new(&chunk.into(), 0, row);
            let words = HexLine::new(excerpt.offset(), excerpt.bytes()).to_string();
            (LineText::Bytes(excerpt), words)
        };
        let (row, words) = dump(b"0123456789", 0..10);
        check(&row, &words, "12", "31 32");
        check(&row, &words, "78", "37  38");
        check(&row, &words, "hex:39", "39");
        let (row, words) = dump(b"0123456789abcdefghij", 16..20);
        check(&row, &words, "efgh", "67 68");
    }
}
