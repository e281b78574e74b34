//! What is wrong with a template, as fields of a body.

use super::super::fields::{FieldWriter, Fields};
use super::tag;
use crate::payload::template::{RenderError, RenderProblem, RequestProblem};
use crate::payload::{Encoding, HexProblem, Position};

/// The numbers of what can be wrong with a template.
mod number {
    pub(super) const TOO_WIDE: u64 = 1;
    pub(super) const NEGATIVE: u64 = 2;
    pub(super) const RANGE: u64 = 3;
    pub(super) const UNSTABLE: u64 = 4;
    pub(super) const CYCLE: u64 = 5;
    pub(super) const ODD_DIGIT: u64 = 6;
    pub(super) const WRONG_CHARACTER: u64 = 7;
    pub(super) const MISSING_DIGITS: u64 = 8;
    pub(super) const TIME: u64 = 9;
    pub(super) const ENCODING: u64 = 10;
    pub(super) const NO_FILE: u64 = 11;
    pub(super) const TOO_LONG: u64 = 12;
    pub(super) const NO_REQUEST: u64 = 13;
    pub(super) const REQUEST_RANGE: u64 = 14;
    pub(super) const NO_HEADER: u64 = 15;
    pub(super) const NO_MATCH: u64 = 16;
    pub(super) const NO_IP: u64 = 17;
    pub(super) const NO_PIECE: u64 = 18;
    pub(super) const NO_MEMORY: u64 = 19;
    pub(super) const PLACE: u64 = 20;
    pub(super) const NOT_REMEMBERED: u64 = 21;
    pub(super) const BEYOND_MEMORY: u64 = 22;
    pub(super) const NO_KEY: u64 = 23;
}

/// Adds why a template cannot be rendered.
pub(super) fn put_render_error(body: &mut FieldWriter, error: &RenderError) {
    let mut numbers = [None::<i128>; 3];
    let mut text = None::<&[u8]>;
    let encoding_name;
    let problem = match &error.problem {
        RenderProblem::TooWide(number) => {
            numbers[0] = Some(*number);
            number::TOO_WIDE
        }
        RenderProblem::Negative(number) => {
            numbers[0] = Some(*number);
            number::NEGATIVE
        }
        RenderProblem::Range { from, to, len } => {
            numbers = [Some((*from).into()), Some((*to).into()), Some(*len as i128)];
            number::RANGE
        }
        RenderProblem::Unstable => number::UNSTABLE,
        RenderProblem::Cycle => number::CYCLE,
        RenderProblem::Digits(HexProblem::OddDigit(digit)) => {
            numbers[0] = Some(u32::from(*digit).into());
            number::ODD_DIGIT
        }
        RenderProblem::Digits(HexProblem::WrongCharacter(character)) => {
            numbers[0] = Some(u32::from(*character).into());
            number::WRONG_CHARACTER
        }
        RenderProblem::Digits(HexProblem::MissingDigits) => number::MISSING_DIGITS,
        RenderProblem::Time(message) => {
            text = Some(message.as_bytes());
            number::TIME
        }
        RenderProblem::Encoding {
            encoding,
            character,
        } => {
            numbers[0] = Some(u32::from(*character).into());
            encoding_name = encoding.to_string();
            text = Some(encoding_name.as_bytes());
            number::ENCODING
        }
        RenderProblem::NoFile => number::NO_FILE,
        RenderProblem::TooLong => number::TOO_LONG,
        RenderProblem::NoRequest => number::NO_REQUEST,
        RenderProblem::Request(RequestProblem::Range { from, to, len }) => {
            numbers = [Some((*from).into()), Some((*to).into()), Some(*len as i128)];
            number::REQUEST_RANGE
        }
        RenderProblem::Request(RequestProblem::NoHeader(name)) => {
            text = Some(name.as_bytes());
            number::NO_HEADER
        }
        RenderProblem::Request(RequestProblem::NoMatch) => number::NO_MATCH,
        RenderProblem::NoIp => number::NO_IP,
        RenderProblem::NoPiece(name) => {
            text = Some(name.as_bytes());
            number::NO_PIECE
        }
        RenderProblem::NoMemory => number::NO_MEMORY,
        RenderProblem::Place => number::PLACE,
        RenderProblem::NotRemembered(key) => {
            text = Some(key);
            number::NOT_REMEMBERED
        }
        RenderProblem::BeyondMemory {
            from,
            len,
            remembered,
        } => {
            let len = len.map(|len| len as i128);
            numbers = [Some(*from as i128), Some(*remembered as i128), len];
            number::BEYOND_MEMORY
        }
        RenderProblem::NoKey => number::NO_KEY,
    };
    let Position {
        line,
        column,
        range,
    } = &error.position;
    body.number(tag::PROBLEM, problem)
        .number(tag::LINE, *line as u64)
        .number(tag::COLUMN, *column as u64)
        .number(tag::FROM, range.start as u64)
        .number(tag::TO, range.end as u64);
    let tags = [tag::FIRST_NUMBER, tag::SECOND_NUMBER, tag::THIRD_NUMBER];
    for (tag, number) in tags.into_iter().zip(numbers) {
        if let Some(number) = number {
            body.put(tag, &number.to_le_bytes());
        }
    }
    if let Some(text) = text {
        body.put(tag::PROBLEM_TEXT, text);
    }
}

