//! A list of rows of one height with 64-bit positions: exact spacing and scrolling at any depth.
//!
//! The toolkit's own containers keep positions as `f32`: beyond a few hundred thousand rows they stand still or
//! drift. Only rows in sight are painted; each of them is one node for a screen reader, with an id by its place on
//! the screen, never by its number.

mod newer;
mod pressing;
mod selecting;

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use egui::containers::menu::menu_style;
use egui::{
    Align, Color32, Galley, Id, Layout, Popup, PopupAnchor, PopupKind, Pos2, Rect, Response, Role,
    Sense, SetOpenCommand, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::super::Tokens;
use super::scroll_bar;
use crate::capture::Ticks;

/// What the list shows.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui) struct Rows<'a> {
    /// What a screen reader calls the list.
    pub(in crate::ui) name: &'a str,
    /// How many rows there are.
    pub(in crate::ui) len: u64,
    /// How many rows were given up at the front so far: what is in sight moves up with it. Where it falls, so many
    /// rows were put before the others.
    pub(in crate::ui) gone: u64,
    /// The height of a row, in points.
    pub(in crate::ui) row_height: f32,
    /// Whether rows can be selected, and the newest one kept in sight.
    pub(in crate::ui) selectable: bool,
    /// What is marked on the scroll bar.
    pub(in crate::ui) ticks: Option<&'a Ticks>,
}

impl<'a> Rows<'a> {
    /// Lines of text, which are only looked at.
    pub(in crate::ui) fn lines(name: &'a str, len: usize) -> Self {
        Self {
            name,
            len: len as u64,
            gone: 0,
            row_height: Tokens::LINE_HEIGHT,
            selectable: false,
            ticks: None,
        }
    }
}

/// A row to paint.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui) struct RowPlace {
    /// Its number in the list.
    pub(in crate::ui) row: u64,
    /// Where it stands on the screen.
    pub(in crate::ui) rect: Rect,
    /// Whether it is selected.
    pub(in crate::ui) is_selected: bool,
    /// Whether the pointer is on it.
    pub(in crate::ui) is_hovered: bool,
}

impl RowPlace {
    /// Paints the row's ground: that of the selection, of what the pointer is on, or another one.
    pub(in crate::ui) fn ground(&self, ui: &Ui, otherwise: Option<Color32>) {
        let tokens = Tokens::of(ui);
        let fill = match self {
            _ if self.is_selected => Some(tokens.selection),
            _ if self.is_hovered => Some(tokens.hover),
            _ => otherwise,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(self.rect, 0, fill);
        }
    }

    /// Returns what stands in this row.
    pub(in crate::ui) fn of<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        all.get(usize::try_from(self.row).ok()?)
    }

    /// Returns where a line of text stands: at the left edge, in the middle of the row's height.
    pub(in crate::ui) fn text_corner(&self, text: &Galley) -> Pos2 {
        pos2(self.rect.left(), self.rect.center().y - text.size().y / 2.0)
    }

    /// Paints a line of text there.
    pub(in crate::ui) fn text(&self, ui: &Ui, text: Arc<Galley>) {
        let corner = self.text_corner(&text);
        ui.painter().galley(corner, text, Color32::PLACEHOLDER);
    }
}

/// What became of the list in this frame.
pub(in crate::ui) struct RowOutput {
    /// The list itself: what has the keyboard's focus.
    pub(in crate::ui) response: Response,
    /// The rows in sight, partly seen ones too.
    pub(in crate::ui) visible: Range<u64>,
    /// The row that was clicked with the other button.
    pub(in crate::ui) menu: Option<u64>,
    /// Whether a copy of the selected rows is wanted.
    pub(in crate::ui) copy: bool,
    /// The row that the pointer is on.
    pub(in crate::ui) hovered: Option<(u64, Response)>,
    /// How many rows came since the newest one is not kept in sight.
    pub(in crate::ui) newer: u64,
}

