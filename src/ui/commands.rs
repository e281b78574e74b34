//! The commands of the window: one table that menus, buttons, keys, the list of commands and F1 read.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::key_text::written;
use super::{Action, Cx, Wish};
use crate::capture::EndpointState;
use crate::export::code::CodeForm;
use crate::model::EndpointModel;
use crate::net::EndpointId;
use crate::words::{Language, Menus};
use crate::workspace::{EndpointKind, LanguageChoice, ThemeChoice, TimelineAs};

/// Where a command stands in the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Menu {
    File,
    Edit,
    Endpoint,
    View,
    /// The languages, inside of the view's.
    Language,
    Help,
}

impl Menu {
    /// Those of the bar, from the left.
    pub(super) const ALL: [Self; 5] = [
        Self::File,
        Self::Edit,
        Self::Endpoint,
        Self::View,
        Self::Help,
    ];

    /// Returns its name.
    pub(super) fn name(self, words: &Language) -> &'static str {
        let words = &words.menus;
        match self {
            Self::File => words.file,
            Self::Edit => words.edit,
            Self::Endpoint => words.endpoint,
            Self::View => words.view,
            Self::Language => words.language,
            Self::Help => words.help,
        }
    }
}

/// Something that the user can have done, wherever it is asked for.
pub(super) struct Command {
    /// Its menu.
    pub(super) menu: Menu,
    /// The part of the menu, counted from the top; a line parts it from the next one.
    pub(super) part: u8,
    label: fn(&Menus) -> &'static str,
    why: Option<fn(&Menus) -> &'static str>,
    key: Option<KeyboardShortcut>,
    is_possible: fn(&Cx<'_>) -> bool,
    needs: Option<fn(&Menus) -> &'static str>,
    /// Whether what it switches is on, if it switches something.
    is_on: Option<fn(&Cx<'_>) -> bool>,
    request: fn(&Cx<'_>),
    /// The language that it chooses, if it chooses one.
    pub(super) language: Option<LanguageChoice>,
}

impl Command {
    const fn new(
        menu: Menu,
        part: u8,
        label: fn(&Menus) -> &'static str,
        request: fn(&Cx<'_>),
    ) -> Self {
        Self {
            menu,
            part,
            label,
            why: None,
            key: None,
            is_possible: |_| true,
            needs: None,
            is_on: None,
            request,
            language: None,
        }
    }

    const fn key(mut self, modifiers: Modifiers, key: Key) -> Self {
        self.key = Some(KeyboardShortcut::new(modifiers, key));
        self
    }

    const fn explained(mut self, why: fn(&Menus) -> &'static str) -> Self {
        self.why = Some(why);
        self
    }

    const fn possible(mut self, is_possible: fn(&Cx<'_>) -> bool) -> Self {
        self.is_possible = is_possible;
        self
    }

    const fn needing(mut self, needs: fn(&Menus) -> &'static str) -> Self {
        self.needs = Some(needs);
        self
    }

    const fn on(mut self, is_on: fn(&Cx<'_>) -> bool) -> Self {
        self.is_on = Some(is_on);
        self
    }

    const fn choosing(mut self, language: LanguageChoice) -> Self {
        self.language = Some(language);
        self
    }

    /// Returns what it is called.
    pub(super) fn label(&self, words: &Language) -> &'static str {
        (self.label)(&words.menus)
    }

    /// Returns its key as this system and a language write it, or nothing.
    pub(super) fn key_text(&self, ui: &Ui, words: &Language) -> String {
        let written = |key| written(ui, words, key);
        self.key.map_or_else(String::new, written)
    }

    /// Returns what it does, where its name does not say it.
    pub(super) fn why(&self, words: &Language) -> Option<&'static str> {
        Some((self.why?)(&words.menus))
    }

    /// Returns its tooltip: what it does, with its key.
    pub(super) fn hover(&self, ui: &Ui, words: &Language) -> String {
        let does = self.why.unwrap_or(self.label)(&words.menus);
        match self.key {
            Some(key) => words.menus.with_key(does, &written(ui, words, key)),
            None => does.to_owned(),
        }
    }

    /// Returns whether it can be done now.
    pub(super) fn is_possible(&self, cx: &Cx<'_>) -> bool {
        (self.is_possible)(cx)
    }

    /// Returns what it needs to be possible, or what keeps it from being so.
    pub(super) fn needs(&self, words: &Language) -> Option<&'static str> {
        Some((self.needs?)(&words.menus))
    }

    /// Returns whether what it switches is on; `None` if it is no switch.
    pub(super) fn is_on(&self, cx: &Cx<'_>) -> Option<bool> {
        self.is_on.map(|is_on| is_on(cx))
    }

    /// Has it done, if it is possible.
    pub(super) fn request(&self, cx: &Cx<'_>) {
        if self.is_possible(cx) {
            (self.request)(cx);
        }
    }
}

/// Has the commands done whose keys were pressed.
pub(super) fn take_keys(ui: &Ui, cx: &Cx<'_>) {
    for (command, key) in keys() {
        if ui.input_mut(|input| input.consume_shortcut(&key)) {
            command.request(cx);
        }
    }
}

/// Returns the commands that have keys. A longer key comes before a shorter one that it contains: the shorter one would
/// take it as its own.
fn keys() -> impl Iterator<Item = (&'static Command, KeyboardShortcut)> {
    [true, false].into_iter().flat_map(|is_longer| {
        let keys = ALL
            .iter()
            .filter_map(|command| Some((*command, command.key?)));
        keys.filter(move |(_, key)| (key.modifiers.shift || key.modifiers.alt) == is_longer)
    })
}

const COMMAND: Modifiers = Modifiers::COMMAND;
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const COMMAND_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);
const NONE: Modifiers = Modifiers::NONE;

pub(super) static NEW_DOCUMENT: Command = Command::new(
    Menu::File,
    0,
    |it| it.new_document,
    |cx| cx.push(Action::NewDocument),
)
.key(COMMAND, Key::N);
pub(super) static NEW_FROM_PRESET: Command = Command::new(
    Menu::File,
    0,
    |it| it.new_from_preset,
    |cx| cx.wish(Wish::Presets),
)
.explained(|it| it.new_from_preset_why);
pub(super) static OPEN: Command =
    Command::new(Menu::File, 0, |it| it.open, |cx| cx.push(Action::AskOpen))
        .explained(|it| it.open_why)
        .key(COMMAND, Key::O);
pub(super) static SAVE: Command = Command::new(
    Menu::File,
    0,
    |it| it.save,
    |cx| cx.push(Action::SaveDocument),
)
.explained(|it| it.save_why)
.key(COMMAND, Key::S);
pub(super) static SAVE_AS: Command = Command::new(
    Menu::File,
    0,
    |it| it.save_as,
    |cx| cx.push(Action::AskSaveAs),
)
.explained(|it| it.save_as_why)
.key(COMMAND_SHIFT, Key::S);
pub(super) static APPROVE: Command = Command::new(
    Menu::File,
    0,
    |it| it.approve,
    |cx| cx.push(Action::ApproveDocument),
)
.explained(|it| it.approve_why)
.needing(|it| it.needs_unapproved)
.possible(|cx| !cx.document.is_approved);
pub(super) static SESSIONS: Command = Command::new(
    Menu::File,
    1,
    |it| it.sessions,
    |cx| cx.wish(Wish::Sessions),
)
.explained(|it| it.sessions_why)
.key(COMMAND_SHIFT, Key::O);
pub(super) static SAVE_SESSION: Command = Command::new(
    Menu::File,
    1,
    |it| it.save_session,
    |cx| cx.wish(Wish::SaveSession),
)
.explained(|it| it.save_session_why)
.key(COMMAND_ALT, Key::S);
pub(super) static IMPORT: Command = Command::new(
    Menu::File,
    1,
    |it| it.import,
    |cx| cx.push(Action::AskImport),
)
.explained(|it| it.import_why);
pub(super) static EXPORT: Command =
    Command::new(Menu::File, 1, |it| it.export, |cx| cx.wish(Wish::Export)).key(COMMAND, Key::E);
pub(super) static RECORDING: Command = Command::new(
    Menu::File,
    2,
    |it| it.recording,
    |cx| cx.wish(Wish::Recording),
);
pub(super) static QUIT: Command =
    Command::new(Menu::File, 3, |it| it.quit, |cx| cx.push(Action::Close)).key(COMMAND, Key::Q);

pub(super) static FIND: Command = Command::new(
    Menu::Edit,
    0,
    |it| it.find,
    |cx| cx.wish(Wish::Find(FindStep::Field)),
)
.key(COMMAND, Key::F);
pub(super) static FIND_NEXT: Command = Command::new(
    Menu::Edit,
    0,
    |it| it.find_next,
    |cx| cx.wish(Wish::Find(FindStep::Next)),
)
.key(NONE, Key::F3);
pub(super) static FIND_PREVIOUS: Command = Command::new(
    Menu::Edit,
    0,
    |it| it.find_previous,
    |cx| cx.wish(Wish::Find(FindStep::Previous)),
)
.key(Modifiers::SHIFT, Key::F3);
pub(super) static SEND: Command =
    Command::new(Menu::Edit, 1, |it| it.send, |cx| cx.wish(Wish::Send)).key(COMMAND, Key::Enter);
pub(super) static HISTORY: Command =
    Command::new(Menu::Edit, 1, |it| it.history, |cx| cx.wish(Wish::History)).key(COMMAND, Key::R);
pub(super) static STOP_REPEATING: Command = Command::new(
    Menu::Edit,
    1,
    |it| it.stop_repeating,
    |cx| cx.push(Action::StopRepeating),
)
.needing(|it| it.needs_repeating)
.possible(|cx| cx.is_repeating());

pub(super) static STOP_EVERYTHING: Command = Command::new(
    Menu::Edit,
    1,
    |it| it.stop_everything,
    |cx| cx.push(Action::StopEverything),
)
.explained(|it| it.stop_everything_why)
.key(COMMAND, Key::Period)
.needing(|it| it.needs_acting)
.possible(|cx| cx.acts_by_itself());

pub(super) static ADD_SERVER: Command = Command::new(
    Menu::Endpoint,
    0,
    |it| it.add_server,
    |cx| cx.push(Action::AddServer),
)
.key(COMMAND_SHIFT, Key::N);
pub(super) static ADD_CLIENT: Command = Command::new(
    Menu::Endpoint,
    0,
    |it| it.add_client,
    |cx| cx.push(Action::AddClient),
)
.key(COMMAND_SHIFT, Key::M);
pub(super) static DUPLICATE: Command = Command::new(
    Menu::Endpoint,
    1,
    |it| it.duplicate,
    |cx| cx.extend(cx.chosen.map(Action::Duplicate)),
)
.key(COMMAND, Key::D)
.needing(|it| it.needs_endpoint)
.possible(|cx| cx.chosen.is_some());
pub(super) static MOVE_UP: Command = Command::new(
    Menu::Endpoint,
    1,
    |it| it.move_up,
    |cx| cx.extend(cx.chosen.map(|id| Action::Move(id, -1))),
)
.needing(|it| it.needs_endpoint_above)
.possible(|cx| place_of_chosen(cx).is_some_and(|place| place > 0));
pub(super) static MOVE_DOWN: Command = Command::new(
    Menu::Endpoint,
    1,
    |it| it.move_down,
    |cx| cx.extend(cx.chosen.map(|id| Action::Move(id, 1))),
)
.needing(|it| it.needs_endpoint_below)
.possible(|cx| place_of_chosen(cx).is_some_and(|place| place + 1 < cx.document.endpoints.len()));
pub(super) static REMOVE: Command = Command::new(
    Menu::Endpoint,
    1,
    |it| it.remove,
    |cx| cx.extend(cx.chosen.map(Action::Remove)),
)
.needing(|it| it.needs_endpoint)
.explained(|it| it.remove_why)
.possible(|cx| cx.chosen.is_some());
pub(super) static RULES: Command =
    Command::new(Menu::Endpoint, 2, |it| it.rules, |cx| cx.wish(Wish::Rules))
        .explained(|it| it.rules_why)
        .needing(|it| it.needs_endpoint)
        .possible(|cx| cx.chosen.is_some());
pub(super) static ADD_RULE: Command = Command::new(
    Menu::Endpoint,
    2,
    |it| it.add_rule,
    |cx| cx.wish(Wish::AddRule),
)
.explained(|it| it.add_rule_why)
.needing(|it| it.needs_endpoint)
.possible(|cx| cx.chosen.is_some());
pub(super) static RULES_ON: Command = Command::new(
    Menu::Endpoint,
    2,
    |it| it.rules_on,
    |cx| cx.extend(switch_all(cx, true)),
)
.needing(|it| it.needs_rule_off)
.possible(|cx| has_rules(cx, false));
pub(super) static RULES_OFF: Command = Command::new(
    Menu::Endpoint,
    2,
    |it| it.rules_off,
    |cx| cx.extend(switch_all(cx, false)),
)
.needing(|it| it.needs_rule_on)
.possible(|cx| has_rules(cx, true));
pub(super) static START: Command = Command::new(
    Menu::Endpoint,
    3,
    |it| it.start,
    |cx| cx.extend(cx.chosen.and_then(|id| start_of(cx, id))),
)
.explained(|it| it.start_why)
.key(NONE, Key::F5)
.needing(|it| it.needs_stopped)
.possible(|cx| cx.chosen.is_some_and(|id| start_of(cx, id).is_some()));
pub(super) static STOP: Command = Command::new(
    Menu::Endpoint,
    3,
    |it| it.stop,
    |cx| cx.extend(cx.chosen.and_then(|id| stop_of(cx, id))),
)
.explained(|it| it.stop_why)
.key(Modifiers::SHIFT, Key::F5)
.needing(|it| it.needs_running)
.possible(|cx| cx.chosen.is_some_and(|id| stop_of(cx, id).is_some()));
pub(super) static START_ALL: Command = Command::new(
    Menu::Endpoint,
    3,
    |it| it.start_all,
    |cx| cx.extend(servers_to_start(cx)),
)
.needing(|it| it.needs_stopped_server)
.possible(|cx| servers_to_start(cx).next().is_some());
pub(super) static STOP_ALL: Command = Command::new(
    Menu::Endpoint,
    3,
    |it| it.stop_all,
    |cx| cx.extend(endpoints_to_stop(cx)),
)
.needing(|it| it.needs_any_running)
.possible(|cx| endpoints_to_stop(cx).next().is_some());
pub(super) static COPY_PYTHON: Command = Command::new(
    Menu::Endpoint,
    3,
    |it| it.copy_python,
    |cx| cx.extend(cx.chosen.map(|id| Action::CopyCode(id, CodeForm::Python))),
)
.explained(|it| it.copy_python_why)
.needing(|it| it.needs_endpoint)
.possible(|cx| cx.chosen.is_some());
pub(super) static COPY_NCAT: Command = Command::new(
    Menu::Endpoint,
    3,
    |it| it.copy_ncat,
    |cx| cx.extend(cx.chosen.map(|id| Action::CopyCode(id, CodeForm::Ncat))),
)
.explained(|it| it.copy_ncat_why)
.needing(|it| it.needs_endpoint)
.possible(|cx| cx.chosen.is_some());
pub(super) static LOG_KEYS: Command = Command::new(
    Menu::Endpoint,
    3,
    |it| it.log_keys,
    |cx| cx.push(Action::LogKeys(cx.key_log.is_none())),
)
.explained(|it| it.log_keys_why)
.possible(|cx| cx.key_log.is_some() || cx.authority.is_some())
.on(|cx| cx.key_log.is_some());

pub(super) static ROWS: Command = Command::new(
    Menu::View,
    0,
    |it| it.rows,
    |cx| cx.push(Action::ShowTimelineAs(TimelineAs::Rows)),
)
.explained(|it| it.rows_why)
.on(|cx| cx.preferences.timeline_as == TimelineAs::Rows);
pub(super) static FRAMES: Command = Command::new(
    Menu::View,
    1,
    |it| it.frames,
    |cx| cx.push(Action::ShowFrames(!cx.shows_frames)),
)
.on(|cx| cx.shows_frames);
pub(super) static LANES: Command = Command::new(
    Menu::View,
    0,
    |it| it.lanes,
    |cx| cx.push(Action::ShowTimelineAs(other_form(cx))),
)
.explained(|it| it.lanes_why)
.key(COMMAND_SHIFT, Key::L)
.on(|cx| cx.preferences.timeline_as == TimelineAs::Lanes);
pub(super) static LIFECYCLE: Command = Command::new(
    Menu::View,
    0,
    |it| it.lifecycle,
    |cx| {
        let is_shown = cx.preferences.timeline_as == TimelineAs::Lifecycle;
        let form = if is_shown {
            TimelineAs::Rows
        } else {
            TimelineAs::Lifecycle
        };
        cx.push(Action::ShowTimelineAs(form));
    },
)
.explained(|it| it.lifecycle_why)
.key(COMMAND_SHIFT, Key::H)
.on(|cx| cx.preferences.timeline_as == TimelineAs::Lifecycle);
pub(super) static PLOT: Command = Command::new(
    Menu::View,
    1,
    |it| it.plot,
    |cx| cx.push(Action::TogglePlot),
)
.on(|cx| cx.timeline.plot.is_shown);
pub(super) static INSPECTOR: Command = Command::new(
    Menu::View,
    1,
    |it| it.inspector,
    |cx| cx.wish(Wish::ToggleInspector),
)
.explained(|it| it.inspector_why)
.key(COMMAND, Key::I)
.on(|cx| cx.shows_inspector);
pub(super) static WHY_NOT: Command =
    Command::new(Menu::View, 1, |it| it.why_not, |cx| cx.wish(Wish::WhyNot))
        .explained(|it| it.why_not_why);
pub(super) static CLEAR_VIEW: Command = Command::new(
    Menu::View,
    2,
    |it| it.clear_view,
    |cx| cx.push(Action::ClearView),
)
.key(COMMAND, Key::L);
pub(super) static UNDO_CLEAR: Command = Command::new(
    Menu::View,
    2,
    |it| it.undo_clear,
    |cx| cx.push(Action::UndoClearView),
)
.needing(|it| it.needs_cleared)
.possible(|cx| cx.timeline.is_cleared());
pub(super) static SYSTEM: Command = Command::new(
    Menu::View,
    3,
    |it| it.system,
    |cx| cx.push(Action::SetTheme(ThemeChoice::System)),
)
.on(|cx| cx.preferences.theme == ThemeChoice::System);
pub(super) static DARK: Command = Command::new(
    Menu::View,
    3,
    |it| it.dark,
    |cx| cx.push(Action::SetTheme(ThemeChoice::Dark)),
)
.on(|cx| cx.preferences.theme == ThemeChoice::Dark);
pub(super) static LIGHT: Command = Command::new(
    Menu::View,
    3,
    |it| it.light,
    |cx| cx.push(Action::SetTheme(ThemeChoice::Light)),
)
.on(|cx| cx.preferences.theme == ThemeChoice::Light);
pub(super) static ZOOM_IN: Command = Command::new(
    Menu::View,
    4,
    |it| it.zoom_in,
    |cx| cx.wish(Wish::Zoom(Zoom::In)),
)
.key(COMMAND, Key::Plus);
pub(super) static ZOOM_OUT: Command = Command::new(
    Menu::View,
    4,
    |it| it.zoom_out,
    |cx| cx.wish(Wish::Zoom(Zoom::Out)),
)
.key(COMMAND, Key::Minus);
pub(super) static ZOOM_RESET: Command = Command::new(
    Menu::View,
    4,
    |it| it.zoom_reset,
    |cx| cx.wish(Wish::Zoom(Zoom::Reset)),
)
.key(COMMAND, Key::Num0);
pub(super) static NEXT_PANE: Command = Command::new(
    Menu::View,
    5,
    |it| it.next_pane,
    |cx| cx.wish(Wish::Pane { forward: true }),
)
.key(NONE, Key::F6);
pub(super) static PREVIOUS_PANE: Command = Command::new(
    Menu::View,
    5,
    |it| it.previous_pane,
    |cx| cx.wish(Wish::Pane { forward: false }),
)
.key(Modifiers::SHIFT, Key::F6);

pub(super) static SPEAK_SYSTEM: Command = Command::new(
    Menu::Language,
    0,
    |it| it.system_language,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::System)),
)
.on(|cx| cx.preferences.language == LanguageChoice::System)
.choosing(LanguageChoice::System)
.explained(|it| it.system_language_why);
pub(super) static SPEAK_ENGLISH: Command = Command::new(
    Menu::Language,
    1,
    |it| it.english,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::English)),
)
.on(|cx| cx.preferences.language == LanguageChoice::English)
.choosing(LanguageChoice::English);
pub(super) static SPEAK_GERMAN: Command = Command::new(
    Menu::Language,
    1,
    |it| it.german,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::German)),
)
.on(|cx| cx.preferences.language == LanguageChoice::German)
.choosing(LanguageChoice::German);
pub(super) static SPEAK_SPANISH: Command = Command::new(
    Menu::Language,
    1,
    |it| it.spanish,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::Spanish)),
)
.on(|cx| cx.preferences.language == LanguageChoice::Spanish)
.choosing(LanguageChoice::Spanish);
pub(super) static SPEAK_FRENCH: Command = Command::new(
    Menu::Language,
    1,
    |it| it.french,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::French)),
)
.on(|cx| cx.preferences.language == LanguageChoice::French)
.choosing(LanguageChoice::French);
pub(super) static SPEAK_PORTUGUESE: Command = Command::new(
    Menu::Language,
    1,
    |it| it.portuguese,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::Portuguese)),
)
.on(|cx| cx.preferences.language == LanguageChoice::Portuguese)
.choosing(LanguageChoice::Portuguese);
pub(super) static SPEAK_CHINESE: Command = Command::new(
    Menu::Language,
    1,
    |it| it.chinese,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::Chinese)),
)
.on(|cx| cx.preferences.language == LanguageChoice::Chinese)
.choosing(LanguageChoice::Chinese);
pub(super) static SPEAK_JAPANESE: Command = Command::new(
    Menu::Language,
    1,
    |it| it.japanese,
    |cx| cx.push(Action::SetLanguage(LanguageChoice::Japanese)),
)
.on(|cx| cx.preferences.language == LanguageChoice::Japanese)
.choosing(LanguageChoice::Japanese);

