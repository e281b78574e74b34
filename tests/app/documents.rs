//! Documents: opened, saved, left, changed outside, dropped.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use bothends::app::{Ask, DialogAnswer};
use bothends::words::ENGLISH;
use bothends::workspace::ConfigFolder;
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    PATIENCE, Window, click, data_folder, names, request_close, shows, start_server, type_into,
    wait, window, window_of,
};

const METER: &str = "format = 1\n\n[[server]]\nname = \"Meter\"\nlisten = \"127.0.0.1:0\"\n";
const PATH: &str = "Document, capture or captured file";

/// Opens the window on a configuration folder, as the program does.
fn started(config: &Path) -> Window {
    let (folder, loaded) = ConfigFolder::open_in(config);
    window_of(&ENGLISH, &data_folder(), folder, |it| *it = loaded)
}

fn command(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run_steps(4);
}

/// Opens a path by typing it.
fn open(window: &mut Window, path: &Path) {
    command(window, Key::O);
    type_into(window, Role::TextInput, PATH, &path.display().to_string());
    click(window, "Open");
}

fn caption(window: &Window) -> String {
    window.state().model().document_caption()
}

fn wait_for_caption(window: &mut Window, expected: &str) {
    wait(window, expected, |window| caption(window) == expected);
}

/// Gives the first endpoint a name.
fn rename(window: &mut Window, from: &str, to: &str) {
    let id = window.state().model().document.named(from).unwrap().id;
    assert_eq!(window.state().model().name(id), Some(from));
    let name = format!("More for {from}");
    click(window, &name);
    click(window, "Rename");
    type_into(window, Role::TextInput, "Name", to);
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert_eq!(window.state().model().name(id), Some(to));
}

fn meter(folder: &Path) -> PathBuf {
    let path = folder.join("meter-bench.bothends");
    fs::write(&path, METER).unwrap();
    path
}

fn focus(window: &mut Window, is_focused: bool) {
    let viewport = window.input_mut().viewports.get_mut(&ViewportId::ROOT);
    viewport.unwrap().focused = Some(is_focused);
    window.run_steps(2);
}

#[test]
fn a_document_is_opened_edited_saved_and_comes_back() {
    let folder = data_folder();
    let path = meter(&folder);
    let mut window = started(&folder.join("config"));
    assert_eq!(caption(&window), "Untitled · saved automatically");
    open(&mut window, &path);
    wait_for_caption(&mut window, "meter-bench · saved");
    assert!(shows(&window, "Meter"));
    assert!(!shows(&window, "Client 1"));
    // It comes from elsewhere.
    assert!(shows(&window, "Approve document"));
    click(&mut window, "Not now");
    assert!(!shows(&window, "Approve document"));
    rename(&mut window, "Meter", "Pump");
    assert_eq!(caption(&window), "meter-bench · unsaved changes");
    assert_eq!(
        window.state().model().window_title(),
        "meter-bench · unsaved changes — Bothends"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), METER);
    command(&mut window, Key::S);
    wait_for_caption(&mut window, "meter-bench · saved");
    let saved = fs::read_to_string(&path).unwrap();
    assert_eq!(saved, METER.replace("Meter", "Pump"));
    drop(window);
    let window = started(&folder.join("config"));
    assert_eq!(caption(&window), "meter-bench · saved");
    assert!(shows(&window, "Pump"));
}

#[test]
fn an_edit_that_is_taken_back_leaves_nothing_to_save() {
    let folder = data_folder();
    let path = meter(&folder);
    let mut window = window();
    open(&mut window, &path);
    wait_for_caption(&mut window, "meter-bench · saved");
    rename(&mut window, "Meter", "Pump");
    assert_eq!(caption(&window), "meter-bench · unsaved changes");
    rename(&mut window, "Pump", "Meter");
    wait_for_caption(&mut window, "meter-bench · saved");
}

