//! Decoding a stream chunk by chunk in any encoding: the state of the text between two chunks.

use std::borrow::Cow;

use encoding_rs as rs;

use super::carry::Carry;
use super::encoding::Encoding;
use super::escape;
use super::visible::{StreamEnd, VisibleMark, VisibleMarkKind, VisibleText};

/// The state of a stream's text between two chunks: the bytes of an incomplete character, and what an escape sequence
/// switched to. It starts empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextState {
    bytes: [u8; Self::MAX],
    len: u8,
    mode: Mode,
}

/// The character set that ISO-2022-JP is switched to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Mode {
    #[default]
    Ascii,
    Roman,
    Katakana,
    Jis0208,
}

impl TextState {
    /// The most bytes that can be pending: three of a surrogate pair, three of a character in UTF-8 or GB18030, or
    /// three of an escape sequence after half a character.
    const MAX: usize = 4;

    /// Returns the state of UTF-8 text with this carry.
    pub fn utf8(carry: Carry) -> Self {
        let mut state = Self::default();
        state.extend(carry.as_slice());
        state
    }

    /// Returns the bytes of the incomplete character.
    pub fn pending(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Returns the state after `chunk`.
    #[must_use]
    pub fn advance(self, encoding: Encoding, chunk: &[u8]) -> Self {
        match Family::of(encoding) {
            Family::SingleByte => Self::default(),
            Family::Utf8 => {
                let carry = Carry::new(self.pending()).unwrap_or_default();
                Self::utf8(carry.advance(chunk))
            }
            Family::Utf16 { is_big_endian } => {
                // What is pending depends only on the last two units.
                let tail = chunk.get(chunk.len().saturating_sub(4) & !1..);
                let tail = tail.unwrap_or_default().iter();
                tail.fold(self, |state, &byte| state.step_utf16(byte, is_big_endian))
            }
            Family::MultiByte(leads) => self.advance_multi_byte(chunk, leads),
            Family::Iso2022Jp => chunk.iter().fold(self, |state, &byte| state.step_iso(byte)),
        }
    }

    fn extend(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.push(byte);
        }
    }

    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(usize::from(self.len)) {
            *place = byte;
            self.len += 1;
        }
    }

    fn clear(&mut self) {
        (self.bytes, self.len) = ([0; Self::MAX], 0);
    }

    /// Keeps an incomplete unit, and the first half of a surrogate pair.
    fn step_utf16(mut self, byte: u8, is_big_endian: bool) -> Self {
        self.push(byte);
        if let [.., first, second] = *self.pending()
            && self.len.is_multiple_of(2)
        {
            let high = if is_big_endian { first } else { second };
            self.clear();
            if (0xD8..0xDC).contains(&high) {
                self.extend(&[first, second]);
            }
        }
        self
    }

    fn advance_multi_byte(mut self, chunk: &[u8], leads: Leads) -> Self {
        // In all of these encodings, such a byte ends whatever precedes it.
        let rest = match chunk.iter().rposition(|&byte| byte < 0x30) {
            Some(end) => {
                self.clear();
                chunk.get(end + 1..).unwrap_or_default()
            }
            None => chunk,
        };
        rest.iter()
            .fold(self, |state, &byte| state.step(byte, leads))
    }

    fn step(mut self, byte: u8, leads: Leads) -> Self {
        match (self.pending(), leads) {
            ([], _) => {
                if leads.begins(byte) {
                    self.push(byte);
                }
            }
            ([_], Leads::Gb18030) if byte.is_ascii_digit() => self.push(byte),
            ([0x8F], Leads::EucJp) if (0xA1..0xFF).contains(&byte) => self.push(byte),
            ([_, second], Leads::Gb18030) => {
                let second = *second;
                if (0x81..0xFF).contains(&byte) {
                    self.push(byte);
                } else {
                    // It was not a four-byte character: read the bytes after the first one again.
                    self.clear();
                    return self.step(second, leads).step(byte, leads);
                }
            }
            ([_, _, third], Leads::Gb18030) => {
                let third = *third;
                self.clear();
                if !byte.is_ascii_digit() {
                    return self.step(third, leads).step(byte, leads);
                }
            }
            _ => self.clear(),
        }
        self
    }

    fn step_iso(mut self, byte: u8) -> Self {
        const ESCAPE: u8 = 0x1B;
        if byte == ESCAPE {
            self.clear();
            self.push(byte);
            return self;
        }
        let mode = match (self.pending(), byte) {
            ([ESCAPE], b'$' | b'(') => {
                self.push(byte);
                return self;
            }
            ([ESCAPE, b'('], b'B') => Some(Mode::Ascii),
            ([ESCAPE, b'('], b'J') => Some(Mode::Roman),
            ([ESCAPE, b'('], b'I') => Some(Mode::Katakana),
            ([ESCAPE, b'$'], b'@' | b'B') => Some(Mode::Jis0208),
            _ => None,
        };
        let is_half = self.mode == Mode::Jis0208 && self.len == 0 && (0x21..0x7F).contains(&byte);
        self.clear();
        match mode {
            Some(mode) => self.mode = mode,
            None if is_half => self.push(byte),
            None => {}
        }
        self
    }

    /// Returns a decoder switched to the mode.
    fn decoder(self, standard: &'static rs::Encoding) -> rs::Decoder {
        let mut decoder = standard.new_decoder_without_bom_handling();
        // The line break separates the escape sequence from a following one; two in a row are an error.
        let switch: &[u8] = match self.mode {
            Mode::Ascii => b"",
            Mode::Roman => b"\x1B(J\n",
            Mode::Katakana => b"\x1B(I\n",
            Mode::Jis0208 => b"\x1B$B\n",
        };
        let mut ignored = String::with_capacity(64);
        // The decoder reads all of it, or stops at its last byte, the line break.
        let (_result, _read) =
            decoder.decode_to_string_without_replacement(switch, &mut ignored, false);
        decoder
    }
}

