//! The fields of templates: what they stand for, and how they are written.

use std::path::PathBuf;

use super::amount::Amount;
use super::memory::MemoryPlace;
use super::request::RequestPart;
use crate::payload::checksum::{Checksum, UnknownChecksum};
use crate::payload::groups::RegexProblem;
use crate::payload::piece::Names;

/// A field: the contents of `{{` and `}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateField {
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
    Memory(MemoryPlace),
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
    pub(super) const PLAIN: Self = Self::Decimal { width: 0 };
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

/// What is wrong with a field of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateProblem {
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
    /// [`TemplateField::Counter`].
    Counter "{{counter [start=N] [step=N] [width=N | u16be | varint]}}"
    /// [`TemplateField::Time`].
    Time "{{time [\"%Y-%m-%d %H:%M:%S\"] [utc]}}"
    /// [`TemplateField::Unix`].
    Unix "{{unix [s|ms|us|ns] [u32be]}}"
    /// [`TemplateField::RandomBytes`] or [`TemplateField::RandomNumber`].
    Random "{{random N}} | {{random A..B [width=N | u16be]}}"
    /// [`TemplateField::Uuid`].
    Uuid "{{uuid}}"
    /// [`TemplateField::File`].
    File "{{file PATH}}"
    /// [`TemplateField::Len`].
    Len "{{len [over=RANGE] [adjust=N] [width=N | u16be | varint]}}"
    /// [`TemplateField::Sum`] of a CRC.
    Crc "{{crc NAME [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`TemplateField::Sum`]: the sum of the bytes modulo 256.
    Sum "{{sum [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`TemplateField::Sum`]: XOR of all bytes.
    Xor "{{xor [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`TemplateField::Sum`]: the two's complement of the sum.
    Lrc "{{lrc [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`TemplateField::Sum`]: Fletcher's checksum.
    Fletcher16 "{{fletcher16 [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`TemplateField::Sum`]: Adler's checksum.
    Adler32 "{{adler32 [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`TemplateField::Sum`]: the Internet checksum.
    Internet "{{internet [le] [hex|HEX] [over=RANGE] [decode]}}"
    /// [`TemplateField::Digest`]: SHA-1.
    Sha1 "{{sha1 [hex|HEX|base64] [over=RANGE]}}"
    /// [`TemplateField::Digest`]: Base64.
    Base64 "{{base64 [over=RANGE]}}"
    /// [`TemplateField::Begin`].
    Begin "{{begin NAME [hidden]}}"
    /// [`TemplateField::End`].
    End "{{end NAME}}"
    /// [`TemplateField::Address`] of the peer.
    Peer "{{peer [ip|port]}}"
    /// [`TemplateField::Address`] of this end.
    Local "{{local [ip|port]}}"
    /// [`TemplateField::Connection`].
    Connection "{{connection}}"
    /// [`TemplateField::Request`].
    Request "{{request [A..B | header NAME | /REGEX/]}}"
    /// [`TemplateField::Memory`].
    Memory "{{memory NAME|of=PIECE [at=AMOUNT] [len=AMOUNT]}}"
    /// [`TemplateField::Times`].
    Times "{{times [width=N | u16be | varint]}}"
    /// [`TemplateField::Cased`] in upper case.
    Upper "{{upper request|PIECE}}"
    /// [`TemplateField::Cased`] in lower case.
    Lower "{{lower request|PIECE}}"
    /// [`TemplateField::Number`].
    Number "{{number AMOUNT [width=N | u16be | varint]}}"
    /// [`TemplateField::Unmask`].
    Unmask "{{unmask DATA KEY}}"
    /// [`TemplateField::Braces`].
    Braces "{{braces}}"
}

impl TemplateField {
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
