//! Structured views of one message's bytes for the detail pane: bytes in, lines out. They interpret no more than the
//! view needs, and every line knows which bytes it shows.

use std::ops::Range;

use serde::{Deserialize, Serialize};

mod body;
mod fields;
mod http;
mod json;
mod markup;
mod modbus;
mod note;
mod page;
mod text_line;
mod tokens;
mod xml;

use page::PrettyPage;

pub use note::{
    BodyLength, ChunksEnd, ExpectedJson, HeadFault, JsonError, JsonProblem, Note, PduRole,
    PrettyError, Tag,
};

/// How many bytes [`Pretty::guess`] examines.
const GUESS_BYTES: usize = 64 << 10;

/// A structure that the bytes of a message may have. Serialized as `json`, `xml`, `http` and `modbus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pretty {
    /// JSON (RFC 8259), possibly several documents one after another.
    Json,
    /// XML 1.0, read tolerantly; entities are not expanded.
    Xml,
    /// The head of an HTTP/1 message (RFC 9112), and its body if that is JSON or XML.
    Http,
    /// Modbus TCP (Modbus Messaging on TCP/IP Implementation Guide V1.0b).
    Modbus,
}

/// One line of a structured view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrettyLine {
    /// Its text: the message's own, with names and numbers that are the same in every language. At most 4096 bytes.
    /// Control, bidi and zero-width characters and undecodable bytes are escaped as in
    /// [`VisibleText`](super::VisibleText).
    pub text: String,
    /// The parts of `text` that have an ink, as byte ranges, in order and without overlaps; the rest is plain.
    pub spans: Vec<(Range<usize>, Ink)>,
    /// A note about the message, after the text or alone.
    pub note: Option<Note>,
    /// The bytes of the message that the line shows, including the line ending if the format has lines. A note covers
    /// the bytes it is about.
    pub source: Range<usize>,
}

/// The role of a part of a [`PrettyLine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The name of a member, an attribute or a field.
    Key,
    /// A string.
    String,
    /// A number.
    Number,
    /// A keyword of the format: a literal, an element, a method, a function.
    Keyword,
    /// Punctuation: braces, colons, brackets.
    Punctuation,
    /// A sign that is not in the message: the `…` of a truncated line.
    Sign,
}

impl Pretty {
    /// All structures, in menu order.
    pub const ALL: [Self; 4] = [Self::Json, Self::Xml, Self::Http, Self::Modbus];

    /// Returns its usual name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Xml => "XML",
            Self::Http => "HTTP/1",
            Self::Modbus => "Modbus TCP",
        }
    }

    /// Returns the structure that the bytes appear to have, or `None` in doubt.
    ///
    /// Examines at most the first 64 KiB. A JSON document may be truncated; XML without a declaration must be
    /// well-formed as far as it is examined; Modbus TCP must fill the bytes exactly.
    pub fn guess(bytes: &[u8]) -> Option<Self> {
        let looked = bytes.get(..GUESS_BYTES).unwrap_or(bytes);
        let is_cut = looked.len() < bytes.len();
        Self::ALL.into_iter().find(|pretty| match pretty {
            Self::Json => json::is_likely(looked),
            Self::Xml => xml::is_likely(looked, is_cut),
            Self::Http => http::is_likely(looked),
            Self::Modbus => modbus::is_likely(looked, is_cut),
        })
    }

    /// Returns the lines of the bytes read as this structure: at most 20,000 lines of the first MiB, then a note about
    /// the rest.
    ///
    /// Later errors are reported in notes among the lines.
    ///
    /// # Errors
    ///
    /// The bytes do not even begin with this structure.
    pub fn render(self, bytes: &[u8]) -> Result<Vec<PrettyLine>, PrettyError> {
        let mut page = PrettyPage::new(bytes);
        self.draw(&mut page)?;
        Ok(page.finish())
    }

    fn draw(self, page: &mut PrettyPage<'_>) -> Result<(), PrettyError> {
        match self {
            Self::Json => json::draw(page).map_err(PrettyError::Json),
            Self::Xml => xml::draw(page),
            Self::Http => http::draw(page),
            Self::Modbus => modbus::draw(page),
        }
    }
}

/// Returns the length of the UTF-8 byte order mark at the front, 0 without one.
fn mark_len(bytes: &[u8]) -> usize {
    let mark = b"\xEF\xBB\xBF";
    bytes.strip_prefix(mark).map_or(0, |_| mark.len())
}

/// Adds a note about a byte order mark, which is not part of the tokens.
fn note_mark(page: &mut PrettyPage<'_>) {
    let len = mark_len(page.bytes);
    if len > 0 {
        page.note(Note::ByteOrderMark, 0..len);
    }
}

/// Returns `range` without the ASCII white space at its ends.
fn trimmed(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let text = bytes.get(range.clone()).unwrap_or_default();
    let start = range.end - text.trim_ascii_start().len();
    let end = range.start + text.trim_ascii_end().len();
    start..end.max(start)
}

#[cfg(test)]
mod tests;
