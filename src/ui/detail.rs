//! The detail pane: the whole of the selected entry, as text and as a hex dump.

mod chosen;
mod compared;
mod ends;
mod frame;
mod hex;
mod inspector;
mod pretty;
mod text;

use std::sync::Arc;

use bytes::Bytes;
use egui::{Align, Label, Layout, Popup, Rect, RichText, Sense, Stroke, Ui, UiBuilder, vec2};

use super::action::Action;
use super::clock;
use super::reuse::{self, Reuse};
use super::theme::Tokens;
use super::widgets::{button, choice, sign_and_color};
use crate::capture::{Detail, RowKind, RowText};
use crate::model::Model;
use crate::payload::CopyFormat;
use crate::payload::Draft;
use crate::words::detail::Detail as Words;
use crate::words::sentence;
use chosen::ChosenBytes;
use compared::Compared;
use hex::HexView;
use pretty::PrettyView;
use text::TextView;

/// The detail pane's own state.
#[derive(Debug, Default)]
pub(super) struct DetailPane {
    view: View,
    text: TextView,
    hex: HexView,
    pretty: PrettyView,
    /// The payload that the shown one is compared with.
    compared: Option<Compared>,
    /// Whether a frame is shown without its delimiters, its escapes undone.
    is_bare: bool,
    /// The bytes that are chosen in both.
    chosen: ChosenBytes,
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
const ALL_CHOICES: f32 = 760.0;
const CHOICE_BOX: f32 = 140.0;
/// The least width of the text beside the dump; with less room it stands above it.
const MIN_TEXT: f32 = 240.0;
/// The space between text and dump, and before the menu.
const GAP: f32 = 20.0;

impl DetailPane {
    /// Shows the selected entry.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        selected: Option<u64>,
        actions: &mut Vec<Action>,
    ) -> Option<Draft> {
        let Some(number) = selected else {
            self.shown = None;
            hint_ui(ui, model.words.detail.nothing_selected);
            return None;
        };
        actions.extend(model.timeline.detail_wanted(number).map(Action::Ask));
        match model.timeline.detail(number) {
            Some(Some(detail)) => self.show(detail),
            Some(None) => {
                self.shown = None;
                hint_ui(ui, model.words.detail.not_kept);
                return None;
            }
            None => {}
        }
        let detail = self.shown.clone()?;
        let Some(payload) = &detail.payload else {
            happening_ui(ui, model, &detail);
            return None;
        };
        let to_edit = self.header_ui(ui, model, &detail, payload, actions);
        let mut payload = payload.clone();
        if let Some(frame) = &detail.frame {
            let was_bare = self.is_bare;
            frame::frame_ui(ui, model.words, &detail, frame, &mut self.is_bare);
            if was_bare != self.is_bare {
                self.renew();
            }
            if self.is_bare {
                payload = frame.rule.framing.payload(&payload).into_owned().into();
            }
        }
        self.payload_ui(ui, model, &detail, &payload, actions);
        to_edit
    }

    fn show(&mut self, detail: &Arc<Detail>) {
        let shown = self.shown.as_ref();
        if !shown.is_some_and(|shown| Arc::ptr_eq(shown, detail)) {
            self.shown = Some(Arc::clone(detail));
            self.renew();
        }
    }

    /// Begins with other bytes.
    fn renew(&mut self) {
        self.text = TextView::default();
        self.hex = HexView::default();
        self.chosen = ChosenBytes::default();
        self.pretty.renew();
    }

