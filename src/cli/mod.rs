//! The command line: the same engine without a window. Knows neither the window nor what it shows.

mod args;
mod ca;
mod cancel;
mod captured;
mod documents;
mod error;
mod export;
mod flow;
mod frame_count;
mod frames;
mod input;
mod lapses;
mod log;
mod notes;
mod open;
mod output;
mod patience;
mod pattern;
mod pending;
mod run;
mod running;
mod send;
mod sending;
mod serve;
mod serving;
mod signals;
mod spool;
mod verify;
mod visible;
mod writing;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};

use crate::net::EndpointId;
use crate::session::OpenFiles;
use crate::session::diagnose::{Failure, Subject, diagnose};
use args::{Arguments, CliCommand};
use error::{CliError, advised};
use output::say;
use signals::Signals;

/// The exit code for wrong arguments.
const USAGE: u8 = 2;

/// What becomes of a command.
#[derive(Debug)]
pub enum CommandOutcome {
    /// It is done, and the process ends with this.
    Done(ExitCode),
    /// A window is to be opened with these files.
    Window(OpenFiles),
}

/// Runs the command that this process's arguments name.
///
/// Messages go to standard error, data to standard output. Ends with 0 on success, 1 when a connection or an
/// expectation failed, 2 for wrong arguments.
pub fn run() -> CommandOutcome {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return CommandOutcome::Done(refuse(&error)),
    };
    let signals = Signals::default();
    let done = match arguments.command {
        CliCommand::Open(arguments) => match open::open(&arguments) {
            Ok(files) => return CommandOutcome::Window(files),
            Err(error) => Err(error),
        },
        CliCommand::Serve(arguments) => serve::serve(&arguments, &signals),
        CliCommand::Run(arguments) => run::run(&arguments, &signals),
        CliCommand::Send(arguments) => send::send(arguments, &signals),
        CliCommand::Export(arguments) => export::export(&arguments, &signals),
        CliCommand::Ca => ca::ca(),
        CliCommand::Show(arguments) => export::show(&arguments, &signals),
    };
    let code = match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if error.has_message() {
                say(format_args!("bothends: {error}"));
                explain(&error);
            }
            error.exit_code()
        }
    };
    signals.settle();
    CommandOutcome::Done(code)
}

/// Returns the definition of the command line, for manual pages and completions.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Prints what explains a failed listen or connect on this machine, a line for each finding.
fn explain(error: &CliError) {
    let CliError::Net(error) = error else { return };
    let Some(failure) = Failure::of_error(error) else {
        return;
    };
    // The endpoint of a command is alone, and ends with it.
    let subject = Subject {
        entry: 0,
        endpoint: EndpointId(1),
        failure,
    };
    for cause in diagnose(&subject, Vec::new()).causes {
        say(format_args!("why: {}", advised(&cause.finding)));
    }
}

/// Prints the requested help, or one line that says what is wrong with the arguments.
fn refuse(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        // A reader who closes standard output has seen enough of the help.
        return match error.print() {
            Ok(()) | Err(_) => ExitCode::SUCCESS,
        };
    }
    say(format_args!("bothends: {}", one_line(&error.to_string())));
    ExitCode::from(USAGE)
}

/// Joins clap's multi-line message into one line, without the usage.
fn one_line(rendered: &str) -> String {
    let lines = rendered.lines().map(str::trim);
    let lines =
        lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let words: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let words = words.join(" ");
    let words = words.strip_prefix("error: ").unwrap_or(&words);
    format!("{words} (see --help)")
}
