//! Integer types by name: `u8`, `u16be`, `u32le` ….

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
