//! English: how it writes numbers, and how it counts.
//!
//! Only the phrases of English use this. What is said in all languages asks the language, as in `language.numbers`.

use std::time::Duration;

use super::number_style::NumberStyle;

const NUMBERS: NumberStyle = NumberStyle {
    group: ",",
    grouped_digits: 4,
    decimal: '.',
    scale: &[
        (1_000, " k"),
        (1_000_000, " M"),
        (1_000_000_000, " G"),
        (1_000_000_000_000, " T"),
    ],
    bytes: ["B", "KiB", "MiB", "GiB", "TiB", "PiB"],
    per_second: "/s",
    spans: ["d", "h", "min", "s"],
};

/// Returns a whole number with its thousands set apart.
pub(super) fn grouped(number: u64) -> String {
    NUMBERS.grouped(number)
}

/// Returns a whole number in as few signs as show its size.
pub(super) fn short(number: u64) -> String {
    NUMBERS.short(number)
}

/// Returns an amount of bytes in three digits or so.
pub(super) fn bytes(amount: u64) -> String {
    NUMBERS.scaled(amount as f64)
}

/// Returns an amount of bytes in three digits or so.
pub(super) fn scaled(amount: f64) -> String {
    NUMBERS.scaled(amount)
}

/// Returns a rate.
pub(super) fn rate(bytes_per_second: f64) -> String {
    NUMBERS.rate(bytes_per_second)
}

/// Returns how long something took, in three digits or so.
pub(super) fn duration(time: Duration) -> String {
    NUMBERS.duration(time)
}

/// Chooses between the two forms that English has of a noun.
pub(super) fn noun(count: u64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", grouped(count))
}

/// The verb for so many.
pub(super) fn are(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// The verb for so many, of the past.
pub(super) fn were(count: u64) -> &'static str {
    if count == 1 { "was" } else { "were" }
}