    fn header_ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        detail: &Detail,
        payload: &Bytes,
        actions: &mut Vec<Action>,
    ) -> Option<Draft> {
        let words = &model.words.detail;
        let views = [
            (View::Text, words.text),
            (View::Both, words.text_and_hex),
            (View::Hex, words.hex),
            (View::Structure, words.structure),
            (View::Ends, words.both_ends),
        ];
        let is_wide = ui.available_width() >= ONE_LINE;
        let size = vec2(ui.available_width(), Tokens::of(ui).control_height);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let buttons = button::width(ui, words.copy_as) + button::width(ui, words.reuse);
        let gaps = GAP + ui.spacing().item_spacing.x;
        let has_room = ui.available_width() >= ALL_CHOICES;
        let choices = if has_room {
            choice::width(ui, &views)
        } else {
            CHOICE_BOX
        };
        let tools = choices + gaps + buttons;
        let tools = rect.with_min_x(rect.right() - tools);
        let layout = Layout::left_to_right(Align::Center);
        let mut left = ui.new_child(line(rect.with_max_x(tools.left() - 8.0), layout));
        heading_ui(&mut left, words, detail);
        if is_wide {
            circumstances_ui(&mut left, model, detail);
        }
        let mut right = ui.new_child(line(tools, layout));
        if has_room {
            choice::segmented(&mut right, words.show_as, &mut self.view, &views);
        } else {
            let width = CHOICE_BOX - 12.0;
            choice::list(&mut right, words.show_as, width, &mut self.view, &views);
        }
        right.add_space(GAP - right.spacing().item_spacing.x);
        copy_ui(&mut right, words, detail.row.number, actions);
        let reuse = reuse::reuse_ui(&mut right, model, detail, payload, actions);
        let to_edit = match reuse {
            Some(Reuse::Edit(draft)) => Some(draft),
            Some(Reuse::Compare(name, payload)) => {
                self.compared = Some(Compared::new(name, payload));
                None
            }
            None => None,
        };
        if !is_wide {
            ui.add_space(-4.0);
            circumstances_ui(ui, model, detail);
        }
        ui.add_space(2.0);
        to_edit
    }

    fn payload_ui(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        detail: &Detail,
        payload: &Bytes,
        actions: &mut Vec<Action>,
    ) {
        if let Some(compared) = &mut self.compared {
            if compared.ui(
                ui,
                &model.words.detail,
                payload,
                &mut self.hex,
                &mut self.chosen,
            ) {
                self.compared = None;
            }
            return;
        }
        let mut area = ui.available_rect_before_wrap();
        let chosen = self.chosen.range();
        if !chosen.is_empty() && area.width() >= inspector::WIDTH + MIN_TEXT {
            let at = area.right() - inspector::WIDTH;
            let column = area.with_min_x(at + GAP / 2.0);
            let mut ui = ui.new_child(line(column, Layout::top_down(Align::Min)));
            inspector::inspector_ui(&mut ui, model.words, payload, chosen.start);
            area.max.x = at - GAP / 2.0;
        }
        let (text, hex) = match self.view {
            View::Text => (Some(area), None),
            View::Hex => (None, Some(area)),
            View::Ends => {
                let mut ui = ui.new_child(line(area, Layout::top_down(Align::Min)));
                ends::ends_ui(&mut ui, model, detail, actions);
                return;
            }
            View::Structure => {
                let mut ui = ui.new_child(line(area, Layout::top_down(Align::Min)));
                self.pretty
                    .ui(&mut ui, model.words, payload, &mut self.chosen);
                return;
            }
            View::Both => {
                let (text, hex) = split(ui, area);
                (Some(text), Some(hex))
            }
        };
        let mut wants_copy = None;
        if let Some(area) = text {
            let mut ui = ui.new_child(line(area, Layout::top_down(Align::Min)));
            if self.text.ui(
                &mut ui,
                &model.words.detail,
                detail,
                payload,
                &mut self.chosen,
            ) {
                wants_copy = Some(CopyFormat::Text);
            }
        }
        if let Some(area) = hex {
            let mut ui = ui.new_child(line(area, Layout::top_down(Align::Min)));
            let name = model.words.detail.hex_dump;
            if self.hex.ui(&mut ui, name, payload, &mut self.chosen) {
                wants_copy = Some(CopyFormat::Hex);
            }
        }
        if let Some(format) = wants_copy {
            let number = detail.row.number;
            actions.push(Action::Copy {
                rows: (number, number),
                format,
            });
        }
    }
}

fn line(rect: Rect, layout: Layout) -> UiBuilder {
    UiBuilder::new().max_rect(rect).layout(layout)
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
    let at = (area.center().y / tokens.line_height).round() * tokens.line_height;
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
    let peer = row.peer.map(|peer| match row.kind {
        RowKind::Sent(_) => words.to(&peer.to_string()),
        _ => words.from(&peer.to_string()),
    });
    let name = row.endpoint.and_then(|id| model.shown_name(id));
    let peer = peer.map(|peer| name.map_or_else(|| peer.clone(), |name| words.by(&peer, name)));
    let (first, last) = (
        detail.stream_offset,
        detail.stream_offset + size.saturating_sub(1),
    );
    let place = match size {
        0 | 1 => words.byte_of_stream(first),
        _ => words.bytes_of_stream(first, last),
    };
    let parts = [peer, Some(clock::micros(row.time)), Some(place)];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let tokens = Tokens::of(ui);
    let text = tokens.small_words(words, tokens.muted_text);
    ui.add(Label::new(text).truncate())
        .on_hover_text(clock::day(&model.words.detail, row.time));
}

fn copy_ui(ui: &mut Ui, words: &Words, number: u64, actions: &mut Vec<Action>) {
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
                actions.push(Action::Copy {
                    rows: (number, number),
                    format,
                });
            }
        }
    });
}

/// Shows an entry without bytes: what happened, and what it means.
fn happening_ui(ui: &mut Ui, model: &Model, detail: &Detail) {
    let tokens = Tokens::of(ui);
    let row = &detail.row;
    let (_, color) = sign_and_color(row.kind, tokens);
    let color = if row.kind == RowKind::Quiet {
        tokens.text
    } else {
        color
    };
    ui.spacing_mut().item_spacing.y = 8.0;
    ui.add_space(4.0);
    let happened = model.words.row_text(row);
    let words = RichText::new(sentence(&happened.text))
        .family(Tokens::semibold())
        .color(color);
    ui.add(Label::new(words).wrap());
    let meaning = match &row.text {
        RowText::Words(happening) => model.words.meaning(happening),
        RowText::Payload(_) => None,
    };
    if let Some(meaning) = meaning {
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width().min(680.0));
            ui.add(Label::new(RichText::new(meaning).color(tokens.text)).wrap());
        });
    }
    let name = row.endpoint.and_then(|id| model.shown_name(id));
    let since = row.since_previous;
    let parts = [
        name.map(str::to_owned),
        Some(clock::micros(row.time)),
        since.map(|since| model.words.detail.since_previous(since)),
    ];
    let text = tokens.small_words(
        parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        tokens.muted_text,
    );
    ui.add(Label::new(text).truncate())
        .on_hover_text(clock::day(&model.words.detail, row.time));
}

fn hint_ui(ui: &mut Ui, words: &str) {
    let color = Tokens::of(ui).muted_text;
    ui.centered_and_justified(|ui| ui.label(RichText::new(words).color(color)));
}
