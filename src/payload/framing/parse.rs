//! The written form of a framing, shared by the command line, the window and the document.

use core::time::Duration;
use std::fmt;
use std::str::FromStr;

use super::{
    FrameMarks, Framing, LengthPrefix, LineBreak, MAX_DELIMITER_BYTES, MAX_FRAME_BYTES,
    VarintPrefix,
};
use crate::payload::hex::{self, HexProblem};
use crate::payload::integer;

/// Why a framing cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum FramingError {
    /// No framing has this name.
    Unknown(String),
    /// The framing takes no argument after its name.
    NoArgument(&'static str),
    /// The bytes of a delimiter or mark are not hex digits.
    Bytes {
        /// The framing's name.
        name: &'static str,
        /// What is wrong with them.
        problem: HexProblem,
    },
    /// No bytes, or too many.
    ByteCount(&'static str),
    /// Fixed frames without a valid number of bytes.
    Fixed,
    /// A length without a valid integer type.
    Width,
    /// An unknown option of a length.
    Option(String),
    /// An unknown option of a varint.
    VarintOption(String),
    /// Something other than two marks and an escape byte.
    Marks,
    /// Silence without a valid duration.
    Silence,
}

const MAX_SILENCE: Duration = Duration::from_hours(1);

impl FromStr for Framing {
    type Err = FramingError;

    /// Parses a framing:
    ///
    /// - `line` (ends with LF, CR LF or CR), `lf`, `crlf`, `cr`
    /// - `delimiter:0D0A`
    /// - `fixed:8`
    /// - `length:u16be`, also `u8`, `u32le`, `u64be` …, with the options `,at=N`, `,adjust=N` and `,self`
    /// - `varint`, also with the options `at=N` and `most=N`, as in `varint:at=1,most=4`
    /// - `mqtt` (`varint:at=1,most=4`), `postgres`, `http`, `resp`, `websocket`
    /// - `between:02,03` or, with an escape byte, `between:02,03,10`
    /// - `mllp` (`between:0B,1C0D`), `stx-etx` (`between:02,03,10`), `slip`
    /// - `silence:20ms`
    fn from_str(text: &str) -> Result<Self, FramingError> {
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name.trim(), Some(argument)),
            None => (text.trim(), None),
        };
        let known = plain().into_iter().find(|it| it.0 == name);
        let argument = match (known, argument) {
            (Some((_, framing)), None) => return Ok(framing),
            (Some((known, _)), Some(_)) if known != "varint" => {
                return Err(FramingError::NoArgument(known));
            }
            (_, argument) => argument.unwrap_or_default(),
        };
        match name {
            "delimiter" => mark("delimiter", argument).map(Self::Delimiter),
            "fixed" => fixed(argument),
            "length" => length(argument),
            "varint" => varint(argument),
            "between" => between(argument),
            "silence" => silence(argument),
            _ => Err(FramingError::Unknown(text.to_owned())),
        }
    }
}

impl fmt::Display for Framing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((name, _)) = plain().into_iter().find(|it| it.1 == *self) {
            return f.write_str(name);
        }
        match self {
            Self::Delimiter(bytes) => write!(f, "delimiter:{}", hex::render_compact(bytes)),
            Self::Fixed(bytes) => write!(f, "fixed:{bytes}"),
            Self::Length(prefix) => write!(f, "length:{prefix}"),
            Self::Between(FrameMarks { start, end, escape }) => {
                let marks = [start.as_slice(), end, escape.as_slice()].into_iter();
                let marks = marks.filter(|mark| !mark.is_empty());
                let marks: Vec<_> = marks.map(hex::render_compact).collect();
                write!(f, "between:{}", marks.join(","))
            }
            Self::Silence(time) => write!(f, "silence:{}ms", time.as_secs_f64() * 1e3),
            Self::Varint(prefix) => write!(f, "varint:{prefix}"),
            Self::Line(_)
            | Self::Slip
            | Self::Postgres
            | Self::Http
            | Self::Resp
            | Self::WebSocket => Ok(()),
        }
    }
}

