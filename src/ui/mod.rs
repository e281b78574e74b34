//! The window: one file per panel. Views are handed a `Cx`: they read the model in it, edit only their own text, and
//! push [`Action`]s.
//!
//! No socket, thread, channel or file is named here.

mod about;
mod action;
mod acts;
mod banner;
mod captures;
mod clock;
mod commands;
mod completion;
mod composer;
mod conversation;
mod cx;
mod detail;
mod diagnosis;
mod dialogs;
mod documents;
mod endpoint;
mod endpoints;
mod export;
mod find;
mod first_steps;
mod hints;
mod inspector;
mod key_text;
mod keys;
mod lanes;
mod left_pane;
mod lessons;
mod lifecycle;
mod made_rule;
mod marks;
mod menu_bar;
mod messages;
mod palette;
mod pane_height;
mod panes;
mod path_field;
mod peer_commands;
mod picture;
mod plot;
mod presets;
mod recording;
mod reuse;
mod sequence_commands;
mod sessions;
mod shown_as;
mod status_bar;
mod theme;
mod timeline;
mod tried;
mod why;
mod widgets;

use std::collections::BTreeMap;
use std::time::Duration;

use egui::{
    Area, CentralPanel, FocusDirection, Frame, Id, Key, Margin, Modifiers, Order, Panel, Popup,
    Rect, Stroke, Ui, UiBuilder, pos2,
};

pub use action::Action;
pub use documents::proposed_document;
pub use theme::Theme;

use crate::model::{FileChoice, Model, Now};
use crate::net::EndpointId;
use crate::session::CaptureId;
use crate::workspace::TimelineAs;
use banner::Banners;
use captures::CapturesBar;
use commands::Zoom;
use composer::Composer;
use conversation::ConversationPanel;
use cx::{Chosen, Cx, Wish};
use detail::DetailPane;
use dialogs::Dialog;
use documents::{MAX_DROPPED, OpenDialog, SaveDialog};
use export::ExportForm;
use inspector::{Inspector, Tab};
use left_pane::{LeftPane, LeftTab};
use lessons::LessonPane;
use palette::Palette;
use pane_height::{Pane, PaneHeight};
use panes::Panes;
use plot::{PlotPanel, Selection};
use presets::PresetList;
use recording::RecordingForm;
use sessions::SessionsDialog;
use theme::Tokens;
use timeline::TimelinePanel;
use why::WhyPane;

/// How often rates are painted while bytes move; when they read 0 nothing is painted any more.
const RATE_INTERVAL: Duration = Duration::from_millis(300);

/// The window's own state: what is unfolded, selected and being typed.
#[derive(Default)]
pub struct Window {
    left: LeftPane,
    inspector: Inspector,
    /// The lessons, in place of the inspector.
    lessons: LessonPane,
    captures: CapturesBar,
    /// The panel of the capture that is shown; those of the others are set aside.
    timeline: TimelinePanel,
    conversation: ConversationPanel,
    plot: PlotPanel,
    shown: CaptureId,
    aside: BTreeMap<CaptureId, TimelinePanel>,
    banners: Banners,
    detail: DetailPane,
    /// Why not?, in place of the detail.
    why: WhyPane,
    composer: Composer,
    dialog: Option<Dialog>,
    /// Whether a dialog was open at the end of the last frame.
    had_dialog: bool,
    /// Whether its first control is still to get the keyboard.
    seeks_first: bool,
    panes: Panes,
    detail_height: PaneHeight,
    why_height: PaneHeight,
    plot_height: PaneHeight,
    lessons_height: PaneHeight,
    /// Whether a text field had the keyboard at the end of the last frame.
    was_typing: bool,
    /// The newest endpoint that was seen.
    newest: Option<EndpointId>,
    /// The endpoint that was selected last.
    chosen: Option<EndpointId>,
    /// The server of the lesson that was being done at the last frame.
    lesson: Option<EndpointId>,
}

/// The rows that the timeline always keeps, and the height of their column header, in points.
const KEPT_ROWS: f32 = 8.0;
const COLUMN_HEADER: f32 = 26.0;
/// The height of the window below which what stands around the rows has one line instead of two, in points; and while a
/// lesson or the plot stands above the rows.
const COMPACT: f32 = 560.0;
const COMPACT_BELOW: f32 = 720.0;
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
/// The width of the window from which on the inspector stands beside the timeline; in less it covers it.
const BESIDE: f32 = 1120.0;

impl Window {
    /// Asks whether to close with live connections.
    pub fn ask_quit(&mut self) {
        self.dialog = Some(Dialog::Quit { ask_again: true });
    }

