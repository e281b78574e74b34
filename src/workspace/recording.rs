//! How much of a session is kept, as the user chose it.

use serde::{Deserialize, Serialize};

use crate::capture::store::{AtLimit, Keep};

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recording {
    /// What is kept.
    pub mode: RecordingMode,
    /// The most bytes on disk; none means what [`Keep::everything`] says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_bytes: Option<u64>,
    /// How many bytes of each chunk [`RecordingMode::FirstBytes`] keeps.
    pub chunk_limit_bytes: u32,
}

impl Default for Recording {
    fn default() -> Self {
        Self {
            mode: RecordingMode::Everything,
            limit_bytes: None,
            chunk_limit_bytes: 64,
        }
    }
}

/// What is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingMode {
    /// Everything up to the bound, where recording stops.
    #[default]
    Everything,
    /// The newest, within the bound.
    Ring,
    /// The first bytes of each chunk, up to the bound.
    FirstBytes,
    /// Nothing.
    Nothing,
}

impl Recording {
    /// Returns what to keep, with the bound of `default` where none was chosen; none when nothing is kept.
    pub fn keep(&self, default: Keep) -> Option<Keep> {
        let bound = Keep::up_to(self.limit_bytes.unwrap_or(default.limit_bytes));
        match self.mode {
            RecordingMode::Everything => Some(bound),
            RecordingMode::Ring => Some(Keep {
                at_limit: AtLimit::GiveUpOldest,
                ..bound
            }),
            RecordingMode::FirstBytes => Some(Keep {
                chunk_limit_bytes: Some(self.chunk_limit_bytes),
                ..bound
            }),
            RecordingMode::Nothing => None,
        }
    }
}

/// Why an amount of bytes was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountProblem {
    /// It is no amount.
    Amount,
    /// It is less than a capture needs.
    TooLittle,
    /// It is not a number of bytes that a chunk can have.
    Chunk,
}

/// Reads a bound on what is kept: `10 GiB`, `1.5g`, `500 MiB`. Nothing means the default.
pub fn parse_limit(text: &str) -> Result<Option<u64>, AmountProblem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match parse_amount(text) {
        Some(bytes) if bytes < Keep::MIN_LIMIT_BYTES => Err(AmountProblem::TooLittle),
        Some(bytes) => Ok(Some(bytes)),
        None => Err(AmountProblem::Amount),
    }
}

/// Writes a bound as [`parse_limit`] reads it: exactly, in the largest unit that it is a multiple of.
pub fn limit_text(bytes: u64) -> String {
    let units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let mut units = units.into_iter();
    match units.find(|(_, bits)| bytes > 0 && bytes.is_multiple_of(1 << bits)) {
        Some((unit, bits)) => format!("{} {unit}", bytes >> bits),
        None => bytes.to_string(),
    }
}

/// Reads how many bytes of each chunk are kept: `0`, `64`, `1 KiB`.
pub fn parse_chunk_limit(text: &str) -> Result<u32, AmountProblem> {
    let bytes = parse_amount(text).and_then(|bytes| u32::try_from(bytes).ok());
    bytes.ok_or(AmountProblem::Chunk)
}

/// Reads an amount of bytes in binary units, with or without their `iB`.
fn parse_amount(text: &str) -> Option<u64> {
    /// The longest one; more digits say nothing more.
    const MAX_CHARS: usize = 24;
    let text = text.trim().to_ascii_lowercase();
    let unit_at = text
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let unit_bytes: f64 = match unit.trim_end_matches("ib").trim_end_matches('b') {
        "" => 1.0,
        "k" => 1024.0,
        "m" => 1024.0 * 1024.0,
        "g" => 1024.0 * 1024.0 * 1024.0,
        "t" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    let number = number.trim_end();
    let is_number = number.len() <= MAX_CHARS
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let amount = number.parse::<f64>().ok().filter(|_| is_number)? * unit_bytes;
    // Beyond this, no volume has so much, and the product may not be a whole number.
    (amount <= (1_u64 << 52) as f64).then_some(amount as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_read_in_binary_units() {
        let check = |text: &str, expected| assert_eq!(parse_limit(text), expected, "{text}");
        check("", Ok(None));
        check("10 GiB", Ok(Some(10 << 30)));
        check("1.5g", Ok(Some(3 << 29)));
        check(" 500 MB ", Ok(Some(500 << 20)));
        check("2097152", Ok(Some(2 << 20)));
        check("1 KiB", Err(AmountProblem::TooLittle));
        for text in ["much", "-1 GiB", "1e9", "10 GiBs", "99999999 TiB", "1..5 g"] {
            check(text, Err(AmountProblem::Amount));
        }
    }

    #[test]
    fn a_bound_is_written_as_it_is_read() {
        let check = |bytes: u64, expected: &str| {
            assert_eq!(limit_text(bytes), expected);
            assert_eq!(parse_limit(expected), Ok(Some(bytes)));
        };
        check(10 << 30, "10 GiB");
        check(3 << 29, "1536 MiB");
        check(1100 << 10, "1100 KiB");
        check((1 << 20) + 1, "1048577");
    }

    #[test]
    fn a_chunk_keeps_a_number_of_bytes() {
        assert_eq!(parse_chunk_limit("0"), Ok(0));
        assert_eq!(parse_chunk_limit("1 KiB"), Ok(1024));
        assert_eq!(parse_chunk_limit("8 GiB"), Err(AmountProblem::Chunk));
    }

    #[test]
    fn what_was_chosen_says_what_is_kept() {
        let default = Keep::up_to(7 << 30);
        let of = |mode| Recording {
            mode,
            ..Recording::default()
        };
        let keep = of(RecordingMode::Everything).keep(default);
        assert_eq!(keep, Some(default));
        let keep = of(RecordingMode::Ring).keep(default).unwrap();
        assert_eq!(keep.at_limit, AtLimit::GiveUpOldest);
        let keep = of(RecordingMode::FirstBytes).keep(default).unwrap();
        assert_eq!(keep.chunk_limit_bytes, Some(64));
        assert_eq!(of(RecordingMode::Nothing).keep(default), None);
    }
}
