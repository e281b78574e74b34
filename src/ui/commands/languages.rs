//! The commands that choose the language of the window: that of the system, and one for each that it speaks.

use super::{Menu, WindowCommand};
use crate::ui::Action;
use crate::workspace::{LanguageChoice, LanguageId};

pub(super) static SYSTEM_LANGUAGE: WindowCommand = WindowCommand::new(
    Menu::Language,
    0,
    |it| it.system_language,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::System)),
)
.on(|cx| cx.preferences.language == LanguageChoice::System)
.explained(|it| it.system_language_why);

pub(super) static LANGUAGES: [WindowCommand; LanguageId::ALL.len()] = {
    let mut commands =
        [const { WindowCommand::speaking(LanguageId::English) }; LanguageId::ALL.len()];
    let mut place = 0;
    while place < commands.len() {
        commands[place] = WindowCommand::speaking(LanguageId::ALL[place]);
        place += 1;
    }
    commands
};
