//! What went wrong with captures on disk, and what to do next.

use std::io;
use std::path::Path;

use super::english::{are, noun, were};
use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language};
use crate::capture::store::{
    CutShort, Damage, Ended, FORMAT, FileAction, MANIFEST, ReadError, StopCause, StoreError,
    StoreFailure,
};
use crate::capture::{DATA_DIR_VARIABLE, LibraryError, MAX_NAME_CHARS, NameProblem};
use crate::payload::VisibleText;

phrases! {
    /// What went wrong with captures on disk, and what to do next.
    Record {
        cannot_make(path: &str, reason: &str) = "cannot create {path}: {reason}";
        cannot_open(path: &str, reason: &str) = "cannot open {path}: {reason}";
        cannot_lock(path: &str, reason: &str) = "cannot lock {path}: {reason}";
        cannot_read(path: &str, reason: &str) = "cannot read {path}: {reason}";
        cannot_write(path: &str, reason: &str) = "cannot write {path}: {reason}";
        cannot_rename(path: &str, reason: &str) = "cannot rename {path}: {reason}";
        cannot_delete(path: &str, reason: &str) = "cannot delete {path}: {reason}";
        stopped(cause: &str, entries: u64) = { format!("{cause}, and {} after that {} not recorded", noun(entries, "entry", "entries"), were(entries)) };
        stopped_at_least(cause: &str, entries: u64) = { format!("{cause}, and at least {} after that {} not recorded", noun(entries, "entry", "entries"), were(entries)) };
        stopped_then(cause: &str) = "{cause}, and what happened after that is not on record";
        samples_damaged(samples: u64) = { format!("{} {} damaged or missing", noun(samples, "sample", "samples"), are(samples)) };
        packets_unchecked(file: &str) = "{file} cannot be checked to its end: its checksum was not recorded";
        interrupted = "recording was interrupted, and what came last may be missing";
        not_recorded(entries: u64) = { format!("{} at the end {} not recorded", noun(entries, "entry", "entries"), were(entries)) };
        checked(segments: u64, entries: u64, size_bytes: u64) = { format!("{} checked: {} with {} are intact", noun(segments, "segment", "segments"), noun(entries, "entry", "entries"), noun(size_bytes, "byte", "bytes")) };
        entries_damaged(entries: u64) = { format!("{} {} damaged or missing", noun(entries, "entry", "entries"), are(entries)) };
        newer(kinds: u64, fields: u64, samples: u64) = { format!("Only a newer version of Bothends knows what {}, {} and {} mean", noun(kinds, "entry", "entries"), noun(fields, "field", "fields"), noun(samples, "sample", "samples")) };
        more_damage(places: u64) = { noun(places, "more place is damaged", "more places are damaged") };
        sound = "Nothing is damaged";
        frames_not_written(reason: &str) = "The table of frames cannot be written: {reason}";
        switch_on = "Turn recording on to keep what happens from then on";
        raise_bound = "Raise the limit, or let the oldest entries go, then resume";
        make_room = "Make room and resume, or resume in another folder";
        elsewhere = "Resume in another folder";
    }
}

kinds! {
    /// What is wrong with a capture on disk.
    Stores for StoreError as stores |language| {
        Io { action: &FileAction, path: &Path, source: &io::Error } = { language.file_failure(*action, path, source) };
        NotEmpty(path: &Path) = { format!("{} is not empty: a capture needs a new or an empty folder", shown(path)) };
        NoCapture { path: &Path } = { format!("{} is not a capture: it has no {MANIFEST}", shown(path)) };
        Locked(path: &Path) = { format!("{} is being recorded by another window", shown(path)) };
        Manifest { path: &Path, problem: &str } = { format!("{} is damaged: {problem}", shown(path)) };
        Newer { path: &Path, format: &u32 } = { format!("{} has format {format}, which a newer version of Bothends wrote (this one reads format {FORMAT})", shown(path)) };
        Damaged(error: &ReadError) = { error.in_words(language) };
    }

    /// Why a place of a capture cannot be read.
    Reads for ReadError as reads |language| {
        Io { path: &Path, position: &u64, source: &io::Error } = { format!("cannot read {} at byte {position}: {}", shown(path), source.in_words(language)) };
        Damaged { path: &Path, position: &u64, what: &Damage } = { format!("{} is damaged at byte {position}: {}", shown(path), what.in_words(language)) };
    }

    /// What is wrong with a place of a capture.
    Damages for Damage as damages |language| {
        Missing = "the file is missing";
        Foreign = "it belongs to another part of the capture, or to another capture";
        Head = "it does not begin as a capture file does";
        Checksum = "the checksum is wrong";
        Bit = "one bit has changed, and is corrected when it is read";
        Short = "the file is too short";
        Long = "something was appended to the file";
        Reference = "it refers to bytes that are not there";
        Body = "the details of the entry make no sense";
        Order = "its entries do not follow those before it";
        Manifest = "it is missing or cannot be read; its contents were rebuilt from the other files";
        Index = "it does not list the entries that are there";
    }

    /// Why a recording, or a part of it, ended.
    RecordingEnds for Ended as recording_ends |language| {
        Open = "recording was interrupted";
        Rotated = "recording was interrupted";
        Closed = "recording ended";
        Bound = "the limit was reached";
        Full = "the disk was full";
        Off = "recording was turned off";
        Failed = "the capture could not be written";
    }

    /// Why recording stopped.
    StopCauses for StopCause as stop_causes |language|, advice: stop_advice {
        Off = "recording is turned off";
        Bound { limit_bytes: &u64 } = { format!("the limit of {} is reached", language.numbers.size(*limit_bytes)) };
        Full = "the disk is full";
        Gone(path: &Path) = { format!("the capture's folder is gone: {}", shown(path)) };
        Failed(failure: &StoreFailure) = { failure.error().in_words(language) };
        NoHome = { format!("there is no home folder: set {DATA_DIR_VARIABLE} to a folder") };
    }

    /// Why the list of sessions refused something.
    Libraries for LibraryError as libraries |language| {
        Name(problem: &NameProblem) = { problem.in_words(language) };
        Taken(name: &str) = "A capture named {name} already exists. Choose another name";
        Foreign(path: &Path) = { format!("{} is not in the list of sessions", shown(path)) };
        BeingRecorded = "Another window is recording it. Close that window first";
        OtherVolume = "It is being recorded on another volume. Save it when recording has ended";
        Store(error: &StoreError) = { error.in_words(language) };
    }

    /// What is wrong with the name of a capture.
    Names for NameProblem as names |language| {
        Empty = "Enter a name";
        TooLong = { format!("A name has at most {MAX_NAME_CHARS} characters") };
        Character(character: &char) = "A name cannot contain {character:?}";
        Dot = "A name cannot begin or end with a dot";
        Device = "Windows reserves this name for a device";
    }
}

