//! The dialog about how much of a session is kept.

use egui::{Label, RichText, Ui};

use super::action::Action;
use super::theme::Tokens;
use super::widgets::{button, choice, field};
use crate::model::Model;
use crate::words::number;
use crate::workspace::{AmountProblem, Recording, RecordingMode, parse_chunk_limit, parse_limit};

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
            limit_text: recording.limit_bytes.map(number::bytes).unwrap_or_default(),
            chunk_text: recording.chunk_limit_bytes.to_string(),
        }
    }

    fn parse(&self) -> Result<Recording, AmountProblem> {
        let chunk_limit_bytes = match self.mode {
            RecordingMode::FirstBytes => parse_chunk_limit(&self.chunk_text)?,
            // The field is not in sight.
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
        const CHOICES: [(RecordingMode, &str); 4] = [
            (RecordingMode::Everything, "Everything"),
            (RecordingMode::Ring, "The newest"),
            (RecordingMode::FirstBytes, "First bytes"),
            (RecordingMode::Nothing, "Nothing"),
        ];
        field::row(ui, "Keep", |ui, _label| {
            choice::segmented(ui, "Keep", &mut self.mode, &CHOICES);
        });
        let tokens = Tokens::of(ui);
        let words = RichText::new(meaning(self.mode)).color(tokens.muted_text);
        ui.add(Label::new(words).wrap());
        ui.add_space(4.0);
        if self.mode == RecordingMode::FirstBytes {
            let problem = parse_chunk_limit(&self.chunk_text).err();
            let problem = problem.map(|problem| problem.to_string());
            field::text(ui, "Of a chunk", &mut self.chunk_text, problem.as_deref());
        }
        if self.mode != RecordingMode::Nothing {
            self.limit_ui(ui, model);
        }
        ui.add_space(8.0);
        let mut done = false;
        super::dialogs::buttons_ui(ui, |ui| {
            let parsed = self.parse();
            let apply = ui.add_enabled_ui(parsed.is_ok(), |ui| button::primary(ui, "Apply"));
            if let (true, Ok(recording)) = (apply.inner.clicked(), parsed) {
                actions.push(Action::SetRecording(recording));
                done = true;
            }
            done |= button::plain(ui, "Cancel").clicked();
        });
        done
    }

    fn limit_ui(&mut self, ui: &mut Ui, model: &Model) {
        let problem = parse_limit(&self.limit_text).err();
        let problem = problem.map(|problem| problem.to_string());
        field::text(ui, "At most", &mut self.limit_text, problem.as_deref());
        let default = model.library.default_keep.map(|keep| keep.limit_bytes);
        let default = default.map_or_else(String::new, |bytes| {
            format!(" Empty means {}.", number::bytes(bytes))
        });
        let words = format!(
            "On disk now: {}.{default} The default is 10 GiB, or a tenth of the free space where that is less.",
            number::bytes(model.record.kept_bytes)
        );
        let tokens = Tokens::of(ui);
        let words = RichText::new(words).small().color(tokens.muted_text);
        ui.add(Label::new(words).wrap());
    }
}

fn meaning(mode: RecordingMode) -> &'static str {
    match mode {
        RecordingMode::Everything => {
            "Every byte, up to a bound. There recording stops and says so; traffic goes on."
        }
        RecordingMode::Ring => {
            "Every byte of the newest entries. At the bound the oldest entries are given up, without end."
        }
        RecordingMode::FirstBytes => {
            "Every entry with the first bytes of its chunk and the whole size. Exports say what is cut."
        }
        RecordingMode::Nothing => "No entries: the timeline stands still while traffic goes on.",
    }
}
