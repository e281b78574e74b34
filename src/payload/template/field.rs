//! The fields of templates: what they stand for, and how they are written.

use std::ops::Range;
use std::path::PathBuf;

use super::amount::Amount;
use super::memory::{Place, PlaceProblem};
use super::request::RequestPart;
use super::words::{self, Word};
use crate::payload::MESSAGE_LIMIT_BYTES;
use crate::payload::checksum::{Checksum, UnknownChecksum};
use crate::payload::groups::{Groups, RegexProblem};
use crate::payload::integer;
use crate::payload::pattern::Case;
use crate::payload::piece::Names;

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
        /// The unit, in nanoseconds.
        unit_nanos: i128,
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
    Begin {
        /// Its name.
        name: String,
        /// Whether its bytes are not sent, only covered by other fields.
        is_hidden: bool,
    },
    /// Where a named range ends. It has no bytes.
    End(String),
    /// The length of a range in bytes.
    Len(LenField),
    /// The checksum of a range.
    Sum(SumField),
    /// A range, hashed or in Base64.
    Digest(DigestField),
    /// A part of the request that is answered.
    Request(RequestPart),
    /// A piece of the request that a rule has found, by its name.
    Piece(String),
    /// What the endpoint remembers.
    Memory(Place),
    /// How often the rule has applied, this time included.
    Times {
        /// Its written form.
        form: NumberForm,
    },
    /// The request, or a piece of it, with its ASCII letters in one case.
    Cased {
        /// The name of the piece; `None` for the request.
        piece: Option<String>,
        /// Whether it is in upper case.
        is_upper: bool,
    },
    /// A number that is computed from a piece.
    Number {
        /// The number.
        amount: Amount,
        /// Its written form.
        form: NumberForm,
    },
    /// A piece combined by XOR with another one, again and again: what a client has masked in frames of RFC 6455 (5.3).
    Unmask {
        /// The name of the piece.
        data: String,
        /// The name of the piece that it was masked with.
        key: String,
    },
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
    /// Whether its lowest byte comes first.
    pub is_little_endian: bool,
    /// Its digits, if it is not written as bytes.
    pub digits: Option<HexDigits>,
    /// Whether the range holds hex digits, and the checksum is over the bytes they stand for.
    pub decodes_hex: bool,
}

/// A range, hashed or in Base64. Its own bytes count as zero if the range includes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DigestField {
    /// The range.
    pub over: Over,
    /// Whether it is hashed with SHA-1 (FIPS 180-4).
    pub is_hashed: bool,
    /// The written form of the result.
    pub form: BytesForm,
}

/// The written form of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BytesForm {
    /// As they are.
    Plain,
    /// Two hex digits each.
    Hex(HexDigits),
    /// Base64 with padding (RFC 4648, 4).
    Base64,
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
    /// Seven bits a byte, the lowest first, as many as it takes; all bytes but the last have their highest bit set.
    Varint,
}

impl NumberForm {
    /// As many digits as the number has.
    const PLAIN: Self = Self::Decimal { width: 0 };
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
    /// No field and no piece has this name, in a rule with these pieces.
    UnknownInRule {
        /// The name.
        name: String,
        /// The pieces that the conditions of the rule find.
        pieces: Names,
    },
    /// No condition of the rule finds a piece with this name.
    Piece(String),
    /// A word after a piece.
    AfterPiece(String),
    /// A field that only the messages of rules can have.
    OnlyInRules(FieldKind),
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
    /// The name of a range of which only one end is in a hidden one.
    HalfHidden(String),
    /// A regular expression that cannot be used.
    Regex(RegexProblem),
}

