//! The find field.

use super::english::short;
use super::phrases::phrases;

phrases! {
    /// The find field.
    Find {
        name = "Find";
        placeholder(key: &str) = "Find  {key}";
        hint = "Text, or text:… regex:… hex:48 65 ?? 6C.\nEnter goes to the next match, Shift+Enter to the previous one; the count is of entries with a match.";
        previous = "Previous match";
        next = "Next match";
        match_case = "Match case";
        match_case_sign = "Aa";
        searching = "Searching…";
        searched(percent: u64) = "Searching, {percent}%";
        no_match = "No match";
        place(place: u64, count: u64) = { format!("{} of {}", short(place), short(count)) };
        place_so_far(place: u64, count: u64) = { format!("{} of {}…", short(place), short(count)) };
        entry(place: &str) = "entry {place}";
        in_entry(of_entry: &str, place: &str) = "match {of_entry} in entry {place}";
        wrapped(place: &str) = "wrapped, {place}";
    }
}
