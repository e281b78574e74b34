//! Starting, changing and closing endpoints; errors are shown where they belong.

use std::net::{SocketAddr, TcpListener};

use bothends::net::Network;
use bothends::workspace::{EndpointKind, ReplyKind};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    Window, choose, click, connect, inspect, request_close, rows, server_form, shows, start_server,
    tick, type_into, wait, window, window_with,
};

#[test]
fn a_taken_port_is_an_error_that_offers_a_free_one() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut window = window_with(|loaded| {
        if let EndpointKind::Server(server) = &mut loaded.document.endpoints[0].kind {
            server.bind.port_text = port.to_string();
        }
    });
    click(&mut window, "Start server");
    wait(&mut window, "the error", |window| {
        shows(window, "the port is already in use")
    });
    click(&mut window, "Use a free port");
    wait(&mut window, "the bound address", |window| {
        shows(window, "Listening on 127.0.0.1:")
    });
    assert!(!shows(&window, &format!("Listening on 127.0.0.1:{port}")));
}

/// This test's program is no helper of a lab, so the lab is refused on every system.
#[test]
fn a_refused_lab_says_why_beside_its_server_and_the_system_s_network_works() {
    let mut window = window_with(|loaded| {
        let server = server_form(&mut loaded.document);
        server.network = Network::Lab;
        server.lab_delay_text = "much".to_owned();
    });
    inspect(&mut window, "Server 1");
    assert!(shows(&window, "Enter a delay of at most 10s"));
    type_into(&mut window, Role::TextInput, "Packet delay", "0ms");
    click(&mut window, "Start server");
    let why = if cfg!(target_os = "linux") {
        "its helper does not answer"
    } else {
        "only Linux has private networks"
    };
    wait(&mut window, "the refusal", |window| shows(window, why));
    window
        .get_by_role_and_label(Role::ComboBox, "Network")
        .click();
    window.run_steps(6);
    window.get_by_label("System").click();
    window.run_steps(6);
    assert!(window.query_by_label("Packet delay").is_none());
    click(&mut window, "Start server");
    wait(&mut window, "the bound address", |window| {
        shows(window, "Listening on 127.0.0.1:")
    });
}

#[test]
fn a_reply_that_is_being_typed_is_applied_once_its_field_is_gone_or_the_document_is_saved() {
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).behaviour.reply = ReplyKind::Fixed;
    });
    let reply = |window: &Window| {
        let server = &window.state().model().document.endpoints[0];
        server.kind.behaviour().reply_message.text.clone()
    };
    let typed = |window: &mut Window, text: &str| {
        inspect(window, "Server 1");
        window.get_by_role_and_label(Role::Tab, "Setup").click();
        window.run_steps(4);
        type_into(window, Role::MultilineTextInput, "Reply message", text);
        // Not before: nobody is sent a half-typed reply.
        assert_ne!(reply(window), text);
    };
    typed(&mut window, "tab");
    window
        .get_by_role_and_label(Role::Tab, "Connection")
        .click();
    window.run_steps(6);
    assert_eq!(reply(&window), "tab");
    typed(&mut window, "endpoint");
    inspect(&mut window, "Client 1");
    assert_eq!(reply(&window), "endpoint");
    typed(&mut window, "saved");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run_steps(4);
    assert_eq!(reply(&window), "saved");
    window.key_press(Key::Escape);
    window.run_steps(4);
    // The window's own button asks about it, too.
    typed(&mut window, "closed");
    request_close(&mut window);
    assert_eq!(reply(&window), "closed");
}

#[test]
fn a_name_that_is_being_typed_is_applied_before_the_window_closes() {
    let mut window = window();
    choose(&mut window, "More for Server 1", "Rename");
    type_into(&mut window, Role::TextInput, "Name", "Meter");
    request_close(&mut window);
    assert!(shows(&window, "Save changes to Untitled?"));
    assert_eq!(window.state().model().document.endpoints[0].name, "Meter");
}

