//! The detail pane: the whole of the selected entry, as text and as a hex dump.

mod bundle;
mod chosen;
mod compared;
mod ends;
mod found;
mod frame;
mod hex;
mod pretty;
mod readings;
mod text;

use std::sync::Arc;

use bytes::Bytes;
use egui::{
    Align, Frame, Label, Layout, Margin, Popup, PopupCloseBehavior, Rect, Response, RichText,
    Sense, Stroke, Ui, UiBuilder, vec2,
};

use super::find::MatchesHere;
use super::widgets::row_list::RowList;
use super::widgets::{button, choice, hint, line, sign_and_color, small_label};
use super::{Action, Cx, Tokens, clock, reuse};
use crate::capture::{Detail, Row, RowKind, RowText};
use crate::model::Model;
use crate::payload::CopyFormat;
use crate::words::detail::Detail as Words;
use crate::words::sentence;
use bundle::BundleView;
use chosen::ChosenBytes;
use compared::Compared;
use found::FoundBytes;
use pretty::PrettyView;
use text::TextView;

/// The detail pane's own state.
#[derive(Debug, Default)]
pub(super) struct DetailPane {
    view: View,
    text: TextView,
    hex: RowList,
    pretty: PrettyView,
    /// The payload that the shown one is compared with.
    compared: Option<Compared>,
    /// Whether a frame is shown without its delimiters, its escapes undone.
    is_bare: bool,
    /// The bytes that are chosen in both.
    chosen: ChosenBytes,
    /// What the last find matches in them, and how many matches that are.
    found: FoundBytes,
    here: Option<MatchesHere>,
    /// The entry that was found and whether to go to its first match, until it is shown.
    arriving: Option<(u64, bool)>,
    /// Whether to go to the next or the previous match.
    step: Option<bool>,
    bundle: BundleView,
    /// What is shown; while the next one is awaited, still the last one, so that nothing flickers.
    shown: Option<Arc<Detail>>,
}

/// How a payload is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    Text,
    #[default]
    Both,
    Hex,
    Structure,
    Ends,
}

/// The width from which on the entry's circumstances stand beside the heading.
const ONE_LINE: f32 = 860.0;
/// The width from which on all choices stand in sight, and that of the box that has them otherwise.
const ALL_CHOICES: f32 = 640.0;
const CHOICE_BOX: f32 = 140.0;
/// The least width of the text beside the dump; with less room it stands above it.
const MIN_TEXT: f32 = 240.0;
/// The least height of a pane with the circumstances on a line of their own.
const ROOMY: f32 = 92.0;
/// The least lines of text and dump together where one stands above the other; with less room, the dump has to do.
const STACKED_LINES: usize = 4;
/// The width of an explanation, in points.
const EXPLANATION_WIDTH: f32 = 440.0;
/// The space between text and dump, and before the menu.
const GAP: f32 = 20.0;

