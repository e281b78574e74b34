//! The fields of templates: what they stand for, and how they are written.

use std::ops::Range;
use std::path::PathBuf;

use super::words::{self, Word};
use crate::payload::MESSAGE_LIMIT_BYTES;
use crate::payload::checksum::{Checksum, UnknownChecksum};

/// A field: the contents of `{{` and `}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// How often the template has been sent on the connection before.
    Counter {
        /// The first value.
        start: i64,
        /// The increment.
        step: i64,
        /// Its written form.
        form: NumberForm,
    },
    /// The time as text in a `strftime` format; without one, as in RFC 3339.
    Time {
        /// The format.
        format: Option<String>,
        /// Whether it is in UTC; otherwise in this machine's time zone.
        is_utc: bool,
    },
    /// The time since 1970 in UTC.
    Unix {
        /// The unit.
        unit: UnixUnit,
        /// Its written form.
        form: NumberForm,
    },
    /// This many random bytes.
    RandomBytes(usize),
    /// A random number from an inclusive range.
    RandomNumber {
        /// The least.
        least: i64,
        /// The greatest.
        greatest: i64,
        /// Its written form.
        form: NumberForm,
    },
    /// A random UUID (RFC 9562, version 4) as text.
    Uuid,
    /// The bytes of a file.
    File(PathBuf),
    /// Where a named range begins. It has no bytes.
    Begin(String),
    /// Where a named range ends. It has no bytes.
    End(String),
    /// The length of a range in bytes.
    Len(LenField),
    /// The checksum of a range.
    Sum(SumField),
    /// An address of the connection.
    Address {
        /// Whether it is the peer's address; otherwise the local one.
        is_peer: bool,
        /// Which part of it.
        part: AddressPart,
    },
    /// The number of the connection.
    Connection,
    /// A literal `{{`.
    Braces,
}

/// The length of a range in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LenField {
    /// The range.
    pub over: Over,
    /// A number added to it.
    pub adjust: i64,
    /// Its written form.
    pub form: NumberForm,
}

/// The checksum of a range. Its own bytes count as zero if the range includes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SumField {
    /// Which one.
    pub checksum: Checksum,
    /// The range.
    pub over: Over,
    /// Its written form.
    pub form: SumForm,
    /// Whether the range holds hex digits, and the checksum is over the bytes they stand for.
    pub decodes_hex: bool,
}

/// The written form of a checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SumForm {
    /// Whether the lowest byte comes first.
    pub is_little_endian: bool,
    /// The digits, if it is not written as bytes.
    pub digits: Option<HexDigits>,
}

/// The case of hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HexDigits {
    /// `0a`.
    Lower,
    /// `0A`.
    Upper,
}

/// The written form of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberForm {
    /// Decimal digits, padded with zeros to the width.
    Decimal {
        /// The least number of digits.
        width: usize,
    },
    /// Bytes.
    Bytes {
        /// How many: 1, 2, 4 or 8.
        width: usize,
        /// Whether the lowest byte comes first.
        is_little_endian: bool,
    },
}

/// The range of a length or a checksum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Over {
    /// Everything before the field.
    Before,
    /// Everything after the field.
    After,
    /// Everything between `{{begin NAME}}` and `{{end NAME}}`.
    Named(String),
    /// A half-open range of the message's bytes; negative positions count from its end.
    Bytes {
        /// The first byte.
        from: i64,
        /// The byte after the last; without it, the message's end.
        to: Option<i64>,
    },
}

/// The unit of a time since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnixUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
    /// Nanoseconds.
    Nanos,
}

/// A part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressPart {
    /// Address and port, as `127.0.0.1:9000`.
    All,
    /// The address alone.
    Ip,
    /// The port in digits.
    Port,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// `{{` without `}}`.
    Open,
    /// Nothing between the braces.
    Empty,
    /// No field has this name.
    Unknown(String),
    /// The field does not accept this word.
    Word {
        /// The field.
        field: FieldKind,
        /// The word.
        word: String,
    },
    /// A field lacks a word.
    Missing(FieldKind),
    /// No checksum has this name.
    Checksum(UnknownChecksum),
    /// An invalid `strftime` format, with the library's message.
    Time(String),
    /// The name of a range that does not occur as a pair of begin and end.
    Range(String),
    /// Two ranges with the same name.
    TwoRanges(String),
}

