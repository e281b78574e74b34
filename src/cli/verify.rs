//! `bothends show --verify`: checks everything that a capture holds, and reports the result on standard output.

use std::borrow::Cow;

use serde::Serialize;

use super::cancel::Cancel;
use super::captured::Captured;
use super::error::CliError;
use super::lapses;
use super::output::Output;
use crate::capture::store::{Ended, ReadError, Store, Verified};
use crate::payload::VisibleText;
use crate::words::{ENGLISH, InWords as _};

/// Checks a capture, and reports the result in words or as one JSON object.
///
/// # Errors
///
/// Something is damaged, missing or was not recorded.
pub(super) fn verify(captured: &Captured, json: bool, cancel: &Cancel) -> Result<(), CliError> {
    if captured.is_imported() {
        return Err(CliError::NothingToVerify);
    }
    let store = captured.store();
    let verified = store.verify(cancel.reporting("checking"));
    let verified = verified.ok_or(CliError::Cancelled)?;
    let report = if json {
        as_json(&verified, store)
    } else {
        in_words(&verified)
    };
    Output::new().write(report.as_bytes())?;
    let is_whole = lapses::report_end(store);
    lapses::report_packets(&store.check_packets());
    if !verified.is_sound() {
        return Err(CliError::DamagedCapture);
    }
    if is_whole {
        Ok(())
    } else {
        Err(CliError::Incomplete)
    }
}

fn in_words(verified: &Verified) -> String {
    let words = &ENGLISH.record;
    let Verified {
        segments, entries, ..
    } = *verified;
    let mut lines = vec![words.checked(segments, entries, verified.payload_bytes)];
    let (kinds, fields) = (verified.unknown_kinds, verified.unknown_fields);
    let samples = verified.unknown_samples;
    if kinds > 0 || fields > 0 || samples > 0 {
        lines.push(words.newer(kinds, fields, samples));
    }
    if verified.damaged_entries > 0 {
        lines.push(words.entries_damaged(verified.damaged_entries));
    }
    if verified.damaged_samples > 0 {
        lines.push(words.samples_damaged(verified.damaged_samples));
    }
    lines.extend(verified.damage.iter().map(|error| error.in_words(&ENGLISH)));
    if verified.more_damage > 0 {
        lines.push(words.more_damage(verified.more_damage));
    }
    if verified.is_sound() {
        lines.push(words.sound.to_owned());
    }
    let lines = lines.iter();
    // What a path brings along cannot drive a terminal.
    lines
        .map(|line| VisibleText::plain(line).text + "\n")
        .collect()
}

/// The result in JSON.
#[derive(Serialize)]
struct Report<'a> {
    segments: u64,
    /// How many entries are whole.
    entries: u64,
    damaged_entries: u64,
    /// The size of what was checked beside the entries themselves: payloads and what is known of lifecycle entries.
    bytes: u64,
    unknown_kinds: u64,
    unknown_fields: u64,
    samples: u64,
    unknown_samples: u64,
    damaged_samples: u64,
    /// How the recording ended.
    ended: &'static str,
    /// Whether the capture was closed.
    closed: bool,
    /// How many entries were not recorded after the last one; of a capture that was not closed, at least.
    unrecorded: u64,
    damage: Vec<Place<'a>>,
    /// How many places are not in `damage`.
    more_damage: u64,
}

/// A damaged place.
#[derive(Serialize)]
struct Place<'a> {
    file: Cow<'a, str>,
    position: u64,
    what: String,
}

fn as_json(verified: &Verified, store: &Store) -> String {
    let soundness = store.soundness();
    let report = Report {
        segments: verified.segments,
        entries: verified.entries,
        damaged_entries: verified.damaged_entries,
        bytes: verified.payload_bytes,
        unknown_kinds: verified.unknown_kinds,
        unknown_fields: verified.unknown_fields,
        samples: verified.samples,
        unknown_samples: verified.unknown_samples,
        damaged_samples: verified.damaged_samples,
        ended: match soundness.ended {
            Ended::Open | Ended::Rotated => "interrupted",
            Ended::Closed => "closed",
            Ended::Bound => "limit",
            Ended::Full => "disk_full",
            Ended::Off => "off",
            Ended::Failed => "failed",
        },
        closed: store.manifest().is_closed(),
        unrecorded: soundness.unrecorded,
        damage: verified.damage.iter().map(|error| place(error)).collect(),
        more_damage: verified.more_damage,
    };
    serde_json::to_string(&report).unwrap_or_default() + "\n"
}

fn place(error: &ReadError) -> Place<'_> {
    let (position, what) = match error {
        ReadError::Io {
            position, source, ..
        } => (*position, source.in_words(&ENGLISH)),
        ReadError::Damaged { position, what, .. } => (*position, what.in_words(&ENGLISH)),
    };
    let file = error.path().file_name().unwrap_or_default();
    Place {
        file: file.to_string_lossy(),
        position,
        what,
    }
}
