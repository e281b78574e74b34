//! What is known of the states of both ends of a connection, and the way of this end, step by step.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::super::super::Tokens;
use super::super::super::widgets::{Sign, paint_sign};
use crate::capture::ConnectionState;
use crate::capture::trace::{EndState, Evidence, Trace};
use crate::model::{KernelEnd, SegmentKind, Side, Transition, TransitionCause, Way};
use crate::net::Direction;
use crate::net::kernel::TcpState;
use crate::words::Language;

/// The height of a step, and where its parts begin, in points.
const ROW: f32 = 18.0;
const STATE: f32 = 62.0;
const CAUSE: f32 = 152.0;

/// The ways of both ends, and where they are now.
pub(super) struct Ways {
    /// Our end's; `None` until the record was examined.
    pub(super) ours: Option<Way>,
    /// The peer's.
    pub(super) peer: Option<Way>,
    /// What the connection itself says of both, where there is no way.
    inferred: (TcpState, TcpState),
}

impl Ways {
    pub(super) fn of(
        state: &ConnectionState,
        trace: Option<&Trace>,
        kernel: Option<&KernelEnd>,
    ) -> Self {
        let way = |side| trace.map(|it| Way::of(it, kernel, side)).filter(has_begun);
        Self {
            ours: way(Side::Ours),
            peer: way(Side::Peer),
            inferred: inferred(state),
        }
    }

    /// Returns the ways of a connection of which there is nothing but a record.
    pub(super) fn on_record(trace: &Trace) -> Self {
        let way = |side| Some(Way::of(trace, None, side)).filter(has_begun);
        Self {
            ours: way(Side::Ours),
            peer: way(Side::Peer),
            inferred: (TcpState::Closed, TcpState::Closed),
        }
    }

    /// Returns the state of our end.
    pub(super) fn now(&self) -> EndState {
        now(self.ours.as_ref(), self.inferred.0)
    }

    /// Returns the state of the peer's end.
    pub(super) fn peer_now(&self) -> EndState {
        now(self.peer.as_ref(), self.inferred.1)
    }
}

fn has_begun(way: &Way) -> bool {
    !way.steps.is_empty()
}

fn now(way: Option<&Way>, inferred: TcpState) -> EndState {
    EndState {
        state: way.map_or(inferred, Way::now),
        is_seen: way.is_some_and(Way::is_seen),
    }
}

/// Returns what the states of both ends are by what the program knows of the connection.
fn inferred(state: &ConnectionState) -> (TcpState, TcpState) {
    match state {
        ConnectionState::Open => (TcpState::Established, TcpState::Established),
        ConnectionState::PeerFinished => (TcpState::CloseWait, TcpState::FinWait2),
        ConnectionState::WeFinished => (TcpState::FinWait1, TcpState::Established),
        ConnectionState::Closed(_) => (TcpState::Closed, TcpState::Closed),
    }
}

/// Shows the steps of a way: when, to which state, and what caused it.
pub(super) fn steps_ui(ui: &mut Ui, language: &Language, way: &Way) {
    let Some(begin) = way.steps.first().map(|it| it.at) else {
        return;
    };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for step in &way.steps {
            let after = language.numbers.duration(step.at.since(begin));
            step_ui(ui, language, step, &language.tcp.after(&after));
        }
    });
}

fn step_ui(ui: &mut Ui, language: &Language, step: &Transition, time: &str) {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let (sign, cause, spoken_cause) = cause(language, step.cause);
    let (evidence, spoken_evidence) = evidence(language, step.evidence);
    let spoken = language
        .tcp
        .step(time, step.to.name(), &spoken_cause, &spoken_evidence);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(spoken.as_str()));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let y = rect.center().y;
        let at = |x: f32| pos2(rect.left() + x, y);
        let write = |x: f32, words: &str, color| {
            painter.text(at(x), Align2::LEFT_CENTER, words, Tokens::small(), color)
        };
        write(0.0, time, tokens.faint_text);
        write(STATE, step.to.name(), tokens.text);
        let mut x = CAUSE;
        if let Some(sign) = sign {
            paint_sign(&painter, at(x + 5.0), sign, tokens);
            x += 15.0;
        }
        let color = if step.is_transition() {
            tokens.text
        } else {
            tokens.error
        };
        let written = write(x, &cause, color);
        let left = written.right() + 8.0;
        let mut job = LayoutJob::simple_singleline(evidence, Tokens::small(), tokens.faint_text);
        job.wrap = TextWrapping::truncate_at_width(rect.right() - left);
        let galley = painter.layout_job(job);
        painter.galley(
            pos2(left, y - galley.size().y / 2.0),
            galley,
            tokens.faint_text,
        );
    }
    response.on_hover_text(&spoken);
}

/// Returns the sign and the words of a cause, and what a screen reader says.
fn cause(language: &Language, cause: TransitionCause) -> (Option<Sign>, String, String) {
    let words = &language.tcp;
    let plain = |words: &str| (None, words.to_owned(), words.to_owned());
    match cause {
        TransitionCause::Segment(direction, segment) => {
            let name = segment_name(language, segment);
            match direction {
                Direction::Sent => (Some(Sign::Sent), name.to_owned(), words.sent(name)),
                Direction::Received => {
                    (Some(Sign::Received), name.to_owned(), words.received(name))
                }
            }
        }
        TransitionCause::Silence => plain(words.cause_silence),
        TransitionCause::Failure => plain(words.cause_failure),
        TransitionCause::Time => plain(words.cause_time),
        TransitionCause::Kernel => plain(words.cause_kernel),
        TransitionCause::Between => plain(words.cause_between),
    }
}

fn segment_name(language: &Language, segment: SegmentKind) -> &'static str {
    let words = &language.lanes;
    match segment {
        SegmentKind::Syn => words.syn,
        SegmentKind::SynAck => words.syn_ack,
        SegmentKind::Ack => words.ack,
        SegmentKind::Fin => words.fin,
        SegmentKind::Rst => words.rst,
    }
}

/// Returns how it is known, and what a screen reader says of that.
fn evidence(language: &Language, evidence: Option<Evidence>) -> (String, String) {
    let words = &language.tcp;
    match evidence {
        Some(Evidence::Made(call)) => (words.call(call.name()), words.made_by(call.name())),
        Some(Evidence::Seen(call)) => (words.call(call.name()), words.seen_by(call.name())),
        Some(Evidence::Inferred) => (words.inferred.to_owned(), words.inferred.to_owned()),
        None => (String::new(), words.from_kernel.to_owned()),
    }
}
