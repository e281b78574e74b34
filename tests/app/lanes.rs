//! Lanes: the timeline as arrows between two lifelines.

use std::io::Write;
use std::net::Shutdown;

use bothends::workspace::{ReplyKind, TimelineAs};
use egui::Key;
use egui::accesskit::Role;

use super::driver::{
    Window, click, connect, converse, names, rows, select_row, selected, server_form, show_as,
    shows, start_server, type_into, wait, window, window_with,
};

fn wait_for_selected(window: &mut Window, text: &str) {
    wait(window, text, |window| {
        let selected = selected(window);
        selected.len() == 1 && selected[0].contains(text)
    });
}

#[test]
fn lanes_and_rows_have_the_same_entries_and_the_same_selection() {
    let mut window = window();
    converse(&mut window);
    let before = rows(&window);
    select_row(&mut window, "Server 1: received 14 bytes");
    show_as(&mut window, "Lanes");
    wait_for_selected(&mut window, "Server 1: received 14 bytes");
    assert_eq!(rows(&window), before);
    let timeline_as = window.state().model().preferences.timeline_as;
    assert_eq!(timeline_as, TimelineAs::Lanes);
    for end in ["Client 1 127.0.0.1:", "Server 1 127.0.0.1:"] {
        assert!(names(&window).iter().any(|name| name.starts_with(end)));
    }

    select_row(&mut window, "Server 1: sent 14 bytes");
    wait_for_selected(&mut window, "Server 1: sent 14 bytes");
    show_as(&mut window, "Rows");
    wait_for_selected(&mut window, "Server 1: sent 14 bytes");
    assert_eq!(rows(&window), before);
}

#[test]
fn the_keys_go_from_arrow_to_arrow() {
    let mut window = window();
    converse(&mut window);
    show_as(&mut window, "Lanes");
    wait(&mut window, "the arrows", |window| {
        rows(window).iter().any(|row| row.contains("listening on"))
    });
    select_row(&mut window, "Server 1: received 14 bytes");
    window.key_press(Key::Home);
    wait_for_selected(&mut window, "listening on");
    window.key_press(Key::ArrowDown);
    wait_for_selected(&mut window, "connecting to");
    window.key_press(Key::End);
    wait_for_selected(&mut window, "Client 1: received 14 bytes");
    window.key_press(Key::Escape);
    wait(&mut window, "no selection", |window| {
        selected(window).is_empty()
    });
}

/// A window with a run of forty chunks of three bytes, as lanes.
fn long_run() -> Window {
    const CHUNKS: u64 = 40;
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).behaviour.reply = ReplyKind::None;
    });
    let server = start_server(&mut window);
    let mut peer = connect(server);
    peer.set_nodelay(true).unwrap();
    for chunk in 0..CHUNKS {
        peer.write_all(format!("{chunk:03}").as_bytes()).unwrap();
        // What is not read before the next write would be one chunk with it.
        wait(&mut window, "the chunk", |window| {
            window.state().model().record.entries >= 3 + chunk
        });
    }
    peer.shutdown(Shutdown::Write).unwrap();
    show_as(&mut window, "Lanes");
    wait(&mut window, "the bundle", |window| {
        let rows = rows(window);
        rows.iter()
            .any(|row| row.starts_with("32 chunks, 96 B in "))
            && rows.iter().any(|row| row.contains("half-closed"))
    });
    assert!(rows(&window).len() < 20);
    window
}

#[test]
fn a_long_run_is_a_bundle_that_opens() {
    let mut window = long_run();

    click(&mut window, "Show each of 32 chunks");
    wait(&mut window, "each chunk", |window| {
        let rows = rows(window);
        !rows.is_empty() && !rows.iter().any(|row| row.contains("chunks,"))
    });
    wait_for_selected(&mut window, "received 3 bytes");

    click(&mut window, "Bundles");
    wait(&mut window, "the bundle again", |window| {
        shows(window, "32 chunks, 96 B in ")
    });
    wait_for_selected(&mut window, "32 chunks");
}

#[test]
fn the_detail_of_a_bundle_says_what_it_holds_and_goes_from_chunk_to_chunk() {
    let mut window = long_run();
    let at = |window: &mut Window, chunk: &str, bytes: &str| {
        wait(window, chunk, |window| {
            shows(window, chunk) && shows(window, bytes)
        });
    };
    select_row(&mut window, "32 chunks");
    at(&mut window, "chunk 1 of 32", "bytes 24 to 26 of the stream");
    assert!(names(&window).iter().any(|name| {
        // From when to when.
        name.starts_with("32 chunks, 96 B in ") && name.contains(" to ")
    }));
    click(&mut window, "Next chunk");
    at(&mut window, "chunk 2 of 32", "bytes 27 to 29 of the stream");
    click(&mut window, "Next chunk");
    click(&mut window, "Previous chunk");
    at(&mut window, "chunk 2 of 32", "bytes 27 to 29 of the stream");
    wait_for_selected(&mut window, "32 chunks");

    // What is found in it is shown at once.
    type_into(&mut window, Role::TextInput, "Find", "030");
    at(
        &mut window,
        "chunk 23 of 32",
        "bytes 90 to 92 of the stream",
    );
    wait_for_selected(&mut window, "32 chunks");

    click(&mut window, "Show each chunk");
    wait_for_selected(&mut window, "received 3 bytes");
    wait_for_selected(&mut window, "030");
}
