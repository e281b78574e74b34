//! Messages with structure: templates, frames, encodings, payloads, files.

use std::io::Write;
use std::net::TcpListener;

use bothends::app::App;
use bothends::capture::Library;
use bothends::net::ByDirection;
use bothends::payload::Draft;
use bothends::words::ENGLISH;
use bothends::workspace::{
    ConfigFolder, EndpointKind, MessageEdit, ReadingForm, ReplyKind, TargetForm,
};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, choose, click, connect, converse, rows, server_form, shows, start_server, tick,
    type_into, wait, window, window_with,
};

#[test]
fn a_template_is_computed_each_time_it_is_sent() {
    let mut window = window();
    start_server(&mut window);
    tick(&mut window, "Template");
    let text = "{{counter}} {{crc CRC-16/MODBUS le hex}}";
    type_into(&mut window, Role::MultilineTextInput, "Message", text);
    // "0 " and its checksum.
    wait(&mut window, "the preview", |window| {
        shows(window, "30 20 ") && shows(window, "6 bytes")
    });
    for expected in [": 0 1468", ": 1 15f8"] {
        click(&mut window, "Send");
        wait(&mut window, expected, |window| {
            rows(window).iter().any(|row| row.contains(expected))
        });
    }
}

#[test]
fn a_field_is_completed_at_the_cursor() {
    let mut window = window();
    tick(&mut window, "Template");
    let role = Role::MultilineTextInput;
    type_into(&mut window, role, "Message", "{{crc 16/modb");
    wait(&mut window, "the completion", |window| {
        shows(window, "CRC-16/MODBUS")
    });
    window.key_press(Key::Tab);
    window.run_steps(4);
    let field = window.get_by_role_and_label(role, "Message");
    field.type_text(" le");
    window.run_steps(4);
    let field = window.get_by_role_and_label(role, "Message");
    let typed = field.accesskit_node().value();
    assert_eq!(typed.as_deref(), Some("{{crc CRC-16/MODBUS le}}"));
}

#[test]
fn the_keys_reach_every_completion_and_show_its_usage() {
    let mut window = window();
    tick(&mut window, "Template");
    let role = Role::MultilineTextInput;
    type_into(&mut window, role, "Message", "{{");
    wait(&mut window, "the list", |window| {
        shows(window, "{{counter [start=N] [step=N]")
    });
    window.key_press(Key::ArrowUp);
    window.run_steps(4);
    window.key_press(Key::ArrowUp);
    wait(&mut window, "the last but one", |window| {
        shows(window, "{{lower request")
    });
    window.key_press(Key::Tab);
    window.run_steps(4);
    let field = window.get_by_role_and_label(role, "Message");
    let typed = field.accesskit_node().value();
    assert_eq!(typed.as_deref(), Some("{{lower "));
}

#[test]
fn frames_replace_chunks_and_show_whether_they_are_good() {
    let mut window = window_with(|loaded| {
        let server = server_form(&mut loaded.document);
        server.protocol.received.framing_text = "length:u8".to_owned();
        server.protocol.received.check_text = "sum".to_owned();
        server.behaviour.reply = bothends::workspace::ReplyKind::None;
        // Each read takes two bytes, so frames span reads.
        server.behaviour.read_buffer_text = "2".to_owned();
    });
    let address = start_server(&mut window);
    let mut peer = connect(address);
    peer.write_all(b"\x02a\x63\x02a\x64").unwrap();
    wait(&mut window, "the chunks", |window| {
        let is_chunk = |row: &&String| row.contains("received 2 bytes");
        rows(window).iter().filter(is_chunk).count() == 3
    });
    click(&mut window, "Frames");
    wait(&mut window, "the frames", |window| {
        let rows = rows(window);
        let has = |words: &str| rows.iter().any(|row| row.contains(words));
        has("received a good frame of 3 bytes") && has("received a bad frame of 3 bytes")
    });
    assert!(shows(&window, "1 good") && shows(&window, "1 bad"));
    let bad = window
        .query_all_by_role(Role::ListBoxOption)
        .find(|node| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.contains("bad frame"))
        })
        .unwrap();
    bad.click();
    wait(&mut window, "what is wrong with it", |window| {
        shows(window, "Bad: sum is 64, expected 63") && shows(window, "In 2 reads: ")
    });
    // A search goes to the frame in which the matching entry begins.
    type_into(&mut window, Role::TextInput, "Find", "hex:63 02");
    window.key_press(Key::Enter);
    wait(&mut window, "the frame with the match", |window| {
        shows(window, "Good: sum")
    });
    click(&mut window, "Frames");
    wait(&mut window, "the chunks again", |window| {
        rows(window).iter().all(|row| !row.contains("frame of"))
    });
}