/// How bytes at a position of a stream are read as text: the encoding, and the state of the text before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextStart {
    /// The encoding.
    pub encoding: Encoding,
    /// The state of the text.
    pub state: TextState,
}

impl TextStart {
    /// Decodes one chunk of a stream.
    ///
    /// A character that began before the chunk is shown where it completes or proves invalid: at the front. If the
    /// payload is longer than `limit`, at most that many bytes are shown, never a part of a character, then `…`.
    pub fn decode(self, bytes: &[u8], limit: Option<usize>, end: StreamEnd) -> VisibleText {
        let cut = limit.and_then(|limit| bytes.get(..limit)).unwrap_or(bytes);
        let is_cut = cut.len() < bytes.len();
        let mut visible = VisibleText::default();
        self.decode_into(&mut visible, cut, is_cut || end == StreamEnd::Open);
        if is_cut {
            visible.push_mark("…", VisibleMarkKind::Cut);
        }
        visible
    }

    /// Appends the text of a chunk; if the stream is open, an incomplete character at the end is left out.
    pub(super) fn decode_into(self, visible: &mut VisibleText, bytes: &[u8], is_open: bool) {
        let input = self.input(bytes, is_open);
        match self.encoding.standard() {
            _ if self.encoding.is_utf8() => visible.push_utf8(&input),
            Some(standard) => {
                visible.push_decoded(&mut self.state.decoder(standard), &input);
            }
            None => visible.push_latin1(&input),
        }
    }

    /// Appends a chunk in escaped form, as UTF-8: what [`VisibleText::escaped`] returns for it.
    pub fn escape_into(self, escaped: &mut Vec<u8>, bytes: &[u8], end: StreamEnd) {
        if self.encoding.is_utf8() {
            escape::render_into(escaped, &self.input(bytes, end == StreamEnd::Open));
        } else {
            let visible = self.decode(bytes, None, end);
            escaped.extend_from_slice(visible.escaped().as_bytes());
        }
    }