pub(super) static COMMANDS: Command = Command::new(
    Menu::Help,
    0,
    |it| it.commands,
    |cx| cx.wish(Wish::Commands),
)
.key(COMMAND, Key::K);
pub(super) static KEYS: Command =
    Command::new(Menu::Help, 0, |it| it.keys, |cx| cx.wish(Wish::Keys)).key(NONE, Key::F1);
pub(super) static LESSONS: Command =
    Command::new(Menu::Help, 0, |it| it.lessons, |cx| cx.wish(Wish::Lessons))
        .explained(|it| it.lessons_why);
pub(super) static PROBLEMS: Command = Command::new(
    Menu::Help,
    1,
    |it| it.problems,
    |cx| cx.wish(Wish::Problems),
);

pub(super) static ABOUT: Command =
    Command::new(Menu::Help, 2, |it| it.about, |cx| cx.wish(Wish::About));

fn other_form(cx: &Cx<'_>) -> TimelineAs {
    match cx.preferences.timeline_as {
        TimelineAs::Rows | TimelineAs::Lifecycle => TimelineAs::Lanes,
        TimelineAs::Lanes => TimelineAs::Rows,
    }
}

/// All commands in the order of the menus, and within a menu in the order of its items.
pub(super) static ALL: &[&Command] = &[
    &NEW_DOCUMENT,
    &NEW_FROM_PRESET,
    &OPEN,
    &SAVE,
    &SAVE_AS,
    &APPROVE,
    &SESSIONS,
    &SAVE_SESSION,
    &IMPORT,
    &EXPORT,
    &RECORDING,
    &QUIT,
    &FIND,
    &FIND_NEXT,
    &FIND_PREVIOUS,
    &SEND,
    &HISTORY,
    &STOP_REPEATING,
    &STOP_EVERYTHING,
    &ADD_SERVER,
    &ADD_CLIENT,
    &DUPLICATE,
    &MOVE_UP,
    &MOVE_DOWN,
    &REMOVE,
    &RULES,
    &ADD_RULE,
    &RULES_ON,
    &RULES_OFF,
    &START,
    &STOP,
    &START_ALL,
    &STOP_ALL,
    &COPY_PYTHON,
    &COPY_NCAT,
    &LOG_KEYS,
    &ROWS,
    &LANES,
    &LIFECYCLE,
    &FRAMES,
    &PLOT,
    &INSPECTOR,
    &WHY_NOT,
    &CLEAR_VIEW,
    &UNDO_CLEAR,
    &SYSTEM,
    &DARK,
    &LIGHT,
    &ZOOM_IN,
    &ZOOM_OUT,
    &ZOOM_RESET,
    &NEXT_PANE,
    &PREVIOUS_PANE,
    &SPEAK_SYSTEM,
    &SPEAK_ENGLISH,
    &SPEAK_GERMAN,
    &SPEAK_SPANISH,
    &SPEAK_FRENCH,
    &SPEAK_PORTUGUESE,
    &SPEAK_CHINESE,
    &SPEAK_JAPANESE,
    &LESSONS,
    &COMMANDS,
    &KEYS,
    &PROBLEMS,
    &ABOUT,
];

