//! Modbus TCP: the header of each message (Modbus Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3) field by field,
//! and its PDU: a function code and what follows it (Modbus Application Protocol V1.1b3, 6 and 7).

mod functions;
mod layout;

use super::page::{PrettyPage, TEXT_BYTES};
use super::{Ink, Note, PduRole, PrettyError};
use crate::payload::hex;
use functions::{ENCAPSULATED, EXCEPTIONS, Function, FunctionPart, MEI_TYPES, name_of};
use layout::{Value, ValueKind, number, walk};

/// The length of a header.
const HEADER_BYTES: usize = 7;
/// How much of a header precedes the bytes that its length counts.
const LENGTH_END: usize = 6;
/// The valid values of a length: the unit, and a PDU of 1 to 253 bytes (Application Protocol V1.1b3, 4.1).
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=254;
/// The bit of a function code that marks an exception.
const EXCEPTION: u8 = 0x80;

/// Draws messages one after another.
pub(super) fn draw(page: &mut PrettyPage<'_>) -> Result<(), PrettyError> {
    let bytes = page.bytes;
    let first = MbapHeader::read(bytes).ok_or(PrettyError::NoHeader(bytes.len()))?;
    if first.protocol != 0 {
        return Err(PrettyError::OtherProtocol(first.protocol));
    }
    let has_many = first.end() < bytes.len();
    let mut lines = MessageLines { page, at: 0 };
    let mut count = 0;
    while lines.at < bytes.len() && !lines.page.is_full() {
        let at = lines.at;
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(header) = MbapHeader::read(rest).filter(|header| header.protocol == 0) else {
            if !lines.page.is_cut || rest.len() >= HEADER_BYTES {
                lines.page.note(Note::NoMessage(at), at..bytes.len());
                lines.data(rest);
            }
            break;
        };
        let message = rest.get(..header.end()).unwrap_or(rest);
        count += 1;
        if has_many {
            let note = Note::Message { number: count, at };
            lines.page.note(note, at..at + message.len());
        }
        lines.message(&header, message);
    }
    Ok(())
}

/// Returns whether the bytes are exactly a sequence of messages with known functions.
pub(super) fn is_likely(bytes: &[u8], is_cut: bool) -> bool {
    let mut rest = bytes;
    while let Some(header) = MbapHeader::read(rest) {
        if header.protocol != 0 || !LENGTHS.contains(&header.length) {
            return false;
        }
        let Some((message, after)) = rest.split_at_checked(header.end()) else {
            break;
        };
        if !is_likely_pdu(message.get(HEADER_BYTES..).unwrap_or_default()) {
            return false;
        }
        rest = after;
    }
    rest.len() < bytes.len() && (rest.is_empty() || is_cut)
}

/// Returns whether a PDU is that of a known function and fits its layout, if that is known too.
fn is_likely_pdu(pdu: &[u8]) -> bool {
    let Some((&code, data)) = pdu.split_first() else {
        return false;
    };
    let is_named = |names| {
        data.first()
            .is_some_and(|&first| !name_of(names, first).is_empty())
    };
    let fits = |parts| walk(parts, data, &mut |_| {}) == Some(true);
    match Function::of(code & !EXCEPTION) {
        None => false,
        Some(_) if code & EXCEPTION != 0 => data.len() == 1 && is_named(EXCEPTIONS),
        Some(function) if function.has_layout(data) => {
            fits(function.request) || fits(function.response)
        }
        Some(_) => code != ENCAPSULATED || is_named(MEI_TYPES),
    }
}

struct MbapHeader {
    protocol: u16,
    length: usize,
}

impl MbapHeader {
    fn read(bytes: &[u8]) -> Option<Self> {
        let &[_, _, high, low, length_high, length_low, _unit] = bytes.first_chunk()?;
        Some(Self {
            protocol: u16::from_be_bytes([high, low]),
            length: u16::from_be_bytes([length_high, length_low]).into(),
        })
    }

    /// Returns where the message ends, counted from its beginning.
    fn end(&self) -> usize {
        LENGTH_END + self.length
    }
}

/// The fields of messages: each is a line, and begins where the previous one ends.
struct MessageLines<'p, 'a> {
    page: &'p mut PrettyPage<'a>,
    at: usize,
}

