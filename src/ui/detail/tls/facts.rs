//! Names with what they are, below each other: facts about a handshake, and lists of what was offered.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, Label, RichText, Ui, vec2};

use super::super::super::Tokens;
use super::super::super::widgets::{Sign, sign_ui, spoken_label};
use crate::words::tls_detail::{OfferedList, TlsFact, TlsShown, TlsStanding};

/// The width of the names; with little room, they stand above.
const NAME_WIDTH: f32 = 132.0;
const ROOMY: f32 = 420.0;
/// The longest line.
const MAX_WIDTH: f32 = 900.0;

/// Shows a name and, beside or below it, what it is.
pub(super) fn named_ui(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let label = Label::new(RichText::new(name).color(tokens.muted_text));
    if ui.available_width() < ROOMY {
        ui.add(label.wrap());
        return content(ui);
    }
    ui.horizontal_top(|ui| {
        let width = NAME_WIDTH;
        ui.allocate_ui(vec2(width, Tokens::LINE_HEIGHT), |ui| {
            ui.set_min_width(width);
            ui.add(label.truncate());
        });
        ui.vertical(|ui| {
            ui.set_max_width(ui.available_width().min(MAX_WIDTH));
            content(ui);
        });
    });
}

/// Shows facts, each said with its name.
pub(super) fn facts_ui(ui: &mut Ui, salt: &str, facts: &[TlsFact]) {
    ui.push_id(salt, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for fact in facts {
            named_ui(ui, fact.name, |ui| {
                let color = color_of(fact.standing, Tokens::of(ui));
                let text = RichText::new(&fact.text).font(Tokens::data()).color(color);
                let spoken = format!("{}: {}", fact.name, fact.text);
                spoken_label(ui, Label::new(text).wrap().selectable(true), &spoken);
            });
        }
    });
}

/// Shows lists of what was offered. What was chosen is marked by its weight and a word, not by its colour alone.
pub(super) fn offer_ui(ui: &mut Ui, lists: &[OfferedList], words: &TlsShown) {
    ui.spacing_mut().item_spacing.y = 3.0;
    for list in lists {
        named_ui(ui, list.name, |ui| {
            let tokens = Tokens::of(ui);
            let mut job = LayoutJob::default();
            let quiet = format(tokens.text);
            if list.items.is_empty() {
                job.append(words.none, 0.0, format(tokens.muted_text));
            }
            for (place, item) in list.items.iter().enumerate() {
                if place > 0 {
                    job.append(", ", 0.0, quiet.clone());
                }
                if item.is_chosen {
                    job.append(&words.chosen(&item.text), 0.0, format(tokens.good));
                } else {
                    job.append(&item.text, 0.0, quiet.clone());
                }
            }
            let spoken = format!("{}: {}", list.name, job.text);
            spoken_label(ui, Label::new(job).wrap().selectable(true), &spoken);
        });
    }
}

fn format(color: Color32) -> TextFormat {
    TextFormat::simple(Tokens::data(), color)
}

/// Shows a check and how it went, by a sign and in words.
pub(super) fn check_ui(ui: &mut Ui, text: &str, standing: TlsStanding) {
    ui.spacing_mut().interact_size.y = Tokens::SMALL_LINE_HEIGHT;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        sign_ui(ui, sign_of(standing));
        let color = color_of(standing, Tokens::of(ui));
        ui.add(Label::new(Tokens::small_words(text, color)).wrap());
    });
}

fn sign_of(standing: TlsStanding) -> Sign {
    match standing {
        TlsStanding::Good => Sign::Done,
        TlsStanding::Caution => Sign::Half,
        TlsStanding::Bad => Sign::Bad,
        TlsStanding::Plain | TlsStanding::Open => Sign::Waiting,
    }
}

pub(super) fn color_of(standing: TlsStanding, tokens: &Tokens) -> Color32 {
    match standing {
        TlsStanding::Plain => tokens.text,
        TlsStanding::Good => tokens.good,
        TlsStanding::Caution => tokens.caution,
        TlsStanding::Bad => tokens.error,
        TlsStanding::Open => tokens.muted_text,
    }
}
