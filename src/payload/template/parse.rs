//! From what is typed between `{{` and `}}` to a field.

use std::ops::Range;

use super::amount::Amount;
use super::field::{
    AddressPart, BytesForm, DigestField, FieldKind, HexDigits, LenField, NumberForm, Over,
    SumField, TemplateField, TemplateProblem,
};
use super::memory::{MemoryPlace, PlaceProblem};
use super::request::RequestPart;
use super::words::{self, TemplateWord};
use crate::payload::MESSAGE_LIMIT_BYTES;
use crate::payload::checksum::Checksum;
use crate::payload::groups::RegexGroups;
use crate::payload::integer;
use crate::payload::pattern::Case;
use crate::payload::piece::Names;

/// A problem and its range in the whole text.
pub(super) type WrongTemplate = (TemplateProblem, Range<usize>);

/// Parses a field, which may use pieces with these names: the text between its braces, which begins at `start` of the
/// whole.
pub(super) fn parse(
    text: &str,
    start: usize,
    names: &Names,
) -> Result<TemplateField, WrongTemplate> {
    parse_words(&words::split(text, start), text, start, names)
}

/// Parses the words of a field; `text` is what they were split from.
pub(super) fn parse_words(
    words: &[TemplateWord<'_>],
    text: &str,
    start: usize,
    names: &Names,
) -> Result<TemplateField, WrongTemplate> {
    let (name, rest) = words
        .split_first()
        .ok_or_else(|| (TemplateProblem::Empty, start..start + text.len()))?;
    let range = name.range.clone();
    let Some(kind) = FieldKind::named(name.text) else {
        return piece(name, rest, names);
    };
    if kind.is_only_in_rules() && !names.is_rule() {
        return Err((TemplateProblem::OnlyInRules(kind), range));
    }
    let mut words = Words {
        kind,
        range,
        rest,
        names,
    };
    let field = words.field(text)?;
    words.end()?;
    Ok(field)
}

/// Parses a field that may be the name of a piece.
fn piece(
    name: &TemplateWord<'_>,
    rest: &[TemplateWord<'_>],
    names: &Names,
) -> Result<TemplateField, WrongTemplate> {
    let problem = match rest.first() {
        _ if !names.is_rule() => TemplateProblem::Unknown(name.text.to_owned()),
        _ if !names.contains(name.text) => TemplateProblem::UnknownInRule {
            name: name.text.to_owned(),
            pieces: names.clone(),
        },
        None => return Ok(TemplateField::Piece(name.text.to_owned())),
        Some(more) => {
            let problem = TemplateProblem::AfterPiece(more.text.to_owned());
            return Err((problem, more.range.clone()));
        }
    };
    Err((problem, name.range.clone()))
}

/// The unread words of a field.
struct Words<'a> {
    kind: FieldKind,
    /// The range of its name.
    range: Range<usize>,
    rest: &'a [TemplateWord<'a>],
    /// The names of the pieces that it can use.
    names: &'a Names,
}

impl<'a> Words<'a> {
    fn field(&mut self, text: &str) -> Result<TemplateField, WrongTemplate> {
        match self.kind {
            FieldKind::Counter => self.counter(),
            FieldKind::Time => self.time(),
            FieldKind::Unix => Ok(self.unix()),
            FieldKind::Random => self.random(),
            FieldKind::Uuid => Ok(TemplateField::Uuid),
            FieldKind::File => self.file(text),
            FieldKind::Len => self.len(),
            FieldKind::Crc => {
                let name = self.need()?;
                self.sum(name.text, name.range.clone())
            }
            FieldKind::Sum
            | FieldKind::Xor
            | FieldKind::Lrc
            | FieldKind::Fletcher16
            | FieldKind::Adler32
            | FieldKind::Internet => self.sum(self.kind.name(), self.range.clone()),
            FieldKind::Sha1 => self.digest(true, BytesForm::Plain),
            FieldKind::Base64 => self.digest(false, BytesForm::Base64),
            FieldKind::Begin => self.begin(),
            FieldKind::End => Ok(TemplateField::End(self.need()?.text.to_owned())),
            FieldKind::Peer => Ok(self.address(true)),
            FieldKind::Local => Ok(self.address(false)),
            FieldKind::Connection => Ok(TemplateField::Connection),
            FieldKind::Request => self.request(text),
            FieldKind::Memory => self.memory(),
            FieldKind::Times => {
                let mut form = NumberForm::PLAIN;
                self.set(&mut form, number_form);
                Ok(TemplateField::Times { form })
            }
            FieldKind::Upper => self.cased(true),
            FieldKind::Lower => self.cased(false),
            FieldKind::Number => self.number(),
            FieldKind::Unmask => Ok(TemplateField::Unmask {
                data: self.known_piece()?,
                key: self.known_piece()?,
            }),
            FieldKind::Braces => Ok(TemplateField::Braces),
        }
    }

