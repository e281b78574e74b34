//! Hex dumps: offset, bytes and printable column.

use std::fmt;

use super::hex;

/// How many bytes a line of a dump shows.
pub const BYTES_PER_LINE: usize = 16;

/// One line of a hex dump. Displays as the whole line; its columns line up in a fixed-width font.
///
/// ```
/// # use bothends::payload::HexLine;
/// let line = HexLine::new(0, b"Hello, server!\r\n");
/// assert_eq!(line.to_string(), "00000000  48 65 6C 6C 6F 2C 20 73  65 72 76 65 72 21 0D 0A  Hello, server!..");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexLine {
    /// The offset of the first byte: eight digits, or more if needed.
    pub offset: String,
    /// The bytes in two groups of eight, padded to the width of a full line.
    pub hex: String,
    /// The bytes as ASCII, with `.` for unprintable ones.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_columns() {
        let check = |offset: u64, bytes: &[u8], expected: &str| {
            assert_eq!(HexLine::new(offset, bytes).to_string(), expected);
        };
        let full = "00000000  48 65 6C 6C 6F 2C 20 73  65 72 76 65 72 21 0D 0A  Hello, server!..";
        check(0, b"Hello, server!\r\n", full);
        check(0, b"Hello, server!\r\n\xFF", full);
        check(
            0x0012_3456_789A,
            b" ~\x7F",
            "123456789A  20 7E 7F                                           ~.",
        );
        let empty = format!("00000000{:52}", "");
        check(0, b"", &empty);
    }
}
