//! Character encodings by name (those of the Encoding Standard, and the true ISO-8859-1), and encoding text with them.

use std::borrow::Cow;
use std::fmt;
use std::iter;
use std::ops::Range;
use std::str::FromStr;

use encoding_rs as rs;

/// A character encoding. It parses from its name or any label of the Encoding Standard, ignoring case, and displays as
/// its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Encoding(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    /// One of the Encoding Standard.
    Standard(&'static rs::Encoding),
    /// ISO/IEC 8859-1 with the control characters of ISO 6429: each byte is the character of its number. In the
    /// Encoding Standard that name is a label of windows-1252.
    Latin1,
}

/// No encoding has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct UnknownEncoding(
    /// The name.
    pub String,
);

/// The name of the true ISO-8859-1.
const LATIN_1_NAME: &str = "ISO-8859-1-strict";

/// All encodings of the standard: the most common ones, the other Unicode ones, then the rest by name.
static ALL: [&rs::Encoding; 39] = [
    rs::UTF_8,
    rs::UTF_16LE,
    rs::UTF_16BE,
    rs::WINDOWS_1252,
    rs::BIG5,
    rs::EUC_JP,
    rs::EUC_KR,
    rs::GB18030,
    rs::GBK,
    rs::IBM866,
    rs::ISO_2022_JP,
    rs::ISO_8859_2,
    rs::ISO_8859_3,
    rs::ISO_8859_4,
    rs::ISO_8859_5,
    rs::ISO_8859_6,
    rs::ISO_8859_7,
    rs::ISO_8859_8,
    rs::ISO_8859_8_I,
    rs::ISO_8859_10,
    rs::ISO_8859_13,
    rs::ISO_8859_14,
    rs::ISO_8859_15,
    rs::ISO_8859_16,
    rs::KOI8_R,
    rs::KOI8_U,
    rs::MACINTOSH,
    rs::SHIFT_JIS,
    rs::WINDOWS_874,
    rs::WINDOWS_1250,
    rs::WINDOWS_1251,
    rs::WINDOWS_1253,
    rs::WINDOWS_1254,
    rs::WINDOWS_1255,
    rs::WINDOWS_1256,
    rs::WINDOWS_1257,
    rs::WINDOWS_1258,
    rs::X_MAC_CYRILLIC,
    rs::X_USER_DEFINED,
];

/// The first byte of an escape sequence (ISO 2022).
const ESCAPE: u8 = 0x1B;

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(Kind::Standard(rs::UTF_8));
    /// Windows-1252, as which the standard reads ISO-8859-1.
    pub const WINDOWS_1252: Self = Self(Kind::Standard(rs::WINDOWS_1252));
    /// The true ISO-8859-1.
    pub const LATIN_1: Self = Self(Kind::Latin1);

    /// Returns all encodings.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter().flat_map(|it| {
            // Those that are confused with each other stand side by side.
            let strict = (it == rs::WINDOWS_1252).then_some(Self::LATIN_1);
            iter::once(Self(Kind::Standard(it))).chain(strict)
        })
    }

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Standard(standard) => standard.name(),
            Kind::Latin1 => LATIN_1_NAME,
        }
    }

    /// Returns whether it is UTF-8.
    pub fn is_utf8(self) -> bool {
        self == Self::UTF_8
    }

    /// Returns it if it is one of the standard; otherwise each byte is the character of its number.
    pub(super) fn standard(self) -> Option<&'static rs::Encoding> {
        match self.0 {
            Kind::Standard(standard) => Some(standard),
            Kind::Latin1 => None,
        }
    }

    /// Returns the bytes of `text`.
    ///
    /// # Errors
    ///
    /// The first character that the encoding cannot represent, and its byte range in `text`.
    pub fn encode(self, text: &str) -> Result<Cow<'_, [u8]>, (char, Range<usize>)> {
        let Some(standard) = self.standard() else {
            return encode_latin1(text);
        };
        if self.is_utf8() {
            return Ok(text.as_bytes().into());
        }
        if standard == rs::UTF_16LE {
            return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        if standard == rs::UTF_16BE {
            return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        let mut encoder = standard.new_encoder();
        // Room for the whole output, so the encoder never asks for more. The length cannot overflow for text that fits
        // in memory.
        let room = encoder.max_buffer_length_from_utf8_without_replacement(text.len());
        let mut bytes = Vec::with_capacity(room.unwrap_or(text.len()));
        let (result, read) =
            encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true);
        if result == rs::EncoderResult::InputEmpty {
            return Ok(bytes.into());
        }
        // Not the character that the encoder names: for some control characters, this is a replacement.
        let before = text.get(..read).unwrap_or_default();
        let character = before.chars().next_back().unwrap_or_default();
        Err((character, read.saturating_sub(character.len_utf8())..read))
    }

    /// Returns the bytes of a character inside a text, without escape sequences that switch to it and back; `None` if
    /// it cannot be represented.
    pub(super) fn write_one(self, character: char) -> Option<Vec<u8>> {
        let mut buffer = [0; 4];
        let bytes = self.encode(character.encode_utf8(&mut buffer)).ok()?;
        let inner = match *bytes {
            // An escape sequence has three bytes, and the last one switches back to ASCII.
            [ESCAPE, _, _, ref inner @ .., ESCAPE, _, _] if self.switches() => inner,
            ref all => all,
        };
        Some(inner.to_owned())
    }

    /// Returns whether escape sequences change the meaning of bytes.
    pub(super) fn switches(self) -> bool {
        self.standard() == Some(rs::ISO_2022_JP)
    }
}