#[test]
fn an_encoding_applies_to_sent_and_shown_text() {
    let mut window = window_with(|loaded| {
        let protocol = ByDirection::both(ReadingForm {
            encoding: "gbk".parse().unwrap(),
            ..ReadingForm::default()
        });
        server_form(&mut loaded.document).protocol = protocol.clone();
        server_form(&mut loaded.document).behaviour.read_buffer_text = "1".to_owned();
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.protocol = protocol.clone();
            }
        }
        "Ж".clone_into(&mut loaded.preferences.composer.draft.text);
    });
    start_server(&mut window);
    wait(&mut window, "the preview", |window| shows(window, "A7 A8"));
    click(&mut window, "Send");
    wait(&mut window, "the character where it completes", |window| {
        let rows = rows(window);
        rows.iter()
            .any(|row| row.starts_with("Server 1: received 1 byte") && row.ends_with(": Ж"))
            && rows
                .iter()
                .any(|row| row.contains("sent 2 bytes") && row.ends_with(": Ж"))
    });
    let role = Role::MultilineTextInput;
    type_into(&mut window, role, "Message", "ß");
    wait(&mut window, "the error", |window| {
        shows(window, "Column 1: GBK cannot encode 'ß'")
    });
}

#[test]
fn the_bytes_of_a_row_are_sent_again_and_saved() {
    let mut window = window();
    converse(&mut window);
    // Four entries to begin with, and four for each message; the selected row holds the view where it is.
    let echoed =
        |window: &Window, count: u64| window.state().model().record.entries >= 4 + 4 * count;
    let last = window
        .query_all_by_role(Role::ListBoxOption)
        .last()
        .unwrap();
    last.click();
    wait(&mut window, "its bytes", |window| {
        shows(window, "Received 14 bytes")
    });
    click(&mut window, "Use…");
    click(&mut window, "Save message");
    click(&mut window, "Use…");
    click(&mut window, "Send again to Client 1");
    wait(&mut window, "the second echo", |window| echoed(window, 2));
    let menu = |window: &mut Window, item: &str| {
        let last = window.query_all_by_role(Role::ListBoxOption).last();
        last.unwrap().click_secondary();
        window.run_steps(4);
        // Its bytes are still being loaded.
        wait(window, "the menu", |window| {
            let item = window.query_by_role_and_label(Role::Button, item);
            item.is_some_and(|item| !item.accesskit_node().is_disabled())
        });
        click(window, item);
    };
    menu(&mut window, "Send again to Client 1");
    wait(&mut window, "the third echo", |window| echoed(window, 3));
    type_into(&mut window, Role::MultilineTextInput, "Message", "other");
    click(&mut window, "Saved messages");
    click(&mut window, "Received 14 B: Hello, server!");
    click(&mut window, "Edit Received 14 B: Hello, server!");
    wait(&mut window, "the message", |window| {
        let field = window.get_by_role_and_label(Role::MultilineTextInput, "Message");
        field.accesskit_node().value().as_deref() == Some("Hello, server!")
    });
    type_into(&mut window, Role::MultilineTextInput, "Message", "other");
    menu(&mut window, "Edit and send");
    wait(&mut window, "the message", |window| {
        let field = window.get_by_role_and_label(Role::MultilineTextInput, "Message");
        field.accesskit_node().value().as_deref() == Some("Hello, server!")
    });
}

#[test]
fn a_pasted_dump_is_offered_as_hex() {
    let mut window = window();
    let role = Role::MultilineTextInput;
    window.get_by_role_and_label(role, "Message").focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    let dump = "00000000: 4865 6c6c 6f2c 2077 6f72 6c64 0a         Hello, world.\n";
    window.event(egui::Event::Paste(dump.to_owned()));
    window.run_steps(4);
    assert!(shows(&window, "You pasted xxd output"));
    click(&mut window, "Convert to hex (13 bytes)");
    let field = window.get_by_role_and_label(role, "Message");
    let digits = "48 65 6C 6C 6F 2C 20 77 6F 72 6C 64 0A";
    assert_eq!(field.accesskit_node().value().as_deref(), Some(digits));
    assert!(shows(&window, "13 bytes"));
}

