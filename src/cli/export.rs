//! `bothends export` and `bothends show`: a capture in another tool's format, or as text.

use std::io;
use std::path::Path;

use super::args::{ExportArguments, ShowArguments};
use super::cancel::Cancel;
use super::captured::Captured;
use super::error::CliError;
use super::output::say;
use crate::export::{self, Format, Lack, Target, Unfaithful};
use crate::words::{ENGLISH, InWords as _};

/// The output path that means standard output.
const STDOUT: &str = "-";
/// The most places reported where an export differs from the wire.
const MAX_SHOWN: usize = 10;

/// Exports a capture, and reports the result.
pub(super) fn export(arguments: &ExportArguments) -> Result<(), CliError> {
    let cancel = Cancel::on_signals()?;
    let captured = Captured::open(&arguments.capture, &cancel)?;
    let source = captured.source(&arguments.choice, &cancel)?;
    let target = target(&arguments.output, arguments.force);
    let job = captured.job(&arguments.choice, arguments.to, target, arguments.access());
    let summary = export::run(&source, job, &mut cancel.reporting("exporting"))?;
    let (entries, bytes) = (summary.entries, summary.bytes);
    say(format_args!(
        "exported {} with {}",
        ENGLISH.counts.entries(entries),
        ENGLISH.counts.bytes(bytes)
    ));
    conclude(&captured, &summary.unfaithful, |_| true)
}

/// Writes a capture to standard output, as the timeline shows it or as JSON lines.
pub(super) fn show(arguments: &ShowArguments) -> Result<(), CliError> {
    let cancel = Cancel::on_signals()?;
    let captured = Captured::open(&arguments.capture, &cancel)?;
    let source = captured.source(&arguments.choice, &cancel)?;
    let format = if arguments.json {
        Format::JsonLines
    } else {
        Format::Text
    };
    let target = Target::Stream(Box::new(io::stdout()));
    let job = captured.job(&arguments.choice, format, target, None);
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

/// Reports where the export differs from what was on the wire.
///
/// # Errors
///
/// Some entries could not be read.
fn conclude(
    captured: &Captured,
    unfaithful: &Unfaithful,
    is_shown: impl Fn(&Lack) -> bool,
) -> Result<(), CliError> {
    let places = unfaithful.first.iter();
    let mut shown = 0;
    for place in places.filter(|place| is_shown(&place.lack)).take(MAX_SHOWN) {
        say(format_args!("incomplete: {}", place.in_words(&ENGLISH)));
        shown += 1;
    }
    if shown == MAX_SHOWN as u64 && unfaithful.count > shown {
        let more = unfaithful.count - shown;
        say(format_args!("incomplete: {more} more places"));
    }
    match unfaithful.damaged {
        0 if captured.is_cut() => Err(CliError::Cut),
        0 => Ok(()),
        entries => Err(CliError::Damaged { entries }),
    }
}