    /// Returns how the bytes after `chunk` are read.
    #[must_use]
    pub fn advance(self, chunk: &[u8]) -> Self {
        Self {
            state: self.state.advance(self.encoding, chunk),
            ..self
        }
    }

    /// Returns whether `next`, the bytes that follow, complete the character that the text is inside; `None` if they only
    /// continue it.
    ///
    /// Where a character has its place in the stream, as in UTF-16, or in a mode, whatever follows completes it.
    pub fn completes(self, next: &[u8]) -> Option<bool> {
        let after = self.advance(next).state.pending().len();
        if next.is_empty() || after == self.state.pending().len() + next.len() {
            return None;
        }
        if matches!(
            Family::of(self.encoding),
            Family::Utf16 { .. } | Family::Iso2022Jp
        ) {
            return Some(true);
        }
        let head = next.get(..next.len().min(TextState::MAX)).unwrap_or(next);
        let visible = self.decode(head, None, StreamEnd::Open);
        let first = visible.marks.first();
        let is_invalid =
            |mark: &VisibleMark| mark.range.start == 0 && mark.kind == VisibleMarkKind::Invalid;
        Some(!first.is_some_and(is_invalid))
    }

    /// Returns the bytes of whole characters: pending ones and those of a chunk. If the stream is open, an incomplete
    /// character at the end is left out.
    fn input(self, bytes: &[u8], is_open: bool) -> Cow<'_, [u8]> {
        let Self { encoding, state } = self;
        let unfinished = if is_open {
            state.advance(encoding, bytes).pending().len()
        } else {
            0
        };
        if state.pending().is_empty() {
            let kept = bytes.get(..bytes.len().saturating_sub(unfinished));
            return kept.unwrap_or_default().into();
        }
        let mut input = [state.pending(), bytes].concat();
        input.truncate(input.len().saturating_sub(unfinished));
        input.into()
    }
}

impl From<Carry> for TextStart {
    fn from(carry: Carry) -> Self {
        Self {
            state: TextState::utf8(carry),
            ..Self::default()
        }
    }
}

impl From<Encoding> for TextStart {
    /// The beginning of a text.
    fn from(encoding: Encoding) -> Self {
        Self {
            encoding,
            state: TextState::default(),
        }
    }
}

impl Encoding {
    /// Returns whether it is an encoding other than UTF-8 in which a character can span two chunks.
    pub fn has_state(self) -> bool {
        !matches!(Family::of(self), Family::SingleByte | Family::Utf8)
    }

    /// Returns the length of the first character in bytes that begin at `offset` in their stream, and the character:
    /// `None` if they are not a character, or only a part of one.
    ///
    /// The character set that ISO-2022-JP is switched to is not known here: each of its bytes stands for itself.
    pub(super) fn first_character(self, offset: u64, bytes: &[u8]) -> (usize, Option<char>) {
        let family = Family::of(self);
        if let Family::Utf16 { is_big_endian } = family {
            return first_of_utf16(is_big_endian, offset, bytes);
        }
        if let Some(&byte) = bytes.first().filter(|byte| byte.is_ascii()) {
            return (1, Some(char::from(byte)));
        }
        let Some(standard) = self.standard() else {
            let first = bytes.first().copied().map(char::from);
            return (usize::from(first.is_some()), first);
        };
        let len = match family {
            Family::MultiByte(leads) => {
                let mut state = TextState::default();
                let ends = bytes.iter().position(|&byte| {
                    state = state.step(byte, leads);
                    state.len == 0
                });
                ends.map_or(bytes.len(), |last| last + 1)
            }
            _ => 1,
        };
        let mut text = [0; 8];
        let mut decoder = standard.new_decoder_without_bom_handling();
        let bytes = bytes.get(..len).unwrap_or(bytes);
        let (result, _, written) =
            decoder.decode_to_utf8_without_replacement(bytes, &mut text, true);
        let text = text.get(..written).map(std::str::from_utf8);
        let first = match (result, text) {
            (rs::DecoderResult::InputEmpty, Some(Ok(text))) => text.chars().next(),
            _ => None,
        };
        (bytes.len(), first)
    }
}