/// A step of the find field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FindStep {
    /// Go to the field.
    Field,
    /// Go to the next match.
    Next,
    /// Go to the previous match.
    Previous,
}

/// A change of the zoom factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zoom {
    In,
    Out,
    Reset,
}

/// Returns the place of the selected endpoint in the document.
fn place_of_chosen(cx: &Cx<'_>) -> Option<usize> {
    let mut endpoints = cx.document.endpoints.iter();
    endpoints.position(|it| Some(it.id) == cx.chosen)
}

/// Returns what starts an endpoint, if it does not run.
pub(super) fn start_of(cx: &Cx<'_>, id: EndpointId) -> Option<Action> {
    let is_idle =
        |it: &EndpointModel| matches!(it.status.state, EndpointState::Idle | EndpointState::Failed);
    cx.endpoints.get(&id).filter(|it| is_idle(it))?;
    Some(match cx.form(id)?.kind {
        EndpointKind::Server(_) => Action::StartServer(id),
        EndpointKind::Client(_) => Action::Connect(id),
    })
}

/// Returns what stops an endpoint, if it runs.
pub(super) fn stop_of(cx: &Cx<'_>, id: EndpointId) -> Option<Action> {
    if start_of(cx, id).is_some() {
        return None;
    }
    Some(match cx.form(id)?.kind {
        EndpointKind::Server(_) => Action::StopServer(id),
        EndpointKind::Client(_) => Action::DisconnectClient(id),
    })
}

