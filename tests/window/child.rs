//! A child process that ends with the value that holds it, also when a story panics.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use crossbeam_channel::bounded;

use super::deadline::{Outcome, PATIENCE, wait_for};

/// How long a child may take to end after SIGTERM, before SIGKILL.
const GRACE: Duration = Duration::from_secs(2);

/// A running child process.
pub(crate) struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts `command`.
    pub(crate) fn start(command: &mut Command) -> Outcome<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("cannot start {name}: {error}"))?;
        Ok(Self { child, name })
    }

    /// Starts `command` and reads the first line of its standard output, in which it says what it got.
    pub(crate) fn start_and_hear(command: &mut Command) -> Outcome<(Self, String)> {
        let mut process = Self::start(command.stdout(Stdio::piped()))?;
        let output = process.child.stdout.take().ok_or("no standard output")?;
        let (said, hear) = bounded(1);
        std::thread::Builder::new()
            .name("first line".to_owned())
            .spawn(move || {
                let mut line = String::new();
                let result = BufReader::new(output).read_line(&mut line).map(|_| line);
                // Nobody hears it when the wait is over, and then nobody needs it.
                said.send(result).ok();
            })?;
        let line = hear
            .recv_timeout(PATIENCE)
            .map_err(|error| format!("{} said nothing: {error}", process.name))??;
        match line.trim() {
            "" => Err(format!("{} ended without a word", process.name).into()),
            line => Ok((process, line.to_owned())),
        }
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits until it ends by itself.
    pub(crate) fn wait(&mut self, patience: Duration) -> Outcome<ExitStatus> {
        let what = format!("the end of {}", self.name);
        wait_for(&what, patience, || self.ended())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if matches!(self.ended(), Ok(Some(_))) {
            return;
        }
        let asked = Command::new("sh")
            .args(["-c", "kill -TERM \"$0\"", &self.id().to_string()])
            .status();
        if asked.is_err() || self.wait(GRACE).is_err() {
            // It may have ended in between; then there is nothing left to end.
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

/// Runs `command` to its end and returns what it wrote, or what it complained about.
pub(crate) fn run(command: &mut Command, patience: Duration) -> Outcome<String> {
    let name = format!("{command:?}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start {name}: {error}"))?;
    let ended = wait_for(&format!("the end of {name}"), patience, || {
        Ok(child.try_wait()?)
    });
    if ended.is_err() {
        // It is overdue: the error says so, whatever comes of this.
        child.kill().ok();
    }
    let output = child.wait_with_output()?;
    ended?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{name}: {}: {complaint}", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
