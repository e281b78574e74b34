//! The timeline: all entries of the session in order, or those of one endpoint or peer.

mod chips;
mod column_header;
mod columns;
mod empty;
mod filter;
mod frames;
mod header;
mod row;
mod row_menu;
#[cfg(test)]
mod tests;
mod text;

use std::cell::RefCell;
use std::ops::Range;
use std::time::SystemTime;

use egui::{Color32, Ui};

use super::find::{FindField, MatchesHere};
use super::lanes::Lanes;
use super::lifecycle::LifecyclePanel;
use super::widgets::row_list::{RowList, RowOutput, Rows};
use super::wish::FindStep;
use super::{Action, Cx, Tokens, reuse};
use crate::capture::{Filter, Progress, Row};
use crate::model::{Model, Need, RowAt, TimelineModel};
use crate::net::FlowId;
use crate::payload::CopyFormat;
use crate::workspace::TimelineAs;
use columns::Columns;
use filter::FilterMenu;
pub(super) use header::height as header_height;
use row::Look;

/// The timeline's own state.
#[derive(Debug, Default)]
pub(super) struct TimelinePanel {
    list: RowList,
    find: FindField,
    filter_menu: FilterMenu,
    /// The view that the list's places are about.
    filter: Filter,
    /// The entry to go to as soon as its place is known.
    going_to: Option<u64>,
    /// Whether that is only to show the same place again, and nothing is to be selected.
    keeps_place: bool,
    /// The row where the keys act, once it was in hand.
    selected: Option<RowAt>,
    /// The first and the last selected row, counted with those that are gone, and their entries once known.
    ends: (Option<End>, Option<End>),
    /// The entries that are to be selected, and the row of the first one once it is known.
    marking: Option<Marking>,
    /// The entry in the first row in sight.
    top_entry: Option<u64>,
    menu: Option<Row>,
    lifecycle: LifecyclePanel,
}

/// A range of entries on its way to be selected.
#[derive(Clone, Copy, Debug)]
struct Marking {
    last: u64,
    /// The first row, counted with those that are gone, and its entry.
    begin: Option<End>,
}

/// An end of the selection.
#[derive(Clone, Copy, Debug)]
struct End {
    row: u64,
    number: u64,
    /// The number of the last entry that its row stands for: a bundle has more than one.
    last_number: u64,
    /// The entry that it shows, and the one that it begins with: a frame may have more.
    entry: u64,
    first_entry: u64,
    /// Its time, while its row is in hand.
    time: Option<SystemTime>,
}

impl End {
    /// The end at a place in the view, as far as its entry is known.
    fn at(timeline: &TimelineModel, place: u64) -> Option<Self> {
        let at = timeline.row_at(place)?;
        let row = timeline.row(place);
        let bundle = row.and_then(|row| row.bundle);
        Some(Self {
            row: place + timeline.gone(),
            number: at.number,
            last_number: bundle.map_or(at.number, |bundle| bundle.last_entry),
            entry: row.map_or(at.entry, Row::last_entry),
            first_entry: row.map_or(at.entry, Row::first_entry),
            time: row.map(|row| row.time),
        })
    }
}

impl TimelinePanel {
    /// A panel that begins with the oldest entry: for a capture that does not grow.
    pub(super) fn from_oldest() -> Self {
        let mut panel = Self::default();
        panel.list.set_following(false);
        panel
    }

    /// Returns the numbers of the first and the last selected entry, as far as they are known.
    pub(super) fn selection(&self) -> Option<(u64, u64)> {
        let (first, last) = self.ends()?;
        Some((first.first_entry, last.entry))
    }

    fn ends(&self) -> Option<(End, End)> {
        self.ends.0.zip(self.ends.1)
    }

    /// Returns the times of the first and the last selected entry, as far as they are known.
    fn selected_time(&self) -> Option<(SystemTime, SystemTime)> {
        let (first, last) = self.ends()?;
        first.time.zip(last.time)
    }

    /// Returns the number of the selected row: what the detail pane shows.
    pub(super) fn selected(&self) -> Option<u64> {
        self.selected.map(|row| row.number)
    }

    /// Returns the selected entry; of a frame, that of its last byte.
    fn selected_entry(&self) -> Option<u64> {
        self.selected.map(|row| row.entry)
    }

