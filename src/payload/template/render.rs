//! Rendering a template to bytes: first the independent fields, then lengths, then checksums, hashes and Base64.

use core::cell::OnceCell;
use core::fmt;
use core::net::SocketAddr;
use std::borrow::Cow;
use std::ops::Range;

use super::field::{AddressPart, HexDigits, LenField, NumberForm, Over, SumField, TemplateField};
use super::memory::MemoryPlace;
use super::request::RequestProblem;
use super::{Part, Template, place};
use crate::payload::encoding::Encoding;
use crate::payload::piece::{Piece, piece};
use crate::payload::position::{Position, WrongAt};
use crate::payload::{HexProblem, MESSAGE_LIMIT_BYTES, hex};

/// What is known only at the time of sending.
pub struct Scene<'a> {
    /// The time.
    pub now: &'a RenderTime,
    /// The peer's address, if there is a connection.
    pub peer: Option<SceneAddress<'a>>,
    /// The connection's own address, if there is one.
    pub local: Option<SceneAddress<'a>>,
    /// The connection's number.
    pub connection: u64,
    /// How many templates have been sent on the connection before.
    pub count: u64,
    /// The request that is answered, if the message is a reply: a frame, or without a framing a chunk.
    pub request: Option<&'a [u8]>,
    /// What a rule found in the request.
    pub pieces: &'a [Piece],
    /// What the endpoint remembers, if it answers by rules.
    pub memory: Option<&'a dyn Recall>,
    /// How often the rule has applied, this time included.
    pub times: u64,
    /// Fills bytes with random ones.
    pub random: &'a mut dyn FnMut(&mut [u8]),
}

/// The time, asked for once, and only if something needs it.
#[derive(Debug)]
pub struct RenderTime {
    ask: fn() -> jiff::Zoned,
    known: OnceCell<jiff::Zoned>,
}

impl RenderTime {
    /// Makes the time that `ask` returns.
    pub fn new(ask: fn() -> jiff::Zoned) -> Self {
        Self {
            ask,
            known: OnceCell::new(),
        }
    }

    /// Returns the time.
    pub fn get(&self) -> &jiff::Zoned {
        self.known.get_or_init(self.ask)
    }
}

/// What an endpoint remembers.
pub trait Recall {
    /// Returns what is remembered under a key.
    fn recall(&self, key: &[u8]) -> Option<&[u8]>;
}

/// The address of one end of a connection.
#[derive(Clone, Copy)]
pub enum SceneAddress<'a> {
    /// An IP address and a port.
    Ip(SocketAddr),
    /// One that has neither, as it is displayed.
    Other(&'a dyn fmt::Display),
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

/// The most bytes of a key that a problem with it names.
pub const MAX_SHOWN_KEY_BYTES: usize = 64;

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
    /// Two checksums, hashes or texts in Base64, each over the other.
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
    /// The message, with what is hidden, is longer than [`MESSAGE_LIMIT_BYTES`].
    TooLong,
    /// There is no request: the message is not a reply.
    NoRequest,
    /// The request does not have the part.
    Request(RequestProblem),
    /// The rule has not found the piece in the request.
    NoPiece(String),
    /// There is nothing that remembers: the message is not part of a rule.
    NoMemory,
    /// An amount of the place is below zero or too large, or the request does not have its piece.
    Place,
    /// Nothing is remembered under the key that begins with these bytes, at most [`MAX_SHOWN_KEY_BYTES`].
    NotRemembered(Vec<u8>),
    /// What is remembered ends before the place does.
    BeyondMemory {
        /// The first byte of the place.
        from: usize,
        /// The bytes of the place; `None` for all of the rest.
        len: Option<usize>,
        /// The bytes of what is remembered.
        remembered: usize,
    },
    /// The piece to unmask with has no bytes.
    NoKey,
    /// The address has no IP address and no port.
    NoIp,
}