    /// Takes the next word for a value if `read` accepts it, and returns whether it did.
    fn set<T>(&mut self, value: &mut T, read: impl FnOnce(&'a str) -> Option<T>) -> bool {
        let Some((word, rest)) = self.rest.split_first() else {
            return false;
        };
        let Some(read) = read(word.text) else {
            return false;
        };
        (*value, self.rest) = (read, rest);
        true
    }

    /// Takes words in any order; `take` returns whether it took one.
    fn options(&mut self, mut take: impl FnMut(&mut Self) -> bool) -> Result<(), WrongTemplate> {
        while take(self) {}
        self.end()
    }

    fn need(&mut self) -> Result<&'a TemplateWord<'a>, WrongTemplate> {
        let Some((word, rest)) = self.rest.split_first() else {
            return Err((TemplateProblem::Missing(self.kind), self.range.clone()));
        };
        self.rest = rest;
        Ok(word)
    }

    fn end(&self) -> Result<(), WrongTemplate> {
        self.rest
            .first()
            .map_or(Ok(()), |word| Err(self.wrong(word)))
    }

    fn wrong(&self, word: &TemplateWord<'_>) -> WrongTemplate {
        let problem = TemplateProblem::Word {
            field: self.kind,
            word: word.text.to_owned(),
        };
        (problem, word.range.clone())
    }

    fn counter(&mut self) -> Result<TemplateField, WrongTemplate> {
        let (mut start, mut step, mut form) = (0, 1, NumberForm::PLAIN);
        self.options(|words| {
            words.set(&mut start, |word| option(word, "start"))
                || words.set(&mut step, |word| option(word, "step"))
                || words.set(&mut form, number_form)
        })?;
        Ok(TemplateField::Counter { start, step, form })
    }

    fn time(&mut self) -> Result<TemplateField, WrongTemplate> {
        let (mut format, mut is_utc) = (None, false);
        while let Some(word) = self.rest.first() {
            if format.is_none() && word.text.contains('%') {
                check_time_format(word)?;
                self.set(&mut format, |word| Some(Some(word.to_owned())));
            } else if !self.set(&mut is_utc, |word| one_of(word, &[("utc", true)])) {
                break;
            }
        }
        self.end()?;
        Ok(TemplateField::Time { format, is_utc })
    }

    fn unix(&mut self) -> TemplateField {
        let (mut unit_nanos, mut form) = (1_000_000_000, NumberForm::PLAIN);
        let units = [
            ("s", 1_000_000_000),
            ("ms", 1_000_000),
            ("us", 1_000),
            ("ns", 1),
        ];
        self.set(&mut unit_nanos, |word| one_of(word, &units));
        self.set(&mut form, number_form);
        TemplateField::Unix { unit_nanos, form }
    }

    fn random(&mut self) -> Result<TemplateField, WrongTemplate> {
        let word = self.need()?;
        if let Some((least, greatest)) = word.text.split_once("..") {
            let ends = least.parse().ok().zip(greatest.parse().ok());
            let ends = ends.filter(|(least, greatest)| least <= greatest);
            let (least, greatest) = ends.ok_or_else(|| self.wrong(word))?;
            let mut form = NumberForm::PLAIN;
            self.set(&mut form, number_form);
            return Ok(TemplateField::RandomNumber {
                least,
                greatest,
                form,
            });
        }
        let count: Option<usize> = word.text.parse().ok();
        let count = count.filter(|count| (1..=MESSAGE_LIMIT_BYTES).contains(count));
        let count = count.ok_or_else(|| self.wrong(word))?;
        Ok(TemplateField::RandomBytes(count))
    }

    /// A path extends to the end of the field, blanks included.
    fn file(&mut self, text: &str) -> Result<TemplateField, WrongTemplate> {
        let first = self.need()?;
        self.rest = &[];
        let path = text.trim_start().strip_prefix("file");
        let path = path.unwrap_or_default().trim();
        let is_quoted = path.starts_with('"');
        let path = if is_quoted { first.text } else { path };
        Ok(TemplateField::File(path.into()))
    }

    fn len(&mut self) -> Result<TemplateField, WrongTemplate> {
        let mut field = LenField {
            over: Over::After,
            adjust: 0,
            form: NumberForm::PLAIN,
        };
        self.options(|words| {
            words.set(&mut field.over, over)
                || words.set(&mut field.adjust, |word| option(word, "adjust"))
                || words.set(&mut field.form, number_form)
        })?;
        Ok(TemplateField::Len(field))
    }

    /// Parses the checksum with this name, which is at `range`.
    fn sum(&mut self, name: &str, range: Range<usize>) -> Result<TemplateField, WrongTemplate> {
        let checksum: Checksum = name
            .parse()
            .map_err(|error| (TemplateProblem::Checksum(error), range))?;
        let mut field = SumField {
            checksum,
            over: Over::Before,
            is_little_endian: false,
            digits: None,
            decodes_hex: false,
        };
        let orders = [("be", false), ("le", true)];
        let cases = [
            ("hex", Some(HexDigits::Lower)),
            ("HEX", Some(HexDigits::Upper)),
        ];
        self.options(|words| {
            words.set(&mut field.over, over)
                || words.set(&mut field.is_little_endian, |word| one_of(word, &orders))
                || words.set(&mut field.digits, |word| one_of(word, &cases))
                || words.set(&mut field.decodes_hex, |word| {
                    one_of(word, &[("decode", true)])
                })
        })?;
        Ok(TemplateField::Sum(field))
    }

    /// Parses a range in `form`; a hash of it may have another form.
    fn digest(&mut self, is_hashed: bool, form: BytesForm) -> Result<TemplateField, WrongTemplate> {
        let mut field = DigestField {
            over: Over::Before,
            is_hashed,
            form,
        };
        let forms = [
            ("hex", BytesForm::Hex(HexDigits::Lower)),
            ("HEX", BytesForm::Hex(HexDigits::Upper)),
            ("base64", BytesForm::Base64),
        ];
        let forms = if is_hashed { &forms[..] } else { &[] };
        self.options(|words| {
            words.set(&mut field.over, over)
                || words.set(&mut field.form, |word| one_of(word, forms))
        })?;
        Ok(TemplateField::Digest(field))
    }

    fn begin(&mut self) -> Result<TemplateField, WrongTemplate> {
        let name = self.need()?.text.to_owned();
        let mut is_hidden = false;
        self.set(&mut is_hidden, |word| one_of(word, &[("hidden", true)]));
        Ok(TemplateField::Begin { name, is_hidden })
    }

    fn request(&mut self, text: &str) -> Result<TemplateField, WrongTemplate> {
        let Some(word) = self.rest.first() else {
            return Ok(TemplateField::Request(RequestPart::ALL));
        };
        if word.text.starts_with('/') {
            return self.request_match(text, word);
        }
        self.need()?;
        if word.text == "header" {
            let name = self.need()?.text.to_owned();
            return Ok(TemplateField::Request(RequestPart::Header(name)));
        }
        let (from, to) = byte_range(word.text).ok_or_else(|| self.wrong(word))?;
        Ok(TemplateField::Request(RequestPart::Bytes { from, to }))
    }

    /// A regular expression extends to the end of the field, blanks included.
    fn request_match(
        &mut self,
        text: &str,
        first: &TemplateWord<'_>,
    ) -> Result<TemplateField, WrongTemplate> {
        let end = self.rest.last().map_or(first.range.end, |it| it.range.end);
        self.rest = &[];
        let written = text.trim().strip_prefix("request").unwrap_or_default();
        let written = written.trim_start().strip_prefix('/');
        let source = written.and_then(|it| it.strip_suffix('/'));
        let source = source.ok_or_else(|| self.wrong(first))?;
        let pattern = RegexGroups::parse(source, Case::Exact);
        let pattern = pattern.map_err(|it| (TemplateProblem::Regex(it), first.range.start..end))?;
        Ok(TemplateField::Request(RequestPart::Match(pattern)))
    }

    fn memory(&mut self) -> Result<TemplateField, WrongTemplate> {
        let words = std::mem::take(&mut self.rest);
        let place = MemoryPlace::of_words(words, self.names);
        place.map(TemplateField::Memory).map_err(|wrong| {
            let (problem, range) = wrong.unwrap_or((PlaceProblem::Empty, self.range.clone()));
            let problem = match problem {
                PlaceProblem::Empty => TemplateProblem::Missing(self.kind),
                PlaceProblem::Word(word) => TemplateProblem::Word {
                    field: self.kind,
                    word,
                },
                PlaceProblem::Piece(name) => TemplateProblem::Piece(name),
            };
            (problem, range)
        })
    }

    fn cased(&mut self, is_upper: bool) -> Result<TemplateField, WrongTemplate> {
        let is_request = self.rest.first().is_some_and(|it| it.text == "request");
        let piece = if is_request {
            self.need()?;
            None
        } else {
            Some(self.known_piece()?)
        };
        Ok(TemplateField::Cased { piece, is_upper })
    }

    fn number(&mut self) -> Result<TemplateField, WrongTemplate> {
        let word = self.need()?;
        let amount: Result<Amount, _> = word.text.parse();
        let amount = amount.map_err(|_no_amount| self.wrong(word))?;
        if let Some(name) = amount.name().filter(|name| !self.names.contains(name)) {
            let problem = TemplateProblem::Piece(name.to_owned());
            return Err((problem, word.range.clone()));
        }
        let mut form = NumberForm::PLAIN;
        self.set(&mut form, number_form);
        Ok(TemplateField::Number { amount, form })
    }

    fn known_piece(&mut self) -> Result<String, WrongTemplate> {
        let word = self.need()?;
        let name = word.text.to_owned();
        if self.names.contains(&name) {
            return Ok(name);
        }
        Err((TemplateProblem::Piece(name), word.range.clone()))
    }

    fn address(&mut self, is_peer: bool) -> TemplateField {
        let mut part = AddressPart::All;
        let parts = [("ip", AddressPart::Ip), ("port", AddressPart::Port)];
        self.set(&mut part, |word| one_of(word, &parts));
        TemplateField::Address { is_peer, part }
    }
}

/// Returns what a word stands for.
fn one_of<T: Copy>(word: &str, known: &[(&str, T)]) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == word)?;
    Some(found.1)
}