impl MessageLines<'_, '_> {
    /// Draws a message as far as it is complete.
    fn message(&mut self, header: &MbapHeader, message: &[u8]) {
        let field = |range| message.get(range).unwrap_or_default();
        self.number("Transaction", field(0..2), "");
        self.number("Protocol", field(2..4), "");
        let length = self.at..self.at + 2;
        self.number("Length", field(4..LENGTH_END), "");
        if !LENGTHS.contains(&header.length) {
            let (least, most) = LENGTHS.into_inner();
            self.page
                .note(Note::WrongLength { least, most }, length.clone());
        }
        let missing = header.end().saturating_sub(message.len()) as u64;
        if missing > 0 && !self.page.is_cut {
            self.page.note(Note::Missing(missing), length);
        }
        if let Some(unit) = message.get(LENGTH_END..HEADER_BYTES) {
            self.number("Unit", unit, "");
        }
        self.pdu(message.get(HEADER_BYTES..).unwrap_or_default());
    }

    /// Draws a function code and its data, as far as the layout is known.
    fn pdu(&mut self, pdu: &[u8]) {
        let about = self.at..self.at + pdu.len();
        let Some((&code, mut data)) = pdu.split_first() else {
            self.page.note(Note::NoFunction, about);
            return;
        };
        let function = Function::of(code & !EXCEPTION);
        let name = function.map_or("", |function| function.name);
        self.number("Function", &[code], name);
        let known = function.filter(|function| function.has_layout(data));
        if code & EXCEPTION != 0 {
            self.page.remark(Note::Exception);
            data = self.named("Exception code", data, EXCEPTIONS);
        } else if let Some(function) = known {
            let (parts, note) = read(function, data);
            self.page.note(note, about.clone());
            walk(parts, data, &mut |value| self.value(&value));
            let drawn = self.at.saturating_sub(about.start + 1);
            data = data.get(drawn..).unwrap_or_default();
        } else if code == ENCAPSULATED {
            data = self.named("MEI type", data, MEI_TYPES);
        }
        self.data(data);
    }

    /// Draws the first byte, and returns the rest.
    fn named<'d>(&mut self, name: &str, data: &'d [u8], names: functions::NameTable) -> &'d [u8] {
        let Some((&first, rest)) = data.split_first() else {
            return data;
        };
        self.number(name, &[first], name_of(names, first));
        rest
    }

    fn value(&mut self, value: &Value<'_>) {
        let &Value { name, bytes, .. } = value;
        match &value.kind {
            ValueKind::Text => self.line(name, bytes, bytes.len(), Ink::String),
            ValueKind::Number(meaning) => self.number(name, bytes, meaning),
            ValueKind::Switch => {
                self.number(name, bytes, "");
                self.page.remark(match number(bytes) {
                    0 => Note::Off,
                    0xFF00 => Note::On,
                    _ => Note::NeitherOnNorOff,
                });
            }
            ValueKind::Elements(elements) => {
                self.number(&elements.named(name), bytes, "");
                if elements.is_bits {
                    self.page
                        .remark(Note::BitsOn(elements.bits_on(number(bytes))));
                }
            }
        }
    }

    /// Draws a number and its meaning.
    fn number(&mut self, name: &str, bytes: &[u8], meaning: &str) {
        let (value, digits) = (number(bytes), 2 * bytes.len());
        let text = format!("{value} (0x{value:0digits$X})");
        self.line(name, text.as_bytes(), bytes.len(), Ink::Number);
        if !meaning.is_empty() {
            self.page.show(" ", None);
            self.page.show(meaning, Ink::Keyword);
        }
    }

    /// Draws bytes without a known meaning.
    fn data(&mut self, data: &[u8]) {
        if data.is_empty() {
            return;
        }
        // Three characters per byte: more than a line can show, so its end is marked as cut.
        let shown = data.get(..TEXT_BYTES / 2).unwrap_or(data);
        let text = hex::render(shown);
        self.line("Data", text.as_bytes(), data.len(), Ink::Number);
    }

    fn line(&mut self, name: &str, text: &[u8], len: usize, ink: Ink) {
        self.page.begin(self.at, 0);
        self.page.show(name, Ink::Key);
        self.page.show(":", Ink::Punctuation);
        self.page.show(" ", None);
        self.page.show(text, ink);
        self.at += len;
        self.page.cover(self.at);
    }
}

