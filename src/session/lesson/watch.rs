//! Follows a lesson on the recorder's thread: what counts is what is on record.

use std::sync::{Arc, Mutex};

use super::super::Wake;
use super::super::sight::lock;
use super::LessonProgress;
use super::run::LessonRun;
use crate::capture::{Entry, RecordStatus, Watch};
use crate::net::Address;

/// What both ends share.
#[derive(Default)]
struct Shared {
    run: Option<LessonRun>,
    /// How far it has come, unless that was taken.
    progress: Option<LessonProgress>,
}

/// The session's end.
#[derive(Clone, Default)]
pub(in crate::session) struct Lessons(Arc<Mutex<Shared>>);

impl Lessons {
    /// Follows a lesson from now on, in place of another one.
    pub(super) fn follow(&self, run: LessonRun) {
        let mut shared = lock(&self.0);
        shared.progress = Some(run.progress().clone());
        shared.run = Some(run);
    }

    /// Follows none any more.
    pub(super) fn leave(&self) {
        *lock(&self.0) = Shared::default();
    }

    /// Takes how far the lesson has come, if that has changed.
    pub(in crate::session) fn take(&self) -> Option<LessonProgress> {
        lock(&self.0).progress.take()
    }

    /// Returns where the server listens by what is on record.
    pub(super) fn listening(&self) -> Option<Address> {
        lock(&self.0).run.as_ref()?.listening().cloned()
    }

    /// Takes note of entries; returns whether they took the lesson further.
    fn note(&self, entries: &[Entry]) -> bool {
        let mut shared = lock(&self.0);
        let Some(run) = &mut shared.run else {
            return false;
        };
        let changes = entries.iter().filter(|entry| run.note(entry)).count();
        if changes > 0 {
            shared.progress = Some(run.progress().clone());
        }
        changes > 0
    }

    /// Returns the end that sees the entries, and hands them on to `next`.
    pub(in crate::session) fn watch(
        &self,
        wake: Wake,
        next: Option<Box<dyn Watch>>,
    ) -> Box<dyn Watch> {
        Box::new(LessonWatch {
            lessons: self.clone(),
            wake,
            next,
        })
    }
}

/// The recorder's end.
struct LessonWatch {
    lessons: Lessons,
    wake: Wake,
    next: Option<Box<dyn Watch>>,
}

impl Watch for LessonWatch {
    fn note(&mut self, entries: &mut Vec<Entry>, record: &RecordStatus) {
        if self.lessons.note(entries) {
            (self.wake)();
        }
        if let Some(next) = &mut self.next {
            next.note(entries, record);
        }
    }
}
