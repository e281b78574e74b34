//! Whole numbers with their nouns.

use super::number::grouped;
use super::phrases::phrases;

phrases! {
    /// Whole numbers with their nouns: `1,234 bytes`.
    Counts {
        bytes(count: u64) = { noun(count, "byte", "bytes") };
        entries(count: u64) = { noun(count, "entry", "entries") };
    }
}

/// Chooses between the two forms that English has.
fn noun(count: u64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", grouped(count))
}
