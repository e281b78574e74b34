//! Rendering a template to bytes: first the independent fields, then lengths, then checksums.

use core::net::SocketAddr;
use std::borrow::Cow;
use std::ops::Range;

use super::field::{
    AddressPart, Field, HexDigits, LenField, NumberForm, Over, SumField, SumForm, UnixUnit,
};
use super::{Part, Template};
use crate::payload::encoding::Encoding;
use crate::payload::position::{Position, WrongAt};
use crate::payload::{HexProblem, MESSAGE_LIMIT_BYTES, hex};

/// What is known only at the time of sending.
pub struct Scene<'a> {
    /// The time.
    pub now: &'a jiff::Zoned,
    /// The peer's address, if there is a connection.
    pub peer: Option<SocketAddr>,
    /// The connection's own address, if there is one.
    pub local: Option<SocketAddr>,
    /// The connection's number.
    pub connection: u64,
    /// How many templates have been sent on the connection before.
    pub count: u64,
    /// Fills bytes with random ones.
    pub random: &'a mut dyn FnMut(&mut [u8]),
}

/// The bytes of a template, and which of them were computed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The fields that have bytes, in order.
    pub computed: Vec<Computed>,
}

/// Bytes computed for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// Which bytes.
    pub bytes: Range<usize>,
    /// The range of the field in the text.
    pub text: Range<usize>,
}

/// A field that cannot be rendered, and its position.
pub type RenderError = WrongAt<RenderProblem>;

/// Why a field cannot be rendered. The order of the variants is part of the capture format: add new ones at the end.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum RenderProblem {
    /// A number that does not fit into its bytes or digits.
    TooWide(i128),
    /// A negative length.
    Negative(i128),
    /// A range outside the message, or one that ends before it begins.
    Range {
        /// The first byte.
        from: i64,
        /// The byte after the last.
        to: i64,
        /// The message's length.
        len: usize,
    },
    /// A length whose digits keep changing the length.
    Unstable,
    /// Two checksums, each over the other.
    Cycle,
    /// The range to decode does not hold hex digits.
    Digits(HexProblem),
    /// An invalid time format, with the library's message.
    Time(String),
    /// A character that the encoding cannot represent.
    Encoding {
        /// The encoding.
        encoding: Encoding,
        /// The character.
        character: char,
    },
    /// The file was not read.
    NoFile,
    /// The message is longer than [`MESSAGE_LIMIT_BYTES`].
    TooLong,
}

impl Template {
    /// Computes the bytes.
    pub fn render(&self, scene: &mut Scene<'_>) -> Result<Rendered, RenderError> {
        let mut message = Message {
            parts: Vec::with_capacity(self.parts.len()),
            encoding: self.encoding,
        };
        let mut len: usize = 0;
        for part in &self.parts {
            let known = self.known(part, scene)?;
            len += known.len();
            if len > MESSAGE_LIMIT_BYTES {
                return Err(problem(part, RenderProblem::TooLong));
            }
            message.parts.push((part, known));
        }
        message.fill_lengths()?;
        let layout = message.layout();
        let mut bytes = message.bytes();
        message.fill_sums(&mut bytes, &layout)?;
        let computed = message
            .parts
            .iter()
            .zip(&layout)
            .filter_map(|((part, _), range)| {
                let place = part.place().filter(|_| !range.is_empty())?;
                Some(Computed {
                    bytes: range.clone(),
                    text: place.range.clone(),
                })
            })
            .collect();
        Ok(Rendered { bytes, computed })
    }

    /// Returns the bytes of a part that are known without the others: for a checksum or a length, zeros of its width.
    fn known<'a>(
        &self,
        part: &'a Part,
        scene: &mut Scene<'_>,
    ) -> Result<Cow<'a, [u8]>, RenderError> {
        let field = match part {
            Part::Literal(bytes) => return Ok(bytes.as_slice().into()),
            Part::Read { bytes, .. } => return Ok(bytes.as_ref().into()),
            Part::Field { field, .. } => field,
        };
        let bytes = match field {
            Field::RandomBytes(count) => {
                let mut bytes = vec![0; *count];
                (scene.random)(&mut bytes);
                Ok(bytes)
            }
            Field::File(_) => Err(RenderProblem::NoFile),
            Field::Begin(_) | Field::End(_) => Ok(Vec::new()),
            Field::Len(field) => number(0, field.form).and_then(|it| it.into_bytes(self.encoding)),
            Field::Sum(field) => sum_bytes(0, field).into_bytes(self.encoding),
            other => alone(other, scene).and_then(|it| it.into_bytes(self.encoding)),
        };
        bytes.map(Cow::Owned).map_err(|it| problem(part, it))
    }
}

