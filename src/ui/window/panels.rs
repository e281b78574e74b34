//! Where the panels of the window stand, and which of them yield to others.

use egui::{
    Area, CentralPanel, Frame, Id, Key, Margin, Modifiers, Order, Panel, Popup, Rect, Stroke, Ui,
    UiBuilder, pos2,
};

use super::Window;
use crate::ui::pane_height::{Pane, name_edge};
use crate::ui::plot::PlotSelection;
use crate::ui::room::{BESIDE, is_compact};
use crate::ui::theme::Tokens;
use crate::ui::{
    Action, Cx, commands, detail, hints, lessons, menu_bar, status_bar, timeline, why,
};
use crate::workspace::TimelineAs;

/// The rows that the timeline always keeps, and the height of their column header, in points.
const KEPT_ROWS: f32 = 8.0;
const COLUMN_HEADER: f32 = 26.0;
/// The rows that the timeline keeps above Why not?.
const ROWS_ABOVE_WHY: f32 = 4.0;
/// The least height of a lifecycle with what stands above it, in points.
const MIN_LIFECYCLE: f32 = 280.0;
/// The least height of the detail pane, in points, and the height that it begins with: a part of the window's height, or
/// so much.
const MIN_DETAIL: f32 = 70.0;
const DETAIL_PART: f32 = 0.21;
const DETAIL_HEIGHT: f32 = 176.0;
/// The height of the plot, in points: what it begins with, and what it yields down to.
const PLOT_HEIGHT: f32 = 168.0;
const MIN_PLOT: f32 = 110.0;
/// The least height of a lesson above the timeline, in points.
const MIN_LESSON: f32 = 64.0;
/// The least height of the list of lessons above the timeline, in points.
const LESSON_LIST: f32 = 320.0;

