//! Why not? What each rule of an endpoint says to a request: that of the selected row, or one that is typed. In place of
//! the detail pane.

mod bytes;
mod report;
mod subject;

use egui::{Align, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::detail::{per_line, short_width};
use super::widgets::{alert, button, choice, hint, line, muted_label};
use super::{Action, Cx, Tokens, tried};
use crate::payload::Format;
use crate::script::MAX_REQUEST_BYTES;
use crate::session::Explained;
use crate::words::InWords as _;
use bytes::BytesView;
use report::TrialReports;
use subject::TrialSubject;

/// The pane's own state.
#[derive(Debug, Default)]
pub(super) struct WhyPane {
    is_open: bool,
    subject: TrialSubject,
    reports: TrialReports,
    bytes: BytesView,
}

/// The least height of the pane, in points, and the part of the height that it begins with.
pub(super) const MIN_HEIGHT: f32 = 132.0;
pub(super) const PART: f32 = 0.5;
/// The width from which on the bytes stand beside the rules.
const BESIDE: f32 = 620.0;
/// How many lines of bytes stand above the rules at most.
const BYTES_LINES: usize = 3;
/// The widths of the choices and fields above.
const ENDPOINT_WIDTH: f32 = 128.0;
const NARROW_WIDTH: f32 = 100.0;
const STATE_WIDTH: f32 = 130.0;
const NUMBER_WIDTH: f32 = 44.0;
/// The space between the rules and the bytes.
const GAP: f32 = 16.0;

impl WhyPane {
    /// Opens the pane with what is selected, or for a request that is typed.
    pub(super) fn open(&mut self, cx: &Cx<'_>) {
        self.is_open = true;
        self.subject.begin(cx);
    }

    /// Closes it. Returns whether it was open.
    pub(super) fn close(&mut self) -> bool {
        std::mem::take(&mut self.is_open)
    }

    /// Returns whether it is open.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Shows the pane; `selected` is the number of the selected row.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, selected: Option<u64>) {
        self.subject.follow(cx, selected);
        ui.spacing_mut().item_spacing.y = 4.0;
        self.head_ui(ui, cx);
        self.request_ui(ui, cx);
        ui.add_space(2.0);
        if let Some(lack) = self.subject.lack(cx) {
            return hint(ui, &lack);
        }
        let order = match self.subject.order(cx) {
            Ok(order) => order,
            Err(problem) => return alert::problem(ui, cx.words, problem.as_ref()),
        };
        let Some(order) = order else {
            return hint(ui, cx.words.whys.no_request);
        };
        tried::ask(ui, cx, &order);
        let explained = cx.why.get(&order).or(cx.why.newest());
        let Some(explained) = explained.filter(|it| it.order.endpoint == order.endpoint) else {
            return;
        };
        if self.subject.note_states(&explained.states) {
            // The choice among them stands above.
            ui.ctx().request_repaint();
        }
        self.explained_ui(ui, cx, explained);
    }

    /// Shows whose rules are tried, in which state, and what closes the pane.
    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.whys;
        let size = vec2(ui.available_width(), Tokens::CONTROL_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let mut right = ui.new_child(line(rect).layout(Layout::right_to_left(Align::Center)));
        let close = button::close(&mut right).accessible_name(words.close);
        if close.on_hover_text(words.close).clicked() {
            self.is_open = false;
        }
        if let Some((endpoint, of)) = self.subject.exchange(cx) {
            let make = button::plain(&mut right, words.make_short);
            let make = make
                .accessible_name(words.make)
                .on_hover_text(words.make_why);
            if make.clicked() {
                cx.push(Action::MakeRule(endpoint, Box::new(of)));
            }
        }
        let mut left = ui.new_child(line(rect.with_max_x(right.min_rect().left() - 8.0)));
        left.label(egui::RichText::new(words.name).family(Tokens::semibold()));
        left.add_space(8.0);
        let is_wide = rect.width() >= BESIDE;
        let width = if is_wide {
            ENDPOINT_WIDTH
        } else {
            NARROW_WIDTH
        };
        self.subject.endpoint_ui(&mut left, cx, width);
        self.subject.state_ui(&mut left, cx, STATE_WIDTH, is_wide);
        self.subject.number_ui(&mut left, cx, NUMBER_WIDTH);
    }

    /// Shows the request as it is typed.
    fn request_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.whys;
        ui.horizontal(|ui| {
            let formats = [(Format::Text, words.as_text), (Format::Hex, words.as_hex)];
            let choices = choice::width(ui, &formats) + ui.spacing().item_spacing.x;
            let again = self.subject.can_take_again();
            let again =
                again.then(|| button::width(ui, words.selected) + ui.spacing().item_spacing.x);
            let width = ui.available_width() - choices - again.unwrap_or_default();
            self.subject.request_ui(ui, cx, width);
            self.subject.format_ui(ui, cx, &formats);
            if again.is_some() {
                let again = button::plain(ui, words.selected).on_hover_text(words.selected_why);
                if again.clicked() {
                    self.subject.take_again();
                }
            }
        });
    }

    fn explained_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, explained: &Explained) {
        self.reports.follow(explained);
        let area = ui.available_rect_before_wrap();
        let (rules, bytes) = if area.width() >= BESIDE {
            let at = area.right() - short_width(ui).max(area.width() * 0.4 - GAP);
            (area.with_max_x(at - GAP), area.with_min_x(at))
        } else {
            let lines = explained.seen.bytes.len().div_ceil(per_line(ui)).max(1);
            let at = area.top() + lines.min(BYTES_LINES) as f32 * Tokens::LINE_HEIGHT + 2.0;
            (area.with_min_y(at + 4.0), area.with_max_y(at))
        };
        let column = |ui: &mut Ui, rect: Rect| {
            let layout = Layout::top_down(Align::Min);
            ui.new_child(UiBuilder::new().max_rect(rect).layout(layout))
        };
        let marked = self.reports.failing_byte(explained);
        let is_new = self.reports.take_new_choice();
        let below = &mut column(ui, bytes);
        self.bytes
            .ui(below, cx, &explained.seen.bytes, marked, is_new);
        let rules = &mut column(ui, rules);
        let scroll = ScrollArea::vertical().id_salt("why").auto_shrink(false);
        scroll.show(rules, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            summary_ui(ui, cx, explained, self.subject.is_of_row());
            self.reports.ui(ui, cx, explained);
        });
    }
}

