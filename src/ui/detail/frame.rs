//! What is known of a frame: in which reads or writes it came, and whether it is good.

use egui::text::{LayoutJob, TextFormat};
use egui::{Label, ScrollArea, Ui};

use super::super::clock;
use super::super::theme::Tokens;
use super::super::widgets::{Sign, sign_ui};
use crate::capture::{Detail, FrameDetail, RowKind};
use crate::payload::template::Verdict;
use crate::words::number;

/// The most chunks that are listed.
const MAX_LISTED: usize = 64;

/// Shows the lines about a frame, above its bytes.
pub(super) fn frame_ui(ui: &mut Ui, detail: &Detail, frame: &FrameDetail, is_bare: &mut bool) {
    let tokens = Tokens::of(ui);
    if let Some((sign, words, color)) = verdict(frame, tokens) {
        ui.horizontal(|ui| {
            sign_ui(ui, sign);
            ui.add(Label::new(egui::RichText::new(words).color(color)).wrap());
        });
    }
    ui.horizontal(|ui| {
        ui.checkbox(is_bare, "Payload only")
            .on_hover_text("Without delimiters and lengths, escapes undone");
        ScrollArea::horizontal()
            .id_salt("chunks of the frame")
            .max_height(tokens.control_height)
            .show(ui, |ui| ui.label(chunks(detail, frame, tokens)))
            .inner
            .on_hover_text("TCP is a stream of bytes: reads and writes fall where they fall");
    });
    ui.add_space(4.0);
}

fn verdict(frame: &FrameDetail, tokens: &Tokens) -> Option<(Sign, String, egui::Color32)> {
    if let Some(fault) = &frame.fault {
        let words = format!("No frame of {}: {fault}", frame.rule.framing);
        return Some((Sign::Bad, words, tokens.error));
    }
    let check = frame.rule.check.as_ref()?;
    match frame.verdict.as_ref()? {
        Verdict::Good => Some((Sign::Good, format!("Good: {check}"), tokens.good)),
        bad => Some((Sign::Bad, format!("Bad: {bad}"), tokens.error)),
    }
}

/// Says in how many reads or writes the frame came, and how the bytes fell into them.
fn chunks(detail: &Detail, frame: &FrameDetail, tokens: &Tokens) -> LayoutJob {
    let verb = match detail.row.kind {
        RowKind::Sent(_) => "write",
        _ => "read",
    };
    let format = |color| TextFormat::simple(tokens.small(), color);
    let mut job = LayoutJob::default();
    let count = number::count(frame.chunks.into(), verb);
    job.append(&format!("In {count}: "), 0.0, format(tokens.muted_text));
    let mut before = None;
    for piece in frame.pieces.iter().take(MAX_LISTED) {
        let words = match before {
            None => format!("{} B at {}", piece.range.len(), clock::micros(piece.time)),
            Some(before) => {
                let later = piece.time.duration_since(before).unwrap_or_default();
                format!("{} B after {}", piece.range.len(), number::duration(later))
            }
        };
        if before.is_some() {
            job.append("  |  ", 0.0, format(tokens.faint_text));
        }
        job.append(&words, 0.0, format(tokens.text));
        before = Some(piece.time);
    }
    if frame.pieces.len() > MAX_LISTED {
        job.append("  …", 0.0, format(tokens.faint_text));
    }
    job
}
