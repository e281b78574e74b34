//! The words of a field, each with its range in the text.

use std::ops::Range;

/// A word of a field, without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TemplateWord<'a> {
    pub(super) text: &'a str,
    /// Its range, including quotes.
    pub(super) range: Range<usize>,
}

/// Splits a field's text, which begins at `start` of the whole, at white space. Text in `"…"` is one word; an unclosed
/// quote extends to the end.
pub(super) fn split(text: &str, start: usize) -> Vec<TemplateWord<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let blank = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        at += blank;
        let (word, len) = if let Some(quoted) = rest.strip_prefix('"') {
            let inner = quoted.split('"').next().unwrap_or(quoted);
            (inner, (inner.len() + 2).min(rest.len()))
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            (rest.get(..end).unwrap_or(rest), end)
        };
        words.push(TemplateWord {
            text: word,
            range: start + at..start + at + len,
        });
        at += len;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_at_white_space_except_within_quotes() {
        let check = |text: &str, expected: &[(&str, Range<usize>)]| {
            let words = split(text, 10);
            let actual: Vec<_> = words.iter().map(|it| (it.text, it.range.clone())).collect();
            assert_eq!(actual, expected, "{text}");
        };
        check("", &[]);
        check("  ", &[]);
        check(" crc  le ", &[("crc", 11..14), ("le", 16..18)]);
        check(
            r#"time "%H %M" utc"#,
            &[("time", 10..14), ("%H %M", 15..22), ("utc", 23..26)],
        );
        check(r#"file "a b"#, &[("file", 10..14), ("a b", 15..19)]);
        check(r#""""#, &[("", 10..12)]);
    }
}
