//! The JSON export: an array of objects with keys in lower case, and numbers as text or not.

use std::fmt;

use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{MAX_PACKETS, Packet, PacketFileProblem};

/// The keys by which such a file is known; the first is the first in each object.
const MARKS: [&str; 2] = ["\"asciistring\"", "\"hexstring\""];

/// Returns whether a file may hold packets in this form.
pub(super) fn begins(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    is_array(head.as_bytes()) && MARKS.iter().any(|mark| head.contains(mark))
}

/// Returns whether it is an array of objects, or an empty one, as far as its beginning says.
pub(super) fn is_array(bytes: &[u8]) -> bool {
    let inside = bytes.trim_ascii_start().strip_prefix(b"[");
    inside.is_some_and(|it| matches!(it.trim_ascii_start().first(), Some(b'{' | b']') | None))
}

/// Reads the packets in the order of the file.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Packet>, PacketFileProblem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let packets = json.deserialize_seq(Packets);
    let packets = packets.and_then(|packets| json.end().map(|()| packets));
    let packets = packets.map_err(|error| wrong(&error))?;
    packets.ok_or(PacketFileProblem::TooMany)
}

fn wrong(error: &serde_json::Error) -> PacketFileProblem {
    let (line, column) = (error.line(), error.column());
    // It ends with the place.
    let text = error.to_string();
    let what = text.rsplit_once(" at ").filter(|_| line > 0);
    PacketFileProblem::Json {
        line,
        column,
        error: what.map_or(&*text, |(what, _)| what).to_owned(),
    }
}

/// Takes at most [`MAX_PACKETS`]; `None` if there are more.
struct Packets;

impl<'de> Visitor<'de> for Packets {
    type Value = Option<Vec<Packet>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("packets")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut found: A) -> Result<Self::Value, A::Error> {
        let mut packets = Vec::new();
        while packets.len() < MAX_PACKETS {
            match found.next_element::<Written>()? {
                Some(packet) => packets.push(packet.into()),
                None => return Ok(Some(packets)),
            }
        }
        let mut has_more = false;
        while found.next_element::<IgnoredAny>()?.is_some() {
            has_more = true;
        }
        Ok((!has_more).then_some(packets))
    }
}

/// A packet as it is written.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Written {
    name: Text,
    tcporudp: Text,
    toip: Text,
    port: Text,
    requestpath: Text,
    repeat: Text,
    hexstring: Text,
}

impl From<Written> for Packet {
    fn from(written: Written) -> Self {
        Self {
            name: written.name.0,
            transport: written.tcporudp.0,
            host: written.toip.0,
            port: written.port.0,
            path: written.requestpath.0,
            repeat_secs: written.repeat.0.trim().parse().unwrap_or_default(),
            hex: written.hexstring.0,
        }
    }
}

/// Text, or a number as text.
#[derive(Default)]
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Text, E> {
        Ok(Text(text))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<Text, E> {
        Ok(Text(flag.to_string()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Text, E> {
        Ok(Text::default())
    }
}