#[test]
fn choosing_a_fixed_reply_moves_the_keyboard_to_its_field() {
    let mut window = window();
    inspect(&mut window, "Server 1");
    let group = window.get_by_role_and_label(Role::RadioGroup, "Reply");
    let fixed = group.get_by_role_and_label(Role::RadioButton, "Fixed message");
    fixed.click();
    window.run_steps(4);
    let field = window.get_by_role_and_label(Role::MultilineTextInput, "Reply message");
    assert!(field.accesskit_node().is_focused());
    window.event(egui::Event::Text("OK".to_owned()));
    window.run_steps(2);
    window.key_press(Key::Escape);
    window.run_steps(4);
    let server = &window.state().model().document.endpoints[0];
    assert_eq!(server.kind.behaviour().reply_message.text, "OK");
}

#[test]
fn escape_clears_the_filter_of_the_endpoints() {
    let mut window = window_with(|loaded| {
        for _ in 0..8 {
            loaded.document.add_client("Client").unwrap();
        }
    });
    type_into(&mut window, Role::TextInput, "Filter endpoints", "nothing");
    let rows = |window: &Window| window.query_all_by_role(Role::ListItem).count();
    assert_eq!(rows(&window), 0);
    window.key_press(Key::Escape);
    window.run_steps(4);
    assert!(rows(&window) > 0);
}

#[test]
fn a_refused_connect_says_so_and_what_to_do() {
    // A bound port that does not listen always refuses.
    let unused = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    unused
        .bind(&"127.0.0.1:0".parse::<SocketAddr>().unwrap().into())
        .unwrap();
    let port = unused.local_addr().unwrap().as_socket().unwrap().port();
    let mut window = window_with(|loaded| {
        if let EndpointKind::Client(client) = &mut loaded.document.endpoints[1].kind {
            client.target = bothends::workspace::TargetForm::Address;
            client.remote.port_text = port.to_string();
        }
    });
    click(&mut window, "Connect");
    wait(&mut window, "the error", |window| {
        shows(window, "refused (nothing accepts connections there)")
    });
    assert!(shows(
        &window,
        "Check that a server listens at this address and port"
    ));
}

#[test]
fn sending_to_a_server_that_does_not_listen_says_what_to_do_first() {
    let mut window = window();
    click(&mut window, "Send");
    wait(&mut window, "the error", |window| {
        shows(window, "Server 1 is not listening. Start it first")
    });
    click(&mut window, "Start Server 1 and connect");
    wait(&mut window, "the connection", |window| {
        window.state().model().live_connections == 1
    });
    assert!(!shows(&window, "Start it first"));
}

#[test]
fn an_unknown_escape_is_an_error_that_offers_to_switch_escapes_off() {
    let mut window = window();
    type_into(&mut window, Role::MultilineTextInput, "Message", r"C:\dir");
    wait(&mut window, "the offer", |window| {
        shows(window, "Turn escapes off")
    });
    click(&mut window, "Turn escapes off");
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
fn a_pasted_address_with_a_port_is_split() {
    let mut window = window_with(|loaded| {
        if let EndpointKind::Client(client) = &mut loaded.document.endpoints[1].kind {
            client.target = bothends::workspace::TargetForm::Address;
            client.remote.host_text = String::new();
        }
    });
    inspect(&mut window, "Client 1");
    window
        .get_by_role_and_label(Role::TextInput, "Remote host")
        .focus();
    window.run_steps(2);
    window.event(egui::Event::Paste("tcp://[::1]:8080".to_owned()));
    window.run_steps(3);
    let EndpointKind::Client(client) = &window.state().model().document.endpoints[1].kind else {
        panic!()
    };
    assert_eq!(
        (
            client.remote.host_text.as_str(),
            client.remote.port_text.as_str()
        ),
        ("::1", "8080")
    );
}

#[test]
fn endpoints_are_added_duplicated_and_removed() {
    let mut window = window();
    choose(&mut window, "Add an endpoint", "Add server");
    choose(&mut window, "Add an endpoint", "Add client");
    let names = |window: &Window| -> Vec<String> {
        window
            .state()
            .model()
            .document
            .endpoints
            .iter()
            .map(|form| form.name.clone())
            .collect()
    };
    assert_eq!(
        names(&window),
        ["Server 1", "Client 1", "Server 2", "Client 2"]
    );
    inspect(&mut window, "Server 2");
    choose(&mut window, "More for Server 2", "Duplicate");
    assert_eq!(names(&window).len(), 5);
    // The copy is selected now.
    inspect(&mut window, "Server 2");
    choose(&mut window, "More for Server 2", "Remove");
    assert!(!names(&window).contains(&"Server 2".to_owned()));
}

#[test]
fn a_removed_endpoint_comes_back_to_its_place() {
    let mut window = window();
    start_server(&mut window);
    let before = window.state().model().document.to_text();
    choose(&mut window, "More for Server 1", "Stop and remove");
    wait(&mut window, "the stop", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("server stopped"))
    });
    assert_ne!(window.state().model().document.to_text(), before);
    assert!(shows(&window, "Server 1 was removed"));
    click(&mut window, "Undo");
    assert_eq!(window.state().model().document.to_text(), before);
    assert!(!shows(&window, "Server 1 was removed"));
    // It is selected, and can be started and removed again.
    start_server(&mut window);
    choose(&mut window, "More for Server 1", "Stop and remove");
    assert!(shows(&window, "Server 1 was removed"));
}

