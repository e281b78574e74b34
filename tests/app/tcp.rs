//! What the inspector shows of TCP: the states of both ends, the kernel's numbers, the accept queue, the peer's process.

use std::io::Read as _;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::{Child, Command, Stdio};

use bothends::net::EndpointId;
use bothends::net::kernel::Watched;
use bothends::workspace::EndpointKind;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::driver::{
    Window, click, connect, converse, data_folder, inspect, names, rows, select_row, server_form,
    shows, start_server, wait, window, window_on, window_with,
};
use super::sessions::killed_session_with;

/// Shows a part of the selected endpoint.
fn show_tab(window: &mut Window, tab: &str) {
    window.get_by_role_and_label(Role::Tab, tab).click();
    window.run_steps(4);
}

fn show_connection(window: &mut Window, endpoint: &str) {
    inspect(window, endpoint);
    show_tab(window, "Connection");
}

fn wait_for_shown(window: &mut Window, text: &str) {
    wait(window, text, |window| {
        shows(window, text) || says(window, text)
    });
}

/// Whether a label has this as its text.
fn says(window: &Window, text: &str) -> bool {
    names(window).iter().any(|name| name.contains(text))
}

fn wait_for_ends(window: &mut Window, ours: &str, peer: &str) {
    wait_for_shown(window, &format!("This end: {ours}, from the kernel"));
    wait_for_shown(window, &format!("Peer: {peer}, from the kernel"));
}

/// Sends the message, and waits until its echo is the `count`th one.
fn echo(window: &mut Window, count: usize) {
    click(window, "Send");
    wait(window, "the echo", |window| {
        let echoes = rows(window);
        let echoes = echoes
            .iter()
            .filter(|row| row.starts_with("Client 1: received 14 bytes"));
        echoes.count() == count
    });
}

#[test]
fn both_ends_go_through_their_states_to_time_wait() {
    let mut window = window_with(|loaded| {
        server_form(&mut loaded.document).behaviour.stay_half_open = true;
    });
    converse(&mut window);
    show_connection(&mut window, "Client 1");
    wait_for_ends(&mut window, "ESTABLISHED", "ESTABLISHED");
    for passed in [
        "SYN-SENT, passed by this end",
        "SYN-RECEIVED, passed by the peer",
    ] {
        wait_for_shown(&mut window, passed);
    }
    wait_for_shown(&mut window, "ESTABLISHED, now this end, now the peer");
    wait_for_shown(
        &mut window,
        "ESTABLISHED, SYN-ACK received, seen by connect",
    );

    click(&mut window, "Finish sending (FIN)");
    wait_for_ends(&mut window, "FIN-WAIT-2", "CLOSE-WAIT");
    wait_for_shown(&mut window, "The peer moves next: it may go on sending");
    wait_for_shown(&mut window, "FIN-WAIT-1, FIN sent, by shutdown");

    show_connection(&mut window, "Server 1");
    wait_for_ends(&mut window, "CLOSE-WAIT", "FIN-WAIT-2");
    wait_for_shown(&mut window, "The program at this end moves next");
    click(&mut window, "Close connection");
    wait_for_ends(&mut window, "CLOSED", "TIME-WAIT");

    show_connection(&mut window, "Client 1");
    wait_for_ends(&mut window, "TIME-WAIT", "CLOSED");
    wait_for_shown(&mut window, " s left");
    wait_for_shown(
        &mut window,
        "cannot connect to this peer again from the same port",
    );
    wait_for_shown(&mut window, "TIME-WAIT, now this end");
    wait_for_shown(&mut window, "LAST-ACK, passed by the peer");
}

#[test]
fn a_server_that_closes_first_sees_why_its_port_is_busy() {
    let mut window = window();
    let server = start_server(&mut window);
    let mut peer = connect(server);
    show_connection(&mut window, "Server 1");
    wait_for_ends(&mut window, "ESTABLISHED", "ESTABLISHED");
    click(&mut window, "Close connection");
    let mut rest = Vec::new();
    peer.read_to_end(&mut rest).unwrap();
    wait_for_ends(&mut window, "FIN-WAIT-2", "CLOSE-WAIT");
    drop(peer);
    wait_for_shown(&mut window, "This end: TIME-WAIT, from the kernel");
    wait_for_shown(&mut window, "unless it sets SO_REUSEADDR");
}

#[test]
fn a_reset_leads_from_established_to_closed() {
    let mut window = window();
    converse(&mut window);
    show_connection(&mut window, "Client 1");
    wait_for_ends(&mut window, "ESTABLISHED", "ESTABLISHED");
    click(&mut window, "Reset (RST)");
    wait_for_shown(&mut window, "CLOSED, RST sent, by close");
    wait_for_shown(&mut window, "CLOSED, now this end, now the peer");
}

#[test]
fn the_numbers_have_names_and_explain_themselves() {
    let mut window = window();
    converse(&mut window);
    show_connection(&mut window, "Client 1");
    for name in [
        "Round trip: ",
        "Congestion window: ",
        "Slow-start limit: none yet",
        "Send queue: 0 B",
    ] {
        wait_for_shown(&mut window, name);
    }
    // It is below the edge of the pane.
    let name = names(&window)
        .into_iter()
        .find(|it| it.starts_with("Round trip: "))
        .unwrap();
    window
        .get_by_role_and_label(Role::Button, &name)
        .click_accesskit();
    wait_for_shown(&mut window, "Source: tcpi_rtt, in microseconds");
    // Folded once, they stay folded.
    let heading = window.get_by_label("Numbers");
    heading.click_accesskit();
    window.run_steps(4);
    assert!(!says(&window, "Round trip: "));
    assert!(!window.state().model().preferences.connection.numbers);
}