#[test]
fn a_file_is_sent_in_writes_of_the_requested_size() {
    let mut window = window();
    converse(&mut window);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("label.bin");
    std::fs::write(&path, b"abcdefghijkl").unwrap();
    click(&mut window, "File…");
    let role = Role::TextInput;
    type_into(&mut window, role, "File to send", path.to_str().unwrap());
    type_into(&mut window, role, "Bytes per write", "5");
    type_into(&mut window, role, "Delay between writes", "5ms");
    click(&mut window, "Send file");
    wait(&mut window, "the writes", |window| {
        let rows = rows(window);
        let has = |end: &str| {
            let sent = |row: &&String| row.starts_with("Client 1: sent") && row.ends_with(end);
            rows.iter().filter(sent).count() == 1
        };
        has(": abcde") && has(": fghij") && has(": kl")
    });
    wait(&mut window, "its end", |window| {
        shows(window, "Sent label.bin, 12 B")
    });
    click(&mut window, "Dismiss");
    assert!(!shows(&window, "label.bin"));
}

#[test]
fn a_file_that_the_peer_does_not_read_can_be_cancelled_and_a_missing_file_is_reported() {
    // A peer that does not read; the file is larger than the system's buffers.
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut window = window_with(|loaded| {
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.target = bothends::workspace::TargetForm::Address;
                client.remote.port_text = port.to_string();
            }
        }
    });
    let send = |window: &mut Window, path: &str| {
        click(window, "File…");
        type_into(window, Role::TextInput, "File to send", path);
        click(window, "Send file");
    };
    send(&mut window, "/none/of this");
    wait(&mut window, "that there is no connection", |window| {
        shows(window, "The client is not connected: connect it first")
    });
    click(&mut window, "Connect");
    wait(&mut window, "the connection", |window| {
        shows(window, "Connected to ")
    });
    send(&mut window, "/none/of this");
    wait(&mut window, "that there is no file", |window| {
        shows(window, "Cannot read /none/of this")
    });
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("large.bin");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(1 << 30)
        .unwrap();
    send(&mut window, path.to_str().unwrap());
    wait(&mut window, "the file on its way", |window| {
        shows(window, "Sending large.bin: ") && shows(window, " of 1 GiB")
    });
    click(&mut window, "Cancel");
    wait(&mut window, "its end", |window| {
        shows(window, "Cancelled large.bin after ")
    });
}

#[test]
fn the_composer_fits_windows_of_any_width() {
    let mut window = window();
    for width in (700..=1400).step_by(30) {
        window.set_size(egui::vec2(width as f32, 700.0));
        window.run_steps(3);
        let menu = window.query_by_role_and_label(Role::Button, "More for messages");
        // Where there is no room for these on the line, they are in its menu.
        let in_menu: &[&str] = match menu {
            Some(_) => &["More for messages"],
            None => &["Saved messages", "History", "File…"],
        };
        for name in in_menu.iter().chain(&["Repeat…", "Send"]) {
            let right = window.get_by_role_and_label(Role::Button, name);
            let right = right.rect().right();
            assert!(right <= width as f32, "{name} ends at {right} of {width}");
        }
    }
}

fn is_sent(row: &str) -> bool {
    row.starts_with("Client 1: sent")
}

fn sent_rows(window: &Window) -> usize {
    rows(window).iter().filter(|row| is_sent(row)).count()
}

#[test]
fn send_answers_whatever_the_timeline_shows() {
    let mut window = window();
    converse(&mut window);
    click(&mut window, "Filter");
    type_into(&mut window, Role::TextInput, "Peer", "203.0.113.7");
    window.key_press(Key::Escape);
    window.run_steps(4);
    wait(&mut window, "an empty timeline", |window| {
        shows(window, "No entries match the filter")
    });
    let role = Role::MultilineTextInput;
    type_into(&mut window, role, "Message", "12345");
    click(&mut window, "Send");
    wait(&mut window, "the answer", |window| {
        shows(window, "Sent 5 bytes · 1 reply in ")
    });
    assert!(shows(&window, "No entries match the filter"));
}

