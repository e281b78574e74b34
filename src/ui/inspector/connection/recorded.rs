//! A connection of an opened capture: no socket is left to ask, so all is from the record.

use std::sync::Arc;

use egui::{RichText, Ui};

use super::super::super::widgets::{hint, muted_label};
use super::super::super::{Action, Cx, Tokens};
use super::super::form::kept_section_ui;
use super::numbers::NumbersPart;
use super::ways::{self, Ways};
use super::{machine, state};
use crate::capture::{Request, SamplesOf, SamplesPage, Traced};
use crate::model::KernelEnd;
use crate::net::kernel::TcpState;
use crate::net::{Address, FlowId, Stamp};
use crate::session::CaptureId;

/// How many numbers are asked for.
const MOST: usize = 600;

/// What is known of the connection, and what of it is unfolded.
#[derive(Default)]
pub(super) struct Recorded {
    of: Option<(CaptureId, FlowId)>,
    /// The numbers as last answered, and what they are made of.
    samples: Option<(Arc<SamplesPage>, KernelEnd)>,
    state: Option<TcpState>,
    numbers: NumbersPart,
}

impl Recorded {
    /// Shows the connection of the selected entry, or that of the view.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let language = cx.words;
        let followed = cx.timeline.conversation.as_ref();
        let in_view = followed.map(|it| it.connection);
        let chosen = cx
            .connection
            .or(in_view)
            .or(cx.timeline.filter().connection);
        let Some(flow) = chosen else {
            return hint(ui, language.tcp.choose_recorded);
        };
        let mut rows = cx.timeline.loaded_rows().iter();
        let of_it = rows.find(|row| row.connection == Some(flow) && row.peer.is_some());
        if of_it
            .and_then(|row| row.peer.as_ref())
            .is_some_and(Address::is_unix)
        {
            return hint(ui, language.tcp.other_transport);
        }
        let of = Some((cx.shown(), flow));
        if self.of != of {
            *self = Self {
                of,
                ..Self::default()
            };
        }
        self.follow(ui, cx, flow);
        ui.horizontal_wrapped(|ui| {
            let tokens = Tokens::of(ui);
            let number = language.endpoints.number(flow.number);
            ui.label(RichText::new(number).heading().color(tokens.muted_text));
            ui.label(RichText::new(language.tcp.recorded).heading());
        });
        let Some(traced) = cx.timeline.traced.get(&flow) else {
            return;
        };
        let kernel = self.samples.as_ref().map(|(_, kernel)| kernel);
        let ways = Ways::on_record(&traced.trace);
        muted_label(ui, language.tcp.recorded_why);
        state::states_ui(ui, language, &ways, None);
        let mut form = cx.preferences.connection;
        kept_section_ui(ui, language.tcp.machine, &mut form.states, |ui| {
            machine::ui(ui, language, &ways, &mut self.state);
            if let Some(way) = &ways.ours {
                ways::steps_ui(ui, language, way);
            }
        });
        let numbers = &language.tcp_numbers;
        kept_section_ui(ui, numbers.heading, &mut form.numbers, |ui| match kernel {
            Some(kernel) if !kernel.history.is_empty() && !kernel.has_states_only() => {
                self.numbers.ui(ui, language, kernel);
            }
            _ => muted_label(ui, numbers.none_on_record),
        });
        if form != cx.preferences.connection {
            cx.push(Action::ShapeConnection(form));
        }
    }

    /// Asks the reader for the lifecycle and the numbers, once they are complete no more.
    fn follow(&mut self, ui: &Ui, cx: &Cx<'_>, flow: FlowId) {
        let timeline = &cx.timeline;
        let version = timeline.version();
        let is_whole = |it: &Traced| it.progress.is_whole();
        let wanted = timeline.traced.wanted(&flow, cx.now, version, is_whole);
        cx.renew(ui, wanted, Request::Trace(flow));
        let of = SamplesOf {
            connection: flow,
            time: (Stamp(0), Stamp(u64::MAX)),
            bytes: (0, 0),
            most: MOST,
        };
        if let Some(page) = timeline.samples.get(&of) {
            let is_known = self
                .samples
                .as_ref()
                .is_some_and(|it| Arc::ptr_eq(&it.0, page));
            if !is_known {
                let kernel = KernelEnd {
                    history: page.numbers.iter().cloned().collect(),
                    ..KernelEnd::default()
                };
                self.samples = Some((Arc::clone(page), kernel));
            }
        }
        if self.samples.is_none() {
            let wanted = timeline.samples.wanted(&of, cx.now, version, |_| true);
            cx.renew(ui, wanted, Request::Samples(of));
        }
    }
}
