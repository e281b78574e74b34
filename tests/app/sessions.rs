//! Sessions on disk: offered, saved, opened, bounded, exported.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use bothends::capture::Library;
use bothends::workspace::Loaded;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, choose, click, connect, converse, data_folder, names, rows, server_form, shows,
    start_server, type_into, wait, window, window_on,
};

/// Records a conversation in a separate window on `data`, and what `act` does afterwards. Returns the window and the
/// session's folder.
fn recorded_with(data: &Path, act: impl FnOnce(&mut Window)) -> (Window, PathBuf) {
    let mut window = window_on(data, |_| {});
    converse(&mut window);
    act(&mut window);
    wait(&mut window, "the list", |window| {
        window.state().model().library.live_folder.is_some()
    });
    let folder = window.state().model().library.live_folder.clone();
    (window, folder.unwrap())
}

/// A session whose process was killed: its files are as they were before it could be closed.
pub(super) fn killed_session(data: &Path) -> PathBuf {
    killed_session_with(data, |_| {})
}

/// Such a session, in which `act` was done after the conversation.
pub(super) fn killed_session_with(data: &Path, act: impl FnOnce(&mut Window)) -> PathBuf {
    let (window, folder) = recorded_with(data, act);
    let files = std::fs::read_dir(&folder).unwrap();
    let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    let before: Vec<_> = files
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    drop(window);
    for (path, bytes) in files.iter().zip(before) {
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn tab(window: &Window, name: &str) -> bool {
    window.query_by_role_and_label(Role::Tab, name).is_some()
}

#[test]
fn an_interrupted_session_is_offered_and_opened_beside_the_live_one() {
    let data = data_folder();
    killed_session(&data);
    let mut window = window_on(&data, |_| {});
    wait(&mut window, "the offer", |window| {
        shows(window, "was interrupted: Bothends ended without closing it")
    });
    click(&mut window, "Open");
    wait(&mut window, "its rows", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("received 14 bytes from"))
    });
    let names = names(&window);
    let title = names.iter().find(|name| name.ends_with("(read-only)"));
    let title = title.unwrap_or_else(|| panic!("{names:#?}")).clone();
    // Its endpoints have their names, and new events go to the live session.
    assert!(rows(&window).iter().any(|row| row.contains("Client 1")));
    window.get_by_role_and_label(Role::Tab, "Live").click();
    wait(&mut window, "the empty session", |window| {
        shows(window, "Nothing has happened yet")
    });
    assert!(tab(&window, &title));
    let close = title.replace(" (read-only)", "");
    click(&mut window, &format!("Close {close}"));
    assert!(!tab(&window, &title));
    drop(window);
    // It is offered once.
    let mut window = window_on(&data, |_| {});
    wait(&mut window, "the list", |window| {
        window.state().model().library.sessions.is_some()
    });
    assert!(!shows(&window, "Bothends ended without closing it"));
}

#[test]
fn an_opened_session_is_read_as_it_was_recorded_whatever_its_endpoints_say_now() {
    let data = data_folder();
    let set_framing = |loaded: &mut Loaded, received: &str, sent: &str| {
        let form = server_form(&mut loaded.document);
        form.protocol.received.framing_text = received.to_owned();
        form.protocol.sent.framing_text = sent.to_owned();
    };
    let mut window = window_on(&data, |loaded| set_framing(loaded, "fixed:7", "fixed:2"));
    converse(&mut window);
    wait(&mut window, "the list", |window| {
        window.state().model().library.live_folder.is_some()
    });
    let folder = window.state().model().library.live_folder.clone().unwrap();
    drop(window);
    let mut window = window_on(&data, |loaded| set_framing(loaded, "fixed:14", "fixed:14"));
    choose(&mut window, "File", "Open sessions…");
    let text = folder.display().to_string();
    type_into(&mut window, Role::TextInput, "Folder or file", &text);
    click(&mut window, "Open path");
    wait(&mut window, "its rows", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("received 14 bytes"))
    });
    click(&mut window, "Frames");
    // The server received 14 bytes and sent them; the client's own chunks are no frames.
    wait(&mut window, "frames as recorded", |window| {
        shows(window, "9 frames")
    });
    assert!(shows(&window, "Read as it was recorded"));
    click(&mut window, "Use current settings");
    wait(&mut window, "frames by the current settings", |window| {
        shows(window, "2 frames")
    });
    assert!(shows(&window, "Read with current settings"));
    click(&mut window, "Read as recorded");
    wait(&mut window, "frames as recorded again", |window| {
        shows(window, "9 frames")
    });
}

