//! The line below the header while a filter is active: a chip for each part of it, and how many entries are left.

use egui::scroll_area::ScrollBarVisibility;
use egui::{Frame, Label, Margin, ScrollArea, TextWrapMode, Ui};

use super::super::widgets::button;
use super::super::{Action, Cx, Tokens, clock};
use super::filter::{FilterMenu, FilterPart};
use crate::capture::{Filter, Kinds};
use crate::model::Model;

/// Shows the line while anything is left out.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, menu: &mut FilterMenu) {
    let (chips, words) = (chips(cx, menu), &cx.words.filter);
    if chips.is_empty() {
        return;
    }
    let margin = Margin {
        bottom: BELOW,
        ..Margin::symmetric(Tokens::SIDE_MARGIN as i8, 0)
    };
    let line_ui = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 4.0);
        // All that stands on the line is as high as a chip.
        ui.spacing_mut().interact_size.y = button::CHIP_HEIGHT;
        ui.spacing_mut().button_padding.y = 2.0;
        for (part, says) in chips {
            if button::chip(ui, &words.chip(&says), &words.remove(&says)) {
                menu.forget(part);
                let without = part.taken_from(cx.timeline.filter());
                cx.push(Action::Narrow(Box::new(without)));
            }
        }
        if let Some(count) = count(cx) {
            let count = Tokens::small_words(count, Tokens::of(ui).muted_text);
            ui.add(Label::new(count).wrap_mode(TextWrapMode::Extend));
        }
        if button::small(ui, words.clear).clicked() {
            menu.forget_all();
            cx.push(Action::Narrow(Box::new(cleared(cx.timeline.filter()))));
        }
    };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        if ui.content_rect().height() >= LOW {
            ui.horizontal_wrapped(line_ui);
            return;
        }
        // What has no room is scrolled to: rows count for more.
        let area = ScrollArea::horizontal()
            .id_salt("chips")
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
        area.show(ui, |ui| ui.horizontal(line_ui));
    });
}

/// The height of the window below which the chips have one line, in points.
const LOW: f32 = 680.0;
/// The space below the line, in points.
const BELOW: i8 = 6;

/// Returns how high one line of it is; zero while nothing is left out.
pub(super) fn height(cx: &Cx<'_>) -> f32 {
    if chips(cx, &FilterMenu::default()).is_empty() {
        return 0.0;
    }
    Tokens::CONTROL_HEIGHT + f32::from(BELOW)
}

/// Returns how many entries are left, of how many there are.
fn count(model: &Model) -> Option<String> {
    let timeline = &model.timeline;
    let filter = timeline.filter();
    if filter.frames.is_some() || !timeline.is_known() {
        return None;
    }
    let record = timeline.record();
    let first = record.first_kept.max(filter.from_entry);
    let all = record.entries.saturating_sub(first);
    // The record is a little ahead of the rows.
    let shown = timeline.len();
    Some(model.words.filter.shown_of(shown, all.max(shown)))
}

/// Returns a filter without any of its parts.
fn cleared(filter: &Filter) -> Filter {
    Filter {
        from_entry: filter.from_entry,
        frames: filter.frames.clone(),
        ..Filter::default()
    }
}

/// Returns the active parts of the filter, and what they say.
fn chips(model: &Model, menu: &FilterMenu) -> Vec<(FilterPart, String)> {
    let filter = model.timeline.filter();
    let words = &model.words.filter;
    let endpoint = filter.endpoint.and_then(|id| model.shown_name(id));
    let number = filter.connection.map(|it| it.number).or(filter.number);
    let number = number.map(|it| model.words.timeline.sign_of_connection(it));
    let size = filter.size.as_ref().map(|size| {
        let most = Some(*size.end()).filter(|most| *most < u64::MAX);
        words.size_chip(*size.start(), most)
    });
    let time = filter.time.as_ref().map(|time| match menu.typed_of(time) {
        Some((from, "")) => words.chip_from(from),
        Some(("", until)) => words.chip_until(until),
        Some((from, until)) => words.time_chip(from, until),
        None => words.time_chip(&clock::seconds(time.start), &clock::seconds(time.end)),
    });
    let kinds = (filter.kinds != Kinds::ALL).then(|| kinds_words(model, filter.kinds));
    let peer = Some(&filter.peer_text).filter(|text| !text.is_empty());
    let pattern = filter.pattern.as_ref();
    let rule = filter.rule.map(|rule| words.by_rule(rule.0.get()));
    let all = [
        (FilterPart::Endpoint, endpoint.map(str::to_owned)),
        (FilterPart::Connection, number),
        (FilterPart::Rule, rule),
        (FilterPart::Kinds, kinds),
        (FilterPart::Peer, peer.map(|text| words.peer_contains(text))),
        (FilterPart::Size, size),
        (FilterPart::Time, time),
        (
            FilterPart::Pattern,
            pattern.map(|it| words.contains(it.typed())),
        ),
    ];
    let active = all.into_iter();
    active
        .filter_map(|(part, says)| Some((part, says?)))
        .collect()
}

/// Returns the kinds that are shown.
fn kinds_words(model: &Model, kinds: Kinds) -> String {
    let words = &model.words.filter;
    let all = [
        (kinds.received, words.received),
        (kinds.sent, words.sent),
        (kinds.lifecycle, words.lifecycle),
        (kinds.problems, words.problems),
    ];
    let shown = all.iter().filter(|(is_shown, _)| *is_shown);
    let shown: Vec<&str> = shown.map(|(_, words)| *words).collect();
    if shown.is_empty() {
        return words.no_kind.to_owned();
    }
    shown.join(model.words.common.comma)
}