fn first_of_utf16(is_big_endian: bool, offset: u64, bytes: &[u8]) -> (usize, Option<char>) {
    // The second byte of a character that began before.
    if !offset.is_multiple_of(2) {
        return (1, None);
    }
    let mut units = bytes.chunks_exact(2).map_while(|unit| {
        let unit = unit.try_into().ok()?;
        Some(if is_big_endian {
            u16::from_be_bytes(unit)
        } else {
            u16::from_le_bytes(unit)
        })
    });
    let first = char::decode_utf16(units.by_ref().take(2)).next();
    match first {
        Some(Ok(character)) => (2 * character.len_utf16(), Some(character)),
        Some(Err(_)) => (2, None),
        None => (bytes.len(), None),
    }
}

/// How an encoding divides bytes into characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    SingleByte,
    Utf8,
    Utf16 { is_big_endian: bool },
    MultiByte(Leads),
    Iso2022Jp,
}

/// Which bytes begin a multi-byte character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// Two bytes: Big5 and EUC-KR.
    Double,
    ShiftJis,
    EucJp,
    Gb18030,
}

impl Leads {
    fn begins(self, byte: u8) -> bool {
        match self {
            Self::Double | Self::Gb18030 => (0x81..0xFF).contains(&byte),
            Self::ShiftJis => matches!(byte, 0x81..=0x9F | 0xE0..=0xFC),
            Self::EucJp => matches!(byte, 0x8E | 0x8F | 0xA1..=0xFE),
        }
    }
}

impl Family {
    fn of(encoding: Encoding) -> Self {
        match encoding.name() {
            "UTF-8" => Self::Utf8,
            "UTF-16LE" => Self::Utf16 {
                is_big_endian: false,
            },
            "UTF-16BE" => Self::Utf16 {
                is_big_endian: true,
            },
            "Big5" | "EUC-KR" => Self::MultiByte(Leads::Double),
            "Shift_JIS" => Self::MultiByte(Leads::ShiftJis),
            "EUC-JP" => Self::MultiByte(Leads::EucJp),
            "GBK" | "gb18030" => Self::MultiByte(Leads::Gb18030),
            "ISO-2022-JP" => Self::Iso2022Jp,
            _ => Self::SingleByte,
        }
    }
}

impl VisibleText {
    /// Decodes bytes that are the characters of their numbers.
    fn push_latin1(&mut self, bytes: &[u8]) {
        let text: String = bytes.iter().copied().map(char::from).collect();
        self.push_str(&text);
    }