impl Part {
    /// Its position in the text; `None` for a literal.
    fn place(&self) -> Option<&Position> {
        match self {
            Self::Literal(_) => None,
            Self::Field { place, .. } | Self::Read { place, .. } => Some(place),
        }
    }
}

fn problem(part: &Part, problem: RenderProblem) -> RenderError {
    let nowhere = || Position::of("", 0..0);
    RenderError {
        position: part.place().cloned().unwrap_or_else(nowhere),
        problem,
    }
}

/// The value of a field: bytes, or text that has yet to be encoded.
enum Value {
    Bytes(Vec<u8>),
    Text(String),
}

impl Value {
    fn into_bytes(self, encoding: Encoding) -> Result<Vec<u8>, RenderProblem> {
        let text = match self {
            Self::Bytes(bytes) => return Ok(bytes),
            Self::Text(text) => text,
        };
        let bytes = encoding.encode(&text).map_err(|wrong| {
            let character = text.get(wrong).and_then(|wrong| wrong.chars().next());
            RenderProblem::Encoding {
                encoding,
                character: character.unwrap_or_default(),
            }
        })?;
        Ok(bytes.into_owned())
    }
}

/// Returns the value of a field that depends on no other part.
fn alone(field: &Field, scene: &mut Scene<'_>) -> Result<Value, RenderProblem> {
    match field {
        Field::Counter { start, step, form } => {
            let value = i128::from(*start) + i128::from(*step) * i128::from(scene.count);
            number(value, *form)
        }
        Field::Time { format, is_utc } => time(format.as_deref(), *is_utc, scene.now),
        Field::Unix { unit, form } => {
            let nanos = scene.now.timestamp().as_nanosecond();
            number(nanos.div_euclid(unit.nanos()), *form)
        }
        Field::RandomNumber {
            least,
            greatest,
            form,
        } => number(random_between(*least, *greatest, scene.random), *form),
        Field::Uuid => {
            let mut bytes = [0; 16];
            (scene.random)(&mut bytes);
            let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
            Ok(Value::Text(uuid.to_string()))
        }
        Field::Address { is_peer, part } => {
            let address = if *is_peer { scene.peer } else { scene.local };
            // Before there is a connection, use a placeholder address.
            let address = address.unwrap_or(SocketAddr::from(([0, 0, 0, 0], 0)));
            Ok(Value::Text(match part {
                AddressPart::All => address.to_string(),
                AddressPart::Ip => address.ip().to_string(),
                AddressPart::Port => address.port().to_string(),
            }))
        }
        Field::Connection => Ok(Value::Text(scene.connection.to_string())),
        Field::Braces => Ok(Value::Text("{{".to_owned())),
        Field::RandomBytes(_)
        | Field::File(_)
        | Field::Begin(_)
        | Field::End(_)
        | Field::Len(_)
        | Field::Sum(_) => Ok(Value::Bytes(Vec::new())),
    }
}

impl UnixUnit {
    fn nanos(self) -> i128 {
        match self {
            Self::Seconds => 1_000_000_000,
            Self::Millis => 1_000_000,
            Self::Micros => 1_000,
            Self::Nanos => 1,
        }
    }
}

fn time(format: Option<&str>, is_utc: bool, now: &jiff::Zoned) -> Result<Value, RenderProblem> {
    let zone = jiff::tz::TimeZone::UTC;
    let now = if is_utc {
        Cow::Owned(now.timestamp().to_zoned(zone))
    } else {
        Cow::Borrowed(now)
    };
    let text = match format {
        Some(format) => jiff::fmt::strtime::format(format, now.as_ref())
            .map_err(|error| RenderProblem::Time(error.to_string()))?,
        None if is_utc => now.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        None => now.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
    };
    Ok(Value::Text(text))
}

/// Returns a random number from an inclusive range. Taking the remainder of 128 random bits makes the bias negligible.
fn random_between(least: i64, greatest: i64, random: &mut dyn FnMut(&mut [u8])) -> i128 {
    let mut bytes = [0; 16];
    random(&mut bytes);
    let span = i128::from(greatest) - i128::from(least) + 1;
    let drawn = (u128::from_le_bytes(bytes) >> 1).cast_signed();
    i128::from(least) + drawn.checked_rem(span).unwrap_or(0)
}