impl RowOutput {
    /// Shows the menu of a row, at the pointer, from the click with the other button on.
    pub(in crate::ui) fn menu_ui<R>(
        &self,
        ui: &Ui,
        name: &str,
        content: impl FnOnce(&mut Ui) -> R,
    ) -> Option<R> {
        let open = self.menu.is_some().then_some(SetOpenCommand::Bool(true));
        let (id, layer) = (self.response.id.with("menu"), self.response.layer_id);
        Popup::new(id, ui.ctx().clone(), PopupAnchor::PointerFixed, layer)
            .kind(PopupKind::Menu)
            .layout(Layout::top_down_justified(Align::Min))
            .style(menu_style)
            .gap(0.0)
            .open_memory(open)
            .accessible_name(name)
            .show(content)
            .map(|shown| shown.inner)
    }
}

/// The list's own state.
#[derive(Debug, Default)]
pub(in crate::ui) struct RowList {
    /// The row at the upper edge, with the part of it that is scrolled away.
    top: f64,
    /// Whether it stays where it is, instead of keeping its newest row in sight.
    is_held: bool,
    /// The selected rows reach from here…
    anchor: Option<u64>,
    /// … to here, where the keys act.
    cursor: Option<u64>,
    /// How many rows were given up when the list was last shown; none in a list that begins anew.
    gone: Option<u64>,
    /// How many rows fit, with the part of one.
    page: f64,
    /// The row of the first slot in the last frame, and how many slots there were: what a press of this frame was
    /// aimed at.
    first_shown: u64,
    slots: u64,
    /// Whether the pointer's button is down since it selected a row.
    is_pressed: bool,
    /// The row after the last one that was in sight or could have been, counted with those that are gone.
    seen: Option<u64>,
    grip: Option<f32>,
}

impl RowList {
    /// Begins anew with other rows, the newest one in sight.
    pub(in crate::ui) fn restart(&mut self) {
        *self = Self {
            // How much fits is known from the last frame.
            page: self.page,
            ..Self::default()
        };
    }

    /// Returns whether the newest row is kept in sight.
    pub(in crate::ui) fn is_following(&self) -> bool {
        !self.is_held
    }

    /// Keeps the newest row in sight, or stays where it is.
    pub(in crate::ui) fn set_following(&mut self, follow: bool) {
        self.is_held = !follow;
    }

    /// Returns the row where the keys act.
    pub(in crate::ui) fn cursor(&self) -> Option<u64> {
        self.cursor
    }

    /// Returns the selected rows.
    pub(in crate::ui) fn selected(&self) -> Option<RangeInclusive<u64>> {
        let (anchor, cursor) = (self.anchor?, self.cursor?);
        Some(anchor.min(cursor)..=anchor.max(cursor))
    }

    /// Returns how many rows fit on the screen.
    pub(in crate::ui) fn page(&self) -> u64 {
        self.page.ceil().max(1.0) as u64
    }

    /// Selects nothing.
    pub(in crate::ui) fn deselect(&mut self) {
        (self.anchor, self.cursor) = (None, None);
    }

    /// Selects one row.
    pub(in crate::ui) fn select(&mut self, row: u64) {
        self.select_range(row, row);
    }

    /// Takes the rows as numbered anew: so many were given up, and nothing moves for it.
    pub(in crate::ui) fn renumber(&mut self, gone: u64) {
        self.gone = Some(gone);
    }

    /// Selects the rows from `anchor` to `cursor`, where the keys act then.
    pub(in crate::ui) fn select_range(&mut self, anchor: u64, cursor: u64) {
        (self.anchor, self.cursor) = (Some(anchor), Some(cursor));
    }

    /// Goes to a row: to the upper edge.
    pub(in crate::ui) fn reveal_first(&mut self, row: u64) {
        self.is_held = true;
        self.top = row as f64;
    }

    /// Goes to a row: to the middle of the screen, unless it is in sight already.
    pub(in crate::ui) fn reveal(&mut self, row: u64) {
        self.is_held = true;
        let row = row as f64;
        if row < self.top || row + 1.0 > self.top + self.page {
            self.top = (row + 0.5 - self.page / 2.0).max(0.0).floor();
        }
    }