    /// Shows the field for a path to open, and why the last one could not be opened; unless a dialog shows it already.
    pub fn ask_open(&mut self) {
        let is_shown = self.has_field_for(FileChoice::Open);
        if !is_shown && !matches!(self.dialog, Some(Dialog::Sessions(_))) {
            self.dialog = Some(Dialog::Open(OpenDialog::new(FileChoice::Open)));
        }
    }

    /// Shows the field for a file whose messages are imported, and why the last one could not be.
    pub fn ask_import(&mut self) {
        if !self.has_field_for(FileChoice::Messages) {
            self.dialog = Some(Dialog::Open(OpenDialog::new(FileChoice::Messages)));
        }
    }

    /// Shows the saved messages.
    pub fn show_messages(&mut self) {
        self.left.show(LeftTab::Messages);
    }

    /// Returns whether a dialog is open that has a field for such a path to open or to save in.
    pub fn has_field_for(&self, choice: FileChoice) -> bool {
        match &self.dialog {
            Some(Dialog::Open(dialog)) => dialog.choice() == choice,
            Some(Dialog::Save(_)) => choice == FileChoice::SaveDocument,
            _ => false,
        }
    }

    /// Shows the field for a file to save the document in.
    pub fn ask_save(&mut self, model: &Model) {
        self.dialog = Some(Dialog::Save(SaveDialog::new(model)));
    }

