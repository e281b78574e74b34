//! One connection as one text.

use std::io::Write;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::driver::{
    Window, click, connect, converse, follow, inspect, lines, position_containing, select_row,
    shows, start_server, type_into, wait, window,
};

/// Opens the connection of Client 1 after one message and its echo.
fn follow_client(window: &mut Window) {
    converse(window);
    inspect(window, "Client 1");
    follow(window);
    wait(window, "the conversation", |window| {
        shows(window, "received: Hello, server!")
    });
}

#[test]
fn a_growing_connection_can_be_followed_and_the_timeline_comes_back() {
    let mut window = window();
    follow_client(&mut window);
    let rows = lines(&window, "Conversation");
    let sent = position_containing(&rows, "sent: Hello, server!");
    assert!(sent < position_containing(&rows, "received: Hello, server!"));
    // The server's end of it is another connection.
    assert!(
        rows.iter().all(|row| !row.contains("accepted")),
        "{rows:#?}"
    );

    type_into(&mut window, Role::MultilineTextInput, "Message", "two");
    click(&mut window, "Send");
    wait(&mut window, "the next piece", |window| {
        shows(window, "received: two")
    });
    window.get_by_label("received: two").click();
    wait(&mut window, "its detail", |window| {
        shows(window, "Received 3 bytes")
    });
    click(&mut window, "Back to the timeline");
    wait(&mut window, "the timeline", |window| {
        shows(window, "accepted 127.0.0.1:")
    });
}

#[test]
fn a_followed_connection_is_shown_as_hex_and_one_direction_at_a_time() {
    let mut window = window();
    follow_client(&mut window);
    let choose = |window: &mut Window, group: &str, name: &str| {
        let group = window.get_by_role_and_label(Role::RadioGroup, group);
        group.get_by_role_and_label(Role::RadioButton, name).click();
    };
    choose(&mut window, "Show as", "Hex");
    let dump = "00000000  48 65 6C 6C 6F 2C 20 73  65 72 76 65 72 21";
    wait(&mut window, "the dump", |window| {
        shows(window, &format!("received: {dump}"))
    });
    choose(&mut window, "Direction", "Sent");
    wait(&mut window, "one direction", |window| {
        let rows = lines(window, "Conversation");
        let is_sent = |row: &String| row.starts_with(&format!("sent: {dump}"));
        rows.iter().any(is_sent) && rows.iter().all(|row| !row.starts_with("received"))
    });
}

#[test]
fn a_search_goes_to_the_match_in_a_followed_connection() {
    let mut window = window();
    follow_client(&mut window);
    type_into(&mut window, Role::MultilineTextInput, "Message", "needle");
    click(&mut window, "Send");
    wait(&mut window, "the echo", |window| {
        shows(window, "received: needle")
    });
    type_into(&mut window, Role::TextInput, "Find", "needle");
    window.key_press(Key::Enter);
    wait(&mut window, "the detail of the piece", |window| {
        shows(window, "Sent 6 bytes")
    });
}

#[test]
fn a_peer_is_followed_from_its_menu_and_its_rows_are_copied() {
    let mut window = window();
    let server = start_server(&mut window);
    let mut peer = connect(server);
    peer.write_all(b"one\ntwo\n").unwrap();
    let row = format!("{} open", peer.local_addr().unwrap());
    wait(&mut window, "the peer's row", |window| shows(window, &row));
    window.get_by_label_contains(&row).click_secondary();
    window.run_steps(3);
    click(&mut window, "Follow connection");
    wait(&mut window, "the second line", |window| {
        shows(window, r"received: two\n")
    });
    window.get_by_label(r"received: one\n").click();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.run_steps(2);
    window.event(egui::Event::Copy);
    assert_eq!(copied(&mut window), "← one\n← two\n");
}

#[test]
fn an_entry_of_a_followed_connection_is_copied_even_if_the_timeline_hides_it() {
    let mut window = window();
    converse(&mut window);
    window.get_by_label("Show only Server 1").click();
    window.run_steps(4);
    inspect(&mut window, "Client 1");
    follow(&mut window);
    wait(&mut window, "the conversation", |window| {
        shows(window, "received: Hello, server!")
    });
    window.get_by_label("received: Hello, server!").click();
    wait(&mut window, "its detail", |window| {
        shows(window, "Received 14 bytes")
    });
    click(&mut window, "Copy as…");
    window.get_by_label("Escaped string").click();
    assert_eq!(copied(&mut window), "Hello, server!");
}

/// Waits for a copy, and returns the clipboard's text.
fn copied(window: &mut Window) -> String {
    let mut text = None;
    wait(window, "the copy", |window| {
        let commands = &window.output().platform_output.commands;
        text = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        text.is_some()
    });
    text.unwrap()
}

#[test]
fn escape_leaves_a_followed_connection_and_ends_a_selection() {
    let mut window = window();
    follow_client(&mut window);
    window.key_press(Key::Escape);
    window.run_steps(4);
    wait(&mut window, "the timeline", |window| {
        window.state().model().timeline.conversation.is_none()
    });
    select_row(&mut window, "accepted");
    wait(&mut window, "its detail", |window| {
        shows(window, "accept() took the connection")
    });
    window.key_press(Key::Escape);
    window.run_steps(4);
    assert!(!shows(&window, "accept() took the connection"));
}
