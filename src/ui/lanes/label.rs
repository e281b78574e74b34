//! The words on arrows, and beside lifelines.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, FontId, Galley, Ui};

use super::super::Tokens;
use super::super::widgets::sign_and_color;
use super::layout::Flags;
use super::step::{LaneEvent, LaneStep, TlsMessage};
use crate::capture::trace::{Call, Evidence};
use crate::capture::{BundleMark, Ending, EventKind, Happening, Row, RowKind, RowText};
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
    /// How it is known, or for a transport without segments the call alone.
    known: Option<String>,
    /// What else there is to say.
    more: Option<String>,
}

fn said(words: &Language, flags: Flags, row: &Row) -> Said {
    use Evidence::{Made, Seen};
    let lanes = &words.lanes;
    let name = match flags {
        Flags::Syn => lanes.syn,
        Flags::SynAck => lanes.syn_ack,
        Flags::Ack => lanes.ack,
        Flags::Answered => lanes.answered,
        Flags::Handshake => lanes.handshake,
        Flags::Fin => lanes.fin,
        Flags::Rst => lanes.rst,
        Flags::Icmp => return icmp(words, row),
        Flags::Tls(message) => return tls(words, message, row),
    };
    let inferred = || Some(lanes.inferred.to_owned());
    let (call, known, more) = match event(row) {
        Some(EventKind::Connecting) => (lanes.connect, Made(Call::Connect), None),
        Some(EventKind::Connected { took, .. }) => {
            let took = words.numbers.duration(*took);
            (lanes.connect, Seen(Call::Connect), Some(lanes.after(&took)))
        }
        Some(EventKind::Accepted { syn, .. }) => {
            let more = match flags {
                Flags::Handshake if syn.is_some() => Some(lanes.syn_is_seen.to_owned()),
                Flags::Answered => Some(lanes.ack_is_inferred.to_owned()),
                _ => inferred(),
            };
            (lanes.accept, Evidence::Inferred, more)
        }
        Some(EventKind::ConnectFailed { .. }) => (
            lanes.connect,
            Seen(Call::Connect),
            Some(lanes.refused.to_owned()),
        ),
        Some(EventKind::WeFinished) => (lanes.shutdown, Made(Call::Shutdown), None),
        Some(EventKind::PeerFinished) => ("", Seen(Call::Receive), None),
        Some(EventKind::Reset { .. }) => ("", Seen(Call::SocketError), None),
        Some(EventKind::Closed(closed)) if matches!(closed.by, ClosedBy::OurReset) => {
            let more = Some(lanes.reset.to_owned());
            (lanes.close, Made(Call::Close), more)
        }
        Some(EventKind::Closed(closed)) if closed.unread => {
            (lanes.close_unread, Evidence::Inferred, inferred())
        }
        Some(EventKind::Closed(_)) => (lanes.close, Made(Call::Close), None),
        _ => ("", Evidence::Inferred, None),
    };
    let has_segments = row.peer.as_ref().is_none_or(|peer| !peer.is_unix());
    let is_seen = known.is_seen();
    let known = if has_segments && is_seen {
        words.evidence_in_short(known)
    } else {
        call.to_owned()
    };
    let unsent = match event(row) {
        Some(EventKind::Closed(closed)) if closed.unsent_bytes > 0 && !closed.unread => {
            closed.unsent_bytes
        }
        _ => 0,
    };
    let known = if unsent > 0 {
        words.entries.unsent(&known, &words.counts.bytes(unsent))
    } else {
        known
    };
    Said {
        flags: has_segments.then_some(name),
        known: Some(known).filter(|known| !known.is_empty()),
        more: more.filter(|_| has_segments || is_seen),
    }
}

/// What stands on the arrow of an ICMP message: what it says of the datagram.
fn icmp(words: &Language, row: &Row) -> Said {
    let why = match event(row) {
        Some(EventKind::Failed { error }) => words.undelivered_because(error),
        _ => None,
    };
    Said {
        flags: None,
        known: why,
        more: None,
    }
}

