//! Framings: what is wrong with a rule, and with what it cut.

use super::InWords as _;
use super::kinds::kinds;
use crate::payload::HexProblem;
use crate::payload::framing::{Fault, FramingError, MAX_DELIMITER_BYTES};

kinds! {
    /// What is wrong with a framing.
    Framings for FramingError as framings |language| {
        Unknown(name: &str) = "There is no framing {name:?}. Use line, lf, crlf, cr, delimiter:HEX, fixed:N, length:u16be, varint, between:HEX,HEX, http, websocket, mqtt, postgres, resp, mllp, stx-etx, slip or silence:20ms";
        NoArgument(name: &str) = "{name} takes no argument";
        Bytes { name: &str, problem: &HexProblem } = { format!("{name} takes bytes in hex: {}", problem.in_words(language)) };
        ByteCount(name: &str) = "{name} takes 1 to {MAX_DELIMITER_BYTES} bytes in hex";
        Fixed = "fixed takes a size from 1 byte to 16 MiB, in bytes, as in fixed:8";
        Width = "length takes u8, or u16, u32 or u64 with be or le, as in length:u16be";
        Option(option: &str) = "length has no option {option:?}. Use at=N (offset of the length field, up to 255), adjust=N (how many bytes there are beyond the length) or self (the length counts itself)";
        VarintOption(option: &str) = "varint has no option {option:?}. Use at=N (offset of the varint, up to 255) or most=N (the most bytes it may have, up to 10)";
        Marks = "between takes what starts and what ends a frame, as in between:02,03, and optionally one escape byte other than the end";
        Silence = "silence takes a time from 1 ms to 1 hour, as in silence:20ms or silence:1.5s";
    }

    /// Why bytes are not a frame.
    Faults for Fault as faults |language| {
        Length(length: &u64) = "its length field says {length}, which is impossible; the next frame starts after it";
        Varint = "its length is a varint that is too long; the next frame starts after it";
        TooLong = "no end within 16 MiB; it is cut here";
        Outside = "bytes outside any frame";
        Unfinished = "the stream ended inside it";
        Gap = "bytes are missing after it";
        Rest = "the rest of a message longer than 16 MiB";
        StartLine = "not an HTTP/1 message; the next frame starts at the next start line";
        HeadLine = "a line of its head is folded, has no name, or does not end in CR LF";
        HeadTooLong = "its head is longer than 64 KiB";
        BodyLength = "the length of its body is invalid";
        TwoLengths = "it has both a Content-Length and a Transfer-Encoding, which takes precedence";
        Chunk = "a chunk of its body is malformed";
        Resp = "not a RESP value: its type, its length or its line end is wrong";
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
        check("lines", "There is no framing \"lines\". Use line, lf");
        check("slip:1", "slip takes no argument");
        check(
            "delimiter:xy",
            "delimiter takes bytes in hex: 'x' is not a hex digit",
        );
        check("delimiter", "delimiter takes 1 to 64 bytes in hex");
        check("fixed:0", "from 1 byte to 16 MiB");
        check("length:u8,at=256", "length has no option \"at=256\"");
        check("varint:at=256", "varint has no option \"at=256\"");
        check("between:02", "what starts and what ends a frame");
        check("silence:20", "silence takes a time");
    }
}
