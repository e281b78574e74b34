//! The dialog that saves a picture: in which format, and where to.

use std::path::{Path, PathBuf};

use egui::{Label, RichText, Ui};

use super::widgets::{alert, button, choice, field, muted_label};
use super::wish::Picture;
use super::{Action, Cx, Tokens, path_field};
use crate::export::picture::{PictureFormat, PictureJob};
use crate::model::{FileChoice, Model};

/// What is being chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PictureForm {
    picture: Picture,
    format: PictureFormat,
    path_text: String,
    /// The proposed path, without the ending of the format.
    proposed: Option<PathBuf>,
    replace: bool,
}

impl PictureForm {
    /// Makes the form for a picture.
    pub(super) fn new(model: &Model, picture: Picture) -> Self {
        let name = model.words.lifecycles.file_name(picture.connection);
        let documents = model.library.documents_folder.as_ref();
        let proposed = documents.map(|it| it.join(name));
        let format = PictureFormat::Svg;
        Self {
            picture,
            format,
            path_text: path_text(proposed.as_deref(), format),
            proposed,
            replace: false,
        }
    }

    /// Shows the choices, and what became of the picture.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.lifecycles;
        let before = self.format;
        let choices = [
            (PictureFormat::Svg, words.svg),
            (PictureFormat::Png, words.png),
        ];
        field::row(ui, words.format, |ui, _| {
            choice::segmented(ui, words.format, &mut self.format, &choices);
        });
        muted_label(
            ui,
            match self.format {
                PictureFormat::Svg => words.about_svg,
                PictureFormat::Png => words.about_png,
            },
        );
        if self.format != before {
            let is_proposed = self.path_text == path_text(self.proposed.as_deref(), before);
            if is_proposed {
                self.path_text = path_text(self.proposed.as_deref(), self.format);
            } else if !self.path_text.trim().is_empty() {
                let path = Path::new(self.path_text.trim()).with_extension(self.format.ending());
                self.path_text = path.display().to_string();
            }
            self.replace = false;
        }
        // The desktop's dialog asks itself before it returns a file that exists.
        self.replace |= cx.documents.chosen_for(FileChoice::Export).is_some();
        path_field::row(ui, cx, words.file, &mut self.path_text, FileChoice::Export);
        field::tick(ui, &mut self.replace, cx.words.common.replace);
        ui.add_space(4.0);
        match &cx.picture {
            Some(Ok(path)) => {
                let said = RichText::new(words.saved(&path.display().to_string()));
                ui.add(Label::new(said.color(Tokens::of(ui).good)).wrap());
            }
            Some(Err(problem)) => alert::problem(ui, cx.words, problem.as_ref()),
            None => {}
        }
        button::row(ui, |ui| {
            let path = path_field::typed(&self.path_text);
            let save =
                ui.add_enabled_ui(path.is_some(), |ui| button::primary(ui, words.save_picture));
            if let Some(path) = path.filter(|_| save.inner.clicked()) {
                cx.push(Action::SavePicture(Box::new(self.job(path))));
            }
            button::closing(ui, cx.words.common.close);
        });
    }

    fn job(&self, path: PathBuf) -> PictureJob {
        let path = if path.extension().is_some() {
            path
        } else {
            path.with_extension(self.format.ending())
        };
        PictureJob {
            sketch: self.picture.sketch.clone(),
            palette: self.picture.palette,
            format: self.format,
            path,
            replace: self.replace,
        }
    }
}

fn path_text(proposed: Option<&Path>, format: PictureFormat) -> String {
    proposed.map_or_else(String::new, |path| {
        format!("{}.{}", path.display(), format.ending())
    })
}
