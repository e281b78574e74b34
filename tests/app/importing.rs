//! Messages imported from Packet Sender's files, and endpoints copied as code.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::documents::Dropped;
use super::driver::{
    Window, choose, click, data_folder, inspect, server_form, shows, type_into, wait, window,
    window_with,
};

const PACKETS: &str = "[NAMES]\n1\\name=Ping\n2\\name=Poll\n3\\name=gone\nsize=3\n\n\
    [Ping]\nhexString=70 69 6e 67 0d 0a\nname=Ping\nport=9000\ntcpOrUdp=TCP\ntoIP=127.0.0.1\n\n\
    [Poll]\nhexString=00 ff\nname=Poll\nport=5000\ntcpOrUdp=UDP\ntoIP=127.0.0.1\n";

fn packets(folder: &Path) -> PathBuf {
    let path = folder.join("packets.ini");
    fs::write(&path, PACKETS).unwrap();
    path
}

fn import(window: &mut Window, path: &Path) {
    choose(window, "File", "Import messages…");
    let text = path.display().to_string();
    type_into(window, Role::TextInput, "Packet Sender file", &text);
    click(window, "Import");
}

fn messages(window: &Window) -> Vec<(String, String, Vec<u8>)> {
    let document = &window.state().model().document;
    let messages = document.messages.iter();
    messages
        .map(|it| (it.name.clone(), it.note.clone(), it.draft.bytes().unwrap()))
        .collect()
}

#[test]
fn packets_become_saved_messages_and_an_import_is_taken_back() {
    let mut window = window();
    import(&mut window, &packets(&data_folder()));
    wait(&mut window, "what came of it", |window| {
        shows(
            window,
            "2 messages imported into folder Packet Sender; 1 was left out: gone (",
        )
    });
    assert!(shows(&window, "Packet Sender") && shows(&window, "Ping"));
    let message =
        |name: &str, note: &str, bytes: &[u8]| (name.to_owned(), note.to_owned(), bytes.to_vec());
    let expected = [
        message("Ping", "TCP 127.0.0.1:9000", b"ping\r\n"),
        message("Poll", "UDP 127.0.0.1:5000", b"\0\xFF"),
    ];
    assert_eq!(messages(&window), expected);
    // What was left out stays in the list of problems.
    let model = window.state().model();
    assert_eq!(model.notices.newest_first().count(), 1);
    click(&mut window, "Undo import");
    assert_eq!(messages(&window), []);
    assert!(!shows(&window, "messages imported"));
}

#[test]
fn a_dropped_file_of_packets_is_imported() {
    let mut window = window();
    let path = packets(&data_folder());
    window.input_mut().dropped_files = vec![Arc::new(Dropped(path))];
    window.step();
    window.input_mut().dropped_files.clear();
    wait(&mut window, "the messages", |window| {
        messages(window).len() == 2
    });
    click(&mut window, "Dismiss");
    assert!(!shows(&window, "messages imported"));
    assert_eq!(messages(&window).len(), 2);
}

#[test]
fn a_file_without_packets_says_so_and_another_one_can_be_chosen() {
    let folder = data_folder();
    let path = folder.join("settings.ini");
    fs::write(&path, "[window]\nsize=1\nnonsense\n").unwrap();
    let mut window = window();
    import(&mut window, &path);
    wait(&mut window, "the problem", |window| {
        shows(window, "line 3 is neither a heading nor a key with a value")
    });
    let text = packets(&folder).display().to_string();
    type_into(&mut window, Role::TextInput, "Packet Sender file", &text);
    click(&mut window, "Import");
    wait(&mut window, "the messages", |window| {
        messages(window).len() == 2 && !shows(window, "Packet Sender file")
    });
}

/// Opens a menu, presses one of its items, and returns what that copies.
fn copied(window: &mut Window, menu: &str, item: &str) -> String {
    click(window, menu);
    window.get_by_role_and_label(Role::Button, item).click();
    for _ in 0..4 {
        window.step();
        let commands = &window.output().platform_output.commands;
        let text = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = text {
            window.run_steps(4);
            return text;
        }
    }
    panic!("nothing was copied");
}

#[test]
fn the_selected_endpoint_is_copied_as_code() {
    let mut window = window_with(|loaded| {
        let server = server_form(&mut loaded.document);
        server.bind.port_text = "9000".to_owned();
        server.behaviour.stay_half_open = true;
    });
    let python = copied(&mut window, "Endpoint", "Copy as Python");
    assert!(
        python.starts_with("#!/usr/bin/env python3\n\n# Server 1\n"),
        "{python}"
    );
    assert!(
        python.contains("ADDRESS = (\"127.0.0.1\", 9000)"),
        "{python}"
    );
    let ncat = copied(&mut window, "Endpoint", "Copy as ncat command");
    let expected = "# Server 1\n# Not carried over: staying half-open when the peer finishes\n\
        # Not carried over: answers to a peer that has finished sending; ncat ends the connection at once\n\
        ncat --listen --keep-open --sh-exec 'exec cat' -4 127.0.0.1 9000\n";
    assert_eq!(ncat, expected);
    // A client goes where its server will listen, and sends what is written.
    type_into(&mut window, Role::MultilineTextInput, "Message", "hello");
    inspect(&mut window, "Client 1");
    let ncat = copied(&mut window, "More for Client 1", "Copy as ncat command");
    let expected =
        "# Client 1\nprintf \"hello\" | ncat --no-shutdown --wait 5000ms -- 127.0.0.1 9000\n";
    assert_eq!(ncat, expected);
}
