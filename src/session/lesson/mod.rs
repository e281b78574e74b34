//! Lessons: what a learner does step by step on real sockets, checked by what is on record.
//!
//! A lesson is a text file and a program in each of two languages (`text.rs`). It has endpoints of its own, guests of the
//! document that no file ever holds. Whether a step is done is decided by entries, on the recorder's thread (`run.rs`,
//! `watch.rs`); what a learner leaves to the program are ordinary orders to these endpoints (`act.rs`).

mod act;
mod condition;
mod control;
mod end;
mod run;
mod running;
mod setting;
mod text;
mod watch;

pub use act::LessonAct;
pub use condition::{Family, LessonCondition, What};
pub use control::LessonControl;
pub use end::LessonEnd;
pub use run::LessonProgress;
pub use running::LessonEnds;
pub(super) use running::RunningLesson;
pub use setting::Setting;
pub use text::{Lesson, LessonError, LessonProblem, LessonStep, LessonText};
pub(super) use watch::Lessons;
