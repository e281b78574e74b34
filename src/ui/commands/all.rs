//! The commands themselves, as the menus list them.

use egui::{Key, Modifiers};

use super::{Menu, WindowCommand, start_of, stop_of};
use crate::export::code::CodeForm;
use crate::ui::wish::{FindStep, Zoom};
use crate::ui::{Action, Cx, Wish};
use crate::workspace::{ThemeChoice, TimelineAs};

const COMMAND: Modifiers = Modifiers::COMMAND;
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const COMMAND_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);
const NONE: Modifiers = Modifiers::NONE;

pub(in crate::ui) static NEW_DOCUMENT: WindowCommand = WindowCommand::new(
    Menu::File,
    0,
    |it| it.new_document,
    |cx| cx.push(Action::NewDocument),
)
.key(COMMAND, Key::N);
pub(in crate::ui) static NEW_FROM_PRESET: WindowCommand = WindowCommand::new(
    Menu::File,
    0,
    |it| it.new_from_preset,
    |cx| cx.wish(Wish::Presets),
)
.explained(|it| it.new_from_preset_why);
pub(in crate::ui) static OPEN: WindowCommand =
    WindowCommand::new(Menu::File, 0, |it| it.open, |cx| cx.push(Action::AskOpen))
        .explained(|it| it.open_why)
        .key(COMMAND, Key::O);
pub(in crate::ui) static SAVE: WindowCommand = WindowCommand::new(
    Menu::File,
    0,
    |it| it.save,
    |cx| cx.push(Action::SaveDocument),
)
.explained(|it| it.save_why)
.key(COMMAND, Key::S);
pub(in crate::ui) static SAVE_AS: WindowCommand = WindowCommand::new(
    Menu::File,
    0,
    |it| it.save_as,
    |cx| cx.push(Action::AskSaveAs),
)
.explained(|it| it.save_as_why)
.key(COMMAND_SHIFT, Key::S);
pub(in crate::ui) static APPROVE: WindowCommand = WindowCommand::new(
    Menu::File,
    0,
    |it| it.approve,
    |cx| cx.push(Action::ApproveDocument),
)
.explained(|it| it.approve_why)
.needing(|it| it.needs_unapproved)
.possible(|cx| !cx.document.is_approved);
pub(in crate::ui) static SESSIONS: WindowCommand = WindowCommand::new(
    Menu::File,
    1,
    |it| it.sessions,
    |cx| cx.wish(Wish::Sessions),
)
.explained(|it| it.sessions_why)
.key(COMMAND_SHIFT, Key::O);
pub(in crate::ui) static SAVE_SESSION: WindowCommand = WindowCommand::new(
    Menu::File,
    1,
    |it| it.save_session,
    |cx| cx.wish(Wish::SaveSession),
)
.explained(|it| it.save_session_why)
.key(COMMAND_ALT, Key::S);
pub(in crate::ui) static IMPORT: WindowCommand = WindowCommand::new(
    Menu::File,
    1,
    |it| it.import,
    |cx| cx.push(Action::AskImport),
)
.explained(|it| it.import_why);
pub(in crate::ui) static EXPORT: WindowCommand =
    WindowCommand::new(Menu::File, 1, |it| it.export, |cx| cx.wish(Wish::Export))
        .key(COMMAND, Key::E);
pub(in crate::ui) static RECORDING: WindowCommand = WindowCommand::new(
    Menu::File,
    2,
    |it| it.recording,
    |cx| cx.wish(Wish::Recording),
);
pub(in crate::ui) static QUIT: WindowCommand =
    WindowCommand::new(Menu::File, 3, |it| it.quit, |cx| cx.push(Action::Close))
        .key(COMMAND, Key::Q);

pub(in crate::ui) static FIND: WindowCommand = WindowCommand::new(
    Menu::Edit,
    0,
    |it| it.find,
    |cx| cx.wish(Wish::Find(FindStep::Field)),
)
.key(COMMAND, Key::F);
pub(in crate::ui) static FIND_NEXT: WindowCommand = WindowCommand::new(
    Menu::Edit,
    0,
    |it| it.find_next,
    |cx| cx.wish(Wish::Find(FindStep::Next)),
)
.key(NONE, Key::F3);
pub(in crate::ui) static FIND_PREVIOUS: WindowCommand = WindowCommand::new(
    Menu::Edit,
    0,
    |it| it.find_previous,
    |cx| cx.wish(Wish::Find(FindStep::Previous)),
)
.key(Modifiers::SHIFT, Key::F3);
pub(in crate::ui) static SEND: WindowCommand =
    WindowCommand::new(Menu::Edit, 1, |it| it.send, |cx| cx.wish(Wish::Send))
        .key(COMMAND, Key::Enter);
