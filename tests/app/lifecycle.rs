//! The lifecycle of one connection as a picture.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;

#[cfg(target_os = "linux")]
use bothends::net::kernel::Marks;
use bothends::workspace::TimelineAs;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, choose, click, connect, converse, data_folder, marks_height, names, rows, select_row,
    selected, show_as, shows, start_server, type_into, wait, window, window_on,
};

fn wait_for_mark(window: &mut Window, text: &str) {
    wait(window, text, |window| {
        rows(window).iter().any(|row| row.contains(text))
    });
}

#[test]
fn it_says_how_to_choose_a_connection_while_there_is_none() {
    let mut window = window();
    start_server(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    window.run_steps(4);
    let form = window.state().model().preferences.timeline_as;
    assert_eq!(form, TimelineAs::Lifecycle);
    wait(&mut window, "how to choose one", |window| {
        shows(window, "Select an entry of a connection")
    });
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    window.run_steps(4);
    let form = window.state().model().preferences.timeline_as;
    assert_eq!(form, TimelineAs::Rows);
}

#[test]
fn a_conversation_of_both_ends_is_one_picture_linked_to_its_rows() {
    let mut window = window();
    converse(&mut window);
    show_as(&mut window, "Lifecycle");
    for mark in [
        "Client 1 asks Server 1 to connect",
        "Server 1 agrees, and asks Client 1 in turn (SYN-ACK). Seen: connect",
        "the connection is established, and both may send. Inferred",
        "Client 1 hands 14 bytes to its system to be sent, 0 to 14 of its stream",
        "the program of Server 1 reads 14 bytes",
        "the program of Client 1 reads 14 bytes",
    ] {
        wait_for_mark(&mut window, mark);
    }
    // From a mark to its row.
    select_row(&mut window, "the program of Server 1 reads 14 bytes");
    wait(&mut window, "the mark to be selected", |window| {
        selected(window)
            .iter()
            .any(|it| it.contains("program of Server 1 reads 14"))
    });
    show_as(&mut window, "Rows");
    wait(&mut window, "its row", |window| {
        let selected = selected(window);
        selected.len() == 1 && selected[0].starts_with("Server 1: received 14 bytes")
    });
    // From a row to its mark.
    select_row(&mut window, "Client 1: sent 14 bytes");
    show_as(&mut window, "Lifecycle");
    wait(&mut window, "the mark of the row", |window| {
        let selected = selected(window);
        !selected.is_empty()
            && selected
                .iter()
                .any(|it| it.contains("Client 1 hands 14 bytes"))
    });
}

#[test]
fn a_foreign_peer_is_seen_from_one_end_with_its_syn() {
    let mut window = window();
    let server = start_server(&mut window);
    show_as(&mut window, "Lifecycle");
    let mut peer = connect(server);
    peer.write_all(b"abc").unwrap();
    peer.read_exact(&mut [0; 3]).unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    wait_for_mark(
        &mut window,
        "Server 1 says that it has no more to send (FIN)",
    );
    let said = rows(&window);
    assert!(
        said.iter()
            .any(|it| it.contains("Peer says that it has no more to send (FIN)"))
    );
    if cfg!(target_os = "linux") {
        assert!(
            said.iter()
                .any(|it| it.contains("maximum segment size") && it.contains("TCP_SAVED_SYN")),
            "{said:#?}"
        );
    }
    assert!(
        names(&window)
            .iter()
            .any(|name| name.starts_with("Peer 127.0.0.1:"))
    );
}

#[test]
#[cfg(target_os = "linux")]
fn acknowledgements_are_shown_once_they_are_asked_for() {
    let mut window = window();
    converse(&mut window);
    show_as(&mut window, "Lifecycle");
    wait_for_mark(&mut window, "Client 1 asks Server 1 to connect");
    assert!(
        !rows(&window)
            .iter()
            .any(|row| row.contains("(ACK); its program"))
    );
    click(&mut window, "Show acknowledgements");
    assert_eq!(window.state().model().marks, Marks::Acknowledged);
    assert!(shows(&window, "up to 1.2 times as long"));
    wait(&mut window, "the kernel to be watched", |window| {
        let watched = &window.state().model().kernel.watched;
        watched
            .as_ref()
            .is_some_and(|it| it.1.marks == Marks::Acknowledged)
            && !window.state().model().kernel.ends.is_empty()
    });
    click(&mut window, "Send");
    wait_for_mark(&mut window, "says that it has the first 28 bytes (ACK)");
    // Nothing is watched while no picture is shown.
    show_as(&mut window, "Rows");
    wait(&mut window, "the end of watching", |window| {
        window.state().model().kernel.watched.is_none()
    });
}

#[test]
fn the_inspector_shows_it_small_and_opens_it_large() {
    let mut window = window();
    converse(&mut window);
    window.set_size(egui::vec2(1_440.0, 1_400.0));
    window
        .get_by_role_and_label(Role::Tab, "Connection")
        .click();
    window.run_steps(6);
    wait_for_mark(&mut window, "reads 14 bytes, 0 to 14 of the stream");
    click(&mut window, "Show lifecycle");
    wait(&mut window, "the large picture", |window| {
        let form = window.state().model().preferences.timeline_as;
        form == TimelineAs::Lifecycle && shows(window, "Save picture")
    });
}

#[test]
fn the_small_picture_has_its_height_in_a_low_pane() {
    let mut window = window();
    converse(&mut window);
    window.set_size(egui::vec2(1_440.0, 800.0));
    window
        .get_by_role_and_label(Role::Tab, "Connection")
        .click();
    window.run_steps(6);
    // What stands below it.
    {
        let mut below = window.query_all_by_label("State machine");
        below.next().unwrap().scroll_to_me();
    }
    // Its names take the rest of two hundred points.
    wait(&mut window, "a picture of some height", |window| {
        marks_height(window) >= 140.0
    });
}

#[test]
fn a_picture_is_saved_as_svg_and_as_png() {
    let data = data_folder();
    let mut window = window_on(&data, |_| {});
    converse(&mut window);
    show_as(&mut window, "Lifecycle");
    wait_for_mark(&mut window, "the program of Client 1 reads 14 bytes");
    click(&mut window, "Save picture\u{2026}");
    let svg = data.join("handshake.svg");
    type_into(
        &mut window,
        Role::TextInput,
        "File",
        &svg.display().to_string(),
    );
    click(&mut window, "Save");
    wait(&mut window, "the file", |window| shows(window, "Saved as "));
    let text = std::fs::read_to_string(&svg).unwrap();
    for part in [
        "<svg ",
        ">SYN</text>",
        ">SYN-ACK</text>",
        ">14 bytes</text>",
        ">ESTABLISHED<",
    ] {
        assert!(text.contains(part), "{part}");
    }
    // It is not replaced without being asked.
    click(&mut window, "Save");
    wait(&mut window, "the problem", |window| {
        shows(window, "already exists")
    });
    show_as(&mut window, "PNG");
    click(&mut window, "Save");
    wait(&mut window, "the other file", |window| {
        shows(window, "Saved as ")
    });
    let png = image::open(data.join("handshake.png")).unwrap().to_rgb8();
    assert!(png.width() > 1_000 && png.height() > 500);
    let colors: std::collections::BTreeSet<_> = png.pixels().map(|it| it.0).collect();
    assert!(colors.len() > 8);
    click(&mut window, "Close");
}

#[test]
fn the_command_stands_in_the_menu() {
    let mut window = window();
    choose(&mut window, "View", "Lifecycle");
    let form = window.state().model().preferences.timeline_as;
    assert_eq!(form, TimelineAs::Lifecycle);
}

/// Returns which connection is drawn.
fn drawn(window: &Window) -> Option<String> {
    let lists = window.query_all_by_role(Role::ListBox);
    let mut labels = lists.filter_map(|list| list.accesskit_node().label());
    labels.find_map(|label| {
        label
            .strip_prefix("Lifecycle of connection #")
            .map(str::to_owned)
    })
}

#[test]
fn it_follows_the_newest_connection_of_the_endpoint_and_the_selected_row() {
    let mut window = window();
    let server = start_server(&mut window);
    show_as(&mut window, "Lifecycle");
    let first = connect(server);
    wait(&mut window, "the first connection", |window| {
        drawn(window).is_some()
    });
    let number = drawn(&window);
    let second = connect(server);
    wait(&mut window, "the newest connection", |window| {
        drawn(window).is_some_and(|it| Some(&it) != number.as_ref())
    });
    let newest = drawn(&window);
    // A row of the first one is selected.
    show_as(&mut window, "Rows");
    let port = first.local_addr().unwrap().port();
    select_row(&mut window, &format!("127.0.0.1:{port}"));
    show_as(&mut window, "Lifecycle");
    wait(&mut window, "the connection of the row", |window| {
        drawn(window) == number
    });
    // It stays although there is a newer one, until another row is selected.
    show_as(&mut window, "Rows");
    let port = second.local_addr().unwrap().port();
    select_row(&mut window, &format!("127.0.0.1:{port}"));
    show_as(&mut window, "Lifecycle");
    wait(&mut window, "the connection of the other row", |window| {
        drawn(window) == newest
    });
}