    /// Shows the list in all the space that is left; `row_ui` paints a row and returns what a screen reader says.
    pub(in crate::ui) fn ui(
        &mut self,
        ui: &mut Ui,
        rows: &Rows<'_>,
        mut row_ui: impl FnMut(&Ui, &RowPlace) -> String,
    ) -> RowOutput {
        let rect = ui.available_rect_before_wrap();
        ui.allocate_rect(rect, Sense::hover());
        let id = ui.scope_id().with(("row list", rows.name));
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, ui.is_enabled(), rows.name));
        self.keep_place(rows);
        self.fit(f64::from(rect.height() / rows.row_height));
        let menu = self.pointer(ui, &response, rows);
        let copy = response.has_focus() && self.keys(ui, id, rows);
        self.wheel(ui, rect, rows);
        let max_top = self.max_top(rows);
        if !self.is_held && rows.selectable {
            self.top = max_top;
        }
        self.top = self.top.clamp(0.0, max_top);
        let (visible, hovered) = self.rows_ui(ui, &response, rows, &mut row_ui);
        // After the rows: it stands before them, and takes the clicks of its place.
        self.scroll_bar(ui, id, rect, rows);
        let newer = self.note_seen(rows);
        RowOutput {
            response,
            visible,
            menu,
            copy,
            hovered,
            newer,
        }
    }

    /// Takes the room of this frame; where it is less than before, the row where the keys act stays in sight.
    fn fit(&mut self, page: f64) {
        let before = std::mem::replace(&mut self.page, page);
        let Some(row) = self.cursor.filter(|_| page < before) else {
            return;
        };
        let end = row as f64 + 1.0;
        if end <= self.top + before && end > self.top + page {
            self.top = (end - page).ceil();
        }
    }

    /// Returns how far the list scrolls: until its last row and the one at the upper edge are both seen whole.
    fn max_top(&self, rows: &Rows<'_>) -> f64 {
        (rows.len as f64 - self.page).max(0.0).ceil()
    }

    /// Moves with the rows when older ones were given up, and stays within them.
    fn keep_place(&mut self, rows: &Rows<'_>) {
        let before = self.gone.replace(rows.gone).unwrap_or(rows.gone);
        let given_up = rows.gone.saturating_sub(before);
        let put_before = before.saturating_sub(rows.gone);
        self.top += put_before as f64;
        self.first_shown += put_before;
        self.anchor = self.anchor.map(|row| row + put_before);
        self.cursor = self.cursor.map(|row| row + put_before);
        self.top = (self.top - given_up as f64).max(0.0);
        self.first_shown = self.first_shown.saturating_sub(given_up);
        let last = rows.len.checked_sub(1);
        let kept = |row: u64| Some(row.saturating_sub(given_up).min(last?));
        // A selection of which nothing is left is none.
        if self.selected().is_some_and(|it| *it.end() < given_up) {
            self.deselect();
        }
        self.anchor = self.anchor.and_then(kept);
        self.cursor = self.cursor.and_then(kept);
    }

    fn wheel(&mut self, ui: &Ui, rect: Rect, rows: &Rows<'_>) {
        if !ui.rect_contains_pointer(rect) {
            return;
        }
        // Taken, so that nothing around the list scrolls too.
        let delta = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        if delta != 0.0 {
            self.scroll_to(self.top - f64::from(delta / rows.row_height), rows);
        }
    }

    fn scroll_bar(&mut self, ui: &Ui, id: Id, rect: Rect, rows: &Rows<'_>) {
        let width = Tokens::SCROLL_BAR_WIDTH;
        let track = Rect::from_min_max(pos2(rect.right() - width, rect.top()), rect.max);
        let place = (self.top, self.page, self.max_top(rows) + self.page);
        let bar = id.with("scroll bar");
        if let Some(top) = scroll_bar::vertical(ui, bar, track, place, &mut self.grip) {
            self.scroll_to(top, rows);
            ui.ctx().request_repaint();
        }
        if let Some(ticks) = rows.ticks {
            let rows = rows.gone..rows.gone + rows.len;
            scroll_bar::ticks(ui, track, rows, ticks.marked());
        }
    }

    /// Scrolls as the user asked: away from the end lets go of it, back to it follows again.
    fn scroll_to(&mut self, top: f64, rows: &Rows<'_>) {
        let max_top = self.max_top(rows);
        if max_top > 0.0 {
            self.is_held = top < max_top;
        }
        self.top = top.clamp(0.0, max_top);
    }

    /// Paints the rows in sight; returns which they are, and the one that the pointer is on.
    fn rows_ui(
        &mut self,
        ui: &mut Ui,
        list: &Response,
        rows: &Rows<'_>,
        row_ui: &mut impl FnMut(&Ui, &RowPlace) -> String,
    ) -> (Range<u64>, Option<(u64, Response)>) {
        let rect = list.rect;
        let mut inner = ui.new_child(
            UiBuilder::new()
                .id_salt(("rows of", rows.name))
                .max_rect(rect)
                .accessibility_parent(list.id),
        );
        inner.shrink_clip_rect(rect);
        let first = self.top as u64;
        let visible = first..(first + self.page.ceil() as u64 + 1).min(rows.len);
        let selected = self.selected();
        let sense = if rows.selectable {
            Sense::CLICK
        } else {
            Sense::HOVER
        };
        let mut hovered = None;
        let mut active = None;
        for row in visible.clone() {
            let row_rect = self.row_rect(ui, rect, row, rows.row_height);
            if row_rect.top() >= rect.bottom() {
                continue;
            }
            let response = inner.interact(row_rect, slot_id(list.id, row - first), sense);
            let place = RowPlace {
                row,
                rect: row_rect,
                is_selected: selected.as_ref().is_some_and(|it| it.contains(&row)),
                is_hovered: response.contains_pointer(),
            };
            let spoken = row_ui(&inner, &place);
            if self.cursor == Some(row) {
                active = Some(response.id);
                cursor_ui(&inner, list, row_rect);
            }
            tell_row(&inner, &response, &place, rows, &spoken);
            if place.is_hovered {
                hovered = Some((row, response));
            }
        }
        self.first_shown = first;
        self.slots = visible.end.saturating_sub(first);
        if let Some(id) = active {
            ui.ctx().accesskit_node_builder(list.id, |node| {
                node.set_active_descendant(id.accesskit_id());
            });
        }
        (visible, hovered)
    }

    /// Returns where a row stands: subtracted in `f64`, then put on whole pixels.
    fn row_rect(&self, ui: &Ui, rect: Rect, row: u64, height: f32) -> Rect {
        let pixels = ui.pixels_per_point();
        let snap = |y: f32| (y * pixels).round() / pixels;
        let offset = ((row as f64 - self.top) * f64::from(height)) as f32;
        let top = snap(rect.top() + offset);
        Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), snap(height)))
    }
}

/// Returns the id of a row's place on the screen.
fn slot_id(list: Id, slot: u64) -> Id {
    list.with(("slot", slot))
}

/// Shows which row the keys act on while the list has their focus.
fn cursor_ui(ui: &Ui, list: &Response, rect: Rect) {
    if list.has_focus() {
        let stroke = Stroke::new(1.0, Tokens::of(ui).accent.gamma_multiply(0.5));
        let painter = ui.painter();
        painter.rect_stroke(rect, 0, stroke, StrokeKind::Inside);
    }
}

fn tell_row(ui: &Ui, response: &Response, place: &RowPlace, rows: &Rows<'_>, spoken: &str) {
    let role = if rows.selectable {
        Role::ListBoxOption
    } else {
        Role::ListItem
    };
    response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), spoken));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if rows.selectable {
            node.set_selected(place.is_selected);
        }
        // Beyond the range of usize, on a 32-bit machine, the place is left out.
        if let (Ok(len), Ok(row)) = (usize::try_from(rows.len), usize::try_from(place.row)) {
            node.set_size_of_set(len);
            node.set_position_in_set(row + 1);
        }
    });
}
