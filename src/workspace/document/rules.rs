//! The rules of endpoints in a document's file.

mod read;
mod say;

pub(super) use read::read;
pub(super) use say::of_rule;

use crate::workspace::rules::{ActKind, ConditionKind, WhenKind};

/// The keys of conditions.
const CONDITIONS: [(&str, ConditionKind); 11] = [
    ("equals", ConditionKind::Equals),
    ("starts", ConditionKind::Starts),
    ("ends", ConditionKind::Ends),
    ("contains", ConditionKind::Contains),
    ("regex", ConditionKind::Regex),
    ("hex", ConditionKind::Hex),
    ("length", ConditionKind::Length),
    ("check", ConditionKind::Check),
    ("first", ConditionKind::First),
    ("every", ConditionKind::Every),
    ("within", ConditionKind::Within),
];
/// The words for what a rule waits for, and the keys of those that have a time.
const EVENTS: [(&str, WhenKind); 5] = [
    ("any", WhenKind::Request),
    ("connected", WhenKind::Connected),
    ("ended", WhenKind::Ended),
    (SILENCE, WhenKind::Silence),
    (EVERY, WhenKind::EveryTime),
];
const SILENCE: &str = "silence";
const EVERY: &str = "every";
const IGNORE_CASE: &str = "ignore_case";
const NOT: &str = "not";

/// The words for acts that need no more.
const WORDS: [(&str, ActKind); 7] = [
    ("echo", ActKind::Echo),
    ("finish", ActKind::Finish),
    ("close", ActKind::Close),
    ("reset", ActKind::Reset),
    ("starttls", ActKind::StartTls),
    ("stop reading", ActKind::StopReading),
    ("resume reading", ActKind::ResumeReading),
];
/// The keys of acts in a table.
const ACTS: [(&str, ActKind); 12] = [
    ("send", ActKind::Send),
    ("send_hex", ActKind::Send),
    ("wait", ActKind::Wait),
    ("finish", ActKind::Finish),
    ("close", ActKind::Close),
    ("reset", ActKind::Reset),
    ("rate", ActKind::Rate),
    ("slices", ActKind::Slices),
    ("remember", ActKind::Remember),
    ("forget", ActKind::Forget),
    ("join", ActKind::Join),
    ("leave", ActKind::Leave),
];

const ALL: &str = "all";
const OTHERS: &str = "others";
const GROUP: &str = "group ";
/// What stands before the name of an endpoint that is called as one of the words before it.
const ENDPOINT: &str = "endpoint ";

fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    let found = words.iter().find(|(_, other)| other == value);
    found.map_or("", |(word, _)| *word)
}

#[cfg(test)]
mod tests;
