//! Hostile peers visit a server of the window: it goes on, and counts them all.

use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

use bothends::capture::EndpointStatus;
use bothends::workspace::{EndpointKind, Recording, RecordingMode};

use super::driver::{Window, connect, rows, start_server, wait_for, window_with};
use super::support::hostile;

/// How many connections the silent crowd and those who come in turn make.
const CROWDS: u64 = 2_200;
/// How long recording may take for what they sent.
const RECORDING: Duration = Duration::from_mins(1);

#[test]
fn hostile_peers_leave_the_window_working() {
    let mut window = window_with(|loaded| {
        loaded.preferences.recording = Recording {
            mode: RecordingMode::Ring,
            limit_bytes: Some(64 * 1024 * 1024),
            ..Recording::default()
        };
    });
    let server = start_server(&mut window);
    let troubled = thread::Builder::new().spawn(move || {
        // What the deaf crowd sends takes long to record.
        hostile::trouble(server, |name| name != hostile::DEAF_CROWD)
    });
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

    drop(hostile.held);
    wait_for(&mut window, RECORDING, "the others' end", |window| {
        status(window).open_connections == 1
    });
    let ended = status(&window).ended_connections;
    assert!(ended >= CROWDS + hostile.peers as u64, "{ended}");
    assert!(status(&window).received_bytes >= status(&window).sent_bytes);
    assert_eq!(
        status(&window)
            .error
            .as_ref()
            .map(|(_, error)| error.to_string()),
        None
    );
}

/// What the window knows of its server.
fn status(window: &Window) -> &EndpointStatus {
    let model = window.state().model();
    let is_server =
        |form: &&bothends::workspace::EndpointForm| matches!(form.kind, EndpointKind::Server(_));
    let server = model.document.endpoints.iter().find(is_server).unwrap();
    &model.endpoints.get(&server.id).unwrap().status
}