#[test]
fn several_recipients_are_sent_a_message_at_once() {
    let mut window = window_with(|loaded| {
        loaded.document.add_client("Client").unwrap();
    });
    start_server(&mut window);
    window
        .get_by_role_and_label(Role::ComboBox, "Send to")
        .click();
    window.run_steps(4);
    tick(&mut window, "Also send to Client 2");
    window.key_press(Key::Escape);
    window.run_steps(4);
    click(&mut window, "Send");
    wait(&mut window, "both answers", |window| {
        shows(window, "Sent 14 bytes to 2 peers · 2 replied, first in ")
    });
    let model = window.state().model();
    assert_eq!(model.recipients().count(), 2);
}

#[test]
fn a_message_that_cannot_be_sent_says_why_beside_the_button() {
    let closed = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let mut window = window_with(|loaded| {
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.target = bothends::workspace::TargetForm::Address;
                client.remote.port_text = port.to_string();
            }
        }
    });
    click(&mut window, "Send");
    wait(&mut window, "why it was not sent", |window| {
        let mut said = window.query_all_by_label_contains("refused");
        said.any(|node| {
            let place = node.accesskit_node().bounding_box();
            place.is_some_and(|place| place.y0 > 600.0)
        })
    });
}

/// What stands at the bottom of the window, where messages are sent.
fn says_below(window: &Window, text: &str) -> bool {
    let mut said = window.query_all_by_label_contains(text);
    said.any(|node| {
        let place = node.accesskit_node().bounding_box();
        place.is_some_and(|place| place.y0 > 600.0)
    })
}

#[test]
fn why_a_message_was_not_sent_is_forgotten_once_its_client_is_connected() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut window = window_with(|loaded| {
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.target = bothends::workspace::TargetForm::Address;
                client.remote.port_text = address.port().to_string();
            }
        }
    });
    click(&mut window, "Send");
    wait(&mut window, "why it was not sent", |window| {
        says_below(window, "refused")
    });
    wait(&mut window, "what that means for the message", |window| {
        let rows = rows(window);
        rows.iter()
            .any(|row| row.contains("14 bytes not sent: no connection was established"))
    });
    let listener = TcpListener::bind(address).unwrap();
    click(&mut window, "Connect");
    wait(&mut window, "the connection", |window| {
        window.state().model().live_connections == 1
    });
    wait(&mut window, "nothing in its place", |window| {
        !says_below(window, "refused") && window.state().model().answer.is_none()
    });
    drop(listener);
}

#[test]
fn a_server_that_sends_no_reply_is_not_waited_for() {
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).behaviour.reply = ReplyKind::None;
    });
    wait(&mut window, "the first step", |window| {
        shows(window, "It listens on its address and only receives")
    });
    start_server(&mut window);
    click(&mut window, "Send");
    wait(&mut window, "what was sent", |window| {
        shows(
            window,
            "Sent 14 bytes · no reply: Server 1 is set up to send none",
        )
    });
    assert!(!shows(&window, "no reply yet"));
}

#[test]
fn the_first_step_says_what_the_server_does() {
    for (reply, says) in [
        (ReplyKind::Echo, "and sends back what it receives"),
        (ReplyKind::Fixed, "with its own message"),
    ] {
        let mut window = window_with(|loaded| {
            server_form(&mut loaded.document).behaviour.reply = reply;
        });
        wait(&mut window, says, |window| shows(window, says));
    }
}

fn repeat(window: &mut Window, times: &str, period: &str) {
    click(window, "Repeat…");
    type_into(window, Role::TextInput, "Time between two messages", period);
    type_into(window, Role::TextInput, "Number of times", "1");
    window.key_press(Key::Backspace);
    window.run_steps(2);
    let field = window.get_by_role_and_label(Role::TextInput, "Number of times");
    field.type_text(times);
    window.run_steps(2);
    click(window, "Repeat");
}

