//! Why it failed: found on this machine, shown beside the endpoint and with the entry, and remedied by a button.

use std::net::{SocketAddr, TcpListener};

use bothends::workspace::{Document, EndpointKind, TargetForm};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::driver::{
    Window, click, inspect, rows, select_row, server_form, shows, wait, window_with,
};

/// Makes Client 1 connect to an address of its own.
fn aim(document: &mut Document, address: SocketAddr) {
    let kinds = document.endpoints.iter_mut().map(|form| &mut form.kind);
    for kind in kinds {
        if let EndpointKind::Client(client) = kind {
            client.target = TargetForm::Address;
            client.remote.host_text = address.ip().to_string();
            client.remote.port_text = address.port().to_string();
        }
    }
}

fn held() -> (socket2::Socket, SocketAddr) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
    socket.bind(&any.into()).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    (socket, address)
}

fn start(window: &mut Window, endpoint: &str) {
    inspect(window, endpoint);
    window.key_press(Key::F5);
    window.run_steps(4);
}

fn scroll_to(window: &mut Window, button: &str) {
    window
        .get_by_role_and_label(Role::Button, button)
        .scroll_to_me();
    window.run_steps(4);
}

fn why(window: &mut Window, endpoint: &str) {
    click(window, &format!("Why {endpoint} failed"));
}

#[test]
fn a_port_that_our_own_server_holds_is_blamed_on_it_and_it_can_be_stopped() {
    // A free port, which both of them want.
    let (socket, address) = held();
    drop(socket);
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).bind.port_text = address.port().to_string();
        let copy = loaded.document.add_server("Server").unwrap();
        let EndpointKind::Server(copy) = &mut loaded.document.endpoint_mut(copy).unwrap().kind
        else {
            panic!("no server");
        };
        copy.bind.port_text = address.port().to_string();
    });
    start(&mut window, "Server 1");
    wait(&mut window, "the first one", |window| {
        shows(window, "Listening on 127.0.0.1:")
    });
    start(&mut window, "Server 2");
    wait(&mut window, "the error", |window| {
        shows(window, "the port is already in use")
    });
    why(&mut window, "Server 2");
    wait(&mut window, "the cause", |window| {
        shows(
            window,
            "Server 1 of this document already listens on 127.0.0.1:",
        )
    });
    click(&mut window, "Stop Server 1");
    wait(&mut window, "its end", |window| {
        let first = window.state().model().document.endpoints[0].id;
        window.state().model().endpoints[&first].bound().is_none()
    });
}

#[test]
fn a_refused_connect_to_the_wrong_family_offers_the_right_one() {
    let Ok(listener) = TcpListener::bind("[::1]:0") else {
        return;
    };
    let listens = listener.local_addr().unwrap();
    let mut window = window_with(|loaded| {
        aim(
            &mut loaded.document,
            ([127, 0, 0, 1], listens.port()).into(),
        );
    });
    click(&mut window, "Connect");
    wait(&mut window, "the error", |window| {
        shows(window, "refused the connection. ")
    });
    // The line of the endpoint says what was found, and no more than that.
    let found = "refused the connection. The listener on this port, ";
    assert!(shows(&window, found));
    why(&mut window, "Client 1");
    wait(&mut window, "the cause", |window| {
        shows(window, "over IPv6 only")
    });
    click(&mut window, &format!("Connect to {listens}"));
    wait(&mut window, "the connection", |window| {
        window.state().model().live_connections == 1
    });
    let EndpointKind::Client(client) = &window.state().model().document.endpoints[1].kind else {
        panic!("no client");
    };
    assert_eq!(client.remote.host_text, "::1");
}

#[test]
fn the_entry_of_a_failure_says_what_was_found_and_starts_the_server_that_was_meant() {
    let (socket, address) = held();
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).bind.port_text = address.port().to_string();
        aim(&mut loaded.document, address);
    });
    click(&mut window, "Connect");
    wait(&mut window, "the error", |window| {
        shows(window, "refused the connection. ")
    });
    drop(socket);
    wait(&mut window, "its entry", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("cannot connect"))
    });
    select_row(&mut window, "cannot connect to");
    wait(&mut window, "the cause", |window| {
        shows(window, "Server 1 of this document is set up for port")
    });
    assert!(shows(&window, "No program on this machine listens on port"));
    scroll_to(&mut window, "Start Server 1 and connect");
    click(&mut window, "Start Server 1 and connect");
    wait(&mut window, "the connection", |window| {
        window.state().model().live_connections == 1
    });
    // What was found is of that moment, until it is looked for again.
    scroll_to(&mut window, "Check again");
    click(&mut window, "Check again");
    wait(&mut window, "the new cause", |window| {
        shows(window, "Server 1 listens on 127.0.0.1:")
    });
}

