//! The names of the columns above the rows: their edges are dragged, and a menu chooses which columns there are.

use egui::{
    Align2, CursorIcon, EventFilter, Key, Modifiers, Popup, PopupCloseBehavior, Rect, Response,
    Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::super::widgets::{button, line};
use super::super::{Action, Cx, Tokens};
use super::columns::{ColumnSpan, Columns, GAP};
use crate::words::timeline::Timeline as Words;
use crate::workspace::{TimelineColumn, TimelineForm};

/// The height of the header.
const HEIGHT: f32 = 26.0;
/// How far from an edge the pointer takes hold of it.
const GRIP: f32 = 4.0;
/// How far an arrow key moves an edge.
const KEY_STEP: f32 = 8.0;

/// Shows the header over the rows' whole width.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, columns: &Columns) {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let words = &cx.words.timeline;
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, words.columns));
    let bottom = rect.bottom() - 0.5;
    let stroke = Stroke::new(1.0, tokens.border);
    ui.painter().hline(rect.x_range(), bottom, stroke);
    for column in TimelineColumn::ALL {
        if let Some(span) = columns.span(column) {
            name_ui(
                ui,
                rect,
                span,
                (column_name(words, column), is_right(column)),
            );
        }
    }
    name_ui(ui, rect, columns.text, (words.column_what, false));
    for column in TimelineColumn::ALL {
        if let Some(span) = columns.span(column).filter(|_| is_resizable(column)) {
            edge_ui(ui, cx, rect, column, span);
        }
    }
    menus_ui(ui, cx, rect, &response);
}

/// Shows the name of a column; that of the direction is said only.
fn name_ui(ui: &Ui, header: Rect, span: ColumnSpan, (name, is_right): (&str, bool)) {
    let rect = place(header, span);
    let id = ui.scope_id().with(("column", name));
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, name));
    let color = Tokens::of(ui).faint_text;
    let (at, align) = if is_right {
        (rect.right_center(), Align2::RIGHT_CENTER)
    } else {
        (rect.left_center(), Align2::LEFT_CENTER)
    };
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), Tokens::small(), color);
    if galley.size().x <= rect.width() + 1.0 {
        let corner = align.anchor_size(at, galley.size()).min;
        ui.painter().galley(corner, galley, color);
    }
}

/// Shows the edge at the right of a column: dragged, or moved with the arrow keys, it resizes the column; a double
/// click makes the column as wide as it needs to be.
fn edge_ui(ui: &Ui, cx: &Cx<'_>, header: Rect, column: TimelineColumn, span: ColumnSpan) {
    let x = header.left() + span.right + GAP / 2.0;
    let rect = Rect::from_x_y_ranges(x - GRIP..=x + GRIP, header.y_range());
    let id = ui.scope_id().with(("edge", column as usize));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let words = &cx.words.timeline;
    let name = words.resize_column(column_name(words, column));
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, &name));
    let is_active = response.hovered() || response.dragged() || response.has_focus();
    if is_active {
        ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    let tokens = Tokens::of(ui);
    let color = if is_active {
        tokens.accent
    } else {
        tokens.border
    };
    let line = header.shrink2(vec2(0.0, 5.0)).y_range();
    ui.painter().vline(x, line, Stroke::new(1.0, color));
    let width = if response.double_clicked() {
        Some(None)
    } else {
        dragged_to(ui, &response, header, span).map(Some)
    };
    if let Some(width) = width {
        change(cx, |form| form.resize(column, width));
    }
}

/// Returns the width that the pointer or a key asks for.
fn dragged_to(ui: &Ui, response: &Response, header: Rect, span: ColumnSpan) -> Option<f32> {
    if response.dragged() {
        let pointer = response.interact_pointer_pos()?;
        return Some(pointer.x - GAP / 2.0 - header.left() - span.left);
    }
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let steps = f32::from(i8::from(pressed(Key::ArrowRight)) - i8::from(pressed(Key::ArrowLeft)));
    (steps != 0.0).then(|| span.width() + steps * KEY_STEP)
}

/// Shows the menu of the columns, at the right end and wherever the header is clicked with the other button.
fn menus_ui(ui: &mut Ui, cx: &Cx<'_>, header: Rect, response: &Response) {
    let words = &cx.words.timeline;
    let left = pos2(header.right() - Tokens::CONTROL_HEIGHT - 2.0, header.top());
    let corner = Rect::from_min_max(left, header.max);
    let mut inner = ui.new_child(line(corner));
    let more = button::more(&mut inner).accessible_name(words.choose_columns);
    let more = more.on_hover_text(words.choose_columns);
    let close = PopupCloseBehavior::CloseOnClickOutside;
    Popup::menu(&more)
        .close_behavior(close)
        .show(|ui| menu_ui(ui, cx));
    Popup::context_menu(response)
        .close_behavior(close)
        .show(|ui| menu_ui(ui, cx));
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.timeline;
    let form = &cx.preferences.timeline;
    for column in TimelineColumn::ALL {
        let mut is_shown = form.shows(column);
        let name = column_name(words, column);
        if ui.checkbox(&mut is_shown, name).changed() {
            change(cx, |form| form.show(column, is_shown));
        }
    }
    ui.separator();
    if button::menu_item(ui, words.reset_columns) {
        change(cx, |form| {
            *form = TimelineForm {
                payloads: form.payloads,
                ..TimelineForm::default()
            };
        });
    }
}

/// Asks for the timeline's rows in another form.
pub(super) fn change(cx: &Cx<'_>, change: impl FnOnce(&mut TimelineForm)) {
    let mut form = cx.preferences.timeline.clone();
    change(&mut form);
    cx.push(Action::ShapeTimeline(Box::new(form)));
}

fn place(header: Rect, span: ColumnSpan) -> Rect {
    let x = header.left() + span.left..=header.left() + span.right.max(span.left);
    Rect::from_x_y_ranges(x, header.y_range())
}

fn is_resizable(column: TimelineColumn) -> bool {
    column != TimelineColumn::Direction
}

/// Returns whether a column's text stands at its right edge.
fn is_right(column: TimelineColumn) -> bool {
    matches!(column, TimelineColumn::Gap | TimelineColumn::Bytes)
}

fn column_name(words: &Words, column: TimelineColumn) -> &'static str {
    match column {
        TimelineColumn::Time => words.column_time,
        TimelineColumn::Gap => words.column_gap,
        TimelineColumn::Connection => words.column_connection,
        TimelineColumn::Endpoint => words.column_endpoint,
        TimelineColumn::Direction => words.column_direction,
        TimelineColumn::Bytes => words.column_bytes,
    }
}