    /// Decodes bytes that end between two characters, or at the end of the stream: what is unfinished there stays so.
    fn push_decoded(&mut self, decoder: &mut rs::Decoder, bytes: &[u8]) {
        /// How many bytes are decoded at a time.
        const PIECE_BYTES: usize = 4096;
        let mut at = 0;
        let mut text = String::with_capacity(PIECE_BYTES);
        loop {
            text.clear();
            let rest = bytes.get(at..).unwrap_or_default();
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut text, true);
            at += read;
            self.push_str(&text);
            match result {
                rs::DecoderResult::InputEmpty => return,
                rs::DecoderResult::OutputFull => {}
                rs::DecoderResult::Malformed(len, behind) => {
                    let end = at.saturating_sub(usize::from(behind));
                    let wrong = bytes.get(end.saturating_sub(usize::from(len))..end);
                    self.push_invalid(wrong.unwrap_or_default());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encoding(label: &str) -> Encoding {
        label.parse().unwrap()
    }

    /// The text of a stream that arrives in these chunks.
    fn text(encoding: Encoding, chunks: &[&[u8]]) -> String {
        let mut state = TextState::default();
        let mut all = String::new();
        for (index, chunk) in chunks.iter().enumerate() {
            let end = if index + 1 == chunks.len() {
                StreamEnd::Ended
            } else {
                StreamEnd::Open
            };
            all += &TextStart { encoding, state }.decode(chunk, None, end).text;
            state = state.advance(encoding, chunk);
        }
        all
    }

    #[test]
    fn characters_are_decoded_across_chunks() {
        let check = |label: &str, chunks: &[&[u8]], expected: &str| {
            assert_eq!(text(encoding(label), chunks), expected, "{label}");
        };
        check(
            "latin1",
            b"\xE9\x80\n".chunks(1).collect::<Vec<_>>().as_slice(),
            r"é€\n",
        );
        check("iso-8859-1-strict", &[b"\xE9", b"\x80\xA4"], r"é\u{80}¤");
        check("gbk", &[b"\xC4", b"\xE3\xBA", b"\xC3a"], "你好a");
        check("gb18030", &[b"\x94", b"\x39", b"\xFC", b"\x36"], "😀");
        check("shift_jis", &[b"\x93", b"\xFA\x96\x7B"], "日本");
        check(
            "utf-16le",
            &[b"a", b"\0\x3D", b"\xD8\x00", b"\xDE\n\0"],
            r"a😀\n",
        );
        check("utf-16be", &[b"\xD8\x3D\xDE", b"\x00"], "😀");
        check("utf-16le", &[b"\0\xD8\0\xD8", b""], r"\x00\xD8\x00\xD8");
        check("iso-2022-jp", &[b"\x1B$", b"BF", b"|\x1B(", b"Ba"], "日a");
        check("euc-jp", &[b"\x8F\xB0", b"\xA1"], "丂");
        check("utf-8", &[b"\xE6\x97", b"\xA5"], "日");
    }

    #[test]
    fn undecodable_bytes_are_shown_as_escapes() {
        let check = |label: &str, bytes: &[u8], expected: &str| {
            assert_eq!(text(encoding(label), &[bytes]), expected, "{label}");
        };
        check("gbk", b"\xC4", r"\xC4");
        check("shift_jis", b"a\xFFb", r"a\xFFb");
        check("utf-16le", b"a\0\0\xD8b\0", r"a\x00\xD8b");
        check("utf-16le", b"a\0\0", r"a\x00");
        check("windows-1253", b"\xAA", r"\xAA");
    }

    #[test]
    fn a_limit_cuts_between_characters() {
        let bytes = b"\xC4\xE3\xBA\xC3";
        let start = TextStart::from(encoding("gbk"));
        let visible = start.decode(bytes, Some(3), StreamEnd::Ended);
        assert_eq!(visible.text, "你…");
    }

    proptest! {
        #[test]
        fn the_text_of_a_stream_does_not_depend_on_its_chunks(
            index in 0..Encoding::all().count(),
            bytes in proptest::collection::vec(prop_oneof![
                any::<u8>(),
                proptest::sample::select(&[0x1B, b'$', b'B', b'(', b'J', 0x30, 0x39, 0x81, 0x84, 0xD8, 0xDC, 0x8F, 0xA1, 0][..]),
            ], 0..24),
            cuts in proptest::collection::vec(0..24_usize, 0..6),
        ) {
            let encoding = Encoding::all().nth(index).unwrap();
            let whole = text(encoding, &[&bytes]);
            let mut ends: Vec<usize> = cuts.into_iter().map(|it| it.min(bytes.len())).collect();
            ends.sort_unstable();
            ends.push(bytes.len());
            let mut chunks = Vec::new();
            let mut start = 0;
            for end in ends {
                chunks.push(&bytes[start..end]);
                start = end;
            }
            // A chunk boundary inside an invalid escape sequence of ISO-2022-JP changes which bytes are shown as
            // escapes.
            let is_same = text(encoding, &chunks).replace("\\x", "") == whole.replace("\\x", "");
            prop_assert!(is_same, "{encoding}: {:?} is no {whole:?}", text(encoding, &chunks));
        }
    }
}
