//! The window: one file per panel. Views read the model, edit only their own text, and push [`Action`]s.
//!
//! No socket, thread, channel or file is named here.

mod action;
mod banner;
mod captures;
mod cards;
mod clock;
mod composer;
mod conversation;
mod detail;
mod dialogs;
mod export;
mod find;
mod keys;
mod plot;
mod recording;
mod reuse;
mod sessions;
mod sidebar;
mod status_bar;
mod theme;
mod timeline;
mod widgets;

use std::collections::BTreeMap;
use std::time::Duration;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

pub use action::Action;
pub use theme::Theme;

use crate::model::{Model, Now};
use crate::session::CaptureId;
use banner::{Banners, Wish};
use captures::CapturesBar;
use composer::Composer;
use conversation::ConversationPanel;
use detail::DetailPane;
use dialogs::Dialog;
use export::ExportForm;
use plot::{PlotPanel, Selection};
use recording::RecordingForm;
use sessions::SessionsDialog;
use sidebar::Sidebar;
use status_bar::Show;
use theme::Tokens;
use timeline::TimelinePanel;

/// How often rates are painted while bytes move; when they read 0 nothing is painted any more.
const RATE_INTERVAL: Duration = Duration::from_millis(300);

/// The window's own state: what is unfolded, selected and being typed.
#[derive(Default)]
pub struct Window {
    sidebar: Sidebar,
    captures: CapturesBar,
    /// The panel of the capture that is shown; those of the others are set aside.
    timeline: TimelinePanel,
    conversation: ConversationPanel,
    plot: PlotPanel,
    shown: CaptureId,
    aside: BTreeMap<CaptureId, TimelinePanel>,
    banners: Banners,
    detail: DetailPane,
    composer: Composer,
    dialog: Option<Dialog>,
}

/// The least height of the timeline, its header included, in points: the panes around it yield.
const MIN_ENTRIES: f32 = 140.0;

impl Window {
    /// Asks whether to close with live connections.
    pub fn ask_quit(&mut self) {
        self.dialog = Some(Dialog::Quit { ask_again: true });
    }

