//! A payload as JSON, XML, HTTP/1 or Modbus TCP, line by line.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Ui};

use super::super::Tokens;
use super::super::widgets::row_list::{RowList, Rows};
use super::super::widgets::{choice, small_label};
use super::chosen::ChosenBytes;
use crate::payload::pretty::{Ink, Pretty, PrettyError, PrettyLine};
use crate::words::{InWords as _, Language};

/// The structure of a payload.
#[derive(Debug, Default)]
pub(super) struct PrettyView {
    list: RowList,
    /// What it is read as; none for what it seems to be.
    chosen: Option<Pretty>,
    made: Option<Made>,
}

/// The lines, and what they were made for.
#[derive(Debug)]
struct Made {
    chosen: Option<Pretty>,
    /// None where they seem to have no structure.
    lines: Result<Vec<PrettyLine>, Option<PrettyError>>,
}

impl PrettyView {
    /// Forgets the payload; what the user chose to read stays chosen.
    pub(super) fn renew(&mut self) {
        (self.list, self.made) = (RowList::default(), None);
    }

    /// Shows the lines in all the space that is left.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        language: &Language,
        payload: &[u8],
        chosen: &mut ChosenBytes,
    ) {
        let words = &language.detail;
        let kinds = [Pretty::Json, Pretty::Xml, Pretty::Http, Pretty::Modbus];
        let choices = kinds.map(|kind| (Some(kind), kind.label()));
        let choices = [&[(None, words.detect)], choices.as_slice()].concat();
        ui.horizontal(|ui| choice::segmented(ui, words.read_as, &mut self.chosen, &choices));
        let made = self.made.take().filter(|made| made.chosen == self.chosen);
        let made = self.made.insert(made.unwrap_or_else(|| Made {
            chosen: self.chosen,
            lines: lines(self.chosen, payload),
        }));
        let lines = match &made.lines {
            Ok(lines) => lines,
            Err(problem) => {
                let unknown = || words.no_structure.to_owned();
                let problem = problem.map_or_else(unknown, |problem| problem.in_words(language));
                ui.add_space(6.0);
                small_label(ui, &problem);
                return;
            }
        };
        let tokens = Tokens::of(ui);
        let rows = Rows::lines(words.structure, lines.len());
        let pointer = chosen.pointer(ui);
        let marked = chosen.range();
        let mut hit = None;
        self.list.ui(ui, &rows, |ui, place| {
            let Some(line) = place.of(lines) else {
                return String::new();
            };
            if pointer.is_some_and(|at| place.rect.contains(at)) && !line.source.is_empty() {
                hit = Some(line.source.clone());
            }
            let is_marked = !marked.is_empty()
                && line.source.start < marked.end
                && marked.start < line.source.end;
            if is_marked {
                ui.painter().rect_filled(place.rect, 0, tokens.selection);
            }
            let job = job(line, language, tokens);
            let spoken = job.text.clone();
            place.text(ui, ui.painter().layout_job(job));
            spoken
        });
        chosen.point(ui, hit);
    }
}

fn lines(chosen: Option<Pretty>, payload: &[u8]) -> Result<Vec<PrettyLine>, Option<PrettyError>> {
    let pretty = chosen.or_else(|| Pretty::guess(payload)).ok_or(None)?;
    pretty.render(payload).map_err(Some)
}

fn job(line: &PrettyLine, language: &Language, tokens: &Tokens) -> LayoutJob {
    let format = |color| TextFormat::simple(Tokens::data(), color);
    let mut job = LayoutJob::default();
    let mut done = 0;
    for (range, ink) in &line.spans {
        let plain = line.text.get(done..range.start).unwrap_or_default();
        job.append(plain, 0.0, format(tokens.text));
        let words = line.text.get(range.clone()).unwrap_or_default();
        job.append(words, 0.0, format(color(*ink, tokens)));
        done = range.end;
    }
    let plain = line.text.get(done..).unwrap_or_default();
    job.append(plain, 0.0, format(tokens.text));
    if let Some(note) = &line.note {
        let gap = if line.text.is_empty() { "" } else { " " };
        let note = format!("{gap}{}", note.in_words(language));
        job.append(&note, 0.0, format(tokens.muted_text));
    }
    job
}

fn color(ink: Ink, tokens: &Tokens) -> Color32 {
    match ink {
        Ink::Key => tokens.chosen_text,
        Ink::String => tokens.good,
        Ink::Number => tokens.sent,
        Ink::Keyword => tokens.received,
        Ink::Punctuation => tokens.faint_text,
        Ink::Sign => tokens.muted_text,
    }
}