/// Returns whether the selected endpoint has rules that are on, or off.
fn has_rules(cx: &Cx<'_>, is_on: bool) -> bool {
    let form = cx.chosen.and_then(|id| cx.form(id));
    let rules = form.map(|it| &it.kind.behaviour().rules.rules);
    rules.is_some_and(|rules| rules.iter().any(|it| it.is_on == is_on))
}

/// Returns what switches all rules of the selected endpoint on or off.
fn switch_all(cx: &Cx<'_>, is_on: bool) -> Option<Action> {
    let form = cx.form(cx.chosen?)?;
    let mut edited = form.kind.clone();
    for rule in &mut edited.behaviour_mut().rules.rules {
        rule.is_on = is_on;
    }
    Some(Action::Edit(form.id, Box::new(edited)))
}

fn servers_to_start(cx: &Cx<'_>) -> impl Iterator<Item = Action> {
    let forms = cx.document.endpoints.iter();
    let started = forms.filter_map(|form| start_of(cx, form.id));
    started.filter(|action| matches!(action, Action::StartServer(_)))
}

fn endpoints_to_stop(cx: &Cx<'_>) -> impl Iterator<Item = Action> {
    let forms = cx.document.endpoints.iter();
    forms.filter_map(|form| stop_of(cx, form.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn no_key_does_two_things() {
        for (index, one) in ALL.iter().enumerate() {
            for other in ALL[index + 1..].iter().filter(|it| it.key.is_some()) {
                let labels = (one.label(&ENGLISH), other.label(&ENGLISH));
                assert_ne!(one.key, other.key, "{labels:?}");
            }
        }
    }

    #[test]
    fn a_longer_key_is_looked_for_before_the_shorter_one_that_it_contains() {
        let keys: Vec<_> = keys().collect();
        assert_eq!(keys.len(), ALL.iter().filter(|it| it.key.is_some()).count());
        for (index, (_, one)) in keys.iter().enumerate() {
            for (later, key) in &keys[index + 1..] {
                let is_longer =
                    key.modifiers.contains(one.modifiers) && key.modifiers != one.modifiers;
                let is_late = one.logical_key == key.logical_key && is_longer;
                assert!(!is_late, "{} comes too late", later.label(&ENGLISH));
            }
        }
    }

    #[test]
    fn no_two_commands_have_one_name() {
        for (index, one) in ALL.iter().enumerate() {
            for other in &ALL[index + 1..] {
                assert_ne!(one.label(&ENGLISH), other.label(&ENGLISH));
            }
        }
    }

    #[test]
    fn the_items_of_a_menu_stand_together_and_its_parts_in_order() {
        let places = ALL.iter().map(|it| (it.menu as u8, it.part));
        assert!(places.is_sorted());
    }
}
