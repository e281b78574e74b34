//! The state of the window, what is asked of it from outside, and the order of a frame.

mod panels;
mod wishes;

use std::collections::BTreeMap;
use std::time::Duration;

use egui::{FocusDirection, Popup, Ui};

use super::action::Action;
use super::banner::Banners;
use super::captures::CapturesBar;
use super::commands;
use super::composer::Composer;
use super::conversation::ConversationPanel;
use super::cx::{CurrentSelection, Cx};
use super::detail::DetailPane;
use super::dialogs::Dialog;
use super::documents::{self, MAX_DROPPED, OpenDialog, SaveDialog};
use super::inspector::Inspector;
use super::left_pane::LeftPane;
use super::lessons::LessonPane;
use super::pane_height::PaneHeight;
use super::panes::Panes;
use super::plot::PlotPanel;
use super::room::BESIDE;
use super::timeline::TimelinePanel;
use super::why::WhyPane;
use super::wish::{LeftTab, Wish};
use crate::model::{FileChoice, Model, Now};
use crate::net::EndpointId;
use crate::session::CaptureId;

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
        let chosen = CurrentSelection {
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
        let cx = &Cx::new(model, now, CurrentSelection::default(), false);
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