impl DetailPane {
    /// Shows the selected entry.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, number: u64) {
        let row = cx.timeline.bundle(number);
        self.bundle.follow(number);
        if let (Some(row), Some((entry, _))) = (row, self.arriving)
            && row.shows(entry)
        {
            self.bundle.go_to(entry);
        }
        let chunk = self.bundle.at().filter(|_| row.is_some());
        let wanted = cx.timeline.detail_wanted(number, chunk);
        cx.extend(wanted.map(Action::Ask));
        self.here = None;
        let is_current = cx.timeline.detail(number).is_some();
        match cx.timeline.detail(number) {
            Some(Some(detail)) => self.show(detail),
            Some(None) => {
                self.shown = None;
                return hint(ui, cx.words.detail.not_kept);
            }
            None => {}
        }
        let Some(detail) = self.shown.clone() else {
            return;
        };
        let Some(mut payload) = detail.payload.clone() else {
            return happening_ui(ui, cx, &detail);
        };
        if let Some(row) = row {
            self.bundle.ui(ui, cx, row, &detail);
        }
        self.header_ui(ui, cx, &detail, &payload);
        if let Some(frame) = &detail.frame {
            let was_bare = self.is_bare;
            frame::frame_ui(ui, cx.words, &detail, frame, &mut self.is_bare);
            if was_bare != self.is_bare {
                self.renew();
            }
            if self.is_bare {
                payload = frame.rule.framing.payload(&payload).into_owned().into();
            }
        }
        if let Some(compared) = &mut self.compared {
            let words = &cx.words.detail;
            let is_over = compared.ui(ui, words, &payload, &mut self.hex, &mut self.chosen);
            if is_over {
                self.compared = None;
            }
            return;
        }
        self.find(cx, &detail, &payload);
        if !is_current {
            self.here = None;
        }
        self.payload_ui(ui, cx, &detail, &payload);
    }

    /// Returns how many matches there are in what is shown, and which of them is chosen.
    pub(super) fn matches_here(&self) -> Option<MatchesHere> {
        self.here
    }

    /// Goes to the first match in an entry, or to the last one, as soon as the entry is shown.
    pub(super) fn arrive(&mut self, entry: u64, forward: bool) {
        self.arriving = Some((entry, forward));
    }

    /// Goes to the next match in what is shown, or to the previous one.
    pub(super) fn step(&mut self, forward: bool) {
        self.step = Some(forward);
    }

    /// Finds the matches in what is shown, and goes to the one that is wanted.
    fn find(&mut self, cx: &Cx<'_>, detail: &Detail, payload: &Bytes) {
        // Without its delimiters, a frame is no part of the stream as it is.
        let place = detail.row.place().filter(|_| !self.is_bare);
        let (find, encoding) = (cx.timeline.find(), detail.start.encoding);
        let matches = self.found.of(find, encoding, payload, place);
        let arriving = self.arriving.filter(|(entry, _)| detail.row.shows(*entry));
        let chosen = match (arriving, self.step.take()) {
            (Some((_, forward)), _) => {
                self.arriving = None;
                matches.step(&(0..0), forward)
            }
            (None, Some(forward)) => matches.step(&self.chosen.range(), forward),
            (None, None) => None,
        };
        if let Some(chosen) = chosen {
            self.chosen.choose(chosen);
        }
        self.here = Some(matches.here(&self.chosen.range()));
    }

    /// Notes that nothing is selected.
    pub(super) fn leave(&mut self) {
        self.shown = None;
        self.here = None;
    }

    fn show(&mut self, detail: &Arc<Detail>) {
        let shown = self.shown.replace(Arc::clone(detail));
        let is_same = |shown: &Arc<Detail>| {
            let (it, now) = (&shown.row, &detail.row);
            Arc::ptr_eq(shown, detail)
                || (it.number, it.entry, it.frame) == (now.number, now.entry, now.frame)
                    && (shown.start == detail.start && shown.payload == detail.payload)
        };
        if !shown.as_ref().is_some_and(is_same) {
            self.renew();
        }
    }

    /// Begins with other bytes.
    fn renew(&mut self) {
        self.text = TextView::default();
        self.hex = RowList::default();
        self.chosen = ChosenBytes::default();
        self.found.renew();
        self.pretty.renew();
    }

    fn header_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, payload: &Bytes) {
        let words = &cx.words.detail;
        let views = [
            (View::Text, words.text),
            (View::Both, words.text_and_hex),
            (View::Hex, words.hex),
            (View::Structure, words.structure),
            (View::Ends, words.both_ends),
        ];
        let is_wide = ui.available_width() >= ONE_LINE;
        let is_low = !is_wide && ui.available_height() < ROOMY;
        let has_room = ui.available_width() >= ALL_CHOICES;
        let size = vec2(ui.available_width(), Tokens::CONTROL_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let choices = if has_room {
            choice::width(ui, &views)
        } else {
            CHOICE_BOX
        };
        let buttons = button::width(ui, words.copy_as) + button::width(ui, words.reuse);
        let sign = button::width(ui, words.what_happened_sign) + ui.spacing().item_spacing.x;
        let sign = if is_low { sign } else { 0.0 };
        let tools = choices + GAP + ui.spacing().item_spacing.x + buttons + sign;
        let tools = rect.with_min_x(rect.right() - tools);
        let mut left = ui.new_child(line(rect.with_max_x(tools.left() - 8.0)));
        heading_ui(&mut left, words, detail);
        if is_wide {
            about_ui(&mut left, cx, detail);
        }
        let mut right = ui.new_child(line(tools));
        if has_room {
            choice::segmented(&mut right, words.show_as, &mut self.view, &views);
        } else {
            choice::list(
                &mut right,
                words.show_as,
                CHOICE_BOX,
                &mut self.view,
                &views,
            );
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
        } else if !is_wide {
            ui.add_space(-4.0);
            about_ui(ui, cx, detail);
        }
        ui.add_space(2.0);
    }

    fn payload_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, payload: &Bytes) {
        let words = &cx.words.detail;
        let mut area = ui.available_rect_before_wrap();
        if self.view == View::Ends {
            return ends::ends_ui(&mut column(ui, area), cx, detail);
        }
        let (mut wanted, mut lines) = (hex::full_width(ui), 2);
        let mut view = self.view;
        if view == View::Both {
            wanted += GAP + MIN_TEXT;
            let is_stacked = area.width() < wanted;
            if is_stacked && area.height() < STACKED_LINES as f32 * Tokens::LINE_HEIGHT {
                view = View::Hex;
            } else if is_stacked {
                lines = STACKED_LINES;
            }
        }
        let place = readings::Place::take(&mut area, wanted, lines);
        let chosen = self.chosen.range();
        let chosen = (!chosen.is_empty()).then_some(chosen.start);
        readings::ui(ui, cx.words, place, payload, chosen);
        let (text, hex) = match view {
            View::Text => (Some(area), None),
            View::Hex => (None, Some(area)),
            View::Structure | View::Ends => {
                let ui = &mut column(ui, area);
                return self.pretty.ui(ui, cx.words, payload, &mut self.chosen);
            }
            View::Both => {
                let (text, hex) = split(ui, area);
                (Some(text), Some(hex))
            }
        };
        let rows = (detail.row.number, detail.row.number);
        let found = self.found.bytes();
        let reveal = self.chosen.take_reveal();
        if let Some(area) = text {
            let ui = &mut column(ui, area);
            if self.text.ui(
                ui,
                words,
                detail,
                payload,
                (&mut self.chosen, found, reveal),
            ) {
                cx.push(Action::Copy(rows, CopyFormat::Text));
            }
        }
        if let Some(area) = hex {
            let (ui, list) = (&mut column(ui, area), &mut self.hex);
            let grounds = (found, Tokens::of(ui).found);
            if let Some(byte) = reveal {
                list.reveal((byte / hex::per_line(ui)) as u64);
            }
            if hex::hex_ui(list, ui, words.hex_dump, payload, &mut self.chosen, grounds) {
                cx.push(Action::Copy(rows, CopyFormat::Hex));
            }
        }
    }
}

