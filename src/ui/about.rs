//! The dialog about the program: what it is, which version, and under which licences it and its fonts are.

use egui::{Label, RichText, ScrollArea, Ui};

use super::widgets::{button, muted_label, scrolls_in_sight};
use super::{Cx, Tokens};

/// The licences of the fonts, with their notices. They are English in every language.
const FONTS: [(&str, &str); 2] = [
    ("Inter", include_str!("../../assets/fonts/OFL-Inter.txt")),
    (
        "JetBrains Mono",
        include_str!("../../assets/fonts/OFL-JetBrainsMono.txt"),
    ),
];
/// The height of their texts, in points, and how much of the window's height stays free around it.
const HEIGHT: f32 = 240.0;
const AROUND: f32 = 300.0;

/// Shows it.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>) {
    let words = &cx.words.dialogs;
    ui.label(cx.words.menus.version(env!("BOTHENDS_VERSION")));
    muted_label(ui, words.about_what);
    ui.add_space(4.0);
    ui.add(Label::new(words.about_licence).wrap());
    ui.add_space(4.0);
    ui.label(RichText::new(words.about_fonts).family(Tokens::semibold()));
    scrolls_in_sight(ui);
    let room = ui.ctx().content_rect().height() - AROUND;
    let height = HEIGHT.min(room.max(Tokens::CONTROL_HEIGHT));
    let area = ScrollArea::vertical().max_height(height);
    area.auto_shrink(false).show(ui, |ui| {
        for (name, text) in FONTS {
            ui.label(RichText::new(name).family(Tokens::semibold()));
            let text = Tokens::small_words(text, Tokens::of(ui).muted_text);
            ui.add(Label::new(text).wrap());
            ui.add_space(8.0);
        }
    });
    button::row(ui, |ui| {
        let close = button::primary(ui, cx.words.common.close);
        if ui.memory(|memory| memory.focused().is_none()) {
            close.request_focus();
        }
        if close.clicked() {
            ui.close();
        }
    });
}