#[test]
fn what_was_found_is_looked_at_again_when_a_server_starts() {
    let (socket, address) = held();
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).bind.port_text = address.port().to_string();
        aim(&mut loaded.document, address);
    });
    click(&mut window, "Connect");
    wait(&mut window, "the finding", |window| {
        shows(window, "the connection. No program on this machine")
    });
    drop(socket);
    start(&mut window, "Server 1");
    wait(&mut window, "the new finding", |window| {
        shows(window, "the connection. Server 1 listens on 127.0.0.1:")
    });
}

#[test]
fn a_name_with_a_slip_offers_the_one_that_was_meant() {
    let mut window = window_with(|loaded| {
        aim(&mut loaded.document, ([127, 0, 0, 1], 9).into());
        let EndpointKind::Client(client) = &mut loaded.document.endpoints[1].kind else {
            panic!("no client");
        };
        client.remote.host_text = "localhsot".to_owned();
    });
    click(&mut window, "Connect");
    wait(&mut window, "the error", |window| {
        shows(
            window,
            "Cannot find localhsot. The name looks like localhost",
        )
    });
    why(&mut window, "Client 1");
    wait(&mut window, "the cause", |window| {
        shows(window, "The name looks like localhost")
    });
    assert!(shows(&window, "Connect to localhost"));
}

#[test]
fn a_client_whose_server_is_stopped_offers_to_start_it_and_connects_only_if_it_listens() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).bind.port_text = port;
    });
    click(&mut window, "Connect");
    wait(&mut window, "the error", |window| {
        shows(window, "Server 1 is not listening. Start it first")
    });
    click(&mut window, "Start Server 1 and connect");
    wait(&mut window, "why it cannot listen", |window| {
        shows(window, "the port is already in use")
    });
    // The client does not wait for a later start.
    drop(taken);
    start(&mut window, "Server 1");
    wait(&mut window, "the server", |window| {
        shows(window, "Listening on 127.0.0.1:")
    });
    click(&mut window, "Connect");
    wait(&mut window, "the only connection", |window| {
        window.state().model().live_connections == 1
    });
    let tried = |window: &Window| {
        let rows = rows(window);
        let tries = rows
            .iter()
            .filter(|row| row.starts_with("Client 1: connecting"));
        tries.count()
    };
    wait(&mut window, "its entries", |window| {
        let rows = rows(window);
        rows.iter()
            .any(|row| row.starts_with("Client 1: connected"))
    });
    assert_eq!(tried(&window), 1);
}

#[test]
fn the_list_of_problems_has_the_same_remedies_as_the_endpoint() {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = held.local_addr().unwrap();
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).bind.port_text = address.port().to_string();
    });
    start(&mut window, "Server 1");
    wait(&mut window, "the problem", |window| {
        shows(window, "1 problem")
    });
    let remedies = |window: &Window, name: &str| {
        let buttons = window.query_all_by_role_and_label(Role::Button, name);
        buttons.count()
    };
    click(&mut window, "1 problem");
    wait(&mut window, "the list", |window| {
        remedies(window, "Why Server 1 failed") == 2
    });
    // Who holds the port is found out meanwhile; the list grows by it.
    wait(&mut window, "who holds the port", |window| {
        shows(window, "The port is held by this program")
    });
    window.run_steps(4);
    assert_eq!(remedies(&window, "Use a free port"), 2);
    let buttons = window.query_all_by_role_and_label(Role::Button, "Use a free port");
    // The dialog stands above the list of endpoints.
    buttons.last().unwrap().click();
    wait(&mut window, "the server on another port", |window| {
        shows(window, "Listening on 127.0.0.1:")
    });
    window.run_steps(4);
    // It is solved, and stays in the list without its remedies.
    assert!(shows(&window, "the port is already in use"));
    assert_eq!(remedies(&window, "Use a free port"), 0);
}
