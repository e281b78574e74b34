//! The timeline: clearing, filtering, searching, and the plot.

use std::io::{Read, Write};

use bothends::workspace::ReplyKind;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, click, connect, converse, lines, rows, select_row, server_form, shows, start_server,
    tick, type_into, wait, window, window_with,
};

#[test]
fn clear_view_hides_and_can_be_undone() {
    let mut window = window();
    start_server(&mut window);
    wait(&mut window, "the row", |window| !rows(window).is_empty());
    click(&mut window, "Clear view");
    wait(&mut window, "no row", |window| {
        rows(window).iter().all(|row| !row.contains("listening on"))
    });
    click(&mut window, "Undo clear");
    wait(&mut window, "the row again", |window| {
        rows(window).iter().any(|row| row.contains("listening on"))
    });
}

#[test]
fn show_all_leaves_a_view_without_entries() {
    let mut window = window();
    start_server(&mut window);
    wait(&mut window, "the row", |window| !rows(window).is_empty());
    window.get_by_label_contains("listening on").click();
    window.run_steps(3);
    window.get_by_label("Show only Client 1").click();
    wait(&mut window, "the empty view", |window| {
        shows(window, "No entries of Client 1")
    });
    window.get_by_label("Show all").click();
    wait(&mut window, "the row again", |window| {
        !rows(window).is_empty()
    });
}

#[test]
fn a_filter_shows_only_some_kinds_and_matches() {
    let mut window = window();
    let server = start_server(&mut window);
    let mut peer = connect(server);
    peer.write_all(b"needle").unwrap();
    let mut answer = [0; 6];
    peer.read_exact(&mut answer).unwrap();
    let with = |window: &Window, word: &str| {
        let of_word = |row: &String| row.contains(word);
        rows(window).iter().any(of_word)
    };
    wait(&mut window, "the echo", |window| {
        with(window, "sent 6 bytes")
    });
    click(&mut window, "Filter");
    tick(&mut window, "Sent");
    wait(&mut window, "all but what was sent", |window| {
        with(window, "received 6 bytes") && !with(window, "sent 6 bytes")
    });
    window.key_press(Key::Escape);
    window.run_steps(2);
    click(&mut window, "Clear filters");
    wait(&mut window, "everything", |window| {
        with(window, "sent 6 bytes")
    });
    type_into(&mut window, Role::TextInput, "Find", "hex:6e65 ?? 64");
    click(&mut window, "Filter");
    tick(&mut window, "Only matches of hex:6e65 ?? 64");
    wait(&mut window, "only what is found", |window| {
        with(window, "received 6 bytes") && !with(window, "accepted")
    });
    let found = rows(&window);
    let of_timeline = |row: &&String| row.starts_with("Server 1");
    assert_eq!(found.iter().filter(of_timeline).count(), 2, "{found:?}");
}

#[test]
fn a_filter_without_matches_says_so_and_an_invalid_search_says_why() {
    let mut window = window();
    start_server(&mut window);
    type_into(&mut window, Role::TextInput, "Find", "regex:(");
    window.key_press(Key::Enter);
    wait(&mut window, "the problem", |window| {
        shows(window, "The regular expression is invalid")
    });
    type_into(&mut window, Role::TextInput, "Find", "listening");
    assert!(!shows(&window, "The regular expression is invalid"));
    click(&mut window, "Filter");
    type_into(&mut window, Role::TextInput, "Peer", "203.0.113.7");
    wait(&mut window, "no entry", |window| {
        shows(window, "No entries match the filter")
    });
    type_into(&mut window, Role::TextInput, "From time", "noon");
    wait(&mut window, "the problem", |window| {
        shows(window, "Enter a time such as")
    });
    window.key_press(Key::Escape);
    window.run_steps(2);
    click(&mut window, "Clear filters");
    wait(&mut window, "the entry", |window| {
        rows(window).iter().any(|row| row.contains("listening"))
    });
    assert!(!shows(&window, "Enter a time such as"));
}

#[test]
fn a_find_can_match_case() {
    let mut window = window();
    start_server(&mut window);
    type_into(&mut window, Role::TextInput, "Find", "LISTENING");
    window.key_press(Key::Enter);
    wait(&mut window, "the entry", |window| shows(window, "1 of 1"));
    click(&mut window, "Match case");
    wait(&mut window, "nothing said", |window| {
        !shows(window, "1 of 1")
    });
    window.key_press(Key::F3);
    wait(&mut window, "none", |window| shows(window, "No match"));
}