    /// Shows the window.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, now: Now, actions: &mut Vec<Action>) {
        if self.dialog.is_none() {
            self.keys(ui, model, actions);
        }
        // No key acts behind a dialog: what was pressed and typed is for the dialog alone.
        let has_dialog = self.dialog.is_some();
        let events = has_dialog.then(|| ui.input_mut(|input| std::mem::take(&mut input.events)));
        self.panels_ui(ui, model, now, actions);
        if let Some(events) = events {
            ui.input_mut(|input| input.events = events);
        }
        if let Some(dialog) = self.dialog.take() {
            self.dialog = dialog.ui(ui, model, actions);
        }
        let mut endpoints = model.endpoints.values();
        if endpoints.any(|endpoint| !endpoint.rate.rate(now).is_zero()) {
            ui.ctx().request_repaint_after(RATE_INTERVAL);
        }
    }

    /// Shows all but the dialog.
    fn panels_ui(&mut self, ui: &mut Ui, model: &Model, now: Now, actions: &mut Vec<Action>) {
        self.take_dropped(ui, actions);
        self.follow_shown(model);
        let tokens = Tokens::of(ui);
        let panel = |margin: Margin| Frame::new().fill(tokens.panel).inner_margin(margin);
        let window = Frame::new().fill(tokens.window);

        Panel::bottom("status")
            .exact_size(28.0)
            .frame(panel(Margin::symmetric(12, 0)))
            .show(ui, |ui| match status_bar::ui(ui, model, now, actions) {
                Some(Show::Problems) => {
                    self.dialog = Some(Dialog::Problems);
                    actions.push(Action::MarkNoticesRead);
                }
                Some(Show::Keys) => self.dialog = Some(Dialog::Keys),
                Some(Show::Sessions) => self.ask_sessions(SessionsDialog::default(), actions),
                Some(Show::Export) => self.ask_export(model, actions),
                Some(Show::Recording) => self.ask_recording(model),
                None => {}
            });
        Panel::left("sidebar")
            .resizable(true)
            .default_size(tokens.sidebar_width)
            .size_range(240.0..=460.0)
            .frame(panel(Margin {
                left: 14,
                right: 8,
                top: 12,
                bottom: 0,
            }))
            .show(ui, |ui| self.sidebar.ui(ui, model, now, actions));
        name_edge(ui, "sidebar", model.words.common.resize_sidebar);
        Panel::bottom("composer")
            .frame(panel(Margin::symmetric(16, 8)))
            .show(ui, |ui| self.composer.ui(ui, model, actions));
        let selected = self.selected(model);
        CentralPanel::default().frame(window).show(ui, |ui| {
            self.captures.ui(ui, model, actions);
            match self.banners.ui(ui, model, actions) {
                Some(Wish::Recording) => self.ask_recording(model),
                Some(Wish::Delete(folder)) => {
                    self.ask_sessions(SessionsDialog::deleting(folder), actions);
                }
                None => {}
            }
            if model.timeline.plot.is_shown {
                self.plot_ui(ui, model, now, actions);
            }
            Panel::bottom("detail")
                .resizable(true)
                .default_size(176.0)
                .size_range(64.0..=ui.available_height().max(64.0 + MIN_ENTRIES) - MIN_ENTRIES)
                .frame(window.inner_margin(Margin::symmetric(16, 8)))
                .show(ui, |ui| {
                    // The panel keeps the height that it was given, whatever it shows.
                    ui.set_min_height(ui.available_height());
                    if let Some(draft) = self.detail.ui(ui, model, selected, actions) {
                        self.composer.replace(draft, actions);
                    }
                });
            name_edge(ui, "detail", model.words.common.resize_detail);
            self.entries_ui(ui, model, actions);
        });
        if self.selected(model) != selected {
            // The detail pane was shown before.
            ui.ctx().request_repaint();
        }
    }

    /// Returns the selected entry: what the detail pane shows.
    fn selected(&self, model: &Model) -> Option<u64> {
        match model.timeline.conversation {
            Some(_) => self.conversation.selected(),
            None => self.timeline.selected(),
        }
    }

    /// Shows the timeline, or the connection that is followed in its place.
    fn entries_ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
        let Some(conversation) = &model.timeline.conversation else {
            self.conversation.leave();
            if let Some(draft) = self.timeline.ui(ui, model, actions) {
                self.composer.replace(draft, actions);
            }
            return;
        };
        // What is found here is nothing for the timeline to go to.
        self.timeline.pass_over_found(&model.timeline);
        if let Some(entry) = self.conversation.ui(ui, model, conversation, actions) {
            self.timeline.go_to(entry);
        }
    }

    /// Shows the plot above the timeline, and selects there what is selected in it.
    fn plot_ui(&mut self, ui: &mut Ui, model: &Model, now: Now, actions: &mut Vec<Action>) {
        let tokens = Tokens::of(ui);
        let frame = Frame::new().fill(tokens.window).inner_margin(Margin {
            left: 16,
            right: 12,
            top: 8,
            bottom: 4,
        });
        let selection = Panel::top("plot")
            .resizable(true)
            .default_size(168.0)
            .size_range(96.0..=(ui.available_height() * 0.4).clamp(96.0, 360.0))
            .frame(frame)
            .show(ui, |ui| {
                ui.set_min_height(ui.available_height());
                self.plot.ui(ui, model, now, actions)
            });
        name_edge(ui, "plot", model.words.common.resize_plot);
        match selection.inner {
            Some(Selection::Entries(first, last)) => {
                if model.timeline.conversation.is_some() {
                    actions.push(Action::LeaveConversation);
                }
                self.timeline.select_entries(first, last);
            }
            Some(Selection::Cleared) => self.timeline.deselect(),
            None => {}
        }
    }

    /// Takes the keys that work anywhere.
    fn keys(&mut self, ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
        if keys::CLEAR_VIEW.pressed(ui) {
            actions.push(Action::ClearView);
        }
        // The longer key first: the shorter one would take it as its own.
        if keys::NEW_SERVER.pressed(ui) {
            actions.push(Action::AddServer);
        }
        if keys::NEW_CLIENT.pressed(ui) {
            actions.push(Action::AddClient);
        }
        if keys::OPEN.pressed(ui) {
            self.ask_sessions(SessionsDialog::default(), actions);
        }
        if keys::SAVE.pressed(ui) {
            self.ask_sessions(SessionsDialog::saving(model), actions);
        }
        if keys::EXPORT.pressed(ui) {
            self.ask_export(model, actions);
        }
        if keys::HELP.pressed(ui) {
            self.dialog = Some(Dialog::Keys);
        }
    }

    /// Opens what was dropped on the window.
    fn take_dropped(&mut self, ui: &Ui, actions: &mut Vec<Action>) {
        let dropped = ui.input(|input| {
            let first = input.raw.dropped_files.first();
            first.map(|file| file.path().to_owned())
        });
        if let Some(path) = dropped {
            self.dialog = Some(Dialog::Sessions(SessionsDialog::opening(&path)));
            actions.push(Action::ListSessions);
            actions.push(Action::OpenCapture(path));
        }
    }

    fn ask_sessions(&mut self, dialog: SessionsDialog, actions: &mut Vec<Action>) {
        self.dialog = Some(Dialog::Sessions(dialog));
        actions.push(Action::ForgetLibraryProblem);
        actions.push(Action::ListSessions);
    }

    fn ask_export(&mut self, model: &Model, actions: &mut Vec<Action>) {
        let selection = self.timeline.selection();
        self.dialog = Some(Dialog::Export(ExportForm::new(model, selection)));
        actions.push(Action::ForgetExport);
    }

    fn ask_recording(&mut self, model: &Model) {
        let form = RecordingForm::new(model.preferences.recording);
        self.dialog = Some(Dialog::Recording(form));
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

/// Names the edge that a panel is resized by: the toolkit gives all of them one name.
fn name_edge(ui: &Ui, panel: &str, name: &str) {
    let id = ui.scope_id().with(panel).with("__resize");
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label(name));
}
