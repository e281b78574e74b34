//! A message as it is being written, and the bytes that it stands for.

use super::escape::{self, EscapeError};
use super::hex::{self, HexError};
use super::position::Position;

/// How a message is written.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// As text.
    #[default]
    Text,
    /// As hex digits.
    Hex,
}

/// What is appended to a text message, once.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum LineEnding {
    /// Nothing.
    #[default]
    None,
    /// `\n`.
    Lf,
    /// `\r`.
    Cr,
    /// `\r\n`.
    CrLf,
}

/// A message as it is being written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Draft {
    /// What was typed.
    pub text: String,
    /// How it is to be read.
    pub format: Format,
    /// Whether escapes in text stand for bytes, or for themselves.
    pub escapes: bool,
    /// What is appended to text.
    pub line_ending: LineEnding,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            text: String::new(),
            format: Format::Text,
            escapes: true,
            line_ending: LineEnding::None,
        }
    }
}

/// The most text that a draft may hold, in bytes. Longer messages are files.
pub const MESSAGE_LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// Why a draft stands for no bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A wrong escape in text.
    #[error(transparent)]
    Escape(#[from] EscapeError),
    /// Wrong hex digits.
    #[error(transparent)]
    Hex(#[from] HexError),
    /// The text is longer than [`MESSAGE_LIMIT_BYTES`].
    #[error(
        "the message is {len_bytes} bytes long: type at most {MESSAGE_LIMIT_BYTES}, or send a file with `wirebench send --file`"
    )]
    TooLong {
        /// Its length, in bytes.
        len_bytes: usize,
    },
}

impl DraftError {
    /// Returns what in the text is wrong, where the error is at one place.
    pub fn position(&self) -> Option<&Position> {
        match self {
            Self::Escape(error) => Some(&error.position),
            Self::Hex(error) => Some(&error.position),
            Self::TooLong { .. } => None,
        }
    }

    /// Returns whether the text would be fine with escapes switched off.
    pub fn offers_plain_text(&self) -> bool {
        matches!(self, Self::Escape(_))
    }
}

impl LineEnding {
    /// Returns the bytes that are appended.
    pub fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Lf => b"\n",
            Self::Cr => b"\r",
            Self::CrLf => b"\r\n",
        }
    }

    /// Returns what a typed line break inside a message goes as.
    fn newline(self) -> &'static [u8] {
        match self {
            Self::None | Self::Lf => b"\n",
            Self::Cr => b"\r",
            Self::CrLf => b"\r\n",
        }
    }
}

impl Draft {
    /// Returns the bytes that go when this draft is sent.
    ///
    /// Line breaks that were typed into text go as LF, or as CR or CRLF where that is the line ending; a pasted CRLF
    /// counts as one line break. Escapes stand for exactly their bytes. The line ending is appended once, to text only.
    pub fn bytes(&self) -> Result<Vec<u8>, DraftError> {
        if self.text.len() > MESSAGE_LIMIT_BYTES {
            return Err(DraftError::TooLong {
                len_bytes: self.text.len(),
            });
        }
        match self.format {
            Format::Hex => Ok(hex::parse(&self.text)?),
            Format::Text => self.text_bytes(),
        }
    }

    fn text_bytes(&self) -> Result<Vec<u8>, DraftError> {
        let newline = self.line_ending.newline();
        let mut bytes = if self.escapes {
            escape::parse_with(&self.text, |plain, bytes| push_plain(plain, newline, bytes))?
        } else {
            let mut bytes = Vec::with_capacity(self.text.len());
            push_plain(&self.text, newline, &mut bytes);
            bytes
        };
        bytes.extend_from_slice(self.line_ending.as_bytes());
        Ok(bytes)
    }
}

/// Appends typed text, its line breaks as `newline`.
fn push_plain(plain: &str, newline: &[u8], bytes: &mut Vec<u8>) {
    for line in plain.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(line) => {
                let line = line.strip_suffix('\r').unwrap_or(line);
                bytes.extend_from_slice(line.as_bytes());
                bytes.extend_from_slice(newline);
            }
            None => bytes.extend_from_slice(line.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDINGS: [LineEnding; 4] = [
        LineEnding::None,
        LineEnding::Lf,
        LineEnding::Cr,
        LineEnding::CrLf,
    ];

    fn draft(text: &str, format: Format, escapes: bool, line_ending: LineEnding) -> Draft {
        Draft {
            text: text.to_owned(),
            format,
            escapes,
            line_ending,
        }
    }

    #[test]
    fn the_line_ending_is_appended_once_to_text() {
        let check = |text: &str, escapes: bool, expected: [&[u8]; 4]| {
            for (ending, expected) in ENDINGS.into_iter().zip(expected) {
                let bytes = draft(text, Format::Text, escapes, ending).bytes().unwrap();
                assert_eq!(bytes, expected, "{text:?} with {ending:?}");
            }
        };
        check("a", true, [b"a", b"a\n", b"a\r", b"a\r\n"]);
        check("", true, [b"", b"\n", b"\r", b"\r\n"]);
        check("a\nb", true, [b"a\nb", b"a\nb\n", b"a\rb\r", b"a\r\nb\r\n"]);
        check(
            "a\r\nb",
            false,
            [b"a\nb", b"a\nb\n", b"a\rb\r", b"a\r\nb\r\n"],
        );
        check("a\n", true, [b"a\n", b"a\n\n", b"a\r\r", b"a\r\n\r\n"]);
        check(
            r"a\nb\r\n",
            true,
            [b"a\nb\r\n", b"a\nb\r\n\n", b"a\nb\r\n\r", b"a\nb\r\n\r\n"],
        );
        check(r"a\n", false, [br"a\n", b"a\\n\n", b"a\\n\r", b"a\\n\r\n"]);
        check(
            "\\r\nb",
            true,
            [b"\r\nb", b"\r\nb\n", b"\r\rb\r", b"\r\r\nb\r\n"],
        );
    }

    #[test]
    fn hex_has_no_line_ending() {
        for ending in ENDINGS {
            let bytes = draft("0A\n0b", Format::Hex, true, ending).bytes();
            assert_eq!(bytes.unwrap(), b"\x0A\x0B");
        }
    }

    #[test]
    fn an_unknown_escape_offers_plain_text() {
        let mut wrong = draft("a\n C:\\qemu", Format::Text, true, LineEnding::CrLf);
        let error = wrong.bytes().unwrap_err();
        assert!(error.offers_plain_text());
        assert_eq!(error.position().unwrap().to_string(), "line 2, column 4");
        wrong.escapes = false;
        assert_eq!(wrong.bytes().unwrap(), b"a\r\n C:\\qemu\r\n");
    }

    #[test]
    fn a_wrong_digit_does_not() {
        let error = draft("0", Format::Hex, true, LineEnding::None)
            .bytes()
            .unwrap_err();
        assert!(!error.offers_plain_text());
        assert_eq!(error.position().unwrap().range, 0..1);
    }

    #[test]
    fn a_message_is_bounded() {
        let mut long = draft("", Format::Text, false, LineEnding::None);
        long.text = "a".repeat(MESSAGE_LIMIT_BYTES);
        assert_eq!(long.bytes().unwrap().len(), MESSAGE_LIMIT_BYTES);
        long.text.push('a');
        let len_bytes = MESSAGE_LIMIT_BYTES + 1;
        assert_eq!(long.bytes(), Err(DraftError::TooLong { len_bytes }));
    }
}
