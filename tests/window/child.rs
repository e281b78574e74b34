//! A child process that is ended when its owner is dropped, even if a story panics.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use crossbeam_channel::bounded;

use super::deadline::{Outcome, PATIENCE, wait_for};

/// How long a child may take to exit after SIGTERM, before SIGKILL.
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

    /// Starts `command` and reads the first line of its standard output.
    pub(crate) fn start_and_read_line(command: &mut Command) -> Outcome<(Self, String)> {
        let mut process = Self::start(command.stdout(Stdio::piped()))?;
        let output = process.child.stdout.take().ok_or("no standard output")?;
        let (said, hear) = bounded(1);
        std::thread::Builder::new()
            .name("first line".to_owned())
            .spawn(move || {
                let mut line = String::new();
                let result = BufReader::new(output).read_line(&mut line).map(|_| line);
                // It fails once the wait is over, when nobody needs the line any more.
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

    /// Its exit status, if it has exited.
    pub(crate) fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits until it exits by itself.
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
            // It may have exited in the meantime.
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

/// Runs `command` to completion and returns its output, or its error messages.
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
        // It is overdue; the error reports that, whether or not this succeeds.
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
