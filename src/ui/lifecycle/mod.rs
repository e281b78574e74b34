//! The lifecycle of one TCP connection as a picture: its handshake, its bytes and how they were acknowledged, its end, and
//! the states of both ends, with how each of that is known.
//!
//! ```text
//! Traced (one end, or both) ─▶ Ladder (rows, arrows) ─▶ Plan (places) ─▶ Drawing (shapes in sight) ─▶ egui, SVG, PNG
//! ```
//!
//! Only the last step measures words, and only for what is in sight: a connection of a million chunks costs as much as a
//! short one.

mod arrival;
mod bar;
mod draw;
mod label;
mod ladder;
mod lasting;
mod legend;
mod lines;
mod order;
mod paint;
mod pairs;
mod pen;
mod plan;
mod reports;
mod rows;
mod sheet;
mod subject;
#[cfg(test)]
mod tests;

use std::time::Duration;

use egui::{Frame, Margin, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::widgets::{button, hint, hint_above, muted_label};
use super::wish::Picture;
use super::{Action, Cx, Tokens, Wish};
use crate::capture::{ConnectionStatus, Request, Traced};
use crate::net::FlowId;
use crate::net::kernel::{KernelWatch, Watched};
use crate::session::CaptureId;
use crate::words::ENGLISH;
use crate::workspace::{TimelineAs, TransportKind};
use plan::{LadderPlan, Scale};
use reports::{KernelReports, ReportSide};
use sheet::{Drawing, WIDE, WIDEST};
use subject::{LifecycleSelection, LifecycleSubject};

/// The width of a picture that is saved, at least.
const SAVED_WIDTH: f32 = 760.0;
/// The height of the picture in the inspector up to which all of it is shown, and that of a longer one at most.
const COMPACT_WHOLE: f32 = 720.0;
const COMPACT_HEIGHT: f32 = 340.0;

/// The same at least, however low the inspector is: it scrolls.
const COMPACT_LEAST: f32 = 200.0;

/// The lifecycle in the middle of the window.
#[derive(Debug, Default)]
pub(super) struct LifecyclePanel {
    subject: Option<LifecycleSubject>,
    scale: bar::Distances,
    plan: Planned,
    /// The entry that was brought into sight last, and how far the picture was scrolled since.
    revealed: Option<u64>,
    /// The connection that was chosen by hand, until something else is selected.
    chosen: Option<FlowId>,
    /// Whether it was chosen since the picture was shown last; the selection may have changed before.
    is_choice_new: bool,
    selection: LifecycleSelection,
}

/// A plan, and what it was made of.
#[derive(Debug, Default)]
struct Planned {
    plan: LadderPlan,
    of: Option<(Scale, bool)>,
}

impl Planned {
    fn follow(&mut self, reports: KernelReports, scale: Scale, is_narrow: bool) {
        let of = Some((scale, is_narrow));
        if self.of != of || !self.plan.ladder.reports.is_same(&reports) {
            self.plan = LadderPlan::of(reports, scale, is_narrow);
            self.of = of;
        } else {
            // The places are the same; how much of the record was read is not.
            self.plan.ladder.reports = reports;
        }
    }
}

impl LifecyclePanel {
    /// Draws a connection from now on, until another one is selected.
    pub(super) fn choose(&mut self, connection: FlowId) {
        self.chosen = Some(connection);
        self.is_choice_new = true;
    }

    /// Shows the lifecycle of the connection that is selected or meant; `follows` keeps its newest mark in sight. Returns
    /// the entry of a mark that was pressed.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        selected: Option<u64>,
        follows: bool,
    ) -> Option<u64> {
        self.follow(cx, selected);
        let Some(subject) = &self.subject else {
            hint(ui, cx.words.lifecycles.choose);
            return None;
        };
        if subject.transport() != TransportKind::Tcp {
            no_lifecycle_ui(ui, cx, subject);
            return None;
        }
        let reports = reports(ui, cx, subject);
        watch(cx, subject, Some(KernelWatch::USUAL));
        let width = ui.available_width().min(WIDEST);
        let is_narrow = width < WIDE;
        let scale = self.scale.scale();
        self.plan.follow(reports, scale, is_narrow);
        let names = subject.names(cx, cx.words);
        let (save, chosen) = bar::ui(ui, cx, subject, &mut self.scale);
        self.chosen = chosen.or(self.chosen);
        let margin = Margin::symmetric(Tokens::SIDE_MARGIN as i8, 0);
        let frame = Frame::new().inner_margin(margin);
        frame.show(ui, |ui| {
            notice_ui(ui, cx, &self.plan.plan.ladder.reports);
            if subject.is_encrypted(cx) {
                muted_label(ui, cx.words.lifecycles.encrypted);
            }
        });
        if self.plan.plan.ladder.reports.is_empty() {
            let known = cx.timeline.traced.get(&subject.flow);
            if known.is_some_and(|it| it.progress.is_whole()) {
                hint(ui, cx.words.lifecycles.nothing);
            }
            return None;
        }
        let painter = ui.painter().clone();
        let measure = |text: &str, face, size| paint::measure(&painter, text, face, size);
        let plan = &self.plan.plan;
        let drawing = Drawing {
            plan,
            width,
            ends: &names,
            words: cx.words,
            measure: &measure,
        };
        if save {
            let picture = picture_to_save(cx, subject, Tokens::of(ui), scale, &drawing);
            cx.wish(Wish::SavePicture(Box::new(picture)));
        }
        let ends = [subject.flow, subject.flow.other_end()];
        let side = cx
            .connection
            .filter(|it| ends.contains(it))
            .map_or(ReportSide::of(subject.flow.role), |it| {
                ReportSide::of(it.role)
            });
        let marked = selected.map(|entry| (side, entry));
        let goes_to = marked.filter(|(_, entry)| self.revealed != Some(*entry));
        self.revealed = selected;
        let is_live = bar::is_live(cx, subject);
        let height = drawing.height();
        let group = UiBuilder::new()
            .accessibility_role(Role::ListBox)
            .accessibility_label(cx.words.lifecycles.title(subject.flow.number));
        let shown = ui.scope_builder(group, |ui| {
            let area = ScrollArea::vertical()
                .id_salt(("lifecycle", subject.flow.number))
                .stick_to_bottom(follows && is_live)
                .auto_shrink(false);
            let shown = area.show(ui, |ui| {
                let left = ((ui.available_width() - width) / 2.0).max(0.0);
                let (rect, _) =
                    ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
                let origin = rect.min + vec2(left.floor(), 0.0);
                if let Some(row) = goes_to.and_then(|(side, entry)| plan.row_of(side, entry)) {
                    let (top, bottom) = plan.edges(row);
                    let y = |height: f32| origin.y + height;
                    let target = rect
                        .with_min_y(y(top - 2.0 * plan::HEAD))
                        .with_max_y(y(bottom));
                    ui.scroll_to_rect(target, None);
                }
                let ground = Tokens::of(ui).window;
                paint::drawing_ui(ui, &drawing, origin, ground, marked)
            });
            shown.inner
        });
        let pressed = shown.inner.pressed;
        if pressed.is_some() {
            // It is in sight.
            self.revealed = pressed;
        }
        pressed
    }

    /// Draws the connection that was chosen by hand, or else the one that is selected or meant, or else the one before.
    fn follow(&mut self, cx: &Cx<'_>, selected: Option<u64>) {
        let selection = LifecycleSelection::of(cx, selected);
        if self.selection != selection {
            let is_new = self.is_choice_new;
            self.chosen = self.chosen.filter(|_| is_new);
            if selection.begins_lesson(&self.selection) {
                (self.subject, self.chosen) = (None, None);
            }
            self.selection = selection;
        }
        self.is_choice_new = false;
        let is_same = |subject: &LifecycleSubject, flow: FlowId| subject.flow.number == flow.number;
        match (&self.subject, self.chosen.or_else(|| subject::meant(cx))) {
            (Some(subject), Some(flow)) if is_same(subject, flow) => {}
            (_, Some(flow)) => self.subject = Some(LifecycleSubject::of(flow)),
            _ => {}
        }
        if let Some(subject) = &mut self.subject {
            subject.learn(cx);
        }
    }
}

