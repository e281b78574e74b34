//! A message being written, and the bytes it stands for.

use std::iter;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::MESSAGE_LIMIT_BYTES;
use super::encoding::Encoding;
use super::escape::{self, EscapeError};
use super::hex::{self, HexError};
use super::piece::Names;
use super::position::{Position, WrongAt};
use super::template::{self, Template, TemplateError};

/// The notation of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text.
    #[default]
    Text,
    /// Hex digits.
    Hex,
}

/// The line ending appended once to a text message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// A message being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The typed text.
    pub text: String,
    /// Its notation.
    pub format: Format,
    /// Whether escapes in text stand for bytes; otherwise for themselves.
    pub escapes: bool,
    /// The line ending appended to text.
    pub line_ending: LineEnding,
    /// Whether `{{…}}` is a field; otherwise it stands for itself.
    pub template: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            text: String::new(),
            format: Format::Text,
            escapes: true,
            line_ending: LineEnding::None,
            template: false,
        }
    }
}

/// Why a draft cannot be converted to bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum DraftError {
    /// An invalid escape in text.
    Escape(#[from] EscapeError),
    /// Invalid hex digits.
    Hex(#[from] HexError),
    /// A field that cannot be used.
    Field(#[from] TemplateError),
    /// A character that the encoding cannot represent.
    Encoding {
        /// Its position.
        position: Position,
        /// The encoding.
        encoding: Encoding,
        /// The character.
        character: char,
    },
    /// The text is longer than [`MESSAGE_LIMIT_BYTES`].
    TooLong {
        /// Its length, in bytes.
        len_bytes: usize,
    },
}

impl DraftError {
    /// Returns the position of the error in the text, if it has one.
    pub fn position(&self) -> Option<&Position> {
        match self {
            Self::Escape(WrongAt { position, .. })
            | Self::Hex(WrongAt { position, .. })
            | Self::Field(WrongAt { position, .. })
            | Self::Encoding { position, .. } => Some(position),
            Self::TooLong { .. } => None,
        }
    }

    /// Returns whether the text would be valid with escapes switched off.
    pub fn offers_plain_text(&self) -> bool {
        matches!(self, Self::Escape(_))
    }
}

impl LineEnding {
    /// Returns the appended characters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Lf => "\n",
            Self::Cr => "\r",
            Self::CrLf => "\r\n",
        }
    }

    /// Returns what a typed line break inside a message is sent as.
    fn newline(self) -> &'static str {
        match self {
            Self::None => "\n",
            other => other.as_str(),
        }
    }
}

impl Draft {
    /// Makes a draft that stands for exactly these bytes: text with escapes if they are text, else hex digits.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let is_text = |text: &str| {
            let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            !text.chars().any(is_odd)
        };
        let text = std::str::from_utf8(bytes).is_ok_and(is_text);
        let (text, format) = if text {
            (escape::render(bytes), Format::Text)
        } else {
            (hex::render(bytes), Format::Hex)
        };
        Self {
            text,
            format,
            ..Self::default()
        }
    }

    /// Returns the bytes that this draft is sent as, in UTF-8, and not as a template.
    ///
    /// Line breaks typed into text are sent as LF, or as CR or CRLF if that is the line ending; a pasted CRLF counts as
    /// one line break. Escapes stand for exactly their bytes. The line ending is appended once, to text only.
    pub fn bytes(&self) -> Result<Vec<u8>, DraftError> {
        let template = self.compile_as(false, Encoding::UTF_8, &Names::none())?;
        Ok(template.into_literal().unwrap_or_default())
    }

    /// Returns what this draft is sent as: its bytes as in [`bytes`](Self::bytes), but its text in an encoding, and its
    /// fields if it is a template.
    pub fn compile(&self, encoding: Encoding) -> Result<Template, DraftError> {
        self.compile_with(encoding, &Names::none())
    }

    /// As [`compile`](Self::compile), for a message of a rule whose conditions find pieces with these names.
    pub fn compile_with(&self, encoding: Encoding, names: &Names) -> Result<Template, DraftError> {
        self.compile_as(self.template, encoding, names)
    }

    fn compile_as(
        &self,
        is_template: bool,
        encoding: Encoding,
        names: &Names,
    ) -> Result<Template, DraftError> {
        let len_bytes = self.text.len();
        if len_bytes > MESSAGE_LIMIT_BYTES {
            return Err(DraftError::TooLong { len_bytes });
        }
        let (literals, fields) = if is_template {
            template::split(&self.text, names)?
        } else {
            (iter::once(0..len_bytes).collect(), Vec::new())
        };
        let mut template = Template::new(encoding);
        let mut fields = fields.into_iter();
        for range in literals {
            template.push_literal(self.literal(range, encoding)?);
            if let Some((field, place)) = fields.next() {
                template.push_field(field, place);
            }
        }
        template.push_literal(self.ending(encoding));
        Ok(template)
    }

    /// Returns the bytes of a part of the text.
    fn literal(&self, part: Range<usize>, encoding: Encoding) -> Result<Vec<u8>, DraftError> {
        if self.format == Format::Hex {
            return Ok(hex::parse_in(&self.text, part)?);
        }
        let mut writer = Writer {
            text: &self.text,
            encoding,
            newline: self.line_ending.newline(),
            bytes: Vec::with_capacity(part.len()),
        };
        if !self.escapes {
            let plain = self.text.get(part.clone()).unwrap_or_default();
            writer.put_lines(plain, part.start)?;
            return Ok(writer.bytes);
        }
        escape::parse_with(&self.text, part, |piece| match piece {
            escape::EscapePiece::Plain(plain, at) => writer.put_lines(plain, at),
            escape::EscapePiece::Byte(byte) => {
                writer.bytes.push(byte);
                Ok(())
            }
            escape::EscapePiece::Character(c, range) => {
                writer.put(c.encode_utf8(&mut [0; 4]), |_| range)
            }
        })?;
        Ok(writer.bytes)
    }

    /// Returns the bytes of the line ending, which every encoding can represent.
    fn ending(&self, encoding: Encoding) -> Vec<u8> {
        let ending = match self.format {
            Format::Hex => "",
            Format::Text => self.line_ending.as_str(),
        };
        let bytes = encoding.encode(ending).unwrap_or_default();
        bytes.into_owned()
    }
}

