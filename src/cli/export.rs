//! `bothends export` and `bothends show`: a capture in a format of others, or in words.

use std::io;
use std::path::Path;

use super::args::{ExportArguments, ShowArguments};
use super::cancel::{Cancel, ProgressLine};
use super::captured::Captured;
use super::error::CliError;
use super::output::say;
use crate::export::{self, ExportJob, Format, Lack, Target, Unfaithful};
use crate::words::{ENGLISH, InWords as _};

/// The output that stands for standard output.
const STDOUT: &str = "-";
/// How many of the places are told where an export is not faithful.
const MAX_TOLD: usize = 10;

/// Exports a capture, and tells what that came to.
pub(super) fn export(arguments: &ExportArguments) -> Result<(), CliError> {
    let cancel = Cancel::on_signals()?;
    let captured = Captured::open(&arguments.capture, &cancel)?;
    let source = captured.source(&arguments.choice, &cancel)?;
    let job = ExportJob {
        format: arguments.to,
        target: target(&arguments.output, arguments.force),
        names: captured.names().clone(),
        encodings: captured.encodings(&arguments.choice),
        say: &ENGLISH,
    };
    let mut line = ProgressLine::new("exporting");
    let exported = export::run(&source, job, &mut |progress| {
        line.tell(progress);
        cancel.check()
    });
    drop(line);
    let summary = exported?;
    let (entries, bytes) = (summary.entries, summary.bytes);
    say(format_args!(
        "exported {} with {}",
        ENGLISH.counts.entries(entries),
        ENGLISH.counts.bytes(bytes)
    ));
    conclude(&captured, &summary.unfaithful, |_| true)
}

/// Writes a capture to standard output, as the timeline tells it or as JSON lines.
pub(super) fn show(arguments: &ShowArguments) -> Result<(), CliError> {
    let cancel = Cancel::on_signals()?;
    let captured = Captured::open(&arguments.capture, &cancel)?;
    let source = captured.source(&arguments.choice, &cancel)?;
    let job = ExportJob {
        format: if arguments.json {
            Format::JsonLines
        } else {
            Format::Text
        },
        target: Target::Stream(Box::new(io::stdout())),
        names: captured.names().clone(),
        encodings: captured.encodings(&arguments.choice),
        say: &ENGLISH,
    };
    let summary = export::run(&source, job, &mut |_| cancel.check())?;
    conclude(&captured, &summary.unfaithful, |lack| !lack.has_entry())
}

fn target(output: &Path, replace: bool) -> Target {
    if output == Path::new(STDOUT) {
        return Target::Stream(Box::new(io::stdout()));
    }
    Target::Path {
        path: output.to_owned(),
        replace,
    }
}

/// Tells where the export does not hold what was on the wire.
///
/// # Errors
///
/// What is on record could not be read.
fn conclude(
    captured: &Captured,
    unfaithful: &Unfaithful,
    is_told: impl Fn(&Lack) -> bool,
) -> Result<(), CliError> {
    let places = unfaithful.first.iter();
    let mut told = 0;
    for place in places.filter(|place| is_told(&place.lack)).take(MAX_TOLD) {
        say(format_args!("not whole: {}", place.in_words(&ENGLISH)));
        told += 1;
    }
    if told == MAX_TOLD as u64 && unfaithful.count > told {
        let more = unfaithful.count - told;
        say(format_args!("not whole: {more} more places"));
    }
    match unfaithful.damaged {
        0 if captured.is_cut() => Err(CliError::Cut),
        0 => Ok(()),
        entries => Err(CliError::Damaged { entries }),
    }
}