/// The lifecycle in the inspector.
#[derive(Debug, Default)]
pub(super) struct CompactPicture {
    plan: Planned,
}

impl CompactPicture {
    /// Shows the lifecycle of a connection of the live session, small.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, status: &ConnectionStatus) {
        let mut subject = LifecycleSubject::of(status.connection);
        subject.endpoint = Some(status.endpoint);
        subject.local.clone_from(&status.local);
        subject.peer = Some(status.peer.clone());
        if subject.transport() != TransportKind::Tcp {
            return muted_label(ui, cx.words.lifecycles.no_tcp);
        }
        subject.other = subject::status(cx, status.connection.other_end()).map(|it| it.endpoint);
        let is_shown = cx.shown() == CaptureId::Live;
        if !is_shown {
            // The reader that is asked is that of the capture in view.
            return muted_label(ui, cx.words.lifecycles.not_in_view);
        }
        bar::compact_ui(ui, cx, &subject);
        let reports = reports(ui, cx, &subject);
        watch(cx, &subject, None);
        notice_ui(ui, cx, &reports);
        self.plan.follow(reports, Scale::Even, true);
        if self.plan.plan.ladder.reports.is_empty() {
            return;
        }
        let names = subject.names(cx, cx.words);
        let painter = ui.painter().clone();
        let measure = |text: &str, face, size| paint::measure(&painter, text, face, size);
        let width = ui.available_width();
        let drawing = Drawing {
            plan: &self.plan.plan,
            width,
            ends: &names,
            words: cx.words,
            measure: &measure,
        };
        let height = drawing.height();
        let group = UiBuilder::new()
            .accessibility_role(Role::ListBox)
            .accessibility_label(cx.words.lifecycles.title(status.connection.number));
        let picture_ui = |ui: &mut Ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            let ground = Tokens::of(ui).panel;
            paint::drawing_ui(ui, &drawing, rect.min, ground, None)
        };
        let shown = ui.scope_builder(group, |ui| {
            // What is not too long scrolls with all that stands around it.
            if height <= COMPACT_WHOLE {
                return picture_ui(ui);
            }
            let area = ScrollArea::vertical()
                .id_salt(("compact lifecycle", status.connection.number))
                .max_height(COMPACT_HEIGHT)
                .min_scrolled_height(COMPACT_LEAST)
                .stick_to_bottom(true)
                .auto_shrink([false, true]);
            area.show(ui, picture_ui).inner
        });
        if let Some(entry) = shown.inner.pressed {
            cx.wish(Wish::GoTo(entry));
        }
    }
}