/// Says that no rule answers, and which would be the nearest.
fn unanswered(cx: &Cx<'_>, explained: &Explained) -> String {
    let words = &cx.words.whys;
    let nearest = explained.reports.first().filter(|it| it.answers_requests);
    nearest.map_or_else(
        || words.unanswered.to_owned(),
        |nearest| words.nearest(nearest.place + 1),
    )
}

/// Says which rule answers, and what is to be known about it.
fn summary_ui(ui: &mut Ui, cx: &Cx<'_>, explained: &Explained, is_of_row: bool) {
    let words = &cx.words.whys;
    let tokens = Tokens::of(ui);
    let rules = match &explained.rules {
        Ok(rules) => rules.rules(),
        Err(problem) => {
            let problem = problem.in_words(cx.words);
            return alert::block(ui, &words.wrong(&problem), None);
        }
    };
    let (said, color) = match explained.answering() {
        _ if rules.rules.is_empty() => (words.no_rules.to_owned(), tokens.muted_text),
        _ if explained.is_in_use && cx.document.is_silenced(explained.order.endpoint) => {
            (words.not_approved.to_owned(), tokens.caution)
        }
        _ if explained.seen.bytes.len() > MAX_REQUEST_BYTES => {
            (words.too_long(MAX_REQUEST_BYTES as u64), tokens.caution)
        }
        Some((place, true)) => (words.answered(place + 1), tokens.good),
        Some((place, false)) => (words.perhaps(place + 1), tokens.caution),
        None => (unanswered(cx, explained), tokens.caution),
    };
    let said = egui::RichText::new(said).family(Tokens::semibold());
    ui.add(egui::Label::new(said.color(color)).wrap());
    let framing = rules.framing.as_ref().map(ToString::to_string);
    let notes = [
        (!explained.is_in_use && !rules.rules.is_empty()).then(|| words.not_in_use.to_owned()),
        (explained.is_in_use && !explained.is_running).then(|| words.not_running.to_owned()),
        (explained.seen.frames > 1).then(|| {
            let seen = &explained.seen;
            words.of_several(seen.frames as u64, seen.number as u64)
        }),
        framing
            .filter(|_| explained.seen.is_part && is_of_row)
            .map(|it| words.no_frame(&it)),
    ];
    for note in notes.into_iter().flatten() {
        muted_label(ui, note);
    }
}