/// Lays what follows out downwards in a place of its own.
fn column(ui: &mut Ui, rect: Rect) -> Ui {
    let layout = Layout::top_down(Align::Min);
    ui.new_child(UiBuilder::new().max_rect(rect).layout(layout))
}

/// Puts the text beside the dump where there is room for both, else above it.
fn split(ui: &Ui, area: Rect) -> (Rect, Rect) {
    let tokens = Tokens::of(ui);
    let stroke = Stroke::new(1.0, tokens.border);
    let dump = hex::full_width(ui);
    if area.width() - dump - GAP >= MIN_TEXT {
        let at = area.right() - dump - GAP;
        ui.painter()
            .vline(at + GAP / 2.0 - 4.0, area.y_range(), stroke);
        return (area.with_max_x(at), area.with_min_x(at + GAP));
    }
    let at = (area.center().y / Tokens::LINE_HEIGHT).round() * Tokens::LINE_HEIGHT;
    ui.painter().hline(area.x_range(), at, stroke);
    (area.with_max_y(at - 4.0), area.with_min_y(at + 5.0))
}

fn heading_ui(ui: &mut Ui, words: &Words, detail: &Detail) {
    let tokens = Tokens::of(ui);
    let (words, color) = match detail.row.kind {
        RowKind::Sent(size) => (words.sent(size), tokens.sent),
        RowKind::Received(size) => (words.received(size), tokens.received),
        _ => return,
    };
    ui.label(RichText::new(words).family(Tokens::semibold()).color(color));
}

