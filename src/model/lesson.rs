//! The lesson that is being done.

use std::sync::Arc;

use super::{Model, Recipients};
use crate::net::kernel::Marks;
use crate::net::{EndpointId, FlowId};
use crate::session::lesson::{Lesson, LessonControl, LessonEnds, LessonProgress};
use crate::words::Problem;

/// A lesson, and how far it has come.
#[derive(Debug)]
pub struct LessonModel {
    /// Its place among the lessons.
    pub place: usize,
    /// What it says.
    pub lesson: Arc<Lesson>,
    /// Its endpoints.
    pub ends: LessonEnds,
    /// How far it has come.
    pub progress: LessonProgress,
    /// What could not be done for the learner.
    pub problem: Option<Problem>,
    /// Who got the message before.
    pub send_to_before: Option<Recipients>,
    /// What the kernel marked before.
    pub marks_before: Marks,
}

impl Model {
    /// Begins a lesson; its first client gets the message.
    pub fn begin_lesson(&mut self, place: usize, lesson: Arc<Lesson>, ends: LessonEnds) {
        let met = lesson.steps.iter().map(|step| vec![None; step.until.len()]);
        let progress = LessonProgress { met: met.collect() };
        let send_to_before = self.send_to;
        self.send_to = ends.clients.first().copied().map(Recipients::Client);
        self.also_to.clear();
        self.lesson = Some(LessonModel {
            place,
            lesson,
            ends,
            progress,
            problem: None,
            send_to_before,
            marks_before: self.marks,
        });
    }

    /// Leaves the lesson; the message goes to whom it went before, and the kernel marks what it marked before.
    pub fn leave_lesson(&mut self) {
        if let Some(lesson) = self.lesson.take() {
            self.send_to = lesson.send_to_before;
            self.marks = lesson.marks_before;
            self.update_send_to();
        }
    }

    /// Leaves the lesson if one of its endpoints is no longer there.
    pub(super) fn follow_lesson(&mut self) {
        let is_broken = self.lesson.as_ref().is_some_and(|lesson| {
            let mut ends = lesson.ends.all();
            ends.any(|id| self.document.endpoint(id).is_none())
        });
        if is_broken {
            self.leave_lesson();
        }
    }

    /// Returns what of the window the learner presses next; nothing where that is left to the program.
    pub fn lesson_control(&self) -> Option<LessonControl> {
        let lesson = self.lesson.as_ref()?;
        let step = lesson.lesson.steps.get(lesson.progress.step())?;
        let mut controls = step.press.iter().copied();
        controls.find(|it| self.is_due(*it, &lesson.ends))
    }

    /// Returns whether pressing it would change anything.
    fn is_due(&self, control: LessonControl, ends: &LessonEnds) -> bool {
        let server = self.endpoints.get(&ends.server);
        let listens = server.is_some_and(|it| it.bound().is_some());
        let clients = ends.clients.iter().filter_map(|id| self.endpoints.get(id));
        let mut are_connected = clients.map(|it| it.connected().is_some());
        match control {
            LessonControl::Start => !listens,
            LessonControl::Stop => listens,
            LessonControl::Connect => are_connected.any(|it| !it),
            LessonControl::Disconnect => are_connected.any(|it| it),
            LessonControl::Send => true,
        }
    }

    /// Returns the lesson's connections that have not ended.
    pub fn lesson_connections(&self) -> Vec<(EndpointId, FlowId)> {
        let ends = self.lesson.iter().flat_map(|it| it.ends.all());
        let models = ends.filter_map(|id| Some((id, self.endpoints.get(&id)?)));
        let live = models.flat_map(|(id, model)| {
            let all = model.connections.values();
            let live = all.filter(|it| it.state.is_live());
            live.map(move |it| (id, it.connection))
        });
        live.collect()
    }
}
