//! What a dialog lets through, and what it does not.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    choose, click, converse, names, rows, server_form, shows, type_into, wait, window, window_with,
};

#[test]
fn keys_have_no_effect_behind_a_dialog() {
    let mut window = window();
    converse(&mut window);
    window.key_press(Key::F1);
    window.run_steps(4);
    assert!(shows(&window, "Keyboard shortcuts"));
    let command = Modifiers::COMMAND;
    let keys = [Key::Enter, Key::F, Key::L, Key::N, Key::O, Key::E];
    for (modifiers, key) in keys
        .map(|key| (command, key))
        .into_iter()
        .chain([(Modifiers::NONE, Key::F3)])
    {
        window.key_press_modifiers(modifiers, key);
        window.run_steps(2);
    }
    window.key_press(Key::Escape);
    window.run_steps(4);
    assert!(!shows(&window, "Keyboard shortcuts"));
    let find = window.get_by_role_and_label(Role::TextInput, "Find");
    assert!(!find.accesskit_node().is_focused());
    // A message sent behind the dialog would come before this one.
    type_into(&mut window, Role::MultilineTextInput, "Message", "marker");
    click(&mut window, "Send");
    wait(&mut window, "the echo of the marker", |window| {
        let rows = rows(window);
        let mut echoes = rows.iter().filter(|row| row.contains("received"));
        echoes.any(|row| row.starts_with("Client 1") && row.ends_with("marker"))
    });
    let rows = rows(&window);
    let sent = rows.iter().filter(|row| row.starts_with("Client 1: sent"));
    assert_eq!(sent.count(), 2, "{rows:#?}");
    assert_eq!(window.state().model().document.endpoints.len(), 2);
}

#[test]
fn a_problem_that_is_solved_counts_no_more_and_stays_in_the_list() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).bind.port_text = port;
    });
    click(&mut window, "Start server");
    wait(&mut window, "the problem", |window| {
        shows(window, "1 problem")
    });
    click(&mut window, "Use a free port");
    wait(&mut window, "its end", |window| !shows(window, "1 problem"));
    choose(&mut window, "Help", "Problems");
    let listed = names(&window);
    let place = listed.iter().find(|it| it.ends_with("  ·  solved"));
    // With its time.
    assert!(place.is_some_and(|it| it.starts_with("Server 1  ·  ") && it.contains(':')));
}

#[test]
fn escape_closes_a_dialog_that_a_key_opened_over_a_menu() {
    let mut window = window();
    click(&mut window, "More for Server 1");
    assert!(shows(&window, "Copy as Python"));
    window.key_press(Key::F1);
    window.run_steps(4);
    assert!(shows(&window, "Keyboard shortcuts"));
    assert!(!shows(&window, "Copy as Python"));
    window.key_press(Key::Escape);
    window.run_steps(4);
    assert!(!shows(&window, "Keyboard shortcuts"));
}

#[test]
fn the_list_of_commands_stays_where_it_is_while_one_is_looked_for() {
    let mut window = window();
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(6);
    let top = |window: &mut egui_kittest::Harness<'static, bothends::app::App>| {
        let field = window.get_by_role_and_label(Role::TextInput, "Find a command");
        field.rect().top()
    };
    let before = top(&mut window);
    for text in ["clear", "no such command"] {
        type_into(&mut window, Role::TextInput, "Find a command", text);
        let after = top(&mut window);
        assert!((before - after).abs() < 0.5, "{text}: {before}, {after}");
    }
}

#[test]
fn the_dialog_of_exports_begins_with_the_keyboard_and_keeps_its_place() {
    let mut window = window();
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.run_steps(6);
    let formats = ["CSV", "JSON lines", "Raw streams", "pcapng"];
    let format = |name| {
        move |window: &egui_kittest::Harness<'static, bothends::app::App>| {
            let choice = window.get_by_role_and_label(Role::RadioButton, name);
            (choice.rect().top(), choice.accesskit_node().is_focused())
        }
    };
    let (top, is_focused) = format("pcapng")(&window);
    assert!(is_focused);
    for name in formats {
        window
            .get_by_role_and_label(Role::RadioButton, name)
            .click();
        window.run_steps(4);
        let (after, _) = format("pcapng")(&window);
        assert!((top - after).abs() < 0.5, "{name}: {top}, {after}");
    }
}

#[test]
fn what_the_program_is_and_its_licences_are_in_the_menu_help() {
    let mut window = window();
    choose(&mut window, "Help", "About Bothends");
    assert!(shows(&window, "Bothends 0."));
    assert!(shows(&window, "MIT license or the Apache License 2.0"));
    assert!(shows(&window, "SIL OPEN FONT LICENSE"));
    click(&mut window, "Close");
    assert!(!shows(&window, "SIL OPEN FONT LICENSE"));
}
