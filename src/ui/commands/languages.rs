//! The commands that choose the language of the window: that of the system, and one for each that it speaks.

use super::{Command, Menu};
use crate::ui::Action;
use crate::workspace::{LanguageChoice, LanguageId};

pub(super) static SYSTEM_LANGUAGE: Command = Command::new(
    Menu::Language,
    0,
    |it| it.system_language,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::System)),
)
.on(|cx| cx.preferences.language == LanguageChoice::System)
.explained(|it| it.system_language_why);

pub(super) static LANGUAGES: [Command; LanguageId::ALL.len()] = {
    let mut commands = [const { Command::speaking(LanguageId::English) }; LanguageId::ALL.len()];
    let mut place = 0;
    while place < commands.len() {
        commands[place] = Command::speaking(LanguageId::ALL[place]);
        place += 1;
    }
    commands
};
