//! How bytes are read: encoding, framing, and the check of each frame.

use egui::{Align, Id, Label, Layout, Response, RichText, ScrollArea, Ui, vec2};

use super::super::Tokens;
use super::super::widgets::{button, choice, field, small_label};
use super::form::wrong_ui;
use crate::net::Direction;
use crate::payload::Encoding;
use crate::words::protocol::Protocol;
use crate::words::{InWords as _, Language};
use crate::workspace::{FormField, ProtocolForm, ReadingForm, TransportKind};

/// Shows the fields, one below the other; those of each direction, if that is chosen.
pub(super) fn protocol_ui(
    ui: &mut Ui,
    language: &Language,
    transport: TransportKind,
    protocol: &mut ProtocolForm,
) {
    let words = &language.protocol;
    if transport.is_udp() {
        small_label(ui, words.datagrams).on_hover_text(words.datagrams_why);
    }
    // Above the fields, so that it stays where it was clicked.
    let is_split = split_ui(ui, words, protocol);
    if is_split {
        let received = Which::One(Direction::Received);
        small_label(ui, words.received);
        fields_ui(ui, language, (received, transport), &mut protocol.received);
        let sent = Which::One(Direction::Sent);
        ui.add_space(4.0);
        small_label(ui, words.sent);
        fields_ui(ui, language, (sent, transport), &mut protocol.sent);
    } else {
        fields_ui(
            ui,
            language,
            (Which::Both, transport),
            &mut protocol.received,
        );
        protocol.sent = protocol.received.clone();
    }
}

/// Shows the choice whether the directions are read differently. Returns whether they are: that is the user's choice
/// until they differ.
fn split_ui(ui: &mut Ui, words: &Protocol, protocol: &mut ProtocolForm) -> bool {
    let id = ui.scope_id().with("by direction");
    let is_chosen = ui.data(|data| data.get_temp(id)).unwrap_or(false);
    let mut is_split = is_chosen || protocol.received != protocol.sent;
    ui.checkbox(&mut is_split, words.differs)
        .on_hover_text(words.differs_why);
    ui.data_mut(|data| data.insert_temp(id, is_split));
    is_split
}

fn fields_ui(
    ui: &mut Ui,
    language: &Language,
    (which, transport): (Which, TransportKind),
    reading: &mut ReadingForm,
) {
    let words = &language.protocol;
    let problem = reading.problem();
    field::row(ui, words.encoding, |ui, label| {
        let width = ui.available_width();
        encoding_box(ui, words, (which, label), width, &mut reading.encoding);
    });
    // A datagram is a frame by itself.
    let framing =
        (!transport.is_udp()).then(|| (RuleField::framing(words), &mut reading.framing_text));
    let check = (RuleField::check(words), &mut reading.check_text);
    for (rule, text) in framing.into_iter().chain([check]) {
        field::row(ui, rule.name, |ui, label| {
            let width = ui.available_width();
            rule_box(ui, words, (which, label), width, (&rule, text));
        });
        wrong_ui(ui, problem.as_ref(), rule.field, language);
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

/// The width of the fields side by side.
pub(in crate::ui) const PROTOCOL_LINE_WIDTH: f32 = 760.0;

/// The width of a field in a line.
const BOX: f32 = 150.0;
/// The width of a direction before the fields.
const DIRECTION_WIDTH: f32 = 56.0;

/// Shows the fields side by side, below more about them; a line for each direction, if that is chosen.
pub(in crate::ui) fn protocol_lines_ui(
    ui: &mut Ui,
    language: &Language,
    protocol: &mut ProtocolForm,
    more_ui: impl FnOnce(&mut Ui),
) {
    let words = &language.protocol;
    let line = ui.horizontal_wrapped(|ui| {
        ui.add_space(6.0);
        let is_split = split_ui(ui, words, protocol);
        ui.add_space(8.0);
        more_ui(ui);
        is_split
    });
    if line.inner {
        let (received, sent) = (Direction::Received, Direction::Sent);
        line_ui(ui, words, Which::One(received), &mut protocol.received);
        line_ui(ui, words, Which::One(sent), &mut protocol.sent);
    } else {
        line_ui(ui, words, Which::Both, &mut protocol.received);
        protocol.sent = protocol.received.clone();
    }
    if let Some(problem) = protocol.problem() {
        field::problem(ui, Some(&problem.in_words(language)));
    }
}

/// Shows fields side by side, the last one below the others if there is little room.
fn line_ui(ui: &mut Ui, words: &Protocol, which: Which, reading: &mut ReadingForm) {
    let labelled = |ui: &mut Ui, name| {
        let text = RichText::new(name).color(Tokens::of(ui).muted_text);
        ui.add(Label::new(text)).id
    };
    let rule_ui = |ui: &mut Ui, rule: &RuleField, text: &mut String| {
        ui.add_space(8.0);
        let label = labelled(ui, rule.name);
        rule_box(ui, words, (which, label), BOX, (rule, text));
    };
    let is_wide = ui.available_width() >= PROTOCOL_LINE_WIDTH;
    let (framing, check) = (RuleField::framing(words), RuleField::check(words));
    ui.horizontal(|ui| {
        ui.add_space(6.0);
        if is_wide && let Which::One(direction) = which {
            let size = vec2(DIRECTION_WIDTH, Tokens::CONTROL_HEIGHT);
            let layout = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                ui.set_min_width(DIRECTION_WIDTH);
                small_label(ui, direction_name(words, direction));
            });
        }
        let label = labelled(ui, words.encoding);
        encoding_box(ui, words, (which, label), BOX, &mut reading.encoding);
        rule_ui(ui, &framing, &mut reading.framing_text);
        if is_wide {
            rule_ui(ui, &check, &mut reading.check_text);
        }
    });
    if !is_wide {
        ui.horizontal(|ui| {
            rule_ui(ui, &check, &mut reading.check_text);
            if let Which::One(direction) = which {
                small_label(ui, direction_name(words, direction));
            }
        });
    }
}

fn direction_name(words: &Protocol, direction: Direction) -> &'static str {
    match direction {
        Direction::Received => words.received,
        Direction::Sent => words.sent,
    }
}

/// A field for a rule, with ready rules to choose from.
struct RuleField {
    name: &'static str,
    field: FormField,
    why: &'static str,
    /// As each of them is written, and what it means.
    ready: Vec<(&'static str, &'static str)>,
}

impl RuleField {
    fn framing(words: &Protocol) -> Self {
        Self {
            name: words.framing,
            field: FormField::Framing,
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
                ("http", words.http),
                ("websocket", words.websocket),
                ("mqtt", words.mqtt),
                ("postgres", words.postgres),
                ("resp", words.resp),
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
            field: FormField::Check,
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
    let choices: Vec<_> = Encoding::all()
        .map(|it| (it, words.encoding_name(it)))
        .collect();
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
const MENU_HEIGHT: f32 = 500.0;
