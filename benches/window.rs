//! The window: the time to its first frame compared with a hello-world window, and its cost when idle.
//!
//! Run by hand, with an X display and `xdotool`: `cargo bench --bench window`. A window is shown once its first frame
//! has been painted, so the time until it is visible is the time to the first frame.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::in_turn;

const HELLO: &str = "BOTHENDS_BENCH_HELLO_WINDOW";
const ROUNDS: usize = 11;
const PEERS: usize = 100;
const IDLE: Duration = Duration::from_secs(5);

fn main() {
    if std::env::var_os(HELLO).is_some() {
        return hello_world();
    }
    if std::env::var_os("DISPLAY").is_none() {
        println!("no X display: nothing was measured");
        return;
    }
    let (ours, hello, ratio) = in_turn(
        ROUNDS,
        || first_frame_millis(bothends()),
        || first_frame_millis(hello_window()),
    );
    println!(
        "first frame: bothends {ours:.0} ms, hello world {hello:.0} ms, ratio {ratio:.2} (target ≤ 1.1)"
    );
    idle();
}

/// The smallest window that eframe can show.
fn hello_world() {
    let options = eframe::NativeOptions::default();
    eframe::run_ui_native("hello", options, |ui, _frame| {
        ui.label("Hello, world!");
    })
    .expect("a window");
}

fn hello_window() -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
    command.env(HELLO, "1");
    command
}

fn bothends() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bothends"));
    command.env(
        "BOTHENDS_CONFIG_DIR",
        std::env::temp_dir().join(format!("bothends-bench-{}", std::process::id())),
    );
    command
}

fn first_frame_millis(command: Command) -> f64 {
    let start = Instant::now();
    let program = Program::start(command);
    program.wait_visible();
    start.elapsed().as_secs_f64() * 1e3
}

/// A listening server in the window, with idle peers: unneeded frames would show as CPU time.
fn idle() {
    let program = Program::start(bothends());
    let window = program.wait_visible();
    // The position of `Start server` in a first window.
    xdotool(&["mousemove", "--window", &window, "195", "95", "click", "1"]);
    std::thread::sleep(Duration::from_secs(1));
    let mut peers = Vec::new();
    for _ in 0..PEERS {
        let Ok(mut peer) = std::net::TcpStream::connect_timeout(
            &"127.0.0.1:9000".parse().expect("an address"),
            Duration::from_secs(2),
        ) else {
            println!("the server does not listen: idle was measured without peers");
            break;
        };
        peer.write_all(b"hello").expect("a write");
        peer.read_exact(&mut [0; 5]).expect("the echo");
        peers.push(peer);
    }
    std::thread::sleep(Duration::from_secs(3));
    let before = support::cpu_ticks(program.child.id());
    std::thread::sleep(IDLE);
    let ticks = support::cpu_ticks(program.child.id()) - before;
    println!(
        "{} quiet peers, window visible: {ticks} ticks of 10 ms in {} s (target 0)",
        peers.len(),
        IDLE.as_secs()
    );
}

struct Program {
    child: Child,
}

impl Program {
    fn start(mut command: Command) -> Self {
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a program");
        Self { child }
    }

    /// Waits until a window of the program is visible; returns its number.
    fn wait_visible(&self) -> String {
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            let found = xdotool(&[
                "search",
                "--onlyvisible",
                "--pid",
                &self.child.id().to_string(),
            ]);
            if let Some(window) = found.lines().next() {
                return window.to_owned();
            }
        }
        panic!("no window came up");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn xdotool(arguments: &[&str]) -> String {
    let output = Command::new("xdotool")
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .expect("xdotool");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
