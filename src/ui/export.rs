//! The dialog about an export: what, in which format, and where to.

use std::path::{Path, PathBuf};

use egui::{ComboBox, Label, ProgressBar, RichText, Ui};

use super::action::Action;
use super::theme::Tokens;
use super::widgets::{alert, button, choice, field};
use crate::export::Format as ExportFormat;
use crate::model::{ExportOrder, Exported, Extent, Model};
use crate::net::EndpointId;

/// What is being chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ExportForm {
    format: ExportFormat,
    path_text: String,
    /// The path that is proposed, without the ending that the format gives it.
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

    /// Shows the choice, and how far the export is; returns whether the dialog is done.
    pub(super) fn ui(&mut self, ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) -> bool {
        ui.add_enabled_ui(model.work.is_none(), |ui| self.choices_ui(ui, model));
        ui.add_space(4.0);
        outcome_ui(ui, model);
        ui.add_space(8.0);
        let mut done = false;
        super::dialogs::buttons_ui(ui, |ui| {
            if model.work.is_some() {
                if button::plain(ui, "Cancel the export").clicked() {
                    actions.push(Action::CancelWork);
                }
                return;
            }
            let path = self.path_text.trim();
            let export = ui.add_enabled_ui(!path.is_empty(), |ui| button::primary(ui, "Export"));
            if export.inner.clicked() {
                actions.push(Action::Export(self.order(model)));
            }
            done = button::plain(ui, "Close").clicked();
        });
        done
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

    fn choices_ui(&mut self, ui: &mut Ui, model: &Model) {
        const FORMATS: [(ExportFormat, &str); 5] = [
            (ExportFormat::Pcapng, "pcapng"),
            (ExportFormat::Text, "Text"),
            (ExportFormat::Csv, "CSV"),
            (ExportFormat::JsonLines, "JSON lines"),
            (ExportFormat::Raw, "Raw streams"),
        ];
        let before = path_text(self.proposed.as_deref(), self.format);
        field::row(ui, "Format", |ui, _label| {
            choice::segmented(ui, "Format", &mut self.format, &FORMATS);
        });
        if self.path_text == before {
            self.path_text = path_text(self.proposed.as_deref(), self.format);
        }
        let tokens = Tokens::of(ui);
        let words = RichText::new(meaning(self.format)).color(tokens.muted_text);
        ui.add(Label::new(words).wrap());
        let mut extents = vec![(What::Whole, "Everything"), (What::View, "What is shown")];
        if self.selection.is_some() {
            extents.push((What::Selection, "Selected rows"));
        }
        field::row(ui, "Entries", |ui, _label| {
            choice::segmented(ui, "Entries", &mut self.what, &extents);
        });
        field::row(ui, "Endpoint", |ui, label| {
            let chosen = self.endpoint.and_then(|id| model.shown_name(id));
            let combo = ComboBox::from_id_salt("endpoint").selected_text(chosen.unwrap_or("All"));
            let shown = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut self.endpoint, None, "All");
                for (id, name) in model.shown_endpoints() {
                    ui.selectable_value(&mut self.endpoint, Some(id), name);
                }
            });
            shown.response.labelled_by(label);
        });
        let name = if self.format == ExportFormat::Raw {
            "New folder"
        } else {
            "File"
        };
        field::text(ui, name, &mut self.path_text, None);
        if self.format != ExportFormat::Raw {
            ui.checkbox(&mut self.replace, "Replace a file that is there");
        }
    }
}

/// Returns a path for the capture that is shown, without an ending; `None` where the user has no folder.
fn proposed(model: &Model) -> Option<PathBuf> {
    let name = match model.shown_opened() {
        Some(opened) => opened.name.clone(),
        None => model.library.live_title()?,
    };
    // A colon is no part of a file's name on Windows, and a path's separator is none anywhere.
    let name = name.replace([':', '/', '\\'], ".");
    Some(
        model
            .library
            .documents
            .as_ref()?
            .join(format!("Bothends {name}")),
    )
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

/// Shows how far the export is, or what came of the last one.
fn outcome_ui(ui: &mut Ui, model: &Model) {
    if let Some(work) = &model.work {
        let percent = work.progress.percent().unwrap_or(0);
        ui.add(ProgressBar::new(work.progress.fraction()).text(format!("{percent} %")));
        return;
    }
    let tokens = Tokens::of(ui);
    match &model.exported {
        None => {}
        Some(Exported::Failed(words)) => alert::block(ui, words, None),
        Some(Exported::Written {
            words,
            lacks,
            more_lacks,
        }) => {
            let words = RichText::new(words).color(tokens.good);
            ui.add(Label::new(words).wrap());
            let more = (*more_lacks > 0).then(|| format!("{more_lacks} more places"));
            for lack in lacks.iter().chain(&more) {
                let words = RichText::new(format!("Not whole: {lack}")).color(tokens.caution);
                ui.add(Label::new(words).wrap());
            }
        }
    }
}

fn meaning(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Pcapng => {
            "Packets for Wireshark and tshark. Their headers are made from socket events."
        }
        ExportFormat::Text => "A line of words for each entry, with its bytes as escaped text.",
        ExportFormat::Csv => "A table with a line for each entry, for spreadsheets.",
        ExportFormat::JsonLines => "A JSON object for each entry, one a line.",
        ExportFormat::Raw => "The very bytes of each connection, a file for each direction.",
    }
}