impl fmt::Display for LengthPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "u{}", u32::from(self.width) * 8)?;
        if self.width > 1 {
            f.write_str(if self.is_big_endian { "be" } else { "le" })?;
        }
        if self.offset > 0 {
            write!(f, ",at={}", self.offset)?;
        }
        if self.adjust != 0 {
            write!(f, ",adjust={}", self.adjust)?;
        }
        if self.counts_itself {
            f.write_str(",self")?;
        }
        Ok(())
    }
}

impl fmt::Display for VarintPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at={}", self.offset)?;
        if self.most_bytes != Self::MOST_BYTES {
            write!(f, ",most={}", self.most_bytes)?;
        }
        Ok(())
    }
}

/// The framings that are just a name.
fn plain() -> [(&'static str, Framing); 13] {
    let between = |start: &[u8], end: &[u8], escape| {
        Framing::Between(FrameMarks {
            start: start.to_owned(),
            end: end.to_owned(),
            escape,
        })
    };
    [
        ("line", Framing::Line(LineBreak::Any)),
        ("lf", Framing::Line(LineBreak::Lf)),
        ("crlf", Framing::Line(LineBreak::CrLf)),
        ("cr", Framing::Line(LineBreak::Cr)),
        ("varint", Framing::Varint(VarintPrefix::PLAIN)),
        ("mqtt", Framing::Varint(VarintPrefix::MQTT)),
        ("postgres", Framing::Postgres),
        ("http", Framing::Http),
        ("resp", Framing::Resp),
        ("websocket", Framing::WebSocket),
        ("mllp", between(&[0x0B], &[0x1C, 0x0D], None)),
        ("stx-etx", between(&[0x02], &[0x03], Some(0x10))),
        ("slip", Framing::Slip),
    ]
}

fn mark(name: &'static str, digits: &str) -> Result<Vec<u8>, FramingError> {
    let bytes = hex::parse(digits).map_err(|error| FramingError::Bytes {
        name,
        problem: error.problem,
    })?;
    if (1..=MAX_DELIMITER_BYTES).contains(&bytes.len()) {
        Ok(bytes)
    } else {
        Err(FramingError::ByteCount(name))
    }
}

fn fixed(digits: &str) -> Result<Framing, FramingError> {
    let bytes: Option<u32> = digits.trim().parse().ok();
    let bytes = bytes.filter(|&bytes| bytes > 0 && u64::from(bytes) <= MAX_FRAME_BYTES);
    bytes.map(Framing::Fixed).ok_or(FramingError::Fixed)
}

fn length(text: &str) -> Result<Framing, FramingError> {
    let mut parts = text.split(',').map(str::trim);
    let (width, is_little_endian) = parts
        .next()
        .and_then(integer::width_and_order)
        .ok_or(FramingError::Width)?;
    let mut prefix = LengthPrefix {
        offset: 0,
        width,
        is_big_endian: !is_little_endian,
        counts_itself: false,
        adjust: 0,
    };
    for part in parts {
        let unknown = || FramingError::Option(part.to_owned());
        match part.split_once('=') {
            None if part == "self" => prefix.counts_itself = true,
            Some(("at", number)) => {
                prefix.offset = number.trim().parse().ok().ok_or_else(unknown)?;
            }
            Some(("adjust", number)) => {
                prefix.adjust = number.trim().parse().ok().ok_or_else(unknown)?;
            }
            _ => return Err(unknown()),
        }
    }
    Ok(Framing::Length(prefix))
}

fn varint(text: &str) -> Result<Framing, FramingError> {
    let mut prefix = VarintPrefix::PLAIN;
    for part in text.split(',').map(str::trim) {
        let unknown = || FramingError::VarintOption(part.to_owned());
        let (name, number) = part.split_once('=').ok_or_else(unknown)?;
        let number: u8 = number.trim().parse().ok().ok_or_else(unknown)?;
        match name {
            "at" => prefix.offset = number,
            "most" if (1..=VarintPrefix::MOST_BYTES).contains(&number) => {
                prefix.most_bytes = number;
            }
            _ => return Err(unknown()),
        }
    }
    Ok(Framing::Varint(prefix))
}

fn between(text: &str) -> Result<Framing, FramingError> {
    let parts: Vec<&str> = text.split(',').collect();
    let (start, end, escape) = match parts[..] {
        [start, end] => (start, end, None),
        [start, end, escape] => match mark("between", escape)?[..] {
            [escape] => (start, end, Some(escape)),
            _ => return Err(FramingError::Marks),
        },
        _ => return Err(FramingError::Marks),
    };
    let (start, end) = (mark("between", start)?, mark("between", end)?);
    // Such a frame would never end.
    if end.len() == 1 && end.first().copied() == escape {
        return Err(FramingError::Marks);
    }
    Ok(Framing::Between(FrameMarks { start, end, escape }))
}

fn silence(text: &str) -> Result<Framing, FramingError> {
    let text = text.trim();
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1e-3),
        None => (text.strip_suffix('s').ok_or(FramingError::Silence)?, 1.0),
    };
    let number: f64 = number.trim().parse().ok().ok_or(FramingError::Silence)?;
    let time = Duration::try_from_secs_f64(number * unit);
    let time = time
        .ok()
        .filter(|time| (Duration::from_millis(1)..=MAX_SILENCE).contains(time));
    time.map(Framing::Silence).ok_or(FramingError::Silence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn framings_display_in_the_form_they_parse() {
        let check = |written: &str, expected: &str| {
            let framing: Framing = written.parse().unwrap();
            assert_eq!(framing.to_string(), expected);
            assert_eq!(expected.parse(), Ok(framing));
        };
        for (name, _) in plain() {
            check(name, name);
        }
        check(" line ", "line");
        check("delimiter:0D 0A", "delimiter:0d0a");
        check("fixed: 8", "fixed:8");
        check("length:u8", "length:u8");
        check("length:u16be", "length:u16be");
        check(
            "length:u32le, adjust=-4, at=2, self",
            "length:u32le,at=2,adjust=-4,self",
        );
        check("length:u64be", "length:u64be");
        check("varint:at=0", "varint");
        check("varint: most=4, at=1", "mqtt");
        check("varint:at=1", "varint:at=1");
        check("varint:most=2", "varint:at=0,most=2");
        check("between:02,03", "between:02,03");
        check("between:0B,1C 0D", "mllp");
        check("between:02,03,10", "stx-etx");
        check("between:7E,7E,7D", "between:7e,7e,7d");
        check("silence:20ms", "silence:20ms");
        check("silence:1.5s", "silence:1500ms");
        check("silence:2.5 ms", "silence:2.5ms");
    }

    #[test]
    fn invalid_framings_say_why() {
        let check = |written: &str, expected: FramingError| {
            assert_eq!(written.parse::<Framing>(), Err(expected), "{written}");
        };
        check("", FramingError::Unknown(String::new()));
        check("lines", FramingError::Unknown("lines".to_owned()));
        check("slip:1", FramingError::NoArgument("slip"));
        check("delimiter", FramingError::ByteCount("delimiter"));
        let (name, problem) = ("delimiter", HexProblem::WrongCharacter('x'));
        check("delimiter:xy", FramingError::Bytes { name, problem });
        let long = format!("delimiter:{}", "00".repeat(65));
        check(&long, FramingError::ByteCount("delimiter"));
        for written in ["fixed:0", "fixed:16777217", "fixed"] {
            check(written, FramingError::Fixed);
        }
        check("length", FramingError::Width);
        check("length:u16", FramingError::Width);
        for option in ["at=256", "adjust=x", "itself"] {
            let written = format!("length:u8,{option}");
            check(&written, FramingError::Option(option.to_owned()));
        }
        for option in ["", "at=256", "most=0", "most=11", "self"] {
            let written = format!("varint:{option}");
            check(&written, FramingError::VarintOption(option.to_owned()));
        }
        check("between:02", FramingError::Marks);
        check("between:02,", FramingError::ByteCount("between"));
        check("between:02,03,1010", FramingError::Marks);
        check("between:02,03,03", FramingError::Marks);
        for time in ["20", "0ms", "NaNs", "1e99s"] {
            check(&format!("silence:{time}"), FramingError::Silence);
        }
    }
}