    /// Takes a step of the find field.
    pub(super) fn find(&mut self, step: FindStep) {
        self.find.take_step(step);
    }

    /// Takes the matches in what the detail pane shows.
    pub(super) fn matches_here(&mut self, here: Option<MatchesHere>) {
        self.find.take_here(here);
    }

    /// Goes to an entry, where the view shows it.
    pub(super) fn go_to(&mut self, entry: u64) {
        self.going_to = Some(entry);
        self.keeps_place = false;
        self.marking = None;
    }

    /// Selects the rows from an entry to another one, as far as the view shows them, and goes to the first.
    pub(super) fn select_entries(&mut self, first: u64, last: u64) {
        self.going_to = Some(first);
        self.keeps_place = false;
        self.marking = Some(Marking { last, begin: None });
    }

    /// Selects nothing.
    pub(super) fn deselect(&mut self) {
        self.list.deselect();
        self.going_to = None;
        self.marking = None;
    }

    /// Takes no notice of what was found while something else was shown.
    pub(super) fn pass_over_found(&mut self, timeline: &TimelineModel) {
        self.find.take_found(timeline);
    }

    /// Shows the timeline.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let timeline = &cx.timeline;
        self.follow_filter(timeline);
        ui.spacing_mut().item_spacing.y = 0.0;
        self.header_ui(ui, cx);
        frames::line_ui(ui, cx);
        if let Some(entry) = self.find.take_found(timeline) {
            self.going_to = Some(entry);
            self.keeps_place = false;
            self.find.show_match(cx, entry);
        }
        self.arrive(timeline);
        if timeline.is_empty() && timeline.dropped() == 0 {
            match timeline.making() {
                Some((len, progress)) => empty::making_ui(ui, cx, len, progress),
                None if timeline.is_known() => empty::empty_ui(ui, cx),
                None => {}
            }
            return self.ask(cx, None);
        }
        let output = match cx.preferences.timeline_as {
            TimelineAs::Rows => self.rows_ui(ui, cx),
            TimelineAs::Lanes => self.lanes_ui(ui, cx),
            TimelineAs::Lifecycle => return self.lifecycle_ui(ui, cx),
        };
        let newer = cx.words.timeline.newer(output.newer);
        self.list.newer_ui(ui, &output, &newer);
        let visible = &output.visible;
        let visible = in_view(timeline, visible.start)..in_view(timeline, visible.end);
        let top = timeline.row(visible.start);
        self.top_entry = top.map(|row| row.entry).or(self.top_entry);
        self.note_selection(timeline);
        self.ask(cx, Some(visible));
        self.copy_and_menu(ui, cx, &output);
    }

    /// Begins anew in another view; an entry that is selected stays in sight, where the view shows it.
    fn follow_filter(&mut self, timeline: &TimelineModel) {
        if self.filter == *timeline.filter() {
            return;
        }
        let cleared = timeline.filter().from_entry > self.filter.from_entry;
        // Rows of frames have numbers of their own.
        let has_numbers_of_entries = [&self.filter, timeline.filter()]
            .into_iter()
            .all(|filter| filter.frames.is_none());
        self.filter = timeline.filter().clone();
        let selected = self.selected_entry();
        let place = self.top_entry.filter(|_| !self.list.is_following());
        self.keeps_place = selected.is_none();
        // What is on its way already goes first.
        let going_to = self.going_to.or(selected).or(place);
        self.going_to = going_to.filter(|_| !cleared);
        self.list.restart();
        // What is shown of it stays until it is known whether the view shows it.
        let stays = has_numbers_of_entries && self.going_to.is_some();
        self.selected = self.selected.filter(|_| stays);
        self.ends = (None, None);
    }

    /// Goes to the wanted entry when its place is known.
    fn arrive(&mut self, timeline: &TimelineModel) {
        let Some(entry) = self.going_to else { return };
        if timeline.is_known() && timeline.is_empty() {
            self.going_to = None;
        }
        let Some(place) = timeline.place_near(entry) else {
            return;
        };
        self.going_to = None;
        if std::mem::take(&mut self.keeps_place) {
            self.list.renumber(first_number(timeline));
            self.list.reveal_first(place + notice_rows(timeline));
            return;
        }
        if let Some(marking) = self.marking.take() {
            self.mark(timeline, marking, place);
            return;
        }
        // Another view may not show the entry: then its surroundings are not worth leaving the newest row for.
        if timeline.row(place).is_some_and(|row| row.shows(entry)) {
            self.list.renumber(first_number(timeline));
            let row = place + notice_rows(timeline);
            self.list.select(row);
            self.list.reveal(row);
        }
    }

    /// Notes where the first entry of a range stands, or selects the range when it is its last one's place.
    fn mark(&mut self, timeline: &TimelineModel, marking: Marking, place: u64) {
        let end_at = |place: u64| End::at(timeline, place);
        let Some(begin) = marking.begin else {
            self.going_to = Some(marking.last);
            let begin = end_at(place);
            self.marking = Some(Marking { begin, ..marking }).filter(|_| begin.is_some());
            return;
        };
        let is_beyond = |row: &Row| row.entry > marking.last;
        let is_beyond = timeline.row(place).is_some_and(is_beyond);
        let end = place.checked_sub(u64::from(is_beyond)).and_then(end_at);
        let Some(end) = end.filter(|end| end.row >= begin.row) else {
            return;
        };
        let in_list = |end: End| end.row.saturating_sub(timeline.gone()) + notice_rows(timeline);
        self.list.renumber(first_number(timeline));
        self.list.select_range(in_list(end), in_list(begin));
        self.list.reveal_first(in_list(begin));
        self.ends = (Some(begin), Some(end));
    }

    /// Asks for the rows around the entry to go to, for the newest ones, or for those in sight.
    fn ask(&self, cx: &Cx<'_>, visible: Option<Range<u64>>) {
        let page = self.list.page();
        let need = match (self.going_to, visible) {
            (Some(entry), _) => Need::Around { entry, page },
            (None, Some(visible)) if !self.list.is_following() => Need::Visible(visible),
            (None, _) => Need::Newest { page },
        };
        cx.extend(cx.timeline.rows_wanted(&need).map(Action::Ask));
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> RowOutput {
        let columns = Columns::new(ui, cx);
        column_header::ui(ui, cx, &columns);
        let output = self.list_ui(ui, cx, &columns);
        let timeline = &cx.timeline;
        if let Some((row, response)) = &output.hovered
            && let Some(row) = timeline.row(in_view(timeline, *row))
        {
            row_menu::hint_ui(cx, &columns, row, response);
        }
        output
    }

    fn lanes_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> RowOutput {
        let model: &Model = cx;
        let just_sent = row::just_sent(ui, model, cx.now);
        let has_ticks = self.find.is_shown();
        let highlights = RefCell::new(self.find.highlights(model.timeline.find()));
        let form = model.preferences.timeline.payloads;
        let payload = |ui: &Ui, row: &Row, width: f32, color: Color32| {
            let mut highlights = highlights.borrow_mut();
            let shown = (form, highlights.as_mut());
            let text = text::lay_out(ui, cx.words, row, shown, (width, color));
            (text.galley, text.found)
        };
        let notice = notice_rows(&cx.timeline);
        let lanes = Lanes::new(ui, cx, notice, &payload);
        lanes.header_ui(ui);
        let rows = rows(model, has_ticks, Tokens::LANE_HEIGHT);
        let output = self.list.ui(ui, &rows, |ui, place| {
            if place.row < notice {
                return row::notice_ui(ui, place, notice_words(model));
            }
            let (entry, spoken) = lanes.row_ui(ui, place);
            if entry.is_some_and(|entry| just_sent.contains(&entry)) {
                row::just_sent_ui(ui, place);
            }
            spoken
        });
        lanes.finish(ui, &output, &mut self.list);
        output
    }

    /// Shows one connection, and goes to the entry of what is pressed there.
    fn lifecycle_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let (selected, follows) = (self.selected_entry(), self.list.is_following());
        if let Some(entry) = self.lifecycle.ui(ui, cx, selected, follows) {
            self.go_to(entry);
        }
        self.note_selection(&cx.timeline);
        self.ask(cx, None);
    }

    /// Makes the lifecycle be that of a connection.
    pub(super) fn show_lifecycle(&mut self, connection: FlowId) {
        self.lifecycle.choose(connection);
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, columns: &Columns) -> RowOutput {
        let model: &Model = cx;
        let (timeline, words) = (&model.timeline, model.words);
        let just_sent = row::just_sent(ui, model, cx.now);
        let notice = notice_rows(timeline);
        let rows = rows(model, self.find.is_shown(), Tokens::ROW_HEIGHT);
        let look = Look {
            words,
            columns,
            payloads: model.preferences.timeline.payloads,
        };
        let mut highlights = self.find.highlights(timeline.find());
        self.list.ui(ui, &rows, |ui, place| {
            let Some(number) = place.row.checked_sub(notice) else {
                return row::notice_ui(ui, place, notice_words(model));
            };
            match timeline.row(number) {
                Some(row) => {
                    let name = row.endpoint.and_then(|id| model.shown_name(id));
                    let shown = (name, row_menu::kind_now(model, row));
                    let spoken = row::row_ui(ui, &look, place, row, shown, highlights.as_mut());
                    if just_sent.contains(&row.entry) {
                        row::just_sent_ui(ui, place);
                    }
                    spoken
                }
                None => row::placeholder_ui(ui, words, place, columns),
            }
        })
    }

    /// Notes which entries the selected rows are, as far as their rows are in hand.
    fn note_selection(&mut self, timeline: &TimelineModel) {
        let Some(rows) = self.list.selected() else {
            if self.going_to.is_none() {
                self.selected = None;
            }
            self.ends = (None, None);
            return;
        };
        let end = |row: u64, before: Option<End>| {
            let place = in_view(timeline, row);
            let row = place + timeline.gone();
            End::at(timeline, place).or(before.filter(|end| end.row == row))
        };
        let (first, last) = self.ends;
        self.ends = (end(*rows.start(), first), end(*rows.end(), last));
        let cursor = self.list.cursor().map(|row| in_view(timeline, row));
        if let Some(row) = cursor.and_then(|row| timeline.row(row)) {
            let (number, entry) = (row.number, row.entry);
            self.selected = Some(RowAt { number, entry });
        }
    }

    fn copy_and_menu(&mut self, ui: &Ui, cx: &Cx<'_>, output: &RowOutput) {
        let numbers = |(first, last): (End, End)| (first.number, last.last_number);
        let rows = self.ends().map(numbers);
        if let Some(rows) = rows.filter(|_| output.copy) {
            cx.push(Action::Copy(rows, CopyFormat::Rows));
        }
        if let Some(row) = output.menu {
            self.menu = cx.timeline.row(in_view(&cx.timeline, row)).cloned();
        }
        let Some(row) = &self.menu else { return };
        output.menu_ui(ui, cx.words.timeline.entry, |ui| {
            let is_one = rows.is_none_or(|(first, last)| first == last);
            if is_one && row.kind.data_bytes().is_some() {
                let detail = cx.timeline.detail(row.number).flatten();
                reuse::menu_ui(ui, cx, detail.map(AsRef::as_ref));
                ui.separator();
            }
            row_menu::menu_ui(ui, cx, row, rows);
        });
    }
}

