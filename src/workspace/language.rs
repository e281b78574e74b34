//! The languages of the window, and which of them is chosen.

use serde::{Deserialize, Serialize};

/// Declares the languages, each with its tag. What is said in one is in `words`, where the compiler asks for it.
macro_rules! languages {
    ($($(#[$about:meta])* $name:ident = $tag:literal;)+) => {
        /// A language of the window.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum LanguageId {
            $($(#[$about])* #[serde(rename = $tag)] $name,)+
        }

        impl LanguageId {
            /// All of them, in the order in which they are offered.
            pub const ALL: [Self; [$($tag),+].len()] = [$(Self::$name),+];

            /// Returns its tag (BCP 47), which is its name in the preferences.
            pub const fn tag(self) -> &'static str {
                match self {
                    $(Self::$name => $tag,)+
                }
            }
        }
    };
}

languages! {
    /// English.
    English = "en";
    /// German.
    German = "de";
    /// Spanish.
    Spanish = "es";
    /// French.
    French = "fr";
    /// Portuguese as in Brazil.
    Portuguese = "pt-BR";
    /// Chinese in simplified characters.
    Chinese = "zh-Hans";
    /// Japanese.
    Japanese = "ja";
}

/// Which language the window speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LanguageChoice {
    /// The first of the user's languages, as the system has them, that the program speaks; else English.
    #[default]
    #[serde(rename = "system")]
    System,
    /// This one.
    #[serde(untagged)]
    Of(LanguageId),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Preferences;

    #[test]
    fn a_choice_is_written_as_its_tag_and_read_again() {
        let named = LanguageId::ALL.map(|it| (LanguageChoice::Of(it), it.tag()));
        for (choice, name) in named
            .into_iter()
            .chain([(LanguageChoice::System, "system")])
        {
            let line = format!("language = \"{name}\"");
            let read: Preferences = toml::from_str(&line).unwrap();
            assert_eq!(read.language, choice, "{line}");
            let written = toml::to_string(&read).unwrap();
            assert!(written.lines().any(|it| it == line), "{written}");
        }
        assert!(toml::from_str::<Preferences>("language = \"eo\"").is_err());
    }
}
