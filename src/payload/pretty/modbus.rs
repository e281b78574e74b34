//! Modbus TCP: the header of each message (Modbus Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3) field by field,
//! and its PDU.

use super::page::Page;
use super::pdu;
use super::{Ink, PrettyError};
use crate::payload::hex;
use crate::words::number;

/// How long a header is.
const HEADER_BYTES: usize = 7;
/// How much of a header stands before what its length counts.
const LENGTH_END: usize = 6;
/// The most that a length may say: the unit and a PDU of 253 bytes (Application Protocol V1.1b3, 4.1).
const LENGTH: usize = 254;

/// Draws messages one after another.
pub(super) fn draw(page: &mut Page<'_>) -> Result<(), PrettyError> {
    let bytes = page.bytes();
    let Some(first) = Header::read(bytes) else {
        return Err(PrettyError::NoHeader { len: bytes.len() });
    };
    if first.protocol != 0 {
        return Err(PrettyError::OtherProtocol {
            protocol: first.protocol,
        });
    }
    let has_many = first.end() < bytes.len();
    let mut start = 0;
    let mut count = 0_u64;
    while start < bytes.len() && !page.is_full() {
        let rest = bytes.get(start..).unwrap_or_default();
        let header = Header::read(rest).filter(|header| header.protocol == 0);
        let Some(header) = header else {
            draw_rest(page, start);
            break;
        };
        let end = start.saturating_add(header.end()).min(bytes.len());
        count += 1;
        if has_many {
            page.note(&format!("message {count}, at byte {start}"), start..end);
        }
        draw_message(page, &header, start, end);
        start = end;
    }
    Ok(())
}

/// Draws what is no message.
fn draw_rest(page: &mut Page<'_>, start: usize) {
    let end = page.bytes().len();
    if page.is_cut() && end - start < HEADER_BYTES {
        return;
    }
    page.note(&format!("no Modbus TCP header at byte {start}"), start..end);
    let mut fields = Fields::new(page, start, end);
    fields.data("Data");
}

fn draw_message(page: &mut Page<'_>, header: &Header, start: usize, end: usize) {
    let mut fields = Fields::new(page, start, end);
    fields.u16("Transaction");
    fields.u16("Protocol");
    fields.u16("Length");
    let about = start + 4..start + LENGTH_END;
    if !(2..=LENGTH).contains(&header.length) {
        let words = format!("the length of a message is 2 to {LENGTH}");
        fields.page.note(&words, about.clone());
    }
    let missing = header.end().saturating_sub(end - start);
    if missing > 0 && !fields.page.is_cut() {
        let words = format!("{} missing", number::count(missing as u64, "byte"));
        fields.page.note(&words, about);
    }
    fields.u8("Unit");
    pdu::draw(&mut fields);
}

/// Returns whether the bytes are messages, nothing more and nothing less, with functions that are known.
pub(super) fn is_likely(bytes: &[u8], is_cut: bool) -> bool {
    let mut rest = bytes;
    while let Some(header) = Header::read(rest) {
        if header.protocol != 0 || !(2..=LENGTH).contains(&header.length) {
            return false;
        }
        let Some((message, after)) = rest.split_at_checked(header.end()) else {
            break;
        };
        let pdu = message.get(HEADER_BYTES..).unwrap_or_default();
        if !pdu::is_likely(pdu) {
            return false;
        }
        rest = after;
    }
    rest.len() < bytes.len() && (rest.is_empty() || is_cut)
}

struct Header {
    protocol: u16,
    length: usize,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let &[_, _, high, low, length_high, length_low, _unit] = bytes.first_chunk()?;
        Some(Self {
            protocol: u16::from_be_bytes([high, low]),
            length: u16::from_be_bytes([length_high, length_low]).into(),
        })
    }

    /// Returns where the message ends, counted from its begin.
    fn end(&self) -> usize {
        LENGTH_END + self.length
    }
}

/// The fields of a message: each read takes its bytes and draws its line.
pub(super) struct Fields<'p, 'a> {
    pub(super) page: &'p mut Page<'a>,
    at: usize,
    end: usize,
}

impl<'p, 'a> Fields<'p, 'a> {
    fn new(page: &'p mut Page<'a>, at: usize, end: usize) -> Self {
        Self { page, at, end }
    }

