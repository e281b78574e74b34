//! Interpretations of the bytes at a position: numbers of each size and byte order, times, a character.

use std::fmt::{Display, LowerExp};

use super::visible::VisibleText;

/// One interpretation of the first bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteReading {
    /// What it is read as.
    pub kind: ReadingKind,
    /// The value; if byte order matters, in little-endian order.
    pub little_endian: String,
    /// The value in big-endian order, if that is different.
    pub big_endian: Option<String>,
    /// How many bytes it takes.
    pub len: usize,
}

/// The type that bytes are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingKind {
    /// A type whose name is the same in every language: `u16`, `f32`, `UTF-8` ….
    Type(&'static str),
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMillis,
}

impl From<&'static str> for ReadingKind {
    fn from(name: &'static str) -> Self {
        Self::Type(name)
    }
}

/// The range of seconds that are taken for times: the years 1990 to 2099.
const TIMES: std::ops::Range<i64> = 631_152_000..4_102_444_800;
/// The most bytes of a 64-bit varint.
const MAX_VARINT_BYTES: usize = 10;

/// Returns the interpretations of the first of `bytes`, except those that need more bytes.
pub fn inspect(bytes: &[u8]) -> Vec<ByteReading> {
    let mut readings = Vec::new();
    let Some(first) = bytes.first() else {
        return readings;
    };
    let bits = format!("{:04b} {:04b}", first >> 4, first & 0x0F);
    readings.push(alone("bits", bits, 1));
    readings.push(alone("u8", with_hex(*first, 2), 1));
    readings.push(alone("i8", first.cast_signed().to_string(), 1));
    if let Some(bytes) = bytes.first_chunk() {
        let (le, be) = (u16::from_le_bytes(*bytes), u16::from_be_bytes(*bytes));
        readings.push(both("u16", 2, with_hex(le, 4), with_hex(be, 4)));
        readings.push(both("i16", 2, le.cast_signed(), be.cast_signed()));
    }
    if let Some(bytes) = bytes.first_chunk() {
        let (le, be) = (u32::from_le_bytes(*bytes), u32::from_be_bytes(*bytes));
        readings.push(both("u32", 4, with_hex(le, 8), with_hex(be, 8)));
        readings.push(both("i32", 4, le.cast_signed(), be.cast_signed()));
        let floats = (f32::from_bits(le), f32::from_bits(be));
        readings.push(both("f32", 4, float(floats.0), float(floats.1)));
        readings.extend(times(ReadingKind::UnixSeconds, 4, le.into(), be.into()));
    }
    if let Some(bytes) = bytes.first_chunk() {
        let (le, be) = (u64::from_le_bytes(*bytes), u64::from_be_bytes(*bytes));
        readings.push(both("u64", 8, with_hex(le, 16), with_hex(be, 16)));
        readings.push(both("i64", 8, le.cast_signed(), be.cast_signed()));
        let floats = (f64::from_bits(le), f64::from_bits(be));
        readings.push(both("f64", 8, float(floats.0), float(floats.1)));
        let (le, be) = (le.cast_signed(), be.cast_signed());
        readings.extend(times(ReadingKind::UnixSeconds, 8, le, be));
        readings.extend(times(ReadingKind::UnixMillis, 8, le, be));
    }
    readings.extend(character(bytes));
    readings.extend(varint(bytes));
    readings
}

fn alone(name: &'static str, value: String, len: usize) -> ByteReading {
    ByteReading {
        kind: name.into(),
        little_endian: value,
        big_endian: None,
        len,
    }
}

fn both(
    kind: impl Into<ReadingKind>,
    len: usize,
    le: impl Display,
    be: impl Display,
) -> ByteReading {
    ByteReading {
        kind: kind.into(),
        little_endian: le.to_string(),
        big_endian: Some(be.to_string()),
        len,
    }
}

fn with_hex(value: impl Display + std::fmt::UpperHex, digits: usize) -> String {
    format!("{value} (0x{value:0digits$X})")
}

