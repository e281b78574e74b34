//! Recognises bytes written as text: dumps, arrays, string literals and hex digits.
//!
//! Pasting ordinary text must not raise questions, so each reader accepts only what it is sure of. Anything doubtful
//! stays text.

mod array;
mod column;
mod cursor;
mod digits;
mod dump;
mod line;
mod literal;

/// The notation of a text that stands for bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PasteKind {
    /// The output of `xxd`, with any `-c`, `-g`, `-u`, `-d` and `-a`.
    Xxd,
    /// The output of `hexdump -C`.
    Hexdump,
    /// The output of `od -t x1`, with any `-A` but `n`, with or without `z`.
    Od,
    /// The dump that `tcpdump -X` or `-XX` prints below a packet's summary.
    Tcpdump,
    /// A hex dump copied from Wireshark, with or without text, or printed by `tshark -x`.
    Wireshark,
    /// A form that many tools print: Wireshark's followed stream, or [`HexLine`](super::HexLine)s.
    HexDump,
    /// A list of bytes in braces or brackets, as in C and related languages.
    CArray,
    /// String literals with hex escapes.
    CString,
    /// Hex digits alone, in one run, in lines or in pairs.
    HexDigits,
}

/// The bytes that a text stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The notation.
    pub kind: PasteKind,
    /// The bytes: at least one, at most [`MESSAGE_LIMIT_BYTES`](super::MESSAGE_LIMIT_BYTES).
    pub bytes: Vec<u8>,
}

/// Returns the bytes that `text` stands for, if it is nothing but bytes in a known notation; `None` for ordinary text.
///
/// A dump may begin at any offset, but all of its lines must be complete and have consecutive offsets. In code, the
/// first list of numbers or the first run of string literals counts. A dump of more than
/// [`MESSAGE_LIMIT_BYTES`](super::MESSAGE_LIMIT_BYTES) is not recognised. Takes time proportional to the text's length.
pub fn detect(text: &str) -> Option<Pasted> {
    if text.trim().is_empty() {
        return None;
    }
    let (kind, bytes) = dump::read(text)
        .or_else(|| Some((PasteKind::CArray, array::read(text)?)))
        .or_else(|| Some((PasteKind::CString, literal::read(text)?)))
        .or_else(|| Some((PasteKind::HexDigits, digits::read(text)?)))?;
    (!bytes.is_empty() && bytes.len() <= super::MESSAGE_LIMIT_BYTES)
        .then_some(Pasted { kind, bytes })
}

/// Returns the byte that two hex digits at the front of `text` stand for, and the rest.
fn pair(text: &str) -> Option<(u8, &str)> {
    let mut characters = text.chars();
    let high = characters.next()?.to_digit(16)?;
    let low = characters.next()?.to_digit(16)?;
    // Two digits always fit into a byte.
    Some(((high * 16 + low) as u8, characters.as_str()))
}

#[cfg(test)]
mod tests;