/// Formats a number. As bytes, negative numbers are in two's complement.
fn number(value: i128, form: NumberForm) -> Result<Value, RenderProblem> {
    match form {
        NumberForm::Decimal { width } => {
            let sign = if value < 0 { "-" } else { "" };
            let digits = value.unsigned_abs();
            Ok(Value::Text(format!("{sign}{digits:0width$}")))
        }
        NumberForm::Bytes {
            width,
            is_little_endian,
        } => {
            let bits = 8 * width as u32;
            let fits = value >= -(1_i128 << (bits - 1)) && value < 1_i128 << bits;
            if !fits {
                return Err(RenderProblem::TooWide(value));
            }
            Ok(Value::Bytes(ordered(
                value.cast_unsigned(),
                width,
                is_little_endian,
            )))
        }
    }
}

/// The lowest bytes of a number in the given order.
fn ordered(value: u128, width: usize, is_little_endian: bool) -> Vec<u8> {
    let mut bytes: Vec<u8> = value.to_le_bytes().into_iter().take(width).collect();
    if !is_little_endian {
        bytes.reverse();
    }
    bytes
}

/// Formats a checksum.
pub(super) fn sum_text_or_bytes(value: u128, len_bytes: usize, form: SumForm) -> Vec<u8> {
    let bytes = ordered(value, len_bytes, form.is_little_endian);
    match form.digits {
        None => bytes,
        Some(HexDigits::Lower) => hex::render_compact(&bytes).into_bytes(),
        Some(HexDigits::Upper) => hex::render_compact(&bytes).to_uppercase().into_bytes(),
    }
}

fn sum_bytes(value: u128, field: &SumField) -> Value {
    let bytes = sum_text_or_bytes(value, field.checksum.len_bytes(), field.form);
    match (field.form.digits, String::from_utf8(bytes)) {
        (Some(_), Ok(digits)) => Value::Text(digits),
        (_, Ok(text)) => Value::Bytes(text.into_bytes()),
        (_, Err(error)) => Value::Bytes(error.into_bytes()),
    }
}

/// Returns the bytes that a checksum covers: those of the range, with hex digits decoded if the field says so.
pub(super) fn summed<'a>(
    bytes: &'a [u8],
    field: &SumField,
) -> Result<Cow<'a, [u8]>, RenderProblem> {
    if !field.decodes_hex {
        return Ok(bytes.into());
    }
    let text = String::from_utf8_lossy(bytes);
    let decoded = hex::parse(&text).map_err(|error| RenderProblem::Digits(error.problem))?;
    Ok(decoded.into())
}

/// Resolves the range in a message of `len` bytes, in which the field's own bytes are `own`.
pub(super) fn resolve(
    over: &Over,
    own: &Range<usize>,
    len: usize,
    named: impl FnOnce(&str) -> Option<Range<usize>>,
) -> Result<Range<usize>, RenderProblem> {
    let (from, to) = match over {
        Over::Before => return Ok(0..own.start),
        Over::After => return Ok(own.end..len),
        Over::Named(name) => return Ok(named(name).unwrap_or(0..0)),
        Over::Bytes { from, to } => (*from, *to),
    };
    let whole = i64::try_from(len).unwrap_or(i64::MAX);
    let from_end = |place: i64| {
        usize::try_from(if place < 0 {
            whole.saturating_add(place)
        } else {
            place
        })
        .ok()
    };
    let ends = from_end(from).zip(to.map_or(Some(len), from_end));
    let outside = RenderProblem::Range {
        from,
        to: to.unwrap_or(whole),
        len,
    };
    match ends {
        Some((from, to)) if from <= to && to <= len => Ok(from..to),
        _ => Err(outside),
    }
}

/// A message being rendered.
struct Message<'a> {
    /// Its parts, with the bytes known so far.
    parts: Vec<(&'a Part, Cow<'a, [u8]>)>,
    encoding: Encoding,
}

