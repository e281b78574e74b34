//! The words on arrows, and beside lifelines.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, FontId, Galley, Ui};

use super::super::Tokens;
use super::super::widgets::sign_and_color;
use super::layout::Flags;
use super::step::{Step, What};
use crate::capture::{BundleMark, EventKind, Happening, Row, RowKind, RowText};
use crate::net::ClosedBy;
use crate::words::Language;

/// Returns what a bundle holds: `1,204 chunks, 1.2 MiB in 0.8 s`.
pub(super) fn bundle(words: &Language, bundle: &BundleMark) -> String {
    words.lanes.bundle(
        &words.counts.chunks(bundle.chunks),
        &words.numbers.size(bundle.bytes),
        &words.numbers.duration(bundle.took),
    )
}

/// What stands on an arrow without bytes.
struct Said {
    /// The flags of the segment; `None` for a transport without segments.
    flags: Option<&'static str>,
    /// The call that it comes from, or that it is known from.
    call: Option<String>,
    is_inferred: bool,
}

fn said(words: &Language, flags: Flags, row: &Row) -> Said {
    let lanes = &words.lanes;
    let name = match flags {
        Flags::Syn => lanes.syn,
        Flags::SynAck => lanes.syn_ack,
        Flags::Ack => lanes.ack,
        Flags::Answered => lanes.answered,
        Flags::Handshake => lanes.handshake,
        Flags::Fin => lanes.fin,
        Flags::Rst => lanes.rst,
    };
    let (call, is_inferred) = match event(row) {
        Some(EventKind::Connecting) => (lanes.connect.to_owned(), true),
        Some(EventKind::Connected { took, .. }) => {
            (lanes.connected(&words.numbers.duration(*took)), true)
        }
        Some(EventKind::Accepted { .. }) => (lanes.accept.to_owned(), true),
        Some(EventKind::ConnectFailed { .. }) => (lanes.refused.to_owned(), true),
        Some(EventKind::WeFinished) => (lanes.shutdown.to_owned(), false),
        Some(EventKind::Closed(closed)) if matches!(closed.by, ClosedBy::OurReset) => {
            (lanes.reset.to_owned(), false)
        }
        Some(EventKind::Closed(closed)) if closed.unread => (lanes.close_unread.to_owned(), true),
        Some(EventKind::Closed(closed)) if closed.unsent_bytes > 0 => {
            let unsent = words.counts.bytes(closed.unsent_bytes);
            (words.entries.unsent(lanes.close, &unsent), false)
        }
        Some(EventKind::Closed(_)) => (lanes.close.to_owned(), false),
        _ => (String::new(), false),
    };
    let has_segments = row.peer.as_ref().is_none_or(|peer| !peer.is_unix());
    Said {
        flags: has_segments.then_some(name),
        call: Some(call).filter(|call| !call.is_empty()),
        is_inferred: is_inferred && has_segments,
    }
}

fn event(row: &Row) -> Option<&EventKind> {
    match &row.text {
        RowText::Words(Happening::Entry(entry)) => Some(&entry.event.kind),
        _ => None,
    }
}

/// Lays out what stands on an arrow without bytes: `SYN · connect · inferred`.
pub(super) fn flags(
    ui: &Ui,
    words: &Language,
    flags: Flags,
    row: &Row,
    (color, width): (Color32, f32),
) -> Arc<Galley> {
    let tokens = Tokens::of(ui);
    let said = said(words, flags, row);
    let quiet = tokens.muted_text;
    let mut job = job(width);
    let strong = FontId::new(Tokens::SMALL_SIZE, Tokens::semibold());
    let parts = [
        said.flags.map(|flags| (flags, strong, color)),
        said.call
            .as_deref()
            .map(|call| (call, Tokens::small(), quiet)),
        Some((words.lanes.inferred, Tokens::small(), quiet)).filter(|_| said.is_inferred),
    ];
    for (text, font, color) in parts.into_iter().flatten() {
        if !job.is_empty() {
            job.append(SEPARATOR, 0.0, format(Tokens::small(), quiet));
        }
        job.append(text, 0.0, format(font, color));
    }
    ui.painter().layout_job(job)
}

/// What stands between two parts of a label.
const SEPARATOR: &str = " · ";

fn job(width: f32) -> LayoutJob {
    LayoutJob {
        wrap: TextWrapping::truncate_at_width(width),
        ..LayoutJob::default()
    }
}

fn format(font: FontId, color: Color32) -> TextFormat {
    TextFormat {
        valign: Align::Center,
        ..TextFormat::simple(font, color)
    }
}

/// Lays out secondary words.
pub(super) fn small(ui: &Ui, words: &str, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = job(width);
    job.append(words, 0.0, format(Tokens::small(), color));
    ui.painter().layout_job(job)
}

/// Lays out what happened without an arrow.
pub(super) fn happened(
    ui: &Ui,
    words: &Language,
    (step, row): (&Step, &Row),
    width: f32,
) -> Arc<Galley> {
    let (_, color) = sign_and_color(row.kind, Tokens::of(ui));
    let text = match (&step.what, event(row)) {
        (_, Some(EventKind::Listening { local, backlog, .. })) => {
            let length = backlog.effective.unwrap_or(backlog.requested);
            let length = words.numbers.grouped(length.into());
            words.lanes.listen(&local.to_string(), &length)
        }
        (_, Some(EventKind::Connected { took, .. })) => {
            let took = words.numbers.duration(*took);
            words.lanes.connected(&took)
        }
        (What::Closed(_), _) if row.kind == RowKind::Ended => words.lanes.over.to_owned(),
        _ => words.row_text(row).into_owned().text,
    };
    small(ui, &text, color, width)
}
