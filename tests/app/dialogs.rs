//! What a dialog lets through, and what it does not.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    click, converse, names, rows, server_form, shows, type_into, wait, window, window_with,
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
    wait(&mut window, "its end", |window| {
        shows(window, "No open problems")
    });
    click(&mut window, "No open problems");
    let listed = names(&window);
    let place = listed.iter().find(|it| it.ends_with("  ·  solved"));
    // With its time.
    assert!(place.is_some_and(|it| it.starts_with("Server 1  ·  ") && it.contains(':')));
}