#[test]
fn an_untitled_document_gets_a_file_or_is_kept_when_another_one_takes_its_place() {
    let folder = data_folder();
    let config = folder.join("config");
    let path = meter(&folder);
    let mut window = started(&config);
    rename(&mut window, "Server 1", "Mine");
    open(&mut window, &path);
    wait_for_caption(&mut window, "meter-bench · saved");
    wait(&mut window, "the document that was kept", |window| {
        window.state().model().preferences.recent.len() == 2
    });
    let recent = window.state().model().preferences.recent.clone();
    assert_eq!(recent[0], path);
    assert!(fs::read_to_string(&recent[1]).unwrap().contains("Mine"));
    // It is one's own still.
    open(&mut window, &recent[1]);
    wait(&mut window, "the kept document", |window| {
        shows(window, "Mine")
    });
    assert!(!shows(&window, "Approve document"));
    // A new document has nothing of it, and gets a file.
    command(&mut window, Key::N);
    wait_for_caption(&mut window, "Untitled · saved automatically");
    assert!(shows(&window, "Server 1"));
    command(&mut window, Key::S);
    let own = folder.join("own");
    let text = own.display().to_string();
    type_into(&mut window, Role::TextInput, "Save in", &text);
    click(&mut window, "Save");
    wait_for_caption(&mut window, "own · saved");
    let saved = fs::read_to_string(own.with_extension("bothends")).unwrap();
    assert!(saved.contains("Server 1"));
    // A file that exists is not replaced without a word.
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run_steps(4);
    let text = path.display().to_string();
    type_into(&mut window, Role::TextInput, "Save in", &text);
    click(&mut window, "Save");
    wait(&mut window, "the problem", |window| {
        shows(window, "meter-bench.bothends already exists")
    });
    assert_eq!(fs::read_to_string(&path).unwrap(), METER);
}

#[test]
fn running_endpoints_are_stopped_for_another_document_only_if_the_user_says_so() {
    let folder = data_folder();
    let path = meter(&folder);
    let mut window = window();
    start_server(&mut window);
    open(&mut window, &path);
    wait(&mut window, "the question", |window| {
        shows(window, "Stop the endpoints and open meter-bench?")
    });
    assert!(shows(&window, "1 endpoint is running and will be stopped."));
    click(&mut window, "Cancel");
    assert!(shows(&window, "Listening on "));
    assert_eq!(caption(&window), "Untitled · not saved");
    open(&mut window, &path);
    wait(&mut window, "the question", |window| {
        shows(window, "Stop the endpoints and open meter-bench?")
    });
    click(&mut window, "Stop and open");
    wait_for_caption(&mut window, "meter-bench · saved");
    assert!(!shows(&window, "Listening on "));
    // Opening starts nothing, and what happened stays on record under its name.
    assert!(shows(&window, "Server 1: listening on"));
}

#[test]
fn closing_with_unsaved_changes_asks_once() {
    let folder = data_folder();
    let path = meter(&folder);
    let mut window = window();
    open(&mut window, &path);
    wait_for_caption(&mut window, "meter-bench · saved");
    rename(&mut window, "Meter", "Pump");
    request_close(&mut window);
    assert!(shows(&window, "Save changes to meter-bench?"));
    click(&mut window, "Cancel");
    assert!(!shows(&window, "Save changes to meter-bench?"));
    assert_eq!(caption(&window), "meter-bench · unsaved changes");
    // Leaving for a new document asks the same.
    command(&mut window, Key::N);
    click(&mut window, "Save");
    wait_for_caption(&mut window, "Untitled · not saved");
    assert!(fs::read_to_string(&path).unwrap().contains("Pump"));
}

#[test]
fn an_untitled_document_that_is_kept_nowhere_is_not_dropped_without_a_word() {
    let folder = data_folder();
    let path = meter(&folder);
    let mut window = window();
    // Nothing was set up here.
    command(&mut window, Key::N);
    assert!(!shows(&window, "Save changes to Untitled?"));
    rename(&mut window, "Server 1", "Mine");
    for leave in [
        |window: &mut Window, _: &Path| command(window, Key::N),
        |window: &mut Window, path: &Path| open(window, path),
        |window: &mut Window, _: &Path| request_close(window),
    ] {
        leave(&mut window, &path);
        wait(&mut window, "the question", |window| {
            shows(window, "Save changes to Untitled?")
        });
        click(&mut window, "Cancel");
        assert!(shows(&window, "Mine"));
    }
    // No file is chosen, and it is asked again.
    command(&mut window, Key::N);
    click(&mut window, "Save as…");
    assert!(shows(&window, "Save document as"));
    click(&mut window, "Cancel");
    assert!(shows(&window, "Save changes to Untitled?"));
    click(&mut window, "Save as…");
    let own = folder.join("own.bothends");
    type_into(
        &mut window,
        Role::TextInput,
        "Save in",
        &path.display().to_string(),
    );
    click(&mut window, "Save");
    wait(&mut window, "the problem", |window| {
        shows(window, "meter-bench.bothends already exists")
    });
    type_into(
        &mut window,
        Role::TextInput,
        "Save in",
        &own.display().to_string(),
    );
    click(&mut window, "Save");
    wait(&mut window, "the new document", |window| {
        !shows(window, "Mine") && shows(window, "Server 1")
    });
    assert!(fs::read_to_string(&own).unwrap().contains("Mine"));
    rename(&mut window, "Server 1", "Other");
    open(&mut window, &own);
    wait(&mut window, "the question", |window| {
        shows(window, "Save changes to Untitled?")
    });
    click(&mut window, "Don't save");
    wait_for_caption(&mut window, "own · saved");
}

