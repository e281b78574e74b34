//! How bytes are read: encoding, framing, and the check of each frame.

use egui::{Id, Label, Response, RichText, ScrollArea, Ui};

use super::super::Tokens;
use super::super::widgets::{button, choice, field, small_label};
use super::frame::wrong_ui;
use crate::net::Direction;
use crate::payload::Encoding;
use crate::words::protocol::Protocol;
use crate::words::{InWords as _, Language};
use crate::workspace::{Field, ProtocolForm, ReadingForm};

/// Shows the fields, one below the other; those of each direction, if that is chosen.
pub(super) fn protocol_ui(ui: &mut Ui, language: &Language, protocol: &mut ProtocolForm) {
    let words = &language.protocol;
    ui.separator();
    small_label(ui, words.recorded_data);
    let mut split = Split::of(ui, protocol);
    if split.is_split {
        small_label(ui, words.received);
        fields_ui(
            ui,
            language,
            Which::One(Direction::Received),
            &mut protocol.received,
        );
        small_label(ui, words.sent);
        fields_ui(
            ui,
            language,
            Which::One(Direction::Sent),
            &mut protocol.sent,
        );
    } else {
        fields_ui(ui, language, Which::Both, &mut protocol.received);
    }
    split.choice_ui(ui, words);
    split.apply(ui, protocol);
}

fn fields_ui(ui: &mut Ui, language: &Language, which: Which, reading: &mut ReadingForm) {
    let words = &language.protocol;
    let problem = reading.problem();
    field::row(ui, words.encoding, |ui, label| {
        let width = ui.available_width();
        encoding_box(ui, words, (which, label), width, &mut reading.encoding);
    });
    for (rule, text) in [
        (RuleField::framing(words), &mut reading.framing_text),
        (RuleField::check(words), &mut reading.check_text),
    ] {
        field::row(ui, rule.name, |ui, label| {
            let width = ui.available_width();
            rule_box(ui, words, (which, label), width, (&rule, text));
        });
        wrong_ui(ui, problem.as_ref(), rule.field, language);
    }
}

/// Whether the directions are read differently: the user's choice, for as long as they are not.
struct Split {
    id: Id,
    is_split: bool,
}

impl Split {
    fn of(ui: &Ui, protocol: &ProtocolForm) -> Self {
        let id = ui.scope_id().with("by direction");
        let is_chosen = ui.data(|data| data.get_temp(id)).unwrap_or(false);
        let is_split = is_chosen || protocol.received != protocol.sent;
        Self { id, is_split }
    }

    fn choice_ui(&mut self, ui: &mut Ui, words: &Protocol) {
        ui.checkbox(&mut self.is_split, words.differs)
            .on_hover_text(words.differs_why);
    }

    /// Applies what was chosen, and what was typed for both.
    fn apply(self, ui: &Ui, protocol: &mut ProtocolForm) {
        ui.data_mut(|data| data.insert_temp(self.id, self.is_split));
        if !self.is_split {
            protocol.sent = protocol.received.clone();
        }
    }
}

/// The directions that a field applies to.
#[derive(Clone, Copy)]
enum Which {
    Both,
    One(Direction),
}

impl Which {
    /// Names a field: by its label, or with the direction, where there are two of each.
    fn name(self, words: &Protocol, field: &str) -> String {
        match self {
            Self::Both => field.to_owned(),
            Self::One(Direction::Received) => words.of_received(field),
            Self::One(Direction::Sent) => words.of_sent(field),
        }
    }

    /// Links a field with its label, unless its own name says more.
    fn link(self, field: Response, label: Id) -> Response {
        match self {
            Self::Both => field.labelled_by(label),
            Self::One(_) => field,
        }
    }
}

/// The width of the fields side by side, with what follows them.
pub(in crate::ui) const PROTOCOL_LINE_WIDTH: f32 = 860.0;

/// The width of a field in a line.
const BOX: f32 = 150.0;

/// Shows the fields side by side, with more after them, or below them if there is little room; a line for each
/// direction, if that is chosen.
pub(in crate::ui) fn protocol_line_ui(
    ui: &mut Ui,
    language: &Language,
    protocol: &mut ProtocolForm,
    more_ui: impl FnOnce(&mut Ui),
) {
    let words = &language.protocol;
    let mut split = Split::of(ui, protocol);
    let is_split = split.is_split;
    if is_split {
        line_ui(
            ui,
            words,
            Which::One(Direction::Received),
            &mut protocol.received,
            |ui| {
                small_label(ui, words.received);
            },
        );
    }
    let (which, reading) = if is_split {
        (Which::One(Direction::Sent), &mut protocol.sent)
    } else {
        (Which::Both, &mut protocol.received)
    };
    line_ui(ui, words, which, reading, |ui| {
        if is_split {
            small_label(ui, words.sent);
        }
    });
    ui.horizontal(|ui| {
        ui.add_space(6.0);
        split.choice_ui(ui, words);
        ui.add_space(8.0);
        more_ui(ui);
    });
    split.apply(ui, protocol);
    if let Some(problem) = protocol.problem() {
        field::problem(ui, Some(&problem.in_words(language)));
    }
}

/// Shows fields side by side, and what follows them.
fn line_ui(
    ui: &mut Ui,
    words: &Protocol,
    which: Which,
    reading: &mut ReadingForm,
    more_ui: impl FnOnce(&mut Ui),
) {
    let labelled = |ui: &mut Ui, name| {
        let text = RichText::new(name).color(Tokens::of(ui).muted_text);
        ui.add(Label::new(text)).id
    };
    ui.horizontal(|ui| {
        ui.add_space(6.0);
        let label = labelled(ui, words.encoding);
        encoding_box(ui, words, (which, label), BOX, &mut reading.encoding);
        for (rule, text) in [
            (RuleField::framing(words), &mut reading.framing_text),
            (RuleField::check(words), &mut reading.check_text),
        ] {
            ui.add_space(8.0);
            let label = labelled(ui, rule.name);
            rule_box(ui, words, (which, label), BOX, (&rule, text));
        }
        ui.add_space(8.0);
        more_ui(ui);
    });
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

fn encoding_box(
    ui: &mut Ui,
    words: &Protocol,
    (which, label): (Which, Id),
    width: f32,
    encoding: &mut Encoding,
) {
    let choices: Vec<_> = Encoding::all().map(|it| (it, it.label())).collect();
    let name = which.name(words, words.encoding);
    let list = choice::list(ui, &name, width, encoding, &choices);
    which.link(list, label);
}

fn rule_box(
    ui: &mut Ui,
    words: &Protocol,
    (which, label): (Which, Id),
    width: f32,
    (rule, text): (&RuleField, &mut String),
) {
    let choose = Tokens::CONTROL_HEIGHT + ui.spacing().item_spacing.x;
    let name = which.name(words, rule.name);
    let input = field::input_with_hint(ui, &name, text, width - choose, words.none);
    which.link(input, label).on_hover_text(rule.why);
    let more = button::drop_down(ui).accessible_name(words.choices(&name));
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
