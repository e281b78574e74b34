//! Received bytes as text that is safe to show: nothing in it is interpreted.

use std::ops::Range;

/// Text to show, with the parts that stand for something that cannot be shown itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisibleText {
    /// The text. Control, bidi and zero-width characters and undecodable bytes are written as escapes.
    pub text: String,
    /// The parts of `text` that are escapes, in order, not overlapping.
    pub marks: Vec<Mark>,
}

/// A part of a [`VisibleText`] that stands for something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// What it stands for.
    pub kind: MarkKind,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A control character, as `\n`, `\r`, `\t`, `\0` or `\x1B`.
    Control,
    /// A character that would be invisible or reorder the text, as `\u{200B}`.
    Invisible,
    /// Bytes that are not UTF-8, as `\xE6\x97`.
    Invalid,
    /// The payload goes on: `…`.
    Cut,
}
