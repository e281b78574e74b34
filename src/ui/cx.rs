//! What every view is handed: the model that it reads, and what takes its requests.

use std::cell::RefCell;
use std::ops::Deref;
use std::path::PathBuf;
use std::time::Duration;

use egui::Ui;

use super::action::Action;
use super::commands::{FindStep, Zoom};
use super::inspector::Tab;
use super::left_pane::LeftTab;
use super::picture::PictureForm;
use crate::capture::Request;
use crate::model::{Model, Now, Wanted};
use crate::net::kernel::KernelWatch;
use crate::net::{EndpointId, FlowId};
use crate::payload::Draft;
use crate::script::RuleNumber;

/// The model, and the requests of this frame: actions for the app, wishes for the window.
pub(super) struct Cx<'a> {
    model: &'a Model,
    pub(super) now: Now,
    /// The endpoint that commands act on.
    pub(super) chosen: Option<EndpointId>,
    /// The connection of the selected row.
    pub(super) connection: Option<FlowId>,
    /// The number of the selected row.
    pub(super) selected_row: Option<u64>,
    /// Whether the inspector is shown.
    pub(super) shows_inspector: bool,
    pub(super) actions: RefCell<Vec<Action>>,
    pub(super) wishes: RefCell<Vec<Wish>>,
    /// What the views show of the kernel.
    watched: RefCell<Option<(EndpointId, KernelWatch)>>,
}

/// What is selected.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chosen {
    /// The endpoint that commands act on.
    pub(super) endpoint: Option<EndpointId>,
    /// The connection of the selected row.
    pub(super) connection: Option<FlowId>,
    /// The number of that row.
    pub(super) row: Option<u64>,
}

/// What a view asks of the window itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    /// Show the list of all commands.
    Commands,
    /// Show the list of problems.
    Problems,
    /// Show the keyboard shortcuts.
    Keys,
    /// Show what the program is, and under which licences.
    About,
    /// Show the lessons.
    Lessons,
    /// Close their pane.
    CloseLessons,
    /// Show the sessions on disk.
    Sessions,
    /// Show them with the field for the live session's name.
    SaveSession,
    /// Show them, asking whether to delete this one.
    DeleteSession(PathBuf),
    /// Show how much is recorded.
    Recording,
    /// Show the export for other tools.
    Export,
    /// Ask where to save a picture.
    SavePicture(Box<PictureForm>),
    /// Show the lifecycle of a connection in the middle.
    ShowLifecycle(FlowId),
    /// Put this into the composer.
    Edit(Draft),
    /// Go to this entry in the timeline.
    GoTo(u64),
    /// Go to the find field, or on to another match.
    Find(FindStep),
    /// Go to the first or the last match in an entry that was found, once the detail pane shows it.
    ShowMatch {
        /// The entry.
        entry: u64,
        /// Whether to the first one.
        forward: bool,
    },
    /// Go to the next or the previous match in the detail pane.
    Match {
        /// Whether to the next one.
        forward: bool,
    },
    /// Send the message.
    Send,
    /// Show the messages sent before.
    History,
    /// Change the zoom factor.
    Zoom(Zoom),
    /// Move the keyboard to the next pane, or to the previous one.
    Pane {
        /// Whether to the next one.
        forward: bool,
    },
    /// Show what the rules say to the selected request, or to one that is typed.
    WhyNot,
    /// Select an endpoint.
    Choose(EndpointId),
    /// Type another name for an endpoint.
    Rename(EndpointId),
    /// Show a part of the selected endpoint in the inspector.
    Inspect(Tab),
    /// Show the rules of the selected endpoint.
    Rules,
    /// Add a rule to the selected endpoint, and show it.
    AddRule,
    /// Show the rule of this number of an endpoint.
    ShowRule(EndpointId, RuleNumber),
    /// Show the presets that there are.
    Presets,
    /// Show a tab of the pane at the left.
    Left(LeftTab),
    /// Show the inspector, or hide it.
    ToggleInspector,
}

impl<'a> Cx<'a> {
    pub(super) fn new(model: &'a Model, now: Now, chosen: Chosen, shows_inspector: bool) -> Self {
        Self {
            model,
            now,
            chosen: chosen.endpoint,
            connection: chosen.connection,
            selected_row: chosen.row,
            shows_inspector,
            actions: RefCell::default(),
            wishes: RefCell::default(),
            watched: RefCell::default(),
        }
    }

    /// Asks the app for something.
    pub(super) fn push(&self, action: Action) {
        self.actions.borrow_mut().push(action);
    }

    /// Requests an answer now, or has a frame shown when it is time to. Several views may want the same one in a frame.
    pub(super) fn renew(&self, ui: &Ui, wanted: Wanted, request: Request) {
        match wanted {
            Wanted::Now => {
                let action = Action::Ask(request);
                let mut actions = self.actions.borrow_mut();
                if !actions.contains(&action) {
                    actions.push(action);
                }
            }
            Wanted::In(seconds) => {
                let wait = Duration::from_secs_f64(seconds);
                ui.ctx().request_repaint_after(wait);
            }
            Wanted::No => {}
        }
    }

    /// Asks the app for what there is to ask for.
    pub(super) fn extend(&self, actions: impl IntoIterator<Item = Action>) {
        self.actions.borrow_mut().extend(actions);
    }

    /// Notes what a view shows of the kernel in this frame. One thing is watched at a time: the first one, with all that is
    /// shown of it.
    pub(super) fn watch(&self, endpoint: EndpointId, watch: KernelWatch) {
        let mut watched = self.watched.borrow_mut();
        match watched.as_mut() {
            None => *watched = Some((endpoint, watch)),
            Some((at, before)) if *at == endpoint && before.of == watch.of => {
                before.every = before.every.into_iter().chain(watch.every).min();
                before.marks = before.marks.max(watch.marks);
            }
            Some(_) => {}
        }
    }

    /// Asks for what is to be watched from now on, if that is not what is watched.
    pub(super) fn follow_watched(&self) {
        let watched = self.watched.take();
        if watched != self.model.kernel.watched {
            self.push(Action::Watch(watched));
        }
    }

    /// Asks the window for something.
    pub(super) fn wish(&self, wish: Wish) {
        self.wishes.borrow_mut().push(wish);
    }
}

impl Deref for Cx<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        self.model
    }
}
