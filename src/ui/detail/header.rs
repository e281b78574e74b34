//! What stands above a payload: what it is, where it comes from, and what can be done with it.

use bytes::Bytes;
use egui::{
    Align, Frame, Label, Layout, Margin, Popup, PopupCloseBehavior, Response, RichText, Sense,
    TextStyle, TextWrapMode, Ui, WidgetText, vec2,
};

use super::super::widgets::{button, choice, line, small_label};
use super::super::{Action, Cx, Tokens, Wish, clock, reuse, tried};
use super::compared::Compared;
use super::{DetailPane, GAP, View, frame, packets};
use crate::capture::{Detail, Row, RowKind};
use crate::net::{Address, Direction, EndpointId};
use crate::payload::CopyFormat;
use crate::script::RuleNumber;
use crate::session::CaptureId;
use crate::words::detail::Detail as Words;

/// The width from which on the entry's circumstances stand beside the heading.
const ONE_LINE: f32 = 860.0;
/// The least width of the box that has the choices where they have no room beside the heading.
const LEAST_CHOICE_BOX: f32 = 76.0;
/// The least height of a pane with the circumstances on a line of their own, and of one that leads to Why not? below the
/// heading: a line of bytes has room as well.
const ROOMY: f32 = 92.0;
const ROOM_FOR_WHY: f32 = 78.0;
/// The width of an explanation, in points.
const EXPLANATION_WIDTH: f32 = 440.0;

impl DetailPane {
    pub(super) fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, payload: &Bytes) {
        let words = &cx.words.detail;
        let mut views = vec![
            (View::Text, words.text),
            (View::Both, words.text_and_hex),
            (View::Hex, words.hex),
            (View::Structure, words.structure),
            (View::Ends, words.both_ends),
        ];
        match packets::has_packets(ui, cx, &detail.row) {
            Some(true) => views.push((View::Packets, cx.words.packets_shown.packets)),
            Some(false) if self.view == View::Packets => self.view = View::Both,
            _ => {}
        }
        let is_wide = ui.available_width() >= ONE_LINE;
        let height = ui.available_height() - detail.frame.as_ref().map_or(0.0, frame::height);
        let is_low = !is_wide && height < ROOMY;
        let size = vec2(ui.available_width(), Tokens::CONTROL_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let buttons = button::width(ui, words.copy_as) + button::width(ui, words.reuse);
        let sign = button::width(ui, words.what_happened_sign) + ui.spacing().item_spacing.x;
        let sign = if is_low { sign } else { 0.0 };
        let heading = heading(words, detail);
        let heading_width = heading.as_ref().map_or(0.0, |it| it.width(ui));
        let room = size.x - heading_width - 2.0 * GAP - buttons - sign;
        let all_choices = choice::width(ui, &views);
        let has_room = room >= all_choices;
        let choices = if has_room {
            all_choices
        } else {
            let most = choice::list_width(ui, &views).max(LEAST_CHOICE_BOX);
            room.clamp(LEAST_CHOICE_BOX, most)
        };
        let tools = choices + GAP + ui.spacing().item_spacing.x + buttons + sign;
        let tools = rect.with_min_x(rect.right() - tools);
        let mut left = ui.new_child(line(rect.with_max_x(tools.left() - 8.0)));
        if let Some(heading) = heading {
            heading.ui(&mut left, words);
        }
        if is_wide {
            about_ui(&mut left, cx, detail);
        }
        let mut right = ui.new_child(line(tools));
        if has_room {
            choice::segmented(&mut right, words.show_as, &mut self.view, &views);
        } else {
            choice::list(&mut right, words.show_as, choices, &mut self.view, &views);
        }
        right.add_space(GAP - right.spacing().item_spacing.x);
        copy_ui(&mut right, cx, detail.row.number);
        if let Some(name) = reuse::reuse_ui(&mut right, cx, detail) {
            self.compared = Some(Compared::new(name, payload.clone()));
        }
        if is_low {
            let sign = button::quiet(&mut right, words.what_happened_sign);
            let sign = sign.accessible_name(words.what_happened);
            explain_ui(&sign.on_hover_text(words.what_happened), cx, detail);
            if height >= ROOM_FOR_WHY && tried::of_detail(cx, detail).is_some() {
                line_ui(ui, |ui| why_ui(ui, cx, detail));
            }
        } else if !is_wide {
            ui.add_space(-4.0);
            about_ui(ui, cx, detail);
        }
        ui.add_space(2.0);
    }
}

/// What stands above a payload: how much of it there is, and whether it was encrypted on the way.
struct Heading {
    text: String,
    direction: Direction,
    is_encrypted: bool,
}

fn heading(words: &Words, detail: &Detail) -> Option<Heading> {
    let (text, direction) = match detail.row.kind {
        RowKind::Sent(size) => (words.sent(size), Direction::Sent),
        RowKind::Received(size) => (words.received(size), Direction::Received),
        _ => return None,
    };
    let encrypted = detail.wire_bytes.filter(|_| detail.frame.is_none());
    Some(Heading {
        text: match encrypted {
            Some(wire) => words.encrypted(&text, wire.into()),
            None => text,
        },
        direction,
        is_encrypted: encrypted.is_some(),
    })
}

impl Heading {
    fn rich(&self, ui: &Ui) -> RichText {
        let tokens = Tokens::of(ui);
        let color = match self.direction {
            Direction::Sent => tokens.sent,
            Direction::Received => tokens.received,
        };
        let text = RichText::new(&self.text).family(Tokens::semibold());
        text.color(color)
    }

