//! What a user does with the program, and the expected results.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::accessibility::{Tree, Widget};
use super::child::Process;
use super::deadline::{Outcome, PATIENCE};
use super::python;
use super::stage::Stage;

/// A story and its name.
type Story = (&'static str, fn(&mut Stage) -> Outcome);

/// The stories that need a desktop with the program on it.
pub(crate) const ON_A_STAGE: [Story; 7] = [
    (
        "two_clicks_make_a_complete_conversation",
        two_clicks_make_a_complete_conversation,
    ),
    (
        "a_foreign_client_is_answered_and_seen",
        a_foreign_client_is_answered_and_seen,
    ),
    ("a_minimised_window_responds", a_minimised_window_responds),
    (
        "closing_with_a_live_connection_asks",
        closing_with_a_live_connection_asks,
    ),
    ("the_setup_survives_a_restart", the_setup_survives_a_restart),
    ("control_and_enter_send", control_and_enter_send),
    (
        "under_a_flood_a_press_selects_its_row_and_it_stays",
        under_a_flood_a_press_selects_its_row_and_it_stays,
    ),
];

/// How long the program may take to end, whatever it was doing.
const QUICK_EXIT: Duration = Duration::from_secs(1);

fn two_clicks_make_a_complete_conversation(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    stage.click("Send")?;
    stage.read(&format!(
        "Client 1: received 14 bytes from {server}: Hello, server!"
    ))?;
    let connected = stage.read(&format!("Client 1: connected to {server} in "))?;
    let (_, client) = connected.rsplit_once(" from ").ok_or("no local address")?;
    let rows = rows(&stage.tree());
    in_order(
        &rows,
        &[
            format!("Server 1: listening on {server}"),
            format!("Client 1: connecting to {server}"),
            format!("Client 1: connected to {server} in "),
            format!("Client 1: sent 14 bytes to {server}: Hello, server!"),
            format!("Server 1: received 14 bytes from {client}: Hello, server!"),
            format!("Server 1: sent 14 bytes to {client}: Hello, server!"),
            format!("Client 1: received 14 bytes from {server}: Hello, server!"),
        ],
    )?;
    // Each end has its own thread: either may record the connection first.
    in_order(
        &rows,
        &[
            format!("Client 1: connecting to {server}"),
            format!("Server 1: accepted {client}"),
            format!("Server 1: received 14 bytes from {client}"),
        ],
    )?;
    match rows.len() {
        8 => Ok(()),
        _ => Err(format!("other rows than those: {rows:#?}").into()),
    }
}

fn a_foreign_client_is_answered_and_seen(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    let client = python::round_trips(server, 1)?;
    let ended = format!("Server 1: {client} closed by the peer (FIN)");
    stage.read(&ended)?;
    in_order(
        &rows(&stage.tree()),
        &[
            format!("Server 1: listening on {server}"),
            format!("Server 1: accepted {client}"),
            format!("Server 1: received 5 bytes from {client}: hello"),
            format!("Server 1: sent 5 bytes to {client}: hello"),
            ended,
        ],
    )
}

fn a_minimised_window_responds(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    stage.minimize()?;
    python::round_trips(server, 1_000)?;
    Ok(())
}

fn closing_with_a_live_connection_asks(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    let mut client = python::stay(server)?;
    stage.read("Server 1: accepted 127.0.0.1:")?;
    stage.keys(&["alt+F4"])?;
    stage.read("Quit Bothends?")?;
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

fn the_setup_survives_a_restart(stage: &mut Stage) -> Outcome {
    stage.type_into("Bind port", "45678")?;
    stage.resize(900, 640)?;
    stage.click("View")?;
    stage.click("Light theme")?;
    stage.see_light()?;
    stage.keys(&["alt+F4"])?;
    exits_well(stage)?;
    stage.launch_again()?;
    stage.keys(&["ctrl+i"])?;
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
    stage.read(&format!(
        "Client 1: received 7 bytes from {server}: by hand"
    ))?;
    Ok(())
}

fn under_a_flood_a_press_selects_its_row_and_it_stays(stage: &mut Stage) -> Outcome {
    let server = start_server(stage)?;
    let _flood = python::flood(server)?;
    let (first, began) = (recorded(stage)?, Instant::now());
    let mut before = first;
    for press in 0..20 {
        let place = 1 + press % 4;
        let row = stage.see("a full list", |tree| {
            let rows = row_widgets(tree);
            rows.get(place).cloned().filter(|_| rows.len() > 6)
        })?;
        stage.press(&row)?;
        // What is announced shows that entries go on coming.
        let announced = stage.read("↓ ")?;
        let selected = selected(stage)?;
        if selected.as_ref().map(|(at, _)| *at) != Some(place) {
            return Err(format!("press {press} at {place}: {selected:?} is selected").into());
        }
        stage.see("more announced entries", |tree| {
            let now = tree.beginning_with("↓ ").next()?;
            (now != announced).then_some(())
        })?;
        let later = self::selected(stage)?;
        if later != selected {
            return Err(format!("press {press}: {selected:?} became {later:?}").into());
        }
        stage.keys(&["End"])?;
        stage.see("the newest row", |tree| {
            tree.beginning_with("↓ ").next().is_none().then_some(())
        })?;
        let now = recorded(stage)?;
        if now <= before {
            return Err(format!("press {press}: {now} entries after {before}").into());
        }
        before = now;
    }
    report_rate(before - first, began.elapsed());
    Ok(())
}

#[expect(
    clippy::print_stderr,
    reason = "how much that is depends on the machine, so it is reported and not judged"
)]
fn report_rate(entries: u64, time: Duration) {
    let rate = entries as f64 / time.as_secs_f64();
    eprintln!("the flood: {entries} entries in {time:.1?}, {rate:.0} a second");
}