/// Returns what both ends report, and asks for it while it changes.
fn reports(ui: &Ui, cx: &Cx<'_>, subject: &LifecycleSubject) -> KernelReports {
    let is_live = cx.shown() == CaptureId::Live;
    let has_other = !is_live || subject.other.is_some();
    let other = has_other.then(|| subject.flow.other_end());
    let ends = [Some(subject.flow), other].into_iter().flatten();
    let traces = &cx.timeline.traced;
    KernelReports::of(ends.filter_map(|flow| {
        let is_whole = |traced: &Traced| traced.progress.is_whole();
        let wanted = traces.wanted(&flow, cx.now, cx.timeline.version(), is_whole);
        cx.renew(ui, wanted, Request::Trace(flow));
        traces.get(&flow).cloned()
    }))
}

/// Has the kernel asked about the connection while it is shown and live: so often, or as often as others want.
fn watch(cx: &Cx<'_>, subject: &LifecycleSubject, every: Option<Duration>) {
    let is_live = cx.shown() == CaptureId::Live;
    if !is_live || subject::status(cx, subject.flow).is_none() {
        return;
    }
    let Some(endpoint) = subject.endpoint else {
        return;
    };
    let ends = subject.local.clone().zip(subject.peer.clone());
    cx.watch(
        endpoint,
        KernelWatch {
            of: Watched::Connection {
                connection: subject.flow,
                ends,
            },
            every,
            marks: cx.marks,
        },
    );
}

/// Says what of the record is not read yet, or no longer kept.
fn notice_ui(ui: &mut Ui, cx: &Cx<'_>, reports: &KernelReports) {
    let words = &cx.words.lifecycles;
    let unfinished = reports.traces().find(|it| !it.progress.is_whole());
    if let Some(traced) = unfinished {
        let percent = traced.progress.percent().unwrap_or(0);
        muted_label(ui, words.reading(percent));
    }
    if reports.traces().any(|it| it.is_cut) {
        muted_label(ui, words.cut);
    }
}

/// Says why what is no TCP connection has no lifecycle; for the exchange with a UDP peer, offers what shows it.
fn no_lifecycle_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &LifecycleSubject) {
    let words = &cx.words.lifecycles;
    if !subject.transport().is_udp() {
        return hint(ui, words.no_tcp);
    }
    let height = Tokens::CONTROL_HEIGHT + 12.0;
    hint_above(ui, words.no_udp, height, |ui| {
        ui.add_space(8.0);
        if button::plain(ui, words.show_lanes).clicked() {
            cx.push(Action::ShowTimelineAs(TimelineAs::Lanes));
            cx.push(Action::ShowOnly(subject.endpoint, Some(subject.flow)));
        }
    });
}

/// Returns the picture of what is drawn, at its full width.
fn picture_to_save(
    cx: &Cx<'_>,
    subject: &LifecycleSubject,
    tokens: &Tokens,
    scale: Scale,
    drawing: &Drawing<'_>,
) -> Picture {
    let number = subject.flow.number;
    let plan = LadderPlan::of(drawing.plan.ladder.reports.clone(), scale, false);
    // A file is English, and its fonts are ours.
    let language = &ENGLISH;
    let names = subject.names(cx, language);
    let saved = Drawing {
        plan: &plan,
        width: drawing.width.max(SAVED_WIDTH),
        ends: &names,
        words: language,
        ..*drawing
    };
    let sketch = saved.sketch(language.lifecycles.title(number));
    Picture {
        sketch,
        palette: paint::palette(tokens),
        connection: number,
    }
}
