//! The dialog about how much of a session is kept.

use egui::{Label, RichText, Ui};

use super::action::Action;
use super::theme::Tokens;
use super::widgets::{button, choice, field};
use crate::model::Model;
use crate::words::InWords as _;
use crate::workspace::{
    AmountProblem, Recording, RecordingMode, limit_text, parse_chunk_limit, parse_limit,
};

/// What is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RecordingForm {
    mode: RecordingMode,
    limit_text: String,
    chunk_text: String,
}

impl RecordingForm {
    pub(super) fn new(recording: Recording) -> Self {
        Self {
            mode: recording.mode,
            limit_text: recording.limit_bytes.map(limit_text).unwrap_or_default(),
            chunk_text: recording.chunk_limit_bytes.to_string(),
        }
    }

    fn parse(&self) -> Result<Recording, AmountProblem> {
        let chunk_limit_bytes = match self.mode {
            RecordingMode::FirstBytes => parse_chunk_limit(&self.chunk_text)?,
            // The field is hidden.
            _ => parse_chunk_limit(&self.chunk_text)
                .unwrap_or(Recording::default().chunk_limit_bytes),
        };
        Ok(Recording {
            mode: self.mode,
            limit_bytes: parse_limit(&self.limit_text)?,
            chunk_limit_bytes,
        })
    }

    /// Shows the choice; returns whether the dialog is done.
    pub(super) fn ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) -> bool {
        let words = &model.words.recording;
        let choices = [
            (RecordingMode::Everything, words.everything),
            (RecordingMode::Ring, words.newest),
            (RecordingMode::FirstBytes, words.first_bytes),
            (RecordingMode::Nothing, words.nothing),
        ];
        field::row(ui, words.keep, |ui, _label| {
            choice::segmented(ui, words.keep, &mut self.mode, &choices);
        });
        let tokens = Tokens::of(ui);
        let about = match self.mode {
            RecordingMode::Everything => words.about_everything,
            RecordingMode::Ring => words.about_newest,
            RecordingMode::FirstBytes => words.about_first_bytes,
            RecordingMode::Nothing => words.about_nothing,
        };
        ui.add(Label::new(RichText::new(about).color(tokens.muted_text)).wrap());
        ui.add_space(4.0);
        if self.mode == RecordingMode::FirstBytes {
            let problem = parse_chunk_limit(&self.chunk_text).err();
            let problem = problem.map(|problem| problem.in_words(model.words));
            let text = &mut self.chunk_text;
            field::text(ui, words.chunk_limit, text, problem.as_deref());
        }
        if self.mode != RecordingMode::Nothing {
            self.limit_ui(ui, model);
        }
        ui.add_space(8.0);
        let mut done = false;
        button::row(ui, |ui| {
            let parsed = self.parse();
            let apply = ui.add_enabled_ui(parsed.is_ok(), |ui| button::primary(ui, words.apply));
            if let (true, Ok(recording)) = (apply.inner.clicked(), parsed) {
                actions.push(Action::SetRecording(recording));
                done = true;
            }
            done |= button::plain(ui, model.words.common.cancel).clicked();
        });
        done
    }

    fn limit_ui(&mut self, ui: &mut Ui, model: &Model) {
        let words = &model.words.recording;
        let problem = parse_limit(&self.limit_text).err();
        let problem = problem.map(|problem| problem.in_words(model.words));
        field::text(ui, words.limit, &mut self.limit_text, problem.as_deref());
        let default = model.library.default_keep;
        let default = default.map(|keep| words.default(keep.limit_bytes) + " ");
        let on_disk = words.on_disk(model.record.kept_bytes);
        let text = format!(
            "{on_disk} {}{}",
            default.unwrap_or_default(),
            words.about_default
        );
        let tokens = Tokens::of(ui);
        let text = RichText::new(text).small().color(tokens.muted_text);
        ui.add(Label::new(text).wrap());
    }
}
