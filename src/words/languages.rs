//! The languages that the window speaks, and which of them a person means.

use super::{CHINESE, ENGLISH, FRENCH, GERMAN, JAPANESE, Language, PORTUGUESE, SPANISH};
use crate::workspace::LanguageChoice;

/// A language that the window speaks.
#[derive(Debug)]
pub struct Spoken {
    /// How it is chosen.
    pub choice: LanguageChoice,
    /// Its tag (BCP 47).
    pub tag: &'static str,
    /// Its name in itself.
    pub own_name: &'static str,
    /// Its name in English.
    name: &'static str,
    /// Characters that its fonts have; none where the program brings them.
    pub sample: &'static str,
    /// All that it says.
    pub words: &'static Language,
}

/// All of them, English first.
pub(crate) static SPOKEN: [Spoken; 7] = [
    Spoken {
        choice: LanguageChoice::English,
        tag: "en",
        own_name: "English",
        name: "English",
        sample: "",
        words: &ENGLISH,
    },
    Spoken {
        choice: LanguageChoice::German,
        tag: "de",
        own_name: "Deutsch",
        name: "German",
        sample: "",
        words: &GERMAN,
    },
    Spoken {
        choice: LanguageChoice::Spanish,
        tag: "es",
        own_name: "Español",
        name: "Spanish",
        sample: "",
        words: &SPANISH,
    },
    Spoken {
        choice: LanguageChoice::French,
        tag: "fr",
        own_name: "Français",
        name: "French",
        sample: "",
        words: &FRENCH,
    },
    Spoken {
        choice: LanguageChoice::Portuguese,
        tag: "pt-BR",
        own_name: "Português (Brasil)",
        name: "Portuguese",
        sample: "",
        words: &PORTUGUESE,
    },
    Spoken {
        choice: LanguageChoice::Chinese,
        tag: "zh-Hans",
        own_name: "简体中文",
        name: "Chinese",
        sample: "连接发送",
        words: &CHINESE,
    },
    Spoken {
        choice: LanguageChoice::Japanese,
        tag: "ja",
        own_name: "日本語",
        name: "Japanese",
        sample: "接続をする",
        words: &JAPANESE,
    },
];

impl Spoken {
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
        match self.choice {
            // Other regions and scripts read other characters.
            LanguageChoice::Chinese => {
                let is_traditional = ["hant", "tw", "hk", "mo"].iter().any(|it| has(it));
                parts[0] == "zh" && (has("hans") || !is_traditional)
            }
            _ => self.tag.split('-').next() == Some(parts[0].as_str()),
        }
    }
}

/// Returns the language that is chosen; `locales` are those of the user, as the system has them, the preferred one first.
///
/// Of the system's, the first that is spoken here counts, and English where none is.
pub fn spoken<'a>(
    choice: LanguageChoice,
    locales: impl IntoIterator<Item = &'a str>,
) -> &'static Spoken {
    let found = match choice {
        LanguageChoice::System => locales
            .into_iter()
            .find_map(|locale| SPOKEN.iter().find(|it| it.fits(locale))),
        _ => SPOKEN.iter().find(|it| it.choice == choice),
    };
    found.unwrap_or(&SPOKEN[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_users_languages_that_is_spoken_counts() {
        let check = |locales: &[&str], tag: &str| {
            let found = spoken(LanguageChoice::System, locales.iter().copied());
            assert_eq!(found.tag, tag, "{locales:?}");
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
        let found = spoken(LanguageChoice::Japanese, ["de"]);
        assert_eq!(found.tag, "ja");
        assert!(std::ptr::eq(found.words, &raw const JAPANESE));
    }

    #[test]
    fn each_language_can_be_chosen() {
        for it in &SPOKEN {
            assert!(std::ptr::eq(spoken(it.choice, []), it), "{}", it.tag);
        }
    }
}
