//! The fonts of the system, for characters that the window's own fonts lack.

use std::sync::OnceLock;

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui_system_font_provider::SystemFontProvider;

use crate::words::Spoken;

/// The fonts of the system, those of a language first.
///
/// Listing them takes a thread long. That begins once they are needed, and otherwise after the first frame, which would
/// have to share the processor with it.
pub(super) struct SystemFonts {
    /// The tag of the language (BCP 47).
    tag: &'static str,
    provider: OnceLock<SystemFontProvider>,
}

impl SystemFonts {
    pub(super) fn of(spoken: Spoken) -> Self {
        Self {
            tag: spoken.tag(),
            provider: OnceLock::new(),
        }
    }

    /// Begins to list the fonts, unless that has begun.
    pub(super) fn begin(&self) -> &SystemFontProvider {
        self.provider
            .get_or_init(|| SystemFontProvider::new().with_locale(Some(self.tag)))
    }
}

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        self.begin().font_for(request)
    }
}
