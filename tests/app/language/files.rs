//! Documents, sessions and captures: opened, saved, recorded, damaged; and the banners about them.

use std::fs;
use std::path::{Path, PathBuf};

use bothends::workspace::{ConfigFolder, RecordingMode};
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportId};

use super::reader::Reader;
use crate::driver::{data_folder, request_close, wait};
use crate::sessions::killed_session;

const SERVER: &str = "format = 1\n\n[[server]]\nname = \"1\"\nlisten = \"127.0.0.1:0\"\n";
const PACKETS: &str = "[1]\nhexString=31\nname=1\nport=9000\ntcpOrUdp=TCP\ntoIP=127.0.0.1\n\n\
    [2]\nhexString=3\nname=2\nport=9000\ntcpOrUdp=TCP\ntoIP=127.0.0.1\n";

/// Opens the window on a configuration folder, as the program does.
fn started(config: &Path) -> Reader {
    let (folder, loaded) = ConfigFolder::open_in(config);
    Reader::open(&data_folder(), folder, |it| *it = loaded)
}

fn written(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Returns a path where nothing can be written, whoever runs the test: what should be its folder is a file.
fn nowhere(folder: &Path) -> String {
    let file = written(folder, "8", "");
    file.join("9").display().to_string()
}

fn open(reader: &mut Reader, path: &Path) {
    reader.key(Key::O);
    let text = path.display().to_string();
    reader.type_into(Role::TextInput, "Document, capture or captured file", &text);
    reader.click("Open");
}

fn wait_for_caption(reader: &mut Reader, end: &str) {
    wait(&mut reader.window, end, |window| {
        window.state().model().document_caption().contains(end)
    });
}

fn rename(reader: &mut Reader, from: &str, to: &str) {
    reader.pick(&format!("More for {from}"), "Rename");
    reader.type_into(Role::TextInput, "Name", to);
    reader.window.key_press(Key::Enter);
    reader.window.run_steps(4);
}

fn focus(reader: &mut Reader, is_focused: bool) {
    let viewport = reader
        .window
        .input_mut()
        .viewports
        .get_mut(&ViewportId::ROOT);
    viewport.unwrap().focused = Some(is_focused);
    reader.window.run_steps(2);
}

#[test]
fn documents_speak_the_language() {
    let folder = data_folder();
    let path = written(&folder, "1.bothends", SERVER);
    let mut reader = started(&folder.join("config"));
    reader
        .data
        .extend([".bothends", "Hello, server!"].map(str::to_owned));
    open(&mut reader, &path);
    wait_for_caption(&mut reader, "· saved");
    reader.wait_for("Approve document");
    reader.read("a document that is not approved");
    reader.click("Start server");
    reader.wait_for("Listening on");
    reader.read("a server that is not approved");
    reader.click("Not now");
    rename(&mut reader, "1", "2");
    wait_for_caption(&mut reader, "unsaved");
    reader.read("unsaved changes");
    reader.key(Key::N);
    reader.read("what becomes of unsaved changes");
    reader.escape();
    request_close(&mut reader.window);
    reader.read("what becomes of them when the window closes");
    reader.escape();
    focus(&mut reader, false);
    fs::write(&path, SERVER.replace("\"1\"", "\"3\"")).unwrap();
    focus(&mut reader, true);
    reader.wait_for("was changed outside");
    reader.read("a document that was changed outside");
    reader.key(Key::S);
    reader.wait_for("that would overwrite the changes");
    reader.read("a save that would overwrite changes");
    reader.click("Reload");
    reader.read("whether to stop for that");
    reader.escape();
    reader.click("Keep mine and overwrite");
    wait_for_caption(&mut reader, "· saved");
    focus(&mut reader, false);
    fs::remove_file(&path).unwrap();
    focus(&mut reader, true);
    reader.wait_for("was moved or deleted");
    reader.read("a document that is gone");
    reader.click("Dismiss");
    reader.key(Key::O);
    reader.read("a recent document that is gone");
    reader.escape();
    reader.click("File");
    reader.click("Open recent");
    reader.read("the recent documents");
    reader.escape();
    reader.escape();
    reader
        .window
        .key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    reader.window.run_steps(4);
    reader.read("where to save it");
    reader.type_into(Role::TextInput, "Save in", &nowhere(&folder));
    reader.click("Save");
    reader.wait_for("cannot be saved");
    reader.read("a place where nothing can be saved");
    reader.finish();
}

#[test]
fn what_cannot_be_opened_is_said_in_the_language() {
    let folder = data_folder();
    let wrong = SERVER.replace("\"127.0.0.1:0\"", "5");
    let files = [
        written(&folder, "2.bothends", wrong),
        written(&folder, "3.bothends", "?"),
        written(
            &folder,
            "4.bothends",
            SERVER.replace("format = 1", "format = 99"),
        ),
        written(&folder, "5.pcap", b"\xd4\xc3\xb2\xa1?"),
        written(&folder, "6", "?"),
        folder.join("7"),
    ];
    let mut reader = Reader::new(|_| {});
    reader
        .data
        .extend([".bothends", ".pcap"].map(str::to_owned));
    // What a document calls a key of its own.
    reader.data.extend(["listen", "format"].map(str::to_owned));
    for file in files {
        open(&mut reader, &file);
        wait(&mut reader.window, "the problem", |window| {
            !window.state().model().library.is_busy()
        });
        reader.window.run_steps(20);
        reader.read("what cannot be opened");
        reader.escape();
    }
    reader.command("Problems");
    reader.read("the problems of what cannot be opened");
    reader.finish();
}

#[test]
fn imports_speak_the_language() {
    let folder = data_folder();
    let mut reader = Reader::new(|_| {});
    // A folder is called as the program that it comes from.
    reader.data.push("Packet Sender".to_owned());
    reader.command("Import messages");
    reader.read("what to import");
    let path = written(&folder, "1.ini", PACKETS).display().to_string();
    reader.type_into(Role::TextInput, "Packet Sender file", &path);
    reader.click("Import");
    reader.wait_for("imported into folder");
    reader.read("what was imported");
    reader.menu_of(Role::Button, "1");
    reader.wait_for("[Edit]");
    reader.read("a saved message's menu");
    reader.escape();
    reader.command("Import messages");
    let path = written(&folder, "2.ini", "[1]\n2=3\n?\n")
        .display()
        .to_string();
    reader.type_into(Role::TextInput, "Packet Sender file", &path);
    reader.click("Import");
    reader.wait_for("neither a heading nor a key");
    reader.read("what cannot be imported");
    reader.finish();
}

#[test]
fn captures_of_other_tools_speak_the_language() {
    let folder = data_folder();
    let mut reader = Reader::new(|_| {});
    let names = ["1.pcapng", ".csv", ".jsonl"];
    reader.data.extend(names.map(str::to_owned));
    reader.start();
    reader.click("Send");
    reader.until("the echo", 7);
    reader.key(Key::E);
    let path = folder.join("1.pcapng");
    let text = path.display().to_string();
    for format in ["CSV", "JSON lines", "Raw streams", "pcapng"] {
        reader.choose("Format", format);
        reader.read("an export");
    }
    reader.type_into(Role::TextInput, "File", &text);
    reader.click("Export");
    reader.wait_for("Wrote ");
    reader.read("what was exported");
    reader.click("Close");
    open(&mut reader, &path);
    wait(&mut reader.window, "the capture", |window| {
        !window.state().model().opened().is_empty()
    });
    reader.until("its entries", 1);
    reader.read("an imported capture");
    reader.read_each_row("an entry of an imported capture is selected");
    reader.click("Frames");
    reader.read("frames of an imported capture");
    reader.finish();
}

#[test]
fn sessions_speak_the_language() {
    let data = data_folder();
    let killed = killed_session(&data);
    // The file of its records ends in the middle, and some of its bytes are others.
    let damaged = fs::read_dir(&killed).unwrap().map(|it| it.unwrap().path());
    for path in damaged.filter(|it| it.extension().is_some_and(|it| it == "records")) {
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(bytes.len() - 20);
        let middle = bytes.len() / 2;
        bytes[middle..middle + 8].fill(0xFF);
        fs::write(&path, bytes).unwrap();
    }
    let mut reader = Reader::open(&data, ConfigFolder::default(), |_| {});
    let names = ["Server 1", "Client 1", "Hello, server!"];
    reader.data.extend(names.map(str::to_owned));
    reader.wait_for("was interrupted");
    reader.click("Open");
    wait(&mut reader.window, "the capture", |window| {
        !window.state().model().opened().is_empty()
    });
    reader.window.run_steps(20);
    reader.read("a damaged capture");
    reader.read_each_row("an entry of a damaged capture is selected");
    reader.command("Open sessions");
    wait(&mut reader.window, "the list", |window| {
        window.state().model().library.sessions.is_some()
    });
    reader.read("the sessions");
    let delete = crate::driver::names(&reader.window);
    let delete = delete
        .iter()
        .find(|it| it.starts_with("[Delete "))
        .unwrap()
        .clone();
    reader.click(&delete);
    reader.read("whether to delete a session");
    reader.escape();
    reader.escape();
    reader.command("Save session as");
    reader.read("a session's name");
    reader.type_into(Role::TextInput, "Session name", "/");
    reader.click("Save");
    reader.window.run_steps(20);
    reader.read("a name that cannot be");
    reader.finish();
}

#[test]
fn recording_speaks_the_language() {
    let mut reader = Reader::new(|loaded| {
        loaded.preferences.recording.limit_bytes = Some(1024 * 1024);
        // More than the limit in one chunk or a few.
        loaded.preferences.composer.draft.text = "1".repeat(300 * 1024);
    });
    // A limit as it is typed.
    reader.data.push("MiB".to_owned());
    reader.start();
    for _ in 0..8 {
        reader.click("Send");
    }
    reader.wait_for("Recording stopped");
    reader.read("a recording that stopped");
    reader.click("Resume in another folder…");
    reader.read("where to go on recording");
    reader.type_into(
        Role::TextInput,
        "Folder to record in",
        &nowhere(&data_folder()),
    );
    reader.click("Record there");
    reader.window.run_steps(20);
    reader.read("a folder that cannot be recorded in");
    reader.escape();
    reader.command("Recording settings");
    for mode in ["Newest entries", "First bytes", "Nothing", "Everything"] {
        reader.choose("Keep", mode);
        reader.read(mode);
    }
    reader.type_into(Role::TextInput, "Limit", "?");
    reader.read("a limit that cannot be");
    reader.escape();
    reader.finish();
    let mut reader = Reader::new(|loaded| {
        loaded.preferences.recording.mode = RecordingMode::Nothing;
    });
    reader.wait_for("Recording is off");
    reader.read("a recording that is off");
    reader.finish();
}
