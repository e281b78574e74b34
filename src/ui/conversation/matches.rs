//! Where a row of a followed connection shows what is looked for, counted in its characters.

use std::ops::Range;

use super::super::marks::Marks;
use crate::capture::{Line, LineText, RowKind, StreamId};
use crate::net::{Direction, FlowId};
use crate::payload::dump::BYTES_PER_LINE;
use crate::payload::{Encoding, HexLine, TextMap};

/// Returns the matches in a row of a connection whose words are `words`. Escaped text, which is read as one writes it,
/// has none.
pub(super) fn matches(
    line: &Line,
    words: &str,
    (marks, connection): (&mut Marks<'_>, FlowId),
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
    match &line.text {
        LineText::Text {
            bytes,
            offset,
            start,
            ..
        } => {
            let found = marks.in_bytes(start.encoding, bytes, Some((stream, *offset)));
            if found.is_empty() {
                return found;
            }
            let (_, map) = TextMap::decode(*start, bytes);
            let found = found.into_iter().map(|it| chars(map.text_of(&it)));
            found.collect()
        }
        LineText::Bytes(offset, bytes) => {
            let before = HexLine::new(*offset, bytes).offset.len() + 2;
            let found = marks.in_bytes(Encoding::default(), bytes, Some((stream, *offset)));
            let found = found
                .into_iter()
                .map(|it| digits(it.start)..digits(it.end - 1) + 2);
            found.map(|it| before + it.start..before + it.end).collect()
        }
        LineText::Words(_) => {
            let found = marks.in_words(words);
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
            let line = Line {
                entry: 0,
                time: SystemTime::UNIX_EPOCH,
                kind: RowKind::Received(9),
                is_first: true,
                text: text.clone(),
            };
            let mut matcher = Matcher::new(pattern);
            let mut marks = Marks::new(&mut matcher, None);
            let found = matches(&line, words, (&mut marks, FlowId::server(1)));
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
            offset: 0,
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
