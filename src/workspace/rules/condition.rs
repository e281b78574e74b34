//! When a rule applies, as it was typed.

use std::num::NonZeroU64;
use std::ops::RangeInclusive;

use crate::payload::groups::RegexGroups;
use crate::payload::pattern::Case;
use crate::payload::shape::Shape;
use crate::payload::template::{FieldKind, MemoryPlace, Names};
use crate::payload::{Draft, DraftError, Encoding, Position, WrongAt, hex};
use crate::script::rules::{BytePattern, Condition, MAX_CONDITIONS, Predicate};
use crate::workspace::rule_problem::{RulePart, RuleProblem};

/// When a rule applies, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhenForm {
    /// What it waits for.
    pub kind: WhenKind,
    /// The time of [`WhenKind::Silence`] and [`WhenKind::EveryTime`]: `5s`.
    pub time_text: String,
    /// What has to be true of a request, for [`WhenKind::Request`]; nothing for any.
    pub conditions: Vec<ConditionForm>,
    /// Whether text and regular expressions match letters in either case.
    pub ignores_case: bool,
}

/// What a rule waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WhenKind {
    /// A request.
    #[default]
    Request,
    /// The beginning of a connection.
    Connected,
    /// The peer's FIN, or the end of a connection.
    Ended,
    /// Nothing received for a time; once in each silence.
    Silence,
    /// Again and again, at a distance in time.
    EveryTime,
}

/// Something that has to be true of a request, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionForm {
    /// What it is about.
    pub kind: ConditionKind,
    /// What was typed; not used by [`ConditionKind::First`].
    pub text: String,
    /// Whether it must not hold.
    pub is_not: bool,
    /// Whether it is negated together with the one before it, which is negated too: not both may hold.
    pub is_joined: bool,
}

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConditionKind {
    /// The request is this: text, `text:…` or `hex:…` with `??` for any byte.
    Equals,
    /// It begins with this.
    Starts,
    /// It ends with this.
    Ends,
    /// It contains this.
    Contains,
    /// It matches a regular expression over bytes, whose groups are pieces.
    Regex,
    /// All of it has this shape: hex digits with named pieces.
    Hex,
    /// Its length in bytes: `8`, `8..12`, `8..`, `..12`.
    Length,
    /// The check of received frames is `good` or `bad`.
    Check,
    /// It is the first request of its connection.
    First,
    /// It is every so-many-th request of its connection.
    Every,
    /// A place in what is remembered is there.
    Within,
}

impl ConditionKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Equals,
        Self::Starts,
        Self::Ends,
        Self::Contains,
        Self::Regex,
        Self::Hex,
        Self::Length,
        Self::Check,
        Self::First,
        Self::Every,
        Self::Within,
    ];
}

impl ConditionForm {
    /// Returns a condition that has to hold.
    pub fn new(kind: ConditionKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            is_not: false,
            is_joined: false,
        }
    }
}

/// A problem, and the part of the rule that has it.
pub(super) type WrongRulePart = (RulePart, RuleProblem);

/// What conditions are read with.
#[derive(Clone, Copy)]
pub(super) struct ConditionContext {
    pub(super) encoding: Encoding,
    pub(super) has_check: bool,
}

impl WhenForm {
    /// Returns the conditions, those that find pieces first, and the names of the pieces.
    ///
    /// # Errors
    /// The first condition that is wrong.
    pub(super) fn read(
        &self,
        reading: ConditionContext,
    ) -> Result<(Vec<Condition>, Names), WrongRulePart> {
        if self.conditions.len() > MAX_CONDITIONS {
            return Err((RulePart::When, RuleProblem::TooManyConditions));
        }
        let mut names = Vec::new();
        let is_named = |form: &ConditionForm| {
            !form.is_not && matches!(form.kind, ConditionKind::Regex | ConditionKind::Hex)
        };
        let mut predicates = Vec::new();
        // What uses pieces is read, and later tried, after what finds them.
        for finds in [true, false] {
            let known = names.iter().map(String::as_str).collect();
            let forms = self.conditions.iter().enumerate();
            for (place, form) in forms.filter(|(_, form)| is_named(form) == finds) {
                let wrong = |problem| (RulePart::condition(place), problem);
                let predicate = self.predicate(form, reading, &known).map_err(wrong)?;
                if finds {
                    add_names(&predicate, &mut names).map_err(wrong)?;
                }
                predicates.push((place, predicate));
            }
        }
        let mut conditions = Vec::new();
        let mut negated: Vec<Vec<Predicate>> = Vec::new();
        for (place, predicate) in predicates {
            let form = self.conditions.get(place);
            match form {
                Some(form) if form.is_not => match negated.last_mut() {
                    Some(group) if form.is_joined => group.push(predicate),
                    _ => negated.push(vec![predicate]),
                },
                _ => conditions.push(Condition::Is(predicate)),
            }
        }
        conditions.extend(negated.into_iter().map(Condition::Not));
        Ok((conditions, names.into_iter().collect()))
    }

