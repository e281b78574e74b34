//! The dialog about how much of a session is kept.

use egui::{Label, RichText, Ui};

use super::widgets::{button, choice, field, muted_label};
use super::{Action, Cx, Tokens};
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

    /// Shows the choice.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.recording;
        let choices = [
            (RecordingMode::Everything, words.everything),
            (RecordingMode::Ring, words.newest),
            (RecordingMode::FirstBytes, words.first_bytes),
            (RecordingMode::Nothing, words.nothing),
        ];
        field::row(ui, words.keep, |ui, _label| {
            choice::segmented(ui, words.keep, &mut self.mode, &choices);
        });
        let about = match self.mode {
            RecordingMode::Everything => words.about_everything,
            RecordingMode::Ring => words.about_newest,
            RecordingMode::FirstBytes => words.about_first_bytes,
            RecordingMode::Nothing => words.about_nothing,
        };
        muted_label(ui, about);
        ui.add_space(4.0);
        if self.mode == RecordingMode::FirstBytes {
            let problem = parse_chunk_limit(&self.chunk_text).err();
            let problem = problem.map(|problem| problem.in_words(cx.words));
            let text = &mut self.chunk_text;
            field::text(ui, words.chunk_limit, text, problem.as_deref());
        }
        if self.mode != RecordingMode::Nothing {
            self.limit_ui(ui, cx);
        }
        button::row(ui, |ui| {
            let parsed = self.parse();
            let apply = ui.add_enabled_ui(parsed.is_ok(), |ui| button::primary(ui, words.apply));
            if let (true, Ok(recording)) = (apply.inner.clicked(), parsed) {
                cx.push(Action::SetRecording(recording));
                ui.close();
            }
            button::closing(ui, cx.words.common.cancel);
        });
    }

    fn limit_ui(&mut self, ui: &mut Ui, model: &Model) {
        let words = &model.words.recording;
        let problem = parse_limit(&self.limit_text).err();
        let problem = problem.map(|problem| problem.in_words(model.words));
        let default = model.library.default_keep.map(|it| it.limit_bytes);
        let hint = default.map(|limit| model.words.numbers.size(limit));
        let hint = hint.unwrap_or_default();
        field::row(ui, words.limit, |ui, label| {
            let (text, width) = (&mut self.limit_text, ui.available_width());
            field::input_with_hint(ui, words.limit, text, width, &hint).labelled_by(label)
        });
        field::problem(ui, problem.as_deref());
        let derived_bytes = model.live_derived_bytes();
        let sentences = [
            Some(words.on_disk(model.record.kept_bytes)),
            (derived_bytes > 0).then(|| words.for_frames(derived_bytes)),
            default.map(|limit| words.default(limit)),
            Some(words.about_default.to_owned()),
        ];
        let text = model.words.joined(sentences.into_iter().flatten());
        let text = RichText::new(text).small();
        ui.add(Label::new(text.color(Tokens::of(ui).muted_text)).wrap());
    }
}
