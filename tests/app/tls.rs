//! TLS in the window: two clicks to an answered message, the parts of a handshake and of a failure, STARTTLS, the key log.

use std::fs;

use bothends::net::tls::Flaw;
use bothends::words::ENGLISH;
use bothends::workspace::{ConfigFolder, EndpointKind, Loaded, TransportKind};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::driver::{
    Window, choose, click, data_folder, inspect, names, rows, select_row, server_form, show_as,
    shows, wait, window_of,
};

/// Opens the window on a document whose server speaks TLS. Its authority is made in a folder of its own.
fn tls_window(edit: impl FnOnce(&mut Loaded)) -> Window {
    let folder = data_folder();
    let (config, _) = ConfigFolder::open_in(&folder.join("config"));
    window_of(&ENGLISH, &folder, config, |loaded| {
        server_form(&mut loaded.document).bind.transport = TransportKind::Tls;
        edit(loaded);
    })
}

fn has_row(window: &Window, of: &str, text: &str) -> bool {
    let mut rows = rows(window).into_iter();
    rows.any(|row| row.contains(of) && row.contains(text))
}

fn has_button(window: &Window, name: &str) -> bool {
    let mut found = window.query_all_by_role_and_label(Role::Button, name);
    found.next().is_some()
}

/// Starts Server 1, and sends the message there.
fn start_and_send(window: &mut Window) {
    click(window, "Start server");
    wait(window, "the bound address", |window| {
        shows(window, "Listening on ")
    });
    click(window, "Send");
}

fn connection_of(window: &mut Window, endpoint: &str) {
    inspect(window, endpoint);
    window
        .get_by_role_and_label(Role::Tab, "Connection")
        .click();
    window.run_steps(4);
}

#[test]
fn two_clicks_send_an_encrypted_message_and_show_its_answer_and_how_it_was_agreed_on() {
    let mut window = tls_window(|_| {});
    start_and_send(&mut window);
    wait(&mut window, "the answer", |window| shows(window, "1 reply"));
    wait(&mut window, "the echo", |window| {
        has_row(window, "Client 1", "received 14 bytes")
    });
    select_row(&mut window, "TLS 1.3 agreed");
    wait(&mut window, "what was agreed on", |window| {
        shows(window, "Version: TLS 1.3")
    });
    for part in [
        "Cipher suite: TLS_",
        "Handshake: full, took ",
        "Versions: 1.3 (chosen)",
    ] {
        assert!(shows(&window, part), "{part}: {:#?}", names(&window));
    }
    connection_of(&mut window, "Client 1");
    wait(&mut window, "the version", |window| {
        shows(window, "TLS 1.3, TLS_")
    });
    assert!(shows(&window, "Certificate of localhost, valid until "));
    assert!(shows(&window, "on the wire"));
    assert!(!has_button(&window, "Start TLS"));
    click(&mut window, "Show the handshake");
    wait(&mut window, "the client's chain", |window| {
        shows(window, "It has the name that was asked for")
    });
    assert!(shows(
        &window,
        "Its chain ends at a root that is trusted here"
    ));
    assert!(has_button(&window, "Copy certificate (PEM)"));
    show_as(&mut window, "Lanes");
    wait(&mut window, "the lanes", |window| {
        shows(window, "TLS offered")
    });
}

#[test]
fn a_failure_of_tls_is_shown_in_parts() {
    let mut window = tls_window(|loaded| {
        server_form(&mut loaded.document).tls.flaw = Some(Flaw::Expired);
    });
    start_and_send(&mut window);
    wait(&mut window, "the failure", |window| {
        has_row(window, "Client 1", "closed: TLS")
    });
    let mut failures = window.query_all_by_role(Role::ListBoxOption);
    let is_it = |node: &egui_kittest::Node<'_>| {
        use egui_kittest::kittest::NodeT as _;
        let label = node.accesskit_node().label().unwrap_or_default();
        label.contains("Client 1") && label.contains("closed: TLS")
    };
    failures.rfind(is_it).unwrap().click();
    drop(failures);
    window.run_steps(4);
    wait(&mut window, "what is wrong", |window| {
        let what = "The peer's certificate has expired";
        let mut alerts = window.query_all_by_role_and_label(Role::Alert, what);
        alerts.next().is_some()
    });
    // At the client, and where the message was sent from.
    for part in [
        "Client 1, failed",
        "Not sent: the peer's certificate has expired",
    ] {
        wait(&mut window, part, |window| shows(window, part));
    }
    for part in [
        "Expected: one that is valid now, ",
        "Received: one that was valid until ",
        "Reported by: this end, with the alert certificate_expired",
        "Server name (SNI): ",
        "What to do: Have the peer's certificate renewed",
        "A certificate is valid between two dates",
        "Not valid at the time of the handshake",
    ] {
        // The detail is read on another thread.
        wait(&mut window, part, |window| shows(window, part));
    }
}

#[test]
fn tls_is_started_where_it_waits_and_not_twice() {
    let mut window = tls_window(|loaded| {
        for form in &mut loaded.document.endpoints {
            match &mut form.kind {
                EndpointKind::Server(form) => form.tls.on_request = true,
                EndpointKind::Client(form) => form.tls.on_request = true,
            }
        }
    });
    start_and_send(&mut window);
    wait(&mut window, "the plain echo", |window| {
        has_row(window, "Client 1", "received 14 bytes")
    });
    connection_of(&mut window, "Server 1");
    assert!(shows(&window, "Not encrypted yet"));
    click(&mut window, "Start TLS");
    wait(&mut window, "the beginning", |window| {
        has_row(window, "Server 1", "upgraded to TLS")
    });
    connection_of(&mut window, "Client 1");
    click(&mut window, "Start TLS");
    wait(&mut window, "the agreement", |window| {
        has_row(window, "Client 1", "TLS 1.3 agreed")
    });
    wait(&mut window, "the state", |window| {
        shows(window, "TLS 1.3, TLS_") && !has_button(window, "Start TLS")
    });
}

#[test]
fn keys_are_logged_while_it_says_so_and_no_longer() {
    let mut window = tls_window(|_| {});
    choose(&mut window, "Endpoint", "Log TLS keys");
    wait(&mut window, "the notice", |window| {
        has_button(window, "TLS keys are logged")
    });
    let path = window.state().model().key_log.clone().unwrap();
    start_and_send(&mut window);
    wait(&mut window, "the answer", |window| shows(window, "1 reply"));
    let logged = fs::read_to_string(&path).unwrap();
    assert!(logged.contains("CLIENT_TRAFFIC_SECRET_0 "), "{logged}");
    click(&mut window, "TLS keys are logged");
    assert!(!has_button(&window, "TLS keys are logged"));
    assert_eq!(window.state().model().key_log, None);
}
