//! UDP in the window: its setup, its peers, empty datagrams, and what did not get there.

use std::net::UdpSocket;

use bothends::workspace::TransportKind;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::driver::{
    PATIENCE, Window, click, inspect, names, rows, select_row, server_form, show_as, shows,
    type_into, wait, window, window_with,
};

/// Opens the window on a document whose server is one of UDP.
fn udp_window() -> Window {
    window_with(|loaded| {
        server_form(&mut loaded.document).bind.transport = TransportKind::Udp;
    })
}

/// Starts Server 1, and opens a socket whose datagrams go there.
fn start_with_peer(window: &mut Window) -> UdpSocket {
    click(window, "Start server");
    wait(window, "the bound address", |window| {
        shows(window, "Listening on udp://")
    });
    let prefix = "Listening on udp://";
    let label = names(window).into_iter();
    let label = label.filter(|it| it.starts_with(prefix)).max().unwrap();
    let peer = UdpSocket::bind("127.0.0.1:0").unwrap();
    peer.set_read_timeout(Some(PATIENCE)).unwrap();
    peer.connect(label.trim_start_matches(prefix)).unwrap();
    peer
}

fn has_row(window: &Window, text: &str) -> bool {
    rows(window).iter().any(|row| row.contains(text))
}

fn has_button(window: &Window, name: &str) -> bool {
    let mut found = window.query_all_by_role_and_label(Role::Button, name);
    found.next().is_some()
}

/// Chooses the transport in the setup in sight.
fn choose_transport(window: &mut Window, name: &str) {
    window
        .get_by_role_and_label(Role::ComboBox, "Transport")
        .click();
    window.run_steps(6);
    // The item of the list, which is open above all else.
    let mut items = window.query_all_by_label(name);
    items.next_back().unwrap().click();
    drop(items);
    window.run_steps(6);
}

fn has_field(window: &Window, name: &str) -> bool {
    window
        .query_by_role_and_label(Role::TextInput, name)
        .is_some()
}

#[test]
fn the_setup_of_a_udp_server_has_what_udp_has_and_keeps_what_tcp_had() {
    let mut window = window_with(|loaded| {
        let server = server_form(&mut loaded.document);
        // Wrong, but of no meaning to UDP.
        server.backlog_text = "many".to_owned();
        server.protocol.received.framing_text = "lines".to_owned();
        server.protocol.sent.framing_text = "lines".to_owned();
    });
    inspect(&mut window, "Server 1");
    assert!(has_field(&window, "Framing"));
    choose_transport(&mut window, "UDP");
    assert!(has_field(&window, "Forget peers after"));
    assert!(shows(&window, "Each datagram is a frame"));
    assert!(shows(&window, "Forget the peer after replying"));
    for gone in ["Accepting", "When the peer stops sending"] {
        assert!(!shows(&window, gone), "{gone}");
    }
    assert!(!has_field(&window, "Framing"));
    type_into(&mut window, Role::TextInput, "Forget peers after", "soon");
    assert!(shows(&window, "Forget peers after"));
    click(&mut window, "Start server");
    window.run_steps(4);
    assert!(!shows(&window, "Listening on"), "the field is wrong");
    type_into(&mut window, Role::TextInput, "Forget peers after", "30s");
    click(&mut window, "Start server");
    wait(&mut window, "the bound address", |window| {
        shows(window, "Listening on udp://127.0.0.1:")
    });
    click(&mut window, "Stop server");
    wait(&mut window, "the fields", |window| {
        has_field(window, "Bind address")
    });
    choose_transport(&mut window, "TCP");
    let document = &window.state().model().document;
    let bothends::workspace::EndpointKind::Server(server) = &document.endpoints[0].kind else {
        panic!("no server");
    };
    assert_eq!(server.backlog_text, "many");
    assert_eq!(server.udp.forget_after_text, "30s");
    assert_eq!(server.protocol.received.framing_text, "lines");
}

#[test]
fn an_address_with_a_scheme_that_is_pasted_chooses_udp() {
    let mut window = window();
    inspect(&mut window, "Server 1");
    let field = window.get_by_role_and_label(Role::TextInput, "Bind address");
    field.focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    let pasted = egui::Event::Paste("udp://127.0.0.1:5353".to_owned());
    window.input_mut().events.push(pasted);
    window.run_steps(6);
    let server = |window: &Window| match &window.state().model().document.endpoints[0].kind {
        bothends::workspace::EndpointKind::Server(server) => server.bind.clone(),
        bothends::workspace::EndpointKind::Client(_) => panic!("no server"),
    };
    let bind = server(&window);
    assert_eq!(bind.transport, TransportKind::Udp);
    assert_eq!(bind.host_text, "127.0.0.1");
    assert_eq!(bind.port_text, "5353");
}

