//! The PDU of Modbus: a function code and what follows it (Modbus Application Protocol V1.1b3, 6 and 7).

use super::layout::{Fit, Item, Said, Shape, fit};
use super::modbus::Fields;
use super::names::{ENCAPSULATED, exception_name, function_name, mei_name, object_name};

/// The bit of a function code that makes it an exception.
const EXCEPTION: u8 = 0x80;

/// Draws a function code and its data, as far as the layout is known.
pub(super) fn draw(fields: &mut Fields<'_, '_>) {
    let start = fields.at();
    let pdu = fields.rest();
    let about = start..start + pdu.len();
    let Some(&code) = pdu.first() else {
        fields.page.note("no function code", about);
        return;
    };
    if code & EXCEPTION != 0 {
        fields.u8_with("Function", |code| match function_name(code & !EXCEPTION) {
            "" => "exception".to_owned(),
            name => format!("{name}, exception"),
        });
        fields.u8_with("Exception code", exception_name);
        fields.data("Data");
        return;
    }
    fields.u8_with("Function", function_name);
    let data = fields.rest();
    if let Some(shape) = Shape::of(code, data) {
        let (items, words) = shape.read(data);
        fields.page.note(words, about);
        draw_items(fields, items);
    } else if code == ENCAPSULATED {
        fields.u8_with("MEI type", mei_name);
    }
    fields.data("Data");
}

/// Returns whether a PDU is one of a known function in its layout, where that is known too.
pub(super) fn is_likely(pdu: &[u8]) -> bool {
    let Some((&code, data)) = pdu.split_first() else {
        return false;
    };
    if function_name(code & !EXCEPTION).is_empty() {
        return false;
    }
    if code & EXCEPTION != 0 {
        return matches!(data, [exception] if !exception_name(*exception).is_empty());
    }
    match Shape::of(code, data) {
        Some(shape) => fit(shape.request, data).max(fit(shape.response, data)) == Fit::Whole,
        None if code == ENCAPSULATED => data.first().is_some_and(|&mei| !mei_name(mei).is_empty()),
        None => true,
    }
}

fn draw_items(fields: &mut Fields<'_, '_>, items: &[Item]) {
    let mut said = Said::default();
    for item in items {
        match *item {
            Item::U8(name) => {
                fields.u8(name);
            }
            Item::Named(name, meaning) => {
                fields.u8_with(name, meaning);
            }
            Item::U16(name) => {
                fields.u16(name);
            }
            Item::Address(name) => said.address = fields.u16(name),
            Item::Quantity(name, _) => said.quantity = fields.u16(name),
            Item::Switch(name) => {
                fields.u16_with(name, |value| match value {
                    0 => "off",
                    0xFF00 => "on",
                    _ => "neither on (0xFF00) nor off (0x0000)",
                });
            }
            Item::Count(name) => said.count = fields.u8(name).unwrap_or(0),
            Item::Bits(name) => draw_bits(fields, name, &said),
            Item::Registers => draw_registers(fields, &said),
            Item::Objects => draw_objects(fields, said.count),
        }
    }
}

/// Names a value by its address, or by how far it stands behind the first where that address is not known.
fn label(said: &Said, index: u32) -> String {
    match said.address {
        Some(address) => (u32::from(address) + index).to_string(),
        None => format!("+{index}"),
    }
}

fn draw_registers(fields: &mut Fields<'_, '_>, said: &Said) {
    let mut index = 0;
    while fields.rest().len() >= 2 {
        fields.u16(&format!("Register {}", label(said, index)));
        index += 1;
    }
}

fn draw_bits(fields: &mut Fields<'_, '_>, name: &str, said: &Said) {
    let quantity = said.quantity.map_or(u32::MAX, u32::from);
    let mut first = 0;
    while !fields.rest().is_empty() {
        let last = (first + 7).min(quantity.saturating_sub(1)).max(first);
        let range = if first == last {
            format!("{name} {}", label(said, first))
        } else {
            format!("{name}s {} to {}", label(said, first), label(said, last))
        };
        fields.u8_with(&range, |byte| {
            let is_on = |index: &u32| byte >> (index - first) & 1 == 1;
            let on: Vec<_> = (first..=last)
                .filter(is_on)
                .map(|index| label(said, index))
                .collect();
            if on.is_empty() {
                "all off".to_owned()
            } else {
                format!("on: {}", on.join(" "))
            }
        });
        first += 8;
    }
}