pub(in crate::ui) static HISTORY: WindowCommand =
    WindowCommand::new(Menu::Edit, 1, |it| it.history, |cx| cx.wish(Wish::History))
        .key(COMMAND, Key::R);
pub(in crate::ui) static STOP_REPEATING: WindowCommand = WindowCommand::new(
    Menu::Edit,
    1,
    |it| it.stop_repeating,
    |cx| cx.push(Action::StopRepeating),
)
.needing(|it| it.needs_repeating)
.possible(|cx| cx.is_repeating());

pub(in crate::ui) static STOP_EVERYTHING: WindowCommand = WindowCommand::new(
    Menu::Edit,
    1,
    |it| it.stop_everything,
    |cx| cx.push(Action::StopEverything),
)
.explained(|it| it.stop_everything_why)
.key(COMMAND, Key::Period)
.needing(|it| it.needs_acting)
.possible(|cx| cx.acts_by_itself());

pub(in crate::ui) static ADD_SERVER: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    0,
    |it| it.add_server,
    |cx| cx.push(Action::AddServer),
)
.key(COMMAND_SHIFT, Key::N);
pub(in crate::ui) static ADD_CLIENT: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    0,
    |it| it.add_client,
    |cx| cx.push(Action::AddClient),
)
.key(COMMAND_SHIFT, Key::M);
pub(in crate::ui) static DUPLICATE: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    1,
    |it| it.duplicate,
    |cx| cx.extend(cx.chosen.map(Action::Duplicate)),
)
.key(COMMAND, Key::D)
.needing(|it| it.needs_endpoint)
.possible(|cx| cx.chosen.is_some());
pub(in crate::ui) static MOVE_UP: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    1,
    |it| it.move_up,
    |cx| cx.extend(cx.chosen.map(|id| Action::Move(id, -1))),
)
.needing(|it| it.needs_endpoint_above)
.possible(|cx| place_of_chosen(cx).is_some_and(|place| place > 0));
pub(in crate::ui) static MOVE_DOWN: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    1,
    |it| it.move_down,
    |cx| cx.extend(cx.chosen.map(|id| Action::Move(id, 1))),
)
.needing(|it| it.needs_endpoint_below)
.possible(|cx| place_of_chosen(cx).is_some_and(|place| place + 1 < cx.document.endpoints.len()));
pub(in crate::ui) static REMOVE: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    1,
    |it| it.remove,
    |cx| cx.extend(cx.chosen.map(Action::Remove)),
)
.needing(|it| it.needs_endpoint)
.explained(|it| it.remove_why)
.possible(|cx| cx.chosen.is_some());
pub(in crate::ui) static RULES: WindowCommand =
    WindowCommand::new(Menu::Endpoint, 2, |it| it.rules, |cx| cx.wish(Wish::Rules))
        .explained(|it| it.rules_why)
        .needing(|it| it.needs_endpoint)
        .possible(|cx| cx.chosen.is_some());
