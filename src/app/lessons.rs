//! Lessons: begun, left, and what is done in them for the learner.

use std::sync::Arc;

use super::App;
use super::carry_out::as_problem;
use crate::model::NoticePlace;
use crate::session::CaptureId;
use crate::session::lesson::{Lesson, LessonProgress};

impl App {
    /// Begins a lesson in place of another one. What was recorded before steps aside.
    pub(super) fn begin_lesson(&mut self, place: usize) {
        self.leave_lesson();
        let Some(files) = self.model.words.lesson_texts.0.get(place) else {
            return;
        };
        let lesson = match Lesson::read(files) {
            Ok(lesson) => Arc::new(lesson),
            Err(error) => {
                return self
                    .model
                    .notices
                    .push(NoticePlace::Document, Arc::new(error));
            }
        };
        let words = &self.model.words.lessons;
        let names = (words.server, words.client);
        match self.session.begin_lesson(&lesson, names) {
            Ok(ends) => {
                self.document_changed();
                self.model.show(CaptureId::Live);
                self.show_only(None, None);
                let entries = self.model.timeline.record().entries;
                if entries > 0 {
                    self.model.timeline.clear(entries);
                }
                self.model.begin_lesson(place, lesson, ends);
            }
            Err(error) => {
                self.document_changed();
                self.model
                    .notices
                    .push(NoticePlace::Document, Arc::new(error));
            }
        }
    }

    /// Notes how far the lesson has come; one that is over is remembered.
    pub(super) fn follow_lesson(&mut self, progress: LessonProgress) {
        let Some(lesson) = &mut self.model.lesson else {
            return;
        };
        lesson.progress = progress;
        if !lesson.progress.is_over() {
            return;
        }
        let files = self.model.words.lesson_texts.0.get(lesson.place);
        if files.is_some_and(|it| self.model.preferences.finish_lesson(it.key)) {
            self.save_soon();
        }
    }

    /// Leaves the lesson: its endpoints go, their entries stay.
    pub(super) fn leave_lesson(&mut self) {
        if self.model.lesson.is_none() {
            return;
        }
        self.session.end_lesson();
        self.model.leave_lesson();
        self.document_changed();
    }

    /// Does a step of the lesson for the learner.
    pub(super) fn do_step(&mut self, step: usize) {
        let live = self.model.lesson_connections();
        let Some(lesson) = &mut self.model.lesson else {
            return;
        };
        let step = lesson.lesson.steps.get(step);
        let acts = step.map(|it| it.act.clone()).unwrap_or_default();
        let done = self.session.do_for_learner(&acts, &live);
        lesson.problem = done.err().map(as_problem);
        self.document_changed();
    }
}