/// Encodes typed text.
struct Writer<'a> {
    /// The whole text, for the positions of errors.
    text: &'a str,
    encoding: Encoding,
    /// What a typed line break is sent as.
    newline: &'static str,
    bytes: Vec<u8>,
}

impl Writer<'_> {
    /// Encodes text that begins at `at`.
    fn put_lines(&mut self, plain: &str, at: usize) -> Result<(), DraftError> {
        let mut start = at;
        for whole in plain.split_inclusive('\n') {
            let line = whole.strip_suffix('\n');
            let text = line.map_or(whole, |line| line.strip_suffix('\r').unwrap_or(line));
            self.put(text, |wrong| start + wrong.start..start + wrong.end)?;
            if line.is_some() {
                self.put(self.newline, |_| start..start + whole.len())?;
            }
            start += whole.len();
        }
        Ok(())
    }

    /// Encodes text; `place` returns the position of a part of it in the whole text.
    fn put(
        &mut self,
        text: &str,
        place: impl FnOnce(Range<usize>) -> Range<usize>,
    ) -> Result<(), DraftError> {
        let encoding = self.encoding;
        let bytes = encoding.encode(text).map_err(|(character, range)| {
            let position = Position::of(self.text, place(range));
            DraftError::Encoding {
                position,
                encoding,
                character,
            }
        })?;
        self.bytes.extend_from_slice(&bytes);
        Ok(())
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
            template: false,
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
    fn bytes_become_a_draft_that_stands_for_them() {
        let check = |bytes: &[u8], text: &str, format: Format| {
            let draft = Draft::of_bytes(bytes);
            assert_eq!((draft.text.as_str(), draft.format), (text, format));
            assert_eq!(draft.bytes().unwrap(), bytes);
        };
        check(b"a\\b\r\n", r"a\\b\r\n", Format::Text);
        check("日{{x}}".as_bytes(), "日{{x}}", Format::Text);
        check(b"a\0", "61 00", Format::Hex);
        check(b"\xE6", "E6", Format::Hex);
        check(b"", "", Format::Text);
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
        let position = error.position().unwrap();
        assert_eq!((position.line, position.column), (2, 4));
        wrong.escapes = false;
        assert_eq!(wrong.bytes().unwrap(), b"a\r\n C:\\qemu\r\n");
    }

    #[test]
    fn a_wrong_hex_digit_does_not_offer_plain_text() {
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

    fn compiled(text: &str, format: Format, label: &str) -> Result<Template, DraftError> {
        let draft = Draft {
            template: true,
            ..draft(text, format, true, LineEnding::None)
        };
        draft.compile(label.parse().unwrap())
    }

    #[test]
    fn errors_have_their_position_in_the_whole_text() {
        let check = |text: &str, format: Format, label: &str, (line, column), wrong: &str| {
            let error = compiled(text, format, label).unwrap_err();
            let position = error.position().unwrap();
            assert_eq!((position.line, position.column), (line, column), "{text}");
            assert_eq!(text.get(position.range.clone()), Some(wrong));
        };
        check("{{uuid}} 0G", Format::Hex, "utf-8", (1, 11), "G");
        check("{{uuid}}\n\\xZ", Format::Text, "utf-8", (2, 1), r"\x");
        check("{{uuid}} é日", Format::Text, "latin1", (1, 11), "日");
        check(r"a\u{65E5}", Format::Text, "latin1", (1, 2), r"\u{65E5}");
        check("a{{nope}}", Format::Text, "utf-8", (1, 4), "nope");
    }

    #[test]
    fn text_and_line_endings_are_encoded() {
        let mut text = draft("a\nb", Format::Text, true, LineEnding::CrLf);
        let template = text.compile("utf-16le".parse().unwrap()).unwrap();
        assert_eq!(
            template,
            Template::literal_in("utf-16le".parse().unwrap(), b"a\0\r\0\n\0b\0", b"\r\0\n\0")
        );
        text.template = false;
        text.text = "{{uuid}}".to_owned();
        assert!(!text.compile(Encoding::UTF_8).unwrap().has_fields());
    }
}
