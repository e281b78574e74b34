//! What has to be true of a request, and where it is not.

use core::num::NonZeroU64;
use core::ops::{Range, RangeInclusive};

use super::{BytePattern, Memory};
use crate::payload::groups::RegexGroups;
use crate::payload::shape::{Shape, ShapeMismatch};
use crate::payload::template::{Check, MemoryPlace, Piece, Verdict};

/// Something that has to be true of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// This holds.
    Is(Predicate),
    /// Not all of these hold.
    Not(Vec<Predicate>),
}

/// What can be true of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// It is these bytes.
    Equals(BytePattern),
    /// It begins with them.
    Starts(BytePattern),
    /// It ends with them.
    Ends(BytePattern),
    /// It contains them.
    Contains(BytePattern),
    /// A regular expression matches; its groups are pieces.
    Regex(RegexGroups),
    /// It has this shape, with pieces.
    Shape(Shape),
    /// Its length in bytes.
    Length(RangeInclusive<usize>),
    /// Whether the check of the endpoint is good.
    Check(bool),
    /// It is the first request of the connection.
    First,
    /// It is every so-many-th request of the connection.
    Every(NonZeroU64),
    /// All of this place is remembered.
    Within(MemoryPlace),
}

/// What conditions are tried on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tried<'a> {
    pub(super) request: &'a [u8],
    /// How many requests the connection has had, this one included; `None` if nobody knows.
    pub(super) count: Option<u64>,
    pub(super) check: Option<&'a Check>,
    pub(super) memory: &'a Memory,
    /// Whether to report how near something is that is not there, which takes time.
    pub(super) explains: bool,
}

/// Why a condition does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionFailure {
    /// The first byte of the request that is wrong, if it is one.
    pub at: Option<usize>,
    /// Why.
    pub kind: FailureKind,
}

/// The reasons why a condition does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// A byte is another one.
    Byte {
        /// The byte that it should be.
        expected: u8,
        /// The byte that it is.
        found: u8,
    },
    /// It ends too early.
    Short {
        /// How many bytes are missing, at least.
        missing: usize,
    },
    /// It goes on too long.
    Long {
        /// By how many bytes.
        extra: usize,
    },
    /// It is nowhere in the request; at the nearest place, this many of its bytes agree.
    Absent {
        /// How many bytes agree from the byte on.
        agreeing: usize,
    },
    /// The regular expression does not match.
    NoMatch,
    /// It has another shape.
    Shape(ShapeMismatch),
    /// It has another length.
    Length {
        /// Its length in bytes.
        found: usize,
    },
    /// The check says otherwise.
    Checked(Verdict),
    /// The endpoint has no check.
    NoCheck,
    /// It is another request of the connection.
    Count {
        /// Its number on the connection, from 1 on.
        found: u64,
    },
    /// Nobody knows how many requests came before it.
    UnknownCount,
    /// It is not remembered.
    NotRemembered,
    /// The place needs a piece that the request does not have, or a number out of range.
    NoPlace,
    /// All of what must not hold does.
    AllHold,
}

impl ConditionFailure {
    fn of(kind: FailureKind) -> Self {
        Self { at: None, kind }
    }

    /// Returns whether it is only unknown whether the condition holds.
    pub(super) fn is_unknown(&self) -> bool {
        self.kind == FailureKind::UnknownCount
    }

    fn at(at: usize, kind: FailureKind) -> Self {
        let at = Some(at);
        Self { at, kind }
    }
}

impl Condition {
    /// Tries it. Adds the pieces that it finds.
    ///
    /// # Errors
    /// Why it does not hold. Pieces may have been added.
    pub(super) fn hold(
        &self,
        tried: Tried<'_>,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), ConditionFailure> {
        match self {
            Self::Is(predicate) => predicate.hold(tried, pieces),
            Self::Not(predicates) => {
                let known = pieces.len();
                let mut outcome = Err(ConditionFailure::of(FailureKind::AllHold));
                for predicate in predicates {
                    match predicate.hold(tried, pieces) {
                        Ok(()) => {}
                        Err(failure) if failure.is_unknown() => outcome = Err(failure),
                        Err(_) => {
                            outcome = Ok(());
                            break;
                        }
                    }
                }
                pieces.truncate(known);
                outcome
            }
        }
    }
}

