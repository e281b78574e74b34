//! The languages of the window, and which of them is chosen.

use serde::{Deserialize, Serialize};

/// Declares the languages, each with its tag, and what servers and clients are called in it until somebody names them:
/// that stands in documents. What is said in a language is in `words`, where the compiler asks for it.
macro_rules! languages {
    ($($(#[$about:meta])* $name:ident = $tag:literal, $server:literal, $client:literal;)+) => {
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

            /// Returns what a server is called, with a number behind it, until somebody names it.
            pub const fn server_name(self) -> &'static str {
                match self {
                    $(Self::$name => $server,)+
                }
            }

            /// Returns what a client is called, with a number behind it, until somebody names it.
            pub const fn client_name(self) -> &'static str {
                match self {
                    $(Self::$name => $client,)+
                }
            }
        }
    };
}

languages! {
    /// English.
    English = "en", "Server", "Client";
    /// German.
    German = "de", "Server", "Client";
    /// Spanish.
    Spanish = "es", "Servidor", "Cliente";
    /// French.
    French = "fr", "Serveur", "Client";
    /// Portuguese as in Brazil.
    Portuguese = "pt-BR", "Servidor", "Cliente";
    /// Chinese in simplified characters.
    Chinese = "zh-Hans", "服务器", "客户端";
    /// Japanese.
    Japanese = "ja", "サーバー", "クライアント";
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
