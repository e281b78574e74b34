//! What is explained: the request of the selected row or one that is typed, whose rules, and what is assumed of its
//! connection.

use std::sync::Arc;

use bytes::Bytes;
use egui::Ui;

use super::super::tried::{received, request_of};
use super::super::widgets::{choice, field, text_width};
use super::super::{Action, Cx};
use crate::capture::{Detail, ExchangeOf};
use crate::net::{Address, EndpointId};
use crate::payload::{Draft, Format};
use crate::session::{CaptureId, WhyOrder};
use crate::words::Problem;

/// The most bytes that are shown in the field.
const MAX_TYPED_BYTES: usize = 16 * 1024;

/// The request, and what is assumed of its connection.
#[derive(Debug, Default)]
pub(super) struct TrialSubject {
    /// The endpoint whose rules are tried.
    endpoint: Option<EndpointId>,
    /// The request as it is typed.
    draft: Draft,
    /// What was taken from a row, until something else is typed.
    taken: Option<Taken>,
    /// The row that was looked at last, of which capture, and whether its bytes were in hand.
    followed: Option<(CaptureId, u64, bool)>,
    /// The name of an endpoint that the document does not have.
    missing: Option<String>,
    /// Whether the selected row has no bytes that were received.
    is_void: bool,
    state: Option<Arc<str>>,
    states: Vec<Arc<str>>,
    number_text: String,
}

/// A request of a row.
#[derive(Clone, Debug)]
struct Taken {
    bytes: Bytes,
    is_cut: bool,
    peer: Option<Address>,
    /// The number of the row, and the capture that it is of.
    row: (CaptureId, u64),
}

impl TrialSubject {
    /// Begins with the selected row, or with the selected endpoint.
    pub(super) fn begin(&mut self, cx: &Cx<'_>) {
        self.followed = None;
        if self.endpoint.is_none_or(|id| cx.form(id).is_none()) {
            self.endpoint = cx.chosen;
        }
    }

    /// Takes the request of the selected row, if that is another one.
    pub(super) fn follow(&mut self, cx: &Cx<'_>, selected: Option<u64>) {
        if self.endpoint.is_none_or(|id| cx.form(id).is_none()) {
            self.endpoint = cx.chosen;
        }
        let Some(number) = selected else {
            self.is_void = false;
            return;
        };
        let row = (cx.shown(), number);
        if self.followed == Some((row.0, row.1, true)) {
            return;
        }
        self.followed = Some((row.0, row.1, false));
        match cx.timeline.detail(number) {
            Some(Some(detail)) => {
                self.take(cx, row, detail);
                self.followed = Some((row.0, row.1, true));
            }
            Some(None) => self.is_void = true,
            None => cx.extend(cx.timeline.detail_wanted(number, None).map(Action::Ask)),
        }
    }

    fn take(&mut self, cx: &Cx<'_>, row: (CaptureId, u64), detail: &Detail) {
        let payload = received(detail);
        self.is_void = payload.is_none();
        let Some(payload) = payload else { return };
        let endpoint = detail.row.endpoint;
        self.missing = None;
        match endpoint.map(|id| (id, cx.own_endpoint(id))) {
            Some((_, Some(own))) => self.endpoint = Some(own),
            Some((id, None)) => self.missing = cx.shown_name(id).map(str::to_owned),
            None => {}
        }
        let (bytes, is_cut) = request_of(detail, payload);
        self.draft = Draft::of_bytes(bytes.get(..MAX_TYPED_BYTES).unwrap_or(&bytes));
        self.taken = Some(Taken {
            bytes,
            is_cut,
            peer: detail.row.peer.clone(),
            row,
        });
        self.state = None;
        self.number_text.clear();
    }

    /// Returns whether the request is that of a row.
    pub(super) fn is_of_row(&self) -> bool {
        self.taken.is_some()
    }

    /// Returns whether another request than that of the selected row is typed.
    pub(super) fn can_take_again(&self) -> bool {
        self.taken.is_none() && self.followed.is_some() && !self.is_void
    }

    /// Takes the request of the selected row again.
    pub(super) fn take_again(&mut self) {
        self.followed = None;
    }

    /// Returns why nothing can be explained.
    pub(super) fn lack(&self, cx: &Cx<'_>) -> Option<String> {
        let words = &cx.words.whys;
        if let Some(missing) = self.missing.as_ref().filter(|_| self.taken.is_some()) {
            return Some(words.not_here(missing));
        }
        let is_empty = self.draft.text.is_empty() && self.taken.is_none();
        (is_empty && self.is_void).then(|| words.no_bytes.to_owned())
    }

