//! Bytes line by line.

use std::ops::Range;

/// A line of bytes: it ends with LF, CR LF, or where the bytes do.
pub(super) struct TextLine {
    /// The line without its ending.
    pub(super) text: Range<usize>,
    /// Where the next line begins.
    pub(super) end: usize,
}

impl TextLine {
    /// Returns the line that begins at `at`.
    pub(super) fn at(bytes: &[u8], at: usize) -> Self {
        let rest = bytes.get(at..).unwrap_or_default();
        let newline = memchr::memchr(b'\n', rest);
        let len = newline.unwrap_or(rest.len());
        let line = rest.get(..len).unwrap_or_default();
        let has_cr = newline.is_some() && line.ends_with(b"\r");
        Self {
            text: at..at + len - usize::from(has_cr),
            end: at + len + usize::from(newline.is_some()),
        }
    }

    /// Returns whether it has an ending.
    pub(super) fn is_ended(&self) -> bool {
        self.end > self.text.end
    }

    /// Returns whether it ends with LF alone.
    pub(super) fn ends_with_lf(&self) -> bool {
        self.end == self.text.end + 1
    }
}