/// Shows from whom or to whom, by which endpoint, when, and where in its stream.
fn circumstances_ui(ui: &mut Ui, model: &Model, detail: &Detail) {
    let (row, words) = (&detail.row, &model.words.detail);
    let Some(size) = row.kind.data_bytes() else {
        return;
    };
    let peer = row.peer.as_ref().map(|peer| match row.kind {
        RowKind::Sent(_) => words.to(&peer.to_string()),
        _ => words.from(&peer.to_string()),
    });
    let name = row.endpoint.and_then(|id| model.shown_name(id));
    let peer = peer.map(|peer| name.map_or_else(|| peer.clone(), |name| words.by(&peer, name)));
    let first = detail.stream_offset;
    let place = match size {
        0 | 1 => words.byte_of_stream(first),
        _ => words.bytes_of_stream(first, first + size - 1),
    };
    when_ui(
        ui,
        model,
        row,
        [
            peer,
            Some(clock::micros(row.time)),
            Some(place),
            words.requested_by(row.by),
        ],
    );
}

/// Shows what is known about an entry, and on which day it was.
fn when_ui(ui: &mut Ui, model: &Model, row: &Row, parts: [Option<String>; 4]) {
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    small_label(ui, words).on_hover_text(clock::day(&model.words.detail, row.time));
}

/// Shows from whom, when and where in its stream, and the button that explains it.
fn about_ui(ui: &mut Ui, cx: &Cx<'_>, detail: &Detail) {
    let size = vec2(ui.available_width(), Tokens::LINE_HEIGHT);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        explain_ui(
            &button::small(ui, cx.words.detail.what_happened),
            cx,
            detail,
        );
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            circumstances_ui(ui, cx, detail);
        });
    });
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

/// Shows an entry without bytes: what happened, and what it means.
fn happening_ui(ui: &mut Ui, model: &Model, detail: &Detail) {
    let tokens = Tokens::of(ui);
    let row = &detail.row;
    let color = match row.kind {
        RowKind::Quiet => tokens.text,
        kind => sign_and_color(kind, tokens).1,
    };
    ui.spacing_mut().item_spacing.y = 8.0;
    ui.add_space(4.0);
    let happened = sentence(&model.words.row_text(row).text);
    let happened = RichText::new(happened).family(Tokens::semibold());
    ui.add(Label::new(happened.color(color)).wrap());
    let meaning = match &row.text {
        RowText::Words(happening) => model.words.meaning(happening, row.is_unix()),
        RowText::Payload(_) => None,
    };
    if let Some(meaning) = meaning {
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width().min(680.0));
            ui.add(Label::new(RichText::new(meaning).color(tokens.text)).wrap());
        });
    }
    let name = row.endpoint.and_then(|id| model.shown_name(id));
    let name = name.map(str::to_owned);
    let since = row.since_previous;
    let since = since.map(|since| model.words.detail.since_previous(since));
    let by = model.words.detail.requested_by(row.by);
    when_ui(
        ui,
        model,
        row,
        [name, Some(clock::micros(row.time)), since, by],
    );
}