pub(in crate::ui) static ADD_RULE: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    2,
    |it| it.add_rule,
    |cx| cx.wish(Wish::AddRule),
)
.explained(|it| it.add_rule_why)
.needing(|it| it.needs_endpoint)
.possible(|cx| cx.chosen.is_some());
pub(in crate::ui) static RULES_ON: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    2,
    |it| it.rules_on,
    |cx| cx.extend(switch_all(cx, true)),
)
.needing(|it| it.needs_rule_off)
.possible(|cx| has_rules(cx, false));
pub(in crate::ui) static RULES_OFF: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    2,
    |it| it.rules_off,
    |cx| cx.extend(switch_all(cx, false)),
)
.needing(|it| it.needs_rule_on)
.possible(|cx| has_rules(cx, true));
pub(in crate::ui) static START: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    3,
    |it| it.start,
    |cx| cx.extend(cx.chosen.and_then(|id| start_of(cx, id))),
)
.explained(|it| it.start_why)
.key(NONE, Key::F5)
.needing(|it| it.needs_stopped)
.possible(|cx| cx.chosen.is_some_and(|id| start_of(cx, id).is_some()));
pub(in crate::ui) static STOP: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    3,
    |it| it.stop,
    |cx| cx.extend(cx.chosen.and_then(|id| stop_of(cx, id))),
)
.explained(|it| it.stop_why)
.key(Modifiers::SHIFT, Key::F5)
.needing(|it| it.needs_running)
.possible(|cx| cx.chosen.is_some_and(|id| stop_of(cx, id).is_some()));
pub(in crate::ui) static START_ALL: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    3,
    |it| it.start_all,
    |cx| cx.extend(servers_to_start(cx)),
)
.needing(|it| it.needs_stopped_server)
.possible(|cx| servers_to_start(cx).next().is_some());
pub(in crate::ui) static STOP_ALL: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    3,
    |it| it.stop_all,
    |cx| cx.extend(endpoints_to_stop(cx)),
)
.needing(|it| it.needs_any_running)
.possible(|cx| endpoints_to_stop(cx).next().is_some());
pub(in crate::ui) static COPY_PYTHON: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    3,
    |it| it.copy_python,
    |cx| cx.extend(cx.chosen.map(|id| Action::CopyCode(id, CodeForm::Python))),
)
.explained(|it| it.copy_python_why)
.needing(|it| it.needs_endpoint)
.possible(|cx| cx.chosen.is_some());
pub(in crate::ui) static COPY_NCAT: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    3,
    |it| it.copy_ncat,
    |cx| cx.extend(cx.chosen.map(|id| Action::CopyCode(id, CodeForm::Ncat))),
)
.explained(|it| it.copy_ncat_why)
.needing(|it| it.needs_endpoint)
.possible(|cx| cx.chosen.is_some());
pub(in crate::ui) static LOG_KEYS: WindowCommand = WindowCommand::new(
    Menu::Endpoint,
    3,
    |it| it.log_keys,
    |cx| cx.push(Action::LogKeys(cx.key_log.is_none())),
)
.explained(|it| it.log_keys_why)
.possible(|cx| cx.key_log.is_some() || cx.authority.is_some())
.on(|cx| cx.key_log.is_some());

