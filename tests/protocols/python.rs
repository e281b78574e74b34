//! Foreign programs in Python, with the packages of `requirements.txt`.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::program::in_time;

/// A running script of this folder; it is killed when a test fails.
pub(crate) struct Script {
    child: Child,
    stdout: Option<BufReader<ChildStdout>>,
}

impl Script {
    /// Starts a script; its standard error is passed through.
    pub(crate) fn start(name: &str, arguments: &[&str]) -> Self {
        let mut child = command(name)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = child.stdout.take().map(BufReader::new);
        Self { child, stdout }
    }

    /// Starts a script that serves, and returns its address; the script prints its port first.
    pub(crate) fn serve(name: &str, arguments: &[&str]) -> (Self, String) {
        let mut script = Self::start(name, arguments);
        let mut stdout = script.stdout.take().unwrap();
        let (stdout, line) = in_time(move || {
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
            (stdout, line)
        });
        script.stdout = Some(stdout);
        let port: u16 = line.trim().parse().unwrap();
        (script, format!("127.0.0.1:{port}"))
    }

    /// Closes standard input, waits for the script to exit, and returns the printed lines.
    pub(crate) fn finish(mut self) -> Vec<String> {
        drop(self.child.stdin.take());
        let mut stdout = self.stdout.take().unwrap();
        let printed = in_time(move || {
            let mut printed = String::new();
            stdout.read_to_string(&mut printed).unwrap();
            printed
        });
        assert!(self.child.wait().unwrap().success(), "{printed}");
        printed.lines().map(str::to_owned).collect()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // This fails if the program has already exited.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Returns why the scripts cannot run here, if they cannot.
pub(crate) fn missing() -> Option<String> {
    if cfg!(not(unix)) {
        return Some("a server is ended in order by a signal, which only Unix has".to_owned());
    }
    let python = interpreter().to_string_lossy().into_owned();
    match command("installed.py").output() {
        Err(error) => Some(format!("{python} does not start: {error}")),
        Ok(output) if !output.status.success() => Some(format!(
            "{python} fails: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )),
        Ok(output) if output.stdout.is_empty() => None,
        Ok(output) => Some(format!(
            "{python} lacks {}(pip install -r tests/protocols/requirements.txt)",
            String::from_utf8_lossy(&output.stdout)
        )),
    }
}

/// The interpreter that `BOTHENDS_PYTHON` names, else the one on the path.
fn interpreter() -> OsString {
    env::var_os("BOTHENDS_PYTHON").unwrap_or_else(|| "python3".into())
}

fn command(script: &str) -> Command {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocols");
    let mut command = Command::new(interpreter());
    command.arg("-B").arg(folder.join(script));
    command
}
