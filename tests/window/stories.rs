//! What a person does with the program, and what must come of it.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::accessibility::Tree;
use super::child::Process;
use super::deadline::{Outcome, PATIENCE};
use super::python;
use super::stage::Stage;

/// A story and its name.
type Story = (&'static str, fn(&mut Stage) -> Outcome);

/// The stories that need a desktop with the program on it.
pub(crate) const ON_A_STAGE: [Story; 6] = [
    (
        "two_clicks_make_a_whole_conversation",
        two_clicks_make_a_whole_conversation,
    ),
    (
        "a_foreign_client_is_answered_and_seen",
        a_foreign_client_is_answered_and_seen,
    ),
    ("a_minimised_window_answers", a_minimised_window_answers),
    (
        "closing_with_a_live_connection_asks",
        closing_with_a_live_connection_asks,
    ),
    (
        "what_was_set_up_survives_a_restart",
        what_was_set_up_survives_a_restart,
    ),
    ("control_and_enter_send", control_and_enter_send),
];

/// How long the program may take to end, whatever it was doing.
const QUICK_EXIT: Duration = Duration::from_secs(1);

fn two_clicks_make_a_whole_conversation(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    stage.click("Send")?;
    let sent = format!("sent 14 bytes to {server}: Hello, server!");
    let answered = format!("received 14 bytes from {server}: Hello, server!");
    stage.read(&answered)?;
    let tree = stage.tree();
    let listening = place(&tree, &format!("listening on {server}"))?;
    let connecting = place(&tree, &format!("connecting to {server}"))?;
    let connected = place(&tree, &format!("connected to {server}"))?;
    let accepted = place(&tree, "accepted 127.0.0.1:")?;
    let received = place(&tree, "received 14 bytes from 127.0.0.1:")?;
    let replied = 1 + received;
    // The two ends have a thread each: accepted may stand before or after connected and sent, not elsewhere.
    let client = [
        listening,
        connecting,
        connected,
        place(&tree, &sent)?,
        received,
        place(&tree, &answered)?,
    ];
    let server = [connecting, accepted, received];
    for places in [&client[..], &server[..]] {
        if !places.is_sorted_by(|earlier, later| earlier < later) {
            return Err(format!("rows out of order: {places:?}").into());
        }
    }
    if !rows(&tree)
        .nth(replied)
        .is_some_and(|row| row.starts_with("sent 14 bytes to 127.0.0.1:"))
    {
        return Err("the reply does not follow what it replies to".into());
    }
    Ok(())
}

fn a_foreign_client_is_answered_and_seen(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    let client = python::round_trips(server, 1)?;
    stage.read(&format!("accepted {client}"))?;
    stage.read(&format!("received 5 bytes from {client}: hello"))?;
    stage.read(&format!("sent 5 bytes to {client}: hello"))?;
    Ok(())
}

fn a_minimised_window_answers(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    stage.minimize()?;
    python::round_trips(server, 1_000)?;
    Ok(())
}

fn closing_with_a_live_connection_asks(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    let mut client = python::stay(server)?;
    stage.read("accepted 127.0.0.1:")?;
    stage.keys(&["alt+F4"])?;
    stage.read("Quit Wirebench?")?;
    if !stage.is_running()? {
        return Err("it ended before it was answered".into());
    }
    stage.click("Quit")?;
    exits_well(stage)?;
    if client.wait(PATIENCE)?.success() {
        Ok(())
    } else {
        Err("the client did not see the end of its connection".into())
    }
}

fn what_was_set_up_survives_a_restart(stage: &mut Stage) -> Outcome {
    stage.type_into("Bind port", "45678")?;
    stage.resize(900, 640)?;
    stage.click("Theme")?;
    stage.click("Light")?;
    stage.see_light()?;
    stage.keys(&["alt+F4"])?;
    exits_well(stage)?;
    stage.launch_again()?;
    stage.see("the bind port from before", |tree| {
        tree.control("Bind port")
            .filter(|field| field.text == "45678")
    })?;
    stage.see_light()?;
    match stage.size()? {
        (900, 640) => Ok(()),
        other => Err(format!("it came back as {other:?}").into()),
    }
}

fn control_and_enter_send(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    stage.type_into("Message", "by hand")?;
    stage.keys(&["ctrl+Return"])?;
    stage.read(&format!("received 7 bytes from {server}: by hand"))?;
    Ok(())
}

/// Without a display the program says what to do, in one line, and ends.
pub(crate) fn without_a_display_one_line_says_what_to_do() -> Outcome {
    let directory = tempfile::tempdir()?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirebench"));
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(variable);
    }
    let log = directory.path().join("log");
    let mut program = Process::start(
        command
            .env("WIREBENCH_CONFIG_DIR", directory.path())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&log)?),
    )?;
    let code = program.wait(PATIENCE)?.code();
    let said = std::fs::read_to_string(&log)?;
    if code != Some(1) || said.lines().count() != 1 || !said.contains("display") {
        return Err(format!("it ended with {code:?} and said: {said}").into());
    }
    Ok(())
}

/// Starts the server on any free port, and returns the address that it got.
fn start_server(stage: &Stage) -> Outcome<SocketAddr> {
    stage.click_in("Server 1", "Start server")?;
    let words = stage.read("Listening on ")?;
    let address = words.trim_start_matches("Listening on ");
    Ok(address
        .parse()
        .map_err(|error| format!("{words:?}: {error}"))?)
}

/// Waits for the end that a user expects: soon, and without an error.
fn exits_well(stage: &mut Stage) -> Outcome {
    match stage.exit_code(QUICK_EXIT)? {
        Some(0) => Ok(()),
        code => Err(format!("it ended with {code:?}").into()),
    }
}

/// The rows of the timeline.
fn rows(tree: &Tree) -> impl Iterator<Item = &str> {
    const BEGINNINGS: [&str; 6] = [
        "listening on ",
        "connecting to ",
        "connected to ",
        "accepted ",
        "sent ",
        "received ",
    ];
    tree.beginning_with("").filter(|words| {
        BEGINNINGS
            .iter()
            .any(|beginning| words.starts_with(beginning))
    })
}

/// Where the first row that begins so stands among the rows.
fn place(tree: &Tree, beginning: &str) -> Outcome<usize> {
    let place = rows(tree).position(|row| row.starts_with(beginning));
    place.ok_or_else(|| format!("no row “{beginning}…”").into())
}
