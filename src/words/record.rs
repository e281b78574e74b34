//! What went wrong with captures on disk, and what to do next.

use std::io;
use std::path::Path;

use super::phrases::phrases;
use super::{InWords, Language};
use crate::capture::store::{
    Damage, FORMAT, FileAction, MANIFEST, ReadError, StopCause, StoreError,
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
        cannot_read_at(path: &str, position: u64, reason: &str) = "cannot read {path} at byte {position}: {reason}";
        cannot_write(path: &str, reason: &str) = "cannot write {path}: {reason}";
        cannot_rename(path: &str, reason: &str) = "cannot rename {path}: {reason}";
        cannot_delete(path: &str, reason: &str) = "cannot delete {path}: {reason}";
        not_empty(path: &str) = "{path} is not empty: a capture needs a new or an empty folder";
        no_capture(path: &str, manifest: &str) = "{path} is not a capture: it has no {manifest}";
        locked(path: &str) = "{path} is being recorded by another window";
        damaged(path: &str, problem: &str) = "{path} is damaged: {problem}";
        damaged_at(path: &str, position: u64, problem: &str) = "{path} is damaged at byte {position}: {problem}";
        newer(path: &str, format: u32, known: u32) = "{path} has format {format}, which a newer version of Bothends wrote (this one reads format {known})";
        wrong_head = "it does not begin as a file of a capture does";
        wrong_checksum = "the checksum is wrong";
        too_short = "the file is too short";
        wrong_reference = "it refers to bytes that are not there";
        wrong_details = "the details of the entry make no sense";
        wrong_order = "its entries do not follow those before it";
        frames_not_written(reason: &str) = "The table of frames cannot be written: {reason}";
        off = "recording is turned off";
        bound(limit: &str) = "the limit of {limit} is reached";
        full = "the disk is full";
        gone(path: &str) = "the capture's folder is gone: {path}";
        unwritable = "an event cannot be written in the capture's format";
        no_home(variable: &str) = "there is no home folder: set {variable} to a folder";
        switch_on = "Turn recording on to keep what happens from then on";
        raise_bound = "Raise the limit, or let the oldest entries go, then resume";
        make_room = "Make room and resume, or resume in another folder";
        elsewhere = "Resume in another folder";
        name_taken(name: &str) = "A capture named {name} already exists. Choose another name";
        foreign(path: &str) = "{path} is not in the list of sessions";
        recorded_elsewhere = "Another window is recording it. Close that window first";
        other_volume = "It is being recorded on another volume. Save it when recording has ended";
        no_name = "Enter a name";
        long_name(most: usize) = "A name has at most {most} characters";
        character(character: char) = "A name cannot contain {character:?}";
        dot = "A name cannot begin or end with a dot";
        device = "Windows reserves this name for a device";
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

impl InWords for StoreError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.record;
        match self {
            Self::Io {
                action,
                path,
                source,
            } => language.file_failure(*action, path, source),
            Self::NotEmpty(path) => words.not_empty(&shown(path)),
            Self::NoCapture { path } => words.no_capture(&shown(path), MANIFEST),
            Self::Locked(path) => words.locked(&shown(path)),
            Self::Manifest { path, problem } => words.damaged(&shown(path), problem),
            Self::Newer { path, format } => words.newer(&shown(path), *format, FORMAT),
            Self::Damaged(error) => error.in_words(language),
        }
    }
}

impl InWords for ReadError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.record;
        match self {
            Self::Io {
                path,
                position,
                source,
            } => words.cannot_read_at(&shown(path), *position, &source.in_words(language)),
            Self::Damaged {
                path,
                position,
                what,
            } => {
                let problem = match what {
                    Damage::Head => words.wrong_head,
                    Damage::Checksum => words.wrong_checksum,
                    Damage::Short => words.too_short,
                    Damage::Reference => words.wrong_reference,
                    Damage::Details => words.wrong_details,
                    Damage::Order => words.wrong_order,
                };
                words.damaged_at(&shown(path), *position, problem)
            }
        }
    }
}

impl InWords for StopCause {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.record;
        match self {
            Self::Off => words.off.to_owned(),
            Self::Bound { limit_bytes } => words.bound(&language.numbers.size(*limit_bytes)),
            Self::Full => words.full.to_owned(),
            Self::Gone(path) => words.gone(&shown(path)),
            Self::Failed(failure) => failure.error().in_words(language),
            Self::Unwritable => words.unwritable.to_owned(),
            Self::NoHome => words.no_home(DATA_DIR_VARIABLE),
        }
    }

    fn advice(&self, language: &Language) -> Option<String> {
        let words = &language.record;
        let advice = match self {
            Self::Off => words.switch_on,
            Self::Bound { .. } => words.raise_bound,
            Self::Full => words.make_room,
            Self::Gone(_) | Self::Failed(_) | Self::Unwritable | Self::NoHome => words.elsewhere,
        };
        Some(advice.to_owned())
    }
}

impl InWords for LibraryError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.record;
        match self {
            Self::Name(problem) => problem.in_words(language),
            Self::Taken(name) => words.name_taken(name),
            Self::Foreign(path) => words.foreign(&shown(path)),
            Self::BeingRecorded => words.recorded_elsewhere.to_owned(),
            Self::OtherVolume => words.other_volume.to_owned(),
            Self::Store(error) => error.in_words(language),
        }
    }
}

impl InWords for NameProblem {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.record;
        match self {
            Self::Empty => words.no_name.to_owned(),
            Self::TooLong => words.long_name(MAX_NAME_CHARS),
            Self::Character(character) => words.character(*character),
            Self::Dot => words.dot.to_owned(),
            Self::Device => words.device.to_owned(),
        }
    }
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