    /// Shows the window.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, now: Now, actions: &mut Vec<Action>) {
        self.choose_new(model);
        self.follow_lesson(model);
        let has_room = ui.content_rect().width() >= BESIDE;
        let shows_inspector = model.preferences.inspector.unwrap_or(has_room);
        let shows_inspector = shows_inspector && !self.lessons.is_open();
        let selected = self.selected(model);
        let connection = model.timeline.row_of(selected);
        let chosen = Chosen {
            endpoint: self.chosen(model),
            connection: connection.and_then(|row| row.connection),
            row: selected,
        };
        let cx = &Cx::new(model, now, chosen, shows_inspector);
        if let Some(leaving) = &model.documents.leaving {
            // The question waits while a file to save in is chosen.
            if !leaving.is_saving || !matches!(self.dialog, Some(Dialog::Save(_))) {
                self.dialog = Some(Dialog::Leave);
            }
        }
        if self.dialog.is_none() {
            commands::take_keys(ui, cx);
            self.grant_wishes(ui, cx);
        }
        // No key acts behind a dialog: what was pressed and typed is for the dialog alone.
        let has_dialog = self.dialog.is_some();
        let events = has_dialog.then(|| ui.input_mut(|input| std::mem::take(&mut input.events)));
        self.panels_ui(ui, cx);
        if let Some(events) = events {
            ui.input_mut(|input| input.events = events);
        }
        self.grant_wishes(ui, cx);
        if self.dialog.is_some() && !self.had_dialog {
            // A menu behind it would take Esc for itself, and stay open.
            Popup::close_all(ui.ctx());
            self.begin_dialog(ui);
        }
        if let Some(dialog) = self.dialog.take() {
            self.seek_first(ui);
            self.dialog = dialog.ui(ui, cx);
            self.grant_wishes(ui, cx);
        }
        self.had_dialog = self.dialog.is_some();
        take_dropped(ui, cx);
        documents::hover_ui(ui, cx);
        let mut endpoints = model.endpoints.values();
        if endpoints.any(|endpoint| !endpoint.rate.rate(now).is_zero()) {
            ui.ctx().request_repaint_after(RATE_INTERVAL);
        }
        // A countdown changes once a second.
        let waits = model
            .endpoints
            .values()
            .filter_map(|it| it.connects_in(now));
        let next = waits.map(|(_, more)| if more > 0.0 { more } else { 1.0 });
        if let Some(next) = next.min_by(f64::total_cmp) {
            let next = Duration::from_secs_f64(next.max(0.05));
            ui.ctx().request_repaint_after(next);
        }
        cx.follow_watched();
        actions.append(&mut self.wanted(cx));
    }

    /// Takes the keyboard from what is behind a dialog whose first control gets it.
    fn begin_dialog(&mut self, ui: &Ui) {
        self.seeks_first = self.dialog.as_ref().is_some_and(Dialog::begins_with_first);
        if self.seeks_first {
            ui.memory_mut(|memory| memory.focused().map(|id| memory.surrender_focus(id)));
        }
    }

    /// Gives the keyboard to the first control of a dialog, which takes none while the dialog is only measured.
    fn seek_first(&mut self, ui: &Ui) {
        self.seeks_first &= ui.memory(|memory| memory.focused().is_none());
        if self.seeks_first {
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
            ui.ctx().request_repaint();
        }
    }

    /// Returns what applies what is still being typed in the document: it is about to be left or saved.
    pub fn leave(&mut self, model: &Model, now: Now) -> Vec<Action> {
        let cx = &Cx::new(model, now, Chosen::default(), false);
        self.leave_fields(cx);
        cx.actions.take()
    }

    /// Shows the rule that was just made, to edit it.
    pub fn show_made_rule(&mut self, model: &Model) {
        let Some((form, number)) = model.made_rule() else {
            return;
        };
        self.chosen = Some(form.id);
        self.inspector.show_rule(form, number);
        self.lessons.step_aside();
    }

    fn leave_fields(&mut self, cx: &Cx<'_>) {
        self.inspector.leave(cx);
        self.left.leave(cx);
    }

    /// Returns what the views asked of the app, after what is still being typed where the document is to be kept.
    fn wanted(&mut self, cx: &Cx<'_>) -> Vec<Action> {
        let mut wanted = cx.actions.take();
        if wanted.iter().any(Action::keeps_document) {
            self.leave_fields(cx);
        }
        let mut actions = cx.actions.take();
        actions.append(&mut wanted);
        actions
    }

    /// Selects an endpoint that was just added; another document has several. Ids grow, and are never reused.
    fn choose_new(&mut self, model: &Model) {
        let ids = || model.document.endpoints.iter().map(|it| it.id);
        let mut new = ids().filter(|id| self.newest.is_some_and(|newest| *id > newest));
        if let (Some(added), None) = (new.next(), new.next()) {
            self.chosen = Some(added);
        }
        self.newest = self.newest.max(ids().max());
    }

    /// Selects no row any more when a lesson begins: what came before is not its subject.
    fn follow_lesson(&mut self, model: &Model) {
        let lesson = model.lesson.as_ref().map(|it| it.ends.server);
        if lesson != self.lesson && lesson.is_some() {
            self.timeline.deselect();
        }
        self.lesson = lesson;
    }

    /// Returns the endpoint that commands act on: the one selected last, or else the first one.
    fn chosen(&self, model: &Model) -> Option<EndpointId> {
        let exists = |id: &EndpointId| model.endpoints.contains_key(id);
        let first = || model.document.endpoints.first().map(|it| it.id);
        self.chosen.filter(exists).or_else(first)
    }

    /// Shows all but the dialog, and takes Esc where nothing in it does: that closes what is open, ends what is followed or
    /// the selection, and with nothing left to close stops all that is sent by itself.
    fn panels_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
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

    /// Shows the endpoint of the selected row in the inspector while that shows a connection.
    fn follow_selected(&mut self, cx: &Cx<'_>) {
        let row = cx.timeline.row_of(self.selected(cx));
        if self.inspector.shows_connection()
            && let Some(endpoint) = row.and_then(|row| row.endpoint)
        {
            cx.wish(Wish::Choose(endpoint));
        }
    }

    /// Returns the selected entry: what the detail pane shows.
    fn selected(&self, model: &Model) -> Option<u64> {
        match model.timeline.conversation {
            Some(_) => self.conversation.selected(),
            None => self.timeline.selected(),
        }
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
            Some(Selection::Entries(first, last)) => {
                if cx.timeline.conversation.is_some() {
                    cx.push(Action::LeaveConversation);
                }
                self.timeline.select_entries(first, last);
            }
            Some(Selection::Cleared) => self.timeline.deselect(),
            None => {}
        }
    }

    /// Does what the views asked of the window.
    fn grant_wishes(&mut self, ui: &Ui, cx: &Cx<'_>) {
        for wish in cx.wishes.take() {
            match wish {
                Wish::Commands => self.dialog = Some(Dialog::Commands(Palette::default())),
                Wish::Problems => {
                    self.dialog = Some(Dialog::Problems);
                    cx.push(Action::MarkNoticesRead);
                }
                Wish::Lessons => self.lessons.open(),
                Wish::CloseLessons => self.lessons.step_aside(),
                Wish::Keys => self.dialog = Some(Dialog::Keys),
                Wish::About => self.dialog = Some(Dialog::About),
                Wish::Sessions => self.ask_sessions(SessionsDialog::default(), cx),
                Wish::SaveSession => self.ask_sessions(SessionsDialog::saving(cx), cx),
                Wish::DeleteSession(folder) => {
                    self.ask_sessions(SessionsDialog::deleting(folder), cx);
                }
                Wish::Recording => {
                    let form = RecordingForm::new(cx.preferences.recording);
                    self.dialog = Some(Dialog::Recording(form));
                }
                Wish::Export => {
                    let form = ExportForm::new(cx, self.timeline.selection());
                    self.dialog = Some(Dialog::Export(form));
                    cx.push(Action::ForgetExport);
                }
                Wish::SavePicture(form) => {
                    self.dialog = Some(Dialog::Picture(form));
                    cx.push(Action::ForgetPicture);
                }
                Wish::ShowLifecycle(connection) => {
                    self.timeline.show_lifecycle(connection);
                    cx.push(Action::LeaveConversation);
                    cx.push(Action::ShowTimelineAs(TimelineAs::Lifecycle));
                }
                Wish::Edit(draft) => self.composer.replace(draft, cx),
                Wish::GoTo(entry) => self.timeline.go_to(entry),
                Wish::Find(step) if cx.timeline.conversation.is_some() => {
                    self.conversation.find(step);
                }
                Wish::Find(step) => self.timeline.find(step),
                Wish::ShowMatch { entry, forward } => self.detail.arrive(entry, forward),
                Wish::Match { forward } => self.detail.step(forward),
                Wish::Send => self.composer.send(),
                Wish::History => self.composer.search_history(),
                Wish::Zoom(zoom) => zoom_by(ui, zoom),
                Wish::Pane { forward } => self.panes.move_focus(ui.ctx(), forward),
                Wish::WhyNot => self.why.open(cx),
                Wish::Choose(endpoint) => self.chosen = Some(endpoint),
                Wish::Rename(endpoint) => {
                    self.left.show(LeftTab::Endpoints);
                    self.left.endpoints.rename(endpoint, cx);
                }
                Wish::Rules => {
                    self.inspector.show(Tab::Rules);
                    self.show_inspector(cx);
                }
                Wish::AddRule => {
                    if let Some(endpoint) = cx.chosen {
                        self.inspector.add_rule(endpoint);
                        self.show_inspector(cx);
                    }
                }
                Wish::ShowRule(endpoint, number) => {
                    if let Some(form) = cx.form(endpoint) {
                        self.inspector.show_rule(form, number);
                        self.chosen = Some(endpoint);
                        self.show_inspector(cx);
                    }
                }
                Wish::Presets => self.dialog = Some(Dialog::Presets(PresetList::default())),
                Wish::Left(tab) => self.left.show(tab),
                Wish::Inspect(tab) => {
                    self.inspector.show(tab);
                    self.show_inspector(cx);
                }
                Wish::ToggleInspector if cx.shows_inspector && cx.lesson.is_some() => {
                    self.lessons.open();
                }
                Wish::ToggleInspector => {
                    self.lessons.step_aside();
                    cx.push(Action::ShowInspector(!cx.shows_inspector));
                }
            }
        }
    }

    fn show_inspector(&mut self, cx: &Cx<'_>) {
        self.lessons.step_aside();
        cx.push(Action::ShowInspector(true));
    }

    fn ask_sessions(&mut self, dialog: SessionsDialog, cx: &Cx<'_>) {
        self.dialog = Some(Dialog::Sessions(dialog));
        cx.push(Action::ForgetLibraryProblem);
        cx.push(Action::ListSessions);
    }

    /// Takes out the panel of the capture that the model shows now, as it was left; a new one begins with the oldest
    /// entry.
    fn follow_shown(&mut self, model: &Model) {
        let shown = model.shown();
        if shown == self.shown {
            return;
        }
        let panel = self.aside.remove(&shown);
        let panel = panel.unwrap_or_else(TimelinePanel::from_oldest);
        let before = std::mem::replace(&mut self.timeline, panel);
        self.aside.insert(self.shown, before);
        self.shown = shown;
        self.conversation.leave();
        self.plot = PlotPanel::default();
        let opened = model.opened();
        self.aside
            .retain(|id, _| *id == CaptureId::Live || opened.iter().any(|it| it.id == *id));
    }
}

