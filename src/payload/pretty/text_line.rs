//! Bytes line by line.

use std::ops::Range;

/// A line of bytes and its ending.
pub(super) struct TextLine {
    /// The line without its ending.
    pub(super) text: Range<usize>,
    /// Where the next line begins.
    pub(super) end: usize,
    /// How it ends.
    pub(super) ending: Ending,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// CR and LF.
    CrLf,
    /// LF alone.
    Lf,
    /// No ending: the bytes end first.
    Missing,
}

impl TextLine {
    /// Returns the line that begins at `at`.
    pub(super) fn at(bytes: &[u8], at: usize) -> Self {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(newline) = memchr::memchr(b'\n', rest) else {
            return Self {
                text: at..at + rest.len(),
                end: at + rest.len(),
                ending: Ending::Missing,
            };
        };
        let is_cr_lf = rest
            .get(..newline)
            .is_some_and(|line| line.ends_with(b"\r"));
        Self {
            text: at..at + newline - usize::from(is_cr_lf),
            end: at + newline + 1,
            ending: if is_cr_lf { Ending::CrLf } else { Ending::Lf },
        }
    }
}