fn encode_latin1(text: &str) -> Result<Cow<'_, [u8]>, (char, Range<usize>)> {
    let bytes = text.char_indices().map(|(at, character)| {
        let byte = u8::try_from(character);
        byte.map_err(|_beyond| (character, at..at + character.len_utf8()))
    });
    bytes.collect()
}

impl Default for Encoding {
    fn default() -> Self {
        Self::UTF_8
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, UnknownEncoding> {
        if label.trim().eq_ignore_ascii_case(LATIN_1_NAME) {
            return Ok(Self::LATIN_1);
        }
        let standard = rs::Encoding::for_label_no_replacement(label.as_bytes());
        let unknown = || UnknownEncoding(label.to_owned());
        standard
            .map(|it| Self(Kind::Standard(it)))
            .ok_or_else(unknown)
    }
}

impl TryFrom<String> for Encoding {
    type Error = UnknownEncoding;

    fn try_from(label: String) -> Result<Self, UnknownEncoding> {
        label.parse()
    }
}

impl From<Encoding> for String {
    fn from(encoding: Encoding) -> Self {
        encoding.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_encodings() {
        let check = |label: &str, expected: &str| {
            assert_eq!(label.parse::<Encoding>().unwrap().name(), expected);
        };
        check("utf8", "UTF-8");
        check(" Latin1 ", "windows-1252");
        check("ISO-8859-1", "windows-1252");
        check("iso-8859-1-STRICT", "ISO-8859-1-strict");
        check("cp1252", "windows-1252");
        check("gb2312", "GBK");
        check("sjis", "Shift_JIS");
        check("utf-16", "UTF-16LE");
        for encoding in Encoding::all() {
            check(encoding.name(), encoding.name());
        }
        for label in ["", "ebcdic", "replacement", "hz-gb-2312"] {
            let unknown = UnknownEncoding(label.to_owned());
            assert_eq!(label.parse::<Encoding>(), Err(unknown));
        }
    }

    #[test]
    fn text_is_encoded_or_the_first_unencodable_character_is_returned() {
        let check = |label: &str, text: &str, expected: Result<&[u8], (char, Range<usize>)>| {
            let encoding: Encoding = label.parse().unwrap();
            let bytes = encoding.encode(text);
            assert_eq!(bytes.as_deref(), expected.as_ref().copied(), "{label}");
        };
        check("utf-8", "日", Ok("日".as_bytes()));
        check("latin1", "é€", Ok(b"\xE9\x80"));
        check("latin1", "é日本", Err(('日', 2..5)));
        check(
            "iso-8859-1-strict",
            "é\u{80}\u{9F}ÿ",
            Ok(b"\xE9\x80\x9F\xFF"),
        );
        check("iso-8859-1-strict", "é€", Err(('€', 2..5)));
        check("gbk", "你好", Ok(b"\xC4\xE3\xBA\xC3"));
        check("shift_jis", "日本", Ok(b"\x93\xFA\x96\x7B"));
        check("euc-kr", "한", Ok(b"\xC7\xD1"));
        check("iso-2022-jp", "日", Ok(b"\x1B$BF|\x1B(B"));
        check("iso-2022-jp", "a\u{e}b", Err(('\u{e}', 1..2)));
        check("utf-16le", "a😀", Ok(b"a\0\x3D\xD8\x00\xDE"));
        check("utf-16be", "a", Ok(b"\0a"));
        check("koi8-r", "", Ok(b""));
        check("gb18030", "😀", Ok(b"\x94\x39\xFC\x36"));
    }
}