#[test]
fn nothing_is_watched_unless_it_is_shown() {
    let mut window = window();
    converse(&mut window);
    assert_eq!(window.state().model().kernel.watched, None);
    show_connection(&mut window, "Client 1");
    wait_for_shown(&mut window, "This end: ESTABLISHED, from the kernel");
    assert!(window.state().model().kernel.watched.is_some());
    show_tab(&mut window, "Setup");
    assert_eq!(window.state().model().kernel.watched, None);
    // What was asked before is answered before the message is sent.
    echo(&mut window, 2);
    let sampled = window.state().model().timeline.sampled;
    assert!(sampled > 0);
    echo(&mut window, 3);
    assert_eq!(window.state().model().timeline.sampled, sampled);

    show_tab(&mut window, "Connection");
    assert!(window.state().model().kernel.watched.is_some());
    click(&mut window, "Close the inspector");
    assert_eq!(window.state().model().kernel.watched, None);
}

/// A program of somebody else that connects and waits.
struct Foreign(Child);

impl Foreign {
    fn connects_to(address: SocketAddr) -> Option<Self> {
        let script = "import socket, sys\n\
            s = socket.create_connection((sys.argv[1], int(sys.argv[2])))\n\
            sys.stdin.read()";
        let child = Command::new("python3")
            .args([
                "-c",
                script,
                &address.ip().to_string(),
                &address.port().to_string(),
            ])
            .stdin(Stdio::piped())
            .spawn();
        child.ok().map(Self)
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        // Nothing can be done about one that ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn the_process_of_a_peer_is_named_on_both_families() {
    for host in [
        Ipv4Addr::LOCALHOST.to_string(),
        Ipv6Addr::LOCALHOST.to_string(),
    ] {
        let mut window = window_with(|loaded| {
            server_form(&mut loaded.document).bind.host_text = host;
        });
        let server = start_server(&mut window);
        let Some(foreign) = Foreign::connects_to(server) else {
            eprintln!("left out: there is no python3");
            return;
        };
        let process = format!("python3 (pid {})", foreign.0.id());
        wait(&mut window, "the peer", |window| {
            rows(window).iter().any(|row| row.contains("accepted"))
        });
        inspect(&mut window, "Server 1");
        // The list of peers says it under the pointer.
        let is_peer = |name: &str| name.contains(" in, ") && name.contains("since");
        let peer = rows(&window).into_iter().find(|it| is_peer(it)).unwrap();
        window
            .get_by_role_and_label(Role::ListBoxOption, &peer)
            .hover();
        wait_for_shown(&mut window, &format!("Process: {process}"));
        show_tab(&mut window, "Connection");
        wait_for_shown(&mut window, &format!("Process: {process}"));
    }
}

#[test]
fn a_full_accept_queue_is_reported() {
    let mut window = window_with(|loaded| {
        let server = server_form(&mut loaded.document);
        server.backlog_text = "1".to_owned();
    });
    let server = start_server(&mut window);
    show_connection(&mut window, "Server 1");
    wait_for_shown(&mut window, "Accept queue: 0 waiting of 1");
    let watched = window.state().model().kernel.watched.clone().unwrap();
    assert_eq!(watched.1.of, Watched::Listener);
    assert!(is_server(&window, watched.0));

    show_tab(&mut window, "Setup");
    assert_eq!(window.state().model().kernel.watched, None);
    window.get_by_label("Accepting").click_accesskit();
    wait_for_shown(&mut window, "Accept queue: 0 waiting of 1");
    window
        .get_by_role_and_label(Role::ComboBox, "New connections")
        .click_accesskit();
    window.run_steps(6);
    window.get_by_label("Leave in backlog").click_accesskit();
    wait(&mut window, "no accepting", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("wait in the accept queue"))
    });
    // Linux takes one more than the backlog.
    let waiting = [connect(server), connect(server)];
    wait_for_shown(&mut window, "Accept queue: 2 waiting of 1");
    wait_for_shown(&mut window, "The accept queue is full.");
    drop(waiting);
}

fn is_server(window: &Window, id: EndpointId) -> bool {
    let form = window.state().model().form(id).unwrap();
    matches!(form.kind, EndpointKind::Server(_))
}

#[test]
fn an_opened_capture_shows_its_states_and_numbers_on_record() {
    let data = data_folder();
    killed_session_with(&data, |window| {
        show_connection(window, "Client 1");
        wait_for_shown(window, "This end: ESTABLISHED, from the kernel");
        wait_for_shown(window, "Round trip: ");
        click(window, "Disconnect");
        wait_for_shown(window, "This end: TIME-WAIT, from the kernel");
    });
    let mut window = window_on(&data, |_| {});
    wait_for_shown(
        &mut window,
        "was interrupted: Bothends ended without closing it",
    );
    click(&mut window, "Open");
    wait(&mut window, "its rows", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("received 14 bytes from"))
    });
    show_tab(&mut window, "Connection");
    wait_for_shown(&mut window, "Select an entry of a connection");
    select_row(&mut window, "Client 1: received 14 bytes");
    wait_for_shown(&mut window, "On record");
    wait_for_shown(&mut window, "FIN-WAIT-1, passed by this end");
    wait_for_shown(&mut window, "Round trip: ");
    assert_eq!(window.state().model().kernel.watched, None);
}
