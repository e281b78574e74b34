//! The whole window, headless, by accessible names, over real sockets.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on says where"
)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wirebench::app::App;
use wirebench::capture::Library;
use wirebench::workspace::{EndpointKind, Loaded, Workspace};

const PATIENCE: Duration = Duration::from_secs(10);

type Window = Harness<'static, App>;

/// Opens the window on a fresh workspace whose server takes any free port.
fn window() -> Window {
    window_with(|_| {})
}

fn window_with(edit: impl FnOnce(&mut Workspace)) -> Window {
    // The application may outlive the test's variables, so its captures stay in the build's own folder.
    let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    window_on(&data.keep(), edit)
}

/// Opens the window on the data folder `data`.
fn window_on(data: &Path, edit: impl FnOnce(&mut Workspace)) -> Window {
    let mut workspace = Workspace::default();
    for form in &mut workspace.endpoints {
        if let EndpointKind::Server(server) = &mut form.kind {
            server.bind_port_text = "0".to_owned();
        }
    }
    edit(&mut workspace);
    let loaded = Loaded {
        workspace,
        notice: None,
    };
    let library = Library::open_in(data);
    let mut window = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(64)
        .build_eframe(move |creation| {
            App::new(&creation.egui_ctx, None, loaded, Some(&library)).unwrap()
        });
    window.run_steps(2);
    window
}