/// Formats a float with the fewest digits that identify it, and with an exponent if it is very large or very small.
fn float<F: Copy + Into<f64> + Display + LowerExp>(value: F) -> String {
    let magnitude = value.into().abs();
    let is_plain = magnitude == 0.0 || (1e-5..1e16).contains(&magnitude);
    if is_plain || !magnitude.is_finite() {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// Returns the numbers as times, if at least one of them is plausible.
fn times(kind: ReadingKind, len: usize, le: i64, be: i64) -> Option<ByteReading> {
    let unit_millis = if kind == ReadingKind::UnixMillis {
        1
    } else {
        1_000
    };
    let time = |number: i64| {
        let milliseconds = number.checked_mul(unit_millis)?;
        let time = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
        TIMES.contains(&time.as_second()).then(|| time.to_string())
    };
    let (le, be) = (time(le), time(be));
    if le.is_none() && be.is_none() {
        return None;
    }
    let or_dash = |time: Option<String>| time.unwrap_or_else(|| "–".to_owned());
    Some(both(kind, len, or_dash(le), or_dash(be)))
}

fn character(bytes: &[u8]) -> Option<ByteReading> {
    let front = bytes.get(..4).unwrap_or(bytes);
    let valid = front.utf8_chunks().next()?.valid();
    let c = valid.chars().next()?;
    let shown = VisibleText::plain(c.to_string()).text;
    let value = format!("{shown} (U+{:04X})", u32::from(c));
    Some(alone("UTF-8", value, c.len_utf8()))
}

/// Reads a base-128 varint, least significant digit first (protobuf, LEB128).
fn varint(bytes: &[u8]) -> Option<ByteReading> {
    let mut value: u64 = 0;
    for (place, byte) in bytes.iter().take(MAX_VARINT_BYTES).enumerate() {
        let digit = u64::from(byte & 0x7F);
        let shifted = digit.checked_shl(7 * place as u32)?;
        // A value that does not fit into 64 bits is not a 64-bit varint.
        if shifted >> (7 * place as u32) != digit {
            return None;
        }
        value |= shifted;
        if byte & 0x80 == 0 {
            return Some(alone("varint", value.to_string(), place + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(kind: ReadingKind) -> String {
        match kind {
            ReadingKind::Type(name) => name.to_owned(),
            other => format!("{other:?}"),
        }
    }

    fn read(bytes: &[u8]) -> Vec<String> {
        let readings = inspect(bytes).into_iter();
        readings
            .map(|it| {
                let be = it.big_endian.map(|be| format!(" | {be}"));
                format!(
                    "{}: {}{}",
                    name(it.kind),
                    it.little_endian,
                    be.unwrap_or_default()
                )
            })
            .collect()
    }

    #[test]
    fn bytes_are_read_as_every_type_that_fits() {
        assert_eq!(read(b""), [""; 0]);
        assert_eq!(
            read(b"\xC3"),
            ["bits: 1100 0011", "u8: 195 (0xC3)", "i8: -61"]
        );
        assert_eq!(
            read(b"\x01\x02"),
            [
                "bits: 0000 0001",
                "u8: 1 (0x01)",
                "i8: 1",
                "u16: 513 (0x0201) | 258 (0x0102)",
                "i16: 513 | 258",
                r"UTF-8: \x01 (U+0001)",
                "varint: 1",
            ]
        );
        let has = |bytes: &[u8], expected: &str| {
            let actual = read(bytes);
            assert!(actual.iter().any(|it| it == expected), "{actual:#?}");
        };
        has(b"\x00\x00\x80\x3F", "f32: 1 | 4.6006e-41");
        has(b"\x00\x00\xC0\x7F", "f32: NaN | 6.9055e-41");
        has(
            b"\x40\x09\x21\xFB\x54\x44\x2D\x18",
            "f64: 3.207375630676366e-192 | 3.141592653589793",
        );
        has(
            b"\x6B\x04\x27\x83",
            "UnixSeconds: 2039-09-23T06:32:11Z | 2026-11-23T11:46:11Z",
        );
        has(
            b"\x00\x00\x01\xA2\x08\xAF\x52\x12",
            "UnixMillis: – | 2026-11-23T13:53:57.266Z",
        );
        has("é!".as_bytes(), "UTF-8: é (U+00E9)");
        has(b"\xE2\x80\xAE", r"UTF-8: \u{202E} (U+202E)");
        has(b"\xAC\x02", "varint: 300");
        has(&[0xFF; 8], "i64: -1 | -1");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
            for reading in inspect(&bytes) {
                prop_assert!(reading.len <= bytes.len());
            }
        }
    }
}