#[test]
fn a_message_is_repeated_as_often_as_asked_for_with_new_fields_each_time() {
    let mut window = window();
    start_server(&mut window);
    tick(&mut window, "Template");
    let role = Role::MultilineTextInput;
    type_into(&mut window, role, "Message", "no. {{counter}}");
    repeat(&mut window, "3", "50ms");
    wait(&mut window, "the end", |window| {
        shows(window, "Repeated 3 times")
    });
    wait(&mut window, "all rows", |window| {
        let rows = rows(window);
        let has = |number: u32| {
            let end = format!(": no. {number}");
            rows.iter()
                .filter(|row| is_sent(row))
                .any(|row| row.ends_with(&end))
        };
        sent_rows(window) == 3 && (0..3).all(has)
    });
    wait(&mut window, "the answer", |window| {
        shows(window, "Sent 3 times · 3 replies, the last in ")
    });
    click(&mut window, "Dismiss");
    assert!(!shows(&window, "Repeated 3 times"));
}

#[test]
fn a_repeated_message_is_stopped_by_the_button_and_by_escape() {
    let mut window = window();
    start_server(&mut window);
    repeat(&mut window, "", "1ms");
    wait(&mut window, "some of them", |window| {
        shows(window, "so far · every 1.0 ms") && sent_rows(window) > 3
    });
    click(&mut window, "Stop");
    wait(&mut window, "the end", |window| {
        shows(window, "Stopped after ")
    });
    let times = |window: &Window| window.state().model().repeated.as_ref().map(|it| it.times);
    let before = times(&window);
    // What follows shows that no more of them came.
    click(&mut window, "Send");
    wait(&mut window, "the next message", |window| {
        shows(window, "Sent 14 bytes · 1 reply in ")
    });
    assert_eq!(times(&window), before);
    repeat(&mut window, "", "1ms");
    wait(&mut window, "it to run again", |window| {
        shows(window, "so far · every 1.0 ms")
    });
    window.key_press(Key::Escape);
    wait(&mut window, "its end", |window| {
        shows(window, "Stopped after ")
    });
}

#[test]
fn escape_in_another_field_does_not_stop_a_repeated_message() {
    let mut window = window();
    start_server(&mut window);
    repeat(&mut window, "", "1m");
    wait(&mut window, "it to run", |window| {
        shows(window, "1 so far · every 1 min 0 s")
    });
    type_into(&mut window, Role::TextInput, "Find", "x");
    window.key_press(Key::Escape);
    window.run_steps(6);
    assert!(window.state().model().is_repeating());
    window.key_press(Key::Escape);
    wait(&mut window, "its end", |window| {
        shows(window, "Stopped after ")
    });
}

#[test]
fn a_repeated_message_ends_with_a_reply_or_its_connection() {
    let mut window = window();
    start_server(&mut window);
    click(&mut window, "Repeat…");
    tick(&mut window, "until a reply");
    window.key_press(Key::Escape);
    window.run_steps(4);
    repeat(&mut window, "", "1m");
    // Long before the second one is due.
    wait(&mut window, "the reply", |window| {
        shows(window, "Replied after 1 time")
    });
    click(&mut window, "Repeat…");
    tick(&mut window, "until a reply");
    window.key_press(Key::Escape);
    window.run_steps(4);
    repeat(&mut window, "", "1m");
    wait(&mut window, "it to run", |window| {
        shows(window, "1 so far · every 1 min 0 s")
    });
    wait(&mut window, "its answer", |window| {
        shows(window, "Sent 14 bytes · 1 reply in ")
    });
    click(&mut window, "Disconnect");
    wait(&mut window, "its end", |window| {
        shows(window, "Repeating ended after 1 time: ")
    });
}

#[test]
fn a_key_sends_a_saved_message_and_history_is_searched() {
    let mut window = window_with(|loaded| {
        for text in ["first saved", "second saved"] {
            let draft = Draft {
                text: text.to_owned(),
                ..Draft::default()
            };
            loaded.document.save_message(text, draft).unwrap();
        }
    });
    start_server(&mut window);
    for (key, text) in [(Key::Num2, "second saved"), (Key::Num1, "first saved")] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        wait(&mut window, text, |window| {
            let end = format!(": {text}");
            rows(window)
                .iter()
                .filter(|row| is_sent(row))
                .any(|row| row.ends_with(&end))
        });
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::R);
    window.run_steps(4);
    let role = Role::TextInput;
    type_into(&mut window, role, "Search sent messages", "SECOND");
    window.key_press(Key::Enter);
    window.run_steps(4);
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "Message");
    assert_eq!(
        field.accesskit_node().value().as_deref(),
        Some("second saved")
    );
}