/// Declares the fields: one per line, with name and syntax.
macro_rules! field_kinds {
    ($($(#[$about:meta])* $kind:ident $name:literal $usage:literal)*) => {
        /// The kinds of fields, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum FieldKind {
            $($(#[$about])* $kind,)*
        }

        impl FieldKind {
            /// All of them, in the order of completions.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Returns its name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }

            /// Returns its full syntax.
            pub fn usage(self) -> &'static str {
                match self {
                    $(Self::$kind => $usage,)*
                }
            }
        }
    };
}

field_kinds! {
    /// [`Field::Counter`].
    Counter "counter" "{{counter [start=N] [step=N] [width=N | u16be]}}"
    /// [`Field::Time`].
    Time "time" "{{time [\"%Y-%m-%d %H:%M:%S\"] [utc]}}"
    /// [`Field::Unix`].
    Unix "unix" "{{unix [s|ms|us|ns] [u32be]}}"
    /// [`Field::RandomBytes`] or [`Field::RandomNumber`].
    Random "random" "{{random N}} | {{random A..B [width=N | u16be]}}"
    /// [`Field::Uuid`].
    Uuid "uuid" "{{uuid}}"
    /// [`Field::File`].
    File "file" "{{file PATH}}"
    /// [`Field::Len`].
    Len "len" "{{len [over=RANGE] [adjust=N] [width=N | u16be]}}"
    /// [`Field::Sum`] of a CRC.
    Crc "crc" "{{crc NAME [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: the sum of the bytes modulo 256.
    Sum "sum" "{{sum [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: XOR of all bytes.
    Xor "xor" "{{xor [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: the two's complement of the sum.
    Lrc "lrc" "{{lrc [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: Fletcher's checksum.
    Fletcher16 "fletcher16" "{{fletcher16 [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: Adler's checksum.
    Adler32 "adler32" "{{adler32 [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: the Internet checksum.
    Internet "internet" "{{internet [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Begin`].
    Begin "begin" "{{begin NAME}}"
    /// [`Field::End`].
    End "end" "{{end NAME}}"
    /// [`Field::Address`] of the peer.
    Peer "peer" "{{peer [ip|port]}}"
    /// [`Field::Address`] of this end.
    Local "local" "{{local [ip|port]}}"
    /// [`Field::Connection`].
    Connection "connection" "{{connection}}"
    /// [`Field::Braces`].
    Braces "braces" "{{braces}}"
}

impl FieldKind {
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Returns whether a [`Check`](super::Check) can use it: whether it is a length or a checksum.
    pub(super) fn is_checkable(self) -> bool {
        use FieldKind as F;
        let is_sum = matches!(
            self,
            F::Sum | F::Xor | F::Lrc | F::Fletcher16 | F::Adler32 | F::Internet
        );
        is_sum || matches!(self, F::Len | F::Crc)
    }
}

/// A problem and its range in the whole text.
pub(super) type Wrong = (FieldProblem, Range<usize>);

/// Parses a field: the text between its braces, which begins at `start` of the whole.
pub(super) fn parse(text: &str, start: usize) -> Result<Field, Wrong> {
    let words = words::split(text, start);
    if words.is_empty() {
        return Err((FieldProblem::Empty, start..start + text.len()));
    }
    parse_words(&words, text)
}

/// Parses the words of a field; `text` is what they were split from.
pub(super) fn parse_words(words: &[Word<'_>], text: &str) -> Result<Field, Wrong> {
    let Some((name, rest)) = words.split_first() else {
        return Err((FieldProblem::Empty, 0..0));
    };
    let range = name.range.clone();
    let Some(kind) = FieldKind::named(name.text) else {
        return Err((FieldProblem::Unknown(name.text.to_owned()), range));
    };
    let mut words = Words { kind, range, rest };
    let field = words.field(text)?;
    words.end()?;
    Ok(field)
}

/// The unread words of a field.
struct Words<'a> {
    kind: FieldKind,
    /// The range of its name.
    range: Range<usize>,
    rest: &'a [Word<'a>],
}

impl<'a> Words<'a> {
    fn field(&mut self, text: &str) -> Result<Field, Wrong> {
        match self.kind {
            FieldKind::Counter => self.counter(),
            FieldKind::Time => self.time(),
            FieldKind::Unix => Ok(self.unix()),
            FieldKind::Random => self.random(),
            FieldKind::Uuid => Ok(Field::Uuid),
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
            FieldKind::Begin => Ok(Field::Begin(self.need()?.text.to_owned())),
            FieldKind::End => Ok(Field::End(self.need()?.text.to_owned())),
            FieldKind::Peer => Ok(self.address(true)),
            FieldKind::Local => Ok(self.address(false)),
            FieldKind::Connection => Ok(Field::Connection),
            FieldKind::Braces => Ok(Field::Braces),
        }
    }

    /// Takes the next word if `read` accepts it.
    fn take<T>(&mut self, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        let (word, rest) = self.rest.split_first()?;
        let value = read(word.text)?;
        self.rest = rest;
        Some(value)
    }

    fn take_word(&mut self, expected: &str) -> bool {
        self.take(|word| (word == expected).then_some(())).is_some()
    }

    fn need(&mut self) -> Result<&'a Word<'a>, Wrong> {
        let Some((word, rest)) = self.rest.split_first() else {
            return Err((FieldProblem::Missing(self.kind), self.range.clone()));
        };
        self.rest = rest;
        Ok(word)
    }

    fn end(&self) -> Result<(), Wrong> {
        match self.rest.first() {
            None => Ok(()),
            Some(word) => Err(self.wrong(word)),
        }
    }

    fn wrong(&self, word: &Word<'_>) -> Wrong {
        let problem = FieldProblem::Word {
            field: self.kind,
            word: word.text.to_owned(),
        };
        (problem, word.range.clone())
    }

    fn counter(&mut self) -> Result<Field, Wrong> {
        let (mut start, mut step, mut form) = (0, 1, NumberForm::Decimal { width: 0 });
        while !self.rest.is_empty() {
            if let Some(value) = self.take(|word| option(word, "start")) {
                start = value;
            } else if let Some(value) = self.take(|word| option(word, "step")) {
                step = value;
            } else if let Some(value) = self.take(number_form) {
                form = value;
            } else {
                self.end()?;
            }
        }
        Ok(Field::Counter { start, step, form })
    }

    fn time(&mut self) -> Result<Field, Wrong> {
        let (mut format, mut is_utc) = (None, false);
        while let Some(word) = self.rest.first() {
            if self.take_word("utc") {
                is_utc = true;
            } else if format.is_none() && word.text.contains('%') {
                check_time_format(word)?;
                format = self.take(|word| Some(word.to_owned()));
            } else {
                self.end()?;
            }
        }
        Ok(Field::Time { format, is_utc })
    }

    fn unix(&mut self) -> Field {
        let unit = self.take(|word| match word {
            "s" => Some(UnixUnit::Seconds),
            "ms" => Some(UnixUnit::Millis),
            "us" => Some(UnixUnit::Micros),
            "ns" => Some(UnixUnit::Nanos),
            _ => None,
        });
        Field::Unix {
            unit: unit.unwrap_or(UnixUnit::Seconds),
            form: self.number_form(),
        }
    }

    fn number_form(&mut self) -> NumberForm {
        let form = self.take(number_form);
        form.unwrap_or(NumberForm::Decimal { width: 0 })
    }

    fn random(&mut self) -> Result<Field, Wrong> {
        let word = self.need()?;
        if let Some((least, greatest)) = word.text.split_once("..") {
            let ends = least.parse().ok().zip(greatest.parse().ok());
            let Some((least, greatest)) = ends.filter(|(least, greatest)| least <= greatest) else {
                return Err(self.wrong(word));
            };
            return Ok(Field::RandomNumber {
                least,
                greatest,
                form: self.number_form(),
            });
        }
        let count: Option<usize> = word.text.parse().ok();
        let count = count.filter(|count| (1..=MESSAGE_LIMIT_BYTES).contains(count));
        let count = count.ok_or_else(|| self.wrong(word))?;
        Ok(Field::RandomBytes(count))
    }

    /// A path extends to the end of the field, blanks included.
    fn file(&mut self, text: &str) -> Result<Field, Wrong> {
        let first = self.need()?;
        self.rest = &[];
        let path = text
            .trim_start()
            .strip_prefix("file")
            .unwrap_or_default()
            .trim();
        let is_quoted = path.starts_with('"');
        let path = if is_quoted { first.text } else { path };
        Ok(Field::File(path.into()))
    }

    fn len(&mut self) -> Result<Field, Wrong> {
        let mut field = LenField {
            over: Over::After,
            adjust: 0,
            form: NumberForm::Decimal { width: 0 },
        };
        while !self.rest.is_empty() {
            if let Some(over) = self.take(over) {
                field.over = over;
            } else if let Some(adjust) = self.take(|word| option(word, "adjust")) {
                field.adjust = adjust;
            } else if let Some(form) = self.take(number_form) {
                field.form = form;
            } else {
                self.end()?;
            }
        }
        Ok(Field::Len(field))
    }

    /// Parses the checksum with this name, which is at `range`.
    fn sum(&mut self, name: &str, range: Range<usize>) -> Result<Field, Wrong> {
        let checksum: Checksum = name
            .parse()
            .map_err(|error| (FieldProblem::Checksum(error), range))?;
        let mut field = SumField {
            checksum,
            over: Over::Before,
            form: SumForm {
                is_little_endian: false,
                digits: None,
            },
            decodes_hex: false,
        };
        while !self.rest.is_empty() {
            if let Some(over) = self.take(over) {
                field.over = over;
            } else if let Some(is_little_endian) = self.take(byte_order) {
                field.form.is_little_endian = is_little_endian;
            } else if let Some(digits) = self.take(hex_digits) {
                field.form.digits = Some(digits);
            } else if self.take_word("decode") {
                field.decodes_hex = true;
            } else {
                self.end()?;
            }
        }
        Ok(Field::Sum(field))
    }

    fn address(&mut self, is_peer: bool) -> Field {
        let part = self.take(|word| match word {
            "ip" => Some(AddressPart::Ip),
            "port" => Some(AddressPart::Port),
            _ => None,
        });
        Field::Address {
            is_peer,
            part: part.unwrap_or(AddressPart::All),
        }
    }
}

/// Parses `NAME=NUMBER`.
fn option(word: &str, name: &str) -> Option<i64> {
    word.strip_prefix(name)?.strip_prefix('=')?.parse().ok()
}

/// The most digits that a number is padded to.
const MAX_DIGITS: usize = 64;

/// Parses `width=N`, or `u8`, `u16be`, `u32le` ….
fn number_form(word: &str) -> Option<NumberForm> {
    if let Some(digits) = word.strip_prefix("width=") {
        let width = digits.parse().ok().filter(|&width| width <= MAX_DIGITS)?;
        return Some(NumberForm::Decimal { width });
    }
    let (width, is_little_endian) = match word {
        "u8" => (1, false),
        "u16be" => (2, false),
        "u16le" => (2, true),
        "u32be" => (4, false),
        "u32le" => (4, true),
        "u64be" => (8, false),
        "u64le" => (8, true),
        _ => return None,
    };
    Some(NumberForm::Bytes {
        width,
        is_little_endian,
    })
}

fn byte_order(word: &str) -> Option<bool> {
    match word {
        "be" => Some(false),
        "le" => Some(true),
        _ => None,
    }
}

fn hex_digits(word: &str) -> Option<HexDigits> {
    match word {
        "hex" => Some(HexDigits::Lower),
        "HEX" => Some(HexDigits::Upper),
        _ => None,
    }
}

/// Parses `over=NAME` or `over=A..B`, where A and B are optional, and count from the end if negative.
fn over(word: &str) -> Option<Over> {
    let range = word.strip_prefix("over=").filter(|it| !it.is_empty())?;
    let Some((from, to)) = range.split_once("..") else {
        return Some(Over::Named(range.to_owned()));
    };
    let from = if from.is_empty() {
        0
    } else {
        from.parse().ok()?
    };
    let to = if to.is_empty() {
        None
    } else {
        Some(to.parse().ok()?)
    };
    Some(Over::Bytes { from, to })
}

fn check_time_format(word: &Word<'_>) -> Result<(), Wrong> {
    let epoch = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    match jiff::fmt::strtime::format(word.text, &epoch) {
        Ok(_) => Ok(()),
        Err(error) => Err((FieldProblem::Time(error.to_string()), word.range.clone())),
    }
}