impl Predicate {
    fn hold(&self, tried: Tried<'_>, pieces: &mut Vec<Piece>) -> Result<(), ConditionFailure> {
        let request = tried.request;
        let yes_or = |holds: bool, kind: FailureKind| {
            if holds {
                Ok(())
            } else {
                Err(ConditionFailure::of(kind))
            }
        };
        match self {
            Self::Equals(pattern) if request.len() > pattern.len() && pattern.begins(request) => {
                let extra = request.len() - pattern.len();
                Err(ConditionFailure::at(
                    pattern.len(),
                    FailureKind::Long { extra },
                ))
            }
            Self::Equals(pattern) | Self::Starts(pattern) => begins(pattern, request, 0),
            Self::Ends(pattern) if request.len() < pattern.len() => {
                let missing = pattern.len() - request.len();
                Err(ConditionFailure::of(FailureKind::Short { missing }))
            }
            Self::Ends(pattern) => {
                let start = request.len() - pattern.len();
                begins(pattern, request.get(start..).unwrap_or_default(), start)
            }
            Self::Contains(pattern) if pattern.find(request).is_some() => Ok(()),
            Self::Contains(_) if !tried.explains => {
                Err(ConditionFailure::of(FailureKind::Absent { agreeing: 0 }))
            }
            Self::Contains(pattern) => {
                let (at, agreeing) = pattern.nearest(request);
                Err(ConditionFailure::at(at, FailureKind::Absent { agreeing }))
            }
            Self::Regex(groups) => {
                let found = groups.find(request);
                pieces.extend(found.ok_or(ConditionFailure::of(FailureKind::NoMatch))?);
                Ok(())
            }
            Self::Shape(shape) => match shape.find(request) {
                Ok(found) => {
                    pieces.extend(found);
                    Ok(())
                }
                Err(mismatch) => Err(ConditionFailure::at(
                    mismatch.at,
                    FailureKind::Shape(mismatch),
                )),
            },
            Self::Length(lengths) => {
                let found = request.len();
                yes_or(lengths.contains(&found), FailureKind::Length { found })
            }
            Self::Check(is_good) => check(*is_good, tried),
            Self::First => count(tried, |found| found == 1),
            Self::Every(every) => count(tried, |found| found % every.get() == 0),
            Self::Within(place) => {
                let place = place.resolve(request, pieces);
                let place = place.ok_or(ConditionFailure::of(FailureKind::NoPlace))?;
                yes_or(tried.memory.holds(&place), FailureKind::NotRemembered)
            }
        }
    }
}

/// Compares with bytes that begin at `start` of the request.
fn begins(pattern: &BytePattern, bytes: &[u8], start: usize) -> Result<(), ConditionFailure> {
    if pattern.begins(bytes) {
        return Ok(());
    }
    let agreeing = pattern.agreement(bytes);
    let expected = pattern.bytes().get(agreeing).copied().flatten();
    let kind = match (expected, bytes.get(agreeing)) {
        (Some(expected), Some(&found)) => FailureKind::Byte { expected, found },
        _ => FailureKind::Short {
            missing: pattern.len() - agreeing,
        },
    };
    Err(ConditionFailure::at(start + agreeing, kind))
}

fn check(is_good: bool, tried: Tried<'_>) -> Result<(), ConditionFailure> {
    let Some(check) = tried.check else {
        return Err(ConditionFailure::of(FailureKind::NoCheck));
    };
    let verdict = check.verify(tried.request);
    if verdict.is_good() == is_good {
        return Ok(());
    }
    let wrong: Option<Range<usize>> = match &verdict {
        Verdict::Bad(mismatch) => Some(mismatch.range.clone()),
        Verdict::Good | Verdict::Impossible(_) => None,
    };
    Err(ConditionFailure {
        at: wrong.map(|it| it.start),
        kind: FailureKind::Checked(verdict),
    })
}

fn count(tried: Tried<'_>, is_right: impl FnOnce(u64) -> bool) -> Result<(), ConditionFailure> {
    let found = tried
        .count
        .ok_or(ConditionFailure::of(FailureKind::UnknownCount))?;
    if is_right(found) {
        return Ok(());
    }
    Err(ConditionFailure::of(FailureKind::Count { found }))
}
