//! The line above a picture: what distances mean, what the kernel marks, and saving.

use egui::{Frame, Margin, RichText, Ui};

use super::super::widgets::{button, choice, muted_label};
use super::super::{Action, Cx, Tokens};
use super::plan::Scale;
use super::subject::{LifecycleSubject, known, status};
use crate::net::FlowId;
use crate::net::kernel::Marks;
use crate::session::CaptureId;

/// How much a press stretches distances.
const STEP: f32 = 2.0;
/// The width of the list of connections.
const LIST: f32 = 210.0;
/// The most and the least that distances are stretched.
const MOST: f32 = 64.0;

/// What distances mean, and how far they are stretched once they mean time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Distances {
    is_time: bool,
    stretch: f32,
}

impl Default for Distances {
    fn default() -> Self {
        Self {
            is_time: false,
            stretch: 1.0,
        }
    }
}

impl Distances {
    pub(super) fn scale(self) -> Scale {
        if self.is_time {
            Scale::Time(self.stretch)
        } else {
            Scale::Even
        }
    }

    fn stretch_by(&mut self, factor: f32) {
        self.stretch = (self.stretch * factor).clamp(1.0 / MOST, MOST);
    }
}

/// Shows the line; returns whether the picture is to be saved, and another connection if one was chosen.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    subject: &LifecycleSubject,
    distances: &mut Distances,
) -> (bool, Option<FlowId>) {
    let words = &cx.words.lifecycles;
    let mut save = false;
    let mut chosen = None;
    let margin = Margin::symmetric(Tokens::SIDE_MARGIN as i8, 4);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::vec2(8.0, 4.0);
        ui.horizontal_wrapped(|ui| {
            chosen = subject_ui(ui, cx, subject);
            // Before what comes and goes with the connection.
            save = button::plain(ui, words.save).clicked();
            ui.add_space(8.0);
            let choices = [(false, words.even), (true, words.to_scale)];
            choice::segmented(ui, words.distance, &mut distances.is_time, &choices);
            if distances.is_time {
                let stretch = button::quiet(ui, "+").on_hover_text(words.stretch);
                if stretch.accessible_name(words.stretch).clicked() {
                    distances.stretch_by(STEP);
                }
                let shrink = button::quiet(ui, "\u{2212}").on_hover_text(words.shrink);
                if shrink.accessible_name(words.shrink).clicked() {
                    distances.stretch_by(1.0 / STEP);
                }
                let zoom = ui.input(egui::InputState::zoom_delta);
                if (zoom - 1.0).abs() > f32::EPSILON {
                    distances.stretch_by(zoom);
                }
            }
            marks_ui(ui, cx, subject);
        });
        if cx.marks != Marks::None && is_live(cx, subject) {
            muted_label(ui, cost(cx));
        }
        if distances.is_time {
            muted_label(ui, words.to_scale_why);
        }
    });
    (save, chosen)
}

/// Shows which connection it is; returns another one if that was chosen from the list, where there are several.
fn subject_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &LifecycleSubject) -> Option<FlowId> {
    let words = &cx.words.lifecycles;
    let known = known(cx);
    if known.len() < 2 {
        let title = words.title(subject.flow.number);
        ui.label(RichText::new(title).heading());
        return None;
    }
    let number = |flow: FlowId| flow.number;
    let mut choices: Vec<_> = known
        .iter()
        .map(|(flow, name)| (number(*flow), name.as_str()))
        .collect();
    let title = words.title(subject.flow.number);
    if !known.iter().any(|it| it.0.number == subject.flow.number) {
        choices.push((subject.flow.number, &title));
    }
    let mut chosen = subject.flow.number;
    choice::list(ui, words.connection, LIST, &mut chosen, &choices);
    let mut others = known.iter().filter(|it| it.0.number == chosen);
    others
        .next()
        .map(|it| it.0)
        .filter(|it| it.number != subject.flow.number)
}

/// Shows what stands above the picture in the inspector.
pub(super) fn compact_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &LifecycleSubject) {
    if cx.marks == Marks::None && is_live(cx, subject) {
        let width = button::width(ui, cx.words.lifecycles.acks);
        button::at_edge(ui, width, |ui| marks_ui(ui, cx, subject));
    } else {
        ui.horizontal_wrapped(|ui| marks_ui(ui, cx, subject));
    }
    if cx.marks != Marks::None && is_live(cx, subject) {
        muted_label(ui, cost(cx));
    }
}

/// Returns whether more can happen on the connection.
pub(super) fn is_live(cx: &Cx<'_>, subject: &LifecycleSubject) -> bool {
    let is_live = status(cx, subject.flow).is_some_and(|it| it.state.is_live());
    is_live && cx.shown() == CaptureId::Live
}

/// Shows the switches of what the kernel marks, while there is something to mark.
fn marks_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &LifecycleSubject) {
    if !is_live(cx, subject) {
        return;
    }
    let words = &cx.words.lifecycles;
    let is_on = cx.marks != Marks::None;
    if button::switch(ui, words.acks, words.acks_hint, is_on) {
        let marks = if is_on {
            Marks::None
        } else {
            Marks::Acknowledged
        };
        cx.push(Action::Mark(marks));
    }
    if is_on {
        let has_all = cx.marks == Marks::All;
        if button::switch(ui, words.departures, words.departures_hint, has_all) {
            let marks = if has_all {
                Marks::Acknowledged
            } else {
                Marks::All
            };
            cx.push(Action::Mark(marks));
        }
    }
}

/// Returns what the marks cost.
fn cost(cx: &Cx<'_>) -> &'static str {
    let words = &cx.words.lifecycles;
    match cx.marks {
        Marks::All => words.all_cost,
        Marks::Acknowledged | Marks::None => words.acks_cost,
    }
}