#[test]
fn find_goes_from_match_to_match_within_an_entry_and_over_two_chunks() {
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).behaviour.reply = ReplyKind::None;
    });
    let address = start_server(&mut window);
    let mut peer = connect(address);
    for (chunk, bytes) in [&b"say hel"[..], b"lo, hello"].into_iter().enumerate() {
        peer.write_all(bytes).unwrap();
        // What is not read before the next write would be one chunk with it.
        wait(&mut window, "the chunk", |window| {
            window.state().model().record.entries >= 3 + chunk as u64
        });
    }
    type_into(&mut window, Role::TextInput, "Find", "Hello");
    let at = |window: &mut Window, place: &str, byte: &str| {
        wait(window, place, |window| {
            shows(window, place) && shows(window, byte)
        });
    };
    // "hel" and "lo" are one match, shown in both chunks.
    at(&mut window, "entry 1 of 2", "Byte 4 as");
    window.key_press(Key::Enter);
    at(&mut window, "match 1 of 2 in entry 2 of 2", "Byte 0 as");
    window.key_press(Key::Enter);
    at(&mut window, "match 2 of 2 in entry 2 of 2", "Byte 4 as");
    window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    at(&mut window, "match 1 of 2 in entry 2 of 2", "Byte 0 as");
    window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    at(&mut window, "entry 1 of 2", "Byte 4 as");
    // On the way back an entry begins with its last match.
    window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    at(&mut window, "match 2 of 2 in entry 2 of 2", "Byte 4 as");

    let crossings = &window.state().model().timeline.find().crossings;
    let rows = window.state().model().timeline.loaded_rows();
    let parts: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row.place()?, row.kind.data_bytes()?)))
        .flat_map(|((stream, from), size)| crossings.within(stream, from..from + size))
        .collect();
    assert_eq!(parts, [4..7, 0..2]);

    // In another form the same is counted and ticked again, and what is selected stays.
    window
        .get_by_role_and_label(Role::RadioButton, "Lanes")
        .click();
    wait(&mut window, "the ticks", |window| {
        let timeline = &window.state().model().timeline;
        timeline.filter().bundles && timeline.find().ticks.is_some()
    });
    at(&mut window, "match 2 of 2 in entry 2 of 2", "Byte 4 as");
    window
        .get_by_role_and_label(Role::Tab, "Show only Client 1")
        .click();
    wait(&mut window, "none there", |window| {
        shows(window, "No match")
    });
}

#[test]
fn the_plot_shows_the_traffic_and_dragging_in_it_selects_entries() {
    let mut window = window();
    start_server(&mut window);
    click(&mut window, "Plot");
    wait(&mut window, "a plot", |window| {
        shows(window, "Traffic over the session: 0 B in and 0 B out")
    });
    click(&mut window, "Send");
    wait(&mut window, "the traffic", |window| {
        shows(window, "Traffic over the session: 28 B in and 28 B out")
    });
    let plot = window
        .get_by_label_contains("Traffic over the session")
        .rect();
    let from = plot.left_center() + egui::vec2(1.0, 0.0);
    let to = plot.right_center() - egui::vec2(1.0, 0.0);
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(plot.center());
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    let selected = |window: &Window| {
        let rows = window.query_all_by_role(Role::ListBoxOption);
        rows.filter(|row| row.accesskit_node().is_selected() == Some(true))
            .count()
    };
    let all = lines(&window, "Timeline").len();
    wait(&mut window, "the selection", |window| {
        selected(window) == all
    });
    window.key_press(Key::Escape);
    wait(&mut window, "no selection", |window| selected(window) == 0);
    click(&mut window, "Hide plot");
    assert!(!shows(&window, "Traffic over the session"));
}

#[test]
fn a_hint_stands_until_it_is_followed_or_dismissed() {
    let mut window = window();
    converse(&mut window);
    let select = "Click a row to see its bytes";
    let lanes = "Lanes shows the same as arrows";
    assert!(shows(&window, select));
    select_row(&mut window, "accepted");
    assert!(!shows(&window, select));
    window.key_press(Key::Escape);
    window.run_steps(4);
    assert!(shows(&window, lanes), "the next one");
    click(&mut window, "Dismiss the hint");
    assert!(!shows(&window, lanes));
    assert!(shows(&window, "finds any command by part of its name"));
    click(&mut window, "Dismiss the hint");
    assert!(!shows(&window, "Hint"));
}