    /// Returns the names of the pieces that its conditions find, as far as those can be read.
    pub fn piece_names(&self) -> Names {
        let mut names = Vec::new();
        let conditions = self.conditions.iter().filter(|it| !it.is_not);
        for form in conditions.filter(|_| self.kind == WhenKind::Request) {
            match form.kind {
                ConditionKind::Regex => {
                    let groups = RegexGroups::parse(&form.text, Case::Exact).ok();
                    let found = groups.iter().flat_map(RegexGroups::names);
                    names.extend(found.map(str::to_owned));
                }
                ConditionKind::Hex => {
                    let shape = Shape::parse(&form.text).ok();
                    let found = shape.iter().flat_map(Shape::names);
                    names.extend(found.map(str::to_owned));
                }
                _ => {}
            }
        }
        names.into_iter().collect()
    }

    fn predicate(
        &self,
        form: &ConditionForm,
        reading: ConditionContext,
        names: &Names,
    ) -> Result<Predicate, RuleProblem> {
        let text = form.text.as_str();
        let bytes = || byte_pattern(text, reading.encoding, self.ignores_case);
        let some = || match bytes()? {
            pattern if pattern.is_empty() => Err(RuleProblem::Empty),
            pattern => Ok(pattern),
        };
        Ok(match form.kind {
            ConditionKind::Equals => Predicate::Equals(bytes()?),
            ConditionKind::Starts => Predicate::Starts(some()?),
            ConditionKind::Ends => Predicate::Ends(some()?),
            ConditionKind::Contains => Predicate::Contains(some()?),
            ConditionKind::Regex => {
                let case = if self.ignores_case {
                    Case::Ignored
                } else {
                    Case::Exact
                };
                Predicate::Regex(RegexGroups::parse(text, case).map_err(RuleProblem::Regex)?)
            }
            ConditionKind::Hex => Predicate::Shape(Shape::parse(text)?),
            ConditionKind::Length => Predicate::Length(length(text).ok_or(RuleProblem::Length)?),
            ConditionKind::Check if !reading.has_check => return Err(RuleProblem::NoCheck),
            ConditionKind::Check => Predicate::Check(match text.trim() {
                "good" => true,
                "bad" => false,
                _ => return Err(RuleProblem::Check),
            }),
            ConditionKind::First => Predicate::First,
            ConditionKind::Every => {
                let every = text.trim().parse::<NonZeroU64>().ok();
                Predicate::Every(every.ok_or(RuleProblem::Every)?)
            }
            ConditionKind::Within => Predicate::Within(MemoryPlace::parse(text, names)?),
        })
    }
}

/// Adds the names of the pieces that a condition finds.
fn add_names(predicate: &Predicate, names: &mut Vec<String>) -> Result<(), RuleProblem> {
    let found: Vec<String> = match predicate {
        Predicate::Regex(groups) => groups.names().map(str::to_owned).collect(),
        Predicate::Shape(shape) => shape.names().map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    for name in found {
        if FieldKind::ALL.iter().any(|kind| kind.name() == name) {
            return Err(RuleProblem::PieceIsField(name));
        }
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        match names.contains(&name) {
            // Of groups without a name in several expressions, those of the first one count.
            true if is_number => {}
            true => return Err(RuleProblem::PieceTwice(name)),
            false => names.push(name),
        }
    }
    Ok(())
}

/// Reads text, `text:…`, or `hex:…` with `??` for any byte.
fn byte_pattern(
    typed: &str,
    encoding: Encoding,
    ignores_case: bool,
) -> Result<BytePattern, RuleProblem> {
    let bytes = match typed.split_once(':') {
        Some(("regex", _)) => return Err(RuleProblem::RegexHere),
        Some(("hex", digits)) => {
            let wrong =
                |error: hex::HexError| RuleProblem::Message(shifted(error.into(), typed, 4));
            hex::parse_pattern(digits).map_err(wrong)?
        }
        Some(("text", text)) => {
            let wrong = |error| RuleProblem::Message(shifted(error, typed, 5));
            some(text_bytes(text, encoding).map_err(wrong)?)
        }
        _ => some(text_bytes(typed, encoding)?),
    };
    Ok(BytePattern::new(bytes, ignores_case))
}

fn some(bytes: Vec<u8>) -> Vec<Option<u8>> {
    bytes.into_iter().map(Some).collect()
}

/// Returns the bytes of text with escapes.
pub(super) fn text_bytes(text: &str, encoding: Encoding) -> Result<Vec<u8>, DraftError> {
    let draft = Draft {
        text: text.to_owned(),
        ..Draft::default()
    };
    Ok(draft.compile(encoding)?.into_literal().unwrap_or_default())
}

/// Returns an error in a part of `whole`, which begins `by` bytes into it, as one in all of it.
pub(super) fn shifted(mut error: DraftError, whole: &str, by: usize) -> DraftError {
    let position = match &mut error {
        DraftError::Escape(WrongAt { position, .. })
        | DraftError::Hex(WrongAt { position, .. })
        | DraftError::Field(WrongAt { position, .. })
        | DraftError::Encoding { position, .. } => position,
        DraftError::TooLong { .. } => return error,
    };
    let range = position.range.start + by..position.range.end + by;
    *position = Position::of(whole, range);
    error
}

/// Reads a length in bytes, or lengths from one to another, each of which may be left out.
fn length(text: &str) -> Option<RangeInclusive<usize>> {
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let Some((from, to)) = text.split_once("..") else {
        let len = number(text)?;
        return Some(len..=len);
    };
    let bound = |text: &str, none: usize| match text.trim() {
        "" => Some(none),
        text => number(text),
    };
    let (from, to) = (bound(from, 0)?, bound(to, usize::MAX)?);
    (from <= to && (from, to) != (0, usize::MAX)).then_some(from..=to)
}
