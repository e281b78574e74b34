//! A position in typed text, for errors that point at it.

use std::fmt::Debug;
use std::ops::Range;

/// A position in typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The byte range of the text that is wrong.
    pub range: Range<usize>,
}

/// Something wrong in typed text, and its position.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct WrongAt<P: Debug> {
    /// Where it stands.
    pub position: Position,
    /// What is wrong there.
    pub problem: P,
}

impl Position {
    /// Returns the position of `range` in `text`.
    pub(crate) fn of(text: &str, range: Range<usize>) -> Self {
        let before = text.get(..range.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let in_line = before.get(line_start..).unwrap_or_default();
        Self {
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column: in_line.chars().count() + 1,
            range,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let check = |text: &str, start: usize, expected: (usize, usize)| {
            let position = Position::of(text, start..start);
            assert_eq!((position.line, position.column), expected);
        };
        check("", 0, (1, 1));
        check("abc", 2, (1, 3));
        check("日本x", 6, (1, 3));
        check("a\nb", 2, (2, 1));
        check("a\r\n日x", 6, (2, 2));
    }
}