fn draw_objects(fields: &mut Fields<'_, '_>, count: u8) {
    for _ in 0..count {
        fields.u8_with("Object ID", object_name);
        let Some(len) = fields.u8("Object length") else {
            return;
        };
        fields.text("Object value", len.into());
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pretty;
    use super::super::tests::shown;

    /// Checks the lines of a PDU behind its header and its function code, without their places.
    fn check(pdu: &[u8], expected: &[&str]) {
        let length = u16::try_from(pdu.len() + 1).unwrap().to_be_bytes();
        let message = [&[0, 1, 0, 0], &length[..], &[1], pdu].concat();
        let lines = shown(Pretty::Modbus, &message);
        let words = lines.iter().skip(5).filter_map(|line| line.split_once(' '));
        let words: Vec<_> = words.map(|(_place, words)| words).collect();
        assert_eq!(words, expected, "{pdu:X?}");
        let is_likely = !lines
            .iter()
            .any(|line| line.contains("allowed") || line.contains("fits neither"));
        assert_eq!(Pretty::guess(&message).is_some(), is_likely, "{pdu:X?}");
    }

    #[test]
    fn reads_have_a_request_and_a_response() {
        check(
            b"\x01\0\x13\0\x13",
            &[
                "# request",
                "Starting address: 19 (0x0013)",
                "Quantity of coils: 19 (0x0013)",
            ],
        );
        check(
            b"\x02\x02\xAC\x00",
            &[
                "# response",
                "Byte count: 2 (0x02)",
                "Inputs +0 to +7: 172 (0xAC) on: +2 +3 +5 +7",
                "Inputs +8 to +15: 0 (0x00) all off",
            ],
        );
        check(
            b"\x04\x04\x00\x0A\xFF\xFF",
            &[
                "# response",
                "Byte count: 4 (0x04)",
                "Register +0: 10 (0x000A)",
                "Register +1: 65535 (0xFFFF)",
            ],
        );
    }

    #[test]
    fn where_both_readings_fit_it_is_shown_as_a_request() {
        check(
            b"\x01\x03\xCD\0\x05",
            &[
                "# request or response: both fit, shown as a request",
                "Starting address: 973 (0x03CD)",
                "Quantity of coils: 5 (0x0005)",
            ],
        );
        // More coils than a request may ask for.
        check(
            b"\x01\x03\xCD\x6B\x05",
            &[
                "# response",
                "Byte count: 3 (0x03)",
                "Coils +0 to +7: 205 (0xCD) on: +0 +2 +3 +6 +7",
                "Coils +8 to +15: 107 (0x6B) on: +8 +9 +11 +13 +14",
                "Coils +16 to +23: 5 (0x05) on: +16 +18",
            ],
        );
        check(
            b"\x17\x0A\0\0\x01\0\x0E\0\x01\x02\0\xFF",
            &[
                "# request or response: both fit, shown as a request",
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
    fn writes_name_what_they_write() {
        check(
            b"\x05\0\xAC\xFF\0",
            &[
                "# request or response: they are alike",
                "Output address: 172 (0x00AC)",
                "Output value: 65280 (0xFF00) on",
            ],
        );
        check(
            b"\x05\0\xAC\0\x01",
            &[
                "# request or response: they are alike; with a value that is not allowed",
                "Output address: 172 (0x00AC)",
                "Output value: 1 (0x0001) neither on (0xFF00) nor off (0x0000)",
            ],
        );
        check(
            b"\x06\0\x01\0\x03",
            &[
                "# request or response: they are alike",
                "Register address: 1 (0x0001)",
                "Register value: 3 (0x0003)",
            ],
        );
        check(
            b"\x0F\0\x13\0\x09\x02\xCD\x01",
            &[
                "# request",
                "Starting address: 19 (0x0013)",
                "Quantity of coils: 9 (0x0009)",
                "Byte count: 2 (0x02)",
                "Coils 19 to 26: 205 (0xCD) on: 19 21 22 25 26",
                "Coil 27: 1 (0x01) on: 27",
            ],
        );
        check(
            b"\x10\xFF\xFF\0\x02\x04\0\x0A\x01\x02",
            &[
                "# request",
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
                "# response",
                "Starting address: 1 (0x0001)",
                "Quantity of registers: 2 (0x0002)",
            ],
        );
        check(
            b"\x16\0\x04\0\xF2\0\x25",
            &[
                "# request or response: they are alike",
                "Reference address: 4 (0x0004)",
                "AND mask: 242 (0x00F2)",
                "OR mask: 37 (0x0025)",
            ],
        );
        check(
            b"\x17\0\x03\0\x06\0\x0E\0\x01\x02\0\xFF",
            &[
                "# request",
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
    fn values_that_are_not_allowed_are_shown_and_told() {
        check(
            b"\x03\0\0\0\0",
            &[
                "# request, with a value that is not allowed",
                "Starting address: 0 (0x0000)",
                "Quantity of registers: 0 (0x0000)",
            ],
        );
        check(
            b"\x03\x03\0\x01\x02",
            &[
                "# request, with a value that is not allowed",
                "Starting address: 768 (0x0300)",
                "Quantity of registers: 258 (0x0102)",
            ],
        );
        check(
            b"\x03\x01\x02",
            &[
                "# response, with a value that is not allowed",
                "Byte count: 1 (0x01)",
                "Data: 02",
            ],
        );
        check(b"\x03", &["# fits neither a request nor a response"]);
    }

    #[test]
    fn a_device_identification_has_its_objects() {
        check(
            b"\x2B\x0E\x04\x03",
            &[
                "# request",
                "MEI type: 14 (0x0E) Read Device Identification",
                "Read device ID code: 4 (0x04) one object",
                "Object ID: 3 (0x03) VendorUrl",
            ],
        );
        check(
            b"\x2B\x0E\x01\x01\xFF\x02\x02\x00\x02A\n\x01\x00",
            &[
                "# response",
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
            "7..8 Function: 131 (0x83) Read Holding Registers, exception",
            &["8..9 Exception code: 2 (0x02) Illegal data address"],
        );
        check(
            b"\xE4\x63",
            "7..8 Function: 228 (0xE4) exception",
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