impl Template {
    /// Computes the bytes.
    pub fn render(&self, scene: &mut Scene<'_>) -> Result<Rendered, RenderError> {
        let mut message = Message {
            parts: Vec::with_capacity(self.parts.len()),
            hidden: self.hidden(),
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
        bytes.truncate(layout.len);
        let mut computed = Vec::new();
        for (part, bytes) in self.parts.iter().zip(layout.places) {
            let is_sent = !bytes.is_empty() && bytes.end <= layout.len;
            if let Some(place) = part.place().filter(|_| is_sent) {
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

pub(super) fn encode(text: &str, encoding: Encoding) -> Result<Vec<u8>, RenderProblem> {
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
    field: &TemplateField,
    scene: &mut Scene<'_>,
    encoding: Encoding,
) -> Result<Vec<u8>, RenderProblem> {
    let text = match field {
        TemplateField::Begin { .. } | TemplateField::End(_) => String::new(),
        TemplateField::File(_) => return Err(RenderProblem::NoFile),
        TemplateField::Len(field) => return number(0, field.form, encoding),
        TemplateField::Sum(field) => return sum(0, field, encoding),
        TemplateField::Digest(field) => return field.placeholder(0, encoding),
        TemplateField::Request(part) => {
            let request = scene.request.ok_or(RenderProblem::NoRequest)?;
            let part = part.of(request).map_err(RenderProblem::Request)?;
            return Ok(part.to_vec());
        }
        TemplateField::Piece(name) => return Ok(found(name, scene)?.to_vec()),
        TemplateField::Memory(place) => return recalled(place, scene),
        TemplateField::Times { form } => return number(scene.times.into(), *form, encoding),
        TemplateField::Cased { piece, is_upper } => {
            let bytes = match piece {
                Some(name) => found(name, scene)?,
                None => scene.request.ok_or(RenderProblem::NoRequest)?,
            };
            return Ok(if *is_upper {
                bytes.to_ascii_uppercase()
            } else {
                bytes.to_ascii_lowercase()
            });
        }
        TemplateField::Number { amount, form } => {
            let request = scene.request.unwrap_or_default();
            let value = amount.value_in(request, scene.pieces);
            return number(value.ok_or(RenderProblem::Place)?.into(), *form, encoding);
        }
        TemplateField::Unmask { data, key } => {
            let (data, key) = (found(data, scene)?, found(key, scene)?);
            if key.is_empty() {
                return Err(RenderProblem::NoKey);
            }
            let masked = data.iter().zip(key.iter().cycle());
            return Ok(masked.map(|(byte, mask)| byte ^ mask).collect());
        }
        TemplateField::RandomBytes(count) => {
            let mut bytes = vec![0; *count];
            (scene.random)(&mut bytes);
            return Ok(bytes);
        }
        TemplateField::Counter { start, step, form } => {
            let value = i128::from(*start) + i128::from(*step) * i128::from(scene.count);
            return number(value, *form, encoding);
        }
        TemplateField::Unix { unit_nanos, form } => {
            let nanos = scene.now.get().timestamp().as_nanosecond();
            return number(nanos.div_euclid(*unit_nanos), *form, encoding);
        }
        TemplateField::RandomNumber {
            least,
            greatest,
            form,
        } => {
            let value = random_between(*least, *greatest, scene.random);
            return number(value, *form, encoding);
        }
        TemplateField::Time { format, is_utc } => {
            time(format.as_deref(), *is_utc, scene.now.get())?
        }
        TemplateField::Uuid => {
            let mut bytes = [0; 16];
            (scene.random)(&mut bytes);
            let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
            uuid.to_string()
        }
        TemplateField::Address { is_peer, part } => {
            let address = if *is_peer { scene.peer } else { scene.local };
            // Before there is a connection, use a placeholder address.
            let placeholder = SceneAddress::Ip(SocketAddr::from(([0, 0, 0, 0], 0)));
            part_of(address.unwrap_or(placeholder), *part)?
        }
        TemplateField::Connection => scene.connection.to_string(),
        TemplateField::Braces => "{{".to_owned(),
    };
    encode(&text, encoding)
}

/// Returns the bytes of a piece that the rule has found.
fn found<'a>(name: &str, scene: &Scene<'a>) -> Result<&'a [u8], RenderProblem> {
    let request = scene.request.unwrap_or_default();
    piece(request, scene.pieces, name).ok_or_else(|| RenderProblem::NoPiece(name.to_owned()))
}

fn recalled(place: &MemoryPlace, scene: &Scene<'_>) -> Result<Vec<u8>, RenderProblem> {
    let memory = scene.memory.ok_or(RenderProblem::NoMemory)?;
    let request = scene.request.unwrap_or_default();
    let place = place.resolve(request, scene.pieces);
    let place = place.ok_or(RenderProblem::Place)?;
    let value = memory.recall(&place.key);
    let value = value.ok_or_else(|| {
        let key = place.key.iter().copied().take(MAX_SHOWN_KEY_BYTES);
        RenderProblem::NotRemembered(key.collect())
    })?;
    let bytes = place.of(value).ok_or(RenderProblem::BeyondMemory {
        from: place.from,
        len: place.len,
        remembered: value.len(),
    })?;
    Ok(bytes.to_vec())
}

fn part_of(address: SceneAddress<'_>, part: AddressPart) -> Result<String, RenderProblem> {
    match (address, part) {
        (SceneAddress::Ip(address), AddressPart::All) => Ok(address.to_string()),
        (SceneAddress::Ip(address), AddressPart::Ip) => Ok(address.ip().to_string()),
        (SceneAddress::Ip(address), AddressPart::Port) => Ok(address.port().to_string()),
        (SceneAddress::Other(address), AddressPart::All) => Ok(address.to_string()),
        (SceneAddress::Other(_), AddressPart::Ip | AddressPart::Port) => Err(RenderProblem::NoIp),
    }
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
        NumberForm::Varint => {
            let number = u64::try_from(value).ok();
            number.map(varint).ok_or(RenderProblem::TooWide(value))
        }
    }
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7F {
        bytes.push(0x80 | (number & 0x7F) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
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

/// Resolves the range of a field in a message of `len` bytes. Its own bytes are `own`; what precedes and follows them is
/// within `around`.
pub(super) fn resolve(
    over: &Over,
    own: &Range<usize>,
    around: &Range<usize>,
    len: usize,
    named: impl FnOnce(&str) -> Option<Range<usize>>,
) -> Result<Range<usize>, RenderProblem> {
    let (from, to) = match over {
        Over::Before => return Ok(around.start..own.start),
        Over::After => return Ok(own.end..around.end),
        Over::Named(name) => return Ok(named(name).unwrap_or(0..0)),
        Over::Bytes { from, to } => (*from, *to),
    };
    place::range(from, to, len).ok_or(RenderProblem::Range {
        from,
        to: place::end(to, len),
        len,
    })
}

/// A message being rendered.
struct Message<'a> {
    /// Its parts, with the bytes known so far.
    parts: Vec<(&'a Part, Cow<'a, [u8]>)>,
    /// For each part, the index of the hidden range that it is in.
    hidden: Vec<Option<usize>>,
    encoding: Encoding,
}

/// Where the parts of a message are. The hidden ranges follow the message, one after another.
struct Layout {
    /// The place of each part.
    places: Vec<Range<usize>>,
    /// The length of the message.
    len: usize,
    /// The places of the hidden ranges.
    hidden: Vec<Range<usize>>,
}

impl Layout {
    /// The length of the message and its hidden ranges.
    fn total(&self) -> usize {
        self.hidden.last().map_or(self.len, |last| last.end)
    }

    /// Returns the place of the hidden range with this index, or of the message.
    fn around(&self, hidden: Option<usize>) -> Range<usize> {
        let range = hidden.and_then(|index| self.hidden.get(index));
        range.cloned().unwrap_or(0..self.len)
    }
}

/// A field whose bytes depend on others.
struct Waiting<'a> {
    part: &'a Part,
    field: &'a TemplateField,
    /// The place of its bytes.
    own: Range<usize>,
    /// The place of those that it depends on.
    over: Range<usize>,
}

impl Message<'_> {
    fn layout(&self) -> Layout {
        let mut places = vec![0..0; self.parts.len()];
        let mut at = 0;
        let mut put = |is_here: &dyn Fn(Option<usize>) -> bool| {
            let start = at;
            let parts = self.parts.iter().zip(&self.hidden).zip(&mut places);
            for (((_, bytes), hidden), place) in parts {
                if is_here(*hidden) {
                    *place = at..at + bytes.len();
                    at = place.end;
                }
            }
            start..at
        };
        let len = put(&|hidden| hidden.is_none()).end;
        let count = self
            .hidden
            .iter()
            .flatten()
            .max()
            .map_or(0, |last| last + 1);
        let hidden = (0..count).map(|index| put(&|hidden| hidden == Some(index)));
        let hidden = hidden.collect();
        Layout {
            places,
            len,
            hidden,
        }
    }

    /// Returns the bytes of the message, then those of the hidden ranges.
    fn bytes(&self) -> Vec<u8> {
        let parts = self.parts.iter().zip(&self.hidden);
        let of = |is_hidden: bool| {
            let parts = parts.clone();
            let parts = parts.filter(move |(_, hidden)| hidden.is_some() == is_hidden);
            parts.map(|((_, bytes), _)| bytes.as_ref())
        };
        let pieces: Vec<&[u8]> = of(false).chain(of(true)).collect();
        pieces.concat()
    }

    /// Returns the position of a named range.
    fn named(&self, layout: &Layout, name: &str) -> Option<Range<usize>> {
        let place = |is_wanted: &dyn Fn(&TemplateField) -> bool| {
            let mut parts = self.parts.iter().zip(&layout.places);
            parts.find_map(|((part, _), range)| {
                part.field().filter(|it| is_wanted(it)).map(|_| range.start)
            })
        };
        let start =
            place(&|it| matches!(it, TemplateField::Begin { name: begun, .. } if begun == name))?;
        Some(start..place(&|it| matches!(it, TemplateField::End(ended) if ended == name))?)
    }

    /// Returns the fields that cover a range, with the ranges.
    fn covering<'b>(
        &'b self,
        layout: &'b Layout,
    ) -> impl Iterator<Item = (usize, Result<Waiting<'b>, RenderError>)> {
        let parts = self.parts.iter().zip(&self.hidden).zip(&layout.places);
        let parts = parts.enumerate();
        parts.filter_map(|(index, (((part, _), hidden), own))| {
            let field = part.field()?;
            let named = |name: &str| self.named(layout, name);
            let around = layout.around(*hidden);
            let over = resolve(field.over()?, own, &around, layout.len, named);
            let waiting = over.map(|over| Waiting {
                part,
                field,
                own: own.clone(),
                over,
            });
            Some((index, waiting.map_err(|it| problem(part, it))))
        })
    }

    /// Fills in the lengths, and makes room for what is as long as its range says. The digits of one may change another,
    /// so this repeats until none changes.
    fn fill_lengths(&mut self) -> Result<(), RenderError> {
        /// More rounds than any length needs to settle: each has at most 8 digits.
        const MOST_ROUNDS: usize = 16;
        let mut unstable = None;
        for _ in 0..MOST_ROUNDS {
            let changed = self.changed_lengths()?;
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

    /// Returns the parts whose lengths say something else now, and their new bytes.
    fn changed_lengths(&self) -> Result<Vec<(usize, Vec<u8>)>, RenderError> {
        let layout = self.layout();
        let mut total = layout.total();
        let mut changed = Vec::new();
        let mut failed = None;
        for (index, waiting) in self.covering(&layout) {
            let Waiting {
                part,
                field,
                own,
                over,
            } = match waiting {
                Ok(waiting) => waiting,
                // A range that is not there yet may be once the others have their lengths.
                Err(error) => {
                    failed.get_or_insert(error);
                    continue;
                }
            };
            let value = match field {
                TemplateField::Len(field) => length(over.len(), field, self.encoding),
                TemplateField::Digest(field) => field.placeholder(over.len(), self.encoding),
                _ => continue,
            };
            let value = value.map_err(|it| problem(part, it))?;
            let known = self.parts.get(index).map(|(_, bytes)| bytes.as_ref());
            if known != Some(value.as_slice()) {
                total = total - own.len() + value.len();
                if total > MESSAGE_LIMIT_BYTES {
                    return Err(problem(part, RenderProblem::TooLong));
                }
                changed.push((index, value));
            }
        }
        match failed {
            Some(error) if changed.is_empty() => Err(error),
            _ => Ok(changed),
        }
    }

    /// Fills in the checksums and what else is computed from bytes, each one after those that its range includes.
    fn fill_sums(&self, bytes: &mut [u8], layout: &Layout) -> Result<(), RenderError> {
        let mut waiting = Vec::new();
        for (_, field) in self.covering(layout) {
            let field = field?;
            if !matches!(field.field, TemplateField::Len(_)) {
                waiting.push(field);
            }
        }
        while let Some(first) = waiting.first() {
            let is_ready = |it: &Waiting<'_>| {
                let mut others = waiting.iter().filter(|other| other.own != it.own);
                !others.any(|other| other.own.start < it.over.end && it.over.start < other.own.end)
            };
            let Some(ready) = waiting.iter().position(is_ready) else {
                return Err(problem(first.part, RenderProblem::Cycle));
            };
            let ready = waiting.swap_remove(ready);
            let value = self.computed(ready.field, bytes.get(ready.over).unwrap_or_default());
            let value = value.map_err(|it| problem(ready.part, it))?;
            if let Some(place) = bytes
                .get_mut(ready.own)
                .filter(|it| it.len() == value.len())
            {
                place.copy_from_slice(&value);
            }
        }
        Ok(())
    }

    /// Returns the bytes of a checksum, hash or Base64 over others.
    fn computed(&self, field: &TemplateField, over: &[u8]) -> Result<Vec<u8>, RenderProblem> {
        match field {
            TemplateField::Sum(field) => {
                let value = field.checksum.of(&summed(over, field)?);
                sum(value, field, self.encoding)
            }
            TemplateField::Digest(field) => field.of(over, self.encoding),
            _ => Ok(Vec::new()),
        }
    }
}