#[test]
fn a_file_changed_outside_is_reloaded_or_overwritten_as_the_user_says() {
    let folder = data_folder();
    let path = meter(&folder);
    let mut window = window();
    open(&mut window, &path);
    wait_for_caption(&mut window, "meter-bench · saved");
    focus(&mut window, false);
    fs::write(&path, METER.replace("Meter", "Scale")).unwrap();
    focus(&mut window, true);
    wait(&mut window, "the banner", |window| {
        shows(window, "meter-bench was changed outside Bothends")
    });
    assert!(shows(&window, "Reload it to see the changes."));
    click(&mut window, "Not now");
    click(&mut window, "Reload");
    wait(&mut window, "the other name", |window| {
        shows(window, "Scale")
    });
    assert!(!shows(&window, "was changed outside"));
    // What was put off for the one is asked about the other.
    assert!(shows(&window, "Approve document"));
    // A save notices it, too, whatever has the focus.
    rename(&mut window, "Scale", "Mine");
    fs::write(&path, METER.replace("Meter", "Theirs")).unwrap();
    command(&mut window, Key::S);
    wait(&mut window, "the refusal", |window| {
        shows(window, "that would overwrite the changes")
    });
    assert!(fs::read_to_string(&path).unwrap().contains("Theirs"));
    click(&mut window, "Keep mine and overwrite");
    wait_for_caption(&mut window, "meter-bench · saved");
    assert!(fs::read_to_string(&path).unwrap().contains("Mine"));
    // What is deleted is not lost.
    focus(&mut window, false);
    fs::remove_file(&path).unwrap();
    focus(&mut window, true);
    wait(&mut window, "the banner", |window| {
        shows(window, "meter-bench was moved or deleted")
    });
    assert_eq!(caption(&window), "meter-bench · unsaved changes");
    click(&mut window, "Save");
    wait_for_caption(&mut window, "meter-bench · saved");
    assert!(path.exists());
}

#[test]
fn what_cannot_be_opened_leaves_the_document_as_it_is() {
    let folder = data_folder();
    let wrong = folder.join("wrong.bothends");
    fs::write(&wrong, METER.replace("\"127.0.0.1:0\"", "5")).unwrap();
    let mut window = window();
    start_server(&mut window);
    open(&mut window, &wrong);
    wait(&mut window, "the place", |window| {
        shows(window, "line 5, column 10: listen has to be text in quotes")
    });
    click(&mut window, "Cancel");
    assert!(shows(&window, "Listening on "));
    assert!(shows(&window, "1 problem"));
}

/// A file that is dropped.
#[derive(Debug)]
pub(super) struct Dropped(pub(super) PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody asks for them".to_owned())
    }
}

