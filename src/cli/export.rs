//! `bothends export` and `bothends show`: a capture in another tool's format, or as text.

use std::path::Path;

use super::args::{ExportArguments, ShowArguments};
use super::cancel::Cancel;
use super::captured::Captured;
use super::error::CliError;
use super::output::{WatchedStdout, say};
use super::signals::Signals;
use super::{lapses, verify};
use crate::capture::import::ImportFailure;
use crate::export::{self, ExportError, ExportFormat, ExportTarget, OmissionKind, PacketOrigin};
use crate::words::ENGLISH;

/// The output path that means standard output.
const STDOUT: &str = "-";

/// Exports a capture, and reports the result.
pub(super) fn export(arguments: &ExportArguments, signals: &Signals) -> Result<(), CliError> {
    let (cancel, output) = Cancel::on_signals(signals)?;
    let captured = Captured::open(&arguments.capture, &cancel)?;
    let source = captured.source(&arguments.choice, &cancel)?;
    let target = target(&arguments.output, arguments.force, output);
    let access = arguments.access();
    let job = captured.job(
        &arguments.choice,
        arguments.to,
        target,
        access,
        arguments.packets,
    );
    let summary = export::run(&source, job, &mut cancel.reporting("exporting"))?;
    let (entries, bytes) = (summary.entries, summary.bytes);
    say(format_args!(
        "exported {} with {}",
        ENGLISH.counts.entries(entries),
        ENGLISH.counts.bytes(bytes)
    ));
    lapses::conclude(&captured, &summary.unfaithful, |_| true)
}

/// Writes a capture to standard output, as the timeline shows it or as JSON lines; or checks it.
pub(super) fn show(arguments: &ShowArguments, signals: &Signals) -> Result<(), CliError> {
    let shown = try_show(arguments, signals);
    shown.map_err(|error| match error {
        CliError::Export(ExportError::Cancelled) | CliError::Import(ImportFailure::Cancelled) => {
            CliError::Cancelled
        }
        error => error,
    })
}

fn try_show(arguments: &ShowArguments, signals: &Signals) -> Result<(), CliError> {
    let (cancel, output) = Cancel::on_signals(signals)?;
    let captured = Captured::open(&arguments.capture, &cancel)?;
    if arguments.verify {
        return verify::verify(&captured, arguments.json, &cancel);
    }
    let source = captured.source(&arguments.choice, &cancel)?;
    let format = if arguments.json {
        ExportFormat::JsonLines
    } else {
        ExportFormat::Text
    };
    let target = ExportTarget::Stream(Box::new(output));
    let job = captured.job(&arguments.choice, format, target, None, PacketOrigin::Real);
    let summary = export::run(&source, job, &mut |_| cancel.check())?;
    let is_news = |lack: &OmissionKind| lack.is_failure() || !lack.has_entry();
    lapses::conclude(&captured, &summary.unfaithful, is_news)
}

fn target(path: &Path, replace: bool, output: WatchedStdout) -> ExportTarget {
    if path == Path::new(STDOUT) {
        return ExportTarget::Stream(Box::new(output));
    }
    ExportTarget::Path {
        path: path.to_owned(),
        replace,
    }
}