/// Returns the layout that the data of a function fits, and a note about it.
fn read(function: &Function, data: &[u8]) -> (&'static [FunctionPart], Note) {
    let (request, response) = (function.request, function.response);
    let fit = |parts| walk(parts, data, &mut |_| {});
    // A fit with allowed values beats one with others, which beats none.
    let (parts, role, fit) = match (fit(request), fit(response)) {
        (None, None) => (&[][..], PduRole::Neither, None),
        (fit, _) if request == response => (request, PduRole::Either, fit),
        (Some(true), Some(true)) => (request, PduRole::RequestOfBoth, Some(true)),
        (as_request, as_response) if as_request >= as_response => {
            (request, PduRole::Request, as_request)
        }
        (_, as_response) => (response, PduRole::Response, as_response),
    };
    let is_odd = fit == Some(false);
    (parts, Note::Pdu { role, is_odd })
}

#[cfg(test)]
mod tests {
    use super::super::Pretty;
    use super::super::PrettyError;
    use super::super::tests::shown;

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
                "7..12 # Pdu { role: Request, is_odd: false }",
                "8..10 Starting address: 107 (0x006B)",
                "10..12 Quantity of registers: 3 (0x0003)",
            ],
        );
        check(
            b"\0\x01\0\0\0\x02\x01\x07\0\x01\0\0\0\x09\x01\x07\x05",
            &[
                "0..8 # Message { number: 1, at: 0 }",
                "0..2 Transaction: 1 (0x0001)",
                "2..4 Protocol: 0 (0x0000)",
                "4..6 Length: 2 (0x0002)",
                "6..7 Unit: 1 (0x01)",
                "7..8 Function: 7 (0x07) Read Exception Status",
                "8..17 # Message { number: 2, at: 8 }",
                "8..10 Transaction: 1 (0x0001)",
                "10..12 Protocol: 0 (0x0000)",
                "12..14 Length: 9 (0x0009)",
                "12..14 # Missing(6)",
                "14..15 Unit: 1 (0x01)",
                "15..16 Function: 7 (0x07) Read Exception Status",
                "16..17 Data: 05",
            ],
        );
        check(
            b"\0\x01\0\0\0\x01\x01abcdefg",
            &[
                "0..7 # Message { number: 1, at: 0 }",
                "0..2 Transaction: 1 (0x0001)",
                "2..4 Protocol: 0 (0x0000)",
                "4..6 Length: 1 (0x0001)",
                "4..6 # WrongLength { least: 2, most: 254 }",
                "6..7 Unit: 1 (0x01)",
                "7..7 # NoFunction",
                "7..14 # NoMessage(7)",
                "7..14 Data: 61 62 63 64 65 66 67",
            ],
        );
    }

    #[test]
    fn without_a_header_there_is_an_error() {
        let check =
            |bytes: &[u8], expected| assert_eq!(Pretty::Modbus.render(bytes), Err(expected));
        check(b"", PrettyError::NoHeader(0));
        check(b"\0\0\0\0\0\x06", PrettyError::NoHeader(6));
        check(b"\0\0\x01\0\0\x06\x01\x01", PrettyError::OtherProtocol(256));
    }

    /// Checks the lines of a PDU after its header and function code, without their positions.
    fn check(pdu: &[u8], expected: &[&str]) {
        let length = u16::try_from(pdu.len() + 1).unwrap().to_be_bytes();
        let message = [&[0, 1, 0, 0], &length[..], &[1], pdu].concat();
        let lines = shown(Pretty::Modbus, &message);
        let words = lines.iter().skip(5).filter_map(|line| line.split_once(' '));
        let words: Vec<_> = words.map(|(_place, words)| words).collect();
        assert_eq!(words, expected, "{pdu:X?}");
        let is_likely = !lines
            .iter()
            .any(|line| line.contains("is_odd: true") || line.contains("Neither"));
        assert_eq!(Pretty::guess(&message).is_some(), is_likely, "{pdu:X?}");
    }

    #[test]
    fn reads_have_a_request_and_a_response() {
        check(
            b"\x01\0\x13\0\x13",
            &[
                "# Pdu { role: Request, is_odd: false }",
                "Starting address: 19 (0x0013)",
                "Quantity of coils: 19 (0x0013)",
            ],
        );
        check(
            b"\x02\x02\xAC\x00",
            &[
                "# Pdu { role: Response, is_odd: false }",
                "Byte count: 2 (0x02)",
                r#"Inputs +0–+7: 172 (0xAC) # BitsOn("+2 +3 +5 +7")"#,
                r#"Inputs +8–+15: 0 (0x00) # BitsOn("")"#,
            ],
        );
        check(
            b"\x04\x04\x00\x0A\xFF\xFF",
            &[
                "# Pdu { role: Response, is_odd: false }",
                "Byte count: 4 (0x04)",
                "Register +0: 10 (0x000A)",
                "Register +1: 65535 (0xFFFF)",
            ],
        );
    }

    #[test]
    fn ambiguous_data_is_shown_as_a_request() {
        check(
            b"\x01\x03\xCD\0\x05",
            &[
                "# Pdu { role: RequestOfBoth, is_odd: false }",
                "Starting address: 973 (0x03CD)",
                "Quantity of coils: 5 (0x0005)",
            ],
        );
        // More coils than a request may read.
        check(
            b"\x01\x03\xCD\x6B\x05",
            &[
                "# Pdu { role: Response, is_odd: false }",
                "Byte count: 3 (0x03)",
                r#"Coils +0–+7: 205 (0xCD) # BitsOn("+0 +2 +3 +6 +7")"#,
                r#"Coils +8–+15: 107 (0x6B) # BitsOn("+8 +9 +11 +13 +14")"#,
                r#"Coils +16–+23: 5 (0x05) # BitsOn("+16 +18")"#,
            ],
        );
        check(
            b"\x17\x0A\0\0\x01\0\x0E\0\x01\x02\0\xFF",
            &[
                "# Pdu { role: RequestOfBoth, is_odd: false }",
                "Read starting address: 2560 (0x0A00)",
                "Quantity to read: 1 (0x0001)",
                "Write starting address: 14 (0x000E)",
                "Quantity to write: 1 (0x0001)",
                "Byte count: 2 (0x02)",
                "Register 14: 255 (0x00FF)",
            ],
        );
    }

    #[test]
    fn writes_name_their_values() {
        check(
            b"\x05\0\xAC\xFF\0",
            &[
                "# Pdu { role: Either, is_odd: false }",
                "Output address: 172 (0x00AC)",
                "Output value: 65280 (0xFF00) # On",
            ],
        );
        check(
            b"\x05\0\xAC\0\x01",
            &[
                "# Pdu { role: Either, is_odd: true }",
                "Output address: 172 (0x00AC)",
                "Output value: 1 (0x0001) # NeitherOnNorOff",
            ],
        );
        check(
            b"\x06\0\x01\0\x03",
            &[
                "# Pdu { role: Either, is_odd: false }",
                "Register address: 1 (0x0001)",
                "Register value: 3 (0x0003)",
            ],
        );
        check(
            b"\x0F\0\x13\0\x09\x02\xCD\x01",
            &[
                "# Pdu { role: Request, is_odd: false }",
                "Starting address: 19 (0x0013)",
                "Quantity of coils: 9 (0x0009)",
                "Byte count: 2 (0x02)",
                r#"Coils 19–26: 205 (0xCD) # BitsOn("19 21 22 25 26")"#,
                r#"Coil 27: 1 (0x01) # BitsOn("27")"#,
            ],
        );
        check(
            b"\x10\xFF\xFF\0\x02\x04\0\x0A\x01\x02",
            &[
                "# Pdu { role: Request, is_odd: false }",
                "Starting address: 65535 (0xFFFF)",
                "Quantity of registers: 2 (0x0002)",
                "Byte count: 4 (0x04)",
                "Register 65535: 10 (0x000A)",
                "Register 65536: 258 (0x0102)",
            ],
        );
        check(
            b"\x10\0\x01\0\x02",
            &[
                "# Pdu { role: Response, is_odd: false }",
                "Starting address: 1 (0x0001)",
                "Quantity of registers: 2 (0x0002)",
            ],
        );
        check(
            b"\x16\0\x04\0\xF2\0\x25",
            &[
                "# Pdu { role: Either, is_odd: false }",
                "Reference address: 4 (0x0004)",
                "AND mask: 242 (0x00F2)",
                "OR mask: 37 (0x0025)",
            ],
        );
        check(
            b"\x17\0\x03\0\x06\0\x0E\0\x01\x02\0\xFF",
            &[
                "# Pdu { role: Request, is_odd: false }",
                "Read starting address: 3 (0x0003)",
                "Quantity to read: 6 (0x0006)",
                "Write starting address: 14 (0x000E)",
                "Quantity to write: 1 (0x0001)",
                "Byte count: 2 (0x02)",
                "Register 14: 255 (0x00FF)",
            ],
        );
    }

    #[test]
    fn values_that_are_not_allowed_are_shown_and_noted() {
        check(
            b"\x03\0\0\0\0",
            &[
                "# Pdu { role: Request, is_odd: true }",
                "Starting address: 0 (0x0000)",
                "Quantity of registers: 0 (0x0000)",
            ],
        );
        check(
            b"\x03\x03\0\x01\x02",
            &[
                "# Pdu { role: Request, is_odd: true }",
                "Starting address: 768 (0x0300)",
                "Quantity of registers: 258 (0x0102)",
            ],
        );
        check(
            b"\x03\x01\x02",
            &[
                "# Pdu { role: Response, is_odd: true }",
                "Byte count: 1 (0x01)",
                "Data: 02",
            ],
        );
        check(b"\x03", &["# Pdu { role: Neither, is_odd: false }"]);
    }

    #[test]
    fn a_device_identification_lists_its_objects() {
        check(
            b"\x2B\x0E\x04\x03",
            &[
                "# Pdu { role: Request, is_odd: false }",
                "MEI type: 14 (0x0E) Read Device Identification",
                "Read device ID code: 4 (0x04) one object",
                "Object ID: 3 (0x03) VendorUrl",
            ],
        );
        check(
            b"\x2B\x0E\x01\x01\xFF\x02\x02\x00\x02A\n\x01\x00",
            &[
                "# Pdu { role: Response, is_odd: false }",
                "MEI type: 14 (0x0E) Read Device Identification",
                "Read device ID code: 1 (0x01) basic",
                "Conformity level: 1 (0x01)",
                "More follows: 255 (0xFF) yes",
                "Next object ID: 2 (0x02)",
                "Number of objects: 2 (0x02)",
                "Object ID: 0 (0x00) VendorName",
                "Object length: 2 (0x02)",
                "Object value: A\\n",
                "Object ID: 1 (0x01) ProductCode",
                "Object length: 0 (0x00)",
                "Object value: ",
            ],
        );
        check(
            b"\x2B\x0D\x01",
            &["MEI type: 13 (0x0D) CANopen General Reference", "Data: 01"],
        );
    }

    #[test]
    fn functions_and_exceptions_have_their_names() {
        let check = |pdu: &[u8], name: &str, lines: &[&str]| {
            let length = u8::try_from(pdu.len() + 1).unwrap();
            let message = [&[0, 1, 0, 0, 0, length, 1], pdu].concat();
            let shown = shown(Pretty::Modbus, &message);
            assert_eq!(shown[4], name);
            assert_eq!(shown[5..], *lines);
        };
        check(
            b"\x83\x02",
            "7..8 Function: 131 (0x83) Read Holding Registers # Exception",
            &["8..9 Exception code: 2 (0x02) Illegal data address"],
        );
        check(
            b"\xE4\x63",
            "7..8 Function: 228 (0xE4) # Exception",
            &["8..9 Exception code: 99 (0x63)"],
        );
        check(
            b"\x64ab",
            "7..8 Function: 100 (0x64)",
            &["8..10 Data: 61 62"],
        );
        check(b"\x11", "7..8 Function: 17 (0x11) Report Server ID", &[]);
    }
}
