//! `redis-benchmark`, and the server that it is for.

use std::net::SocketAddr;
use std::process::{Command, Stdio};

use super::processes::{Process, connect_once_it_listens, free_port};

/// Starts `redis-server`, which keeps nothing on disk.
pub(crate) fn server() -> (Process, SocketAddr) {
    let port = free_port();
    let mut command = Command::new("redis-server");
    command.args(["--port", &port.to_string(), "--bind", "127.0.0.1"]);
    command.args(["--save", "", "--appendonly", "no"]);
    let process = Process::start(&mut command, Stdio::null());
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    connect_once_it_listens(address);
    (process, address)
}

/// Runs one test of `redis-benchmark` with 16 requests in a row.
pub(crate) fn requests_per_second(address: SocketAddr, test: &str) -> f64 {
    let port = address.port().to_string();
    let mut command = Command::new("redis-benchmark");
    command.args(["-p", &port, "-t", test, "-P", "16", "-n", "400000", "--csv"]);
    let csv = Process::start(&mut command, Stdio::piped()).succeed().text;
    let line = csv
        .lines()
        .rfind(|line| line.starts_with('"') && !line.contains("rps"));
    let field = line.and_then(|line| line.split(',').nth(1));
    let number = field.expect("a rate").trim_matches('"').parse();
    number.expect("a number")
}