impl Message<'_> {
    fn layout(&self) -> Vec<Range<usize>> {
        let mut at = 0;
        self.parts
            .iter()
            .map(|(_, bytes)| {
                let start = at;
                at += bytes.len();
                start..at
            })
            .collect()
    }

    fn bytes(&self) -> Vec<u8> {
        let pieces: Vec<&[u8]> = self.parts.iter().map(|(_, bytes)| bytes.as_ref()).collect();
        pieces.concat()
    }

    /// Returns the position of a named range.
    fn named(&self, layout: &[Range<usize>], name: &str) -> Option<Range<usize>> {
        let place = |wanted: &Field| {
            let mut parts = self.parts.iter().zip(layout);
            parts.find_map(|((part, _), range)| match part {
                Part::Field { field, .. } if field == wanted => Some(range.start),
                _ => None,
            })
        };
        let start = place(&Field::Begin(name.to_owned()))?;
        Some(start..place(&Field::End(name.to_owned()))?)
    }

    /// Fills in the lengths. The digits of one may change another, so this repeats until none changes.
    fn fill_lengths(&mut self) -> Result<(), RenderError> {
        /// More rounds than any length needs to settle: each has at most 8 digits.
        const MOST_ROUNDS: usize = 16;
        let mut changed = None;
        for _ in 0..MOST_ROUNDS {
            changed = None;
            let layout = self.layout();
            let total = layout.last().map_or(0, |range| range.end);
            for index in 0..self.parts.len() {
                let Some((part, bytes)) = self.parts.get(index) else {
                    continue;
                };
                let Part::Field {
                    field: Field::Len(field),
                    ..
                } = part
                else {
                    continue;
                };
                let own = layout.get(index).cloned().unwrap_or_default();
                let value = self.length(field, &own, &layout, total);
                let value = value.map_err(|it| problem(part, it))?;
                if value != bytes.as_ref() {
                    changed = changed.or(Some(*part));
                    if let Some((_, bytes)) = self.parts.get_mut(index) {
                        *bytes = value.into();
                    }
                }
            }
            if changed.is_none() {
                return Ok(());
            }
        }
        changed.map_or(Ok(()), |part| Err(problem(part, RenderProblem::Unstable)))
    }

    fn length(
        &self,
        field: &LenField,
        own: &Range<usize>,
        layout: &[Range<usize>],
        total: usize,
    ) -> Result<Vec<u8>, RenderProblem> {
        let range = resolve(&field.over, own, total, |name| self.named(layout, name))?;
        length_bytes(range.len(), field)?.into_bytes(self.encoding)
    }

    /// Fills in the checksums, each one after those that its range includes.
    fn fill_sums(&self, bytes: &mut [u8], layout: &[Range<usize>]) -> Result<(), RenderError> {
        let mut waiting = Vec::new();
        for ((part, _), own) in self.parts.iter().zip(layout) {
            let Part::Field {
                field: Field::Sum(field),
                ..
            } = part
            else {
                continue;
            };
            let range = resolve(&field.over, own, bytes.len(), |name| {
                self.named(layout, name)
            });
            let range = range.map_err(|it| problem(part, it))?;
            waiting.push((*part, field, own.clone(), range));
        }
        while let Some((first, ..)) = waiting.first() {
            let is_ready = |(_, _, own, range): &(_, _, Range<usize>, Range<usize>)| {
                let mut others = waiting.iter().filter(|other| other.2 != *own);
                !others.any(|other| other.2.start < range.end && range.start < other.2.end)
            };
            let Some(ready) = waiting.iter().position(is_ready) else {
                return Err(problem(first, RenderProblem::Cycle));
            };
            let (part, field, own, range) = waiting.swap_remove(ready);
            let over = bytes.get(range).unwrap_or_default();
            let over = summed(over, field).map_err(|it| problem(part, it))?;
            let value = sum_bytes(field.checksum.of(&over), field).into_bytes(self.encoding);
            let value = value.map_err(|it| problem(part, it))?;
            if let Some(place) = bytes.get_mut(own).filter(|it| it.len() == value.len()) {
                place.copy_from_slice(&value);
            }
        }
        Ok(())
    }
}

/// Formats a length of this many bytes.
fn length_bytes(len: usize, field: &LenField) -> Result<Value, RenderProblem> {
    let value = len as i128 + i128::from(field.adjust);
    if value < 0 {
        return Err(RenderProblem::Negative(value));
    }
    number(value, field.form)
}

/// Returns a length as bytes.
pub(super) fn length_in_bytes(len: usize, field: &LenField) -> Result<Vec<u8>, RenderProblem> {
    length_bytes(len, field)?.into_bytes(Encoding::UTF_8)
}
