//! A field for a path, with the desktop's file dialog behind a button where there is one.

use std::path::{Path, PathBuf};

use egui::{Response, Ui};

use super::widgets::{button, field};
use super::{Action, Cx};
use crate::model::FileChoice;

/// Shows a labelled field with its button.
pub(super) fn row(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    text: &mut String,
    choice: FileChoice,
) -> Response {
    field::row(ui, name, |ui, label| {
        let width = ui.available_width();
        input(ui, cx, name, text, choice, width).labelled_by(label)
    })
}

/// Shows the field and its button, together so wide.
pub(super) fn input(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    text: &mut String,
    choice: FileChoice,
    width: f32,
) -> Response {
    input_with_hint(ui, cx, name, text, choice, (width, ""))
}

/// The same, with faint words in the field while it is empty.
pub(super) fn input_with_hint(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    text: &mut String,
    choice: FileChoice,
    (width, hint): (f32, &str),
) -> Response {
    if let Some(path) = cx.documents.chosen_for(choice) {
        *text = path.display().to_string();
        cx.push(Action::TakeChosen);
    }
    if cx.documents.lacks_dialogs {
        return field::input_with_hint(ui, name, text, width, hint);
    }
    let words = &cx.words.documents;
    let browse_width = button::width(ui, words.browse) + ui.spacing().item_spacing.x;
    let width = (width - browse_width).max(80.0);
    let response = field::input_with_hint(ui, name, text, width, hint);
    let browse = button::plain(ui, words.browse).accessible_name(words.browse_for(name));
    if browse.clicked() {
        cx.push(Action::Browse(choice, typed(text)));
    }
    response
}

/// Returns the typed path, without the quotes that file managers put around a copied one; `None` if there is none.
pub(super) fn typed(text: &str) -> Option<PathBuf> {
    let path = text.trim().trim_matches('"');
    (!path.is_empty()).then(|| Path::new(path).to_owned())
}
