//! Bytes written as text: dumps, arrays, string literals and hex digits, recognised among ordinary text.
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

/// What a text is that stands for bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PasteKind {
    /// What `xxd` prints, with any `-c`, `-g`, `-u`, `-d` and `-a`.
    Xxd,
    /// What `hexdump -C` prints.
    Hexdump,
    /// What `od -t x1` prints, with any `-A` but `n`, with or without `z`.
    Od,
    /// What `tcpdump -X` or `-XX` prints below a packet's headline.
    Tcpdump,
    /// What Wireshark copies as a hex dump, with or without text, and `tshark -x` prints.
    Wireshark,
    /// A dump that many tools print: Wireshark's followed stream, or [`HexLine`](super::HexLine)s.
    HexDump,
    /// A list of bytes in braces or brackets, as C and its kin have it.
    CArray,
    /// String literals with hex escapes in them.
    CString,
    /// Hex digits alone, in one run, in lines or in pairs.
    HexDigits,
}

/// The bytes that a text stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// What the text is.
    pub kind: PasteKind,
    /// The bytes: at least one, at most [`MESSAGE_LIMIT_BYTES`](super::MESSAGE_LIMIT_BYTES).
    pub bytes: Vec<u8>,
}

/// Returns the bytes that `text` stands for, if it is nothing but bytes in a known notation; none for ordinary text.
///
/// A dump may begin anywhere in what was dumped, but all of its lines must be whole and follow each other by their
/// offsets. Of code, the first list of numbers or the first run of string literals counts. A dump of more than
/// [`MESSAGE_LIMIT_BYTES`](super::MESSAGE_LIMIT_BYTES) is none. Takes time in proportion to the text.
pub fn detect(text: &str) -> Option<Pasted> {
    if text.trim().is_empty() {
        return None;
    }
    let array = |text| array::read(text).map(|bytes| (PasteKind::CArray, bytes));
    let literal = |text| literal::read(text).map(|bytes| (PasteKind::CString, bytes));
    let digits = |text| digits::read(text).map(|bytes| (PasteKind::HexDigits, bytes));
    let (kind, bytes) = dump::read(text)
        .or_else(|| array(text))
        .or_else(|| literal(text))
        .or_else(|| digits(text))?;
    (!bytes.is_empty() && bytes.len() <= super::MESSAGE_LIMIT_BYTES)
        .then_some(Pasted { kind, bytes })
}

/// Returns the byte that two hex digits at the front of `text` stand for, and what follows.
fn pair(text: &str) -> Option<(u8, &str)> {
    let mut characters = text.chars();
    let high = characters.next()?.to_digit(16)?;
    let low = characters.next()?.to_digit(16)?;
    // Two digits always fit a byte.
    Some(((high * 16 + low) as u8, characters.as_str()))
}

#[cfg(test)]
mod tests;