#[test]
fn saved_messages_have_folders_and_notes_that_are_saved_with_the_document() {
    let data = super::driver::data_folder();
    let open = |data: &std::path::Path| {
        let (folder, loaded) = ConfigFolder::open_in(data);
        let library = Library::open_in(&data.join("captures"));
        let mut window = egui_kittest::Harness::builder()
            .with_size([1280.0, 800.0])
            .with_max_steps(64)
            .build_eframe(move |creation| {
                let ctx = &creation.egui_ctx;
                App::new(ctx, &ENGLISH, folder, loaded, Some(&library)).unwrap()
            });
        window.run_steps(2);
        window
    };
    let mut window = open(&data);
    click(&mut window, "Saved messages");
    type_into(&mut window, Role::TextInput, "Message name", "hello");
    click(&mut window, "Save");
    // It is selected at once.
    for (field, text) in [("Folder", "Greetings"), ("Note", "for the meter")] {
        type_into(&mut window, Role::TextInput, field, text);
        window.key_press(Key::Enter);
        window.run_steps(4);
    }
    assert!(shows(&window, "Greetings"));
    choose(&mut window, "More for hello", "Duplicate");
    choose(&mut window, "More for hello", "Delete");
    assert!(shows(&window, "hello was deleted"));
    click(&mut window, "Undo");
    drop(window);
    let window = open(&data);
    let messages = &window.state().model().document.messages;
    let saved: Vec<_> = messages
        .iter()
        .map(|it| (&*it.name, &*it.folder, &*it.note))
        .collect();
    let (folder, note) = ("Greetings", "for the meter");
    assert_eq!(saved, [("hello", folder, note), ("hello 2", folder, note)]);
}

/// The saved messages in the order of the list, each as `folder/name`.
fn listed(window: &Window) -> String {
    let folders = window.state().model().document.messages_by_folder();
    let messages = folders.into_iter().flat_map(|it| it.1);
    let written = messages.map(|it| format!("{}/{}", it.folder, it.name));
    written.collect::<Vec<_>>().join(" ")
}

#[test]
fn saved_messages_are_reordered_and_their_keys_follow() {
    let mut window = window_with(|loaded| {
        for name in ["one", "two", "three"] {
            let draft = Draft {
                text: format!("it is {name}"),
                ..Draft::default()
            };
            loaded.document.save_message(name, draft).unwrap();
        }
        let moved = MessageEdit::Move("three".to_owned(), "Meter".to_owned());
        loaded.document.edit_messages(moved).unwrap();
    });
    start_server(&mut window);
    click(&mut window, "Saved messages");
    click(&mut window, "two");
    let press = |window: &mut Window, key| {
        window.key_press_modifiers(Modifiers::ALT, key);
        window.run_steps(4);
    };
    press(&mut window, Key::ArrowUp);
    assert_eq!(listed(&window), "/two /one Meter/three");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    wait(&mut window, "the message that is first now", |window| {
        let rows = rows(window);
        rows.iter().any(|row| row.ends_with(": it is two"))
    });
    // The keyboard stays with the message, and takes it into the folder.
    for expected in [
        "/one /two Meter/three",
        "/one Meter/two Meter/three",
        "/one Meter/three Meter/two",
        "/one Meter/three Meter/two",
    ] {
        press(&mut window, Key::ArrowDown);
        assert_eq!(listed(&window), expected);
    }
    // The arrows alone move the selection.
    window.key_press(Key::ArrowUp);
    window.run_steps(4);
    choose(&mut window, "More for three", "Move up");
    assert_eq!(listed(&window), "/one /three Meter/two");
    let rect =
        |window: &Window, name: &str| window.get_by_role_and_label(Role::Button, name).rect();
    let (from, to) = (
        rect(&window, "two").center(),
        rect(&window, "one").center_top(),
    );
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(to + egui::vec2(0.0, 5.0));
    window.run_steps(2);
    window.drop_at(to + egui::vec2(0.0, 5.0));
    window.run_steps(4);
    assert_eq!(listed(&window), "/two /one /three");
}

