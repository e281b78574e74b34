//! What every view is handed: the model that it reads, and what takes its requests.

use std::cell::RefCell;
use std::ops::Deref;
use std::time::Duration;

use egui::Ui;

use super::action::Action;
use super::wish::Wish;
use crate::capture::Request;
use crate::model::{Model, Now, Renewal};
use crate::net::kernel::KernelWatch;
use crate::net::{EndpointId, FlowId};

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
pub(super) struct CurrentSelection {
    /// The endpoint that commands act on.
    pub(super) endpoint: Option<EndpointId>,
    /// The connection of the selected row.
    pub(super) connection: Option<FlowId>,
    /// The number of that row.
    pub(super) row: Option<u64>,
}

impl<'a> Cx<'a> {
    pub(super) fn new(
        model: &'a Model,
        now: Now,
        chosen: CurrentSelection,
        shows_inspector: bool,
    ) -> Self {
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
    pub(super) fn renew(&self, ui: &Ui, wanted: Renewal, request: Request) {
        match wanted {
            Renewal::Now => {
                let action = Action::Ask(request);
                let mut actions = self.actions.borrow_mut();
                if !actions.contains(&action) {
                    actions.push(action);
                }
            }
            Renewal::In(seconds) => {
                let wait = Duration::from_secs_f64(seconds);
                ui.ctx().request_repaint_after(wait);
            }
            Renewal::No => {}
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