/// Returns what the list shows, in rows of this height.
fn rows(model: &Model, has_ticks: bool, row_height: f32) -> Rows<'_> {
    let timeline = &model.timeline;
    let ticks = timeline.find().ticks.as_deref();
    Rows {
        name: model.words.timeline.name,
        len: timeline.len() + notice_rows(timeline),
        gone: first_number(timeline),
        row_height,
        selectable: true,
        ticks: ticks.filter(|_| has_ticks),
    }
}

/// Returns what the notice before the rows says.
fn notice_words(model: &Model) -> String {
    let (timeline, words) = (&model.timeline, &model.words.timeline);
    match timeline.older().and_then(Progress::percent) {
        Some(percent) => words.older(percent),
        None => words.dropped(timeline.dropped()),
    }
}

/// Returns how many rows stand before the view's own: the notice that older ones are not kept, or not found yet.
fn notice_rows(timeline: &TimelineModel) -> u64 {
    u64::from(timeline.dropped() > 0 || timeline.older().is_some())
}

/// Returns the number of the first row of the list. The notice takes the place of one that the view does not have.
fn first_number(timeline: &TimelineModel) -> u64 {
    timeline.gone() - notice_rows(timeline)
}

/// Returns the place in the view of a row of the list.
fn in_view(timeline: &TimelineModel, row: u64) -> u64 {
    row.saturating_sub(notice_rows(timeline))
}