#[test]
fn closing_with_a_live_connection_asks_and_quit_exits() {
    let mut window = window();
    let server = start_server(&mut window);
    let _peer = connect(server);
    wait(&mut window, "the peer", |window| {
        window.state().model().live_connections == 1
    });
    let viewport = window
        .input_mut()
        .viewports
        .get_mut(&egui::ViewportId::ROOT)
        .unwrap();
    viewport.events.push(egui::ViewportEvent::Close);
    window.run_steps(3);
    wait(&mut window, "the question", |window| {
        shows(window, "Quit Bothends?")
    });
    click(&mut window, "Cancel");
    assert!(!shows(&window, "Quit Bothends?"));
}

#[test]
fn directions_are_set_up_apart_once_that_is_chosen() {
    let mut window = window();
    let framings = |window: &Window| {
        let forms = window.state().model().document.endpoints.iter();
        let protocols = forms.map(|form| form.protocol().map(|it| it.framing_text.clone()));
        let server = protocols.into_iter().next().unwrap();
        [server.received, server.sent]
    };
    type_into(&mut window, Role::TextInput, "Framing", "line");
    assert_eq!(framings(&window), ["line", "line"]);
    tick(&mut window, "Different for received and sent");
    assert_eq!(framings(&window), ["line", "line"]);
    type_into(&mut window, Role::TextInput, "Framing, sent", "fixed:2");
    assert_eq!(framings(&window), ["line", "fixed:2"]);
    type_into(&mut window, Role::TextInput, "Framing, received", "fixed:2");
    // They stay apart although they are the same now.
    type_into(&mut window, Role::TextInput, "Framing, sent", "fixed:3");
    assert_eq!(framings(&window), ["fixed:2", "fixed:3"]);
    tick(&mut window, "Different for received and sent");
    assert_eq!(framings(&window), ["fixed:2", "fixed:2"]);
    type_into(&mut window, Role::TextInput, "Framing", "line");
    assert_eq!(framings(&window), ["line", "line"]);
}

#[test]
fn a_small_buffer_a_fixed_reply_and_a_close_take_five_clicks_and_two_values() {
    // The port alone is not that of a first start.
    let mut window = window();
    let mut clicks = 0;
    let mut press = |window: &mut Window, role: Role, name: &str| {
        window.get_by_role_and_label(role, name).click();
        window.run_steps(6);
        clicks += 1;
    };
    let write = |window: &mut Window, text: &str| {
        window.event(egui::Event::Text(text.to_owned()));
        window.run_steps(4);
    };
    press(&mut window, Role::RadioButton, "Fixed message");
    write(&mut window, "OK");
    press(&mut window, Role::TextInput, "Read buffer");
    write(&mut window, "5");
    press(&mut window, Role::CheckBox, "Close after replying");
    press(&mut window, Role::Button, "Start server");
    wait(&mut window, "the server", |window| {
        shows(window, "Listening on ")
    });
    press(&mut window, Role::Button, "Send");
    wait(&mut window, "the whole story", |window| {
        let rows = rows(window);
        let has = |words: &str| rows.iter().any(|row| row.contains(words));
        has("Server 1: received 5 bytes")
            && has("Client 1: received 2 bytes")
            && has("half-closed by us (FIN)")
            && window.state().model().live_connections == 0
    });
    assert_eq!(clicks, 5);
}