impl Window {
    /// Shows all but the dialog, and takes Esc where nothing in it does: that closes what is open, ends what is followed or
    /// the selection, and with nothing left to close stops all that is sent by itself.
    pub(super) fn panels_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        // A field and a menu end with Esc themselves, which the toolkit sees to before this.
        let is_free = !self.was_typing && !Popup::is_any_open(ui.ctx());
        self.panes_ui(ui, cx);
        self.was_typing = ui.ctx().text_edit_focused();
        let escape = |ui: &Ui| ui.input_mut(|it| it.consume_key(Modifiers::NONE, Key::Escape));
        if !is_free || !escape(ui) {
            return;
        }
        if self.why.close() {
        } else if cx.timeline.conversation.is_some() {
            cx.push(Action::LeaveConversation);
        } else if self.timeline.selected().is_some() {
            self.timeline.deselect();
        } else {
            commands::STOP_EVERYTHING.request(cx);
        }
    }

    fn panes_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.follow_shown(cx);
        let tokens = Tokens::of(ui);
        let panel = |margin: Margin| Frame::new().fill(tokens.panel).inner_margin(margin);
        let window = Frame::new().fill(tokens.window);

        self.panes.clear();
        let mut inspector_rect = None;
        Panel::top("menus")
            .exact_size(menu_bar::HEIGHT)
            .frame(panel(Margin::symmetric(8, 0)))
            .show(ui, |ui| {
                ui.set_height(ui.available_height());
                menu_bar::ui(ui, cx);
            });
        let status = if is_compact(ui, cx) { 22.0 } else { 28.0 };
        Panel::bottom("status")
            .exact_size(status)
            .frame(panel(Margin::symmetric(12, 0)))
            .show(ui, |ui| status_bar::ui(ui, cx));
        let list = Panel::left("endpoints")
            .resizable(true)
            .default_size(Tokens::SIDEBAR_WIDTH)
            .size_range(200.0..=420.0)
            .frame(panel(Margin::ZERO))
            .show(ui, |ui| self.left.ui(ui, cx));
        self.panes.add(list.response.rect);
        name_edge(ui, "endpoints", cx.words.common.resize_list);
        let is_beside = cx.shows_inspector && ui.content_rect().width() >= BESIDE;
        if is_beside {
            // Each of the two has the width that it was given.
            let (name, width) = if self.inspector.is_wide(cx) {
                ("wide inspector", Tokens::RULES_WIDTH)
            } else {
                ("inspector", Tokens::INSPECTOR_WIDTH)
            };
            let inspector = Panel::right(name)
                .resizable(true)
                .default_size(width)
                .size_range(260.0..=width + 180.0)
                .frame(panel(Margin::ZERO))
                .show(ui, |ui| self.inspector.ui(ui, cx));
            name_edge(ui, name, cx.words.common.resize_inspector);
            inspector_rect = Some(inspector.response.rect);
        }
        if self.lessons.is_open() && ui.content_rect().width() >= BESIDE {
            let lessons = Panel::right("lessons")
                .resizable(true)
                .default_size(lessons::WIDTH)
                .size_range(lessons::WIDTHS)
                .frame(panel(Margin::ZERO))
                .show(ui, |ui| self.lessons.ui(ui, cx));
            name_edge(ui, "lessons", cx.words.lessons.resize);
            inspector_rect = Some(lessons.response.rect);
        }
        if !cx.shows_inspector {
            self.inspector.leave(cx);
        }
        let was_typing = self.was_typing;
        let composer = Panel::bottom("composer")
            .frame(panel(Margin::symmetric(16, 8)))
            .show(ui, |ui| self.composer.ui(ui, cx, was_typing));
        let selected = self.selected(cx);
        let mut detail_rect = None;
        let middle = CentralPanel::default().frame(window).show(ui, |ui| {
            if self.lessons_in_middle(ui, cx, selected.is_some()) {
                return;
            }
            self.captures.ui(ui, cx);
            self.banners.ui(ui, cx, least_entries(ui, cx));
            if cx.timeline.plot.is_shown {
                self.plot_ui(ui, cx);
            }
            match selected {
                // What there is to choose from has the room.
                _ if self.lists_lessons(ui, cx) => self.detail.leave(),
                _ if self.why.is_open() => {
                    self.detail.leave();
                    detail_rect = Some(self.why_ui(ui, cx, selected));
                }
                Some(selected) => detail_rect = Some(self.detail_ui(ui, cx, selected)),
                None => self.detail.leave(),
            }
            self.panes.add(ui.available_rect_before_wrap());
            // What stands around it comes and goes; its menus stay open all the same.
            if ui.available_height() >= least_entries(ui, cx) + hints::HEIGHT {
                hints::ui(ui, cx, selected.is_some());
            }
            let entries = UiBuilder::new().scope_id(Id::unique("entries"));
            ui.scope_builder(entries, |ui| self.entries_ui(ui, cx));
        });
        if self.selected(cx) != selected {
            self.follow_selected(cx);
            // The detail pane was shown before.
            ui.ctx().request_repaint();
        }
        if cx.shows_inspector && !is_beside {
            inspector_rect = Some(self.inspector_over(ui, cx, middle.response.rect));
        }
        let rest = [detail_rect, Some(composer.response.rect), inspector_rect];
        for rect in rest.into_iter().flatten() {
            self.panes.add(rect);
        }
    }

    /// Returns whether the list of lessons stands above the timeline.
    fn lists_lessons(&self, ui: &Ui, cx: &Cx<'_>) -> bool {
        let is_narrow = ui.content_rect().width() < BESIDE;
        is_narrow && self.lessons.is_open() && cx.lesson.is_none()
    }

    /// Shows the timeline, or the followed connection in its place.
    fn entries_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let here = self.detail.matches_here();
        if let Some(conversation) = &cx.timeline.conversation {
            // What is found here is nothing for the timeline to go to.
            self.timeline.pass_over_found(&cx.timeline);
            self.conversation.matches_here(here);
            self.conversation.ui(ui, cx, conversation);
        } else {
            self.conversation.leave();
            self.timeline.matches_here(here);
            self.timeline.ui(ui, cx);
        }
    }

    /// Shows the detail pane below the timeline; returns where it is.
    fn detail_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, selected: u64) -> Rect {
        let least = least_detail(cx);
        let pane = Pane {
            name: "detail",
            edge: cx.words.common.resize_detail,
            wanted: (ui.content_rect().height() * DETAIL_PART).max(DETAIL_HEIGHT),
            heights: least..=ui.available_height() - least_entries(ui, cx),
            frame: below(ui),
        };
        let detail = &mut self.detail;
        let shown = self
            .detail_height
            .bottom(ui, pane, |ui| detail.ui(ui, cx, selected));
        shown.0
    }

    /// Shows Why not? below the timeline, which keeps fewer rows than above a detail; returns where it is.
    fn why_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, selected: Option<u64>) -> Rect {
        let least = least_entries(ui, cx) - (KEPT_ROWS - ROWS_ABOVE_WHY) * Tokens::ROW_HEIGHT;
        let pane = Pane {
            name: "why",
            edge: cx.words.common.resize_detail,
            wanted: ui.available_height() * why::PART,
            heights: why::MIN_HEIGHT..=ui.available_height() - least,
            frame: below(ui),
        };
        let why = &mut self.why;
        let shown = self.why_height.bottom(ui, pane, |ui| {
            let group = UiBuilder::new()
                .accessibility_role(egui::Role::Group)
                .accessibility_label(cx.words.whys.name);
            ui.scope_builder(group, |ui| why.ui(ui, cx, selected));
        });
        shown.0
    }

    /// Shows the lessons in a narrow window: above the timeline, or the list of them in its place where there is no room for
    /// both. Returns whether they take its place.
    fn lessons_in_middle(&mut self, ui: &mut Ui, cx: &Cx<'_>, is_selected: bool) -> bool {
        if !self.lessons.is_open() || ui.content_rect().width() >= BESIDE {
            return false;
        }
        if cx.lesson.is_some() || has_room_for_both(ui, cx) {
            let above = self.lessons_above(ui, cx, is_selected);
            self.panes.add(above);
            return false;
        }
        self.panes.add(ui.available_rect_before_wrap());
        self.detail.leave();
        let pane = Frame::new().fill(Tokens::of(ui).panel);
        pane.show(ui, |ui| self.lessons.ui(ui, cx));
        true
    }

    /// Shows the lessons above the timeline of a narrow window; returns where they are. They yield to a lifecycle, which
    /// has its least height above the detail of what is selected.
    fn lessons_above(&mut self, ui: &mut Ui, cx: &Cx<'_>, is_selected: bool) -> Rect {
        let mut most = (ui.available_height() * 0.6).max(lessons::HEIGHT);
        if cx.preferences.timeline_as == TimelineAs::Lifecycle {
            let detail = if is_selected { least_detail(cx) } else { 0.0 };
            let rest = ui.available_height() - MIN_LIFECYCLE - detail;
            most = most.min(rest.max(MIN_LESSON));
        }
        let pane = Pane {
            name: "lessons above",
            edge: cx.words.lessons.resize,
            wanted: (ui.available_height() * 0.5).max(lessons::HEIGHT),
            heights: MIN_LESSON..=most,
            frame: Frame::new().fill(Tokens::of(ui).panel),
        };
        let lessons = &mut self.lessons;
        let shown = self.lessons_height.top(ui, pane, |ui| lessons.ui(ui, cx));
        shown.0
    }

    /// Shows the inspector over the right part of a narrow window; returns where it is.
    fn inspector_over(&mut self, ui: &Ui, cx: &Cx<'_>, middle: Rect) -> Rect {
        let tokens = Tokens::of(ui);
        let wanted = if self.inspector.is_wide(cx) {
            Tokens::RULES_WIDTH
        } else {
            Tokens::INSPECTOR_WIDTH
        };
        let width = wanted.min(middle.width());
        let area = Area::new(Id::unique("inspector over"))
            .order(Order::Middle)
            .fixed_pos(pos2(middle.right() - width, middle.top()));
        let shown = area.show(ui.ctx(), |ui| {
            let frame = Frame::new()
                .fill(tokens.panel)
                .stroke(Stroke::new(1.0, tokens.border))
                .shadow(ui.visuals().popup_shadow);
            frame.show(ui, |ui| {
                ui.set_width(width - 2.0);
                ui.set_height(middle.height() - 2.0);
                ui.set_clip_rect(middle.intersect(ui.clip_rect()));
                self.inspector.ui(ui, cx);
            });
        });
        shown.response.rect
    }

    /// Shows the plot above the timeline, and selects there what is selected in it.
    fn plot_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let frame = Frame::new()
            .fill(Tokens::of(ui).window)
            .inner_margin(Margin {
                left: 16,
                right: 12,
                top: 8,
                bottom: 4,
            });
        // It yields to the rows and to a detail, whether one is shown or not: nothing moves when a row is selected.
        let rest = ui.available_height() - least_entries(ui, cx) - least_detail(cx);
        let pane = Pane {
            name: "plot",
            edge: cx.words.common.resize_plot,
            wanted: PLOT_HEIGHT,
            heights: MIN_PLOT..=rest.min(ui.available_height() * 0.4).min(360.0),
            frame,
        };
        let plot = &mut self.plot;
        let (_, selection) = self.plot_height.top(ui, pane, |ui| plot.ui(ui, cx));
        match selection {
            Some(PlotSelection::Entries(first, last)) => {
                if cx.timeline.conversation.is_some() {
                    cx.push(Action::LeaveConversation);
                }
                self.timeline.select_entries(first, last);
            }
            Some(PlotSelection::Cleared) => self.timeline.deselect(),
            None => {}
        }
    }
}

