//! The list of all commands, and what it offers for one peer.

use std::io::{ErrorKind, Read as _};
use std::net::TcpStream;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, connect, converse, inspect, select_row, shows, start_server, type_into, wait, window,
};

const FIELD: &str = "Find a command";

fn search(window: &mut Window, text: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    type_into(window, Role::TextInput, FIELD, text);
}

fn leave(window: &mut Window) {
    window.key_press(Key::Escape);
    window.run_steps(4);
}

/// What is offered for single connections.
fn for_peers(window: &Window) -> Vec<String> {
    let buttons = window.query_all_by_role(Role::Button);
    let labels = buttons.filter_map(|node| node.accesskit_node().label());
    labels.filter(|label| label.contains(" #")).collect()
}

/// Connects peers one after another, so that their numbers are known.
fn peers(window: &mut Window, count: usize) -> Vec<TcpStream> {
    let address = start_server(window);
    let mut peers = Vec::new();
    for number in 1..=count {
        peers.push(connect(address));
        wait(window, "the peer", |window| {
            window.state().model().live_connections == number as u64
        });
    }
    peers
}

#[test]
fn a_peer_is_closed_or_reset_by_its_number_or_address() {
    let mut window = window();
    let mut peers = peers(&mut window, 3);
    search(&mut window, "close #2");
    assert_eq!(for_peers(&window).len(), 1);
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert_eq!(peers[1].read(&mut [0]).unwrap(), 0);
    let address = peers[2].local_addr().unwrap().to_string();
    search(&mut window, &format!("reset {address}"));
    assert_eq!(for_peers(&window), [format!("Reset (RST) #3 {address}")]);
    window.key_press(Key::Enter);
    window.run_steps(4);
    let error = peers[2].read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    // One that has ended is not offered any more.
    wait(&mut window, "both ends", |window| {
        window.state().model().live_connections == 1
    });
    search(&mut window, "#2");
    assert_eq!(for_peers(&window), [""; 0]);
    leave(&mut window);
}

#[test]
fn no_more_than_fifty_commands_for_peers_are_shown() {
    let mut window = window();
    let _peers = peers(&mut window, 12);
    search(&mut window, "127.0.0.1:");
    assert_eq!(for_peers(&window).len(), 50);
}

#[test]
fn the_connection_in_view_is_offered_with_what_is_possible_now() {
    let mut window = window();
    converse(&mut window);
    inspect(&mut window, "Server 1");
    search(&mut window, "");
    assert_eq!(for_peers(&window), [""; 0]);
    leave(&mut window);
    select_row(&mut window, "Server 1: received 14 bytes");
    search(&mut window, "stop reading");
    assert_eq!(for_peers(&window).len(), 1);
    window.key_press(Key::Enter);
    wait(&mut window, "it to stop", |window| {
        shows(window, "reading stopped")
    });
    search(&mut window, "reading");
    let offered = for_peers(&window);
    assert!(offered[0].starts_with("Resume reading #1 "), "{offered:?}");
    assert_eq!(offered.len(), 1);
    leave(&mut window);
    search(&mut window, "show only this connection");
    window.key_press(Key::Enter);
    window.run_steps(4);
    let shown = window.state().model().timeline.filter().connection;
    assert_eq!(shown.map(|it| it.number), Some(1));
}