/// Returns why a template could not be rendered.
pub(super) fn render_error(fields: &Fields<'_>) -> Option<RenderError> {
    let number = |tag| fields.fixed(tag).map(i128::from_le_bytes);
    let first = || number(tag::FIRST_NUMBER);
    let character = || char::from_u32(first()?.try_into().ok()?);
    let text = || fields.text(tag::PROBLEM_TEXT);
    Some(RenderError {
        position: Position {
            line: fields.small(tag::LINE)?,
            column: fields.small(tag::COLUMN)?,
            range: fields.small(tag::FROM)?..fields.small(tag::TO)?,
        },
        problem: match fields.number(tag::PROBLEM)? {
            number::TOO_WIDE => RenderProblem::TooWide(first()?),
            number::NEGATIVE => RenderProblem::Negative(first()?),
            number::RANGE => RenderProblem::Range {
                from: first()?.try_into().ok()?,
                to: number(tag::SECOND_NUMBER)?.try_into().ok()?,
                len: number(tag::THIRD_NUMBER)?.try_into().ok()?,
            },
            number::UNSTABLE => RenderProblem::Unstable,
            number::CYCLE => RenderProblem::Cycle,
            number::ODD_DIGIT => RenderProblem::Digits(HexProblem::OddDigit(character()?)),
            number::WRONG_CHARACTER => {
                RenderProblem::Digits(HexProblem::WrongCharacter(character()?))
            }
            number::MISSING_DIGITS => RenderProblem::Digits(HexProblem::MissingDigits),
            number::TIME => RenderProblem::Time(text()?),
            number::ENCODING => RenderProblem::Encoding {
                encoding: text()?.parse::<Encoding>().ok()?,
                character: character()?,
            },
            number::NO_FILE => RenderProblem::NoFile,
            number::TOO_LONG => RenderProblem::TooLong,
            number::NO_REQUEST => RenderProblem::NoRequest,
            number::REQUEST_RANGE => RenderProblem::Request(RequestProblem::Range {
                from: first()?.try_into().ok()?,
                to: number(tag::SECOND_NUMBER)?.try_into().ok()?,
                len: number(tag::THIRD_NUMBER)?.try_into().ok()?,
            }),
            number::NO_HEADER => RenderProblem::Request(RequestProblem::NoHeader(text()?)),
            number::NO_MATCH => RenderProblem::Request(RequestProblem::NoMatch),
            number::NO_IP => RenderProblem::NoIp,
            number::NO_PIECE => RenderProblem::NoPiece(text()?),
            number::NO_MEMORY => RenderProblem::NoMemory,
            number::PLACE => RenderProblem::Place,
            number::NOT_REMEMBERED => {
                RenderProblem::NotRemembered(fields.get(tag::PROBLEM_TEXT)?.to_vec())
            }
            number::BEYOND_MEMORY => RenderProblem::BeyondMemory {
                from: first()?.try_into().ok()?,
                remembered: number(tag::SECOND_NUMBER)?.try_into().ok()?,
                len: match number(tag::THIRD_NUMBER) {
                    Some(len) => Some(len.try_into().ok()?),
                    None => None,
                },
            },
            number::NO_KEY => RenderProblem::NoKey,
            _ => return None,
        },
    })
}