/// Parses `NAME=NUMBER`.
fn option(word: &str, name: &str) -> Option<i64> {
    word.strip_prefix(name)?.strip_prefix('=')?.parse().ok()
}

/// The most digits that a number is padded to.
const MAX_DIGITS: usize = 64;

/// Parses `width=N`, `varint`, or `u8`, `u16be`, `u32le` ….
fn number_form(word: &str) -> Option<NumberForm> {
    if word == "varint" {
        return Some(NumberForm::Varint);
    }
    if let Some(digits) = word.strip_prefix("width=") {
        let width = digits.parse().ok().filter(|&width| width <= MAX_DIGITS)?;
        return Some(NumberForm::Decimal { width });
    }
    let (width, is_little_endian) = integer::width_and_order(word)?;
    Some(NumberForm::Bytes {
        width: width.into(),
        is_little_endian,
    })
}

/// Parses `over=NAME` or `over=A..B`, where A and B are optional, and count from the end if negative.
fn over(word: &str) -> Option<Over> {
    let range = word.strip_prefix("over=").filter(|it| !it.is_empty())?;
    if !range.contains("..") {
        return Some(Over::Named(range.to_owned()));
    }
    let (from, to) = byte_range(range)?;
    Some(Over::Bytes { from, to })
}

/// Parses `A..B`, where A and B are optional; without A it begins at 0.
fn byte_range(range: &str) -> Option<(i64, Option<i64>)> {
    let (from, to) = range.split_once("..")?;
    let end = |number: &str| match number {
        "" => Some(None),
        number => number.parse().ok().map(Some),
    };
    Some((end(from)?.unwrap_or(0), end(to)?))
}

fn check_time_format(word: &TemplateWord<'_>) -> Result<(), WrongTemplate> {
    let epoch = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    match jiff::fmt::strtime::format(word.text, &epoch) {
        Ok(_) => Ok(()),
        Err(error) => Err((TemplateProblem::Time(error.to_string()), word.range.clone())),
    }
}
