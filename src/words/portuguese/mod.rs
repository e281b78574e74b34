//! Portuguese: how it writes numbers, and how it counts.

mod answer;
mod code;
mod common;
mod composer;
mod conversation;
mod counts;
mod detail;
mod diagnosis;
mod dialogs;
mod documents;
mod endpoints;
mod engine;
mod entry;
mod explain;
mod export;
mod exporting;
mod filter;
mod find;
mod form;
mod framing;
mod hints;
mod imported;
mod keys;
mod lab;
mod lanes;
mod lessons;
mod lifecycle;
mod menus;
mod messages;
mod notices;
mod number;
mod packets;
mod pieces;
mod plot;
mod presets;
mod protocol;
mod reason;
mod record;
mod recording;
mod row;
mod rule_problem;
mod rules;
mod sequences;
mod session;
mod sessions;
mod status;
mod structure;
mod syn;
mod tcp;
mod template;
mod time;
mod timeline;
mod tls;
mod tls_advice;
mod tls_alert;
mod tls_detail;
mod tls_failure;
mod tls_meaning;
mod tls_setting;
mod tls_setup;
mod tls_status;
mod typed;
mod why;
mod workspace;

use std::time::Duration;

use crate::words::number_style::NumberStyle;

const NUMBERS: NumberStyle = NumberStyle {
    group: ".",
    grouped_digits: 4,
    decimal: ',',
    scale: &[
        (1_000, " mil"),
        (1_000_000, " mi"),
        (1_000_000_000, " bi"),
        (1_000_000_000_000, " tri"),
    ],
    bytes: ["B", "KiB", "MiB", "GiB", "TiB", "PiB"],
    per_second: "/s",
    spans: ["d", "h", "min", "s"],
};

/// Returns a whole number with its thousands set apart.
fn grouped(number: u64) -> String {
    NUMBERS.grouped(number)
}

/// Returns a whole number in as few signs as show its size.
fn short(number: u64) -> String {
    NUMBERS.short(number)
}

/// Returns an amount of bytes in three digits or so.
fn bytes(amount: u64) -> String {
    NUMBERS.scaled(amount as f64)
}

/// Returns an amount of bytes in three digits or so.
fn scaled(amount: f64) -> String {
    NUMBERS.scaled(amount)
}

/// Returns a rate.
fn rate(bytes_per_second: f64) -> String {
    NUMBERS.rate(bytes_per_second)
}

/// Returns how long something took, in three digits or so.
fn duration(time: Duration) -> String {
    NUMBERS.duration(time)
}

/// Returns a number with as few decimals as it needs.
fn decimal(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// Returns a number with so many decimals.
fn decimals(number: f64, digits: usize) -> String {
    NUMBERS.decimals(number, digits)
}

/// Chooses between two forms of a word: 0 and 1 are singular.
fn form<'a>(count: u64, one: &'a str, many: &'a str) -> &'a str {
    if count <= 1 { one } else { many }
}

/// Writes a number with its noun.
fn noun(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), form(count, one, many))
}
