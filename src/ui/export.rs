//! The dialog about an export: what, in which format, and where to.

use std::path::{Path, PathBuf};

use egui::{Color32, Label, ProgressBar, RichText, TextStyle, Ui};

use super::widgets::{alert, button, choice, field, muted_label};
use super::{Action, Cx, Tokens, path_field};
use crate::export::ExportFormat;
use crate::model::{ExportOrder, Exported, Extent, FileChoice, Model};
use crate::net::EndpointId;
use crate::words::InWords as _;

/// What is being chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ExportForm {
    format: ExportFormat,
    path_text: String,
    /// The proposed path, without the extension of the format.
    proposed: Option<PathBuf>,
    replace: bool,
    what: What,
    endpoint: Option<EndpointId>,
    /// The first and the last selected entry.
    selection: Option<(u64, u64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Whole,
    View,
    Selection,
}

impl ExportForm {
    pub(super) fn new(model: &Model, selection: Option<(u64, u64)>) -> Self {
        let proposed = proposed(model);
        let format = ExportFormat::Pcapng;
        Self {
            format,
            path_text: path_text(proposed.as_deref(), format),
            proposed,
            replace: false,
            what: What::Whole,
            endpoint: None,
            selection: selection.filter(|(first, last)| first != last),
        }
    }

    /// Shows the choices and the progress of the export.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.add_enabled_ui(cx.work.is_none(), |ui| self.choices_ui(ui, cx));
        ui.add_space(4.0);
        outcome_ui(ui, cx);
        let words = &cx.words.exporting;
        button::row(ui, |ui| {
            if cx.work.is_some() {
                if button::plain(ui, words.cancel).clicked() {
                    cx.push(Action::CancelWork);
                }
                return;
            }
            let has_path = !self.path_text.trim().is_empty();
            let export = ui.add_enabled_ui(has_path, |ui| button::primary(ui, words.export));
            if export.inner.clicked() {
                cx.push(Action::Export(self.order(cx)));
            }
            button::closing(ui, cx.words.common.close);
        });
    }

    fn order(&self, model: &Model) -> ExportOrder {
        let filter = model.timeline.filter().clone();
        ExportOrder {
            format: self.format,
            path: PathBuf::from(self.path_text.trim()),
            replace: self.replace,
            extent: match (self.what, self.selection) {
                (What::Selection, Some(entries)) => Extent::Selection(filter, entries),
                (What::Whole, _) => Extent::Whole,
                (What::View | What::Selection, _) => Extent::View(filter),
            },
            endpoint: self.endpoint,
        }
    }

    fn choices_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.exporting;
        let formats = [
            (ExportFormat::Pcapng, words.pcapng),
            (ExportFormat::Text, words.text),
            (ExportFormat::Csv, words.csv),
            (ExportFormat::JsonLines, words.json),
            (ExportFormat::Raw, words.raw),
        ];
        let before = path_text(self.proposed.as_deref(), self.format);
        field::row(ui, words.format, |ui, _label| {
            choice::segmented(ui, words.format, &mut self.format, &formats);
        });
        if self.path_text == before {
            self.path_text = path_text(self.proposed.as_deref(), self.format);
        }
        let about = |format| match format {
            ExportFormat::Pcapng => words.about_pcapng,
            ExportFormat::Text => words.about_text,
            ExportFormat::Csv => words.about_csv,
            ExportFormat::JsonLines => words.about_json,
            ExportFormat::Raw => words.about_raw,
        };
        let all = formats.map(|(format, _)| about(format));
        longest_ui(ui, about(self.format), &all);
        let mut extents = vec![(What::Whole, words.whole), (What::View, words.view)];
        if self.selection.is_some() {
            extents.push((What::Selection, words.selection));
        }
        field::row(ui, words.entries, |ui, _label| {
            choice::segmented(ui, words.entries, &mut self.what, &extents);
        });
        field::row(ui, words.endpoint, |ui, label| {
            let named = cx.shown_endpoints();
            let named = named.iter().map(|(id, name)| (Some(*id), *name));
            let choices: Vec<_> = [(None, words.all)].into_iter().chain(named).collect();
            let width = ui.spacing().combo_width;
            choice::list(ui, words.endpoint, width, &mut self.endpoint, &choices)
                .labelled_by(label);
        });
        let (name, choice) = if self.format == ExportFormat::Raw {
            (words.folder, FileChoice::ExportFolder)
        } else {
            (words.file, FileChoice::Export)
        };
        // The desktop's dialog asks itself before it returns a file that exists.
        self.replace |= cx.documents.chosen_for(FileChoice::Export).is_some();
        path_field::row(ui, cx, name, &mut self.path_text, choice);
        // A folder is never replaced. The line stays: the dialog would move under the hands.
        let is_file = self.format != ExportFormat::Raw;
        ui.add_enabled_ui(is_file, |ui| {
            field::tick(ui, &mut self.replace, cx.words.common.replace);
        });
    }
}