fn saved_message<'a>(window: &'a Window, name: &str) -> &'a bothends::workspace::SavedMessage {
    window.state().model().document.message(name).unwrap()
}

#[test]
fn what_is_typed_about_a_saved_message_is_kept_whatever_is_clicked_next() {
    let mut window = window_with(|loaded| {
        for name in ["one", "two"] {
            let draft = Draft::default();
            loaded.document.save_message(name, draft).unwrap();
        }
    });
    click(&mut window, "Saved messages");
    click(&mut window, "one");
    type_into(&mut window, Role::TextInput, "Note", "for the meter");
    click(&mut window, "two");
    assert_eq!(saved_message(&window, "one").note, "for the meter");
    type_into(&mut window, Role::TextInput, "Folder", "Greetings");
    window.get_by_role_and_label(Role::Tab, "Endpoints").click();
    window.run_steps(6);
    assert_eq!(saved_message(&window, "two").folder, "Greetings");
    assert_eq!(saved_message(&window, "two").note, "");
}

#[test]
fn a_refused_name_leaves_the_selection_where_it_is() {
    let mut window = window_with(|loaded| {
        for name in ["one", "two"] {
            let draft = Draft::default();
            loaded.document.save_message(name, draft).unwrap();
        }
    });
    click(&mut window, "Saved messages");
    click(&mut window, "one");
    for (typed, selected) in [("two", "one"), ("three", "three")] {
        type_into(&mut window, Role::TextInput, "Name", typed);
        window.key_press(Key::Enter);
        window.run_steps(6);
        let send = format!("Edit {selected}");
        assert!(shows(&window, &send), "{typed}");
    }
    saved_message(&window, "two");
}

#[test]
fn the_recipients_port_stays_in_sight() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut window = window_with(|loaded| {
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.target = TargetForm::Address;
                client.remote.host_text = "meter-17.laboratory.example.org".to_owned();
                client.remote.port_text = port.to_string();
            }
        }
    });
    for size in [[1440.0, 800.0], [800.0, 600.0]] {
        window.set_size(size.into());
        window.run_steps(4);
        let combo = window.get_by_role_and_label(Role::ComboBox, "Send to");
        let (rect, value) = (combo.rect(), combo.accesskit_node().value());
        let whole = format!("Client 1 → meter-17.laboratory.example.org:{port}");
        assert_eq!(value.as_deref(), Some(&*whole));
        let shapes = window.output().shapes.iter();
        let painted = shapes.filter_map(|shape| match &shape.shape {
            egui::epaint::Shape::Text(text)
                if rect.contains(text.visual_bounding_rect().center()) =>
            {
                Some(text.galley.clone())
            }
            _ => None,
        });
        let painted: Vec<_> = painted.collect();
        let [galley] = &painted[..] else {
            panic!("{painted:?}");
        };
        let text = galley.text();
        assert!(text.starts_with("Client 1"), "{text}");
        assert!(text.ends_with(&format!("…:{port}")), "{text}");
        assert!(!galley.elided, "{text}");
    }
}

/// How many rows of the timeline can be seen whole; none while they are loaded.
fn rows_in_sight(window: &Window) -> usize {
    let Some(list) = window.query_by_role_and_label(Role::ListBox, "Timeline") else {
        return 0;
    };
    let list = list.rect();
    let rows = window.query_all_by_role(Role::ListBoxOption);
    let is_whole = |row: &egui_kittest::Node<'_>| list.expand(0.5).contains_rect(row.rect());
    rows.filter(is_whole).count()
}

#[test]
fn a_small_window_keeps_eight_rows_with_a_banner_and_while_repeating() {
    let mut window = window_with(|loaded| loaded.document.is_approved = false);
    start_server(&mut window);
    window.set_size(egui::vec2(800.0, 600.0));
    repeat(&mut window, "", "1ms");
    wait(&mut window, "many rows", |window| {
        window.state().model().record.entries > 60
    });
    window.run_steps(4);
    assert!(shows(&window, "Approve document"));
    assert!(shows(&window, "so far · every 1.0 ms"));
    has_eight_rows(&mut window);
    click(&mut window, "Stop");
    wait(&mut window, "the end", |window| {
        shows(window, "Stopped after ")
    });
    has_eight_rows(&mut window);
    // What has no room on the line is in a menu.
    choose(&mut window, "More for messages", "History");
    assert!(
        window
            .query_by_role_and_label(Role::TextInput, "Search sent messages")
            .is_some()
    );
    window.key_press(Key::Escape);
    window.run_steps(4);
    choose(&mut window, "More for messages", "File…");
    assert!(
        window
            .query_by_role_and_label(Role::TextInput, "File to send")
            .is_some()
    );
}

