//! What is known of a frame: in which reads or writes it came, and whether it is good.

use egui::text::{LayoutJob, TextFormat};
use egui::{Label, ScrollArea, Ui};

use super::super::widgets::{Sign, sign_ui};
use super::super::{Tokens, clock};
use crate::capture::{Detail, FrameDetail, RowKind};
use crate::payload::template::Verdict;
use crate::words::{InWords as _, Language};

/// The most chunks that are listed.
const MAX_LISTED: usize = 64;

/// The height of the line that every frame has, and of the one above it that says whether it is good, in points.
pub(in crate::ui) const LINE: f32 = 36.0;
const VERDICT_LINE: f32 = 24.0;

/// Returns how high the lines about a frame are.
pub(super) fn height(frame: &FrameDetail) -> f32 {
    let has_verdict = frame.fault.is_some() || frame.verdict.is_some();
    LINE + if has_verdict { VERDICT_LINE } else { 0.0 }
}

/// Shows the lines about a frame, above its bytes.
pub(super) fn frame_ui(
    ui: &mut Ui,
    language: &Language,
    detail: &Detail,
    frame: &FrameDetail,
    is_bare: &mut bool,
) {
    let words = &language.detail;
    let tokens = Tokens::of(ui);
    if let Some((sign, said, color)) = verdict(frame, language, tokens) {
        ui.horizontal(|ui| {
            sign_ui(ui, sign);
            ui.add(Label::new(egui::RichText::new(said).color(color)).wrap());
        });
    }
    ui.horizontal(|ui| {
        ui.checkbox(is_bare, words.payload_only)
            .on_hover_text(words.payload_only_hint);
        ScrollArea::horizontal()
            .id_salt("chunks of the frame")
            .max_height(Tokens::CONTROL_HEIGHT)
            .show(ui, |ui| ui.label(chunks(detail, frame, language, tokens)))
            .inner
            .on_hover_text(words.chunks_hint);
    });
    ui.add_space(4.0);
}

fn verdict(
    frame: &FrameDetail,
    language: &Language,
    tokens: &Tokens,
) -> Option<(Sign, String, egui::Color32)> {
    let words = &language.detail;
    if let Some(fault) = &frame.fault {
        let fault = fault.in_words(language);
        let said = match &frame.rule.framing {
            Some(framing) => words.no_frame(&framing.to_string(), &fault),
            None => fault,
        };
        return Some((Sign::Bad, said, tokens.error));
    }
    let check = frame.rule.check.as_ref()?;
    let (sign, said, color) = match frame.verdict.as_ref()? {
        Verdict::Good => (
            Sign::Good,
            words.good_frame(&check.to_string()),
            tokens.good,
        ),
        bad => (
            Sign::Bad,
            words.bad_frame(&bad.in_words(language)),
            tokens.error,
        ),
    };
    Some((sign, said, color))
}

/// Says in how many reads or writes the frame came, and how the bytes fell into them.
fn chunks(detail: &Detail, frame: &FrameDetail, language: &Language, tokens: &Tokens) -> LayoutJob {
    let (words, numbers) = (&language.detail, &language.numbers);
    let count = match detail.row.kind {
        RowKind::Sent(_) => words.in_writes(frame.chunks.into()),
        _ => words.in_reads(frame.chunks.into()),
    };
    let format = |color| TextFormat::simple(Tokens::small(), color);
    let mut job = LayoutJob::default();
    job.append(&count, 0.0, format(tokens.muted_text));
    job.append(" ", 0.0, format(tokens.muted_text));
    let mut before = None;
    for piece in frame.pieces.iter().take(MAX_LISTED) {
        let size = numbers.size(piece.range.len() as u64);
        let said = match before {
            None => words.chunk_at(&size, &clock::micros(piece.time)),
            Some(before) => {
                let later = piece.time.duration_since(before).unwrap_or_default();
                words.chunk_after(&size, &numbers.duration(later))
            }
        };
        if before.is_some() {
            job.append("  |  ", 0.0, format(tokens.faint_text));
        }
        job.append(&said, 0.0, format(tokens.text));
        before = Some(piece.time);
    }
    if frame.pieces.len() > MAX_LISTED {
        job.append("  …", 0.0, format(tokens.faint_text));
    }
    job
}
