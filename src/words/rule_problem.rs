//! What is wrong with rules, and in which part of them.

use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language};
use crate::payload::DraftError;
use crate::payload::groups::RegexProblem;
use crate::payload::shape::ShapeError;
use crate::payload::template::PlaceError;
use crate::script::RuleNumber;
use crate::script::rules::{AddressPatternError, MAX_ACTS, MAX_CONDITIONS, MAX_RULES};
use crate::workspace::rules::{MAX_MEMORY_BYTES, MAX_REMEMBERED, MAX_RULE_NAME_CHARS};
use crate::workspace::{ActPart, RulePart, RuleProblem};

phrases! {
    /// The parts of rules.
    RuleParts {
        rule(number: u16, name: &str) = "Rule {number} ({name})";
        part(rule: &str, part: &str) = "{rule}, {part}";
        name = "name";
        when = "when";
        condition(number: u16) = "condition {number}";
        states = "in state";
        from = "from";
        act(number: u16) = "act {number}";
        act_to(number: u16) = "act {number}, recipient";
        act_drop(number: u16) = "act {number}, drop";
        act_corrupt(number: u16) = "act {number}, corrupt";
        act_place(number: u16) = "act {number}, place";
        next = "next state";
        times = "times";
        memory = "Memory";
        remembered(name: &str) = "Memory ({name})";
        seed = "Seed";
    }
}

kinds! {
    /// What is wrong with parts of rules.
    RuleProblems for RuleProblem as rule_problems |language| {
        TooManyRules = { format!("An endpoint has at most {MAX_RULES} rules. Remove some") };
        TooManyConditions = { format!("A rule has at most {MAX_CONDITIONS} conditions. Remove some, or use a regular expression") };
        TooManyActs = { format!("A rule has at most {MAX_ACTS} acts. Remove some") };
        NameTaken(name: &str) = "{name} is already used. Type another name";
        Name = { format!("A name has 1 to {MAX_RULE_NAME_CHARS} characters, without line breaks") };
        State = "A state is missing between two commas";
        Empty = "Nothing is written here";
        RegexHere = "Choose regex as the kind of condition, and leave out 'regex:'";
        Message(error: &DraftError) = { error.in_words(language) };
        Regex(problem: &RegexProblem) = { problem.in_words(language) };
        Shape(error: &ShapeError) = { error.in_words(language) };
        Length = "Enter a length or two, such as 8, 8..12, 8.. or ..12";
        Check = "Write good or bad";
        NoCheck = "The endpoint does not check what it receives. Give it a check first";
        Every = "Enter a number, 1 or more, such as 3 for every third request";
        Place(error: &PlaceError) = { error.in_words(language) };
        PieceIsField(name: &str) = "A piece cannot be called {name:?}: templates have a field of that name";
        PieceTwice(name: &str) = "Two conditions find a piece {name:?}. Give one of them another name";
        Time = "Enter a time of at most 24 hours with its unit, such as 20ms or 5s; a wait may be 20ms..40ms";
        Period = "Enter a time from 1ms to 24 hours with its unit, such as 100ms";
        From(error: &AddressPatternError) = { error.in_words(language) };
        Times = "Enter a number, 1 or more, such as 2, or 2 per connection";
        Chance = "Enter a share from 0% to 100%, such as 10%";
        Rate = "Enter bytes per second, such as 500 or 1k, or full";
        Slices = "Enter bytes and a pause, such as 3, 50ms, or off";
        TooMuch = { format!("At most {MAX_REMEMBERED} values and {} in all can be remembered from the start", language.numbers.size(MAX_MEMORY_BYTES as u64)) };
        Zeros = { format!("Enter a number of zero bytes up to {MAX_MEMORY_BYTES}, as in zeros:200") };
        NoEndpoint(name: &str) = "There is no endpoint called {name:?}. Choose another one";
    }

    /// What is wrong with a pattern of addresses.
    AddressPatterns for AddressPatternError as address_patterns |language| {
        Empty = "Enter a pattern of addresses, such as 10.0.0.0/8 or 127.0.0.*";
        TooLong = "A pattern of addresses has at most 256 characters";
        Network = "A network is an address and a number of bits, such as 10.0.0.0/8";
    }
}

/// Returns how a part of a rule is called, behind the rule's number and name.
pub(super) fn part_of_rule(
    language: &Language,
    number: RuleNumber,
    name: &str,
    part: RulePart,
) -> String {
    let words = &language.rule_parts;
    let rule = words.rule(number.0.get(), name);
    match part {
        RulePart::Whole => rule,
        part => words.part(&rule, &part.in_words(language)),
    }
}

impl InWords for RulePart {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.rule_parts;
        let (number, part) = match *self {
            Self::Whole => return String::new(),
            Self::Name => return words.name.to_owned(),
            Self::When => return words.when.to_owned(),
            Self::Condition(number) => return words.condition(number),
            Self::States => return words.states.to_owned(),
            Self::From => return words.from.to_owned(),
            Self::Next => return words.next.to_owned(),
            Self::Times => return words.times.to_owned(),
            Self::Act { number, part } => (number, part),
        };
        match part {
            ActPart::Text => words.act(number),
            ActPart::To => words.act_to(number),
            ActPart::Drop => words.act_drop(number),
            ActPart::Corrupt => words.act_corrupt(number),
            ActPart::Place => words.act_place(number),
        }
    }
}
