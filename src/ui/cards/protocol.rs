//! How bytes are read: encoding, framing, and the check of each frame.

use egui::{Id, Label, RichText, ScrollArea, Ui};

use super::super::Tokens;
use super::super::widgets::{button, choice, field, small_label};
use super::frame::wrong_ui;
use crate::payload::Encoding;
use crate::words::protocol::Protocol;
use crate::words::{InWords as _, Language};
use crate::workspace::{Field, ProtocolForm};

/// Shows the fields, one below the other.
pub(super) fn protocol_ui(ui: &mut Ui, language: &Language, protocol: &mut ProtocolForm) {
    let words = &language.protocol;
    ui.separator();
    small_label(ui, words.recorded_data);
    let problem = protocol.problem();
    field::row(ui, words.encoding, |ui, label| {
        let width = ui.available_width();
        encoding_box(ui, words, label, width, &mut protocol.encoding);
    });
    for (rule, text) in [
        (RuleField::framing(words), &mut protocol.framing_text),
        (RuleField::check(words), &mut protocol.check_text),
    ] {
        field::row(ui, rule.name, |ui, label| {
            let width = ui.available_width();
            rule_box(ui, words, label, width, &rule, text);
        });
        wrong_ui(ui, problem.as_ref(), rule.field, language);
    }
}

/// The width of the fields side by side, with what follows them.
pub(in crate::ui) const PROTOCOL_LINE_WIDTH: f32 = 860.0;

/// Shows the fields side by side, with more after them, or below them if there is little room.
pub(in crate::ui) fn protocol_line_ui(
    ui: &mut Ui,
    language: &Language,
    protocol: &mut ProtocolForm,
    mut more_ui: impl FnMut(&mut Ui),
) {
    const BOX: f32 = 150.0;
    let words = &language.protocol;
    let labelled = |ui: &mut Ui, name| {
        let text = RichText::new(name).color(Tokens::of(ui).muted_text);
        ui.add(Label::new(text)).id
    };
    let rule_ui = |ui: &mut Ui, rule: &RuleField, text: &mut String| {
        let label = labelled(ui, rule.name);
        rule_box(ui, words, label, BOX, rule, text);
        ui.add_space(8.0);
    };
    let is_wide = ui.available_width() >= PROTOCOL_LINE_WIDTH;
    let mut rest_ui = |ui: &mut Ui, check: &mut String| {
        rule_ui(ui, &RuleField::check(words), check);
        more_ui(ui);
    };
    ui.horizontal(|ui| {
        ui.add_space(6.0);
        let label = labelled(ui, words.encoding);
        encoding_box(ui, words, label, BOX, &mut protocol.encoding);
        ui.add_space(8.0);
        rule_ui(ui, &RuleField::framing(words), &mut protocol.framing_text);
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
    if let Some(problem) = protocol.problem() {
        field::problem(ui, Some(&problem.in_words(language)));
    }
}

/// A field for a rule, with ready rules to choose from.
struct RuleField {
    name: &'static str,
    field: Field,
    why: &'static str,
    /// As each of them is written, and what it means.
    ready: Vec<(&'static str, &'static str)>,
}

impl RuleField {
    fn framing(words: &Protocol) -> Self {
        Self {
            name: words.framing,
            field: Field::Framing,
            why: words.framing_why,
            ready: vec![
                ("", words.chunks),
                ("line", words.line),
                ("lf", words.lf),
                ("crlf", words.crlf),
                ("cr", words.cr),
                ("delimiter:00", words.delimiter),
                ("fixed:8", words.fixed),
                ("length:u16be", words.length),
                ("length:u16be,at=4", words.modbus_tcp),
                ("varint", words.varint),
                ("mllp", words.mllp),
                ("stx-etx", words.stx_etx),
                ("slip", words.slip),
                ("silence:20ms", words.silence),
            ],
        }
    }

    fn check(words: &Protocol) -> Self {
        Self {
            name: words.check,
            field: Field::Check,
            why: words.check_why,
            ready: vec![
                ("", words.unchecked),
                ("crc CRC-16/MODBUS le", words.modbus_rtu),
                ("crc CRC-16/XMODEM", words.xmodem),
                ("crc CRC-32", words.crc32),
                ("sum", words.sum),
                ("xor HEX over=1..-3", words.nmea),
                ("lrc HEX over=1..-2 decode", words.modbus_ascii),
            ],
        }
    }
}

fn encoding_box(ui: &mut Ui, words: &Protocol, label: Id, width: f32, encoding: &mut Encoding) {
    let choices: Vec<_> = Encoding::all().map(|it| (it, it.label())).collect();
    choice::list(ui, words.encoding, width, encoding, &choices).labelled_by(label);
}

fn rule_box(
    ui: &mut Ui,
    words: &Protocol,
    label: Id,
    width: f32,
    rule: &RuleField,
    text: &mut String,
) {
    let choose = Tokens::CONTROL_HEIGHT + ui.spacing().item_spacing.x;
    field::input_with_hint(ui, rule.name, text, width - choose, words.none)
        .labelled_by(label)
        .on_hover_text(rule.why);
    let more = button::drop_down(ui).accessible_name(words.choices(rule.name));
    egui::Popup::menu(&more).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().max_height(MENU_HEIGHT);
        area.show(ui, |ui| {
            let widths = rule.ready.iter().map(|(ready, _)| ready.len());
            let width = widths.max().unwrap_or_default();
            for (ready, meaning) in &rule.ready {
                let (written, spoken) = match *ready {
                    "" => (words.none, (*meaning).to_owned()),
                    ready => (ready, words.choice(ready, meaning)),
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

/// Room for all framings.
const MENU_HEIGHT: f32 = 400.0;
