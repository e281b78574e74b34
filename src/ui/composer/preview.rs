//! Exactly the bytes that will go, or why none can.

use egui::{FontId, RichText, Ui};

use super::super::theme::Tokens;
use super::super::widgets::alert;
use crate::number;
use crate::payload::{Draft, hex};

/// How many bytes the line shows; the number before them counts them all.
const SHOWN_BYTES: usize = 128;

/// What a draft stands for, made once for each change of it.
#[derive(Default)]
pub(super) struct Preview {
    outcome: Outcome,
}

#[derive(Default)]
enum Outcome {
    #[default]
    Empty,
    Bytes {
        count: String,
        digits: String,
    },
    Problem {
        words: String,
        offers_plain_text: bool,
    },
}

impl Preview {
    /// Makes the preview of a draft.
    pub(super) fn of(draft: &Draft) -> Self {
        let outcome = match draft.bytes() {
            Ok(bytes) if bytes.is_empty() => Outcome::Empty,
            Ok(bytes) => {
                let shown = bytes.get(..SHOWN_BYTES).unwrap_or(&bytes);
                let more = if shown.len() < bytes.len() {
                    " …"
                } else {
                    ""
                };
                Outcome::Bytes {
                    count: number::count(bytes.len() as u64, "byte"),
                    digits: hex::render(shown) + more,
                }
            }
            Err(error) => Outcome::Problem {
                offers_plain_text: error.offers_plain_text(),
                words: error.to_string(),
            },
        };
        Self { outcome }
    }

    /// Shows it, and what kept the last message from going; returns whether to switch escapes off.
    pub(super) fn ui(&self, ui: &mut Ui, send_problem: Option<&str>) -> bool {
        let tokens = Tokens::of(ui);
        let mut switch_off = false;
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.small_line_height);
            match (&self.outcome, send_problem) {
                (
                    Outcome::Problem {
                        words,
                        offers_plain_text,
                    },
                    _,
                ) => {
                    alert::line(ui, words);
                    switch_off =
                        *offers_plain_text && ui.small_button("Switch escapes off").clicked();
                }
                (_, Some(problem)) => alert::line(ui, problem),
                (Outcome::Empty, None) => {
                    ui.label(
                        RichText::new("0 bytes")
                            .color(tokens.faint_text)
                            .size(tokens.small_size),
                    );
                }
                (Outcome::Bytes { count, digits }, None) => {
                    ui.label(
                        RichText::new(count)
                            .color(tokens.muted_text)
                            .size(tokens.small_size),
                    );
                    let digits = RichText::new(digits)
                        .color(tokens.faint_text)
                        .font(FontId::monospace(tokens.small_size));
                    ui.add(egui::Label::new(digits).truncate())
                        .on_hover_text("Exactly the bytes that will go");
                }
            }
        });
        switch_off
    }
}