fn painted(window: &Window) -> Vec<String> {
    let shapes = window.output().shapes.iter();
    let texts = shapes.filter_map(|shape| match &shape.shape {
        egui::epaint::Shape::Text(text) => Some(text.galley.text().to_owned()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn what_is_dropped_opens_as_what_it_is_and_the_window_says_so_before() {
    let folder = data_folder();
    let path = meter(&folder);
    // The classic header of a captured file, without a packet.
    let capture = folder.join("trace.pcap");
    let header = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\xff\xff\0\0\x01\0\0\0";
    fs::write(&capture, header).unwrap();
    let mut window = window();
    let hovered = egui::HoveredFile {
        path: Some(path.clone()),
        ..egui::HoveredFile::default()
    };
    window.input_mut().hovered_files = vec![hovered];
    window.run_steps(2);
    let expected = "Drop to open the document meter-bench";
    assert!(painted(&window).iter().any(|text| text == expected));
    window.input_mut().hovered_files.clear();
    let dropped = [&path, &capture].map(|path| Dropped(path.clone()));
    let dropped = dropped.map(|file| -> egui::DroppedFileHandle { std::sync::Arc::new(file) });
    window.input_mut().dropped_files = dropped.into();
    window.step();
    window.input_mut().dropped_files.clear();
    wait_for_caption(&mut window, "meter-bench · saved");
    wait(&mut window, "the capture", |window| {
        let name = "trace.pcap (read-only)";
        window.query_by_role_and_label(Role::Tab, name).is_some()
    });
    assert!(!painted(&window).iter().any(|text| text == expected));
}

#[test]
fn a_recent_document_that_is_gone_says_so() {
    let folder = data_folder();
    let path = meter(&folder);
    let mut window = window();
    open(&mut window, &path);
    wait_for_caption(&mut window, "meter-bench · saved");
    fs::remove_file(&path).unwrap();
    command(&mut window, Key::O);
    wait(&mut window, "the reason", |window| {
        shows(window, "Open meter-bench") && !window.state().model().documents.missing.is_empty()
    });
    window.run_steps(2);
    let node = window.get_by_role_and_label(Role::Button, "Open meter-bench");
    assert!(node.accesskit_node().is_disabled());
}

#[test]
fn the_desktops_dialogs_are_asked_once_and_a_cancelled_one_changes_nothing() {
    let folder = data_folder();
    let path = meter(&folder);
    let asked = Rc::new(RefCell::new(Vec::<Ask>::new()));
    let answers = Rc::new(RefCell::new(vec![
        DialogAnswer::Unavailable,
        DialogAnswer::Chosen(folder.join("saved.bothends")),
        DialogAnswer::Chosen(path.clone()),
        DialogAnswer::Cancelled,
    ]));
    let mut window = window();
    let (noted, given) = (Rc::clone(&asked), Rc::clone(&answers));
    let dialogs = move |ask: &Ask| -> Box<dyn FnOnce() -> DialogAnswer + Send> {
        noted.borrow_mut().push(ask.clone());
        let answer = given.borrow_mut().pop().unwrap();
        Box::new(move || answer)
    };
    window.state_mut().serve_file_dialogs(Box::new(dialogs));
    command(&mut window, Key::O);
    wait(&mut window, "the dialog", |_| asked.borrow().len() == 1);
    assert_eq!(asked.borrow()[0].title, "Open a document or a capture");
    assert_eq!(caption(&window), "Untitled · not saved");
    // There is one dialog at a time, and the first one is about to end.
    let deadline = Instant::now() + PATIENCE;
    while asked.borrow().len() == 1 {
        assert!(Instant::now() < deadline, "waited for another dialog");
        command(&mut window, Key::O);
    }
    wait_for_caption(&mut window, "meter-bench · saved");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    wait_for_caption(&mut window, "saved · saved");
    assert_eq!(asked.borrow()[2].at, Some(path));
    assert!(!shows(&window, PATH));
    // Where there are none after all, a field takes their place, and they are asked no more.
    for _ in 0..2 {
        command(&mut window, Key::O);
        wait(&mut window, "the field", |window| {
            window
                .query_by_role_and_label(Role::TextInput, PATH)
                .is_some()
        });
        assert!(shows(&window, "This desktop offers no file dialog"));
        assert!(
            !names(&window)
                .iter()
                .any(|name| name.starts_with("Browse for"))
        );
        click(&mut window, "Cancel");
    }
    assert!(answers.borrow().is_empty());
}

#[test]
fn a_file_chosen_for_an_earlier_document_is_not_written() {
    let folder = data_folder();
    let path = meter(&folder);
    let late = folder.join("late.bothends");
    let (answer, answers) = std::sync::mpsc::channel::<DialogAnswer>();
    let answers = RefCell::new(Some(answers));
    let mut window = window();
    let dialogs = move |_: &Ask| -> Box<dyn FnOnce() -> DialogAnswer + Send> {
        let answers = answers.borrow_mut().take().unwrap();
        Box::new(move || answers.recv().unwrap())
    };
    window.state_mut().serve_file_dialogs(Box::new(dialogs));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    window.run_steps(4);
    window.input_mut().dropped_files = vec![std::sync::Arc::new(Dropped(path))];
    window.step();
    window.input_mut().dropped_files.clear();
    wait_for_caption(&mut window, "meter-bench · saved");
    answer.send(DialogAnswer::Chosen(late.clone())).unwrap();
    wait(&mut window, "the notice", |window| {
        window.state().model().notices.newest_first().count() == 1
    });
    assert_eq!(caption(&window), "meter-bench · saved");
    assert!(!late.exists());
}

#[test]
fn a_chosen_file_is_opened_even_while_a_dialog_about_something_else_is_open() {
    let folder = data_folder();
    let path = meter(&folder);
    let (answer, answers) = std::sync::mpsc::channel::<DialogAnswer>();
    let answers = RefCell::new(Some(answers));
    let mut window = window();
    let dialogs = move |_: &Ask| -> Box<dyn FnOnce() -> DialogAnswer + Send> {
        let answers = answers.borrow_mut().take().unwrap();
        Box::new(move || answers.recv().unwrap())
    };
    window.state_mut().serve_file_dialogs(Box::new(dialogs));
    command(&mut window, Key::O);
    window.key_press(Key::F1);
    window.run_steps(4);
    answer.send(DialogAnswer::Chosen(path)).unwrap();
    wait_for_caption(&mut window, "meter-bench · saved");
}

/// The environment variable that names the folder for a window that edits until it is killed.
const EDITOR: &str = "BOTHENDS_EDITOR_TEST_DIR";

/// A window in a process of its own. It is killed on drop.
struct Editor(std::process::Child);

impl Drop for Editor {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
#[ignore = "unsaved_changes_outlive_a_kill starts it, and kills it"]
fn edits_until_it_is_killed() {
    let Some(folder) = std::env::var_os(EDITOR) else {
        return;
    };
    let folder = PathBuf::from(folder);
    let mut window = started(&folder.join("config"));
    if caption(&window) != "meter-bench · saved" {
        open(&mut window, &meter(&folder));
        wait_for_caption(&mut window, "meter-bench · saved");
    }
    rename(&mut window, "Meter", "Pump");
    loop {
        window.step();
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Has a document edited, and the window killed once its changes are kept.
fn edit_and_kill(folder: &Path) {
    let editor = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "documents::edits_until_it_is_killed",
            "--exact",
            "--ignored",
        ])
        .env(EDITOR, folder)
        .stdout(std::process::Stdio::null())
        .spawn();
    let editor = Editor(editor.unwrap());
    let config = folder.join("config");
    let holds =
        |path: &Path, text: &str| fs::read_to_string(path).is_ok_and(|it| it.contains(text));
    let deadline = Instant::now() + PATIENCE;
    while !holds(&config.join("preferences.toml"), "meter-bench")
        || !unsaved(&config).iter().any(|path| holds(path, "Pump"))
    {
        assert!(
            Instant::now() < deadline,
            "waited for the changes to be kept"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(editor);
}

/// The files with unsaved changes, but for what is still being written.
fn unsaved(config: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(config.join("unsaved")).into_iter().flatten();
    let paths = files.map(|file| file.unwrap().path());
    let is_begun = |path: &PathBuf| path.file_name().unwrap().as_encoded_bytes()[0] == b'.';
    paths.filter(|path| !is_begun(path)).collect()
}

fn wait_until_none_is_unsaved(window: &mut Window, config: &Path) {
    wait(window, "nothing to be kept", |_| unsaved(config).is_empty());
}

#[test]
fn unsaved_changes_outlive_a_kill() {
    let folder = data_folder();
    let config = folder.join("config");
    edit_and_kill(&folder);
    let path = folder.join("meter-bench.bothends");
    let mut window = started(&config);
    let offered = |window: &Window| shows(window, "Unsaved changes of meter-bench were kept on 20");
    wait(&mut window, "the offer", offered);
    assert_eq!(caption(&window), "meter-bench · saved");
    assert!(shows(&window, "Meter"));
    // Whoever does not decide is asked again.
    drop(window);
    let mut window = started(&config);
    wait(&mut window, "the offer again", offered);
    click(&mut window, "Restore unsaved changes");
    wait_for_caption(&mut window, "meter-bench · unsaved changes");
    assert!(shows(&window, "Pump") && !offered(&window));
    assert_eq!(fs::read_to_string(&path).unwrap(), METER);
    command(&mut window, Key::S);
    wait_for_caption(&mut window, "meter-bench · saved");
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        METER.replace("Meter", "Pump")
    );
    wait_until_none_is_unsaved(&mut window, &config);
}

#[test]
fn unsaved_changes_are_discarded_only_if_the_user_says_so() {
    let folder = data_folder();
    let config = folder.join("config");
    edit_and_kill(&folder);
    let mut window = started(&config);
    let offered = |window: &Window| shows(window, "Unsaved changes of meter-bench were kept on 20");
    wait(&mut window, "the offer", offered);
    click(&mut window, "Discard");
    assert_eq!(caption(&window), "meter-bench · saved");
    wait_until_none_is_unsaved(&mut window, &config);
    // So are those that are given up when the window closes.
    rename(&mut window, "Meter", "Pump");
    wait(&mut window, "the changes to be kept", |_| {
        !unsaved(&config).is_empty()
    });
    request_close(&mut window);
    click(&mut window, "Don't save");
    drop(window);
    assert!(unsaved(&config).is_empty());
    let window = started(&config);
    assert!(!offered(&window));
}
