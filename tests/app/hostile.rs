//! Hostile peers visit a server of the window, and its client visits hostile servers: it goes on, and counts them all.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;
use std::time::Duration;

use bothends::capture::EndpointStatus;
use bothends::workspace::{EndpointKind, Loaded, Recording, RecordingMode, TargetForm};

use super::driver::{Window, click, connect, rows, start_server, wait_for, window_with};
use super::support::hostile::servers::{MESSAGE_BYTES, servers};
use super::support::hostile::{Ends, trouble};

/// How long recording may take for what they sent.
const RECORDING: Duration = Duration::from_mins(1);

/// Records what fits, and forgets what came before.
fn record_in_a_ring(loaded: &mut Loaded) {
    loaded.preferences.recording = Recording {
        mode: RecordingMode::Ring,
        limit_bytes: Some(64 * 1024 * 1024),
        ..Recording::default()
    };
}

#[test]
fn hostile_peers_leave_the_window_working() {
    let mut window = window_with(record_in_a_ring);
    let server = start_server(&mut window);
    let troubled = thread::Builder::new().spawn(move || trouble(server));
    let troubled = troubled.unwrap();
    while !troubled.is_finished() {
        window.step();
    }
    let hostile = troubled.join().unwrap();

    let mut good = connect(server);
    good.write_all(b"still there?").unwrap();
    let mut answer = [0; 12];
    good.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"still there?");
    let address = good.local_addr().unwrap();
    let row = format!("Server 1: received 12 bytes from {address}: still there?");
    wait_for(&mut window, RECORDING, "the good peer's row", |window| {
        rows(window).contains(&row)
    });
    if cfg!(target_os = "linux") {
        let open = hostile.lasting() as u64 + 1;
        wait_for(&mut window, RECORDING, "those who left", |window| {
            server_status(window).open_connections == open
        });
    }

    let connections = hostile.connections() as u64;
    drop(hostile.held);
    wait_for(&mut window, RECORDING, "the others' end", |window| {
        server_status(window).open_connections == 1
    });
    let status = server_status(&window);
    if cfg!(target_os = "linux") {
        assert_eq!(status.ended_connections, connections);
    }
    assert!(status.received_bytes >= status.sent_bytes);
    assert_eq!(error(status), None);
}

#[test]
fn hostile_servers_leave_the_window_working() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let mut window = window_with(|loaded| {
        record_in_a_ring(loaded);
        loaded.preferences.composer.draft.text = "m".repeat(MESSAGE_BYTES);
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.target = TargetForm::Address;
                client.remote.host_text = address.ip().to_string();
                client.remote.port_text = address.port().to_string();
            }
        }
    });
    for (ended, server) in (0..).zip(servers()) {
        // It connects first.
        click(&mut window, "Send");
        wait_for(&mut window, RECORDING, server.name, |window| {
            client_status(window).open_connections == 1
        });
        let held = thread::scope(|scope| {
            let serving = scope.spawn(|| server.serve(&listener, 1));
            while !serving.is_finished() {
                window.step();
            }
            serving.join().unwrap()
        });
        if server.ends == Ends::Held {
            assert_eq!(
                client_status(&window).open_connections,
                1,
                "{}",
                server.name
            );
            click(&mut window, "Disconnect");
        }
        wait_for(&mut window, RECORDING, server.name, |window| {
            let status = client_status(window);
            (status.open_connections, status.ended_connections) == (0, ended + 1)
        });
        drop(held);
    }
    assert_eq!(error(client_status(&window)), None);
}

fn error(status: &EndpointStatus) -> Option<String> {
    let error = status.error.as_ref();
    error.map(|(_, error)| error.to_string())
}

/// What the window knows of its server.
fn server_status(window: &Window) -> &EndpointStatus {
    status(window, |kind| matches!(kind, EndpointKind::Server(_)))
}

/// What the window knows of its client.
fn client_status(window: &Window) -> &EndpointStatus {
    status(window, |kind| matches!(kind, EndpointKind::Client(_)))
}

fn status(window: &Window, is_it: fn(&EndpointKind) -> bool) -> &EndpointStatus {
    let model = window.state().model();
    let mut endpoints = model.document.endpoints.iter();
    let endpoint = endpoints.find(|form| is_it(&form.kind)).unwrap();
    &model.endpoints.get(&endpoint.id).unwrap().status
}
