//! How bytes are read: their encoding, their framing, and what frames are checked for.

use egui::{ComboBox, Id, Label, RichText, ScrollArea, Ui};

use super::super::theme::Tokens;
use super::super::widgets::{button, field, small_label};
use super::frame::problem_of;
use crate::payload::Encoding;
use crate::words::{InWords as _, Language};
use crate::workspace::{Field, ProtocolForm};

/// Framings on offer, with what they mean.
const FRAMINGS: [(&str, &str); 14] = [
    ("", "Chunks as they were read and written"),
    ("line", "Lines that end with LF, CR LF or CR"),
    ("lf", "Lines that end with LF"),
    ("crlf", "Lines that end with CR LF"),
    ("cr", "Lines that end with CR"),
    ("delimiter:00", "Up to delimiter bytes"),
    ("fixed:8", "Frames of a fixed length"),
    ("length:u16be", "A length before each frame"),
    ("length:u16be,at=4", "Modbus TCP: a length behind 4 bytes"),
    ("varint", "A varint before each frame (protobuf)"),
    ("mllp", "MLLP (HL7): 0B … 1C 0D"),
    ("stx-etx", "STX … ETX, escaped by DLE"),
    ("slip", "SLIP (RFC 1055)"),
    ("silence:20ms", "Frames apart by silence"),
];

/// Checks on offer, with what they mean.
const CHECKS: [(&str, &str); 7] = [
    ("", "Frames are not checked"),
    ("crc CRC-16/MODBUS le", "Modbus RTU"),
    ("crc CRC-16/XMODEM", "XMODEM"),
    ("crc CRC-32", "CRC-32"),
    ("sum", "Sum of the bytes modulo 256"),
    ("xor HEX over=1..-3", "NMEA 0183: $…*HH"),
    ("lrc HEX over=1..-2 decode", "Modbus ASCII: :…LRC"),
];

/// Shows the fields, one below the other.
pub(super) fn protocol_ui(ui: &mut Ui, protocol: &mut ProtocolForm, words: &Language) {
    ui.separator();
    small_label(ui, "Also for what is on record");
    let problem = protocol.parse().err();
    field::row(ui, ENCODING, |ui, label| {
        let width = ui.available_width();
        encoding_box(ui, label, width, &mut protocol.encoding);
    });
    for (rule, text) in [
        (&FRAMING, &mut protocol.framing_text),
        (&CHECK, &mut protocol.check_text),
    ] {
        field::row(ui, rule.name, |ui, label| {
            let width = ui.available_width();
            rule_box(ui, label, width, rule, text);
        });
        field::problem(
            ui,
            problem_of(problem.as_ref(), rule.field, words).as_deref(),
        );
    }
}

/// How wide the fields are side by side with what stands behind them.
pub(in crate::ui) const PROTOCOL_LINE_WIDTH: f32 = 860.0;

/// Shows the fields side by side, and something more behind them, or below them where there is little room.
pub(in crate::ui) fn protocol_line_ui(
    ui: &mut Ui,
    protocol: &mut ProtocolForm,
    words: &Language,
    mut more_ui: impl FnMut(&mut Ui),
) {
    const BOX: f32 = 150.0;
    let labelled = |ui: &mut Ui, name| {
        let text = RichText::new(name).color(Tokens::of(ui).muted_text);
        ui.add(Label::new(text)).id
    };
    let rule_ui = |ui: &mut Ui, rule: &RuleField, text: &mut String| {
        let label = labelled(ui, rule.name);
        rule_box(ui, label, BOX, rule, text);
        ui.add_space(8.0);
    };
    let is_wide = ui.available_width() >= PROTOCOL_LINE_WIDTH;
    let mut rest_ui = |ui: &mut Ui, check: &mut String| {
        rule_ui(ui, &CHECK, check);
        more_ui(ui);
    };
    ui.horizontal(|ui| {
        ui.add_space(6.0);
        let label = labelled(ui, ENCODING);
        encoding_box(ui, label, BOX, &mut protocol.encoding);
        ui.add_space(8.0);
        rule_ui(ui, &FRAMING, &mut protocol.framing_text);
        if is_wide {
            rest_ui(ui, &mut protocol.check_text);
        }
    });
    if !is_wide {
        ui.horizontal(|ui| {
            ui.add_space(6.0);
            rest_ui(ui, &mut protocol.check_text);
        });
    }
    if let Err(problem) = protocol.parse() {
        field::problem(ui, Some(&problem.in_words(words)));
    }
}

const ENCODING: &str = "Encoding";

/// A rule that can be typed.
struct RuleField {
    name: &'static str,
    field: Field,
    hover: &'static str,
    /// Ready ones to choose, with what they mean.
    ready: &'static [(&'static str, &'static str)],
}

const FRAMING: RuleField = RuleField {
    name: "Framing",
    field: Field::Framing,
    hover: "How each stream is cut into frames, for the timeline and for a fixed reply. The chunks stay as they are.",
    ready: &FRAMINGS,
};

const CHECK: RuleField = RuleField {
    name: "Check",
    field: Field::Check,
    hover: "What each frame is checked for: fields as in a template, such as crc CRC-16/MODBUS le",
    ready: &CHECKS,
};

fn encoding_box(ui: &mut Ui, label: Id, width: f32, encoding: &mut Encoding) {
    let combo = ComboBox::from_id_salt("encoding")
        .selected_text(encoding.label())
        .width(width)
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
    combo.response.labelled_by(label).accessible_name(ENCODING);
}

fn rule_box(ui: &mut Ui, label: Id, width: f32, rule: &RuleField, text: &mut String) {
    let choose = button::width_of_icon(ui) + ui.spacing().item_spacing.x;
    field::input_with_hint(ui, rule.name, text, width - choose, "none")
        .labelled_by(label)
        .on_hover_text(rule.hover);
    let more = button::drop_down(ui).accessible_name(format!("{} choices", rule.name));
    egui::Popup::menu(&more).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .max_height(MENU_HEIGHT)
            .show(ui, |ui| {
                let widths = rule.ready.iter().map(|(ready, _)| ready.len());
                let width = widths.max().unwrap_or_default();
                for (ready, meaning) in rule.ready {
                    let (written, spoken) = match *ready {
                        "" => ("none", (*meaning).to_owned()),
                        ready => (ready, format!("{ready}: {meaning}")),
                    };
                    let item = button::ready(ui, written, width, meaning, text == ready);
                    if item.accessible_name(&spoken).clicked() {
                        *text = (*ready).to_owned();
                        ui.close();
                    }
                }
            });
    });
}

/// Room for all ready framings.
const MENU_HEIGHT: f32 = 400.0;
