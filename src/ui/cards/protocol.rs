//! How bytes are read: their encoding, their framing, and what frames are checked for.

use egui::{ComboBox, ScrollArea, Ui};

use super::super::widgets::{button, field};
use super::frame::problem_of;
use crate::payload::Encoding;
use crate::workspace::{Field, ProtocolForm};

/// Framings on offer, with what they mean.
const FRAMINGS: [(&str, &str); 14] = [
    ("", "None: chunks as they were read and written"),
    ("line", "Lines that end with LF, CR LF or CR"),
    ("lf", "Lines that end with LF"),
    ("crlf", "Lines that end with CR LF"),
    ("cr", "Lines that end with CR"),
    ("delimiter:00", "Up to delimiter bytes"),
    ("fixed:8", "Frames of a fixed length"),
    ("length:u16be", "A length before each frame"),
    ("length:u16be,at=4", "Modbus TCP: a length behind 4 bytes"),
    ("varint", "A varint length before each frame (protobuf)"),
    ("mllp", "MLLP (HL7): 0B … 1C 0D"),
    ("stx-etx", "STX … ETX, escaped by DLE"),
    ("slip", "SLIP (RFC 1055)"),
    ("silence:20ms", "Frames apart by silence"),
];

/// Checks on offer, with what they mean.
const CHECKS: [(&str, &str); 7] = [
    ("", "None"),
    ("crc CRC-16/MODBUS le", "Modbus RTU"),
    ("crc CRC-16/XMODEM", "XMODEM"),
    ("crc CRC-32", "CRC-32"),
    ("sum", "Sum of the bytes modulo 256"),
    ("xor HEX over=1..-3", "NMEA 0183: $…*HH"),
    ("lrc HEX over=1..-2 decode", "Modbus ASCII: :…LRC"),
];

/// Shows the fields, one below the other.
pub(super) fn protocol_ui(ui: &mut Ui, protocol: &mut ProtocolForm) {
    encoding_ui(ui, &mut protocol.encoding);
    let problem = protocol.parse().err();
    framing_ui(ui, &mut protocol.framing_text);
    field::problem(ui, problem_of(problem.as_ref(), Field::Framing).as_deref());
    check_ui(ui, &mut protocol.check_text);
    field::problem(ui, problem_of(problem.as_ref(), Field::Check).as_deref());
}

/// Shows the fields side by side.
pub(in crate::ui) fn protocol_line_ui(ui: &mut Ui, protocol: &mut ProtocolForm) {
    ui.columns(3, |columns| {
        let [encoding, framing, check] = columns else {
            return;
        };
        encoding_ui(encoding, &mut protocol.encoding);
        framing_ui(framing, &mut protocol.framing_text);
        check_ui(check, &mut protocol.check_text);
    });
    if let Err(problem) = protocol.parse() {
        field::problem(ui, Some(&problem.to_string()));
    }
}

fn framing_ui(ui: &mut Ui, text: &mut String) {
    rule_ui(ui, "Framing", "none", text, &FRAMINGS).on_hover_text(
        "How each stream is cut into frames, for the timeline. The chunks stay as they are.",
    );
}

fn check_ui(ui: &mut Ui, text: &mut String) {
    rule_ui(ui, "Check", "none", text, &CHECKS).on_hover_text(
        "What each frame is checked for: fields as in a template, such as crc CRC-16/MODBUS le",
    );
}

fn encoding_ui(ui: &mut Ui, encoding: &mut Encoding) {
    field::row(ui, "Encoding", |ui, label| {
        let combo = ComboBox::from_id_salt("encoding")
            .selected_text(encoding.label())
            .width(ui.available_width())
            .show_ui(ui, |ui| {
                for choice in Encoding::all() {
                    if ui
                        .selectable_value(encoding, choice, choice.label())
                        .clicked()
                    {
                        ui.close();
                    }
                }
            });
        combo
            .response
            .labelled_by(label)
            .accessible_name("Encoding");
    });
}

/// Shows a rule that can be typed, and ready ones to choose.
fn rule_ui(
    ui: &mut Ui,
    name: &str,
    hint: &str,
    text: &mut String,
    ready: &[(&str, &str)],
) -> egui::Response {
    field::row(ui, name, |ui, label| {
        let choose = button::width_of_icon(ui) + ui.spacing().item_spacing.x;
        let width = ui.available_width() - choose;
        let response = field::input_with_hint(ui, name, text, width, hint).labelled_by(label);
        let more = button::drop_down(ui).accessible_name(format!("{name} choices"));
        egui::Popup::menu(&more).show(|ui| {
            ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                for (rule, meaning) in ready {
                    let words = if rule.is_empty() {
                        (*meaning).to_owned()
                    } else {
                        format!("{rule} — {meaning}")
                    };
                    if button::menu_item(ui, &words) {
                        *text = (*rule).to_owned();
                    }
                }
            });
        });
        response
    })
}
