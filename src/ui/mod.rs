//! The window: one file per panel. Views are handed a `Cx`: they read the model in it, edit only their own text, and
//! push [`Action`]s.
//!
//! No socket, thread, channel or file is named here.

mod action;
mod banner;
mod captures;
mod cards;
mod clock;
mod composer;
mod conversation;
mod cx;
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
use banner::Banners;
use captures::CapturesBar;
use composer::Composer;
use conversation::ConversationPanel;
use cx::{Cx, Wish};
use detail::DetailPane;
use dialogs::Dialog;
use export::ExportForm;
use plot::{PlotPanel, Selection};
use recording::RecordingForm;
use sessions::SessionsDialog;
use sidebar::Sidebar;
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
        let cx = &Cx::new(model, now);
        if self.dialog.is_none() {
            take_keys(ui, cx);
            self.grant_wishes(cx);
        }
        // No key acts behind a dialog: what was pressed and typed is for the dialog alone.
        let has_dialog = self.dialog.is_some();
        let events = has_dialog.then(|| ui.input_mut(|input| std::mem::take(&mut input.events)));
        self.panels_ui(ui, cx);
        if let Some(events) = events {
            ui.input_mut(|input| input.events = events);
        }
        self.grant_wishes(cx);
        if let Some(dialog) = self.dialog.take() {
            self.dialog = dialog.ui(ui, cx);
        }
        self.take_dropped(ui, cx);
        let mut endpoints = model.endpoints.values();
        if endpoints.any(|endpoint| !endpoint.rate.rate(now).is_zero()) {
            ui.ctx().request_repaint_after(RATE_INTERVAL);
        }
        actions.append(&mut cx.actions.take());
    }

    /// Shows all but the dialog.
    fn panels_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        self.follow_shown(cx);
        let tokens = Tokens::of(ui);
        let panel = |margin: Margin| Frame::new().fill(tokens.panel).inner_margin(margin);
        let window = Frame::new().fill(tokens.window);

        Panel::bottom("status")
            .exact_size(28.0)
            .frame(panel(Margin::symmetric(12, 0)))
            .show(ui, |ui| status_bar::ui(ui, cx));
        Panel::left("sidebar")
            .resizable(true)
            .default_size(Tokens::SIDEBAR_WIDTH)
            .size_range(240.0..=460.0)
            .frame(panel(Margin {
                left: 14,
                right: 8,
                top: 12,
                bottom: 0,
            }))
            .show(ui, |ui| self.sidebar.ui(ui, cx));
        name_edge(ui, "sidebar", cx.words.common.resize_sidebar);
        Panel::bottom("composer")
            .frame(panel(Margin::symmetric(16, 8)))
            .show(ui, |ui| self.composer.ui(ui, cx));
        let selected = self.selected(cx);
        CentralPanel::default().frame(window).show(ui, |ui| {
            self.captures.ui(ui, cx);
            self.banners.ui(ui, cx);
            if cx.timeline.plot.is_shown {
                self.plot_ui(ui, cx);
            }
            Panel::bottom("detail")
                .resizable(true)
                .default_size(176.0)
                .size_range(64.0..=ui.available_height().max(64.0 + MIN_ENTRIES) - MIN_ENTRIES)
                .frame(window.inner_margin(Margin::symmetric(16, 8)))
                .show(ui, |ui| {
                    // The panel keeps the height that it was given, whatever it shows.
                    ui.set_min_height(ui.available_height());
                    self.detail.ui(ui, cx, selected);
                });
            name_edge(ui, "detail", cx.words.common.resize_detail);
            if let Some(conversation) = &cx.timeline.conversation {
                // What is found here is nothing for the timeline to go to.
                self.timeline.pass_over_found(&cx.timeline);
                self.conversation.ui(ui, cx, conversation);
            } else {
                self.conversation.leave();
                self.timeline.ui(ui, cx);
            }
        });
        if self.selected(cx) != selected {
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
        let selection = Panel::top("plot")
            .resizable(true)
            .default_size(168.0)
            .size_range(96.0..=(ui.available_height() * 0.4).clamp(96.0, 360.0))
            .frame(frame)
            .show(ui, |ui| {
                ui.set_min_height(ui.available_height());
                self.plot.ui(ui, cx)
            });
        name_edge(ui, "plot", cx.words.common.resize_plot);
        match selection.inner {
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

    /// Opens what was dropped on the window.
    fn take_dropped(&mut self, ui: &Ui, cx: &Cx<'_>) {
        let dropped = ui.input(|input| {
            let first = input.raw.dropped_files.first();
            first.map(|file| file.path().to_owned())
        });
        if let Some(path) = dropped {
            self.dialog = Some(Dialog::Sessions(SessionsDialog::opening(&path)));
            cx.push(Action::ListSessions);
            cx.push(Action::OpenCapture(path));
            ui.ctx().request_repaint();
        }
    }

    /// Does what the views asked of the window.
    fn grant_wishes(&mut self, cx: &Cx<'_>) {
        for wish in cx.wishes.take() {
            match wish {
                Wish::Problems => {
                    self.dialog = Some(Dialog::Problems);
                    cx.push(Action::MarkNoticesRead);
                }
                Wish::Keys => self.dialog = Some(Dialog::Keys),
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
                Wish::Edit(draft) => self.composer.replace(draft, cx),
                Wish::GoTo(entry) => self.timeline.go_to(entry),
            }
        }
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

/// Takes the keys that work anywhere.
fn take_keys(ui: &Ui, cx: &Cx<'_>) {
    // The longer key first: the shorter one would take it as its own.
    for (key, action) in [
        (keys::CLEAR_VIEW, Action::ClearView),
        (keys::NEW_SERVER, Action::AddServer),
        (keys::NEW_CLIENT, Action::AddClient),
    ] {
        if key.pressed(ui) {
            cx.push(action);
        }
    }
    for (key, wish) in [
        (keys::OPEN, Wish::Sessions),
        (keys::SAVE, Wish::SaveSession),
        (keys::EXPORT, Wish::Export),
        (keys::HELP, Wish::Keys),
    ] {
        if key.pressed(ui) {
            cx.wish(wish);
        }
    }
}

/// Names the edge that a panel is resized by: the toolkit gives all of them one name.
fn name_edge(ui: &Ui, panel: &str, name: &str) {
    let id = ui.scope_id().with(panel).with("__resize");
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label(name));
}