fn has_eight_rows(window: &mut Window) {
    wait(window, "eight rows", |window| rows_in_sight(window) >= 8);
}

/// A window of 1280×800 pixels at this zoom, with more rows than it shows.
fn zoomed(zoom: f32) -> Window {
    let mut window = window();
    start_server(&mut window);
    repeat(&mut window, "20", "1ms");
    wait(&mut window, "many rows", |window| {
        let button = window.query_by_role_and_label(Role::Button, "Dismiss");
        window.state().model().record.entries > 60 && button.is_some()
    });
    click(&mut window, "Dismiss");
    window.set_size(egui::vec2(1280.0, 800.0) / zoom);
    window.run_steps(6);
    window
}

#[test]
fn a_zoomed_window_keeps_eight_rows_with_a_selection_and_a_filter() {
    let mut window = zoomed(1.6);
    has_eight_rows(&mut window);
    window
        .query_all_by_label_contains("received 14 bytes")
        .last()
        .unwrap()
        .click();
    wait(&mut window, "the detail", |window| {
        shows(window, "Received 14 bytes")
    });
    window.run_steps(4);
    has_eight_rows(&mut window);
    // There are two lines of the dump at least.
    let detail = window
        .get_by_role_and_label(Role::ListBox, "Hex dump")
        .rect();
    assert!(detail.height() >= 30.0, "{detail}");
    window.get_by_label("Show only Server 1").click();
    window.run_steps(6);
    has_eight_rows(&mut window);
    // What has no room on its line is in a menu.
    choose(&mut window, "More for messages", "History");
    assert!(
        window
            .query_by_role_and_label(Role::TextInput, "Search sent messages")
            .is_some()
    );
    window.key_press(Key::Escape);
    window.run_steps(4);
    click(&mut window, "More views");
    let lanes = window.query_by_role_and_label(Role::RadioButton, "Lanes");
    assert!(lanes.is_some());
}

#[test]
fn a_window_at_twice_the_size_keeps_eight_rows_and_sends() {
    let mut window = zoomed(2.0);
    // A message of one line, in the field that there is room for.
    let role = Role::MultilineTextInput;
    type_into(&mut window, role, "Message", "Hello");
    window.run_steps(4);
    has_eight_rows(&mut window);
    let before = window.state().model().record.entries;
    click(&mut window, "Send");
    wait(&mut window, "the answer", |window| {
        window.state().model().record.entries > before && shows(window, "1 reply in ")
    });
    has_eight_rows(&mut window);
    click(&mut window, "More for messages");
    window
        .get_by_role_and_label(Role::RadioButton, "Hex")
        .click();
    window.run_steps(4);
    let format = &window.state().model().preferences.composer.draft.format;
    assert_eq!(*format, bothends::payload::Format::Hex);
}

#[test]
fn the_field_grows_to_a_bound_and_scrolls_within_its_border() {
    let mut window = window();
    let role = Role::MultilineTextInput;
    let bottom = |window: &Window| {
        window
            .get_by_role_and_label(Role::Button, "Send")
            .rect()
            .bottom()
    };
    let text = |lines: usize| "line\n".repeat(lines - 1) + "line";
    let mut heights = Vec::new();
    for lines in [1, 4, 8, 40] {
        type_into(&mut window, role, "Message", &text(lines));
        window.run_steps(4);
        let composer = window
            .get_by_role_and_label(Role::ComboBox, "Send to")
            .rect();
        heights.push(bottom(&window) - composer.bottom());
    }
    assert!(
        heights[0] < heights[1] && heights[1] < heights[2],
        "{heights:?}"
    );
    assert!((heights[2] - heights[3]).abs() < 0.5, "{heights:?}");
}
