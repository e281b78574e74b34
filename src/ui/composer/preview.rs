//! The exact bytes that will be sent, or why none can be.

use std::convert::Infallible;
use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Ui};

use super::super::widgets::alert;
use super::super::{Cx, Tokens, diagnosis};
use crate::model::{Model, Recipients};
use crate::net::{self, Link, MAX_DATAGRAM_BYTES};
use crate::payload::template::Rendered;
use crate::payload::{Draft, Encoding, VisibleText, hex};
use crate::words::Problem;

/// How many bytes the line shows; the number before them counts all of them.
const SHOWN_BYTES: usize = 128;

/// What a draft stands for, made once for each change of the draft or its recipient.
#[derive(Default)]
pub(super) struct ComposerPreview {
    made_of: Option<Made>,
    outcome: Outcome,
}

/// What a preview is made of.
#[derive(Clone, PartialEq)]
struct Made {
    draft: Draft,
    encoding: Encoding,
    link: Option<Link>,
}

#[derive(Default)]
enum Outcome {
    #[default]
    Empty,
    Bytes(Shown),
    /// A problem, and whether it is over as plain text.
    Problem(Problem, bool),
}

struct Shown {
    /// How many bytes there are; the files of a template are left out.
    count: u64,
    /// The first of them.
    bytes: Vec<u8>,
    /// Which of them come from the fields of a template.
    computed: Vec<Range<usize>>,
    files: Vec<String>,
}

impl ComposerPreview {
    /// Updates the preview to show the draft as it would be sent now.
    pub(super) fn follow(&mut self, draft: &Draft, model: &Model) {
        let made = Made {
            draft: draft.clone(),
            encoding: model.send_encoding(),
            link: model.send_link().filter(|_| draft.template),
        };
        if self.made_of.as_ref() != Some(&made) {
            self.outcome = outcome(draft, made.encoding, made.link.as_ref());
            self.made_of = Some(made);
        }
    }

    /// Returns whether the draft stands for no bytes.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.outcome, Outcome::Empty)
    }

    /// Returns whether the draft cannot be sent.
    pub(super) fn is_problem(&self) -> bool {
        matches!(self.outcome, Outcome::Problem(..))
    }

    /// Shows it, or why the last message was not sent; where escapes are the problem, they can be turned off. A field that
    /// is being typed is no problem yet.
    pub(super) fn ui(&self, ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, is_typing: bool) {
        let tokens = Tokens::of(ui);
        let model: &Model = cx;
        let words = &model.words.composer;
        match (&self.outcome, &model.send_problem) {
            (Outcome::Problem(..), None) if is_typing => {
                ui.label(Tokens::small_words(words.unfinished, tokens.faint_text));
            }
            (Outcome::Problem(problem, true), _) => {
                ui.scope(|ui| {
                    ui.set_max_width(ui.available_width() - OFFER_WIDTH);
                    alert::line(ui, &problem.in_words(model.words));
                });
                draft.escapes &= !ui.small_button(words.escapes_off).clicked();
            }
            (Outcome::Problem(problem, false), _) => {
                alert::line(ui, &problem.in_words(model.words));
            }
            (_, Some(problem)) => {
                let client = model.send_to.map(Recipients::endpoint);
                let client = client.filter(|it| model.server_to_start(*it).is_some());
                ui.scope(|ui| {
                    let offers = if client.is_some() { START_WIDTH } else { 0.0 };
                    ui.set_max_width(ui.available_width() - offers);
                    alert::line(ui, &problem.in_words(model.words));
                });
                if let Some(client) = client {
                    diagnosis::start_and_connect_ui(ui, cx, client);
                }
            }
            (Outcome::Empty, None) => {
                let nothing = if model.sends_datagrams() {
                    words.empty_datagram.to_owned()
                } else {
                    model.words.counts.bytes(0)
                };
                ui.label(Tokens::small_words(nothing, tokens.faint_text));
            }
            (Outcome::Bytes(shown), None)
                if shown.count > MAX_DATAGRAM_BYTES as u64 && model.sends_one_datagram() =>
            {
                let size = model.words.counts.bytes(shown.count);
                alert::line(ui, &words.too_long(&size));
            }
            (Outcome::Bytes(shown), None) => {
                let size = model.words.counts.bytes(shown.count);
                let add = |size: String, file: &String| words.with_file(&size, file);
                let size = shown.files.iter().fold(size, add);
                ui.label(Tokens::small_words(size, tokens.muted_text));
                let hover = if shown.computed.is_empty() {
                    words.exact
                } else {
                    words.computed
                };
                let digits = egui::Label::new(digits(tokens, shown));
                ui.add(digits.truncate()).on_hover_text(hover);
            }
        }
    }
}

/// Room for the button after a problem.
const OFFER_WIDTH: f32 = 140.0;
/// The width kept for the button that starts the server.
const START_WIDTH: f32 = 220.0;

/// Returns what a draft stands for now, without the files that a template names: they are read when it is sent.
fn outcome(draft: &Draft, encoding: Encoding, link: Option<&Link>) -> Outcome {
    let mut template = match draft.compile(encoding) {
        Ok(template) => template,
        Err(error) => {
            let offers_plain_text = error.offers_plain_text();
            return Outcome::Problem(Arc::new(error), offers_plain_text);
        }
    };
    let mut files = Vec::new();
    let read = template.read_files(|path| {
        files.push(VisibleText::plain(path.display().to_string()).text);
        Ok::<_, Infallible>(Vec::new())
    });
    let rendered = match read {
        Ok(()) => net::render(&template, link, 0, None),
    };
    let Rendered { bytes, computed } = match rendered {
        Ok(rendered) => rendered,
        Err(error) => return Outcome::Problem(Arc::new(error), false),
    };
    if bytes.is_empty() && files.is_empty() {
        return Outcome::Empty;
    }
    let mut shown = bytes;
    let count = shown.len() as u64;
    shown.truncate(SHOWN_BYTES);
    Outcome::Bytes(Shown {
        count,
        bytes: shown,
        computed: computed.into_iter().map(|it| it.bytes).collect(),
        files,
    })
}

/// Lays out hex digits, highlighting those of computed bytes.
fn digits(tokens: &Tokens, shown: &Shown) -> LayoutJob {
    let bytes = &shown.bytes;
    let font = FontId::monospace(Tokens::SMALL_SIZE);
    let format = |color| TextFormat::simple(font.clone(), color);
    let mut job = LayoutJob::default();
    let mut at = 0;
    let mut put = |end: usize, color| {
        let part = bytes.get(at..end.min(bytes.len())).unwrap_or_default();
        if !part.is_empty() {
            job.append(&(hex::render(part) + " "), 0.0, format(color));
            at = end.min(bytes.len());
        }
    };
    for range in &shown.computed {
        put(range.start, tokens.faint_text);
        put(range.end, tokens.chosen_text);
    }
    put(bytes.len(), tokens.faint_text);
    if shown.count > bytes.len() as u64 {
        job.append("…", 0.0, format(tokens.faint_text));
    }
    job
}