pub(in crate::ui) static ROWS: WindowCommand = WindowCommand::new(
    Menu::View,
    0,
    |it| it.rows,
    |cx| cx.push(Action::ShowTimelineAs(TimelineAs::Rows)),
)
.explained(|it| it.rows_why)
.on(|cx| cx.preferences.timeline_as == TimelineAs::Rows);
pub(in crate::ui) static FRAMES: WindowCommand = WindowCommand::new(
    Menu::View,
    1,
    |it| it.frames,
    |cx| cx.push(Action::ShowFrames(!cx.shows_frames)),
)
.on(|cx| cx.shows_frames);
pub(in crate::ui) static LANES: WindowCommand = WindowCommand::new(
    Menu::View,
    0,
    |it| it.lanes,
    |cx| cx.push(Action::ShowTimelineAs(other_form(cx))),
)
.explained(|it| it.lanes_why)
.key(COMMAND_SHIFT, Key::L)
.on(|cx| cx.preferences.timeline_as == TimelineAs::Lanes);
pub(in crate::ui) static LIFECYCLE: WindowCommand = WindowCommand::new(
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
pub(in crate::ui) static PLOT: WindowCommand = WindowCommand::new(
    Menu::View,
    1,
    |it| it.plot,
    |cx| cx.push(Action::TogglePlot),
)
.on(|cx| cx.timeline.plot.is_shown);
pub(in crate::ui) static INSPECTOR: WindowCommand = WindowCommand::new(
    Menu::View,
    1,
    |it| it.inspector,
    |cx| cx.wish(Wish::ToggleInspector),
)
.explained(|it| it.inspector_why)
.key(COMMAND, Key::I)
.on(|cx| cx.shows_inspector);
pub(in crate::ui) static WHY_NOT: WindowCommand =
    WindowCommand::new(Menu::View, 1, |it| it.why_not, |cx| cx.wish(Wish::WhyNot))
        .explained(|it| it.why_not_why);
pub(in crate::ui) static CLEAR_VIEW: WindowCommand = WindowCommand::new(
    Menu::View,
    2,
    |it| it.clear_view,
    |cx| cx.push(Action::ClearView),
)
.key(COMMAND, Key::L);
pub(in crate::ui) static UNDO_CLEAR: WindowCommand = WindowCommand::new(
    Menu::View,
    2,
    |it| it.undo_clear,
    |cx| cx.push(Action::UndoClearView),
)
.needing(|it| it.needs_cleared)
.possible(|cx| cx.timeline.is_cleared());
pub(in crate::ui) static SYSTEM: WindowCommand = WindowCommand::new(
    Menu::View,
    3,
    |it| it.system,
    |cx| cx.push(Action::SetTheme(ThemeChoice::System)),
)
.on(|cx| cx.preferences.theme == ThemeChoice::System);
pub(in crate::ui) static DARK: WindowCommand = WindowCommand::new(
    Menu::View,
    3,
    |it| it.dark,
    |cx| cx.push(Action::SetTheme(ThemeChoice::Dark)),
)
.on(|cx| cx.preferences.theme == ThemeChoice::Dark);
pub(in crate::ui) static LIGHT: WindowCommand = WindowCommand::new(
    Menu::View,
    3,
    |it| it.light,
    |cx| cx.push(Action::SetTheme(ThemeChoice::Light)),
)
.on(|cx| cx.preferences.theme == ThemeChoice::Light);
pub(in crate::ui) static ZOOM_IN: WindowCommand = WindowCommand::new(
    Menu::View,
    4,
    |it| it.zoom_in,
    |cx| cx.wish(Wish::Zoom(Zoom::In)),
)
.key(COMMAND, Key::Plus);
pub(in crate::ui) static ZOOM_OUT: WindowCommand = WindowCommand::new(
    Menu::View,
    4,
    |it| it.zoom_out,
    |cx| cx.wish(Wish::Zoom(Zoom::Out)),
)
.key(COMMAND, Key::Minus);
pub(in crate::ui) static ZOOM_RESET: WindowCommand = WindowCommand::new(
    Menu::View,
    4,
    |it| it.zoom_reset,
    |cx| cx.wish(Wish::Zoom(Zoom::Reset)),
)
.key(COMMAND, Key::Num0);
pub(in crate::ui) static NEXT_PANE: WindowCommand = WindowCommand::new(
    Menu::View,
    5,
    |it| it.next_pane,
    |cx| cx.wish(Wish::Pane { forward: true }),
)
.key(NONE, Key::F6);
pub(in crate::ui) static PREVIOUS_PANE: WindowCommand = WindowCommand::new(
    Menu::View,
    5,
    |it| it.previous_pane,
    |cx| cx.wish(Wish::Pane { forward: false }),
)
.key(Modifiers::SHIFT, Key::F6);

pub(in crate::ui) static COMMANDS: WindowCommand = WindowCommand::new(
    Menu::Help,
    0,
    |it| it.commands,
    |cx| cx.wish(Wish::Commands),
)
.key(COMMAND, Key::K);
pub(in crate::ui) static KEYS: WindowCommand =
    WindowCommand::new(Menu::Help, 0, |it| it.keys, |cx| cx.wish(Wish::Keys)).key(NONE, Key::F1);
pub(in crate::ui) static LESSONS: WindowCommand =
    WindowCommand::new(Menu::Help, 0, |it| it.lessons, |cx| cx.wish(Wish::Lessons))
        .explained(|it| it.lessons_why);
pub(in crate::ui) static PROBLEMS: WindowCommand = WindowCommand::new(
    Menu::Help,
    1,
    |it| it.problems,
    |cx| cx.wish(Wish::Problems),
);

pub(in crate::ui) static ABOUT: WindowCommand =
    WindowCommand::new(Menu::Help, 2, |it| it.about, |cx| cx.wish(Wish::About));

/// All of them but the languages, in the order of the menus, and within a menu in the order of its items.
pub(super) static TABLE: &[&WindowCommand] = &[
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
    &LESSONS,
    &COMMANDS,
    &KEYS,
    &PROBLEMS,
    &ABOUT,
];

fn other_form(cx: &Cx<'_>) -> TimelineAs {
    match cx.preferences.timeline_as {
        TimelineAs::Rows | TimelineAs::Lifecycle => TimelineAs::Lanes,
        TimelineAs::Lanes => TimelineAs::Rows,
    }
}

/// Returns the place of the selected endpoint in the document.
fn place_of_chosen(cx: &Cx<'_>) -> Option<usize> {
    let mut endpoints = cx.document.endpoints.iter();
    endpoints.position(|it| Some(it.id) == cx.chosen)
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