/// How many entries are on record, as the status bar has it.
fn recorded(stage: &Stage) -> Outcome<u64> {
    stage.see("the number of entries", |tree| {
        let said = tree.beginning_with("1 server").next()?;
        let mut parts = said.split("  ·  ");
        let count = parts.find_map(|part| part.strip_suffix(" entries"))?;
        count.replace(',', "").parse().ok()
    })
}

/// The place among the rows in sight of the one that is selected, and its words.
fn selected(stage: &Stage) -> Outcome<Option<(usize, String)>> {
    for (place, row) in row_widgets(&stage.tree()).into_iter().enumerate() {
        if stage.is_selected(&row)? {
            return Ok(Some((place, row.name)));
        }
    }
    Ok(None)
}

/// Without a display the program says what to do, in one line, and exits.
pub(crate) fn without_a_display_one_line_says_what_to_do() -> Outcome {
    let directory = tempfile::tempdir()?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_bothends"));
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(variable);
    }
    let log = directory.path().join("log");
    let mut program = Process::start(
        command
            .env("BOTHENDS_CONFIG_DIR", directory.path())
            .env("BOTHENDS_DATA_DIR", directory.path())
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

/// Starts the server on any free port, and returns its address.
fn start_server(stage: &Stage) -> Outcome<SocketAddr> {
    stage.click_in("Server 1", "Start server")?;
    let words = stage.read("Listening on ")?;
    let address = words.trim_start_matches("Listening on ");
    Ok(address
        .parse()
        .map_err(|error| format!("{words:?}: {error}"))?)
}

/// Waits for the program to exit as a user expects: soon, and without an error.
fn exits_well(stage: &mut Stage) -> Outcome {
    match stage.exit_code(QUICK_EXIT)? {
        Some(0) => Ok(()),
        code => Err(format!("it ended with {code:?}").into()),
    }
}

/// The rows of the timeline, as a screen reader reads them.
fn rows(tree: &Tree) -> Vec<String> {
    let rows = row_widgets(tree).into_iter();
    rows.map(|row| row.name).collect()
}

/// The rows of the timeline.
fn row_widgets(tree: &Tree) -> Vec<Widget> {
    let widgets = tree.group("Timeline").0.into_iter();
    widgets.filter(|it| it.role == "list item").collect()
}

/// Checks that there is a row for each of the beginnings, in this order.
fn in_order(rows: &[String], beginnings: &[String]) -> Outcome {
    let mut rest = rows.iter();
    for beginning in beginnings {
        if !rest.any(|row| row.starts_with(beginning)) {
            return Err(format!("no row “{beginning}…” in its place").into());
        }
    }
    Ok(())
}