/// What stands on the arrow of a message of TLS: what it is, and what it says above all.
fn tls(words: &Language, message: TlsMessage, row: &Row) -> Said {
    let report = match event(row) {
        Some(EventKind::Tls(report)) => Some(&**report),
        _ => None,
    };
    let flags = match message {
        TlsMessage::Hello => words.lanes.client_hello,
        TlsMessage::Alert => words.lanes.alert,
        TlsMessage::CloseNotify => words.lanes.close_notify,
    };
    Said {
        flags: Some(flags),
        known: report.and_then(|report| words.tls_on_arrow(report)),
        more: None,
    }
}

fn event(row: &Row) -> Option<&EventKind> {
    match &row.text {
        RowText::Words(Happening::Entry(entry)) => Some(&entry.event.kind),
        _ => None,
    }
}

/// Lays out what stands on an arrow without bytes: `SYN · sent by connect`.
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
        said.known
            .as_deref()
            .map(|known| (known, Tokens::small(), quiet)),
        said.more
            .as_deref()
            .map(|more| (more, Tokens::small(), quiet)),
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
    (step, row): (&LaneStep, &Row),
    width: f32,
) -> Arc<Galley> {
    let (_, color) = sign_and_color(row.kind, Tokens::of(ui));
    let text = match (&step.what, event(row)) {
        (_, Some(EventKind::Listening { local, backlog, .. })) => {
            let length = backlog.effective.unwrap_or(backlog.requested);
            let length = words.numbers.grouped(length.into());
            words.lanes.listen(&local.to_string(), &length)
        }
        (LaneEvent::Connected, Some(EventKind::Connected { took, .. })) => {
            let took = words.numbers.duration(*took);
            words.lanes.connected(&took)
        }
        (LaneEvent::Known(true), Some(EventKind::Accepted { .. })) => {
            let peer = row.peer.as_ref().map(ToString::to_string);
            words.lanes.new_peer(&peer.unwrap_or_default())
        }
        (LaneEvent::Known(true), _) => words.lanes.ready.to_owned(),
        (_, Some(EventKind::Truncated { .. })) => words.lanes.longer_than_buffer.to_owned(),
        (LaneEvent::Known(false), Some(EventKind::Closed(closed))) => {
            words.ending_with(&Ending::Closed(closed.clone()), row.peer.as_ref())
        }
        (LaneEvent::Closed(_), _) if row.kind == RowKind::Ended => words.lanes.over.to_owned(),
        (_, Some(event)) => {
            let short = match event {
                EventKind::Tls(report) => words.tls_beside_lane(report),
                EventKind::Closed(closed) => words.tls_end_in_short(closed),
                _ => None,
            };
            short.unwrap_or_else(|| words.row_text(row).into_owned().text)
        }
        _ => words.row_text(row).into_owned().text,
    };
    small(ui, &text, color, width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::synthetic::{accepted, event, row};
    use crate::words::ENGLISH;

    #[test]
    fn how_a_segment_is_known_is_said_as_in_the_lifecycle() {
        let check = |flags: Flags, kind: EventKind, expected: [Option<&str>; 2]| {
            let said = said(&ENGLISH, flags, &row(event(0, 1, 7, kind)));
            assert_eq!([said.known.as_deref(), said.more.as_deref()], expected);
        };
        let made = |call: Call| ENGLISH.evidence_in_short(Evidence::Made(call));
        let connect = made(Call::Connect);
        check(Flags::Syn, EventKind::Connecting, [Some(&connect), None]);
        let shutdown = made(Call::Shutdown);
        check(Flags::Fin, EventKind::WeFinished, [Some(&shutdown), None]);
        let receive = ENGLISH.evidence_in_short(Evidence::Seen(Call::Receive));
        check(Flags::Fin, EventKind::PeerFinished, [Some(&receive), None]);
        let inferred = ENGLISH.evidence_in_short(Evidence::Inferred);
        check(Flags::Ack, accepted(), [Some("accept"), Some(&inferred)]);
    }
}