/// Declares the fields: one per line, with their full syntax.
macro_rules! field_kinds {
    ($($(#[$about:meta])* $kind:ident $usage:literal)*) => {
        /// The kinds of fields, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum FieldKind {
            $($(#[$about])* $kind,)*
        }

        impl FieldKind {
            /// All of them, in the order of completions.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

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
    Counter "{{counter [start=N] [step=N] [width=N | u16be | varint]}}"
    /// [`Field::Time`].
    Time "{{time [\"%Y-%m-%d %H:%M:%S\"] [utc]}}"
    /// [`Field::Unix`].
    Unix "{{unix [s|ms|us|ns] [u32be]}}"
    /// [`Field::RandomBytes`] or [`Field::RandomNumber`].
    Random "{{random N}} | {{random A..B [width=N | u16be]}}"
    /// [`Field::Uuid`].
    Uuid "{{uuid}}"
    /// [`Field::File`].
    File "{{file PATH}}"
    /// [`Field::Len`].
    Len "{{len [over=RANGE] [adjust=N] [width=N | u16be | varint]}}"
    /// [`Field::Sum`] of a CRC.
    Crc "{{crc NAME [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: the sum of the bytes modulo 256.
    Sum "{{sum [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: XOR of all bytes.
    Xor "{{xor [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: the two's complement of the sum.
    Lrc "{{lrc [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: Fletcher's checksum.
    Fletcher16 "{{fletcher16 [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: Adler's checksum.
    Adler32 "{{adler32 [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Sum`]: the Internet checksum.
    Internet "{{internet [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`Field::Digest`]: SHA-1.
    Sha1 "{{sha1 [hex|HEX|base64] [over=RANGE]}}"
    /// [`Field::Digest`]: Base64.
    Base64 "{{base64 [over=RANGE]}}"
    /// [`Field::Begin`].
    Begin "{{begin NAME [hidden]}}"
    /// [`Field::End`].
    End "{{end NAME}}"
    /// [`Field::Address`] of the peer.
    Peer "{{peer [ip|port]}}"
    /// [`Field::Address`] of this end.
    Local "{{local [ip|port]}}"
    /// [`Field::Connection`].
    Connection "{{connection}}"
    /// [`Field::Request`].
    Request "{{request [A..B | header NAME | /REGEX/]}}"
    /// [`Field::Memory`].
    Memory "{{memory NAME|of=PIECE [at=AMOUNT] [len=AMOUNT]}}"
    /// [`Field::Times`].
    Times "{{times [width=N | u16be | varint]}}"
    /// [`Field::Cased`] in upper case.
    Upper "{{upper request|PIECE}}"
    /// [`Field::Cased`] in lower case.
    Lower "{{lower request|PIECE}}"
    /// [`Field::Number`].
    Number "{{number AMOUNT [width=N | u16be | varint]}}"
    /// [`Field::Unmask`].
    Unmask "{{unmask DATA KEY}}"
    /// [`Field::Braces`].
    Braces "{{braces}}"
}

impl Field {
    /// Returns the range of the message that it covers, if it covers one.
    pub(super) fn over(&self) -> Option<&Over> {
        match self {
            Self::Len(LenField { over, .. })
            | Self::Sum(SumField { over, .. })
            | Self::Digest(DigestField { over, .. }) => Some(over),
            _ => None,
        }
    }

    /// Returns whether it takes something from the request that is answered.
    pub(super) fn needs_request(&self) -> bool {
        match self {
            Self::Request(_) | Self::Piece(_) | Self::Cased { .. } | Self::Unmask { .. } => true,
            Self::Number { amount, .. } => amount.name().is_some(),
            Self::Memory(place) => place.names().next().is_some(),
            _ => false,
        }
    }
}

impl FieldKind {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        let inner = self.usage().trim_start_matches("{{");
        inner.split([' ', '}']).next().unwrap_or_default()
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Returns whether only the messages of rules can have it.
    pub fn is_only_in_rules(self) -> bool {
        matches!(
            self,
            Self::Memory | Self::Times | Self::Number | Self::Unmask
        )
    }

    /// Returns whether a [`Check`](super::Check) can use it: whether it is a length or a checksum.
    pub(super) fn is_checkable(self) -> bool {
        matches!(self, Self::Len | Self::Crc) || self.name().parse::<Checksum>().is_ok()
    }
}

/// A problem and its range in the whole text.
pub(super) type Wrong = (FieldProblem, Range<usize>);

/// Parses a field, which may use pieces with these names: the text between its braces, which begins at `start` of the
/// whole.
pub(super) fn parse(text: &str, start: usize, names: &Names) -> Result<Field, Wrong> {
    parse_words(&words::split(text, start), text, start, names)
}

/// Parses the words of a field; `text` is what they were split from.
pub(super) fn parse_words(
    words: &[Word<'_>],
    text: &str,
    start: usize,
    names: &Names,
) -> Result<Field, Wrong> {
    let (name, rest) = words
        .split_first()
        .ok_or_else(|| (FieldProblem::Empty, start..start + text.len()))?;
    let range = name.range.clone();
    let Some(kind) = FieldKind::named(name.text) else {
        return piece(name, rest, names);
    };
    if kind.is_only_in_rules() && !names.is_rule() {
        return Err((FieldProblem::OnlyInRules(kind), range));
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
fn piece(name: &Word<'_>, rest: &[Word<'_>], names: &Names) -> Result<Field, Wrong> {
    let problem = match rest.first() {
        _ if !names.is_rule() => FieldProblem::Unknown(name.text.to_owned()),
        _ if !names.contains(name.text) => FieldProblem::UnknownInRule {
            name: name.text.to_owned(),
            pieces: names.clone(),
        },
        None => return Ok(Field::Piece(name.text.to_owned())),
        Some(more) => {
            let problem = FieldProblem::AfterPiece(more.text.to_owned());
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
    rest: &'a [Word<'a>],
    /// The names of the pieces that it can use.
    names: &'a Names,
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
            FieldKind::Sha1 => self.digest(true, BytesForm::Plain),
            FieldKind::Base64 => self.digest(false, BytesForm::Base64),
            FieldKind::Begin => self.begin(),
            FieldKind::End => Ok(Field::End(self.need()?.text.to_owned())),
            FieldKind::Peer => Ok(self.address(true)),
            FieldKind::Local => Ok(self.address(false)),
            FieldKind::Connection => Ok(Field::Connection),
            FieldKind::Request => self.request(text),
            FieldKind::Memory => self.memory(),
            FieldKind::Times => {
                let mut form = NumberForm::PLAIN;
                self.set(&mut form, number_form);
                Ok(Field::Times { form })
            }
            FieldKind::Upper => self.cased(true),
            FieldKind::Lower => self.cased(false),
            FieldKind::Number => self.number(),
            FieldKind::Unmask => Ok(Field::Unmask {
                data: self.known_piece()?,
                key: self.known_piece()?,
            }),
            FieldKind::Braces => Ok(Field::Braces),
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
    fn options(&mut self, mut take: impl FnMut(&mut Self) -> bool) -> Result<(), Wrong> {
        while take(self) {}
        self.end()
    }

    fn need(&mut self) -> Result<&'a Word<'a>, Wrong> {
        let Some((word, rest)) = self.rest.split_first() else {
            return Err((FieldProblem::Missing(self.kind), self.range.clone()));
        };
        self.rest = rest;
        Ok(word)
    }

    fn end(&self) -> Result<(), Wrong> {
        self.rest
            .first()
            .map_or(Ok(()), |word| Err(self.wrong(word)))
    }

    fn wrong(&self, word: &Word<'_>) -> Wrong {
        let problem = FieldProblem::Word {
            field: self.kind,
            word: word.text.to_owned(),
        };
        (problem, word.range.clone())
    }

    fn counter(&mut self) -> Result<Field, Wrong> {
        let (mut start, mut step, mut form) = (0, 1, NumberForm::PLAIN);
        self.options(|words| {
            words.set(&mut start, |word| option(word, "start"))
                || words.set(&mut step, |word| option(word, "step"))
                || words.set(&mut form, number_form)
        })?;
        Ok(Field::Counter { start, step, form })
    }

    fn time(&mut self) -> Result<Field, Wrong> {
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
        Ok(Field::Time { format, is_utc })
    }

    fn unix(&mut self) -> Field {
        let (mut unit_nanos, mut form) = (1_000_000_000, NumberForm::PLAIN);
        let units = [
            ("s", 1_000_000_000),
            ("ms", 1_000_000),
            ("us", 1_000),
            ("ns", 1),
        ];
        self.set(&mut unit_nanos, |word| one_of(word, &units));
        self.set(&mut form, number_form);
        Field::Unix { unit_nanos, form }
    }

    fn random(&mut self) -> Result<Field, Wrong> {
        let word = self.need()?;
        if let Some((least, greatest)) = word.text.split_once("..") {
            let ends = least.parse().ok().zip(greatest.parse().ok());
            let ends = ends.filter(|(least, greatest)| least <= greatest);
            let (least, greatest) = ends.ok_or_else(|| self.wrong(word))?;
            let mut form = NumberForm::PLAIN;
            self.set(&mut form, number_form);
            return Ok(Field::RandomNumber {
                least,
                greatest,
                form,
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
        let path = text.trim_start().strip_prefix("file");
        let path = path.unwrap_or_default().trim();
        let is_quoted = path.starts_with('"');
        let path = if is_quoted { first.text } else { path };
        Ok(Field::File(path.into()))
    }

    fn len(&mut self) -> Result<Field, Wrong> {
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
        Ok(Field::Sum(field))
    }

    /// Parses a range in `form`; a hash of it may have another form.
    fn digest(&mut self, is_hashed: bool, form: BytesForm) -> Result<Field, Wrong> {
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
        Ok(Field::Digest(field))
    }

    fn begin(&mut self) -> Result<Field, Wrong> {
        let name = self.need()?.text.to_owned();
        let mut is_hidden = false;
        self.set(&mut is_hidden, |word| one_of(word, &[("hidden", true)]));
        Ok(Field::Begin { name, is_hidden })
    }

    fn request(&mut self, text: &str) -> Result<Field, Wrong> {
        let Some(word) = self.rest.first() else {
            return Ok(Field::Request(RequestPart::ALL));
        };
        if word.text.starts_with('/') {
            return self.request_match(text, word);
        }
        self.need()?;
        if word.text == "header" {
            let name = self.need()?.text.to_owned();
            return Ok(Field::Request(RequestPart::Header(name)));
        }
        let (from, to) = byte_range(word.text).ok_or_else(|| self.wrong(word))?;
        Ok(Field::Request(RequestPart::Bytes { from, to }))
    }

    /// A regular expression extends to the end of the field, blanks included.
    fn request_match(&mut self, text: &str, first: &Word<'_>) -> Result<Field, Wrong> {
        let end = self.rest.last().map_or(first.range.end, |it| it.range.end);
        self.rest = &[];
        let written = text.trim().strip_prefix("request").unwrap_or_default();
        let written = written.trim_start().strip_prefix('/');
        let source = written.and_then(|it| it.strip_suffix('/'));
        let source = source.ok_or_else(|| self.wrong(first))?;
        let pattern = Groups::parse(source, Case::Exact);
        let pattern = pattern.map_err(|it| (FieldProblem::Regex(it), first.range.start..end))?;
        Ok(Field::Request(RequestPart::Match(pattern)))
    }

    fn memory(&mut self) -> Result<Field, Wrong> {
        let words = std::mem::take(&mut self.rest);
        let place = Place::of_words(words, self.names);
        place.map(Field::Memory).map_err(|wrong| {
            let (problem, range) = wrong.unwrap_or((PlaceProblem::Empty, self.range.clone()));
            let problem = match problem {
                PlaceProblem::Empty => FieldProblem::Missing(self.kind),
                PlaceProblem::Word(word) => FieldProblem::Word {
                    field: self.kind,
                    word,
                },
                PlaceProblem::Piece(name) => FieldProblem::Piece(name),
            };
            (problem, range)
        })
    }

    fn cased(&mut self, is_upper: bool) -> Result<Field, Wrong> {
        let is_request = self.rest.first().is_some_and(|it| it.text == "request");
        let piece = if is_request {
            self.need()?;
            None
        } else {
            Some(self.known_piece()?)
        };
        Ok(Field::Cased { piece, is_upper })
    }

    fn number(&mut self) -> Result<Field, Wrong> {
        let word = self.need()?;
        let amount: Result<Amount, _> = word.text.parse();
        let amount = amount.map_err(|_no_amount| self.wrong(word))?;
        if let Some(name) = amount.name().filter(|name| !self.names.contains(name)) {
            let problem = FieldProblem::Piece(name.to_owned());
            return Err((problem, word.range.clone()));
        }
        let mut form = NumberForm::PLAIN;
        self.set(&mut form, number_form);
        Ok(Field::Number { amount, form })
    }

    fn known_piece(&mut self) -> Result<String, Wrong> {
        let word = self.need()?;
        let name = word.text.to_owned();
        if self.names.contains(&name) {
            return Ok(name);
        }
        Err((FieldProblem::Piece(name), word.range.clone()))
    }

    fn address(&mut self, is_peer: bool) -> Field {
        let mut part = AddressPart::All;
        let parts = [("ip", AddressPart::Ip), ("port", AddressPart::Port)];
        self.set(&mut part, |word| one_of(word, &parts));
        Field::Address { is_peer, part }
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

fn check_time_format(word: &Word<'_>) -> Result<(), Wrong> {
    let epoch = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    match jiff::fmt::strtime::format(word.text, &epoch) {
        Ok(_) => Ok(()),
        Err(error) => Err((FieldProblem::Time(error.to_string()), word.range.clone())),
    }
}