#[test]
fn two_clicks_send_a_datagram_and_show_its_answer() {
    let mut window = udp_window();
    click(&mut window, "Start server");
    wait(&mut window, "the bound address", |window| {
        shows(window, "Listening on udp://127.0.0.1:")
    });
    click(&mut window, "Send");
    wait(&mut window, "the echo", |window| {
        has_row(window, "Client 1: received 14 bytes")
    });
    wait(&mut window, "the answer", |window| shows(window, "1 reply"));
    assert!(shows(&window, "Ready to send to udp://127.0.0.1:"));
    assert!(has_button(&window, "Disconnect"));
    // Lanes draw each datagram as one arrow, and no handshake.
    show_as(&mut window, "Lanes");
    window.run_steps(6);
    let drawn = names(&window);
    assert!(!drawn.iter().any(|it| it.contains("SYN")), "{drawn:?}");
    show_as(&mut window, "Lifecycle");
    wait(&mut window, "why there is none", |window| {
        shows(window, "has no lifecycle")
    });
    click(&mut window, "Show its datagrams in lanes");
}

#[test]
fn an_empty_message_is_an_empty_datagram() {
    let mut window = udp_window();
    let peer = start_with_peer(&mut window);
    peer.send(b"here").unwrap();
    wait(&mut window, "the peer", |window| {
        has_row(window, "received 4 bytes")
    });
    type_into(&mut window, Role::MultilineTextInput, "Message", "x");
    window.key_press(Key::Backspace);
    window.run_steps(4);
    assert!(has_button(&window, "Send empty datagram"));
    click(&mut window, "Send empty datagram");
    wait(&mut window, "the datagram and its echo", |window| {
        has_row(window, "received 0 bytes")
    });
    // Over TCP it would be nothing.
    assert!(!has_button(&window, "Send"));
}

#[test]
fn a_message_that_no_datagram_holds_says_so_before_it_is_sent() {
    let mut window = udp_window();
    let long = "x".repeat(65_508);
    type_into(&mut window, Role::MultilineTextInput, "Message", &long);
    assert!(shows(&window, "this message has 65,508 bytes"));
    let most = "x".repeat(65_507);
    type_into(&mut window, Role::MultilineTextInput, "Message", &most);
    assert!(!shows(&window, "A datagram holds at most 65,507 bytes"));
}

#[test]
fn a_udp_peer_is_known_by_its_datagrams_and_can_be_forgotten() {
    let mut window = udp_window();
    let peer = start_with_peer(&mut window);
    peer.send(b"one").unwrap();
    let address = peer.local_addr().unwrap().to_string();
    wait(&mut window, "the peer", |window| {
        has_row(window, &format!("udp://{address} last at "))
    });
    inspect(&mut window, "Server 1");
    select_row(&mut window, &format!("udp://{address} last at "));
    window.run_steps(4);
    for fact in [
        "UDP has no states",
        "Received: 1 datagram, 3 B",
        "Forgotten at",
    ] {
        assert!(shows(&window, fact), "{fact}");
    }
    for gone in ["Reset (RST)", "Finish sending (FIN)", "Stop reading"] {
        assert!(!has_button(&window, gone), "{gone}");
    }
    let forget = window.query_all_by_role_and_label(Role::Button, "Forget");
    forget.last().unwrap().click();
    window.run_steps(6);
    wait(&mut window, "the end", |window| {
        has_row(window, "forgotten by us")
    });
    peer.send(b"two").unwrap();
    wait(&mut window, "a new peer", |window| {
        rows(window)
            .iter()
            .any(|row| row.starts_with(&format!("udp://{address} last at ")))
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_datagram_to_nobody_says_who_has_the_tcp_port() {
    let tcp = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = tcp.local_addr().unwrap().port();
    let mut window = window_with(|loaded| {
        let mut client = bothends::workspace::ClientForm::default();
        client.remote.transport = TransportKind::Udp;
        client.remote.port_text = port.to_string();
        client.target = bothends::workspace::TargetForm::Address;
        let client = bothends::workspace::EndpointKind::Client(client);
        loaded.document.endpoints[1].kind = client;
    });
    click(&mut window, "Send");
    wait(&mut window, "the ICMP message", |window| {
        has_row(window, "ICMP port unreachable")
    });
    wait(&mut window, "what explains it", |window| {
        shows(window, "No program on this machine has UDP port")
    });
    click(&mut window, "Why Client 1 failed");
    wait(&mut window, "the TCP port", |window| {
        shows(window, "has the TCP port of that number")
    });
}