#[test]
fn an_interrupted_session_stays_in_the_list_until_it_is_deleted() {
    let data = data_folder();
    let folder = killed_session(&data);
    let mut window = window_on(&data, |_| {});
    wait(&mut window, "the offer", |window| {
        shows(window, "Bothends ended without closing it")
    });
    click(&mut window, "Delete…");
    wait(&mut window, "the question", |window| {
        shows(window, "Delete permanently?")
    });
    click(&mut window, "Keep");
    assert!(folder.exists());
    click(&mut window, "Close");
    click(&mut window, "Keep in list");
    wait(&mut window, "the end of the offer", |window| {
        !shows(window, "Bothends ended without closing it")
    });
    choose(&mut window, "File", "Open sessions…");
    wait(&mut window, "the session", |window| {
        shows(window, "·  interrupted")
    });
    let delete = names(&window)
        .into_iter()
        .find(|name| name.starts_with("Delete 20"))
        .unwrap();
    click(&mut window, &delete);
    click(&mut window, "Delete");
    wait(&mut window, "its end", |_| !folder.exists());
    wait(&mut window, "the list without it", |window| {
        !shows(window, "·  interrupted")
    });
}

#[test]
fn the_session_is_saved_under_a_name_while_it_is_recorded() {
    let data = data_folder();
    let mut window = window_on(&data, |_| {});
    start_server(&mut window);
    wait(&mut window, "the list", |window| {
        window.state().model().library.live_folder.is_some()
    });
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::ALT, Key::S);
    wait(&mut window, "the field", |window| {
        window
            .query_by_role_and_label(Role::TextInput, "Session name")
            .is_some()
    });
    type_into(&mut window, Role::TextInput, "Session name", "a/b");
    click(&mut window, "Save");
    wait(&mut window, "the problem", |window| {
        shows(window, "A name cannot contain '/'")
    });
    type_into(&mut window, Role::TextInput, "Session name", "Printer");
    click(&mut window, "Save");
    let saved = data.join("captures").join("Printer");
    wait(&mut window, "the saved session", |window| {
        saved.join("capture.toml").exists() && shows(window, "Printer")
    });
    click(&mut window, "Close");
    click(&mut window, "Send");
    wait(&mut window, "the reply", |window| {
        shows(window, "received 14 bytes from")
    });
    drop(window);
    let mut window = window_on(&data, |_| {});
    choose(&mut window, "File", "Open sessions…");
    wait(&mut window, "the saved session", |window| {
        shows(window, "Open Printer")
    });
    click(&mut window, "Open Printer");
    wait(&mut window, "its rows", |window| {
        tab(window, "Printer (read-only)") && shows(window, "received 14 bytes from")
    });
}

const PATH: &str = "Document, capture or captured file";

#[test]
fn a_failed_opening_says_why_at_the_field() {
    let mut window = window();
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    wait(&mut window, "the dialog", |window| {
        window
            .query_by_role_and_label(Role::TextInput, PATH)
            .is_some()
    });
    type_into(&mut window, Role::TextInput, PATH, "/nowhere/at-all");
    click(&mut window, "Open");
    wait(&mut window, "the problem", |window| {
        shows(window, "/nowhere/at-all")
            && window
                .query_all_by_role(Role::Alert)
                .any(|node| node.accesskit_node().label().is_some())
    });
}

#[test]
fn recording_stops_at_its_limit_and_resumes_elsewhere() {
    let data = data_folder();
    let mut window = window_on(&data, |loaded| {
        loaded.preferences.recording.limit_bytes = Some(1024 * 1024);
    });
    let server = start_server(&mut window);
    let mut peer = connect(server);
    let block = vec![b'x'; 64 * 1024];
    let mut echo = vec![0; block.len()];
    for _ in 0..24 {
        peer.write_all(&block).unwrap();
        peer.read_exact(&mut echo).unwrap();
    }
    wait(&mut window, "the banner", |window| {
        shows(window, "Recording stopped: the limit of 1 MiB is reached")
            && shows(window, "not recorded since")
    });
    click(&mut window, "Resume in another folder…");
    let elsewhere = data.join("elsewhere");
    let path = elsewhere.display().to_string();
    type_into(&mut window, Role::TextInput, "Folder to record in", &path);
    click(&mut window, "Record there");
    wait(&mut window, "the end of the banner", |window| {
        !shows(window, "Recording stopped") && elsewhere.join("capture.toml").exists()
    });
    // What was recorded before is beside it.
    wait(&mut window, "the tab", |window| {
        window.query_all_by_role(Role::Tab).any(|tab| {
            let name = tab.accesskit_node().label();
            name.is_some_and(|name| name.ends_with("(read-only)"))
        })
    });
    peer.write_all(b"and on").unwrap();
    peer.read_exact(&mut echo[..6]).unwrap();
    wait(&mut window, "the new entries", |window| {
        let rows = rows(window);
        rows.iter().any(|row| row.contains("not recorded"))
            && rows.iter().any(|row| row.contains("and on"))
    });
}

