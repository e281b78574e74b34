//! The language of the window: which one it is, what else has to learn that it changed, and the fonts for it.

use std::sync::Arc;

use super::App;
use super::fonts::SystemFonts;
use crate::capture::{Request, Voice};
use crate::words::{Spoken, spoken};
use crate::workspace::LanguageChoice;

/// Returns the language that is chosen, or that of the system.
pub(super) fn chosen(choice: LanguageChoice) -> Spoken {
    let locales: Vec<String> = sys_locale::get_locales().collect();
    spoken(choice, locales.iter().map(String::as_str))
}

impl App {
    /// Shows the window in another language from the next frame on.
    pub(super) fn set_language(&mut self, ctx: &egui::Context, choice: LanguageChoice) {
        self.model.preferences.language = choice;
        self.speak(ctx, chosen(choice));
        self.save_soon();
    }

    /// Shows the window in a language.
    pub(super) fn speak(&mut self, ctx: &egui::Context, spoken: Spoken) {
        let fonts = Arc::new(SystemFonts::of(spoken));
        ctx.set_font_providers(vec![Arc::clone(&fonts) as Arc<_>]);
        self.fonts = Some(fonts);
        self.model.words = spoken.words;
        self.language = spoken.id();
        self.model.undrawable = None;
        self.unseen = Some(spoken);
        ctx.request_repaint();
    }

    /// Has the readers of all captures say things in the language of the window.
    pub(super) fn follow_language(&mut self) {
        let (words, now) = (self.model.words, self.now());
        for id in self.session.speak_in(words) {
            if let Some(timeline) = self.model.timeline_of(id) {
                timeline.asked(&Request::SpeakIn(Voice(words)), now);
            }
        }
    }

    /// Finds out, once for each language that is chosen, whether its characters can be drawn.
    pub(super) fn look_for_fonts(&mut self, ctx: &egui::Context) {
        if let Some(spoken) = self.unseen.take() {
            let body = egui::TextStyle::Body.resolve(&ctx.style_of(ctx.theme()));
            let can_be_drawn = ctx.fonts_mut(|fonts| fonts.has_glyphs(&body, spoken.sample));
            self.model.undrawable = (!can_be_drawn).then_some(spoken);
        }
    }
}
