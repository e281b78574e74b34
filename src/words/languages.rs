//! The languages that the window speaks, and which of them a person means.

use super::{CHINESE, ENGLISH, FRENCH, GERMAN, JAPANESE, Language, PORTUGUESE, SPANISH};
use crate::workspace::{LanguageChoice, LanguageId};

/// A language that the window speaks.
#[derive(Clone, Copy, Debug)]
pub struct Spoken {
    /// Which one it is.
    pub id: LanguageId,
    /// Its name in itself.
    pub own_name: &'static str,
    /// Its name in English.
    name: &'static str,
    /// Characters that its fonts have; none where the program brings them.
    pub sample: &'static str,
    /// All that it says.
    pub words: &'static Language,
}

impl Spoken {
    /// Returns what belongs to a language.
    pub fn of(id: LanguageId) -> Self {
        let (own_name, name, sample, words) = match id {
            LanguageId::English => ("English", "English", "", &ENGLISH),
            LanguageId::German => ("Deutsch", "German", "", &GERMAN),
            LanguageId::Spanish => ("Español", "Spanish", "", &SPANISH),
            LanguageId::French => ("Français", "French", "", &FRENCH),
            LanguageId::Portuguese => ("Português (Brasil)", "Portuguese", "", &PORTUGUESE),
            LanguageId::Chinese => ("简体中文", "Chinese", "连接发送", &CHINESE),
            LanguageId::Japanese => ("日本語", "Japanese", "接続をする", &JAPANESE),
        };
        Self {
            id,
            own_name,
            name,
            sample,
            words,
        }
    }

    /// Returns all of them, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        LanguageId::ALL.into_iter().map(Self::of)
    }

    /// Returns which language it is.
    pub const fn id(&self) -> LanguageId {
        self.id
    }

    /// Returns its tag (BCP 47).
    pub const fn tag(&self) -> &'static str {
        self.id.tag()
    }

    /// Returns its names: in itself and in English.
    pub const fn names(&self) -> [&'static str; 2] {
        [self.own_name, self.name]
    }

    /// Returns its name in itself, or in English where this system may lack the fonts for it.
    pub(crate) const fn drawable_name(&self) -> &'static str {
        if self.sample.is_empty() {
            self.own_name
        } else {
            self.name
        }
    }

    /// Says that no font on this machine has its characters, and what brings one. In English, which can be drawn.
    pub(crate) fn no_font(&self) -> [String; 2] {
        [
            format!("No font on this system has the characters of {}", self.name),
            "Install the package fonts-noto-cjk (Debian, Ubuntu), google-noto-sans-cjk-fonts (Fedora, openSUSE) or \
             noto-fonts-cjk (Arch), then start Bothends again."
                .to_owned(),
        ]
    }

    /// Returns what leads back to English, in English.
    pub(crate) const fn back() -> &'static str {
        "Show in English"
    }

    fn fits(&self, locale: &str) -> bool {
        let parts: Vec<String> = locale
            .split(['-', '_', '.', '@'])
            .map(str::to_lowercase)
            .collect();
        let has = |part: &str| parts[1..].iter().any(|it| it == part);
        match self.id {
            // Other regions and scripts read other characters.
            LanguageId::Chinese => {
                let is_traditional = ["hant", "tw", "hk", "mo"].iter().any(|it| has(it));
                parts[0] == "zh" && (has("hans") || !is_traditional)
            }
            _ => self.tag().split('-').next() == Some(parts[0].as_str()),
        }
    }
}

/// Returns the language that is chosen; `locales` are those of the user, as the system has them, the preferred one first.
///
/// Of the system's, the first that is spoken here counts, and English where none is.
pub fn spoken<'a>(choice: LanguageChoice, locales: impl IntoIterator<Item = &'a str>) -> Spoken {
    let fitting = |locale| Spoken::all().find(|it| it.fits(locale));
    match choice {
        LanguageChoice::Of(id) => Spoken::of(id),
        LanguageChoice::System => (locales.into_iter().find_map(fitting))
            .unwrap_or_else(|| Spoken::of(LanguageId::English)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_users_languages_that_is_spoken_counts() {
        let check = |locales: &[&str], tag: &str| {
            let found = spoken(LanguageChoice::System, locales.iter().copied());
            assert_eq!(found.tag(), tag, "{locales:?}");
        };
        check(&[], "en");
        check(&["C"], "en");
        check(&["POSIX", "C.UTF-8"], "en");
        check(&["de-AT"], "de");
        check(&["nl-BE", "fr-BE", "en"], "fr");
        check(&["pt"], "pt-BR");
        check(&["pt_PT.UTF-8"], "pt-BR");
        check(&["zh-CN"], "zh-Hans");
        check(&["zh"], "zh-Hans");
        check(&["zh-Hans-HK"], "zh-Hans");
        check(&["zh-TW", "ja"], "ja");
        check(&["zh-Hant-TW"], "en");
        check(&["JA"], "ja");
        check(&["es-419", "en-US"], "es");
        check(&["eng"], "en");
        check(&["dev"], "en");
    }

    #[test]
    fn a_chosen_language_wins_over_the_systems() {
        let found = spoken(LanguageChoice::Of(LanguageId::Japanese), ["de"]);
        assert_eq!(found.tag(), "ja");
        assert!(std::ptr::eq(found.words, &raw const JAPANESE));
    }

    #[test]
    fn no_two_languages_share_a_name_or_their_words() {
        for it in Spoken::all() {
            for other in Spoken::all().filter(|other| other.id != it.id) {
                assert_ne!(it.own_name, other.own_name);
                assert_ne!(it.name, other.name);
                assert!(!std::ptr::eq(it.words, other.words), "{}", it.name);
            }
        }
    }
}
