//! Checks of received frames, written as the fields of the template that would have sent them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::field::{FieldKind, LenField, NumberForm, SumField, TemplateField, TemplateProblem};
use super::render::{self, RenderProblem};
use super::{parse, place, words};
use crate::payload::encoding::Encoding;
use crate::payload::piece::Names;
use crate::payload::position::Position;

/// What each frame is checked for: checksums and lengths.
///
/// It is written as fields of a template with `;` between them: `crc CRC-16/MODBUS le`, `xor HEX over=1..-3 at=-2`,
/// `len u16be at=4; sum`. A checksum is at the end of the frame and a length at its beginning, unless `at=N` gives
/// another offset; negative offsets count from the end. It displays as it was written.
///
/// ```
/// # use bothends::payload::template::{Check, Verdict};
/// let check: Check = "crc CRC-16/MODBUS le".parse().unwrap();
/// assert_eq!(check.verify(b"\x01\x03\x00\x00\x00\x0A\xC5\xCD"), Verdict::Good);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Check {
    written: String,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Rule {
    value: Value,
    /// Where the value begins; negative offsets count from the end.
    at: i64,
    len_bytes: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Value {
    Sum(SumField),
    Len(LenField),
}

/// The result of checking a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All values are correct.
    Good,
    /// A value is wrong.
    Bad(Mismatch),
    /// The frame cannot be checked.
    Impossible(Unchecked),
}

/// Why a frame cannot be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unchecked {
    /// It has only this many bytes, too few for the check.
    TooShort(usize),
    /// The checked range does not exist, or does not hold the digits that it should.
    Field(RenderProblem),
}

/// A wrong value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The name of the checksum, or `len`.
    pub name: &'static str,
    /// Its range in the frame.
    pub range: Range<usize>,
    /// The expected bytes.
    pub expected: Vec<u8>,
    /// The bytes found.
    pub found: Vec<u8>,
}

/// Why a check cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum CheckError {
    /// A wrong word and its position.
    Field {
        /// Its position.
        position: Position,
        /// What is wrong with it.
        problem: TemplateProblem,
    },
    /// A field other than a checksum or a length.
    Kind,
    /// A length in digits without a width, or as a varint.
    Width,
}

impl Check {
    /// Checks a frame.
    ///
    /// `frame` must come from [`Framing::checked`](crate::payload::framing::Framing::checked).
    pub fn verify(&self, frame: &[u8]) -> Verdict {
        let mut verdicts = self.rules.iter().map(|rule| rule.verify(frame));
        verdicts
            .find(|verdict| !verdict.is_good())
            .unwrap_or(Verdict::Good)
    }
}

impl Verdict {
    /// Returns whether all values are correct.
    pub fn is_good(&self) -> bool {
        *self == Self::Good
    }
}

impl Rule {
    fn verify(&self, frame: &[u8]) -> Verdict {
        let Some(own) = self.place(frame.len()) else {
            return Verdict::Impossible(Unchecked::TooShort(frame.len()));
        };
        let expected = match self.expected(frame, &own) {
            Ok(expected) => expected,
            Err(problem) => return Verdict::Impossible(Unchecked::Field(problem)),
        };
        let found = frame.get(own.clone()).unwrap_or_default();
        let (name, has_digits) = match &self.value {
            Value::Sum(field) => (field.checksum.name(), field.digits.is_some()),
            Value::Len(_) => ("len", false),
        };
        // Hex digits may be in either case.
        if found == expected || has_digits && found.eq_ignore_ascii_case(&expected) {
            return Verdict::Good;
        }
        Verdict::Bad(Mismatch {
            name,
            range: own,
            expected,
            found: found.to_vec(),
        })
    }

    fn place(&self, len: usize) -> Option<Range<usize>> {
        let start = place::offset(self.at, len)?;
        let end = start.checked_add(self.len_bytes)?;
        (end <= len).then_some(start..end)
    }

    fn expected(&self, frame: &[u8], own: &Range<usize>) -> Result<Vec<u8>, RenderProblem> {
        let all = 0..frame.len();
        let resolve = |over| render::resolve(over, own, &all, frame.len(), |_| None);
        match &self.value {
            Value::Len(field) => {
                render::length(resolve(&field.over)?.len(), field, Encoding::UTF_8)
            }
            Value::Sum(field) => {
                let range = resolve(&field.over)?;
                let over = frame.get(range.clone()).unwrap_or_default();
                let mut over = Cow::Borrowed(over);
                // The checksum's own bytes count as zero.
                let start = own.start.clamp(range.start, range.end) - range.start;
                let end = own.end.clamp(range.start, range.end) - range.start;
                if start < end {
                    over.to_mut()
                        .get_mut(start..end)
                        .unwrap_or_default()
                        .fill(0);
                }
                let value = field.checksum.of(&render::summed(&over, field)?);
                render::sum(value, field, Encoding::UTF_8)
            }
        }
    }
}

impl FromStr for Check {
    type Err = CheckError;

