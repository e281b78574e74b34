//! Rendering a template to bytes: first the independent fields, then lengths, then checksums.

use core::net::SocketAddr;
use std::borrow::Cow;
use std::ops::Range;

use super::field::{AddressPart, Field, HexDigits, LenField, NumberForm, Over, SumField};
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

/// Why a field cannot be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
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
            let known = self.known(part, scene).map_err(|it| problem(part, it))?;
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
        let mut computed = Vec::new();
        for (part, bytes) in self.parts.iter().zip(layout) {
            if let Some(place) = part.place().filter(|_| !bytes.is_empty()) {
                let text = place.range.clone();
                computed.push(Computed { bytes, text });
            }
        }
        Ok(Rendered { bytes, computed })
    }

    /// Returns the bytes of a part that are known without the others.
    fn known<'a>(
        &self,
        part: &'a Part,
        scene: &mut Scene<'_>,
    ) -> Result<Cow<'a, [u8]>, RenderProblem> {
        match part {
            Part::Literal(bytes) => Ok(bytes.as_slice().into()),
            Part::Read { bytes, .. } => Ok(bytes.as_ref().into()),
            Part::Field { field, .. } => Ok(known(field, scene, self.encoding)?.into()),
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

fn encode(text: &str, encoding: Encoding) -> Result<Vec<u8>, RenderProblem> {
    match encoding.encode(text) {
        Ok(bytes) => Ok(bytes.into_owned()),
        Err((character, _)) => Err(RenderProblem::Encoding {
            encoding,
            character,
        }),
    }
}

/// Returns the bytes of a field that are known without the other parts: for a checksum or a length, those of zero.
fn known(
    field: &Field,
    scene: &mut Scene<'_>,
    encoding: Encoding,
) -> Result<Vec<u8>, RenderProblem> {
    let text = match field {
        Field::Begin(_) | Field::End(_) => String::new(),
        Field::File(_) => return Err(RenderProblem::NoFile),
        Field::Len(field) => return number(0, field.form, encoding),
        Field::Sum(field) => return sum(0, field, encoding),
        Field::RandomBytes(count) => {
            let mut bytes = vec![0; *count];
            (scene.random)(&mut bytes);
            return Ok(bytes);
        }
        Field::Counter { start, step, form } => {
            let value = i128::from(*start) + i128::from(*step) * i128::from(scene.count);
            return number(value, *form, encoding);
        }
        Field::Unix { unit_nanos, form } => {
            let nanos = scene.now.timestamp().as_nanosecond();
            return number(nanos.div_euclid(*unit_nanos), *form, encoding);
        }
        Field::RandomNumber {
            least,
            greatest,
            form,
        } => {
            let value = random_between(*least, *greatest, scene.random);
            return number(value, *form, encoding);
        }
        Field::Time { format, is_utc } => time(format.as_deref(), *is_utc, scene.now)?,
        Field::Uuid => {
            let mut bytes = [0; 16];
            (scene.random)(&mut bytes);
            let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
            uuid.to_string()
        }
        Field::Address { is_peer, part } => {
            let address = if *is_peer { scene.peer } else { scene.local };
            // Before there is a connection, use a placeholder address.
            let address = address.unwrap_or(SocketAddr::from(([0, 0, 0, 0], 0)));
            match part {
                AddressPart::All => address.to_string(),
                AddressPart::Ip => address.ip().to_string(),
                AddressPart::Port => address.port().to_string(),
            }
        }
        Field::Connection => scene.connection.to_string(),
        Field::Braces => "{{".to_owned(),
    };
    encode(&text, encoding)
}

fn time(format: Option<&str>, is_utc: bool, now: &jiff::Zoned) -> Result<String, RenderProblem> {
    let (zone, usual) = if is_utc {
        (jiff::tz::TimeZone::UTC, "%Y-%m-%dT%H:%M:%S%.3fZ")
    } else {
        (now.time_zone().clone(), "%Y-%m-%dT%H:%M:%S%.3f%:z")
    };
    let now = now.with_time_zone(zone);
    jiff::fmt::strtime::format(format.unwrap_or(usual), &now)
        .map_err(|error| RenderProblem::Time(error.to_string()))
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
fn number(value: i128, form: NumberForm, encoding: Encoding) -> Result<Vec<u8>, RenderProblem> {
    match form {
        NumberForm::Decimal { width } => {
            let sign = if value < 0 { "-" } else { "" };
            let digits = value.unsigned_abs();
            encode(&format!("{sign}{digits:0width$}"), encoding)
        }
        NumberForm::Bytes {
            width,
            is_little_endian,
        } => {
            let bits = 8 * width as u32;
            let fits = value >= -(1_i128 << (bits - 1)) && value < 1_i128 << bits;
            let bytes = fits.then(|| ordered(value.cast_unsigned(), width, is_little_endian));
            bytes.ok_or(RenderProblem::TooWide(value))
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
pub(super) fn sum(
    value: u128,
    field: &SumField,
    encoding: Encoding,
) -> Result<Vec<u8>, RenderProblem> {
    let len_bytes = field.checksum.len_bytes();
    let bytes = ordered(value, len_bytes, field.is_little_endian);
    match field.digits {
        None => Ok(bytes),
        Some(HexDigits::Lower) => encode(&hex::render_compact(&bytes), encoding),
        Some(HexDigits::Upper) => encode(&hex::render_compact(&bytes).to_uppercase(), encoding),
    }
}

/// Formats a length of this many bytes.
pub(super) fn length(
    len: usize,
    field: &LenField,
    encoding: Encoding,
) -> Result<Vec<u8>, RenderProblem> {
    let value = len as i128 + i128::from(field.adjust);
    if value < 0 {
        return Err(RenderProblem::Negative(value));
    }
    number(value, field.form, encoding)
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
    let ends = offset(from, len).zip(to.map_or(Some(len), |to| offset(to, len)));
    match ends {
        Some((from, to)) if from <= to && to <= len => Ok(from..to),
        _ => Err(RenderProblem::Range {
            from,
            to: to.unwrap_or(i64::try_from(len).unwrap_or(i64::MAX)),
            len,
        }),
    }
}

/// Returns an offset in `len` bytes; a negative one counts from the end.
pub(super) fn offset(place: i64, len: usize) -> Option<usize> {
    let start = if place < 0 { len } else { 0 };
    start.checked_add_signed(isize::try_from(place).ok()?)
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

    fn resolve(
        &self,
        over: &Over,
        own: &Range<usize>,
        layout: &[Range<usize>],
    ) -> Result<Range<usize>, RenderProblem> {
        let len = layout.last().map_or(0, |range| range.end);
        resolve(over, own, len, |name| self.named(layout, name))
    }

    /// Fills in the lengths. The digits of one may change another, so this repeats until none changes.
    fn fill_lengths(&mut self) -> Result<(), RenderError> {
        /// More rounds than any length needs to settle: each has at most 8 digits.
        const MOST_ROUNDS: usize = 16;
        let mut unstable = None;
        for _ in 0..MOST_ROUNDS {
            let layout = self.layout();
            let mut changed = Vec::new();
            for (index, ((part, bytes), own)) in self.parts.iter().zip(&layout).enumerate() {
                let Some(Field::Len(field)) = part.field() else {
                    continue;
                };
                let range = self.resolve(&field.over, own, &layout);
                let value = range.and_then(|range| length(range.len(), field, self.encoding));
                let value = value.map_err(|it| problem(part, it))?;
                if value != bytes.as_ref() {
                    changed.push((index, value));
                }
            }
            unstable = changed.first().map(|(index, _)| *index);
            if unstable.is_none() {
                break;
            }
            for (index, value) in changed {
                if let Some((_, bytes)) = self.parts.get_mut(index) {
                    *bytes = value.into();
                }
            }
        }
        match unstable.and_then(|index| self.parts.get(index)) {
            Some((part, _)) => Err(problem(part, RenderProblem::Unstable)),
            None => Ok(()),
        }
    }

    /// Fills in the checksums, each one after those that its range includes.
    fn fill_sums(&self, bytes: &mut [u8], layout: &[Range<usize>]) -> Result<(), RenderError> {
        let mut waiting = Vec::new();
        for ((part, _), own) in self.parts.iter().zip(layout) {
            if let Some(Field::Sum(field)) = part.field() {
                let range = self.resolve(&field.over, own, layout);
                let range = range.map_err(|it| problem(part, it))?;
                waiting.push((*part, field, own.clone(), range));
            }
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
            let over = summed(bytes.get(range).unwrap_or_default(), field);
            let value = over.and_then(|it| sum(field.checksum.of(&it), field, self.encoding));
            let value = value.map_err(|it| problem(part, it))?;
            if let Some(place) = bytes.get_mut(own).filter(|it| it.len() == value.len()) {
                place.copy_from_slice(&value);
            }
        }
        Ok(())
    }
}
