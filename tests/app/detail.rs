//! What the detail pane shows of the selected bytes.

use std::io::Write;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, click, connect, converse, rows, select_row, server_form, shows, start_server,
    type_into, wait, window, window_with,
};

#[test]
fn chosen_bytes_are_inspected() {
    let mut window = window();
    converse(&mut window);
    let last = window
        .query_all_by_role(Role::ListBoxOption)
        .last()
        .unwrap();
    last.click();
    wait(&mut window, "its bytes", |window| {
        shows(window, "Received 14 bytes")
    });
    let dump = window.get_by_role_and_label(Role::ListBox, "Hex dump");
    // The first byte's digits follow the offset.
    let at = dump.rect().left_top() + egui::vec2(84.0, 8.0);
    window.drag_at(at);
    window.drop_at(at);
    window.run_steps(4);
    assert!(shows(&window, "Byte 0 as") && shows(&window, "72 (0x48)"));
}

/// Where the lines of the dump stand, and what they show.
fn dump(window: &Window) -> Vec<(egui::Rect, String)> {
    let list = window.get_by_role_and_label(Role::ListBox, "Hex dump");
    let lines = list.children_recursive();
    lines
        .filter(|line| line.accesskit_node().role() == Role::ListItem)
        .filter_map(|line| Some((line.rect(), line.accesskit_node().label()?)))
        .collect()
}

#[test]
fn nothing_moves_when_a_byte_is_pressed() {
    for size in [(1280.0, 800.0), (800.0, 600.0)] {
        let mut window = window();
        window.set_size(size.into());
        converse(&mut window);
        select_row(&mut window, "received 14 bytes");
        wait(&mut window, "its bytes", |window| {
            shows(window, "Received 14 bytes")
        });
        window.run_steps(4);
        for view in ["Text and hex", "Hex"] {
            choose_view(&mut window, view);
            let before = dump(&window);
            assert!(!before.is_empty(), "{size:?}");
            for at in [84.0, 130.0] {
                let at = before[0].0.left_top() + egui::vec2(at, 8.0);
                window.drag_at(at);
                window.drop_at(at);
                window.hover_at(at);
                window.run_steps(4);
                assert_eq!(dump(&window), before, "{size:?}, {view}");
            }
            assert!(shows(&window, "Byte 2 as"), "{size:?}, {view}");
        }
    }
}

/// Chooses how a payload is shown: one of the buttons, or in a list where there is no room for them.
fn choose_view(window: &mut Window, view: &str) {
    // The timeline, above, has a choice of this name too.
    let low = |window: &Window| {
        let dump = window.query_by_role_and_label(Role::ListBox, "Hex dump");
        dump.unwrap().rect().top() - 120.0
    };
    let low = low(window);
    if let Some(list) = window.query_by_role_and_label(Role::ComboBox, "Show as") {
        list.click();
        window.run_steps(4);
    }
    {
        let mut all = window.query_all_by_label(view);
        let ours = all.rfind(|it| it.rect().top() > low);
        ours.unwrap().click();
    }
    window.run_steps(4);
}

#[test]
fn a_payload_is_read_by_its_structure_and_compared_with_another_one() {
    let mut window = window();
    start_server(&mut window);
    let role = Role::MultilineTextInput;
    type_into(&mut window, role, "Message", r#"{"on":true}"#);
    click(&mut window, "Send");
    wait(&mut window, "the echo", |window| {
        rows(window)
            .iter()
            .any(|row| row.starts_with("Client 1: received 11"))
    });
    select_row(&mut window, "received 11 bytes");
    wait(&mut window, "its bytes", |window| {
        shows(window, "Received 11 bytes")
    });
    window
        .get_by_role_and_label(Role::RadioButton, "Structure")
        .click();
    window.run_steps(4);
    assert!(shows(&window, r#""on": true"#));
    window
        .get_by_role_and_label(Role::RadioButton, "Modbus TCP")
        .click();
    window.run_steps(4);
    assert!(shows(&window, "Not Modbus TCP: "));

    click(&mut window, "Use…");
    click(&mut window, "Set as comparison base");
    wait(&mut window, "a comparison with itself", |window| {
        shows(window, "Identical bytes, compared with Received 11 B")
    });
    type_into(&mut window, role, "Message", r#"{"on":trug}"#);
    click(&mut window, "Send");
    wait(&mut window, "the second echo", |window| {
        rows(window)
            .iter()
            .any(|row| row.ends_with("trug}") && row.contains("received"))
    });
    select_row(&mut window, "trug");
    wait(&mut window, "the difference", |window| {
        shows(window, "1 byte changed, compared with")
    });
    click(&mut window, "End comparison");
    assert!(!shows(&window, "compared with"));
}

#[test]
fn bytes_written_at_one_end_are_shown_beside_those_read_at_the_other() {
    let mut window = window_with(|loaded| {
        let server = server_form(&mut loaded.document);
        server.behaviour.reply = bothends::workspace::ReplyKind::None;
        server.behaviour.read_buffer_text = "5".to_owned();
    });
    let address = start_server(&mut window);
    click(&mut window, "Send");
    wait(&mut window, "the three reads", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("received 4 bytes"))
    });
    select_row(&mut window, "received 4 bytes");
    let view = |window: &mut Window| {
        window
            .get_by_role_and_label(Role::RadioButton, "Both ends")
            .click();
        window.run_steps(4);
    };
    wait(&mut window, "its bytes", |window| {
        shows(window, "Received 4 bytes")
    });
    view(&mut window);
    wait(&mut window, "both ends", |window| {
        shows(window, "Client 1 wrote this in 1 write")
            && shows(window, "Server 1 read this in 3 reads")
    });
    let mut peer = connect(address);
    peer.write_all(b"abc").unwrap();
    wait(&mut window, "the other program's bytes", |window| {
        rows(window).iter().any(|row| row.ends_with(": abc"))
    });
    select_row(&mut window, "abc");
    wait(&mut window, "that its end is not here", |window| {
        shows(
            window,
            "The other end of this connection belongs to another program",
        )
    });
}