/// Returns whether the window is so low that what stands around the rows has one line instead of two.
fn is_compact(ui: &Ui, cx: &Cx<'_>) -> bool {
    let window = ui.content_rect();
    let has_lesson = cx.lesson.is_some() && window.width() < BESIDE;
    let is_below = has_lesson || cx.timeline.plot.is_shown;
    let least = if is_below { COMPACT_BELOW } else { COMPACT };
    window.height() < least
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

/// Opens what was dropped on the window.
fn take_dropped(ui: &Ui, cx: &Cx<'_>) {
    let dropped: Vec<_> = ui.input(|input| {
        let files = input.raw.dropped_files.iter().take(MAX_DROPPED);
        files.map(|file| file.path().to_owned()).collect()
    });
    if !dropped.is_empty() {
        cx.extend(dropped.into_iter().map(Action::Open));
        ui.ctx().request_repaint();
    }
}

fn zoom_by(ui: &Ui, zoom: Zoom) {
    match zoom {
        Zoom::In => egui::gui_zoom::zoom_in(ui.ctx()),
        Zoom::Out => egui::gui_zoom::zoom_out(ui.ctx()),
        Zoom::Reset => ui.ctx().set_zoom_factor(1.0),
    }
}

/// Names the edge that a panel is resized by: the toolkit gives all of them one name.
fn name_edge(ui: &Ui, panel: &str, name: &str) {
    let id = ui.scope_id().with(panel).with("__resize");
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label(name));
}
