//! Messages back and forth: the two clicks, the keys, foreign peers.

use std::io::{Read, Write};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::driver::{
    click, connect, position_containing, rows, shows, start_server, wait, window, window_with,
};

#[test]
fn two_clicks_show_the_whole_conversation_from_both_ends() {
    let mut window = window();
    let server = start_server(&mut window);
    click(&mut window, "Send");
    let reply = format!("received 14 bytes from {server}: Hello, server!");
    wait(&mut window, "the reply", |window| {
        rows(window).iter().any(|row| row.contains(&reply))
    });
    let rows = rows(&window);
    let order = [
        format!("listening on {server}"),
        format!("connecting to {server}"),
        format!("connected to {server}"),
        format!("sent 14 bytes to {server}: Hello, server!"),
        reply,
    ];
    let places: Vec<_> = order
        .iter()
        .map(|start| position_containing(&rows, start))
        .collect();
    assert!(places.is_sorted(), "{places:?} in {rows:#?}");
    let accepted = position_containing(&rows, "accepted 127.0.0.1:");
    let received = position_containing(&rows, "received 14 bytes from 127.0.0.1:");
    assert!(accepted < received, "{rows:#?}");
}

#[test]
fn ctrl_enter_sends_and_the_message_stays() {
    let mut window = window();
    start_server(&mut window);
    window
        .get_by_role_and_label(Role::MultilineTextInput, "Message")
        .focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    wait(&mut window, "the sent row", |window| {
        shows(window, "sent 14 bytes to ")
    });
    assert_eq!(
        window.state().model().preferences.composer.draft.text,
        "Hello, server!"
    );
    // It is selected: typing replaces it.
    window
        .get_by_role_and_label(Role::MultilineTextInput, "Message")
        .type_text("next");
    window.run_steps(3);
    assert_eq!(
        window.state().model().preferences.composer.draft.text,
        "next"
    );
}

#[test]
fn a_foreign_client_is_listed_answered_and_disconnected() {
    let mut window = window();
    let server = start_server(&mut window);
    let mut peer = connect(server);
    peer.write_all("Grüße €".as_bytes()).unwrap();
    let mut answer = [0; 11];
    peer.read_exact(&mut answer).unwrap();
    assert_eq!(answer, "Grüße €".as_bytes());
    let address = peer.local_addr().unwrap();
    let row = format!("{address} open");
    wait(&mut window, "the peer's row", |window| shows(window, &row));
    window.get_by_label_contains(&row).click();
    window.run_steps(2);
    click(&mut window, "Disconnect selected peers");
    wait(&mut window, "the end", |window| {
        shows(window, &format!("{address} closed by us"))
    });
    assert_eq!(peer.read(&mut answer).unwrap(), 0);
}

#[test]
fn a_press_on_a_peer_shows_its_connection_and_leaves_the_timeline_alone() {
    let mut window = window();
    let server = start_server(&mut window);
    let first = connect(server);
    let address = first.local_addr().unwrap();
    let row = format!("{address} open");
    wait(&mut window, "the peer's row", |window| shows(window, &row));
    let _other = connect(server);
    let accepted = |row: &&String| row.contains("accepted");
    wait(&mut window, "both", |window| {
        shows(window, "2 peers") && rows(window).iter().filter(accepted).count() == 2
    });
    let before = rows(&window);
    let filter = window.state().model().timeline.filter().clone();
    window.get_by_label_contains(&row).click();
    window.run_steps(4);
    assert!(window.query_by_label("#1").is_some() && shows(&window, "1 selected"));
    assert_eq!(window.state().model().timeline.filter(), &filter);
    assert_eq!(rows(&window), before);

    // The newest connection is another one; the one that was pressed stays, even when it is over.
    drop(first);
    wait(&mut window, "the end", |window| {
        shows(window, &format!("{address} closed"))
    });
    assert!(window.query_by_label("#1").is_some());
    click(&mut window, "Show only this peer");
    wait(&mut window, "its entries", |window| {
        let filter = window.state().model().timeline.filter();
        filter.connection.is_some_and(|it| it.number == 1)
    });
}

#[test]
fn a_message_goes_to_the_selected_peers_only() {
    let mut window =
        window_with(|loaded| loaded.preferences.composer.draft.text = "to you".to_owned());
    let server = start_server(&mut window);
    let mut chosen = connect(server);
    let mut other = connect(server);
    let row = format!("{} open", chosen.local_addr().unwrap());
    wait(&mut window, "the peer's row", |window| shows(window, &row));
    window.get_by_label_contains(&row).click();
    window.run_steps(2);
    click(&mut window, "Send to these");
    click(&mut window, "Send");
    let mut got = [0; 6];
    chosen.read_exact(&mut got).unwrap();
    assert_eq!(&got, b"to you");
    click(&mut window, "Stop server");
    let rest = other.read(&mut got);
    assert!(matches!(rest, Ok(0) | Err(_)), "the other peer got it too");
}
