//! The detail pane: the whole of the selected entry, as text and as a hex dump.

mod bundle;
mod chosen;
mod compared;
mod ends;
mod found;
mod frame;
mod happening;
mod header;
mod hex;
mod packets;
mod pretty;
mod readings;
mod text;
mod tls;

use std::sync::Arc;

use bytes::Bytes;
use egui::{Align, Layout, Rect, Stroke, Ui, UiBuilder};

use super::find::MatchesHere;
use super::widgets::hint;
use super::widgets::row_list::RowList;
use super::{Action, Cx, Tokens};
use crate::capture::Detail;
use crate::payload::CopyFormat;
use bundle::BundleView;
pub(super) use chosen::ChosenBytes;
use compared::Compared;
use found::FoundBytes;
pub(super) use frame::LINE as FRAME_LINE;
use happening::happening_ui;
pub(super) use hex::{hex_ui, per_line, short_width};
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
    Packets,
}

/// The least width of the text beside the dump; with less room it stands above it.
const MIN_TEXT: f32 = 240.0;
/// The least lines of text and dump together where one stands above the other; with less room, the dump has to do.
const STACKED_LINES: usize = 4;
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
                payload = frame.rule.payload(&payload).into_owned().into();
            }
        }
        if let Some(compared) = &mut self.compared {
            let is_over = compared.ui(ui, cx.words, &payload, &mut self.hex, &mut self.chosen);
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

    fn payload_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, detail: &Detail, payload: &Bytes) {
        let words = &cx.words.detail;
        let mut area = ui.available_rect_before_wrap();
        match self.view {
            View::Ends => return ends::ends_ui(&mut column(ui, area), cx, detail),
            View::Packets => {
                return packets::packets_ui(&mut column(ui, area), cx, &detail.row);
            }
            _ => {}
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
        let place = readings::ReadingsPlace::take(&mut area, wanted, lines);
        let chosen = self.chosen.range();
        let chosen = (!chosen.is_empty()).then_some(chosen.start);
        readings::ui(ui, cx.words, place, payload, chosen);
        let (text, hex) = match view {
            View::Text => (Some(area), None),
            View::Hex => (None, Some(area)),
            View::Structure | View::Ends | View::Packets => {
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