/// Shows words in as much room as the longest of `all` takes.
fn longest_ui(ui: &mut Ui, words: &str, all: &[&str]) {
    let font = TextStyle::Body.resolve(ui.style());
    let width = ui.available_width();
    let heights = all.iter().map(|it| {
        let galley = ui.painter();
        let galley = galley.layout((*it).to_owned(), font.clone(), Color32::PLACEHOLDER, width);
        galley.size().y
    });
    let height = heights.fold(0.0, f32::max);
    ui.scope(|ui| {
        ui.set_min_height(height);
        muted_label(ui, words);
    });
}

/// Returns a path for the capture in view, without an extension; `None` if the user has no documents folder.
fn proposed(model: &Model) -> Option<PathBuf> {
    let name = match model.shown_opened() {
        Some(opened) => opened.name.clone(),
        None => model.library.live_title()?,
    };
    // Windows allows no colon in a file name, and no system allows a path separator.
    let name = name.replace([':', '/', '\\'], ".");
    let documents = model.library.documents_folder.as_ref()?;
    Some(documents.join(format!("Bothends {name}")))
}

fn path_text(proposed: Option<&Path>, format: ExportFormat) -> String {
    let ending = match format {
        ExportFormat::Pcapng => ".pcapng",
        ExportFormat::Text => ".txt",
        ExportFormat::Csv => ".csv",
        ExportFormat::JsonLines => ".jsonl",
        ExportFormat::Raw => "",
    };
    proposed.map_or_else(String::new, |path| format!("{}{ending}", path.display()))
}

/// Shows the progress of the export, or the outcome of the last one.
fn outcome_ui(ui: &mut Ui, model: &Model) {
    if let Some(work) = &model.work {
        let percent = work.progress.percent().unwrap_or(0);
        ui.add(
            ProgressBar::new(work.progress.fraction()).text(model.words.numbers.percent(percent)),
        );
        return;
    }
    let tokens = Tokens::of(ui);
    let words = model.words;
    match &model.exported {
        None => {}
        Some(Exported::Failed(problem)) => alert::problem(ui, words, problem.as_ref()),
        Some(Exported::Written { summary, path }) => {
            let wrote = words.exporting.wrote(summary.entries, summary.bytes, path);
            let mut said = |text, color| {
                ui.add(Label::new(RichText::new(text).color(color)).wrap());
            };
            said(wrote, tokens.good);
            for place in summary.unfaithful.first.iter().take(MAX_SHOWN) {
                let place = place.in_words(words);
                said(words.exporting.incomplete(&place), tokens.caution);
            }
            let more = summary.unfaithful.count.saturating_sub(MAX_SHOWN as u64);
            if more > 0 {
                said(words.exporting.incomplete_more(more), tokens.caution);
            }
        }
    }
}

/// How many places are listed where an export is incomplete; the rest are counted.
const MAX_SHOWN: usize = 5;