/// Returns whether the list of lessons has room above the timeline; else it stands in its place.
fn has_room_for_both(ui: &Ui, cx: &Cx<'_>) -> bool {
    ui.available_height() - least_entries(ui, cx) >= LESSON_LIST
}

/// Returns the least height of the timeline with the rows that it keeps, or of a lifecycle, headers included: the panes
/// around it yield.
fn least_entries(ui: &Ui, cx: &Cx<'_>) -> f32 {
    let is_picture = cx.preferences.timeline_as == TimelineAs::Lifecycle;
    if is_picture && cx.timeline.conversation.is_none() {
        return MIN_LIFECYCLE;
    }
    KEPT_ROWS * Tokens::ROW_HEIGHT + COLUMN_HEADER + timeline::header_height(ui, cx)
}

/// Returns the least height of the detail pane: it shows a line of bytes at least.
fn least_detail(cx: &Cx<'_>) -> f32 {
    let frame = if cx.shows_frames {
        detail::FRAME_LINE
    } else {
        0.0
    };
    MIN_DETAIL + frame
}

/// Returns what stands around a pane below the timeline.
fn below(ui: &Ui) -> Frame {
    let frame = Frame::new().fill(Tokens::of(ui).window);
    frame.inner_margin(Margin::symmetric(16, 8))
}