/// Steps until the predicate holds; fails with what was waited for.
fn wait(window: &mut Window, what: &str, mut holds: impl FnMut(&Window) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds(window) {
        assert!(
            Instant::now() < deadline,
            "waited for {what}; on screen: {:#?}",
            names(window)
        );
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
}

/// What a screen reader would say of each widget; the words of a label are its value.
fn names(window: &Window) -> Vec<String> {
    let nodes = window.root().children_recursive();
    nodes
        .filter_map(|node| {
            node.accesskit_node()
                .label()
                .or(node.accesskit_node().value())
        })
        .collect()
}

fn shows(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

fn click(window: &mut Window, name: &str) {
    // A dialog that grew or shrank by what was waited for comes to rest in the middle.
    window.run_steps(4);
    window.get_by_role_and_label(Role::Button, name).click();
    // The pointer comes, presses and lets go; and what that changes comes to rest.
    window.run_steps(6);
}

fn tick(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::CheckBox, name).click();
    window.run_steps(2);
}

/// Starts Server 1 and returns where it listens.
fn start_server(window: &mut Window) -> SocketAddr {
    click(window, "Start server");
    wait(window, "the bound address", |window| {
        shows(window, "Listening on ")
    });
    let label = names(window)
        .into_iter()
        .find(|name| name.starts_with("Listening on "))
        .unwrap();
    label.trim_start_matches("Listening on ").parse().unwrap()
}

fn rows(window: &Window) -> Vec<String> {
    window
        .query_all_by_role(Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

fn type_into(window: &mut Window, role: Role, name: &str, text: &str) {
    window.get_by_role_and_label(role, name).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_role_and_label(role, name).type_text(text);
    // A dialog that grew or shrank comes to rest in the middle.
    window.run_steps(4);
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

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

fn position_containing(rows: &[String], text: &str) -> usize {
    rows.iter()
        .position(|row| row.contains(text))
        .unwrap_or_else(|| panic!("no row with {text:?} in {rows:#?}"))
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
        window.state().model().workspace.composer.draft.text,
        "Hello, server!"
    );
    // It is selected: what is typed next takes its place.
    window
        .get_by_role_and_label(Role::MultilineTextInput, "Message")
        .type_text("next");
    window.run_steps(3);
    assert_eq!(window.state().model().workspace.composer.draft.text, "next");
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
fn a_message_goes_to_the_selected_peers_only() {
    let mut window = window_with(|workspace| workspace.composer.draft.text = "to you".to_owned());
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
    other
        .set_read_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    assert!(other.read(&mut got).is_err(), "the other peer got it too");
}

#[test]
fn a_taken_port_is_an_error_that_offers_a_free_one() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut window = window_with(|workspace| {
        if let EndpointKind::Server(server) = &mut workspace.endpoints[0].kind {
            server.bind_port_text = port.to_string();
        }
    });
    click(&mut window, "Start server");
    wait(&mut window, "the error", |window| {
        shows(window, "the port is taken by another program")
    });
    click(&mut window, "Use a free port");
    wait(&mut window, "the bound address", |window| {
        shows(window, "Listening on 127.0.0.1:")
    });
    assert!(!shows(&window, &format!("Listening on 127.0.0.1:{port}")));
}

#[test]
fn a_refused_connect_says_so_and_what_to_do() {
    // A bound port that does not listen refuses for certain.
    let unused = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    unused
        .bind(&"127.0.0.1:0".parse::<SocketAddr>().unwrap().into())
        .unwrap();
    let port = unused.local_addr().unwrap().as_socket().unwrap().port();
    let mut window = window_with(|workspace| {
        if let EndpointKind::Client(client) = &mut workspace.endpoints[1].kind {
            client.target = wirebench::workspace::TargetForm::Address;
            client.remote_port_text = port.to_string();
        }
    });
    click(&mut window, "Connect");
    wait(&mut window, "the error", |window| {
        shows(window, "refused (nobody listens there)")
    });
    assert!(shows(&window, "Start the server, or check the port"));
}

#[test]
fn sending_to_a_server_that_does_not_listen_says_what_to_do_first() {
    let mut window = window();
    click(&mut window, "Send");
    wait(&mut window, "the error", |window| {
        shows(window, "Server 1 is not listening: start it first")
    });
}

#[test]
fn an_unknown_escape_is_an_error_that_offers_to_switch_escapes_off() {
    let mut window = window();
    type_into(&mut window, Role::MultilineTextInput, "Message", r"C:\dir");
    wait(&mut window, "the offer", |window| {
        shows(window, "Switch escapes off")
    });
    click(&mut window, "Switch escapes off");
    wait(&mut window, "the bytes", |window| {
        shows(window, "43 3A 5C 64 69 72")
    });
}

#[test]
fn a_port_of_99999_is_an_error_beside_its_field() {
    let mut window = window();
    type_into(&mut window, Role::TextInput, "Bind port", "99999");
    wait(&mut window, "the error", |window| {
        shows(window, "0 to 65535")
    });
}

#[test]
fn a_pasted_address_with_a_port_is_taken_apart() {
    let mut window = window_with(|workspace| {
        if let EndpointKind::Client(client) = &mut workspace.endpoints[1].kind {
            client.target = wirebench::workspace::TargetForm::Address;
            client.remote_host_text = String::new();
        }
    });
    window
        .get_by_role_and_label(Role::TextInput, "Remote host")
        .focus();
    window.run_steps(2);
    window.event(egui::Event::Paste("tcp://[::1]:8080".to_owned()));
    window.run_steps(3);
    let EndpointKind::Client(client) = &window.state().model().workspace.endpoints[1].kind else {
        panic!()
    };
    assert_eq!(
        (
            client.remote_host_text.as_str(),
            client.remote_port_text.as_str()
        ),
        ("::1", "8080")
    );
}

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
fn endpoints_are_added_duplicated_and_removed() {
    let mut window = window();
    click(&mut window, "Add server");
    click(&mut window, "Add client");
    let names = |window: &Window| -> Vec<String> {
        window
            .state()
            .model()
            .workspace
            .endpoints
            .iter()
            .map(|form| form.name.clone())
            .collect()
    };
    assert_eq!(
        names(&window),
        ["Server 1", "Client 1", "Server 2", "Client 2"]
    );
    click(&mut window, "More for Server 2");
    click(&mut window, "Duplicate");
    assert_eq!(names(&window).len(), 5);
    click(&mut window, "More for Server 2");
    click(&mut window, "Stop and remove");
    assert!(!names(&window).contains(&"Server 2".to_owned()));
}

#[test]
fn closing_with_a_live_connection_asks_and_quitting_ends() {
    let mut window = window();
    let server = start_server(&mut window);
    let _peer = connect(server);
    wait(&mut window, "the peer", |window| {
        window.state().model().live_connections() == 1
    });
    let viewport = window
        .input_mut()
        .viewports
        .get_mut(&egui::ViewportId::ROOT)
        .unwrap();
    viewport.events.push(egui::ViewportEvent::Close);
    window.run_steps(3);
    wait(&mut window, "the question", |window| {
        shows(window, "Quit Wirebench?")
    });
    click(&mut window, "Cancel");
    assert!(!shows(&window, "Quit Wirebench?"));
}

#[test]
fn a_view_without_entries_and_back_shows_all_rows_again() {
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

/// A folder for captures, within the build's own folder.
fn data_folder() -> PathBuf {
    let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    data.keep()
}

/// Records a conversation in a window of its own on `data`, and closes it in order.
fn earlier_session(data: &Path) -> PathBuf {
    let mut window = window_on(data, |_| {});
    start_server(&mut window);
    click(&mut window, "Send");
    wait(&mut window, "the reply", |window| {
        shows(window, "received 14 bytes from")
    });
    wait(&mut window, "the list", |window| {
        window.state().model().library.live_folder.is_some()
    });
    let folder = window.state().model().library.live_folder.clone();
    drop(window);
    folder.unwrap()
}

/// As [`earlier_session`], but ended as by a kill: without the manifest's word.
fn killed_session(data: &Path) -> PathBuf {
    let folder = earlier_session(data);
    let path = folder.join("capture.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("closed = true"), "{text}");
    std::fs::write(&path, text.replace("closed = true", "closed = false")).unwrap();
    folder
}

fn tab(window: &Window, name: &str) -> bool {
    window.query_by_role_and_label(Role::Tab, name).is_some()
}

#[test]
fn an_interrupted_session_is_offered_and_opened_beside_the_live_one() {
    let data = data_folder();
    killed_session(&data);
    let mut window = window_on(&data, |_| {});
    wait(&mut window, "the offer", |window| {
        shows(window, "Wirebench ended without closing its session of")
    });
    click(&mut window, "Open");
    wait(&mut window, "its rows", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("received 14 bytes from"))
    });
    let names = names(&window);
    let title = names.iter().find(|name| name.ends_with("(read-only)"));
    let title = title.unwrap_or_else(|| panic!("{names:#?}")).clone();
    // Its endpoints have their names, and what happens now is in the live session.
    assert!(rows(&window).iter().any(|row| row.contains("Client 1")));
    window.get_by_role_and_label(Role::Tab, "Live").click();
    wait(&mut window, "the empty session", |window| {
        shows(window, "Nothing has happened yet")
    });
    assert!(tab(&window, &title));
    let close = title.replace(" (read-only)", "");
    click(&mut window, &format!("Close {close}"));
    assert!(!tab(&window, &title));
    drop(window);
    // It is offered once.
    let mut window = window_on(&data, |_| {});
    wait(&mut window, "the list", |window| {
        window.state().model().library.sessions.is_some()
    });
    assert!(!shows(&window, "Wirebench ended without closing"));
}

#[test]
fn an_interrupted_session_stays_in_the_list_until_it_is_deleted() {
    let data = data_folder();
    let folder = killed_session(&data);
    let mut window = window_on(&data, |_| {});
    wait(&mut window, "the offer", |window| {
        shows(window, "Wirebench ended without closing")
    });
    click(&mut window, "Delete…");
    wait(&mut window, "the question", |window| {
        shows(window, "Delete it for ever?")
    });
    click(&mut window, "Keep it");
    assert!(folder.exists());
    click(&mut window, "Close");
    click(&mut window, "Keep in the list");
    wait(&mut window, "the end of the offer", |window| {
        !shows(window, "Wirebench ended without closing")
    });
    click(&mut window, "Sessions…");
    wait(&mut window, "the session", |window| {
        shows(window, "·  interrupted")
    });
    let delete = names(&window)
        .into_iter()
        .find(|name| name.starts_with("Delete 20"))
        .unwrap();
    click(&mut window, &delete);
    click(&mut window, "Delete");
    wait(&mut window, "its end", |_| !folder.exists());
    wait(&mut window, "the list without it", |window| {
        !shows(window, "·  interrupted")
    });
}

#[test]
fn the_session_is_saved_under_a_name_while_it_is_recorded() {
    let data = data_folder();
    let mut window = window_on(&data, |_| {});
    start_server(&mut window);
    wait(&mut window, "the list", |window| {
        window.state().model().library.live_folder.is_some()
    });
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    wait(&mut window, "the field", |window| {
        window
            .query_by_role_and_label(Role::TextInput, "Session name")
            .is_some()
    });
    type_into(&mut window, Role::TextInput, "Session name", "a/b");
    click(&mut window, "Save");
    wait(&mut window, "the problem", |window| {
        shows(window, "a name cannot hold '/'")
    });
    type_into(&mut window, Role::TextInput, "Session name", "Printer");
    click(&mut window, "Save");
    let saved = data.join("captures").join("Printer");
    wait(&mut window, "the saved session", |window| {
        saved.join("capture.toml").exists() && shows(window, "Printer")
    });
    click(&mut window, "Close");
    click(&mut window, "Send");
    wait(&mut window, "the reply", |window| {
        shows(window, "received 14 bytes from")
    });
    drop(window);
    let mut window = window_on(&data, |_| {});
    click(&mut window, "Sessions…");
    wait(&mut window, "the saved session", |window| {
        shows(window, "Open Printer")
    });
    click(&mut window, "Open Printer");
    wait(&mut window, "its rows", |window| {
        tab(window, "Printer (read-only)") && shows(window, "received 14 bytes from")
    });
}

#[test]
fn what_cannot_be_opened_says_why_at_the_field() {
    let mut window = window();
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    wait(&mut window, "the dialog", |window| {
        window
            .query_by_role_and_label(Role::TextInput, "Folder or file")
            .is_some()
    });
    type_into(
        &mut window,
        Role::TextInput,
        "Folder or file",
        "/nowhere/at-all",
    );
    click(&mut window, "Open the path");
    wait(&mut window, "the problem", |window| {
        shows(window, "/nowhere/at-all")
            && window
                .query_all_by_role(Role::Alert)
                .any(|node| node.accesskit_node().label().is_some())
    });
}

#[test]
fn recording_stops_at_its_bound_and_goes_on_elsewhere() {
    let data = data_folder();
    let mut window = window_on(&data, |workspace| {
        workspace.settings.recording.limit_bytes = Some(1024 * 1024);
    });
    let server = start_server(&mut window);
    let mut peer = connect(server);
    let block = vec![b'x'; 64 * 1024];
    let mut echo = vec![0; block.len()];
    for _ in 0..24 {
        peer.write_all(&block).unwrap();
        peer.read_exact(&mut echo).unwrap();
    }
    wait(&mut window, "the banner", |window| {
        shows(window, "Recording stopped: the bound of 1 MiB is reached")
            && shows(window, "not recorded since")
    });
    click(&mut window, "Resume elsewhere…");
    let elsewhere = data.join("elsewhere");
    let path = elsewhere.display().to_string();
    type_into(&mut window, Role::TextInput, "Folder to record in", &path);
    click(&mut window, "Record there");
    wait(&mut window, "the end of the banner", |window| {
        !shows(window, "Recording stopped") && elsewhere.join("capture.toml").exists()
    });
    // What was recorded before is beside it.
    wait(&mut window, "the tab", |window| {
        window.query_all_by_role(Role::Tab).any(|tab| {
            let name = tab.accesskit_node().label();
            name.is_some_and(|name| name.ends_with("(read-only)"))
        })
    });
    peer.write_all(b"and on").unwrap();
    peer.read_exact(&mut echo[..6]).unwrap();
    wait(&mut window, "the new entries", |window| {
        let rows = rows(window);
        rows.iter().any(|row| row.contains("not recorded"))
            && rows.iter().any(|row| row.contains("and on"))
    });
}

#[test]
fn what_is_kept_can_be_changed_while_it_is_recorded() {
    let mut window = window();
    start_server(&mut window);
    wait(&mut window, "the default", |window| {
        window.state().model().library.default_keep.is_some()
    });
    let open = |window: &mut Window| {
        let words = names(window)
            .into_iter()
            .find(|name| name.starts_with("On disk: "))
            .unwrap();
        click(window, &words);
    };
    open(&mut window);
    window.get_by_label("The newest").click();
    window.run_steps(2);
    type_into(&mut window, Role::TextInput, "At most", "12 KiB");
    assert!(shows(&window, "a bound is at least 1 MiB"));
    type_into(&mut window, Role::TextInput, "At most", "64 MiB");
    click(&mut window, "Apply");
    wait(&mut window, "the bound", |window| {
        window.state().model().record.limit_bytes == 64 * 1024 * 1024
    });
    open(&mut window);
    window.get_by_label("Nothing").click();
    window.run_steps(2);
    click(&mut window, "Apply");
    wait(&mut window, "the banner", |window| {
        shows(window, "Recording is switched off")
    });
    click(&mut window, "Switch recording on");
    wait(&mut window, "the end of the banner", |window| {
        !shows(window, "Recording is switched off")
    });
    assert_eq!(window.state().model().record.stopped, None);
}

#[test]
fn sessions_that_are_too_many_go_and_the_list_says_so() {
    let data = data_folder();
    let library = Library::open_in(&data);
    let mut folders = Vec::new();
    for days in 1..=5 {
        let began = SystemTime::now() - Duration::from_hours(24 * days);
        let store = library.begin(library.default_keep(), began).unwrap();
        // A session without entries would go in any case.
        std::fs::write(store.dir().join("00000000.entries"), b"").unwrap();
        store.close().unwrap();
        folders.push(store.dir());
    }
    let mut window = window_on(&data, |_| {});
    click(&mut window, "Sessions…");
    wait(&mut window, "the rule", |window| {
        shows(window, "beyond the last 3. 2 sessions went at this start")
    });
    assert!(folders[..3].iter().all(|folder| folder.exists()));
    assert!(folders[3..].iter().all(|folder| !folder.exists()));
}

#[test]
fn a_filter_shows_some_kinds_and_only_what_is_found() {
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
    click(&mut window, "Show everything again");
    wait(&mut window, "everything", |window| {
        with(window, "sent 6 bytes")
    });
    window.key_press(Key::Escape);
    window.run_steps(2);
    type_into(&mut window, Role::TextInput, "Find", "hex:6e65 ?? 64");
    click(&mut window, "Filter");
    tick(&mut window, "Only entries with hex:6e65 ?? 64");
    wait(&mut window, "only what is found", |window| {
        with(window, "received 6 bytes") && !with(window, "accepted")
    });
    let found = rows(&window);
    let of_timeline = |row: &&String| row.starts_with("Server 1");
    assert_eq!(found.iter().filter(of_timeline).count(), 2, "{found:?}");
}

#[test]
fn a_filter_that_no_entry_passes_says_so_and_a_find_that_cannot_be_read_says_why() {
    let mut window = window();
    start_server(&mut window);
    type_into(&mut window, Role::TextInput, "Find", "regex:(");
    window.key_press(Key::Enter);
    wait(&mut window, "the problem", |window| {
        shows(window, "the regular expression cannot be used")
    });
    type_into(&mut window, Role::TextInput, "Find", "listening");
    assert!(!shows(&window, "the regular expression cannot be used"));
    click(&mut window, "Filter");
    type_into(&mut window, Role::TextInput, "Peer", "203.0.113.7");
    wait(&mut window, "no entry", |window| {
        shows(window, "No entry passes the filter")
    });
    type_into(&mut window, Role::TextInput, "From time", "noon");
    wait(&mut window, "the problem", |window| {
        shows(window, "A time is written as")
    });
    click(&mut window, "Show everything again");
    wait(&mut window, "the entry", |window| {
        rows(window).iter().any(|row| row.contains("listening"))
    });
    assert!(!shows(&window, "A time is written as"));
}

#[test]
fn a_find_tells_upper_and_lower_case_apart_where_it_is_told_to() {
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
    wait(&mut window, "none", |window| shows(window, "not found"));
}

#[test]
fn what_is_on_record_is_exported_as_packets_and_opened_again() {
    let data = data_folder();
    let mut window = window_on(&data, |_| {});
    start_server(&mut window);
    click(&mut window, "Send");
    wait(&mut window, "the reply", |window| {
        shows(window, "received 14 bytes from")
    });
    click(&mut window, "Export…");
    let path = data.join("trace.pcapng");
    let text = path.display().to_string();
    type_into(&mut window, Role::TextInput, "File", &text);
    click(&mut window, "Export");
    wait(&mut window, "the words", |window| shows(window, "Wrote "));
    assert!(path.metadata().unwrap().len() > 100);
    click(&mut window, "Export");
    wait(&mut window, "the problem", |window| {
        shows(window, "is there already")
    });
    click(&mut window, "Close");
    click(&mut window, "Sessions…");
    type_into(&mut window, Role::TextInput, "Folder or file", &text);
    click(&mut window, "Open the path");
    wait(&mut window, "its rows", |window| {
        tab(window, "trace.pcapng (read-only)")
            && rows(window)
                .iter()
                .any(|row| row.contains("Hello, server!"))
    });
    let imports = data.join("imports");
    assert_eq!(imports.read_dir().unwrap().count(), 1);
    // What was opened has no card: how it is read is chosen above it.
    click(&mut window, "Frames");
    wait(&mut window, "what to do", |window| {
        shows(window, "choose one above")
    });
    type_into(&mut window, Role::TextInput, "Framing", "fixed:7");
    wait(&mut window, "its frames", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("received 7 bytes"))
    });
    click(&mut window, "Close trace.pcapng");
    wait(&mut window, "the end of its capture", |_| {
        imports.read_dir().unwrap().count() == 0
    });
    click(&mut window, "Sessions…");
    let wrong = data.join("notes.txt");
    std::fs::write(&wrong, "no packets").unwrap();
    let text = wrong.display().to_string();
    type_into(&mut window, Role::TextInput, "Folder or file", &text);
    click(&mut window, "Open the path");
    wait(&mut window, "the problem", |window| {
        shows(window, "the file is neither pcap nor pcapng")
    });
}

/// The rows of the view of this name.
fn lines(window: &Window, list: &str) -> Vec<String> {
    let list = window.query_by_role_and_label(Role::ListBox, list);
    let rows = list.into_iter().flat_map(|list| list.children_recursive());
    rows.filter(|node| node.accesskit_node().role() == Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect()
}

/// Opens the connection of Client 1 after one message and its echo.
fn follow_client(window: &mut Window) {
    start_server(window);
    click(window, "Send");
    wait(window, "the echo", |window| {
        shows(window, "received 14 bytes from 127.0.0.1")
    });
    click(window, "Follow connection");
    wait(window, "the conversation", |window| {
        shows(window, "received: Hello, server!")
    });
}

#[test]
fn a_connection_is_followed_while_it_grows_and_the_timeline_comes_back() {
    let mut window = window();
    follow_client(&mut window);
    let rows = lines(&window, "Conversation");
    let sent = position_containing(&rows, "sent: Hello, server!");
    assert!(sent < position_containing(&rows, "received: Hello, server!"));
    // The server's own end of it is another connection.
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
fn a_find_goes_to_its_piece_in_a_followed_connection() {
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
fn a_peer_is_followed_from_its_menu_and_rows_of_it_are_copied() {
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
    let copied = |window: &Window| {
        let commands = &window.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    let mut text = None;
    wait(&mut window, "the copy", |window| {
        text = text.take().or_else(|| copied(window));
        text.is_some()
    });
    assert_eq!(text.as_deref(), Some("← one\n← two\n"));
}

#[test]
fn the_plot_tells_the_traffic_and_selects_what_is_drawn_in_it() {
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
    click(&mut window, "Hide the plot");
    assert!(!shows(&window, "Traffic over the session"));
}

/// The workspace's server, with how its bytes are read.
fn server_form(workspace: &mut Workspace) -> &mut wirebench::workspace::ServerForm {
    let kinds = workspace.endpoints.iter_mut().map(|form| &mut form.kind);
    let mut servers = kinds.filter_map(|kind| match kind {
        EndpointKind::Server(server) => Some(server),
        EndpointKind::Client(_) => None,
    });
    servers.next().unwrap()
}

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
fn frames_stand_in_the_place_of_chunks_and_say_whether_they_are_good() {
    let mut window = window_with(|workspace| {
        let server = server_form(workspace);
        server.protocol.framing_text = "length:u8".to_owned();
        server.protocol.check_text = "sum".to_owned();
        server.reply = wirebench::workspace::ReplyKind::None;
        // Each read takes two bytes: the frames fall over them.
        server.read_buffer_text = "2".to_owned();
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
        shows(window, "Bad: sum is 64, it should be 63") && shows(window, "In 2 reads: ")
    });
    // A find goes to the frame that the entry with the match begins in.
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
fn an_encoding_is_for_what_is_sent_and_for_what_is_shown() {
    let mut window = window_with(|workspace| {
        let gbk = "gbk".parse().unwrap();
        server_form(workspace).protocol.encoding = gbk;
        server_form(workspace).read_buffer_text = "1".to_owned();
        for form in &mut workspace.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.protocol.encoding = gbk;
            }
        }
        "Ж".clone_into(&mut workspace.composer.draft.text);
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
        shows(window, "GBK cannot write 'ß', at column 1")
    });
}

#[test]
fn the_bytes_of_a_row_are_sent_again_and_saved() {
    let mut window = window();
    start_server(&mut window);
    click(&mut window, "Send");
    let echoed = |window: &Window, count: usize| {
        let is_echo = |row: &&String| row.starts_with("Client 1: received 14 bytes");
        rows(window).iter().filter(is_echo).count() == count
    };
    wait(&mut window, "the echo", |window| echoed(window, 1));
    let last = window
        .query_all_by_role(Role::ListBoxOption)
        .last()
        .unwrap();
    last.click();
    wait(&mut window, "its bytes", |window| {
        shows(window, "Received 14 bytes")
    });
    click(&mut window, "Use…");
    click(&mut window, "Save as payload");
    click(&mut window, "Use…");
    click(&mut window, "Send again to Client 1");
    wait(&mut window, "the second echo", |window| echoed(window, 2));
    let menu = |window: &mut Window, item: &str| {
        let last = window.query_all_by_role(Role::ListBoxOption).last();
        last.unwrap().click_secondary();
        window.run_steps(4);
        // Its bytes are on their way.
        wait(window, "the menu", |window| {
            let item = window.query_by_role_and_label(Role::Button, item);
            item.is_some_and(|item| !item.accesskit_node().is_disabled())
        });
        click(window, item);
    };
    menu(&mut window, "Send again to Client 1");
    wait(&mut window, "the third echo", |window| echoed(window, 3));
    type_into(&mut window, Role::MultilineTextInput, "Message", "other");
    click(&mut window, "Payloads");
    click(&mut window, "Received 14 B: Hello, server!");
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
    assert!(shows(&window, "You pasted a dump of xxd"));
    click(&mut window, "Take it as hex (13 bytes)");
    let field = window.get_by_role_and_label(role, "Message");
    let digits = "48 65 6C 6C 6F 2C 20 77 6F 72 6C 64 0A";
    assert_eq!(field.accesskit_node().value().as_deref(), Some(digits));
    assert!(shows(&window, "13 bytes"));
}

#[test]
fn chosen_bytes_are_inspected() {
    let mut window = window();
    start_server(&mut window);
    click(&mut window, "Send");
    wait(&mut window, "the echo", |window| {
        rows(window)
            .iter()
            .any(|row| row.starts_with("Client 1: received"))
    });
    let last = window
        .query_all_by_role(Role::ListBoxOption)
        .last()
        .unwrap();
    last.click();
    wait(&mut window, "its bytes", |window| {
        shows(window, "Received 14 bytes")
    });
    let dump = window.get_by_role_and_label(Role::ListBox, "Hex dump");
    // The first byte's digits stand behind the offset.
    let at = dump.rect().left_top() + egui::vec2(84.0, 8.0);
    window.drag_at(at);
    window.drop_at(at);
    window.run_steps(4);
    assert!(shows(&window, "Byte 0 as") && shows(&window, "72 (0x48)"));
}

/// Selects the newest row that holds `text`.
fn select_row(window: &mut Window, text: &str) {
    {
        let mut rows = window.query_all_by_role(Role::ListBoxOption);
        let holds = |node: &egui_kittest::Node<'_>| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.contains(text))
        };
        rows.rfind(holds).unwrap().click();
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
    assert!(shows(&window, "No Modbus TCP: "));

    click(&mut window, "Use…");
    click(&mut window, "Compare others with this");
    wait(&mut window, "a comparison with itself", |window| {
        shows(window, "The same bytes, compared with Received 11 B")
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
fn what_one_end_wrote_stands_beside_what_the_other_end_read() {
    let mut window = window_with(|workspace| {
        let server = server_form(workspace);
        server.reply = wirebench::workspace::ReplyKind::None;
        server.read_buffer_text = "5".to_owned();
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
        shows(window, "Client 1 wrote in 1 write") && shows(window, "Server 1 read in 3 reads")
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
            "The other end of this connection is not in this capture",
        )
    });
}

#[test]
fn a_file_is_sent_in_writes_of_the_size_that_is_asked_for() {
    let mut window = window();
    start_server(&mut window);
    click(&mut window, "Send");
    wait(&mut window, "the echo", |window| {
        rows(window)
            .iter()
            .any(|row| row.starts_with("Client 1: received 14"))
    });
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
    click(&mut window, "Forget the file");
    assert!(!shows(&window, "label.bin"));
}

#[test]
fn a_file_that_nobody_takes_is_cancelled_and_one_that_is_not_there_is_told() {
    // A peer that does not read: the file is larger than what the system holds for it.
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut window = window_with(|workspace| {
        for form in &mut workspace.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.target = wirebench::workspace::TargetForm::Address;
                client.remote_port_text = port.to_string();
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
        shows(window, "the client is not connected: connect it first")
    });
    click(&mut window, "Connect");
    wait(&mut window, "the connection", |window| {
        shows(window, "Connected to ")
    });
    send(&mut window, "/none/of this");
    wait(&mut window, "that there is no file", |window| {
        shows(window, "cannot read /none/of this")
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
        shows(window, "large.bin was cancelled after ")
    });
}