    /// Returns the bytes that are not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.page.bytes().get(self.at..self.end).unwrap_or_default()
    }

    /// Returns where they begin.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Reads a byte.
    pub(super) fn u8(&mut self, name: &str) -> Option<u8> {
        self.u8_with(name, |_| "")
    }

    /// Reads a byte and says what it means.
    pub(super) fn u8_with<M: AsRef<str>>(
        &mut self,
        name: &str,
        meaning: impl Fn(u8) -> M,
    ) -> Option<u8> {
        let &value = self.rest().first()?;
        self.begin(name);
        self.page
            .say(&format!("{value} (0x{value:02X})"), Ink::Number);
        self.finish(1, meaning(value).as_ref());
        Some(value)
    }

    /// Reads two bytes, the higher one first.
    pub(super) fn u16(&mut self, name: &str) -> Option<u16> {
        self.u16_with(name, |_| "")
    }

    /// Reads two bytes and says what they mean.
    pub(super) fn u16_with<M: AsRef<str>>(
        &mut self,
        name: &str,
        meaning: impl Fn(u16) -> M,
    ) -> Option<u16> {
        let value = u16::from_be_bytes(*self.rest().first_chunk()?);
        self.begin(name);
        self.page
            .say(&format!("{value} (0x{value:04X})"), Ink::Number);
        self.finish(2, meaning(value).as_ref());
        Some(value)
    }

    /// Reads so many bytes as text.
    pub(super) fn text(&mut self, name: &str, len: usize) {
        let end = self.at.saturating_add(len).min(self.end);
        self.begin(name);
        self.page.put(self.at..end, Ink::String);
        self.at = end;
    }

    /// Reads the rest as bytes without a meaning.
    pub(super) fn data(&mut self, name: &str) {
        let rest = self.rest();
        if rest.is_empty() {
            return;
        }
        // Three characters a byte: as many as a line can show, and a few for its end.
        let shown = rest.get(..super::page::TEXT_BYTES / 2).unwrap_or(rest);
        self.begin(name);
        self.page.say(&hex::render(shown), Ink::Number);
        self.finish(rest.len(), "");
    }

    fn begin(&mut self, name: &str) {
        self.page.begin(self.at, 0);
        self.page.say(name, Ink::Key);
        self.page.say(":", Ink::Punctuation);
        self.page.say(" ", None);
    }

    fn finish(&mut self, len: usize, meaning: &str) {
        self.at += len;
        self.page.cover(self.at);
        if !meaning.is_empty() {
            self.page.say(" ", None);
            self.page.say(meaning, Ink::Keyword);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pretty;
    use super::super::tests::{error, shown};

    #[test]
    fn each_message_begins_with_its_header() {
        let check =
            |bytes: &[u8], expected: &[&str]| assert_eq!(shown(Pretty::Modbus, bytes), expected);
        check(
            b"\x12\x34\0\0\0\x06\x11\x03\0\x6B\0\x03",
            &[
                "0..2 Transaction: 4660 (0x1234)",
                "2..4 Protocol: 0 (0x0000)",
                "4..6 Length: 6 (0x0006)",
                "6..7 Unit: 17 (0x11)",
                "7..8 Function: 3 (0x03) Read Holding Registers",
                "7..12 # request",
                "8..10 Starting address: 107 (0x006B)",
                "10..12 Quantity of registers: 3 (0x0003)",
            ],
        );
        check(
            b"\0\x01\0\0\0\x02\x01\x07\0\x01\0\0\0\x09\x01\x07\x05",
            &[
                "0..8 # message 1, at byte 0",
                "0..2 Transaction: 1 (0x0001)",
                "2..4 Protocol: 0 (0x0000)",
                "4..6 Length: 2 (0x0002)",
                "6..7 Unit: 1 (0x01)",
                "7..8 Function: 7 (0x07) Read Exception Status",
                "8..17 # message 2, at byte 8",
                "8..10 Transaction: 1 (0x0001)",
                "10..12 Protocol: 0 (0x0000)",
                "12..14 Length: 9 (0x0009)",
                "12..14 # 6 bytes missing",
                "14..15 Unit: 1 (0x01)",
                "15..16 Function: 7 (0x07) Read Exception Status",
                "16..17 Data: 05",
            ],
        );
        check(
            b"\0\x01\0\0\0\x01\x01abcdefg",
            &[
                "0..7 # message 1, at byte 0",
                "0..2 Transaction: 1 (0x0001)",
                "2..4 Protocol: 0 (0x0000)",
                "4..6 Length: 1 (0x0001)",
                "4..6 # the length of a message is 2 to 254",
                "6..7 Unit: 1 (0x01)",
                "7..7 # no function code",
                "7..14 # no Modbus TCP header at byte 7",
                "7..14 Data: 61 62 63 64 65 66 67",
            ],
        );
    }

    #[test]
    fn without_a_header_there_is_an_error() {
        let check = |bytes: &[u8], words: &str| assert_eq!(error(Pretty::Modbus, bytes), words);
        check(b"", "no Modbus TCP: a header has 7 bytes, here are 0");
        check(
            b"\0\0\0\0\0\x06",
            "no Modbus TCP: a header has 7 bytes, here are 6",
        );
        check(
            b"\0\0\x01\0\0\x06\x01\x01",
            "no Modbus: the protocol at byte 2 is 256, not 0",
        );
    }
}