#[test]
fn the_limit_can_be_changed_while_recording() {
    let mut window = window();
    start_server(&mut window);
    wait(&mut window, "the default", |window| {
        window.state().model().library.default_keep.is_some()
    });
    let open = |window: &mut Window| {
        let words = names(window)
            .into_iter()
            .find(|name| name.starts_with("On disk: "))
            .unwrap();
        click(window, &words);
    };
    open(&mut window);
    window.get_by_label("Newest entries").click();
    window.run_steps(2);
    type_into(&mut window, Role::TextInput, "Limit", "12 KiB");
    assert!(shows(&window, "The limit must be at least 1 MiB"));
    type_into(&mut window, Role::TextInput, "Limit", "64 MiB");
    click(&mut window, "Apply");
    wait(&mut window, "the bound", |window| {
        window.state().model().record.limit_bytes == 64 * 1024 * 1024
    });
    open(&mut window);
    window.get_by_label("Nothing").click();
    window.run_steps(2);
    click(&mut window, "Apply");
    wait(&mut window, "the banner", |window| {
        shows(window, "Recording is off")
    });
    click(&mut window, "Turn recording on");
    wait(&mut window, "the end of the banner", |window| {
        !shows(window, "Recording is off")
    });
    assert_eq!(window.state().model().record.stopped, None);
}

#[test]
fn excess_sessions_are_deleted_and_the_list_says_so() {
    let data = data_folder();
    let library = Library::open_in(&data);
    let mut folders = Vec::new();
    for days in 1..=5 {
        let began = SystemTime::now() - Duration::from_hours(24 * days);
        let store = library.begin(library.default_keep(), began).unwrap();
        // A session without entries would be deleted in any case.
        std::fs::write(store.dir().join("00000000.entries"), b"").unwrap();
        store.close().unwrap();
        folders.push(store.dir());
    }
    let mut window = window_on(&data, |_| {});
    choose(&mut window, "File", "Open sessions…");
    wait(&mut window, "the rule", |window| {
        shows(
            window,
            "only the last 3 are kept. 2 sessions were deleted when Bothends started",
        )
    });
    assert!(folders[..3].iter().all(|folder| folder.exists()));
    assert!(folders[3..].iter().all(|folder| !folder.exists()));
}

#[test]
fn a_record_is_exported_as_packets_and_opened_again() {
    let data = data_folder();
    let mut window = window_on(&data, |_| {});
    converse(&mut window);
    choose(&mut window, "File", "Export entries…");
    let path = data.join("trace.pcapng");
    let text = path.display().to_string();
    type_into(&mut window, Role::TextInput, "File", &text);
    click(&mut window, "Export");
    wait(&mut window, "the words", |window| shows(window, "Wrote "));
    assert!(path.metadata().unwrap().len() > 100);
    click(&mut window, "Export");
    wait(&mut window, "the problem", |window| {
        shows(window, "already exists")
    });
    click(&mut window, "Close");
    choose(&mut window, "File", "Open sessions…");
    type_into(&mut window, Role::TextInput, "Folder or file", &text);
    click(&mut window, "Open path");
    wait(&mut window, "its rows", |window| {
        tab(window, "trace.pcapng (read-only)")
            && rows(window)
                .iter()
                .any(|row| row.contains("Hello, server!"))
    });
    let imports = data.join("imports");
    assert_eq!(imports.read_dir().unwrap().count(), 1);
    // An opened capture has no card: its protocol is chosen above the timeline.
    click(&mut window, "Frames");
    wait(&mut window, "what to do", |window| {
        shows(window, "Choose a framing above")
    });
    window.key_press_modifiers(Modifiers::COMMAND, Key::I);
    window.run_steps(4);
    type_into(&mut window, Role::TextInput, "Framing", "fixed:7");
    wait(&mut window, "its frames", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("received 7 bytes"))
    });
    click(&mut window, "Close trace.pcapng");
    wait(&mut window, "the end of its capture", |_| {
        imports.read_dir().unwrap().count() == 0
    });
    choose(&mut window, "File", "Open sessions…");
    let wrong = data.join("notes.txt");
    std::fs::write(&wrong, "no packets").unwrap();
    let text = wrong.display().to_string();
    type_into(&mut window, Role::TextInput, "Folder or file", &text);
    click(&mut window, "Open path");
    wait(&mut window, "the problem", |window| {
        shows(
            window,
            "notes.txt cannot be opened: it is not a document, a capture folder",
        )
    });
}