    fn width(&self, ui: &Ui) -> f32 {
        let text = WidgetText::from(self.rich(ui));
        let whole = Some(TextWrapMode::Extend);
        let galley = text.into_galley(ui, whole, f32::INFINITY, TextStyle::Body);
        galley.size().x
    }

    fn ui(&self, ui: &mut Ui, words: &Words) {
        let label = ui.add(Label::new(self.rich(ui)).truncate());
        if self.is_encrypted {
            label.on_hover_text(words.encrypted_why);
        }
    }
}

/// Shows from whom or to whom, by which endpoint, when, and where in its stream.
fn circumstances_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    let (row, words) = (&detail.row, &cx.words.detail);
    let Some(size) = row.kind.data_bytes() else {
        return;
    };
    let peer = row.peer.as_ref().map(|peer| match row.kind {
        RowKind::Sent(_) => words.to(&peer.to_string()),
        _ => words.from(&peer.to_string()),
    });
    let name = row.endpoint.and_then(|id| cx.shown_name(id));
    let peer = peer.map(|peer| name.map_or_else(|| peer.clone(), |name| words.by(&peer, name)));
    // A datagram is no part of a stream.
    let is_datagram = row.peer.as_ref().is_some_and(Address::is_udp);
    let first = detail.stream_offset;
    let place = (!is_datagram).then(|| match size {
        0 | 1 => words.byte_of_stream(first),
        _ => words.bytes_of_stream(first, first + size - 1),
    });
    let time = Some(clock::micros(row.time));
    when_ui(ui, cx, row, [peer, time, place]);
}

/// Shows what is known about an entry, on which day it was, and who requested it: a rule leads to itself.
pub(super) fn when_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Row, parts: [Option<String>; 3]) {
    let words = &cx.words.detail;
    let by = words.requested_by(row.by);
    let rule = rule_of(cx, row).zip(by.clone());
    let rest = by.filter(|_| rule.is_none());
    let known: Vec<_> = parts.into_iter().flatten().chain(rest).collect();
    let day = clock::day(cx.words, row.time);
    let Some(((endpoint, number), by)) = rule else {
        small_label(ui, known.join(cx.words.common.comma)).on_hover_text(day);
        return;
    };
    ui.horizontal(|ui| {
        let link = button::small_width(ui, &by) + ui.spacing().item_spacing.x;
        let room = (ui.available_width() - link).max(0.0);
        ui.scope(|ui| {
            ui.set_max_width(room);
            small_label(ui, known.join(cx.words.common.comma)).on_hover_text(day);
        });
        let link = button::small(ui, &by);
        if link.on_hover_text(words.by_rule_why).clicked() {
            cx.wish(Wish::ShowRule(endpoint, number));
        }
    });
}

/// Returns the rule that requested an entry, if its endpoint still has one of that number.
fn rule_of(cx: &Cx<'_>, row: &Row) -> Option<(EndpointId, RuleNumber)> {
    let (endpoint, number) = (row.endpoint?, row.by.rule()?);
    let form = cx
        .form(endpoint)
        .filter(|_| cx.shown() == CaptureId::Live)?;
    let place = usize::from(number.0.get()) - 1;
    form.kind.behaviour().rules.rules.get(place)?;
    Some((endpoint, number))
}

/// Shows from whom, when and where in its stream, and the button that explains it.
fn about_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    line_ui(ui, |ui| {
        explain_ui(
            &button::small(ui, cx.words.detail.what_happened),
            cx,
            detail,
        );
        why_ui(ui, cx, detail);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            circumstances_ui(ui, cx, detail);
        });
    });
}

/// Shows something on a line of small words, from the right.
fn line_ui(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), Tokens::LINE_HEIGHT);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        show(ui);
    });
}

/// Shows the button that says what each rule makes of a request, and that none answers it as soon as that is known.
fn why_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    let Some(order) = tried::of_detail(cx, detail) else {
        return;
    };
    tried::ask(ui, cx, &order);
    let words = &cx.words.whys;
    if button::small(ui, words.name)
        .on_hover_text(words.why)
        .clicked()
    {
        cx.wish(Wish::WhyNot);
    }
    let explained = cx.why.get(&order).filter(|it| it.is_in_use);
    if explained.is_some_and(|it| it.rules.is_ok() && it.answering().is_none()) {
        let color = Tokens::of(ui).caution;
        ui.label(Tokens::small_words(words.unanswered, color));
    }
}

/// Explains, at a button, what the bytes of a chunk say about the calls that moved them.
fn explain_ui(button: &Response, cx: &Cx<'_>, detail: &Detail) {
    let words = &cx.words.explanations;
    let row = &detail.row;
    let explained = match row.kind {
        RowKind::Received(size) => {
            let buffer = row.endpoint.and_then(|id| cx.read_buffer(id));
            words.received(size, buffer)
        }
        RowKind::Sent(size) => words.sent(size),
        _ => return,
    };
    Popup::menu(button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_max_width(EXPLANATION_WIDTH);
            let margin = Margin::symmetric(8, 6);
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.add(Label::new(explained).wrap());
            });
        });
}

fn copy_ui(ui: &mut Ui, cx: &Cx<'_>, number: u64) {
    let words = &cx.words.detail;
    let formats = [
        (words.copy_text, CopyFormat::Text),
        (words.copy_hex, CopyFormat::Hex),
        (words.copy_escaped, CopyFormat::Escaped),
        (words.copy_c_array, CopyFormat::CArray),
    ];
    let response = button::plain(ui, words.copy_as);
    Popup::menu(&response).show(|ui| {
        for (name, format) in formats {
            if button::menu_item(ui, name) {
                cx.push(Action::Copy((number, number), format));
            }
        }
    });
}