    /// Returns what is to be explained; `None` if nothing is typed.
    ///
    /// # Errors
    /// What is typed is no request.
    pub(super) fn order(&self, cx: &Cx<'_>) -> Result<Option<WhyOrder>, Problem> {
        let Some(endpoint) = self.endpoint else {
            return Ok(None);
        };
        let (bytes, is_cut, peer) = match &self.taken {
            Some(taken) => (taken.bytes.clone(), taken.is_cut, taken.peer.clone()),
            None if self.draft.text.is_empty() => return Ok(None),
            None => {
                let encoding = cx.form(endpoint).map(|it| it.protocol().received.encoding);
                let compiled = self.draft.compile(encoding.unwrap_or_default());
                let compiled = compiled.map_err(|error| -> Problem { Arc::new(error) })?;
                let bytes = compiled.into_literal().unwrap_or_default();
                (bytes.into(), false, None)
            }
        };
        Ok(Some(WhyOrder {
            endpoint,
            bytes,
            is_cut,
            peer,
            state: self.state.clone(),
            count: self.number_text.trim().parse().ok().filter(|it| *it > 0),
        }))
    }

    /// Returns what a rule can be made of, and for which endpoint.
    pub(super) fn exchange(&self, cx: &Cx<'_>) -> Option<(EndpointId, ExchangeOf)> {
        let (capture, number) = self.taken.as_ref()?.row;
        let is_here = capture == cx.shown() && self.missing.is_none();
        let of = || cx.timeline.exchange_of(number, None);
        is_here
            .then(of)
            .map(|of| (self.endpoint, of))
            .and_then(|(id, of)| Some((id?, of)))
    }

    /// Takes the states that can be tried. Returns whether they are others than before.
    pub(super) fn note_states(&mut self, states: &[Arc<str>]) -> bool {
        let are_others = self.states != states;
        if are_others {
            self.states = states.to_vec();
        }
        if self.state.as_ref().is_some_and(|it| !states.contains(it)) {
            self.state = None;
        }
        are_others
    }

    /// Shows whose rules are tried.
    pub(super) fn endpoint_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, width: f32) {
        let forms = cx.document.endpoints.iter();
        let choices: Vec<_> = forms.map(|it| (Some(it.id), it.name.as_str())).collect();
        let before = self.endpoint;
        choice::list(
            ui,
            cx.words.whys.of_endpoint,
            width,
            &mut self.endpoint,
            &choices,
        );
        if self.endpoint != before {
            self.state = None;
            self.missing = None;
        }
    }

    /// Shows the state that is tried, if the rules name several.
    pub(super) fn state_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, width: f32, is_wide: bool) {
        if self.states.is_empty() {
            return;
        }
        let words = &cx.words.whys;
        let mut choices = vec![(None, words.unknown_state)];
        choices.extend(self.states.iter().map(|it| (Some(Arc::clone(it)), &**it)));
        if is_wide {
            ui.label(words.state);
        }
        choice::list(ui, words.state, width, &mut self.state, &choices)
            .on_hover_text(words.state_why);
    }

    /// Shows which request of its connection it is.
    pub(super) fn number_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, width: f32) {
        let words = &cx.words.whys;
        let gaps = 2.0 * ui.spacing().item_spacing.x;
        if ui.available_width() >= width + text_width(ui, words.number) + gaps {
            ui.label(words.number);
            field::input(ui, words.number, &mut self.number_text, width)
                .on_hover_text(words.number_why);
        }
    }

    /// Shows the request as it is typed.
    pub(super) fn request_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, width: f32) {
        let words = &cx.words.whys;
        let text = &mut self.draft.text;
        let field = field::input_with_hint(ui, words.request, text, width, words.request_hint);
        if field.changed() {
            self.taken = None;
        }
    }

    /// Shows the notation of the request.
    pub(super) fn format_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, formats: &[(Format, &str)]) {
        let before = self.draft.format;
        let name = cx.words.whys.notation;
        if !choice::segmented(ui, name, &mut self.draft.format, formats) {
            return;
        }
        let shown = Draft {
            format: before,
            ..self.draft.clone()
        };
        // What was typed so far is written in the other notation, if it stands for bytes.
        if let Ok(bytes) = shown.bytes() {
            self.draft.text = match self.draft.format {
                Format::Hex => crate::payload::hex::render(&bytes),
                Format::Text => crate::payload::escape::render(&bytes),
            };
        }
    }
}
