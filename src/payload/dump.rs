//! Hex dumps: offset, bytes, printable column.

use std::fmt::{self, Write as _};

use super::hex;

/// How many bytes a line of a dump shows.
pub const BYTES_PER_LINE: usize = 16;

/// One line of a hex dump. Displays as the whole line; its columns stand under each other in a fixed-width font.
///
/// ```
/// # use wirebench::payload::HexLine;
/// let line = HexLine::new(0, b"Hello, server!\r\n");
/// assert_eq!(line.to_string(), "00000000  48 65 6C 6C 6F 2C 20 73  65 72 76 65 72 21 0D 0A  Hello, server!..");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexLine {
    /// The offset of the first byte: eight digits, more where it needs them.
    pub offset: String,
    /// The bytes in two groups of eight, padded to the width of a full line.
    pub hex: String,
    /// The bytes as ASCII, `.` for what is not printable.
    pub printable: String,
}

impl HexLine {
    /// Makes the line of the first [`BYTES_PER_LINE`] of `bytes`, which begin at `offset`.
    pub fn new(offset: u64, bytes: &[u8]) -> Self {
        let bytes = bytes.get(..BYTES_PER_LINE).unwrap_or(bytes);
        let (left, right) = bytes.split_at(bytes.len().min(BYTES_PER_LINE / 2));
        Self {
            offset: format!("{offset:08X}"),
            hex: format!("{:23}  {:23}", hex::render(left), hex::render(right)),
            printable: bytes.iter().copied().map(printable).collect(),
        }
    }
}

impl fmt::Display for HexLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}  {}", self.offset, self.hex, self.printable)
    }
}

fn printable(byte: u8) -> char {
    if byte.is_ascii_graphic() || byte == b' ' {
        char::from(byte)
    } else {
        '.'
    }
}

/// Returns how many lines the dump of `len` bytes has.
pub fn line_count(len: usize) -> usize {
    len.div_ceil(BYTES_PER_LINE)
}

/// Returns line `index` of the dump of `bytes`, the first of which stands at `offset`; none beyond the end.
pub fn line(offset: u64, bytes: &[u8], index: usize) -> Option<HexLine> {
    let start = index.checked_mul(BYTES_PER_LINE)?;
    let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
    Some(HexLine::new(offset.saturating_add(start as u64), rest))
}

/// Returns the whole dump, each line ended.
pub fn write(offset: u64, bytes: &[u8]) -> String {
    let mut dump = String::new();
    for line in (0..line_count(bytes.len())).filter_map(|index| line(offset, bytes, index)) {
        // Writing to a string does not fail.
        writeln!(dump, "{line}").ok();
    }
    dump
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_has_its_columns() {
        let check = |offset: u64, bytes: &[u8], expected: &str| {
            let dump = write(offset, bytes);
            assert_eq!(dump, expected);
            assert_eq!(dump.lines().count(), line_count(bytes.len()));
        };
        check(0, b"", "");
        check(
            0,
            b"Hello, server!\r\n\xFF",
            "00000000  48 65 6C 6C 6F 2C 20 73  65 72 76 65 72 21 0D 0A  Hello, server!..\n\
             00000010  FF                                                .\n",
        );
        check(
            0x0012_3456_789A,
            b" ~\x7F",
            "123456789A  20 7E 7F                                           ~.\n",
        );
    }

    #[test]
    fn a_line_beyond_the_end_is_none() {
        assert_eq!(line(0, &[0; 32], 2), None);
        assert_eq!(line(0, &[0; 33], 2).unwrap().offset, "00000020");
        assert_eq!(line(0, b"", 0), None);
        assert_eq!(line(0, b"x", usize::MAX), None);
    }
}
