//! Integers in text: types by name (`u8`, `u16be`, `u32le` …), and digits.

/// Returns how many bytes an integer has, and whether the lowest one comes first.
pub(super) fn width_and_order(name: &str) -> Option<(u8, bool)> {
    match name {
        "u8" => Some((1, false)),
        "u16be" => Some((2, false)),
        "u16le" => Some((2, true)),
        "u32be" => Some((4, false)),
        "u32le" => Some((4, true)),
        "u64be" => Some((8, false)),
        "u64le" => Some((8, true)),
        _ => None,
    }
}

/// Reads a number in decimal digits, without a sign.
pub(super) fn decimal(digits: &[u8]) -> Option<u64> {
    let are_digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| are_digits)?;
    digits.parse().ok()
}