    fn from_str(text: &str) -> Result<Self, CheckError> {
        let mut rules = Vec::new();
        let mut start = 0;
        for part in text.split(';') {
            rules.push(rule(text, part, start)?);
            start += part.len() + 1;
        }
        Ok(Self {
            written: text.trim().to_owned(),
            rules,
        })
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Parses one rule: `part` of the whole `text`, beginning at `start`.
fn rule(text: &str, part: &str, start: usize) -> Result<Rule, CheckError> {
    // The braces of a template's field are allowed around it.
    let inner = part.trim();
    let bare = inner
        .strip_prefix("{{")
        .and_then(|it| it.strip_suffix("}}"));
    let lead = part.len() - part.trim_start().len() + bare.map_or(0, |_| 2);
    let inner = bare.unwrap_or(inner);
    let mut words = words::split(inner, start + lead);
    let mut at = None;
    words.retain(|word| {
        let place = word.text.strip_prefix("at=").and_then(|it| it.parse().ok());
        at = place.or(at);
        place.is_none()
    });
    let kind = words.first().and_then(|name| FieldKind::named(name.text));
    if !kind.is_some_and(FieldKind::is_checkable) {
        return Err(CheckError::Kind);
    }
    let (value, len_bytes) = match parse::parse_words(&words, inner, start + lead, &Names::none()) {
        Ok(TemplateField::Sum(field)) => {
            let digits = if field.digits.is_some() { 2 } else { 1 };
            let len_bytes = digits * field.checksum.len_bytes();
            (Value::Sum(field), len_bytes)
        }
        Ok(TemplateField::Len(field)) => match field.form {
            NumberForm::Decimal { width: 0 } | NumberForm::Varint => {
                return Err(CheckError::Width);
            }
            NumberForm::Decimal { width } | NumberForm::Bytes { width, .. } => {
                (Value::Len(field), width)
            }
        },
        Ok(_) => return Err(CheckError::Kind),
        Err((problem, range)) => {
            let position = Position::of(text, range);
            return Err(CheckError::Field { position, problem });
        }
    };
    let usual = match value {
        Value::Sum(_) => -i64::try_from(len_bytes).unwrap_or(i64::MAX),
        Value::Len(_) => 0,
    };
    Ok(Rule {
        value,
        at: at.unwrap_or(usual),
        len_bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::HexProblem;
    use crate::payload::checksum::Checksum;

    #[test]
    fn a_frame_is_good_if_its_values_are() {
        let good = |written: &str, frame: &[u8]| {
            let check: Check = written.parse().unwrap();
            assert_eq!(check.verify(frame), Verdict::Good, "{written}");
        };
        let bad = |written: &str, frame: &[u8], name: &str, found: &[u8], expected: &[u8]| {
            let check: Check = written.parse().unwrap();
            let Verdict::Bad(wrong) = check.verify(frame) else {
                panic!("{written}");
            };
            assert_eq!(
                (wrong.name, &*wrong.found, &*wrong.expected),
                (name, found, expected)
            );
            assert_eq!(frame.get(wrong.range), Some(found));
        };
        let impossible = |written: &str, frame: &[u8], expected: Unchecked| {
            let check: Check = written.parse().unwrap();
            assert_eq!(
                check.verify(frame),
                Verdict::Impossible(expected),
                "{written}"
            );
        };
        let modbus = b"\x01\x03\x00\x00\x00\x0A\xC5\xCD";
        good("crc CRC-16/MODBUS le", modbus);
        bad(
            "{{crc CRC-16/MODBUS}}",
            modbus,
            "CRC-16/MODBUS",
            b"\xC5\xCD",
            b"\xCD\xC5",
        );
        good("sum", b"\x01\x02\x03");
        impossible("sum", b"", Unchecked::TooShort(0));
        good(
            "xor HEX over=1..-3",
            b"$GPGLL,5057.970,N,00146.110,E,142451,A*27",
        );
        bad("xor HEX over=1..-3", b"$A*4g", "xor", b"4g", b"41");
        good("lrc HEX over=1..-2 decode", b":01030000000AF2");
        good("lrc hex over=1..-2 decode", b":01030000000AF2");
        let no_digit = HexProblem::WrongCharacter(char::REPLACEMENT_CHARACTER);
        impossible(
            "lrc HEX over=1..-2 decode",
            b":0x\xFFF2",
            Unchecked::Field(RenderProblem::Digits(no_digit)),
        );
        good("len u16be at=4", b"\0\x01\0\0\0\x02\x11\x03");
        bad(
            "len u16be at=4",
            b"\0\x01\0\0\0\x03\x11\x03",
            "len",
            b"\0\x03",
            b"\0\x02",
        );
        good("len u8; sum", b"\x02a\x63");
        bad("len u8; sum", b"\x02a\x64", "sum", b"\x64", b"\x63");
        good("len width=2", b"03abc");
        // An IPv4 header contains its own checksum.
        let header =
            b"\x45\x00\x00\x73\x00\x00\x40\x00\x40\x11\xb8\x61\xc0\xa8\x00\x01\xc0\xa8\x00\xc7";
        good("internet over=0..20 at=10", header);
        let (from, to, len) = (4, 1, 1);
        impossible(
            "sum over=4..",
            b"\x01",
            Unchecked::Field(RenderProblem::Range { from, to, len }),
        );
    }

    #[test]
    fn invalid_checks_say_why() {
        for written in ["", "uuid", "random", "sum;"] {
            assert_eq!(written.parse::<Check>(), Err(CheckError::Kind), "{written}");
        }
        assert_eq!("len".parse::<Check>(), Err(CheckError::Width));
        let check = |written: &str, column: usize, expected: TemplateProblem| {
            let Err(CheckError::Field { position, problem }) = written.parse::<Check>() else {
                panic!("{written}");
            };
            assert_eq!((position.column, problem), (column, expected), "{written}");
        };
        let word = |field, word: &str| TemplateProblem::Word {
            field,
            word: word.to_owned(),
        };
        check("crc", 1, TemplateProblem::Missing(FieldKind::Crc));
        check("sum x", 5, word(FieldKind::Sum, "x"));
        check("sum; xor at=z", 10, word(FieldKind::Xor, "at=z"));
        let unknown = "CRC-99".parse::<Checksum>().unwrap_err();
        check("crc CRC-99", 5, TemplateProblem::Checksum(unknown));
    }
}
