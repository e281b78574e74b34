//! The filter's menu.

use super::english::grouped;
use super::phrases::phrases;

phrases! {
    /// The filter's menu.
    Filter {
        name = "Filter";
        hint = "Show only some kinds, peers, sizes or times, or only matches";
        clear = "Clear filters";
        chip(words: &str) = "{words}  ×";
        remove(words: &str) = "Remove filter: {words}";
        shown_of(shown: u64, all: u64) = { format!("{} of {}", grouped(shown), grouped(all)) };
        no_kind = "No kind of entry";
        by_rule(rule: u16) = "By rule {rule}";
        peer_contains(text: &str) = "Peer contains {text}";
        contains(pattern: &str) = "Contains {pattern}";
        size_chip(least: u64, most: Option<u64>) = { size(least, most) };
        time_chip(from: &str, until: &str) = "{from} to {until}";
        chip_from(from: &str) = "From {from}";
        chip_until(until: &str) = "Until {until}";
        received = "Received";
        sent = "Sent";
        lifecycle = "Connections and listeners";
        problems = "Errors and warnings";
        peer = "Peer";
        peer_spoken = "Peer address";
        peer_hint = "Part of an address, such as 192.0.2. or :49226";
        to = "to";
        size = "Bytes";
        min_size = "Minimum bytes";
        max_size = "Maximum bytes";
        time = "Time";
        min_time = "From time";
        max_time = "To time";
        selected_time = "Use the time of the selected rows";
        only_matches(pattern: &str) = "Only matches of {pattern}";
        only_matches_hint = "To show only matches, type what to look for in the Find field";
        not_a_size = "Enter a number of bytes";
        sizes_crossed = "The minimum is greater than the maximum";
        not_a_time = "Enter a time such as 12:01, 12:01:05.871 or 2026-11-22 12:01:05";
        times_crossed = "The first time is later than the last";
    }
}

fn size(least: u64, most: Option<u64>) -> String {
    let least_words = grouped(least);
    match most.map(grouped) {
        Some(most_words) if least == 0 => format!("At most {most_words} bytes"),
        Some(most_words) => format!("{least_words} to {most_words} bytes"),
        None => format!("At least {least_words} bytes"),
    }
}
