//! What can be wrong with a rule, and in which part of it.

use crate::payload::DraftError;
use crate::payload::groups::RegexProblem;
use crate::payload::shape::ShapeError;
use crate::payload::template::PlaceError;
use crate::script::rules::AddressPatternError;

/// A part of a rule. Conditions and acts count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RulePart {
    /// All of it.
    Whole,
    /// Its name.
    Name,
    /// When it applies.
    When,
    /// One of its conditions.
    Condition(u16),
    /// The states in which it applies.
    States,
    /// The peers that it is for.
    From,
    /// One of its acts.
    Act {
        /// Which one.
        number: u16,
        /// What of it.
        part: ActPart,
    },
    /// The state that follows.
    Next,
    /// How often it applies.
    Times,
}

/// A part of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActPart {
    /// What it does, or what it sends.
    Text,
    /// Whom it is for.
    To,
    /// How often what it sends is dropped.
    Drop,
    /// How often what it sends is corrupted.
    Corrupt,
    /// The place in what is remembered.
    Place,
}

/// What can be wrong with a part of a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum RuleProblem {
    /// An endpoint has more than [`MAX_RULES`](crate::script::rules::MAX_RULES).
    TooManyRules,
    /// A rule has more than [`MAX_CONDITIONS`](crate::script::rules::MAX_CONDITIONS).
    TooManyConditions,
    /// A rule has more than [`MAX_ACTS`](crate::script::rules::MAX_ACTS).
    TooManyActs,
    /// Another rule of the endpoint has this name.
    NameTaken(String),
    /// A name or a state that is too long, or has control characters.
    Name,
    /// A list of states with nothing between two commas.
    State,
    /// Nothing to compare with, or nothing to send.
    Empty,
    /// A regular expression where bytes belong.
    RegexHere,
    /// Text, hex digits or a template.
    Message(#[from] DraftError),
    /// A regular expression.
    Regex(RegexProblem),
    /// A shape.
    Shape(#[from] ShapeError),
    /// No lengths.
    Length,
    /// Neither `good` nor `bad`.
    Check,
    /// The endpoint does not check what it receives.
    NoCheck,
    /// No number from 1 on.
    Every,
    /// A place in what is remembered.
    Place(#[from] PlaceError),
    /// A piece has the name of a field of templates.
    PieceIsField(String),
    /// Two conditions find pieces of this name.
    PieceTwice(String),
    /// No time, or one that is too long.
    Time,
    /// No time, one that is too long, or less than [`LEAST_PERIOD`](crate::script::rules::LEAST_PERIOD).
    Period,
    /// No pattern of addresses.
    From(AddressPatternError),
    /// No number of times.
    Times,
    /// No share of messages.
    Chance,
    /// No bytes per second.
    Rate,
    /// No slices.
    Slices,
    /// More is to be remembered from the start on than can be.
    TooMuch,
    /// No number of zeros.
    Zeros,
    /// There is no endpoint of this name.
    NoEndpoint(String),
}

impl RulePart {
    pub(in crate::workspace) fn condition(place: usize) -> Self {
        Self::Condition(number(place))
    }

    pub(in crate::workspace) fn act(place: usize, part: ActPart) -> Self {
        let number = number(place);
        Self::Act { number, part }
    }
}

/// Returns the number of what stands at a place.
pub(in crate::workspace) fn number(place: usize) -> u16 {
    u16::try_from(place).map_or(u16::MAX, |place| place.saturating_add(1))
}
