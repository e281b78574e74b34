//! Chinese: how it writes numbers, and how it counts.

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
    group: ",",
    grouped_digits: 4,
    decimal: '.',
    scale: &[
        (10_000, " 万"),
        (100_000_000, " 亿"),
        (1_000_000_000_000, " 万亿"),
    ],
    bytes: ["B", "KiB", "MiB", "GiB", "TiB", "PiB"],
    per_second: "/s",
    spans: ["天", "小时", "分", "秒"],
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

/// Puts a number before a noun with its measure word: nouns have one form.
fn noun(count: u64, noun: &str) -> String {
    format!("{} {noun}", grouped(count))
}

/// Returns a name before Chinese words: with a space behind it if it ends with a Latin letter or a digit.
fn spaced_end(name: &str) -> String {
    let space = if name.ends_with(is_narrow) { " " } else { "" };
    format!("{name}{space}")
}

/// Returns a name behind Chinese words: with a space before it if it begins with a Latin letter or a digit.
fn spaced_start(name: &str) -> String {
    let space = if name.starts_with(is_narrow) { " " } else { "" };
    format!("{space}{name}")
}

/// Returns a name between Chinese words: with spaces where it needs them.
fn spaced(name: &str) -> String {
    spaced_start(&spaced_end(name))
}

fn is_narrow(character: char) -> bool {
    character.is_ascii_graphic()
}
