//! Framings: what is wrong with a rule, and with what it cut.

use super::phrases::phrases;
use super::{InWords, Language};
use crate::payload::framing::{Fault, FramingError, MAX_DELIMITER_BYTES, MAX_FRAME_BYTES};

phrases! {
    /// Framings.
    Framings {
        unknown(name: &str) = "There is no framing '{name}'. Use line, lf, crlf, cr, delimiter:HEX, fixed:N, length:u16be, varint, between:HEX,HEX, mllp, stx-etx, slip or silence:20ms";
        no_argument(name: &str) = "{name} takes no argument";
        bytes(name: &str, problem: &str) = "{name} takes bytes in hex: {problem}";
        byte_count(name: &str, most: usize) = "{name} takes 1 to {most} bytes in hex";
        fixed(most: &str) = "fixed takes a size from 1 to {most}, as in fixed:8";
        width = "length takes u8, or u16, u32 or u64 with be or le, as in length:u16be";
        option(option: &str) = "length has no option '{option}'. Use at=N (offset of the length field, up to 255), adjust=N (how many bytes there are beyond the length) or self (the length counts itself)";
        marks = "between takes what starts and what ends a frame, as in between:02,03, and optionally one escape byte other than the end";
        silence = "silence takes a time from 1 ms to 1 hour, as in silence:20ms or silence:1.5s";

        fault_length(length: u64) = "its length field says {length}, which is impossible; the next frame starts after it";
        fault_varint = "its length is not a 64-bit varint; the next frame starts after it";
        fault_too_long = "no end within 16 MiB; it is cut here";
        fault_outside = "bytes outside any frame";
        fault_unfinished = "the stream ended inside it";
        fault_gap = "bytes are missing after it";
    }
}

impl InWords for FramingError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.framings;
        let typed = |text: &str| text.escape_debug().to_string();
        match self {
            Self::Unknown(name) => words.unknown(&typed(name)),
            Self::NoArgument(name) => words.no_argument(name),
            Self::Bytes { name, problem } => words.bytes(name, &problem.in_words(language)),
            Self::ByteCount(name) => words.byte_count(name, MAX_DELIMITER_BYTES),
            Self::Fixed => words.fixed(&language.counts.bytes(MAX_FRAME_BYTES)),
            Self::Width => words.width.to_owned(),
            Self::Option(option) => words.option(&typed(option)),
            Self::Marks => words.marks.to_owned(),
            Self::Silence => words.silence.to_owned(),
        }
    }
}

impl InWords for Fault {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.framings;
        let fixed = match self {
            Self::Length(length) => return words.fault_length(*length),
            Self::Varint => words.fault_varint,
            Self::TooLong => words.fault_too_long,
            Self::Outside => words.fault_outside,
            Self::Unfinished => words.fault_unfinished,
            Self::Gap => words.fault_gap,
        };
        fixed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::payload::framing::Framing;
    use crate::words::{ENGLISH, InWords as _};

    #[test]
    fn a_wrong_framing_says_how_it_is_written() {
        let check = |written: &str, expected: &str| {
            let words = written.parse::<Framing>().unwrap_err().in_words(&ENGLISH);
            assert!(words.contains(expected), "{written}: {words}");
        };
        check("lines", "There is no framing 'lines'. Use line, lf");
        check("slip:1", "slip takes no argument");
        check(
            "delimiter:xy",
            "delimiter takes bytes in hex: 'x' is not a hex digit",
        );
        check("delimiter", "delimiter takes 1 to 64 bytes in hex");
        check("fixed:0", "from 1 to 16,777,216 bytes, as in fixed:8");
        check("length:u8,at=256", "length has no option 'at=256'");
        check("between:02", "what starts and what ends a frame");
        check("silence:20", "silence takes a time");
    }
}