/// Returns a path to show, with control characters visible.
pub(super) fn shown(path: &Path) -> String {
    VisibleText::plain(path.to_string_lossy()).text
}

impl Language {
    /// Returns why not all frames are shown.
    pub(crate) fn frames_problem(&self, kind: io::ErrorKind) -> String {
        let reason = io::Error::from(kind).in_words(self);
        self.record.frames_not_written(&reason)
    }

    /// Returns how recording was cut short.
    pub(crate) fn cut_short(&self, cut: CutShort) -> String {
        let words = &self.record;
        match cut.ended {
            Ended::Open | Ended::Rotated => words.interrupted.to_owned(),
            Ended::Closed => words.not_recorded(cut.unrecorded),
            Ended::Off | Ended::Bound | Ended::Full | Ended::Failed => {
                let cause = cut.ended.in_words(self);
                match cut.unrecorded {
                    entries if cut.is_counted => words.stopped(&cause, entries),
                    0 => words.stopped_then(&cause),
                    entries => words.stopped_at_least(&cause, entries),
                }
            }
        }
    }

    /// Returns what could not be done with a file, and why.
    pub(super) fn file_failure(
        &self,
        action: FileAction,
        path: &Path,
        error: &io::Error,
    ) -> String {
        let words = &self.record;
        let (path, reason) = (shown(path), error.in_words(self));
        match action {
            FileAction::Make => words.cannot_make(&path, &reason),
            FileAction::Open => words.cannot_open(&path, &reason),
            FileAction::Lock => words.cannot_lock(&path, &reason),
            FileAction::Read => words.cannot_read(&path, &reason),
            FileAction::Write => words.cannot_write(&path, &reason),
            FileAction::Rename => words.cannot_rename(&path, &reason),
            FileAction::Delete => words.cannot_delete(&path, &reason),
        }
    }
}

fn stop_advice(cause: &StopCause, language: &Language) -> String {
    let words = &language.record;
    let advice = match cause {
        StopCause::Off => words.switch_on,
        StopCause::Bound { .. } => words.raise_bound,
        StopCause::Full => words.make_room,
        StopCause::Gone(_) | StopCause::Failed(_) | StopCause::NoHome => words.elsewhere,
    };
    advice.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;

    #[test]
    fn a_path_in_an_error_cannot_drive_a_terminal() {
        let error = StoreError::NotEmpty("/tmp/\x1B[2Jx".into());
        let expected = r"/tmp/\x1B[2Jx is not empty: a capture needs a new or an empty folder";
        assert_eq!(error.in_words(&ENGLISH), expected);
    }

    #[test]
    fn a_stopped_recording_says_why_and_what_to_do() {
        let check = |cause: StopCause, expected: &str, advice: &str| {
            assert_eq!(cause.in_words(&ENGLISH), expected);
            assert_eq!(cause.advice(&ENGLISH).as_deref(), Some(advice));
        };
        check(
            StopCause::Bound {
                limit_bytes: 10 << 30,
            },
            "the limit of 10 GiB is reached",
            "Raise the limit, or let the oldest entries go, then resume",
        );
        let failed = StoreError::Io {
            action: FileAction::Write,
            path: "/tmp/x".into(),
            source: io::ErrorKind::PermissionDenied.into(),
        };
        check(
            StopCause::Failed(failed.into()),
            "cannot write /tmp/x: not permitted",
            "Resume in another folder",
        );
    }
}
